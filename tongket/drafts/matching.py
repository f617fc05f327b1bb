"""Which declared figure a claim of a text speaks of. Precision first: what the words do not say is not guessed.

Words are looked for near the number (`Words`): in its own part of the clause, then in what it is a part or share of,
then in the clause before it. The further away, the less sure; a claim that is not sure is at most doubtful.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from tongket.claims.model import Claim, Number, Reading
from tongket.core.text import fold
from tongket.drafts import phrases
from tongket.indicators.catalogue import INDICATORS
from tongket.indicators.model import Ratio

#: From here on a difference is called wrong; below it only doubtful.
SURE = 0.75

Op = Literal["value", "percent", "over", "difference", "multiple"]
_PLAIN_ROLES = frozenset({"date", "year", "span", "ordinal", "mark", "age", "code", "name"})
_GROUPS: dict[str, tuple[str, ...]] = {
    "level": ("failed", "excellent", "good_or_better", "good", "completed", "not_rated", "rated"),
    "form": ("reprimand", "warning", "removal", "expulsion", "dissolution"),
    "award": ("certificate", "merit", "flag"),
    "badge": ("posthumous", "early", "round_0302", "round_1905", "round_0209", "round_0711"),
    "person": (
        "missing_figure", "women", "minority", "religious", "youth", "students", "enterprise", "village_heads",
        "armed", "workers", "degree", "retired", "exempt", "official", "probationary", "theory_advanced",
        "theory_intermediate", "committee", "five_years", "with_committee",
    ),
}  # fmt: skip
_RELEVANT: dict[str, tuple[str, ...]] = {
    "rated_organisations": ("level",),
    "rated_cells": ("level",),
    "rated_members": ("level", "person"),
    "discipline_members": ("form", "person"),
    "discipline_organisations": ("form",),
    "collectives": ("award",),
    "individuals": ("award",),
    "badges": ("badge", "person"),
    "badge_proposals": ("badge",),
    "expelled": ("form",),
    "grassroots": (),
    "admitting": (),
    "communes": (),
    "founded": (),
    "dissolved": (),
    "targets_set": (),
    "recognised": (),
}
#: Concepts that little speaks for: only when nothing else is said of the number.
_WEAK = frozenset({"stock", "grassroots", "communes", "villages", "targets_set", "candidates", "attendance"})
_BARE_LEVELS = (
    ("failed", r"khong hoan thanh"),
    ("excellent", r"xuat sac"),
    ("good_or_better", r"tot tro len"),
    ("good", r"tot"),
    ("completed", r"hoan thanh"),
)
_BODY = re.compile(
    r"(?:Đảng bộ|Đảng [uủ][yỷ]|Chi bộ|Chi [uủ][yỷ]|xã|thị trấn|phường|Xã|Thị trấn|Phường|TCCS [Đđ]ảng)"
    r"(?: [a-zà-ỹđ]{1,8}){0,4}(?: [A-ZÀ-ỸĐ][\wÀ-ỹ]*){1,6}"
)


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


@dataclass(frozen=True, slots=True)
class Words:
    """The words about a claim, folded. `before` and `after` are its own, `clause` what stands before them since the last
    semicolon, `raw` the own part as written; `unit` is the class of the unit printed after the number."""

    before: str
    after: str
    clause: str
    raw: str
    unit: str

    @property
    def own(self) -> str:
        """What stands right before and after the number."""
        return f"{self.before} {self.after}"


@dataclass(frozen=True, slots=True)
class _Thing:
    """What is counted: a concept with its qualities, and how sure."""

    concept: str
    quality: str
    mark: int
    confidence: float
    unit: str

    @property
    def figure(self) -> str:
        if self.mark:
            name = "honours.badge_proposals.mark" if self.concept == "badge_proposals" else "honours.badges"
            found = f"{name}.{self.mark}"
            return found if found in INDICATORS and not self.quality else ""
        if not self.quality and (self.concept, self.unit) in phrases.BY_UNIT:
            return phrases.BY_UNIT[self.concept, self.unit]
        return phrases.FIGURES.get((self.concept, self.quality), "")


def indicator_for(claim: Claim, reading: Reading) -> Match:
    """The figure that a claim of a reading speaks of, and what each of its numbers should be."""
    if claim.kind in ("date", "span", "reference", "plain") or not claim.numbers:
        return Match(None, reason="không phải số liệu")
    if claim.tense == "goal":
        return Match(None, reason="là chỉ tiêu, nhiệm vụ của thời gian tới")
    words = words_of(claim, reading)
    thing = _thing(claim, reading, words)
    if thing is None or not thing.figure or thing.figure not in INDICATORS:
        return Match(None, reason=_why_not(thing), body=_body_of(claim, words))
    match = _asked(claim, reading, words, thing)
    return replace(match, body=_body_of(claim, words), period=claim.period)


def words_of(claim: Claim, reading: Reading) -> Words:
    """The words near a claim's numbers, cut where another number's words begin."""
    start, end = reading.sentences[claim.sentence] if reading.sentences else (0, len(reading.text))
    first, last = reading.numbers[claim.numbers[0]], reading.numbers[claim.numbers[-1]]
    earlier, later = start, end
    for number in _near(reading, claim, start, end):
        if number.end <= first.start:
            earlier = max(earlier, number.end)
        elif number.start >= last.end:
            later = min(later, number.start)
    text = reading.text
    gap = text[earlier : first.start]
    if earlier > start:
        gap = _after_first_break(gap)
    own_before = gap.rpartition(";")[2]
    own_after = _to_first_break(text[last.end : later], next_number=later < end)
    clause = text[start : first.start].rpartition(";")[2]
    before, after = fold(own_before), fold(own_after)
    unit = _unit(after, claim)
    if claim.kind == "target" and unit == "target":
        unit = ""  # "103,5% chỉ tiêu": of what it is, not what is counted
    return Words(before, after, fold(clause), own_before + " " + own_after, unit)


def _near(reading: Reading, claim: Claim, start: int, end: int) -> Iterator[Number]:
    """The numbers of the claim's sentence that say something of their own."""
    low = high = claim.numbers[0]
    while low > 0 and reading.numbers[low - 1].start >= start:
        low -= 1
    while high + 1 < len(reading.numbers) and reading.numbers[high + 1].end <= end:
        high += 1
    for i in range(low, high + 1):
        if i not in claim.numbers and reading.numbers[i].role not in _PLAIN_ROLES:
            yield reading.numbers[i]


