"""The regulations as dated data: each rule's versions, with the document that says so.

``data/*.yaml`` is read once and checked whole. A record is judged by the version
in force on ITS date; when a rule changes, a new version is added beside the old
one, which is never edited. Days are inclusive at both ends.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

import yaml

from tongket.core.citations import Citation, Mark
from tongket.core.dates import FOREVER, format_date

__all__ = [
    "BadRules",
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

DATA = Path(__file__).parent / "data"

#: A parameter: a number, a word, or a frozen list or mapping of them.
Value = int | bool | str | Decimal | None | tuple["Value", ...] | Mapping[Any, "Value"]


class BadRules(ValueError):
    """The rule files are wrong; the message names the file and the key."""


class UnknownRule(LookupError):
    """No rule of that id."""


class NoRuleInForce(LookupError):
    """The rule exists, but no version of it is known for that day."""


@dataclass(frozen=True)
class Version:
    """What a rule said in one era; ``effective_until`` is its last day, None while it stands."""

    effective_from: date
    effective_until: date | None
    value: Value
    document: str
    document_date: date | None
    article: str
    mark: Mark
    source: str
    note: str = ""

    @property
    def last_day(self) -> date:
        """The last day in force, :data:`FOREVER` while it stands."""
        return self.effective_until or FOREVER

    def citation(self) -> Citation:
        """The document behind this version."""
        return Citation(self.document, self.document_date, self.article, self.mark, self.source)


@dataclass(frozen=True)
class Gap:
    """Days for which no version is known, said openly with the reason."""

    start: date
    end: date
    reason: str


@dataclass(frozen=True)
class Rule:
    """A rule by its id, with its versions from the oldest to the newest."""

    id: str
    name_vi: str
    name_en: str
    unit: str
    versions: tuple[Version, ...]
    gaps: tuple[Gap, ...] = field(default=())

    def name(self, lang: str = "vi") -> str:
        """The rule's name in the reader's language."""
        return self.name_en if lang.startswith("en") else self.name_vi

    def in_force(self, on: date) -> Version:
        """The version in force on a day. Raises :class:`NoRuleInForce`."""
        for version in reversed(self.versions):
            if version.effective_from <= on <= version.last_day:
                return version
        raise NoRuleInForce(f"Chưa có quy định “{self.name_vi}” ({self.id}) cho ngày {format_date(on)}.")


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


def load(folder: Path) -> dict[str, Rule]:
    """Read and check all rule files of a folder. Raises :class:`BadRules` naming file and key.

    Files with a top key ``rules`` hold rules, ``sources.yaml`` the addresses that they
    refer to; other files (the kinds of organisation) have readers of their own.
    """
    sources = read_sources(folder)
    found: dict[str, Rule] = {}
    for path in sorted(folder.glob("*.yaml")):
        raw = read_yaml(path)
        if "rules" not in raw:
            continue
        entries = _mapping(raw["rules"], f"{path.name}: rules")
        for id, entry in entries.items():
            where = f"{path.name}: {id}"
            if id in found:
                raise BadRules(f"{where}: the id is used twice")
            found[id] = _rule(str(id), _mapping(entry, where), where, sources)
    return found


def read_yaml(path: Path) -> Mapping[str, Any]:
    """The mapping that a rule file holds. Raises :class:`BadRules`."""
    try:
        raw = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise BadRules(f"{path.name}: cannot be read: {error}") from error
    return _mapping(raw, path.name)


def read_sources(folder: Path) -> Mapping[str, str]:
    """Short names of sources and their addresses, from ``sources.yaml``."""
    path = folder / "sources.yaml"
    if not path.exists():
        return {}
    return {str(k): str(v) for k, v in _mapping(read_yaml(path)["sources"], path.name).items()}


_RULE_KEYS = {"name_vi", "name_en", "unit", "versions", "gaps"}
_VERSION_KEYS = {
    "effective_from",
    "effective_until",
    "value",
    "document",
    "document_date",
    "article",
    "mark",
    "source",
    "note",
}


def _rule(id: str, raw: Mapping[str, Any], where: str, sources: Mapping[str, str]) -> Rule:
    check_keys(raw, _RULE_KEYS, where)
    listed = raw.get("versions")
    if not isinstance(listed, list) or not listed:
        raise BadRules(f"{where}: versions: at least one is needed")
    versions = tuple(
        _version(_mapping(v, f"{where}: versions[{i}]"), f"{where}: versions[{i}]", sources)
        for i, v in enumerate(listed)
    )
    gaps = tuple(_gap(_mapping(g, f"{where}: gaps"), f"{where}: gaps") for g in raw.get("gaps") or [])
    _check_sequence(versions, gaps, where)
    return Rule(
        id,
        text_of(raw, "name_vi", where),
        text_of(raw, "name_en", where),
        text_of(raw, "unit", where),
        versions,
        gaps,
    )


def _version(raw: Mapping[str, Any], where: str, sources: Mapping[str, str]) -> Version:
    check_keys(raw, _VERSION_KEYS, where)
    if "value" not in raw:
        raise BadRules(f"{where}: value: missing")
    version = Version(
        effective_from=_date(raw, "effective_from", where),
        effective_until=optional_date(raw, "effective_until", where),
        value=_frozen(raw["value"], f"{where}: value"),
        document=text_of(raw, "document", where),
        document_date=optional_date(raw, "document_date", where),
        article=str(raw.get("article") or ""),
        mark=mark_of(raw, where),
        source=sources_of(raw, where, sources),
        note=str(raw.get("note") or ""),
    )
    if version.last_day < version.effective_from:
        raise BadRules(f"{where}: effective_until comes before effective_from")
    return version


def _gap(raw: Mapping[str, Any], where: str) -> Gap:
    return Gap(_date(raw, "from", where), _date(raw, "until", where), text_of(raw, "reason", where))


def _check_sequence(versions: Sequence[Version], gaps: Sequence[Gap], where: str) -> None:
    """Versions follow each other without overlap, and without a gap that is not declared."""
    declared = {(g.start, g.end) for g in gaps}
    real = set()
    for earlier, later in pairwise(versions):
        if later.effective_from <= earlier.last_day:
            raise BadRules(f"{where}: two versions in force on {later.effective_from.isoformat()}")
        hole = (earlier.last_day + timedelta(days=1), later.effective_from - timedelta(days=1))
        if hole[0] <= hole[1]:
            real.add(hole)
    for start, end in real - declared:
        raise BadRules(
            f"{where}: no version from {start.isoformat()} to {end.isoformat()}, and no gap declared"
        )
    for start, end in declared - real:
        raise BadRules(f"{where}: the declared gap from {start.isoformat()} to {end.isoformat()} is none")


def _frozen(raw: Any, where: str) -> Value:
    """The YAML value as immutable data; a float becomes the decimal it was written as."""
    if isinstance(raw, float):
        return Decimal(str(raw))
    if isinstance(raw, list):
        return tuple(_frozen(x, where) for x in raw)
    if isinstance(raw, dict):
        return MappingProxyType({k: _frozen(v, where) for k, v in raw.items()})
    if raw is None or isinstance(raw, int | str):
        return raw
    raise BadRules(f"{where}: {raw!r}: a number, a word, a list or a mapping is needed")


def _mapping(raw: object, where: str) -> Mapping[str, Any]:
    if not isinstance(raw, dict):
        raise BadRules(f"{where}: a mapping is needed")
    return raw


def check_keys(raw: Mapping[str, Any], allowed: set[str], where: str) -> None:
    """Refuse keys that nobody reads: a misspelt key would be a rule silently lost."""
    for key in raw:
        if key not in allowed:
            raise BadRules(f"{where}: {key}: unknown key")


def text_of(raw: Mapping[str, Any], key: str, where: str) -> str:
    """A key's text, which must be there."""
    found = raw.get(key)
    if not isinstance(found, str) or not found.strip():
        raise BadRules(f"{where}: {key}: a text is needed")
    return found.strip()


