"""Cases of discipline and appeals. Numbers are masked for whoever lacks the inspection duty, but for what was opened.

Sealed cases are counted; the lists behind the numbers name them only to whoever is named for them.
"""

from functools import partial

from tongket.core import judging as lists

from ..family import family, parts_of_list
from ..model import Condition, Count, Indicator, Is, Total

_case = partial(Indicator, domain="discipline", unit="vụ việc", units_en="cases")
_appeal = partial(
    Indicator, domain="discipline", unit="khiếu nại", units_en="appeals", basis="disc.appeal.answer"
)


def _of_whom(prefix: str, vi: str, en: str, source: str, *conditions: Condition) -> tuple[Indicator, ...]:
    when = "stock" if source == "cases_pending" else "flow"
    return tuple(
        _case(
            f"{prefix}.{key}",
            f"{vi} về {said}",
            f"{en}: {said_en}",
            formula=Count(source, when, (*conditions, Is("member", of_member))),  # type: ignore[arg-type]
        )
        for key, said, said_en, of_member in (
            ("members", "đảng viên", "members", True),
            ("organisations", "tổ chức đảng", "organisations", False),
        )
    )


INDICATORS: tuple[Indicator, ...] = (
    _case("cases.opened", "Vụ việc xem xét kỷ luật trong kỳ", "Cases opened", formula=Count("cases", "flow")),
    *_of_whom("cases.opened", "Vụ việc xem xét kỷ luật", "Cases opened", "cases"),
    *family(
        _case,
        "cases.opened.source",
        "Vụ việc xem xét kỷ luật",
        "Cases opened",
        parts_of_list("source", lists.CASE_SOURCE),
        source="cases",
        when="flow",
    ),
    # No count of all that ended: beside the number disciplined it would tell those closed without discipline.
    _case(
        "cases.decided",
        "Vụ việc đã quyết định kỷ luật",
        "Cases decided",
        formula=Count("case_ends", "flow", (Is("state", "decided"),)),
    ),
    *_of_whom(
        "cases.decided", "Vụ việc đã quyết định kỷ luật", "Cases decided", "case_ends", Is("state", "decided")
    ),
    _case(
        "cases.closed",
        "Vụ việc kết thúc, không kỷ luật",
        "Cases closed without discipline",
        formula=Count("case_ends", "flow", (Is("state", "closed"),)),
    ),
    _case(
        "cases.ended",
        "Vụ việc đã kết thúc xem xét",
        "Cases ended",
        formula=Total(("cases.decided", "cases.closed")),
    ),
    _case(
        "cases.pending",
        "Vụ việc còn đang xem xét cuối kỳ",
        "Cases under way at the end",
        formula=Count("cases_pending", "stock"),
    ),
    _appeal(
        "cases.appeals", "Khiếu nại kỷ luật đã nhận", "Appeals received", formula=Count("appeals", "flow")
    ),
    _appeal(
        "cases.appeals.waiting",
        "Khiếu nại kỷ luật nhận trong kỳ chưa giải quyết",
        "Appeals received and not answered",
        formula=Count("appeals", "flow", (Is("answered", False),)),
    ),
    *family(
        _appeal,
        "cases.appeals.outcome",
        "Khiếu nại kỷ luật đã giải quyết",
        "Appeals answered",
        parts_of_list("outcome", lists.APPEAL_OUTCOME),
        source="appeal_answers",
        when="flow",
    ),
    _appeal(
        "cases.appeals.answered",
        "Khiếu nại kỷ luật đã giải quyết trong kỳ",
        "Appeals answered in the period",
        formula=Total(tuple(f"cases.appeals.outcome.{code}" for code in lists.APPEAL_OUTCOME.values)),
    ),
)
