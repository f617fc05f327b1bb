"""A backup holds the files handed in: whole, checked, and put back where rows point to them."""

import json
import zipfile
from pathlib import Path

import pytest

from tests.reliability.scratch import Scratch, scratch

pytestmark = pytest.mark.django_db(transaction=True)


def _with_files(own: Scratch, bundle: Path) -> dict[str, str]:
    own.make()
    kept = own.drive("keep_files")
    done = own.command("backup", str(bundle))
    assert (done.returncode, done.stderr) == (0, "") and "2 tệp" in done.stdout
    return kept


def test_files_come_back_on_an_empty_machine_and_are_found_by_their_text(tmp_path: Path) -> None:
    with scratch(tmp_path / "old") as old, scratch(tmp_path / "new") as new:
        kept = _with_files(old, tmp_path / "backup.zip")
        done = new.command("restore", str(tmp_path / "backup.zip"))
        assert (done.returncode, done.stderr) == (0, "")
        assert new.drive("files") == kept
        assert sorted(kept.values()) == ["Hai", "Quán triệt nghị quyết"]
        assert new.command("check-data").returncode == 0


def test_lost_and_changed_files_are_named_by_check_data_and_put_back_by_a_restore(tmp_path: Path) -> None:
    with scratch(tmp_path / "data") as own:
        kept = _with_files(own, tmp_path / "backup.zip")
        assert sorted(own.drive("spoil_files").values()) == ["FileNotFoundError", "ValueError"]
        checked = own.command("check-data")
        assert checked.returncode == 1
        assert all(digest[:12] in checked.stdout for digest in kept) and "1 tệp trên đĩa" in checked.stdout
        again = own.command("backup", str(tmp_path / "later.zip"))
        assert "CẢNH BÁO" in again.stdout and again.returncode == 0
        own.command("restore", str(tmp_path / "backup.zip"))
        assert own.drive("files") == kept


@pytest.mark.parametrize("name", ["../../outside", "/etc/outside", "a" * 63, "A" * 64])
def test_an_entry_that_is_no_hash_is_refused_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    with scratch(tmp_path / "data") as own:
        _with_files(own, tmp_path / "backup.zip")
        _rewrite(tmp_path / "backup.zip", tmp_path / "evil.zip", name, b"x")
        done = own.command("restore", str(tmp_path / "evil.zip"))
        assert done.returncode == 2 and "bị hỏng" in done.stderr
    assert not list(tmp_path.rglob("*outside*"))


def test_a_file_that_is_not_its_hash_is_refused_and_nothing_changes(tmp_path: Path) -> None:
    with scratch(tmp_path / "data") as own:
        kept = _with_files(own, tmp_path / "backup.zip")
        _rewrite(tmp_path / "backup.zip", tmp_path / "evil.zip", "0" * 64, b"x")
        assert own.command("restore", str(tmp_path / "evil.zip")).returncode == 2
        assert own.drive("files") == kept


def _rewrite(bundle: Path, target: Path, name: str, content: bytes) -> None:
    """A copy of the backup that claims one more file."""
    with zipfile.ZipFile(bundle) as source, zipfile.ZipFile(target, "w") as copy:
        for entry in source.namelist():
            data = source.read(entry)
            if entry == "manifest.json":
                manifest = json.loads(data)
                manifest["files"].append(name)
                data = json.dumps(manifest).encode()
            copy.writestr(entry, data)
        copy.writestr("files/" + name, content)
