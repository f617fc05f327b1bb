"""The sources of facts and the fields a declaration may use, in the words of the field.

`tongket.figures.sources` says for each how it is read from the database; a test holds the two together.
Field types: code, bool, date, number. `age` and `party_age` are full years at the moment that matters
(as-at date for stock, the fact's own day for flow).
"""

from .judging.sources import JUDGING
from .model import FieldType, Source

__all__ = ["SOURCES", "FieldType", "Source"]

_PERSON: dict[str, FieldType] = {
    "gender": "code",
    "ethnicity": "code",
    "religion": "code",
    "age": "number",
    "schooling": "code",
    "education": "code",
    "academic_title": "code",
    "theory": "code",
    "occupation": "code",
    "youth_union": "bool",
    "sector": "code",  # of the cell the fact belongs to, else of its grassroots organisation
    "organisation_kind": "code",
}


_ABOUT: dict[str, FieldType] = {
    "from_directive": "bool",  # comes from a paper of the book
    "document_kind": "code",  # of that paper
    "issuer_level": "code",
    "from_conference": "bool",  # comes from a conference or one of its conclusions
    "from_inspection": "bool",  # comes from what an inspection found
}

# State and outcome are those of the as-at date, folded from the steps known (`obligations.derive`).
_OBLIGATION: dict[str, FieldType] = {
    "kind": "code",
    "state": "code",
    "outcome": "code",
    "extended": "bool",  # an extension was granted by the as-at date
    "on_behalf": "bool",  # a step was entered by the office for an organisation that does not enter itself
    **_ABOUT,
}

_CALLED: dict[str, FieldType] = {
    "kind": "code",  # of the conference
    "state": "code",  # of the conference at the as-at date
    "attendance": "code",  # blank: nothing was marked
    "reply": "code",
    "voting": "bool",
    "member": "bool",  # a member of the register, not a guest
}


