"""The cap said in words, as a clerk would write the sum out: base → share → rounded down → full, room, or too many."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy

from tongket.core.codelists import SECTOR
from tongket.core.judging import CAP_BASE
from tongket.core.numbers import format_number, format_percent
from tongket.rules.quota import Pool, Reading

POOL_KINDS: Mapping[str, str] = {
    "unit": "Trong tổ chức cơ sở đảng",
    "group": "Trong nhóm có chức năng tương đồng",
    "all": "Toàn đợt",
}


#: What each rule of the cap decides, said before its citation.
DECIDES: Mapping[str, Any] = {
    "rate.cap.percent": gettext_lazy("Tỷ lệ tối đa."),
    "rate.cap.base": gettext_lazy("Số làm gốc và cách làm tròn."),
    "rate.cap.pools": gettext_lazy("Phạm vi tính."),
    "rate.cap.special": gettext_lazy("Trường hợp đặc biệt."),
    "rate.cap.outstanding": gettext_lazy("Tập thể có thành tích nổi trội."),
}


def pool_name(pool: Pool, names: Mapping[str, str]) -> str:
    """What a pool is called: the grassroots organisation, the group, or all."""
    if pool.kind == "all":
        return POOL_KINDS["all"]
    if pool.kind == "group":
        return SECTOR.label(pool.key) if pool.key else "Chưa phân nhóm"
    return names.get(pool.key, pool.key) or "Không thuộc tổ chức cơ sở đảng nào"


def sum_of(reading: Reading) -> str:
    """The sum: "Số hoàn thành tốt nhiệm vụ 42 → 20% = 8,4 → trần 8, có 10"."""
    return (
        f"{CAP_BASE.label(reading.base_code)} {format_number(reading.base)} → "
        f"{format_percent(reading.percent)} = {format_number(reading.exact, 4)} → trần {format_number(reading.cap)}, "
        f"có {format_number(reading.counted)}"
    )


def outcome_of(reading: Reading) -> str:
    """What it comes to: full, none allowed, room for so many, or so many too many."""
    if reading.over:
        return f"vượt {format_number(reading.over)}"
    if reading.room:
        return f"còn {format_number(reading.room)}"
    if not reading.cap:
        return "không có suất"
    return "vừa đủ"


def said(reading: Reading) -> str:
    """Sum and outcome in one line."""
    return f"{sum_of(reading)} → {outcome_of(reading)}"


def share_of(reading: Reading) -> str:
    """The excellent counted as a share of the base, "không tính được" of an empty base."""
    if not reading.base:
        return "không tính được (không có ai trong số làm gốc)"
    return format_percent(Decimal(reading.counted) * 100 / reading.base)
