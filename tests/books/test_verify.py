"""Verifying a book: every figure that changed is found and no other, with its records, acts and people."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from random import Random
from unittest import mock

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.books.test_locking import locked
from tests.figures.builder import EPOCHS, World
from tests.figures.recount import Recount
from tests.figures.test_recount import PERIODS
from tests.figures.worlds import random_world
from tests.world import World as District
from tests.world import person
from tongket.audit.models import LedgerEntry
from tongket.books import content as contents
from tongket.books.acts import lock
from tongket.books.checking.reasons import difference, token
from tongket.books.checking.verify import Line, verify
from tongket.books.models import FigureBook
from tongket.core.periods import parse_period
from tongket.figures.engine import compute
from tongket.figures.records import records
from tongket.honours.acts import add_commendation, void_commendation
from tongket.honours.drafts import CommendationDraft
from tongket.honours.models import Commendation
from tongket.indicators.catalogue import INDICATORS
from tongket.indicators.model import Count
from tongket.members.acts import admit, transfer, void_event
from tongket.members.models import MemberEvent
from tongket.members.profile_acts import amend_details
from tongket.organisations.acts import rename

pytestmark = pytest.mark.django_db
Y2023 = parse_period("2023")
seeds = st.integers(0, 2**32 - 1)


@contextmanager
def random_book(seed: int) -> Iterator[tuple[World, FigureBook]]:
    """A random world with a book locked between two moments of recording: later ones add, correct and void."""
    rng = Random(seed)
    with transaction.atomic():
        world = random_world(seed)
        period = rng.choice(PERIODS)
        moment = rng.choice(EPOCHS[:2]) + timedelta(hours=1)
        with mock.patch("tongket.audit.acts.timezone.now", return_value=moment):
            from tongket.organisations.models import Organisation

            root = world.rows[Organisation][0]
            yield world, lock(root, period, by=None, as_at=None)
        transaction.set_rollback(True)


@settings(max_examples=6)
@given(seeds)
def test_each_figure_is_what_counting_by_hand_at_both_moments_says(seed: int) -> None:
    with random_book(seed) as (world, book):
        found = verify(book)
        assert found.faults == ()
        period = parse_period(book.period)
        then = Recount(world, period, book.as_at, book.known_at)
        now = Recount(world, period, book.as_at, None)
        for line in found.lines:
            if line.place != book.organisation.code:
                continue
            declared = INDICATORS[line.id]
            a, b = (one.figure(INDICATORS, declared, book.organisation_id) for one in (then, now))
            same = (a.value, a.numerator, a.denominator) == (b.value, b.numerator, b.denominator)
            assert (line.reason in ("value", "parts")) == (not same), line.id
            assert (line.reason == "value") == (a.value != b.value), line.id
            assert contents.number(line.then.value) == a.value
            assert line.status != "unverifiable"


@settings(max_examples=5)
@given(seeds)
def test_the_records_said_to_have_come_or_gone_are_those_that_did(seed: int) -> None:
    with random_book(seed) as (_world, book):
        lines = {line.id: line for line in verify(book).lines if line.place == book.organisation.code}
        plain = sorted(id for id in lines if isinstance(INDICATORS[id].formula, Count))
        for id in Random(seed).sample(plain, 40):
            lists = [
                Counter(
                    map(
                        token,
                        records(id, book.organisation, book.period, as_at=book.as_at, as_known_at=at).rows,
                    )
                )
                for at in (book.known_at, None)
            ]
            assert (lines[id].status == "same") == (lists[0] == lists[1]), id
            why = difference(book, id)
            assert why.came == (lists[1] - lists[0]).total()
            assert why.went == (lists[0] - lists[1]).total()


# --- with the real acts -----------------------------------------------------------------------------------


def changed(book: FigureBook, place: str = "QS") -> dict[str, Line]:
    return {line.id: line for line in verify(book).lines if line.status != "same" and line.place == place}


def late_admission(world: District) -> None:
    new = person(world, "M7", "Nguyễn Thị Hai", gender="female", birth_date=date(1999, 1, 1))
    admit(
        new,
        into=world["PA1"],
        decided_on=date(2023, 10, 20),
        ceremony_on=date(2023, 11, 19),
        by=world.users["clerk_a"],
    )


def test_right_after_locking_everything_is_the_same(world: District) -> None:
    found = verify(locked(world))
    assert found.holds
    assert found.counts()["same"] == len(found.lines) == len(INDICATORS) * 4


def test_a_late_admission_is_found_with_its_act_and_its_clerk(world: District) -> None:
    book = locked(world)
    late_admission(world)
    lines = changed(book)
    admitted = lines["members.admitted"]
    assert (admitted.reason, admitted.then.value, admitted.now and admitted.now.value) == ("value", 1, 2)
    assert "members.total" in lines
    assert "honours.badges" not in lines
    assert "members.admitted" in changed(book, "PA")
    assert "members.admitted" not in changed(book, "PB")
    why = difference(book, "members.admitted")
    (change,) = why.changes
    assert (change.kind, change.record.title, why.came, why.went) == ("came", "Nguyễn Thị Hai", 1, 0)
    (deed,) = why.deeds
    assert (deed.action, deed.by) == ("member.admitted", "Người dùng clerk_a")
    assert deed.at > book.known_at


def test_a_derived_row_made_anew_is_explained_by_the_event_behind_it(world: District) -> None:
    book = locked(world)
    late_admission(world)
    (change,) = difference(book, "members.total").changes
    assert [deed.action for deed in change.deeds][:1] == ["member.enter"]
    assert "member.admitted" in [deed.action for deed in change.deeds]


def test_what_happens_in_a_later_year_changes_nothing(world: District) -> None:
    book = locked(world)
    transfer(world.members["M1"], to=world["PB1"], on=date(2024, 2, 1), by=None)
    rename(world["PA1"], on=date(2024, 3, 1), name="Chi bộ thôn Một", by=None)
    assert verify(book).holds


def praised(world: District) -> Commendation:
    return add_commendation(
        CommendationDraft(world["PA"], "collective", "praise", "district", "2023", date(2023, 12, 20)),
        by=None,
    )


def test_a_voided_commendation_is_found_with_the_reason(world: District) -> None:
    given = praised(world)
    book = locked(world)
    void_commendation(given, reason="Ghi nhầm tập thể", by=world.users["office"])
    lines = changed(book)
    line = lines["honours.commended_collectives"]
    assert (line.then.value, line.now and line.now.value) == (1, 0)
    (change,) = difference(book, "honours.commended_collectives").changes
    assert (change.kind, change.deeds[0].reason, change.deeds[0].by) == (
        "went",
        "Ghi nhầm tập thể",
        "Người dùng office",
    )
    assert set(lines) <= {id for id in INDICATORS if id.startswith("honours.")}


def test_a_corrected_record_with_the_same_number_is_told_apart(world: District) -> None:
    given = praised(world)
    book = locked(world)
    void_commendation(given, reason="ghi lại", by=None)
    praised(world)
    line = changed(book)["honours.commended_collectives"]
    assert (line.status, line.reason) == ("changed", "records")
    why = difference(book, "honours.commended_collectives")
    assert (why.came, why.went) == (1, 1)


def test_a_profile_amended_changes_only_what_rests_on_it(world: District) -> None:
    book = locked(world)
    member = world.members["M1"]
    amend_details(
        member, {"gender": "female"}, since=None, reason="ghi nhầm giới tính", by=world.users["clerk"]
    )
    lines = changed(book)
    assert "members.women" in lines
    assert "members.total" not in lines
    (change,) = difference(book, "members.women").changes
    assert [deed.action for deed in change.deeds] == ["member.amend"]


def test_an_event_voided_and_entered_again_elsewhere_moves_between_children(world: District) -> None:
    book = locked(world)
    void_event(
        MemberEvent.objects.get(kind="admitted", member=world["M6"], voided_at__isnull=True),
        reason="nhầm xã",
        by=None,
    )
    admit(
        world["M6"], into=world["PA2"], decided_on=date(2023, 4, 20), ceremony_on=date(2023, 5, 19), by=None
    )
    assert changed(book)["members.admitted"].reason == "records"
    assert changed(book, "PA")["members.admitted"].reason == "value"
    assert changed(book, "PB")["members.admitted"].reason == "value"


def test_history_changed_behind_the_program_is_not_verifiable_and_said_so(world: District) -> None:
    book = locked(world)
    MemberEvent.objects.filter(kind="admitted", member=world["M6"]).update(on=date(2022, 5, 19))
    line = changed(book)["members.admitted"]
    assert (line.status, line.reason) == ("unverifiable", "history")


def test_a_figure_no_longer_declared_or_declared_otherwise_is_not_verifiable(world: District) -> None:
    book = locked(world)
    fewer = {id: one for id, one in INDICATORS.items() if id != "honours.badges"}
    with mock.patch("tongket.books.checking.verify.INDICATORS", fewer):
        assert changed(book)["honours.badges"].reason == "gone"
    with mock.patch("tongket.books.checking.verify.contents.definition_digest", return_value="x"):
        assert {line.reason for line in changed(book).values()} == {"definition"}


def test_a_rule_edited_since_is_named(world: District) -> None:
    book = locked(world)
    real = contents.rule_digest
    with mock.patch(
        "tongket.books.checking.verify.contents.rule_digest", lambda id: "x" if id == "adm.vote" else real(id)
    ):
        found = verify(book)
    assert found.rules == ("adm.vote",)
    assert found.counts()["changed"] == 0


def test_the_counts_agree_with_computing_both_moments_afresh(world: District) -> None:
    book = locked(world)
    late_admission(world)
    then = compute(world["QS"], Y2023, as_known_at=book.known_at)
    now = compute(world["QS"], Y2023)
    differ = {
        id
        for id in INDICATORS
        if (then.own[id].value, then.own[id].numerator, then.own[id].denominator)
        != (now.own[id].value, now.own[id].numerator, now.own[id].denominator)
    }
    assert differ == {id for id, line in changed(book).items() if line.reason in ("value", "parts")}


def test_verifying_writes_nothing(world: District) -> None:
    book = locked(world)
    before = LedgerEntry.objects.count()
    verify(book)
    difference(book, "members.total")
    assert LedgerEntry.objects.count() == before
