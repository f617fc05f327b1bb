"""The daily letter: what is due and what is late, to the people who act for the organisations that owe it.

A letter goes to a user on a day on which a reminder rule fires for one of his organisations; it then lists all that is
late or due within the month, so that one letter is enough. It names titles and deadlines, nobody's personal data.
Sending twice on one day sends nothing the second time; what could not be sent is tried again by the next run.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from tongket.audit.records import current
from tongket.core.dates import format_date
from tongket.obligations.acts import take_steps
from tongket.obligations.addresses import link
from tongket.obligations.drafts import StepDraft
from tongket.obligations.models import DigestMail, Obligation
from tongket.obligations.queries import mailable
from tongket.obligations.reminders import AUTOMATIC, Schedule, already_reminded, firing_on, schedule
from tongket.obligations.words import days_left

#: How far ahead a letter looks, in days.
AHEAD = 31
#: A run that claimed a letter and did not stamp it within this time is taken to have died.
_CLAIM = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Letter:
    """One user's letter of a day. `fired` are the obligations whose rule made it go out."""

    user: Any
    subject: str
    body: str
    items: int
    fired: tuple[Obligation, ...]


@dataclass(slots=True)
class Outcome:
    """What a run did: letters sent, already sent before, failed (user name and why), and whom no letter reaches."""

    letters: list[Letter] = field(default_factory=list)
    before: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)
    unreached: list[str] = field(default_factory=list)


def letters_of(on: date) -> tuple[list[Letter], list[str]]:
    """The letters of a day, and the names of organisations that a rule fires for and no mail address reaches.

    What fires for an organisation none of whose people has an address goes to those of the nearest body above it that
    do: a cell that works on paper is followed by its office.
    """
    plan = schedule()
    fired: dict[int, list[Obligation]] = {}
    for row in firing_on(plan, on):
        fired.setdefault(row.organisation_id, []).append(row)
    people = _people({one for pk in fired for one in _upward(plan, pk)}, on)
    own: dict[int, list[int]] = {}  # user -> organisations of his own
    below: dict[int, list[int]] = {}  # user -> organisations for which he stands in
    unreached = []
    for pk, rows in fired.items():
        nearest = next((one for one in _upward(plan, pk) if one in people), None)
        if nearest is None:
            unreached.append(rows[0].organisation.name)
            continue
        for user in people[nearest]:
            (own if nearest == pk else below).setdefault(user.pk, []).append(pk)
    users = {user.pk: user for some in people.values() for user in some}
    owed = _owed({pk for some in own.values() for pk in some}, on)
    letters = [
        _letter(
            users[key],
            [row for pk in own.get(key, ()) for row in owed.get(pk, ())],
            [row for pk in below.get(key, ()) for row in fired[pk]],
            tuple(row for pk in (*own.get(key, ()), *below.get(key, ())) for row in fired[pk]),
            on,
        )
        for key in sorted({*own, *below})
    ]
    return letters, sorted(unreached)


def _upward(plan: Schedule, organisation: int) -> list[int]:
    """The organisation and those above it, from the bottom up."""
    found: list[int] = []
    at: int | None = organisation
    while at is not None and at not in found:
        found.append(at)
        at = plan.parents.get(at)
    return found


def _people(organisations: Iterable[int], on: date) -> dict[int, list[Any]]:
    """organisation -> the users with an address who act for exactly it, each once."""
    found: dict[int, dict[int, Any]] = {}
    for assignment in mailable(organisations, on):
        found.setdefault(assignment.organisation_id, {})[assignment.user_id] = assignment.user
    return {pk: list(some.values()) for pk, some in found.items()}


def _owed(organisations: Iterable[int], on: date) -> dict[int, list[Obligation]]:
    rows = current(Obligation.objects.filter(demand__voided_at=None, fulfilled_on=None)).filter(
        organisation__in=list(organisations), deadline__lte=on + timedelta(days=AHEAD)
    )
    found: dict[int, list[Obligation]] = {}
    for row in rows.select_related("demand__organisation", "organisation").order_by("deadline", "id"):
        found.setdefault(row.organisation_id, []).append(row)
    return found


