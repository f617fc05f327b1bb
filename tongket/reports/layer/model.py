"""The facts of a report as plain data, the same in every carrier."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from tongket.figures.types import Child, FigureSet, Value
from tongket.reports.facts import ReportFacts
from tongket.reports.word.printing import Tag, printed

FORMAT = "tongket-facts/1"


@dataclass(frozen=True, slots=True)
class LayerFact:
    """One fact. `value` is exact decimal text ("98.11"), "" when nothing is to be said or may be known (`mask`);
    `text` is what the report prints for it. `key` is `indicator|organisation|period|as_at`, the tag of its control.
    `against` is the period from which `value` is the difference, "" for the figure itself."""

    key: str
    indicator: str
    name: str
    organisation: str
    organisation_name: str
    period: str
    as_at: str
    value: str
    text: str
    unit: str
    decimals: int
    mask: str = ""
    against: str = ""


@dataclass(frozen=True, slots=True)
class FactSheet:
    """All facts of one report. `book_digest` is "" for a report that was not made from a locked book."""

    organisation: str
    organisation_name: str
    period: str
    as_at: str
    as_known_at: str
    book_digest: str
    made_at: str
    facts: tuple[LayerFact, ...]

    def as_data(self) -> dict[str, Any]:
        """JSON-ready, with the format's name first."""
        return {
            "format": FORMAT,
            **{name: getattr(self, name) for name in FactSheet.__slots__},
            "facts": [{name: getattr(fact, name) for name in LayerFact.__slots__} for fact in self.facts],
        }

    def as_json(self) -> str:
        """Canonical JSON: the same facts give the same bytes."""
        return json.dumps(self.as_data(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class BadFacts(ValueError):
    """Data that is no fact sheet of this format; the message says what is wrong."""


def from_data(data: Any) -> FactSheet:
    """Read a fact sheet back. Raises `BadFacts`: the data may come from any file."""
    if not isinstance(data, dict) or data.get("format") != FORMAT or not isinstance(data.get("facts"), list):
        raise BadFacts("Tệp không mang số liệu của Tổng kết, hoặc theo định dạng khác.")
    try:
        facts = tuple(LayerFact(**fact) for fact in data["facts"])
        rest = {name: data[name] for name in FactSheet.__slots__ if name != "facts"}
    except (KeyError, TypeError) as wrong:
        raise BadFacts("Phần số liệu trong tệp bị thiếu hoặc thừa trường.") from wrong
    if not all(isinstance(value, str) for value in rest.values()):
        raise BadFacts("Phần số liệu trong tệp có trường không phải là chữ.")
    for fact in facts:
        if not all(isinstance(value, str) for name, value in asdict(fact).items() if name != "decimals"):
            raise BadFacts("Phần số liệu trong tệp có trường không phải là chữ.")
        if not isinstance(fact.decimals, int) or not 0 <= fact.decimals <= 9:
            raise BadFacts("Phần số liệu trong tệp có số chữ số thập phân không hợp lệ.")
    return FactSheet(**rest, facts=facts)


def sheet_of(report: ReportFacts, *, made_at: datetime, book_digest: str = "") -> FactSheet:
    """The facts of a report: the organisation and each child, this period and the one beside it."""
    return FactSheet(
        organisation=report.organisation.code,
        organisation_name=report.organisation.name,
        period=report.period.code,
        as_at=report.as_at.isoformat(),
        as_known_at="" if report.now.as_known_at is None else report.now.as_known_at.isoformat(),
        book_digest=book_digest,
        made_at=made_at.isoformat(timespec="seconds"),
        facts=tuple(_facts(report)),
    )


def _facts(report: ReportFacts) -> Iterator[LayerFact]:
    yield from _of(report.now, report.period.code, report.as_at)
    if report.before is not None:
        yield from _of(report.before, report.before.period.code, report.before.as_at)


def _of(figures: FigureSet, period: str, as_at: date) -> Iterator[LayerFact]:
    places: Iterable[tuple[str, str, Child | None]] = (
        (figures.organisation.code, figures.organisation.name, None),
        *((child.code, child.name, child) for child in figures.children),
    )
    for code, name, child in places:
        found = figures.own if child is None else figures.by_child.get(child.id, {})
        for id, figure in found.items():
            declared = figure.indicator
            text = _text(figure.value, declared.unit, declared.decimals, figure.mask)
            yield LayerFact(
                key=Tag(id, code, period, as_at.isoformat()).text(),
                indicator=id,
                name=declared.vi,
                organisation=code,
                organisation_name=name,
                period=period,
                as_at=as_at.isoformat(),
                value="" if figure.value is None else str(figure.value),
                text=text,
                unit=declared.unit,
                decimals=declared.decimals,
                mask=figure.mask,
            )


@lru_cache(maxsize=4096)
def _text(value: Value, unit: str, decimals: int, mask: str) -> str:
    """The printed form; most of a district's facts are a few small numbers."""
    return printed(value, unit=unit, decimals=decimals, mask=mask)
