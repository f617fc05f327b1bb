"""The balance of form 1 holds where people come and go on the day on which cells are founded, moved and merged."""

from datetime import date
from typing import Any

import pytest

from tests.once import once
from tests.world import World, make_world, person
from tongket.figures.engine import compute
from tongket.members.acts import record_event, register, transfer
from tongket.members.drafts import EventDraft
from tongket.members.models import Member
from tongket.members.reorganise import merge
from tongket.organisations.acts import found, move
from tongket.organisations.drafts import FoundingDraft
from tongket.organisations.models import Organisation

pytestmark = pytest.mark.django_db
DAY = date(2024, 7, 1)
IDS = ("members.opening", "members.increase", "members.decrease", "members.total", "members.died")

district, world = once(make_world)


def newcomer(world: World, cell: str) -> Member:
    who = person(world, "M9", "Bùi Thị Hoa")
    register(who, into=Organisation.objects.get(code=cell), on=DAY, by=None, admitted_on=date(2005, 3, 3))
    return who


def merged_then_dies(world: World) -> Member:
    merge([world["PA1"]], into=FoundingDraft("PA9", "Chi bộ mới", "cell", DAY, "PA"), on=DAY, by=None)
    member: Member = world["M1"]
    return member


def merged_then_goes_on(world: World) -> Member:
    """The one who dies comes from PA2; another leaves the new cell on the day on which he came."""
    merged_then_dies(world)
    transfer(world["M1"], to=world["PB1"], on=DAY, by=None)
    member: Member = world["M3"]
    return member


def moved_then_comes(world: World) -> Member:
    move(world["PA1"], to=world["PB"], on=DAY, by=None)
    return newcomer(world, "PA1")


def founded_then_comes(world: World) -> Member:
    found(FoundingDraft("PA9", "Chi bộ mới", "cell", DAY, "PA"), by=None)
    return newcomer(world, "PA9")


@pytest.mark.parametrize(
    "happens", [merged_then_dies, merged_then_goes_on, moved_then_comes, founded_then_comes]
)
def test_who_dies_on_the_day_of_the_reform_leaves_the_list_once(world: World, happens: Any) -> None:
    record_event(EventDraft(happens(world), "died", on=DAY), by=None)
    codes = Organisation.objects.filter(ends_on__gt=DAY).values_list("code", flat=True)
    for code in codes:
        own = compute(code, "2024", as_at=date(2024, 12, 31), ids=IDS).own
        opening, more, less, total, died = (own[id].value for id in IDS)
        assert opening + more - less == total, code
        if code == "QS":
            assert died == 1
