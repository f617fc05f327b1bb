"""Codes on old lists: entries that were merged into another are still asked for by the code they had.

Merging lies above the register; it says here what it knows (`set_successors`), so that a search finds the person kept.
"""

from collections.abc import Callable, Collection

Finder = Callable[[str], Collection[int]]


def _nobody(_code: str) -> Collection[int]:
    return ()


_find: Finder = _nobody


def set_successors(find: Finder) -> None:
    """Say how the person is found under whom an entry that had a code stands now: keys of `Member`."""
    global _find
    _find = find


def successors(text: str) -> Collection[int]:
    """Keys of the people under whom the entry with this code stands now; none for what is no code."""
    return _find(text) if any(c.isdigit() for c in text) else ()
