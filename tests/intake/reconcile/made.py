"""What the tests of reconciling share: a small district of whom all is known, and exports of it with known changes."""

from collections.abc import Mapping
from typing import Any

from tests.intake.books import named
from tests.page_world import make_page_world
from tests.world import World
from tongket.core.dates import format_date
from tongket.members.acts import record_event
from tongket.members.drafts import CardDraft, EventDraft
from tongket.members.models import Member
from tongket.members.profile_acts import amend_details, give_card

HEADERS = {
    "full_name": "Họ và tên",
    "gender": "Giới tính",
    "birth_date": "Sinh ngày",
    "national_id": "Số CCCD",
    "card_number": "Số thẻ đảng viên",
    "home_town": "Quê quán",
    "permanent_address": "Thường trú",
    "ethnicity": "Dân tộc",
    "organisation": "Chi bộ",
    "first_admitted_on": "Ngày quyết định kết nạp",
    "official_on": "Ngày chính thức",
    "status": "Trạng thái",
}
PEOPLE = ("M1", "M2", "M3", "M4", "M5")
NUMBERS = {code: f"049{0 if code in ('M1', 'M3', 'M5') else 1}8000000{code[1]}" for code in PEOPLE}
GONE = "049199000006"  # of M6
#: What a cell may be changed to, by field: nothing that is true of anybody.
OTHER = {
    "gender": ("Nam", "Nữ"),
    "birth_date": ("18/05/1980", "17/05/1980"),
    "card_number": ("49999999", "49888888"),
    "home_town": ("Xã Khác", "Xã Khác nữa", "xã a"),
    "permanent_address": ("Thôn Mới", "Thôn Cũ"),
    "ethnicity": ("Tày", "Kinh"),
    "organisation": ("PA1", "PA2", "PB1", "VP"),
    "first_admitted_on": ("03/03/2005", "04/04/2004"),
    "official_on": ("10/03/2006", "05/05/2005"),
}


def make_reconcile_world() -> World:
    """The district of `page_world`: five people with number, card, town, address and ethnicity; M6 has moved out."""
    world = make_page_world()
    for number, code in enumerate(PEOPLE):
        member = world[code]
        known = {
            "national_id": NUMBERS[code],
            "home_town": "Xã A",
            "permanent_address": f"Thôn {number}",
            "ethnicity": "01",
        }
        amend_details(member, known, since=None, reason="bổ sung", by=None)
        give_card(CardDraft(member, f"4900000{number}"), by=None)
    amend_details(world["M6"], {"national_id": GONE}, since=None, reason="bổ sung", by=None)
    out = EventDraft(world["M6"], "moved_out", on=format_day("01/02/2024"), elsewhere="other_province")
    record_event(out, by=None)
    for member in world.members.values():
        member.refresh_from_db()
    return world


def format_day(text: str) -> Any:
    """A day from dd/mm/yyyy."""
    from tongket.core.dates import parse_date

    return parse_date(text)


def said_of(code: str) -> dict[str, str]:
    """What an export says of somebody when it says what the register does: read from the rows themselves."""
    member = Member.objects.get(code=code)
    detail = member.details.get(voided_at=None)
    spell = member.spells.filter(voided_at=None).latest("valid_from")
    return {
        "full_name": detail.full_name,
        "gender": {"male": "Nam", "female": "Nữ"}[detail.gender],
        "birth_date": format_date(detail.birth_date),
        "national_id": detail.national_id,
        "card_number": member.card_number,
        "home_town": detail.home_town,
        "permanent_address": detail.permanent_address,
        "ethnicity": {"01": "Kinh", "02": "Tày"}[detail.ethnicity],
        "organisation": member.organisation.code,
        "first_admitted_on": format_date(spell.admitted_on),
        "official_on": format_date(spell.official_on),
        "status": "Đang sinh hoạt Đảng",
    }


def export(rows: Mapping[str, Mapping[str, str]]) -> bytes:
    """An export of these people in the order given."""
    table = [list(HEADERS.values())]
    table += [[row.get(name, "") for name in HEADERS] for row in rows.values()]
    return named({"Đảng viên": table})


def everybody() -> dict[str, dict[str, str]]:
    """All five as the register has them."""
    return {code: said_of(code) for code in PEOPLE}


def new_person(number: int) -> dict[str, str]:
    """Somebody whom the register does not know."""
    return {
        "full_name": f"Võ Thị Mới {'ABCDE'[number]}",
        "gender": "Nữ",
        "birth_date": f"0{number + 1}/07/1991",
        "national_id": f"04919100001{number}",
        "home_town": "Xã B",
        "organisation": "PB1",
        "first_admitted_on": "01/02/2015",
        "official_on": "01/02/2016",
        "status": "Đang sinh hoạt Đảng",
    }
