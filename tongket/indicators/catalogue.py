"""All figures in report order, checked at import, and how they hang together."""

from difflib import get_close_matches
from functools import cache
from graphlib import TopologicalSorter

from tongket.core.codelists import Code
from tongket.core.problems import NotFound

from .checks import check, members_of
from .domains import (
    activities,
    admission_work,
    admissions,
    badge_work,
    cases,
    commending,
    committees,
    conferences,
    directives,
    discipline,
    honours,
    inspections,
    members,
    mood,
    moves,
    obligations,
    organisations,
    ratings,
    rounds,
    study,
    targets,
)
from .model import Indicator

__all__ = ["DOMAINS", "INDICATORS", "depends_on", "domain", "indicator", "of_domain", "order"]

DOMAINS: tuple[Code, ...] = (
    Code("members", "Đội ngũ đảng viên", "Members"),
    Code("admissions", "Kết nạp đảng viên", "Admissions"),
    Code("moves", "Tăng, giảm đảng viên", "Moves and exits"),
    Code("organisations", "Tổ chức đảng", "Organisations"),
    Code("committees", "Cấp ủy", "Committees"),
    Code("targets", "Chỉ tiêu", "Targets"),
    Code("directives", "Văn bản tiếp nhận và triển khai", "Directives and plans"),
    Code("obligations", "Giao việc và thực hiện", "Tasks and their fulfilment"),
    Code("study", "Học tập, quán triệt", "Study"),
    Code("conferences", "Hội nghị", "Conferences"),
    Code("activities", "Kỷ niệm, kết nghĩa", "Commemorations and twinning"),
    Code("mood", "Tình hình tư tưởng", "Public mood"),
    Code("ratings", "Đánh giá, xếp loại chất lượng", "Ratings"),
    Code("honours", "Huy hiệu Đảng và khen thưởng", "Badges and commendations"),
    Code("inspections", "Kiểm tra, giám sát", "Inspection and supervision"),
    Code("discipline", "Kỷ luật đảng", "Discipline"),
)

_DECLARED: tuple[Indicator, ...] = (
    *members.INDICATORS,
    *admissions.INDICATORS,
    *admission_work.INDICATORS,
    *moves.INDICATORS,
    *organisations.INDICATORS,
    *committees.INDICATORS,
    *targets.INDICATORS,
    *directives.INDICATORS,
    *obligations.INDICATORS,
    *study.INDICATORS,
    *conferences.INDICATORS,
    *activities.INDICATORS,
    *mood.INDICATORS,
    *ratings.INDICATORS,
    *rounds.INDICATORS,
    *honours.INDICATORS,
    *badge_work.INDICATORS,
    *commending.INDICATORS,
    *inspections.INDICATORS,
    *discipline.INDICATORS,
    *cases.INDICATORS,
)
check(_DECLARED, (entry.code for entry in DOMAINS))

INDICATORS: dict[str, Indicator] = {entry.id: entry for entry in _DECLARED}


def indicator(id: str) -> Indicator:
    """The figure of an id. Raises `NotFound` with a Vietnamese message that names ids written alike."""
    found = INDICATORS.get(id)
    if found is not None:
        return found
    near = get_close_matches(id.strip().lower(), INDICATORS, n=3, cutoff=0.6)
    hint = f"Có phải: {', '.join(near)}?" if near else "Xem trang Số liệu (lệnh ./run indicators)."
    raise NotFound(f"Không có chỉ số “{id[:80]}”. {hint}")


def of_domain(domain: str) -> tuple[Indicator, ...]:
    """The figures of one domain, in report order (none for a domain that does not exist)."""
    return tuple(entry for entry in INDICATORS.values() if entry.domain == domain)


def domain(id: str) -> Code:
    """Id, Vietnamese and English name of a domain. Raises `NotFound`."""
    for entry in DOMAINS:
        if entry.code == id:
            return entry
    raise NotFound(f"Không có nhóm chỉ số “{id[:80]}”.")


@cache
def depends_on(id: str) -> frozenset[str]:
    """Ids of the counts and sums that a figure is computed from; of a count or sum, itself. Raises `NotFound`."""
    made_of = members_of(indicator(id))
    if not made_of:
        return frozenset({id})
    return frozenset().union(*(depends_on(member) for member in made_of))


@cache
def order() -> tuple[str, ...]:
    """All ids so that every ratio and total comes after the figures it is made of."""
    return tuple(
        TopologicalSorter({id: members_of(entry) for id, entry in INDICATORS.items()}).static_order()
    )
