"""Targets in the report: how many are met, the annex of all, the years of a term. Reckoned as the pages reckon them.

Each result is read as at its own day (a year that is over at its end, a running one today at the latest), so each of
those days has a column of its own in the data sent to the template.
"""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tongket.core.dates import format_date
from tongket.core.numbers import round_half_up
from tongket.core.periods import Kind, Period
from tongket.figures.targets import Progress, status_code, summary_of
from tongket.figures.terms import Cell, TermReview, TermRow
from tongket.figures.types import Figure
from tongket.indicators.catalogue import INDICATORS
from tongket.reports.facts import ReportFacts
from tongket.reports.reckoned import PREFIX, Reckoned
from tongket.reports.tables import FIRST_CHILD, Row, Spec

Data = dict[str, Any]

#: `figures.targets.status_code` in the words of a report.
STATUS = {
    "exceeded": "Vượt",
    "met": "Đạt",
    "within": "Trong mức",
    "ahead": "Vượt tiến độ",
    "on_pace": "Đúng tiến độ",
    "below": "Chưa đạt",
    "near_limit": "Gần quá mức",
    "behind": "Chậm tiến độ",
    "over_limit": "Quá mức",
    "missed": "Không đạt",
    "at_end": "Chờ xếp loại",
    "unknown": "Chưa đủ số liệu",
}
#: Whose a target is, where that has to be told apart (`core.codelists.TARGET_GIVER`).
GIVER = {"above": "cấp trên giao", "own": "nghị quyết cấp mình"}
_NOTHING = "–"
#: So many years of a term fit beside each other.
_YEARS = 6


def columns(facts: ReportFacts) -> list[Data]:
    """The columns of results, after those of the organisations below: the period's, then each year of the term's."""
    made: list[Data] = []
    if facts.targets is not None:
        done = (row.figure for row in facts.targets.rows)
        made.append(_column(facts, facts.period, facts.targets.day.isoformat(), done))
    if facts.term is not None:
        for place, period in enumerate(_years(facts.term)):
            day = min(facts.term.day, period.end).isoformat()
            made.append(_column(facts, period, day, (row.cells[place].figure for row in facts.term.rows)))
    return made


def _column(facts: ReportFacts, period: Period, day: str, figures: Iterable[Figure | None]) -> Data:
    known = [figure for figure in figures if figure is not None]
    return {
        "organisation": facts.organisation.code,
        "period": period.code,
        "as_at": day,
        "values": {f.indicator.id: None if f.value is None else str(f.value) for f in known},
        "masks": {f.indicator.id: f.mask for f in known if f.mask},
    }


def _first(facts: ReportFacts) -> int:
    return FIRST_CHILD + 2 * len(facts.now.children)


def said(facts: ReportFacts) -> Data:
    """What the text says of the period's targets."""
    rows = facts.targets.rows if facts.targets is not None else ()
    counted = summary_of(rows)
    numbers = _counted(rows)
    a_figure = {"column": 0, "figure": "members.total"}
    sample = {"ten": "", "thuc_hien": a_figure, "muc_giao": a_figure}
    column, names = _first(facts), _names(map(_key, rows))
    place = {_key(row): n for n, row in enumerate(rows, start=1)}
    at = reckoned_column(facts)
    return {
        "co": bool(rows),
        "het_ky": facts.targets is not None and facts.targets.day >= facts.period.end,
        **{name: {"column": at, "figure": f"{PREFIX}chi_tieu.{name}"} for name in numbers},
        **{f"so_{name}": some for name, (some, _) in numbers.items()},
        "cham": [
            sample,
            *(
                {
                    "ten": _lower(names[_key(row)]),
                    "thuc_hien": {"column": column, "figure": row.target.indicator},
                    "muc_giao": {"column": at, "figure": f"{PREFIX}muc_giao.{place[_key(row)]}"},
                }
                for row in counted.behind
            ),
        ],
    }


def _counted(rows: Iterable[Progress]) -> dict[str, tuple[int, str]]:
    """Name under which a template asks → how many targets, and what they are called."""
    counted = summary_of(rows)
    return {
        "tong": (len(counted.all), "Số chỉ tiêu"),
        "dat": (len(counted.met), "Số chỉ tiêu đạt và vượt"),
        "vuot": (len(counted.exceeded), "Số chỉ tiêu vượt"),
        "chua_dat": (len(counted.behind), "Số chỉ tiêu không đạt, chậm tiến độ"),
        "theo_tien_do": (len(counted.open), "Số chỉ tiêu đang thực hiện theo tiến độ"),
        "chua_ro": (len(counted.unknown), "Số chỉ tiêu chưa đủ số liệu"),
    }


