"""What a check says, and the comparison that most of them make."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Check:
    """One check: how many things were looked at, and what is wrong, in words."""

    name: str
    title: str
    checked: int
    faults: tuple[str, ...]


def differences(
    stored: Iterable[Any], wanted: Iterable[Any], key: Callable[[Any], Any], what: str
) -> list[str]:
    """What is stored beyond what is wanted and what is missing, row by row."""
    have, need = Counter(map(key, stored)), Counter(map(key, wanted))
    return [f"{what} thừa: {row}" for row in (have - need)] + [
        f"{what} thiếu: {row}" for row in (need - have)
    ]
