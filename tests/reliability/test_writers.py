"""Several writers at once: one wins, the others are told; nobody hears of a lock; the ledger has no gap."""

from pathlib import Path

import pytest

from tests.reliability.scratch import scratch


@pytest.mark.django_db(transaction=True)
def test_of_writers_with_the_same_open_form_exactly_one_wins_and_the_others_are_told(tmp_path: Path) -> None:
    with scratch(tmp_path / "data") as own:
        own.make()
        found = own.drive("race", "16", "4")
    assert found["errors"] == []
    assert found["not_exactly_one"] == []
    assert (found["half"], found["faults"], found["broken_at"]) == ([], [], None)


@pytest.mark.django_db(transaction=True)
def test_twenty_writers_at_once_all_get_through(tmp_path: Path) -> None:
    with scratch(tmp_path / "data") as own:
        own.make()
        found = own.drive("crowd", "20", "5")
    assert found["errors"] == []
    assert found["outcomes"] == {"done": 20}
    assert (found["written"], found["people"]) == (100, 100)
    assert (found["gaps"], found["broken_at"]) == ([], None)
