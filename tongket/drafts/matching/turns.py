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

#: “tổng số đảng viên đầu năm (2.310 đồng chí)”, “so với đầu năm (4.812 đồng chí)”
_OPENING = re.compile(r"(?:dau nam|cuoi nam truoc|dau ky)(?: \d{4})? ?\($")
_FLOW = re.compile(r"\btang\b.*\bgiam\b")
_FLOW_TIMES = re.compile(
    r"dau nam|trong nam|cuoi nam|hien (?:nay|co)|31/12|sau (?:hop nhat|sap xep|sap nhap)|het nam"
)
_COMES = re.compile(r"(?:^| )(?:so )?tang(?: trong (?:nam|ky))?(?: them)?(?: la)?$")
_GOES = re.compile(r"(?:^| )(?:so )?giam(?: trong (?:nam|ky))?(?: la)?$")
#: “riêng khối trường học kết nạp 21 đồng chí”, “(bình quân mỗi chi bộ kết nạp 2,3 đảng viên)”
_APART = re.compile(
    r"(?:^|[ ,;])rieng (?!nam|trong nam|quy|thang|\d)|(?:binh quan|trung binh)(?: [a-z]+){0,9}$"
)
#: “Hoà Sơn (150%)”: what a place has reached, in a list of places
_OF_PLACE = re.compile(r"(?:^|[ ,(])[A-ZÀ-ỸĐ][\wÀ-ỹ]*(?: [A-ZÀ-ỸĐ0-9][\wÀ-ỹ]*){0,4} ?\($")
_THRESHOLD = re.compile(r"(?:xa|phuong|thi tran|dang bo|chi bo|don vi|tccs dang)(?: [a-z]+){0,12} tu$")
_SOME_YEARS = re.compile(
    r"(?:^|[ ,])(?:trong )?(?:hai|ba|bon|nam|\d) nam(?: qua)? (?:\d{4}|\()"
    r"|\d{4} ?- ?\d{4}|luy ke|tu dau nhiem ky|nua nhiem ky|ca nhiem ky"
)
_ADMITTING_BODIES = re.compile(
    r"so (?:luong )?(?:tccs|tccsd|to chuc|co so|dang bo|chi bo)[^,;.]{0,40}? (?:(?P<no>khong|chua) )?(?:co )?ket nap"
)
_PLANNED = re.compile(r"(?:chuong trinh|ke hoach)(?: cong tac)? (?:kiem tra|giam sat)")
_CARRIED_OUT = re.compile(r"(?:^| )(?:da )?(?:hoan thanh|thuc hien|tien hanh)(?: duoc)?$")
_EACH_REACHED = re.compile(
    r"^(?:xa|phuong|thi tran|don vi|chi bo|dang bo|tccs dang|dia phuong)(?: deu)? dat(?: ty le)?$"
)
_ROW = re.compile(r"(?:dot|quy|nam|thang|ky)(?: [a-z]+){0,4} lan luot|lan luot(?: [a-z]+){0,3} \d")
_OTHERS_GIVE = re.compile(r"ubnd|uy ban nhan dan|chu tich (?:huyen|tinh|nuoc)|thu tuong")
_COMMITTEE = re.compile(r"huyen uy|dang uy|thanh uy|thi uy|ban thuong vu")
_OTHER_TASKS = re.compile(r"kiem diem|dai hoi|dung tien do|dang ky|hoan thanh viec")
_OF_THE_GOOD = re.compile(r"so(?: dang vien| to chuc)? (?:hoan thanh )?tot (?:nhiem vu )?tro len")
_WITHOUT = re.compile(r"(?:chua|khong) co (?:chi uy|cap uy)")
_ADMITTING = re.compile(r"ket nap|phat trien (?:moi )?(?:duoc )?(?:\d+ )?(?:dang vien|dang)|phat trien moi")
_OTHER_ACTS = re.compile(r"boi duong|mo lop|hoc lop|\d lop|lop nhan thuc|hoc vien|thu ngan sach")
#: “chỉ tiêu 200 đảng viên”, “kế hoạch năm là 120”, “(giao 100)”, “chỉ tiêu của cả nhiệm kỳ (750 đảng viên)”
_TARGET = re.compile(
    r"(?:(?:chi tieu|ke hoach|kh)(?: (?!dat|vuot)[a-z]+){0,6}(?: la)? ?[:(]?"
    r"|[(,] ?(?:tinh |huyen )?giao(?: chi tieu)?) ?$"
)
_OWN_TARGET = re.compile(r"nghi quyet|huyen giao|dai hoi|nhiem ky|de ra|dat ra")
_COMPARED = re.compile(r"(?:nam|ky) (?:truoc|\d{4}) ?\($|so (?:voi )?(?:cung ky|nam)[^;,]{0,40}\($")
_ALL_MEMBERS = re.compile(r"tong so dang vien(?: [a-z]+){0,6} ?\($")
#: “Huyện có 65 TCCS đảng, 5.412 đảng viên”
_HOLDS = re.compile(
    r"(?:^|[ .,])(?:huyen|tinh|thanh pho|thi xa|quan|dang bo|xa|phuong)(?: [a-z]+){0,6} co \d[\d.]* "
    r"(?:tccs(?: dang|d)?|to chuc co so dang|chi bo|dang bo)(?:[^;.:(]|\.\d){0,60}(?:,| va| voi) ?$"
)
_VILLAGES = r"chi bo (?:thon|khu pho|to dan pho|ap|ban|buon)"
_OF_THEM_WITH = re.compile(r"^chi bo (?:da )?co (?:chi uy|cap uy)")
_VILLAGE_COMMITTEES = re.compile(rf"{_VILLAGES}[^;.:\d]{{0,40}} co (?:chi uy|cap uy)")
_VILLAGE_CELLS = re.compile(rf"{_VILLAGES}$")
_NOT_RATED = re.compile(r"chat luong (?:cac )?(?:buoi |ky )?sinh hoat")
_ABSENT = re.compile(r"(?:^| )vang(?: mat)?$")
#: Watching over others by the Front and the mass organisations is no inspection of the Party's.
_FRONT = re.compile(
    r"mttq|mat tran|doan the|chinh tri ?-? ?xa hoi|hoi (?:nong dan|phu nu|cuu chien binh)|doan thanh nien"
)
_WATCHES = re.compile(r"giam sat|phan bien")
_PETITIONS = re.compile(r"luot cong dan|tiep cong dan|kien nghi, phan anh")
_OF_A_TERM = re.compile(
    r"(?:chi tieu|ke hoach)(?: ket nap| phat trien dang vien)? (?:ca )?nhiem ky"
    r"|luy ke|tu dau nhiem ky|nam \d{4} ?- ?\d{4}"
)
_CLASS = re.compile(r"lop nhan thuc|lop boi duong|boi duong nhan thuc|hoc vien")
_OF_A_QUARTER = re.compile(r"(?:^| )(?:quy (?:i{1,3}|iv|[1-4])|thang \d{1,2})(?: la| co| ket nap)?$")
_ELSEWHERE = re.compile(
    r"(?:thi xa|thanh pho|huyen|don vi) ban (?=[a-z]+ [a-z]+ (?:ket nap|co|dat))|toan quoc|ca nuoc"
)
_OF_THE_WOMEN = re.compile(r"^(?:tren |trong )?(?:tong )?so (?:dang vien )?nu\b")
_AMONG_WOMEN = re.compile(r"trong so (?:dang vien )?nu(?: do| nay)?,? (?:co|la)?$")
_RESOLVED = re.compile(
    r"nghi quyet(?: [a-z]+){0,6} (?:xac dinh|de ra|dat ra)(?: nam \d{4})?(?: phai)? ket nap$"
)


