"""Reading the ledger: is the chain whole, and what was done."""

from dataclasses import dataclass

from django.db.models import QuerySet

from tongket.audit.acts import GENESIS, entry_hash, payload_of
from tongket.audit.models import LedgerEntry

#: How the action of an entry ends when something was only read (`log_reading`).
READINGS = (
    r"\.(open|list|posts|sensitive|compare|compare_sensitive|records|paper|export|export_layout|download)$"
)


@dataclass(frozen=True, slots=True)
class ChainReport:
    """Result of walking the chain: how many entries, the last hash, and the first entry that does not fit."""

    entries: int
    last_hash: str
    broken_at: int | None


def verify_chain(until: int | None = None) -> ChainReport:
    """Recompute every hash from the first entry on (up to number `until`).

    A changed, removed or inserted entry is found at its number. Entries cut off at the end leave a whole chain:
    compare the last hash with one kept elsewhere (a backup's).
    """
    previous, expected_id = GENESIS, 1
    entries = LedgerEntry.objects.order_by("id")
    if until is not None:
        entries = entries.filter(id__lte=until)
    for entry in entries.iterator(chunk_size=2000):
        fits = (
            entry.id == expected_id
            and entry.previous_hash == previous
            and entry.hash == entry_hash(previous, payload_of(entry))
        )
        if not fits:
            return ChainReport(expected_id - 1, previous, expected_id)
        previous, expected_id = entry.hash, expected_id + 1
    return ChainReport(expected_id - 1, previous, None)


def entries_about(subject_type: str, subject_id: str) -> QuerySet[LedgerEntry]:
    """All that was done to, or read of, one record, newest first."""
    return LedgerEntry.objects.filter(subject_type=subject_type, subject_id=subject_id).order_by("-id")
