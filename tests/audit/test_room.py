"""Large acts: SQLite's copies of changed pages go to a file, and what pages read with comes back."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tongket.audit.room import room_for_many

TO_FILE, TO_MEMORY = "PRAGMA temp_store=FILE", "PRAGMA temp_store=MEMORY"


def _asked_around(*, inside: bool) -> list[str]:
    """What is asked of the database by an act that fails, `inside` a transaction or not."""
    with CaptureQueriesContext(connection) as asked, pytest.raises(ZeroDivisionError):
        if inside:
            with transaction.atomic(), room_for_many():
                raise ZeroDivisionError
        with room_for_many():
            raise ZeroDivisionError
    return [one["sql"] for one in asked.captured_queries if "temp_store" in one["sql"]]


@pytest.mark.django_db(transaction=True)
def test_copies_of_changed_pages_are_in_a_file_during_the_act_only() -> None:
    asked = [TO_FILE, TO_MEMORY] if connection.vendor == "sqlite" else []
    assert _asked_around(inside=False) == asked


@pytest.mark.django_db(transaction=True)
def test_inside_a_transaction_nothing_is_changed() -> None:
    assert _asked_around(inside=True) == []
