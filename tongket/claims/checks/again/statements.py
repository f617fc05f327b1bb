"""The same statement made again with another number, in other words and farther on.

Two counts are held against each other only where every word beside both is understood: what was done, of what body, and
words that tell nothing apart (“là kết quả nổi bật”). One word more (“nữ”, “đợt 2/9”, “xã Quế Phú”, “năm trước”) and
they are two things, unless both have it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from tongket.core.text import fold

from ...reading.keys import plain_key
from ..rounding import off_side, plain, printed
from ..view import View
from .vocabulary import (
    COMMA,
    EMPTY,
    JOINED,
    LED,
    OF_ALL,
    OTHER,
    PART,
    RATES,
    SAID_OF_IT,
    SEVERAL,
    SIDE,
    STATEMENTS,
    TIMES,
    YEAR,
)  # fmt: skip

__all__ = ["check_again"]

_SORTS = frozenset[str]().union(*(one.sorts for one in STATEMENTS))
_BODY_UNITS = frozenset({"tccs dang", "tccsd", "to chuc co so dang"})
_NEAR, _SHORT = 4, 30  # sentences


@dataclass(frozen=True, slots=True)
class _Said:
    """A count as a statement: what it states, of what, and by which further words it is told apart."""

    i: int
    name: str
    sort: str
    apart: frozenset[str]
    whole: bool


def check_again(view: View) -> None:
    """Judge every statement against those made before with the same words."""
    before: dict[tuple[str, str, frozenset[str]], list[_Said]] = {}
    for i in view.of_kind("count", "new_total"):
        said = _said(view, i)
        if said is None:
            continue
        same = before.setdefault((said.name, said.sort, said.apart), [])
        for other in same[-4:]:
            if _may_be_held(view, other, said):
                _hold(view, other.i, i)
                break
        same.append(said)
    _percentages(view)


def _percentages(view: View) -> None:
    """“tỷ lệ đảng viên học tập đạt 97,6% … tỷ lệ đảng viên tham gia học tập đạt 96,7%”: shares that stand alone."""
    before: dict[tuple[str, frozenset[str]], int] = {}
    for i in view.of_kind("share"):
        claim = view.claims[i]
        alone = (
            claim.counted is None and claim.base is None and claim.within is None and claim.tense == "done"
        )
        if not alone or not view.percent(i) or claim.bound or len(claim.numbers) > 1 or view.faulty(i):
            continue
        phrase = plain_key(f"{SIDE.split(view.before(i, 120))[-1]} {SIDE.split(view.after(i, 90))[0]}")
        words_of_it = set(re.findall(r"[a-z]+|[0-9][0-9/.-]*", phrase))
        for one in RATES:
            if not one.said.search(phrase):
                continue
            apart = frozenset(
                w for w in words_of_it - one.own - EMPTY - view.own_name if not YEAR.fullmatch(w)
            )
            first = before.setdefault((one.name + claim.period, apart), i)
            near = claim.sentence - view.claims[first].sentence <= _NEAR
            if (
                first != i
                and len(apart) <= 3
                and near
                and view.value(first) != view.value(i)
                and not apart & OTHER
            ):
                said = f"{view.shown(first)} ở trên, {view.shown(i)} ở đây"
                reason = f"Cùng một tỷ lệ được nêu hai lần khác nhau: {said}."
                view.say(i, "wrong", reason, printed(view.number(i), view.value(first)), view.number(i))
            break


def _phrase(view: View, i: int) -> str:
    """The words of a statement: not what is said of it afterwards (“… đều được thăm hỏi”), nor what led to it."""
    before = LED.split(SIDE.split(view.before(i, 120))[-1])[-1]
    before = JOINED.sub(" ", before)  # “3 tổ chức đảng và 27 đảng viên”
    after = re.split(r"(?<![^\W\d_])và {1,2}[0-9]", SIDE.split(view.after(i, 110))[0])[0]
    return plain_key(f"{before} {SAID_OF_IT.split(after)[0]}")


def _said(view: View, i: int) -> _Said | None:
    claim = view.claims[i]
    plainly = claim.tense == "done" and claim.within is None and len(claim.numbers) == 1
    if not plainly or view.number(i).role != "count" or view.sort(i) not in _SORTS:
        return None
    if view.before(i, 2).endswith("(") or _in_row(view, i):
        return None
    phrase = _phrase(view, i)
    words_of_it = set(re.findall(r"[a-z]+|[0-9][0-9/.-]*", phrase))
    for one in STATEMENTS:
        if not one.said.search(phrase) or view.sort(i) not in one.sorts:
            continue
        if one.name == "TCCS đảng" and claim.unit not in _BODY_UNITS:
            continue
        apart = frozenset(w for w in words_of_it - one.own - EMPTY - view.own_name if not YEAR.fullmatch(w))
        clause = re.split(r"[;\n]|\.(?![0-9])", view.before(i, 160))[-1]
        apart |= frozenset(found.group() for found in TIMES.finditer(clause)) | _place(clause)
        if OF_ALL.search(clause):
            apart |= frozenset(["cả năm"] if SEVERAL.search(view.key, 0, 20_000) else [])
        if (
            apart & OTHER
            or len(apart) > (8 if one.name == "lớp" else 4)
            or (one.name == "lớp" and len(apart) < 2)
        ):
            return None
        whole = "toan " in phrase or "dang bo huyen" in phrase or "tong so" in phrase
        return _Said(i, one.name, view.sort(i), apart, whole)
    return None


def _in_row(view: View, i: int) -> bool:
    """“lần lượt 12, 15 và 18 Huy hiệu”: one of several numbers of a row."""
    beside = [j for j in (i - 1, i) if 0 <= j < len(view.claims) - 1]
    return any(
        view.claims[j].sentence == view.claims[j + 1].sentence
        and COMMA.fullmatch(view.between(j, j + 1)) is not None
        for j in beside
    )


def _place(clause: str) -> frozenset[str]:
    """“Tại xã Quế Phú, kết nạp 6 …”, “Khối trường học, …”: what the clause speaks of before its first comma."""
    lead, comma, _ = clause.rpartition(",")
    return frozenset([plain_key(lead)]) if comma and PART.search(lead) else frozenset()


def _may_be_held(view: View, first: _Said, second: _Said) -> bool:
    one, other = view.claims[first.i], view.claims[second.i]
    if one.period[:4] != other.period[:4] or one.period[4:] != other.period[4:]:
        return False
    own = view.own_name
    bodies = {
        frozenset(fold(claim.body).split()) - own - EMPTY - {"thi", "thanh", "tinh"} for claim in (one, other)
    }
    if len(bodies) > 1 or view.faulty(first.i) or view.faulty(second.i):
        return False
    away = other.sentence - one.sentence
    near = away <= _NEAR or len(view.reading.sentences) <= _SHORT
    if first.apart:
        near = near and away <= _NEAR
    return near or (first.whole and second.whole)


def _hold(view: View, first: int, second: int) -> None:
    """Judge two numbers that must be one; hedged ones must lie on their side of the exact one."""
    one, other = view.claims[first], view.claims[second]
    if one.bound and other.bound:
        return
    value, said = view.value(first), view.value(second)
    number = view.number(second)
    if one.bound or other.bound:
        hedged, exact = (first, said) if one.bound else (second, value)
        if off_side(exact, view.number(hedged), view.claims[hedged].bound):
            exactly = view.shown(second if one.bound else first)
            reason = f"“{view.shown(hedged)}” không khớp với {exactly} trong cùng văn bản."
            view.say(hedged, "wrong", reason, printed(view.number(hedged), exact), view.number(hedged))
        return
    if value == said or _parts(view, first, second):
        return
    reason = (
        f"Cùng một số liệu được nêu hai lần khác nhau: {view.shown(first)} ở trên, {view.shown(second)} ở đây "
        f"({plain(value)} và {plain(said)})."
    )
    view.say(second, "wrong", reason, printed(number, value), number)


def _parts(view: View, first: int, second: int) -> bool:
    """Whether one sentence states both as two of several: “… 12 …; … 9 …, tổng cộng 21”, or the second as a share."""
    of_it = [
        j for j in view.mates(second) if view.claims[j].counted == second and view.claims[j].kind == "share"
    ]
    if any(
        said.data.get("base") == plain(view.value(first)) for j in of_it for said in view.found.get(j, ())
    ):
        return True
    if view.claims[first].sentence != view.claims[second].sentence:
        return False
    total: Fraction = view.value(first) + view.value(second)
    return any(view.value(j) == total for j in view.mates(second))
