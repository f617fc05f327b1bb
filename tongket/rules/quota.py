"""The cap on "excellent" in a year's rating: what each reading of the rule gives, pool by pool.

Pools are nested: the organisation that rates, the group of like function, all together. The texts leave open what
the percentage is a share of (rule `rate.cap.base`), so both readings are always computed; one of them decides. All
arithmetic is in whole numbers and exact decimals. Nothing here blocks: the answer says how many too many, and who
is on the line.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast

from tongket.rules.catalogue import NoRuleInForce, sequence, table, value

__all__ = [
    "BASES",
    "CapRule",
    "Pool",
    "Rated",
    "Reading",
    "Verdict",
    "cap_of",
    "cap_rule",
    "on_the_line",
    "verdict",
]

#: The strict reading (only those rated good) and the wide one (good or better).
BASES = ("tot", "tot_tro_len")
EXCELLENT, GOOD, COMPLETED, FAILED = "excellent", "good", "completed", "failed"


@dataclass(frozen=True, slots=True)
class Rated:
    """One on the list. `level` is "" while there is none yet; `reason` says why somebody listed is not rated.

    `unit` is the grassroots organisation, `group` the group of like function ("" for none). A special case's
    excellent is left out of the numerator and stays in the base.
    """

    key: int
    level: str
    unit: str = ""
    group: str = ""
    special: bool = False
    score: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CapRule:
    """The rule in force: percent, which base decides, how the cap is rounded, in which pools it is counted.

    `binding` is the pool that the rule names ("" when no text was read); the others are counted beside it, because
    reports give one total.
    """

    percent: Decimal
    base: str
    rounding: str
    pools: tuple[str, ...]
    binding: str = ""
    outstanding: Decimal | None = None
    special_in_base: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reading gives in one pool. `exact` is the share before rounding, `counted` the excellent under the cap.

    `line` names who is on the line when there are too many, `by_score` whether scores decided that.
    """

    base_code: str
    base: int
    percent: Decimal
    exact: Decimal
    cap: int
    counted: int
    line: tuple[int, ...] = ()
    by_score: bool = False

    @property
    def over(self) -> int:
        """How many too many."""
        return max(0, self.counted - self.cap)

    @property
    def room(self) -> int:
        """How many more could be excellent if nothing else changed."""
        return max(0, self.cap - self.counted)


@dataclass(frozen=True, slots=True)
class Pool:
    """One pool with its counts: all listed = rated + not rated + still without a level."""

    kind: str
    key: str
    listed: int
    not_rated: int
    open: int
    excellent: int
    good: int
    completed: int
    failed: int
    specials: int
    readings: Mapping[str, Reading]
    outstanding: Mapping[str, Reading]

    @property
    def rated(self) -> int:
        """All with a level."""
        return self.excellent + self.good + self.completed + self.failed


@dataclass(frozen=True, slots=True)
class Verdict:
    """All pools under the rule of one day."""

    rule: CapRule
    pools: tuple[Pool, ...]

    def over(self, base: str = "") -> tuple[Pool, ...]:
        """The pools that are over-full by a reading (by the one that decides, unless told)."""
        return tuple(pool for pool in self.pools if pool.readings[base or self.rule.base].over)


def cap_rule(subject: str, on: date, base: str = "") -> CapRule:
    """The cap in force on a day for "organisations" or "members"; `base` is the setting of the year, if one was made.

    Raises `NoRuleInForce` for days before the cap, ValueError for a base that the rule does not offer.
    """
    said = table("rate.cap.base", on)
    chosen = base or str(said["default"])
    offered = cast("Sequence[str]", said["choices"])
    if chosen not in offered:
        raise ValueError(f"{chosen!r} is none of {', '.join(offered)}")
    binding = _binding(subject, on)
    return CapRule(
        percent=_number("rate.cap.percent", on),
        base=chosen,
        rounding=str(said["rounding"]),
        pools=tuple(dict.fromkeys((binding or "all", "group", "all"))),
        binding=binding,
        outstanding=_outstanding(on),
        special_in_base="base" in sequence("rate.cap.special", on),
    )


