"""The annexes in Excel: one sheet a form, the organisations, the definitions; sums are live formulas."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from tongket.core.dates import format_date
from tongket.core.masks import mask_text
from tongket.figures.types import Value
from tongket.indicators.catalogue import INDICATORS
from tongket.indicators.forms import FORMS, Check, Form, Row
from tongket.indicators.headlines import HEADLINES
from tongket.indicators.model import Ratio
from tongket.indicators.words import definition
from tongket.members.heading import Heading, heading_of
from tongket.reports.facts import ReportFacts
from tongket.reports.sheets import SHEETS, ByChild

FONT = "Times New Roman"
_FIRST = 5  # the row of the column headings, from 0
_NUMBER, _DECIMAL = "#,##0", "#,##0.##"


def annexes(
    facts: ReportFacts, *, sealed: Sequence[tuple[str, str]] = (), made_at: datetime | None = None
) -> bytes:
    """The workbook: forms 1, 2, 3 and 6, the sheets by organisation and 'Định nghĩa'.

    `sealed` are rows (what, value) for a last sheet by which the report and its package are recognised.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    writer = _Writer(book, facts)
    for form in FORMS.values():
        writer.form(form)
    sheets = [sheet for sheet in SHEETS if facts.now.children and sheet.is_wanted(facts)]
    for sheet in sheets:
        writer.organisations(sheet)
    writer.definitions(sheets)
    if sealed:
        writer.seal(sealed)
    told = {"title": f"Phụ lục số liệu {facts.period.label()}", "author": "", "comments": ""}
    book.set_properties(told | ({} if made_at is None else {"created": made_at.replace(tzinfo=None)}))
    book.close()
    return buffer.getvalue()


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


