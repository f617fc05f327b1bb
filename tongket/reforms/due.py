"""What plans have to say on the overview: a day that comes near or has passed while the plan is still a draft."""

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.core.dates import format_date
from tongket.core.dueitems import DueItem
from tongket.reforms.queries import visible_plans
from tongket.ui.templatetags.ui import lang

#: So many days before and after its day a draft is told of: what lies longer was laid aside.
_BEFORE, _AFTER = timedelta(days=30), timedelta(days=90)


def due_items(user: Any, day: date) -> list[DueItem]:
    """Drafts whose day is near, for whoever holds the duty: one question."""
    plans = visible_plans(user).filter(done_at__isnull=True, on__gte=day - _AFTER, on__lte=day + _BEFORE)
    return [
        DueItem(
            _("Phương án “%(title)s” có hiệu lực từ ngày %(day)s, chưa thực hiện")
            % {"title": plan.title, "day": format_date(plan.on, lang())},
            reverse("reforms:detail", args=[plan.pk]),
            plan.on,
            plan.on < day,
        )
        for plan in plans
    ]
