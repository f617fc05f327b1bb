"""The study of one paper at each level: who planned, who held, with how many, who has not; for the page and Excel.

The questions asked do not grow with the number of organisations.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from tongket.audit.records import current
from tongket.core.codelists import STUDY_FORM
from tongket.directives.models import Directive, PlannedSession, StudySession
from tongket.directives.queries import visible_study_sessions
from tongket.directives.study.queries import share_of, visible_planned_sessions
from tongket.files.queries import attachments_by
from tongket.obligations.derive import outcome_of
from tongket.obligations.models import Obligation
from tongket.organisations.queries import Placed, subtree_on, visible_to

#: Kinds that hang in the tree and hold no session of their own: offices of a committee, groups within a cell.
NOT_STUDYING = frozenset({"advisory_body", "group"})


@dataclass(frozen=True, slots=True)
class Row:
    """One organisation: what it planned, what it held (all its sessions about the paper), what it was to do."""

    place: Placed
    planned: Sequence[PlannedSession]
    held: Sequence[StudySession]
    due: Obligation | None
    on: date
    papers: int

    @property
    def planned_on(self) -> date | None:
        """The day planned, the latest when there are several."""
        return max((one.planned_on for one in self.planned), default=None)

    @property
    def held_on(self) -> date | None:
        """The day held, the first when there are several."""
        return min((one.held_on for one in self.held), default=None)

    @property
    def forms(self) -> str:
        """How it was held."""
        return ", ".join(dict.fromkeys(STUDY_FORM.label(one.form) for one in self.held))

    @property
    def sites(self) -> int:
        """At how many places."""
        return sum(one.sites for one in self.held)

    @property
    def entitled(self) -> int:
        """Those who had to attend."""
        return sum(one.members_total - one.members_exempt for one in self.held)

    @property
    def attended(self) -> int:
        """Members who attended."""
        return sum(one.members_attended for one in self.held)

    @property
    def share(self) -> Decimal | None:
        """Attended in percent of the entitled."""
        return share_of(self.attended, self.entitled)

    @property
    def deadline(self) -> date | None:
        """By when it was to be studied."""
        return self.due.deadline if self.due is not None else None

    @property
    def state(self) -> str:
        """held, late (after the deadline), reported (no session recorded), overdue, planned, none."""
        if self.held_on is not None:
            return "late" if self.deadline is not None and self.held_on > self.deadline else "held"
        if self.due is not None and self.due.fulfilled_on is not None:
            return "reported"
        if self.due is not None and outcome_of(self.due, self.on) == "overdue":
            return "overdue"
        return "planned" if self.planned else "none"


@dataclass(slots=True)
class Level:
    """The sums of one level; each level studies the paper for itself, so levels are not added up."""

    depth: int
    organisations: int = 0
    held: int = 0
    overdue: int = 0
    sites: int = 0
    entitled: int = 0
    attended: int = 0
    kinds: set[str] = field(default_factory=set)

    @property
    def open(self) -> int:
        """Organisations that have not held it."""
        return self.organisations - self.held

    @property
    def share(self) -> Decimal | None:
        """Attended in percent of the entitled."""
        return share_of(self.attended, self.entitled)


def study_rows(user: Any, directive: Directive, on: date) -> list[Row]:
    """The paper's organisation and all below it on a day, in tree order, each with its sessions up to that day."""
    visible = set(visible_to(user, "study.read").values_list("pk", flat=True))
    places = [
        place
        for place in subtree_on(directive.organisation, on)
        if place.organisation_id in visible and place.kind not in NOT_STUDYING
    ]
    planned = _by_organisation(visible_planned_sessions(user).filter(directive=directive.identity))
    held = _by_organisation(
        visible_study_sessions(user).filter(directive=directive, held_on__lte=on).order_by("held_on", "id")
    )
    due = {
        row.organisation_id: row
        for row in current(
            Obligation.objects.filter(
                demand__about=directive.identity, demand__kind="study", demand__voided_at__isnull=True
            )
        ).order_by("-deadline")
    }
    about = [one.identity for rows in (*planned.values(), *held.values()) for one in rows]
    files = attachments_by(about)
    return [
        _row(place, planned[place.organisation_id], held[place.organisation_id], due, on, files)
        for place in places
    ]


def _row(
    place: Placed, planned: list[Any], held: list[Any], due: dict[int, Obligation], on: date, files: Any
) -> Row:
    papers = sum(len(files.get(one.identity, ())) for one in (*planned, *held))
    return Row(place, planned, held, due.get(place.organisation_id), on, papers)


def _by_organisation(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.organisation_id].append(row)
    return found


def levels_of(rows: Sequence[Row]) -> list[Level]:
    """The sums at each level, from the top down."""
    found: dict[int, Level] = {}
    for row in rows:
        level = found.setdefault(row.place.depth, Level(row.place.depth))
        level.organisations += 1
        level.kinds.add(row.place.kind)
        level.held += bool(row.held)
        level.overdue += row.state == "overdue"
        level.sites += row.sites
        level.entitled += row.entitled
        level.attended += row.attended
    return [found[depth] for depth in sorted(found)]
