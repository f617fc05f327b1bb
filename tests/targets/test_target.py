"""Targets: assigned, one in force at a time, changed in mid-year, shared out below."""

from datetime import date
from decimal import Decimal

import pytest

from tests.world import World, add_user
from tongket.audit.acts import act
from tongket.audit.models import LedgerEntry
from tongket.core.dates import FOREVER
from tongket.core.problems import Conflict, Refused
from tongket.targets.acts import (
    add_target,
    add_targets,
    change_target,
    check_targets,
    correct_target,
    void_target,
)
from tongket.targets.drafts import TargetDraft
from tongket.targets.models import Target
from tongket.targets.queries import in_force, shares_of, visible_targets


def _draft(world: World, code: str = "QS", value: int = 85, **changes) -> TargetDraft:
    values = {"indicator": "members.admitted", "period": "2023", "valid_from": date(2023, 1, 15)}
    return TargetDraft(organisation=world[code], value=Decimal(value), **values | changes)


def _errors(problems) -> list[tuple[int, str]]:
    return [(p.index, p.field) for p in problems if p.severity == "error"]


def test_a_target_knows_the_days_of_its_period(world, clerk):
    made = add_target(_draft(world, period="6T/2023"), by=clerk)
    made.refresh_from_db()
    assert (made.period, made.period_start, made.period_end) == (
        "2023-H1",
        date(2023, 1, 1),
        date(2023, 6, 30),
    )
    assert (made.value, made.valid_to) == (Decimal(85), FOREVER)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"indicator": "members.born"}, "indicator"),
        ({"indicator": "members.admitted.target"}, "indicator"),
        ({"value": Decimal(0)}, "value"),
        ({"value": Decimal("-3")}, "value"),
        ({"value": Decimal("1.005")}, "value"),
        ({"value": Decimal("NaN")}, "value"),
        ({"value": None}, "value"),
        ({"period": "năm nay"}, "period"),
        ({"period": "2009"}, "organisation"),
        ({"valid_from": date(2024, 1, 1)}, "valid_from"),
        ({"valid_to": date(2023, 1, 15)}, "valid_to"),
        ({"giver": "nobody"}, "giver"),
        ({"decision_date": date(2090, 1, 1)}, "decision_date"),
    ],
)
def test_each_bad_field_is_named(world, changes, field):
    problems = check_targets([_draft(world, "PA"), TargetDraft(**_fields(_draft(world)) | changes)])
    assert (1, field) in _errors(problems)
    assert all(index == 1 for index, _ in _errors(problems))


def _fields(draft: TargetDraft) -> dict:
    return {name: getattr(draft, name) for name in draft.__dataclass_fields__}


def test_a_percentage_may_have_two_decimals(world):
    assert check_targets([_draft(world, value=Decimal("98.11"))]) == []


def test_one_target_a_day_for_organisation_indicator_period_and_giver(world, clerk):
    add_target(_draft(world, valid_to=date(2023, 7, 1)), by=clerk)
    overlapping = _draft(world, valid_from=date(2023, 6, 30))
    after = _draft(world, valid_from=date(2023, 7, 1))
    own = _draft(world, giver="own")
    other_period = _draft(world, period="2023-H1")
    assert _errors(check_targets([overlapping])) == [(0, "valid_from")]
    assert check_targets([after, own, other_period]) == []
    assert _errors(check_targets([own, own])) == [(1, "valid_from")]


def test_one_bad_row_refuses_the_whole_batch(world, clerk):
    with pytest.raises(Refused), act("import", by=clerk) as a:
        add_targets([_draft(world), _draft(world, "PA", value=0)], act=a)
    assert not Target.objects.exists()


