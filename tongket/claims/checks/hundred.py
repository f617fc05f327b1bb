"""Percentages that make a whole together: the four levels of a rating add up to 100."""

from __future__ import annotations

import re
from fractions import Fraction

from ..reading.keys import words
from .rounding import plain, step
from .view import View

__all__ = ["check_hundred"]

_LEVELS = (
    ("không hoàn thành", re.compile(words("không hoàn thành", "yếu kém", "chưa hoàn thành"))),
    ("xuất sắc", re.compile(words("xuất sắc", "vững mạnh"))),
    ("tốt", re.compile(words("hoàn thành tốt", "mức tốt", "tốt"))),
    ("hoàn thành", re.compile(words("hoàn thành nhiệm vụ", "hoàn thành"))),
)
_NESTED = re.compile(r"trở {1,2}lên")
_UNRATED = re.compile(words("chưa đánh giá", "chưa xếp loại", "không xếp loại", "miễn đánh giá", "chưa được"))
_SIDE = re.compile(r"[;,()]")


def check_hundred(view: View) -> None:
    """Judge the four shares of a rating where a sentence has all of them."""
    for sentence, claims in view.by_sentence.items():
        shares = [i for i in claims if _stands_alone(view, i)]
        if len(shares) < 4:
            continue
        start, end = view.reading.sentences[sentence]
        if _NESTED.search(view.key, start, end):
            continue
        for at in range(len(shares) - 3):
            four = shares[at : at + 4]
            if sorted(_level(view, i) for i in four) == sorted(name for name, _ in _LEVELS):
                _judge(view, four)


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


def _judge(view: View, four: list[int]) -> None:
    total = sum((view.value(i) for i in four), Fraction(0))
    slack = sum((step(view.number(i)) / 2 for i in four), Fraction(0))
    said = f"{' + '.join(plain(view.value(i)) for i in four)} = {plain(total)}%"
    if any(view.faulty(i) for i in four):
        return
    if abs(total - 100) <= slack:
        for i in four:
            view.say(i, "right", f"{said}: bốn mức cộng đủ 100% trong sai số làm tròn.")
    elif total > 100:
        view.say(four[0], "wrong", f"{said}: bốn mức xếp loại cộng lại vượt 100%.")
        for i in four[1:]:
            view.say(i, "doubtful", f"{said}: bốn mức xếp loại cộng lại vượt 100%.")
    elif _UNRATED.search(view.sentence(four[0])):
        for i in four:
            view.say(i, "doubtful", f"{said}: chưa đủ 100%; có thể số gốc gồm cả trường hợp chưa xếp loại.")
    else:
        view.say(four[0], "wrong", f"{said}: bốn mức xếp loại cộng lại chưa đủ 100%.")
        for i in four[1:]:
            view.say(i, "doubtful", f"{said}: bốn mức xếp loại cộng lại chưa đủ 100%.")
