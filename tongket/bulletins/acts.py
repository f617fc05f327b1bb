"""What happens to bulletins: noted, answered, voided, corrected. The ledger keeps topic and month, never text."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from tongket.audit import records
from tongket.audit.acts import Act, act
from tongket.audit.records import GONE, current
from tongket.bulletins import rules
from tongket.bulletins.drafts import BulletinDraft
from tongket.bulletins.models import Bulletin
from tongket.core.problems import Conflict, Problem, refuse_if_any

ANSWERED = "Ghi nội dung trả lời"


def _columns(draft: BulletinDraft) -> dict[str, Any]:
    return {"month": draft.month.replace(day=1)}


def _keys(row: Bulletin) -> dict[str, Any]:
    return {"organisation": row.organisation.code, "month": row.month, "topic": row.topic}


BULLETIN = records.RecordKind(
    "bulletin", Bulletin, rules.bulletin_rules, _keys, derived=_columns, reason_rules=rules.reason_rules
)


def check_bulletins(drafts: Sequence[BulletinDraft]) -> list[Problem]:
    """Judge notes: month, whole answers, no trace of a person in any text."""
    return records.check(BULLETIN, drafts)


def add_bulletins(
    drafts: Sequence[BulletinDraft], *, act: Act, origins: Sequence[str] | None = None
) -> list[Bulletin]:
    """Record notes inside an open act. Raises `Refused` with every error."""
    return records.add(BULLETIN, drafts, act=act, origins=origins)


def add_bulletin(draft: BulletinDraft, *, by: Any, origin: str = "form") -> Bulletin:
    """Record one note. Raises `Refused`."""
    return records.add_one(BULLETIN, draft, by=by, origin=origin)


def void_bulletin(record: Bulletin, *, reason: str, by: Any) -> Bulletin:
    """Void a note. Raises `Refused`, `Conflict`."""
    return records.void(BULLETIN, record, reason=reason, by=by)


def correct_bulletin(record: Bulletin, draft: BulletinDraft, *, reason: str, by: Any) -> Bulletin:
    """Correct a note. Raises `Refused`, `Conflict`."""
    return records.correct(BULLETIN, record, draft, reason=reason, by=by)


def answer_bulletin(
    record: Bulletin, *, answer: str, answered_on: date, answering_body: str, by: Any
) -> Bulletin:
    """Record what was answered to an open note, by which body and when. Raises `Refused`, `Conflict`.

    The open row is put aside and an answered one stands in its place, so that it can be asked what was known when.
    """
    with act("bulletin.answer", by=by, organisation=record.organisation) as current_act:
        open_row = current(Bulletin.objects.filter(pk=record.pk)).select_related("organisation").first()
        if open_row is None:
            raise Conflict(GONE)
        refuse_if_any(rules.open_rules(open_row.answered_on))
        kept = {f.name: getattr(open_row, f.name) for f in fields(BulletinDraft)}
        draft = BulletinDraft(
            **kept | {"answer": answer, "answered_on": answered_on, "answering_body": answering_body}
        )
        new = records.replace_in(BULLETIN, open_row, draft, reason=ANSWERED, act=current_act)
        current_act.about(new)
        current_act.note(**_keys(new), on=answered_on)
    return new
