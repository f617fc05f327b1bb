"""One fact of the recount."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass
class Fact:
    """One fact: its row's key, where it is booked, and how to ask its fields. `other` is across the border."""

    pk: int
    chain: tuple[int, ...]
    fields: Callable[[str], Any]
    other: tuple[int, ...] | None = None
