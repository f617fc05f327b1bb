"""A database of one's own with the product's settings, driven from outside by `drive.py` in processes of its own.

The tests' usual database is undone after each test, waits for no disk and lives in one process: it can show neither
a kill nor two writers at once. These tests use a scratch one of the same kind as the run's.
"""

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection
from psycopg import sql

from tests.migrated import copy, migrated_database, migrated_file, url_of

ROOT = Path(__file__).resolve().parents[2]
#: The database's file in a data folder (`tongket.settings`).
FILE = "tongket.sqlite3"
#: Where this process keeps the district that it made once, and what making it answered.
_MADE: dict[str, Any] = {}


@dataclass(frozen=True)
class Scratch:
    """A data folder, and on PostgreSQL a database, of this test's own."""

    folder: Path
    database_url: str

    def environment(self) -> dict[str, str]:
        """What a child process needs to work on it, with the product's settings."""
        kept = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
        own = {"TONGKET_DATA_DIR": str(self.folder), "DJANGO_SETTINGS_MODULE": "tongket.settings"}
        return kept | own | ({"DATABASE_URL": self.database_url} if self.database_url else {})

    def make(self) -> Any:
        """The small district there: made by `drive.py` the first time in this process, then copied."""
        if _MADE:
            self._copy(_MADE["from"])
        else:
            self.migrate()
            _MADE["answer"] = self.drive("make")
            _MADE["from"] = self._keep()
        return _MADE["answer"]

    def migrate(self) -> None:
        """The state that a first start makes, copied from what the migrations made once for all tests."""
        self._copy(migrated_database() if self.database_url else str(migrated_file()))

    def _keep(self) -> str:
        """Keep a copy for others as long as this process lives; return where."""
        if self.database_url:
            kept = f"tongket_kept_{uuid.uuid4().hex[:12]}"
            _statement(
                "CREATE DATABASE {} TEMPLATE {}", kept, self.database_url.partition("?")[0].rsplit("/", 1)[1]
            )
            atexit.register(_drop, kept, os.environ["DATABASE_URL"])
            return kept
        folder = Path(tempfile.mkdtemp(prefix="tongket-kept-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        copy(self.folder / FILE, folder / FILE)
        return str(folder / FILE)

    def _copy(self, kept: str) -> None:
        if self.database_url:
            own = self.database_url.partition("?")[0].rsplit("/", 1)[1]
            _statement("DROP DATABASE {} WITH (FORCE)", own)
            _statement("CREATE DATABASE {} TEMPLATE {}", own, kept)
        else:
            copy(Path(kept), self.folder / FILE)

    def drive(self, *arguments: str, timeout: float = 120) -> Any:
        """Run one part of `drive.py` there; what it prints last is its answer."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.reliability.drive", *arguments],
            cwd=ROOT, env=self.environment(), capture_output=True, text=True, timeout=timeout,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-4000:]
        return json.loads(done.stdout.strip().splitlines()[-1])

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one command of the command line there."""
        return subprocess.run(
            [sys.executable, "-m", "tongket.cli", *arguments],
            cwd=ROOT, env=self.environment(), capture_output=True, text=True, timeout=120,
        )  # fmt: skip


def _statement(text: str, *names: str) -> None:
    # CREATE and DROP DATABASE want a connection outside any transaction.
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(text).format(*map(sql.Identifier, names)))


def _drop(name: str, url: str) -> None:
    """Drop a kept database at the end of the process; a server that is gone already took it along."""
    with suppress(psycopg.Error), psycopg.connect(url, autocommit=True, connect_timeout=2) as last:
        last.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def scratch(folder: Path) -> Iterator[Scratch]:
    """An empty scratch database, gone at the end. The calling test must be outside a transaction."""
    folder.mkdir(parents=True, exist_ok=True)
    if connection.vendor != "postgresql":
        yield Scratch(folder, "")
        return
    name = f"tongket_scratch_{uuid.uuid4().hex[:12]}"
    _statement("CREATE DATABASE {}", name)
    try:
        yield Scratch(folder, url_of(name))
    finally:
        _statement("DROP DATABASE {} WITH (FORCE)", name)
