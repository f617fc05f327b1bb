"""Keeping the present SQLite database before another takes its place: nothing is ever thrown away."""

import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from tongket.core.problems import Problem, Refused

_SIDE_FILES = ("-wal", "-shm")


def keep_aside(database: Path) -> Path:
    """Copy the database beside itself under a name with the moment, and return where the copy is.

    Everything written is first brought into the one file. Raises `Refused` while another program has it open: that
    program would go on writing into a file that is no longer the database.
    """
    _bring_into_one_file(database)
    kept = _free_name(database)
    for suffix in ("", *_SIDE_FILES):
        part = database.with_name(database.name + suffix)
        if part.exists():
            shutil.copy2(part, kept.with_name(kept.name + suffix))
    return kept


def put_in_place(fresh: Path, database: Path) -> None:
    """Let `fresh` be the database: at every moment there is the old file or the new one, whole."""
    part = database.with_name(database.name + ".part")
    shutil.copy2(fresh, part)
    for suffix in _SIDE_FILES:
        database.with_name(database.name + suffix).unlink(missing_ok=True)
    part.replace(database)


def _bring_into_one_file(database: Path) -> None:
    with closing(sqlite3.connect(database, timeout=2)) as raw:
        try:
            # Leaving the write-ahead log asks for the file alone, so it also tells whether somebody else has it open.
            raw.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            message = f"Một chương trình khác đang mở {database}. Dừng máy chủ (Ctrl-C) rồi làm lại."
            raise Refused([Problem("database", message)]) from None
        except sqlite3.DatabaseError:
            pass  # damaged: kept as it is, which is what a restore is for


def _free_name(database: Path) -> Path:
    stem = f"{database.stem}-{time.strftime('%Y%m%d-%H%M%S')}"
    kept, number = database.with_name(stem + database.suffix), 1
    while kept.exists():
        number += 1
        kept = database.with_name(f"{stem}-{number}{database.suffix}")
    return kept
