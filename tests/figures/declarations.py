"""A declaration for every field, operator and moment of every source, so that none is read wrongly unnoticed."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from tongket.indicators.fields import words_of
from tongket.indicators.model import Condition, Count, Formula, Indicator, Sum
from tongket.indicators.sources import SOURCES, Source

_NUMBERS = {
    "age": (18, 30, 31, 60),
    "party_age": (0, 5, 30, 40),
    "mark": (30, 60),
    "years_excellent": (1, 2, 5),
    "value": (1, 2),
    "members": (1, 4),
    "admitted": (0, 1),
    "receivers": (0, 1, 3),
    "sites": (1, 3),
}


def _conditions(source: Source, name: str, kind: str) -> Iterator[tuple[str, Any]]:
    yield from (("known", None), ("unknown", None))
    if kind == "bool":
        yield from (("=", True), ("=", False), ("!=", True))
        return
    values = _values(source.name, name, kind)
    for value in values[:4]:
        yield from (("=", value), ("!=", value))
    yield from (("in", values[:2]), ("not in", values[1:3]))
    if kind != "code":
        for low, high in ((values[0], values[-1]), (None, values[-1]), (values[0], None), (None, None)):
            yield "between", (low, high)
        yield from ((op, values[1 % len(values)]) for op in ("<", "<=", ">", ">="))


def _values(source: str, name: str, kind: str) -> tuple[Any, ...]:
    if kind == "code":
        if name == "indicator":
            return ("members.admitted", "study.sessions")
        codes = words_of(source, name).codes
        assert codes is not None
        return tuple(reversed(codes.values)) if name == "organisation_kind" else codes.values
    if kind == "date":
        return (date(1990, 1, 1), date(2016, 2, 29), date(2023, 6, 30))
    return _NUMBERS.get(name, (2, 10, 50))


def _all() -> Iterator[tuple[str, Formula]]:
    for source in SOURCES.values():
        for when in source.moments:
            yield f"{source.name}.{when}", Count(source.name, when)
            for name, kind in source.fields.items():
                for op, value in _conditions(source, name, kind):
                    condition = Condition(name, op, value)
                    yield f"{source.name}.{when}.{name} {op} {value}", Count(source.name, when, (condition,))
                if kind == "number":
                    yield f"{source.name}.{when}.{name} sum", Sum(source.name, when, name)
                    yield (
                        f"{source.name}.{when}.{name} sum?",
                        Sum(source.name, when, name, empty_is_none=True),
                    )


EVERY_FIELD: dict[str, Indicator] = {
    name: Indicator(name, name, name, "", formula, source, decimals=2)
    for name, formula in _all()
    for source in [name.split(".")[0]]
}
