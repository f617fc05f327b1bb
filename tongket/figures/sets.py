"""Which records stand behind every figure, all figures at once: the sets themselves, and a fingerprint of each.

`engine.compute` counts; this lists the keys of what it counts, with the same conditions, one query a source and moment.
A locked book (`books`) keeps the fingerprints, and compares the sets of two moments to say which records came or went.

A record is told by a **token**, its row's key: a correction puts a new row in the place of the old one, so a corrected
record is another token. Rows that are only derived (a membership spell, a version of an organisation, a post held) are
made anew whenever something later in the life changes; there the token is whom the row is about, so that a transfer in
2024 does not touch the sets of 2023. In a sum each token bears what it adds. A fact counted twice is there twice.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from tongket.figures.engine import Question, ask, rows
from tongket.figures.evaluate import Key
from tongket.figures.plan import Group, Plan, find, plan_for
from tongket.figures.sources import READINGS
from tongket.figures.sql import Compiler, Leaf, Query, Shape
from tongket.figures.types import FigureSet
from tongket.indicators.model import Count, Indicator, Ratio, Sum
from tongket.indicators.sources import SOURCES
from tongket.members.models import MembershipSpell, PostHolding
from tongket.organisations.models import OrganisationVersion

#: Derived rows, and what of a reading tells whom they are about.
ABOUT = {MembershipSpell: "member", PostHolding: "member", OrganisationVersion: "organisation"}

#: One formula of a figure: whether its records add to it or are what it is set against or less, and the formula.
Piece = tuple[str, Key]


@dataclass(frozen=True)
class RecordSets:
    """The tokens behind every formula, for the organisation (position 0) and each child of a figure set."""

    plan: Plan
    positions: Mapping[int, int]  # organisation's key -> position
    found: Mapping[Key, Sequence[str]]  # tokens joined by commas, as the database gave them
    _columns: dict[str, list[str]] = field(default_factory=dict)

    def tokens(self, key: Key, organisation: int) -> Counter[str]:
        """The tokens of one formula at one organisation."""
        text = self.found[key][self.positions[organisation]]
        return Counter(text.split(",")) if text else Counter()

    def fingerprint(self, indicator: str, organisation: int) -> str:
        """SHA-256 (its first 128 bits, as hex) over the record sets of a figure's formulas; "" when they are empty.

        Equal fingerprints: the same records, each adding the same. Different ones: at least one record came, went, was
        corrected or adds something else. It does not tell which (compare the sets), nor whether what is *written* in a
        record is true. Over the keys themselves, so no two sets share one by chance or by design; summing mixes of the
        keys inside the database was measured too: no faster to speak of (0.28 against 0.35 s for 657 figures of 54
        organisations), and it could neither be trusted against intent nor say which records differ.
        """
        return self._column(indicator)[self.positions[organisation]]

    def _column(self, indicator: str) -> list[str]:
        """A figure's fingerprint at every position."""
        if indicator not in self._columns:
            pieces = self.pieces(indicator)
            columns = [self._digests[key] for _part, key in pieces]
            signs = [part for part, _key in pieces]
            self._columns[indicator] = (
                columns[0]
                if len(columns) == 1
                else [
                    _hash("\n".join(map(" ".join, zip(signs, digests, strict=True)))) if any(digests) else ""
                    for digests in zip(*columns, strict=True)
                ]
            )
        return self._columns[indicator]

    def pieces(self, indicator: str) -> tuple[Piece, ...]:
        """The formulas that a figure rests on: "+" those counted or added, "-" taken off, "/" the denominator's."""
        return pieces_of(self.plan.catalogue, find(self.plan.catalogue, indicator))

    def without(self, closed: Mapping[str, frozenset[int]]) -> "RecordSets":
        """The same less the records of those keys, by source: for a reader who is not to know of them."""
        found = {
            key: [
                ",".join(
                    token for token in text.split(",") if token and not _of(token, closed[key.leaf.source])
                )
                for text in texts
            ]
            if key.leaf.source in closed
            else texts
            for key, texts in self.found.items()
        }
        return RecordSets(self.plan, self.positions, found)

    @cached_property
    def _digests(self) -> dict[Key, list[str]]:
        # Most sets are empty or appear several times: each is hashed once.
        known: dict[str, str] = {"": ""}
        made = {}
        for key, texts in self.found.items():
            column = []
            for text in texts:
                digest = known.get(text)
                if digest is None:
                    digest = known[text] = _hash(",".join(sorted(text.split(","))))
                column.append(digest)
            made[key] = column
        return made


