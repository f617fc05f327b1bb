"""Small counts of guarded domains, masked for whoever lacks the duty, so that none can be computed.

Guarded are discipline, cases and whom inspections met.

Without the duty a reader sees of a guarded source only its undivided count, for a whole year that is over, as known
now. Every breakdown, share and other period is masked. What is left is a tree of sums for each year, and in it
(`states`): a count below 3 reads "dưới 3"; a parent through which a child below 3 could be computed is not shown, nor
is anything above it. Every decision rests on what is shown alone, so that the masks themselves tell nothing either.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Model, Q

from tongket.audit.records import chunks
from tongket.cases.models import Appeal, AppealAnswer, Case
from tongket.cases.queries import case_open_to
from tongket.core.dates import today
from tongket.core.masks import DUTY, HIDDEN, SMALL
from tongket.core.periods import Kind, Period
from tongket.figures.plan import leaves_of
from tongket.figures.sealing import without_sealed
from tongket.figures.sources import READINGS
from tongket.figures.types import Figure, FigureSet, Record
from tongket.indicators.model import Count, Indicator
from tongket.indicators.sources import SOURCES
from tongket.inspections.models import InspectionObject
from tongket.inspections.queries import named_cases, open_to
from tongket.organisations.models import OrganisationPath
from tongket.organisations.queries import may

__all__ = ["LEAST_SHOWN", "guards_of", "open_rows", "seen_by", "states"]


def _of_open_case(user: Any) -> Q:
    """What hangs on a case by its identity: of a sealed one only for those who are named for it."""
    sealed = Case.objects.filter(sealed=True).exclude(identity__in=named_cases(user))
    return ~Q(case__in=sealed.values("identity"))


#: Which records of a guarded source a user may read; all others bear the seal themselves (`open_to`).
_OPEN: dict[type[Model], Callable[[Any], Q]] = {
    Case: case_open_to,
    Appeal: _of_open_case,
    AppealAnswer: _of_open_case,
    InspectionObject: lambda user: Q(),  # nothing of an inspection is sealed
}


def sealed_from(viewer: Any, model: Any) -> Any:
    """The rows of a guarded source that the reader may not know of because they are sealed; of some none can be."""
    rule = _OPEN.get(model, open_to)(viewer)
    return model.objects.exclude(rule) if rule else model.objects.none()


#: The least count that is shown to whoever lacks the duty.
LEAST_SHOWN = 3


def guards_of(catalogue: Mapping[str, Indicator], indicator: Indicator) -> frozenset[str]:
    """The verbs without which a figure is masked; none for most figures."""
    return frozenset(
        SOURCES[leaf.source].guarded
        for leaf, _offset in leaves_of(catalogue, indicator)
        if SOURCES[leaf.source].guarded
    )


def seen_by(viewer: Any, figures: FigureSet, catalogue: Mapping[str, Indicator]) -> FigureSet:
    """The figures as a user may see them: those of guarded sources masked where the user lacks the duty, and less
    the sealed decisions that somebody with the duty is not named for (`sealing`)."""
    guards = {id: guards_of(catalogue, figure.indicator) for id, figure in figures.own.items()}
    wanted = frozenset[str]().union(*guards.values())
    lacking = {verb for verb in wanted if not may(viewer, verb, figures.organisation)}
    open_to_duty = [id for id in figures.own if guards[id] and not guards[id] & lacking]
    if open_to_duty:
        figures = without_sealed(viewer, figures, open_to_duty, catalogue)
    masked = [id for id in figures.own if guards[id] & lacking]
    if not masked:
        return figures
    headlines = [id for id in masked if _may_be_shown(figures, figures.own[id].indicator)]
    parents = _parents(figures.period) if headlines else {}
    shown = {
        id: _states_of(figures, figures.own[id].indicator, catalogue, parents) if id in headlines else None
        for id in masked
    }
    own = dict(figures.own)
    by_child = {child: dict(row) for child, row in figures.by_child.items()}
    for id in masked:
        own[id] = _masked(own[id], shown[id], figures.organisation.pk)
        for child, row in by_child.items():
            row[id] = _masked(row[id], shown[id], child)
    return replace(figures, own=own, by_child=by_child)


def _masked(figure: Figure, shown: Mapping[int, str] | None, organisation: int) -> Figure:
    mask = DUTY if shown is None else shown.get(organisation, HIDDEN)
    return Figure(figure.indicator, None, None, None, 0, mask) if mask else figure


def _may_be_shown(figures: FigureSet, indicator: Indicator) -> bool:
    """Whether it is an undivided count of a whole year that is over, as known now: all else is masked whole."""
    formula, period = indicator.formula, figures.period
    is_headline = isinstance(formula, Count) and formula.when == "flow" and not formula.where
    is_whole_year = period.kind is Kind.YEAR and figures.as_at == period.end < today()
    return is_headline and is_whole_year and figures.as_known_at is None


def _states_of(
    figures: FigureSet,
    indicator: Indicator,
    catalogue: Mapping[str, Indicator],
    parents: Mapping[int, set[int]],
) -> dict[int, str]:
    """The mask of each organisation for a headline count ("" = shown)."""
    children: dict[int, list[int]] = {}
    for child, above in parents.items():
        for parent in above:
            children.setdefault(parent, []).append(child)
    moved = {child for child, above in parents.items() if len(above) > 1}
    counts = _counts(figures, indicator, catalogue)
    return states(figures.organisation.pk, children, counts, moved)


def states(
    root: int, children: Mapping[int, Iterable[int]], counts: Mapping[int, int], moved: Iterable[int] = ()
) -> dict[int, str]:
    """The mask ("" = shown) of `root` and of everything below it, from each one's count with all below it.

    A count below 3 is SMALL. Any other is HIDDEN when something below it is, or when the counts below 3 that are
    summed in it could be computed (`_tells`). An organisation that hung under two parents in the year (`moved`), and
    those above it that held it for a part only, are HIDDEN whatever their count; the first that held it all the time is
    judged by what lies below them. `counts` lacks organisations without any.
    """
    below_of = {node: list(below) for node, below in children.items()}
    whole = set(moved)
    unsteady = _unsteady(below_of, whole)
    found: dict[int, str] = {}

    def rest_of(node: int, small: set[int], free: set[int], groups: list[set[int]]) -> int:
        """What is shown below a node; the counts below 3 go to `small`, those without a bound to `free`."""
        below = below_of.get(node, [])
        if not below and node in unsteady:
            free.add(node)
        shown = 0
        for child in below:
            if child in unsteady:
                inner_small, inner_free = set[int](), set[int]()
                shown += rest_of(child, inner_small, inner_free, groups)
                if child in whole:
                    groups.append(inner_small | inner_free)
                small |= inner_small
                free |= inner_free
            elif found[child] == SMALL:
                small.add(child)
            else:
                shown += counts.get(child, 0)
        return shown

    def visit(node: int) -> None:
        if node in found:
            return
        below = below_of.get(node, [])
        for child in below:
            visit(child)
        count = counts.get(node, 0)
        if node in unsteady or any(found[child] == HIDDEN and child not in unsteady for child in below):
            found[node] = HIDDEN
        elif count < LEAST_SHOWN:
            found[node] = SMALL
        elif not below:
            found[node] = ""
        else:
            small, free, groups = set[int](), set[int](), list[set[int]]()
            rest = count - rest_of(node, small, free, groups)
            # All that is unknown within one moved organisation: its own count would be told.
            hides = any_hidden(node) or small | free in groups or _tells(rest, len(small), len(free))
            found[node] = HIDDEN if hides else ""

    def any_hidden(node: int) -> bool:
        """Whether below an unsteady organisation another is hidden for its count."""
        return any(
            any_hidden(child) if child in unsteady else found[child] == HIDDEN
            for child in below_of.get(node, [])
        )

    visit(root)
    return found


def _tells(rest: int, small: int, free: int) -> bool:
    """Whether a sum tells one of the counts in it, from what it has beyond those shown.

    It does when there is but one (of `small` below 3, and `free` that may be anything), when all must be 0, or when
    all must have their greatest; with none at all the part of the organisation itself is told, if it is below 3. The
    greatest sum but one is hidden as well: else being hidden would tell that all have the greatest.
    """
    if small + free == 0:
        return rest < LEAST_SHOWN
    return small + free == 1 or rest <= 0 or (not free and rest >= (LEAST_SHOWN - 1) * small - 1)


def _unsteady(children: Mapping[int, list[int]], moved: set[int]) -> set[int]:
    """Those that were moved within the year, and those above them that held them for a part of it only."""
    parents: dict[int, set[int]] = {}
    for node, below in children.items() if moved else ():
        for child in below:
            parents.setdefault(child, set()).add(node)

    def above(node: int, seen: set[int]) -> set[int]:
        if node not in seen:
            seen.add(node)
            for parent in parents.get(node, ()):
                above(parent, seen)
        return seen

    found = set(moved)
    for node in moved:
        lines = [above(parent, set()) for parent in parents.get(node, ())]
        if lines:
            found |= lines[0].union(*lines) - lines[0].intersection(*lines)
    return found


def open_rows(viewer: Any, rows: Sequence[Record]) -> list[Record]:
    """Those of a figure's records that the user may read: sealed ones only when named for the case."""
    open_ones: dict[str, set[int]] = {}
    for source in {row.source for row in rows if SOURCES[row.source].guarded}:
        model: Any = READINGS[source].model
        keys = [row.pk for row in rows if row.source == source]
        found = (
            model.objects.filter(_OPEN.get(model, open_to)(viewer), pk__in=part).values_list("pk", flat=True)
            for part in chunks(keys)
        )
        open_ones[source] = {key for part in found for key in part}
    return [row for row in rows if row.source not in open_ones or row.pk in open_ones[row.source]]


