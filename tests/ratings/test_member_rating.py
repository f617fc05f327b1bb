"""Rating a member: who, where, once, and what happens to a rating that was wrong."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.world import World, add_user, person
from tongket.audit.acts import act
from tongket.audit.models import LedgerEntry
from tongket.core.problems import Conflict, Problem, Refused
from tongket.members.acts import admit, record_event, transfer
from tongket.members.drafts import EventDraft
from tongket.members.models import MemberEvent
from tongket.ratings.acts import (
    add_member_rating,
    add_member_ratings,
    check_member_ratings,
    correct_member_rating,
    void_member_rating,
)
from tongket.ratings.drafts import MemberRatingDraft
from tongket.ratings.models import MemberRating
from tongket.ratings.queries import visible_member_ratings


def _draft(world: World, member: str = "M1", cell: str = "PA1", **changes) -> MemberRatingDraft:
    values = {
        "period": "2022",
        "level": "good",
        "decision_number": "12-QĐ/ĐU",
        "decision_date": date(2022, 12, 20),
        "decision_body": "Đảng ủy xã A",
    }
    return MemberRatingDraft(world[member], world[cell], **values | changes)


def _errors(problems: list[Problem]) -> list[tuple[int, str]]:
    return [(p.index, p.field) for p in problems if p.severity == "error"]


def _warnings(problems: list[Problem]) -> list[str]:
    return [p.field for p in problems if p.severity == "warning"]


def test_a_rating_belongs_to_the_last_day_of_its_period(world, clerk):
    made = add_member_rating(_draft(world, period="năm 2022"), by=clerk)
    made.refresh_from_db()
    assert (made.period, made.period_end, made.origin) == ("2022", date(2022, 12, 31), "form")


def test_the_act_is_in_the_ledger_with_keys_and_no_name(world, clerk):
    made = add_member_rating(_draft(world), by=clerk)
    entry = LedgerEntry.objects.latest("id")
    assert (entry.action, entry.subject_id, entry.actor) == ("member_rating.add", str(made.pk), clerk)
    assert entry.data == {"member": "M1", "organisation": "PA1", "period": "2022"}
    assert entry.at == made.recorded_at


def test_a_member_is_rated_in_the_cell_where_he_stands(world):
    assert _errors(check_member_ratings([_draft(world, cell="PA2")])) == [(0, "member")]


def test_one_who_moves_after_the_decision_keeps_the_rating_of_the_old_cell(world, clerk):
    transfer(world["M1"], to=world["PB1"], on=date(2022, 12, 28), by=clerk)
    assert _errors(check_member_ratings([_draft(world, decision_date=date(2022, 12, 20))])) == []
    assert _errors(check_member_ratings([_draft(world, decision_date=date(2022, 12, 29))])) == [(0, "member")]


def test_one_admitted_after_the_period_is_not_rated_for_it(world):
    assert _errors(check_member_ratings([_draft(world, "M6", "PB2")])) == [(0, "member")]


def test_a_member_is_rated_once_a_period(world, clerk):
    add_member_rating(_draft(world), by=clerk)
    assert _errors(check_member_ratings([_draft(world, level="excellent")])) == [(0, "member")]
    assert _errors(check_member_ratings([_draft(world, period="2021", decision_date=None)])) == []


def test_a_member_named_twice_in_one_list_is_refused_at_the_second_row(world):
    problems = check_member_ratings([_draft(world), _draft(world, "M2"), _draft(world)])
    assert _errors(problems) == [(2, "member")]


def test_not_rated_needs_a_reason_and_a_rated_one_has_none(world):
    drafts = [_draft(world, level="not_rated"), _draft(world, "M2", reason="exempt")]
    assert _errors(check_member_ratings(drafts)) == [(0, "reason"), (1, "reason")]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"level": "best"}, "level"),
        ({"level": ""}, "level"),
        ({"period": "2022-13"}, "period"),
        ({"period": "2022-05"}, "period"),
        ({"period": "2090"}, "period"),
        ({"decision_date": date(2021, 12, 31)}, "decision_date"),
        ({"decision_date": date(2090, 1, 1)}, "decision_date"),
        ({"decision_number": "x" * 41}, "decision_number"),
        ({"decision_body": None}, "decision_body"),
    ],
)
def test_each_bad_field_is_named_with_a_remedy(world, changes, field):
    problems = check_member_ratings([_draft(world, "M2"), _draft(world, **changes)])
    assert (1, field) in _errors(problems)
    assert all(len(p.message) > 20 for p in problems)


def test_a_missing_member_or_cell_is_named(world):
    drafts = [replace(_draft(world), member=None), replace(_draft(world), organisation=None)]
    assert _errors(check_member_ratings(drafts)) == [(0, "member"), (1, "organisation")]


def test_one_admitted_less_than_six_months_before_is_warned_of_since_the_regulation_of_2023(world):
    new = person(world, "M7", "Vũ Thị Hà", birth_date=date(1998, 1, 1))
    admit(new, into=world["PB2"], decided_on=date(2023, 9, 1), ceremony_on=date(2023, 9, 2), by=None)
    draft = _draft(world, "M7", "PB2", period="2023", decision_date=None)
    problems = check_member_ratings([draft])
    assert (_errors(problems), _warnings(problems)) == ([], ["level"])
    assert check_member_ratings([replace(draft, level="not_rated", reason="under_six_months")]) == []
    before = _draft(world, "M6", "PB2", period="2023-H1", decision_date=None)
    assert check_member_ratings([before]) == []


def test_a_reason_that_the_register_does_not_know_is_warned_of(world, clerk):
    draft = _draft(world, level="not_rated", reason="exempt")
    assert _warnings(check_member_ratings([draft])) == ["reason"]
    record_event(EventDraft(world["M1"], "exempted", on=date(2022, 3, 1)), by=clerk)
    assert check_member_ratings([draft]) == []


def test_one_bad_row_refuses_the_whole_batch(world, clerk):
    drafts = [_draft(world), _draft(world, "M2", level="best"), _draft(world, "M3", "PA2")]
    before = LedgerEntry.objects.count()
    with pytest.raises(Refused) as refused, act("import", by=clerk, origin="import 1") as a:
        add_member_ratings(drafts, act=a)
    assert [(p.index, p.field) for p in refused.value.problems] == [(1, "level")]
    assert (MemberRating.objects.count(), LedgerEntry.objects.count()) == (0, before)


def test_a_batch_says_of_each_row_where_it_came_from(world, clerk):
    with act("import", by=clerk, origin="import 1") as a:
        rows = add_member_ratings(
            [_draft(world), _draft(world, "M2")],
            act=a,
            origins=["import 1 · Xếp loại!A2", "import 1 · Xếp loại!A3"],
        )
    assert [row.origin for row in MemberRating.objects.order_by("pk")] == [row.origin for row in rows]
    assert rows[1].origin == "import 1 · Xếp loại!A3"


def test_a_batch_asks_the_database_per_batch_and_not_per_row(world, clerk):
    def queries(drafts):
        with CaptureQueriesContext(connection) as seen, act("import", by=clerk) as a:
            add_member_ratings(drafts, act=a)
        return len(seen)

    one = queries([_draft(world)])
    many = queries(
        [
            _draft(world, "M2"),
            _draft(world, "M3", "PA2"),
            _draft(world, "M4", "PB1"),
            _draft(world, "M5", "VP"),
        ]
    )
    assert many == one


def test_a_correction_voids_the_old_row_and_keeps_it(world, clerk):
    old = add_member_rating(_draft(world), by=clerk)
    new = correct_member_rating(old, _draft(world, level="completed"), reason="Ghi nhầm mức", by=clerk)
    old.refresh_from_db()
    assert (old.level, old.void_reason, old.voided_by) == ("good", "Ghi nhầm mức", clerk)
    assert old.voided_at == new.recorded_at
    assert list(MemberRating.objects.filter(voided_at__isnull=True)) == [new]
    assert LedgerEntry.objects.latest("id").data["replaces"] == old.pk


def test_a_refused_correction_leaves_the_old_row_standing(world, clerk):
    old = add_member_rating(_draft(world), by=clerk)
    with pytest.raises(Refused):
        correct_member_rating(old, _draft(world, cell="PB1"), reason="Đổi chi bộ", by=clerk)
    old.refresh_from_db()
    assert old.voided_at is None


def test_a_voided_rating_stays_in_the_book_and_frees_the_place(world, clerk):
    old = add_member_rating(_draft(world), by=clerk)
    void_member_rating(old, reason="Ghi nhầm người", by=clerk)
    add_member_rating(_draft(world, level="excellent"), by=clerk)
    assert MemberRating.objects.count() == 2
    assert list(visible_member_ratings(clerk).values_list("level", flat=True)) == ["excellent"]
    assert visible_member_ratings(clerk, with_voided=True).count() == 2


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301])
def test_voiding_and_correcting_need_a_reason(world, clerk, reason):
    old = add_member_rating(_draft(world), by=clerk)
    for attempt in (
        lambda: void_member_rating(old, reason=reason, by=clerk),
        lambda: correct_member_rating(old, _draft(world, level="failed"), reason=reason, by=clerk),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert [p.field for p in refused.value.problems] == ["reason"]
    assert MemberRating.objects.filter(voided_at__isnull=True).count() == 1


def test_who_comes_second_is_told_that_the_record_was_changed(world, clerk):
    old = add_member_rating(_draft(world), by=clerk)
    stale = MemberRating.objects.get(pk=old.pk)
    void_member_rating(old, reason="Ghi nhầm", by=clerk)
    with pytest.raises(Conflict, match="người khác"):
        correct_member_rating(stale, _draft(world, level="failed"), reason="Sửa", by=clerk)
    with pytest.raises(Conflict):
        void_member_rating(stale, reason="Ghi nhầm", by=clerk)
    assert MemberRating.objects.count() == 1


def test_ratings_are_seen_within_the_subtree_and_by_the_duty_only(world, clerk):
    add_member_rating(_draft(world), by=clerk)
    add_member_rating(_draft(world, "M4", "PB1"), by=clerk)
    commune = add_user(world, "xa-a", "PA", "organisation")
    clerk_of_propaganda = add_user(world, "tuyen-giao", "QS", "propaganda")
    assert [r.member.code for r in visible_member_ratings(commune)] == ["M1"]
    assert visible_member_ratings(clerk).count() == 2
    assert not visible_member_ratings(clerk_of_propaganda).exists()


def test_one_who_died_before_the_period_ended_is_not_rated_for_it(world, clerk):
    record_event(EventDraft(world["M1"], "died", on=date(2022, 6, 1)), by=clerk)
    assert MemberEvent.objects.filter(kind="died").exists()
    assert _errors(check_member_ratings([_draft(world)])) == [(0, "member")]
