"""The cap said in words, as a clerk would write the sum out: base → share → rounded down → full, room, or too many."""

from collections.abc import Mapping
from decimal import Decimal

from tongket.core.codelists import SECTOR
from tongket.core.judging import CAP_BASE
from tongket.core.numbers import format_number, format_percent
from tongket.rules.quota import Pool, Reading

POOL_KINDS: Mapping[str, str] = {
    "unit": "Trong tổ chức cơ sở đảng",
    "group": "Trong nhóm có chức năng tương đồng",
    "all": "Toàn đợt",
}


def pool_name(pool: Pool, names: Mapping[str, str]) -> str:
    """What a pool is called: the grassroots organisation, the group, or all."""
    if pool.kind == "all":
        return POOL_KINDS["all"]
    if pool.kind == "group":
        return SECTOR.label(pool.key) if pool.key else "Chưa phân nhóm"
    return names.get(pool.key, pool.key) or "Không thuộc tổ chức cơ sở đảng nào"


def sum_of(reading: Reading) -> str:
    """The sum: "số hoàn thành tốt nhiệm vụ 42 → 20% = 8,4 → làm tròn xuống, trần 8"."""
    return (
        f"{CAP_BASE.label(reading.base_code)} {format_number(reading.base)} → "
        f"{format_percent(reading.percent)} = {format_number(reading.exact, 4)} → trần {format_number(reading.cap)}"
    )


def outcome_of(reading: Reading) -> str:
    """What it comes to: full, room for so many, or so many too many."""
    if reading.over:
        return f"vượt {format_number(reading.over)}"
    if reading.room:
        return f"còn {format_number(reading.room)}"
    return "vừa đủ"


def said(reading: Reading) -> str:
    """Sum and outcome in one line."""
    return f"{sum_of(reading)} → {outcome_of(reading)}"


def share_of(reading: Reading) -> str:
    """The excellent counted as a share of the base, "không tính được" of an empty base."""
    if not reading.base:
        return "không tính được (không có ai trong số làm gốc)"
    return format_percent(Decimal(reading.counted) * 100 / reading.base)
