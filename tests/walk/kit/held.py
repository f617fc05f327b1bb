"""The district of a process: made in a transaction, kept for all files that want the same, undone for another."""

from contextlib import ExitStack
from typing import Any

from django.core.cache import cache
from django.db import transaction

from tests.walk.kit.canaries import Planted
from tests.walk.kit.world import Walk, make_walk
from tongket.ui.messages import compile_messages


class Held:
    """At most one district at a time, known by the texts that are planted in place of canaries (none: canaries)."""

    def __init__(self) -> None:
        self._texts: tuple[str, ...] | None = None
        self._made: Walk | None = None
        self._open = ExitStack()

    def district(self, texts: tuple[str, ...] = (), planted: Any = Planted) -> Walk:
        """The district with these texts, planted by what `planted` makes; as it was made, if it stands already."""
        if self._made is None or self._texts != texts:
            self.release()
            compile_messages()
            self._open.enter_context(_undone())
            self._made, self._texts = make_walk(planted()), texts
        return self._made

    def release(self) -> None:
        """Undo it."""
        self._made = None
        self._open.close()
        cache.clear()


def _undone() -> Any:
    """A transaction that is rolled back at its end."""
    stack = ExitStack()
    stack.enter_context(transaction.atomic())
    stack.callback(transaction.set_rollback, True)
    return stack
