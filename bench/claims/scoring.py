"""Counting: faults found and false alarms, claims read, figures matched; and each miss in words."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from bench.claims.corpus import FIGURE_KINDS, Expected, Fault, Passage
from bench.claims.reader import Found, Said

__all__ = ["Arithmetic", "Counts", "Miss", "Ratios", "score_arithmetic", "score_matching", "score_reading"]

#: Where another base, a list of names or a year may explain it, "doubtful" finds the error as well.
_EITHER = ("base", "names", "list", "year")
_TARGET_WORDS = ("chỉ tiêu", "kế hoạch", "dự toán", "vượt")
#: Words that make a printed number a thousand, a million … of what stands there.
_BIG = ("triệu", "tỷ", "tỉ ", "vạn", "ngàn", "nghìn")


@dataclass(slots=True)
class Counts:
    """How many were said, how many of them rightly, how many there were and how many of those found."""

    said: int = 0
    said_right: int = 0
    there: int = 0
    found: int = 0

    @property
    def precision(self) -> float:
        return self.said_right / self.said if self.said else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.there if self.there else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


Ratios = dict[str, Counts]


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that went wrong: `sort` is "missed fault", "false alarm", "not read", "wrong figure" …"""

    sort: str
    passage: str
    words: str
    why: str


@dataclass(slots=True)
class Arithmetic:
    """The score of verdicts. `by_kind` counts "wrong" only; `soft` counts "wrong" and "doubtful" together."""

    by_kind: Ratios = field(default_factory=lambda: defaultdict(Counts))
    by_fault: Ratios = field(default_factory=lambda: defaultdict(Counts))
    total: Counts = field(default_factory=Counts)
    papers: Counts = field(default_factory=Counts)
    soft: Counts = field(default_factory=Counts)
    doubts: Counts = field(default_factory=Counts)
    righted: Counts = field(
        default_factory=Counts
    )  # found faults whose right value was named, of those that have one
    confirmed: Counts = field(default_factory=Counts)  # right claims that were said to be right
    misses: list[Miss] = field(default_factory=list)


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def score_arithmetic(passage: Passage, said: Sequence[Said], into: Arithmetic) -> None:
    """Add one passage. A fault is found when a verdict "wrong" lies on any of its places."""
    faults = list(passage.faults())
    alarms = [one for one in said if one.verdict in ("wrong", "doubtful")]
    for fault in faults:
        hits = [one for one in alarms if _on(one, fault)]
        _count_fault(passage, fault, hits, into)
    for place, verdict in sorted({((one.start, one.end), one.verdict) for one in alarms}):
        mine = [one for one in alarms if (one.start, one.end) == place and one.verdict == verdict]
        _count_alarm(passage, mine[0], [fault for fault in faults if _on(mine[0], fault)], into)
    for claim in passage.claims:
        if claim.verdict == "right" and claim.check:
            into.confirmed.there += 1
            into.confirmed.found += any(
                one.verdict == "right" and _overlap((one.start, one.end), (claim.start, claim.end))
                for one in said
            )


def _on(said: Said, fault: Fault) -> bool:
    return any(_overlap((said.start, said.end), place) for place in fault.places)


def _count_fault(passage: Passage, fault: Fault, hits: Sequence[Said], into: Arithmetic) -> None:
    hard = any(one.verdict == "wrong" for one in hits)
    into.soft.there += fault.sort != "paper"
    into.soft.found += fault.sort != "paper" and bool(hits)
    of_sort = into.by_fault[fault.sort]
    of_sort.there += 1
    if fault.sort in _EITHER:
        hard = bool(hits)
    if fault.verdict == "doubtful":
        into.doubts.there += 1
        into.doubts.found += bool(hits)
        of_sort.found += bool(hits)
        if not hits:
            into.misses.append(Miss("missed doubt", passage.id, _words(passage, fault), _why(fault)))
        return
    counts = into.papers if fault.sort == "paper" else into.total
    for one in (counts, into.by_kind[fault.kind]):
        one.there += 1
        one.found += hard
    of_sort.found += hard
    if not hard:
        softer = " (only doubtful)" if hits else ""
        into.misses.append(Miss("missed fault", passage.id, _words(passage, fault), _why(fault) + softer))
    elif fault.right:
        into.righted.there += 1
        into.righted.found += any(
            _digits(one.expected) == _digits(fault.right) for one in hits if one.expected
        )


