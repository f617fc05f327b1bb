"""From declarations to one grouped query: pure text and parameters, the same for SQLite and PostgreSQL.

A compiled query is made once for a source, a moment and a set of formulas, and kept; what differs between two askings
(organisation, dates, moment of knowledge) are named parameters only.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from tongket.core.dates import add_months
from tongket.figures.readings.words import words
from tongket.figures.sources import (
    ADMISSIONS,
    COMMITTEE_POSTS,
    READINGS,
    Column,
    fill,
    grassroots_kinds,
)
from tongket.indicators.model import Condition, Count, Sum
from tongket.indicators.sources import SOURCES

Leaf = Count | Sum

_AT_PLACES = "p.descendant_id IN (SELECT organisation_id FROM $places WHERE $chosen)"
# Longer than any limit in working days with its extension (`readings.words.working_days`).
_LONG = timedelta(days=400)
_COMPARISONS = frozenset({"<", "<=", ">", ">="})


def since_limit(day: date, years: int) -> date:
    """The latest starting day from which at least `years` full years have passed on `day`.

    The inverse of `core.dates.full_years`: a term from 29/2 is full on 28/2 of a common year, so on the last day of a
    month all starts up to that month's last day count.
    """
    limit = add_months(day, -12 * years)
    if (day + timedelta(days=1)).month != day.month:
        following = limit.replace(day=28) + timedelta(days=4)
        return following - timedelta(days=following.day)
    return limit


@dataclass(frozen=True, slots=True)
class Asking:
    """What one query is asked for: the organisation, the days, the moment of knowledge (None: as known now)."""

    organisation_id: int
    at: date
    start: date
    end: date
    period: str
    last: date
    known: Any = None


@dataclass(frozen=True, slots=True)
class Query:
    """SQL text with the parameters that it always has. `limits`: numbers of full years compared with the asked date."""

    text: str
    values: Mapping[str, object]
    limits: frozenset[int]

    def parameters(self, asking: Asking) -> dict[str, Any]:
        """The named parameters for one asking."""
        found: dict[str, Any] = {
            **self.values,
            "x": asking.organisation_id,
            "at": asking.at,
            "start": asking.start,
            "long_ago": asking.start - _LONG,
            "end": asking.end,
            "period": asking.period,
            "last": asking.last,
            "known": asking.known,
            "at_year": asking.at.year,
            "at_day": _month_day(asking.at),
        }
        for years in self.limits:
            found[_limit_name(years)] = since_limit(asking.at, years)
        return found


def _month_day(day: date) -> str:
    # A birthday on 29/2 is kept on 28/2 of a common year.
    return (
        "02-29"
        if (day.month, day.day) == (2, 28) and (day + timedelta(days=1)).month == 3
        else f"{day:%m-%d}"
    )


def _limit_name(years: int) -> str:
    return f"years_{years}" if years >= 0 else f"years_minus_{-years}"


class Compiler:
    """Collects the parameters, joins and common tables of one query while its conditions are turned into SQL."""

    def __init__(self, shape: "Shape") -> None:
        self.reading = READINGS[shape.source]
        self.types = SOURCES[shape.source].fields
        self.vendor = shape.vendor
        self.flow = shape.flow
        self.values: dict[str, object] = {}
        self.limits: set[int] = set()
        self.joins: list[str] = []
        self._names: dict[tuple[type, object], str] = {}
        self._macros = words(self.reading, shape.past, shape.exact_ratings, shape.vendor)

    def expand(self, template: str) -> str:
        """Fill in the words in braces and the fixed lists of a template."""
        text = template.format(**self._macros)
        for name, codes in (
            ("grassroots", grassroots_kinds()),
            ("committee", COMMITTEE_POSTS),
            ("admissions", ADMISSIONS),
        ):
            if f"%({name})s" in text:
                text = text.replace(f"%({name})s", ", ".join(self.value(code) for code in codes))
        return text

    def value(self, value: object) -> str:
        """The parameter that stands for a value of a declaration."""
        key = (type(value), value)
        if key not in self._names:
            self._names[key] = f"v{len(self._names)}"
            self.values[self._names[key]] = value
        return f"%({self._names[key]})s"

    def use(self, *names: str) -> None:
        """Make the joins of those names."""
        for name in names:
            if name not in self.joins:
                self.joins.append(name)

    def column(self, name: str) -> Column:
        """The field's column; its joins are made."""
        column = self.reading.fields[name]
        self.use(*column.joins)
        return column

    # --- conditions ---

    def where(self, conditions: Sequence[Condition]) -> str:
        """All conditions as one SQL condition; '' when there is none."""
        return " AND ".join(self.condition(condition) for condition in conditions)

    def condition(self, condition: Condition) -> str:
        """One condition. A blank meets none but `unknown`."""
        column, kind = self.column(condition.field), self.types[condition.field]
        if column.places:
            chosen = self._plain(column, kind, condition)
            return fill(_AT_PLACES, places=column.places, chosen=chosen)
        return self._plain(column, kind, condition)

    def _plain(self, column: Column, kind: str, condition: Condition) -> str:
        if condition.op in ("known", "unknown"):
            return self._known(self.expand(column.sql), kind, known=condition.op == "known")
        if column.years and not self.flow:
            return self._by_limits(column, condition)
        expression = self.full_years(column) if column.years else self.expand(column.sql)
        if kind == "bool":
            return self._bool(expression, condition)
        return self._compare(expression, kind, condition)

    def _known(self, expression: str, kind: str, *, known: bool) -> str:
        if kind == "code":
            return f"{expression} <> ''" if known else f"({expression} IS NULL OR {expression} = '')"
        return f"{expression} IS {'NOT ' if known else ''}NULL"

    def _bool(self, expression: str, condition: Condition) -> str:
        wanted = condition.value if condition.op == "=" else not condition.value
        if condition.op not in ("=", "!=") or not isinstance(condition.value, bool):
            raise ValueError(f"{condition}: a yes-or-no field is only compared with True or False")
        return f"({expression})" if wanted else f"(NOT ({expression}))"

    def _compare(self, expression: str, kind: str, condition: Condition) -> str:
        op, value = condition.op, condition.value
        not_blank = f" AND {expression} <> ''" if kind == "code" else ""
        if op == "in" and len(_tuple(value)) == 1:
            op, value = "=", _tuple(value)[0]
        if op in ("in", "not in"):
            codes = ", ".join(self.value(code) for code in _tuple(value))
            return (
                f"({expression} IN ({codes}))"
                if op == "in"
                else f"({expression} NOT IN ({codes}){not_blank})"
            )
        if op == "between":
            low, high = _tuple(value)
            sides = [] if low is None else [f"{expression} >= {self.value(low)}"]
            sides += [] if high is None else [f"{expression} <= {self.value(high)}"]
            return "(" + " AND ".join(sides or [self._known(expression, kind, known=True)]) + ")"
        if op == "!=":
            return f"({expression} <> {self.value(value)}{not_blank})"
        return f"({expression} {op} {self.value(value)}{not_blank if op in _COMPARISONS else ''})"

    # --- full years ---

    def _by_limits(self, column: Column, condition: Condition) -> str:
        """A condition on full years as one on the day they are counted from, so that no row computes an age."""
        since = self.expand(column.sql)

        def at_least(years: object) -> str:
            return f"{since} <= {self._limit(_whole(years))}"

        def below(years: object) -> str:
            return f"{since} > {self._limit(_whole(years))}"

        def exactly(years: object) -> str:
            return f"({at_least(years)} AND {below(_whole(years) + 1)})"

        op, value = condition.op, condition.value
        match op:
            case "between":
                low, high = _tuple(value)
                sides = [] if low is None else [at_least(low)]
                sides += [] if high is None else [below(_whole(high) + 1)]
                return "(" + (" AND ".join(sides) or f"{since} IS NOT NULL") + ")"
            case "in":
                return "(" + " OR ".join(exactly(years) for years in _tuple(value)) + ")"
            case "not in":
                return "(" + " AND ".join(f"NOT {exactly(years)}" for years in _tuple(value)) + ")"
            case "=":
                return exactly(value)
            case "!=":
                return f"(NOT {exactly(value)})"
            case ">=":
                return at_least(value)
            case ">":
                return at_least(_whole(value) + 1)
            case "<":
                return below(value)
            case "<=":
                return below(_whole(value) + 1)
        raise ValueError(f"{condition}: not a comparison")

    def _limit(self, years: int) -> str:
        self.limits.add(years)
        return f"%({_limit_name(years)})s"

    def full_years(self, column: Column) -> str:
        """Full years from the column's day to the moment that matters, as a whole number (NULL when unknown)."""
        since = self.expand(column.sql)
        if not self.flow:
            return f"(%(at_year)s - {self._year(since)} - CASE WHEN {self._day(since)} > %(at_day)s THEN 1 ELSE 0 END)"
        day = self.reading.day
        year = self._year(day)
        kept_early = (
            f"({self._day(since)} = '02-29' AND {self._day(day)} = '02-28' "
            f"AND NOT ({year} %% 4 = 0 AND ({year} %% 100 <> 0 OR {year} %% 400 = 0)))"
        )
        return (
            f"({year} - {self._year(since)} - CASE WHEN {self._day(since)} > {self._day(day)} "
            f"AND NOT {kept_early} THEN 1 ELSE 0 END)"
        )

    def _year(self, day: str) -> str:
        if self.vendor == "sqlite":
            return f"CAST(SUBSTR({day}, 1, 4) AS INTEGER)"
        return f"CAST(EXTRACT(YEAR FROM {day}) AS INTEGER)"

    def _day(self, day: str) -> str:
        return f"SUBSTR({day}, 6, 5)" if self.vendor == "sqlite" else f"TO_CHAR({day}, 'MM-DD')"

    def amount(self, name: str) -> str:
        """The field of a sum as a whole number (times the column's scale)."""
        column = self.column(name)
        if column.years:
            return self.full_years(column)
        sql = self.expand(column.sql)
        return sql if column.scale == 1 else f"CAST(ROUND({sql} * {column.scale}) AS BIGINT)"

    # --- the whole ---

    def frame(self, extra_where: str = "") -> tuple[str, str]:
        """(common tables, FROM and WHERE) with the joins in use."""
        joins = [self.reading.joins[name] for name in self.joins]
        tables = [self.expand(join.cte) for join in joins if join.cte]
        parts = [
            "FROM",
            *(join.lead for join in joins),
            self.reading.head,
            *(join.sql for join in joins if join.place),
            self.reading.tail,
            *(join.sql for join in joins if not join.place),
            "WHERE",
            self.reading.where,
            *(f"AND {join.where}" for join in joins if join.where),
            extra_where,
        ]
        text = self.expand(" ".join(part for part in parts if part))
        return (f"WITH {', '.join(tables)} " if tables else ""), text

    def query(self, text: str) -> Query:
        """The finished query; only parameters that the text names are kept."""
        named = set(re.findall(r"%\((\w+)\)s", text))
        return Query(text, {k: v for k, v in self.values.items() if k in named}, frozenset(self.limits))


