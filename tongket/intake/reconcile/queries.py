"""Reading comparisons and decisions, within what a user may see; since when our values stand, and from which act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from tongket.audit.records import current
from tongket.core.dates import FOREVER
from tongket.intake.reconcile import fields
from tongket.intake.reconcile.acts import VERB
from tongket.intake.reconcile.models import OF_FIELDS, DecisionBatch, Difference, Reconciliation
from tongket.members.fields import BY_NAME
from tongket.members.models import Member, MemberCard, MemberDetail, MemberEvent
from tongket.members.queries import visible_to as visible_members
from tongket.organisations.models import Organisation
from tongket.organisations.queries import visible_to

#: What a list shows: name in the address -> the kinds of its lines.
PARTS: dict[str, tuple[str, ...]] = {
    "khac": OF_FIELDS,
    "chi-trong-so": ("ours_only",),
    "chi-trong-ban-xuat": ("theirs_only",),
    "chua-chac": ("doubtful",),
}
#: How a line stands: name in the address -> choices.
STATES: dict[str, tuple[str, ...]] = {
    "cho": ("",),
    "de-sau": ("later",),
    "giu": ("ours",),
    "lay": ("theirs",),
}


def comparisons(user: Any) -> QuerySet[Reconciliation]:
    """The comparisons of organisations whose members the user may write."""
    mine = visible_to(user, VERB)
    return Reconciliation.objects.filter(organisation__in=mine).select_related("organisation", "made_by")


def batches(user: Any) -> QuerySet[DecisionBatch]:
    """The decisions that stand, of organisations whose members the user may write."""
    mine = visible_to(user, VERB)
    rows = current(DecisionBatch.objects.filter(organisation__in=mine))
    return rows.select_related("organisation", "recorded_by")


def lines_of(made: Reconciliation, user: Any) -> QuerySet[Difference]:
    """The lines of a comparison about people whom the user may write, or whom nobody has on record."""
    theirs = Q(member__isnull=True) | Q(member__in=visible_members(user, VERB).values("pk"))
    return made.lines.filter(theirs)


def tally(lines: QuerySet[Difference]) -> dict[tuple[str, str], int]:
    """How many lines of each kind stand in each state."""
    rows = lines.order_by().values_list("kind", "choice").annotate(Count("pk"))
    return {(kind, choice): count for kind, choice, count in rows}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a list is narrowed to; every value as it stands in the address."""

    part: str = "khac"
    state: str = "cho"
    field: str = ""
    kind: str = ""
    branch: str = ""
    text: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether something beyond the list itself was asked for."""
        return bool(self.field or self.kind or self.branch or self.text)


def narrowed(lines: QuerySet[Difference], chosen: Chosen) -> QuerySet[Difference]:
    """The lines of one list, by the names of people, then as a person's file is read."""
    rows = lines.filter(
        kind__in=PARTS.get(chosen.part, OF_FIELDS), choice__in=STATES.get(chosen.state, ("",))
    )
    if chosen.field:
        rows = rows.filter(field=chosen.field)
    if chosen.kind:
        rows = rows.filter(kind=chosen.kind)
    if chosen.branch.isdecimal() and len(chosen.branch) < 19:
        rows = rows.filter(branch=int(chosen.branch))
    for word in chosen.text.split()[:8]:
        rows = rows.filter(folded__contains=word)
    return rows.select_related("member__organisation__parent", "branch", "batch__recorded_by").order_by("pk")


def choices_of(lines: QuerySet[Difference], part: str) -> tuple[list[tuple[str, int]], list[Organisation]]:
    """The fields (with how many lines) and the branches that a list has lines of."""
    rows = lines.filter(kind__in=PARTS.get(part, OF_FIELDS)).order_by()
    counted = dict(rows.values_list("field").annotate(Count("pk")))
    named = [(name, counted[name]) for name in fields.NAMES if name in counted]
    branches = Organisation.objects.filter(pk__in=rows.values("branch")).order_by("position", "code")
    return named, list(branches)


