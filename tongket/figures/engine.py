"""The engine: all asked figures of an organisation and its children, one query per source and moment.

`compute` is the one entry; pages, reports, the command line and checks all ask it. Nothing is stored.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django.db import connection
from django.utils import timezone

from tongket.core.dates import add_months, format_date
from tongket.core.periods import Kind, Period, parse_period
from tongket.core.problems import Problem, Refused
from tongket.figures.evaluate import Cells, Key, figures_of
from tongket.figures.masking import seen_by
from tongket.figures.plan import Group, Plan, plan_for
from tongket.figures.readings.words import known_rows
from tongket.figures.sources import TABLES, fill
from tongket.figures.sql import Asking, Query, Shape, grouped
from tongket.figures.types import Child, FigureSet
from tongket.indicators.model import Indicator
from tongket.organisations.models import Organisation
from tongket.organisations.queries import by_code

_TERMS = (Kind.TERM, Kind.HALF_TERM)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, checked and completed: see `ask`."""

    organisation: Organisation
    period: Period
    as_at: date
    as_known_at: datetime | None

    def earlier(self, offset: int) -> "Question":
        """The same question `offset` years (for terms: terms) before, as known at the same moment.

        As at the end of a period: its end then; in the middle of a period: the same day then.
        """
        question = self
        for _ in range(offset):
            period = question.period.comparison()
            months = 60 if period.kind in _TERMS else 12
            as_at = (
                period.end if question.as_at == question.period.end else add_months(question.as_at, -months)
            )
            question = Question(question.organisation, period, max(as_at, period.start), question.as_known_at)
        return question

    def asking(self, when: str) -> Asking:
        """The parameters of a query for one moment."""
        return Asking(
            organisation_id=self.organisation.pk,
            at=self.period.start - timedelta(days=1) if when == "opening" else self.as_at,
            start=self.period.start,
            end=min(self.period.end, self.as_at),
            period=self.period.code,
            last=self.period.end,
            known=None
            if self.as_known_at is None
            else connection.ops.adapt_datetimefield_value(self.as_known_at),
        )

    def shape(self, source: str, when: str) -> Shape:
        """What decides the text of a query for one source and moment."""
        return Shape(
            vendor=connection.vendor,
            source=source,
            flow=when == "flow",
            past=self.as_known_at is not None,
            exact_ratings=self.period.kind not in _TERMS,
        )


def ask(
    organisation: Organisation | str,
    period: Period | str,
    as_at: date | None = None,
    as_known_at: datetime | None = None,
) -> Question:
    """Check and complete a question. `as_at` defaults to the period's last day, `as_known_at` None means now.

    Raises `NotFound` for an unknown organisation code, `core.periods.BadPeriod` for an unreadable period, `Refused`
    (field `as_at`) for a day before the period or before the organisation's founding.
    """
    asked = by_code(organisation) if isinstance(organisation, str) else organisation
    asked_period = parse_period(period) if isinstance(period, str) else period
    day = as_at or asked_period.default_as_at()
    if day < asked_period.start:
        raise Refused(
            [
                Problem(
                    "as_at",
                    f"Ngày tính số liệu {format_date(day)} ở trước kỳ {asked_period.label()}. "
                    f"Chọn từ ngày {format_date(asked_period.start)} trở đi.",
                )
            ]
        )
    if day < asked.founded_on:
        raise Refused(
            [
                Problem(
                    "as_at",
                    f"Ngày {format_date(day)} ở trước ngày thành lập «{asked}» ({format_date(asked.founded_on)}): "
                    "chưa có bản ghi nào. Chọn ngày hoặc kỳ sau đó.",
                )
            ]
        )
    moment = as_known_at
    if moment is not None and timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    return Question(asked, asked_period, day, moment)


def compute(
    organisation: Organisation | str,
    period: Period | str,
    *,
    as_at: date | None = None,
    as_known_at: datetime | None = None,
    ids: Iterable[str] | None = None,
    children: bool = True,
    catalogue: Mapping[str, Indicator] | None = None,
    viewer: Any = None,
) -> FigureSet:
    """All figures `ids` (default: the whole catalogue) of an organisation and of its children.

    Stock figures hold at the end of `as_at`; flow figures run from the period's start to `as_at`, at most to the
    period's end. A rating counts for the period whose code it bears; for a term, the yearly ratings of all its years
    count. Children are all organisations that hung directly under the asked one on some day of the period up to
    `as_at`, and any other with opening figures, so that children and the organisation's own facts always add up
    (but for moves across borders, which count at each border they cross). `viewer` is the user who will see them:
    guarded figures are masked for whoever lacks their duty (`masking`); None is the machine's operator.

    Raises what `ask` raises, and `NotFound` for an unknown indicator.
    """
    question = ask(organisation, period, as_at, as_known_at)
    plan = plan_for(catalogue, None if ids is None else tuple(ids))
    found, opening_only = _children(question) if children else ([], frozenset())
    cells = _cells(question, plan, [child.id for child in found], children)
    if opening_only:
        keep = [i for i, child in enumerate(found) if child.id not in opening_only or cells.any_at(i + 1)]
        cells = cells.only([0, *(i + 1 for i in keep)])
        found = [found[i] for i in keep]
    columns = figures_of(plan, cells)
    own = {name: column[0] for name, column in columns.items()}
    by_child = {
        child.id: {name: column[i] for name, column in columns.items()}
        for i, child in enumerate(found, start=1)
    }
    figures = FigureSet(
        question.organisation,
        question.period,
        question.as_at,
        question.as_known_at,
        tuple(found),
        own,
        by_child,
        viewer,
    )
    return figures if viewer is None else seen_by(viewer, figures, plan.catalogue)