def _count_alarm(passage: Passage, alarm: Said, faults: Sequence[Fault], into: Arithmetic) -> None:
    right = any(fault.verdict == "wrong" or alarm.verdict == "doubtful" for fault in faults)
    paper = alarm.kind == "reference"
    if not paper:
        into.soft.said += 1
        into.soft.said_right += bool(faults)
    if alarm.verdict == "doubtful":
        into.doubts.said += 1
        into.doubts.said_right += bool(faults)
    else:
        kind = faults[0].kind if faults else alarm.kind
        for one in (into.papers if paper else into.total, into.by_kind[kind]):
            one.said += 1
            one.said_right += right
    if not right:
        sort = "false alarm" if alarm.verdict == "wrong" else "needless doubt"
        into.misses.append(Miss(sort, passage.id, passage.text[alarm.start : alarm.end], alarm.reason))


def _words(passage: Passage, fault: Fault) -> str:
    return " … ".join(passage.text[start:end] for start, end in fault.places[:4])


def _why(fault: Fault) -> str:
    return fault.sort + (f", right: {fault.right}" if fault.right else "")


def _digits(text: str) -> str:
    return "".join(c for c in text.replace(".", "") if c.isdigit() or c == ",").strip(",").lstrip("0")


# --- reading --------------------------------------------------------------------------------------------------


def _same(one: Decimal, other: Decimal, big: bool) -> bool:
    if one == other:
        return True
    return big and one > 0 and any(one * 10**n == other or other * 10**n == one for n in (3, 6, 9))


def _holds(found: Found, claim: Expected) -> bool:
    """Whether the claim read lies on the expected one and holds all of its values."""
    if not _overlap((found.start, found.end), (claim.start, claim.end)):
        return False
    big = any(word in claim.at for word in _BIG)
    return all(any(_same(value, other, big) for other in found.values) for value in claim.values)


def _touches(found: Found, claim: Expected) -> bool:
    big = any(word in claim.at for word in _BIG)
    return _overlap((found.start, found.end), (claim.start, claim.end)) and any(
        _same(value, other, big) for value in claim.values for other in found.values
    )


def _kinds(claim: Expected) -> set[str]:
    """The kinds that a claim may be read as. "đạt 95%" after a pair is a share as well as a target; "từ 45 xuống 38"
    are two counts as well as a change."""
    if claim.kind in ("share", "target") and not any(word in claim.at for word in _TARGET_WORDS):
        return {"share", "target"}
    if claim.kind == "change" and len(claim.values) > 1 and "%" not in claim.at and "điểm" not in claim.at:
        return {"change", "count"}
    return {claim.kind}


def _main(found: Found, claim: Expected) -> bool:
    """Whether the claim read holds the first value of the expected one; the others are its base or its share."""
    big = any(word in claim.at for word in _BIG)
    return _overlap((found.start, found.end), (claim.start, claim.end)) and (
        not claim.values or any(_same(claim.values[0], other, big) for other in found.values)
    )


def _read_as(found: Found, claims: Iterable[Expected]) -> set[str]:
    """The kinds that a claim read may bear: those of all that lie whole in it (a count with its share is one claim)."""
    return {kind for claim in claims if _holds(found, claim) for kind in _kinds(claim)}


def score_reading(passage: Passage, found: Sequence[Found], by_kind: Ratios, misses: list[Miss]) -> None:
    """Add one passage: claims found with their kind and all their values, and claims read that are none."""
    for claim in passage.figures:
        if not claim.values:
            continue
        holding = [one for one in found if _holds(one, claim)]
        split = _split(claim, found)
        right = (
            any(one.kind == claim.kind or one.kind in _read_as(one, passage.claims) for one in holding)
            or split
        )
        by_kind[claim.kind].there += 1
        by_kind[claim.kind].found += right
        if not right:
            as_what = ", ".join(sorted({one.kind for one in found if _touches(one, claim)})) or "nothing"
            misses.append(Miss("not read", passage.id, claim.at, f"{claim.kind}, read as {as_what}"))
    for one in found:
        near = [claim for claim in passage.claims if _touches(one, claim)]
        if one.kind not in FIGURE_KINDS or (not near and one.values == (0,)):
            continue  # "không có …" is a claim of nought, which the set does not always spell out
        right = any(one.kind in _kinds(claim) for claim in near) or one.kind in _part_kinds(one, near)
        by_kind[one.kind].said += 1
        by_kind[one.kind].said_right += right
        if not right:
            kinds = ", ".join(sorted({claim.kind for claim in near})) or "no claim"
            misses.append(
                Miss("read wrongly", passage.id, passage.text[one.start : one.end], f"{one.kind}, is {kinds}")
            )


