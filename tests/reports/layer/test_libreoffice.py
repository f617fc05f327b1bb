"""The facts outlive LibreOffice: opened and saved, edited in its own model, and sent round through ODT."""

import subprocess
from pathlib import Path

import pytest

from tests import needs
from tests.reports.layer import made, office
from tongket.reports.layer.word.verify import Verified, verify_word

pytestmark = [needs.office]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("office")


@pytest.fixture(scope="module")
def source(folder: Path) -> Path:
    path = folder / "bao-cao.docx"
    path.write_bytes(made.report())
    return path


def said(verified: Verified) -> dict[int, tuple[str, str]]:
    """State and text of the places that are not as printed."""
    return {n: (r.state, r.found) for n, r in made.by_number(verified).items() if r.state != "same"}


def test_opened_and_saved_nothing_is_lost(folder: Path, source: Path) -> None:
    verified = verify_word(office.converted(folder, source, "docx").read_bytes())
    assert verified.is_clean()
    assert {row.way for row in verified.rows} == {"control"}


def test_through_odt_the_facts_come_back_by_bookmarks_and_properties(folder: Path, source: Path) -> None:
    odt = office.converted(folder, source, "odt")
    verified = verify_word(office.converted(folder, odt, "docx").read_bytes())
    assert verified.file.trust == "sealed"
    assert not verified.file.has_part
    assert {row.state for row in verified.rows} == {"same"}
    assert {row.way for row in verified.rows} == {"bookmark"}


@needs.uno
@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_edited_typed_over_deleted_and_moved_in_libreoffice(folder: Path, source: Path, kind: str) -> None:
    rows = made.checked(made.report())
    place = {(r.fact.indicator, r.fact.period): n for n, r in rows.items()}
    typed, over = place["members.admitted.target", "2023"], place["honours.badges", "2023"]
    cut, moved = place["members.age.18_30", "2023"], place["members.admitted", "2022"]
    edits = [
        ["type", f"_tk{typed}", "95"],
        ["over", f"_tk{over}", "999"],
        ["cut", f"_tk{cut}"],
        ["move", "Cùng kỳ năm trước"],
    ]
    target = office.edited(folder, source, folder / f"sua.{kind}", edits)
    if kind == "odt":
        target = office.converted(folder, target, "docx")
    verified = verify_word(target.read_bytes())
    assert verified.file.trust == "sealed"
    assert said(verified) == {typed: ("edited", "95"), over: ("edited", "999"), cut: ("missing", "")}
    assert made.by_number(verified)[moved].state == "same"


@needs.uno
def test_a_paragraph_deleted_in_libreoffice_is_said_to_be_gone(folder: Path, source: Path) -> None:
    edits = [["drop", "Các cấp ủy trao tặng"]]
    verified = verify_word(office.edited(folder, source, folder / "xoa.docx", edits).read_bytes())
    gone = {r.fact.indicator for r in verified.rows if r.state == "missing"}
    assert gone == {"honours.badges", "honours.badges.30"}
    assert verified.count("edited") == 0


def test_the_marks_change_nothing_on_the_page(folder: Path, source: Path) -> None:
    """With bindings, bookmarks and facts the pages are set as with plain content controls, to the last dot."""
    from docx.oxml.ns import qn

    def unmarked(body):
        for mark in list(body.iter(qn("w:dataBinding"), qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
            mark.getparent().remove(mark)

    plain = folder / "khong-dau.docx"
    plain.write_bytes(made.edited(made.report(), unmarked))
    pages = []
    for path in (source, plain):
        pdf = office.converted(folder, path, "pdf")
        subprocess.run(["pdftoppm", "-r", "80", str(pdf), str(pdf.with_suffix(""))], check=True)
        pages.append([p.read_bytes() for p in sorted(pdf.parent.glob("*.ppm"))])
    assert pages[0]
    assert pages[0] == pages[1]
