"""Reading attachments; who may read one is said by whoever owns the record it is attached to."""

import uuid
from collections.abc import Iterable

from django.db.models import QuerySet

from tongket.audit.records import current
from tongket.files import store
from tongket.files.models import Attachment, StoredFile


def attachments_of(about: uuid.UUID) -> QuerySet[Attachment]:
    """The files that stand at a record, in the order in which they were handed in."""
    return current(Attachment.objects.filter(about=about)).select_related("stored")


def attachments_by(abouts: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Attachment]]:
    """The files of many records in one question, by the records' identity."""
    found: dict[uuid.UUID, list[Attachment]] = {}
    for row in current(Attachment.objects.filter(about__in=list(abouts))).select_related("stored"):
        found.setdefault(row.about, []).append(row)
    return found


def orphans() -> list[str]:
    """Hashes of bytes on disk to which no row points: left by a crash between writing and committing."""
    known = set(StoredFile.objects.values_list("sha256", flat=True))
    return [digest for digest, _ in store.kept() if digest not in known]


def lost() -> list[str]:
    """Hashes that rows point to and whose bytes are missing or changed."""
    wrong = []
    for digest in StoredFile.objects.values_list("sha256", flat=True):
        try:
            store.read(digest)
        except (OSError, ValueError):
            wrong.append(digest)
    return wrong
