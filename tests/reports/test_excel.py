"""The annexes: live sums that agree with the engine, text that stays text, definitions of everything."""

import io
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests import needs
from tests.reports import fakes
from tongket.indicators.forms import FORMS
from tongket.organisations.models import Organisation
from tongket.reports.excel import annexes
from tongket.reports.sheets import BY_ORGANISATION, SHEETS

pytestmark = pytest.mark.django_db

BALANCED = {
    "members.opening": 3690,
    "members.increase": 131,
    "members.admitted": 88,
    "members.moved_in": 43,
    "members.moved_in.other_province": 20,
    "members.moved_in.other_district": 23,
    "members.decrease": 97,
    "members.died": 51,
    "members.expelled": 2,
    "members.struck_off": 4,
    "members.left": 2,
    "members.moved_out": 38,
    "members.moved_out.other_province": 30,
    "members.moved_out.other_district": 8,
}


def district(name: str = "Đảng bộ huyện Quế Sơn") -> Organisation:
    """An organisation of the database."""
    return Organisation.objects.create(
        code="QS", name=name, kind="district_committee", founded_on=date(1950, 1, 1)
    )


def book(content: bytes, *, values: bool = False) -> openpyxl.Workbook:
    """The workbook as formulas, or as the values last computed."""
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def test_there_is_a_sheet_for_each_form_one_of_organisations_and_the_definitions() -> None:
    made = book(annexes(fakes.report_facts(district())))
    assert made.sheetnames == [*(f"Biểu {code}" for code in FORMS), "Theo tổ chức", "Định nghĩa"]
    for sheet in made:
        assert sheet.freeze_panes
        assert sheet.print_area
        assert sheet.print_title_rows
        assert sheet.page_setup.orientation == "landscape"
        assert str(sheet.page_setup.paperSize) == "9"


def test_tasks_and_conferences_have_a_sheet_where_there_is_something_to_show() -> None:
    facts = fakes.report_facts(
        district(), values={"obligations.due": 9, "obligations.on_time": 8, "conference.delegates": 3}
    )
    first = facts.now.children[0]
    for id, value in (("obligations.due", 9), ("obligations.on_time", 8)):
        object.__setattr__(facts.now.by_child[first.id][id], "value", value)
    object.__setattr__(facts.now.by_child[first.id]["obligations.on_time_pct"], "value", Decimal("88.89"))
    made = book(annexes(facts))
    assert made.sheetnames[-4:] == ["Theo tổ chức", "Thực hiện nhiệm vụ", "Dự hội nghị", "Định nghĩa"]
    sheet = made["Thực hiện nhiệm vụ"]
    assert [sheet.cell(7, column).value for column in (2, 4, 5)] == [first.name, 9, 8]
    assert sheet.cell(7, 6).value == "=ROUND(E7*100/D7,2)"
    assert sheet.cell(7 + len(facts.now.children), 4).value == f"=SUM(D7:D{6 + len(facts.now.children)})"
    defined = {row[0].value for row in made["Định nghĩa"].iter_rows(min_row=7)}
    assert {id for sheet in SHEETS for id in sheet.ids} <= defined


def rows_of(sheet: object) -> dict[str, int]:
    """Row number of each row of a form, by its mark."""
    return {str(sheet.cell(r, 1).value): r for r in range(8, sheet.max_row + 1) if sheet.cell(r, 1).value}  # type: ignore[attr-defined]


def test_sums_of_form_1_are_live_and_carry_the_engines_value() -> None:
    content = annexes(fakes.report_facts(district(), values=BALANCED))
    live, cached = book(content)["Biểu 1"], book(content, values=True)["Biểu 1"]
    rows = rows_of(live)
    for mark, value in (("B", 131), ("B2", 43), ("C", 97), ("C5", 38)):
        assert str(live.cell(rows[mark], 3).value).startswith("=")
        assert cached.cell(rows[mark], 3).value == value
    assert live.cell(rows["D"], 3).value == 3724
    checks = {live.cell(r, 2).value: r for r in range(rows["D"] + 1, live.max_row + 1)}
    row = checks["D = A + B − C"]
    assert live.cell(row, 3).value.startswith("=")
    assert (cached.cell(row, 3).value, cached.cell(row, 4).value) == (0, "Khớp")


