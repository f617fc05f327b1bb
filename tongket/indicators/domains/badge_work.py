"""Proposals of badges on their way to the decision. The badges given are in `honours`."""

from functools import partial

from ..family import Part, family
from ..model import Condition, Count, In, Indicator, Is, Not
from .honours import MARKS

_proposals = partial(
    Indicator, domain="honours", unit="đề nghị", units_en="proposals", form="report", basis="badge.who"
)


def _count(key: str, vi: str, en: str, *conditions: Condition, basis: str = "badge.who") -> Indicator:
    return _proposals(
        f"honours.badge_proposals{key}",
        vi,
        en,
        formula=Count("badge_proposals", "flow", conditions),
        basis=basis,
    )


_MARKS = (
    *(Part(str(mark), f"{mark} năm tuổi Đảng", f"{mark} years", Is("mark", mark)) for mark in MARKS),
    Part("other_marks", "mức khác", "other marks", Not("mark", *MARKS)),
)

INDICATORS: tuple[Indicator, ...] = (
    _count("", "Đề nghị tặng Huy hiệu Đảng", "Badges proposed"),
    _count(
        ".sent",
        "Đề nghị tặng Huy hiệu Đảng đã trình cấp quyết định",
        "Proposals submitted to who decides",
        In("state", "sent", "approved", "refused", "awarded"),
    ),
    _count(
        ".approved",
        "Đề nghị tặng Huy hiệu Đảng đã có quyết định",
        "Proposals decided",
        In("state", "approved", "awarded"),
    ),
    _count(
        ".refused", "Đề nghị tặng Huy hiệu Đảng không được duyệt", "Proposals refused", Is("state", "refused")
    ),
    _count(".awarded", "Đề nghị tặng Huy hiệu Đảng đã trao", "Proposals given", Is("state", "awarded")),
    _count(
        ".withdrawn", "Đề nghị tặng Huy hiệu Đảng đã rút", "Proposals withdrawn", Is("state", "withdrawn")
    ),
    _count(
        ".early",
        "Đề nghị tặng Huy hiệu Đảng sớm",
        "Badges proposed early",
        Is("ground", "early"),
        basis="badge.early",
    ),
    _count(
        ".posthumous",
        "Đề nghị truy tặng Huy hiệu Đảng",
        "Badges proposed after death",
        Is("ground", "posthumous"),
        basis="badge.death",
    ),
    *family(
        _proposals,
        "honours.badge_proposals.mark",
        "Đề nghị tặng Huy hiệu Đảng",
        "Badges proposed",
        _MARKS,
        source="badge_proposals",
        when="flow",
    ),
)
