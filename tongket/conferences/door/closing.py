"""What closing a conference does to the attendance list, and taking that back: part of closing and reopening."""

from tongket.audit.acts import Act
from tongket.audit.records import current
from tongket.conferences.models import Attendance, Conference, Invitation, Moment, Reply
from tongket.core.problems import Problem, Refused

BY_CLOSING = "closing"


def mark_the_rest(conference: Conference, moment: Moment, *, act: Act) -> None:
    """Mark everybody of whom nothing is recorded when the conference closes: excused if so answered, else absent."""
    marked = current(Attendance.objects.filter(conference=conference)).values("invitation")
    rest = list(current(Invitation.objects.filter(conference=conference)).exclude(pk__in=marked))
    answers = {
        reply.invitation_id: reply
        for reply in current(Reply.objects.filter(invitation__conference=conference)).order_by("id")
    }
    rows = []
    for invitation in rest:
        answer = answers.get(invitation.pk)
        excused = answer is not None and answer.answer == "excused"
        rows.append(
            Attendance(
                invitation=invitation,
                conference=conference,
                state="excused" if excused else "absent",
                reason=answer.reason if answer is not None and excused else "",
                at=moment.at,
                how=BY_CLOSING,
                **act.stamp(),
            )
        )
    Attendance.objects.bulk_create(rows, batch_size=500)
    act.note(
        absent=sum(row.state == "absent" for row in rows), excused=sum(row.state == "excused" for row in rows)
    )


def take_back_marks(row: Conference, last: Moment, reason: str, *, act: Act) -> None:
    """Take back the marks that closing made; a call is not undone while somebody is checked in. Raises `Refused`."""
    marks = current(Attendance.objects.filter(conference=row))
    if last.kind == "closed":
        marks.filter(how=BY_CLOSING).update(voided_at=act.at, voided_by=act.by, void_reason=reason)
    elif last.kind == "called" and marks.exists():
        raise Refused(
            [Problem("reason", "Đã có người điểm danh, không thôi triệu tập được. Hãy bỏ điểm danh trước.")]
        )
