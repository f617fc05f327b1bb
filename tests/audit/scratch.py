"""Examples of a property test on the database: each one is undone, so that the next starts from nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def undone() -> Iterator[None]:
    """Everything written inside is rolled back at the end, whether the example held or not."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
