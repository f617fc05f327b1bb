"""The same thing said twice: title and text, figures and words, a hedge beside the exact number."""

from __future__ import annotations

import re
from fractions import Fraction

from tongket.core.text import fold

from ...model import Verdict
from ...reading.keys import words
from ..rounding import fit_bound, off_side, printed
from ..view import View
from .stocks import check_stocks
from .vocabulary import OF_ALL

__all__ = ["check_twice"]

_TITLE_LENGTH = 220
_SAME = {"phat": "nap", "trien": "nap", "ket": "nap", "trao": "tang"}
_EMPTY = frozenset(
    {
        "nam",
        "dang",
        "vien",
        "moi",
        "dong",
        "chi",
        "nguoi",
        "huyen",
        "xa",
        "tinh",
        "bo",
        "co",
        "so",
        "to",
        "chuc",
        "tccs",
    }
)
#: Words of which one is enough to say that title and text speak of the same thing, where the unit is the same too.
_DEEDS = frozenset({"nap", "hieu", "luat"})
_WHOLE = re.compile(
    r"\b(?:toan (?:dang bo|huyen|tinh|thanh pho|thi xa|xa)|dang bo huyen|tong so dang vien)\b"
)
_COMPARED = re.compile(
    words("so với", "cùng kỳ", "năm trước", "trước đó", "đầu năm", "đầu nhiệm kỳ", "bình quân", "mỗi")
)


def check_twice(view: View) -> None:
    """Judge numbers that are printed twice."""
    for i, claim in enumerate(view.claims):
        if (
            claim.kind in ("count", "new_total", "pair")
            and len(claim.numbers) == 2
            and view.number(i, 1).worded
        ):
            _in_words(view, i)
    _title(view)
    _whole_twice(view)
    check_stocks(view)


def _in_words(view: View, i: int) -> None:
    figure, word = view.number(i), view.number(i, 1)
    if figure.value == word.value:
        view.say(i, "right", f"Số và chữ khớp nhau: {figure.text} ({word.text}).")
    elif not view.number(i).worded:
        view.say(
            i,
            "wrong",
            f"Số ghi {figure.text} nhưng chữ ghi “{word.text}”.",
            printed(figure, int(word.value)),
            figure,
        )


def _title(view: View) -> None:
    """What the title claims must stand in the text."""
    if len(view.reading.sentences) < 2:
        return
    start, end = view.reading.sentences[0]
    following = view.reading.text[end : view.reading.sentences[1][0]]
    stated = end - start > _TITLE_LENGTH or "\n" not in following or view.reading.text[end - 1 : end] in ".:"
    if stated and not view.key.startswith("ảnh:", start):
        return
    captions = [s for s in view.by_sentence if view.key.startswith("ảnh:", view.reading.sentences[s][0])]
    for i in (i for sentence in (0, *captions) for i in view.by_sentence.get(sentence, ())):
        claim = view.claims[i]
        if claim.kind in ("target", "count", "share") and claim.tense == "done" and len(claim.numbers) == 1:
            _compare(view, i)


def _key_words(subject: str) -> set[str]:
    return {_SAME.get(word, word) for word in subject.split()} - _EMPTY


def _same_thing(view: View, i: int) -> list[int]:
    """The claims of the text that speak of what a claim of the title speaks of."""
    claim, own = view.claims[i], _key_words(view.claims[i].subject)
    same: list[int] = []
    for j in view.of_kind(claim.kind):
        other = view.claims[j]
        elsewhere = other.sentence not in (0, claim.sentence) and other.tense == "done"
        if not elsewhere or len(other.numbers) > 1 or view.percent(i) != view.percent(j):
            continue
        if view.before(j, 2).endswith("("):  # a target or an earlier value
            continue
        words_of_it = _key_words(other.subject)
        if claim.kind == "share":  # “… tham gia học tập, quán triệt nghị quyết”: over the comma as well
            words_of_it |= _key_words(fold(re.sub("[0-9].*", "", view.after(j, 90))))
        if claim.kind == "target":
            if other.direction == claim.direction and own & words_of_it:
                same.append(j)
        elif view.sort(i) == view.sort(j) and _alike(own, words_of_it, _unit(view, i) == _unit(view, j)):
            same.append(j)
    return same


