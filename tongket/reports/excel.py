"""The annexes in Excel: one sheet a form, the organisations, the definitions; sums are live formulas."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from tongket.indicators.catalogue import INDICATORS
from tongket.indicators.forms import FORMS
from tongket.indicators.headlines import HEADLINES
from tongket.indicators.model import Ratio
from tongket.indicators.words import definition
from tongket.reports.facts import ReportFacts
from tongket.reports.sheets import SHEETS, ByChild
from tongket.reports.statistics.writing import FIRST, FormWriter


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


class _Writer(FormWriter):
    # The organisations

    def organisations(self, described: ByChild) -> None:
        """A row for each child organisation, totals below."""
        ids = [id for id in described.ids if id in INDICATORS]
        sheet = self.sheet(described.name, described.title, "Phụ lục", [6, 34, *[8] * len(ids)])
        self.head(sheet, ["TT", "Tổ chức đảng", *(INDICATORS[id].vi for id in ids)], [None, None, *ids])
        sheet.set_row(FIRST, 150)
        sheet.freeze_panes(FIRST + 1, 2)
        first = FIRST + 1
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
        sheet.freeze_panes(FIRST + 1, 1)
        text = self.style(border=1, text_wrap=True, valign="top")
        for n, (id, where) in enumerate(used.items(), start=FIRST + 1):
            entry = INDICATORS[id]
            form_name = "Báo cáo" if entry.form == "report" else entry.form
            lines = max(-(-len(definition(id)) // 62), -(-len(entry.vi) // 40), 1)
            sheet.set_row(n, 15 * lines + 3)
            for column, value in enumerate((id, entry.vi, entry.unit, definition(id), form_name, where)):
                sheet.write_string(n, column, value, text)
        sheet.autofilter(FIRST, 0, FIRST + len(used), 5)
        sheet.print_area(0, 0, FIRST + len(used), 5)

    def seal(self, rows: Sequence[tuple[str, str]]) -> None:
        """By what the package of this report is recognised: to be compared with what its page shows."""
        sheet = self.sheet("Xác thực", "Xác thực báo cáo", "Phụ lục", [40, 90])
        name = self.style(border=1, bold=True, text_wrap=True, valign="top")
        text = self.style(border=1, text_wrap=True, valign="top")
        for n, (what, value) in enumerate(rows, start=FIRST):
            sheet.set_row(n, 34)
            sheet.write_string(n, 0, what, name)
            sheet.write_string(n, 1, value, text)
        said = "Gói báo cáo (.zip) đúng là của cơ quan lập khi trang kiem-tra.html trong gói ghi cùng dấu vân tay này."
        sheet.write_string(FIRST + len(rows) + 1, 0, said, self.style(italic=True))
        sheet.print_area(0, 0, FIRST + len(rows) + 1, 1)