def _tuple(value: object) -> tuple[Any, ...]:
    if not isinstance(value, tuple):
        raise ValueError(f"{value!r}: a tuple of values is needed")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"{value!r}: full years are whole numbers")
    return value


@dataclass(frozen=True, slots=True)
class Shape:
    """What decides the text of a query besides the formulas."""

    vendor: str
    source: str
    flow: bool
    past: bool
    exact_ratings: bool


@lru_cache(maxsize=512)
def grouped(shape: Shape, leaves: tuple[Leaf, ...], children: bool) -> Query:
    """ONE query for all formulas of a source: a row a child (`via_id` first; NULL: hung on the organisation itself).

    A count takes one column, a sum two (sum, number of facts). Where facts cross borders, each is there twice: first
    for the border of the asked organisation, then for the child's.
    """
    making = Compiler(shape)
    crossings = making.reading.crossing or ("",)
    columns: list[str] = []
    for leaf in leaves:
        for crossing in crossings:
            columns += leaf_columns(making, leaf, crossing)
    depth = ""
    if not SOURCES[shape.source].subtree:
        depth = "AND p.depth <= 1" if children else "AND p.depth = 0"
    tables, frame = making.frame(depth)
    select = ["p.via_id", *columns] if children else ["NULL", *columns]
    return making.query(
        f"{tables}SELECT {', '.join(select)} {frame}" + (" GROUP BY p.via_id" if children else "")
    )


def leaf_columns(making: Compiler, leaf: Leaf, crossing: str) -> list[str]:
    """The result columns of one formula."""
    conditions = [part for part in (crossing, making.where(leaf.where)) if part]
    if isinstance(leaf, Count):
        return [f"COUNT(*){_filter(conditions)}"]
    amount = making.amount(leaf.of)
    return [f"COALESCE(SUM({amount}){_filter(conditions)}, 0)", f"COUNT({amount}){_filter(conditions)}"]


def _filter(conditions: Sequence[str]) -> str:
    return f" FILTER (WHERE {' AND '.join(conditions)})" if conditions else ""
