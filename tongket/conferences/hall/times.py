"""The time at which something in a conference happened: now, or as the secretary writes it."""

from datetime import date, datetime, time

from django.utils import timezone

from tongket.conferences.models import Conference
from tongket.core.dates import format_date
from tongket.core.problems import Problem, Refused


def days_of(conference: Conference) -> tuple[date, date]:
    """First and last day of a conference."""
    first = timezone.localtime(conference.starts_at).date()
    last = timezone.localtime(conference.ends_at).date() if conference.ends_at else first
    return first, max(first, last)


def meets_on(conference: Conference, day: date) -> bool:
    """Whether the conference meets on that day."""
    first, last = days_of(conference)
    return first <= day <= last


def time_of(conference: Conference, written: time | None, now: datetime) -> datetime:
    """The moment meant by a time of day left blank (now) or written, on a day of the conference.

    Raises `Refused` when it is left blank on another day: what is entered afterwards needs its time.
    """
    first, _last = days_of(conference)
    here = timezone.localtime(now)
    during = meets_on(conference, here.date())
    if written is not None:
        return timezone.make_aware(datetime.combine(here.date() if during else first, written))
    if during:
        return now
    raise Refused(
        [
            Problem(
                "at",
                f"Hội nghị họp ngày {format_date(first)}, hôm nay là {format_date(here.date())}. "
                "Hãy ghi giờ của việc này, ví dụ 14:30.",
            )
        ]
    )


def check_between(
    at: datetime, earliest: datetime | None, latest: datetime | None, now: datetime
) -> list[Problem]:
    """A time lies after what went before, before what came after, and not in the future."""
    if at > now:
        return [Problem("at", f"Lúc {_said(at)} chưa tới. Hãy kiểm tra lại giờ.")]
    if earliest is not None and at < earliest:
        return [
            Problem("at", f"Lúc {_said(at)} trước việc đã ghi lúc {_said(earliest)}. Hãy kiểm tra lại giờ.")
        ]
    if latest is not None and at > latest:
        return [Problem("at", f"Lúc {_said(at)} sau khi bế mạc ({_said(latest)}). Hãy kiểm tra lại giờ.")]
    return []


def _said(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{local:%H:%M} {format_date(local.date())}"
