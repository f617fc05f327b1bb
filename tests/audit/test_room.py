"""Large acts: SQLite's copies of changed pages go to a file, and what pages read with comes back."""

from typing import Any

import pytest
from django.db import connection, transaction

from tongket.audit.room import room_for_many

FILE, MEMORY = 1, 2


def _kept() -> Any:
    if connection.vendor != "sqlite":
        pytest.skip("a setting of SQLite alone")
    with connection.cursor() as cursor:
        return cursor.execute("PRAGMA temp_store").fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_copies_of_changed_pages_are_in_a_file_during_the_act_only() -> None:
    assert _kept() == MEMORY
    with pytest.raises(ZeroDivisionError), room_for_many():
        assert _kept() == FILE
        with transaction.atomic():
            raise ZeroDivisionError
    assert _kept() == MEMORY


@pytest.mark.django_db
def test_inside_a_transaction_nothing_is_changed() -> None:
    with room_for_many():
        assert _kept() == MEMORY
