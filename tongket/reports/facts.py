"""The facts that a report prints: this period's figures beside last year's, for the organisation and each child."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tongket.core.dates import add_years
from tongket.core.periods import Kind, Period
from tongket.figures.engine import compute
from tongket.figures.targets import ProgressSet, progress
from tongket.figures.terms import TermReview, term_of, term_review
from tongket.figures.types import Child, FigureSet, Value
from tongket.indicators.model import Indicator
from tongket.organisations.models import Organisation
from tongket.reports.locked import BookMark
from tongket.reports.word.printing import Tag, printed

#: What the charts draw over the years.
HISTORY = ("members.admitted", "members.admitted.target", "members.total")
YEARS = 5


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure as printed. `text` is what the reader sees; the tag leads back to the records."""

    indicator: Indicator
    organisation: str
    period: str
    as_at: date
    value: Value
    text: str

    @property
    def tag(self) -> str:
        """The tag of its content control: `indicator|organisation|period|as_at`."""
        return Tag(self.indicator.id, self.organisation, self.period, self.as_at.isoformat()).text()


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """All figures of a report, computed once. `before` is None when the organisation was not there yet."""

    now: FigureSet
    before: FigureSet | None
    history: tuple[FigureSet, ...]  # earlier years and this one, oldest first; few indicators
    targets: ProgressSet | None = None  # how the targets of the period stand
    term: TermReview | None = None  # of a report on a term or half of one: its years
    book: BookMark | None = None  # the locked book that it was made from

    @property
    def organisation(self) -> Organisation:
        """Whose report it is."""
        return self.now.organisation

    @property
    def period(self) -> Period:
        """The period reported on."""
        return self.now.period

    @property
    def as_at(self) -> date:
        """The day as at which stock figures stand."""
        return self.now.as_at

    @property
    def compared(self) -> Period:
        """The period set beside this one."""
        return self.period.comparison()

    def value(self, indicator: str, *, child: Child | None = None, before: bool = False) -> Value:
        """A figure's value; None when there is nothing to say, or no such organisation in the period before."""
        figures = self.before if before else self.now
        if figures is None:
            return None
        own = figures.own if child is None else figures.by_child.get(child.id, {})
        figure = own.get(indicator)
        return None if figure is None else figure.value

    def mask(self, indicator: str, *, child: Child | None = None, before: bool = False) -> str:
        """What stands in a figure's place for whoever may not know it; "" for most figures."""
        figures = self.before if before else self.now
        if figures is None:
            return ""
        own = figures.own if child is None else figures.by_child.get(child.id, {})
        figure = own.get(indicator)
        return "" if figure is None else figure.mask

    def change(self, indicator: str) -> Decimal | None:
        """This period's value less that of the period before; None when one of them says nothing."""
        now, before = self.value(indicator), self.value(indicator, before=True)
        return None if now is None or before is None else Decimal(now) - Decimal(before)

    def fact(
        self, indicator: str, *, child: Child | None = None, before: bool = False, form: str = ""
    ) -> Fact:
        """The printed fact of a declared figure. Raises KeyError for an id that was not computed."""
        declared = self.now.own[indicator].indicator
        value = self.value(indicator, child=child, before=before)
        return Fact(
            declared,
            self.organisation.code if child is None else child.code,
            self.compared.code if before else self.period.code,
            day_before(self.period, self.as_at) if before else self.as_at,
            value,
            printed(
                value,
                unit=declared.unit,
                decimals=declared.decimals,
                form=form,
                mask=self.mask(indicator, child=child, before=before),
            ),
        )


def gather(
    organisation: Organisation,
    period: Period,
    *,
    as_at: date | None = None,
    as_known_at: datetime | None = None,
    viewer: Any = None,
) -> ReportFacts:
    """Compute everything that the report, its annexes and its charts print.

    `as_at` is a day of the period, its last unless told; the period before is asked as at the same day then.
    Guarded figures are masked for the `viewer`, who asks for the report; None is the machine's operator.
    """
    day = as_at or period.default_as_at()
    now = compute(organisation, period, as_at=day, as_known_at=as_known_at, viewer=viewer)
    compared, then = period.comparison(), day_before(period, day)
    before = None
    if organisation.founded_on <= then:
        before = compute(organisation, compared, as_at=then, as_known_at=as_known_at, viewer=viewer)
    earlier = _earlier(organisation, period, as_known_at)
    targets = progress(organisation, period, as_at=day, as_known_at=as_known_at, viewer=viewer)
    term = None
    if period.kind in (Kind.TERM, Kind.HALF_TERM):
        term = term_review(
            organisation, term_of(period, day), as_at=day, as_known_at=as_known_at, viewer=viewer
        )
    return ReportFacts(now, before, (*earlier, now), targets, term)


def day_before(period: Period, day: date) -> date:
    """The day in the period before that matches `day` in this one: last day for last day, else the same date."""
    compared = period.comparison()
    if day == period.end:
        return compared.end
    years = compared.start.year - period.start.year
    return min(add_years(day, years), compared.end)


def _earlier(organisation: Organisation, period: Period, as_known_at: datetime | None) -> Iterable[FigureSet]:
    if period.kind in (Kind.TERM, Kind.HALF_TERM):
        return ()
    found: list[FigureSet] = []
    wanted = period
    for _ in range(YEARS - 1):
        wanted = wanted.same_period_last_year()
        if organisation.founded_on > wanted.end:
            break
        found.insert(0, compute(organisation, wanted, as_known_at=as_known_at, ids=HISTORY, children=False))
    return tuple(found)
