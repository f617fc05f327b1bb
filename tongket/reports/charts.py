"""Charts as Vega-Lite descriptions: the same one is drawn live on the page and as a picture in the documents.

The colours differ in lightness, so that they can be told apart in a black-and-white print.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tongket.core.codelists import RATING_LEVEL
from tongket.core.numbers import format_number
from tongket.figures.types import FigureSet
from tongket.indicators.catalogue import INDICATORS
from tongket.reports.process.draw import FORMAT_LOCALE, draw
from tongket.ui.fonts import DOCUMENT_FONT

Spec = dict[str, Any]

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
#: Darkest first; contrast of neighbours is kept in grey.
COLOURS = ("#7a1212", "#c8562b", "#e6a860", "#f3dfb8")
TARGET_COLOUR = "#1f1f1f"
LEVELS = ("excellent", "good", "completed", "failed")


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its title and its content in words, for those who do not see it."""

    title: str
    alt: str
    spec: Spec
    width: int = 460
    height: int = 220


def _number(value: Any) -> float | int | None:
    return float(value) if isinstance(value, Decimal) else value


def _value(figures: FigureSet, id: str) -> Any:
    figure = figures.own.get(id)
    return None if figure is None else figure.value


def admissions(history: Sequence[FigureSet]) -> Chart | None:
    """Members admitted year by year, with the target as a tick; None when no year has any."""
    rows = [
        {
            "ky": figures.period.label().removeprefix("năm "),
            "ket_nap": _number(_value(figures, "members.admitted")),
            "chi_tieu": _number(_value(figures, "members.admitted.target")),
        }
        for figures in history
    ]
    if not any(row["ket_nap"] for row in rows):
        return None
    x = {"field": "ky", "type": "ordinal", "sort": None, "title": None, "axis": {"labelAngle": 0}}
    has_target = any(row["chi_tieu"] for row in rows)
    title = "Đảng viên (vạch ngang: chỉ tiêu)" if has_target else "Đảng viên"
    layers: list[Spec] = [
        {
            "mark": {"type": "bar", "color": COLOURS[0], "width": {"band": 0.55}},
            "encoding": _y("ket_nap", title),
        },
        {
            # At the foot of the bar, where the tick of the target never comes.
            "mark": {"type": "text", "dy": -10, "fontSize": 14, "color": "white", "fontWeight": "bold"},
            "encoding": {"y": {"datum": 0}, "text": {"field": "ket_nap", "type": "quantitative"}},
        },
    ]
    if has_target:
        layers.append(
            {
                "transform": [{"filter": "isValid(datum.chi_tieu)"}],
                "mark": {"type": "tick", "thickness": 3, "color": TARGET_COLOUR, "width": {"band": 0.8}},
                "encoding": _y("chi_tieu", title),
            }
        )
    said = "; ".join(
        f"{r['ky']}: {_text(r['ket_nap'])}" + (f" (chỉ tiêu {_text(r['chi_tieu'])})" if r["chi_tieu"] else "")
        for r in rows
    )
    spec = {"data": {"values": rows}, "encoding": {"x": x}, "layer": layers}
    return Chart("Kết nạp đảng viên qua các năm", f"Số đảng viên mới kết nạp từng năm: {said}.", spec)


def _y(field: str, title: str) -> Spec:
    return {
        "y": {
            "field": field,
            "type": "quantitative",
            "title": title,
            "axis": {"tickMinStep": 1, "format": ",d"},
        }
    }


def _text(value: Any) -> str:
    return "chưa có số liệu" if value is None else format_number(value)


def ratings(figures: FigureSet, only: Sequence[str] = ("organisations", "members")) -> Chart | None:
    """Shares of the four levels among organisations and members rated, one bar each; None before any rating.

    `only` names the groups to draw; one alone needs no name beside its bar, and its legend stands in one column.
    """
    rows, said = [], []
    for label, group in (("Tổ chức cơ sở đảng", "organisations"), ("Đảng viên", "members")):
        if group not in only:
            continue
        prefix = f"ratings.{group}."
        counts = [_value(figures, f"{prefix}{level}") or 0 for level in LEVELS]
        if not sum(counts):
            continue
        told = (f"{RATING_LEVEL.label(k).lower()} {_text(c)}" for k, c in zip(LEVELS, counts, strict=True))
        said.append(f"{label}: {', '.join(told)}")
        rows += [
            {"nhom": label, "muc": RATING_LEVEL.label(level), "thu_tu": order, "so": _number(count)}
            for order, (level, count) in enumerate(zip(LEVELS, counts, strict=True))
        ]
    if not rows:
        return None
    spec = _stacked(rows, alone=len(only) == 1)
    return Chart("Kết quả đánh giá, xếp loại chất lượng", "; ".join(said) + ".", spec, height=110)


