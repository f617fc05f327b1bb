"""Parts and their sum: “71 đảng viên, gồm 5 …, 26 … và 40 …”; a part is never more than its whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..model import Claim
from ..reading import cues
from ..reading.keys import words
from ..reading.vocabulary import FAMILIES, JOINED, OVERLAPPING
from .rounding import fit_bound, off_side, plain, printed
from .view import View

__all__ = ["check_parts"]

_CLOSING = re.compile(
    words("gồm", "bao gồm", "gồm có", "chia ra", "lần lượt", "lần lượt là", "cụ thể", "cụ thể là")
)
_AMONG = re.compile(words("trong đó", "trong số đó", "trong số này"))
_OVERLAP = re.compile(words(*OVERLAPPING))
_JOINED = re.compile(words(*JOINED))
_OPEN_END = re.compile(
    r"\.\.\.|…|v\.v|(?<![^\W\d_])(?:chủ {1,2}yếu|nhất {1,2}là|nổi {1,2}bật|như|còn {1,2}lại)(?![^\W\d_])[^0-9]{0,200}$"
)
_BELOW = re.compile(words("trực thuộc", "trở lên"))
_OTHERS = re.compile(words("khác", "loại khác", "còn lại"))
_STOP = re.compile(r"[,;()\n0-9]|(?<![^\W\d_])và(?![^\W\d_])")
_EXACTLY = re.compile(
    r"\( {0,2}(?:theo {1,2}[^,;.:()0-9]{2,30}:? {1,2})?"
    r"(?:(?:chính xác|cụ thể|tức|đúng|là|có|chính thức)(?: là)? {1,2}){0,2}$"
)
_ONLY_UNIT = re.compile(r"[^,;.:()0-9]{0,30}\)")
_APART = re.compile(r"[,;(]|(?<![^\W\d_])và(?![^\W\d_])")


#: Lists of these are rarely broken off: a small gap is worth a word.
_COUNTED_OUT = ("marks", "khiển trách")


@dataclass(frozen=True, slots=True)
class _List:
    """The items of one whole, with the words around each."""

    whole: int
    items: tuple[int, ...]
    lead: str  # from the whole to the first item
    phrases: tuple[str, ...]
    tail: str

    @property
    def all_words(self) -> str:
        return " | ".join(self.phrases)


def check_parts(view: View) -> None:
    """Judge every whole that has parts, and every part."""
    for whole, children in view.parts.items():
        if view.claims[whole].kind not in ("count", "pair", "new_total") or view.percent(whole):
            continue
        for items in _lists(view, [j for j in children if _is_item(view, whole, j)]):
            _judge(view, _gather(view, whole, items))


def _is_item(view: View, whole: int, j: int) -> bool:
    claim = view.claims[j]
    return claim.kind in ("count", "pair") and not view.percent(j) and claim.tense == view.claims[whole].tense


def _lists(view: View, items: list[int]) -> list[tuple[int, ...]]:
    """The items by lists: “trong đó” or “gồm” between two items begins another list of the same whole."""
    lists: list[list[int]] = []
    for place, j in enumerate(items):
        if not place or _new_list(view, items, place, len(lists[-1])):
            lists.append([])
        lists[-1].append(j)
    return [tuple(one) for one in lists]


def _new_list(view: View, items: list[int], place: int, length: int) -> bool:
    gap = view.key[view.number(items[place - 1]).end : view.number(items[place]).start]
    if cues.PARTS.search(gap):
        return True
    commas = length > 1 and ";" not in view.between(items[place - 2], items[place - 1])
    if view.value(items[place]) == 0:
        return False  # “khiển trách 2, cảnh cáo 1; không có … bị giải tán” closes the list
    return commas and ";" in gap  # “chính thức 4.176, dự bị 124; nữ 1.602”


def _gather(view: View, whole: int, items: tuple[int, ...]) -> _List:
    lead = view.key[view.number(whole, -1).end : view.number(items[0]).start][-200:]
    phrases = []
    for place, j in enumerate(items):
        begin = view.number(items[place - 1], -1).end if place else view.number(j).start - min(40, len(lead))
        before = view.key[max(begin, view.number(j).start - 80) : view.number(j).start]
        before = _APART.split(before)[-1]
        after = view.after(j, 90)
        stop = _STOP.search(after, 0)
        phrases.append(f"{before} # {after[: stop.start()] if stop else after}")
    return _List(whole, items, lead, tuple(phrases), view.after(items[-1], 200))


def _judge(view: View, parts: _List) -> None:
    total = view.value(parts.whole)
    if _restated(view, parts):
        return
    for j in parts.items:
        if view.value(j) > total and not _bounded(view.claims[j]):
            _too_great(view, parts, j)
            return
    values = [view.value(j) for j in parts.items]
    if any(_BELOW.search(phrase) for phrase in parts.phrases) and len(parts.items) > 1:
        return
    exactly = len(values) == 1 and "cụ thể" in parts.lead[-30:]
    if (_bounded(view.claims[parts.whole]) and not exactly) or any(
        _bounded(view.claims[j]) for j in parts.items
    ):
        return
    totals = [view.value(parts.whole, k) for k in range(len(view.claims[parts.whole].numbers))]
    if len(values) > 1 and sum(values) in totals:
        _say_sum(view, parts, values)
    elif len(values) == 1:
        _single(view, parts, values[0], total)
    elif not any(view.faulty(j) for j in (*parts.items, parts.whole)):
        _unequal(view, parts, values, total)


def _restated(view: View, parts: _List) -> bool:
    """“hơn 200 đảng viên dự (215 đồng chí)”: the bracket gives the exact number of what is hedged; whether it does."""
    whole, item = parts.whole, parts.items[0]
    alone = len(parts.items) == 1 and view.claims[item].kind == "count" and not view.claims[item].bound
    if not (alone and view.claims[whole].bound and view.sort(item) == view.sort(whole)):
        return False
    bare = _EXACTLY.search(parts.lead) is not None and _ONLY_UNIT.match(view.after(item, 40)) is not None
    exact, number, bound = view.value(item), view.number(whole), view.claims[whole].bound
    far = abs(exact - view.value(whole)) * 4 > view.value(whole) and bound != "at_least"
    if bare and (far or off_side(exact, number, bound)):
        view.say(whole, "wrong", f"“{view.shown(whole)}” không khớp với số cụ thể {view.shown(item)}.")
    return bare


def _bounded(claim: Claim) -> bool:
    return bool(claim.bound)


def _too_great(view: View, parts: _List, j: int) -> None:
    if view.sort(parts.whole) in ("event", "times") and not view.claims[j].unit:
        return  # “ba đợt … lần lượt 12, 15 và 18 Huy hiệu”
    if view.faulty(j) or view.faulty(parts.whole) or _other_whole(view, parts.whole, j):
        return
    earlier = [view.value(k) for k in parts.items if k < j]
    if _another_unit(view, parts.whole, j) or (len(earlier) > 1 and sum(earlier) == view.value(parts.whole)):
        return
    reason = f"{view.shown(j)} là phần của {view.shown(parts.whole)} mà lại lớn hơn."
    sure = view.sort(j) == view.sort(parts.whole) or not view.sort(j)
    view.say(j, "wrong" if sure and not _JOINED.search(parts.all_words) else "doubtful", reason)


_BODIES = frozenset({"dang bo", "dang bo co so", "dang uy"})


def _another_unit(view: View, whole: int, j: int) -> bool:
    """Cells lie below bodies, they are none of them: only what bears the same word can be too many."""
    one, other = view.claims[whole].unit, view.claims[j].unit
    return (
        other.startswith("chi bo") and other != "chi bo co so" and not one.startswith("chi bo") and one != ""
    )


def _other_whole(view: View, whole: int, j: int) -> bool:
    """Whether the part may belong elsewhere: cells below bodies, or another total just before that could hold it."""
    if (
        view.claims[whole].unit in _BODIES
        and view.claims[j].unit
        and not view.claims[j].unit.startswith("dang bo")
    ):
        return True
    near = (*view.mates(whole), *view.mates(j))
    return any(
        k not in (whole, j) and k < j and view.claims[k].kind in ("count", "pair", "new_total")
        and view.sort(k) == view.sort(whole) and view.claims[k].within != whole and view.value(k) >= view.value(j)
        for k in near
    )  # fmt: skip


def _say_sum(view: View, parts: _List, values: Sequence[Fraction]) -> None:
    said = f"{' + '.join(map(plain, values))} = {plain(sum(values))}"
    view.say(parts.whole, "right", f"{said}, đúng bằng tổng đã nêu.")
    for j in parts.items:
        view.say(j, "right", f"{said}, đúng bằng tổng đã nêu.")


def _single(view: View, parts: _List, value: Fraction, total: Fraction) -> None:
    whole, item = parts.whole, parts.items[0]
    if view.claims[whole].bound and "cụ thể" in parts.lead[-30:] and not view.claims[item].bound:
        if fit_bound(value, view.number(whole), view.claims[whole].bound) == "far":
            view.say(whole, "wrong", f"“{view.shown(whole)}” không khớp với số cụ thể {view.shown(item)}.")
        return
    view.say(item, "not_checked", f"{plain(value)} trong {plain(total)}: phần không lớn hơn tổng.")


def _unequal(view: View, parts: _List, values: Sequence[Fraction], total: Fraction) -> None:
    added = sum(values)
    family, complete = _family(view, parts)
    open_end = _OPEN_END.search(parts.tail) is not None or "..." in parts.lead
    closed = _closed(view, parts, complete) and not open_end
    overlapping = _OVERLAP.search(parts.all_words) is not None and family != "nam"
    said = f"{' + '.join(map(plain, values))} = {plain(added)}, không phải {plain(total)}"
    at = view.number(parts.whole)
    mixed = any(view.sort(j) != view.sort(parts.whole) for j in parts.items if view.sort(j))
    if overlapping or (mixed and not complete):
        return
    if _goes_on(view, parts, Fraction(added), total):
        return
    amounts = all(view.number(j).role == "amount" for j in (parts.whole, *parts.items))
    if any(
        added == view.value(k)
        for k in view.mates(parts.whole)
        if k < parts.items[0] and view.claims[k].kind == "count"
    ):
        return  # the parts of another total of the sentence
    if closed or ((family or amounts) and added > total):
        joined = _JOINED.search(parts.all_words + parts.lead) is not None
        more = "; mục truy tặng, trao sớm hoặc “mỗi …” có thể tính riêng" if joined else ""
        if view.claims[parts.whole].kind == "pair" and not joined:
            more = ""
        view.say(parts.whole, "doubtful" if joined else "wrong", f"{said}{more}.", printed(at, added), at)
        for j in parts.items if joined else ():
            view.say(j, "doubtful", f"{said}{more}.")
    elif _more_follow(view, parts):
        return
    elif family in _COUNTED_OUT and len(values) >= 3 and not open_end and _nearly(values, total):
        view.say(
            parts.whole,
            "doubtful",
            f"{said}: các mục còn thiếu {plain(total - added)}.",
            printed(at, added),
            at,
        )


def _goes_on(view: View, parts: _List, added: Fraction, total: Fraction) -> bool:
    """Whether the counts that follow make up what is missing: “…, xây dựng hệ thống chính trị 37”."""
    before = [j for j in view.mates(parts.items[0]) if parts.whole < j < parts.items[0]]
    unread = [j for j in before if view.claims[j].kind == "count" and not view.percent(j)]
    if len(unread) == 1 and added + view.value(unread[0]) == total:
        return True
    for j in view.mates(parts.items[-1]):
        if j > parts.items[-1] and view.claims[j].kind == "count" and added < total:
            added += view.value(j)
    return added == total and sum(view.value(j) for j in parts.items) != total


def _nearly(values: Sequence[Fraction], total: Fraction) -> bool:
    """Whether a list misses so little that something was left out or mistyped, not left open."""
    missing = total - sum(values)
    return missing > 0 and (missing <= min(values) or missing * 20 <= total)


def _more_follow(view: View, parts: _List) -> bool:
    """Whether the sentence goes on with counts that may be items unread."""
    sentence = view.mates(parts.items[-1])
    return any(j > parts.items[-1] and view.claims[j].kind in ("count", "pair") for j in sentence)


def _closed(view: View, parts: _List, complete: bool) -> bool:
    """Whether the list claims to leave nothing out."""
    for place, j in enumerate(parts.items):
        gap = view.before(j, 30)
        if place and cues.CLOSING_REST.search(gap):
            return True
    if complete or (len(parts.items) > 2 and _OTHERS.search(parts.phrases[-1])):
        return True
    opener = parts.lead[-60:]
    if _AMONG.search(opener):
        return False
    if _CLOSING.search(opener):
        return "cụ thể" not in opener or len(parts.items) >= 3
    bare = opener.rstrip()
    return len(parts.items) >= 2 and ("(" in bare[-30:] or ":" in bare[-30:])


def _family(view: View, parts: _List) -> tuple[str, bool]:
    """The set whose words tell the items apart, and whether all of the set are there."""
    if all(_has_mark(view, parts, place) for place in range(len(parts.items))):
        return "marks", False
    for complete, members in FAMILIES:
        hits = [_member(phrase, members) for phrase in parts.phrases]
        if "" not in hits and len(set(hits)) == len(hits) > 1:
            return members[0], complete and set(hits) == set(members)
    return "", False


def _has_mark(view: View, parts: _List, place: int) -> bool:
    """A mark of the badge beside an item: “4 đồng chí 70 năm”, “70 năm: 4 đồng chí”."""
    item = parts.items[place]
    before = parts.items[place - 1] if place else max(item - 3, parts.whole)
    after = parts.items[place + 1] if place + 1 < len(parts.items) else min(item + 3, len(view.claims))
    beside = (*range(before + 1, item), *range(item + 1, after))
    return any(view.claims[c].kind == "plain" and view.number(c).role == "mark" for c in beside)


def _member(phrase: str, members: tuple[str, ...]) -> str:
    if "không hoàn thành" in phrase and "không hoàn thành" in members:
        return "không hoàn thành"
    return next((member for member in members if re.search(words(member), phrase)), "")
