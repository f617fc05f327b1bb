"""The conference of 28/12/2023, called, attended, run and concluded; one of the year before summer; one to come."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from tongket.audit.records import current
from tongket.conferences.acts import add_conference, call, close, open_conference
from tongket.conferences.agenda.acts import add_item
from tongket.conferences.agenda.tree import agenda_of
from tongket.conferences.calling.acts import invite_by_roles, reply
from tongket.conferences.concluding.acts import add_conclusions
from tongket.conferences.concluding.drafts import ConclusionDraft, Task
from tongket.conferences.door.acts import mark
from tongket.conferences.drafts import AgendaItemDraft, ConferenceDraft, ReplyDraft
from tongket.conferences.hall.acts import record_floor
from tongket.conferences.hall.honours import record_handing
from tongket.conferences.models import Conference
from tongket.conferences.queries import invitations_of
from tongket.conferences.voting.acts import record_vote
from tongket.conferences.voting.drafts import VoteDraft
from tongket.core.dates import today
from tongket.demo.work.obligations import below, carry_out
from tongket.directives.models import Directive
from tongket.honours.models import Commendation
from tongket.obligations.models import Demand
from tongket.organisations.models import Organisation

#: Who is called, in the words of the notice: see `conferences.calling.roles`.
WIDE = ("committee", "advisory", "centre", "leaders", "propaganda", "organisation", "office")
_CHAIRS = "Đồng chí Bí thư Huyện ủy; đồng chí Phó Bí thư Huyện ủy, Chủ tịch UBND huyện"
_HALL = "Hội trường Huyện ủy"
_YEAR_END = date(2023, 12, 28)
_MID_TERM = date(2023, 7, 20)

#: title, who presents, minutes, symbol of the paper studied; a title that begins with ">" hangs below the last other.
Item = tuple[str, str, int, str]
_AGENDA: tuple[Item, ...] = (
    ("Khai mạc, thông qua chương trình", "Văn phòng Huyện ủy", 10, ""),
    ("Triển khai, quán triệt văn bản của Trung ương, Tỉnh ủy", "Ban Tuyên giáo Huyện ủy", 40, ""),
    (
        "> Nghị quyết số 33-NQ/TU về xây dựng lực lượng Công an chính quy, tinh nhuệ",
        "Công an huyện",
        15,
        "33-NQ/TU",
    ),
    (
        "> Chỉ thị số 26-CT/TW về tổ chức Tết Nguyên đán Giáp Thìn",
        "Ban Tuyên giáo Huyện ủy",
        10,
        "26-CT/TW",
    ),
    (
        "> Quy định số 138-QĐ/TW về đảng bộ, chi bộ cơ sở cơ quan",
        "Ban Tổ chức Huyện ủy",
        15,
        "138-QĐ/TW",
    ),
    ("Báo cáo tổng kết công tác xây dựng Đảng năm 2023, nhiệm vụ năm 2024", "Văn phòng Huyện ủy", 30, ""),
    ("Thảo luận", "Chủ trì hội nghị", 45, ""),
    ("Công bố quyết định khen thưởng", "Ban Tổ chức Huyện ủy", 20, ""),
    ("Phát biểu kết luận hội nghị", "Bí thư Huyện ủy", 20, ""),
)
_MID_AGENDA: tuple[Item, ...] = (
    ("Báo cáo sơ kết giữa nhiệm kỳ", "Thường trực Huyện ủy", 60, ""),
    ("Thảo luận", "Chủ trì hội nghị", 90, ""),
    ("Kết luận hội nghị", "Bí thư Huyện ủy", 20, ""),
)
_NEXT_AGENDA: tuple[Item, ...] = (
    ("Kiểm điểm việc thực hiện kết luận kỳ trước", "Thường trực Huyện ủy", 30, ""),
    ("Nhiệm vụ tháng tới", "Thường trực Huyện ủy", 40, ""),
)
_CONCLUSIONS = (
    "Tập trung làm tốt công tác xây dựng Đảng; tăng cường công tác tuyên truyền, giáo dục chính trị tư tưởng cho cán "
    "bộ, đảng viên bằng nhiều hình thức",
    "Quan tâm bảo vệ nền tảng tư tưởng của Đảng, đấu tranh phản bác các quan điểm sai trái, thù địch",
    "Nâng cao hơn nữa năng lực lãnh đạo và sức chiến đấu của Đảng, hiệu lực, hiệu quả điều hành của chính quyền, xây "
    "dựng hệ thống chính trị trong sạch, vững mạnh",
    "Tập trung đẩy mạnh phát triển kinh tế – xã hội, quốc phòng – an ninh, phấn đấu thực hiện thắng lợi các mục tiêu, "
    "chỉ tiêu, nhiệm vụ đề ra",
)
_SPEAKERS = (
    ("Đảng ủy xã Tân Lộc", "Kinh nghiệm phát triển đảng viên ở nông thôn"),
    ("Đảng ủy Công an huyện", "Xây dựng lực lượng chính quy, tinh nhuệ"),
    ("Chi bộ Trung tâm Chính trị huyện", "Bồi dưỡng lý luận chính trị ở cơ sở"),
)


def hold_conferences(root: Organisation, rng: Random) -> None:
    """The two conferences of 2023, and one that is called for the coming days."""
    _mid_term(root, rng)
    _year_end(root, rng)
    _coming(root, rng)


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def _call(
    root: Organisation, draft: ConferenceDraft, called: datetime | None, agenda: Sequence[Item]
) -> Conference:
    conference = add_conference(draft, by=None, origin="demo")
    _write_agenda(conference, root, agenda)
    invite_by_roles(conference, WIDE, by=None)
    call(conference, by=None, at=called)
    return Conference.objects.get(pk=conference.pk)


def _arrive(conference: Conference, rng: Random, begin: datetime) -> None:
    """Most come in the half hour before; a few asked to be excused, very few stay away."""
    for invitation in invitations_of(conference):
        draw = rng.random()
        if draw < 0.955:
            at = begin - timedelta(minutes=rng.randint(1, 30), seconds=rng.randint(0, 59))
            mark(invitation, "present", by=None, at=at, how="qr" if draw < 0.7 else "number")
        elif draw < 0.985:
            on = timezone.localtime(begin).date() - timedelta(days=rng.randint(1, 4))
            reply(ReplyDraft(invitation, "excused", on, "Đi công tác"), by=None)


def _mid_term(root: Organisation, rng: Random) -> None:
    draft = ConferenceDraft(
        root,
        "mid_year",
        "Hội nghị sơ kết giữa nhiệm kỳ thực hiện Nghị quyết Đại hội, nhiệm kỳ 2020–2025",
        _at(_MID_TERM, 8),
        _HALL,
        _CHAIRS,
        _at(_MID_TERM, 11, 30),
    )
    conference = _call(root, draft, _at(_MID_TERM - timedelta(days=7), 9), _MID_AGENDA)
    _arrive(conference, rng, _at(_MID_TERM, 8))
    open_conference(conference, by=None, at=_at(_MID_TERM, 8))
    close(conference, by=None, at=_at(_MID_TERM, 11, 20))


def _year_end(root: Organisation, rng: Random) -> None:
    day = _YEAR_END
    draft = ConferenceDraft(
        root,
        "year_end",
        "Hội nghị tổng kết công tác xây dựng Đảng năm 2023; triển khai nhiệm vụ trọng tâm năm 2024",
        _at(day, 13, 30),
        _HALL,
        _CHAIRS,
        _at(day, 17),
        "Chánh Văn phòng Huyện ủy",
        "Đại biểu mang theo giấy mời để điểm danh.",
    )
    conference = _call(root, draft, _at(day - timedelta(days=8), 9), _AGENDA)
    _arrive(conference, rng, _at(day, 13, 30))
    open_conference(conference, by=None, at=_at(day, 13, 30))
    _run(conference, day)
    _conclude(conference, root, day, rng)
    _hand_over(conference)
    close(conference, by=None, at=_at(day, 17, 5))


def _write_agenda(conference: Conference, root: Organisation, agenda: Sequence[Item]) -> None:
    papers = dict(
        current(Directive.objects.filter(organisation=root, book="received")).values_list(
            "symbol", "identity"
        )
    )
    above: Any = None
    for title, presenter, minutes, symbol in agenda:
        inner = title.startswith("> ")
        item = add_item(
            AgendaItemDraft(
                conference,
                title.removeprefix("> "),
                presenter,
                minutes,
                above if inner else None,
                papers.get(symbol),
            ),
            by=None,
        )
        above = above if inner else item.identity


def _run(conference: Conference, day: date) -> None:
    """Item after item; three speakers; the programme put to the vote."""
    now = _at(day, 13, 32)
    entries = agenda_of(conference)
    parents = {entry.item.parent for entry in entries}
    for entry in entries:
        item = entry.item
        if item.identity in parents:
            continue  # its own items are opened one by one
        record_floor(conference, "item_start", by=None, item=item.identity, at=now)
        if item.title == "Thảo luận":
            for name, topic in _SPEAKERS:
                record_floor(conference, "speak_start", by=None, speaker=name, topic=topic, at=now)
                now += timedelta(minutes=11)
                record_floor(conference, "speak_end", by=None, at=now)
                now += timedelta(minutes=1)
        else:
            now += timedelta(minutes=item.minutes or 5)
        if item.title.startswith("Khai mạc"):
            _vote(conference, item.identity, now)
        record_floor(conference, "item_end", by=None, item=item.identity, at=now)
        now += timedelta(minutes=1)


def _vote(conference: Conference, item: Any, at: datetime) -> None:
    present = sum(
        1 for one in invitations_of(conference).filter(voting=True, attendances__state="present").distinct()
    )
    record_vote(
        conference,
        VoteDraft("Thông qua chương trình hội nghị", "over_half", present, present, item=item, taken_at=at),
        by=None,
    )


def _conclude(conference: Conference, root: Organisation, day: date, rng: Random) -> None:
    everybody = below(root, day)
    bodies = [one for one in everybody if one.kind == "grassroots_body"]
    last = agenda_of(conference)[-1].item.identity
    drafts = [
        ConclusionDraft(
            text,
            last,
            Task(
                "task", date(day.year + 1, 3 * (number + 1), 25), tuple(everybody if number < 2 else bodies)
            ),
        )
        for number, text in enumerate(_CONCLUSIONS)
    ]
    made = add_conclusions(conference, drafts, by=None, origin="demo")
    for demand in current(Demand.objects.filter(about__in=[one.identity for one in made])):
        carry_out(demand, rng)


def _hand_over(conference: Conference) -> None:
    rows = current(Commendation.objects.filter(period=str(_YEAR_END.year), giver="district")).select_related(
        "member", "organisation"
    )
    given = {
        row.pk: row.recipient_name or (row.member.full_name if row.member else row.organisation.name)
        for row in rows
    }
    if given:
        record_handing(conference, given, by=None)


def _coming(root: Organisation, rng: Random) -> None:
    """A conference in nine days: there to try letters, cards and the door with."""
    day = today() + timedelta(days=9)
    draft = ConferenceDraft(
        root,
        "committee",
        f"Hội nghị Ban Chấp hành Đảng bộ huyện, tháng {day.month}/{day.year}",
        _at(day, 8),
        _HALL,
        _CHAIRS,
        _at(day, 11),
    )
    conference = _call(root, draft, None, _NEXT_AGENDA)
    for invitation in invitations_of(conference)[:40]:
        if rng.random() < 0.6:
            reply(ReplyDraft(invitation, "coming", today()), by=None)
