"""Files that wait to be decided on: no record yet, so no act."""

from hashlib import sha256
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from tongket.intake.models import ImportBatch
from tongket.organisations.models import Organisation
from tongket.organisations.queries import visible_to

KIND = "edxml"


def waiting_of(user: Any) -> QuerySet[ImportBatch]:
    """The user's own files that wait, for organisations whose book the user still keeps."""
    return ImportBatch.objects.filter(
        kind=KIND,
        uploaded_by=user.pk,
        committed_at=None,
        organisation__in=visible_to(user, "directive.write"),
    ).select_related("organisation")


def keep_waiting(
    content: bytes, *, file_name: str, files: int, organisation: Organisation, by: Any
) -> ImportBatch:
    """Keep a file that was read and found harmless until its user decides."""
    return ImportBatch.objects.create(
        kind=KIND,
        file_name=file_name[:255],
        sha256=sha256(content).hexdigest(),
        content=content,
        uploaded_at=timezone.now(),
        uploaded_by_id=by.pk,
        organisation=organisation,
        rows=files,
    )
