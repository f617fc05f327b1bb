"""Means: “274 lớp bồi dưỡng … 23.450 lượt học viên, bình quân 85,6 học viên mỗi lớp”."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

from tongket.core.text import fold

from ...model import Verdict
from ...reading.keys import words
from ..rounding import fit, fit_bound, off_side, plain, printed
from ..view import COUNTS, View

__all__ = ["check_means"]

_MEAN = re.compile(words("bình quân", "trung bình"))
_EACH = r"(?:(?<![^\W\d_])(?:mỗi|một|trên)|/) {0,2}(?P<each>[^\W\d_][^,;.:()0-9/]{0,28})"
_EACH_AFTER = re.compile(rf"[^,;.:()0-9/]{{0,24}}?{_EACH}")
_EACH_BEFORE = re.compile(
    r"(?:bình {1,2}quân|trung {1,2}bình) {1,2}(?:mỗi|một) {1,2}(?P<each>[^,;.:()0-9]{1,30})$"
)


_EACH_FIRST = re.compile(
    r"(?<![^\W\d_])mỗi {1,2}(?P<each>[^,;.:()0-9]{1,30}?) {1,2}"
    r"(?:bình {1,2}quân|trung {1,2}bình)(?: (?:có|đạt|là))? {1,2}$"
)
_PLACES = re.compile(r"(xã|phường), {0,2}(phường|thị trấn)")
_HEDGE = re.compile(r" (?:gần|hơn|trên|khoảng|dưới|là|có|đạt)$")
_EACH_ONE = re.compile(
    r"(?<![^\W\d_])mỗi {1,2}(?P<each>[^,;.:()0-9]{1,24}?)(?: {1,2}(?:được|là|trị giá))? {1,2}$"
)
_ALTOGETHER = re.compile(
    r"(?<![^\W\d_])tổng(?: {1,2}(?:kinh phí|trị giá|số tiền|giá trị|cộng|số|mức))*(?: {1,2}(?:là|hơn|gần))? {1,2}$"
)


def _products(view: View) -> None:
    """“hỗ trợ 25 hộ, mỗi hộ 40 triệu đồng, tổng kinh phí 1.000 triệu đồng”."""
    for claims in view.by_sentence.values():
        amounts = [
            j for j in claims[:40] if view.claims[j].kind == "count" and view.number(j).role == "amount"
        ]
        for each, total in pairwise(amounts):
            said = _EACH_ONE.search(view.before(each, 50))
            if said is None or not _ALTOGETHER.search(view.before(total, 40)):
                continue
            unit = fold(said.group("each").strip())
            counts = [
                j
                for j in claims[:40]
                if j < each and view.claims[j].unit and _same(unit, view.claims[j].unit)
            ]
            if len(counts) != 1 or any(view.claims[j].bound for j in (counts[0], each, total)):
                continue
            exact, number = view.value(counts[0]) * view.value(each), view.number(total)
            made = f"{view.shown(counts[0])} × {view.shown(each)}"
            if fit(exact, number) == "rounded":
                view.say(total, "right", f"{made}: đúng bằng tổng đã nêu.")
            else:
                view.say(total, "wrong", f"{made} không phải {number.text}.", printed(number, exact), number)


def check_means(view: View) -> None:
    """Judge means of two counts that stand in the same sentence or the one before, and so much for each."""
    _products(view)
    for i in view.of_kind("count"):
        before = _PLACES.sub(r"\1 \2", view.before(i, 60))
        mean = _MEAN.search(re.split(r"[,;.:()]", before)[-1])
        if mean is None or view.claims[i].tense == "estimate":
            continue
        each = (
            _EACH_BEFORE.search(before) or _EACH_FIRST.search(before) or _EACH_AFTER.match(view.after(i, 60))
        )
        if each is None:
            continue
        _judge(view, i, fold(_HEDGE.sub("", each.group("each").strip())))


def _judge(view: View, i: int, each: str) -> None:
    unit = view.claims[i].unit
    if each.split()[:1] == ["nam"]:
        _yearly(view, i)
        return
    near = [
        j
        for j in view.counts_near(i, 1)
        if (j < i or _explains(view, i, j)) and not view.percent(j) and view.paragraph(j) == view.paragraph(i)
    ]
    bases = [j for j in near if view.claims[j].unit and _same(each, view.claims[j].unit)]
    if not bases and each in ("nguoi", "dong chi", "dang vien"):
        bases = [j for j in near if view.sort(j) == "person" and view.number(j).role == "count"]
    wholes = [
        j for j in near if j not in bases and view.claims[j].within is None and unit and _about(view, j, unit)
    ]
    if view.number(i).role == "amount":
        wholes = [j for j in near if view.number(j).role == "amount" and j < i and j not in bases][:1]
    own = [j for j in wholes if view.claims[j].sentence == view.claims[i].sentence]
    wholes = own if own else wholes
    if not wholes and view.sort(i) == "person":  # “268 quần chúng ưu tú, bình quân mỗi lớp 76 học viên”
        wholes = [
            j for j in near if j not in bases and view.sort(j) == "person" and view.claims[j].within is None
        ]
    if len(bases) != 1 or len(wholes) != 1 or view.claims[bases[0]].bound or view.claims[wholes[0]].bound:
        return
    base, whole = view.value(bases[0]), view.value(wholes[0])
    number, bound = view.number(i), view.claims[i].bound
    if not base or view.claims[wholes[0]].kind not in COUNTS:
        return
    exact = whole / base
    said = f"{view.shown(wholes[0])} chia cho {view.shown(bases[0])} là {plain(exact, number.decimals + 1)}"
    if (fit_bound(exact, number, bound) if bound else fit(exact, number)) == "rounded":
        view.say(i, "right", f"{said}.")
    elif bound and (off_side(exact, number, bound) or abs(exact - view.value(i)) * 4 > exact):
        view.say(i, "wrong", f"{said}, không phải {view.shown(i)}.", printed(number, exact), number)
    elif fit(exact, number) == "cut" or bound or abs(exact - view.value(i)) * 50 < exact:
        view.say(i, "doubtful", f"{said}, không phải {number.text}.", printed(number, exact), number)
    else:
        view.say(i, "wrong", f"{said}, không phải {number.text}.", printed(number, exact), number)


def _explains(view: View, i: int, j: int) -> bool:
    """“bình quân mỗi chi bộ có 12 đảng viên (3.900 đảng viên/325 chi bộ)”: both stand in the bracket after."""
    between = view.between(i, j) if j > i else ""
    return j in (i + 1, i + 2) and "(" in between and ")" not in between


def _yearly(view: View, i: int) -> None:
    """“trong 5 năm kết nạp 450 đảng viên, bình quân mỗi năm 90”: over the years that the sentence names."""
    before = [
        j
        for j in view.mates(i)
        if j < i
        and view.claims[j].kind == "count"
        and view.number(j).role == "count"
        and not view.claims[j].bound
    ]
    same = [j for j in before if view.sort(j) == view.sort(i) or not view.sort(i)]
    row = before[-12:]
    while len(row) > 1 and not all(_COMMA.fullmatch(view.between(a, b)) for a, b in pairwise(row)):
        row = row[1:]
    if len(row) > 2:
        _of_row(view, i, row)
        return
    years = {value for j in view.mates(i) for value in _years(view, j)}
    if len(same) != 1 or not years or view.claims[i].bound:
        return
    whole, number = view.value(same[0]), view.number(i)
    fits = {n: fit(whole / n, number) for n in sorted(years)}
    name = view.shown(same[0])
    if "rounded" in fits.values():
        n = next(n for n, how in fits.items() if how == "rounded")
        view.say(i, "right", f"{name} trong {n} năm: mỗi năm {plain(whole / n, number.decimals + 1)}.")
        return
    n = max(years) if len(years) == 1 else min(years)
    said = (
        f"{name} trong {n} năm là {plain(whole / n, number.decimals + 1)} mỗi năm, không phải {number.text}"
    )
    near = any(abs(whole / k - view.value(i)) < 1 for k in years)
    view.say(i, "doubtful" if near else "wrong", f"{said}.", printed(number, whole / n), number)


_COMMA = re.compile(r"[^\W\d_ ]{0,5} {0,2}(?:,|và|, và) {0,2}")


def _of_row(view: View, i: int, row: list[int]) -> None:
    """“mỗi năm kết nạp lần lượt 108, 112, 119 đảng viên, bình quân mỗi năm 113”."""
    number, middle = view.number(i), sum((view.value(j) for j in row), Fraction(0)) / len(row)
    said = f"Bình quân của {', '.join(plain(view.value(j)) for j in row)} là {plain(middle, number.decimals + 1)}"
    how = fit(middle, number)
    if how == "rounded":
        view.say(i, "right", f"{said}.")
    else:
        verdict: Verdict = "doubtful" if how == "cut" else "wrong"
        view.say(i, verdict, f"{said}, không phải {number.text}.", printed(number, middle), number)


def _years(view: View, j: int) -> list[int]:
    """How many years a number speaks of: “5 năm”, “2020-2025” (counted either way)."""
    number = view.number(j)
    if number.role in ("age", "ordinal", "other", "count") and _OF_YEARS.match(view.key, number.end):
        return [int(number.value)] if 2 <= number.value <= 15 else []
    ends = _SPAN.fullmatch(number.text) if number.role == "span" else None
    if ends is None:
        return []
    length = int(ends[2]) - int(ends[1])
    return [length, length + 1] if 1 <= length <= 15 else []


_OF_YEARS = re.compile(r" {0,2}năm(?! {1,2}tuổi)(?![^\W\d_])")
_SPAN = re.compile(r"([0-9]{4})[^0-9]{1,4}([0-9]{4})")


def _same(each: str, unit: str) -> bool:
    unit = unit.replace(",", "")  # “xã, thị trấn”
    return each == unit or each.startswith(unit + " ") or unit.startswith(each + " ")


def _about(view: View, j: int, unit: str) -> bool:
    """Whether a count is of what the mean is of: “23.450 lượt học viên” of “85,6 học viên”."""
    claim = view.claims[j]
    return (
        claim.unit == unit
        or unit in claim.subject
        or (bool(claim.unit) and unit.startswith(f"{claim.unit} "))
        or (bool(view.sort(j)) and fold(claim.text).endswith(unit))
    )
