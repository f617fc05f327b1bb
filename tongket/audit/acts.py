"""Doing things so that it is known who did what: one act is one transaction and one entry of the ledger."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from tongket.audit.models import LedgerEntry, Recorded

GENESIS = "0" * 64
_LOCK = 7_041_930  # any constant: the advisory lock that orders ledger entries on PostgreSQL


@dataclass
class Act:
    """An act under way: who, when, from where. `at` is later than the moment of every earlier act."""

    action: str
    by: Any
    at: datetime
    origin: str
    organisation_code: str = ""
    subject_type: str = ""
    subject_id: str = ""
    data: dict[str, Any] = field(default_factory=dict)

    def note(self, **facts: Any) -> None:
        """Add facts to the ledger entry. Never personal data beyond the record's own key."""
        self.data.update(facts)

    def about(self, subject: models.Model) -> None:
        """Name the record that the act is about."""
        self.subject_type, self.subject_id = subject._meta.label_lower, str(subject.pk)

    def stamp(self) -> dict[str, Any]:
        """The record-time columns of a row that this act writes."""
        return {"recorded_at": self.at, "recorded_by": self.by, "origin": self.origin}

    def void(self, record: Recorded, reason: str) -> None:
        """Void `record` in this act. The row stays; every later question 'as known now' no longer sees it."""
        record.voided_at, record.voided_by, record.void_reason = self.at, self.by, reason
        record.save(update_fields=["voided_at", "voided_by", "void_reason"])


def entry_hash(previous: str, payload: dict[str, Any]) -> str:
    """SHA-256 over the previous hash and the canonical JSON of the entry."""
    text = json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def payload_of(entry: LedgerEntry) -> dict[str, Any]:
    """What of an entry is under its hash: everything but the hashes themselves."""
    return {
        "id": entry.id,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor_id,
        "actor_name": entry.actor_name,
        "action": entry.action,
        "subject": [entry.subject_type, entry.subject_id],
        "organisation": entry.organisation_code,
        "data": entry.data,
    }


@contextmanager
def act(
    action: str,
    *,
    by: Any,
    origin: str = "form",
    organisation: Any = None,
    subject: models.Model | None = None,
) -> Iterator[Act]:
    """Open an act: everything inside is one transaction with one moment, closed by one ledger entry.

    `by` is the user (None only for set-up), `organisation` whose books it touches. An exception inside undoes
    everything, the ledger entry included. Acts do not nest: inner parts take the open `Act`.
    """
    with transaction.atomic():
        last = _lock_and_last()
        current = Act(action, by, _later_than(last), origin, getattr(organisation, "code", "") or "")
        if subject is not None:
            current.about(subject)
        yield current
        _append(current, last)


def log_reading(
    action: str, *, by: Any, subject: models.Model, organisation: Any = None, **facts: Any
) -> None:
    """Record that `by` read something sensitive (a person's file, ethnicity, an identity number, an export)."""
    with act(action, by=by, origin="reading", organisation=organisation, subject=subject) as current:
        current.note(**facts)


def _lock_and_last() -> LedgerEntry | None:
    # SQLite transactions are IMMEDIATE (settings), so the writer's lock is already ours.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    return LedgerEntry.objects.order_by("-id").first()


def _later_than(last: LedgerEntry | None) -> datetime:
    # Acts are ordered by number, not by the clock: a clock set back must not reorder history.
    now = timezone.now()
    return now if last is None or now > last.at else last.at + timedelta(microseconds=1)


def _append(current: Act, last: LedgerEntry | None) -> None:
    entry = LedgerEntry(
        id=(last.id if last else 0) + 1,
        at=current.at,
        actor=current.by,
        actor_name=str(current.by) if current.by else "",
        action=current.action,
        subject_type=current.subject_type,
        subject_id=current.subject_id,
        organisation_code=current.organisation_code,
        data=json.loads(json.dumps(current.data, ensure_ascii=False, default=str)),
        previous_hash=last.hash if last else GENESIS,
    )
    entry.hash = entry_hash(entry.previous_hash, payload_of(entry))
    entry.save(force_insert=True)
