"""Nothing is replaced under a program that has the database open; what was there is kept, whole."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tongket.aside import keep_aside, put_in_place
from tongket.core.problems import Refused


def make(path: Path, rows: int) -> Path:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA journal_mode=WAL")
        raw.execute("CREATE TABLE t (n)")
        raw.executemany("INSERT INTO t VALUES (?)", [(n,) for n in range(rows)])
        raw.commit()
    return path


def rows(path: Path) -> int:
    with closing(sqlite3.connect(path)) as raw:
        return int(raw.execute("SELECT count(*) FROM t").fetchone()[0])


def test_a_database_that_is_open_elsewhere_is_not_set_aside(tmp_path: Path) -> None:
    database = make(tmp_path / "a.sqlite3", 3)
    with closing(sqlite3.connect(database)) as server:
        server.execute("SELECT count(*) FROM t").fetchone()
        with pytest.raises(Refused, match="Dừng máy chủ"):
            keep_aside(database)
    assert list(tmp_path.glob("a-*")) == []
    assert rows(keep_aside(database)) == 3


def test_two_kept_in_the_same_second_do_not_replace_each_other(tmp_path: Path) -> None:
    database = make(tmp_path / "a.sqlite3", 3)
    kept = {keep_aside(database) for _ in range(3)}
    assert len(kept) == 3 and {rows(path) for path in kept} == {3}


def test_the_new_one_takes_the_place_without_what_is_left_of_the_old_ones_log(tmp_path: Path) -> None:
    database, fresh = make(tmp_path / "a.sqlite3", 3), make(tmp_path / "b.sqlite3", 5)
    (tmp_path / "a.sqlite3-wal").write_bytes(b"left over")
    put_in_place(fresh, database)
    assert (
        rows(database) == 5 and not list(tmp_path.glob("a.sqlite3-*")) and not list(tmp_path.glob("*.part"))
    )


def test_a_damaged_database_is_kept_as_it_is(tmp_path: Path) -> None:
    database = tmp_path / "a.sqlite3"
    database.write_bytes(b"this is no database" * 100)
    assert keep_aside(database).read_bytes() == database.read_bytes()
