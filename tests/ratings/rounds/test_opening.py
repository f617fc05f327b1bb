"""Opening a round: who is on the list, who is aside and why, and how the list follows the register."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.ratings.rounds.conftest import candidate, opened, step
from tests.world import World, person
from tongket.audit.models import LedgerEntry
from tongket.core.problems import Conflict, Refused
from tongket.members.acts import admit, record_event, transfer
from tongket.members.drafts import EventDraft
from tongket.ratings.rounds.acts import (
    add_by_hand,
    bring_back,
    check_round,
    correct_round,
    open_rounds_below,
    refresh_list,
    set_aside,
    void_round,
)
from tongket.ratings.rounds.chain.acts import take_step
from tongket.ratings.rounds.drafts import RoundDraft
from tongket.ratings.rounds.lists import changes_of_list
from tongket.ratings.rounds.models import RatingCandidate, RatingRound, RatingStep
from tongket.ratings.rounds.queries import round_of, standing_of


def _codes(round: RatingRound) -> list[str]:
    return sorted(state.code for state in standing_of(round))


def test_the_district_rates_the_bodies_directly_below_it_in_groups_by_sector(world):
    made = opened(world, "QS", "organisations")
    assert {s.code: s.group for s in standing_of(made)} == {"PA": "commune", "PB": "commune", "VP": "agency"}
    assert round_of(world["QS"], "2023", "organisations") == made
    assert made.cap_base == "tot_tro_len"


def test_a_commune_rates_the_members_of_all_its_cells(world):
    made = opened(world)
    assert {s.code: s.organisation_code for s in standing_of(made)} == {"M1": "PA1", "M2": "PA1", "M3": "PA2"}


def test_the_list_is_that_of_the_periods_last_day(world):
    transfer(world["M1"], to=world["PB1"], on=date(2024, 1, 5), by=None)
    transfer(world["M3"], to=world["PB1"], on=date(2023, 12, 5), by=None)
    assert _codes(opened(world)) == ["M1", "M2"]


def test_who_is_exempt_suspended_or_new_is_listed_aside_with_the_reason_by_the_rule_of_the_day(world):
    record_event(EventDraft(world["M1"], "exempted", on=date(2023, 3, 1)), by=None)
    record_event(EventDraft(world["M2"], "suspended", on=date(2023, 3, 1)), by=None)
    new = person(world, "M7", "Vũ Thị Hà", birth_date=date(1998, 1, 1))
    admit(new, into=world["PA2"], decided_on=date(2023, 9, 1), ceremony_on=date(2023, 9, 2), by=None)
    assert {s.code: s.reason for s in standing_of(opened(world))} == {
        "M1": "exempt",
        "M2": "suspended",
        "M3": "",
        "M7": "under_six_months",
    }
    # In 2018 only the exempt were left aside.
    before = opened(world, period="2018", opened_on=date(2018, 11, 1), **dict.fromkeys(
        ("self_by", "vote_by", "appraise_by", "decide_by")))  # fmt: skip
    assert {s.code: s.reason for s in standing_of(before)} == {"M1": "", "M2": "", "M3": ""}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"period": "2023-05"}, "period"),
        ({"period": "khong-ro"}, "period"),
        ({"period": "2090"}, "period"),
        ({"subject": "people"}, "subject"),
        ({"cap_base": "half"}, "cap_base"),
        ({"opened_on": date(2022, 12, 1)}, "opened_on"),
        ({"vote_by": date(2023, 11, 10)}, "vote_by"),
    ],
)
def test_each_bad_field_of_a_round_is_named(world, changes, field):
    with pytest.raises(Refused) as refused:
        opened(world, **changes)
    assert field in [p.field for p in refused.value.problems]
    assert not RatingRound.objects.exists()


def test_a_round_is_opened_once_and_not_for_nobody(world):
    opened(world)
    with pytest.raises(Refused, match="đã mở đợt"):
        opened(world)
    with pytest.raises(Refused, match="trực thuộc"):
        opened(world, "VP", "organisations")
    assert RatingRound.objects.count() == 1


def test_a_quarter_is_doubted_where_the_rule_names_only_the_year(world):
    def warned(period: str, day: date) -> list[str]:
        draft = RoundDraft(world["PA"], "members", period, day)
        return [p.field for p in check_round(draft) if p.severity == "warning"]

    assert warned("2023-Q4", date(2023, 12, 1)) == ["period"]
    assert warned("2026-Q1", date(2026, 3, 1)) == []


def test_the_district_opens_a_round_in_every_grassroots_organisation_in_one_act(world):
    parent = opened(world, "QS", "organisations")
    already = opened(world, "PB")
    entries = LedgerEntry.objects.count()
    made = open_rounds_below(parent, by=world.users["clerk"])
    assert [r.organisation.code for r in made.rounds] == ["PA", "VP"]
    assert [o.code for o in made.already] == ["PB"]
    assert all(r.parent == parent and r.vote_by == parent.vote_by for r in made.rounds)
    assert {code for r in made.rounds for code in _codes(r)} == {"M1", "M2", "M3", "M5"}
    assert LedgerEntry.objects.count() == entries + 1
    assert already.parent is None
    with pytest.raises(Refused, match="đều đã có đợt"):
        open_rounds_below(parent, by=world.users["clerk"])


def test_reading_the_register_again_shows_and_takes_over_what_changed(world):
    made = opened(world)
    take_step(step(candidate(made, "M1")), by=None)
    take_step(step(candidate(made, "M2")), by=None)
    record_event(EventDraft(world["M1"], "exempted", on=date(2023, 12, 1)), by=None)
    record_event(EventDraft(world["M2"], "died", on=date(2023, 12, 2)), by=None)
    transfer(world["M3"], to=world["PA1"], on=date(2023, 12, 3), by=None)
    transfer(world["M4"], to=world["PA2"], on=date(2023, 12, 3), by=None)
    changes = changes_of_list(made)
    assert [c.member.code for c in changes.left] == ["M2"]
    assert [row.member.code for row, _ in changes.excluded] == ["M1"]
    assert [row.member.code for row, _ in changes.moved] == ["M3"]
    assert [one.member_id for one in changes.came] == [world["M4"].pk]
    assert _codes(made) == ["M1", "M2", "M3"]  # nothing is changed by looking
    refresh_list(made, by=world.users["clerk"])
    found = {s.code: (s.organisation_code, s.reason, [x.stage for x in s.chain]) for s in standing_of(made)}
    assert found == {"M1": ("PA1", "exempt", ["vote"]), "M3": ("PA1", "", []), "M4": ("PA2", "", [])}
    assert not changes_of_list(made)
    # Nothing was overwritten: the old rows are there, voided with a reason.
    assert RatingCandidate.objects.filter(round=made, voided_at__isnull=False).count() == 3
    assert not RatingStep.objects.filter(voided_at__isnull=False, void_reason="").exists()


def test_what_was_decided_by_hand_is_left_by_the_register(world):
    made = opened(world)
    set_aside(candidate(made, "M1"), reason="other", note="Đi học tập trung cả năm", by=None)
    guest = add_by_hand(made, organisation=world["PA1"], member=world["M5"], note="Biệt phái", by=None)
    assert not changes_of_list(made)
    states = {s.code: s for s in standing_of(made)}
    assert (states["M1"].reason, states["M1"].level) == ("other", "not_rated")
    assert states["M5"].candidate_id == guest.pk
    back = bring_back(candidate(made, "M1"), note="Đã về từ tháng 6", by=None)
    assert (back.reason, back.reason_note) == ("", "Đã về từ tháng 6")
    with pytest.raises(Refused, match="không thuộc"):
        add_by_hand(made, organisation=world["PB1"], member=world["M4"], note="Biệt phái", by=None)
    with pytest.raises(Refused, match="đối tượng khác"):
        add_by_hand(made, organisation=world["PA1"], member=None, note="Nhầm", by=None)
    with pytest.raises(Refused, match="đã có trong danh sách"):
        add_by_hand(made, organisation=world["PA1"], member=world["M5"], note="Lần nữa", by=None)


def test_setting_aside_needs_a_written_reason_of_the_list_and_tells_the_second_clerk(world):
    one = candidate(opened(world), "M1")
    for reason, note in (("other", " "), ("ill", "Ốm"), ("", "Ốm"), ("other", "x" * 201)):
        with pytest.raises(Refused):
            set_aside(one, reason=reason, note=note, by=None)
    set_aside(one, reason="other", note="Ốm dài ngày", by=None)
    with pytest.raises(Conflict):
        set_aside(one, reason="other", note="Ốm dài ngày", by=None)


def test_steps_move_along_with_whom_they_are_about(world):
    made = opened(world)
    take_step(step(candidate(made, "M1"), level="excellent"), by=None)
    aside = set_aside(candidate(made, "M1"), reason="other", note="Ốm", by=None)
    assert RatingStep.objects.get(candidate=aside).level == "excellent"
    assert RatingStep.objects.filter(voided_at__isnull=True).count() == 1


def test_a_plan_is_corrected_with_list_and_chains_and_the_old_row_is_kept(world):
    made = opened(world)
    take_step(step(candidate(made, "M1")), by=None)
    draft = RoundDraft(world["PA"], "members", "2023", date(2023, 11, 1), vote_by=date(2023, 12, 12))
    new = correct_round(made, draft, reason="Hoãn họp", by=world.users["clerk"])
    made.refresh_from_db()
    assert (made.void_reason, new.identity, new.vote_by) == ("Hoãn họp", made.identity, date(2023, 12, 12))
    assert _codes(new) == ["M1", "M2", "M3"]
    with pytest.raises(Refused):
        correct_round(new, RoundDraft(world["PB"], "members", "2023", date(2023, 11, 1)), reason="x", by=None)


def test_a_round_with_steps_is_not_voided_and_an_empty_one_frees_the_place(world):
    made = opened(world)
    take_step(step(candidate(made, "M1")), by=None)
    with pytest.raises(Refused, match="các bước"):
        void_round(made, reason="Mở nhầm", by=None)
    other = opened(world, "PB")
    void_round(other, reason="Mở nhầm", by=None)
    assert round_of(world["PB"], "2023", "members") is None
    assert opened(world, "PB").voided_at is None


def test_opening_asks_the_database_per_round_and_not_per_member(world: World):
    def queries(organisation: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            opened(world, organisation)
        return len(seen)

    assert queries("VP") == queries("PA")
