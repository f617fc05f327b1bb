"""Veterans in the small district: who is due on 3/2/2024 and why, and people of several duties."""

from datetime import date

from tests.once import once
from tests.page_world import make_page_world
from tests.world import World, person
from tongket.members.acts import record_event, register
from tongket.members.drafts import EventDraft

DAY = date(2024, 2, 3)


def veteran(
    world: World, code: str, cell: str, admitted: date | None, name: str = "", lives: str = ""
) -> None:
    """Someone on the list since 2015, admitted on a day (None: unknown)."""
    who = person(world, code, name or f"Võ Văn {code}", birth_date=date(1930, 1, 1), permanent_address=lives)
    register(who, into=world[cell], on=date(2015, 1, 1), by=None, admitted_on=admitted)


def dies(world: World, code: str, on: date) -> None:
    """The register hears of a death."""
    record_event(EventDraft(world[code], "died", on=on), by=None)


def _make() -> World:
    """V1 due 30 in PA1, V2 due 50 in PB1, V3 missed 40 (2020), V4 early 70, V5 died, V6 without a date."""
    made = make_page_world()
    veteran(made, "V1", "PA1", date(1994, 1, 10), "Đinh Văn Già")
    veteran(made, "V2", "PB1", date(1974, 2, 3), "Bùi Thị Lâu")
    veteran(made, "V3", "PA2", date(1980, 6, 1), "Cao Văn Sót")
    veteran(made, "V4", "PA1", date(1956, 1, 20), "Tạ Thị Bệnh")
    veteran(made, "V5", "PB2", date(1964, 6, 1), "Lý Văn Mất")
    veteran(made, "V6", "PA1", None, "Hồ Thị Thiếu")
    dies(made, "V5", date(2023, 12, 1))
    for member in made.members.values():
        member.refresh_from_db()
    return made


district, world = once(_make)
