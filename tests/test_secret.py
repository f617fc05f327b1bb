"""The secret key is made once, for one installation, and is nobody else's to read."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tongket.secret import read_or_make_secret


def test_the_first_start_makes_a_key_that_only_its_owner_reads(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secret-key"
    key = read_or_make_secret(path)
    assert len(key) >= 64
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_or_make_secret(path) == key
    assert [file.name for file in path.parent.iterdir()] == ["secret-key"]


def test_starts_at_the_same_moment_agree_on_one_key(tmp_path: Path) -> None:
    path = tmp_path / "secret-key"
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(lambda _: read_or_make_secret(path), range(64)))
    assert len(keys) == 1


def test_a_truncated_key_is_refused_with_its_file_named(tmp_path: Path) -> None:
    path = tmp_path / "secret-key"
    path.write_text("short")
    with pytest.raises(RuntimeError, match="secret-key"):
        read_or_make_secret(path)
