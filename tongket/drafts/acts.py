"""What happens to drafts: brought in, corrected, uncorrected, removed. The ledger keeps no word of a text."""

from datetime import datetime
from typing import Any

from django.db import transaction

from tongket.audit.acts import act
from tongket.core.periods import Period
from tongket.core.problems import Conflict, Problem, Refused
from tongket.drafts.models import Draft
from tongket.drafts.queries import oldest_kept
from tongket.drafts.readers import Source
from tongket.drafts.readers.cleaning import clean
from tongket.organisations.models import Organisation

#: The longest text that is kept and shown as a page (a report of some 400 pages); the command line reads more.
MAX_PAGE_CHARACTERS = 1_000_000
_CHANGED = "Bản thảo đã thay đổi ở nơi khác. Hãy mở lại trang rồi làm tiếp."


def start_draft(source: Source, *, organisation: Organisation, period: Period, by: Any) -> Draft:
    """Keep a draft that was read, for its owner alone. Raises `Refused` for one that is too long for a page."""
    if len(source.text) > MAX_PAGE_CHARACTERS:
        raise Refused(
            [Problem("file", "Văn bản dài quá 1 triệu ký tự. Hãy chia nhỏ, hoặc soát bằng lệnh ./run check.")]
        )
    with act("draft.bring", by=by, organisation=organisation) as current:
        draft = Draft.objects.create(
            organisation=organisation,
            period=period.code,
            owner=by,
            name=source.name[:200],
            text=source.text,
            file=source.content,
            kind=source.kind,
            decisions={"edits": []},
        )
        current.about(draft)
        current.note(period=period.code, kind=source.kind)
    return draft


def correct_draft(draft: Draft, *, start: int, end: int, old: str, new: str, by: Any) -> Draft:
    """Put `new` in the place of `old`, which must still stand from `start` to `end`.

    Raises `Conflict` when the text has changed since the page was opened, `Refused` for an empty or overlong one.
    """
    said = clean(new).strip()
    if not said or len(said) > 200 or "\n" in said:
        raise Refused([Problem("new", "Nội dung sửa phải có từ 1 đến 200 ký tự, trên một dòng.")])
    with act("draft.correct", by=by, organisation=draft.organisation, subject=draft) as current:
        row = Draft.objects.select_for_update().get(pk=draft.pk)
        if not 0 <= start < end <= len(row.text) or row.text[start:end] != old:
            raise Conflict(_CHANGED)
        row.text = row.text[:start] + said + row.text[end:]
        row.decisions = {
            **row.decisions,
            "edits": [*edits_of(row), {"start": start, "old": old, "new": said}],
        }
        row.save(update_fields=["text", "decisions", "changed_at"])
        current.note(edits=len(edits_of(row)))
    return row


def undo_correction(draft: Draft, *, by: Any) -> Draft:
    """Take the last correction back. Raises `Refused` when there is none."""
    with act("draft.undo", by=by, organisation=draft.organisation, subject=draft) as current:
        row = Draft.objects.select_for_update().get(pk=draft.pk)
        edits = edits_of(row)
        if not edits:
            raise Refused([Problem("", "Chưa có chỗ nào được sửa.")])
        last = edits[-1]
        start = int(last["start"])
        row.text = row.text[:start] + last["old"] + row.text[start + len(last["new"]) :]
        row.decisions = {**row.decisions, "edits": edits[:-1]}
        row.save(update_fields=["text", "decisions", "changed_at"])
        current.note(edits=len(edits) - 1)
    return row


def delete_draft(draft: Draft, *, by: Any) -> None:
    """Remove a draft for good: it is no record, only its owner's work."""
    with act("draft.delete", by=by, organisation=draft.organisation, subject=draft):
        draft.delete()


def remove_old(now: datetime | None = None) -> int:
    """Remove the drafts that nobody has touched for `Draft.KEEP_DAYS`; how many. Writes nothing when there are none."""
    old = Draft.objects.filter(changed_at__lt=oldest_kept(now))
    if not old.exists():
        return 0
    with transaction.atomic(), act("draft.expire", by=None, origin="timer") as current:
        count, _ = old.delete()
        current.note(count=count)
    return count


def edits_of(draft: Draft) -> list[dict[str, Any]]:
    """The corrections made so far, in their order: `start`, `old`, `new`, each on the text as it then was."""
    found = draft.decisions.get("edits", [])
    return list(found) if isinstance(found, list) else []
