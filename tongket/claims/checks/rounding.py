"""Judging a printed number by the digits it was printed with, and printing what should stand there."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from tongket.core.numbers import format_number

from ..model import Number

__all__ = [
    "Fit",
    "fit",
    "fit_bound",
    "fit_ratio",
    "off_side",
    "percent",
    "plain",
    "printed",
    "step",
    "whole_bases",
    "whole_counts",
]

#: "rounded": as printed; "cut": the digits after were cut off; "far": another value; "edge": exactly the bound.
Fit = Literal["rounded", "cut", "far", "edge"]

_NUMERAL = re.compile(r"[0-9][0-9.,\u00a0\u2009\u202f]*")
_CLOSE = Fraction(5, 100)


def step(number: Number) -> Fraction:
    """One unit of the last digit printed: 0,01 of “98,11%”, 100000 of “1,5 triệu”."""
    return Fraction(number.scale, 10**number.decimals)


def fit(exact: Fraction, number: Number) -> Fit:
    """How a printed number stands to the exact value. An exact half may be printed either way."""
    value, unit = Fraction(number.value), step(number)
    if abs(exact - value) * 2 <= unit:
        return "rounded"
    return "cut" if value <= exact < value + unit else "far"


def fit_ratio(part: Number, whole: Number, share: Number, added: int = 0, sign: int = 1) -> bool:
    """Whether a printed percentage can be the ratio of two rounded amounts: 6.120,5 of 6.048 tỷ đồng as 101,2%.

    `added` and `sign`: 100 and 1 for a rise, 100 and -1 for a fall, 0 and 1 for the ratio itself.
    """
    a, b = Fraction(part.value), Fraction(whole.value)
    half_a = step(part) / 2 if part.role == "amount" else Fraction(0)
    half_b = step(whole) / 2 if whole.role == "amount" else Fraction(0)
    if b - half_b <= 0:
        return False
    low, high = (a - half_a) * 100 / (b + half_b), (a + half_a) * 100 / (b - half_b)
    if added:
        low, high = sorted((sign * (low - added), sign * (high - added)))
    half = step(share) / 2
    return low <= Fraction(share.value) + half and high >= Fraction(share.value) - half


def fit_bound(exact: Fraction, number: Number, bound: str) -> Fit:
    """How a hedged number stands to the exact value: “trên 81,6%” holds for 81,615, “gần 50%” not for 42,9."""
    value, unit = Fraction(number.value), step(number)
    slack = max(unit, abs(value) * _CLOSE)
    if bound in ("over", "near") and exact == value:
        return "edge"
    if bound == "over":
        return "rounded" if value < exact <= value + slack else "far"
    if bound == "near":
        return "rounded" if value - slack <= exact < value else "far"
    if bound == "at_least":
        return "rounded" if exact >= value else "far"
    if bound == "under":
        return "rounded" if exact <= value else "far"
    if bound == "about":
        return "rounded" if abs(exact - value) <= slack else "far"
    return fit(exact, number)


def off_side(exact: Fraction, number: Number, bound: str) -> bool:
    """Whether a hedge points to the wrong side: “trên 48%” of 45,8, “gần 50%” of 52."""
    value = Fraction(number.value)
    return (bound in ("over", "at_least") and exact < value) or (bound in ("near", "under") and exact > value)


def whole_counts(number: Number, base: Fraction, limit: int = 20) -> list[int]:
    """The whole numbers that are this percentage of `base` to the digits printed, at most `limit` of them."""
    middle = Fraction(number.value) * base / 100
    reach = step(number) * base / 200
    first = -((-(middle - reach)) // 1)
    last = (middle + reach) // 1
    return list(range(max(0, int(first)), min(int(last), int(first) + limit) + 1))


def whole_bases(count: Fraction, number: Number, added: int = 0) -> tuple[int, int] | None:
    """The least and the greatest whole number of which `count` is this percentage; None when there is none.

    `added` is 100 for “vượt 3,5%” and “tăng 3,5%” (103,5% of it), for a fall the percentage is negative.
    """
    sign = -1 if added < 0 else 1
    share, half = sign * Fraction(number.value) + abs(added), step(number) / 2
    low, high = share - half, share + half
    if low <= 0 or count <= 0:
        return None
    first = -((-(100 * count / high)) // 1)
    last = (100 * count / low) // 1
    return (int(first), int(last)) if first <= last else None


def plain(value: Fraction | Decimal | int, decimals: int = 3) -> str:
    """A value as an office writes it: 3.724, 98,113."""
    if isinstance(value, Fraction):
        value = Decimal(value.numerator) / Decimal(value.denominator)
    return format_number(value, decimals)


def percent(exact: Fraction, decimals: int) -> str:
    """A percentage with exactly the digits asked for: 98,11%."""
    value = Decimal(exact.numerator) / Decimal(exact.denominator)
    return format_number(value, decimals, keep_zeros=True) + "%"


def printed(number: Number, exact: Fraction | int) -> str:
    """`exact` in the manner in which a number of the text is printed: digits, sign, unit word and leading nought."""
    exact = Fraction(exact)
    found = _NUMERAL.match(number.text)
    if found is None or number.worded:
        return plain(exact)
    tail = number.text[found.end() :]
    if number.scale > 1 and re.search("[0-9]", tail):  # 8.057 tỷ 265 triệu
        return plain(exact / number.scale) + tail[tail.rfind(" ") :]
    share = exact / number.scale
    value = Decimal(share.numerator) / Decimal(share.denominator)
    text = format_number(value, number.decimals, keep_zeros=True)
    if number.text.startswith("0") and not number.decimals and len(text) < 2:
        text = f"0{text}"
    return text + tail
