"""The drill: a backup is something that was restored. And a damaged one never costs what is there."""

import json
import zipfile
from pathlib import Path

import pytest
from django.db import connection

from tests.reliability.scratch import Scratch, scratch

pytestmark = pytest.mark.django_db(transaction=True)
FLIPS = 60


def back_up(own: Scratch, target: Path) -> Path:
    done = own.command("backup", str(target))
    assert (done.returncode, done.stderr) == (0, "")
    return target


def test_a_backup_restored_on_an_empty_machine_is_the_same_register(tmp_path: Path) -> None:
    with scratch(tmp_path / "old") as old, scratch(tmp_path / "new") as new:
        old.make()
        bundle = back_up(old, tmp_path / "a" / "backup.zip")
        done = new.command("restore", str(bundle))
        assert (done.returncode, done.stderr) == (0, "")
        before, after = old.drive("dump"), new.drive("dump")
        checked = new.command("check-data")
    assert before == after
    assert sum(len(rows) for rows in before.values()) > 100
    assert checked.returncode == 0, checked.stdout
    keys = [folder / "secret-key" for folder in (old.folder, new.folder)]
    assert keys[0].read_bytes() == keys[1].read_bytes()
    assert [key.stat().st_mode & 0o777 for key in keys] == [0o600, 0o600]
    assert bundle.stat().st_mode & 0o777 == 0o600


def test_a_backup_made_while_others_write_is_whole_and_nobody_waits_in_vain(tmp_path: Path) -> None:
    with scratch(tmp_path / "old") as old, scratch(tmp_path / "new") as new:
        old.make()
        found = old.drive("busy", str(tmp_path / "backup.zip"))
        done = new.command("restore", str(tmp_path / "backup.zip"))
        judged = new.drive("judge")
    assert (found["errors"], found["outcomes"]) == ([], {"done": 4})
    assert found["written"] > 0
    assert (done.returncode, done.stderr) == (0, "")
    assert (judged["broken_at"], judged["half"], judged["faults"]) == (None, [], [])


def test_a_damaged_backup_is_noticed_or_harmless_and_never_touches_what_is_there(tmp_path: Path) -> None:
    with scratch(tmp_path / "data") as own:
        own.make()
        bundle = back_up(own, tmp_path / "backup.zip")
        found = own.drive("flips", str(bundle), str(FLIPS), "11")
    assert found["wrong"] == []
    assert found["noticed"] + found["harmless"] == FLIPS
    assert found["noticed"] > FLIPS // 2


def test_what_cannot_be_restored_is_refused_in_words_and_nothing_changes(tmp_path: Path) -> None:
    with scratch(tmp_path / "data") as own:
        own.make()
        bundle = back_up(own, tmp_path / "backup.zip")
        spoilt = [
            _spoil(bundle, damage) for damage in ("cut", "empty", "missing", "other kind", "no manifest")
        ]
        found = own.drive("refusals", *map(str, spoilt))
        done = own.command("restore", str(spoilt[0]))
    assert found["restored"] == [] and found["unchanged"]
    assert all(message.strip() for message in found["messages"]) and len(found["messages"]) == 5
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1 and "bị hỏng" in done.stderr


def _spoil(bundle: Path, damage: str) -> Path:
    """A copy of the backup with this damage."""
    copy, whole = bundle.with_name(f"{damage}.zip"), bundle.read_bytes()
    if damage in {"empty", "cut"}:
        copy.write_bytes(whole[:-200] if damage == "cut" else b"")
    elif damage != "missing":
        with zipfile.ZipFile(bundle) as source:
            parts = {name: source.read(name) for name in source.namelist()}
        manifest = json.loads(parts.pop("manifest.json"))
        with zipfile.ZipFile(copy, "w") as target:
            for name, content in parts.items():
                target.writestr(name, content)
            if damage == "other kind":
                target.writestr("manifest.json", json.dumps(manifest | {"vendor": "mysql"}))
    return copy


def test_the_present_database_is_kept_aside_by_a_restore(tmp_path: Path) -> None:
    if connection.vendor == "postgresql":
        # There the database is not a file of ours; the manual says to dump it first.
        with scratch(tmp_path / "data") as own:
            own.make()
            done = own.command("restore", str(back_up(own, tmp_path / "backup.zip")))
        assert "giữ ở" not in done.stdout and done.returncode == 0
        return
    with scratch(tmp_path / "data") as own:
        own.make()
        bundle = back_up(own, tmp_path / "backup.zip")
        for _ in range(2):
            done = own.command("restore", str(bundle))
            assert done.returncode == 0 and "giữ ở" in done.stdout
        assert len(list(own.folder.glob("tongket-*.sqlite3"))) == 2
