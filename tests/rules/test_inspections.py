"""Rules of inspection and supervision by date: worked examples, and that none of them claims to be confirmed."""

from datetime import date

import pytest

from tongket.core.judging import INSPECTION_KIND, INSPECTION_SUBJECT
from tongket.inspections.programmes.subjects import kinds_of, subjects_of
from tongket.rules.catalogue import NoRuleInForce, all_rules, in_force, integer, sequence
from tongket.rules.organisations import all_kinds

OF_2023, OF_2025, OF_2026 = date(2023, 6, 1), date(2025, 7, 1), date(2026, 6, 1)


@pytest.mark.parametrize("day", [OF_2023, OF_2025, OF_2026])
def test_kinds_and_subjects_are_those_of_the_code_lists(day: date) -> None:
    assert set(sequence("insp.kinds", day)) == set(INSPECTION_KIND.values)
    for kind in all_kinds():
        assert set(subjects_of(kind.code, day)) <= set(INSPECTION_SUBJECT.values)


@pytest.mark.parametrize("day", [OF_2023, OF_2025, OF_2026])
def test_an_advisory_body_does_not_inspect_on_signs_of_a_violation(day: date) -> None:
    assert "signs" not in kinds_of("advisory", day)
    assert "signs" in kinds_of("commission", day) and "signs" in kinds_of("cell", day)


def test_an_inspection_commission_exists_from_the_grassroots_committee_upward() -> None:
    having = {kind.code for kind in all_kinds() if "commission" in subjects_of(kind.code, OF_2025)}
    assert {"grassroots_body", "district_committee", "commune_committee_2025"} <= having
    assert not having & {"cell", "grassroots_cell", "sub_body"}


def test_the_cells_number_is_known_only_since_the_guidance_of_2025() -> None:
    assert integer("insp.chibo", OF_2025) == 30
    with pytest.raises(NoRuleInForce):
        integer("insp.chibo", OF_2023)


def test_before_the_oldest_text_every_kind_is_allowed() -> None:
    assert kinds_of("advisory", date(2015, 1, 1)) == INSPECTION_KIND.values


def test_the_length_of_an_inspection_is_said_to_be_unknown() -> None:
    version = in_force("insp.time", OF_2023)
    assert version.mark == "U" and version.value == {"days": None, "extensions": 1}


def test_no_rule_of_inspection_claims_to_be_confirmed() -> None:
    marks = {v.mark for rule in all_rules() if rule.id.startswith("insp.") for v in rule.versions}
    assert marks == {"R", "U"}
