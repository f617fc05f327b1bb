"""Yearly ratings of grassroots organisations, cells and members.

Rated means one of the four levels; who is exempt, suspended or too new stands apart with the reason. Shares are of
those rated, never of the whole list. The cap on 'excellent' has two readings (rule `rate.cap.base`): both are figures.
"""

from collections.abc import Iterator
from functools import partial

from tongket.core import codelists as codes

from ..model import Condition, Count, In, Indicator, Is, Ratio, Total

_FORM = "Biểu 6"
_LEVELS = ("excellent", "good", "completed", "failed")
_GOOD = {"excellent": "up", "good": "up", "completed": "", "failed": "down"}
_figure = partial(Indicator, domain="ratings", form=_FORM)
_percent = partial(Indicator, domain="ratings", form=_FORM, unit="%", units_en="%", decimals=2)


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def _levels(
    prefix: str, who: str, who_en: str, source: str, unit: str, units_en: str, *where: Condition, basis: str
) -> Iterator[Indicator]:
    """Rated, by level, good or better, and the shares: the same for organisations, cells and members."""
    make = partial(_figure, unit=unit, units_en=units_en, basis=basis)

    def count(*conditions: Condition) -> Count:
        return Count(source, "flow", (*where, *conditions))

    yield make(
        f"{prefix}.rated",
        f"{who} được đánh giá, xếp loại",
        f"{who_en} rated",
        formula=count(In("level", *_LEVELS)),
    )
    for level in _LEVELS:
        yield make(
            f"{prefix}.{level}",
            f"{who} {_lower_first(codes.RATING_LEVEL.label(level))}",
            f"{who_en}: {codes.RATING_LEVEL.label(level, 'en').lower()}",
            formula=count(Is("level", level)),
            good=_GOOD[level],
        )
    yield make(
        f"{prefix}.good_or_better",
        f"{who} hoàn thành tốt nhiệm vụ trở lên",
        f"{who_en}: good or better",
        formula=count(In("level", "excellent", "good")),
        good="up",
    )
    for key, vi, en in (
        ("excellent", "hoàn thành xuất sắc nhiệm vụ", "excellent"),
        ("good_or_better", "hoàn thành tốt nhiệm vụ trở lên", "good or better"),
    ):
        yield _percent(
            f"{prefix}.{key}_pct",
            f"Tỷ lệ {_lower_first(who)} {vi}",
            f"{who_en}: share {en}",
            formula=Ratio(f"{prefix}.{key}", f"{prefix}.rated"),
            good="up",
        )
    yield make(
        f"{prefix}.not_rated",
        f"{who} chưa, miễn đánh giá",
        f"{who_en} not rated",
        formula=count(Is("level", "not_rated")),
        basis="rate.excluded",
    )


def _cap(prefix: str, who: str, who_en: str) -> tuple[Indicator, ...]:
    """The two readings of the base of the cap on 'excellent'."""
    return (
        _percent(
            f"{prefix}.excellent_of_good_pct",
            f"{who}: xuất sắc so với số hoàn thành tốt",
            f"{who_en}: excellent against good",
            formula=Ratio(f"{prefix}.excellent", f"{prefix}.good"),
            basis="rate.cap.base",
            note="Cách tính thứ nhất của giới hạn 20%: chỉ so với số hoàn thành tốt nhiệm vụ.",
        ),
        _percent(
            f"{prefix}.excellent_of_good_or_better_pct",
            f"{who}: xuất sắc so với số hoàn thành tốt trở lên",
            f"{who_en}: excellent against good or better",
            formula=Ratio(f"{prefix}.excellent", f"{prefix}.good_or_better"),
            basis="rate.cap.base",
            note="Cách tính thứ hai của giới hạn 20%: so với số hoàn thành tốt nhiệm vụ trở lên.",
        ),
    )


_REASONS = tuple(
    _figure(
        f"ratings.members.not_rated.{code.code}",
        f"Đảng viên chưa, miễn đánh giá: {code.vi}",
        f"Members not rated: {code.en}",
        unit="đảng viên",
        units_en="members",
        formula=Count("member_ratings", "flow", (Is("level", "not_rated"), Is("reason", code.code))),
        basis="rate.excluded",
    )
    for code in codes.NOT_RATED_REASON.codes
    if code.code != "founded_recently"
)

INDICATORS: tuple[Indicator, ...] = (
    *_levels(
        "ratings.organisations",
        "Tổ chức cơ sở đảng",
        "Grassroots organisations",
        "organisation_ratings",
        "tổ chức",
        "organisations",
        Is("grassroots", True),
        basis="rate.levels.organisation",
    ),
    *_cap("ratings.organisations", "Tổ chức cơ sở đảng", "Grassroots organisations"),
    _figure(
        "ratings.organisations.missing",
        "Tổ chức cơ sở đảng chưa ghi kết quả xếp loại",
        "Grassroots organisations without a recorded rating",
        unit="tổ chức",
        units_en="organisations",
        formula=Total(
            ("organisations.grassroots",),
            ("ratings.organisations.rated", "ratings.organisations.not_rated"),
        ),
        good="down",
    ),
    *_levels(
        "ratings.cells",
        "Chi bộ trực thuộc",
        "Cells",
        "organisation_ratings",
        "chi bộ",
        "cells",
        Is("kind", "cell"),
        basis="rate.levels.organisation",
    ),
    *_levels(
        "ratings.members",
        "Đảng viên",
        "Members",
        "member_ratings",
        "đảng viên",
        "members",
        basis="rate.levels.member",
    ),
    *_cap("ratings.members", "Đảng viên", "Members"),
    *_REASONS,
    _figure(
        "ratings.members.missing",
        "Chênh lệch giữa danh sách đảng viên và số đã ghi kết quả xếp loại",
        "Members on the list without a recorded rating",
        unit="đảng viên",
        units_en="members",
        formula=Total(("members.total",), ("ratings.members.rated", "ratings.members.not_rated")),
        note="Bốn mức cộng số chưa, miễn đánh giá phải bằng danh sách; người đã chuyển đi sau khi xếp loại làm lệch.",
        good="down",
    ),
    _figure(
        "ratings.members.women_excellent",
        "Đảng viên nữ hoàn thành xuất sắc nhiệm vụ",
        "Women rated excellent",
        unit="đảng viên",
        units_en="members",
        formula=Count("member_ratings", "flow", (Is("level", "excellent"), Is("gender", "female"))),
        good="up",
    ),
    _figure(
        "ratings.members.five_years",
        "Đảng viên hoàn thành xuất sắc nhiệm vụ 5 năm liền",
        "Excellent five years running",
        unit="đảng viên",
        units_en="members",
        formula=Count(
            "member_ratings",
            "flow",
            (Is("level", "excellent"), Condition("years_excellent", ">=", 5)),
        ),
        form="report",
        good="up",
    ),
)
