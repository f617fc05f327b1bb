"""The words near a number, folded and cut where another number's words begin; the class of the unit after it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from tongket.claims.model import Claim, Number, Reading
from tongket.drafts.matching import phrases
from tongket.drafts.matching.plain import plain as fold

_PLAIN_ROLES = frozenset({"date", "year", "span", "ordinal", "mark", "age", "code", "name"})
_BODY = re.compile(
    r"(?:Đảng bộ|Đảng [uủ][yỷ]|Chi bộ|Chi [uủ][yỷ]|xã|thị trấn|phường|Xã|Thị trấn|Phường|TCCS [Đđ]ảng)"
    r"(?: [a-zà-ỹđ]{1,8}){0,4}(?: [A-ZÀ-ỸĐ][\wÀ-ỹ]*){1,6}"
)


@dataclass(frozen=True, slots=True)
class Words:
    """The words about a claim, folded. `before` and `after` are its own, `clause` what stands before them since the
    last semicolon, `tail` what follows to the next, `raw` the own part as written; `unit` is the class of the
    unit printed after the number."""

    before: str
    after: str
    clause: str
    tail: str
    raw: str
    unit: str

    @property
    def own(self) -> str:
        """What stands right before and after the number."""
        return f"{self.before} {self.after}"


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
    gap = _COUPLES.sub(r"\1 ", text[earlier : first.start])
    if earlier > start:
        gap = _after_first_break(gap)
    own_before = gap.rpartition(";")[2]
    if re.search(r"\w\s*\([^()]*$", own_before):  # in brackets: what stands before them says what it is of
        own_before = own_before.rpartition("(")[2]
    own_after = _to_first_break(
        _NAME.sub(" ", _COUPLES.sub(r"\1 ", text[last.end : later])), next_number=later < end
    )
    inner = text[first.end : last.start] if claim.kind == "pair" and last is not first else ""
    if re.search(r"[^\W\d_]{3}", inner):  # “2.318 đảng viên được đánh giá trong tổng số 2.402 đảng viên”
        own_after = f"{inner} {own_after}"
    clause = text[start : first.start].rpartition(";")[2]
    before, after = fold(own_before), fold(own_after)
    unit = _unit(after, claim)
    if claim.kind == "target" and unit in ("target", "paper"):
        unit = ""  # "103,5% chỉ tiêu": of what it is, not what is counted
    tail = fold(re.split(r"[;\n]", text[last.end : min(end, last.end + 160)], maxsplit=1)[0])
    return Words(before, after, fold(clause), tail, own_before + " " + own_after, unit)


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


#: “… 214 đảng viên mới của Đảng bộ thành phố Lộc Hải”
_NAME = re.compile(
    r"\b(?:(?:của|ở|tại) )?(?:(?:toàn )?(?:Đảng bộ|đảng bộ|Huyện ủy|Thành ủy|Thị ủy|Tỉnh ủy) )?"
    r"(?:thành phố|huyện|thị xã|tỉnh|quận|Khối)(?: [A-ZÀ-ỸĐ][\wÀ-ỹ]*){1,4}"
)
#: Commas inside one name break nothing: "thôn, buôn", "chi, đảng bộ", "học sinh, sinh viên".
_COUPLES = re.compile(
    r"\b([Tt]hôn|[Xx]ã|[Cc]hi|[Cc]án bộ|[Hh]ọc sinh|[Tt]rưởng|[Cc]ao đẳng|[Đđ]ại học|[Kk]hu phố|[Mm]iễn công tác|"
    r"[Tt]ổ chức đảng|[Kk]iểm tra(?=, giám)|[Đđ]ánh giá|[Tt]uyên dương|[Hh]ọc tập|[Tt]rung cấp|[Cc]ao cấp)"
    r", (?=[a-zà-ỹđ])"
)
_BREAK = re.compile(r"[,;:()–]| - | và |trong đó|gồm", re.IGNORECASE)
_END = re.compile(r"[,;:()–.]| - |trong đó|gồm|đạt tỷ lệ|chiếm|nâng tổng|so với|vượt ", re.IGNORECASE)


def _after_first_break(gap: str) -> str:
    found = _BREAK.search(gap)
    return gap[found.end() :] if found else gap


def _to_first_break(tail: str, *, next_number: bool) -> str:
    found = _END.search(tail)
    if found:
        return tail[: found.start()]
    if next_number and re.match(r"\s*và ", tail):
        return ""  # “cách chức 2 và khai trừ 4”
    return re.sub(r"\s+(?:và|với|lên|còn)\s*$", "", tail) if next_number else tail


@cache
def _leading(words: str) -> re.Pattern[str]:
    return re.compile(rf"^(?:cac |ca )?(?:{words})(?!\w)")


def _unit(after: str, claim: Claim) -> str:
    for said in (after, claim.unit):
        for name, words in phrases.UNITS:
            if said and _leading(words).match(said):
                return name
    return "other" if claim.unit else ""


#: A range of marks ("từ 30 đến 60 năm tuổi Đảng") leaves open whether it holds them all.
ALL_MARKS = -2


def mark_in(text: str) -> int:
    """The one mark of the badge that the words name; 0 for none, -1 for several, `ALL_MARKS` for a range."""
    if re.search(r"tu \d{2} (?:nam )?den", text):
        return ALL_MARKS
    if re.search(r"\d{2} nam(?: tuoi dang)? tro len|\d{2}(?:,| va) \d{2} (?:va \d{2} )?nam", text):
        return -1
    found = re.findall(r"(?<!\d)(\d{2}) nam(?: tuoi dang)?", text)
    return int(found[-1]) if len(set(found)) == 1 else 0


@lru_cache(maxsize=2_048)
def rest_of(after: str) -> tuple[str, ...]:
    """The words after the number that neither the unit nor any known phrase accounts for."""
    text = after
    for _name, words in phrases.UNITS:
        text = _leading(words).sub(" ", text.strip(), count=1)
    text = _known().sub(" ", text)
    return tuple(word for word in re.findall(r"[a-z]+", text) if word not in phrases.FILLERS)


@cache
def _known() -> re.Pattern[str]:
    """Every known phrase in one pattern: one pass over the words instead of one for each phrase."""
    every = [one.words.strip("|") for one in phrases.CONCEPTS if one.words]
    every += [phrase for _name, phrase in phrases.QUALITIES]
    return phrases.pattern("|".join(every))


def body_of(claim: Claim, words: Words) -> str:
    """The organisation that the text names for a claim, as written; "" for none."""
    if claim.body:
        return claim.body
    found = _BODY.search(words.raw)
    return found[0] if found else ""
