"""The calendar feed of a user: a secret address that can be taken back, and the calendar behind it."""

import hashlib
import secrets
from datetime import UTC, date, timedelta
from typing import Any

from django.urls import reverse
from icalendar import Alarm, Calendar, Event

from tongket.audit.acts import act
from tongket.core.dates import today
from tongket.core.problems import Conflict
from tongket.obligations.addresses import link
from tongket.obligations.models import CalendarFeed, Obligation
from tongket.obligations.queries import due_of, own_organisations

_DONE_SHOWN = 60  # days for which a fulfilled obligation stays in the calendar
MOST_FEEDS = 5


def _hashed(token: str) -> str:
    # 256 random bits: a plain hash is enough, there is nothing to guess.
    return hashlib.sha256(token.encode()).hexdigest()


def standing_feeds(user: Any) -> list[CalendarFeed]:
    """The user's addresses in use, newest first."""
    return list(CalendarFeed.objects.filter(user=user, revoked_at__isnull=True))


def make_feed(user: Any) -> tuple[CalendarFeed, str]:
    """Make a new secret address for the user's own calendar. Returns it with the token, which is kept nowhere.

    Raises `Conflict` when there are too many already.
    """
    token = secrets.token_urlsafe(32)
    with act("calendar.create", by=user, subject=user) as current_act:
        if len(standing_feeds(user)) >= MOST_FEEDS:
            raise Conflict(f"Đã có {MOST_FEEDS} địa chỉ lịch đang dùng. Hãy thôi dùng một địa chỉ trước.")
        feed = CalendarFeed.objects.create(user=user, token_hash=_hashed(token), made_at=current_act.at)
    return feed, token


def revoke_feed(feed: CalendarFeed) -> None:
    """End an address: whoever has it gets nothing from now on."""
    with act("calendar.revoke", by=feed.user, subject=feed.user) as current_act:
        CalendarFeed.objects.filter(pk=feed.pk, revoked_at__isnull=True).update(revoked_at=current_act.at)


def user_of(token: str) -> Any | None:
    """The user whose calendar a secret address opens: an open account, the address not taken back; else None."""
    if not 20 <= len(token) <= 100:
        return None
    feed = (
        CalendarFeed.objects.filter(token_hash=_hashed(token), revoked_at__isnull=True, user__is_active=True)
        .select_related("user")
        .first()
    )
    return feed.user if feed else None


def calendar_of(user: Any, on: date | None = None) -> bytes:
    """What the user's own organisations owe, by what he may see at this moment, as iCalendar (RFC 5545)."""
    day = on or today()
    calendar = Calendar()
    calendar.add("prodid", "-//Tong ket//Viec den han//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Việc đến hạn · Tổng kết")
    calendar.add("x-wr-timezone", "Asia/Ho_Chi_Minh")
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for row in due_of(own_organisations(user), day, day - timedelta(days=_DONE_SHOWN)):
        calendar.add_component(_event(row))
    return bytes(calendar.to_ical())


def _event(row: Obligation) -> Event:
    event = Event()
    done = row.fulfilled_on is not None
    address = link(reverse("obligations:obligation", args=[row.pk]))
    event.add("uid", f"{row.identity}@tongket")
    event.add("summary", f"{'✓ ' if done else 'Hạn: '}{row.demand.title}")
    event.add("dtstart", row.deadline)
    event.add("dtend", row.deadline + timedelta(days=1))
    # The same at every reading, so that a calendar program sees a change only where there is one.
    event.add("dtstamp", row.recorded_at.astimezone(UTC))
    said = [row.organisation.name]
    if row.demand.about_label:
        said.append(f"Theo văn bản {row.demand.about_label}")
    said.append(row.get_state_display())
    event.add("description", "\n".join([*said, address]))
    event.add("url", address)
    event.add("transp", "TRANSPARENT")
    event.add("categories", [row.demand.get_kind_display()])
    if not done:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", row.demand.title)
        alarm.add("trigger", timedelta(days=-1, hours=8))
        event.add_component(alarm)
    return event
