"""Row D against last year's: the people listed are the very ones by whom two brute-force lists differ."""

from datetime import date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.figures.recount import Recount
from tests.figures.test_recount import question, written
from tests.once import once
from tests.page_world import make_page_world
from tests.world import World, person
from tongket.books.acts import lock
from tongket.core.periods import Kind, parse_period
from tongket.indicators.catalogue import INDICATORS
from tongket.indicators.forms import FORMS
from tongket.members.acts import admit, record_event, transfer
from tongket.members.drafts import EventDraft
from tongket.members.models import MembershipSpell
from tongket.members.reorganise import merge
from tongket.organisations.drafts import FoundingDraft
from tongket.organisations.models import Organisation, OrganisationPath
from tongket.reports.statistics.balances import balances
from tongket.reports.statistics.differences import CARRIED, differences
from tongket.reports.statistics.workbook import form_facts

pytestmark = pytest.mark.django_db
district, world = once(make_page_world)
Y2023, Y2024 = parse_period("2023"), parse_period("2024")


def by_hand(organisation: Organisation, day: date, known: datetime | None) -> set[int]:
    """Whoever is on the list at the end of a day: every spell, every way up, looked at one by one."""

    def stands(row: object, first: date, until: date) -> bool:
        recorded, voided = row.recorded_at, row.voided_at  # type: ignore[attr-defined]
        is_known = (
            voided is None if known is None else recorded <= known and (voided is None or voided > known)
        )
        return is_known and first <= day < until

    below = {
        path.descendant_id
        for path in OrganisationPath.objects.filter(ancestor=organisation)
        if stands(path, path.valid_from, path.valid_to)
    }
    return {
        spell.member_id
        for spell in MembershipSpell.objects.all()
        if spell.organisation_id in below and stands(spell, spell.valid_from, spell.valid_to)
    }


@settings(max_examples=20)
@given(st.integers(0, 2**32 - 1))
def test_whoever_is_listed_differs_between_two_lists_made_by_hand(seed: int) -> None:
    with written(seed) as made:
        organisation, period, as_at, known = question(Random(seed), made)
        found = differences(organisation, period, as_at=as_at, as_known_at=known)
        last_day = period.start - timedelta(days=1)
        if organisation.founded_on > last_day:
            assert found.since_last_year is None
            return
        before, now = by_hand(organisation, last_day, known), by_hand(organisation, as_at, known)
        moved = found.since_last_year
        assert moved is not None and moved.balanced
        assert (moved.before, moved.now) == (len(before), len(now))
        assert {one.member.pk for one in moved.came_people} == now - before
        assert {one.member.pk for one in moved.gone_people} == before - now
        for one in (*moved.came_people, *moved.gone_people):
            assert one.why == CARRIED or last_day < one.on <= as_at


@settings(max_examples=15)
@given(st.integers(0, 2**32 - 1), st.sampled_from(sorted(FORMS)))
def test_each_balance_sets_the_sums_that_counting_by_hand_gives(seed: int, code: str) -> None:
    with written(seed) as made:
        organisation, period, as_at, known = question(Random(seed), made)
        form = FORMS[code]
        facts = form_facts(organisation, period, [form], as_at=as_at, as_known_at=known)
        recount = Recount(made, period, as_at, known)

        def of(row: str) -> int:
            return recount.figure(INDICATORS, INDICATORS[form.row(row).indicator], organisation.pk).value or 0

        for check, balance in zip(form.checks, balances(form, facts), strict=False):
            assert balance.total == of(check.result)
            assert balance.found == sum(map(of, check.plus)) - sum(map(of, check.minus)), check.text


@settings(max_examples=15)
@given(st.integers(0, 2**32 - 1))
def test_of_lives_without_corrections_the_forms_of_members_balance(seed: int) -> None:
    with written(seed, consistent=True) as made:
        organisation = made.rows[Organisation][0]
        for form in (FORMS[code] for code in "123"):  # nobody is rated in these worlds: form 6 says so
            facts = form_facts(organisation, Y2023, [form], as_at=Y2023.end)
            assert [b.text for b in balances(form, facts) if not b.holds] == []


def test_an_admission_and_a_death_are_named_with_their_day(world: World) -> None:
    record_event(EventDraft(world["M5"], "died", on=date(2023, 8, 2)), by=None)
    found = differences(world["QS"], Y2023, as_at=Y2023.end).since_last_year
    assert found is not None
    assert (found.before, found.now) == (5, 5)  # the same number, and yet two people
    (came,), (gone,) = found.came_people, found.gone_people
    assert (came.member.code, came.reason, came.on) == ("M6", "Kết nạp", date(2023, 4, 20))
    assert (gone.member.code, gone.reason, gone.on) == ("M5", "Từ trần", date(2023, 8, 2))


def test_who_dies_on_the_day_on_which_the_new_cell_begins_did_not_leave_with_the_cell(world: World) -> None:
    day = date(2023, 7, 1)
    merge([world["PA1"]], into=FoundingDraft("PA9", "Chi bộ mới", "cell", day, "PA"), on=day, by=None)
    record_event(EventDraft(world["M1"], "died", on=day), by=None)
    found = differences(world["QS"], Y2023, as_at=Y2023.end).since_last_year
    assert found is not None
    assert [(one.member.code, one.reason) for one in found.gone_people] == [("M1", "Từ trần")]


def test_a_move_within_the_district_is_a_difference_of_the_communes_alone(world: World) -> None:
    transfer(world["M1"], to=world["PB1"], on=date(2023, 6, 1), by=None)
    assert differences(world["PA"], Y2023, as_at=Y2023.end).since_last_year.gone == 1  # type: ignore[union-attr]
    of_district = differences(world["QS"], Y2023, as_at=Y2023.end).since_last_year
    assert of_district is not None and of_district.gone == 0


def test_what_was_recorded_after_the_book_was_locked_is_named_against_its_row_d(world: World) -> None:
    lock(world["QS"], Y2023, by=world.users["office"])
    late = person(world, "M7", "Vũ Thị Hoa")
    admit(late, into=world["PA1"], decided_on=date(2023, 11, 3), ceremony_on=date(2023, 11, 20), by=None)
    found = differences(world["QS"], Y2024, as_at=Y2024.end)
    assert found.book is not None and found.since_locked is not None
    assert (found.since_locked.before, found.since_locked.now) == (6, 7)
    (one,) = found.since_locked.came_people
    assert (one.member.code, one.reason) == ("M7", "Kết nạp")
    assert found.since_locked.gone_people == ()
    assert found.since_last_year is not None and found.since_last_year.came == 0


def test_as_known_before_the_lock_there_is_no_book_to_compare_with(world: World) -> None:
    book = lock(world["QS"], Y2023, by=world.users["office"])
    earlier = book.known_at - timedelta(minutes=5)
    assert differences(world["QS"], Y2024, as_at=Y2024.end, as_known_at=earlier).since_locked is None


def test_counts_alone_name_nobody(world: World) -> None:
    found = differences(world["QS"], Y2023, as_at=Y2023.end, people=False).since_last_year
    assert found is not None
    assert (found.came, found.came_people) == (1, ())


def test_of_a_quarter_the_day_before_it_is_compared(world: World) -> None:
    period = parse_period("2023-Q2")
    assert period.kind is Kind.QUARTER
    found = differences(world["QS"], period, as_at=period.end)
    assert found.last_day == date(2023, 3, 31)
    assert found.since_last_year is not None and found.since_last_year.came == 1
