"""Numbers as Vietnamese offices write them: ``3.724`` members, ``98,11%``.

All arithmetic is decimal and rounds half up, as the statistics forms do; a
binary float is read by its shortest writing, so ``0.285`` prints ``0,29``.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal

__all__ = ["BadNumber", "Number", "format_number", "format_percent", "parse_number", "round_half_up"]

Number = int | float | Decimal

_SEPARATORS = {"vi": (".", ","), "en": (",", ".")}
_WIDE = Context(prec=60)


class BadNumber(ValueError):
    """A writing that cannot be read as a number; the message says how to write it."""


def round_half_up(value: Number, decimals: int = 0) -> Decimal:
    """``value`` rounded to ``decimals`` places, halves away from zero, without float drift.

    Raises ValueError for NaN and infinities: a figure that does not exist is None, never NaN.
    """
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if not exact.is_finite():
        raise ValueError("Không có giá trị số để làm tròn.")
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP, context=_WIDE)


def format_number(
    value: Number, decimals: int | None = None, lang: str = "vi", *, keep_zeros: bool = False
) -> str:
    """``value`` with thousands grouped: ``3.724`` and ``98,11`` (``lang="en"``: ``3,724``, ``98.11``).

    ``decimals`` is the greatest number of decimal places, 2 unless told. Trailing
    zeros go (``3,5``) unless ``keep_zeros``, which tables of equal width want.
    """
    group, point = _SEPARATORS["en" if lang.startswith("en") else "vi"]
    rounded = round_half_up(value, 2 if decimals is None else decimals)
    sign = "-" if rounded < 0 else ""
    whole, _, fraction = f"{abs(rounded):f}".partition(".")
    if not keep_zeros:
        fraction = fraction.rstrip("0")
    grouped = f"{int(whole):,}".replace(",", group)
    return f"{sign}{grouped}{point}{fraction}" if fraction else f"{sign}{grouped}"


def format_percent(value: Number, decimals: int = 2, lang: str = "vi", *, keep_zeros: bool = False) -> str:
    """``value``, already in percent, with its sign: ``98,11%``, ``3,5%``."""
    return format_number(value, decimals, lang, keep_zeros=keep_zeros) + "%"


def parse_number(text: str, lang: str = "vi") -> Decimal:
    """Read ``3.724``, ``98,11``, ``98,11%``, ``1.234.567,5`` or ``3 724``; a percent sign is dropped.

    In Vietnamese a dot between groups of three digits groups thousands, so
    ``3.724`` is 3724. A single dot that cannot group (``3.5``, ``0.125``) is read
    as the decimal point that a foreign keyboard gave. Raises :class:`BadNumber`.
    """
    group, point = _SEPARATORS["en" if lang.startswith("en") else "vi"]
    bare = re.sub(r"\s", "", text).removesuffix("%").replace("\u2212", "-")
    g, p = re.escape(group), re.escape(point)
    if re.fullmatch(rf"[+-]?([1-9][0-9]{{0,2}}({g}[0-9]{{3}})+|[0-9]+)({p}[0-9]+)?", bare):
        return Decimal(bare.replace(group, "").replace(point, "."))
    if re.fullmatch(rf"[+-]?[0-9]+{g}[0-9]+", bare):
        return Decimal(bare.replace(group, "."))
    shown = text.strip()[:40]
    raise BadNumber(f"“{shown}” không phải là số. Hãy viết như 3.724 hoặc 98,11.")
