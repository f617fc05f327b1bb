"""What remains, told otherwise: “trước đây có 34, giảm 9, còn 27”, “9/14 đạt, 6 chưa đạt”, “27 nhất trí, 5 không”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from ...reading.keys import words
from ..rounding import plain, printed
from ..view import COUNTS, View

__all__ = ["check_remains"]

_NOW = re.compile(
    rf"{words('còn', 'chỉ còn', 'hiện còn', 'nay còn', 'còn lại', 'lên', 'nay có', 'hiện có', 'thành')} {{1,2}}$"
)
_CAME = re.compile(words("nhận", "tiếp nhận", "thụ lý", "nhận được", "nhận trong năm", "phải giải quyết"))
_DONE = re.compile(
    words("giải quyết", "xử lý", "chuyển", "trả lại", "xếp lưu", "hướng dẫn", "rút đơn", "đình chỉ")
)
_LEFT = re.compile(
    rf"{words('còn tồn', 'còn', 'còn lại', 'tồn', 'còn đang giải quyết', 'đang xem xét')} {{1,2}}$"
)
_NOT = re.compile(
    r"(?<![^\W\d_])(?:chưa|không)(?: {1,2}được)? {1,2}(?P<deed>[^\W\d_]{2,10}(?: {1,2}[^\W\d_]{2,10})?)"
)
_KEPT = re.compile(
    words(
        "tăng", "giảm", "so với", "kế hoạch", "chỉ tiêu giao", "trong đó", "kỳ trước", "năm trước", "cùng kỳ"
    )
)
_OPPOSED = tuple(
    (re.compile(words(*one)), re.compile(words(*other)))
    for one, other in (
        (("tái cử",), ("lần đầu", "mới tham gia", "tham gia lần đầu")),
        (("nhất trí", "đồng ý", "thống nhất"), ("không nhất trí", "không đồng ý", "không thống nhất")),
        (("đúng hạn", "đúng thời hạn"), ("quá hạn", "chậm", "trễ hạn")),
    )
)


def check_remains(view: View) -> None:
    """Judge every number that what goes before leaves over."""
    for claims in view.by_sentence.values():
        figures = [j for j in claims[:60] if view.claims[j].kind in (*COUNTS, "change", "share")]
        for place in range(len(figures)):
            _after_change(view, figures[place : place + 3])
            _undone(view, figures[place : place + 2])
        _handled(view, [j for j in figures if view.claims[j].kind != "share"])
        _opposed(view, figures)


def _exact(view: View, j: int, *kinds: str) -> bool:
    claim = view.claims[j]
    return (
        claim.kind in kinds and view.number(j).role == "count" and not claim.bound and len(claim.numbers) == 1
    )


def _say(view: View, j: int, said: str, right: Fraction) -> None:
    number = view.number(j)
    if view.value(j) == right:
        view.say(j, "right", f"{said}.")
    elif not view.faulty(j) and right >= 0:
        view.say(j, "wrong", f"{said}, không phải {number.text}.", printed(number, right), number)


def _more(view: View, last: int, right: Fraction) -> bool:
    """“còn 3 đơn đang xem xét và 1 đơn chưa đủ điều kiện”: what follows is left as well; more than is left is wrong."""
    later = [j for j in view.mates(last) if j > last and view.claims[j].kind == "count"]
    alike = [
        j for j in later if view.claims[j].unit == view.claims[last].unit and view.claims[j].within is None
    ]
    return bool(alike) and view.value(last) < right


def _after_change(view: View, three: Sequence[int]) -> None:
    """“trước đây có 34 chi bộ, sau sáp nhập giảm 9 chi bộ, chỉ còn 27”."""
    if len(three) < 3 or not (_exact(view, three[0], "count") and _exact(view, three[1], "change")):
        return
    was, by, now = three
    direction = view.claims[by].direction
    if (
        not _exact(view, now, "count", "new_total")
        or not direction
        or view.claims[was].unit != view.claims[by].unit
    ):
        return
    lead = view.between(by, now)
    if not re.search(words("trước đây", "trước khi", "ban đầu", "đầu năm", "đầu kỳ"), view.before(was, 60)):
        return
    if not _NOW.search(lead) or len(lead) > 60 or view.sort(now) not in (view.sort(was), ""):
        return
    sign = 1 if direction == "up" else -1
    right = view.value(was) + sign * view.value(by)
    said = f"{plain(view.value(was))} {'+' if sign > 0 else '−'} {plain(view.value(by))} = {plain(right)}"
    _say(view, now, said, right)


def _undone(view: View, two: Sequence[int]) -> None:
    """“9/14 đảng bộ đạt chỉ tiêu, 6 đảng bộ chưa đạt”, “100% chi bộ đã …, còn 2/52 chi bộ chưa …”."""
    if len(two) < 2:
        return
    first, second = two
    rest = re.split(r"[,;.(]", view.after(second, 80))[0]
    yet = _NOT.search(rest)
    if yet is None or view.claims[first].unit != view.claims[second].unit or not view.claims[first].unit:
        return
    done = view.between(first, second)
    further = set(re.findall(r"[^\W\d_]+", rest[yet.end() :])) - {"được", "xong", "đạt", "chỉ", "tiêu"}
    same = yet["deed"].split()[0] in done and not _NOT.search(done) and not _KEPT.search(done)
    if not same or len(done) > 120:
        return
    if view.claims[first].kind == "pair" and _exact(view, second, "count"):
        a, b = view.value(first), view.value(first, 1)
        if _more(view, second, b - a):
            return
        _say(view, second, f"{plain(b)} − {plain(a)} = {plain(b - a)}", b - a)
    elif (
        view.percent(first)
        and view.value(first) == 100
        and not view.claims[first].bound
        and view.claims[second].kind in ("pair", "count")
        and view.value(second) > 0
        and further <= set(re.findall(r"[^\W\d_]+", done))
    ):
        reason = f"Đã nêu 100%, lại còn {view.shown(second)} {yet.group()}."
        view.say(first, "wrong", reason)


def _handled(view: View, figures: Sequence[int]) -> None:
    """“nhận trong năm là 15; đã giải quyết xong 12, chuyển cơ quan có thẩm quyền 2, còn tồn 2 đơn”."""
    if len(figures) < 4 or not all(_exact(view, j, "count") for j in figures[:4]):
        return
    came, *done = figures
    if not _CAME.search(view.before(came, 60)):
        return
    leads = [re.split(r"[,;]", view.before(j, 60))[-1] for j in done]
    last = next((n for n, lead in enumerate(leads) if _LEFT.search(lead)), 0)
    if last < 2 or not all(_DONE.search(lead) for lead in leads[:last]):
        return
    stretch = view.key[view.number(came).end : view.number(done[last]).start]
    sorts = {view.sort(j) for j in (came, *done[: last + 1])} - {""}
    if _KEPT.search(stretch) or "." in stretch or len(sorts) > 1:
        return
    right = view.value(came) - sum(view.value(j) for j in done[:last])
    if _more(view, done[last], right):
        return
    said = f"{plain(view.value(came))} − {' − '.join(plain(view.value(j)) for j in done[:last])} = {plain(right)}"
    _say(view, done[last], said, right)


def _opposed(view: View, figures: Sequence[int]) -> None:
    """“tái cử 301 đồng chí (73,1%), tham gia lần đầu 121”: both together are all of them."""
    counts = [j for j in figures if _exact(view, j, "count")]
    for place, (a, b) in enumerate(pairwise(counts)):
        leads = [re.split(r"[,;:(]", view.before(j, 60))[-1] for j in (a, b)]
        if not any(
            one.search(leads[0]) and not other.search(leads[0]) and other.search(leads[1])
            for one, other in _OPPOSED
        ):
            continue
        whole = _whole_of(view, counts, place)
        if whole is None or view.faulty(a) or len(view.between(a, b)) > 90:
            continue
        right = whole - view.value(a)
        _say(view, b, f"{plain(whole)} − {plain(view.value(a))} = {plain(right)}", right)


def _whole_of(view: View, counts: Sequence[int], place: int) -> Fraction | None:
    """The whole of which a share of the first is right, else the count that it is said to be among."""
    a = counts[place]
    for j in view.mates(a):
        if view.claims[j].kind == "share" and view.claims[j].counted == a:
            for said in view.found.get(j, ()):
                base = said.data.get("base", "").replace(".", "")
                if said.verdict == "right" and base.isdigit():
                    return Fraction(int(base))
    within = view.claims[a].within
    if within is not None and len(view.parts.get(within, ())) > 2:
        return None  # more than two levels
    if within is None or place == 0 or within != counts[place - 1] or view.claims[within].bound:
        return None
    return view.value(within) if view.claims[within].kind == "count" else None
