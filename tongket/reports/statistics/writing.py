"""The sheets of official forms: head block, table with live sums, balances, foot. Text stays text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from tongket.core.citations import MARKS
from tongket.core.dates import format_date
from tongket.core.masks import mask_text
from tongket.figures.types import Value
from tongket.indicators.catalogue import INDICATORS
from tongket.indicators.forms import Check, Form, Row
from tongket.members.heading import Heading, heading_of
from tongket.reports.facts import ReportFacts, day_before
from tongket.reports.statistics.balances import Balance, balances
from tongket.rules.catalogue import NoRuleInForce, value

FONT = "Times New Roman"
FIRST = 5  # the row of the column headings, from 0
_NUMBER, _RATIO = "#,##0", "#,##0.00"
_ON_A_PAGE = 40  # rows of a form that still can be read on one page


_OWN_ROWS = "Dòng in nghiêng là dòng của phần mềm để các dòng cộng lại đủ; mẫu biểu không có."


def row_text(row: Row, day: date) -> str:
    """What a row is called on a day: "huyện khác" for as long as the Party has a district level."""
    if not row.of_districts:
        return row.text
    try:
        levels: Any = value("org.levels", day)
    except NoRuleInForce:  # before the first Statute that the catalogue knows: there were districts
        return row.of_districts
    return row.of_districts if "huyện" in levels else row.text


def number(value: Value) -> int | float | None:
    """A figure as a number of a cell."""
    return float(value) if isinstance(value, Decimal) else value


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the rows of a form stand on its sheet."""

    rows: Mapping[str, int]

    def cell(self, row: str, column: int) -> str:
        return xl_rowcol_to_cell(self.rows[row], column)

    def total(self, check: Check, column: int) -> str:
        """The right side of a check as a formula."""
        added = "+".join(self.cell(row, column) for row in check.plus)
        return added + "".join(f"-{self.cell(row, column)}" for row in check.minus)


