"""A real LibreOffice opens the official forms, a list and the paper of one member, and prints them as meant."""

import subprocess
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests import needs
from tests.once import once
from tests.page_world import make_page_world
from tests.reports.layer.office import converted
from tests.world import World
from tongket.core.periods import parse_period
from tongket.indicators.forms import FORMS
from tongket.members.exporting.people import known_of
from tongket.members.exporting.profile_paper import life_section, profile_paper
from tongket.members.models import Member
from tongket.reports.statistics.workbook import form_facts, form_workbook
from tongket.ui.sheets import Column, list_workbook

pytestmark = [pytest.mark.django_db, needs.office, needs.poppler]
district, world = once(make_page_world)
Y2023 = parse_period("2023")


def pages(pdf: Path) -> list[str]:
    """The text of each page."""
    told = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True)
    return told.stdout.decode().split("\f")[:-1]


def test_the_forms_print_with_rows_above_every_place_to_sign(world: World, tmp_path: Path) -> None:
    forms = tuple(FORMS.values())
    facts = form_facts(world["QS"], Y2023, forms, as_at=Y2023.end)
    source = tmp_path / "bieu.xlsx"
    source.write_bytes(form_workbook(facts, forms))
    printed = pages(converted(tmp_path, source, "pdf"))
    assert len(printed) == 6  # forms 1 and 6 on a page each, 2 and 3 on two
    assert all("Tiêu chí" in page for page in printed)
    signed = [page for page in printed if "NGƯỜI LẬP BIỂU" in page]
    assert len(signed) == len(forms)
    assert all(page.count("\n") > 15 and "(ký tên, đóng dấu)" in page for page in signed)
    assert not any("Kiểm tra cân đối" in page for page in printed)  # beside what is printed
    again = converted(tmp_path, source, "xlsx")
    assert results(again) == results(source)  # as LibreOffice computes them, and as they were written


def results(path: Path) -> list[tuple[str, str]]:
    """What each check of each sheet says, and any error of a formula."""
    book = openpyxl.load_workbook(path, data_only=True)
    return [
        (sheet.title, str(cell.value))
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value in ("Khớp", "LỆCH") or str(cell.value).startswith(("#", "Err:"))
    ]


def test_a_list_repeats_its_headings_and_the_paper_of_a_member_opens(world: World, tmp_path: Path) -> None:
    rows = [[f"Nguyễn Văn {n}", date(2020, 1, 1), "0012"] for n in range(120)]
    columns = [Column("Họ và tên", 30), Column("Ngày sinh", kind="date"), Column("Số thẻ")]
    source = tmp_path / "danh-sach.xlsx"
    source.write_bytes(list_workbook("Danh sách", "Đơn vị: Chi bộ thôn 1", columns, rows))
    printed = pages(converted(tmp_path, source, "pdf"))
    assert len(printed) > 2 and all("Họ và tên" in page and "Ngày sinh" in page for page in printed)
    assert "01/01/2020" in printed[0] and "0012" in printed[0] and "Chi bộ thôn 1" in printed[0]
    (known,) = known_of(Member.objects.filter(code="M1"))
    paper = tmp_path / "phieu.docx"
    paper.write_bytes(profile_paper(known, [life_section([])], on=date(2024, 1, 2), revealed=False))
    text = " ".join(pages(converted(tmp_path, paper, "pdf")))
    assert "PHIẾU ĐẢNG VIÊN" in text and known.member.full_name.upper() in text and "Mẫu 2-HSĐV" in text