_BREAK = re.compile(r"[,;:()–]| - | và |trong đó|gồm", re.IGNORECASE)
_END = re.compile(r"[,;:()–.]| - |trong đó|gồm|đạt tỷ lệ|chiếm|nâng tổng|so với|vượt ", re.IGNORECASE)


def _after_first_break(gap: str) -> str:
    found = _BREAK.search(gap)
    return gap[found.end() :] if found else gap


def _to_first_break(tail: str, *, next_number: bool) -> str:
    found = _END.search(tail)
    if found:
        return tail[: found.start()]
    return re.sub(r"\s+(?:và|với|lên|còn)\s*$", "", tail) if next_number else tail


@cache
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)")


@cache
def _leading(words: str) -> re.Pattern[str]:
    return re.compile(rf"^(?:cac |ca )?(?:{words})(?!\w)")


def _unit(after: str, claim: Claim) -> str:
    for said in (after, claim.unit):
        for name, words in phrases.UNITS:
            if said and _leading(words).match(said):
                return name
    return ""


def _thing(claim: Claim, reading: Reading, words: Words) -> _Thing | None:
    """The concept and its qualities, from the nearest words that name one."""
    own = _concept(words.own, words.unit)
    if own == "admission_target" and claim.kind in ("pair", "target"):
        own = "admitted"
    source = next((i for i in (claim.counted, claim.base, claim.within) if i is not None), None)
    inherited = None
    of_another = claim.within is not None or (claim.kind == "share" and claim.counted is not None)
    if source is not None and reading.claims[source] is not claim and (not own or of_another):
        parent = reading.claims[source]
        inherited = _thing(parent, reading, words_of(parent, reading))
    if inherited is not None and words.unit in _units_of(inherited.concept):
        part = _part_of(inherited, claim, words)
        shares = claim.kind == "share" and claim.counted is not None and claim.within is None
        if not own or (part is not None and (part.quality or shares) and part.figure):
            return part
    if own:
        return _with_qualities(own, words, words.own, 1.0)
    if inherited is not None:
        return None
    nearer = f"{claim.subject} {words.own}"
    for text, confidence in ((nearer, 0.95), (f"{words.clause} {words.after}", 0.8)):
        found = _concept(text, words.unit)
        if found:
            return _with_qualities(found, words, text, confidence)
    return None


def _concept(text: str, unit: str) -> str:
    for concept in phrases.CONCEPTS:
        if concept.fits(text, unit):
            return concept.name
    return ""