def candidates_of(rows: Sequence[Difference], user: Any) -> dict[int, Member]:
    """The people of ours that doubtful rows may be, as far as the user may see them."""
    keys = {key for row in rows for key in row.candidates}
    members = visible_members(user, VERB).filter(pk__in=keys).select_related("organisation")
    return {member.pk: member for member in members} if keys else {}


@dataclass(frozen=True, slots=True)
class Standing:
    """Since when a value of ours holds, when it was recorded, by whom, from where."""

    since: date | None
    recorded_at: datetime
    by: str
    origin: str


def standings(rows: Sequence[Difference]) -> dict[int, Standing]:
    """Of lines about fields, by their key: which act our value rests on. At most three queries."""
    wanted = [row for row in rows if row.member_id and row.kind in OF_FIELDS]
    details = _details({row.member_id for row in wanted if row.field in BY_NAME})
    cards = _last(MemberCard, {row.member_id for row in wanted if row.field in fields.CARD})
    events = _last(
        MemberEvent,
        {row.member_id for row in wanted if row.field not in BY_NAME and row.field not in fields.CARD},
    )
    found = {}
    for row in wanted:
        key = row.member_id or 0
        if row.field in BY_NAME:
            told = _of_detail(row.field, details.get(key, []))
        elif row.field in fields.CARD:
            told = _of_card(cards.get(key, []))
        else:
            told = _of_event(row.field, events.get(key, []))
        if told is not None:
            found[row.pk] = told
    return found


def _details(keys: set[int | None]) -> dict[int, list[MemberDetail]]:
    """The rows that hold now or held until they were corrected, as recorded one after another."""
    found: dict[int, list[MemberDetail]] = {}
    if keys:
        rows = MemberDetail.objects.filter(member__in=keys).select_related("recorded_by")
        for row in rows.order_by("recorded_at", "pk"):
            found.setdefault(row.member_id, []).append(row)
    return found


def _of_detail(name: str, life: Sequence[MemberDetail]) -> Standing | None:
    """The first of the unbroken run of recordings with the present value."""
    open_rows = [row for row in life if row.valid_to == FOREVER]
    standing = [row for row in life if row.voided_at is None]
    if not open_rows or not standing:
        return None
    value = getattr(open_rows[-1], name)
    if fields.blank(value):
        return None
    first = open_rows[-1]
    for row in reversed(open_rows):
        if getattr(row, name) != value:
            break
        first = row
    since = open_rows[-1].valid_from
    for row in sorted(standing, key=lambda r: r.valid_from, reverse=True):
        if getattr(row, name) != value:
            break
        since = row.valid_from
    return _told(first, since if since.year > 1900 else None)


def _last(model: Any, keys: set[int | None]) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    if keys:
        rows = current(model.objects.filter(member__in=keys)).select_related("recorded_by")
        for row in rows.order_by("pk"):
            found.setdefault(row.member_id, []).append(row)
    return found


def _of_card(cards: Sequence[MemberCard]) -> Standing | None:
    return _told(cards[-1], cards[-1].issued_on) if cards else None


def _of_event(name: str, events: Sequence[MemberEvent]) -> Standing | None:
    """The event that put a person into the cell, or brought the date along; of a status the last event."""
    ordered = sorted(events, key=lambda e: (e.on, e.pk))
    kinds = {
        fields.ORGANISATION: {"transferred", "registered", "admitted", "readmitted", "restored", "moved_in"},
        "first_admitted_on": {"registered", "admitted", "readmitted", "moved_in"},
        "official_on": {"registered", "recognised", "moved_in"},
    }.get(name)
    fitting = [e for e in ordered if kinds is None or e.kind in kinds]
    return _told(fitting[-1], fitting[-1].on) if fitting else None


def _told(row: Any, since: date | None) -> Standing:
    by = row.recorded_by
    return Standing(since, row.recorded_at, str(by) if by else "", row.origin)
