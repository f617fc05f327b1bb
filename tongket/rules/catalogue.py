"""The regulations as dated data: each rule's versions, with the document that says so.

``data/*.yaml`` is read once and checked whole (:mod:`tongket.rules.reading`). A record is judged by
the version in force on ITS date; when a rule changes, a new version is added beside the old one,
which is never edited. Days are inclusive at both ends.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

from .model import BadRules, Gap, NoRuleInForce, Rule, UnknownRule, Value, Version
from .reading import DATA, load

__all__ = [
    "DATA",
    "BadRules",
    "Gap",
    "NoRuleInForce",
    "Rule",
    "UnknownRule",
    "Value",
    "Version",
    "all_rules",
    "in_force",
    "integer",
    "load",
    "rule",
    "sequence",
    "table",
    "value",
]


def rule(id: str) -> Rule:
    """The rule of an id. Raises :class:`UnknownRule`."""
    try:
        return _catalogue()[id]
    except KeyError:
        raise UnknownRule(f"Không có quy định mang mã {id}.") from None


def in_force(id: str, on: date) -> Version:
    """The version of a rule in force on a day. Raises :class:`UnknownRule` or :class:`NoRuleInForce`."""
    return rule(id).in_force(on)


def value(id: str, on: date) -> Value:
    """What a rule says on a day. Raises as :func:`in_force`."""
    return in_force(id, on).value


def integer(id: str, on: date) -> int:
    """:func:`value` for rules that hold a whole number. Raises TypeError for others."""
    found = value(id, on)
    if isinstance(found, bool) or not isinstance(found, int):
        raise TypeError(f"{id} holds no whole number: {found!r}")
    return found


def sequence(id: str, on: date) -> tuple[Value, ...]:
    """:func:`value` for rules that hold a list. Raises TypeError for others."""
    found = value(id, on)
    if not isinstance(found, tuple):
        raise TypeError(f"{id} holds no list: {found!r}")
    return found


def table(id: str, on: date) -> Mapping[Any, Value]:
    """:func:`value` for rules that hold a mapping. Raises TypeError for others."""
    found = value(id, on)
    if not isinstance(found, Mapping):
        raise TypeError(f"{id} holds no mapping: {found!r}")
    return found


def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order of ids."""
    return tuple(sorted(_catalogue().values(), key=lambda r: r.id))


@cache
def _catalogue() -> Mapping[str, Rule]:
    return MappingProxyType(load(DATA))
