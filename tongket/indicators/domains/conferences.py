"""Conferences held, who was called and came, and what became of their conclusions.

Only conferences that are closed at the as-at date count. Whoever is called to two conferences counts twice. Figures of
`conference.invited` and the like stand in the books of the organisation that held the conference; those of
`conference.delegates` in the books of the organisation for which a person comes.
"""

from collections.abc import Callable, Iterator
from functools import partial

from tongket.core import worklists as work

from ..family import family, parts_of_list
from ..model import Condition, Count, In, Indicator, Is, Ratio, Unknown

_meeting = partial(Indicator, domain="conferences", unit="hội nghị", units_en="conferences")
_people = partial(Indicator, domain="conferences", unit="lượt người", units_en="attendances")
_percent = partial(Indicator, domain="conferences", unit="%", units_en="%", decimals=2)
_CLOSED = Is("state", "closed")
_PRESENT = Is("attendance", "present")
_VOTING = Is("voting", True)

# end of the id, Vietnamese, English, which of those called, which way is better
_SEATS: tuple[tuple[str, str, str, Condition, str], ...] = (
    ("attended", "có mặt", "present", _PRESENT, "up"),
    ("excused", "vắng có lý do", "absent with reason", Is("attendance", "excused"), ""),
    ("absent", "vắng không lý do", "absent without reason", Is("attendance", "absent"), "down"),
    ("unmarked", "chưa điểm danh", "not marked", Unknown("attendance"), ""),
)


def _seats(make: Callable[..., Indicator], source: str, prefix: str, vi: str, en: str) -> Iterator[Indicator]:
    """The parts of those called: present, absent with and without reason, not marked."""
    for key, said, said_en, condition, good in _SEATS:
        yield make(
            f"{prefix}.{key}",
            f"{vi} {said}",
            f"{en} {said_en}",
            formula=Count(source, "flow", (_CLOSED, condition)),
            good=good,
        )


INDICATORS: tuple[Indicator, ...] = (
    _meeting(
        "conference.held",
        "Hội nghị đã tổ chức",
        "Conferences held",
        formula=Count("conferences", "flow", (_CLOSED,)),
    ),
    *family(
        _meeting,
        "conference.held",
        "Hội nghị đã tổ chức",
        "Conferences held",
        parts_of_list("kind", work.CONFERENCE_KIND),
        source="conferences",
        when="flow",
        where=(_CLOSED,),
    ),
    _meeting(
        "directives.reviews",
        "Hội nghị sơ kết, tổng kết đã tổ chức",
        "Reviews held",
        formula=Count("conferences", "flow", (_CLOSED, In("kind", "mid_year", "year_end"))),
    ),
    _meeting(
        "conference.open",
        "Hội nghị đã triệu tập, chưa kết thúc",
        "Conferences called and not closed",
        formula=Count("conferences", "flow", (In("state", "called", "running"),)),
        note="Gồm hội nghị đã họp mà chưa ghi kết thúc.",
    ),
    _people(
        "conference.invited",
        "Lượt người được triệu tập dự hội nghị",
        "People called to conferences",
        formula=Count("invitations", "flow", (_CLOSED,)),
    ),
    *_seats(_people, "invitations", "conference", "Lượt người được triệu tập", "Called to conferences:"),
    _percent(
        "conference.attended_pct",
        "Tỷ lệ dự hội nghị",
        "Attendance of conferences",
        formula=Ratio("conference.attended", "conference.invited"),
        note="Có mặt trên tổng số được triệu tập, kể cả vắng có lý do.",
        good="up",
    ),
    _people(
        "conference.voters",
        "Lượt người có quyền biểu quyết được triệu tập",
        "Voters called to conferences",
        formula=Count("invitations", "flow", (_CLOSED, _VOTING)),
    ),
    _people(
        "conference.voters.attended",
        "Lượt người có quyền biểu quyết có mặt",
        "Voters present",
        formula=Count("invitations", "flow", (_CLOSED, _VOTING, _PRESENT)),
        good="up",
    ),
    _percent(
        "conference.voters.attended_pct",
        "Tỷ lệ người có quyền biểu quyết có mặt",
        "Share of voters present",
        formula=Ratio("conference.voters.attended", "conference.voters"),
        good="up",
    ),
    _people(
        "conference.delegates",
        "Lượt đại biểu của tổ chức được triệu tập",
        "People of the organisation called to conferences",
        formula=Count("delegates", "flow", (_CLOSED,)),
        note="Tính cho tổ chức mà đại biểu đại diện, dù hội nghị do cấp nào tổ chức.",
    ),
    *_seats(
        _people,
        "delegates",
        "conference.delegates",
        "Lượt đại biểu của tổ chức",
        "People of the organisation called:",
    ),
    _percent(
        "conference.delegates.attended_pct",
        "Tỷ lệ đại biểu của tổ chức dự hội nghị",
        "Attendance of the organisation's people",
        formula=Ratio("conference.delegates.attended", "conference.delegates"),
        good="up",
    ),
    _meeting(
        "conference.conclusions",
        "Kết luận của hội nghị",
        "Conclusions of conferences",
        unit="kết luận",
        units_en="conclusions",
        formula=Count("conclusions", "flow", (_CLOSED,)),
    ),
    _meeting(
        "conference.conclusions.handed",
        "Kết luận đã giao thành nhiệm vụ",
        "Conclusions handed out as tasks",
        unit="kết luận",
        units_en="conclusions",
        formula=Count("conclusions", "flow", (_CLOSED, Is("handed", True))),
        good="up",
    ),
    _percent(
        "conference.conclusions.handed_pct",
        "Tỷ lệ kết luận đã giao thành nhiệm vụ",
        "Share of conclusions handed out",
        formula=Ratio("conference.conclusions.handed", "conference.conclusions"),
        good="up",
    ),
)
