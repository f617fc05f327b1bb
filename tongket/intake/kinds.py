"""The kinds of workbook, in the order in which an office brings them in: later ones rest on earlier ones."""

from tongket.intake.columns import Kind
from tongket.intake.records.lives import EVENTS, POSTS
from tongket.intake.records.organisations import ORGANISATIONS, TERMS
from tongket.intake.records.people import CARDS, MEMBERS
from tongket.intake.records.year import (
    BADGES,
    COMMENDATIONS,
    DIRECTIVES,
    MEMBER_DISCIPLINE,
    MEMBER_RATINGS,
    ORGANISATION_DISCIPLINE,
    ORGANISATION_RATINGS,
    PLANS,
    STUDY,
    TARGETS,
)

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("organisations", "Tổ chức đảng", (ORGANISATIONS, TERMS)),
        Kind("members", "Danh sách đảng viên", (MEMBERS,)),
        Kind("events", "Biến động đảng viên", (EVENTS,)),
        Kind("cards", "Thẻ đảng viên", (CARDS,)),
        Kind("posts", "Cấp ủy", (POSTS,)),
        Kind("targets", "Chỉ tiêu", (TARGETS,)),
        Kind("ratings", "Đánh giá, xếp loại", (ORGANISATION_RATINGS, MEMBER_RATINGS)),
        Kind("badges", "Huy hiệu Đảng", (BADGES,)),
        Kind("commendations", "Khen thưởng", (COMMENDATIONS,)),
        Kind("directives", "Văn bản cấp trên và triển khai", (DIRECTIVES, PLANS)),
        Kind("study", "Học tập, quán triệt", (STUDY,)),
        Kind("discipline", "Kỷ luật", (MEMBER_DISCIPLINE, ORGANISATION_DISCIPLINE)),
    )
}
