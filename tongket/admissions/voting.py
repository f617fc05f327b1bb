"""Votes of a cell on admission and on official status: the base from the register, and what must hold of the counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from tongket.admissions.deadlines.limits import mark_on
from tongket.core.dates import format_date
from tongket.core.problems import Problem, Severity
from tongket.members.models import MembershipSpell
from tongket.organisations.models import Organisation
from tongket.rules.catalogue import NoRuleInForce, integer


@dataclass(frozen=True, slots=True)
class Voters:
    """The official members of a cell on a day: `summoned` are the base, `exempt` count only when they come."""

    summoned: int
    exempt: int


def voters_on(cell: Organisation, day: date) -> Voters:
    """Who is entitled in a cell on a day (rule `vote.base`): all official members, present or not.

    Those exempted from meetings count only if present; suspended ones are not summoned.
    """
    held = MembershipSpell.objects.filter(
        organisation=cell,
        standing="official",
        suspended=False,
        voided_at__isnull=True,
        valid_from__lte=day,
        valid_to__gt=day,
    )
    found = held.aggregate(
        summoned=Count("pk", filter=Q(exempt=False)), exempt=Count("pk", filter=Q(exempt=True))
    )
    return Voters(found["summoned"], found["exempt"])


def base_of(voters: Voters, draft: Any) -> int:
    """The base of a vote: all summoned, and the exempted who came."""
    return voters.summoned + (draft.exempt_present or 0)


def severity_of(rule_id: str, day: date) -> Severity:
    """A rule that is confirmed refuses; one seen only in unofficial material, or nowhere, warns."""
    return "error" if mark_on(rule_id, day) == "C" else "warning"


def vote_rules(voters: Voters, draft: Any, index: int) -> Iterator[Problem]:
    """Votes within those present, those present within the base, and a cell large enough to take resolutions."""
    base = base_of(voters, draft)
    day = format_date(draft.on)
    if (draft.exempt_present or 0) > voters.exempt:
        yield Problem(
            "exempt_present",
            f"Ngày {day} chi bộ có {voters.exempt} đảng viên chính thức được miễn sinh hoạt, "
            f"ít hơn {draft.exempt_present}. Hãy sửa số người được miễn có dự họp.",
            index=index,
        )
        return
    if base == 0:
        yield Problem(
            "on",
            f"Ngày {day} chi bộ không có đảng viên chính thức nào trong sổ nên không biểu quyết được. "
            "Hãy kiểm tra ngày họp, hoặc bổ sung sổ đảng viên trước.",
            index=index,
        )
        return
    yield from _few(base, draft.on, index)
    yield from _counts(base, draft, index)


def _few(base: int, day: date, index: int) -> Iterator[Problem]:
    try:
        least = integer("org.min", day)
    except NoRuleInForce:
        return
    if base < least:
        yield Problem(
            "on",
            f"Ngày {format_date(day)} chi bộ chỉ có {base} đảng viên chính thức; dưới {least} thì không đủ để ra "
            "nghị quyết (Điều lệ Đảng). Hãy kiểm tra sổ đảng viên của chi bộ.",
            "warning",
            index,
        )


def _counts(base: int, draft: Any, index: int) -> Iterator[Problem]:
    missing = [
        (name, text)
        for name, text in (
            ("present", "số có mặt"),
            ("agree", "số tán thành"),
            ("disagree", "số không tán thành"),
        )
        if getattr(draft, name) is None
    ]
    for name, text in missing:
        yield Problem(
            name, f"Chưa có {text}. Biểu quyết phải ghi đủ kết quả đếm; không có thì ghi 0.", index=index
        )
    if missing:
        return
    if draft.present > base:
        yield Problem(
            "present",
            f"Số có mặt {draft.present} lớn hơn {base} đảng viên chính thức của chi bộ ngày "
            f"{format_date(draft.on)}. Chỉ đếm đảng viên chính thức; hãy sửa số có mặt.",
            index=index,
        )
    cast = draft.agree + draft.disagree
    if cast > draft.present:
        yield Problem(
            "agree",
            f"Tổng số phiếu {cast} (tán thành {draft.agree}, không tán thành {draft.disagree}) lớn hơn "
            f"{draft.present} người có mặt. Hãy đếm lại.",
            index=index,
        )
