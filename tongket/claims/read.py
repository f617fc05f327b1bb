"""Reading a text: its sentences, numbers, claims, references and names.

    >>> reading = read("Năm 2023, Đảng bộ huyện kết nạp 88 đảng viên mới, vượt 3,5% so chỉ tiêu tỉnh giao.")
    >>> [(claim.kind, claim.text) for claim in reading.claims]
    [('date', '2023'), ('count', '88 đảng viên mới'), ('target', '3,5%')]

Whoever calls brings the text into NFC; positions are offsets into the text as given. Time grows with the length of the
text only, whatever it holds.
"""

from tongket.core.text import fold

from .model import Claim, Reading
from .numbers import TooManyNumbers, find_numbers
from .people import find_mentions
from .reading.building import FIGURES, Sketch, sketches
from .reading.context import Context
from .reading.keys import key as key_of
from .reading.links.linking import link
from .reading.sentences import sentences
from .references import find_paper_references

__all__ = ["TooManyNumbers", "read"]


def read(text: str) -> Reading:
    """Everything that can be read in a text; each of its numbers belongs to exactly one claim.

    Raises `TooManyNumbers` (a ValueError that says what to do) when there are more than a report can have.
    """
    key = key_of(text)
    spans = sentences(text)
    papers = tuple(sorted(find_paper_references(text), key=lambda paper: (paper.start, paper.end)))
    numbers = find_numbers(text, papers, key, spans)
    mentions = find_mentions(text)
    found = sketches(key, numbers, papers, spans)
    link(key, numbers, found, spans)
    context = Context(text, key, numbers, spans, mentions, found)
    claims = tuple(_claim(text, sketch, i, context) for i, sketch in enumerate(found))
    return Reading(text, numbers, claims, papers, mentions, spans)


def _claim(text: str, sketch: Sketch, i: int, context: Context) -> Claim:
    figure = sketch.kind in FIGURES
    return Claim(
        kind=sketch.kind,
        start=sketch.start,
        end=sketch.end,
        text=text[sketch.start : sketch.end],
        numbers=tuple(sketch.numbers),
        sentence=sketch.sentence,
        subject=context.subject(i) if figure else "",
        unit=fold(sketch.unit) if sketch.unit else "",
        bound=sketch.bound,
        direction=sketch.direction,
        base=sketch.base,
        within=sketch.within,
        tense=context.tense(sketch) if figure else "done",
        period=context.period(sketch) if figure else "",
        body=context.body(sketch) if figure else "",
        counted=sketch.counted,
    )
