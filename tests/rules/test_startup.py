"""A mistake in a rule file stops the program at once with one clear line, and nothing is half-started."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tongket.rules import catalogue, organisations, reading, startup, texts, words

ROOT = Path(__file__).resolve().parents[2]
MISTAKES = [
    (
        "membership.yaml",
        "effective_until: 2016-07-24",
        "effective_until: 2016-07-25",
        "adm.age.min: phiên bản 2: trùng",
    ),
    ("membership.yaml", "        source: P1\n", "", "adm.age.min: phiên bản 2: source: thiếu nguồn"),
    ("badges.yaml", "        mark: C\n", "", "phiên bản 2: mark"),
    ("ratings.yaml", "value: 20\n", "value: hai mươi\n", "rate.cap.percent: phiên bản 1: value: cần một số"),
    (
        "discipline.yaml",
        "unit: hình thức",
        "unit: hình thức\n    units: x",
        "disc.forms.organisation: units: khóa lạ",
    ),
    (
        "texts.yaml",
        "effective_until: 2021-07-29",
        "effective_until: 2021-07-30",
        "texts.yaml: charter: phiên bản 2: trùng",
    ),
    ("organisation-kinds.yaml", "is_grassroots: false", "is_grassroots: maybe", "central: is_grassroots"),
]


@pytest.fixture
def mistaken(tmp_path, monkeypatch):
    """The rule files in a folder of their own, with one mistake put in."""

    def make(file: str, old: str, new: str) -> Path:
        folder = tmp_path / "data"
        shutil.copytree(reading.DATA, folder)
        text = (folder / file).read_text("utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), "utf-8")
        for module in (catalogue, organisations, texts, words):
            monkeypatch.setattr(module, "DATA", folder)
        return folder

    caches = (catalogue._catalogue, organisations._kinds, texts.all_texts, words.words)
    for cached in caches:
        cached.cache_clear()
    yield make
    for cached in caches:
        cached.cache_clear()


@pytest.mark.parametrize(("file", "old", "new", "complaint"), MISTAKES)
def test_the_start_names_file_rule_and_version(mistaken, file, old, new, complaint) -> None:
    mistaken(file, old, new)
    said = startup.mistake()
    assert complaint in said and file in said and "\n" not in said


def test_good_files_are_loaded_whole_at_the_start() -> None:
    assert startup.mistake() == ""
    assert all(
        cached.cache_info().currsize for cached in (catalogue._catalogue, texts.all_texts, words.words)
    )


@pytest.mark.parametrize("start", [["-m", "tongket.cli", "--no-serve"], ["-c", "import tongket.wsgi"]])
def test_the_program_refuses_to_start_in_one_line_and_makes_nothing(tmp_path, start) -> None:
    code = tmp_path / "code"
    shutil.copytree(
        ROOT / "tongket", code / "tongket", ignore=shutil.ignore_patterns("__pycache__", "static", "locale")
    )
    file = code / "tongket/rules/data/membership.yaml"
    file.write_text(
        file.read_text("utf-8").replace("effective_until: 2016-07-24", "effective_until: 2016-07-25")
    )
    data = tmp_path / "data"
    done = subprocess.run(
        [sys.executable, *start],
        cwd=code,
        env={"PATH": os.environ["PATH"], "TONGKET_DATA_DIR": str(data), "PYTHONPATH": str(code)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0 and done.stdout == ""
    assert done.stderr.count("\n") == 1 and "membership.yaml: adm.age.min: phiên bản 2" in done.stderr
    assert "Traceback" not in done.stderr and not list(data.glob("*.sqlite3"))
