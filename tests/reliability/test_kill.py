"""A kill without warning in the middle of any act: done or not at all, and what was told as done is there."""

from pathlib import Path

import pytest

from tests.reliability.scratch import scratch

KILLS = 60


@pytest.mark.django_db(transaction=True)
def test_an_act_told_as_done_survives_a_kill_and_no_act_is_done_by_halves(tmp_path: Path) -> None:
    with scratch(tmp_path / "data") as own:
        own.make()
        own.drive("begin_work")
        found = own.drive("kill", str(KILLS), "7")
    assert found["killed"] == KILLS
    assert found["told"] > KILLS, "the writers did too little for the kills to hit anything"
    assert min(found["done"].values()) > 2, "nothing was reported or marked: the kills hit none of it"
    assert found["lost"] == []
    assert found["work"] == []
    assert found["half"] == []
    assert found["broken_at"] is None
    assert found["integrity"] == "ok"
    assert found["faults"] == []
