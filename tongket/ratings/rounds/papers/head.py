"""Who writes a paper of a round, who stands above, the place and date: as the names were on the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tongket.organisations.models import Organisation
from tongket.organisations.paper_names import (
    SYMBOLS,
    above_of,
    issuer_of,
    month_text,
    party_body,
    place_of,
)
from tongket.organisations.queries import name_on
from tongket.ui.word_paper import CENTRE, LEFT, WordPaper, keep_whole, repeat_heading


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a paper: "Đảng bộ tỉnh …", "Huyện ủy …", symbol "HU", "Quế Sơn"."""

    parent: str
    issuer: str
    committee: str
    symbol: str
    place: str

    def date_line(self, on: date | None) -> str:
        """Place and date; dots to fill in where the day is not known."""
        if on is None:
            return f"{self.place}, ngày … tháng … năm ……"
        return f"{self.place}, ngày {on.day:02d} tháng {month_text(on)} năm {on.year}"

    @property
    def is_cell(self) -> bool:
        """Whether a cell writes: its secretary signs for the cell, not for a committee."""
        return self.committee == "Chi bộ"

    @property
    def on_behalf(self) -> str:
        """For whom the signer signs."""
        if self.is_cell:
            return "T/M CHI BỘ"
        return f"T/M {'BAN CHẤP HÀNH' if self.committee == 'Đảng ủy' else 'BAN THƯỜNG VỤ'}"


def head_of(organisation: Organisation, on: date) -> Head:
    """The head of a paper of this organisation on a day; three queries."""
    issuer, committee = issuer_of(name_on(organisation, on), organisation.kind)
    parent, parent_committee = above_of(organisation, on)
    place = place_of(issuer, committee, parent_committee)
    return Head(party_body(parent), issuer, committee, SYMBOLS.get(committee, "ĐU"), place)


def begin(
    head: Head,
    on: date,
    title: str,
    symbol: str,
    written: date | None,
    *,
    numbered: bool = True,
    number: str = "",
) -> WordPaper:
    """A paper with its head; `symbol` "" for one without a number, `number` the whole number where it was given."""
    paper = WordPaper(on, title, head.issuer, numbered=numbered)
    paper.head(head.parent, head.issuer, symbol, head.date_line(written), number)
    return paper


def listed(
    paper: WordPaper,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[int],
    *,
    left: set[int],
) -> None:
    """A ruled list in which names stand to the left however short they are; the columns in `left` hold them."""
    table = paper.columns(*widths, rows=len(rows) + 1, grid=True)
    lines = list(table.rows)
    repeat_heading(lines[0])
    for line, texts in zip(lines, (heads, *rows), strict=True):
        keep_whole(line)
        for place, (cell, text) in enumerate(zip(line.cells, texts, strict=True)):
            head = line is lines[0]
            align = LEFT if place in left and not head else CENTRE
            paper.cell(cell, [(text, 12, "b" if head else "")], align, space=2)
    paper.document.add_paragraph()