def reckoned_column(facts: ReportFacts) -> int:
    """Where the reckoned numbers stand: after all columns of figures."""
    years = len(_years(facts.term)) if facts.term is not None else 0
    return _first(facts) + (facts.targets is not None) + years


def reckoned(facts: ReportFacts) -> list[Reckoned]:
    """What the text and the tables of targets print beside declared figures."""
    rows = facts.targets.rows if facts.targets is not None else ()
    names = _names(map(_key, rows))
    made = [Reckoned(f"{PREFIX}chi_tieu.{id}", name, some) for id, (some, name) in _counted(rows).items()]
    for n, row in enumerate(rows, start=1):
        name = names[_key(row)]
        unit = row.indicator.unit if row.indicator is not None else ""
        made.append(
            Reckoned(
                f"{PREFIX}muc_giao.{n}", f"Mức giao: {name}", row.target.value, "%" if unit == "%" else "", 2
            )
        )
        if row.standing.percent is not None:
            share = round_half_up(_decimal(row.standing.percent), 1)
            made.append(Reckoned(f"{PREFIX}ty_le.{n}", f"Tỷ lệ so với mức giao: {name}", share, "", 1))
        if (foreseen := _foreseen(row)) is not None:
            decimals = row.indicator.decimals if row.indicator else 0
            value = round_half_up(foreseen, decimals)
            made.append(Reckoned(f"{PREFIX}du_bao.{n}", f"Dự báo cuối kỳ: {name}", value, "", decimals))
    return made + _reckoned_of_term(facts.term)


def _reckoned_of_term(term: TermReview | None) -> list[Reckoned]:
    rows = _reviewed(term)
    names = _names((row.indicator.id if row.indicator else row.name, row.giver) for row in rows)
    years = _years(term) if term is not None else ()
    made = [
        Reckoned(f"{PREFIX}nhiem_ky.luot", "Số lượt chỉ tiêu năm", sum(row.years.count for row in rows)),
        Reckoned(f"{PREFIX}nhiem_ky.dat", "Số lượt chỉ tiêu năm đạt", sum(row.years.met for row in rows)),
    ]
    for n, row in enumerate(rows, start=1):
        name = names[(row.indicator.id if row.indicator else row.name, row.giver)]
        made.append(Reckoned(f"{PREFIX}nam_dat.{n}", f"Số năm đạt: {name}", row.years.met))
        made.append(Reckoned(f"{PREFIX}nam_het.{n}", f"Số năm có chỉ tiêu: {name}", row.years.count))
        for place, (period, cell) in enumerate(zip(years, row.cells, strict=False)):
            if cell.figure is not None and cell.progress is not None:
                title = f"Mức giao {period.label()}: {name}"
                value = cell.progress.target.value
                made.append(Reckoned(f"{PREFIX}muc_nam.{n}.{place}", title, value, "", 2))
    return made


