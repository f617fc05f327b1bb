"""A correction confirmed, and a confirmation taken back; the badge is considered by what stands here."""

from datetime import date
from typing import Any

from tongket.audit.acts import Act, act
from tongket.audit.records import GONE, current, written_reason
from tongket.core.problems import Conflict, Problem, Refused, refuse_if_any
from tongket.core.text import tidy
from tongket.inspections.acts import MEMBER_DISCIPLINE, ORGANISATION_DISCIPLINE
from tongket.inspections.correcting.rules import Discipline, correction_problems, has_case
from tongket.inspections.models import DisciplineEnd, MemberDiscipline
from tongket.inspections.queries import ends_of


def confirm_correction(
    row: Discipline, on: date, *, by: Any, number: str = "", body: str = "", origin: str = "form"
) -> DisciplineEnd:
    """The cell (or the body above) confirms that the shortcomings of a decision without a case were corrected.

    From then on a badge may be considered again (rule badge.discipline). Raises `Refused` (a case stands behind it, it
    was confirmed already, the day is before the decision) and `Conflict` (the decision was voided or corrected).
    """
    kind = _kind(row)
    with act(f"{kind.name}.corrected", by=by, origin=origin, organisation=_books(row)) as current_act:
        standing = _standing(row)
        elsewhere = has_case(standing)
        refuse_if_any([elsewhere] if elsewhere else correction_problems(standing, ends_of(standing), on))
        cited = {"decision_number": tidy(number), "decision_body": tidy(body) or row.organisation.name[:200]}
        end = end_in(standing, "corrected", on, cited, act=current_act)
        current_act.about(standing)
        current_act.note(**kind.keys(standing), on=on)
    return end


def void_correction(end: DisciplineEnd, *, reason: str, by: Any) -> DisciplineEnd:
    """Void a confirmation entered by mistake, of a decision with or without a case: what it delayed waits again.

    Raises `Refused` (no reason, or what ended the decision was an appeal) and `Conflict` (voided meanwhile).
    """
    said = written_reason(reason)
    row = end.discipline
    kind = _kind(row)
    with act(f"{kind.name}.void_corrected", by=by, organisation=_books(row)) as current_act:
        standing = current(DisciplineEnd.objects.filter(pk=end.pk)).first()
        if standing is None:
            raise Conflict(GONE)
        if standing.kind != "corrected":
            raise Refused(
                [Problem("reason", "Quyết định bị hủy do giải quyết khiếu nại: không hủy được ở đây.")]
            )
        current_act.void(standing, said)
        current_act.about(row)
        current_act.note(**kind.keys(row), on=standing.on)
    return standing


def end_in(row: Discipline, kind: str, on: date, cited: dict[str, str], *, act: Act) -> DisciplineEnd:
    """Inside an open act: write what took the effect from a decision."""
    name = "member_discipline" if isinstance(row, MemberDiscipline) else "organisation_discipline"
    return DisciplineEnd.objects.create(
        kind=kind, on=on, decision_date=on, **cited, **{name: row}, **act.stamp()
    )


def _kind(row: Discipline) -> Any:
    return MEMBER_DISCIPLINE if isinstance(row, MemberDiscipline) else ORGANISATION_DISCIPLINE


def _books(row: Discipline) -> Any:
    # Of a sealed record the ledger does not even note the organisation.
    return None if row.sealed else row.organisation


def _standing(row: Discipline) -> Discipline:
    model: Any = type(row)
    found: Discipline | None = current(model.objects.filter(pk=row.pk)).first()
    if found is None:
        raise Conflict(GONE)
    return found
