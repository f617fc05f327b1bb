"""How far a long reading is: said by who reads and judges, heard by who waits. Nobody listening costs nothing."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")
Hear = Callable[[str, int, int], None]
"""The stage in words, how many of its rows are done, of how many (0: not counted)."""

_STEP = 1_000
_hear: ContextVar[Hear | None] = ContextVar("intake_hear", default=None)


@contextmanager
def heard_by(hear: Hear) -> Iterator[None]:
    """Inside, everything said goes to `hear`."""
    token = _hear.set(hear)
    try:
        yield
    finally:
        _hear.reset(token)


def tell(stage: str, done: int = 0, of: int = 0) -> None:
    """Say what is being done."""
    hear = _hear.get()
    if hear is not None:
        hear(stage, done, of)


def counted(stage: str, rows: Iterable[T], of: int) -> Iterator[T]:
    """The rows, with a word after every thousand."""
    for number, row in enumerate(rows):
        if number % _STEP == 0:
            tell(stage, number, of)
        yield row
