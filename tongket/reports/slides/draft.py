"""A slide under way: its numbers are told by a `Teller`, so that each is a fact and its source is noted."""

from collections.abc import Callable

from tongket.reports.charts import Chart
from tongket.reports.facts import Fact, ReportFacts
from tongket.reports.news.records import YearRecords
from tongket.reports.news.setting import Setting
from tongket.reports.news.telling import Teller
from tongket.reports.slides.model import Grid, Slide, Tile


class Draft:
    """What every maker of a slide is given: the figures, the records, the words for the organisation and period."""

    def __init__(self, facts: ReportFacts, records: YearRecords, setting: Setting) -> None:
        self.facts, self.records, self.s = facts, records, setting
        self.t = Teller(facts)

    def tiles(self, *asked: tuple[str, str]) -> list[tuple[str, str]]:
        """Marked number and label of each figure that is above 0; (figure, label)."""
        return [(self.t.n(id), label) for id, label in asked if self.t.above(id)]

    def tiles_or_zero(self, *asked: tuple[str, str]) -> list[tuple[str, str]]:
        """The same, with figures that are 0: where nothing is itself the news."""
        return [(self.t.n(id), label) for id, label in asked if self.t.has(id)]

    def slide(
        self,
        key: str,
        headline: str,
        *,
        tiles: list[tuple[str, str]] | None = None,
        chart: Chart | None = None,
        lines: list[str] | None = None,
        grid: Grid | None = None,
        sources: tuple[str, ...] = (),
    ) -> Slide:
        """The slide in plain text, with the facts that its marked texts tell."""
        tiles, lines = tiles or [], lines or []
        marked = [headline, *(value for value, _ in tiles), *lines]
        cells = [cell for row in grid.rows for cell in row] if grid is not None else []
        found: dict[str, Fact] = {}
        for text in (*marked, *cells):
            for fact in self.t.facts_in(text):
                found.setdefault(fact.tag, fact)
        return Slide(
            key,
            self.t.plain(headline).rstrip("."),
            tuple(Tile(self.t.plain(value), label) for value, label in tiles),
            chart,
            tuple(self.t.plain(line) for line in lines),
            None
            if grid is None
            else Grid(grid.heads, tuple(tuple(map(self.t.plain, row)) for row in grid.rows), grid.shares),
            tuple(found.values()),
            sources,
        )


#: A maker gives its slide, or None when there is nothing to show or the reader may not know it.
Maker = Callable[[Draft], Slide | None]