def _date(raw: Mapping[str, Any], key: str, where: str) -> date:
    found = optional_date(raw, key, where)
    if found is None:
        raise BadRules(f"{where}: {key}: a date is needed")
    return found


def optional_date(raw: Mapping[str, Any], key: str, where: str) -> date | None:
    """A key's day (yyyy-mm-dd), or None."""
    found = raw.get(key)
    if found is None or type(found) is date:
        return found
    raise BadRules(f"{where}: {key}: not a date (yyyy-mm-dd): {found!r}")


def mark_of(raw: Mapping[str, Any], where: str) -> Mark:
    """How sure the entry is: C, R or U."""
    for mark in get_args(Mark):
        if raw.get("mark") == mark:
            return mark  # type: ignore[no-any-return]
    raise BadRules(f"{where}: mark: C, R or U is needed")


def sources_of(raw: Mapping[str, Any], where: str, sources: Mapping[str, str]) -> str:
    """The addresses of an entry's sources, by their short names in ``sources.yaml``."""
    names = raw.get("source") or []
    names = names if isinstance(names, list) else [names]
    for name in names:
        if name not in sources:
            raise BadRules(f"{where}: source: {name!r} is not in sources.yaml")
    if not names and raw.get("mark") == "C":
        raise BadRules(f"{where}: source: a confirmed entry names where it was read")
    return " ; ".join(sources[name] for name in names)
