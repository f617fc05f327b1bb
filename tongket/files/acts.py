"""Attaching files to records and taking them off again."""

import subprocess  # nosec B404  # only the exception of core.process
import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from tongket.audit.acts import Act, act
from tongket.audit.records import GONE, current
from tongket.core.problems import Conflict, Problem, Refused, refuse_if_any
from tongket.core.process import run
from tongket.core.text import nfc, tidy
from tongket.files import store
from tongket.files.drafts import Upload
from tongket.files.kinds import kind_of
from tongket.files.models import Attachment, StoredFile
from tongket.files.rules import file_name, secret_rules, upload_rules
from tongket.organisations.models import Organisation

_READABLE = frozenset({"pdf", "docx", "txt"})

#: Told the identities of records whose files changed, inside the act: a search index above this part keeps up so.
watchers: list[Callable[[list[uuid.UUID]], None]] = []


def prepare(uploads: Sequence[Upload]) -> tuple[Upload, ...]:
    """Judge files and take their text out, before an act begins: a slow PDF must not keep other clerks waiting.

    Raises `Refused` with every fault of every file; nothing of a refused file is kept.
    """
    refuse_if_any(p for index, upload in enumerate(uploads) for p in upload_rules(upload, index))
    ready = []
    for index, upload in enumerate(uploads):
        if upload.text is None:
            kind = kind_of(upload.content)
            text, state = read_text(kind.name if kind else "", upload.content)
            upload = replace(upload, text=text, text_state=state)
        refuse_if_any(secret_rules(upload.name, upload.text or "", index))
        ready.append(upload)
    return tuple(ready)


def attach_files(
    uploads: Sequence[Upload], *, about: uuid.UUID, organisation: Organisation, act: Act
) -> list[Attachment]:
    """Attach files to the record of identity `about` inside an open act; best `prepare`d before it.

    Raises `Refused` with every fault of every file: wrong kind, content that is not what its name says, too big,
    a bomb, a paper marked secret. Then nothing is attached.
    """
    rows = []
    for upload in prepare(uploads):
        stored = _stored(upload)
        rows.append(
            Attachment(
                organisation=organisation,
                about=about,
                role=upload.role,
                name=file_name(upload.name),
                stored=stored,
                **act.stamp(),
            )
        )
    Attachment.objects.bulk_create(rows)
    if rows:
        act.note(files=[row.stored.sha256[:12] for row in rows])
        _tell(about)
    return rows


def attach(
    uploads: Sequence[Upload], *, about: uuid.UUID, organisation: Organisation, by: Any, origin: str = "form"
) -> list[Attachment]:
    """Attach files as an act of its own. Raises `Refused`."""
    if not uploads:
        raise Refused([Problem("file", "Chưa chọn tệp nào. Hãy chọn ít nhất một tệp.")])
    uploads = prepare(uploads)
    with act("file.attach", by=by, origin=origin, organisation=organisation) as current_act:
        return attach_files(uploads, about=about, organisation=organisation, act=current_act)


def detach(attachment: Attachment, *, reason: str, by: Any) -> Attachment:
    """Take a file off a record, with the reason; the bytes stay. Raises `Refused`, `Conflict`."""
    said = tidy(reason or "")
    if not said:
        raise Refused([Problem("reason", "Chưa nêu lý do gỡ tệp. Hãy ghi vì sao.")])
    with act("file.detach", by=by, organisation=attachment.organisation, subject=attachment) as current_act:
        row = current(Attachment.objects.filter(pk=attachment.pk)).first()
        if row is None:
            raise Conflict(GONE)
        current_act.void(row, said[:300])
        _tell(row.about)
    return row


def _tell(about: uuid.UUID) -> None:
    for watcher in watchers:
        watcher([about])


def _stored(upload: Upload) -> StoredFile:
    kind = kind_of(upload.content)
    assert kind is not None  # noqa: S101  # nosec B101  # the rules saw to it
    digest = store.keep(upload.content)
    known = StoredFile.objects.filter(sha256=digest).first()
    return known or StoredFile.objects.create(
        sha256=digest,
        size=len(upload.content),
        kind=kind.name,
        text=upload.text or "",
        text_state=upload.text_state,
    )


def read_text(kind: str, content: bytes) -> tuple[str, str]:
    """The text of a paper and how reading went: read, none (nothing to read), failed."""
    if kind not in _READABLE:
        return "", "none"
    try:
        ended = run("tongket.files.extract", kind.encode() + b"\n" + content)
    except subprocess.TimeoutExpired:
        return "", "failed"
    if ended.returncode != 0:
        return "", "failed"
    text = nfc(ended.stdout.decode("utf-8", errors="replace")).replace("\0", "")
    return (text, "read") if text.strip() else ("", "none")
