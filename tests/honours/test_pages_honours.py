"""Pages of badges and commendations."""

from datetime import date

from django.urls import reverse

from tests.once import once
from tests.page_world import logged_in, make_page_world
from tests.world import World, person
from tongket.honours.models import BadgeAward, Commendation
from tongket.members.acts import register


def _make() -> World:
    made = make_page_world()
    old = person(made, "M30", "Võ Văn Lão", birth_date=date(1950, 1, 1))
    register(old, into=made["PA1"], on=date(2015, 1, 1), by=None, admitted_on=date(1973, 1, 10))
    return made


district, world = once(_make)


BADGE = {"member": "M30", "mark": "50", "round": "0302", "awarded_on": "03/02/2023"}


def test_the_cell_of_a_badge_is_that_of_the_award_day(world: World) -> None:
    assert logged_in(world.users["office"]).post(reverse("honours:new"), BADGE).status_code == 302
    assert BadgeAward.objects.get().organisation == world["PA1"]


def test_a_badge_before_its_party_age_is_refused(world: World) -> None:
    answer = logged_in(world.users["office"]).post(reverse("honours:new"), {**BADGE, "member": "M1"})
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert not BadgeAward.objects.exists()


def test_a_commendation_needs_one_recipient(world: World) -> None:
    entry = {
        "organisation": "PA",
        "recipient_kind": "individual",
        "form": "certificate",
        "giver": "district",
        "period": "2023",
        "decided_on": "25/12/2023",
    }
    client = logged_in(world.users["office"])
    assert client.post(reverse("honours:commendation_new"), entry).status_code == 422
    assert client.post(reverse("honours:commendation_new"), {**entry, "member": "M1"}).status_code == 302
    assert Commendation.objects.get().member == world["M1"]
    shown = client.get(reverse("honours:commendation_list"), {"ky": "2023", "q": "nguyen van an"})
    assert len(list(shown.context["table"].data)) == 1


def test_a_badge_of_another_commune_is_not_found(world: World) -> None:
    logged_in(world.users["office"]).post(reverse("honours:new"), BADGE)
    badge = BadgeAward.objects.get()
    client = logged_in(world.users["clerk_b"])
    assert client.get(reverse("honours:detail", args=[badge.pk])).status_code == 404
    assert "Võ Văn Lão" not in client.get(reverse("honours:list"), {"ky": "2023"}).content.decode()


def test_honours_are_written_only_with_the_duty(world: World) -> None:
    client = logged_in(world.users["leader"])
    assert client.get(reverse("honours:list")).status_code == 200
    assert client.post(reverse("honours:new"), BADGE).status_code == 403