class _Writer:
    def __init__(self, book: Any, facts: ReportFacts) -> None:
        self.book, self.facts = book, facts
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
            sheet.write_string(_FIRST, place, title, form)
            if place < len(ids) and ids[place]:
                self.comment(sheet, _FIRST, place, ids[place] or "")
        sheet.set_row(_FIRST, 48)
        sheet.repeat_rows(_FIRST)

    def comment(self, sheet: Any, row: int, column: int, id: str) -> None:
        """Names the figure behind a cell."""
        text = f"{id}\n{INDICATORS[id].vi}"
        sheet.write_comment(row, column, text, {"x_scale": 1.6, "y_scale": 0.6, "font_size": 9})

    def foot(self, sheet: Any, row: int, last: int) -> None:
        """Place and date, who made the form and who signs it; then the print area."""
        bold, centre = self.style(bold=True, align="center"), self.style(align="center", italic=True)
        right = max(last - 2, 2)
        sheet.write_string(row, right, self.heading.place_date, centre)
        sheet.write_string(row + 1, 1, "NGƯỜI LẬP BIỂU", bold)
        sheet.write_string(row + 1, right, "TRƯỞNG BAN" if self.heading.is_district else "T/M CẤP ỦY", bold)
        sheet.write_string(row + 2, 1, "(ký, ghi rõ họ tên, số điện thoại)", centre)
        sheet.write_string(row + 2, right, "(ký tên, đóng dấu)", centre)
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
        widths = [8, 62, *([18] * max(len(titles) - 1, 2))]
        sheet = self.sheet(f"Biểu {form.code}", form.title_vi, form.symbol, widths)
        numbered = [
            f"{i} = 2*100/3" if c.key == "ratio" else str(i) for i, c in enumerate(form.columns, start=1)
        ]
        self.head(sheet, ["Số TT", *titles])
        small = self.style(italic=True, align="center", border=1, font_size=9)
        for column, text in enumerate(["", *numbered]):
            sheet.write_string(_FIRST + 1, column, text, small)
        place = _Place({row.number: _FIRST + 2 + i for i, row in enumerate(form.rows)})
        for row in form.rows:
            self.form_row(sheet, form, row, place)
        sheet.freeze_panes(_FIRST + 2, 2)
        if len(form.rows) <= 40:
            sheet.fit_to_pages(1, 1)
        last_row = self.checks(sheet, form, place, _FIRST + 3 + len(form.rows))
        self.foot(sheet, last_row + 1, len(widths) - 1)

    def form_row(self, sheet: Any, form: Form, row: Row, place: _Place) -> None:
        """One row: number and text as text, values as numbers or live sums."""
        at = place.rows[row.number]
        bold = row.level == 0
        text = self.style(border=1, bold=bold, indent=row.level, text_wrap=True, italic=row.own)
        sheet.write_string(at, 0, row.number, self.style(border=1, bold=bold, align="center"))
        sheet.write_string(at, 1, row.text, text)
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
        if row.indicator:
            self.comment(sheet, at, 2, row.indicator)

    def ratio(self, sheet: Any, at: int, column: int, id: str, form: Any) -> None:
        """This period against last year in percent; empty when last year is 0 or unknown."""
        now, before = self.facts.value(id), self.facts.value(id, before=True)
        a, b = xl_rowcol_to_cell(at, 2), xl_rowcol_to_cell(at, 3)
        shown: float | str = "" if now is None or not before else float(Decimal(now) * 100 / Decimal(before))
        sheet.write_formula(at, column, f'=IF(OR({a}="",N({b})=0),"",{a}*100/{b})', form, shown)

    @staticmethod
    def number_format(id: str | None, key: str) -> str:
        """How a value of this figure is shown."""
        return _DECIMAL if key == "ratio" or (id and INDICATORS[id].decimals) else _NUMBER

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

    def checks(self, sheet: Any, form: Form, place: _Place, at: int) -> int:
        """Each check with its difference as a formula; returns the row after the last."""
        if not form.checks:
            return at
        sheet.write_string(at, 1, "Kiểm tra cân đối", self.style(bold=True))
        sheet.write_string(at, 2, "Chênh lệch", self.style(bold=True, align="right"))
        for n, check in enumerate(form.checks, start=1):
            row = at + n
            difference = f"{place.cell(check.result, 2)}-({place.total(check, 2)})"
            gap = self.difference(form, check)
            sheet.write_string(row, 1, check.text, self.style(italic=True))
            sheet.write_formula(row, 2, f"={difference}", self.style(num_format="+#,##0;-#,##0;0"), gap)
            cell = xl_rowcol_to_cell(row, 2)
            wrong = f"{cell}<>0" if check.relation == "=" else f"{cell}<0"
            is_wrong = gap != 0 if check.relation == "=" else gap < 0
            result = "LỆCH" if is_wrong else "Khớp"
            sheet.write_formula(row, 3, f'=IF({wrong},"LỆCH","Khớp")', self.style(bold=is_wrong), result)
        if form.note:
            sheet.write_string(at + len(form.checks) + 1, 1, form.note, self.style(italic=True, font_size=9))
        return at + len(form.checks) + 2

    def difference(self, form: Form, check: Check) -> float:
        """What the check's formula gives on the engine's numbers; blanks count as 0, as they do in Excel."""

        def of(row: str) -> Decimal:
            return Decimal(self.facts.value(form.row(row).indicator or "") or 0)

        return float(of(check.result) - sum(map(of, check.plus)) + sum(map(of, check.minus)))

    # The organisations

    def organisations(self, described: ByChild) -> None:
        """A row for each child organisation, totals below."""
        ids = [id for id in described.ids if id in INDICATORS]
        sheet = self.sheet(described.name, described.title, "Phụ lục", [6, 34, *[8] * len(ids)])
        self.head(sheet, ["TT", "Tổ chức đảng", *(INDICATORS[id].vi for id in ids)], [None, None, *ids])
        sheet.set_row(_FIRST, 150)
        sheet.freeze_panes(_FIRST + 1, 2)
        first = _FIRST + 1
        for n, child in enumerate(self.facts.now.children):
            row = first + n
            sheet.write_number(row, 0, n + 1, self.style(border=1, align="center"))
            sheet.write_string(row, 1, child.name, self.style(border=1, text_wrap=True))
            for column, id in enumerate(ids, start=2):
                form = self.style(border=1, num_format=self.number_format(id, ""))
                value, mask = self.facts.value(id, child=child), self.facts.mask(id, child=child)
                self.put(sheet, row, column, value, form, self.divided(id, ids, row), mask)
        self.totals(sheet, ids, first, first + len(self.facts.now.children))
        self.foot(sheet, first + len(self.facts.now.children) + 2, len(ids) + 1)

    def totals(self, sheet: Any, ids: Sequence[str], first: int, at: int) -> None:
        """Sums of the columns where the organisations add up to the whole; the engine's number where they do not."""
        sheet.write_string(at, 0, "", self.style(border=1))
        sheet.write_string(at, 1, "Tổng cộng", self.style(border=1, bold=True))
        for column, id in enumerate(ids, start=2):
            name = xl_col_to_name(column)
            total = self.facts.value(id)
            parts = [self.facts.value(id, child=child) or 0 for child in self.facts.now.children]
            adds_up = not isinstance(INDICATORS[id].formula, Ratio) and sum(parts) == total
            formula = f"SUM({name}{first + 1}:{name}{at})" if adds_up else self.divided(id, ids, at)
            form = self.style(border=1, bold=True, num_format=self.number_format(id, ""))
            self.put(sheet, at, column, total, form, formula, self.facts.mask(id))

    @staticmethod
    def divided(id: str, ids: Sequence[str], row: int) -> str:
        """A ratio of two columns of this sheet as a formula; '' for anything else."""
        formula = INDICATORS[id].formula
        if not isinstance(formula, Ratio) or formula.denominator_last_year:
            return ""
        if formula.numerator not in ids or formula.denominator not in ids:
            return ""
        over = xl_rowcol_to_cell(row, 2 + ids.index(formula.numerator))
        under = xl_rowcol_to_cell(row, 2 + ids.index(formula.denominator))
        exact = f"{over}*{formula.scale}/{under}" + (f"-{formula.minus}" if formula.minus else "")
        return f"ROUND({exact},{INDICATORS[id].decimals})"

    # The definitions

    def definitions(self, sheets: Sequence[ByChild]) -> None:
        """What every column and row means: figure, unit, how it is computed, form."""
        used: dict[str, str] = {}
        for form in FORMS.values():
            for row in form.rows:
                if row.indicator:
                    used.setdefault(row.indicator, f"Biểu {form.code}, dòng {row.number}")
        for name, ids in (*((sheet.name, sheet.ids) for sheet in sheets), ("Báo cáo", HEADLINES)):
            for id in ids:
                if id in INDICATORS:
                    used.setdefault(id, name)
        sheet = self.sheet("Định nghĩa", "Định nghĩa các chỉ số", "Phụ lục", [34, 46, 12, 70, 24, 26])
        self.head(sheet, ["Mã", "Chỉ số", "Đơn vị", "Cách tính", "Biểu", "Vị trí trong phụ lục"])
        sheet.freeze_panes(_FIRST + 1, 1)
        text = self.style(border=1, text_wrap=True, valign="top")
        for n, (id, where) in enumerate(used.items(), start=_FIRST + 1):
            entry = INDICATORS[id]
            form_name = "Báo cáo" if entry.form == "report" else entry.form
            lines = max(-(-len(definition(id)) // 62), -(-len(entry.vi) // 40), 1)
            sheet.set_row(n, 15 * lines + 3)
            for column, value in enumerate((id, entry.vi, entry.unit, definition(id), form_name, where)):
                sheet.write_string(n, column, value, text)
        sheet.autofilter(_FIRST, 0, _FIRST + len(used), 5)
        sheet.print_area(0, 0, _FIRST + len(used), 5)

    def seal(self, rows: Sequence[tuple[str, str]]) -> None:
        """By what the package of this report is recognised: to be compared with what its page shows."""
        sheet = self.sheet("Xác thực", "Xác thực báo cáo", "Phụ lục", [40, 90])
        name = self.style(border=1, bold=True, text_wrap=True, valign="top")
        text = self.style(border=1, text_wrap=True, valign="top")
        for n, (what, value) in enumerate(rows, start=_FIRST):
            sheet.set_row(n, 34)
            sheet.write_string(n, 0, what, name)
            sheet.write_string(n, 1, value, text)
        said = "Gói báo cáo (.zip) đúng là của cơ quan lập khi trang kiem-tra.html trong gói ghi cùng dấu vân tay này."
        sheet.write_string(_FIRST + len(rows) + 1, 0, said, self.style(italic=True))
        sheet.print_area(0, 0, _FIRST + len(rows) + 1, 1)
