"""What of cases is due, for the overview: only for holders of the duty, sealed cases only for those named."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.cases.law.clock import suspension_ends, tell_by
from tongket.cases.law.limits import form_limit
from tongket.cases.models import Case
from tongket.cases.queries import open_appeals, steps_by_case, suspension_now, visible_cases
from tongket.core.codelists import MEMBER_DISCIPLINE_FORMS, ORGANISATION_DISCIPLINE_FORMS
from tongket.core.dueitems import DueItem

#: How many days before the end of a limit it is said again: the narrowest step that holds names the item.
STEPS = (7, 15, 30, 60, 90)


def due_items(user: Any, day: date) -> list[DueItem]:
    """Limits that run out within 90, 60, 30, 15, 7 days, appeals, suspensions, notifications; three queries."""
    cases = list(visible_cases(user).exclude(state="closed"))
    if not cases:
        return []
    steps = steps_by_case(case.identity for case in cases)
    ends = [
        (case, suspension_ends(now[0].on, now[1]))
        for case in cases
        if (now := suspension_now(steps.get(case.identity, ()))) is not None
    ]
    appeals = [row.due_on for row in open_appeals([case.identity for case in cases])]
    told = [
        tell_by(case.state_decided_on)
        for case in cases
        if case.state_decided_on is not None and case.state_told_on is None
    ]
    found = [
        *_limits(cases, day),
        *_item(_("đình chỉ sắp hoặc đã hết hạn"), (end for _case, end in ends), day, 30, "cases:list"),
        *_item(_("khiếu nại kỷ luật phải trả lời"), appeals, day, 90, "cases:appeals"),
        *_item(_("quyết định của cơ quan nhà nước chưa được báo"), told, day, 5, "cases:list"),
    ]
    return sorted(found, key=lambda item: item.on or date.max)


def _limits(cases: Iterable[Case], day: date) -> list[DueItem]:
    """Open cases without a conclusion for which some form runs out soon, by the step of days left."""
    by_step: dict[int, list[date]] = {}
    for case in cases:
        if case.state != "open" or case.concluded_on is not None:
            continue
        forms = MEMBER_DISCIPLINE_FORMS if case.of_member else ORGANISATION_DISCIPLINE_FORMS
        limits = [
            form_limit(
                form,
                [case.last_act_on],
                of_member=case.of_member,
                harm=case.harm,
                judged_on=case.opened_on,
                at=day,
            )
            for form in forms
        ]
        left = [limit.until for limit in limits if limit.state == "open" and limit.until is not None]
        nearest = min(left, default=None)
        step = next((n for n in STEPS if nearest is not None and (nearest - day).days <= n), None)
        if nearest is not None and step is not None:
            by_step.setdefault(step, []).append(nearest)
    return [
        DueItem(
            _("%(n)d vụ việc còn không quá %(step)d ngày thời hiệu") % {"n": len(days), "step": step},
            reverse("cases:list"),
            min(days),
        )
        for step, days in sorted(by_step.items())
    ]


def _item(what: str, days: Iterable[date | None], day: date, within: int, page: str) -> list[DueItem]:
    near = sorted(one for one in days if one is not None and (one - day).days <= within)
    if not near:
        return []
    late = sum(one < day for one in near)
    facts = {"n": len(near), "what": what, "late": late}
    said = _("%(n)d %(what)s, %(late)d đã quá hạn") if late else _("%(n)d %(what)s")
    return [DueItem(said % facts, reverse(page), near[0], late > 0)]
