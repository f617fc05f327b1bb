"""Kinds of organisation by date, and what may stand under what."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongket.rules.catalogue import DATA, BadRules
from tongket.rules.organisations import (
    UnknownKind,
    all_kinds,
    check_founding,
    check_placement,
    check_size,
    kind,
    kinds_in_force,
    load_kinds,
    may_be_under,
)

codes = st.sampled_from([k.code for k in all_kinds()])
days = st.dates(date(1930, 2, 3), date(2100, 12, 31))
EVE, DAY = date(2025, 6, 30), date(2025, 7, 1)


@given(codes, codes, days)
def test_a_placement_is_allowed_or_refused_with_a_reason(child: str, parent: str, on: date) -> None:
    findings = check_placement(child, parent, on)
    assert may_be_under(child, parent, on) == (not findings)
    for finding in findings:
        assert finding.severity == "error" and finding.message("vi") and finding.message("en")


@given(codes, codes, days)
def test_no_two_kinds_may_stand_under_each_other(one: str, other: str, on: date) -> None:
    assert not (may_be_under(one, other, on) and may_be_under(other, one, on))


def test_a_cell_under_a_cell_is_refused() -> None:
    for child in ("cell", "grassroots_cell"):
        for parent in ("cell", "grassroots_cell"):
            assert not may_be_under(child, parent, DAY)
    (finding,) = check_placement("cell", "cell", DAY)
    assert finding.message() == "Chi bộ trực thuộc không thể trực thuộc chi bộ trực thuộc."


def test_districts_end_and_communes_take_their_place_on_1_july_2025() -> None:
    assert may_be_under("grassroots_body", "district_committee", EVE)
    assert not may_be_under("grassroots_body", "district_committee", DAY)
    assert may_be_under("grassroots_body", "commune_committee_2025", DAY)
    assert not may_be_under("grassroots_body", "commune_committee_2025", EVE)
    (finding,) = check_placement("grassroots_body", "district_committee", DAY)
    assert "01/07/2025" in finding.message() and "Đảng bộ huyện" in finding.message()


@given(days)
def test_every_kind_in_force_but_the_centre_has_a_parent_in_force(on: date) -> None:
    alive = {k.code for k in kinds_in_force(on)}
    for code in alive - {"central"}:
        assert any(may_be_under(code, parent, on) for parent in alive)


def test_members_stand_on_the_lists_of_cells_only_and_grassroots_are_two_kinds() -> None:
    assert {k.code for k in all_kinds() if k.holds_members} == {"grassroots_cell", "cell"}
    assert {k.code for k in all_kinds() if k.is_grassroots} == {"grassroots_body", "grassroots_cell"}
    assert kind("district_committee").committee_vi == "Huyện ủy"


def test_an_unknown_kind_is_named() -> None:
    with pytest.raises(UnknownKind, match="bloc"):
        kind("bloc")


@given(st.integers(0, 200))
def test_size_decides_the_usual_form_of_a_grassroots_organisation(members: int) -> None:
    as_cell, as_body = (check_size(k, members, DAY) for k in ("grassroots_cell", "grassroots_body"))
    assert bool(as_cell) == (members >= 30) and bool(as_body) == (members < 30)
    assert check_size("cell", members, DAY) == []
    assert {f.severity for f in (*as_cell, *as_body)} == {"warning"}


def test_three_official_members_found_an_organisation() -> None:
    assert check_founding(3, DAY) == []
    assert [f.severity for f in check_founding(2, DAY)] == ["error"]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("may_be_under: [central]", "may_be_under: [centre]", "không có loại centre"),
        ("is_grassroots: false", "is_grassroots: maybe", "is_grassroots"),
        ("holds_members: false", "holds: false", "holds"),
    ],
)
def test_a_mistake_in_the_file_of_kinds_is_named(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    for name in ("organisation-kinds.yaml", "sources.yaml"):
        (tmp_path / name).write_text((DATA / name).read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(BadRules, match=r"organisation-kinds\.yaml") as refused:
        load_kinds(tmp_path)
    assert complaint in str(refused.value)
