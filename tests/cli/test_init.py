"""A database of the office's own: made empty, never in the place of a register that people wrote into."""

from pathlib import Path

import pytest
from django.db import connection

from tests.reliability.scratch import scratch

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_database_that_is_not_there_yet_is_told_in_words(tmp_path: Path) -> None:
    with scratch(tmp_path / "data") as own:
        done = own.command("organisations")
    assert (done.returncode, done.stdout) == (2, "")
    assert "./run init --empty" in done.stderr and len(done.stderr.strip().splitlines()) == 1


def test_an_empty_database_is_made_once_and_says_what_comes_next(tmp_path: Path) -> None:
    with scratch(tmp_path / "data") as own:
        first, second = own.command("init", "--empty"), own.command("init", "--empty")
        judged = own.drive("judge")
        listed = own.command("organisations", "--json")
    for done in (first, second):
        assert (done.returncode, done.stderr) == (0, "")
        assert "./run templates" in done.stdout
    assert (judged["entries"], judged["faults"]) == (1, [])
    assert '"organisations": []' in listed.stdout


def test_a_register_that_people_wrote_into_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with scratch(tmp_path / "data") as own:
        own.make()
        before = own.drive("dump")
        without_demo = own.command("init", "--empty")
        own.drive("mark_demo")
        own.drive("read_and_write", "write")
        on_top_of_the_demo = own.command("init", "--empty")
        after = own.drive("dump")
    for done in (without_demo, on_top_of_the_demo):
        assert done.returncode == 2
        assert "./run backup" in done.stderr and "TONGKET_DATA_DIR" in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
    assert "đã có 1 việc" in on_top_of_the_demo.stderr
    assert before["members_member"] and len(after["members_member"]) == len(before["members_member"])


def test_a_demo_that_was_only_looked_at_makes_way_and_is_kept(tmp_path: Path) -> None:
    with scratch(tmp_path / "data") as own:
        own.make()
        own.drive("mark_demo")
        own.drive("read_and_write", "read")
        done = own.command("init", "--empty")
        listed = own.command("organisations", "--json")
        if connection.vendor == "postgresql":
            # There a database is made by its administrator: nothing is dropped on our own account.
            assert done.returncode == 2 and "DATABASE_URL" in done.stderr
            assert '"code": "QS"' in listed.stdout
            return
        assert done.returncode == 0, done.stderr
        assert '"organisations": []' in listed.stdout
        (kept,) = own.folder.glob("tongket-*.sqlite3")
        assert str(kept) in done.stdout
        kept.replace(own.folder / "tongket.sqlite3")
        assert '"code": "QS"' in own.command("organisations", "--json").stdout
