"""Reading what goes on in the hall, always through what the user may see."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from tongket.audit.records import current
from tongket.conferences.hall.state import HallState, fold_floor
from tongket.conferences.models import AgendaItem, Attendance, Conference, Floor, Invitation, Moment, Vote
from tongket.organisations.queries import visible_to


def visible_conferences(user: Any, verb: str = "conference.read") -> QuerySet[Conference]:
    """Standing conferences of the organisations for which the user holds `verb`."""
    rows = Conference.objects.filter(organisation__in=visible_to(user, verb=verb))
    return current(rows).select_related("organisation")


@dataclass(frozen=True, slots=True)
class Numbered:
    """An item of the agenda with its number (1, 1.1, 2) and how deep it lies."""

    number: str
    depth: int
    item: AgendaItem


def numbered(items: Iterable[AgendaItem]) -> list[Numbered]:
    """The agenda in its order. An item whose parent is gone stands at the top level: nothing is left out."""
    rows = sorted(items, key=lambda item: (item.position, item.pk))
    known = {row.identity for row in rows}
    children: dict[UUID | None, list[AgendaItem]] = {}
    for row in rows:
        children.setdefault(row.parent if row.parent in known else None, []).append(row)
    return list(_walk(children, None, ""))


def _walk(
    children: dict[UUID | None, list[AgendaItem]], parent: UUID | None, prefix: str
) -> Iterator[Numbered]:
    for place, item in enumerate(children.pop(parent, ()), start=1):
        number = f"{prefix}{place}"
        yield Numbered(number, number.count("."), item)
        yield from _walk(children, item.identity, f"{number}.")


def agenda_of(conference: Conference) -> list[Numbered]:
    """The standing agenda of a conference, numbered."""
    return numbered(current(conference.items.all()))


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


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many were called and came: all, and of those entitled to vote."""

    called: int
    entitled: int
    present: int
    present_entitled: int
    excused: int
    absent: int

    @property
    def quorum(self) -> bool:
        """Whether more than half of those entitled are there; `quorum_needed` says from how many on."""
        return self.entitled > 0 and self.present_entitled >= self.quorum_needed

    @property
    def quorum_needed(self) -> int:
        """More than half of those entitled: the least number with which the conference may decide."""
        return self.entitled // 2 + 1

    @property
    def unmarked(self) -> int:
        """Called and not marked at the door at all."""
        return self.called - self.present - self.excused - self.absent


def numbers_of(conference: Conference, by: datetime | None = None) -> Numbers:
    """The numbers of a conference; with `by` only those count as present who came by that time; one query."""
    marks = current(Attendance.objects.filter(invitation=OuterRef("pk")))
    here = marks.filter(state="present")
    rows = current(Invitation.objects.filter(conference=conference)).annotate(
        here=Exists(here if by is None else here.filter(at__lte=by)),
        away_with=Exists(marks.filter(state="excused")),
        away=Exists(marks.filter(state="absent")),
    )
    return Numbers(
        **rows.aggregate(
            called=Count("pk"),
            entitled=Count("pk", filter=Q(voting=True)),
            present=Count("pk", filter=Q(here=True)),
            present_entitled=Count("pk", filter=Q(here=True, voting=True)),
            excused=Count("pk", filter=Q(away_with=True)),
            absent=Count("pk", filter=Q(away=True)),
        )
    )


def speaker_names(conference: Conference) -> list[str]:
    """Those who are there, as "name, post", to choose speakers from."""
    rows = current(
        Attendance.objects.filter(conference=conference, state="present", invitation__voided_at__isnull=True)
    ).values_list("invitation__name", "invitation__post")
    return sorted({f"{name}, {post}" if post else name for name, post in rows})
