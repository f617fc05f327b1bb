"""Changes between two values that both stand before them: “từ 1.138 năm 2023 lên 1.240, tăng 9,0%”."""

from __future__ import annotations

import re
from fractions import Fraction

from ...model import Verdict
from ...reading.keys import words
from ..rounding import fit, percent, plain, printed, step
from ..view import View
from .percentages import way

__all__ = ["check_told_changes"]

_PAST = re.compile(
    words("năm trước", "năm ngoái", "cùng kỳ", "kỳ trước", "nhiệm kỳ trước", "khóa trước", "đầu năm", "đầu nhiệm kỳ",
          "trước đây", "đầu kỳ")
)  # fmt: skip
_UP_TO = re.compile(
    rf"[^;:]{{0,60}}{words('lên', 'xuống', 'còn', 'lên đến', 'xuống còn', 'tăng lên', 'giảm còn', 'nay là', 'nay còn')}"
    r" {1,2}(?:thành |là )?$"
)
_FROM = re.compile(r"(?<![^\W\d_])từ {1,2}(?:mức )?$")
_MADE = re.compile(
    r"[^.:()0-9%]{0,40}\)?(?:\([^()%]{0,40}\) {0,2})?[,;(] {0,2}"
    r"(?:như vậy |qua đó |tức |tức là |đã |sau [^\W\d_]{2,3} năm ){0,3}(?:tăng|giảm|cao hơn|thấp hơn) {1,2}(?:thêm )?$"
)
_OTHER = re.compile(words("chỉ tiêu", "kế hoạch", "nghị quyết", "giao", "bình quân", "trong đó", "riêng"))


def check_told_changes(view: View) -> None:
    """Judge every change whose two values are told right before it, one of them with an earlier time."""
    for i in view.of_kind("change"):
        claim = view.claims[i]
        if len(claim.numbers) > 1 or claim.bound or not claim.direction or view.number(i).role == "other":
            continue
        ends = _ends(view, i)
        if ends is not None:
            _judge(view, i, *ends)
            _also(view, i, *ends)


def _ends(view: View, i: int) -> tuple[int, int] | None:
    """The earlier and the later value before a change; None where the words do not tell which is which."""
    said = [j for j in view.mates(i) if j < i and view.claims[j].kind not in ("date", "plain", "span")]
    points = view.number(i).role == "points"
    if len(said) < 2:
        return None
    first, second = said[-2:]
    kinds = {view.claims[j].kind for j in (first, second)}
    percents = [view.percent(j) for j in (first, second)]
    plainly = kinds <= ({"share"} if points else {"count", "new_total"}) and all(
        one == points for one in percents
    )
    if not plainly or any(view.claims[j].bound or len(view.claims[j].numbers) > 1 for j in (first, second)):
        return None
    if view.sort(first) not in (view.sort(second), "") and view.sort(second):
        return None
    stretch = view.key[view.number(first).end : view.number(i).start]
    lead = view.before(first, 60)
    if len(stretch) > 160 or _OTHER.search(stretch) or _OTHER.search(re.split("[;.]", lead)[-1]):
        return None
    if not _MADE.fullmatch(view.between(second, i)):
        return None
    if _FROM.search(lead) and _UP_TO.fullmatch(view.between(first, second)):
        return first, second
    one, other = _time(view, first), _time(view, second)
    against = _AGAINST.match(view.after(i, 60))
    if against and int(against[1]) not in (one, other):
        return None  # “…, tăng 20% so với năm 2021”: a time farther back
    if against and int(against[1]) == max(one, other):
        return None
    if other and (not one or one > other):
        return second, first
    return (first, second) if one and other and one < other else None


_AGAINST = re.compile(r"[^,;.()0-9]{0,30}so (?:với )?năm ((?:19|20)[0-9]{2})")


def _time(view: View, j: int) -> int:
    """The year told with a value; -1 for a word of an earlier time, 0 for none."""
    lead = re.split(r"[,;()]", view.before(j, 60).removesuffix("("))[-1]
    after = re.split(r"[,;()]", view.after(j, 24))[0]
    if _PAST.search(lead) or _PAST.search(after):
        return -1
    for k in (j - 1, j + 1):
        if 0 <= k < len(view.claims) and view.number(k).role == "year":
            gap = view.between(k, j) if k < j else view.between(j, k)
            if (
                len(gap) < 40
                and not re.search(r"[,;)]", gap)
                and (k < j or not view.before(k, 12).strip().endswith("so với năm"))
            ):
                return int(view.value(k))
    return 0


def _also(view: View, i: int, was: int, now: int) -> None:
    """“…, năm trước là 80 đồng chí, tăng 8 đồng chí, tức 10%”: the same change in per cent."""
    j = i + 1
    if view.percent(i) or j >= len(view.claims) or view.claims[j].sentence != view.claims[i].sentence:
        return
    claim, number, old = view.claims[j], view.number(j), view.value(was)
    same = claim.kind in ("change", "share") and number.role == "percent" and not claim.bound and old
    if not same or len(claim.numbers) > 1 or not _THAT_IS.fullmatch(view.between(i, j)):
        return
    exact = abs(view.value(now) - old) * 100 / old
    said = f"{view.shown(now)} so với {view.shown(was)}: {plain(exact, number.decimals + 1)}%"
    view.found.pop(j, None)
    view.say_percent(j, exact, said)


_THAT_IS = re.compile(
    r"[^,;.:()0-9]{0,30}(?:, {0,2}(?:tức|tương ứng|tương đương|bằng)|\()(?: (?:với|là))? {0,2}(?:tăng |giảm )?"
)


def _judge(view: View, i: int, was: int, now: int) -> None:
    number, old, new = view.number(i), view.value(was), view.value(now)
    up = view.claims[i].direction == "up"
    exact: Fraction = (new - old) * (1 if up else -1)
    name = f"{view.shown(now)} so với {view.shown(was)}"
    per_cent = number.role == "percent"
    if per_cent:
        if not old:
            return
        exact = exact * 100 / old
    slack = Fraction(0)
    if number.role == "points":
        slack = (step(view.number(was)) + step(view.number(now))) / 2
    view.found.pop(i, None)
    told = f"{name}: {way(view, i)} {plain(abs(exact), number.decimals + 1)}"
    how = fit(exact, number)
    if how == "rounded" or abs(exact - view.value(i)) <= slack:
        view.say(i, "right", f"{told}.")
    elif exact < 0:
        view.say(i, "wrong", f"{name} không phải là {way(view, i)}.")
    else:
        right = percent(exact, number.decimals) if per_cent else printed(number, exact)
        verdict: Verdict = "doubtful" if how == "cut" else "wrong"
        view.say(i, verdict, f"{told}, không phải {number.text}.", right, number)
