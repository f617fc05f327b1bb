"""What a book holds: canonical JSON of every figure with the fingerprint of its records, and the digests over it.

Figures of guarded sources go into a part of their own, with a secret salt; the open part holds that part's digest. The
book's digest is over the open part, so it can be checked by whoever holds that, while nobody can try out small numbers
of discipline until the digest fits.
"""

import hashlib
import json
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from tongket.figures.masking import guards_of
from tongket.figures.plan import find, leaves_of
from tongket.figures.sets import RecordSets
from tongket.figures.sources import READINGS
from tongket.figures.types import Figure, FigureSet, Value
from tongket.indicators.catalogue import INDICATORS
from tongket.indicators.model import Count, Indicator, Ratio, Sum
from tongket.rules.catalogue import all_rules

FORMAT = "tongket-book/1"
_RULE = re.compile(r"\{rule\[([\w.-]+)\|")

#: A value as JSON holds it: whole numbers as such, decimals as exact text.
Written = int | str | None


class Entry(NamedTuple):
    """One figure of one place. `fingerprint` is "" when no record stands behind it (`figures.sets`)."""

    value: Written
    numerator: Written
    denominator: Written
    records: int
    fingerprint: str


#: Place (organisation code) -> indicator -> entry.
Entries = dict[str, dict[str, Entry]]


@dataclass(frozen=True, slots=True)
class Definition:
    """How a figure was declared when the book was locked; `digest` is over formula and rounding."""

    name: str
    unit: str
    decimals: int
    domain: str
    digest: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """The organisation of the book, or one of its children, as it was called then."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Content:
    """The open part of a book, read back. `guards`: verbs needed for each figure of the guarded part."""

    head: Mapping[str, Any]
    places: tuple[Place, ...]
    definitions: Mapping[str, Definition]
    rules: Mapping[str, Mapping[str, str]]
    readings: Mapping[str, str]
    figures: Entries
    guards: Mapping[str, tuple[str, ...]]
    guarded_digest: str


def canonical(data: Any) -> bytes:
    """JSON of which the same data give the same bytes."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def book_digest(previous: str, content: bytes) -> str:
    """The digest of a book: SHA-256 over the previous book's digest and the open part."""
    return hashlib.sha256(f"{previous}\n".encode() + content).hexdigest()


def guarded_digest(guarded: bytes) -> str:
    """The digest of the guarded part, which its salt keeps from being guessed."""
    return hashlib.sha256(guarded).hexdigest()


def make(figures: FigureSet, sets: RecordSets, head: Mapping[str, Any]) -> tuple[bytes, bytes]:
    """(open part, guarded part) of a book of these figures; `head` says which book, by whom, when and why."""
    guards = {id: sorted(guards_of(INDICATORS, figure.indicator)) for id, figure in figures.own.items()}
    entries = entries_of(figures, sets)
    guarded = canonical(
        {"salt": secrets.token_hex(32), "figures": _part(entries, {id for id in guards if guards[id]})}
    )
    own = figures.organisation
    content = canonical(
        {
            "format": FORMAT,
            "head": {**head, "catalogue": catalogue_digest()},
            "places": [
                [own.code, own.name, own.kind],
                *([c.code, c.name, c.kind] for c in figures.children),
            ],
            "indicators": {id: _declared(figure.indicator) for id, figure in figures.own.items()},
            "rules": rules_on(figures.as_at),
            "readings": {source: reading_digest(source) for source in READINGS},
            "figures": _part(entries, {id for id in guards if not guards[id]}),
            "guarded": {
                "digest": guarded_digest(guarded),
                "verbs": {id: verbs for id, verbs in guards.items() if verbs},
            },
        }
    )
    return content, guarded


def _part(entries: Entries, ids: set[str]) -> Entries:
    return {place: {id: row[id] for id in ids} for place, row in entries.items()}


def entries_of(figures: FigureSet, sets: RecordSets) -> Entries:
    """Every figure of a computed set as a book writes it."""
    own = figures.organisation
    rows = [(own.code, own.pk, figures.own)]
    rows += [(child.code, child.id, figures.by_child[child.id]) for child in figures.children]
    return {
        code: {id: entry_of(figure, sets.fingerprint(id, place)) for id, figure in row.items()}
        for code, place, row in rows
    }


def entry_of(figure: Figure, fingerprint: str) -> Entry:
    """One figure as a book writes it."""
    return Entry(
        written(figure.value),
        written(figure.numerator),
        written(figure.denominator),
        figure.records,
        fingerprint,
    )


def written(value: Value) -> Written:
    """A value as JSON holds it exactly."""
    return format(value, "f") if isinstance(value, Decimal) else value


def number(value: Written) -> Value:
    """The value that was written."""
    return Decimal(value) if isinstance(value, str) else value


