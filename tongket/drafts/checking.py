"""A draft held against itself, the figures and the books: one verdict for each claim, with every reason.

Nothing is skipped in silence: every number that was read is in exactly one claim, and every claim has a verdict.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tongket.claims import arithmetic, reference_checks
from tongket.claims.model import ORDER, Claim, Judgement, Mention, PaperReference, Reading, Verdict
from tongket.claims.people import find_mentions
from tongket.claims.read import read
from tongket.claims.references import find_paper_references
from tongket.core.periods import Period
from tongket.drafts.against import years as against_years
from tongket.drafts.against.events import Occasions, text_day
from tongket.drafts.against.papers import Papers
from tongket.drafts.against.people import People, bodies
from tongket.drafts.against.records import Records
from tongket.drafts.matching.places import Places
from tongket.organisations.models import Organisation

_NOTHING: dict[str, str] = {
    "date": "Ngày tháng: không có gì để đối chiếu.",
    "span": "Khoảng thời gian: không có gì để đối chiếu.",
    "reference": "Văn bản được dẫn: không đủ chi tiết để đối chiếu.",
    "plain": "Không phải số liệu (thứ tự, tên gọi, mốc năm).",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """One claim, reference or mention with its verdict. `expected` stands in the place `start`–`end` of the text."""

    verdict: Verdict
    judgements: tuple[Judgement, ...]

    @property
    def deciding(self) -> Judgement:
        """The first judgement of the verdict itself: what there is to say before all else."""
        return next(one for one in self.judgements if one.verdict == self.verdict)

    @property
    def reason(self) -> str:
        """All reasons, the deciding one first, each once."""
        first = self.deciding
        rest = [one.reason for one in self.judgements if one is not first and one.verdict != "not_checked"]
        return " ".join(dict.fromkeys([first.reason, *rest]))

    @property
    def correction(self) -> Judgement | None:
        """What would put it right: a place of the text and what should stand there; None when unknown."""
        if self.verdict not in ("wrong", "doubtful"):
            return None
        found = [
            one
            for one in self.judgements
            if one.verdict in ("wrong", "doubtful")
            and one.expected
            and one.start is not None
            and one.end is not None
        ]
        # The books know better than sums inside the text: a sum cannot say which of its numbers is the slip.
        return min(found, key=lambda one: (ORDER.index(one.verdict), one.check == "arithmetic"), default=None)

    @property
    def indicator(self) -> str:
        """The figure it was held against, "" for none."""
        return next((one.indicator for one in self.judgements if one.indicator), "")

    @property
    def data(self) -> dict[str, str]:
        """Links and bases, of the judgement that decided when it has any."""
        return self.deciding.data or next((one.data for one in self.judgements if one.data), {})


@dataclass(frozen=True, slots=True)
class Result:
    """What a check of one text found. `notice` says what holds for the whole text ("" for nothing)."""

    organisation: Organisation
    period: Period
    reading: Reading
    claims: tuple[Checked, ...]
    documents: tuple[Checked, ...]
    mentions: tuple[Checked, ...]
    notice: str = ""

    @property
    def numbers_read(self) -> int:
        """How many numbers were read in the text."""
        return len(self.reading.numbers)

    @property
    def numbers_judged(self) -> int:
        """How many of them belong to a claim with a verdict."""
        return len({i for claim in self.reading.claims for i in claim.numbers})

    @property
    def counts(self) -> dict[Verdict, int]:
        """How many claims, papers and people have each verdict; a paper counts once, not again for its numbers."""
        found: dict[Verdict, int] = dict.fromkeys(ORDER, 0)
        claims = (
            c for c, said in zip(self.claims, self.reading.claims, strict=True) if said.kind != "reference"
        )
        for one in (*claims, *self.documents, *self.people):
            found[one.verdict] += 1
        return found

    @property
    def people(self) -> tuple[Checked, ...]:
        """The verdicts on persons (bodies are in `mentions` as well)."""
        return tuple(
            c for c, m in zip(self.mentions, self.reading.mentions, strict=True) if m.kind == "person"
        )

    @property
    def any_wrong(self) -> bool:
        """Whether anything is wrong."""
        return self.counts["wrong"] > 0


def check(text: str, organisation: Organisation, period: Period, viewer: Any = None) -> Result:
    """Check a text (in NFC) of an organisation for a period, as far as `viewer` may see (None: the machine's operator).

    The caller sees to it that the viewer may work for the organisation (`draft.write`).
    """
    reading = _complete(read(text))
    places = Places(organisation, period)
    elsewhere = places.elsewhere(reading)
    told = elsewhere.removeprefix("Chưa đối chiếu: ")
    notice = told[:1].upper() + told[1:]
    if not reading.numbers:
        notice = "Bản thảo không có con số nào để soát. Kiểm tra lại tệp: nếu là bản chụp (scan) thì cần bản có chữ."
    records = Records(organisation, period, viewer, places, elsewhere)
    occasions = Occasions(organisation, period, viewer)
    inside, outside = arithmetic.judge(reading), records.judge(reading)
    papers = _grouped(
        [*reference_checks.judge(reading.references, text), *Papers(organisation, viewer).judge(reading)]
    )
    people = People(organisation, places, text_day(reading, period), viewer).judge(reading)
    documents = tuple(_checked(papers.get(i, ()), "reference") for i in range(len(reading.references)))
    of_years = [] if elsewhere else against_years.judge(reading, period)
    of_claims = _grouped([*outside, *of_years, *occasions.judge(reading)])
    found = _claims(reading, _grouped(inside), of_claims, documents)
    mentions = _grouped([*people, *bodies(reading, places)])
    return Result(
        organisation,
        period,
        reading,
        found,
        documents,
        tuple(_checked(mentions.get(i, ()), "plain") for i in range(len(reading.mentions))),
        notice,
    )


def _complete(reading: Reading) -> Reading:
    """The reading with its references and mentions, when the reader left them to others."""
    references: tuple[PaperReference, ...] = reading.references or find_paper_references(reading.text)
    mentions: tuple[Mention, ...] = reading.mentions or tuple(find_mentions(reading.text))
    return replace(reading, references=references, mentions=mentions)


def _grouped(found: Iterable[tuple[int, Judgement]]) -> dict[int, list[Judgement]]:
    groups: dict[int, list[Judgement]] = {}
    for position, one in found:
        groups.setdefault(position, []).append(one)
    return groups


def _claims(
    reading: Reading,
    inside: dict[int, list[Judgement]],
    outside: dict[int, list[Judgement]],
    documents: Sequence[Checked],
) -> tuple[Checked, ...]:
    wrong = [
        (claim.sentence, one.indicator)
        for i, claim in enumerate(reading.claims)
        for one in outside.get(i, ())
        if one.verdict == "wrong"
    ]
    sentences, figures = (
        {sentence for sentence, _figure in wrong},
        {figure for _sentence, figure in wrong if figure},
    )
    found = []
    for i, claim in enumerate(reading.claims):
        own = [*outside.get(i, ())]
        elsewhere = claim.sentence in sentences or any(one.indicator in figures for one in own)
        own += _cleared(inside.get(i, []), own, elsewhere)
        paper = _paper_of(claim, reading, documents)
        if paper is not None:
            own += paper.judgements
        found.append(_checked(own, claim.kind))
    return tuple(found)


def _cleared(
    sums: Sequence[Judgement], records: Sequence[Judgement], other_is_wrong: bool
) -> list[Judgement]:
    """Sums that fail because of *another* number of the sentence, or of the same figure elsewhere, which the records
    call wrong, accuse no number that the records call right."""
    confirmed = records and all(one.verdict == "right" for one in records)
    if not (confirmed and other_is_wrong):
        return list(sums)
    return [
        replace(
            one,
            verdict="right",
            expected="",
            reason=f"Số này đúng; chỗ lệch nằm ở số khác ({one.reason})",
        )
        if one.verdict in ("wrong", "doubtful")
        else one
        for one in sums
    ]


def _paper_of(claim: Claim, reading: Reading, documents: Sequence[Checked]) -> Checked | None:
    """The verdict on the paper in whose reference a claim's numbers stand."""
    if claim.kind not in ("reference", "date", "plain", "span"):
        return None
    first = reading.numbers[claim.numbers[0]] if claim.numbers else None
    if first is None:
        return None
    for one, checked in zip(reading.references, documents, strict=True):
        if one.start <= first.start and first.end <= one.end:
            return checked
    return None


def _checked(found: Sequence[Judgement], kind: str) -> Checked:
    judgements = tuple(found) or (
        Judgement("not_checked", "arithmetic", _NOTHING.get(kind, "Chưa có gì để đối chiếu.")),
    )
    verdict = min((one.verdict for one in judgements), key=ORDER.index)
    return Checked(verdict, judgements)
