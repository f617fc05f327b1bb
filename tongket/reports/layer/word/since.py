"""What the figures of a file are today, for whoever asks; and the locked book that the file names."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from tongket.books.models import FigureBook
from tongket.core.periods import BadPeriod, Period, parse_period
from tongket.core.problems import NotFound, Refused
from tongket.figures.engine import compute
from tongket.figures.types import Figure, FigureSet
from tongket.indicators.catalogue import INDICATORS
from tongket.organisations.models import Organisation
from tongket.organisations.queries import visible_to
from tongket.reports.facts import day_before
from tongket.reports.layer.model import FactSheet, LayerFact
from tongket.reports.word.printing import printed

#: A report on a term has some ten moments; a file with more was made to waste time.
MAX_MOMENTS = 16


@dataclass(frozen=True, slots=True)
class Today:
    """One figure today: same, changed, masked (the reader may not know it), unknown (no such figure, or not the
    reader's to see). `text` is how a report would print it."""

    state: str
    text: str = ""


UNKNOWN, MASKED = Today("unknown"), Today("masked")


def organisation_of(sheet: FactSheet, viewer: Any) -> Organisation | None:
    """Whose report it is, if it is of this installation and the viewer's to see (None: the machine's operator)."""
    seen = Organisation.objects.all() if viewer is None else visible_to(viewer, "report.read")
    return seen.filter(code=sheet.organisation).first()


def today(sheet: FactSheet, viewer: Any) -> list[Today]:
    """Each fact of the sheet as it is now, in the sheet's order.

    Guarded figures are masked for the viewer, and then not compared: an answer would tell them.
    """
    organisation = organisation_of(sheet, viewer)
    if organisation is None:
        return [UNKNOWN] * len(sheet.facts)
    sets = _Sets(organisation, viewer, sheet.facts)
    return [_today(fact, sets) for fact in sheet.facts]


def book_of(sheet: FactSheet, viewer: Any) -> FigureBook | None:
    """The locked book that the sheet names, if it is here and the viewer's to see."""
    if not sheet.book_digest:
        return None
    seen = Organisation.objects.all() if viewer is None else visible_to(viewer, "report.read")
    found = FigureBook.objects.filter(digest=sheet.book_digest, organisation__in=seen)
    return found.defer("content").select_related("organisation").first()


class _Sets:
    """The figures of the moments that the facts are of, each reckoned once."""

    def __init__(self, organisation: Organisation, viewer: Any, facts: Sequence[LayerFact]) -> None:
        self.organisation, self.viewer = organisation, viewer
        self.wanted: dict[tuple[Period, date], set[str]] = defaultdict(set)
        self.deep: set[tuple[Period, date]] = set()
        for fact in facts:
            for moment in moments(fact):
                if fact.indicator in INDICATORS:
                    self.wanted[moment].add(fact.indicator)
                if fact.organisation != organisation.code:
                    self.deep.add(moment)
        self.made: dict[tuple[Period, date], FigureSet | None] = {}

    def figure(self, fact: LayerFact, moment: tuple[Period, date]) -> Figure | None:
        figures = self._figures(moment)
        if figures is None:
            return None
        if fact.organisation == self.organisation.code:
            return figures.own.get(fact.indicator)
        child = next((child for child in figures.children if child.code == fact.organisation), None)
        return None if child is None else figures.by_child[child.id].get(fact.indicator)

    def _figures(self, moment: tuple[Period, date]) -> FigureSet | None:
        if moment not in self.made:
            self.made[moment] = self._reckoned(moment) if len(self.made) < MAX_MOMENTS else None
        return self.made[moment]

    def _reckoned(self, moment: tuple[Period, date]) -> FigureSet | None:
        period, day = moment
        try:
            return compute(
                self.organisation,
                period,
                as_at=day,
                ids=sorted(self.wanted[moment]),
                children=moment in self.deep,
                viewer=self.viewer,
            )
        except (NotFound, Refused, ValueError, OverflowError):
            return None


def moments(fact: LayerFact) -> list[tuple[Period, date]]:
    """The period and day that a fact is of, and for a difference those that it was taken from; none for nonsense."""
    try:
        period, day = parse_period(fact.period), date.fromisoformat(fact.as_at)
        if not fact.against:
            return [(period, day)]
        before = parse_period(fact.against)
        then = day_before(period, day) if before == period.comparison() else before.end
    except (BadPeriod, ValueError, OverflowError):
        return []
    return [(period, day), (before, then)]


def _today(fact: LayerFact, sets: _Sets) -> Today:
    if fact.mask:
        return MASKED
    asked = moments(fact)
    found = [sets.figure(fact, moment) for moment in asked] if fact.indicator in INDICATORS else []
    if not found or any(figure is None for figure in found[:1]):
        return UNKNOWN
    known = [figure for figure in found if figure is not None]
    if any(figure.mask for figure in known):
        return MASKED
    value = _difference(known) if fact.against else known[0].value
    if fact.against and len(known) < 2:
        value = None  # nothing to compare with: the organisation was not there yet
    form = "signed" if fact.against else ""
    text = printed(value, unit=known[0].indicator.unit, decimals=known[0].indicator.decimals, form=form)
    return Today("same" if _is(fact.value, value) else "changed", text)


def _difference(figures: Sequence[Figure]) -> Decimal | None:
    values = [figure.value for figure in figures]
    if any(value is None for value in values) or len(values) < 2:
        return None
    return Decimal(values[0] or 0) - Decimal(values[1] or 0)


def _is(written: str, value: Decimal | int | None) -> bool:
    if not written or value is None:
        return not written and value is None
    try:
        return Decimal(written) == Decimal(value)
    except InvalidOperation:
        return False
