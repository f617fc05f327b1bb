"""A database as all migrations leave it: made once for a state of the code, copied wherever a test wants an empty one.

Every run on a changed program applies all migrations, once for each kind of database. `python -m tests.migrated` makes
it ahead of the tests.
"""

import fcntl
import functools
import hashlib
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]


@functools.cache
def stamp() -> str:
    """What the code, its data and the libraries are known by."""
    known = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for file in sorted((ROOT / "tongket").rglob("*")):
        if file.is_file() and file.parent.name != "__pycache__":
            known.update(f"{file.relative_to(ROOT)} ".encode() + file.read_bytes())
    return known.hexdigest()[:16]


@contextmanager
def alone(name: str) -> Iterator[Path]:
    """A folder of copies; other processes that want it wait."""
    folder = Path(settings.DATA_DIR) / name
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder


def _migrate(folder: str, database_url: str = "") -> None:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    own = {"TONGKET_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "tongket.settings"}
    if database_url:
        own["DATABASE_URL"] = database_url
    command = [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity=0"]
    done = subprocess.run(command, cwd=ROOT, env=kept | own, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-4000:]


def migrated_file() -> Path:
    """The SQLite database."""
    with alone("migrated") as folder:
        wanted = folder / f"{stamp()}.sqlite3"
        if not wanted.exists():
            for old in folder.glob("*.sqlite3"):
                old.unlink()
            with tempfile.TemporaryDirectory() as fresh:
                _migrate(fresh)
                copy(Path(fresh) / "tongket.sqlite3", wanted.with_suffix(".part"))
            wanted.with_suffix(".part").rename(wanted)
    return wanted


def copy(source: Path, target: Path) -> None:
    """A whole copy, whatever of it still lies in the log beside it."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def migrated_database() -> str:
    """The name of the PostgreSQL database, a template for CREATE DATABASE."""
    name = f"tongket_migrated_{stamp()}"
    with alone("migrated"), psycopg.connect(url_of("postgres"), autocommit=True) as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            part = f"{name}_part"
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(part)))
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(part)))
            with tempfile.TemporaryDirectory() as fresh:
                _migrate(fresh, url_of(part))
            server.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(part), sql.Identifier(name))
            )
    return name


def url_of(name: str) -> str:
    """The run's own DATABASE_URL with another database in it."""
    head, _, query = os.environ["DATABASE_URL"].partition("?")
    return f"{head.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")


def copied_test_database(verbosity: int = 1, autoclobber: bool = False, **_more: Any) -> str:
    """Stands for Django's `create_test_db`, which would apply the migrations in each process."""
    creation = connection.creation
    name: str = creation._get_test_db_name()
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated_database()
    creation._create_test_db(verbosity, autoclobber, False)
    connection.close()
    settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = name
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(migrated_file())) as kept:
            kept.backup(connection.connection)
    return name


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    migrated_database() if connection.vendor == "postgresql" else migrated_file()
