"""Official forms alone as a workbook: the form as it is printed, its balances to the right of what is printed."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from django.utils import timezone

from tongket.core.numbers import format_number
from tongket.core.periods import Period
from tongket.figures.engine import compute
from tongket.indicators.forms import Form
from tongket.organisations.models import Organisation
from tongket.reports.facts import ReportFacts, day_before
from tongket.reports.statistics.differences import Difference, Differences, Person
from tongket.reports.statistics.writing import FIRST, FormWriter


def form_facts(
    organisation: Organisation,
    period: Period,
    forms: Sequence[Form],
    *,
    as_at: date,
    as_known_at: datetime | None = None,
    viewer: Any = None,
    before_ids: tuple[str, ...] | None = None,
) -> ReportFacts:
    """The figures of these forms, beside those of the period set beside; of the organisation alone.

    `before_ids` limits the figures of the period set beside; None: all of the forms.
    """
    ids = figures_of(forms)
    now = compute(
        organisation,
        period,
        as_at=as_at,
        as_known_at=as_known_at,
        ids=ids,
        children=False,
        viewer=viewer,
    )
    before, then = None, day_before(period, as_at)
    if organisation.founded_on <= then:
        before = compute(
            organisation,
            period.comparison(),
            as_at=then,
            as_known_at=as_known_at,
            ids=ids if before_ids is None else before_ids,
            children=False,
            viewer=viewer,
        )
    return ReportFacts(now, before, (now,))


def figures_of(forms: Sequence[Form]) -> tuple[str, ...]:
    """The figures that the rows of these forms show, each once."""
    return tuple(dict.fromkeys(row.indicator for form in forms for row in form.rows if row.indicator))


def form_workbook(
    facts: ReportFacts, forms: Sequence[Form], *, differences: Differences | None = None
) -> bytes:
    """A sheet for each form; with `differences` a last sheet that names who is behind the change of row D."""
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(buffer, options)
    writer = _Writer(book, facts, beside=True)
    for form in forms:
        writer.form(form)
    if differences is not None:
        writer.differences(differences)
    book.set_properties({"title": f"Biểu thống kê {facts.period.label()}", "author": "", "comments": ""})
    book.close()
    return buffer.getvalue()


class _Writer(FormWriter):
    """The forms, and the sheet of people."""

    def differences(self, found: Differences) -> None:
        """Who came onto the list and who went from it since last year's row D."""
        sheet = self.sheet("Chênh lệch", "Chênh lệch so với dòng D năm trước", "Biểu 1", _WIDTHS)
        self.head(sheet, _HEADS)
        sheet.freeze_panes(FIRST + 1, 0)
        row = FIRST + 1
        for title, difference in comparisons(found):
            row = self._part(sheet, row, title, difference) + 1
        sheet.print_area(0, 0, row, len(_WIDTHS) - 1)

    def _part(self, sheet: Any, row: int, title: str, difference: Difference) -> int:
        sheet.write_string(row, 0, f"{title}: {summary(difference)}", self.style(bold=True))
        row += 1
        text = self.style(border=1, text_wrap=True)
        day = self.style(border=1, num_format="dd/mm/yyyy", align="center")
        number = 0
        for sign, people in (("Thêm", difference.came_people), ("Bớt", difference.gone_people)):
            for person in people:
                number += 1
                sheet.write_number(row, 0, number, text)
                for column, said in enumerate((sign, *told_of(person)), start=1):
                    sheet.write_string(row, column, said, text)
                if person.on is None:
                    sheet.write_blank(row, 7, None, day)
                else:
                    sheet.write_datetime(row, 7, datetime.combine(person.on, datetime.min.time()), day)
                row += 1
        return row


_HEADS = ("TT", "Thêm, bớt", "Mã", "Họ và tên", "Chi bộ", "Lý do", "Ngày ghi vào sổ", "Ngày")
_WIDTHS = (6, 12, 14, 30, 44, 30, 16, 14)


def told_of(person: Person) -> tuple[str, str, str, str, str]:
    """Code, name, cell, reason and the day of recording, as texts."""
    recorded = "" if person.recorded_at is None else _day(person.recorded_at)
    return person.member.code, person.member.full_name, person.cell, person.reason, recorded


def _day(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%d/%m/%Y")


def comparisons(found: Differences) -> list[tuple[str, Difference]]:
    """What there is to show, with its heading."""
    shown = []
    if found.since_last_year is not None:
        shown.append((f"Dòng D so với dòng D ngày {found.last_day:%d/%m/%Y}", found.since_last_year))
    if found.since_locked is not None and found.book is not None:
        shown.append(
            (f"Dòng A so với dòng D trong sổ đã chốt số {found.book.number}", found.since_locked),
        )
    return shown


def summary(difference: Difference) -> str:
    """`3.690 + 131 − 97 = 3.724` in words that a clerk can check."""
    before, came, gone, now = (
        format_number(n) for n in (difference.before, difference.came, difference.gone, difference.now)
    )
    return f"{before} + {came} người thêm − {gone} người bớt = {now}"