def _of_nothing(claim: Claim, reading: Reading, words: Words) -> bool:
    """Whether the words speak of something near to what is declared, and not of it: other bodies, times and parts."""
    before, clause = words.before.strip(), words.clause.rstrip()
    if any(reading.numbers[i].role == "amount" for i in claim.numbers):
        return True  # money and measures: nothing of them is declared
    if _FRONT.search(clause) and _WATCHES.search(f"{clause[-60:]} {words.after}"):
        return True
    if not words.unit and _PETITIONS.search(_sentence(claim, reading)) and "ky luat" not in clause:
        return claim.kind in ("count", "pair")
    if claim.kind in ("target", "count") and _OF_A_TERM.search(
        f"{clause[-60:]} {fold(claim.text)} {words.after[:30]}"
    ):
        return True
    if claim.kind == "count" and _OF_A_QUARTER.search(before):
        return True
    if (
        claim.kind == "count"
        and _TARGET.search(clause[-70:])
        and _CLASS.search(clause)
        and "ket nap" not in clause
    ):
        return True  # how many a class was planned for
    if claim.kind == "count" and before.endswith("tu") and re.search(r"giao|phan dau", clause):
        return True
    if _OF_THE_WOMEN.search(words.after.strip()) or _AMONG_WOMEN.search(clause[-40:]):
        return claim.kind in ("share", "count")
    return _ELSEWHERE.search(clause[-60:]) is not None


