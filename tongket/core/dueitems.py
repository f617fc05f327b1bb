"""What an app has to say on the overview: one line of something that is due, for whoever holds the duty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

__all__ = ["DueItem"]


@dataclass(frozen=True, slots=True)
class DueItem:
    """`text` names what and how many, `on` the nearest day (None: no day), `href` leads to the list counted."""

    text: str
    href: str
    on: date | None = None
    late: bool = False
