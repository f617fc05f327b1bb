"""The calendar behind a secret address."""

from datetime import timedelta

from django.test import Client
from icalendar import Calendar

from tests.obligations.working import Work
from tests.page_world import logged_in
from tongket.accounts.acts import revoke
from tongket.core.dates import today
from tongket.obligations.acts import take_step
from tongket.obligations.drafts import StepDraft
from tongket.obligations.models import CalendarFeed


def _address(work: Work, name: str) -> str:
    page = logged_in(work.user(name)).post("/lich/moi/")
    address: str = page.context["address"]
    return address[address.index("/lich/") :]


def _events(address: str) -> list[dict[str, object]]:
    answer = Client().get(address)
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/calendar")
    assert "no-store" in answer["Cache-Control"]
    return [dict(event) for event in Calendar.from_ical(answer.content).walk("VEVENT")]


def test_a_program_without_login_reads_what_the_users_organisations_owe(work: Work) -> None:
    demand = work.ask("PA", "PB", due=10, title="Báo cáo, năm; 2026")
    [event] = _events(_address(work, "clerk_a"))
    assert str(event["SUMMARY"]) == "Hạn: Báo cáo, năm; 2026"
    assert event["DTSTART"].dt == today() + timedelta(days=10)  # type: ignore[attr-defined]
    assert str(event["UID"]) == f"{work.part(demand, 'PA').identity}@tongket"


def test_the_feed_is_the_same_at_every_reading_and_keeps_its_events_when_reported(work: Work) -> None:
    demand = work.ask("PA", due=10)
    address = _address(work, "clerk_a")
    assert Client().get(address).content == Client().get(address).content
    [before] = _events(address)
    take_step(work.part(demand, "PA"), StepDraft("reported", today(), "Xong"), by=work.user("clerk_a"))
    [after] = _events(address)
    assert after["UID"] == before["UID"] and str(after["SUMMARY"]).startswith("✓")


def test_the_feed_shows_only_what_the_user_may_see_at_that_moment(work: Work) -> None:
    work.ask("PA", due=10)
    address = _address(work, "clerk_a")
    assert len(_events(address)) == 1
    revoke(work.user("clerk_a").assignments.get(), by=None)
    assert _events(address) == []
    user = work.user("clerk_a")
    user.is_active = False
    user.save()
    assert Client().get(address).status_code == 404


def test_an_address_taken_back_or_guessed_opens_nothing(work: Work) -> None:
    address = _address(work, "clerk_a")
    feed = CalendarFeed.objects.get()
    assert feed.token_hash not in address and len(feed.token_hash) == 64
    other = logged_in(work.user("clerk_b"))
    assert other.post(f"/lich/{feed.pk}/thoi-dung/").status_code == 404
    assert logged_in(work.user("clerk_a")).post(f"/lich/{feed.pk}/thoi-dung/").status_code == 302
    for tried in (address, "/lich/x.ics", f"/lich/{feed.token_hash}.ics", f"/lich/{'a' * 43}.ics"):
        assert Client().get(tried).status_code == 404, tried


def test_the_address_is_shown_once(work: Work) -> None:
    address = _address(work, "clerk_a")
    assert address not in logged_in(work.user("clerk_a")).get("/lich/").content.decode()
    assert Client().post(address).status_code == 405
