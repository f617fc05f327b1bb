"""What a number counts: a concept with its qualities, from the nearest words that name one, and how sure that is."""

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from tongket.claims.model import Claim, Reading
from tongket.drafts.matching import figures, phrases
from tongket.drafts.matching.phrases import pattern
from tongket.drafts.matching.turns import turn_of
from tongket.drafts.matching.words import ALL_MARKS, Words, mark_in, rest_of, words_of
from tongket.indicators.catalogue import INDICATORS

_GROUPS: dict[str, tuple[str, ...]] = {
    "level": (
        "failed", "excellent", "good_or_better", "good", "completed_or_better", "completed", "not_rated.exempt",
        "not_rated", "rated",
    ),
    "paper": tuple(f"kind_{kind}" for kind in ("nq", "ct", "kl", "qd", "qyd", "hd", "ctr", "kh", "da", "cv", "bc")),
    "state": ("on_time", "late", "overdue"),
    "presence": ("attended",),
    "act": ("checks", "supervisions"),
    "done": ("done",),
    "finding": ("violations", "shortcomings"),
    "form": ("reprimand", "warning", "removal", "expulsion", "dissolution"),
    "card": ("first", "exchanged", "replaced"),
    "award": ("certificate", "merit", "flag"),
    "badge": ("posthumous", "early", "round_0302", "round_1905", "round_0209", "round_0711"),
    "person": (
        "missing_figure", "women", "minority", "religious", "youth", "students", "enterprise", "village_heads",
        "armed", "workers", "degree", "retired", "exempt", "official", "probationary", "theory_advanced",
        "theory_intermediate", "committee", "five_years", "with_committee", "suspended",
        "age.18_30", "age.31_40", "age.41_50", "age.51_60", "age.from_61",
        "education.doctor", "education.master", "education.university", "education.college",
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
    "cards": ("card",),
    "admitting": (),
    "communes": (),
    "founded": (),
    "dissolved": (),
    "targets_set": (),
    "recognised": (),
    "papers_issued": ("paper",),
    "papers_received": ("paper",),
    "tasks": ("state",),
    "conference_attended": ("presence",),
    "inspections": ("act",),
    "planned": ("done",),
    "plans": (),
    "attendances": (),
    "sessions": (),
    "plans_on_time": (),
    "denunciations": (),
    "inspected_organisations": ("finding",),
    "inspected_members": ("finding",),
}
#: Concepts that little speaks for: only when nothing else is said of the number.
#: "đạt 121% chỉ tiêu tỉnh giao (90 đảng viên": the number in brackets is the target.
_TARGET_NAMED = re.compile(r"(?:chi tieu|ke hoach)(?: \w+){0,6} ?\($")
_OWN_TARGET = re.compile(r"nghi quyet|huyen giao|dai hoi")
_DEEPEST = 4
#: "44 tổ chức cơ sở đảng (18 đảng bộ, 26 chi bộ) với 3.642 đảng viên".
_WITH_MEMBERS = re.compile(r"^\)? ?(?:voi|gom) *(?:tong so)?$")
_BODIES = ("bare_body", "bare_cell", "body", "base_cell")
_HOLDERS = re.compile(r"tccs|to chuc co so dang|to chuc dang|chi bo")
#: Where they stand otherwise ("tại 21 chi, đảng bộ") they are places, not what is counted.
_OWN_WORDS_ONLY = frozenset({"grassroots", "communes", "villages", "targets_set", "stock", "opening"})
#: Said once for a whole list ("Tặng Giấy khen cho 19 tập thể, 24 cá nhân"); other verbs speak of the next number only.
_SAID_ONCE = frozenset(
    (
        "collectives",
        "individuals",
        "discipline_members",
        "discipline_organisations",
        "badges",
        "inspected_members",
    )
) | {"rated_organisations", "rated_members", "rated_cells", "moved_in", "moved_out", "attendance"}
_WEAK = frozenset({"stock", "grassroots", "communes", "villages", "targets_set", "candidates"})
_BARE_LEVELS = (
    ("failed", r"khong hoan thanh"),
    ("excellent", r"xuat sac"),
    ("good_or_better", r"tot tro len"),
    ("good", r"tot"),
    ("completed", r"hoan thanh"),
)


@dataclass(frozen=True, slots=True)
class Thing:
    """What is counted: a concept with its qualities, and how sure."""

    concept: str
    quality: str
    mark: int
    confidence: float
    unit: str

    @property
    def figure(self) -> str:
        """The declared figure, "" when there is none for just this."""
        if self.mark and self.mark != ALL_MARKS:
            name = "honours.badge_proposals.mark" if self.concept == "badge_proposals" else "honours.badges"
            found = f"{name}.{self.mark}"
            return found if found in INDICATORS and not self.quality else ""
        if not self.quality and (self.concept, self.unit) in figures.BY_UNIT:
            return figures.BY_UNIT[self.concept, self.unit]
        return figures.FIGURES.get((self.concept, self.quality), "")


def thing_of(claim: Claim, reading: Reading, words: Words, deep: int = 0) -> Thing | None:
    """The concept and its qualities: from the number's own words, what it is a part or share of, the words before.

    `deep` counts the steps from part to whole, so that claims that hang on each other in a ring end.
    """
    turn = turn_of(claim, reading, words)
    if turn is not None:
        return Thing(turn.concept, turn.quality, 0, turn.confidence, "") if turn.concept else None
    shared = _in_bracket_of_share(claim, reading, words, deep)
    if shared is not None:
        return shared
    own = _own_concept(claim, words)
    source = next((i for i in (claim.counted, claim.base, claim.within) if i is not None), None)
    if claim.kind == "change" and source is not None and reading.claims[source].within is not None:
        source = reading.claims[
            source
        ].within  # "19 đảng viên, gồm khiển trách 13, khai trừ 1, giảm 3": of the 19
    shares = claim.kind == "share" and claim.counted is not None and claim.within is None
    inherited = None
    if source is not None and deep < _DEEPEST and (not own or claim.within is not None or shares):
        parent = reading.claims[source]
        inherited = thing_of(parent, reading, words_of(parent, reading), deep + 1)
    if inherited is not None:
        part = _part_of(inherited, claim, words)
        if not own or (part is not None and (part.quality or shares) and part.figure):
            return part
    if own:
        found = _with_qualities(own, words, words.own, 1.0)
        within = claim.kind in ("count", "pair") and claim.within is not None
        # a part of the same thing that nothing declared tells apart: “trong đó Ban Thường vụ kiểm tra 9 tổ chức”
        return None if within and inherited is not None and inherited.figure == found.figure else found
    if inherited is not None:
        return None
    return _from_context(claim, reading, words, deep)


def _in_bracket_of_share(claim: Claim, reading: Reading, words: Words, deep: int) -> Thing | None:
    """“gần 60% là đoàn viên (1.251 đồng chí)”: the bracket counts what the percentage is of."""
    if claim.kind != "count" or words.unit not in ("person", "organisation", "") or deep >= _DEEPEST:
        return None
    at = bisect_left(reading.claims, claim.start, key=lambda one: one.start)
    before = reading.claims[at - 1] if at else claim
    if before.kind != "share" or before.sentence != claim.sentence:
        return None
    if (
        not re.fullmatch(r"[^,;.:()]{0,40}\( ?", reading.text[before.end : claim.start])
        or "tổng số" in (reading.text[before.end : claim.start])
    ):
        return None
    return thing_of(before, reading, words_of(before, reading), deep + 1)


def _own_concept(claim: Claim, words: Words) -> str:
    own = _concept(words.own, words.unit)
    if own == "grassroots" and words.unit.startswith("bare_"):
        return ""  # "18 đảng bộ" alone may be any; as a part of the grassroots organisations they are theirs
    if own == "admission_target" and claim.kind in ("pair", "target"):
        return "admitted"
    if own == "expelled" and pattern("ky luat|khien trach|canh cao").search(
        f"{words.clause} {claim.subject}"
    ):
        return "discipline_members"
    return own


def _from_context(claim: Claim, reading: Reading, words: Words, deep: int) -> Thing | None:
    """From the words farther off, the less sure the farther."""
    if _TARGET_NAMED.search(words.clause) and claim.kind == "count" and words.unit in ("person", ""):
        near = words.clause[-60:]
        own = _OWN_TARGET.search(near)
        return _with_qualities("own_admission_target" if own else "admission_target", words, words.own, 0.8)
    if words.before.strip() in ("chi tieu", "ke hoach") and "ket nap" in words.clause:
        return _with_qualities("admission_target", words, words.own, 0.85)
    if _WITH_MEMBERS.match(words.before) and _HOLDERS.search(words.clause) and words.unit == "person":
        return _with_qualities("stock", words, words.own, 0.85)
    for text, confidence in (
        (f"{claim.subject} {words.own}", 0.95),
        (f"{words.clause} {words.after}", 0.8),
        (f"{words.own} {words.tail}", 0.8),
    ):
        found = _concept(text, words.unit)
        far = confidence < 0.9
        if found and found not in _OWN_WORDS_ONLY and (not far or found in _SAID_ONCE):
            return _with_qualities(
                found,
                words,
                text if text.find(words.tail) < 0 or not words.tail else words.own or text,
                confidence,
            )
    explained = _pair_of_share(claim, reading, deep)
    if explained is not None:
        return explained
    earlier = _listed_before(claim, reading, words)
    if earlier is not None:
        return earlier
    if phrases.PART_OF_STOCK.fits(words.own, words.unit):
        part = _with_qualities("stock", words, words.own, 0.9)
        return part if part.quality else None
    return None


def _pair_of_share(claim: Claim, reading: Reading, deep: int) -> Thing | None:
    """“đạt 98,11% (52/53)”: the pair in the bracket is of what the percentage is of."""
    opened = reading.text[max(0, claim.start - 1) : claim.start] == "("
    if claim.kind != "pair" or not opened or deep >= _DEEPEST:
        return None
    at = bisect_left(reading.claims, claim.start, key=lambda one: one.start)
    before = reading.claims[at - 1] if at else claim
    if before.sentence != claim.sentence or before.kind != "share":
        return None
    return thing_of(before, reading, words_of(before, reading), deep + 1)


def _listed_before(claim: Claim, reading: Reading, words: Words) -> Thing | None:
    """What a list goes on with after a semicolon ("3.724 đảng viên; nữ 1.210 đồng chí"), or says again ("cụ thể")."""
    if claim.kind not in ("count", "pair") or words.unit not in ("person", ""):
        return None
    again = re.search(r"cu the(?: la)?|tuc(?: la)?|chinh xac", words.before)
    at = bisect_left(reading.claims, claim.start, key=lambda one: one.start)
    for one in reversed(reading.claims[max(0, at - 10) : at]):
        if one.sentence < claim.sentence - (1 if again else 0) or one.kind not in (
            "count",
            "pair",
            "new_total",
        ):
            continue
        near = words_of(one, reading)
        concept = _own_concept(one, near)
        if concept in ("stock", "admitted", "badges", "committee", "discipline_members"):
            found = _with_qualities(concept, words, words.own, 0.8, bare=True)
            return found if found.quality or again else None
    return None


@lru_cache(maxsize=4_096)
def _concept(text: str, unit: str) -> str:
    for concept in phrases.CONCEPTS:
        if concept.fits(text, unit):
            return concept.name
    return ""


def _part_of(parent: Thing, claim: Claim, words: Words) -> Thing | None:
    """What a share or part is of: the same thing, with its own qualities when it has any."""
    concept = _rated_of(parent.concept, words)
    if concept in ("admission_target", "own_admission_target"):
        concept = "admitted"  # “đạt 104% KH (100 đ/c), trong đó nữ 49 đ/c”
    if words.unit not in _units_of(concept):
        return None
    bracket = words.clause.rfind("(") > words.clause.rfind(")")
    if concept == "grassroots" and words.unit in _BODIES and claim.within is not None and bracket:
        return Thing(
            concept, "", 0, parent.confidence * 0.95, words.unit
        )  # “46 TCCS đảng (28 đảng bộ, 18 chi bộ)”
    own = _with_qualities(concept, words, words.own, parent.confidence * 0.95, bare=True)
    if own.quality or own.mark:
        return own
    of_it = claim.within is None or claim.base is not None or claim.counted is not None
    if claim.kind in ("share", "target", "change", "new_total") and of_it:
        return replace(parent, confidence=parent.confidence * 0.97)
    return None


def _rated_of(concept: str, words: Words) -> str:
    """ "47 TCCS đảng: 9 xuất sắc, 36 hoàn thành tốt": parts by level are ratings of what was counted."""
    rated = {"grassroots": "rated_organisations", "cells": "rated_cells", "stock": "rated_members"}
    if concept in rated and any(pattern(level).search(words.own) for _name, level in _BARE_LEVELS):
        return rated[concept]
    return concept


def _with_qualities(concept: str, words: Words, text: str, confidence: float, *, bare: bool = False) -> Thing:
    mark = mark_in(text) if concept in ("badges", "badge_proposals") else 0
    found = [
        quality
        for group in _RELEVANT.get(concept, ("person",))
        if (quality := _quality(group, words, _where_to_look(group, words, text, bare), concept, bare))
    ]
    if mark > 0 or (
        found and all(part.startswith("round_") for part in found[0].split("+")) and "+" in found[0]
    ):
        found = [one for one in found if not one.startswith("round_")]  # of a mark, or of all rounds together
    quality = found[0] if len(found) == 1 else "".join(sorted(found))
    if concept.startswith("rated_") and not found and not bare:
        quality = _quality("level", words, text, concept, bare=True) or "rated"
    rest = rest_of(words.after)
    if (concept in _WEAK and rest) or len(rest) >= 3:
        confidence = min(confidence, 0.3)
    elif len(rest) >= 2:
        confidence = min(confidence, 0.6)
    if concept == "grassroots" and re.search(
        r"(?<!sinh hoat)(?:^| )(?:tai|o|cho|tu|den|cua)$|(?:^| )voi$"
        if words.unit == "organisation"
        else r"(?<!sinh hoat)(?:^| )(?:tai|o|cho|tu|den|cua)$",
        words.before.strip(),
    ):
        confidence = 0.3  # a place where something happens, not what is counted
    if "five_years" in found and concept == "rated_members":
        quality = "five_years"
    if concept == "expelled":
        quality = "expulsion"
    if concept == "badges" and quality == "youth":
        quality = ""
    if mark == ALL_MARKS:
        confidence = min(confidence, 0.6)  # "từ 30 đến 60 năm tuổi Đảng" may be all of them, or not
    return Thing(concept, quality, mark, confidence, words.unit)


def _where_to_look(group: str, words: Words, text: str, bare: bool) -> str:
    """Beyond its own words: who they are is said right there; which award or form may be said once for several."""
    if group == "award" or (group in ("form", "badge") and not bare):
        return words.clause
    return text if not words.own.strip() else words.own


def _units_of(concept: str) -> frozenset[str]:
    return next((one.units for one in phrases.CONCEPTS if one.name == concept), frozenset({"person"})) | {""}


@cache
def _of_group(group: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, pattern(phrase)) for name, phrase in phrases.QUALITIES if name in _GROUPS[group])


