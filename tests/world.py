"""A small district made by the real acts, for tests: two communes, an office, six cells, a few lives.

QS (district) ─ PA (commune, body) ─ PA1, PA2 (cells)
              ├ PB (commune, body) ─ PB1, PB2 (cells)
              └ VP (grassroots cell)
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tongket.accounts.acts import assign, create_user
from tongket.accounts.models import User
from tongket.audit.acts import act
from tongket.members.acts import admit, register
from tongket.members.drafts import MemberDraft
from tongket.members.models import Member
from tongket.members.profile_acts import enter_member
from tongket.organisations.acts import add_organisations
from tongket.organisations.drafts import FoundingDraft
from tongket.organisations.models import Organisation

START = date(2010, 1, 1)
PASSWORD = "mat-khau-thu-nghiem-42"


@dataclass
class World:
    """The district: organisations by code, members by code, users by name."""

    organisations: dict[str, Organisation]
    members: dict[str, Member] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)

    def __getitem__(self, code: str) -> Any:
        return self.organisations.get(code) or self.members[code]


def _founding(code: str, name: str, kind: str, parent: str, sector: str = "") -> FoundingDraft:
    return FoundingDraft(code=code, name=name, kind=kind, on=START, parent_code=parent, sector=sector)


def make_tree() -> World:
    """Only the organisations."""
    drafts = [
        _founding("QS", "Đảng bộ huyện Thử", "district_committee", "", "committee"),
        _founding("PA", "Đảng bộ xã A", "grassroots_body", "QS", "commune"),
        _founding("PA1", "Chi bộ thôn A1", "cell", "PA", "village"),
        _founding("PA2", "Chi bộ thôn A2", "cell", "PA", "village"),
        _founding("PB", "Đảng bộ xã B", "grassroots_body", "QS", "commune"),
        _founding("PB1", "Chi bộ thôn B1", "cell", "PB", "village"),
        _founding("PB2", "Chi bộ thôn B2", "cell", "PB", "village"),
        _founding("VP", "Chi bộ Văn phòng", "grassroots_cell", "QS", "agency"),
    ]
    with act("test.tree", by=None, origin="test") as current:
        made = add_organisations(drafts, act=current)
    return World({organisation.code: organisation for organisation in made})


def details(name: str, **more: Any) -> dict[str, Any]:
    """Profile fields of a made-up person; a CCCD is left blank unless given."""
    return {"full_name": name, "gender": "male", "birth_date": date(1980, 5, 17), **more}


def person(world: World, code: str, name: str, **more: Any) -> Member:
    """Enter one person, without any event yet."""
    member = enter_member(MemberDraft(code=code, details=details(name, **more)), by=None)
    world.members[code] = member
    return member


def make_world() -> World:
    """The tree with six members: five entered from an earlier register in 2015, one admitted in 2023."""
    world = make_tree()
    rows = [
        ("M1", "Nguyễn Văn An", "PA1", "male"),
        ("M2", "Trần Thị Bình", "PA1", "female"),
        ("M3", "Lê Văn Cường", "PA2", "male"),
        ("M4", "Phạm Thị Dung", "PB1", "female"),
        ("M5", "Đỗ Đức Em", "VP", "male"),
    ]
    for code, name, cell, gender in rows:
        member = person(world, code, name, gender=gender)
        register(
            member,
            into=world[cell],
            on=date(2015, 1, 1),
            by=None,
            admitted_on=date(2005, 3, 3),
            official_on=date(2006, 3, 10),
        )
    new = person(world, "M6", "Hoàng Thị Gấm", gender="female", birth_date=date(1999, 9, 9))
    admit(new, into=world["PB2"], decided_on=date(2023, 4, 20), ceremony_on=date(2023, 5, 19), by=None)
    world.members["M6"].refresh_from_db()
    return world


def add_user(world: World, name: str, code: str, *duties: str) -> User:
    """A user with duties at one organisation, password `PASSWORD`."""
    user, _ = create_user(name, full_name=f"Người dùng {name}", by=None, password=PASSWORD)
    for duty in duties:
        assign(user, world[code], duty, since=START, by=None)
    world.users[name] = user
    return user
