"""Headers as they are compared, and the signature of a whole row of them."""

import re
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from tongket.core.text import fold
from tongket.intake.cells import shown

#: Columns that number the rows.
NUMBERING = frozenset({"stt", "tt", "so tt", "so thu tu", "thu tu dong"})

_BRACKETS = re.compile(r"\([^()]*\)")
_SIGNS = re.compile(r"[\W_]+")


def bare(header: Any) -> str:
    """A header as compared: without diacritics, case, stars, signs and what stands in brackets."""
    return _SIGNS.sub(" ", _BRACKETS.sub(" ", fold(shown(header)))).strip()


def signature(labels: Iterable[str]) -> str:
    """What tells one source from another: its set of headers, in any order."""
    return sha256("\n".join(sorted({key for label in labels if (key := bare(label))})).encode()).hexdigest()
