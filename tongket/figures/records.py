"""The records behind a figure: the same query as the figure's, listing the facts instead of counting them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from typing import Any, Literal

from tongket.core import codelists, judging, worklists
from tongket.core.codelists import CodeList
from tongket.core.periods import Period
from tongket.figures.engine import Question, ask, rows
from tongket.figures.evaluate import plain
from tongket.figures.plan import declared, find
from tongket.figures.sources import READINGS, fill
from tongket.figures.sql import Compiler, Leaf, Query, Shape
from tongket.figures.types import Record, RecordList, Value
from tongket.indicators.model import Count, Indicator, Ratio, Sum
from tongket.indicators.sources import SOURCES
from tongket.organisations.models import Organisation
from tongket.rules.organisations import UnknownKind, kind

Part = Literal["numerator", "denominator"]
# Whose records: everything below the organisation, what fell under one child, or what hung on itself.
_Whose = Literal["all", "child", "own"]


@dataclass(frozen=True, slots=True)
class _Piece:
    """Facts of one formula, so many years before the asked period."""

    leaf: Leaf
    offset: int


def records(
    indicator_id: str,
    organisation: Organisation | str,
    period: Period | str,
    *,
    as_at: date | None = None,
    as_known_at: datetime | None = None,
    child: int | None = None,
    part: Part = "numerator",
    offset: int = 0,
    limit: int | None = None,
    catalogue: Mapping[str, Indicator] | None = None,
) -> RecordList:
    """The records behind one figure, people by name, other facts by day.

    Of a count or sum: its facts. Of a ratio: those of its numerator or denominator. Of a total: those of the figures
    added (`numerator`) or of those taken off (`denominator`). `child` (an organisation's key) limits them to what fell
    under that child; the asked organisation's own key to what hung on itself. `limit` None lists all.

    Raises what `engine.ask` raises, and `NotFound` for an unknown indicator.
    """
    question = ask(organisation, period, as_at, as_known_at)
    declarations = declared(catalogue)
    pieces = _pieces(declarations, find(declarations, indicator_id), part, 0)
    whose: _Whose = "all" if child is None else "own" if child == question.organisation.pk else "child"
    count, total, summed = 0, Fraction(0), False
    listed: list[Record] = []
    for piece in pieces:
        then = question.earlier(piece.offset)
        here, amount = _measure(then, piece.leaf, whose, child)
        skip = max(offset - count, 0)
        room = None if limit is None else limit - len(listed)
        if here > skip and (room is None or room > 0):
            listed += _list(then, piece.leaf, whose, child, skip, room)
        count += here
        if amount is not None:
            total, summed = total + amount, True
    return RecordList(count, plain(total) if summed else None, tuple(listed))


def _pieces(
    catalogue: Mapping[str, Indicator], indicator: Indicator, part: Part, offset: int
) -> tuple[_Piece, ...]:
    formula = indicator.formula
    if isinstance(formula, Count | Sum):
        return (_Piece(formula, offset),) if part == "numerator" else ()
    if isinstance(formula, Ratio):
        if part == "numerator":
            return _pieces(catalogue, find(catalogue, formula.numerator), "numerator", offset)
        before = offset + 1 if formula.denominator_last_year else offset
        return _pieces(catalogue, find(catalogue, formula.denominator), "numerator", before)
    names = formula.plus if part == "numerator" else formula.minus
    return tuple(
        piece for name in names for piece in _pieces(catalogue, find(catalogue, name), "numerator", offset)
    )


def _shape(question: Question, leaf: Leaf) -> Shape:
    return question.shape(leaf.source, leaf.when)


def _measure(question: Question, leaf: Leaf, whose: _Whose, child: int | None) -> tuple[int, Fraction | None]:
    query = _measuring(_shape(question, leaf), leaf, whose)
    ((count, total),) = rows(query, question.asking(leaf.when), child=child)
    if isinstance(leaf, Count):
        return count, None
    return count, Fraction(int(total), READINGS[leaf.source].fields[leaf.of].scale)


def _frame(making: Compiler, shape: Shape, leaf: Leaf, whose: _Whose) -> tuple[str, str, str]:
    """(amount or NULL, common tables, FROM and WHERE) of the facts asked for."""
    conditions = [making.where(leaf.where)]
    amount = "NULL"
    if isinstance(leaf, Sum):
        amount = making.amount(leaf.of)
        conditions.append(f"{amount} IS NOT NULL")  # what has no number adds nothing
    if making.reading.crossing:
        conditions.append(making.expand(making.reading.crossing[1 if whose == "child" else 0]))
    if whose != "all":
        conditions.append("p.via_id = %(child)s" if whose == "child" else "p.via_id IS NULL")
    if not SOURCES[shape.source].subtree:
        conditions.append("p.depth = 1" if whose == "child" else "p.depth = 0")
    tables, frame = making.frame(" ".join(f"AND {condition}" for condition in conditions if condition))
    return amount, tables, frame


@lru_cache(maxsize=512)
def _measuring(shape: Shape, leaf: Leaf, whose: _Whose) -> Query:
    making = Compiler(shape)
    amount, tables, frame = _frame(making, shape, leaf, whose)
    total = "NULL" if amount == "NULL" else f"COALESCE(SUM({amount}), 0)"
    return making.query(f"{tables}SELECT COUNT(*), {total} {frame}")


# Cells of many communes bear the same name, so a cell is named with the body above it.
_ABOVE = (
    "(SELECT ov.name FROM {version} ov WHERE ov.organisation_id = nv.parent_id AND nv.kind = 'cell' "
    "AND ov.valid_from <= $day AND ov.valid_to >= $day AND {known[ov]} ORDER BY ov.valid_from DESC LIMIT 1)"
)
_NAME = (
    "(SELECT nv.name || COALESCE(', ' || $above, '') FROM {version} nv "
    "WHERE nv.organisation_id = $organisation AND nv.valid_from <= $day "
    "AND nv.valid_to >= $day AND {known[nv]} ORDER BY nv.valid_from DESC LIMIT 1)"
)


@lru_cache(maxsize=512)
def _listing(shape: Shape, leaf: Leaf, whose: _Whose, limited: bool) -> Query:
    making = Compiler(shape)
    reading = making.reading
    making.use(*reading.listing_joins)
    amount, tables, frame = _frame(making, shape, leaf, whose)
    organisation, fact_day = reading.organisation, making.expand(reading.day)
    day = reading.shown_day or fact_day
    # The organisation's name as it was on the fact's day (on the day before, where the fact ended something).
    above = fill(_ABOVE, day=fact_day)
    name = making.expand(fill(_NAME, above=above, organisation=organisation, day=fact_day))
    # A fact about an organisation is headed by that name too: what it is called today, perhaps under others,
    # is not theirs to read.
    then = making.expand(fill(_NAME, above="NULL", organisation=organisation, day=fact_day))
    title = reading.title.replace("fo.name", fill("COALESCE($then, fo.name)", then=then))
    columns = [
        reading.key,
        day,
        organisation,
        name,
        reading.member or "NULL",
        title,
        reading.subtitle,
        amount,
    ]
    order = ["m.sort_key", day, reading.key] if reading.title == "m.full_name" else [day, reading.key]
    page = " LIMIT %(limit)s OFFSET %(offset)s" if limited else ""
    return making.query(f"{tables}SELECT {', '.join(columns)} {frame} ORDER BY {', '.join(order)}{page}")


def _list(
    question: Question, leaf: Leaf, whose: _Whose, child: int | None, skip: int, room: int | None
) -> list[Record]:
    limited = room is not None
    query = _listing(_shape(question, leaf), leaf, whose, limited)
    found = rows(query, question.asking(leaf.when), child=child, limit=room, offset=skip)
    reading = READINGS[leaf.source]
    codes: CodeList | None = next(
        (
            getattr(lists, reading.subtitle_codes)
            for lists in (codelists, worklists, judging)
            if hasattr(lists, reading.subtitle_codes)
        ),
        None,
    )
    scale = reading.fields[leaf.of].scale if isinstance(leaf, Sum) else 1
    return [
        Record(
            source=leaf.source,
            pk=pk,
            title=title or "",
            subtitle=_subtitle(subtitle, codes, reading.subtitle_codes),
            on=day if isinstance(day, date) else date.fromisoformat(day),
            organisation_id=organisation_id,
            organisation_name=name or "",
            member_id=member_id,
            amount=_amount(amount, scale),
        )
        for pk, day, organisation_id, name, member_id, title, subtitle, amount in (
            found if limited else found[skip:]
        )
    ]


def _amount(amount: Any, scale: int) -> Value:
    return None if amount is None else plain(Fraction(int(amount), scale))


def _subtitle(value: object, codes: CodeList | None, name: str) -> str:
    text = "" if value is None else str(value)
    if codes is not None:
        return codes.label(text)
    if name == "KIND":
        try:
            return kind(text).name_vi
        except UnknownKind:
            return text
    return text
