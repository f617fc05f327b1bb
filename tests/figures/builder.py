"""Worlds made row by row for the engine's tests, with closure and spells computed naively here.

Nothing of `organisations.tree` or `members.derive` is used: a mistake there must not hide one in the engine. Records
have a stretch of *epochs* in which they are known (a correction ends one and begins another); each epoch is a moment.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

from django.db import models

from tongket.admissions.models import Candidate, CandidateStep, ProbationStep
from tongket.bulletins.models import Bulletin
from tongket.cases.models import Appeal, AppealAnswer, Case, CaseStep
from tongket.conferences.models import Attendance, Conclusion, Conference, Invitation, Moment, Reply
from tongket.core.codelists import BEGINNINGS, ENDINGS
from tongket.core.dates import FOREVER
from tongket.directives.models import Directive, DirectiveChange, Plan, PlannedSession, StudySession
from tongket.events.models import Event, Twinning
from tongket.honours.models import (
    BadgeAward,
    BadgeDecision,
    BadgeProposal,
    CertificateNumber,
    Commendation,
    CommendationDecision,
    CommendationProposal,
    CouncilView,
    ProposalOutcome,
)
from tongket.inspections.models import (
    DisciplineEnd,
    Finding,
    Inspection,
    InspectionObject,
    InspectionStep,
    MemberDiscipline,
    OrganisationDiscipline,
    Programme,
    ProgrammeItem,
)
from tongket.members.models import (
    Member,
    MemberCard,
    MemberDetail,
    MemberEvent,
    MembershipSpell,
    PostHolding,
)
from tongket.obligations.models import Demand, Obligation, Step
from tongket.organisations.models import (
    Organisation,
    OrganisationAct,
    OrganisationPath,
    OrganisationVersion,
)
from tongket.ratings.models import (
    MemberRating,
    OrganisationRating,
    RatingCandidate,
    RatingOverride,
    RatingRound,
    RatingSpecial,
    RatingStep,
    RoundDecision,
)
from tongket.targets.models import Target

# The moments at which something was recorded; questions "as known at" fall between them.
EPOCHS = (
    datetime(2024, 2, 1, 8, tzinfo=UTC),
    datetime(2024, 5, 1, 8, 30, 0, 250_000, tzinfo=UTC),
    datetime(2024, 8, 1, 9, tzinfo=UTC),
)
_ORDER: tuple[type[models.Model], ...] = (
    Organisation,
    OrganisationAct,
    OrganisationVersion,
    OrganisationPath,
    Member,
    MemberDetail,
    MemberEvent,
    MembershipSpell,
    MemberCard,
    PostHolding,
    Target,
    OrganisationRating,
    MemberRating,
    BadgeAward,
    Commendation,
    Directive,
    Plan,
    DirectiveChange,
    PlannedSession,
    StudySession,
    Demand,
    Obligation,
    Step,
    Conference,
    Moment,
    Invitation,
    Reply,
    Attendance,
    Conclusion,
    Event,
    Twinning,
    Bulletin,
    MemberDiscipline,
    OrganisationDiscipline,
    DisciplineEnd,
    RatingRound,
    RatingCandidate,
    RatingStep,
    RatingSpecial,
    RatingOverride,
    RoundDecision,
    BadgeDecision,
    BadgeProposal,
    CommendationProposal,
    CouncilView,
    CommendationDecision,
    ProposalOutcome,
    CertificateNumber,
    Programme,
    ProgrammeItem,
    Inspection,
    InspectionObject,
    InspectionStep,
    Finding,
    Case,
    CaseStep,
    Appeal,
    AppealAnswer,
    Candidate,
    CandidateStep,
    ProbationStep,
)


class World:
    """All rows by model, made first in memory: the recount reads these, the engine the database."""

    def __init__(self) -> None:
        self.rows: dict[type[models.Model], list[Any]] = defaultdict(list)
        self._next = 1

    def add(
        self, model: type[models.Model], *, known: tuple[int, int | None] = (0, None), **values: Any
    ) -> Any:
        """A row with a key of its own; `known` are the epochs in which it is (first) and is no longer (then) known."""
        row = model(id=self._next, **values)
        self._next += 1
        if hasattr(row, "recorded_at"):
            row.recorded_at = EPOCHS[known[0]]
            row.voided_at = None if known[1] is None else EPOCHS[known[1]]
        self.rows[model].append(row)
        return row

    def organisation(
        self, kind: str, *, founded_on: date, ends_on: date = FOREVER, **more: Any
    ) -> Organisation:
        """An identity; its versions are added by `version`."""
        code = f"T{self._next}"
        return self.add(
            Organisation,
            code=code,
            name=f"Tổ chức {code}",
            kind=kind,
            founded_on=founded_on,
            ends_on=ends_on,
            **more,
        )

    def version(
        self,
        organisation: Organisation,
        parent: Organisation | None,
        start: date,
        end: date = FOREVER,
        *,
        kind: str = "",
        sector: str = "",
        known: tuple[int, int | None] = (0, None),
    ) -> OrganisationVersion:
        """How the organisation reads and where it hangs from a day to a day."""
        return self.add(
            OrganisationVersion,
            organisation=organisation,
            name=organisation.name,
            kind=kind or organisation.kind,
            sector=sector,
            parent=parent,
            position=organisation.position,
            valid_from=start,
            valid_to=end,
            known=known,
        )

    def place(
        self, kind: str, parent: Organisation | None, start: date = date(2010, 1, 1), **more: Any
    ) -> Organisation:
        """An organisation that hangs in one place all its life."""
        organisation = self.organisation(kind, founded_on=start)
        self.version(organisation, parent, start, **more)
        return organisation

    def member(self, **details: Any) -> Member:
        """A person with one profile, valid since ever."""
        row = self.add(
            Member,
            code=f"M{self._next}",
            full_name=f"Đảng viên {self._next}",
            folded_name="",
            sort_key=f"{self._next:05d}",
        )
        if details:
            self.add(
                MemberDetail, member=row, full_name=row.full_name, valid_from=date(1950, 1, 1), **details
            )
        return row

    def event(
        self, member: Member, kind: str, on: date, organisation: Organisation, **more: Any
    ) -> MemberEvent:
        """One event of a life."""
        return self.add(MemberEvent, member=member, kind=kind, on=on, organisation=organisation, **more)

    def save(self) -> "World":
        """Derive closure and spells, write everything."""
        self._derive(OrganisationPath, self._paths)
        self._derive(MembershipSpell, self._spells)
        for model in _ORDER:
            model._default_manager.bulk_create(self.rows[model])
        return self

    # --- what is derived, once an epoch, by day-by-day walking ---

    def _derive(self, model: type[models.Model], at: Any) -> None:
        """Rows of a derived table with record times: what an epoch no longer says is voided at its moment."""
        open_rows: dict[tuple[Any, ...], Any] = {}
        for epoch in range(len(EPOCHS)):
            wanted = at(epoch)
            for key in [key for key in open_rows if key not in wanted]:
                open_rows.pop(key).voided_at = EPOCHS[epoch]
            for key, values in wanted.items():
                if key not in open_rows:
                    open_rows[key] = self.add(model, known=(epoch, None), **values)

    def known(self, model: type[models.Model], epoch: int) -> Iterable[Any]:
        """Rows known in an epoch."""
        moment = EPOCHS[epoch]
        return (
            row
            for row in self.rows[model]
            if row.recorded_at <= moment and (row.voided_at is None or row.voided_at > moment)
        )

    def _paths(self, epoch: int) -> dict[tuple[Any, ...], dict[str, Any]]:
        by_organisation: dict[int, list[OrganisationVersion]] = defaultdict(list)
        for version in self.known(OrganisationVersion, epoch):
            by_organisation[version.organisation_id].append(version)
        days = sorted(
            {edge for own in by_organisation.values() for v in own for edge in (v.valid_from, v.valid_to)}
        )
        found: list[list[Any]] = []
        last: dict[tuple[int, int, int | None, int], list[Any]] = {}
        for start, end in pairwise(days):
            hangs = {
                o: v.parent_id
                for o, own in by_organisation.items()
                for v in own
                if v.valid_from <= start < v.valid_to
            }
            for organisation in hangs:
                above, via, depth = organisation, None, 0
                while above in hangs:
                    place = (above, organisation, via, depth)
                    if place in last and last[place][1] == start:
                        last[place][1] = end
                    else:
                        last[place] = [start, end, place]
                        found.append(last[place])
                    above, via, depth = hangs[above], above, depth + 1
        return {
            (*place, start, end): {
                "ancestor_id": place[0],
                "descendant_id": place[1],
                "via_id": place[2],
                "depth": place[3],
                "valid_from": start,
                "valid_to": end,
            }
            for start, end, place in found
        }

    def _spells(self, epoch: int) -> dict[tuple[Any, ...], dict[str, Any]]:
        lives: dict[int, list[MemberEvent]] = defaultdict(list)
        for event in self.known(MemberEvent, epoch):
            lives[event.member_id].append(event)
        found: dict[tuple[Any, ...], dict[str, Any]] = {}
        for events in lives.values():
            for spell in _fold(sorted(events, key=lambda e: (e.on, e.id))):
                if spell["valid_from"] < spell["valid_to"]:
                    found[tuple(sorted(spell.items(), key=lambda item: item[0]))] = spell
        return found


def _fold(events: list[MemberEvent]) -> Iterable[dict[str, Any]]:
    now: dict[str, Any] | None = None
    for event in events:
        if event.kind in BEGINNINGS:
            if now is None:
                admitted = event.first_admitted_on or event.on
                now = {
                    "member_id": event.member_id,
                    "organisation_id": event.organisation_id,
                    "standing": event.arrives_standing or "probationary",
                    "exempt": False,
                    "suspended": False,
                    "valid_from": event.on,
                    "valid_to": FOREVER,
                    "admitted_on": admitted,
                    "official_on": event.official_on,
                    "party_age_from": admitted,
                }
        elif now is not None:
            yield {**now, "valid_to": event.on}
            now = None if event.kind in ENDINGS else {**now, "valid_from": event.on, **_change(event)}
    if now is not None:
        yield now


def _change(event: MemberEvent) -> dict[str, Any]:
    return {
        "recognised": {"standing": "official", "official_on": event.on},
        "transferred": {"organisation_id": event.organisation_id},
        "exempted": {"exempt": True},
        "exemption_ended": {"exempt": False},
        "suspended": {"suspended": True},
        "suspension_ended": {"suspended": False},
    }[event.kind]