@cache
def _group_words(group: str) -> re.Pattern[str]:
    return pattern("|".join(phrase for name, phrase in phrases.QUALITIES if name in _GROUPS[group]))


def _any_of(group: str, said: str) -> bool:
    """Whether any phrase of a group is said: one look where most texts have none."""
    return bool(said) and _group_words(group).search(said) is not None


def _quality(group: str, words: Words, text: str, concept: str, bare: bool) -> str:
    """The one quality of a group that the words name: after the number first; two of them make none that is known."""
    for said in (words.after, words.before, text):
        hits = (
            [name for name, phrase in _of_group(group) if phrase.search(said)] if _any_of(group, said) else []
        )
        if group == "level" and hits:
            return next(name for name in _GROUPS["level"] if name in hits)
        if group == "person":
            quiet = {"committee": ("committee",), "moved_in": ("official",), "moved_out": ("official",)}
            hits = [name for name in hits if name not in quiet.get(concept, ())]
        if "degree" in hits:
            hits = [name for name in hits if not name.startswith("education.")]
        if "five_years" in hits:
            return "five_years"
        if group == "paper" and hits:
            return hits[0] if said is words.after else ""
        if len(hits) > 1:
            return "+".join(hits)
        if hits:
            return hits[0]
        if bare and group == "level" and concept.startswith("rated_"):
            level = next((name for name, phrase in _BARE_LEVELS if pattern(phrase).search(said)), "")
            if level:
                return level
    return ""