def test_a_total_that_does_not_agree_is_named_and_never_adjusted() -> None:
    content = annexes(fakes.report_facts(district(), values={**BALANCED, "members.increase": 130}))
    live, cached = book(content)["Biểu 1"], book(content, values=True)["Biểu 1"]
    rows = rows_of(live)
    assert live.cell(rows["B"], 3).value == 130
    told = {cached.cell(r, 2).value: cached.cell(r, 4).value for r in range(rows["D"], cached.max_row + 1)}
    assert told["D = A + B − C"] == "LỆCH"
    assert told["B = B1 + B2 + B3 + B4 + B5"] == "LỆCH"


def test_each_number_names_its_figure_and_each_figure_has_a_definition() -> None:
    made = book(annexes(fakes.report_facts(district())))
    defined = {row[0].value for row in made["Định nghĩa"].iter_rows(min_row=7)}
    for code, form in FORMS.items():
        sheet = made[f"Biểu {code}"]
        rows = rows_of(sheet)
        for row in form.rows:
            if row.indicator:
                assert sheet.cell(rows[row.number], 3).comment.text.startswith(row.indicator)
                assert row.indicator in defined
    assert set(BY_ORGANISATION) <= defined


def test_blanks_stay_blank() -> None:
    facts = fakes.report_facts(district(), values={}, children=0, default=None)
    sheet = book(annexes(facts), values=True)["Biểu 3"]
    assert {sheet.cell(r, 3).value for r in range(8, 20)} <= {None, "chưa có số liệu"}


@pytest.mark.parametrize(
    "name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', "{=1}", "http://x"]
)
def test_text_never_becomes_a_formula_or_a_link(name: str) -> None:
    facts = fakes.report_facts(district())
    child = facts.now.children[0]
    object.__setattr__(child, "name", name)
    sheet = book(annexes(facts))["Theo tổ chức"]
    cell = sheet.cell(7, 2)
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    assert str(cell.value).strip() == name.strip()


@needs.office
def test_libreoffice_recalculates_every_formula_to_the_engines_value(tmp_path: Path) -> None:
    content = annexes(fakes.report_facts(district(), values=BALANCED))
    emptied = book(content)  # saved by a library that keeps no values: every formula must be computed anew
    emptied.save(tmp_path / "a.xlsx")
    run = [
        "soffice",
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--convert-to",
        "xlsx",
    ]
    subprocess.run(
        [*run, "--outdir", tmp_path / "out", tmp_path / "a.xlsx"],
        check=True,
        capture_output=True,
        timeout=120,
    )
    live, ours = book(content), book(content, values=True)
    theirs = openpyxl.load_workbook(tmp_path / "out" / "a.xlsx", data_only=True)
    compared = 0
    for sheet in live:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                mine, other = (
                    ours[sheet.title][cell.coordinate].value,
                    theirs[sheet.title][cell.coordinate].value,
                )
                if isinstance(mine, int | float):
                    assert other == pytest.approx(mine, abs=0.01), (sheet.title, cell.coordinate, cell.value)
                else:
                    assert (other or "") == (mine or ""), (sheet.title, cell.coordinate, cell.value)
                compared += 1
    assert compared > 150


def test_totals_of_the_organisations_sum_their_columns() -> None:
    facts = fakes.report_facts(district(), values={"members.official": Decimal(1)})
    sheet = book(annexes(facts))["Theo tổ chức"]
    total = 7 + len(facts.now.children)
    assert sheet.cell(total, 2).value == "Tổng cộng"
    assert sheet.cell(total, 3).value == f"=SUM(C7:C{total - 1})"
    official = 3 + BY_ORGANISATION.index("members.official")
    assert sheet.cell(total, official).value == 1  # the children do not add up to it here: the number stays
