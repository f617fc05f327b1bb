"""What a figure is: a declaration as plain data, free of SQL and of the database.

A figure counts, sums or divides *facts*. Facts come from a named **source** (`sources.py` declares each source's
fields); a declaration names the source, the moment that matters and the conditions. One engine
(`tongket.figures`) answers all of them. Conditions read `Is("gender", "female")`, `Between("age", 18, 30)`.
"""

from dataclasses import dataclass, field
from typing import Literal

from tongket.core.codelists import CodeList

FieldType = Literal["code", "bool", "date", "number"]
When = Literal["stock", "opening", "flow"]
# stock: facts that hold at the as-at date. opening: those that held on the day before the period began.
# flow: facts dated within the period, up to the as-at date.

Op = Literal["=", "!=", "in", "not in", "<", "<=", ">", ">=", "between", "known", "unknown"]


@dataclass(frozen=True, slots=True)
class Condition:
    """`field op value` on the fields of a source.

    `between` takes (low, high), both included, either may be None; `known`/`unknown` take no value (a blank is
    unknown). Values are codes of `core.codelists`, numbers, booleans or dates. An unknown field value meets
    no condition but `unknown`: a blank is a gap, never a default.
    """

    field: str
    op: Op
    value: object = None


def Is(name: str, value: object) -> Condition:
    """The field equals the value."""
    return Condition(name, "=", value)


def In(name: str, *values: object) -> Condition:
    """The field is one of the values."""
    return Condition(name, "in", tuple(values))


def Not(name: str, *values: object) -> Condition:
    """The field is known and none of the values."""
    return Condition(name, "not in", tuple(values))


def Between(name: str, low: object, high: object) -> Condition:
    """The field lies between low and high, both included; None leaves that side open."""
    return Condition(name, "between", (low, high))


def Known(name: str) -> Condition:
    """The field is not blank."""
    return Condition(name, "known")


def Unknown(name: str) -> Condition:
    """The field is blank: a gap to be filled."""
    return Condition(name, "unknown")


@dataclass(frozen=True, slots=True)
class Count:
    """Number of facts of `source` that meet all conditions."""

    source: str
    when: When
    where: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Sum:
    """Sum of the numeric field `of` over the facts of `source` that meet all conditions.

    A figure over no fact is None (nothing was set), not 0, when `empty_is_none`.
    """

    source: str
    when: When
    of: str
    where: tuple[Condition, ...] = ()
    empty_is_none: bool = False


@dataclass(frozen=True, slots=True)
class Ratio:
    """`scale` x numerator / denominator - `minus`; None when the denominator is 0 or None.

    Both are ids of declared figures. With `denominator_last_year` the denominator is that figure
    for the same period of the year before (a change against 'cùng kỳ năm trước').
    """

    numerator: str
    denominator: str
    scale: int = 100
    minus: int = 0
    denominator_last_year: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """Sum of the figures `plus` less the figures `minus` (ids); None if any of them is None.

    Its records are those of the `plus` figures; `minus` ones are listed apart.
    """

    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()


Formula = Count | Sum | Ratio | Total


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure, declared once.

    `unit` is printed after the number ("đảng viên", "%", "tổ chức" ...), `decimals` how many digits after the comma
    the published value keeps. `form` names the official form and cell, or 'report'. `basis` cites the rule that
    defines it (rule id of `tongket.rules` or a document). `good` says which way is better, for colours:
    "up", "down" or "". `sensitive` figures list their people only to those with the duty `member.sensitive`.
    """

    id: str
    vi: str
    en: str
    unit: str
    formula: Formula
    domain: str
    form: str = "report"
    basis: str = ""
    note: str = ""
    decimals: int = 0
    good: Literal["up", "down", ""] = ""
    sensitive: bool = False
    units_en: str = field(default="")


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of fact. `subtree`: facts of everything below an organisation count for it; else only its own."""

    name: str
    vi: str
    moments: tuple[str, ...]
    fields: dict[str, FieldType]
    read: str  # the verb of `accounts.duties` that lets a user list the records
    subtree: bool = True
    guarded: str = ""  # the verb without which even the numbers are masked (`figures.masking`)


@dataclass(frozen=True, slots=True)
class Words:
    """What a field is called in a sentence, and the list its codes are of (None: not a field of a closed list).

    A yes/no field has the words for yes in `vi`, `en` and those for no in `no`, `no_en`.
    """

    vi: str
    en: str
    codes: CodeList | None = None
    no: str = ""
    no_en: str = ""
