"""Every number of a text, with its value, the digits printed and the role it plays.

Read are figures (3.724 · 98,11% · 1,5 triệu · 01), numbers in words (hai mươi, một trăm linh năm), dates as one number
each, Roman numerals of terms and quarters, and “không” where “không có chi bộ yếu kém” says 0.
"""

from collections.abc import Sequence

from .model import Number, PaperReference
from .reading.keys import key as key_of
from .reading.roles import roles
from .reading.sentences import sentences
from .reading.tokens import TooManyNumbers, scan

__all__ = ["TooManyNumbers", "find_numbers"]


def find_numbers(
    text: str,
    papers: Sequence[PaperReference] = (),
    key: str = "",
    spans: Sequence[tuple[int, int]] = (),
) -> tuple[Number, ...]:
    """The numbers of a text in its order. `papers` are the references in it, whose numbers are codes; `key` and
    `spans` (its sentences) are made anew where the caller has none.

    Raises `TooManyNumbers` when there are more than a report can have.
    """
    key = key or key_of(text)
    tokens = scan(text, key)
    return tuple(
        Number(
            token.start,
            token.end,
            text[token.start : token.end],
            token.value,
            role,
            token.decimals,
            token.form in ("worded", "none", "vague"),
            token.on,
            token.scale,
        )
        for token, role in zip(
            tokens, roles(text, key, tokens, papers, spans or sentences(text)), strict=True
        )
    )
