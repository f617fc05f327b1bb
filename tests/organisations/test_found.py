"""Founding an organisation: where it may stand, from when, under which code."""

from datetime import date
from typing import Any

import pytest

from tests.world import START, World, make_tree
from tongket.audit.models import LedgerEntry
from tongket.core.problems import Refused
from tongket.members.reorganise import dissolve
from tongket.organisations.acts import check_foundings, found
from tongket.organisations.drafts import FoundingDraft
from tongket.organisations.models import Organisation, OrganisationAct
from tongket.organisations.queries import subtree_on

pytestmark = pytest.mark.django_db
DAY = date(2020, 3, 1)


def draft(code: str = "PA3", **changed: Any) -> FoundingDraft:
    values = {"name": "Chi bộ thôn A3", "kind": "cell", "on": DAY, "parent_code": "PA", "sector": "village"}
    return FoundingDraft(code=code, **(values | changed))


@pytest.fixture
def world() -> World:
    return make_tree()


def test_an_organisation_lives_from_the_day_of_its_founding_and_not_a_day_before(world: World) -> None:
    made = found(draft(), by=None)
    assert (made.founded_on, made.is_alive, made.parent) == (DAY, True, world["PA"])
    assert "PA3" in [row.code for row in subtree_on(world["QS"], DAY)]
    assert "PA3" not in [row.code for row in subtree_on(world["QS"], date(2020, 2, 29))]


def test_a_founding_cites_its_decision(world: World) -> None:
    paper = {"decision_number": "12-QĐ/HU", "decision_date": date(2020, 2, 20), "decision_body": "Huyện ủy"}
    made = found(draft(**paper), by=None)
    row = OrganisationAct.objects.get(organisation=made)
    assert {name: getattr(row, name) for name in paper} == paper
    assert LedgerEntry.objects.latest("id").data["decision"] == "12-QĐ/HU"


REFUSED = {
    "a cell under a cell": ({"parent_code": "PA1"}, "kind"),
    "a grassroots cell under a grassroots body": ({"kind": "grassroots_cell"}, "kind"),
    "a grassroots body under a cell": ({"kind": "grassroots_body", "parent_code": "PA1"}, "kind"),
    "an unknown kind": ({"kind": "club"}, "kind"),
    "an unknown parent": ({"parent_code": "KHONG-CO"}, "parent_code"),
    "before the parent was there": ({"on": date(2009, 12, 31)}, "on"),
    "a code in use": ({"code": "PA1"}, "code"),
    "no code": ({"code": ""}, "code"),
    "no name": ({"name": "  "}, "name"),
    "a kind not yet in force": (
        {"kind": "commune_committee_2025", "parent_code": "QS", "sector": "commune"},
        "kind",
    ),
}


@pytest.mark.parametrize(("changed", "field"), REFUSED.values(), ids=REFUSED.keys())
def test_an_impossible_founding_is_refused_at_its_field_and_nothing_is_kept(
    world: World, changed: dict[str, Any], field: str
) -> None:
    before = Organisation.objects.count(), LedgerEntry.objects.count()
    with pytest.raises(Refused) as refused:
        found(draft(**changed), by=None)
    assert field in [problem.field for problem in refused.value.problems]
    assert (Organisation.objects.count(), LedgerEntry.objects.count()) == before


def test_a_parent_that_has_ended_takes_no_new_organisation(world: World) -> None:
    dissolve(world["PB"], on=date(2019, 1, 1), by=None, members_to=world["PA"])
    with pytest.raises(Refused, match="không hoạt động"):
        found(draft(code="PB3", parent_code="PB"), by=None)


def test_a_child_may_not_outlive_its_parent(world: World) -> None:
    dissolve(world["PB"], on=date(2019, 1, 1), by=None, members_to=world["PA"])
    with pytest.raises(Refused, match="ngoài thời gian hoạt động"):
        found(draft(code="PB3", parent_code="PB", on=date(2015, 1, 1)), by=None)
    assert not Organisation.objects.filter(code="PB3").exists()


def test_a_batch_may_name_a_parent_founded_earlier_in_it_and_every_error_is_told_at_its_row(
    world: World,
) -> None:
    drafts = [
        draft("PC", kind="grassroots_body", parent_code="QS"),
        draft("PC1", parent_code="PC"),
        draft("PC1", parent_code="PC"),
        draft("PC2", parent_code="PC1"),
        draft("PC3", parent_code="PC", on=START),
    ]
    problems = [(p.index, p.field) for p in check_foundings(drafts)]
    assert problems == [(2, "code"), (3, "kind"), (4, "on")]
