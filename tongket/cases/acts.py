"""What happens to a case as a whole: opened, corrected, voided. Steps, appeals and seals are in their own parts.

The ledger keeps the identity of the case and nothing that leads to the person: its readers need not hold the duty. Of a
sealed case not even the organisation is noted.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from tongket.audit import records
from tongket.audit.acts import Act, act
from tongket.audit.records import written_reason
from tongket.cases.drafts import CaseDraft
from tongket.cases.models import Appeal, Case, CaseSeal, CaseStep, SealedAccess, days_in
from tongket.cases.queries import standing_case
from tongket.cases.rules import case_rules
from tongket.core.problems import Problem, Refused, refuse_if_any


def _derived(draft: CaseDraft) -> dict[str, Any]:
    days = days_in(draft.act_days)
    said = "; ".join(f"{day:%d/%m/%Y}" for day in days)
    return {"act_days": said, "first_act_on": days[0], "last_act_on": days[-1]}


def _keys(row: Case) -> dict[str, Any]:
    return {"case": row.identity}


def _may_void(row: Case) -> Iterable[Problem]:
    if records.current(CaseStep.objects.filter(case=row.identity)).exists():
        yield Problem(
            "reason", "Vụ việc đã có bước xử lý. Hãy hủy các bước trước, từ bước cuối, rồi hủy vụ việc."
        )
    if records.current(Appeal.objects.filter(case=row.identity)).exists():
        yield Problem("reason", "Vụ việc đang có khiếu nại. Hãy hủy khiếu nại trước.")


def _carry(old: Case, new: Case, _act: Act, _reason: str) -> None:
    new.sealed, new.state, new.ended_on = old.sealed, old.state, old.ended_on
    new.save(update_fields=["sealed", "state", "ended_on"])


CASE = records.RecordKind("case", Case, case_rules, _keys, derived=_derived, may_void=_may_void, carry=_carry)


@contextmanager
def case_act(deed: str, case: Case, *, by: Any, origin: str = "form") -> Iterator[tuple[Act, Case]]:
    """An act on a case: gives the act and the row of the case that stands now. Raises `Conflict` for a voided case."""
    # The lock comes with the act; whether the case is sealed is read again below.
    sealed = Case.objects.filter(identity=case.identity, sealed=True).exists()
    with act(
        f"case.{deed}", by=by, origin=origin, organisation=None if sealed else case.organisation
    ) as current:
        row = standing_case(case.identity)
        current.about(row)
        current.note(case=row.identity)
        yield current, row
        if Case.objects.filter(identity=case.identity, sealed=True).exists():
            current.organisation_code = ""


def check_cases(drafts: Sequence[CaseDraft]) -> list[Problem]:
    """Judge cases as they would be opened; writes nothing."""
    return records.check(CASE, drafts)


def open_case(
    draft: CaseDraft, *, by: Any, sealed: bool = False, seal_reason: str = "", origin: str = "form"
) -> Case:
    """Open a case; `sealed` from the first moment, its author named first. Raises `Refused`."""
    reason = written_reason(seal_reason, "seal_reason") if sealed else ""
    with act(
        "case.add", by=by, origin=origin, organisation=None if sealed else draft.organisation
    ) as current:
        [row] = records.add(CASE, [draft], act=current)
        current.about(row)
        current.note(case=row.identity)
        if sealed:
            seal_in(row, True, reason, act=current)
    return row


def seal_in(case: Case, sealed: bool, reason: str, *, act: Act) -> None:
    """Inside an open act: seal or unseal a case with every row of it; who seals is named first."""
    CaseSeal.objects.create(case=case.identity, sealed=sealed, reason=reason, **act.stamp())
    Case.objects.filter(identity=case.identity).update(sealed=sealed)
    case.sealed = sealed
    named = records.current(SealedAccess.objects.filter(case_identity=case.identity))
    if sealed and act.by is not None and not named.filter(user=act.by).exists():
        SealedAccess.objects.create(case_identity=case.identity, user=act.by, **act.stamp())


def correct_case(case: Case, draft: CaseDraft, *, reason: str, by: Any) -> Case:
    """Put the right facts in the place of wrong ones. Raises `Refused`, `Conflict`.

    Another person or organisation is refused once there are steps.
    """
    said = written_reason(reason)
    with case_act("correct", case, by=by) as (current, row):
        other = (draft.member.pk if draft.member else None) != row.member_id or (
            draft.member is None and draft.organisation.pk != row.organisation_id
        )
        if other and records.current(CaseStep.objects.filter(case=row.identity)).exists():
            raise Refused(
                [
                    Problem(
                        "member" if row.of_member else "organisation",
                        "Vụ việc đã có bước xử lý nên không đổi được đối tượng. "
                        "Hãy hủy các bước, hoặc mở vụ việc khác.",
                    )
                ]
            )
        new = records.replace_in(CASE, row, draft, reason=said, act=current)
        current.about(new)
    return new


def void_case(case: Case, *, reason: str, by: Any) -> Case:
    """Void a case opened by mistake. Raises `Refused` while anything hangs on it, `Conflict`."""
    said = written_reason(reason)
    with case_act("void", case, by=by) as (current, row):
        refuse_if_any(_may_void(row))
        current.void(row, said)
    return row