_POOLS = {"like_function_group": "group", "grassroots_organisation": "unit"}


def _binding(subject: str, on: date) -> str:
    try:
        return _POOLS[str(table("rate.cap.pools", on)[subject])]
    except NoRuleInForce:
        return ""


def _number(rule: str, on: date) -> Decimal:
    return Decimal(str(value(rule, on)))


def _outstanding(on: date) -> Decimal | None:
    try:
        return _number("rate.cap.outstanding", on)
    except NoRuleInForce:
        return None


def cap_of(base: int, percent: Decimal, rounding: str = "down") -> int:
    """The greatest whole number that the percentage of a base allows. Raises ValueError for an unknown rounding."""
    if rounding != "down":
        raise ValueError(f"unknown rounding {rounding!r}")
    return int(base * percent // 100)


def on_the_line(counted: Sequence[Rated], cap: int) -> tuple[tuple[int, ...], bool]:
    """Who is on the line when `counted` are more than `cap`, and whether their scores decided it.

    With scores: all who fall outside the cap in some order by score; a tie at the line names everybody tied.
    If anybody's score is missing there is no order, and all are on the line. An opinion of ours: no rule orders them.
    """
    if len(counted) <= cap:
        return (), False
    if any(row.score is None for row in counted):
        return tuple(row.key for row in counted), False
    ordered = sorted(counted, key=lambda row: (-cast(Decimal, row.score), row.key))
    last = cast(Decimal, ordered[cap].score)
    return tuple(row.key for row in ordered if cast(Decimal, row.score) <= last), True


def verdict(rows: Iterable[Rated], rule: CapRule) -> Verdict:
    """Count every pool of the rule under both readings. Order: the pools as the rule names them, keys by order seen."""
    buckets: dict[tuple[str, str], list[Rated]] = {}
    listed = list(rows)
    for kind in rule.pools:
        grouped = kind == "all" or any(_key(kind, row) for row in listed)
        for row in listed if grouped else ():
            buckets.setdefault((kind, _key(kind, row)), []).append(row)
    return Verdict(rule, tuple(_pool(kind, key, part, rule) for (kind, key), part in buckets.items()))


def _key(kind: str, row: Rated) -> str:
    return {"unit": row.unit, "group": row.group, "all": ""}[kind]


def _pool(kind: str, key: str, rows: Sequence[Rated], rule: CapRule) -> Pool:
    rated = [row for row in rows if row.level in (EXCELLENT, GOOD, COMPLETED, FAILED)]
    count = {level: sum(row.level == level for row in rated) for level in (GOOD, COMPLETED, FAILED)}
    excellent = [row for row in rated if row.level == EXCELLENT]
    counted = [row for row in excellent if not row.special]
    specials = len(excellent) - len(counted)
    wide = count[GOOD] + (len(excellent) if rule.special_in_base else len(counted))
    bases = {"tot": count[GOOD], "tot_tro_len": wide}
    unrated = [row for row in rows if row.level not in (EXCELLENT, GOOD, COMPLETED, FAILED)]
    not_rated = sum(bool(row.reason) or row.level == "not_rated" for row in unrated)
    return Pool(
        kind=kind,
        key=key,
        listed=len(rows),
        not_rated=not_rated,
        open=len(rows) - len(rated) - not_rated,
        excellent=len(excellent),
        good=count[GOOD],
        completed=count[COMPLETED],
        failed=count[FAILED],
        specials=specials,
        readings={code: _reading(code, bases[code], counted, rule.percent, rule.rounding) for code in BASES},
        outstanding={}
        if rule.outstanding is None
        else {code: _reading(code, bases[code], counted, rule.outstanding, rule.rounding) for code in BASES},
    )


def _reading(code: str, base: int, counted: Sequence[Rated], percent: Decimal, rounding: str) -> Reading:
    cap = cap_of(base, percent, rounding)
    line, by_score = on_the_line(counted, cap)
    return Reading(code, base, percent, base * percent / 100, cap, len(counted), line, by_score)
