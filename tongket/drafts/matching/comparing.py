"""Whether a printed number says what a figure is: to the digits printed, with the words that hedge it."""

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tongket.claims.model import Number, Verdict
from tongket.core.numbers import format_number, round_half_up
from tongket.drafts.matching.plain import plain as fold

#: 'Gần', 'khoảng': how far the number may lie, as a part of it (claim-patterns, 2.4).
CLOSE = Fraction(5, 100)
FAR = Fraction(15, 100)

_HEDGES = (
    ("over", r"(?:tren|hon)"),
    ("near", r"(?:gan|xap xi)"),
    ("at_least", r"(?:it nhat|toi thieu)"),
    ("under", r"(?:duoi|chua den|khong qua)"),
    ("about", r"(?:khoang|chung)"),
)


@dataclass(frozen=True, slots=True)
class Compared:
    """The verdict, what should be printed in the same form, and why when it is not simply equal."""

    verdict: Verdict
    expected: str
    remark: str = ""


def hedge_before(text: str, number: Number) -> str:
    """The bound that the word right before a number sets ("trên 93%": over), "" without one."""
    said = fold(text[max(0, number.start - 14) : number.start])
    return next((name for name, word in _HEDGES if re.search(rf"(?<!\w){word}$", said)), "")


def compared(number: Number, exact: Fraction, bound: str) -> Compared:
    """Hold a printed number against the exact value of what it is about."""
    scale = number.scale
    printed, actual = Fraction(number.value) / scale, exact / scale
    if bound in ("over", "near", "at_least", "under", "about"):
        return _hedged(number, printed, actual, bound, scale)
    should = _written(number, actual, scale)
    unit = Fraction(1, 10**number.decimals)
    if abs(actual - printed) <= unit / 2:
        return Compared("right", should)
    if scale == 1 and actual.denominator != 1 and _cut(actual, unit) == printed:
        return Compared(
            "doubtful", should, f"bị cắt bớt, không làm tròn: {shown(exact, number.decimals + 2)}"
        )
    return Compared("wrong", should)


def shown(exact: Fraction, decimals: int = 2) -> str:
    """A value as an office writes it."""
    return format_number(_decimal(exact), 0 if exact.denominator == 1 else decimals)


def _hedged(number: Number, printed: Fraction, actual: Fraction, bound: str, scale: int) -> Compared:
    unit = _unit(number, printed)
    gap = abs(actual - printed)
    near = max(unit, abs(printed) * CLOSE)
    if bound == "over":
        fits, expected = actual > printed, _down(number, actual, scale)
        tight = gap < unit if unit else False
    elif bound == "near":
        fits, expected = actual < printed, _up(number, actual, scale)
        tight = gap <= near
    elif bound == "at_least":
        return Compared("right" if actual >= printed else "wrong", _down(number, actual, scale))
    elif bound == "under":
        fits, expected, tight = actual < printed, _up(number, actual, scale), gap <= max(near, unit)
    else:
        fits, expected, tight = gap <= abs(printed) * FAR, _written(number, actual, scale), gap <= near
    if not fits:
        return Compared("wrong", expected, f"số thực là {shown(actual * scale)}")
    if tight:
        return Compared("right", expected)
    far = CLOSE if bound == "over" else FAR
    verdict: Verdict = "doubtful" if gap <= max(abs(printed) * far, unit) else "wrong"
    return Compared(verdict, expected, f"số thực là {shown(actual * scale)}, cách xa số được nêu")


def _unit(number: Number, printed: Fraction) -> Fraction:
    """The step in which a hedged number is named: 93% in ones, 270 in tens, 16.000 in thousands."""
    if number.decimals or printed == 0 or printed.denominator != 1:
        return Fraction(1, 10**number.decimals)
    step, whole = 1, abs(int(printed))
    while whole % (step * 10) == 0:
        step *= 10
    return Fraction(step)


def _cut(value: Fraction, unit: Fraction) -> Fraction:
    return math.trunc(value / unit) * unit


def _down(number: Number, actual: Fraction, scale: int) -> str:
    unit = Fraction(1, 10**number.decimals)
    below = _cut(actual, unit)
    return _written(number, below if below != actual else actual - unit, scale)


def _up(number: Number, actual: Fraction, scale: int) -> str:
    unit = Fraction(1, 10**number.decimals)
    above = _cut(actual, unit) + unit
    return _written(number, above, scale)


def _written(number: Number, actual: Fraction, scale: int) -> str:
    """The value in the claim's own form: as many digits, a nought before, the sign of per cent, the big unit."""
    value = round_half_up(_decimal(actual), number.decimals)
    text = format_number(value, number.decimals, keep_zeros=True)
    if re.match(r"0\d", number.text) and value < 10 and not number.decimals:
        text = f"0{text}"
    if "%" in number.text:
        space = " " if re.search(r"\d\s+%", number.text) else ""
        return f"{text}{space}%"
    if scale > 1:
        tail = re.sub(r"^[\d.,\s]+", "", number.text)
        return f"{text} {tail}"
    return text


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
