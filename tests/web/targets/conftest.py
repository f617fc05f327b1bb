"""The small district with users of every duty at several places, and targets set as a test wants them."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.page_world import make_page_world
from tests.world import World, person
from tongket.members.acts import admit
from tongket.targets.acts import add_target
from tongket.targets.drafts import TargetDraft
from tongket.targets.models import Target
from tongket.ui.messages import compile_messages

SetTarget = Callable[..., Target]


@pytest.fixture(autouse=True, scope="session")
def _texts() -> None:
    """The texts of both languages, as the start of the program compiles them."""
    compile_messages()


@pytest.fixture
def world(db: Any) -> World:
    """Two communes, an office, six members, one of them admitted in 2023; users of several duties."""
    return make_page_world()


@pytest.fixture
def set_target(world: World) -> SetTarget:
    """Set a target: the organisation's code, the value, what differs from 'admissions of 2023 from above'."""

    def make(code: str = "QS", value: str | int = 10, **changes: Any) -> Target:
        values: dict[str, Any] = {"indicator": "members.admitted", "period": "2023"} | changes
        values.setdefault(
            "valid_from", date(int(values["period"][:4]), 7 if "-" in values["period"] else 1, 1)
        )
        return add_target(TargetDraft(organisation=world[code], value=Decimal(value), **values), by=None)

    return make


@pytest.fixture
def admit_more(world: World) -> Callable[..., None]:
    """Admit people on the given days into a cell."""

    def make(*days: date, cell: str = "PA1") -> None:
        for day in days:
            number = len(world.members) + 1
            new = person(
                world, f"N{number}", f"Người Mới {number}", birth_date=date(1999, 1, number % 27 + 1)
            )
            admit(new, into=world[cell], decided_on=day, ceremony_on=day, by=None)

    return make
