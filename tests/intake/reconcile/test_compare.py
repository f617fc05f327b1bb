"""What differs is found, all of it and nothing else; what is taken over is there, and what is taken back is gone."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake.reconcile.made import (
    GONE,
    NUMBERS,
    OTHER,
    PEOPLE,
    everybody,
    export,
    make_reconcile_world,
    new_person,
)
from tests.once import fresh, once
from tests.world import World
from tongket.audit.models import LedgerEntry
from tongket.core.problems import Conflict, Refused
from tongket.core.text import fold
from tongket.intake.reconcile.acts import decide, hold, remove_old, start, take_back
from tongket.intake.reconcile.compare import Line, pair
from tongket.intake.reconcile.models import Difference, FieldDecision, Reconciliation
from tongket.intake.reconcile.ours import ours_of
from tongket.intake.reconcile.theirs import read_export
from tongket.members.models import Member, MemberDetail
from tongket.members.profile_acts import amend_details

pytestmark = pytest.mark.django_db
district, world = once(make_reconcile_world)

CELLS = [(code, name) for code in PEOPLE for name in OTHER]
few = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
changes = st.lists(
    st.sampled_from(CELLS).flatmap(lambda cell: st.tuples(st.just(cell), st.sampled_from(OTHER[cell[1]]))),
    max_size=8,
)


def _changed(made: Any) -> dict[str, dict[str, str]]:
    rows = everybody()
    for (code, name), text in made:
        rows[code][name] = text
    return rows


def _expected(rows: dict[str, dict[str, str]]) -> dict[tuple[str, str], str]:
    """By brute force: every cell of everybody against what the register says, as texts."""
    true = everybody()
    found = {}
    for code in rows.keys() & true.keys():
        for name, text in true[code].items():
            said = rows[code][name]
            if said != text:
                kind = "spelling" if fold(said) == fold(text) else "differs"
                found[code, name] = "theirs_blank" if not said else kind
    return found


def _codes() -> dict[int, str]:
    return dict(Member.objects.values_list("pk", "code"))


def _fields(lines: Any) -> dict[tuple[str, str], str]:
    codes = _codes()
    return {
        (codes[x.member if isinstance(x, Line) else x.member_id], x.field): x.kind for x in lines if x.field
    }


@given(
    made=changes,
    left=st.sets(st.sampled_from(PEOPLE), max_size=2),
    blank=st.sets(st.sampled_from([c for c in CELLS if c[1] != "birth_date"]), max_size=2),
    new=st.integers(0, 3),
)
@few
def test_counts_and_lines_are_those_of_a_comparison_by_brute_force(
    district: World, db: None, made: Any, left: set[str], blank: set[Any], new: int
) -> None:
    rows = _changed(made)
    for code, name in blank:
        rows[code][name] = ""
    kept = {code: row for code, row in rows.items() if code not in left}
    kept |= {f"N{n}": new_person(n) for n in range(new)}
    held = hold(export(kept), "a.xlsx", district["QS"], by=None)
    expected = _expected(kept)
    assert _fields(held.comparison.lines) == expected
    counts = held.comparison.counts
    differing = len({code for code, _ in expected})
    assert counts["differing" if differing else "same"] == differing or len(kept) - new
    assert counts.get("same", 0) + counts.get("differing", 0) == len(kept) - new
    assert (counts.get("differing", 0), counts.get("theirs_only", 0)) == (differing, new)
    missing = {_codes()[x.member] for x in held.comparison.lines if x.kind == "ours_only"}
    assert missing == left
    assert not counts.get("doubtful", 0)


def _state() -> dict[str, Any]:
    return {one.member.code: one.values for one in ours_of(Member.objects.all()).values()}


@given(made=changes, since=st.sampled_from([date(2024, 5, 1), date(2026, 1, 1)]))
@few
def test_all_theirs_leaves_no_difference_and_taken_back_all_of_it_is_there_again(
    district: World, db: None, django_db_blocker: Any, made: Any, since: date
) -> None:
    from django.db import transaction

    with transaction.atomic():
        world = fresh(district)
        content, before = export(_changed(made)), _state()
        comparison = start(content, "a.xlsx", world["QS"], by=None)
        first = _fields(comparison.lines.all())
        if first:
            done = decide(comparison, comparison.lines.all(), "theirs", by=None, since=since)
            assert not done.left
            assert hold(content, "a.xlsx", world["QS"], by=None).comparison.lines == ()
            take_back(done.batch, reason="thử", by=None)
        assert _state() == before
        assert _fields(start(content, "a.xlsx", world["QS"], by=None).lines.filter(choice="")) == first
        transaction.set_rollback(True)


def _one(world: World, code: str = "M1", **said: str) -> bytes:
    rows = everybody()
    rows[code] |= said
    return export(rows)


def test_ours_stays_decided_until_they_write_something_else(world: World) -> None:
    made = start(_one(world, home_town="Xã Khác"), "a.xlsx", world["QS"], by=None)
    decide(made, made.lines.all(), "ours", by=None)
    again = start(_one(world, home_town="Xã Khác"), "b.xlsx", world["QS"], by=None)
    assert not Reconciliation.objects.filter(pk=made.pk).exists(), "the former comparison of the source goes"
    assert [x.choice for x in again.lines.all()] == ["ours"]
    amend_details(world["M1"], {"home_town": "Xã C"}, since=None, reason="sửa", by=None)
    third = start(_one(world, home_town="Xã Khác"), "c.xlsx", world["QS"], by=None)
    assert [x.choice for x in third.lines.all()] == ["ours"], "only their change asks again"
    changed = start(_one(world, home_town="Xã Khác nữa"), "d.xlsx", world["QS"], by=None)
    assert [x.choice for x in changed.lines.all()] == [""]
    other = start(_one(world, home_town="Xã Khác"), "a.xlsx", world["QS"], by=None, source="Sổ tay")
    assert [x.choice for x in other.lines.all()] == [""], "another source has its own decisions"


def test_later_needs_a_note_and_is_asked_again_when_either_side_changes(world: World) -> None:
    made = start(_one(world, home_town="Xã Khác"), "a.xlsx", world["QS"], by=None)
    with pytest.raises(Refused, match="vì sao để sau"):
        decide(made, made.lines.all(), "later", by=None)
    decide(made, made.lines.all(), "later", note="chờ lý lịch gốc", by=None)
    again = start(_one(world, home_town="Xã Khác"), "b.xlsx", world["QS"], by=None)
    assert [(x.choice, x.batch.note) for x in again.lines.all()] == [("later", "chờ lý lịch gốc")]
    amend_details(world["M1"], {"home_town": "Xã C"}, since=None, reason="sửa", by=None)
    third = start(_one(world, home_town="Xã Khác"), "c.xlsx", world["QS"], by=None)
    assert [x.choice for x in third.lines.all()] == [""]


def test_what_the_register_was_wrong_about_is_mended_all_along_and_what_changed_from_its_day(
    world: World,
) -> None:
    content = _one(world, permanent_address="Thôn Mới", home_town="Xã Khác")
    made = start(content, "a.xlsx", world["QS"], by=None)
    decide(made, made.lines.all(), "theirs", by=None, since=date(2024, 5, 1))
    details = MemberDetail.objects.filter(member=world["M1"], voided_at=None).order_by("valid_from")
    found = [(d.valid_from.year, d.permanent_address, d.home_town) for d in details]
    assert found == [(1900, "Thôn 0", "Xã Khác"), (2024, "Thôn Mới", "Xã Khác")]
    entry = LedgerEntry.objects.get(action="reconcile.take_theirs")
    assert (entry.data["sha256"], entry.data["file"], entry.data["lines"]) == (made.sha256, "a.xlsx", 2)


def test_what_breaks_a_rule_or_lacks_a_day_stays_open_with_its_reason(world: World) -> None:
    rows = everybody()
    rows["M1"] |= {"national_id": GONE, "home_town": "Xã Khác"}
    rows["M2"] |= {"national_id": ""}
    rows["M3"] |= {"organisation": "PA1", "status": "Đã từ trần"}
    rows["M4"] |= {"organisation": "Chi bộ không có"}
    rows["M5"] |= {"home_town": "Xã Khác"}
    made = start(export(rows), "a.xlsx", world["QS"], by=None)
    done = decide(made, made.lines.all(), "theirs", by=None)
    codes = _codes()
    why = {(codes[row.member_id], row.field): text for row, text in done.left}
    assert "đã ghi cho đảng viên M6" in why["M1", "national_id"]
    assert "không xóa" in why["M2", "national_id"]
    assert "cần ngày" in why["M3", "organisation"]
    assert "một việc có ngày" in why["M3", "status"]
    assert "Không rõ" in why["M4", "organisation"]
    # What hangs together on one profile is taken together or left together.
    assert ("M1", "home_town") in why
    assert MemberDetail.objects.get(member=world["M5"], voided_at=None).home_town == "Xã Khác"
    assert Difference.objects.filter(choice="").count() == len(why)


def test_nobody_is_added_or_removed_by_a_decision(world: World) -> None:
    rows = everybody()
    del rows["M5"]
    rows["N"] = new_person(0)
    made = start(export(rows), "a.xlsx", world["QS"], by=None)
    people = list(Member.objects.values_list("code", "standing").order_by("pk"))
    with pytest.raises(Refused, match="Không tự thêm hay bớt người"):
        decide(made, made.lines.all(), "theirs", by=None)
    decide(made, made.lines.all(), "ours", by=None)
    assert list(Member.objects.values_list("code", "standing").order_by("pk")) == people
    again = start(export(rows), "b.xlsx", world["QS"], by=None)
    assert {x.choice for x in again.lines.all()} == {"ours"}


def test_a_decision_that_was_built_on_is_not_taken_back(world: World) -> None:
    made = start(_one(world, home_town="Xã Khác"), "a.xlsx", world["QS"], by=None)
    done = decide(made, made.lines.all(), "theirs", by=None)
    amend_details(world["M1"], {"home_town": "Xã C"}, since=None, reason="sửa", by=None)
    with pytest.raises(Conflict, match="Nguyễn Văn An"):
        take_back(done.batch, reason="nhầm", by=None)
    assert FieldDecision.objects.filter(voided_at=None).count() == 1


def test_theirs_is_not_taken_over_a_value_that_changed_after_the_comparison(world: World) -> None:
    made = start(_one(world, home_town="Xã Khác"), "a.xlsx", world["QS"], by=None)
    amend_details(world["M1"], {"home_town": "Xã C"}, since=None, reason="sửa", by=None)
    with pytest.raises(Refused, match="Sổ đã thay đổi"):
        decide(made, made.lines.all(), "theirs", by=None)


def test_two_rows_of_one_person_and_a_code_of_another_name_are_doubtful(world: World) -> None:
    rows = everybody()
    rows["twice"] = dict(rows["M1"])
    held = hold(export(rows), "a.xlsx", world["QS"], by=None)
    assert held.comparison.counts["doubtful"] == 2
    assert "ours_only" not in {x.kind for x in held.comparison.lines}


def test_whom_a_clerk_pointed_out_before_is_that_person(world: World) -> None:
    rows = everybody()
    # Neither number, and another day of admission: the name and the birth alone are doubtful.
    rows["M1"] |= {
        "national_id": "",
        "card_number": "",
        "first_admitted_on": "04/04/2004",
        "organisation": "VP",
    }
    organisations = [world[code] for code in ("PA1", "PA2", "PB1", "VP")]
    export_read = read_export(export(rows), "a.xlsx", by=None, organisations=organisations)
    ours = ours_of(Member.objects.all())
    [(row, candidates, _)] = pair(export_read.rows, ours).doubtful
    assert candidates == (world["M1"].pk,)
    told = pair(export_read.rows, ours, {row.sign: "M1"})
    assert (world["M1"].pk in {key for _, key in told.sure}, told.doubtful) == (True, ())
    assert pair(export_read.rows, ours, {row.sign: "M2"}).doubtful, "somebody whom it cannot be"


def test_a_cell_that_cannot_be_read_is_said_so_and_not_taken_for_a_blank(world: World) -> None:
    held = hold(_one(world, ethnicity="Sao Hỏa"), "a.xlsx", world["QS"], by=None)
    [line] = held.comparison.lines
    assert (line.kind, line.theirs, line.value) == ("unread", "Sao Hỏa", None)


def test_comparisons_go_by_themselves_and_their_decisions_stay(world: World) -> None:
    made = start(_one(world, home_town="Xã Khác"), "a.xlsx", world["QS"], by=None)
    decide(made, made.lines.all(), "ours", by=None)
    assert remove_old() == 0
    assert remove_old(timezone.now() + timedelta(days=Reconciliation.KEEP_DAYS + 1)) == 1
    assert (Difference.objects.count(), FieldDecision.objects.count()) == (0, 1)
    assert LedgerEntry.objects.filter(action="reconcile.expire").count() == 1


def test_no_decision_and_no_ledger_entry_keeps_a_value(world: World) -> None:
    secret = "049080999999"
    made = start(_one(world, national_id=secret), "a.xlsx", world["QS"], by=None)
    decide(made, made.lines.all(), "ours", by=None)
    assert made.lines.get().theirs == secret
    kept = list(FieldDecision.objects.values()) + list(LedgerEntry.objects.values("data", "action"))
    assert secret not in str(kept)
    assert NUMBERS["M1"] not in str(kept)
