"""What a template may name, as plain values: texts, figures, lists, charts and tables.

Nothing here has a method or an attribute that a template could reach: the environment asks only `child`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tongket.reports.word.printing import Tag, printed

#: Marks around what the rendering leaves for the pass over the finished document. Private-use characters:
#: they are taken out of every text that comes in, so no text can make one.
OPEN, CLOSE = "\ue000", "\ue001"
_MARKS = {ord(OPEN): None, ord(CLOSE): None}


def clean(text: str) -> str:
    """`text` without the marks and without characters that XML has no place for."""
    return "".join(c for c in text.translate(_MARKS) if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff"))


@dataclass(frozen=True, slots=True)
class Column:
    """The figures of one organisation for one period: what `so` or `truoc` stand for."""

    organisation: str
    period: str
    as_at: str
    values: Mapping[str, Decimal | None]
    against: str = ""  # set when the values are differences from that period
    masks: Mapping[str, str] = field(default_factory=dict)  # of figures that the reader may not know


@dataclass(frozen=True, slots=True)
class Meta:
    """What is printed with a figure: name, unit and number of decimals."""

    vi: str
    unit: str
    decimals: int


@dataclass
class Facts:
    """Everything that a template can print."""

    columns: list[Column]
    indicators: dict[str, Meta]
    tree: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make the tree of ids: `members.admitted` is a figure and the start of `members.admitted.target`."""
        for id in self.indicators:
            branch = self.tree
            for part in id.split("."):
                branch = branch.setdefault(part, {})
            branch[""] = id

    def fact(self, column: int, indicator: str, form: str = "") -> tuple[str, Tag, str]:
        """Printed text, tag and name of a figure."""
        found, meta = self.columns[column], self.indicators[indicator]
        text = printed(
            found.values.get(indicator),
            unit=meta.unit,
            decimals=meta.decimals,
            form=form,
            mask=found.masks.get(indicator, ""),
        )
        tag = Tag(indicator, found.organisation, found.period, found.as_at, found.against)
        return text, tag, meta.vi


class Figure:
    """A node of the tree of ids: a figure, the start of longer ids, or both.

    Compares as its number. A figure without a value is neither above, below nor equal to anything, and is
    false, as is 0.
    """

    __slots__ = ("branch", "column", "facts", "form")

    def __init__(self, facts: Facts, column: int, branch: Mapping[str, Any], form: str = "") -> None:
        self.facts, self.column, self.branch, self.form = facts, column, branch, form

    @property
    def id(self) -> str:
        """The id of the declared figure, or '' when this is only the start of ids."""
        return str(self.branch.get("", ""))

    @property
    def value(self) -> Decimal | None:
        """The number, None when there is nothing to say."""
        return self.facts.columns[self.column].values.get(self.id)

    def child(self, name: str) -> "Figure | None":
        """The node one part further on."""
        below = self.branch.get(name) if name else None
        return None if below is None else Figure(self.facts, self.column, below)

    def names(self) -> Iterator[str]:
        """The figures' ids from here on, with the dots, for lists of known names."""
        for part, below in self.branch.items():
            if part and not part.startswith(
                "="
            ):  # numbers of the report itself, which have names of their own
                child = Figure(self.facts, self.column, below)
                if child.id:
                    yield part
                yield from (f"{part}.{rest}" for rest in child.names())

    def written(self, form: str) -> "Figure":
        """The same figure to be printed in another form."""
        return Figure(self.facts, self.column, self.branch, form)

    def __str__(self) -> str:
        return f"{OPEN}so|{self.column}|{self.id}|{self.form}{CLOSE}"

    def __html__(self) -> str:
        return str(self)

    def __bool__(self) -> bool:
        return bool(self.value)

    def _both(self, other: object) -> tuple[Any, Any] | None:
        mine, theirs = self.value, other.value if isinstance(other, Figure) else other
        if mine is None or isinstance(theirs, bool) or not isinstance(theirs, int | float | Decimal):
            return None
        return mine, Decimal(str(theirs))

    def __eq__(self, other: object) -> bool:
        both = self._both(other)
        return both is not None and both[0] == both[1]

    def __hash__(self) -> int:
        return hash((self.column, self.id))

    def __lt__(self, other: object) -> bool:
        both = self._both(other)
        return both is not None and both[0] < both[1]

    def __gt__(self, other: object) -> bool:
        both = self._both(other)
        return both is not None and both[0] > both[1]

    def __le__(self, other: object) -> bool:
        return self < other or self == other

    def __ge__(self, other: object) -> bool:
        return self > other or self == other


@dataclass(frozen=True, slots=True)
class Scope:
    """Names under one name: `to_chuc.ten`, `bieu_do.ket_nap`."""

    entries: Mapping[str, Any]

    def child(self, name: str) -> Any:
        """What the name stands for, None when it is unknown."""
        return self.entries.get(name)

    def names(self) -> Iterator[str]:
        """All names that can be printed or walked through."""
        for name, value in self.entries.items():
            if isinstance(value, Scope | Figure):
                yield from (f"{name}.{rest}" for rest in value.names())
            else:
                yield name


@dataclass(frozen=True, slots=True)
class Rows:
    """A list to walk through with `for`. `sample` is known even when the list is empty."""

    items: tuple[Any, ...]
    sample: Any

    def __iter__(self) -> Iterator[Any]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


@dataclass(frozen=True, slots=True)
class Block:
    """A chart or a table: stands alone in its paragraph."""

    kind: str  # bieu_do, bang
    name: str

    def __str__(self) -> str:
        return f"{OPEN}{self.kind}|{self.name}{CLOSE}"

    def __html__(self) -> str:
        return str(self)


def build(data: Mapping[str, Any]) -> tuple[Facts, Scope]:
    """The facts and the names from the plain data that the parent process sent (see `render.payload`)."""
    columns = [
        Column(
            c["organisation"],
            c["period"],
            c["as_at"],
            {id: None if v is None else Decimal(v) for id, v in c["values"].items()},
            c.get("against", ""),
            c.get("masks", {}),
        )
        for c in data["columns"]
    ]
    facts = Facts(columns, {id: Meta(*meta) for id, meta in data["indicators"].items()})
    names = {name: _value(raw, facts) for name, raw in data["names"].items()}
    for kind, key in (("bieu_do", "charts"), ("bang", "tables")):
        names[kind] = Scope({name: Block(kind, name) for name in data[key]})
    return facts, Scope(names)


def _value(raw: Any, facts: Facts) -> Any:
    if isinstance(raw, str):
        return clean(raw)
    if isinstance(raw, dict):
        if "column" in raw:
            branch: Any = facts.tree
            for part in filter(None, raw.get("figure", "").split(".")):
                branch = branch.get(part, {})
            return Figure(facts, raw["column"], branch)
        return Scope({name: _value(inner, facts) for name, inner in raw.items()})
    if isinstance(raw, list):  # the first entry is the sample
        sample, *items = (_value(inner, facts) for inner in raw)
        return Rows(tuple(items), sample)
    return raw
