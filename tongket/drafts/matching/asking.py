"""Which declared figure a claim of a text speaks of. Precision first: what the words do not say is not guessed.

Words are looked for near the number (`Words`): in its own part of the clause, then in what it is a part or share of,
then in the clause before it. The further away, the less sure; a claim that is not sure is at most doubtful.
"""

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from tongket.claims.model import Claim, Number, Reading
from tongket.drafts.matching import figures
from tongket.drafts.matching.plain import plain as fold
from tongket.drafts.matching.things import Thing, thing_of
from tongket.drafts.matching.words import Words, body_of, words_of
from tongket.indicators.catalogue import INDICATORS
from tongket.indicators.model import Ratio

__all__ = ["SURE", "Ask", "Match", "Op", "Term", "indicator_for"]

#: From here on a difference is called wrong; below it only doubtful.
SURE = 0.75
#: Below it nothing is said at all.
_LEAST = 0.5

Op = Literal["value", "percent", "over", "difference", "multiple"]


@dataclass(frozen=True, slots=True)
class Term:
    """A figure, of the period asked (0) or of so many years before."""

    indicator: str
    back: int = 0


@dataclass(frozen=True, slots=True)
class Ask:
    """What one number of a claim should be: a figure, a share of two, or how two differ."""

    number: int  # its position in `Reading.numbers`
    op: Op
    top: Term
    bottom: Term | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """What a claim is held against. `indicator` None: nothing that is declared (`reason` says why).

    `alternatives` are other readings of the same words, each as whole as `asks`; a number that fits one of them is
    doubtful, not wrong. `body` is the organisation that the text names here, `period` the period ("": those asked).
    """

    indicator: str | None
    confidence: float = 0.0
    asks: tuple[Ask, ...] = ()
    alternatives: tuple[tuple[Ask, ...], ...] = ()
    body: str = ""
    period: str = ""
    reason: str = ""


def indicator_for(claim: Claim, reading: Reading) -> Match:
    """The figure that a claim of a reading speaks of, and what each of its numbers should be."""
    if claim.kind in ("date", "span", "reference", "plain") or not claim.numbers:
        return Match(None, reason="không phải số liệu")
    words = words_of(claim, reading)
    if _goal(claim, words):
        return Match(None, reason="là chỉ tiêu, nhiệm vụ của thời gian tới")
    thing = thing_of(claim, reading, words)
    if thing is None or thing.figure not in INDICATORS or thing.confidence < _LEAST:
        return Match(None, reason=_why_not(thing), body=body_of(claim, words))
    match = _asked(claim, reading, words, thing)
    return replace(match, body=body_of(claim, words), period=claim.period)


def _goal(claim: Claim, words: Words) -> bool:
    """Whether it is yet to be reached, or a yearly mean: neither is a figure of the period."""
    if claim.tense == "goal" and not re.search(r"giao|\($|(?:de|dat) ra chi tieu", words.clause[-44:]):
        return True
    return bool(re.search(r"(?:moi|hang) nam|binh quan|phan dau", words.after)) or bool(
        re.search(r"tu(?: \d+ den)?$", words.before) and re.search(r"de ra|phan dau|muc tieu", words.clause)
    )


def _asked(claim: Claim, reading: Reading, words: Words, thing: Thing) -> Match:
    numbers = [(i, reading.numbers[i]) for i in claim.numbers]
    if claim.kind == "target":
        return _target(numbers, claim, words, thing)
    if claim.kind == "change" and thing.concept in ("increase", "decrease"):
        return _plain(numbers, thing.figure, thing)
    if claim.kind == "change":
        return _change(numbers, claim, words, thing)
    if claim.kind == "new_total":
        return (
            _plain(numbers, "members.total", thing) if thing.concept in ("stock", "admitted") else Match(None)
        )
    if claim.kind == "pair":
        return _pair(numbers, words, thing)
    return _shares(numbers, claim, words, thing)


