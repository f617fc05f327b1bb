"""Percentages of money and measures: “thu 1.245,6 triệu đồng, nộp cấp trên 30%, tương đương 373,68 triệu đồng”."""

from __future__ import annotations

import re
from fractions import Fraction

from ...reading.keys import words
from ..rounding import fit_ratio, percent, plain, printed
from ..view import View
from .wholes import slip

__all__ = ["check_amounts"]

_THAT_IS = re.compile(
    rf"[^;.0-9]{{0,40}}{words('tương đương', 'tức', 'tức là', 'tương ứng', 'là', 'bằng', 'với số tiền')}"
    rf"(?: {{1,2}}(?:với|là|số {{1,2}}tiền))*:? {{0,2}}|[^;.()0-9]{{0,40}}\( {{0,2}}(?:tương đương |tức |là )?"
)
_OTHER = re.compile(
    words(
        "chỉ tiêu", "kế hoạch", "dự toán", "giao", "mục tiêu", "so với", "cùng kỳ", "tăng", "giảm", "vượt", "tốc độ",
        "nghị quyết", "hộ", "phấn đấu",
    )
)  # fmt: skip
_PART = re.compile(
    words("trong đó", "trích", "riêng", "nộp", "đã chi", "đã giải ngân", "giải ngân", "đã nộp")
)
_MONEY = re.compile(r" {0,2}(?:đồng|đ|vnđ|vnd)(?![^\W\d_])")


def check_amounts(view: View) -> None:
    """Judge every percentage that stands between or after two amounts of money."""
    for i in view.of_kind("share"):
        if not view.percent(i) or view.claims[i].bound or view.claims[i].tense != "done":
            continue
        if any(said.verdict != "not_checked" for said in view.found.get(i, ())):
            continue
        before = [j for j in view.mates(i) if j < i and _money(view, j)]
        after = [j for j in view.mates(i) if j == i + 1 and _money(view, j)]
        if _OTHER.search(view.sentence(i)):
            continue
        if before and after and _THAT_IS.fullmatch(view.between(i, after[0])):
            _judge(view, i, after[0], before[-1] if len(before) == 1 else before[0], part_named=True)
        elif (
            len(before) == 2
            and before[-1] == i - 1
            and _PART.search(view.between(*before))
            and view.value(before[1]) < view.value(before[0])
        ):
            _judge(view, i, before[1], before[0], part_named=False)


def _money(view: View, j: int) -> bool:
    number = view.number(j)
    return (
        view.claims[j].kind == "count"
        and number.role == "amount"
        and _MONEY.match(view.key, number.end) is not None
    )


def _judge(view: View, i: int, part: int, whole: int, *, part_named: bool) -> None:
    share, a, b = view.number(i), view.number(part), view.number(whole)
    if not b.value:
        return
    exact = Fraction(a.value) * 100 / Fraction(b.value)
    said = f"{view.shown(part)} trên {view.shown(whole)} là {plain(exact, share.decimals + 2)}%"
    if fit_ratio(a, b, share):
        view.say(i, "right", f"{said}.")
    elif part_named:  # the rate is fixed, the amount follows from it
        right = Fraction(b.value) * Fraction(share.value) / 100
        view.say(
            part, "wrong", f"{share.text} của {view.shown(whole)} là {plain(right)}.", printed(a, right), a
        )
    elif slip(exact, share):
        view.say(i, "wrong", f"{said}, không phải {share.text}.", percent(exact, share.decimals), share)