def _of(token: str, keys: frozenset[int]) -> bool:
    key = token.partition("=")[0]
    return key.isdecimal() and int(key) in keys


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def record_sets(
    figures: FigureSet,
    ids: Iterable[str] | None = None,
    *,
    catalogue: Mapping[str, Indicator] | None = None,
) -> RecordSets:
    """The record sets of a computed figure set (same organisation, children, period, moments).

    `ids` default to the figures of the set. Nothing is masked: what leaves for a reader goes through the same rules as
    the figures. Raises `NotFound` for an unknown indicator.
    """
    asked = tuple(figures.own if ids is None else ids)
    plan = plan_for(catalogue, None if catalogue is None and _is_all(asked) else asked)
    question = ask(figures.organisation, figures.period, figures.as_at, figures.as_known_at)
    children = [child.id for child in figures.children]
    found: dict[Key, Sequence[str]] = {}
    for group in plan.groups:
        _read(found, question, group, children)
    places = [figures.organisation.pk, *children]
    return RecordSets(plan, {place: i for i, place in enumerate(places)}, found)


def _is_all(asked: tuple[str, ...]) -> bool:
    from tongket.figures.plan import declared

    return asked == tuple(declared(None))


def pieces_of(
    catalogue: Mapping[str, Indicator], indicator: Indicator, offset: int = 0, part: str = "+"
) -> tuple[Piece, ...]:
    """See `RecordSets.pieces`. What is taken off within a denominator is of the denominator all the same."""
    formula = indicator.formula
    if isinstance(formula, Count | Sum):
        return ((part, Key(formula, offset)),)
    if isinstance(formula, Ratio):
        before = offset + 1 if formula.denominator_last_year else offset
        return (
            *pieces_of(catalogue, find(catalogue, formula.numerator), offset, part),
            *pieces_of(catalogue, find(catalogue, formula.denominator), before, "/"),
        )
    less = "-" if part == "+" else part
    return tuple(
        piece
        for names, sign in ((formula.plus, part), (formula.minus, less))
        for name in names
        for piece in pieces_of(catalogue, find(catalogue, name), offset, sign)
    )


def _read(found: dict[Key, Sequence[str]], question: Question, group: Group, children: list[int]) -> None:
    then = question.earlier(group.offset)
    query = listed(then.shape(group.source, group.when), group.leaves)
    by_via = {row[0]: row[1:] for row in rows(query, then.asking(group.when))}
    for number, leaf in enumerate(group.leaves):
        # Where facts cross borders, the first column is of the asked organisation's border, the second of the child's.
        own, below = (2 * number, 2 * number + 1) if group.crossing else (number, number)
        whose = by_via.values() if group.subtree else [by_via[None]] if None in by_via else []
        found[Key(leaf, group.offset)] = [
            ",".join(row[own] for row in whose if row[own]),
            *((by_via[child][below] or "") if child in by_via else "" for child in children),
        ]


@lru_cache(maxsize=512)
def listed(shape: Shape, leaves: tuple[Leaf, ...]) -> Query:
    """ONE query for all formulas of a source, like `sql.grouped`, with the tokens in place of the counts."""
    making = Compiler(shape)
    crossings = making.reading.crossing or ("",)
    columns = [_tokens(making, leaf, crossing) for leaf in leaves for crossing in crossings]
    depth = "" if SOURCES[shape.source].subtree else "AND p.depth <= 1"
    tables, frame = making.frame(depth)
    return making.query(f"{tables}SELECT p.via_id, {', '.join(columns)} {frame} GROUP BY p.via_id")


def _tokens(making: Compiler, leaf: Leaf, crossing: str) -> str:
    token = token_of(making.reading)
    if isinstance(leaf, Sum):
        token = f"CAST({token} AS TEXT) || '=' || CAST({making.amount(leaf.of)} AS TEXT)"
    else:
        token = f"CAST({token} AS TEXT)"
    conditions = " AND ".join(part for part in (crossing, making.where(leaf.where)) if part)
    joined = "GROUP_CONCAT" if making.vendor == "sqlite" else "STRING_AGG"
    return f"{joined}({token}, ',')" + (f" FILTER (WHERE {conditions})" if conditions else "")


def token_of(reading: Any) -> str:
    """The column that tells a source's records apart, whatever is derived anew."""
    about = ABOUT.get(reading.model)
    return str(getattr(reading, about)) if about else str(reading.key)


def source_of(leaf: Count | Sum) -> type[Any]:
    """The kind of row that a formula counts."""
    return READINGS[leaf.source].model