class FormWriter:
    """Writes forms into a workbook. `beside`: the balances stand to the right, outside what is printed."""

    def __init__(self, book: Any, facts: ReportFacts, *, beside: bool = False) -> None:
        self.book, self.facts, self.beside = book, facts, beside
        self.heading: Heading = heading_of(facts.organisation, facts.as_at)
        self.styles: dict[tuple[tuple[str, Any], ...], Any] = {}

    def style(self, **options: Any) -> Any:
        """The cell format with these properties, made once."""
        key = tuple(sorted(options.items()))
        if key not in self.styles:
            self.styles[key] = self.book.add_format(
                {"font_name": FONT, "font_size": 11, "valign": "vcenter", **options}
            )
        return self.styles[key]

    # The parts that every sheet has

    def sheet(self, name: str, title: str, mark: str, widths: Sequence[float]) -> Any:
        """A sheet with its head block, set up for printing."""
        sheet = self.book.add_worksheet(name)
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        last = len(widths) - 1
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&9Trang &P/&N")
        bold, centre = self.style(bold=True), self.style(align="center")
        sheet.write_string(0, 0, self.heading.issuer.upper(), bold)
        sheet.write_string(
            1, 0, "" if self.heading.is_cell else "BAN TỔ CHỨC" if self.heading.is_district else "", bold
        )
        sheet.write_string(0, last, mark, self.style(bold=True, align="right"))
        sheet.set_row(2, 24)
        sheet.merge_range(2, 0, 2, last, "", centre)
        sheet.write_string(2, 0, title.upper(), self.style(bold=True, align="center", font_size=14))
        sheet.merge_range(3, 0, 3, last, "", centre)
        period = self.facts.period.label()
        told = f"{period[:1].upper()}{period[1:]} (số liệu đến ngày {format_date(self.facts.as_at)})"
        sheet.write_string(3, 0, told, self.style(italic=True, align="center"))
        return sheet

    def head(self, sheet: Any, titles: Sequence[str], ids: Sequence[str | None] = ()) -> None:
        """The row of column headings, repeated on every printed page and kept in view."""
        form = self.style(bold=True, align="center", text_wrap=True, border=1, bg_color="#EDEDED")
        for place, title in enumerate(titles):
            sheet.write_string(FIRST, place, title, form)
            if place < len(ids) and ids[place]:
                self.comment(sheet, FIRST, place, ids[place] or "")
        sheet.set_row(FIRST, 48)
        sheet.repeat_rows(FIRST)

    def comment(self, sheet: Any, row: int, column: int, id: str, *, told: str = "") -> None:
        """Names the figure behind a cell, and whose and of when it is (`told`)."""
        text = "\n".join(part for part in (id, INDICATORS[id].vi, told) if part)
        sheet.write_comment(row, column, text, {"x_scale": 1.8, "y_scale": 0.8, "font_size": 9})

    def place_and_period(self, *, before: bool = False) -> str:
        """Whose figure a cell holds and of which period, as at which day."""
        period, day = self.facts.period, self.facts.as_at
        if before:
            period, day = self.facts.compared, day_before(period, day)
        return f"{self.facts.organisation.name}; {period.label()}, tính đến {format_date(day)}"

    def foot(self, sheet: Any, row: int, last: int) -> None:
        """Place and date, who made the form and who signs it; then the print area."""
        bold, centre = self.style(bold=True, align="center"), self.style(align="center", italic=True)
        signs = "TRƯỞNG BAN" if self.heading.is_district else "T/M CẤP ỦY"
        right = (
            (self.heading.place_date, centre),
            (signs, bold),
            ("(ký tên, đóng dấu)", centre),
        )
        first = max(last - 2, 2)
        for at, (text, style) in enumerate(right, start=row):
            if last > first:
                sheet.merge_range(at, first, at, last, "", style)
            sheet.write_string(at, first, text, style)
        sheet.write_string(row + 1, 1, "NGƯỜI LẬP BIỂU", bold)
        sheet.write_string(row + 2, 1, "(ký, ghi rõ họ tên, số điện thoại)", centre)
        sheet.print_area(0, 0, row + 6, last)

    def put(
        self, sheet: Any, row: int, column: int, value: Value, form: Any, formula: str = "", mask: str = ""
    ) -> None:
        """A number, or a formula with the engine's number as what it last gave; a blank; or the words of a mask."""
        if mask:
            sheet.write_string(row, column, mask_text(mask), form)
        elif formula and value is not None:
            sheet.write_formula(row, column, f"={formula}", form, number(value))
        elif value is None:
            sheet.write_blank(row, column, None, form)
        else:
            sheet.write_number(row, column, number(value), form)

    # Forms

    def form(self, form: Form) -> None:
        """One official form, its checks below the table."""
        titles = [column.title for column in form.columns]
        widths = [8, 62, *([18] * (len(titles) - 1))] if len(titles) > 2 else [8, 72, 42]
        sheet = self.sheet(f"Biểu {form.code}", form.title_vi, form.symbol, widths)
        numbered = [
            f"{i} = 2*100/3" if c.key == "ratio" else str(i) for i, c in enumerate(form.columns, start=1)
        ]
        self.head(sheet, ["Số TT", *titles])
        small = self.style(italic=True, align="center", border=1, font_size=9)
        for column, text in enumerate(["", *numbered]):
            sheet.write_string(FIRST + 1, column, text, small)
        place = _Place({row.number: FIRST + 2 + i for i, row in enumerate(form.rows)})
        for row in form.rows:
            self.form_row(sheet, form, row, place)
        sheet.freeze_panes(FIRST + 2, 2)
        # As many pages as its rows ask for: the place to sign stands below rows, never on a page of its own.
        sheet.fit_to_pages(1, ceil(len(form.rows) / _ON_A_PAGE))
        below = FIRST + 3 + len(form.rows)
        if self.beside:
            self.checks(sheet, form, place, FIRST, len(widths) + 1)
            sheet.set_column(len(widths) + 1, len(widths) + 1, 46)
            sheet.set_column(len(widths) + 2, len(widths) + 3, 14)
            last_row = self.noted(sheet, form, below)
        else:
            last_row = self.noted(sheet, form, self.checks(sheet, form, place, below, 1))
        self.foot(sheet, last_row + 1, len(widths) - 1)

    def form_row(self, sheet: Any, form: Form, row: Row, place: _Place) -> None:
        """One row: number and text as text, values as numbers or live sums."""
        at = place.rows[row.number]
        bold = row.level == 0
        text = self.style(border=1, bold=bold, indent=row.level, text_wrap=True, italic=row.own)
        sheet.write_string(at, 0, row.number, self.style(border=1, bold=bold, align="center"))
        sheet.write_string(at, 1, row_text(row, self.facts.as_at), text)
        for column, described in enumerate(form.columns[1:], start=2):
            form_ = self.style(
                border=1, bold=bold, num_format=self.number_format(row.indicator, described.key)
            )
            if row.indicator is None:
                note = row.note if column == 2 else ""
                blank = self.style(border=1, italic=True, font_size=9)
                if note:
                    sheet.write_string(at, column, note, blank)
                else:
                    sheet.write_blank(at, column, None, blank)
            elif described.key == "ratio":
                self.ratio(sheet, at, column, row.indicator, form_)
            else:
                before = described.key == "last_year"
                value = self.facts.value(row.indicator, before=before)
                mask = self.facts.mask(row.indicator, before=before)
                self.put(sheet, at, column, value, form_, self.live(form, row, place, column, before), mask)
                self.comment(sheet, at, column, row.indicator, told=self.place_and_period(before=before))

    def ratio(self, sheet: Any, at: int, column: int, id: str, form: Any) -> None:
        """This period against last year in percent; empty when last year is 0 or unknown."""
        now, before = self.facts.value(id), self.facts.value(id, before=True)
        a, b = xl_rowcol_to_cell(at, 2), xl_rowcol_to_cell(at, 3)
        shown: float | str = "" if now is None or not before else float(Decimal(now) * 100 / Decimal(before))
        sheet.write_formula(at, column, f'=IF(OR({a}="",N({b})=0),"",{a}*100/{b})', form, shown)

    @staticmethod
    def number_format(id: str | None, key: str) -> str:
        """How a value of this figure is shown."""
        if key == "ratio":
            return _RATIO
        decimals = INDICATORS[id].decimals if id else 0
        return f"{_NUMBER}.{'0' * decimals}" if decimals else _NUMBER

    def live(self, form: Form, row: Row, place: _Place, column: int, before: bool) -> str:
        """The sum of the rows below, for a row that is their total and agrees with it.

        A total that does not agree stays the engine's number: the check below the table then names the difference.
        """
        for check in form.checks:
            if check.result != row.number or check.relation != "=" or check.minus:
                continue
            parts = [self.facts.value(form.row(part).indicator or "", before=before) for part in check.plus]
            is_below = all(part.startswith(row.number) for part in check.plus)
            total = self.facts.value(row.indicator or "", before=before)
            if is_below and None not in parts and sum(p for p in parts if p is not None) == total:
                return place.total(check, column)
        return ""

    def checks(self, sheet: Any, form: Form, place: _Place, at: int, column: int) -> int:
        """Each check with its difference as a formula, from a row and column on; returns the row after the last."""
        if not form.checks:
            return at
        heads = (("Kiểm tra cân đối", "left"), ("Chênh lệch", "right"), ("Kết quả", "left"))
        for step, (text, side) in enumerate(heads):
            sheet.write_string(at, column + step, text, self.style(bold=True, align=side))
        for row, balance in enumerate(balances(form, self.facts), start=at + 1):
            text = self.style(italic=True, text_wrap=self.beside)
            sheet.write_string(row, column, balance.text, text)
            if balance.unknown:
                sheet.write_string(row, column + 2, "không kiểm tra được: có số không hiển thị", text)
                continue
            formula = self.difference(form, place, row - at - 1)
            self.result(sheet, row, column + 1, formula, balance)
        return row + 1

    def difference(self, form: Form, place: _Place, number: int) -> str:
        """The formula of a balance's difference; after the checks comes that with the period before."""
        if number < len(form.checks):
            check = form.checks[number]
            return f"{place.cell(check.result, 2)}-({place.total(check, 2)})"
        opening, total = form.carried or ("", "")
        return f"{place.cell(opening, 2)}-{place.cell(total, 3)}"

    def result(self, sheet: Any, row: int, column: int, formula: str, balance: Balance) -> None:
        """A difference as a formula, and whether the check holds as another."""
        cell, condition = xl_rowcol_to_cell(row, column), "<0" if balance.at_least else "<>0"
        plain = self.style(num_format="+#,##0;-#,##0;0")
        sheet.write_formula(row, column, f"={formula}", plain, float(balance.difference))
        style = self.style() if balance.holds else self.style(bold=True, font_color="#B00020")
        said = "Khớp" if balance.holds else "LỆCH"
        sheet.write_formula(row, column + 1, f'=IF({cell}{condition},"LỆCH","Khớp")', style, said)

    def noted(self, sheet: Any, form: Form, at: int) -> int:
        """How the form is to be read, and how sure its layout is; returns the row after it."""
        small = self.style(italic=True, font_size=9)
        sure = "" if form.mark == "C" else f"[{form.mark}: {MARKS[form.mark][0]}] {form.known_from}"
        for text in (form.note, sure, _OWN_ROWS if any(row.own for row in form.rows) else ""):
            if text:
                sheet.write_string(at, 1, text, small)
                at += 1
        return at
