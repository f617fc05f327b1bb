"""The deck as a .pptx: 16:9, one face, dark red headlines; no link, macro or font from outside."""

import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tongket.reports.charts import Chart, pictures
from tongket.reports.slides.drawing.base import GOLD, GREY, INK, RED, WHITE, blank_deck, finished
from tongket.reports.slides.drawing.canvas import FOOTER, LEAST, Canvas
from tongket.reports.slides.drawing.notes import notes_of
from tongket.reports.slides.model import Deck, Grid, Opening, Slide, Tile

WIDTH, HEIGHT = 960, 540  # points: 13,33 × 7,5 inches
LEFT, ROOM = 44, 872
#: Where what stands below the headline begins and ends.
TOP, BOTTOM = 146, 494
_CHART = 560
_TILES_A_ROW = 3


def draw(deck: Deck) -> bytes:
    """The .pptx of a deck; the same deck gives the same bytes."""
    file = blank_deck(WIDTH, HEIGHT)
    properties = file.core_properties
    properties.title, properties.author = deck.opening.title[:250], deck.opening.issuer[:250]
    properties.language, properties.last_modified_by = "vi-VN", deck.opening.issuer[:250]
    charts = {slide.key: chart for slide in deck.slides if (chart := _for_hall(slide)) is not None}
    images = pictures(charts, scale=3.0)
    _opening(_page(file), deck)
    for slide in deck.slides:
        _slide(_page(file), deck, slide, images.get(slide.key))
    made = io.BytesIO()
    file.save(made)
    return finished(made.getvalue())


def _page(file: Any) -> Canvas:
    return Canvas(file.slides.add_slide(file.slide_layouts[0]))


def _for_hall(slide: Slide) -> Chart | None:
    """The same chart drawn small, so that its letters are large when it fills its part of the slide."""
    chart = slide.chart
    if chart is None:
        return None
    wide, least = (230, 48) if slide.tiles else (380, 110)
    return replace(
        chart,
        width=wide,
        height=max(least, min(150, chart.height // 2 if chart.height < 120 else chart.height)),
    )


def _opening(page: Canvas, deck: Deck) -> None:
    opening: Opening = deck.opening
    page.background(RED)
    page.box((LEFT, 156, 120, 5), GOLD)
    page.text((LEFT, 50, ROOM, 34), opening.parent.upper(), 24, LEAST, WHITE, most=1)
    page.text((LEFT, 90, ROOM, 46), opening.issuer.upper(), 34, 22, WHITE, bold=True, most=1)
    page.title((LEFT, 180, ROOM, 226), opening.title, 46, 26, WHITE)
    page.text((LEFT, 426, ROOM, 66), opening.when, 28, LEAST, GOLD, most=2)
    _note(page, deck, opening)


def _slide(page: Canvas, deck: Deck, slide: Slide, image: bytes | None) -> None:
    page.title((LEFT, 24, ROOM, 96), slide.headline, 36, 24, RED)
    page.box((LEFT, 126, ROOM, 3), RED)
    bottom = BOTTOM
    if slide.lines and (slide.tiles or image is not None):
        bottom -= 44
        page.text((LEFT, bottom + 12, ROOM, 32), "; ".join(slide.lines), 22, LEAST, GREY, most=1)
    if image is not None and slide.chart is not None:
        room = _CHART if slide.tiles else ROOM
        page.picture((LEFT, TOP, room, bottom - TOP), image, slide.chart.alt)
        _column(page, slide.tiles[:3], bottom)
    elif slide.tiles:
        _tiles(page, slide.tiles, bottom)
    elif slide.grid is not None:
        _grid(page, slide.grid)
    elif slide.lines:
        page.list((LEFT, TOP + 14, ROOM, BOTTOM - TOP - 14), slide.lines, 30, LEAST)
    page.text((LEFT, 506, 700, 22), deck.footer, FOOTER, 12, GREY, most=1)
    page.slide_number((WIDTH - LEFT - 80, 506, 80, 22))
    _note(page, deck, slide)


def _column(page: Canvas, tiles: Sequence[Tile], bottom: float) -> None:
    """Up to three numbers below each other, at the right of a chart."""
    if not tiles:
        return
    left = LEFT + _CHART + 24
    height = (bottom - TOP) / len(tiles)
    for number, tile in enumerate(tiles):
        _tile(page, tile, left, TOP + number * height, LEFT + ROOM - left, height)


def _tiles(page: Canvas, tiles: Sequence[Tile], bottom: float) -> None:
    """Up to six numbers in rows of three; two and four in rows of two."""
    a_row = 2 if len(tiles) in (2, 4) else min(_TILES_A_ROW, len(tiles))
    rows = -(-len(tiles) // a_row)
    width, height = ROOM / a_row, (bottom - TOP) / rows
    for number, tile in enumerate(tiles):
        row, place = divmod(number, a_row)
        _tile(page, tile, LEFT + place * width, TOP + row * height, width - 20, height)


def _tile(page: Canvas, tile: Tile, left: float, top: float, width: float, height: float) -> None:
    """The number above its label, with a rule at their left."""
    label = min(84.0, max(52.0, height * 0.44))
    number = min(76.0, height - label - 8)
    top += max(0.0, (height - number - label - 12) / 2)
    page.box((left, top + 4, 4, number + label - 4), GOLD)
    page.text((left + 18, top, width - 18, number), tile.value, 60, 26, RED, bold=True, most=1)
    page.text((left + 18, top + number, width - 18, label), tile.label, 26, LEAST, INK, most=3)


def _grid(page: Canvas, grid: Grid) -> None:
    row = min(64.0, (BOTTOM - TOP) / (len(grid.rows) + 1))
    page.table((LEFT, TOP, ROOM, BOTTOM - TOP), grid.heads, grid.rows, grid.shares, row)


def _note(page: Canvas, deck: Deck, slide: Slide | Opening) -> None:
    page.page.notes_slide.notes_text_frame.text = notes_of(deck, slide, page.cut)


__all__ = ["BOTTOM", "HEIGHT", "LEFT", "ROOM", "TOP", "WIDTH", "draw"]
