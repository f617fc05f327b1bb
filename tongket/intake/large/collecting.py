"""Millions of values that all stay in use: looking through them for rubbish again and again only takes time."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collecting() -> Iterator[None]:
    """Inside, Python does not look for cycles to free; what is no longer used is freed all the same."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
