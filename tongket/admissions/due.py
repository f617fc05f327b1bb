"""What admissions have to say on the overview: what is late, what comes due, for whoever holds the duty."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.admissions.deadlines.limits import Deadline
from tongket.admissions.deadlines.queries import open_steps
from tongket.admissions.joining.acts import in_body
from tongket.admissions.joining.derive import deadlines, fold
from tongket.admissions.probation.queries import on_probation
from tongket.core.dueitems import DueItem
from tongket.organisations.queries import visible_to

_HORIZON = 30  # the overview says what is near; the page of deadlines shows the rest


def due_items(user: Any, day: date) -> list[DueItem]:
    """One line for what is late and one for what comes due in thirty days: candidates, probations. Three queries."""
    cells = visible_to(user, verb="admission.read").values("pk")
    joining = [
        one
        for steps in open_steps(cells, day).values()
        for one in deadlines(fold(steps), in_body=in_body(steps[0].organisation))
    ]
    probation = [one for person in on_probation(cells, day) for one in person.deadlines]
    return [
        *_items(
            joining, day, _("%(count)s hạn kết nạp đã quá"), _("%(count)s hạn kết nạp trong 30 ngày tới")
        ),
        *_items(
            probation,
            day,
            _("%(count)s hạn công nhận chính thức đã quá"),
            _("%(count)s hạn của đảng viên dự bị trong 30 ngày tới"),
        ),
    ]


def _items(found: list[Deadline], day: date, late_text: str, near_text: str) -> list[DueItem]:
    still = [one for one in found if one.is_open(day)]
    late = [one for one in still if one.late(day)]
    near = [one for one in still if 0 <= one.days_left(day) <= _HORIZON]
    href = reverse("admissions:late")
    return [
        DueItem(text % {"count": len(part)}, href, min(one.last for one in part), is_late)
        for part, text, is_late in ((late, late_text, True), (near, near_text, False))
        if part
    ]
