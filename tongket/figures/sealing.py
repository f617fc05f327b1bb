"""Sealed decisions in the figures of those who hold the duty but are not named for the case.

They are counted in the undivided count of a whole year that is over, of an organisation that was given to the reader,
and in nothing finer: asking for one cell, month, form or ground after the other would find whose they are. The
statistics of cases keep the same rule (`cases.statistics`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db.models import Q

from tongket.audit.records import chunks
from tongket.core.dates import today
from tongket.core.periods import Kind, Period
from tongket.figures.evaluate import published, share
from tongket.figures.plan import find, leaves_of
from tongket.figures.sources import READINGS
from tongket.figures.types import Figure, FigureSet, Record
from tongket.indicators.model import Condition, Count, Indicator, Ratio, Total
from tongket.indicators.sources import SOURCES
from tongket.organisations.models import Organisation, OrganisationPath
from tongket.organisations.queries import assignments_of

__all__ = ["counts_sealed", "without_sealed"]

Catalogue = Mapping[str, Indicator]
#: Fields of a decision that are read off its row; anything else is asked of the records themselves.
_ON_THE_ROW = frozenset({"form", "ground", "committee_member"})


@dataclass(frozen=True, slots=True)
class _Hidden:
    """A sealed decision behind the figures that the reader is not named for, and under which child it fell."""

    row: Any
    child: int | None


def counts_sealed(
    viewer: Any,
    organisation: Organisation,
    period: Period,
    as_at: date,
    as_known_at: datetime | None,
    indicator: Indicator,
    catalogue: Catalogue,
) -> bool:
    """Whether a figure of the organisation itself counts, for a holder of the duty, what he is not named for."""
    leaves = [leaf for leaf, _offset in leaves_of(catalogue, indicator)]
    if as_known_at is not None or period.kind is not Kind.YEAR or not as_at == period.end < today():
        return False
    if not all(isinstance(leaf, Count) and leaf.when == "flow" and not leaf.where for leaf in leaves):
        return False
    verbs = {SOURCES[leaf.source].guarded for leaf in leaves} - {""}
    return all(assignments_of(viewer, verb).filter(organisation=organisation).exists() for verb in verbs)


def without_sealed(viewer: Any, figures: FigureSet, ids: Iterable[str], catalogue: Catalogue) -> FigureSet:
    """The figures less the sealed decisions that the reader may not know of there; two queries where there are none.

    `ids`: guarded figures, all counts or shares of counts, for which the reader holds the duty.
    """
    asked = {id: figures.own[id].indicator for id in ids}
    pieces = {(leaf.source, n) for one in asked.values() for leaf, n in leaves_of(catalogue, one)}
    sealed = {source: _sealed(viewer, source) for source in {source for source, _n in pieces}}
    if not any(sealed.values()):
        return figures
    hidden = {piece: _hidden(figures, *piece, sealed[piece[0]]) for piece in pieces if sealed[piece[0]]}

    @cache
    def met(leaf: Count, offset: int) -> tuple[_Hidden, ...]:
        return tuple(_meeting(figures, leaf, offset, hidden.get((leaf.source, offset), ())))

    def gone_below(child: int) -> Callable[[Count, int], int]:
        return lambda leaf, offset: sum(one.child == child for one in met(leaf, offset))

    own = dict(figures.own)
    by_child = {child: dict(row) for child, row in figures.by_child.items()}
    place = (figures.organisation, figures.period, figures.as_at, figures.as_known_at)
    for id, indicator in asked.items():
        if not counts_sealed(viewer, *place, indicator, catalogue):
            own[id] = _less(own[id], catalogue, lambda leaf, offset: len(met(leaf, offset)))
        for child, row in by_child.items():
            row[id] = _less(row[id], catalogue, gone_below(child))
    return replace(figures, own=own, by_child=by_child)


def _sealed(viewer: Any, source: str) -> dict[int, Any]:
    """The sealed decisions that the reader is not named for, voided ones too: there were moments that knew them."""
    from tongket.figures.masking import sealed_from  # which asks this module

    return {row.pk: row for row in sealed_from(viewer, READINGS[source].model)}


def _facts(figures: FigureSet, leaf: Count, offset: int) -> tuple[Record, ...]:
    """The records behind a formula, so many years before."""
    from tongket.figures.engine import Question  # which asks masking, which asks this module
    from tongket.figures.records import records

    then = Question(figures.organisation, figures.period, figures.as_at, figures.as_known_at).earlier(offset)
    only = Indicator("-", "", "", formula=leaf, domain="", unit="", units_en="", form="", basis="")
    if then.as_at < figures.organisation.founded_on:
        return ()
    return records(
        "-",
        then.organisation,
        then.period,
        as_at=then.as_at,
        as_known_at=then.as_known_at,
        catalogue={"-": only},
    ).rows


def _hidden(figures: FigureSet, source: str, offset: int, sealed: Mapping[int, Any]) -> list[_Hidden]:
    """Those that a figure of the source counts, with the child under which each fell on its own day."""
    facts = [fact for fact in _facts(figures, Count(source, "flow"), offset) if fact.pk in sealed]
    moment = figures.as_known_at
    known = Q(voided_at__isnull=True)
    if moment is not None:
        known = Q(recorded_at__lte=moment) & (known | Q(voided_at__gt=moment))
    paths = [
        path
        for part in chunks(sorted({fact.organisation_id for fact in facts}))
        for path in OrganisationPath.objects.filter(
            known, ancestor=figures.organisation, descendant__in=part
        ).values_list("descendant_id", "via_id", "valid_from", "valid_to")
    ]
    return [
        _Hidden(sealed[fact.pk], via)
        for fact in facts
        for below, via, since, until in paths
        if below == fact.organisation_id and since <= fact.on < until
    ]


def _meeting(figures: FigureSet, leaf: Count, offset: int, rows: Iterable[_Hidden]) -> list[_Hidden]:
    found = list(rows)
    if found and not all(one.field in _ON_THE_ROW and one.op in ("=", "in") for one in leaf.where):
        keys = {fact.pk for fact in _facts(figures, leaf, offset)}
        return [one for one in found if one.row.pk in keys]
    return [one for one in found if all(_meets(one.row, condition) for condition in leaf.where)]


def _meets(row: Any, condition: Condition) -> bool:
    said, value = getattr(row, condition.field), condition.value
    return said in value if condition.op == "in" and isinstance(value, tuple) else said == value


def _less(figure: Figure, catalogue: Catalogue, gone: Callable[[Count, int], int]) -> Figure:
    """A figure without the decisions that `gone` counts of each of its formulas."""
    indicator, formula = figure.indicator, figure.indicator.formula
    if isinstance(formula, Ratio):
        above = int(figure.numerator or 0) - _gone_of(find(catalogue, formula.numerator).formula, 0)(
            catalogue, gone
        )
        years = 1 if formula.denominator_last_year else 0
        below = int(figure.denominator or 0) - _gone_of(find(catalogue, formula.denominator).formula, years)(
            catalogue, gone
        )
        value = published(share(formula, above, below), indicator.decimals)
        return Figure(indicator, value, above, below, above)
    fewer = _gone_of(formula, 0)(catalogue, gone)
    left = int(figure.value or 0) - fewer
    return Figure(indicator, left, left, None, figure.records - fewer)


def _gone_of(formula: Any, offset: int) -> Callable[[Catalogue, Callable[[Count, int], int]], int]:
    """How many sealed decisions a count, or a total of counts, held."""

    def counted(catalogue: Catalogue, gone: Callable[[Count, int], int]) -> int:
        if isinstance(formula, Count):
            return gone(formula, offset)
        if isinstance(formula, Total):
            plus = sum(
                _gone_of(find(catalogue, name).formula, offset)(catalogue, gone) for name in formula.plus
            )
            return plus - sum(
                _gone_of(find(catalogue, name).formula, offset)(catalogue, gone) for name in formula.minus
            )
        raise TypeError("a guarded figure is a count, a total of counts, or a share of them")

    return counted
