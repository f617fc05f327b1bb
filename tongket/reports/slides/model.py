"""What stands on a slide, before anything is drawn: one message as the headline, few words below it."""

from dataclasses import dataclass, field

from tongket.reports.charts import Chart
from tongket.reports.facts import Fact


@dataclass(frozen=True, slots=True)
class Tile:
    """A number set large, with what it counts."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A small table: heads, rows, and how the columns share the width."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide in plain text. `facts` are the figures on it, in order; `sources` what its notes say beside them."""

    key: str
    headline: str
    tiles: tuple[Tile, ...] = ()
    chart: Chart | None = None
    lines: tuple[str, ...] = ()
    grid: Grid | None = None
    facts: tuple[Fact, ...] = ()
    sources: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Opening:
    """The first slide: whose conference, on what, when and where."""

    issuer: str
    parent: str
    title: str
    when: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deck:
    """The whole deck. `source` is the line that every slide's notes begin with."""

    opening: Opening
    slides: tuple[Slide, ...]
    source: str
    footer: str
