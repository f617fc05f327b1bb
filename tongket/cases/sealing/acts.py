"""Sealing: from then on only those who are named read the case and what came of it; everybody else counts it."""

from typing import Any

from tongket.audit.records import GONE, current, written_reason
from tongket.cases.acts import case_act, seal_in
from tongket.cases.models import Case, SealedAccess
from tongket.cases.queries import may_be_named, named_for
from tongket.core.problems import Conflict, Problem, Refused
from tongket.inspections.models import MemberDiscipline, OrganisationDiscipline


def seal_case(case: Case, *, reason: str, by: Any) -> Case:
    """Seal a case with all its records; who seals is named first. Raises `Refused` (no reason, sealed), `Conflict`."""
    return _set(case, True, reason, by)


def unseal_case(case: Case, *, reason: str, by: Any) -> Case:
    """Open a sealed case to all who hold the duty. Raises `Refused` (no reason, not sealed), `Conflict`."""
    return _set(case, False, reason, by)


def _set(case: Case, sealed: bool, reason: str, by: Any) -> Case:
    said = written_reason(reason)
    with case_act("seal" if sealed else "unseal", case, by=by) as (act, row):
        if row.sealed is sealed:
            raise Refused(
                [Problem("reason", "Vụ việc đã niêm phong." if sealed else "Vụ việc không niêm phong.")]
            )
        seal_in(row, sealed, said, act=act)
        # Voided rows too: what was corrected must not be read round the seal.
        for model in (MemberDiscipline, OrganisationDiscipline):
            model.objects.filter(case_identity=row.identity).update(sealed=sealed)
    return row


def grant(case: Case, user: Any, *, by: Any) -> SealedAccess:
    """Name a person who holds the duty. Raises `Refused` (not sealed, no duty there, named already), `Conflict`."""
    with case_act("grant", case, by=by) as (act, row):
        if not row.sealed:
            raise Refused([Problem("user", "Vụ việc không niêm phong nên không cần nêu tên người được xem.")])
        if not may_be_named(row).filter(pk=user.pk).exists():
            raise Refused(
                [
                    Problem(
                        "user",
                        "Người này đã được nêu tên, hoặc không giữ nhiệm vụ được xem kỷ luật ở tổ chức này. "
                        "Hãy chọn trong danh sách.",
                    )
                ]
            )
        act.note(username=user.username)
        return SealedAccess.objects.create(case_identity=row.identity, user=user, **act.stamp())


def revoke(case: Case, access: SealedAccess, *, reason: str, by: Any) -> None:
    """Somebody is no longer named. Raises `Refused` for the last one: the case could not be opened by anybody."""
    said = written_reason(reason)
    with case_act("revoke", case, by=by) as (act, row):
        standing = current(SealedAccess.objects.filter(pk=access.pk, case_identity=row.identity)).first()
        if standing is None:
            raise Conflict(GONE)
        if len(named_for(row.identity)) == 1:
            raise Refused(
                [Problem("reason", "Đây là người cuối cùng được xem vụ việc. Hãy nêu tên người khác trước.")]
            )
        act.note(username=standing.user.username)
        act.void(standing, said)
