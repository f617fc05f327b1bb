"""Occasions named in a text held against the books: years of twinnings and commemorations, days of conferences."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tongket.audit.records import current
from tongket.claims.model import Claim, Judgement, Reading, Verdict
from tongket.conferences.models import Conference
from tongket.core.dates import format_date
from tongket.core.periods import Period
from tongket.drafts.matching.plain import plain as fold
from tongket.events.models import Event, Twinning
from tongket.organisations.models import Organisation
from tongket.organisations.queries import may

_SESSION = {"year_end": r"hoi nghi tong ket", "mid_year": r"hoi nghi so ket"}


@dataclass
class Occasions:
    """The events and conferences of one organisation, as far as the viewer may read them (None: the operator)."""

    organisation: Organisation
    period: Period
    viewer: Any

    def judge(self, reading: Reading) -> list[tuple[int, Judgement]]:
        """Anniversaries ("55 năm kết nghĩa") and days of conferences, as (position of the claim, judgement)."""
        asked = [
            (i, claim)
            for i, claim in enumerate(reading.claims)
            if claim.kind in ("plain", "date", "span", "count") and claim.numbers
        ]
        ages = [
            (i, claim, said)
            for i, claim in asked
            if (said := _about(claim, reading)) and _is_age(claim, reading, said)
        ]
        days = [
            (i, claim, said)
            for i, claim in asked
            if (said := _about(claim, reading)) and _session(claim, reading, said)
        ]
        return [*self._ages(ages, reading), *self._days(days, reading)]

    def _ages(self, asked: list[tuple[int, Claim, str]], reading: Reading) -> Iterable[tuple[int, Judgement]]:
        if not asked or not self._may("event.read"):
            return
        twins = list(current(Twinning.objects.filter(organisation=self.organisation)))
        marked = list(
            current(
                Event.objects.filter(
                    organisation=self.organisation,
                    marks_year__isnull=False,
                    starts_on__range=(self.period.start, self.period.end),
                )
            )[:500]
        )
        for i, claim, said in asked:
            number = reading.numbers[claim.numbers[0]]
            year = self.period.end.year
            for name, since in [
                *((twin.partner, twin.since_year) for twin in twins if "ket nghia" in said),
                *((event.title, event.marks_year) for event in marked if "ky niem" in said),
            ]:
                if not _named(name, said):
                    continue
                years = year - int(since or 0)
                verdict: Verdict = "right" if number.value == years else "wrong"
                reason = f"Sổ ghi «{name}» từ năm {since}: đến năm {year} là {years} năm."
                yield (
                    i,
                    Judgement(
                        verdict,
                        "register",
                        reason,
                        str(years),
                        number.start,
                        number.end,
                    ),
                )
                break

    def _days(self, asked: list[tuple[int, Claim, str]], reading: Reading) -> Iterable[tuple[int, Judgement]]:
        if not asked or not self._may("conference.read"):
            return
        held = list(
            current(
                Conference.objects.filter(
                    organisation=self.organisation,
                    kind__in=tuple(_SESSION),
                    starts_at__date__range=(self.period.start, self.period.end + timedelta(days=90)),
                )
            )[:50]
        )
        for i, claim, said in asked:
            number = reading.numbers[claim.numbers[0]]
            kind = _session(claim, reading, said)
            mine = [one for one in held if one.kind == kind]
            if not mine or number.on is None:
                continue
            verdict: Verdict = "wrong" if len(mine) == 1 else "doubtful"
            if any(one.on == number.on for one in mine):
                verdict = "right"
            listed = "; ".join(f"{one.title}, ngày {format_date(one.on)}" for one in mine[:3])
            yield (
                i,
                Judgement(
                    verdict,
                    "register",
                    f"Sổ hội nghị ghi: {listed}.",
                    format_date(mine[0].on),
                    number.start,
                    number.end,
                ),
            )

    def _may(self, verb: str) -> bool:
        return self.viewer is None or may(self.viewer, verb, self.organisation)


def _about(claim: Claim, reading: Reading) -> str:
    start, end = reading.sentences[claim.sentence] if reading.sentences else (0, len(reading.text))
    number = reading.numbers[claim.numbers[0]]
    return fold(reading.text[max(start, number.start - 80) : min(end, number.end + 120)])


def _is_age(claim: Claim, reading: Reading, said: str) -> bool:
    number = reading.numbers[claim.numbers[0]]
    return (
        number.role in ("age", "count", "other")
        and bool(re.match(r"\s{0,2}năm", reading.text[number.end : number.end + 6]))
        and bool(re.search(r"ket nghia|ky niem", said))
    )


def _session(claim: Claim, reading: Reading, said: str) -> str:
    number = reading.numbers[claim.numbers[0]]
    if number.role != "date" or number.on is None:
        return ""
    after = fold(reading.text[number.end : number.end + 90])
    return next((kind for kind, words in _SESSION.items() if re.search(words, after)), "")


def _named(name: str, said: str) -> bool:
    """Whether the place or occasion of a twinning or event is named: its capitalised words are all there."""
    words = [fold(word) for word in re.findall(r"[A-ZĐÀ-Ỹ][\wÀ-ỹ]+", name.partition(",")[0])]
    words = [
        word for word in words if word not in ("huyen", "ky", "niem", "xa", "thi", "tran", "ket", "nghia")
    ]
    return bool(words) and all(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", said) for word in words)


def text_day(reading: Reading, period: Period) -> date:
    """The day a text speaks from: its first whole date near the period's end, else the period's last day."""
    limit = period.end + timedelta(days=90)
    for number in reading.numbers:
        if number.on is not None and period.start <= number.on <= limit:
            return number.on
    return period.end