def _plain(numbers: list[tuple[int, Number]], figure: str, thing: Thing) -> Match:
    counts = [i for i, number in numbers if number.role in ("count", "amount", "other")]
    asks = tuple(Ask(i, "value", Term(figure)) for i in counts[:1])
    others = tuple(
        (Ask(i, "value", Term(other)),) for i in counts[:1] for other in figures.ALSO.get(figure, ())
    )
    return Match(figure, thing.confidence, asks, others) if asks else Match(None, reason="không rõ đơn vị")


def _shares(numbers: list[tuple[int, Number]], claim: Claim, words: Words, thing: Thing) -> Match:
    """A count, a percentage, or both in one claim."""
    figure = thing.figure
    asks: list[Ask] = []
    others: list[tuple[Ask, ...]] = []
    shown = figure
    for i, number in numbers:
        if number.role in ("percent", "points"):
            bases = _bases(figure, words)
            if not bases:
                continue
            asks.append(Ask(i, "percent", Term(figure), Term(bases[0])))
            others.extend((Ask(i, "percent", Term(figure), Term(base)),) for base in bases[1:])
            if len(numbers) == 1:
                shown = _ratio_of(figure, bases[0]) or figure
        elif number.role in ("count", "amount", "other") and not any(a.op == "value" for a in asks):
            asks.append(Ask(i, "value", Term(figure)))
            others.extend((Ask(i, "value", Term(other)),) for other in figures.ALSO.get(figure, ()))
    if not asks:
        return Match(None, reason="không rõ tỷ lệ này tính trên số nào")
    return Match(shown, thing.confidence, tuple(asks), tuple(others))


def _pair(numbers: list[tuple[int, Number]], words: Words, thing: Thing) -> Match:
    """a/b: a figure of its base; with a percentage after it when that is in the same claim."""
    figure = thing.figure
    counts = [i for i, number in numbers if number.role not in ("percent", "points")]
    if len(counts) < 2:
        return Match(None, reason="không rõ cặp số")
    if thing.concept == "admitted" and not thing.quality:
        said = f"{words.own} {words.clause}"
        named = re.search(r"chi tieu|ke hoach|giao", said)
        bases: tuple[str, ...] = ("members.admitted.target", "members.admitted.own_target") if named else ()
        if "tong so dang vien" in said:
            bases = ("members.opening", "members.total")
    else:
        bases = _bases(figure, words) or figures.ALSO.get(figure, ())
    asks = [Ask(counts[0], "value", Term(figure))]
    if bases and bases[0] != figure:
        asks.append(Ask(counts[1], "value", Term(bases[0])))
        asks.extend(
            Ask(i, "percent", Term(figure), Term(bases[0])) for i, n in numbers if n.role == "percent"
        )
    others = tuple((Ask(counts[1], "value", Term(base)),) for base in bases[1:])
    return Match(figure, thing.confidence, tuple(asks), others)


def _target(numbers: list[tuple[int, Number]], claim: Claim, words: Words, thing: Thing) -> Match:
    """Reached or passed a target: of the body above unless the text says its own (claim-patterns, 2.5)."""
    if thing.concept not in ("admitted", "admission_target") or thing.quality:
        return Match(None, reason="chỉ tiêu này chưa có chỉ số tương ứng")
    said = f"{words.own} {claim.subject} {fold(claim.text)} {words.after}"
    own = (
        bool(
            re.search(
                r"nghi quyet|huyen giao|dai hoi|de ra|dat ra|chi tieu (?:cua )?(?:ca |toan )?nhiem ky", said
            )
        )
        and "tinh giao" not in said
    )
    targets = ["members.admitted.target", "members.admitted.own_target"]
    targets = targets[::-1] if own else targets
    if re.search(r"tong so dang vien|dau nam|cuoi nam truoc", said):
        targets = ["members.opening"]
    over = claim.direction == "up" or bool(re.search(r"vuot|tang", said))
    asks: list[Ask] = []
    others: list[tuple[Ask, ...]] = []
    for i, number in numbers:
        row = [_against(i, number, target, over, said) for target in targets]
        if (
            number.role == "count"
            and not over
            and any(a.op == "value" and a.top.indicator == "members.admitted" for a in asks)
        ):
            row = [Ask(i, "value", Term(target)) for target in targets]
        asks.append(row[0])
        others.extend((ask,) for ask in row[1:])
    shown = {
        ("members.admitted.target", True): "members.admitted.vs_target_pct",
        ("members.admitted.target", False): "members.admitted.of_target_pct",
        ("members.opening", False): "members.admitted.of_stock_pct",
    }.get((targets[0], over), "members.admitted.of_own_target_pct")
    if not any(ask.op in ("percent", "over") for ask in asks):
        shown = asks[0].top.indicator
    return Match(shown, thing.confidence, tuple(asks), tuple(others))


