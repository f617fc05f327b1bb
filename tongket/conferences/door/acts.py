"""Check-in at the door: by number, by the code on the card, by hand from the list; each person once."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tongket.audit.acts import act
from tongket.audit.records import current
from tongket.conferences.calling.acts import CODE_DIGITS
from tongket.conferences.models import Attendance, Conference, Invitation
from tongket.conferences.queries import standing_of
from tongket.core.problems import Problem, Refused
from tongket.core.text import tidy

_CODE = re.compile(rf"(?<!\d)\d{{{CODE_DIGITS}}}(?!\d)")
_NUMBER = re.compile(r"\d{1,6}")
STATES = ("present", "excused", "absent")


@dataclass(frozen=True, slots=True)
class CheckIn:
    """What the door answers. `kind`: ok, already, other, unknown, withdrawn, early, late.

    `early`: not called yet; `late`: already closed.
    """

    kind: str
    invitation: Invitation | None = None
    at: datetime | None = None
    conference: Conference | None = None  # the other one, for `other`

    @property
    def good(self) -> bool:
        """Whether the person is in the room by this or an earlier check-in."""
        return self.kind in ("ok", "already")


class _Answered(Exception):
    """The act is undone and leaves no entry in the ledger: nothing was to be done."""

    def __init__(self, answer: CheckIn) -> None:
        self.answer = answer
        super().__init__()


def code_in(text: str) -> str:
    """The code in what a scanner typed (a code, or a whole address with it); "" when there is none."""
    found = _CODE.search(text or "")
    return found[0] if found else ""


def check_in(
    conference: Conference, typed: str, *, how: str, by: Any, visible: Any = None, at: datetime | None = None
) -> CheckIn:
    """Mark as present the person whose number or code was typed or read; writes at most one row.

    `visible`: the conferences that the user may see, so that a card of another one can be named. Never raises for
    what comes from a card: the answer says what is wrong.
    """
    text = tidy(typed or "")
    code = code_in(text)
    if code:
        rows = Invitation.objects.filter(code=code)
    elif _NUMBER.fullmatch(text):
        rows = Invitation.objects.filter(conference=conference, number=int(text))
    else:
        return CheckIn("unknown")
    # The standing one; a withdrawn one only when there is no other.
    found = max(
        rows.select_related("conference__organisation"),
        key=lambda row: (row.voided_at is None, row.pk),
        default=None,
    )
    if found is None:
        return CheckIn("unknown")
    if found.conference.identity != conference.identity:
        seen = visible is not None and visible.filter(identity=found.conference.identity).exists()
        return CheckIn("other", conference=found.conference if seen else None)
    if found.voided_at is not None:
        return CheckIn("withdrawn", found)
    return _arrive(found, how, by, at)


def _arrive(invitation: Invitation, how: str, by: Any, at: datetime | None) -> CheckIn:
    if invitation.conference.state not in ("called", "running"):
        return CheckIn("early" if invitation.conference.state == "draft" else "late", invitation)
    try:
        with act("attendance.add", by=by, organisation=invitation.conference.organisation) as current_act:
            # Asked under the act's lock: of two phones at the same moment the second meets the first's row.
            row = _under_lock(invitation)
            standing = current(Attendance.objects.filter(invitation=row)).first()
            if standing is not None and standing.state == "present":
                raise _Answered(CheckIn("already", row, standing.at))
            if standing is not None:
                current_act.void(standing, "đến dự sau khi đã ghi vắng")
            made = _mark(row, "present", how, "", at, current_act)
            current_act.about(made)
            current_act.note(number=row.number, how=how)
    except _Answered as answered:
        return answered.answer
    return CheckIn("ok", row, made.at)


def _under_lock(invitation: Invitation) -> Invitation:
    row = (
        current(Invitation.objects.filter(identity=invitation.identity)).select_related("conference").first()
    )
    if row is None:
        raise _Answered(CheckIn("withdrawn", invitation))
    if row.conference.state not in ("called", "running"):
        raise _Answered(CheckIn("early" if row.conference.state == "draft" else "late", row))
    return row


def _mark(
    invitation: Invitation, state: str, how: str, reason: str, at: datetime | None, current_act: Any
) -> Attendance:
    return Attendance.objects.create(
        invitation=invitation,
        conference_id=invitation.conference_id,
        state=state,
        at=at or current_act.at,
        how=how,
        reason=reason,
        **current_act.stamp(),
    )


def mark(
    invitation: Invitation,
    state: str,
    *,
    by: Any,
    reason: str = "",
    at: datetime | None = None,
    how: str = "list",
) -> Attendance:
    """Mark one person from the list; an earlier mark is voided. The same mark again changes nothing.

    Raises `Refused` (unknown state, no reason for `excused`, conference not called or over), `Conflict`.
    """
    said = tidy(reason or "")
    problems = list(_mark_rules(state, said))
    if problems:
        raise Refused(problems)
    standing = current(
        Attendance.objects.filter(invitation__identity=invitation.identity, state=state)
    ).first()
    if standing is not None and standing.reason == said:
        return standing
    with act("attendance.add", by=by, organisation=invitation.conference.organisation) as current_act:
        row = _for_the_list(invitation)
        old = current(Attendance.objects.filter(invitation=row)).first()
        if old is not None:
            current_act.void(old, "ghi lại trên danh sách")
        made = _mark(row, state, how, said, at, current_act)
        current_act.about(made)
        current_act.note(number=row.number, how=how)
    return made


def unmark(invitation: Invitation, *, by: Any, reason: str = "bỏ điểm danh") -> bool:
    """Take back a person's mark; False when there is none. Raises `Refused` (conference over), `Conflict`."""
    if not current(Attendance.objects.filter(invitation__identity=invitation.identity)).exists():
        return False
    with act("attendance.void", by=by, organisation=invitation.conference.organisation) as current_act:
        row = _for_the_list(invitation)
        old = current(Attendance.objects.filter(invitation=row)).first()
        if old is not None:
            current_act.about(old)
            current_act.void(old, tidy(reason)[:300])
        current_act.note(number=row.number)
    return True


def _mark_rules(state: str, reason: str) -> Iterable[Problem]:
    if state not in STATES:
        yield Problem("state", "Hãy chọn có mặt, vắng có lý do hoặc vắng không lý do.")
    if state == "excused" and not reason:
        yield Problem("reason", "Vắng có lý do thì phải ghi lý do vào ô bên cạnh tên.")
    if state != "excused" and reason:
        yield Problem(
            "reason", "Chỉ ghi lý do cho người vắng có lý do. Hãy xóa ô lý do hoặc chọn “Vắng có lý do”."
        )
    if len(reason) > 200:
        yield Problem("reason", f"Lý do dài quá 200 ký tự ({len(reason)}). Hãy viết ngắn lại.")


def _for_the_list(invitation: Invitation) -> Invitation:
    row = (
        current(Invitation.objects.filter(identity=invitation.identity)).select_related("conference").first()
    )
    if row is None:
        raise Refused([Problem("", f"Giấy mời của {invitation.name} đã được rút. Hãy hỏi ban tổ chức.")])
    standing_of(row.conference)
    if row.conference.state == "draft":
        raise Refused([Problem("", "Hội nghị chưa triệu tập. Hãy triệu tập rồi mới điểm danh.")])
    if row.conference.state == "closed":
        raise Refused(
            [Problem("", "Hội nghị đã bế mạc. Muốn sửa điểm danh, hãy hoàn tác việc bế mạc trước.")]
        )
    return row
