"""How much room a text takes, measured in the bundled font, whose widths are those of Times New Roman.

Every text box gets a size at which its text fits by these measures; PowerPoint's own shrinking would differ from
machine to machine. What does not fit at the smallest readable size is cut, with its whole text in the notes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from PIL import ImageFont

from tongket.ui.fonts import document_font_dir

#: Height of a line over its size; renderers differ a little below it.
LINE = 1.2
#: So much of a box's width is used: kerning and rounding differ between renderers.
_SAFE = 0.96
_EM = 1000
_CUT = "…"


@dataclass(frozen=True, slots=True)
class Fitted:
    """A text at the size at which it fits. `cut`: its end had to be left out."""

    text: str
    size: int
    lines: int
    cut: bool = False

    @property
    def height(self) -> float:
        """Points from the first line's top to the last one's bottom."""
        return self.lines * self.size * LINE


@cache
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    face = "bold" if bold else "regular"
    return ImageFont.truetype(str(document_font_dir() / f"texgyretermes-{face}.otf"), _EM)


@cache
def _word(text: str, bold: bool) -> float:
    return float(_font(bold).getlength(text))


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Points that one line of the text takes at a size."""
    return _word(text, bold) * size / _EM


def wrapped(text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """The lines in which a box of `room` points shows the text; a word that is wider than the box is broken."""
    room *= _SAFE
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if width(longer, size, bold=bold) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        while width(word, size, bold=bold) > room and len(word) > 1:
            fits = _longest(word, room, size, bold)
            lines.append(word[:fits])
            word = word[fits:]
        line = word
    return [*lines, line] if line else lines


def _longest(word: str, room: float, size: float, bold: bool) -> int:
    low, high = 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        if width(word[:middle], size, bold=bold) <= room:
            low = middle
        else:
            high = middle - 1
    return low


def fit(
    text: str, room: float, height: float, *, largest: int, smallest: int, bold: bool = False, most: int = 99
) -> Fitted:
    """The text at the largest size at which it fits into `room` × `height` points and at most `most` lines."""
    text = " ".join(text.split())
    for size in range(largest, smallest - 1, -2):
        lines = wrapped(text, room, size, bold=bold)
        if len(lines) <= most and len(lines) * size * LINE <= height:
            return Fitted(text, size, max(1, len(lines)))
    allowed = max(1, min(most, int(height // (smallest * LINE))))
    return _cut(text, room, smallest, allowed, bold)


def _cut(text: str, room: float, size: int, allowed: int, bold: bool) -> Fitted:
    """As many words as `allowed` lines hold with the dots after them."""
    words = text.split()
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        shown = " ".join(words[:middle]).rstrip(",.;:") + _CUT
        if len(wrapped(shown, room, size, bold=bold)) <= allowed:
            low = middle
        else:
            high = middle - 1
    kept = " ".join(words[:low]).rstrip(",.;:")
    if not kept:  # one word longer than all lines together
        broken = wrapped(words[0], room, size, bold=bold)[:allowed] if words else [""]
        kept = "".join(broken)[:-2]
    return Fitted(kept + _CUT, size, allowed, cut=True)


def fit_all(
    texts: Sequence[str], room: float, height: float, *, largest: int, smallest: int, gap: float
) -> list[Fitted]:
    """Paragraphs of one box at one size, `gap` points apart: the largest that holds all; else each is cut alike."""
    height -= gap * max(0, len(texts) - 1)
    for size in range(largest, smallest - 1, -2):
        counts = [len(wrapped(text, room, size)) for text in texts]
        if sum(counts) * size * LINE <= height:
            return [Fitted(text, size, max(1, n)) for text, n in zip(texts, counts, strict=True)]
    line = smallest * LINE
    each = max(1, int(height // line) // max(1, len(texts)))
    return [fit(text, room, each * line, largest=smallest, smallest=smallest, most=each) for text in texts]
