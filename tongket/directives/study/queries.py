"""Reading planned sessions, and what the register says of a day, through what the user may see."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from tongket.audit.records import current
from tongket.core.numbers import round_half_up
from tongket.directives.models import PlannedSession, StudySession
from tongket.members.models import MembershipSpell
from tongket.organisations.models import Organisation, OrganisationPath
from tongket.organisations.queries import visible_to


def visible_planned_sessions(user: Any, *, with_voided: bool = False) -> QuerySet[PlannedSession]:
    """Planned sessions of the organisations where the user may read study sessions (`study.read`)."""
    rows = PlannedSession.objects.filter(organisation__in=visible_to(user, verb="study.read"))
    return (rows if with_voided else current(rows)).select_related("organisation")


def with_held(rows: QuerySet[PlannedSession]) -> QuerySet[PlannedSession]:
    """Planned sessions with the day on which each was held (`held_on`) and that session (`held_pk`)."""
    held = current(StudySession.objects.filter(planned=OuterRef("identity"))).order_by("held_on")
    return rows.annotate(
        held_on=Subquery(held.values("held_on")[:1]), held_pk=Subquery(held.values("pk")[:1])
    )


@dataclass(frozen=True, slots=True)
class RegisterCount:
    """How many members an organisation had on a day, all below it included, and how many were exempt that day."""

    total: int
    exempt: int


def members_on(organisation: Organisation, day: date) -> RegisterCount:
    """The members of the organisation's part of the tree as both stood on a day, as known now (one question)."""
    below = OrganisationPath.objects.filter(
        ancestor=organisation, voided_at__isnull=True, valid_from__lte=day, valid_to__gt=day
    )
    spells = MembershipSpell.objects.filter(
        organisation__in=below.values("descendant"),
        voided_at__isnull=True,
        valid_from__lte=day,
        valid_to__gt=day,
    )
    found = spells.aggregate(
        total=Count("member", distinct=True), exempt=Count("member", distinct=True, filter=Q(exempt=True))
    )
    return RegisterCount(found["total"], found["exempt"])


@dataclass(frozen=True, slots=True)
class Attendance:
    """The numbers of a session (rule `study.base`): who is entitled, present, absent with and without a reason."""

    total: int
    exempt: int
    excused: int
    attended: int
    others: int

    @property
    def entitled(self) -> int:
        """Those who have to attend: all but the exempt."""
        return self.total - self.exempt

    @property
    def unexcused(self) -> int:
        """Absent without a reason."""
        return self.entitled - self.excused - self.attended

    @property
    def share(self) -> Decimal | None:
        """Attended in percent of the entitled; None when nobody is."""
        return share_of(self.attended, self.entitled)


def share_of(attended: int, entitled: int) -> Decimal | None:
    """Attended in percent of the entitled, two decimals; None when nobody is entitled."""
    return round_half_up(Decimal(attended * 100) / entitled, 2) if entitled > 0 else None


def attendance_of(session: StudySession) -> Attendance:
    """The numbers of one session."""
    return Attendance(
        session.members_total,
        session.members_exempt,
        session.members_excused,
        session.members_attended,
        session.others_attended,
    )
