"""What happens in a member's life, event by event, and what it makes of the register."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.world import World, make_tree, person
from tongket.audit.models import LedgerEntry
from tongket.core.dates import FOREVER
from tongket.core.problems import Conflict
from tongket.members.acts import (
    admit,
    check_events,
    correct_event,
    record_event,
    register,
    transfer,
    void_event,
)
from tongket.members.drafts import EventDraft
from tongket.members.models import Member, MemberEvent
from tongket.members.queries import party_age, timeline

pytestmark = pytest.mark.django_db
DECIDED, CEREMONY = date(2020, 4, 20), date(2020, 5, 19)
Row = tuple[str, str, date, date]


def spells(member: Member) -> list[Row]:
    rows = member.spells.filter(voided_at__isnull=True).order_by("valid_from")
    return [(s.organisation.code, s.standing, s.valid_from, s.valid_to) for s in rows]


def tell(member: Member, kind: str, on: date, **more: Any) -> MemberEvent:
    return record_event(EventDraft(member, kind, on=on, **more), by=None)


@pytest.fixture
def world() -> World:
    return make_tree()


@pytest.fixture
def an(world: World) -> Member:
    """Admitted into PA1 in 2020."""
    member = person(world, "M9", "Nguyễn Thị Ân", gender="female", birth_date=date(1995, 2, 2))
    admit(member, into=world["PA1"], decided_on=DECIDED, ceremony_on=CEREMONY, by=None)
    member.refresh_from_db()
    return member


def test_an_admission_counts_on_the_day_of_the_decision_and_begins_probation(
    world: World, an: Member
) -> None:
    assert spells(an) == [("PA1", "probationary", DECIDED, FOREVER)]
    assert (an.organisation, an.standing) == (world["PA1"], "probationary")
    event = an.events.get()
    assert (event.on, event.decision_date, event.ceremony_on) == (DECIDED, DECIDED, CEREMONY)


def test_recognition_makes_official_from_its_day_in_the_cell_of_that_day(world: World, an: Member) -> None:
    transfer(an, to=world["PB1"], on=date(2021, 1, 1), by=None)
    event = tell(an, "recognised", CEREMONY + timedelta(days=365))
    assert event.organisation == world["PB1"]
    assert [row[:2] for row in spells(an)] == [
        ("PA1", "probationary"),
        ("PB1", "probationary"),
        ("PB1", "official"),
    ]
    an.refresh_from_db()
    assert an.standing == "official"


def test_recognition_before_twelve_months_is_kept_with_a_warning(an: Member) -> None:
    early = EventDraft(an, "recognised", on=date(2021, 5, 18))
    (problem,) = check_events([early])
    assert (problem.field, problem.severity) == ("on", "warning")
    assert "19/05/2021" in problem.message
    assert record_event(early, by=None).pk
    assert check_events([EventDraft(an, "recognised", on=date(2021, 5, 18))]) != []


def test_recognition_on_the_day_twelve_months_end_is_no_warning(an: Member) -> None:
    assert check_events([EventDraft(an, "recognised", on=date(2021, 5, 19))]) == []


def test_a_transfer_leaves_one_cell_on_the_day_it_enters_the_other(world: World, an: Member) -> None:
    event = transfer(an, to=world["PB1"], on=date(2022, 1, 1), by=None)
    assert (event.from_organisation, event.organisation) == (world["PA1"], world["PB1"])
    assert [(row[0], row[2], row[3]) for row in spells(an)] == [
        ("PA1", DECIDED, date(2022, 1, 1)),
        ("PB1", date(2022, 1, 1), FOREVER),
    ]


@pytest.mark.parametrize("kind", ["moved_out", "died", "expelled", "struck_off", "left"])
def test_an_exit_ends_membership_on_its_day_and_leaves_the_last_cell_on_record(
    world: World, an: Member, kind: str
) -> None:
    event = tell(an, kind, date(2022, 1, 1))
    an.refresh_from_db()
    assert spells(an) == [("PA1", "probationary", DECIDED, date(2022, 1, 1))]
    assert (an.standing, an.ended_by, an.organisation) == ("", kind, world["PA1"])
    assert event.organisation == world["PA1"]
    assert party_age(an, date(2022, 1, 1)) is None


def test_a_member_moved_in_keeps_the_dates_brought_along(world: World) -> None:
    member = person(world, "M9", "Lê Văn Đến")
    tell(
        member,
        "moved_in",
        date(2022, 1, 1),
        organisation=world["PA1"],
        first_admitted_on=date(2001, 2, 3),
        official_on=date(2002, 2, 3),
        elsewhere="other_province",
        other_body="Đảng bộ tỉnh bạn",
    )
    spell = member.spells.get()
    assert (spell.standing, spell.admitted_on, spell.official_on, spell.party_age_from) == (
        "official",
        date(2001, 2, 3),
        date(2002, 2, 3),
        date(2001, 2, 3),
    )
    assert party_age(member, date(2022, 2, 2)) == 20
    assert party_age(member, date(2022, 2, 3)) == 21


def test_a_member_registered_without_dates_has_no_party_age_and_a_warning(world: World) -> None:
    member = person(world, "M9", "Lê Văn Cũ")
    draft = EventDraft(member, "registered", on=date(2015, 1, 1), organisation=world["PA1"])
    assert [(p.field, p.severity) for p in check_events([draft])] == [("first_admitted_on", "warning")]
    register(member, into=world["PA1"], on=date(2015, 1, 1), by=None)
    assert member.spells.get().party_age_from is None
    assert party_age(member, date(2020, 1, 1)) is None


def test_readmission_shifts_party_age_by_the_time_outside(world: World) -> None:
    member = person(world, "M9", "Lê Văn Lại")
    register(member, into=world["PA1"], on=date(2015, 1, 1), by=None, admitted_on=date(2005, 3, 3),
             official_on=date(2006, 3, 3))  # fmt: skip
    tell(member, "struck_off", date(2016, 1, 10))
    record_event(
        EventDraft(member, "readmitted", organisation=world["PA2"], decision_date=date(2019, 3, 25)), by=None
    )
    spell = member.spells.get(voided_at__isnull=True, valid_to=FOREVER)
    # Outside from 10/01/2016 to 25/03/2019: 3 years, 2 months and 15 days.
    assert spell.party_age_from == date(2008, 5, 18)
    assert (spell.standing, spell.admitted_on) == ("probationary", date(2005, 3, 3))


def test_a_move_away_and_back_shifts_no_party_age(world: World) -> None:
    member = person(world, "M9", "Lê Văn Về")
    register(member, into=world["PA1"], on=date(2015, 1, 1), by=None, admitted_on=date(2005, 3, 3),
             official_on=date(2006, 3, 3))  # fmt: skip
    tell(member, "moved_out", date(2016, 1, 10), elsewhere="other_province")
    tell(member, "moved_in", date(2019, 1, 10), organisation=world["PA1"])
    spell = member.spells.get(voided_at__isnull=True, valid_to=FOREVER)
    assert (spell.party_age_from, spell.standing) == (date(2005, 3, 3), "official")


def test_a_restored_member_has_what_was_had_before(world: World) -> None:
    member = person(world, "M9", "Lê Văn Oan")
    register(member, into=world["PA1"], on=date(2015, 1, 1), by=None, admitted_on=date(2005, 3, 3),
             official_on=date(2006, 3, 3))  # fmt: skip
    tell(member, "exempted", date(2015, 6, 1))
    tell(member, "expelled", date(2016, 1, 10))
    tell(member, "restored", date(2019, 1, 10), organisation=world["PA1"])
    spell = member.spells.get(voided_at__isnull=True, valid_to=FOREVER)
    assert (spell.standing, spell.exempt, spell.party_age_from) == ("official", True, date(2005, 3, 3))


def test_exemption_and_suspension_hold_between_their_days(world: World) -> None:
    member = person(world, "M9", "Lê Văn Nghỉ")
    register(member, into=world["PA1"], on=date(2015, 1, 1), by=None, admitted_on=date(2005, 3, 3))
    tell(member, "exempted", date(2016, 1, 1))
    tell(member, "suspended", date(2017, 1, 1))
    tell(member, "suspension_ended", date(2017, 2, 1))
    tell(member, "exemption_ended", date(2018, 1, 1))
    flags = member.spells.filter(voided_at__isnull=True).order_by("valid_from")
    assert [(s.valid_from.year, s.exempt, s.suspended) for s in flags] == [
        (2015, False, False),
        (2016, True, False),
        (2017, True, True),
        (2017, True, False),
        (2018, False, False),
    ]


def test_a_voided_event_is_as_if_it_had_not_been_but_stays_in_the_timeline(world: World, an: Member) -> None:
    event = transfer(an, to=world["PB1"], on=date(2022, 1, 1), by=None)
    void_event(event, reason="ghi nhầm người", by=None)
    an.refresh_from_db()
    assert spells(an) == [("PA1", "probationary", DECIDED, FOREVER)]
    assert an.organisation == world["PA1"]
    assert [(m.event.kind, m.voided) for m in timeline(an)] == [("admitted", False), ("transferred", True)]


def test_a_correction_puts_the_right_event_in_the_place_of_the_wrong_one(world: World, an: Member) -> None:
    event = transfer(an, to=world["PB1"], on=date(2022, 1, 1), by=None)
    right = EventDraft(an, "transferred", on=date(2022, 2, 1), organisation=world["PB2"])
    fresh = correct_event(event, right, reason="nhầm chi bộ", by=None)
    assert [(row[0], row[2]) for row in spells(an)] == [("PA1", DECIDED), ("PB2", date(2022, 2, 1))]
    event.refresh_from_db()
    assert event.voided_at == fresh.recorded_at == LedgerEntry.objects.latest("id").at


def test_of_two_clerks_with_the_same_form_the_second_is_told(world: World, an: Member) -> None:
    opened = an.row_version
    record_event(EventDraft(an, "suspended", on=date(2022, 1, 1)), by=None, expected_version=opened)
    with pytest.raises(Conflict):
        record_event(EventDraft(an, "exempted", on=date(2022, 1, 1)), by=None, expected_version=opened)
    assert not an.events.filter(kind="exempted").exists()


def test_an_event_is_corrected_or_voided_once(world: World, an: Member) -> None:
    event = transfer(an, to=world["PB1"], on=date(2022, 1, 1), by=None)
    stale = MemberEvent.objects.get(pk=event.pk)
    void_event(event, reason="nhầm", by=None)
    with pytest.raises(Conflict):
        void_event(stale, reason="nhầm", by=None)
    with pytest.raises(Conflict):
        right = EventDraft(an, "transferred", on=date(2022, 2, 1), organisation=world["PB2"])
        correct_event(stale, right, reason="nhầm", by=None)


def test_the_entry_of_an_event_names_the_cell_in_whose_books_it_is(an: Member) -> None:
    tell(an, "suspended", date(2022, 1, 1))
    assert LedgerEntry.objects.latest("id").organisation_code == "PA1"
