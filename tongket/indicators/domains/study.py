"""Study sessions (quán triệt, học tập), news talks and courses, by the numbers attending.

Rule `study.base`: total, exempt and absent-with-reason are kept apart; the percentage is members attending over
members due (total less exempt). Attendances ('lượt') are not people: who comes twice counts twice.
"""

from functools import partial

from tongket.core import codelists as codes

from ..model import Count, Indicator, Is, Ratio, Sum, Total

_sessions = partial(Indicator, domain="study", unit="lớp", units_en="sessions")
_people = partial(Indicator, domain="study", unit="lượt người", units_en="attendances")
_STUDY = Is("kind", "study")


def _sum(id: str, vi: str, en: str, of: str, kind: str = "study", form: str = "report") -> Indicator:
    return _people(id, vi, en, formula=Sum("study", "flow", of, (Is("kind", kind),)), form=form)


INDICATORS: tuple[Indicator, ...] = (
    _sessions(
        "study.sessions",
        "Lớp, hội nghị học tập, quán triệt",
        "Study sessions",
        formula=Count("study", "flow", (_STUDY,)),
    ),
    *(
        _sessions(
            f"study.sessions.{code.code}",
            f"Lớp, hội nghị học tập, quán triệt: {code.vi}",
            f"Study sessions: {code.en}",
            formula=Count("study", "flow", (_STUDY, Is("form", code.code))),
        )
        for code in codes.STUDY_FORM.codes
    ),
    _sessions(
        "study.sites",
        "Điểm cầu học tập, quán triệt",
        "Study sites",
        unit="điểm cầu",
        units_en="sites",
        formula=Sum("study", "flow", "sites", (_STUDY,)),
    ),
    _sum(
        "study.members_total", "Lượt đảng viên thuộc diện thống kê", "Members on the lists", "members_total"
    ),
    _sum("study.members_exempt", "Lượt đảng viên được miễn học tập", "Members exempt", "members_exempt"),
    _sum("study.members_due", "Lượt đảng viên phải học tập", "Members due", "members_due"),
    _sum("study.members_excused", "Lượt đảng viên vắng có lý do", "Members excused", "members_excused"),
    _sum("study.members_attended", "Lượt đảng viên học tập", "Members attending", "members_attended"),
    _people(
        "study.attendance_pct",
        "Tỷ lệ đảng viên tham gia học tập, quán triệt",
        "Attendance of members",
        unit="%",
        units_en="%",
        formula=Ratio("study.members_attended", "study.members_due"),
        decimals=2,
        note="Đảng viên vắng có lý do vẫn nằm trong số phải học tập.",
        good="up",
    ),
    _sum(
        "study.others_attended",
        "Lượt người ngoài Đảng dự học tập",
        "Non-members attending",
        "others_attended",
    ),
    _people(
        "study.attendances",
        "Lượt người dự học tập, quán triệt",
        "Attendances",
        formula=Total(("study.members_attended", "study.others_attended")),
    ),
    _sessions(
        "study.talks",
        "Buổi thông tin thời sự",
        "Current-affairs talks",
        unit="buổi",
        units_en="talks",
        formula=Count("study", "flow", (Is("kind", "talk"),)),
    ),
    _sum(
        "study.talks.members",
        "Lượt đảng viên nghe thông tin thời sự",
        "Members at current-affairs talks",
        "members_attended",
        "talk",
    ),
    _sum(
        "study.talks.others",
        "Lượt người ngoài Đảng nghe thông tin thời sự",
        "Non-members at current-affairs talks",
        "others_attended",
        "talk",
    ),
    _people(
        "study.talks.attendances",
        "Lượt người nghe thông tin thời sự",
        "Attendances of current-affairs talks",
        formula=Total(("study.talks.members", "study.talks.others")),
    ),
    _sessions(
        "study.planned",
        "Lớp, hội nghị học tập, thông tin thời sự theo kế hoạch",
        "Sessions planned",
        formula=Count("planned_sessions", "flow"),
        note="Theo ngày dự kiến.",
    ),
    _sessions(
        "study.planned.held",
        "Lớp, hội nghị theo kế hoạch đã tổ chức",
        "Planned sessions held",
        formula=Count("planned_sessions", "flow", (Is("held", True),)),
        good="up",
    ),
    _sessions(
        "study.planned.missed",
        "Lớp, hội nghị đến ngày dự kiến chưa tổ chức",
        "Planned sessions not held",
        formula=Count("planned_sessions", "flow", (Is("held", False),)),
        good="down",
    ),
    _sessions(
        "study.planned.held_pct",
        "Tỷ lệ lớp, hội nghị theo kế hoạch đã tổ chức",
        "Share of planned sessions held",
        unit="%",
        units_en="%",
        decimals=2,
        formula=Ratio("study.planned.held", "study.planned"),
        good="up",
    ),
    _sessions(
        "study.candidate_courses",
        "Lớp bồi dưỡng nhận thức về Đảng",
        "Candidates' courses",
        formula=Count("study", "flow", (Is("kind", "candidate_course"),)),
        form="Biểu 10",
    ),
    _sum(
        "study.candidate_courses.people",
        "Quần chúng dự lớp bồi dưỡng nhận thức về Đảng",
        "People at candidates' courses",
        "others_attended",
        "candidate_course",
        "Biểu 10",
    ),
    _sessions(
        "study.new_member_courses",
        "Lớp bồi dưỡng đảng viên mới",
        "New members' courses",
        formula=Count("study", "flow", (Is("kind", "new_member_course"),)),
        form="Biểu 10",
    ),
    _sum(
        "study.new_member_courses.people",
        "Đảng viên dự lớp bồi dưỡng đảng viên mới",
        "Members at new members' courses",
        "members_attended",
        "new_member_course",
        "Biểu 10",
    ),
)
