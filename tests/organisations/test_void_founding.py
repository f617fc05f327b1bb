"""A founding recorded by mistake can be voided while nothing else stands on it."""

from datetime import date
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.world import START, World, add_user, make_tree, make_world
from tongket.core.problems import Refused
from tongket.events.models import FollowUp
from tongket.organisations.acts import found, void_act
from tongket.organisations.drafts import FoundingDraft
from tongket.organisations.models import Organisation, OrganisationAct, OrganisationPath
from tongket.organisations.queries import subtree_on

pytestmark = pytest.mark.django_db


def founding(world: World, code: str) -> OrganisationAct:
    return OrganisationAct.objects.get(organisation=world[code], kind="found")


def test_an_organisation_whose_founding_is_voided_was_never_there() -> None:
    world = make_tree()
    found(FoundingDraft("PA3", "Nhầm", "cell", date(2020, 1, 1), "PA"), by=None)
    made = Organisation.objects.get(code="PA3")
    void_act(OrganisationAct.objects.get(organisation=made), reason="nhầm", by=None)
    made.refresh_from_db()
    assert made.ends_on == made.founded_on and not made.is_alive
    assert "PA3" not in [row.code for row in subtree_on(world["QS"], date(2021, 1, 1))]
    assert not OrganisationPath.objects.filter(descendant=made, voided_at__isnull=True).exists()


def test_a_founding_under_which_others_hang_is_not_voided() -> None:
    world = make_tree()
    with pytest.raises(Refused):
        void_act(founding(world, "PA"), reason="nhầm", by=None)
    assert founding(world, "PA").voided_at is None


def test_a_founding_on_which_members_stand_is_not_voided() -> None:
    world = make_world()
    with pytest.raises(Refused, match=r"còn \d+ bản ghi khác"):
        void_act(founding(world, "PA1"), reason="nhầm", by=None)
    assert len(subtree_on(world["PA1"], START)) == 1


def test_a_founding_for_which_a_user_acts_is_not_voided() -> None:
    world = make_tree()
    add_user(world, "thu", "PA1", "organisation")
    with pytest.raises(Refused, match="còn 1 bản ghi khác"):
        void_act(founding(world, "PA1"), reason="nhầm", by=None)
    assert founding(world, "PA1").voided_at is None


def test_a_founding_named_by_a_hidden_column_is_not_voided() -> None:
    # FollowUp.organisation has related_name="+": Django lists it among the hidden relations only.
    world = make_tree()
    note = FollowUp.objects.create(
        event=uuid4(), organisation=world["PA1"], text="việc tiếp", recorded_at=timezone.now()
    )
    with pytest.raises(Refused, match="còn 1 bản ghi khác"):
        void_act(founding(world, "PA1"), reason="nhầm", by=None)
    FollowUp.objects.filter(pk=note.pk).update(voided_at=timezone.now())
    void_act(founding(world, "PA1"), reason="nhầm", by=None)