def test_a_change_in_mid_year_ends_the_old_and_adds_the_new(world, clerk):
    old = add_target(_draft(world), by=clerk)
    new = change_target(
        old,
        value=Decimal(90),
        on=date(2023, 7, 1),
        by=clerk,
        decision_number="5-QĐ/TU",
        decision_date=date(2023, 6, 28),
    )
    standing = visible_targets(clerk)
    assert [t.value for t in in_force(standing, date(2023, 6, 30))] == [Decimal(85)]
    assert [t.value for t in in_force(standing, date(2023, 7, 1))] == [Decimal(90)]
    assert (new.decision_number, LedgerEntry.objects.latest("id").action) == ("5-QĐ/TU", "target.change")


def test_before_the_change_was_known_the_old_value_had_no_end(world, clerk):
    old = add_target(_draft(world), by=clerk)
    new = change_target(old, value=Decimal(90), on=date(2023, 7, 1), by=clerk)
    old.refresh_from_db()
    assert (old.valid_to, old.voided_at) == (FOREVER, new.recorded_at)
    assert Target.objects.count() == 3


@pytest.mark.parametrize("on", [date(2023, 1, 15), date(2022, 12, 1), date(2024, 1, 1)])
def test_a_change_lies_within_the_days_of_the_target(world, clerk, on):
    old = add_target(_draft(world), by=clerk)
    with pytest.raises(Refused) as refused:
        change_target(old, value=Decimal(90), on=on, by=clerk)
    assert [p.field for p in refused.value.problems] == ["valid_from"]
    assert Target.objects.count() == 1


def test_a_change_to_nothing_is_refused_whole(world, clerk):
    old = add_target(_draft(world), by=clerk)
    with pytest.raises(Refused):
        change_target(old, value=Decimal(0), on=date(2023, 7, 1), by=clerk)
    assert list(Target.objects.values_list("value", "voided_at")) == [(Decimal(85), None)]


def test_a_second_change_of_the_same_row_is_told(world, clerk):
    old = add_target(_draft(world), by=clerk)
    change_target(old, value=Decimal(90), on=date(2023, 7, 1), by=clerk)
    with pytest.raises(Conflict, match="người khác"):
        change_target(old, value=Decimal(95), on=date(2023, 8, 1), by=clerk)


def test_a_correction_keeps_the_old_row_voided(world, clerk):
    old = add_target(_draft(world, value=58), by=clerk)
    correct_target(old, _draft(world), reason="Đảo chữ số", by=clerk)
    assert [t.value for t in visible_targets(clerk)] == [Decimal(85)]
    assert visible_targets(clerk, with_voided=True).count() == 2
    with pytest.raises(Conflict):
        void_target(old, reason="Nhầm", by=clerk)


def test_what_was_shared_out_is_named_against_the_target(world, clerk):
    target = add_target(_draft(world), by=clerk)
    add_target(_draft(world, "PA", 40), by=clerk)
    add_target(_draft(world, "PB", 42), by=clerk)
    add_target(_draft(world, "VP", 9, giver="own"), by=clerk)  # its own resolution is not a share
    add_target(_draft(world, "PA1", 7), by=clerk)  # two levels below
    shares = shares_of(target)
    assert (shares.shared, shares.difference) == (Decimal(82), Decimal(-3))
    assert {r.organisation.code: r.target and r.target.value for r in shares.rows} == {
        "PA": Decimal(40),
        "PB": Decimal(42),
        "VP": None,
    }


def test_shares_are_those_in_force_on_the_day(world, clerk):
    target = add_target(_draft(world), by=clerk)
    share = add_target(_draft(world, "PA", 80), by=clerk)
    change_target(share, value=Decimal(90), on=date(2023, 7, 1), by=clerk)
    assert shares_of(target, date(2023, 6, 30)).difference == Decimal(-5)
    assert shares_of(target, date(2023, 7, 1)).difference == Decimal(5)


def test_targets_are_seen_within_the_subtree(world, clerk):
    add_target(_draft(world), by=clerk)
    add_target(_draft(world, "PA", 40), by=clerk)
    assert [t.organisation.code for t in visible_targets(add_user(world, "a", "PA", "leader"))] == ["PA"]
    assert not visible_targets(add_user(world, "q", "QS", "administrator")).exists()
