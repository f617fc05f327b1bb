"""What happens to a programme: written, issued, changed by a paper, copied to the next year, voided."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tongket.audit import records
from tongket.audit.acts import Act, act
from tongket.audit.records import GONE, current, written_reason
from tongket.core.dates import add_years
from tongket.core.problems import Conflict, Problem, Refused, refuse_if_any
from tongket.core.text import tidy
from tongket.inspections.programmes import rules
from tongket.inspections.programmes.drafts import ChangeDraft, ItemDraft, ProgrammeDraft
from tongket.inspections.programmes.models import Programme, ProgrammeChange, ProgrammeItem


def _keys(row: Programme) -> dict[str, Any]:
    return {"organisation": row.organisation.code, "subject": row.subject, "year": row.year}


def _carry(old: Programme, new: Programme, _act: Act, _reason: str) -> None:
    if (old.subject, old.year, old.organisation_id) != (new.subject, new.year, new.organisation_id):
        refuse_if_any(rules.may_void_programme(old))
        if old.year != new.year and old.items.exists():
            raise Refused([Problem("year", "Chương trình đã có cuộc của năm cũ. Hãy sao chép sang năm mới.")])
    old.items.update(programme=new)
    old.changes.update(programme=new)


PROGRAMME = records.RecordKind(
    "programme",
    Programme,
    rules.programme_rules,
    _keys,
    may_void=rules.may_void_programme,
    carry=_carry,
)


def add_programme(draft: ProgrammeDraft, *, by: Any, origin: str = "form") -> Programme:
    """Begin a programme of a year. Raises `Refused`."""
    return records.add_one(PROGRAMME, draft, by=by, origin=origin)


def correct_programme(record: Programme, draft: ProgrammeDraft, *, reason: str, by: Any) -> Programme:
    """Correct whose programme it is or its paper; its items stay. Raises `Refused`, `Conflict`."""
    return records.correct(PROGRAMME, record, draft, reason=reason, by=by)


def void_programme(record: Programme, *, reason: str, by: Any) -> Programme:
    """Void a programme from which nothing was carried out. Raises `Refused`, `Conflict`."""
    return records.void(PROGRAMME, record, reason=reason, by=by)


def issue_programme(record: Programme, *, number: str, on: Any, by: Any) -> Programme:
    """Give the programme its paper: number and day. Raises `Refused` (no item, already issued), `Conflict`."""
    with act("programme.issue", by=by, organisation=record.organisation) as current_act:
        row = standing_of(record)
        if rules.issued(row):
            raise Refused([Problem("", "Chương trình đã ban hành. Ghi sai thì đính chính.")])
        if not current(row.items.all()).exists():
            raise Refused(
                [Problem("", "Chương trình chưa có cuộc nào. Hãy ghi nội dung trước khi ban hành.")]
            )
        if not tidy(number) or on is None:
            raise Refused([Problem("decision_number", "Ghi cả số và ngày ban hành.")])
        draft = replace(draft_of(row), decision_number=number, decision_date=on)
        new = records.replace_in(PROGRAMME, row, draft, reason="Ban hành chương trình", act=current_act)
        current_act.about(new)
        current_act.note(**_keys(new), number=new.decision_number)
    return new


def add_items(
    programme: Programme, drafts: Sequence[ItemDraft], *, by: Any, origin: str = "form"
) -> list[ProgrammeItem]:
    """Write items into a programme that is not issued yet. Raises `Refused` with every row's errors, `Conflict`."""
    with act("programme.items", by=by, origin=origin, organisation=programme.organisation) as current_act:
        row = standing_of(programme)
        if rules.issued(row):
            raise Refused([Problem("", "Chương trình đã ban hành: chỉ thêm, bỏ bằng văn bản điều chỉnh.")])
        refuse_if_any(rules.item_rules(row, drafts))
        made = _write(row, drafts, current_act)
        current_act.about(row)
        current_act.note(count=len(made))
    return made


def drop_item(item: ProgrammeItem, *, reason: str, by: Any) -> ProgrammeItem:
    """Take an item out of a programme that is not issued yet. Raises `Refused`, `Conflict`."""
    said = written_reason(reason)
    with act("programme.drop_item", by=by, organisation=item.programme.organisation) as current_act:
        row = current(ProgrammeItem.objects.filter(pk=item.pk)).select_related("programme").first()
        if row is None:
            raise Conflict(GONE)
        if rules.issued(row.programme):
            raise Refused([Problem("", "Chương trình đã ban hành: chỉ thêm, bỏ bằng văn bản điều chỉnh.")])
        refuse_if_any(rules.drop_rules([row]))
        current_act.void(row, said)
        current_act.about(row.programme)
    return row


def change_programme(
    programme: Programme,
    change: ChangeDraft,
    *,
    add: Sequence[ItemDraft] = (),
    drop: Sequence[ProgrammeItem] = (),
    by: Any,
) -> ProgrammeChange:
    """Change an issued programme by a paper; what falls out is kept, voided. Raises `Refused`, `Conflict`."""
    with act("programme.change", by=by, organisation=programme.organisation) as current_act:
        row = standing_of(programme)
        out = list(current(row.items.filter(pk__in=[one.pk for one in drop])))
        if len(out) != len(drop):
            raise Conflict(GONE)
        refuse_if_any(rules.change_rules(row, change, add, out))
        if add:
            refuse_if_any(rules.item_rules(row, add))
        made = ProgrammeChange.objects.create(
            programme=row,
            on=change.on,
            number=tidy(change.number),
            reason=tidy(change.reason),
            **current_act.stamp(),
        )
        for item in out:
            current_act.void(item, made.reason)
        _write(row, add, current_act)
        current_act.about(row)
        current_act.note(number=made.number, added=len(add), dropped=len(out))
    return made


def copy_programme(programme: Programme, *, by: Any) -> Programme:
    """Begin next year's programme with the items of this one, a year later each. Raises `Refused`."""
    draft = replace(draft_of(programme), year=programme.year + 1, decision_number="", decision_date=None)
    with act("programme.copy", by=by, organisation=programme.organisation) as current_act:
        [new] = records.add(PROGRAMME, [draft], act=current_act)
        items = [
            ItemDraft(
                row.kind, row.content, row.objects_text, add_years(row.planned_on, 1), row.objects_count
            )
            for row in current(programme.items.all())
        ]
        _write(new, items, current_act)
        current_act.about(new)
        current_act.note(**_keys(new), items=len(items))
    return new


def draft_of(row: Programme) -> ProgrammeDraft:
    """The programme as a draft."""
    return ProgrammeDraft(
        row.organisation, row.subject, row.year, row.body, row.decision_number, row.decision_date
    )


def standing_of(programme: Programme) -> Programme:
    """The row as it stands, by its identity. Raises `Conflict`."""
    row = (
        current(Programme.objects.filter(identity=programme.identity)).select_related("organisation").first()
    )
    if row is None:
        raise Conflict(GONE)
    return row


def _write(programme: Programme, drafts: Sequence[ItemDraft], act: Act) -> list[ProgrammeItem]:
    first = max([0, *programme.items.values_list("position", flat=True)]) + 1
    rows = [
        ProgrammeItem(
            programme=programme,
            position=first + place,
            kind=draft.kind,
            content=tidy(draft.content),
            objects_text=tidy(draft.objects_text),
            objects_count=draft.objects_count,
            planned_on=draft.planned_on,
            **act.stamp(),
        )
        for place, draft in enumerate(drafts)
    ]
    return ProgrammeItem.objects.bulk_create(rows)
