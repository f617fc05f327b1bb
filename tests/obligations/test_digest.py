"""The daily letter and the rules by which it goes out."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from tests.obligations.working import Work
from tests.page_world import logged_in
from tongket.cli import main
from tongket.core.dates import today
from tongket.core.problems import Refused
from tongket.obligations.acts import set_reminder_days, take_step, void_demand
from tongket.obligations.digest import letters_of, send_digest
from tongket.obligations.drafts import StepDraft
from tongket.obligations.models import DigestMail, Step
from tongket.obligations.reminders import DEFAULT_DAYS, Schedule, parse_days, schedule


@pytest.fixture
def mailed(work: Work) -> Work:
    """The clerks of A and B and of cell A1 have an address."""
    for name in ("clerk_a", "clerk_b", "cell_a1"):
        user = work.user(name)
        user.email = f"{name}@huyen.example"
        user.save()
    return work


def test_a_letter_goes_to_those_who_owe_with_titles_deadlines_and_a_link(mailed: Work, settings: Any) -> None:
    settings.TONGKET_ADDRESS = "https://tongket.example"
    late = mailed.ask("PA", due=-1, title="Báo cáo quý III")
    mailed.ask("PA", due=20, title="Báo cáo năm")
    mailed.ask("PB", due=20, title="Việc chưa đến ngày nhắc")
    outcome = send_digest(today())
    [letter] = mail.outbox
    assert letter.to == ["clerk_a@huyen.example"] and len(outcome.letters) == 1
    assert letter.subject == "Việc được giao: 1 việc quá hạn, 1 việc sắp đến hạn"
    part = mailed.part(late, "PA")
    for said in (
        "Báo cáo quý III",
        "quá hạn 1 ngày",
        "Báo cáo năm",
        f"https://tongket.example/viec-den-han/{part.pk}/",
    ):
        assert said in letter.body
    assert "Việc chưa đến ngày nhắc" not in letter.body


def test_a_second_run_on_the_day_sends_nothing_and_logs_nothing(mailed: Work) -> None:
    mailed.ask("PA", "PB", due=7)
    assert len(send_digest(today()).letters) == 2
    again = send_digest(today())
    assert (len(again.letters), again.before, len(mail.outbox)) == (0, 2, 2)
    assert Step.objects.filter(kind="reminded").count() == 2


def test_what_could_not_be_sent_is_said_and_tried_again(
    mailed: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailed.ask("PA", due=7)
    with monkeypatch.context() as broken:

        def fail(self: Any, messages: Any) -> int:
            raise ConnectionRefusedError("no server")

        broken.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fail)
        outcome = send_digest(today())
    assert outcome.failed == [("clerk_a", "no server")] and not DigestMail.objects.exists()
    assert not Step.objects.exists()
    assert len(send_digest(today()).letters) == 1


def test_a_dry_run_changes_nothing(mailed: Work, capsys: pytest.CaptureFixture[str]) -> None:
    mailed.ask("PA", due=7, title="Báo cáo thử")
    assert main(["send-digest", "--dry-run"]) == 0
    assert "Báo cáo thử" in capsys.readouterr().out
    assert not mail.outbox and not DigestMail.objects.exists() and not Step.objects.exists()
    assert main(["send-digest"]) == 0
    assert len(mail.outbox) == 1
    assert main(["send-digest", "--on", "31/12/2099"]) == 2


def test_no_letter_about_what_is_done_or_taken_back_or_to_a_closed_account(mailed: Work) -> None:
    done = mailed.ask("PA", due=7)
    take_step(mailed.part(done, "PA"), StepDraft("reported", today(), "Xong"), by=mailed.user("clerk_a"))
    void_demand(mailed.ask("PA", due=7, title="Rút"), reason="giao nhầm", by=mailed.user("office"))
    assert letters_of(today()) == ([], [])
    mailed.ask("PB", due=7)
    user = mailed.user("clerk_b")
    user.is_active = False
    user.save()
    letters, unreached = letters_of(today())
    assert letters == [] and unreached == ["Đảng bộ xã B"]


def test_what_reaches_nobody_below_goes_to_the_nearest_body_above(mailed: Work) -> None:
    mailed.ask("PA2", "PA1", due=-1, title="Báo cáo của chi bộ")
    letters, unreached = letters_of(today())
    by_user = {letter.user.username: letter for letter in letters}
    assert set(by_user) == {"cell_a1", "clerk_a"} and unreached == []
    assert "Chi bộ thôn A2" in by_user["clerk_a"].body and "Chi bộ thôn A1" not in by_user["clerk_a"].body
    assert by_user["clerk_a"].subject == "Việc được giao: 1 việc của đơn vị trực thuộc"


def test_an_organisation_follows_its_own_days_or_those_of_the_nearest_above(mailed: Work) -> None:
    by, qs, pa = mailed.user("office"), mailed["QS"], mailed["PA"]
    assert schedule().days_for(mailed["PA1"].pk, "report") == DEFAULT_DAYS
    set_reminder_days(qs, {"": [-3], "plan": [0, 2]}, by=by)
    plan = schedule()
    assert plan.days_for(mailed["PA1"].pk, "report") == (-3,)
    assert plan.days_for(mailed["PA1"].pk, "plan") == (-3, 0, 2)
    set_reminder_days(pa, {"": [1]}, by=by)
    assert schedule().days_for(mailed["PA1"].pk, "plan") == (1,)
    assert schedule().days_for(mailed["PB"].pk, "report") == (-3,)
    set_reminder_days(pa, {}, by=by)
    assert schedule().days_for(mailed["PA1"].pk, "report") == (-3,)
    with pytest.raises(Refused):
        set_reminder_days(pa, {"": [100]}, by=by)


def test_the_days_are_edited_on_their_page_by_who_may(mailed: Work) -> None:
    address = "/don-doc/ngay-nhac/"
    client = logged_in(mailed.user("clerk_a"))
    assert client.post(address, {"days_all": "-5, +2"}).status_code == 302
    assert schedule().days_for(mailed["PA"].pk, "task") == (-5, 2)
    wrong = client.post(address, {"days_all": "mai"})
    assert wrong.status_code == 422 and "không phải là số ngày" in wrong.content.decode()
    assert client.get(address + "?cua=PB").status_code == 404
    assert logged_in(mailed.user("auditor")).get(address).status_code == 403


@given(st.lists(st.integers(-60, 60), max_size=8), st.integers(-70, 70))
def test_a_rule_fires_exactly_on_its_days(days: list[int], distance: int) -> None:
    plan = Schedule({1: None}, {1: {"": tuple(days)}})
    deadline = today()
    assert plan.fires(1, "task", deadline, deadline + timedelta(days=distance)) == (distance in days)
    assert parse_days(", ".join(f"{day:+d}" for day in days)) == days