SOURCES: dict[str, Source] = {
    source.name: source
    for source in (
        Source(
            "members",
            "đảng viên trong danh sách",
            ("stock", "opening"),
            {
                **_PERSON,
                "standing": "code",
                "exempt": "bool",
                "suspended": "bool",
                "party_age": "number",
                "admitted_on": "date",
                "complete": "bool",  # the profile has no gap among the fields every member must have
                "committee_member": "bool",  # holds a committee post at the date
            },
            "member.read",
        ),
        Source(
            "events",
            "việc trong đời đảng viên",
            ("flow",),
            {
                **_PERSON,
                "kind": "code",
                "elsewhere": "code",
                "standing_before": "code",  # standing just before the event ('' for an admission)
                "population_breach": "bool",
                "foreign_spouse": "bool",
                "village_head": "bool",
                "party_age": "number",
            },
            "member.read",
        ),
        # A member's cell changes within the register: leaves one, enters another. For an organisation only moves
        # that cross its own border count; moves inside it do not (Biểu 1-BTCTW).
        Source("arrivals", "chuyển đến từ tổ chức khác trong đảng bộ", ("flow",), {**_PERSON}, "member.read"),
        Source("departures", "chuyển đi tổ chức khác trong đảng bộ", ("flow",), {**_PERSON}, "member.read"),
        # Members who cross the border because their cell was moved to another parent by a reorganisation.
        Source("carried_in", "đến theo tổ chức được chuyển về", ("flow",), {}, "member.read"),
        Source("carried_out", "đi theo tổ chức được chuyển đi", ("flow",), {}, "member.read"),
        Source("cards", "thẻ đảng viên", ("flow",), {"kind": "code"}, "member.read"),
        Source(
            "organisations",
            "tổ chức đảng",
            ("stock", "opening"),
            {
                "kind": "code",
                "sector": "code",
                "grassroots": "bool",
                "has_committee": "bool",  # someone holds a committee post there at the date
                "members": "number",  # members in its subtree at the date
                "admitted": "number",  # admissions in its subtree in the period, up to the as-at date
            },
            "organisation.read",
        ),
        Source(
            "organisation_acts",
            "việc thành lập, sắp xếp tổ chức",
            ("flow",),
            {
                "kind": "code",
                "organisation_kind": "code",
                "grassroots": "bool",
                "ends": "bool",  # the act ended the organisation (merged into another, split up, dissolved)
            },
            "organisation.read",
        ),
        Source(
            "posts",
            "chức vụ trong cấp ủy",
            ("stock",),
            {
                "post": "code",
                "gender": "code",
                "age": "number",
                "organisation_kind": "code",
                "grassroots": "bool",
            },
            "member.read",
        ),
        Source(
            "committee_people",  # one fact a person and organisation, however many posts
            "cấp ủy viên",
            ("stock",),
            {"gender": "code", "age": "number", "organisation_kind": "code", "grassroots": "bool"},
            "member.read",
        ),
        Source(
            "targets",
            "chỉ tiêu",
            ("flow",),  # targets of exactly this period, in force at the as-at date
            {"indicator": "code", "giver": "code", "value": "number"},
            "target.read",
            subtree=False,
        ),
        Source(
            "organisation_ratings",
            "kết quả xếp loại tổ chức",
            ("flow",),
            {"level": "code", "reason": "code", "kind": "code", "grassroots": "bool", "sector": "code"},
            "rating.read",
        ),
        Source(
            "member_ratings",
            "kết quả xếp loại đảng viên",
            ("flow",),
            {
                "level": "code",
                "reason": "code",
                "gender": "code",
                "years_excellent": "number",  # yearly ratings 'excellent' in a row up to this one, at most 5
            },
            "rating.read",
        ),
        Source(
            "badges",
            "Huy hiệu Đảng",
            ("flow",),
            {"mark": "number", "round": "code", "early": "bool", "posthumous": "bool", "gender": "code"},
            "honour.read",
        ),
        Source(
            "commendations",
            "khen thưởng",
            ("flow",),
            {"recipient_kind": "code", "form": "code", "giver": "code"},
            "honour.read",
        ),
        Source(
            "directives",
            "văn bản tiếp nhận",
            ("flow",),
            {
                "kind": "code",
                "issuer_level": "code",
                "needs_plan": "bool",
                "planned": "bool",  # a plan was issued by the as-at date
                "due": "bool",  # needs a plan whose deadline is on or before the as-at date
                "on_time": "bool",  # the first plan was issued on or before the deadline
                "studied": "bool",  # the organisation itself held a session on it by the as-at date
            },
            "directive.read",
            subtree=False,
        ),
        Source("plans", "văn bản triển khai", ("flow",), {"kind": "code"}, "directive.read", subtree=False),
        Source(
            "study",
            "lớp, hội nghị học tập",
            ("flow",),
            {
                "kind": "code",
                "form": "code",
                "members_total": "number",
                "members_exempt": "number",
                "members_due": "number",  # total less exempt
                "members_excused": "number",
                "members_attended": "number",
                "others_attended": "number",
                "sites": "number",
            },
            "study.read",
        ),
        Source(
            "papers",
            "văn bản đi",
            ("flow",),
            {
                "kind": "code",
                "ended": "bool",  # replaced or revoked by the as-at date
            },
            "directive.read",
            subtree=False,
        ),
        Source(
            "planned_sessions",
            "lớp, hội nghị học tập theo kế hoạch",
            ("flow",),  # by the day for which they were planned
            {"kind": "code", "form": "code", "sites": "number", "held": "bool"},
            "study.read",
        ),
        # One fact for each organisation's part of what was asked, in the books of the one that has to do it, on the
        # day of its first deadline: an extension does not take it out of the period in which it fell due.
        Source("obligations", "việc được giao đến hạn", ("flow",), _OBLIGATION, "obligation.read"),
        # The same facts on the day on which they were handed out.
        Source("handed", "lượt việc được giao", ("flow",), _OBLIGATION, "obligation.read"),
        # What an organisation itself asked of others: one fact however many it was handed to.
        Source(
            "demands",
            "đầu việc giao cho tổ chức khác",
            ("flow",),
            {"kind": "code", "receivers": "number", **_ABOUT},
            "obligation.read",
            subtree=False,
        ),
        Source("reminders", "lượt đôn đốc", ("flow",), {"kind": "code"}, "obligation.read"),
        Source("conferences", "hội nghị", ("flow",), {"kind": "code", "state": "code"}, "conference.read"),
        # Everyone called, in the books of the organisation whose conference it is ...
        Source("invitations", "lượt người được triệu tập dự hội nghị", ("flow",), _CALLED, "conference.read"),
        # ... and in those of the organisation for which each comes.
        Source(
            "delegates",
            "lượt người của tổ chức được triệu tập dự hội nghị",
            ("flow",),
            _CALLED,
            "conference.read",
        ),
        Source(
            "conclusions",
            "kết luận của hội nghị",
            ("flow",),
            {
                "kind": "code",
                "state": "code",
                "handed": "bool",  # a task came of it by the as-at date
            },
            "conference.read",
        ),
        Source(
            "activities",
            "hoạt động kỷ niệm, kết nghĩa, thăm, gặp mặt",
            ("flow",),
            {
                "kind": "code",
                "twinned": "bool",  # belongs to a twinning of the book
                "round_year": "bool",  # what it commemorates turns a multiple of five years
            },
            "event.read",
        ),
        Source("twinnings", "quan hệ kết nghĩa", ("stock",), {}, "event.read"),
        # By topic and month only: neither a text nor a person is a field, and records name no more.
        Source(
            "bulletins",
            "nội dung nổi lên trong tình hình tư tưởng",
            ("flow",),
            {
                "topic": "code",
                "answered": "bool",  # by the as-at date
            },
            "bulletin.read",
        ),
        Source(
            "member_discipline",
            "kỷ luật đảng viên",
            ("flow",),
            {"form": "code", "ground": "code", "committee_member": "bool", "gender": "code"},
            "discipline.read",
            guarded="discipline.read",
        ),
        Source(
            "organisation_discipline",
            "kỷ luật tổ chức đảng",
            ("flow",),
            {"form": "code", "ground": "code", "grassroots": "bool"},
            "discipline.read",
            guarded="discipline.read",
        ),
    )
} | JUDGING
