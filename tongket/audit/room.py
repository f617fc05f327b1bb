"""Room for an act of many thousand rows."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def room_for_many() -> Iterator[None]:
    """Around an act, outside any transaction: SQLite keeps its copies of changed pages in a file once they are many.

    In memory, where the settings keep them for the reading pages, they are a list that every further statement walks
    through from its start: of 100,000 updates the last takes a hundred times the first. PostgreSQL has no such list.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA temp_store=FILE")
        try:
            yield
        finally:
            cursor.execute("PRAGMA temp_store=MEMORY")
