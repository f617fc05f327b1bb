"""Reading cases: with the inspection duty's verb, within the subtree, sealed ones only for those who are named."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from tongket.accounts.duties import duties_with
from tongket.accounts.models import Assignment, User
from tongket.audit.records import GONE, current
from tongket.cases.models import Appeal, AppealAnswer, Case, CaseSeal, CaseStep, SealedAccess
from tongket.core.dates import today
from tongket.core.problems import Conflict
from tongket.inspections.queries import named_cases
from tongket.organisations.models import OrganisationPath
from tongket.organisations.queries import visible_to


def case_open_to(user: Any) -> Q:
    """As `inspections.queries.open_to`, for the cases themselves."""
    return Q(sealed=False) | Q(identity__in=named_cases(user))


def visible_cases(user: Any, *, with_voided: bool = False, verb: str = "discipline.read") -> QuerySet[Case]:
    """Cases in the books where the user holds `verb`; a sealed one only for whoever is named for it."""
    rows = Case.objects.filter(case_open_to(user), organisation__in=visible_to(user, verb=verb))
    return (rows if with_voided else current(rows)).select_related("organisation", "member")


def hidden_cases(user: Any) -> QuerySet[Case]:
    """Sealed cases in the user's scope that he or she may not read: only their number is ever shown."""
    rows = Case.objects.filter(organisation__in=visible_to(user, verb="discipline.read"), sealed=True)
    return current(rows).exclude(identity__in=named_cases(user))


def standing_case(identity: UUID) -> Case:
    """The row that stands for a case. Raises `Conflict` when it was voided."""
    found = current(Case.objects.filter(identity=identity)).select_related("organisation", "member").first()
    if found is None:
        raise Conflict(GONE)
    return found


def steps_of(identity: UUID, *, with_voided: bool = False) -> list[CaseStep]:
    """The steps of a case in the order of days."""
    rows = CaseStep.objects.filter(case=identity).select_related("recorded_by").order_by("on", "id")
    return list(rows if with_voided else current(rows))


def steps_by_case(identities: Iterable[UUID]) -> dict[UUID, list[CaseStep]]:
    """The standing steps of many cases, in one query."""
    found: dict[UUID, list[CaseStep]] = {}
    for row in current(CaseStep.objects.filter(case__in=list(identities))).order_by("on", "id"):
        found.setdefault(row.case, []).append(row)
    return found


def last_of(steps: Sequence[CaseStep], kind: str) -> CaseStep | None:
    """The last step of a kind, or None."""
    return next((step for step in reversed(steps) if step.kind == kind), None)


def appeals_of(identity: UUID) -> list[tuple[Appeal, AppealAnswer | None]]:
    """The appeals of a case with their answers; two queries."""
    answers = {row.appeal: row for row in current(AppealAnswer.objects.filter(case=identity))}
    return [(row, answers.get(row.identity)) for row in current(Appeal.objects.filter(case=identity))]


def open_appeals(cases: Iterable[UUID]) -> list[Appeal]:
    """Appeals not answered yet, of these cases; the one due first first."""
    rows = current(Appeal.objects.filter(case__in=cases))
    answered = current(AppealAnswer.objects.all()).values("appeal")
    return list(rows.exclude(identity__in=answered).order_by("due_on", "id"))


def suspension_now(steps: Sequence[CaseStep]) -> tuple[CaseStep, bool] | None:
    """The suspension under way and whether it was extended; None: nobody is suspended."""
    begun: CaseStep | None = None
    extended = False
    for step in steps:
        if step.kind == "suspended":
            begun, extended = step, False
        elif step.kind == "suspension_extended":
            extended = True
        elif step.kind == "suspension_ended":
            begun = None
    return (begun, extended) if begun is not None else None


def seals_of(identity: UUID) -> list[CaseSeal]:
    """When and why a case was sealed or unsealed."""
    return list(current(CaseSeal.objects.filter(case=identity)).select_related("recorded_by"))


def named_for(identity: UUID) -> list[SealedAccess]:
    """Who is named to read a sealed case."""
    return list(
        current(SealedAccess.objects.filter(case_identity=identity)).select_related("user").order_by("id")
    )


def may_be_named(case: Case) -> QuerySet[User]:
    """Users who hold the duty for the books of the case and are not named yet.

    Never a program (`tongket.api`): a sealed case is opened to persons, one by one.
    """
    above = OrganisationPath.objects.filter(
        descendant=case.organisation, voided_at__isnull=True, valid_to=case.organisation.ends_on
    ).values("ancestor")
    holding = Assignment.objects.filter(
        Q(until__isnull=True) | Q(until__gte=today()),
        since__lte=today(),
        organisation__in=above,
        duty__in=duties_with("discipline.read"),
    ).values("user")
    named = current(SealedAccess.objects.filter(case_identity=case.identity)).values("user")
    people = User.objects.filter(pk__in=holding, is_active=True, api_client__isnull=True)
    return people.exclude(pk__in=named).order_by("username")
