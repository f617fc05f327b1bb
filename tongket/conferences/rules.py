"""What must hold of conferences, their agendas, invitations and replies."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from tongket.audit.records import Numbered, check_past, current
from tongket.conferences.drafts import AgendaItemDraft, ConferenceDraft, InvitationDraft, ReplyDraft
from tongket.conferences.models import AgendaItem, Attendance, Conference, Invitation, moment_text
from tongket.core.problems import Problem
from tongket.core.text import tidy
from tongket.organisations.lifetime import check_alive, lifetimes

#: The states that follow one another; each but the first is entered by a moment.
ORDER = ("draft", "called", "running", "closed")
LONGEST = timedelta(days=10)
LEVELS = 3
MOST_INVITED = 2_000


def conference_rules(drafts: Numbered[ConferenceDraft]) -> Iterator[Problem]:
    """End after start, an organisation alive that day, each conference once."""
    lives = lifetimes(d.organisation for _, d in drafts)
    for index, draft in drafts:
        if draft.ends_at is not None and draft.ends_at <= draft.starts_at:
            yield Problem(
                "ends_at",
                f"Giờ kết thúc {moment_text(draft.ends_at)} không sau giờ bắt đầu {moment_text(draft.starts_at)}."
                " Hãy sửa một trong hai.",
                index=index,
            )
        elif draft.ends_at is not None and draft.ends_at - draft.starts_at > LONGEST:
            yield Problem(
                "ends_at", "Hội nghị kéo dài hơn 10 ngày. Hãy kiểm tra lại ngày kết thúc.", index=index
            )
        day = timezone.localtime(draft.starts_at).date()
        yield from check_alive(lives, draft.organisation, day, index)
        yield from _same(index, draft)


def _same(index: int, draft: ConferenceDraft) -> Iterator[Problem]:
    others = current(Conference.objects.filter(organisation=draft.organisation, starts_at=draft.starts_at))
    if others.filter(title=tidy(draft.title)).exists():
        yield Problem(
            "title",
            f"Đã có hội nghị này lúc {moment_text(draft.starts_at)} trong sổ. Hãy mở hội nghị đã ghi.",
            index=index,
        )
    elif others.exists():
        yield Problem(
            "starts_at",
            f"Lúc {moment_text(draft.starts_at)} tổ chức này đã có một hội nghị khác. Hãy kiểm tra lại giờ.",
            severity="warning",
            index=index,
        )


def may_void_conference(record: Conference) -> Iterator[Problem]:
    """Only a conference that has not been held is taken out of the book."""
    if record.state in ("running", "closed"):
        yield Problem("", "Hội nghị đã khai mạc. Hãy hoàn tác việc khai mạc trước khi hủy.")
    if current(Attendance.objects.filter(conference=record)).exists():
        yield Problem("", "Hội nghị đã có người điểm danh. Hãy bỏ điểm danh trước khi hủy.")


def may_move_conference(old: Conference, new: Conference) -> Iterator[Problem]:
    """The invitations were made out for the posts below one organisation: it does not change under them."""
    if old.organisation_id != new.organisation_id and current(old.invitations.all()).exists():
        yield Problem(
            "organisation",
            "Đã mời đại biểu theo chức vụ của tổ chức cũ. Hãy hủy hội nghị này rồi ghi hội nghị của tổ chức mới.",
        )


def moment_rules(conference: Conference, kind: str, at: datetime) -> Iterator[Problem]:
    """One step after the other, none in the future, none before the last one."""
    words = {"called": "triệu tập", "running": "khai mạc", "closed": "bế mạc"}
    if kind not in words:
        yield Problem("kind", "Không có bước này. Hãy mở lại trang.")
        return
    expected = ORDER[ORDER.index(kind) - 1]
    if ORDER.index(conference.state) >= ORDER.index(kind):
        yield Problem("kind", f"Hội nghị đã {words[kind]} rồi. Hãy mở lại trang để xem diễn biến.")
        return
    if conference.state != expected:
        missing = words[ORDER[ORDER.index(conference.state) + 1]]
        yield Problem("kind", f"Hội nghị chưa {missing} nên chưa {words[kind]} được. Hãy {missing} trước.")
        return
    if at > timezone.now() + timedelta(minutes=1):
        yield Problem("at", f"Giờ {words[kind]} {moment_text(at)} ở sau lúc này. Hãy kiểm tra lại.")
    last = current(conference.moments.all()).last()
    # Not against the call: of a conference entered afterwards the call is recorded later than it was opened.
    if last is not None and last.kind == "running" and at < last.at:
        yield Problem(
            "at",
            f"Giờ {words[kind]} {moment_text(at)} trước bước liền trước ({moment_text(last.at)}). Hãy kiểm tra lại.",
        )
    if kind == "called" and not current(conference.invitations.all()).exists():
        yield Problem("kind", "Chưa mời ai. Hãy lập danh sách đại biểu trước khi triệu tập.")
    if kind == "called" and not current(conference.items.all()).exists():
        yield Problem("kind", "Chưa có chương trình. Hãy ghi ít nhất một nội dung trước khi triệu tập.")


def open_for_planning(conference: Conference) -> Iterator[Problem]:
    """Agenda and list of those called do not change once the conference is over."""
    if conference.state == "closed":
        yield Problem("", "Hội nghị đã bế mạc. Muốn sửa, hãy hoàn tác việc bế mạc trước.")


def item_rules(drafts: Numbered[AgendaItemDraft]) -> Iterator[Problem]:
    """The item above is of the same agenda and not too deep; the conference is not over."""
    trees: dict[int, dict[Any, AgendaItem]] = {}
    for index, draft in drafts:
        yield from (p.at(index) for p in open_for_planning(draft.conference))
        if draft.minutes is not None and not 1 <= draft.minutes <= 600:
            yield Problem("minutes", "Số phút phải từ 1 đến 600.", index=index)
        if draft.parent is None:
            continue
        key = draft.conference.pk
        if key not in trees:
            trees[key] = {row.identity: row for row in current(draft.conference.items.all())}
        depth, above = 1, trees[key].get(draft.parent)
        if above is None:
            yield Problem(
                "parent", "Không có mục cấp trên này trong chương trình. Hãy chọn lại.", index=index
            )
        while above is not None and depth <= LEVELS:
            depth, above = depth + 1, trees[key].get(above.parent)
        if depth > LEVELS:
            yield Problem(
                "parent", f"Chương trình chỉ có {LEVELS} cấp. Hãy chọn mục cấp trên khác.", index=index
            )


def invitation_rules(drafts: Numbered[InvitationDraft]) -> Iterator[Problem]:
    """Nobody is called twice; a guest with the same name and post is doubtful; the conference is not over."""
    called: dict[int, tuple[set[Any], set[tuple[str, str]]]] = {}
    for index, draft in drafts:
        yield from (p.at(index) for p in open_for_planning(draft.conference))
        key = draft.conference.pk
        if key not in called:
            rows = list(current(draft.conference.invitations.all()).values_list("member_id", "name", "post"))
            called[key] = ({m for m, _, _ in rows if m}, {(n, p) for _, n, p in rows})
        members, people = called[key]
        if draft.member is not None and draft.member.pk in members:
            yield Problem("member", f"Đã mời đồng chí {draft.name}. Mỗi người chỉ một giấy mời.", index=index)
        elif draft.member is None and (tidy(draft.name), tidy(draft.post)) in people:
            yield Problem(
                "name", f"Đã mời {draft.name}, {draft.post}. Mỗi người chỉ một giấy mời.", index=index
            )
        if draft.member is not None:
            members.add(draft.member.pk)
        people.add((tidy(draft.name), tidy(draft.post)))
        if len(people) > MOST_INVITED:
            yield Problem("", f"Danh sách vượt {MOST_INVITED} người. Hãy bỏ bớt.", index=index)


def may_void_invitation(record: Invitation) -> Iterator[Problem]:
    """Who was there stays on the list."""
    yield from open_for_planning(record.conference)
    if current(Attendance.objects.filter(invitation=record)).exists():
        yield Problem("", f"{record.name} đã điểm danh. Hãy bỏ điểm danh trước khi rút giấy mời.")


def reply_rules(drafts: Iterable[tuple[int, ReplyDraft]]) -> Iterator[Problem]:
    """Who asks to be excused says why; only such a one sends another; answers come between call and close."""
    for index, draft in drafts:
        state = draft.invitation.conference.state
        if state == "draft":
            yield Problem(
                "answer", "Hội nghị chưa triệu tập. Hãy triệu tập rồi mới ghi trả lời.", index=index
            )
        if state == "closed":
            yield Problem(
                "answer",
                "Hội nghị đã bế mạc, không ghi trả lời nữa. Muốn sửa, hãy hoàn tác việc bế mạc trước.",
                index=index,
            )
        if draft.answer == "none":
            yield Problem("answer", "Hãy chọn “Sẽ dự” hoặc “Xin vắng”.", index=index)
        if draft.answer == "excused" and not tidy(draft.reason):
            yield Problem("reason", "Xin vắng thì phải nêu lý do. Hãy ghi vào ô lý do.", index=index)
        if draft.answer == "coming" and (tidy(draft.reason) or tidy(draft.substitute)):
            yield Problem(
                "answer",
                "Đã chọn “Sẽ dự” thì để trống lý do và người đi thay, hoặc chọn “Xin vắng”.",
                index=index,
            )
        yield from check_past(draft.on, "on", "Ngày trả lời", index)
