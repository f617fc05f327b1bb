"""When people are reminded: an organisation's own days, else those of the nearest body above, else the defaults."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from tongket.audit.records import current
from tongket.obligations.models import Obligation, ReminderRule, Step
from tongket.obligations.queries import visible_obligations
from tongket.organisations.models import Organisation

#: Days from the deadline (negative: before) on which a letter goes out where no organisation has set its own: once a
#: week before and the day before, so that there is time to act; the day after and a week after, so that it is not lost.
DEFAULT_DAYS: tuple[int, ...] = (-7, -1, 1, 7)
#: Where a reminder came from, when no person gave it.
AUTOMATIC = "digest"


@dataclass(frozen=True, slots=True)
class Schedule:
    """All reminder rules at once: `days_for` answers without another question to the database."""

    parents: Mapping[int, int | None]
    rules: dict[int, dict[str, tuple[int, ...]]]

    def source(self, organisation_id: int) -> int | None:
        """The organisation whose rules hold for this one; None: the defaults."""
        at: int | None = organisation_id
        while at is not None:
            if at in self.rules:
                return at
            at = self.parents.get(at)
        return None

    def days_for(self, organisation_id: int, kind: str) -> tuple[int, ...]:
        """The days on which an obligation of this kind is reminded of, in order."""
        source = self.source(organisation_id)
        if source is None:
            return DEFAULT_DAYS
        of = self.rules[source]
        return tuple(sorted({*of.get("", ()), *of.get(kind, ())}))

    def fires(self, organisation_id: int, kind: str, deadline: date, on: date) -> bool:
        """Whether a letter about this deadline goes out on that day."""
        return (on - deadline).days in self.days_for(organisation_id, kind)

    def furthest(self) -> tuple[int, int]:
        """The earliest and the latest day, from a deadline, on which any rule fires."""
        days = [*DEFAULT_DAYS, *(day for of in self.rules.values() for some in of.values() for day in some)]
        return min(days), max(days)


def schedule() -> Schedule:
    """The rules that stand now (two queries)."""
    parents = dict(Organisation.objects.values_list("pk", "parent_id"))
    rules: dict[int, dict[str, tuple[int, ...]]] = {}
    for rule in current(ReminderRule.objects.all()).order_by("days"):
        of = rules.setdefault(rule.organisation_id, {})
        of[rule.kind] = (*of.get(rule.kind, ()), rule.days)
    return Schedule(parents, rules)


def firing_on(plan: Schedule, on: date) -> list[Obligation]:
    """The open obligations about which a letter goes out on a day."""
    first, last = plan.furthest()
    rows = current(Obligation.objects.filter(demand__voided_at=None, fulfilled_on=None)).filter(
        deadline__range=(on - timedelta(days=last), on - timedelta(days=first))
    )
    return [
        row
        for row in rows.select_related("demand__organisation", "organisation")
        if plan.fires(row.organisation_id, row.demand.kind, row.deadline, on)
    ]


def reminders_seen_by(user: Any, organisations: Any = None) -> QuerySet[Step]:
    """The log of reminders (đôn đốc) about obligations that the user may see, newest first."""
    rows = Step.objects.filter(kind="reminded", obligation__in=visible_obligations(user).values("pk"))
    if organisations is not None:
        rows = rows.filter(obligation__organisation__in=organisations)
    return (
        current(rows)
        .select_related("obligation__organisation", "obligation__demand__organisation", "recorded_by")
        .order_by("-on", "-id")
    )


def already_reminded(obligations: Iterable[int], on: date) -> set[int]:
    """Of these obligations (ids), those to which the automatic letter of that day is already logged."""
    rows = Step.objects.filter(kind="reminded", on=on, origin=AUTOMATIC, obligation__in=list(obligations))
    return set(current(rows).values_list("obligation_id", flat=True))


def own_days(organisation: Organisation) -> dict[str, tuple[int, ...]]:
    """The days that an organisation has set itself, by kind ("" for every kind)."""
    found: dict[str, tuple[int, ...]] = {}
    for rule in current(ReminderRule.objects.filter(organisation=organisation)).order_by("days"):
        found[rule.kind] = (*found.get(rule.kind, ()), rule.days)
    return found


def parse_days(text: str) -> Sequence[int]:
    """`-7, -1, 1, 7` as days. Raises ValueError naming what cannot be read."""
    found = []
    for part in text.replace(";", ",").split(","):
        bare = part.strip().replace("−", "-").replace("+", "").replace(" ", "")
        if not bare:
            continue
        digits = bare.removeprefix("-")
        if not digits.isdecimal() or len(digits) > 3:
            raise ValueError(f"“{part.strip()[:20]}” không phải là số ngày. Hãy viết, ví dụ: -7, -1, 1, 7.")
        found.append(int(bare))
    return found