def _compare(view: View, i: int) -> None:
    claim = view.claims[i]
    if any(view.number(j).role == "mark" for j in view.mates(i)):
        return  # badges of one mark only
    same = _same_thing(view, i)
    if not same:
        return
    for j in same:
        if _agrees(view, i, j):
            view.say(i, "right", f"Khớp với {view.shown(j)} trong bài.")
            return
    same = [j for j in same if not OF_ALL.search(view.before(j, 60)) or OF_ALL.search(view.sentence(i))]
    if len(same) != 1 or view.claims[same[0]].within is not None:
        return
    j = same[0]
    if claim.period and view.claims[j].period and claim.period != view.claims[j].period:
        return
    value, number = view.value(j), view.number(i)
    if claim.kind != "target" and _adds_up(view, i):
        return
    trusted = any(found.verdict == "right" for found in view.found.get(j, ()))
    close = abs(value - view.value(i)) * 10 <= view.value(i)
    verdict: Verdict = (
        "wrong"
        if claim.kind == "target"
        or trusted
        or not claim.bound
        or close
        or off_side(value, number, claim.bound)
        else "doubtful"
    )
    place = "Tiêu đề" if claim.sentence == 0 else "Chú thích ảnh"
    reason = f"{place} ghi {view.shown(i)}, trong bài lại là {view.shown(j)}."
    expected = printed(number, value) if not view.claims[j].bound else view.number(j).text
    view.say(i, verdict, reason, expected, number)


def _unit(view: View, i: int) -> str:
    return view.claims[i].unit.removesuffix(" moi")


def _alike(first: set[str], second: set[str], same_unit: bool) -> bool:
    shared = first & second
    if same_unit and shared & _DEEDS:
        return True
    return len(shared) >= 2 and len(shared) * 3 >= 2 * min(len(first), len(second))


def _agrees(view: View, i: int, j: int) -> bool:
    if view.value(i) == view.value(j):
        return True
    if view.claims[i].bound and not view.claims[j].bound:
        return fit_bound(view.value(j), view.number(i), view.claims[i].bound) == "rounded"
    return view.claims[i].bound != "" and view.claims[i].bound == view.claims[j].bound


def _adds_up(view: View, i: int) -> bool:
    """Two neighbouring counts of the text make the title's number: 43 = 19 + 24."""
    counts = [j for j in view.of_kind("count") if view.claims[j].sentence > 0]
    value = view.value(i)
    running = Fraction(0)
    for place, j in enumerate(counts):
        running = view.value(j)
        for other in counts[place + 1 : place + 4]:
            if view.claims[other].within == j:
                break  # its own parts
            running += view.value(other)
            if running == value:
                return True
    return False


def _whole_twice(view: View) -> None:
    """One figure of the whole body, in the same words and for the same time, with two values."""
    first: dict[tuple[str, ...], int] = {}
    for i in view.of_kind("count", "new_total"):
        claim = view.claims[i]
        if (
            claim.tense != "done"
            or claim.bound
            or claim.within is not None
            or not _WHOLE.search(claim.subject)
        ):
            continue
        if _COMPARED.search(view.before(i, 60)) or len(claim.numbers) > 1 or len(claim.subject.split()) < 4:
            continue
        known = (claim.subject, claim.unit, claim.period, claim.body)
        other = first.setdefault(known, i)
        if (
            other != i
            and view.value(other) != view.value(i)
            and view.claims[other].sentence != claim.sentence
        ):
            reason = f"Cùng một số liệu được nêu hai lần khác nhau: {view.shown(other)} ở trên, {view.shown(i)} ở đây."
            view.say(i, "wrong", reason, printed(view.number(i), view.value(other)), view.number(i))
