"""Pages of discipline: only with the inspection duties, every opening of a person's record logged."""

import pytest
from django.urls import reverse

from tests.once import once
from tests.page_world import logged_in, make_page_world
from tests.world import World
from tongket.audit.models import LedgerEntry
from tongket.inspections.models import MemberDiscipline

ENTRY = {"member": "M1", "form": "reprimand", "ground": "conduct", "decided_on": "15/06/2023"}


district, world = once(make_page_world)


def _record(world: World) -> MemberDiscipline:
    assert logged_in(world.users["inspector"]).post(reverse("inspections:new"), ENTRY).status_code == 302
    return MemberDiscipline.objects.get()


def test_discipline_is_recorded_in_the_cell_of_that_day(world: World) -> None:
    assert _record(world).organisation == world["PA1"]


def test_a_form_that_the_standing_does_not_allow_is_refused_at_the_field(world: World) -> None:
    answer = logged_in(world.users["inspector"]).post(
        reverse("inspections:new"), {**ENTRY, "form": "removal"}
    )
    assert answer.status_code == 422
    assert "form" in answer.context["form"].errors


def test_opening_a_record_is_logged(world: World) -> None:
    row = _record(world)
    logged_in(world.users["leader"]).get(reverse("inspections:detail", args=[row.pk]))
    assert LedgerEntry.objects.get(action="member_discipline.open").actor == world.users["leader"]


@pytest.mark.parametrize("name", ["clerk", "office", "propaganda", "admin"])
def test_without_the_duty_nothing_of_it_is_seen(world: World, name: str) -> None:
    row = _record(world)
    client = logged_in(world.users[name])
    for address in (
        reverse("inspections:list"),
        reverse("inspections:list") + "?xuat=xlsx",
        reverse("inspections:detail", args=[row.pk]),
        reverse("inspections:organisation_list"),
    ):
        assert client.get(address).status_code == 403


def test_an_inspector_of_another_commune_finds_nothing(world: World) -> None:
    row = _record(world)
    client = logged_in(world.users["clerk_b"])
    assert client.get(reverse("inspections:detail", args=[row.pk])).status_code == 404
    assert not list(client.get(reverse("inspections:list"), {"ky": "2023"}).context["table"].data)
    assert client.post(reverse("inspections:new"), ENTRY).status_code == 422
