"""The years that a text names, held against the year it is about.

A year copied from an old text is the commonest slip of a year-end report. It shows in three ways: the numbers beside it
are those of the year asked and not of the year named; the meeting that sums it up plans for the year after the one
asked; or it has not come yet on the text's own day.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tongket.claims.model import Claim, Judgement, Number, Reading, Verdict
from tongket.core.periods import Period
from tongket.drafts.matching.plain import plain as fold

_SUMMED_UP = re.compile(
    r"\btong ket\b"
    r"(?:(?!\b(?:giai doan|nhiem ky|so ket|thang|quy|chuong trinh|nghi quyet)\b).){0,120}$"
)
_AHEAD = re.compile(r"\b(?:trien khai|phuong huong|nhiem vu|ke hoach|chuong trinh cong tac)\b.{0,90}$")
_TASKS = re.compile(
    r"\b(?:de nghi|phan dau|tap trung|phuong huong|nhiem vu|can (?!bo)|se|du kien|muc tieu)\b"
)
#: Words before a year that may well lie far ahead, or years back.
_FAR = re.compile(
    r"\b(?:den|tam nhin|giai doan|nhiem ky|khoa|muc tieu|dinh huong|lo trinh|truoc|luat|bo luat|hien phap|hinh su|"
    r"dat dai|tu|dau|cuoi|het|sau)(?: het)?(?: nam)?\s*$"
)


@dataclass(frozen=True, slots=True)
class Held:
    """A traced claim whose text names another year than the one asked: what the figures of either say of it."""

    position: int
    stated: tuple[Judgement, ...]
    asked: tuple[Judgement, ...]
    ahead: bool = False  # the year named comes after the one asked: nothing can be held against it

    @property
    def fits_asked(self) -> bool:
        """Whether the numbers are those of the year asked and not of the year named."""
        return _right(self.asked) and not _right(self.stated)

    @property
    def fits_stated(self) -> bool:
        """Whether the numbers are those of the year named and not of the year asked."""
        return _right(self.stated) and not _right(self.asked)


def _right(judged: Sequence[Judgement]) -> bool:
    return bool(judged) and all(one.verdict == "right" for one in judged)


def year_claim(reading: Reading, position: int, year: int) -> int | None:
    """The claim that names the year of another: the last one before it, else the first after it in its sentence."""
    claim = reading.claims[position]
    named = [i for i, other in enumerate(reading.claims) if _year(other, reading) == year]
    before = [i for i in named if reading.claims[i].start < claim.start]
    after = [i for i in named if i not in before and reading.claims[i].sentence == claim.sentence]
    return before[-1] if before else after[0] if after else None


def weighed(
    held: Sequence[Held], year: int | None, reading: Reading, period: Period, *, said_again: bool
) -> list[tuple[int, Judgement]]:
    """What is said of claims that one year governs, and of that year: either the numbers are wrong, or the year is.

    `said_again`: one of the numbers stands elsewhere in the text, rightly, for the period asked.
    """
    slips = [one for one in held if one.fits_asked]
    enough = len(slips) > 1 or (slips and (said_again or any(one.ahead for one in slips)))
    if year is None or not enough or any(one.fits_stated for one in held):
        return [(one.position, said) for one in held for said in _as_stated(one, period)]
    number = reading.numbers[reading.claims[year].numbers[0]]
    found = [(year, _slip(number, slips, period))]
    for one in held:
        judged = one.asked if one.fits_asked else one.stated
        found.extend((one.position, said) for said in judged)
    return found


def _as_stated(one: Held, period: Period) -> Iterator[Judgement]:
    for said in one.stated:
        if one.fits_asked and said.verdict in ("wrong", "doubtful"):
            yield replace(said, reason=f"{said.reason} Đó là số của {period.label()}: xem lại số hoặc năm.")
        else:
            yield said


def _slip(number: Number, slips: Sequence[Held], period: Period) -> Judgement:
    year = str(period.end.year)
    reason = f"Số liệu đi với năm {number.text} là số của {period.label()} trong sổ"
    if len(slips) > 1:
        reason = f"{len(slips)} s{reason[1:]}, không phải của năm {number.text}"
    reason += "."
    return Judgement("wrong", "records", reason, year, number.start, number.end, data=slips[0].asked[0].data)


def judge(reading: Reading, period: Period) -> list[tuple[int, Judgement]]:
    """(position of a year's claim, what is said of it): of summing-up, of next tasks, of years that have not come."""
    found: list[tuple[int, Judgement]] = []
    for position, claim in enumerate(reading.claims):
        if _year(claim, reading) is None:
            continue
        said = _of_year(claim, reading, period)
        if said is not None:
            found.append((position, said))
    return found


def _of_year(claim: Claim, reading: Reading, period: Period) -> Judgement | None:
    number = reading.numbers[claim.numbers[0]]
    asked, year = period.end.year, int(number.value)
    start, _end = reading.sentences[claim.sentence] if reading.sentences else (0, 0)
    before = fold(reading.text[max(start, number.start - 130) : number.start])
    summed = bool(_SUMMED_UP.search(before)) and not _AHEAD.search(before)
    if summed and year != asked and _next_follows(claim, reading, asked + 1):
        return _said(
            "wrong", number, asked, f"Việc sắp tới là của năm {asked + 1}: tổng kết là của năm {asked}."
        )
    if _AHEAD.search(before) and year == asked + 1:
        return _said("right", number, year, f"Năm tiếp theo của {asked}.")
    if year <= asked + 1 or _FAR.search(before):
        return None
    tasks = bool(_TASKS.search(_sentence(claim, reading)))
    return _said(
        "doubtful",
        number,
        asked + 1 if tasks else asked,
        f"Bản thảo nói về năm {asked}; năm {year} chưa tới. Xem lại năm này.",
    )


def _said(verdict: Verdict, number: Number, year: int, reason: str) -> Judgement:
    return Judgement(verdict, "arithmetic", reason, str(year), number.start, number.end)


def _next_follows(claim: Claim, reading: Reading, year: int) -> bool:
    """Whether the sentence goes on with the tasks of a year."""
    place = reading.claims.index(claim)
    return any(
        other.sentence == claim.sentence
        and _year(other, reading) == year
        and _AHEAD.search(fold(reading.text[claim.end : other.start]))
        for other in reading.claims[place + 1 : place + 6]
    )


def _sentence(claim: Claim, reading: Reading) -> str:
    start, end = reading.sentences[claim.sentence] if reading.sentences else (0, len(reading.text))
    return fold(reading.text[max(start, claim.start - 300) : min(end, claim.end + 300)])


def _year(claim: Claim, reading: Reading) -> int | None:
    if claim.kind != "date" or len(claim.numbers) != 1:
        return None
    number = reading.numbers[claim.numbers[0]]
    return int(number.value) if number.role == "year" else None