def _letter(
    user: Any,
    rows: Sequence[Obligation],
    below: Sequence[Obligation],
    fired: tuple[Obligation, ...],
    on: date,
) -> Letter:
    late = [row for row in rows if row.deadline < on]
    coming = [row for row in rows if row.deadline >= on]
    parts = (
        ("quá hạn", "QUÁ HẠN", late),
        ("sắp đến hạn", "SẮP ĐẾN HẠN", coming),
        ("của đơn vị trực thuộc", "ĐƠN VỊ TRỰC THUỘC CHƯA NHẬN ĐƯỢC THƯ", below),
    )
    counted = ", ".join(f"{len(some)} việc {what}" for what, _heading, some in parts if some)
    lines = [f"Kính gửi đồng chí {user},", "", f"Việc được giao tính đến ngày {format_date(on)}:"]
    for _what, heading, some in parts:
        if some:
            lines += ["", f"{heading} ({len(some)})"]
            lines += [line for row in some for line in _lines(row, on)]
    lines += [
        "",
        f"Xem và báo cáo: {link(reverse('obligations:due'))}",
        "",
        "Thư do hệ thống Tổng kết gửi tự động theo quy định nhắc việc của đơn vị; không cần trả lời.",
    ]
    return Letter(user, f"Việc được giao: {counted}", "\n".join(lines), len(rows) + len(below), fired)


def _lines(row: Obligation, on: date) -> list[str]:
    said = [
        f"- {row.demand.title}",
        f"  Đơn vị: {row.organisation.name}. Hạn {format_date(row.deadline)} ({days_left(row.deadline, on)}).",
    ]
    if row.demand.about_label:
        said.append(f"  Theo văn bản: {row.demand.about_label}.")
    said.append(f"  {link(reverse('obligations:obligation', args=[row.pk]))}")
    return said


def send_digest(on: date, *, dry_run: bool = False) -> Outcome:
    """Send the letters of a day; with `dry_run` only say which. Each reached obligation is logged as reminded of."""
    letters, unreached = letters_of(on)
    outcome = Outcome(unreached=unreached)
    if dry_run:
        outcome.letters = letters
        return outcome
    mail = get_connection()
    for letter in letters:
        claimed = _claim(letter, on)
        if claimed is None:
            outcome.before += 1
            continue
        try:
            EmailMessage(letter.subject, letter.body, None, [letter.user.email], connection=mail).send()
        except (OSError, ValueError) as error:  # SMTP errors are OSErrors; a broken address is a ValueError
            claimed.delete()
            outcome.failed.append((letter.user.username, str(error)))
            continue
        DigestMail.objects.filter(pk=claimed.pk).update(sent_at=timezone.now(), items=letter.items)
        outcome.letters.append(letter)
    _log(outcome.letters, on)
    return outcome


def _claim(letter: Letter, on: date) -> DigestMail | None:
    """The letter's row when this run is the one to send it; None when it was sent, or another run is at it."""
    now = timezone.now()
    try:
        with transaction.atomic():
            return DigestMail.objects.create(user=letter.user, on=on, claimed_at=now)
    except IntegrityError:
        left = DigestMail.objects.filter(
            user=letter.user, on=on, sent_at__isnull=True, claimed_at__lt=now - _CLAIM
        )
        taken = left.update(claimed_at=now)
        return DigestMail.objects.get(user=letter.user, on=on) if taken else None


def _log(letters: Sequence[Letter], on: date) -> None:
    """Each obligation whose rule fired and that a letter reached gets one reminder in its history."""
    fired = {row.pk: row for letter in letters for row in letter.fired}
    for pk in already_reminded(fired, on):
        del fired[pk]
    by_demand: dict[int, list[Obligation]] = {}
    for row in fired.values():
        by_demand.setdefault(row.demand_id, []).append(row)
    for rows in by_demand.values():
        take_steps(rows, StepDraft("reminded", on, "Thư nhắc tự động"), by=None, origin=AUTOMATIC)
