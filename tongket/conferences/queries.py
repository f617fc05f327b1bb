"""Reading conferences, always through what the user may see."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from tongket.audit.records import GONE, current
from tongket.conferences.door.quorum import Counts
from tongket.conferences.models import Attendance, Conference, Invitation, Reply
from tongket.core.problems import Conflict
from tongket.core.text import fold
from tongket.organisations.queries import visible_to


def visible_conferences(
    user: Any, *, with_voided: bool = False, verb: str = "conference.read"
) -> QuerySet[Conference]:
    """Conferences of the organisations where the user holds `verb`."""
    rows = Conference.objects.filter(organisation__in=visible_to(user, verb=verb))
    return (rows if with_voided else current(rows)).select_related("organisation")


def standing_of(conference: Conference) -> Conference:
    """The row that stands for the identity of `conference`, which may have been corrected since it was opened.

    Raises `Conflict` when the conference was voided.
    """
    found = (
        current(Conference.objects.filter(identity=conference.identity))
        .select_related("organisation")
        .first()
    )
    if found is None:
        raise Conflict(GONE)
    return found


def invitations_of(conference: Conference) -> QuerySet[Invitation]:
    """Those called, by number."""
    return current(Invitation.objects.filter(conference=conference)).select_related("organisation", "member")


def marked_list(conference: Conference, search: str = "") -> list[Invitation]:
    """Those called with `.mark` (standing attendance or None) and `.reply` (last answer or None): three queries.

    `search`: words in any order without regard to diacritics, in name, post, organisation; or a number.
    """
    rows: list[Any] = list(
        invitations_of(conference)
        .order_by("number")
        .prefetch_related(
            Prefetch("attendances", current(Attendance.objects.all()), to_attr="standing_marks"),
            Prefetch("replies", current(Reply.objects.order_by("id")), to_attr="standing_replies"),
        )
    )
    for row in rows:
        row.mark = row.standing_marks[0] if row.standing_marks else None
        row.reply = row.standing_replies[-1] if row.standing_replies else None
    words = fold(search).split()[:8]
    return [row for row in rows if _holds(row, words)] if words else rows


def _holds(row: Invitation, words: list[str]) -> bool:
    if words == [str(row.number)]:
        return True
    text = fold(f"{row.name} {row.post} {row.organisation.name if row.organisation else ''}")
    return all(word in text for word in words)


def counts(conference: Conference, by: datetime | None = None) -> Counts:
    """How many were called, came, are away, and how many of those entitled to vote are there: one query.

    With `by` only those count as present who came by that time.
    """
    state = current(Attendance.objects.filter(invitation=OuterRef("pk")))
    here = state.filter(state="present")
    rows = current(Invitation.objects.filter(conference=conference)).annotate(
        here=Exists(here if by is None else here.filter(at__lte=by)),
        away_with=Exists(state.filter(state="excused")),
        away=Exists(state.filter(state="absent")),
    )
    return Counts(
        **rows.aggregate(
            invited=Count("pk"),
            present=Count("pk", filter=Q(here=True)),
            excused=Count("pk", filter=Q(away_with=True)),
            absent=Count("pk", filter=Q(away=True)),
            entitled=Count("pk", filter=Q(voting=True)),
            entitled_present=Count("pk", filter=Q(voting=True, here=True)),
        )
    )


def latest_arrivals(conference: Conference, how_many: int = 8) -> QuerySet[Attendance]:
    """Who came last, the newest first."""
    rows = current(Attendance.objects.filter(conference=conference, state="present"))
    return rows.select_related("invitation").order_by("-id")[:how_many]


def received_invitations(user: Any) -> QuerySet[Invitation]:
    """Invitations made out to organisations for which the user acts, of conferences already called."""
    mine = visible_to(user, verb="conference.write")
    rows = current(Invitation.objects.filter(organisation__in=mine, conference__voided_at__isnull=True))
    return (
        rows.exclude(conference__state="draft")
        .select_related("conference__organisation", "organisation")
        .prefetch_related(
            Prefetch("replies", current(Reply.objects.order_by("id")), to_attr="standing_replies")
        )
        .order_by("-conference__starts_at", "number")
    )