def last_year(figures: FigureSet, *, children: bool = True) -> FigureSet:
    """The same figures for the period reports set beside (same period last year; for terms the term before)."""
    question = Question(figures.organisation, figures.period, figures.as_at, figures.as_known_at).earlier(1)
    return compute(
        question.organisation,
        question.period,
        as_at=question.as_at,
        as_known_at=question.as_known_at,
        ids=tuple(figures.own),
        children=children,
        viewer=figures.viewer,
    )


def rows(query: Query, asking: Asking, **more: Any) -> Sequence[tuple[Any, ...]]:
    """Run one compiled query; `more` are parameters beyond those of the asking."""
    with connection.cursor() as cursor:
        cursor.execute(query.text, {**query.parameters(asking), **more})
        found: Sequence[tuple[Any, ...]] = cursor.fetchall()
    return found


def _cells(question: Question, plan: Plan, child_ids: list[int], children: bool) -> Cells:
    """The raw amounts of every formula, for the organisation (position 0) and each child."""
    cells = Cells(1 + len(child_ids))
    for group in plan.groups:
        then = question.earlier(group.offset)
        query = grouped(then.shape(group.source, group.when), group.leaves, children)
        _read(cells, group, child_ids, rows(query, then.asking(group.when)))
    return cells


def _read(cells: Cells, group: Group, child_ids: list[int], found: Sequence[tuple[Any, ...]]) -> None:
    by_via = {row[0]: row for row in found}
    width = group.width
    empty = (None, *([0] * width))
    totals = [sum(column) for column in list(zip(*found, strict=True))[1:]] if found else [0] * width
    of_children = (
        list(zip(*(by_via.get(i, empty) for i in child_ids), strict=True))[1:] if child_ids else [()] * width
    )
    if not group.subtree:  # only what hangs on the organisation itself
        totals = list(by_via.get(None, empty)[1:])
    for key, place in group.places:
        step = place.width if group.crossing else 0  # the child's border has its own columns
        first = place.first
        cells.put(
            Key(key, group.offset),
            [totals[first], *of_children[first + step]],
            [totals[first + place.width - 1], *of_children[first + step + place.width - 1]],
        )


_CHILDREN = (
    "SELECT p.descendant_id, p.valid_to, o.code, v.name, v.kind, v.position, v.valid_from "
    "FROM {path} p JOIN {organisation} o ON o.id = p.descendant_id "
    "JOIN {version} v ON v.organisation_id = p.descendant_id AND v.valid_from <= %(at)s AND $known_v "
    "WHERE p.ancestor_id = %(x)s AND p.depth = 1 AND p.valid_from <= %(at)s AND p.valid_to >= %(start)s AND $known_p"
)


@cache
def _children_text(past: bool) -> str:
    known = known_rows(past)
    return fill(_CHILDREN, known_v=known.replace("@", "v"), known_p=known.replace("@", "p")).format(**TABLES)


def _children(question: Question) -> tuple[list[Child], frozenset[int]]:
    """(the children in the office's order, those among them that hung there only on the day before the period)."""
    asking = question.asking("stock")
    text = _children_text(question.as_known_at is not None)
    parameters = {"x": asking.organisation_id, "at": asking.at, "start": asking.start, "known": asking.known}
    latest: dict[int, tuple[Any, ...]] = {}
    until: dict[int, str] = {}
    with connection.cursor() as cursor:
        cursor.execute(text, parameters)
        for id_, valid_to, code, name, kind, position, since in cursor.fetchall():
            until[id_] = max(until.get(id_, ""), str(valid_to))
            if id_ not in latest or latest[id_][0] < str(since):
                latest[id_] = (str(since), position, code, name, kind)
    ordered = sorted(latest.items(), key=lambda item: item[1][1:3])
    found = [Child(id_, code, name, kind) for id_, (_, _, code, name, kind) in ordered]
    start = asking.start.isoformat()
    return found, frozenset(id_ for id_, last in until.items() if last == start)
