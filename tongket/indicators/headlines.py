"""Which figures are shown first: the headline figures, the columns of the table of organisations, the charts."""

from dataclasses import dataclass
from typing import Literal

__all__ = ["CHARTS", "HEADLINES", "TABLE_COLUMNS", "Chart"]

# What a year-end report says in its first paragraphs, in its order.
HEADLINES: tuple[str, ...] = (
    "members.admitted",
    "members.admitted.target",
    "members.admitted.vs_target_pct",
    "members.total",
    "members.official",
    "members.probationary",
    "organisations.grassroots",
    "organisations.cells",
    "honours.badges",
    "ratings.organisations.rated",
    "ratings.organisations.good_or_better",
    "ratings.organisations.good_or_better_pct",
    "ratings.organisations.excellent",
    "ratings.members.rated",
    "ratings.members.good_or_better_pct",
    "ratings.members.excellent_pct",
    "honours.commended_collectives",
    "honours.commended_individuals",
    "directives.received",
    "directives.plans_issued_pct",
    "directives.plans_on_time_pct",
    "obligations.on_time_pct",
    "study.sessions",
    "study.attendance_pct",
    "discipline.members",
    "discipline.organisations",
)

# Default columns of the table of organisations: what each of them has a value of its own for.
TABLE_COLUMNS: tuple[str, ...] = (
    "members.total",
    "members.admitted",
    "members.admitted.target",
    "members.admitted.of_target_pct",
    "organisations.cells",
    "ratings.members.good_or_better_pct",
    "ratings.members.excellent_pct",
    "honours.badges",
    "directives.plans_on_time_pct",
    "obligations.on_time_pct",
    "study.attendance_pct",
    "discipline.members",
)


@dataclass(frozen=True, slots=True)
class Chart:
    """A default chart: `trend` over years, `parts` of a whole, or `children` (one mark an organisation)."""

    id: str
    vi: str
    en: str
    kind: Literal["trend", "parts", "children"]
    figures: tuple[str, ...]


CHARTS: tuple[Chart, ...] = (
    Chart(
        "admissions",
        "Kết nạp đảng viên so với chỉ tiêu",
        "Admissions against target",
        "trend",
        ("members.admitted", "members.admitted.target"),
    ),
    Chart("members", "Tổng số đảng viên", "Members", "trend", ("members.total",)),
    Chart(
        "admissions-by-organisation",
        "Kết nạp đảng viên theo tổ chức",
        "Admissions by organisation",
        "children",
        ("members.admitted", "members.admitted.target"),
    ),
    Chart(
        "ratings",
        "Xếp loại tổ chức cơ sở đảng",
        "Ratings of grassroots organisations",
        "parts",
        (
            "ratings.organisations.excellent",
            "ratings.organisations.good",
            "ratings.organisations.completed",
            "ratings.organisations.failed",
        ),
    ),
    Chart(
        "member-ratings",
        "Xếp loại đảng viên",
        "Ratings of members",
        "parts",
        (
            "ratings.members.excellent",
            "ratings.members.good",
            "ratings.members.completed",
            "ratings.members.failed",
        ),
    ),
    Chart(
        "ages",
        "Đảng viên theo tuổi đời",
        "Members by age",
        "parts",
        (
            "members.age.18_30",
            "members.age.31_40",
            "members.age.41_50",
            "members.age.51_60",
            "members.age.from_61",
        ),
    ),
)
