"""What must hold of a confirmed correction."""

from collections.abc import Sequence
from datetime import date

from tongket.audit.records import check_past
from tongket.core.dates import format_date
from tongket.core.problems import Problem
from tongket.inspections.models import DisciplineEnd, MemberDiscipline, OrganisationDiscipline

Discipline = MemberDiscipline | OrganisationDiscipline


def correction_problems(row: Discipline, ends: Sequence[DisciplineEnd], on: date) -> list[Problem]:
    """The correction is confirmed once, after the decision, of a decision that stands (rule badge.discipline)."""
    found = list(check_past(on, "on", "Ngày xác nhận", 0))
    if ends:
        what = "đã bị hủy" if ends[-1].kind == "annulled" else "đã được xác nhận sửa chữa"
        found.append(
            Problem("on", f"Quyết định này {what} ngày {format_date(ends[-1].on)}. Không ghi lần nữa.")
        )
    if on < row.decided_on:
        found.append(
            Problem(
                "on",
                f"Ngày xác nhận {format_date(on)} trước ngày quyết định {format_date(row.decided_on)}. Hãy sửa ngày.",
            )
        )
    if isinstance(row, MemberDiscipline) and row.form == "expulsion":
        found.append(
            Problem("on", "Người bị khai trừ không còn là đảng viên nên chi bộ không xác nhận sửa chữa.")
        )
    return found


def has_case(row: Discipline) -> Problem | None:
    """What a case has led to is changed at the case, where its steps and its seal are."""
    if row.case_identity is None:
        return None
    return Problem("on", "Quyết định này do một vụ việc lập ra. Hãy xác nhận ở vụ việc đó.")
