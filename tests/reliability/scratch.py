"""A database of one's own with the product's settings, driven from outside by `drive.py` in processes of its own.

The tests' usual database is undone after each test, waits for no disk and lives in one process: it can show neither
a kill nor two writers at once. These tests use a scratch one of the same kind as the run's.
"""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]


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


def _statement(text: str, name: str) -> None:
    # CREATE and DROP DATABASE want a connection outside any transaction.
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(text).format(sql.Identifier(name)))


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
        yield Scratch(folder, _url_of(name))
    finally:
        _statement("DROP DATABASE {} WITH (FORCE)", name)


def _url_of(name: str) -> str:
    """The run's own DATABASE_URL with another database in it."""
    head, _, query = os.environ["DATABASE_URL"].partition("?")
    return f"{head.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")
