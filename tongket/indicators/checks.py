"""What must hold of the declarations as a whole; run when the catalogue is imported, so a slip never reaches a page."""

import re
import unicodedata
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date
from graphlib import CycleError, TopologicalSorter

from .fields import words_of
from .model import Condition, Count, Indicator, Ratio, Sum, Total
from .sources import SOURCES, FieldType

__all__ = ["BadCatalogue", "check", "members_of"]

_ID = re.compile(r"[a-z]+(\.[a-z0-9_]+)+")
_ORDERED = {"<", "<=", ">", ">=", "between"}
_LISTED = {"in", "not in"}
_VALUELESS = {"known", "unknown"}
_PYTHON: dict[FieldType, tuple[type, ...]] = {
    "code": (str,),
    "bool": (bool,),
    "number": (int,),
    "date": (date,),
}


class BadCatalogue(ValueError):
    """The declarations contradict themselves or the sources; the message lists every fault."""


def members_of(indicator: Indicator) -> tuple[str, ...]:
    """Ids of the figures that a ratio or total is made of; nothing for a count or a sum."""
    match indicator.formula:
        case Ratio(numerator=numerator, denominator=denominator):
            return (numerator, denominator)
        case Total(plus=plus, minus=minus):
            return (*plus, *minus)
    return ()


def check(indicators: Sequence[Indicator], domains: Iterable[str]) -> None:
    """Raise :class:`BadCatalogue` naming every fault of the declarations; do nothing when there is none."""
    known = {indicator.id: indicator for indicator in indicators}
    faults = [] if len(known) == len(indicators) else _doubles(indicators)
    allowed = set(domains)
    for indicator in indicators:
        faults += [f"{indicator.id}: {fault}" for fault in _faults(indicator, known, allowed)]
    faults += _cycles(known)
    if faults:
        raise BadCatalogue("; ".join(faults))


def _doubles(indicators: Sequence[Indicator]) -> list[str]:
    ids = [indicator.id for indicator in indicators]
    return [f"{id}: declared {ids.count(id)} times" for id in sorted(set(ids)) if ids.count(id) > 1]


def _faults(indicator: Indicator, known: Mapping[str, Indicator], domains: set[str]) -> Iterable[str]:
    if not _ID.fullmatch(indicator.id):
        yield "an id is lower-case words joined by dots"
    if indicator.domain not in domains:
        yield f"unknown domain {indicator.domain!r}"
    for name in ("vi", "en", "unit", "form"):
        text = getattr(indicator, name)
        if not text or text != unicodedata.normalize("NFC", text):
            yield f"{name} is empty or not NFC"
    match indicator.formula:
        case Count() | Sum():
            yield from _base_faults(indicator.formula, known)
        case Ratio(scale=scale):
            if scale <= 0:
                yield "scale must be positive"
        case Total(plus=plus, minus=minus):
            if not plus or len({*plus, *minus}) < len(plus) + len(minus):
                yield "a total needs figures to add, each once"
    yield from (f"made of {id}, which is not declared" for id in members_of(indicator) if id not in known)


def _base_faults(formula: Count | Sum, known: Mapping[str, Indicator]) -> Iterable[str]:
    source = SOURCES.get(formula.source)
    if source is None:
        yield f"unknown source {formula.source!r}"
        return
    if formula.when not in source.moments:
        yield f"source {source.name} has no moment {formula.when!r}"
    if isinstance(formula, Sum) and source.fields.get(formula.of) != "number":
        yield f"{source.name}.{formula.of} is no number to add up"
    for condition in formula.where:
        kind = source.fields.get(condition.field)
        if kind is None:
            yield f"source {source.name} has no field {condition.field!r}"
        else:
            yield from _condition_faults(source.name, condition, kind, known)


def _condition_faults(
    source: str, condition: Condition, kind: FieldType, known: Mapping[str, Indicator]
) -> Iterable[str]:
    name = f"{source}.{condition.field}"
    if condition.op in _ORDERED and kind not in ("number", "date"):
        yield f"{name} is a {kind}: {condition.op!r} does not fit"
        return
    if condition.op in _VALUELESS:
        if condition.value is not None:
            yield f"{name}: {condition.op!r} takes no value"
        return
    values = _values(condition)
    if not values:
        yield f"{name}: {condition.op!r} without a value"
    for value in values:
        if not isinstance(value, _PYTHON[kind]) or (kind == "number" and isinstance(value, bool)):
            yield f"{name}: {value!r} is no {kind}"
        elif kind == "code" and value not in _codes(source, condition.field, known):
            yield f"{name}: {value!r} is not in the code list"


def _values(condition: Condition) -> tuple[object, ...]:
    value = condition.value
    if condition.op == "between":
        pair = value if isinstance(value, tuple) and len(value) == 2 else ()
        return tuple(side for side in pair if side is not None)
    if condition.op in _LISTED:
        return value if isinstance(value, tuple) else ()
    return (value,)


def _codes(source: str, name: str, known: Mapping[str, Indicator]) -> Container[object]:
    if (source, name) == ("targets", "indicator"):
        return known
    words = words_of(source, name)
    return words.codes.values if words.codes else ()


def _cycles(known: Mapping[str, Indicator]) -> list[str]:
    graph = {id: members_of(indicator) for id, indicator in known.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return [f"figures made of one another: {' → '.join(error.args[1])}"]
    return []
