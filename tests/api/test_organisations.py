"""Organisations as programs read them."""

from typing import Any

from tests.api.conftest import get, token_for


def test_a_program_reads_the_organisations_of_its_scope(world: Any) -> None:
    token = token_for(world, "PA", "office")
    answer = get(token, "organisations")
    assert answer.status_code == 200, answer.content
    said = answer.json()
    assert [row["code"] for row in said["items"]] == ["PA", "PA1", "PA2"]
    assert said["next"] is None
    assert said["items"][0]["parent"] is None  # the district is not the program's to see


def test_pages_follow_each_other_without_a_cut(world: Any) -> None:
    token = token_for(world, "QS", "office")
    codes, cursor = [], ""
    while cursor is not None:
        said = get(token, "organisations", limit=3, **({"cursor": cursor} if cursor else {})).json()
        codes += [row["code"] for row in said["items"]]
        cursor = said["next"]
    assert sorted(codes) == sorted(world.organisations) and len(set(codes)) == len(codes)
