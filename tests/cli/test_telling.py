"""./run news and ./run slides."""

from pathlib import Path

import pytest
from pptx import Presentation

from tests.once import once
from tests.world import World, make_world
from tongket.cli import main

Captured = pytest.CaptureFixture[str]

district, world = once(make_world)
QUESTION = ("--org", "QS", "--period", "2023")


def test_news_is_printed_as_text_or_html_short_or_long(world: World, capsys: Captured) -> None:
    said = {}
    for more in ((), ("--long",), ("--format", "html")):
        assert main(["news", *QUESTION, *more]) == 0
        said[more] = capsys.readouterr().out
    assert "kết nạp 1 đảng viên mới" in said[()]
    assert len(said[()]) < len(said["--long",])
    assert said["--format", "html"].startswith("<!doctype html>")
    assert 'data-indicator="members.admitted"' in said["--format", "html"]


def test_news_is_written_with_both_forms_and_the_pictures(
    world: World, capsys: Captured, tmp_path: Path
) -> None:
    assert main(["news", *QUESTION, "--long", "--out", str(tmp_path / "tin")]) == 0
    written = capsys.readouterr().out.split()
    assert {Path(path).suffix for path in written} == {".txt", ".html", ".png"}
    assert all(Path(path).stat().st_size for path in written)


def test_slides_are_written_where_asked(world: World, capsys: Captured, tmp_path: Path) -> None:
    file = tmp_path / "moi" / "hoi-nghi.pptx"
    assert main(["slides", *QUESTION, "--out", str(file)]) == 0
    assert capsys.readouterr().out.strip() == str(file)
    assert len(Presentation(file).slides) == 12


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("slides", *QUESTION, "--out", "a.ppt"), ".pptx"),
        (("slides", "--org", "QS", "--period", "2020-2025", "--out", "a.pptx"), "Hãy chọn kỳ"),
        (("news", "--org", "QS", "--period", "2099"), "chưa bắt đầu"),
        (("news", "--org", "XX", "--period", "2023"), "XX"),
        (("news", "--org", "QS", "--period", "mai"), "mai"),
    ],
)
def test_what_cannot_be_told_is_said_in_one_line(
    world: World, capsys: Captured, arguments: tuple[str, ...], said: str
) -> None:
    assert main(list(arguments)) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert len(err.strip().splitlines()) == 1