def _names(keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """(id, giver) -> the figure's name; a figure with a target by each of two givers says which is whose."""
    listed = set(keys)
    ids = [id for id, _giver in listed]
    names = {}
    for id, giver in listed:
        name = INDICATORS[id].vi if id in INDICATORS else id
        names[(id, giver)] = name if ids.count(id) == 1 else f"{name} ({GIVER.get(giver, giver)})"
    return names


def _key(row: Progress) -> tuple[str, str]:
    return row.target.indicator, row.target.giver


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _foreseen(row: Progress) -> Decimal | None:
    value = row.forecast.value if row.forecast.method != "final" else None
    return None if value is None else _decimal(Fraction(value))


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def all_tables(facts: ReportFacts) -> dict[str, Spec]:
    """The tables of targets, by the names under which a template asks for them."""
    return {"chi_tieu": table(facts), "nhiem_ky": term_table(facts)}


def table(facts: ReportFacts) -> Spec:
    """All targets of the period: result, share, how each stands; while the period runs where it would end."""
    rows = facts.targets.rows if facts.targets is not None else ()
    runs = facts.targets is not None and facts.targets.day < facts.period.end
    names = _names(map(_key, rows))
    heads = ["TT", "Chỉ tiêu", "ĐVT", "Mức giao", "Thực hiện", "Tỷ lệ (%)"]
    heads += ["Dự báo cuối kỳ", "Tình trạng"] if runs else ["Tình trạng"]
    widths = [10, 48, 19, 17, 17, 15, 17, 22] if runs else [10, 60, 21, 18, 18, 16, 22]
    return {
        "title": f"Kết quả thực hiện các chỉ tiêu {facts.period.label()}",
        "widths": widths,
        "align": ["center", "left", "center", *["right"] * (len(widths) - 4), "center"],
        "size": 12,
        "rows": [
            _heading(heads),
            *(
                _row(n, row, names[_key(row)], (_first(facts), reckoned_column(facts)), runs)
                for n, row in enumerate(rows, start=1)
            ),
        ],
    }


def _heading(texts: Iterable[str]) -> Row:
    return {"kind": "heading", "cells": [{"text": text} for text in texts]}


def _row(number: int, row: Progress, name: str, columns: tuple[int, int], runs: bool) -> Row:
    indicator, (column, beside) = row.indicator, columns
    cells: list[Data] = [
        {"text": str(number)},
        {"text": name},
        {"text": indicator.unit if indicator else ""},
        {"figure": [beside, f"{PREFIX}muc_giao.{number}"]},
        {"figure": [column, indicator.id]} if indicator and row.figure else {"text": _NOTHING},
        {"figure": [beside, f"{PREFIX}ty_le.{number}"]}
        if row.standing.percent is not None
        else {"text": _NOTHING},
    ]
    if runs:
        is_foreseen = _foreseen(row) is not None
        cells.append({"figure": [beside, f"{PREFIX}du_bao.{number}"]} if is_foreseen else {"text": _NOTHING})
    cells.append({"text": STATUS[status_code(row)]})
    return {"kind": "row", "cells": cells}


# --- the years of a term ------------------------------------------------------------------------------------


def _years(term: TermReview) -> tuple[Period, ...]:
    """The calendar years of the term that have begun: the first columns of the review."""
    years = [p for p in term.columns if p.kind is Kind.YEAR and p.start <= term.day]
    return tuple(years[:_YEARS])


def _reviewed(term: TermReview | None) -> tuple[TermRow, ...]:
    """The rows that have a target in one of the years shown."""
    if term is None:
        return ()
    shown = len(_years(term))
    return tuple(row for row in term.rows if any(cell.progress is not None for cell in row.cells[:shown]))


def said_of_term(facts: ReportFacts) -> Data:
    """What the text says of the years of the term so far."""
    term = facts.term
    rows = _reviewed(term)
    at = reckoned_column(facts)
    return {
        "co": term is not None,
        "co_bang": bool(rows),
        "het": term is not None and term.day >= term.term.end,
        "ma": term.term.code if term is not None else "",
        "ngay": format_date(term.day) if term is not None else "",
        "so_luot": sum(row.years.count for row in rows),
        "luot": {"column": at, "figure": f"{PREFIX}nhiem_ky.luot"},
        "dat": {"column": at, "figure": f"{PREFIX}nhiem_ky.dat"},
    }


def term_table(facts: ReportFacts) -> Spec:
    """Each target over the years of the term: result on target, then how many of the years that are over met it."""
    term = facts.term
    years = _years(term) if term is not None else ()
    first = _first(facts) + (facts.targets is not None)
    width, last = 16, 20
    rows = _reviewed(term)
    names = _names((row.indicator.id if row.indicator else row.name, row.giver) for row in rows)
    return {
        "title": "Kết quả thực hiện chỉ tiêu qua các năm của nhiệm kỳ",
        "widths": [10, 165 - 10 - last - width * len(years), *[width] * len(years), last],
        "align": ["center", "left", *["right"] * len(years), "center"],
        "size": 11,
        "rows": [
            _heading(["TT", "Chỉ tiêu", *(str(p.start.year) for p in years), "Số năm đạt"]),
            *(
                _term_row(n, row, names, (first, reckoned_column(facts)), len(years))
                for n, row in enumerate(rows, start=1)
            ),
        ],
    }


def _term_row(
    number: int, row: TermRow, names: dict[tuple[str, str], str], columns: tuple[int, int], years: int
) -> Row:
    first, beside = columns
    name = names[(row.indicator.id if row.indicator else row.name, row.giver)]
    cells: list[Data] = [{"text": str(number)}, {"text": name}]
    for place, cell in enumerate(row.cells[:years]):
        cells.append(_year_cell(cell, first + place, [beside, f"{PREFIX}muc_nam.{number}.{place}"]))
    met, over = ([beside, f"{PREFIX}{name}.{number}"] for name in ("nam_dat", "nam_het"))
    cells.append({"figure": met, "of": over} if row.years.count else {"text": _NOTHING})
    return {"kind": "row", "cells": cells}


def _year_cell(cell: Cell, column: int, asked: list[Any]) -> Data:
    if cell.figure is None:
        return {"text": _NOTHING}
    done: Data = {"figure": [column, cell.figure.indicator.id]}
    return {**done, "of": asked} if cell.progress is not None else done