def turn_of(claim: Claim, reading: Reading, words: Words) -> Turn | None:
    """What a turn of phrase says of a claim; None when none fits, `NOTHING` when it is of nothing declared."""
    if claim.kind == "count" and claim.unit == "tap the, ca nhan":
        return NOTHING
    if _ABSENT.search(words.before.strip()) or _NOT_RATED.search(words.clause):
        return NOTHING
    if _of_nothing(claim, reading, words):
        return NOTHING
    apart = _apart(claim, reading, words)
    if apart is not None:
        return apart
    if _OF_THEM_WITH.match(words.after.strip()) and re.search(_VILLAGES, words.clause):
        return Turn("villages", "with_committee")
    if _VILLAGE_COMMITTEES.search(f"{words.before} {words.after}") or (
        claim.kind == "share" and _VILLAGE_COMMITTEES.search(words.clause)
    ):
        return Turn("villages", "with_committee")
    if claim.kind == "count" and not words.unit and _VILLAGE_CELLS.search(words.before.strip()):
        return Turn("villages")
    if claim.kind == "count" and words.unit in ("person", ""):
        return _person(claim, reading, words)
    return None


def _apart(claim: Claim, reading: Reading, words: Words) -> Turn | None:
    """What is of a part, of several years, of a list of places: nothing declared; what comes in and goes out."""
    before = words.before.strip()
    if claim.kind in ("share", "target") and (
        _OF_PLACE.search(reading.text[max(0, claim.start - 60) : claim.start])
        or (claim.bound == "at_least" and _THRESHOLD.search(before))
    ):
        return NOTHING
    if claim.kind in ("count", "pair", "change") and _APART.search(before):
        return NOTHING
    if claim.kind in ("share", "target") and _EACH_REACHED.search(before):
        return NOTHING
    if claim.kind == "share" and claim.counted is None and _ROW.search(words.clause):
        return NOTHING
    given = words.unit in ("collective", "individual") and _OTHERS_GIVE.search(words.clause)
    if given and _COMMITTEE.search(_sentence(claim, reading)):
        return NOTHING  # beside those of the committee itself
    if claim.kind == "pair" and words.unit == "organisation" and _OTHER_TASKS.search(words.tail[:80]):
        return NOTHING
    if claim.kind == "share" and _OF_THE_GOOD.search(words.after[:60]) and "xuat sac" in words.clause[-60:]:
        said = fold(reading.text[max(0, claim.start - 400) : claim.start])
        bodies = max(said.rfind("to chuc"), said.rfind("tccs"))
        whom = "rated_members" if said.rfind("dang vien") > bodies else "rated_organisations"
        return Turn(whom, "excellent")
    return _of_bodies(claim, reading, words)


def _of_bodies(claim: Claim, reading: Reading, words: Words) -> Turn | None:
    """Bodies that admit or do not, inspections carried out, members that come in and go out."""
    before = words.before.strip()
    if _WITHOUT.search(words.after) and claim.kind == "count":
        return NOTHING
    admitting = _ADMITTING_BODIES.search(before) if claim.kind == "count" and not words.unit else None
    if admitting is not None:
        return NOTHING if admitting.group("no") else Turn("admitting")
    if claim.kind == "count" and words.unit == "class" and _CARRIED_OUT.search(before):
        return Turn("planned", "done") if _PLANNED.search(words.clause) else None
    if claim.kind in ("count", "change") and words.unit in ("person", ""):
        sentence = _sentence(claim, reading)
        if _FLOW.search(sentence) and _FLOW_TIMES.search(sentence):
            if _COMES.search(before):
                return Turn("increase")
            if _GOES.search(before):
                return Turn("decrease")
        if (
            claim.kind == "count"
            and _SOME_YEARS.search(words.clause)
            and _ADMITTING.search(words.clause[-40:])
        ):
            return NOTHING
    return None


def _person(claim: Claim, reading: Reading, words: Words) -> Turn | None:
    tail = words.clause.rstrip()
    if _OPENING.search(tail):
        return Turn("opening")
    if before_done(words) and re.search(r"chi tieu ket nap|chi tieu phat trien", words.clause):
        return Turn("admitted")
    if _ALL_MEMBERS.search(tail):
        return Turn("stock")
    if _RESOLVED.search(tail):
        return Turn("own_admission_target")
    sentence = _sentence(claim, reading)
    target = _TARGET.search(tail[-70:])
    if target and _ADMITTING.search(sentence) and not _OTHER_ACTS.search(sentence):
        said = target.group()
        own = _OWN_TARGET.search(said) or re.search(r"(?:de ra|dat ra) chi tieu", tail[-90:])
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


def before_done(words: Words) -> bool:
    """“Chỉ tiêu kết nạp … là 195, thực hiện 188”: the number is what was done."""
    return re.search(r"(?:^| )(?:da )?thuc hien(?: duoc)?$", words.before.strip()) is not None


def _sentence(claim: Claim, reading: Reading) -> str:
    """The folded words of the sentence around a claim, as far as they can matter."""
    start, end = reading.sentences[claim.sentence] if reading.sentences else (0, len(reading.text))
    return fold(reading.text[max(start, claim.start - 240) : min(end, claim.end + 120)])
