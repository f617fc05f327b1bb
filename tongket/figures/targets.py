"""Targets held against the figures they are set for: done so far, pace, forecast; how many are met and how many not.

Whoever shows it (a page, the report) says which targets may be seen; by default it is all of the organisation.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from django.db.models import Q, QuerySet

from tongket.core.dates import add_months, today
from tongket.core.pace import Forecast, Season, Standing, Status, Way, forecast, judge, span, verdict
from tongket.core.periods import Kind, Period, parse_period
from tongket.figures.engine import compute
from tongket.figures.plan import leaves_of
from tongket.figures.several import When, compute_several
from tongket.figures.types import Child, Figure, Value
from tongket.indicators.catalogue import INDICATORS
from tongket.indicators.model import Indicator, Ratio
from tongket.organisations.models import Organisation
from tongket.targets.models import Target

_AT_END = frozenset({"organisation_ratings", "member_ratings"})
_SEASONS = 3
_TERMS = (Kind.TERM, Kind.HALF_TERM)
_ORDER = {name: place for place, name in enumerate(INDICATORS)}


@dataclass(frozen=True, slots=True)
class Progress:
    """One target and how it stands. `indicator` is None when the figure is no longer declared."""

    target: Target
    indicator: Indicator | None
    figure: Figure | None
    way: Way
    standing: Standing
    forecast: Forecast

    @property
    def done(self) -> Value:
        """The result so far; None when there is nothing to say."""
        return self.figure.value if self.figure is not None else None

    @property
    def forecast_met(self) -> bool | None:
        """Whether the period would end with the target met, going by the forecast; None without one."""
        if self.forecast.value is None or self.forecast.method == "final":
            return None
        asked = Fraction(self.target.value)
        fewer = self.indicator is not None and self.indicator.good == "down"
        return self.forecast.value <= asked if fewer else self.forecast.value >= asked


@dataclass(frozen=True, slots=True)
class ProgressSet:
    """The targets of an organisation for a period as at `day` (the asked day, at latest today)."""

    organisation: Organisation
    period: Period
    day: date
    rows: tuple[Progress, ...]


@dataclass(frozen=True, slots=True)
class Below:
    """An organisation directly below: its result, and how it stands against its part (None: nothing assigned)."""

    child: Child
    figure: Figure
    progress: Progress | None


@dataclass(frozen=True, slots=True)
class Summary:
    """The targets of a period by how they stand; each count is the length of its list.

    `met` (of them `exceeded`: more than asked), `behind` (missed, or behind the pace), `open` (on pace or ahead, the
    period still runs), `unknown` (nothing recorded yet that could say).
    """

    all: tuple[Progress, ...]
    met: tuple[Progress, ...]
    exceeded: tuple[Progress, ...]
    behind: tuple[Progress, ...]
    open: tuple[Progress, ...]
    unknown: tuple[Progress, ...]


def way_of(indicator: Indicator) -> Way:
    """How results of this figure are held against a target: by days, as a level, or only at the end."""
    leaves = [leaf for leaf, _offset in leaves_of(INDICATORS, indicator)]
    if any(leaf.source in _AT_END for leaf in leaves):
        return Way.AT_END
    if isinstance(indicator.formula, Ratio) or any(leaf.when != "flow" for leaf in leaves):
        return Way.DIRECT
    return Way.PACED


def known_then(as_known_at: datetime | None) -> Q:
    """Rows that stood at a moment of record time (None: now)."""
    if as_known_at is None:
        return Q(voided_at__isnull=True)
    return Q(recorded_at__lte=as_known_at) & (Q(voided_at__isnull=True) | Q(voided_at__gt=as_known_at))


def order_of(id: str) -> int:
    """The place of a figure in the catalogue; unknown ones last."""
    return _ORDER.get(id, len(_ORDER))


def progress(
    organisation: Organisation,
    period: Period | str,
    *,
    as_at: date | None = None,
    as_known_at: datetime | None = None,
    targets: QuerySet[Target] | None = None,
    viewer: Any = None,
) -> ProgressSet:
    """How every target of the organisation for exactly this period stands.

    The day is `as_at` (default the period's end), at latest today: what has not happened yet is not behind. Each
    source of figures is asked once for all targets, the course of earlier years included.
    """
    asked = parse_period(period) if isinstance(period, str) else period
    day = min(as_at or asked.end, today())
    rows = Target.objects.all() if targets is None else targets
    held_on = max(day, asked.start)  # before the period begins: those set for its first day
    found = rows.filter(
        known_then(as_known_at),
        organisation=organisation,
        period=asked.code,
        valid_from__lte=held_on,
        valid_to__gt=held_on,
    ).select_related("organisation")
    listed = sorted(found, key=lambda row: (order_of(row.indicator), row.giver, row.pk))
    figures, seasons = _results(
        organisation, asked, day, as_known_at, {row.indicator for row in listed}, viewer
    )
    return ProgressSet(
        organisation,
        asked,
        day,
        tuple(
            held(row, asked, day, figures.get(row.indicator), seasons.get(row.indicator, ()))
            for row in listed
        ),
    )


def progress_below(
    organisation: Organisation,
    period: Period,
    indicator_id: str,
    *,
    as_at: date | None = None,
    as_known_at: datetime | None = None,
    targets: QuerySet[Target] | None = None,
    viewer: Any = None,
) -> tuple[Below, ...]:
    """How the parts of one figure's target stand with the organisations directly below, those furthest behind first.

    Those with a result but without a target come last; no forecast is made for them one by one. One question to the
    figures for all. Raises `NotFound` for a figure that is not declared.
    """
    day = min(as_at or period.end, today())
    rows = Target.objects.all() if targets is None else targets
    if day < period.start or day < organisation.founded_on:
        return ()
    figures = compute(
        organisation, period, as_at=day, as_known_at=as_known_at, ids=(indicator_id,), viewer=viewer
    )
    found = rows.filter(
        known_then(as_known_at),
        organisation__in=[child.id for child in figures.children],
        indicator=indicator_id,
        period=period.code,
        giver="above",
        valid_from__lte=day,
        valid_to__gt=day,
    )
    given = {row.organisation_id: row for row in found}
    below = []
    for child in figures.children:
        figure, target = figures.by_child[child.id][indicator_id], given.get(child.id)
        below.append(Below(child, figure, held(target, period, day, figure) if target else None))
    return tuple(sorted(below, key=_furthest_first))


def _furthest_first(row: Below) -> tuple[bool, Fraction]:
    percent = row.progress.standing.percent if row.progress is not None else None
    return row.progress is None, percent or Fraction(0)


def held(
    target: Target, period: Period, day: date, figure: Figure | None, seasons: Sequence[Season] = ()
) -> Progress:
    """One target against its figure as at a day of `period`."""
    indicator = INDICATORS.get(target.indicator)
    way = way_of(indicator) if indicator is not None else Way.DIRECT
    if way is Way.AT_END and period.kind in _TERMS:
        way = Way.DIRECT  # a term has the ratings of its years as they come
    over = span(period.start, period.end, day)
    done = figure.value if figure is not None else None
    standing = judge(
        target.value,
        done,
        over,
        way=way,
        fewer_is_better=indicator is not None and indicator.good == "down",
        unit=Fraction(1, 10 ** (indicator.decimals if indicator is not None else 0)),
    )
    return Progress(target, indicator, figure, way, standing, forecast(done, over, way=way, seasons=seasons))


def targets_summary(
    organisation: Organisation,
    period: Period | str,
    as_at: date | None = None,
    *,
    as_known_at: datetime | None = None,
    targets: QuerySet[Target] | None = None,
    viewer: Any = None,
) -> Summary:
    """How many targets of the period are met, exceeded, behind, still open or without data, each with its list."""
    return summary_of(
        progress(
            organisation, period, as_at=as_at, as_known_at=as_known_at, targets=targets, viewer=viewer
        ).rows
    )


def summary_of(rows: Iterable[Progress]) -> Summary:
    """The rows by verdict."""
    every = tuple(rows)

    def those(name: str) -> tuple[Progress, ...]:
        return tuple(row for row in every if verdict(row.standing.status) == name)

    met = those("met")
    exceeded = tuple(row for row in met if row.standing.exceeded)
    return Summary(every, met, exceeded, those("behind"), those("open"), those("unknown"))


def status_code(row: Progress) -> str:
    """How a target stands in one word: what pages and reports put into theirs.

    `exceeded`, `met`, `within` (of what should be few), `ahead`, `on_pace`, `below` (a level), `near_limit`,
    `behind`, `over_limit`, `missed`, `at_end` (rated when the period is over), `unknown`.
    """
    fewer = row.indicator is not None and row.indicator.good == "down"
    match row.standing.status:
        case Status.REACHED:
            return "exceeded" if row.standing.exceeded and not fewer else "met"
        case Status.AHEAD:
            return "within" if fewer else "ahead"
        case Status.ON_PACE:
            return "on_pace"
        case Status.BEHIND:
            return "below" if row.way is Way.DIRECT else "near_limit" if fewer else "behind"
        case Status.MISSED:
            return "over_limit" if fewer else "missed"
    return "at_end" if row.way is Way.AT_END else "unknown"


def _results(
    organisation: Organisation,
    period: Period,
    day: date,
    known: datetime | None,
    ids: set[str],
    viewer: Any,
) -> tuple[dict[str, Figure], dict[str, list[Season]]]:
    """The figures as at `day`; for those that add up over the period also what earlier years had by this day and as a
    whole, latest first: all years in the same question to each source."""
    declared = sorted(ids & INDICATORS.keys())
    if not declared or day < period.start or day < organisation.founded_on:
        return {}, {}
    paced = [id for id in declared if way_of(INDICATORS[id]) is Way.PACED]
    levels = tuple(id for id in declared if id not in paced)
    whens = [(period, day), *_earlier(organisation, period, day)]
    now, *years = compute_several(organisation, whens, paced, as_known_at=known, viewer=viewer)
    pairs = list(zip(years[::2], years[1::2], strict=True))
    seasons = {id: [Season(a[id].value or 0, b[id].value or 0) for a, b in pairs] for id in paced}
    if levels:
        found = compute(
            organisation, period, as_at=day, as_known_at=known, ids=levels, children=False, viewer=viewer
        )
        now = now | found.own
    return now, seasons


def _earlier(organisation: Organisation, period: Period, day: date) -> list[When]:
    """The same period of up to three earlier years, each until the same day and whole; none when it is over."""
    if period.kind in _TERMS or day >= period.end:
        return []
    whens: list[When] = []
    before = period
    for years in range(1, _SEASONS + 1):
        before = before.comparison()
        if before.start < organisation.founded_on:
            break
        whens += [(before, _same_day(day, years)), (before, None)]
    return whens


def _same_day(day: date, years: int) -> date:
    """The same day so many years before; the last of February stays the last, so that whole months stay whole."""
    then = add_months(day, -12 * years)
    following = day + timedelta(days=1)
    return add_months(following, -12 * years) - timedelta(days=1) if following.day == 1 else then


__all__ = [
    "Below",
    "Progress",
    "ProgressSet",
    "Summary",
    "held",
    "known_then",
    "order_of",
    "progress",
    "progress_below",
    "status_code",
    "summary_of",
    "targets_summary",
    "way_of",
]