def _stacked(rows: list[dict[str, Any]], *, alone: bool) -> Spec:
    """A bar a group, filled up to 100%; one alone needs no name beside it."""
    y: Spec = {"field": "nhom", "type": "nominal", "sort": None, "title": None}
    return {
        "data": {"values": rows},
        "mark": {"type": "bar", "stroke": "#333333", "strokeWidth": 0.5},
        "encoding": {
            "y": y | {"axis": None} if alone else y,
            "x": {
                "field": "so",
                "type": "quantitative",
                "stack": "normalize",
                "title": "Tỷ lệ trong số được đánh giá",
                "axis": {"format": ".0%"},
            },
            "color": {
                "field": "muc",
                "type": "nominal",
                "scale": {"domain": [RATING_LEVEL.label(level) for level in LEVELS], "range": list(COLOURS)},
                "legend": {"orient": "bottom", "title": None, "columns": 1 if alone else 2},
            },
            "order": {"field": "thu_tu", "type": "quantitative"},
        },
    }


def ages(figures: FigureSet) -> Chart | None:
    """Members by age band; None when there are no members."""
    ids = [
        id for id in INDICATORS if id.startswith("members.age.") and not id.endswith((".mean", ".unknown"))
    ]
    rows = [
        {
            "nhom": INDICATORS[id].vi.rpartition(": ")[2].removeprefix("từ "),
            "so": _number(_value(figures, id)) or 0,
        }
        for id in ids
    ]
    if not any(row["so"] for row in rows):
        return None
    y = {"field": "nhom", "type": "nominal", "sort": None, "title": None}
    x = {
        "field": "so",
        "type": "quantitative",
        "title": "Đảng viên",
        "axis": {"tickMinStep": 1, "format": ",d"},
    }
    spec = {
        "data": {"values": rows},
        "encoding": {"y": y, "x": x},
        "layer": [
            {"mark": {"type": "bar", "color": COLOURS[1], "height": {"band": 0.65}}},
            {
                "mark": {"type": "text", "align": "left", "dx": 4, "fontSize": 13},
                "encoding": {"text": {"field": "so", "type": "quantitative", "format": ",d"}},
            },
        ],
    }
    said = "; ".join(f"{row['nhom']}: {_text(row['so'])}" for row in rows)
    return Chart("Đảng viên theo độ tuổi", f"Số đảng viên theo độ tuổi: {said}.", spec, height=150)


def targets(figures: FigureSet, limit: int = 60) -> Chart | None:
    """How far each child is on its target of admissions, in percent, furthest behind first; None without targets."""
    rows = []
    for child in figures.children:
        own = figures.by_child.get(child.id, {})
        reached = own.get("members.admitted.of_target_pct")
        if reached is not None and reached.value is not None:
            rows.append({"to_chuc": child.name, "ma": child.code, "dat": _number(reached.value)})
    if not rows:
        return None
    rows = sorted(rows, key=lambda row: float(row["dat"] or 0))[:limit]
    spec = {
        "data": {"values": rows},
        "encoding": {"y": {"field": "to_chuc", "type": "nominal", "sort": None, "title": None}},
        "layer": [
            {
                "mark": {"type": "bar", "color": COLOURS[1]},
                "encoding": {"x": {"field": "dat", "type": "quantitative", "title": "% chỉ tiêu"}},
            },
            {"mark": {"type": "rule", "color": TARGET_COLOUR}, "encoding": {"x": {"datum": 100}}},
        ],
    }
    said = "; ".join(f"{row['to_chuc']}: {_text(row['dat'])}%" for row in rows)
    return Chart("Tiến độ thực hiện chỉ tiêu kết nạp", said + ".", spec, height=max(60, 17 * len(rows)))


def all_charts(now: FigureSet, history: Sequence[FigureSet]) -> dict[str, Chart | None]:
    """Every chart that a template can name."""
    return {
        "ket_nap": admissions(history),
        "xep_loai": ratings(now),
        "do_tuoi": ages(now),
        "chi_tieu": targets(now),
    }


def for_document(chart: Chart) -> Spec:
    """The description with the size, font and grey axes of a printed page."""
    text = {"labelFontSize": 13, "titleFontSize": 13, "titleFontWeight": "normal"}
    return {
        "$schema": SCHEMA,
        "width": chart.width,
        "height": chart.height,
        "background": "white",
        **chart.spec,
        "config": {
            "font": DOCUMENT_FONT,
            "axis": {**text, "gridColor": "#dddddd", "labelLimit": 320},
            "legend": {**text, "labelLimit": 320},
            "view": {"stroke": None},
        },
    }


def for_page(chart: Chart) -> Spec:
    """The description for the live page: as wide as its box, colours of text left to the page's theme."""
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": chart.height,
        **chart.spec,
        "usermeta": {"embedOptions": {"formatLocale": FORMAT_LOCALE}},
    }


def pictures(drawn: Mapping[str, Chart], scale: float = 2.0) -> dict[str, bytes]:
    """The charts as PNG pictures, by name."""
    return draw({name: for_document(chart) for name, chart in drawn.items()}, scale)


def described(chart: Chart | None, title: str = "") -> Mapping[str, Any]:
    """What a template's picture needs beside the picture."""
    return {"title": chart.title if chart else title, "alt": chart.alt if chart else "", "width_mm": 150}
