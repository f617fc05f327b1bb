"""Reading what goes on in the hall, always through what the user may see."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from tongket.audit.records import current
from tongket.conferences.hall.state import HallState, fold_floor
from tongket.conferences.models import AgendaItem, Attendance, Conference, Floor, Moment, Vote


def floor_of(conference: Conference) -> list[Floor]:
    """The standing rows of the hall in the order in which they were recorded."""
    return list(current(conference.floor.order_by("id")))


def state_of(conference: Conference) -> HallState:
    """The hall now."""
    return fold_floor(floor_of(conference))


_SEEN = (Floor, AgendaItem, Vote)


def with_stamp(rows: QuerySet[Conference]) -> QuerySet[Conference]:
    """Conferences with all that says whether their screen changed, and the last vote, in the same one query.

    Rows are only added or voided: the newest key and the number of standing rows of each kind say it all.
    """
    found: dict[str, Any] = {}
    for model in _SEEN:
        mine = model._default_manager.filter(conference=OuterRef("pk")).order_by().values("conference")
        name = model.__name__.lower()
        found[f"{name}_last"] = Subquery(mine.annotate(n=Max("id")).values("n"))
        found[f"{name}_standing"] = Subquery(
            mine.filter(voided_at__isnull=True).annotate(n=Count("id")).values("n")
        )
    said = ("question", "majority", "entitled", "present", "agree", "disagree", "abstain", "item")
    last = current(Vote.objects.filter(conference=OuterRef("pk"))).order_by("-id")
    found["last_vote"] = Subquery(last.values(said=JSONObject(**{name: name for name in said}))[:1])
    return rows.annotate(**found)


def stamp_of(conference: Any) -> str:
    """A short mark that changes whenever the screen of a conference (from `with_stamp`) would."""
    parts = [str(conference.pk), conference.state]
    for model in _SEEN:
        name = model.__name__.lower()
        last, standing = (getattr(conference, f"{name}_{part}") or 0 for part in ("last", "standing"))
        parts.append(f"{last}.{standing}")
    return "-".join(parts)


def moments_of(conference: Conference) -> dict[str, datetime]:
    """When it was called, opened (`running`), closed: the last standing moment of each kind."""
    return {row.kind: row.at for row in current(Moment.objects.filter(conference=conference).order_by("id"))}


def speaker_names(conference: Conference) -> list[str]:
    """Those who are there, as "name, post", to choose speakers from."""
    rows = current(
        Attendance.objects.filter(conference=conference, state="present", invitation__voided_at__isnull=True)
    ).values_list("invitation__name", "invitation__post")
    return sorted({f"{name}, {post}" if post else name for name, post in rows})