def _against(i: int, number: Number, target: str, over: bool, said: str) -> Ask:
    admitted = Term("members.admitted")
    if number.role in ("percent", "points"):
        return Ask(i, "over" if over else "percent", admitted, Term(target))
    if over and re.search(r"vuot (?:chi tieu|ke hoach)", said):
        return Ask(i, "difference", admitted, Term(target))
    if (
        re.search(r"chi tieu(?: tinh giao| giao| nam)*(?: la)?\s*$|giao", said.split("  ")[0][:60])
        and not over
    ):
        return Ask(i, "value", Term(target))
    return Ask(i, "value", admitted)


def _change(numbers: list[tuple[int, Number]], claim: Claim, words: Words, thing: Thing) -> Match:
    """Against last year: so many more, so many per cent, points when the thing is itself a percentage."""
    figure = thing.figure
    now, last = Term(figure), Term(figure, 1)
    asks = []
    for i, number in numbers:
        if number.role == "percent" and re.search(r"bang|dat", words.before) and not claim.direction:
            asks.append(Ask(i, "percent", now, last))
        elif number.role == "percent":
            asks.append(Ask(i, "over", now, last))
        elif number.role == "count":
            asks.append(Ask(i, "difference", now, last))
    of_percent = any(ask.op != "difference" for ask in asks)
    shown = f"{figure}.change_pct" if of_percent and f"{figure}.change_pct" in INDICATORS else figure
    return (
        Match(shown, thing.confidence * 0.9, tuple(asks))
        if asks
        else Match(None, reason="không rõ so với số nào")
    )


def _bases(figure: str, words: Words) -> tuple[str, ...]:
    """What a share of the figure is of, the likeliest first."""
    if figure == "members.admitted" and re.search(
        r"tong so dang vien|dau nam|cuoi nam truoc", f"{words.own} {words.clause} {words.tail[:60]}"
    ):
        return ("members.opening", "members.total")
    head = max(
        (name for name in figures.BASES if figure == name or figure.startswith(f"{name}.")),
        key=len,
        default="",
    )
    bases = tuple(base for base in figures.BASES.get(head, ()) if base != figure)
    better = next((base for base in bases if base.endswith(".good_or_better")), "")
    if better and _OF_THE_GOOD.search(f"{words.after} {words.tail} # {words.clause}"):
        bases = (better, *(base for base in bases if base != better))
    if "tong so dang vien" in words.own and "members.total" in bases:
        bases = ("members.total", *(base for base in bases if base != "members.total"))
    return bases


_OF_THE_GOOD = re.compile(
    r"(?:so|trong so|tren so)(?: dang vien| to chuc)? (?:hoan thanh )?tot (?:nhiem vu )?tro len"
)


@cache
def _ratios() -> dict[tuple[str, str], str]:
    return {
        (one.formula.numerator, one.formula.denominator): one.id
        for one in INDICATORS.values()
        if isinstance(one.formula, Ratio)
        and one.formula.scale == 100
        and not one.formula.minus
        and not one.formula.denominator_last_year
    }


def _ratio_of(top: str, bottom: str) -> str:
    return _ratios().get((top, bottom), "")


def _why_not(thing: Thing | None) -> str:
    if thing is None:
        return "không nhận ra chỉ số nào trong lời văn"
    return "hệ thống không có chỉ số cho đúng nhóm được nêu"
