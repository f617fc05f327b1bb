"""Which commendations were handed out: conferences know, and they lie beside honours, so a higher part tells."""

from collections.abc import Callable, Iterable

Answer = Callable[[Iterable[int]], set[int]]


def _nobody_knows(_keys: Iterable[int]) -> set[int]:
    return set()


_answer: Answer = _nobody_knows


def set_handed_out(answer: Answer) -> None:
    """Let a higher part say which of these commendations (keys) were handed out."""
    global _answer
    _answer = answer


def handed_out(keys: Iterable[int]) -> set[int]:
    """Of these commendations (keys) those handed out."""
    return _answer(keys)