def _parents(period: Period) -> dict[int, set[int]]:
    """Each organisation's parents in the year; more than one for those that were moved."""
    rows = OrganisationPath.objects.filter(
        depth=1, voided_at__isnull=True, valid_from__lte=period.end, valid_to__gt=period.start
    )
    found: dict[int, set[int]] = {}
    for parent, child in rows.values_list("ancestor_id", "descendant_id"):
        found.setdefault(child, set()).add(parent)
    return found


def _counts(figures: FigureSet, indicator: Indicator, catalogue: Mapping[str, Indicator]) -> dict[int, int]:
    """How many facts a headline counts, for each organisation with all below it on the fact's day.

    From the records behind the figure, so that masks and numbers can never rest on different facts.
    """
    from tongket.figures.records import records  # which asks the engine, which asks this module

    if not figures.own[indicator.id].records:
        return {}
    facts = records(indicator.id, figures.organisation, figures.period, catalogue=catalogue).rows
    above: dict[int, list[tuple[int, date, date]]] = {}
    for part in chunks(sorted({fact.organisation_id for fact in facts})):
        paths = OrganisationPath.objects.filter(descendant__in=part, voided_at__isnull=True)
        for below, ancestor, since, until in paths.values_list(
            "descendant_id", "ancestor_id", "valid_from", "valid_to"
        ):
            above.setdefault(below, []).append((ancestor, since, until))
    counts: dict[int, int] = {}
    for fact in facts:
        for ancestor in {a for a, since, until in above[fact.organisation_id] if since <= fact.on < until}:
            counts[ancestor] = counts.get(ancestor, 0) + 1
    return counts
