"""Percentages that make a whole together: levels of a rating, forms of discipline, shares of a make-up."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

from ...model import Verdict
from ...reading.keys import words
from ...reading.vocabulary import OVERLAPPING
from ..rounding import plain, printed, step
from ..view import View

__all__ = ["check_hundred"]

_LEVELS = (
    ("không hoàn thành", re.compile(words("không hoàn thành", "yếu kém", "chưa hoàn thành"))),
    ("xuất sắc", re.compile(words("xuất sắc", "vững mạnh"))),
    ("tốt", re.compile(words("hoàn thành tốt", "mức tốt", "tốt"))),
    ("hoàn thành", re.compile(words("hoàn thành nhiệm vụ", "hoàn thành"))),
)
_NONE_FAILED = re.compile(r"không {1,2}có[^,;.]{0,40}(?:không {1,2}hoàn {1,2}thành|yếu {1,2}kém)")
#: Lists whose items exclude each other, by the word that each item bears.
_EXCLUSIVE: tuple[tuple[re.Pattern[str], ...], ...] = tuple(
    tuple(re.compile(words(member)) for member in members)
    for members in (
        ("khiển trách", "cảnh cáo", "cách chức", "khai trừ", "giải tán"),
        ("khá", "giỏi", "trung bình", "yếu"),
        ("cấp tỉnh", "cấp huyện", "cấp cơ sở", "cấp xã"),
        ("nông thôn", "cơ quan", "doanh nghiệp", "trường học", "lực lượng vũ trang", "hưu trí"),
        ("chính thức", "dự bị"),
    )
)
_MADE_UP = re.compile(
    words("cơ cấu", "phân theo", "chia theo", "theo khu vực", "theo lĩnh vực", "theo hình thức")
    + r"[^;.:]{0,60}: {0,2}$"
)
_OVERLAP = re.compile(words(*OVERLAPPING))
_NESTED = re.compile(r"trở {1,2}lên")
_UNRATED = re.compile(words("chưa đánh giá", "chưa xếp loại", "không xếp loại", "miễn đánh giá", "chưa được"))
_ROW = re.compile(words("lần lượt", "tương ứng") + r"[^,;.:()0-9]{0,30}$")
_MOST = 48  # claims of a sentence looked at
_SIDE = re.compile(r"[;,()]")


def check_hundred(view: View) -> None:
    """Judge the shares of a rating, of forms and of a make-up where a sentence lists them."""
    for sentence, claims in view.by_sentence.items():
        shares = [i for i in claims[:_MOST] if _stands_alone(view, i)]
        start, end = view.reading.sentences[sentence]
        if len(shares) == 2:
            _two(view, shares)
        if len(shares) < 2 or _NESTED.search(view.key, start, min(end, start + 4_000)):
            continue
        levels = _in_row(view, shares) or [_level(view, i) for i in shares]
        wanted = sorted(name for name, _ in _LEVELS)
        whole = [at for at in range(len(shares) - 3) if sorted(levels[at : at + 4]) == wanted]
        for at in whole:
            _judge(view, shares[at : at + 4], complete=True)
        if len(shares) > 2 and (_age_bands(view, shares) or (not whole and _so_many(view, shares))):
            _judge(view, shares, complete=True)
        elif not whole and len(shares) == 3 and "" not in levels and len(set(levels)) == 3:
            without = "không hoàn thành" not in levels
            none = _NONE_FAILED.search(view.key, start, min(end, start + 4_000)) is not None
            _judge(view, shares, complete=without and none)
        elif not whole and len(shares) > 2 and _exclusive(view, shares):
            _judge(view, shares, complete=False)


_PAIRS = tuple(
    (re.compile(words(*one)), re.compile(words(*other)))
    for one, other in (
        (("nam", "nam giới"), ("nữ",)),
        (("chính thức",), ("dự bị",)),
        (("đồng ý", "tán thành"), ("không đồng ý", "không tán thành")),
    )
)
_NOT_YET = re.compile(
    r"(?<![^\W\d_])(?:chưa|không) {1,2}(?:được {1,2})?(?P<deed>[^\W\d_]{2,8} {1,2}[^\W\d_]{2,8})"
)
_LEFT = re.compile(words("còn lại", "số còn lại"))


def _two(view: View, shares: list[int]) -> None:
    """Two that leave nothing out: “nam chiếm 58,4%, nữ chiếm 41,6%”, “đã xếp loại 98,2%, chưa xếp loại 1,8%”."""
    first, second = shares
    one, other = (_around(view, i) for i in shares)
    yet = _NOT_YET.search(other)
    opposite = any(
        (a.search(one) and b.search(other) and not b.search(one))
        or (b.search(one) and a.search(other) and not b.search(other))
        for a, b in _PAIRS
    )
    undone = yet is not None and yet.group("deed") in one and not _NOT_YET.search(one)
    if not (opposite or undone or _LEFT.search(other)) or any(view.faulty(i) for i in shares):
        return
    if view.claims[first].counted is not None and view.claims[second].counted is None:
        return
    total = view.value(first) + view.value(second)
    slack = sum((step(view.number(i)) / 2 for i in shares), Fraction(0))
    said = f"{plain(view.value(first))} + {plain(view.value(second))} = {plain(total)}%"
    if abs(total - 100) <= slack:
        for i in shares:
            view.say(i, "right", f"{said}: đủ 100%.")
        return
    number, right = view.number(second), 100 - view.value(first)
    verdict: Verdict = "wrong" if opposite or undone else "doubtful"
    if right > 0:
        view.say(second, verdict, f"{said}, không đủ 100%.", printed(number, right), number)


def _around(view: View, i: int) -> str:
    before = re.split("[0-9%]", _SIDE.split(view.before(i, 90))[-1])[-1]
    return f"{before} # {re.split('[0-9]', _SIDE.split(view.after(i, 60), maxsplit=1)[0])[0]}"


def _in_row(view: View, shares: list[int]) -> list[str]:
    """The levels of “xuất sắc, tốt, hoàn thành và không hoàn thành nhiệm vụ lần lượt là 15%, 78%, 6% và 1%”."""
    lead = view.before(shares[0], 160)
    said = _ROW.search(lead)
    if said is None or any(len(view.between(a, b)) > 8 for a, b in pairwise(shares)):
        return []
    named = [
        next((name for name, pattern in _LEVELS if pattern.search(piece)), "")
        for piece in re.split(r"[,;]|(?<![^\W\d_])và(?![^\W\d_])", lead[: said.start()])
    ]
    return named[-len(shares) :] if len(named) >= len(shares) else []


def _so_many(view: View, shares: list[int]) -> bool:
    """“xếp theo bốn mức, … lần lượt là 18,75%; 68,75%; 12,42%; 2,08%”: as many as there are levels."""
    said = _MANY.search(view.before(shares[0], 140))
    known = {"ba": 3, "bốn": 4, "năm": 5, "3": 3, "4": 4, "5": 5}
    row = all(len(view.between(a, b)) <= 8 for a, b in pairwise(shares))
    return said is not None and row and known[said[1]] == len(shares)


_MANY = re.compile(
    r"(?<![^\W\d_])(ba|bốn|năm|[345]) {1,2}(?:mức|loại|nhóm|khối)(?![^\W\d_])[^.;]*lần {1,2}lượt"
)


def _age_bands(view: View, shares: list[int]) -> bool:
    """“dưới 30 tuổi 15,6%, từ 30 đến 60 tuổi 52,4%, trên 60 tuổi 32%”: from the youngest to the oldest."""
    leads = [re.split(r"[,;:%]", view.before(i, 60))[-1] for i in shares]
    ages = all("tuổi" in one and "tuổi đảng" not in one for one in leads)
    return ages and "dưới" in leads[0] and re.search("trên|trở lên|từ", leads[-1]) is not None


def _exclusive(view: View, shares: list[int]) -> bool:
    """Whether the items of a list exclude each other: by their words, or because they are said to make up a whole."""
    said = [_item(view, i) for i in shares]
    if any(_OVERLAP.search(one) for one in said):
        return False
    for members in _EXCLUSIVE:
        hits = [next((n for n, m in enumerate(members) if m.search(one)), -1) for one in said]
        if -1 not in hits and len(set(hits)) == len(hits):
            return True
    lead = view.before(shares[0], 110)
    return _MADE_UP.search(lead[: lead.rfind(":") + 1]) is not None and len(set(said)) == len(said)


def _item(view: View, i: int) -> str:
    """The words of one item: before its number, or after it where nothing stands before."""
    before = _SIDE.split(re.split("[0-9%:]", view.before(i, 80))[-1])[-1].strip()
    return before or re.split("[0-9]", _SIDE.split(view.after(i, 70), maxsplit=1)[0])[0].strip()


def _stands_alone(view: View, i: int) -> bool:
    """A share that is no part of another share, and no second share of the same count."""
    claim = view.claims[i]
    nested = claim.within is not None and view.claims[claim.within].kind == "share"
    return claim.kind == "share" and view.percent(i) and not claim.bound and not nested


def _level(view: View, i: int) -> str:
    """The level that a share is of: by the words after it, else by those before it."""
    after = _SIDE.split(view.after(i, 70), maxsplit=1)[0]
    after = re.split("[0-9]", after)[0]
    before = re.split("[0-9%]", view.before(i, 80))[-1]
    for stretch in (after, before):
        for name, pattern in _LEVELS:
            if pattern.search(stretch):
                return name
    return ""


def _judge(view: View, shares: list[int], *, complete: bool) -> None:
    """More than 100 is always wrong; less only where the list leaves nothing out (`complete`)."""
    total = sum((view.value(i) for i in shares), Fraction(0))
    slack = sum((step(view.number(i)) / 2 for i in shares), Fraction(0))
    said = f"{' + '.join(plain(view.value(i)) for i in shares)} = {plain(total)}%"
    if any(view.faulty(i) for i in shares) or (total < 100 - slack and not complete):
        return
    if abs(total - 100) <= slack:
        for i in shares:
            view.say(i, "right", f"{said}: các tỷ lệ cộng đủ 100% trong sai số làm tròn.")
        return
    less = total < 100
    why = f"{said}: các tỷ lệ cộng lại {'chưa đủ' if less else 'vượt'} 100%"
    unrated = less and _UNRATED.search(view.sentence(shares[0])) is not None
    if unrated:
        why = f"{said}: chưa đủ 100%; có thể số gốc gồm cả trường hợp chưa xếp loại"
    for place, i in enumerate(shares):
        number = view.number(i)
        right = 100 - total + view.value(i)
        verdict: Verdict = "doubtful" if place or unrated else "wrong"
        expected = printed(number, right) if 0 < right < 100 else ""
        also = f" Nếu các mức kia đúng thì ở đây là {expected}." if expected else ""
        # which of them is the slip nobody can know: the first is named without a number to take over
        view.say(i, verdict, f"{why}.{also}", expected if place else "", number)
