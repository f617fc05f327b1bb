"""Turns of phrase that say at once what a number is of, or that it is of nothing declared, before any word is weighed.

Each is tried on the folded words around the number; the first that fits decides. They are narrower than `CONCEPTS`:
a target in its own words, what stands in a bracket after its name, what a list of a body's holdings goes on with.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass

from tongket.claims.model import Claim, Reading
from tongket.drafts.matching.plain import plain as fold
from tongket.drafts.matching.words import Words

__all__ = ["NOTHING", "Turn", "turn_of"]


@dataclass(frozen=True, slots=True)
class Turn:
    """What a turn of phrase says: the concept, its quality and how sure; no concept: nothing that is declared."""

    concept: str
    quality: str = ""
    confidence: float = 0.85


NOTHING = Turn("")

_ADMITTING = re.compile(r"ket nap|phat trien (?:moi )?(?:duoc )?(?:\d+ )?(?:dang vien|dang)|phat trien moi")
_OTHER_ACTS = re.compile(r"boi duong|mo lop|hoc lop|\d lop|thu ngan sach")
#: “chỉ tiêu 200 đảng viên”, “kế hoạch năm là 120”, “(giao 100)”, “chỉ tiêu của cả nhiệm kỳ (750 đảng viên)”
_TARGET = re.compile(
    r"(?:(?:chi tieu|ke hoach)(?: (?!dat|vuot)[a-z]+){0,6}(?: la)? ?[:(]?|[(,] ?(?:tinh |huyen )?giao(?: chi tieu)?) ?$"
)
_OWN_TARGET = re.compile(r"nghi quyet|huyen giao|dai hoi|nhiem ky")
_COMPARED = re.compile(r"(?:nam|ky) (?:truoc|\d{4}) ?\($|so (?:voi )?(?:cung ky|nam)[^;,]{0,40}\($")
_ALL_MEMBERS = re.compile(r"tong so dang vien(?: [a-z]+){0,6} ?\($")
#: “Huyện có 65 TCCS đảng, 5.412 đảng viên”
_HOLDS = re.compile(
    r"(?:^|[ .,])(?:huyen|tinh|thanh pho|thi xa|quan|dang bo|xa|phuong)(?: [a-z]+){0,6} co \d[\d.]* "
    r"(?:tccs(?: dang|d)?|to chuc co so dang|chi bo|dang bo)(?:[^;.:(]|\.\d){0,60}(?:,| va| voi) ?$"
)
_VILLAGES = r"chi bo (?:thon|khu pho|to dan pho|ap|ban|buon)"
_VILLAGE_COMMITTEES = re.compile(rf"{_VILLAGES}[^;.:\d]{{0,40}} co (?:chi uy|cap uy)")
_VILLAGE_CELLS = re.compile(rf"{_VILLAGES}$")
_NOT_RATED = re.compile(r"chat luong (?:cac )?(?:buoi |ky )?sinh hoat")
_ABSENT = re.compile(r"(?:^| )vang(?: mat)?$")


def turn_of(claim: Claim, reading: Reading, words: Words) -> Turn | None:
    """What a turn of phrase says of a claim; None when none fits, `NOTHING` when it is of nothing declared."""
    if claim.kind == "count" and claim.unit == "tap the, ca nhan":
        return NOTHING
    if _ABSENT.search(words.before.strip()) or _NOT_RATED.search(words.clause):
        return NOTHING
    if _VILLAGE_COMMITTEES.search(f"{words.before} {words.after}") or (
        claim.kind == "share" and _VILLAGE_COMMITTEES.search(words.clause)
    ):
        return Turn("villages", "with_committee")
    if claim.kind == "count" and not words.unit and _VILLAGE_CELLS.search(words.before.strip()):
        return Turn("villages")
    if claim.kind == "count" and words.unit in ("person", ""):
        return _person(claim, reading, words)
    return None


def _person(claim: Claim, reading: Reading, words: Words) -> Turn | None:
    tail = words.clause.rstrip()
    if _ALL_MEMBERS.search(tail):
        return Turn("stock")
    sentence = _sentence(claim, reading)
    target = _TARGET.search(tail[-70:])
    if target and _ADMITTING.search(sentence) and not _OTHER_ACTS.search(sentence):
        own = _OWN_TARGET.search(target.group())
        return Turn("own_admission_target" if own else "admission_target")
    if words.unit == "person" and not words.before.strip() and _HOLDS.search(tail):
        return Turn("stock", "", 0.8)
    at = bisect_left(reading.claims, claim.start, key=lambda one: one.start)
    near = [one for one in reading.claims[max(0, at - 3) : at] if one.sentence == claim.sentence]
    if any(one.kind == "target" and one.counted == at for one in near) and _ADMITTING.search(sentence):
        return Turn("admitted", "", 0.8)
    changed = any(one.kind == "change" and one.counted is not None for one in near)
    if changed and _COMPARED.search(tail[-60:]) and _ADMITTING.search(sentence):
        return None if _OTHER_ACTS.search(sentence) else Turn("admitted", "", 0.6)
    return None


def _sentence(claim: Claim, reading: Reading) -> str:
    """The folded words of the sentence around a claim, as far as they can matter."""
    start, end = reading.sentences[claim.sentence] if reading.sentences else (0, len(reading.text))
    return fold(reading.text[max(start, claim.start - 240) : min(end, claim.end + 120)])