def _part_of(parent: _Thing, claim: Claim, words: Words) -> _Thing | None:
    """What a share or part is of: the same thing, with its own qualities when it has any."""
    own = _with_qualities(parent.concept, words, words.own, parent.confidence * 0.95, bare=True)
    if own.quality or own.mark:
        return own
    of_it = claim.within is None or claim.base is not None or claim.counted is not None
    if claim.kind in ("share", "target", "change", "new_total") and of_it:
        return replace(parent, confidence=parent.confidence * 0.97)
    return None


def _with_qualities(
    concept: str, words: Words, text: str, confidence: float, *, bare: bool = False
) -> _Thing:
    mark = _mark(text) if concept in ("badges", "badge_proposals") else 0
    found = [
        quality
        for group in _RELEVANT.get(concept, ("person",))
        if (quality := _quality(group, words, _where_to_look(group, words, text, bare), concept, bare))
    ]
    quality = found[0] if len(found) == 1 else "".join(sorted(found))
    if concept.startswith("rated_") and not found and not bare:
        quality = _quality("level", words, text, concept, bare=True) or "rated"
    rest = _rest(words.after)
    if concept in _WEAK and rest:
        confidence = min(confidence, 0.3)
    elif len(rest) >= 2:
        confidence = min(confidence, 0.6)
    if concept == "expelled":
        quality = "expulsion"
    if concept == "badges" and quality == "youth":
        quality = ""
    return _Thing(concept, quality, mark, confidence, words.unit)


def _where_to_look(group: str, words: Words, text: str, bare: bool) -> str:
    """Beyond its own words: who they are is said right there; which award or form may be said once for several."""
    if group in ("award", "form", "badge") and not bare:
        return words.clause
    return text if not words.own.strip() else words.own


def _units_of(concept: str) -> frozenset[str]:
    return next(one.units for one in phrases.CONCEPTS if one.name == concept) | {""}


def _quality(group: str, words: Words, text: str, concept: str, bare: bool) -> str:
    """The one quality of a group that the words name: after the number first; two of them make none that is known."""
    for said in (words.after, words.before, text):
        hits = [name for name, phrase in phrases.QUALITIES if name in _GROUPS[group] and _pattern(phrase).search(said)]
        if group == "level" and hits:
            return next(name for name in _GROUPS["level"] if name in hits)
        if group == "person":
            quiet = {"committee": ("committee",), "moved_in": ("official",), "moved_out": ("official",)}
            hits = [name for name in hits if name not in quiet.get(concept, ())]
        if len(hits) > 1:
            return "+".join(hits)
        if hits:
            return hits[0]
        if bare and group == "level" and concept.startswith("rated_"):
            level = next((name for name, phrase in _BARE_LEVELS if _pattern(phrase).search(said)), "")
            if level:
                return level
    return ""


def _mark(text: str) -> int:
    found = re.findall(r"(\d{2}) nam(?: tuoi dang)?", text)
    return int(found[-1]) if len(set(found)) == 1 else 0


def _rest(after: str) -> list[str]:
    """The words after the number that neither the unit nor any known phrase accounts for."""
    text = after
    for _name, words in phrases.UNITS:
        text = _leading(words).sub(" ", text.strip(), count=1)
    for concept in phrases.CONCEPTS:
        if concept.words:
            text = _pattern(concept.words).sub(" ", text)
    for _name, phrase in phrases.QUALITIES:
        text = _pattern(phrase).sub(" ", text)
    return [word for word in re.findall(r"[a-z]+", text) if word not in phrases.FILLERS]


def _asked(claim: Claim, reading: Reading, words: Words, thing: _Thing) -> Match:
    numbers = [(i, reading.numbers[i]) for i in claim.numbers]
    if claim.kind == "target":
        return _target(numbers, claim, words, thing)
    if claim.kind == "change":
        return _change(numbers, claim, words, thing)
    if claim.kind == "new_total":
        return _plain(numbers, "members.total", thing) if thing.concept in ("stock", "admitted") else Match(None)
    if claim.kind == "pair":
        return _pair(numbers, words, thing)
    return _shares(numbers, claim, words, thing)