def read(content: bytes) -> Content:
    """The open part of a book. Raises ValueError for bytes of another format."""
    data = json.loads(bytes(content))
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ValueError("Nội dung sổ không theo định dạng của Tổng kết.")
    declared = data["indicators"]
    return Content(
        head=data["head"],
        places=tuple(Place(*place) for place in data["places"]),
        definitions={id: _definition(*declared[id]) for id in sorted(declared, key=_place_of)},
        rules=data["rules"],
        readings=data["readings"],
        figures=_entries(data["figures"]),
        guards={id: tuple(verbs) for id, verbs in data["guarded"]["verbs"].items()},
        guarded_digest=data["guarded"]["digest"],
    )


def _definition(
    name: str, unit: str, decimals: int, of_domain: str, digest: str, sources: list[str]
) -> Definition:
    return Definition(name, unit, decimals, of_domain, digest, tuple(sources))


def _place_of(id: str) -> tuple[int, str]:
    """The catalogue's order (JSON keeps none); what is no longer declared comes last."""
    return _order().get(id, len(INDICATORS)), id


@cache
def _order() -> dict[str, int]:
    return {id: place for place, id in enumerate(INDICATORS)}


def read_guarded(guarded: bytes) -> Entries:
    """The figures of the guarded part."""
    return _entries(json.loads(bytes(guarded))["figures"])


def _entries(data: Mapping[str, Mapping[str, Iterable[Any]]]) -> Entries:
    return {place: {id: Entry(*entry) for id, entry in row.items()} for place, row in data.items()}


# --- what the figures rest on besides the records ---------------------------------------------------------


def sources_of(id: str) -> list[str]:
    """The sources of facts that a declared figure rests on."""
    return sorted({leaf.source for leaf, _offset in leaves_of(INDICATORS, INDICATORS[id])})


def _declared(declared: Indicator) -> list[Any]:
    return [
        declared.vi,
        declared.unit,
        declared.decimals,
        declared.domain,
        definition_digest(INDICATORS, declared),
        sources_of(declared.id),
    ]


def definition_digest(catalogue: Mapping[str, Indicator], declared: Indicator) -> str:
    """Over the formula with all it refers to, and the rounding: another name or note is no other figure."""
    return _digest(f"{_spelled(catalogue, declared)} {declared.decimals}")[:32]


def _spelled(catalogue: Mapping[str, Indicator], declared: Indicator) -> str:
    formula = declared.formula
    if isinstance(formula, Count | Sum):
        return repr(formula)

    def each(names: Iterable[str]) -> str:
        return " ".join(f"({_spelled(catalogue, find(catalogue, name))})" for name in names)

    if isinstance(formula, Ratio):
        how = f"{formula.scale} {formula.minus} {formula.denominator_last_year}"
        return f"ratio {how} {each((formula.numerator, formula.denominator))}"
    return f"total +{each(formula.plus)} -{each(formula.minus)}"


@cache
def catalogue_digest() -> str:
    """Over all declarations, in the order of the catalogue."""
    return _digest("\n".join(f"{id} {definition_digest(INDICATORS, one)}" for id, one in INDICATORS.items()))


def rules_on(day: date) -> dict[str, dict[str, str]]:
    """The version in force on a day of every rule, its mark, and a digest over all versions of the rule."""
    found = {}
    for one in all_rules():
        version = one.version_on(day)
        since = "" if version is None else version.effective_from.isoformat()
        mark = "" if version is None else str(version.mark)
        found[one.id] = {"since": since, "mark": mark, "digest": rule_digest(one.id)}
    return found


@cache
def _rule_digests() -> dict[str, str]:
    return {
        one.id: _digest(
            "\n".join(f"{v.effective_from} {v.effective_until} {_plain(v.value)!r}" for v in one.versions)
        )[:32]
        for one in all_rules()
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return sorted((str(key), _plain(one)) for key, one in value.items())
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def rule_digest(id: str) -> str:
    """Over the days and values of all versions of a rule; "" for a rule that is not there."""
    return _rule_digests().get(id, "")


@cache
def reading_digest(source: str) -> str:
    """Over the way a source is read from the database: it may change with a version of the program."""
    reading = READINGS.get(source)
    return "" if reading is None else _digest(repr(reading))[:32]


@cache
def rules_of_source(source: str) -> frozenset[str]:
    """The rules whose values decide what a source counts."""
    reading = READINGS.get(source)
    return frozenset(_RULE.findall(repr(reading))) if reading else frozenset()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def head_of(
    *,
    number: int,
    version: int,
    period: str,
    as_at: date,
    known_at: datetime,
    by: Any,
    reason: str,
    **more: Any,
) -> dict[str, Any]:
    """Which book it is: the part of the content that names it."""
    return {
        "number": number,
        "version": version,
        "period": period,
        "as_at": as_at.isoformat(),
        "known_at": known_at.isoformat(),
        "locked_by": "" if by is None else str(by),
        "reason": reason,
        **more,
    }
