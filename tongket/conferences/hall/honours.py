"""Commendations handed over at a conference: which were, kept as records; who was commended is said elsewhere."""

from collections.abc import Iterable, Mapping
from typing import Any

from tongket.audit.acts import act
from tongket.audit.records import current
from tongket.conferences.hall.acts import NOT_OPEN, RUNNING
from tongket.conferences.models import Conference, HandedOut
from tongket.conferences.queries import standing_of
from tongket.core.problems import Problem, Refused
from tongket.core.text import tidy

_LABEL = 400


def record_handing(
    conference: Conference, given: Mapping[int, str], taken_back: Iterable[int] = (), *, by: Any
) -> int:
    """Record which commendations (key -> who, as read out) were handed over, and which ticks were a mistake.

    Returns how many records changed. What is already so stays as it is. Raises `Refused` (not opened, handed over at
    another conference already) and `Conflict`.
    """
    with act(
        "conference.handed", by=by, organisation=conference.organisation, subject=conference
    ) as current_act:
        row = standing_of(conference)
        if row.state not in (RUNNING, "closed"):
            raise Refused([Problem("", NOT_OPEN[row.state])])
        known = {
            one.commendation: one
            for one in current(HandedOut.objects.filter(commendation__in=[*given, *taken_back]))
        }
        elsewhere = [one for one in known.values() if one.conference_id != row.pk]
        if elsewhere:
            raise Refused(
                [
                    # Not at which one: it may be a conference that who reads this may not see.
                    Problem(
                        "",
                        f"“{tidy(given.get(one.commendation) or one.label)}” đã được trao tại một hội nghị khác. "
                        "Hãy bỏ đánh dấu.",
                    )
                    for one in elsewhere[:3]
                ]
            )
        new = [
            HandedOut(conference=row, commendation=key, label=tidy(label)[:_LABEL], **current_act.stamp())
            for key, label in given.items()
            if key not in known
        ]
        HandedOut.objects.bulk_create(new)
        wrong = [known[key] for key in taken_back if key in known]
        for one in wrong:
            current_act.void(one, "bỏ đánh dấu đã trao")
        current_act.note(count=len(new), taken_back=len(wrong))
    return len(new) + len(wrong)


def handed_at(conference: Conference) -> dict[int, HandedOut]:
    """What was handed over at a conference, by the commendation's key."""
    return {one.commendation: one for one in current(conference.handed_out.all())}


def handed_elsewhere(conference: Conference, keys: Iterable[int]) -> dict[int, HandedOut]:
    """Of these commendations, those handed over at another conference."""
    rows = current(HandedOut.objects.filter(commendation__in=list(keys))).exclude(conference=conference)
    return {one.commendation: one for one in rows.select_related("conference")}


def handed_out(keys: Iterable[int]) -> set[int]:
    """Of these commendations (keys) those handed over at any conference; one query."""
    rows = current(HandedOut.objects.filter(commendation__in=list(keys)))
    return set(rows.values_list("commendation", flat=True))