def _split(claim: Expected, found: Sequence[Found]) -> bool:
    """A count and its percentage may be read as two claims: together they hold all values, one has the kind."""
    near = [one for one in found if _touches(one, claim)]
    big = any(word in claim.at for word in _BIG)
    values = [value for one in near for value in one.values]
    return any(one.kind in _kinds(claim) for one in near) and all(
        any(_same(value, other, big) for other in values) for value in claim.values
    )


def _part_kinds(found: Found, near: Sequence[Expected]) -> set[str]:
    """What stands inside a composed claim: a count before its share, a base, last year's number."""
    inside = any(
        not _main(found, claim) or (claim.kind == "share" and len(claim.values) > len(found.values))
        for claim in near
    )
    return {"count", "pair", "share"} if inside else set()


# --- matching -------------------------------------------------------------------------------------------------


def score_matching(
    passage: Passage,
    found: Sequence[Found],
    matched: Callable[[Any], str | None],
    counts: Counts,
    misses: list[Miss],
) -> None:
    """Add one passage: which figure each claim speaks of.

    The writers of the set annotate a pair, or a count with its percentage, by the count or by the share that it makes:
    naming the figure that is counted answers for the share declared of it, and the other way round. Of the number of
    another year than the passage's ("so với năm 2018 (151 đảng viên)") some writers name no figure, as it is not the
    passage's: the product names it and asks the figure of that year, which is then neither right nor wrong.

    Where a passage names no figure for a change, for how many a target was missed or passed by, or for a percentage
    of a level of rating that has no ratio declared, naming the figure that is spoken of is neither right nor wrong.
    """
    for one in found:
        if one.kind not in FIGURE_KINDS:
            continue
        near = [claim for claim in passage.figures if claim.values and _main(one, claim)]
        said = matched(one.claim)
        if not near or any(claim.optional for claim in near) or said is None:
            continue
        wanted = {name for claim in near for name in _names(claim)} | _of_a_plan(passage, near)
        if not wanted and (any(_difference(claim) for claim in near) or _level_share(near, said)):
            continue
        if not wanted and _of_another_year(one, passage):
            continue
        counts.said += 1
        counts.said_right += said in wanted
        if said not in wanted:
            text = ", ".join(sorted(wanted)) or "none"
            misses.append(
                Miss("wrong figure", passage.id, passage.text[one.start : one.end], f"{said}, is {text}")
            )
    for claim in passage.figures:
        if claim.indicator is None or claim.optional:
            continue
        near_found = [one for one in found if _main(one, claim)]
        said_all = {matched(one.claim) for one in near_found if one.kind in FIGURE_KINDS}
        right = bool(said_all & (_names(claim) | _of_a_plan(passage, [claim])))
        counts.there += 1
        counts.found += right
        if not right and not (said_all - {None}):
            misses.append(Miss("no figure", passage.id, claim.at, f"is {claim.indicator}"))


_TARGETS = (
    {"members.admitted.target", "members.admitted.own_target"},
    {"members.admitted.of_target_pct", "members.admitted.of_own_target_pct"},
)


def _of_a_plan(passage: Passage, near: Sequence[Expected]) -> set[str]:
    """“đạt 95% kế hoạch”: whose plan it is the words do not say, so either target is right (the writers differ)."""
    names = {claim.indicator for claim in near if claim.indicator}
    start, end = min(claim.start for claim in near), max(claim.end for claim in near)
    said = passage.text[max(0, start - 60) : end + 20]
    plan = ("kế hoạch" in said or " KH" in said) and "giao" not in said and "ghị quyết" not in said
    return {name for pair in _TARGETS if pair & names for name in pair} if plan else set()


def _difference(claim: Expected) -> bool:
    return claim.kind == "change" or (claim.kind == "target" and "%" not in claim.at)


def _level_share(near: Sequence[Expected], said: str) -> bool:
    return (
        all(claim.kind == "share" for claim in near)
        and said.startswith("ratings.")
        and not said.endswith("_pct")
    )


def _names(claim: Expected) -> set[str]:
    if claim.indicator is None:
        return set()
    if claim.kind != "pair" and len(claim.values) < 2:
        return {claim.indicator}
    return {claim.indicator, f"{claim.indicator}_pct", *_counted_in(claim.indicator)}


def _counted_in(id: str) -> set[str]:
    """Of a declared share: the figure that it is the share of."""
    from tongket.indicators.catalogue import INDICATORS
    from tongket.indicators.model import Ratio

    formula = INDICATORS[id].formula
    return {formula.numerator} if isinstance(formula, Ratio) and not formula.minus else set()


def _of_another_year(found: Found, passage: Passage) -> bool:
    """Whether the text itself gives the number another year than the passage is about."""
    period = getattr(found.claim, "period", "")
    return bool(period and passage.period and period[:4] != passage.period[:4])
