"""Commemorations, visits and twinning: what was held, and the friendships that last.

An activity belongs to the day on which it began. A twinning has no end: it counts from its day, or from the year on
when only that is known.
"""

from functools import partial

from tongket.core import worklists as work

from ..family import family, parts_of_list
from ..model import Count, Indicator, Is

_held = partial(Indicator, domain="activities", unit="hoạt động", units_en="activities")

INDICATORS: tuple[Indicator, ...] = (
    _held(
        "activities.held",
        "Hoạt động kỷ niệm, kết nghĩa, thăm, gặp mặt",
        "Commemorations, twinning and other activities",
        formula=Count("activities", "flow"),
        note="Theo ngày bắt đầu.",
    ),
    *family(
        _held,
        "activities.held",
        "Hoạt động đã tổ chức",
        "Activities held",
        parts_of_list("kind", work.EVENT_KIND),
        source="activities",
        when="flow",
    ),
    _held(
        "activities.round",
        "Hoạt động kỷ niệm năm tròn",
        "Activities for a round anniversary",
        formula=Count("activities", "flow", (Is("round_year", True),)),
        note="Số năm tính từ sự kiện được kỷ niệm chia hết cho 5.",
    ),
    _held(
        "activities.with_twin",
        "Hoạt động với đơn vị kết nghĩa",
        "Activities with a twin",
        formula=Count("activities", "flow", (Is("twinned", True),)),
        note="Mọi hoạt động gắn với một quan hệ kết nghĩa trong sổ, thuộc loại nào cũng tính.",
    ),
    _held(
        "activities.twinnings",
        "Quan hệ kết nghĩa",
        "Twinnings",
        unit="đơn vị",
        units_en="twins",
        formula=Count("twinnings", "stock"),
        note="Khi chỉ biết năm kết nghĩa thì tính từ đầu năm đó.",
    ),
)
