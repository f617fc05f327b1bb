"""A conference in the book: its rules, its steps, its corrections."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.conferences.conftest import draft, moment
from tongket.audit.models import LedgerEntry
from tongket.conferences.acts import (
    add_conference,
    call,
    check_conferences,
    close,
    correct_conference,
    open_conference,
    states_that_differ,
    undo_step,
    void_conference,
)
from tongket.conferences.calling.acts import reply
from tongket.conferences.door.acts import check_in
from tongket.conferences.drafts import ReplyDraft
from tongket.conferences.models import Attendance, Conference, Invitation
from tongket.conferences.queries import invitations_of, standing_of, visible_conferences
from tongket.core.dates import today
from tongket.core.problems import Conflict, Refused


def fields_of(problems):
    return [(p.field, p.severity) for p in problems]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"kind": "party"}, "kind"),
        ({"place": " "}, "place"),
        ({"chairs": ""}, "chairs"),
        ({"starts_at": None}, "starts_at"),
        ({"ends_at": moment(13)}, "ends_at"),
        ({"ends_at": moment() + timedelta(days=40)}, "ends_at"),
        ({"starts_at": moment() - timedelta(days=9000)}, "organisation"),
        ({"organisation": None}, "organisation"),
        ({"title": "x" * 301}, "title"),
    ],
)
def test_each_bad_field_is_named(world, changes, field):
    assert fields_of(check_conferences([draft(world, **changes)])) == [(field, "error")]


def test_the_same_conference_twice_is_refused_and_another_at_the_same_hour_is_doubtful(world, planned):
    assert fields_of(check_conferences([draft(world)])) == [("title", "error")]
    assert fields_of(check_conferences([draft(world, title="Hội nghị khác")])) == [("starts_at", "warning")]


def test_a_conference_goes_from_call_to_close_and_back_one_step_at_a_time(called, office):
    with pytest.raises(Refused, match="chưa bế mạc được"):
        close(called, by=office, at=moment(15))
    open_conference(called, by=office, at=moment(15))
    close(called, by=office, at=moment(15))
    called.refresh_from_db()
    assert called.state == "closed"
    for expected in ("running", "called", "draft"):
        assert undo_step(called, reason="bấm nhầm", by=office).state == expected
    with pytest.raises(Refused, match="không có bước nào"):
        undo_step(called, reason="bấm nhầm", by=office)
    assert states_that_differ() == []


def test_nothing_is_called_without_people_or_agenda(world, office):
    bare = add_conference(draft(world), by=office)
    with pytest.raises(Refused) as refused:
        call(bare, by=office)
    assert len(refused.value.problems) == 2


def test_a_step_in_the_future_or_before_the_last_one_is_refused(called, office):
    with pytest.raises(Refused, match="ở sau lúc này"):
        open_conference(called, by=office, at=timezone.now() + timedelta(hours=1))
    open_conference(called, by=office, at=moment(14))
    with pytest.raises(Refused, match="trước bước liền trước"):
        close(called, by=office, at=moment(13))


def test_undoing_needs_a_reason(called, office):
    with pytest.raises(Refused, match="lý do"):
        undo_step(called, reason=" ", by=office)


def test_closing_marks_everybody_without_a_mark_and_undoing_takes_only_those_marks_back(called, office):
    first, second, *rest = invitations_of(called)
    check_in(called, str(first.number), how="number", by=office)
    reply(ReplyDraft(second, "excused", today(), "đi công tác"), by=office)
    open_conference(called, by=office, at=moment(15))
    close(called, by=office, at=moment(15))
    standing = {a.invitation_id: a for a in Attendance.objects.filter(voided_at__isnull=True)}
    assert standing[first.pk].state == "present"
    assert (standing[second.pk].state, standing[second.pk].reason) == ("excused", "đi công tác")
    assert {standing[row.pk].state for row in rest} == {"absent"}
    undo_step(called, reason="còn người đến muộn", by=office)
    assert list(Attendance.objects.filter(voided_at__isnull=True).values_list("invitation", flat=True)) == [
        first.pk
    ]


def test_a_called_conference_with_people_checked_in_is_not_uncalled(called, office):
    check_in(called, "1", how="number", by=office)
    with pytest.raises(Refused, match="điểm danh"):
        undo_step(called, reason="đổi ngày", by=office)


def test_all_that_hangs_on_a_conference_follows_its_correction(world, called, office):
    check_in(called, "1", how="number", by=office)
    before = [(i.number, i.code) for i in invitations_of(called)]
    new = correct_conference(called, draft(world, place="Hội trường lớn"), reason="đổi chỗ", by=office)
    assert (new.identity, new.state, new.place) == (called.identity, "called", "Hội trường lớn")
    assert [(i.number, i.code) for i in invitations_of(new)] == before
    assert new.items.count() == 1 and new.moments.count() == 1 and new.attendances.count() == 1
    assert not called.invitations.exists()
    assert standing_of(called) == new
    assert states_that_differ() == []
    # A phone that still shows the old page goes on.
    assert check_in(standing_of(called), "2", how="number", by=office).kind == "ok"


def test_the_organisation_does_not_change_under_its_invitations(world, called, office):
    with pytest.raises(Refused, match="theo chức vụ"):
        correct_conference(called, draft(world, organisation=world["PA"]), reason="nhầm", by=office)
    assert Conference.objects.count() == 1
    assert Invitation.objects.filter(conference=called).exists()


def test_of_two_who_correct_the_second_is_told(world, planned, office):
    correct_conference(planned, draft(world, place="A"), reason="đổi", by=office)
    with pytest.raises(Conflict):
        correct_conference(planned, draft(world, place="B"), reason="đổi", by=office)


def test_a_conference_that_was_opened_is_not_voided(called, office):
    open_conference(called, by=office, at=moment(15))
    with pytest.raises(Refused, match="khai mạc"):
        void_conference(called, reason="nhầm", by=office)


def test_a_refused_step_leaves_no_entry_in_the_ledger(called, office):
    before = LedgerEntry.objects.count()
    with pytest.raises(Refused):
        close(called, by=office, at=moment(15))
    assert LedgerEntry.objects.count() == before


def test_only_who_may_read_there_sees_a_conference(world, planned):
    assert planned in visible_conferences(world.users["leader"])
    assert planned not in visible_conferences(world.users["clerk_a"])
    assert planned not in visible_conferences(world.users["admin"])