def _plain(numbers: list[tuple[int, Number]], figure: str, thing: _Thing) -> Match:
    counts = [i for i, number in numbers if number.role in ("count", "amount", "other")]
    asks = tuple(Ask(i, "value", Term(figure)) for i in counts[:1])
    others = tuple((Ask(i, "value", Term(other)),) for i in counts[:1] for other in phrases.ALSO.get(figure, ()))
    return Match(figure, thing.confidence, asks, others) if asks else Match(None, reason="không rõ đơn vị")


def _shares(numbers: list[tuple[int, Number]], claim: Claim, words: Words, thing: _Thing) -> Match:
    """A count, a percentage, or both in one claim."""
    figure, asks, others = thing.figure, [], []
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
            others.extend((Ask(i, "value", Term(other)),) for other in phrases.ALSO.get(figure, ()))
    if not asks:
        return Match(None, reason="không rõ tỷ lệ này tính trên số nào")
    return Match(shown, thing.confidence, tuple(asks), tuple(others))


def _pair(numbers: list[tuple[int, Number]], words: Words, thing: _Thing) -> Match:
    """a/b: a figure of its base; with a percentage after it when that is in the same claim."""
    figure = thing.figure
    counts = [i for i, number in numbers if number.role not in ("percent", "points")]
    if len(counts) < 2:
        return Match(None, reason="không rõ cặp số")
    if thing.concept == "admitted" and not thing.quality:
        bases: tuple[str, ...] = ("members.admitted.target", "members.admitted.own_target")
    else:
        bases = _bases(figure, words) or phrases.ALSO.get(figure, ())
    asks = [Ask(counts[0], "value", Term(figure))]
    if bases and bases[0] != figure:
        asks.append(Ask(counts[1], "value", Term(bases[0])))
        asks.extend(
            Ask(i, "percent", Term(figure), Term(bases[0])) for i, n in numbers if n.role == "percent"
        )
    others = tuple((Ask(counts[1], "value", Term(base)),) for base in bases[1:])
    return Match(figure, thing.confidence, tuple(asks), others)


def _target(numbers: list[tuple[int, Number]], claim: Claim, words: Words, thing: _Thing) -> Match:
    """Reached or passed a target: of the body above unless the text says its own (claim-patterns, 2.5)."""
    if thing.concept not in ("admitted", "admission_target") or thing.quality:
        return Match(None, reason="chỉ tiêu này chưa có chỉ số tương ứng")
    said = f"{words.own} {claim.subject} {fold(claim.text)}"
    own = bool(re.search(r"nghi quyet|ke hoach|huyen giao|de ra|dai hoi|phan dau", said)) and "tinh giao" not in said
    targets = ["members.admitted.target", "members.admitted.own_target"]
    targets = targets[::-1] if own else targets
    if re.search(r"tong so dang vien|dau nam|cuoi nam truoc", said):
        targets = ["members.opening"]
    over = claim.direction == "up" or bool(re.search(r"vuot|tang", said))
    asks: list[Ask] = []
    others: list[tuple[Ask, ...]] = []
    for i, number in numbers:
        row = [_against(i, number, target, over, said) for target in targets]
        if number.role == "count" and not over and any(a.op == "value" and a.top.indicator == "members.admitted" for a in asks):
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
    if re.search(r"chi tieu(?: tinh giao| giao| nam)*(?: la)?\s*$|giao", said.split("  ")[0][:60]) and not over:
        return Ask(i, "value", Term(target))
    return Ask(i, "value", admitted)


def _change(numbers: list[tuple[int, Number]], claim: Claim, words: Words, thing: _Thing) -> Match:
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
    shown = f"{figure}.change_pct" if f"{figure}.change_pct" in INDICATORS else figure
    return Match(shown, thing.confidence * 0.9, tuple(asks)) if asks else Match(None, reason="không rõ so với số nào")


def _bases(figure: str, words: Words) -> tuple[str, ...]:
    """What a share of the figure is of, the likeliest first."""
    head = max((name for name in phrases.BASES if figure == name or figure.startswith(f"{name}.")), key=len, default="")
    bases = tuple(base for base in phrases.BASES.get(head, ()) if base != figure)
    if "tong so dang vien" in words.own and "members.total" in bases:
        bases = ("members.total", *(base for base in bases if base != "members.total"))
    return bases


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


def _body_of(claim: Claim, words: Words) -> str:
    if claim.body:
        return claim.body
    found = _BODY.search(words.raw)
    return found[0] if found else ""


def _why_not(thing: _Thing | None) -> str:
    if thing is None:
        return "không nhận ra chỉ số nào trong lời văn"
    return "hệ thống không có chỉ số cho đúng nhóm được nêu"
