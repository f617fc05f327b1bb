"""What a body has at one time: said twice with two numbers, or fewer than were rated."""

from __future__ import annotations

import re

from ...reading.keys import words
from ..rounding import printed
from ..view import View

__all__ = ["check_stocks"]

_AT: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("cuối năm", re.compile(words("cuối năm", "31/12", "hết năm"))),
    ("hiện nay", re.compile(words("hiện nay", "hiện có", "đến nay", "hiện tại"))),
)
_EARLIER = re.compile(
    words(
        "năm trước",
        "đầu năm",
        "cùng kỳ",
        "so",
        "so với",
        "nhiệm kỳ trước",
        "đầu nhiệm kỳ",
        "năm ngoái",
        "trước đó",
    )
)
_HAS = re.compile(rf"{words('có', 'hiện có', 'với')} {{1,2}}$")
_WHOLE = re.compile(
    words("toàn huyện", "toàn đảng bộ", "đảng bộ huyện", "toàn tỉnh", "toàn xã", "toàn đảng bộ huyện")
)
_RATED = re.compile(words("xếp loại", "đánh giá", "phân tích chất lượng", "được xếp loại", "được đánh giá"))
_BODIES = ("tccs dang", "tccsd", "to chuc co so dang")


def check_stocks(view: View) -> None:
    """Judge totals of members said twice for one time, and more organisations rated than there are."""
    _members(view)
    _rated(view)


def _clause(view: View, i: int) -> str:
    """The words before a number since the last semicolon, and those just after it."""
    return f"{view.before(i, 110).rpartition(';')[2]} # {re.split(r'[,;.()]', view.after(i, 40))[0]}"


def _members(view: View) -> None:
    first: dict[tuple[str, str], int] = {}
    for i in view.of_kind("count", "new_total"):
        claim = view.claims[i]
        if claim.tense != "done" or claim.bound or claim.within is not None or len(claim.numbers) > 1:
            continue
        said = _clause(view, i)
        total = claim.kind == "new_total" and "tổng số đảng viên" in said
        has = claim.unit == "dang vien" and _HAS.search(view.before(i, 12)) and _WHOLE.search(said)
        if not (total or has) or _EARLIER.search(said):
            continue
        time = next((name for name, pattern in _AT if pattern.search(said)), "")
        if not time:
            continue
        other = first.setdefault((time, claim.period[:4] or _year(view, i)), i)
        bodies = {view.claims[other].body, claim.body} - {""}
        if len(bodies) > 1:
            continue
        if other != i and view.value(other) != view.value(i):
            number = view.number(i)
            reason = f"Tổng số đảng viên {time} được nêu hai lần khác nhau: {view.shown(other)} và {view.shown(i)}."
            view.say(i, "wrong", reason, printed(number, view.value(other)), number)


def _year(view: View, i: int) -> str:
    """The only year that the paragraph names."""
    paragraph = view.paragraph(i)
    end = view.key.find("\n", paragraph)
    years = set(
        re.findall(r"(?<![0-9])20[0-9]{2}(?![0-9])", view.key[paragraph : end if end > 0 else None][:4_000])
    )
    return years.pop() if len(years) == 1 else ""


def _rated(view: View) -> None:
    """“toàn huyện có 36 TCCS đảng … xếp loại 38 TCCS đảng”: no more can be rated than there are."""
    has: dict[int, int] = {}
    for i in view.of_kind("count"):
        claim = view.claims[i]
        if claim.unit not in _BODIES or claim.bound or claim.within is not None or claim.tense != "done":
            continue
        said, paragraph = _clause(view, i), view.paragraph(i)
        if _EARLIER.search(said):
            continue
        if _RATED.search(said):
            whole = has.get(paragraph)
            if whole is not None and view.claims[whole].period == claim.period:
                _rated_more(view, i, whole)
        elif _HAS.search(view.before(i, 12)) and _WHOLE.search(said):
            has.setdefault(paragraph, i)


def _rated_more(view: View, i: int, whole: int) -> None:
    if view.value(i) <= view.value(whole) or view.faulty(i):
        return
    reason = f"Xếp loại {view.shown(i)}, nhiều hơn số đang có là {view.shown(whole)}."
    view.say(i, "wrong", reason, printed(view.number(i), view.value(whole)), view.number(i))
