"""The ledger: one entry an act, chained, append-only; moments that never go back."""

import ast
import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from unittest import mock

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.world import make_tree, make_world
from tongket.accounts.acts import create_user
from tongket.audit.acts import GENESIS, act, log_reading
from tongket.audit.models import LedgerEntry
from tongket.audit.queries import READINGS, entries_about, verify_chain
from tongket.organisations.acts import rename

pytestmark = pytest.mark.django_db


def three_entries() -> None:
    for number in range(3):
        with act("test.step", by=None) as current:
            current.note(number=number)


def drop_triggers() -> None:
    """What somebody with the database's own rights could do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP TRIGGER ledger_append_only ON audit_ledgerentry")
        else:
            cursor.execute("DROP TRIGGER ledger_no_update")
            cursor.execute("DROP TRIGGER ledger_no_delete")


def test_an_act_appends_exactly_one_entry_with_who_what_and_where() -> None:
    world = make_tree()
    user, _ = create_user("thu", full_name="Nguyễn Thử", by=None)
    before = LedgerEntry.objects.count()
    rename(world["PA1"], on=datetime(2020, 1, 1).date(), name="Chi bộ thôn Một", by=user)
    (entry,) = LedgerEntry.objects.filter(id__gt=before)
    assert (entry.id, entry.action) == (before + 1, "organisation.rename")
    assert (entry.actor, entry.actor_name) == (user, "Nguyễn Thử")
    assert entry.organisation_code == "PA1"
    assert entry.data["on"] == "2020-01-01"
    assert list(entries_about("organisations.organisation", str(world["PA1"].pk))) == [entry]


def test_the_name_of_the_actor_stays_as_it_was_on_the_day_of_the_act() -> None:
    user, _ = create_user("thu", full_name="Nguyễn Thử", by=None)
    with act("test.step", by=user):
        pass
    user.full_name = "Tên Khác"
    user.save()
    assert LedgerEntry.objects.latest("id").actor_name == "Nguyễn Thử"
    assert verify_chain().broken_at is None


def test_the_chain_of_an_untouched_ledger_is_whole() -> None:
    make_world()
    report = verify_chain()
    last = LedgerEntry.objects.latest("id")
    assert (report.broken_at, report.entries, report.last_hash) == (None, last.id, last.hash)


def test_an_empty_ledger_is_whole() -> None:
    report = verify_chain()
    assert (report.entries, report.last_hash, report.broken_at) == (0, GENESIS, None)


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_itself_refuses_to_change_or_remove_an_entry(change: str) -> None:
    three_entries()
    rows = LedgerEntry.objects.filter(id=2)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(action="test.other") if change == "update" else rows._raw_delete(rows.db)
    assert LedgerEntry.objects.get(id=2).action == "test.step"
    assert verify_chain().broken_at is None


CHANGES = {
    "action": {"action": "test.step2"},
    "moment": {"at": datetime(2020, 1, 1, tzinfo=UTC)},
    "actor's name": {"actor_name": "x"},
    "facts": {"data": {"number": 7}},
    "subject": {"subject_id": "1"},
    "organisation": {"organisation_code": "X"},
    "hash": {"hash": "f" * 64},
    "previous hash": {"previous_hash": "f" * 64},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_one_changed_field_is_found_at_its_number(change: dict[str, object]) -> None:
    three_entries()
    drop_triggers()
    LedgerEntry.objects.filter(id=2).update(**change)
    assert verify_chain().broken_at == 2


def test_one_changed_byte_anywhere_in_the_facts_is_found() -> None:
    with act("test.step", by=None) as current:
        current.note(text="Chi bộ thôn A1")
    drop_triggers()
    LedgerEntry.objects.update(data={"text": "Chi bộ thôn A2"})
    assert verify_chain().broken_at == 1


def test_a_removed_entry_is_found_at_its_number() -> None:
    three_entries()
    drop_triggers()
    LedgerEntry.objects.filter(id=2).delete()
    assert verify_chain().broken_at == 2


def test_moments_strictly_increase_even_if_the_clock_is_set_back() -> None:
    start = datetime(2024, 3, 1, 8, 0, tzinfo=UTC)
    clock = [start, start, start - timedelta(days=366), start + timedelta(seconds=1)]
    with mock.patch("tongket.audit.acts.timezone.now", side_effect=clock):
        for _ in clock:
            with act("test.step", by=None):
                pass
    moments = list(LedgerEntry.objects.order_by("id").values_list("at", flat=True))
    assert all(earlier < later for earlier, later in pairwise(moments))
    assert moments[0] == start and moments[-1] == start + timedelta(seconds=1)


def test_an_exception_in_an_act_leaves_nothing() -> None:
    world = make_tree()
    before = LedgerEntry.objects.count()
    with pytest.raises(ZeroDivisionError), act("test.fails", by=None):
        world["PA1"].name = "Tên khác"
        world["PA1"].save()
        raise ZeroDivisionError
    world["PA1"].refresh_from_db()
    assert world["PA1"].name == "Chi bộ thôn A1"
    assert LedgerEntry.objects.count() == before


def test_acts_do_not_nest() -> None:
    with pytest.raises(IntegrityError), act("test.outer", by=None), act("test.inner", by=None):
        pass
    assert not LedgerEntry.objects.exists()


def test_a_reading_of_something_sensitive_is_logged_with_reader_and_subject() -> None:
    world = make_world()
    user, _ = create_user("doc", full_name="Người đọc", by=None)
    log_reading("member.sensitive", by=user, subject=world["M1"], organisation=world["PA1"], fields=["x"])
    entry = entries_about("members.member", str(world["M1"].pk)).first()
    assert entry is not None
    assert (entry.action, entry.actor, entry.organisation_code) == ("member.sensitive", user, "PA1")
    assert entry.data == {"fields": ["x"]}


def _choices(written: ast.expr) -> list[ast.expr]:
    """What `a if … else b` may come to."""
    return [written.body, written.orelse] if isinstance(written, ast.IfExp) else [written]


def test_every_reading_that_is_logged_can_be_told_from_an_act() -> None:
    root = Path(__file__).resolve().parents[2] / "tongket"
    actions = [
        "".join(str(p.value) if isinstance(p, ast.Constant) else "x" for p in parts)
        for path in root.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "log_reading"
        for one in _choices(node.args[0])
        for parts in [one.values if isinstance(one, ast.JoinedStr) else [one]]
    ]
    assert len(actions) > 5
    assert [action for action in actions if not re.search(READINGS, action)] == []


def test_the_entry_of_an_act_holds_no_personal_data() -> None:
    world = make_world()
    texts = " ".join(str(e.data) for e in LedgerEntry.objects.all())
    assert [m.full_name for m in world.members.values() if m.full_name in texts] == []
    assert "1980-05-17" not in texts
