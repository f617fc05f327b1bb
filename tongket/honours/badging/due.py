"""What the overview says of badges: the next award day, and proposals that wait."""

from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.audit.records import current
from tongket.core.dates import format_date
from tongket.core.dueitems import DueItem
from tongket.honours.badging.models import OPEN
from tongket.honours.models import BadgeAward, BadgeProposal
from tongket.members.models import MembershipSpell
from tongket.organisations.queries import visible_to
from tongket.rules.badges import award_days, latest_start, marks_in_force, previous_award_day
from tongket.rules.catalogue import NoRuleInForce

_WAITING = {
    "proposed": gettext_lazy("đề nghị Huy hiệu chờ chuyển lên"),
    "sent": gettext_lazy("đề nghị Huy hiệu chờ quyết định"),
    "approved": gettext_lazy("Huy hiệu có quyết định, chờ trao"),
}


def next_award_day(day: date) -> date:
    """The award day on or after a day."""
    return next(d for d in (*award_days(day.year), *award_days(day.year + 1)) if d >= day)


def due_items(user: Any, day: date) -> list[DueItem]:
    """For who writes honours: members who reach a mark by the next award day, proposals waiting (two queries).

    The count is by Party age alone; whom discipline delays is said on the round's own page.
    """
    coming = next_award_day(day)
    mine = visible_to(user, "honour.write")
    items = []
    number = _not_proposed(mine, day, coming)
    if number:
        said = _("%(count)s đảng viên đủ năm tuổi Đảng đợt %(day)s, chưa đề nghị Huy hiệu")
        text = said % {"count": number, "day": format_date(coming)}
        items.append(DueItem(text, _round(coming), coming))
    waiting = (
        current(BadgeProposal.objects.filter(holder__in=mine, state__in=OPEN))
        .order_by("award_day", "state")
        .values_list("award_day", "state")
        .annotate(Count("pk"))
    )
    for award_day, state, count in waiting:
        text = _("%(count)s %(what)s (đợt %(day)s)") % {
            "count": count,
            "what": _WAITING[state],
            "day": format_date(award_day),
        }
        items.append(DueItem(text, _round(award_day), award_day, late=award_day < day))
    return items


def _round(award_day: date) -> str:
    return reverse("honours:round", args=[award_day.isoformat()])


def _not_proposed(mine: Any, day: date, coming: date) -> int:
    """Members who reach a mark between the last award day and the coming one, without badge or proposal of it."""
    before = previous_award_day(coming)
    reach, marks = Q(), []
    try:
        in_force = marks_in_force(coming)
    except NoRuleInForce:
        return 0
    for mark in in_force:
        window = Q(
            party_age_from__gt=latest_start(mark, before), party_age_from__lte=latest_start(mark, coming)
        )
        reach |= window
        marks.append(When(window, then=Value(mark)))
    spells = MembershipSpell.objects.filter(
        reach, organisation__in=mine, voided_at__isnull=True, valid_from__lte=day, valid_to__gt=day
    ).annotate(mark=Case(*marks, output_field=IntegerField()))
    given = BadgeAward.objects.filter(
        member=OuterRef("member"), mark__gte=OuterRef("mark"), voided_at__isnull=True
    )
    asked = BadgeProposal.objects.filter(
        member=OuterRef("member"), mark__gte=OuterRef("mark"), voided_at__isnull=True, state__in=OPEN
    )
    return spells.filter(~Exists(given), ~Exists(asked)).count()
