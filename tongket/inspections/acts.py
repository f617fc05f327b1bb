"""What happens to records of discipline: recorded as decided, voided, corrected."""

from collections.abc import Iterable, Sequence
from copy import copy
from typing import Any

from tongket.audit import records
from tongket.audit.acts import Act
from tongket.core.problems import Problem
from tongket.inspections.drafts import MemberDisciplineDraft, OrganisationDisciplineDraft
from tongket.inspections.models import MemberDiscipline, OrganisationDiscipline
from tongket.inspections.rules import member_discipline_rules, organisation_discipline_rules


def _columns(draft: MemberDisciplineDraft | OrganisationDisciplineDraft) -> dict[str, Any]:
    return {"decision_date": draft.decided_on}


def _member_keys(row: MemberDiscipline) -> dict[str, Any]:
    # Who reads the ledger need not be named for a sealed case: nothing there leads to the person.
    if row.sealed:
        return {"case": row.case_identity}
    return {"member": row.member.code, "organisation": row.organisation.code}


def _organisation_keys(row: OrganisationDiscipline) -> dict[str, Any]:
    return {"case": row.case_identity} if row.sealed else {"organisation": row.organisation.code}


def _may_void(row: MemberDiscipline | OrganisationDiscipline) -> Iterable[Problem]:
    if row.case_identity is not None:
        yield Problem(
            "reason",
            "Quyết định này do một vụ việc lập ra. Hãy mở vụ việc và hủy bước “quyết định kỷ luật” ở đó.",
        )
    elif records.current(row.ends.all()).exists():
        yield Problem("reason", "Quyết định này đã được xác nhận sửa chữa. Hãy hủy xác nhận đó trước.")


def _sealed(row: MemberDiscipline | OrganisationDiscipline) -> bool:
    return row.sealed


def _carry(old: Any, new: Any, act: Act, reason: str) -> None:
    """A corrected decision stays sealed, stays of its case, and keeps what ended it."""
    new.sealed, new.case_identity = old.sealed, old.case_identity
    new.save(update_fields=["sealed", "case_identity"])
    name = "member_discipline" if isinstance(new, MemberDiscipline) else "organisation_discipline"
    for end in records.current(old.ends.all()):
        act.void(end, reason)
        fresh = copy(end)
        fresh.pk, fresh.voided_at, fresh.voided_by, fresh.void_reason = None, None, None, ""
        fresh.recorded_at, fresh.recorded_by, fresh.origin = act.at, act.by, act.origin
        setattr(fresh, name, new)
        fresh.save(force_insert=True)


MEMBER_DISCIPLINE = records.RecordKind(
    "member_discipline",
    MemberDiscipline,
    member_discipline_rules,
    _member_keys,
    derived=_columns,
    may_void=_may_void,
    carry=_carry,
    hidden=_sealed,
)
ORGANISATION_DISCIPLINE = records.RecordKind(
    "organisation_discipline",
    OrganisationDiscipline,
    organisation_discipline_rules,
    _organisation_keys,
    derived=_columns,
    may_void=_may_void,
    carry=_carry,
    hidden=_sealed,
)


def check_member_disciplines(drafts: Sequence[MemberDisciplineDraft]) -> list[Problem]:
    """Judge discipline of members: the cell on the day, forms by standing, removal only from a post."""
    return records.check(MEMBER_DISCIPLINE, drafts)


def add_member_disciplines(
    drafts: Sequence[MemberDisciplineDraft], *, act: Act, origins: Sequence[str] | None = None
) -> list[MemberDiscipline]:
    """Record discipline of members inside an open act. Raises `Refused` with every error."""
    return records.add(MEMBER_DISCIPLINE, drafts, act=act, origins=origins)


def add_member_discipline(draft: MemberDisciplineDraft, *, by: Any, origin: str = "form") -> MemberDiscipline:
    """Record one member's discipline as decided. Raises `Refused`."""
    return records.add_one(MEMBER_DISCIPLINE, draft, by=by, origin=origin)


def void_member_discipline(record: MemberDiscipline, *, reason: str, by: Any) -> MemberDiscipline:
    """Void a record of a member's discipline. Raises `Refused`, `Conflict`."""
    return records.void(MEMBER_DISCIPLINE, record, reason=reason, by=by)


def correct_member_discipline(
    record: MemberDiscipline, draft: MemberDisciplineDraft, *, reason: str, by: Any
) -> MemberDiscipline:
    """Correct a record of a member's discipline. Raises `Refused`, `Conflict`."""
    return records.correct(MEMBER_DISCIPLINE, record, draft, reason=reason, by=by)


def check_organisation_disciplines(drafts: Sequence[OrganisationDisciplineDraft]) -> list[Problem]:
    """Judge discipline of organisations: living on the day, a form for organisations."""
    return records.check(ORGANISATION_DISCIPLINE, drafts)


def add_organisation_disciplines(
    drafts: Sequence[OrganisationDisciplineDraft], *, act: Act, origins: Sequence[str] | None = None
) -> list[OrganisationDiscipline]:
    """Record discipline of organisations inside an open act. Raises `Refused` with every error."""
    return records.add(ORGANISATION_DISCIPLINE, drafts, act=act, origins=origins)


def add_organisation_discipline(
    draft: OrganisationDisciplineDraft, *, by: Any, origin: str = "form"
) -> OrganisationDiscipline:
    """Record one organisation's discipline as decided. Raises `Refused`."""
    return records.add_one(ORGANISATION_DISCIPLINE, draft, by=by, origin=origin)


def void_organisation_discipline(
    record: OrganisationDiscipline, *, reason: str, by: Any
) -> OrganisationDiscipline:
    """Void a record of an organisation's discipline. Raises `Refused`, `Conflict`."""
    return records.void(ORGANISATION_DISCIPLINE, record, reason=reason, by=by)


def correct_organisation_discipline(
    record: OrganisationDiscipline, draft: OrganisationDisciplineDraft, *, reason: str, by: Any
) -> OrganisationDiscipline:
    """Correct a record of an organisation's discipline. Raises `Refused`, `Conflict`."""
    return records.correct(ORGANISATION_DISCIPLINE, record, draft, reason=reason, by=by)
