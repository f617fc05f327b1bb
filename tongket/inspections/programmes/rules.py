"""What must hold of a programme of inspection and its items."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from tongket.audit.draft_fields import check_fields
from tongket.audit.records import Numbered, check_past, current, repeated
from tongket.core.dates import format_date, today
from tongket.core.problems import Problem
from tongket.core.text import tidy
from tongket.inspections.programmes.drafts import ChangeDraft, ItemDraft, ProgrammeDraft
from tongket.inspections.programmes.models import Programme, ProgrammeChange, ProgrammeItem
from tongket.inspections.programmes.subjects import check_kind, check_subject
from tongket.inspections.running.models import Inspection
from tongket.organisations.lifetime import lifetimes

MOST_ITEMS = 200
FIRST_YEAR, LAST_YEAR = 1976, 2100


def programme_rules(drafts: Numbered[ProgrammeDraft]) -> Iterator[Problem]:
    """Of an organisation that lives in the year, of a body that it has, each once; the paper is not of the future."""
    lives = lifetimes(draft.organisation for _, draft in drafts)
    again = {index for index, _ in repeated(drafts, _key)}
    for index, draft in drafts:
        if not FIRST_YEAR <= draft.year <= LAST_YEAR:
            yield Problem("year", f"Không có năm {draft.year}. Hãy ghi đủ bốn số, ví dụ 2024.", index=index)
            continue
        life = lives[draft.organisation.pk]
        first, last = date(draft.year, 1, 1), date(draft.year, 12, 31)
        if life.ends_on <= first or life.founded_on > last:
            yield Problem(
                "organisation",
                f"“{life.name}” không hoạt động trong năm {draft.year}. Hãy sửa năm hoặc chọn tổ chức khác.",
                index=index,
            )
        day = min(max(first, life.founded_on), last)
        yield from check_subject(draft.organisation, life.kind_on(day), draft.subject, draft.body, day, index)
        yield from _paper(draft, index)
        taken = current(
            Programme.objects.filter(
                organisation=draft.organisation,
                subject=draft.subject,
                body=tidy(draft.body),
                year=draft.year,
            )
        )
        if index in again or taken.exists():
            yield Problem(
                "year",
                f"Chủ thể này đã có chương trình năm {draft.year}. Hãy mở chương trình đó để bổ sung, điều chỉnh.",
                index=index,
            )


def _key(draft: ProgrammeDraft) -> tuple[Any, ...]:
    return draft.organisation.pk, draft.subject, tidy(draft.body), draft.year


def _paper(draft: ProgrammeDraft, index: int) -> Iterator[Problem]:
    number, on = tidy(draft.decision_number), draft.decision_date
    if bool(number) != (on is not None):
        missing, text = ("decision_date", "ngày") if number else ("decision_number", "số")
        yield Problem(
            missing,
            f"Đã ban hành thì ghi cả số và ngày: còn thiếu {text}. Chưa ban hành thì để trống cả hai.",
            index=index,
        )
    yield from check_past(on, "decision_date", "Ngày ban hành", index)
    if on is not None and not date(draft.year - 1, 7, 1) <= on <= date(draft.year, 12, 31):
        yield Problem(
            "decision_date",
            f"Ngày ban hành {format_date(on)} không hợp với chương trình năm {draft.year}. Hãy kiểm tra lại.",
            index=index,
        )


def item_rules(programme: Programme, drafts: Sequence[ItemDraft]) -> Iterator[Problem]:
    """At least one, sound, within the year, each once; the kind is one that the body may run (a warning)."""
    if not drafts:
        yield Problem("", "Chưa ghi cuộc kiểm tra, giám sát nào. Hãy ghi ít nhất một dòng.")
    standing = current(programme.items.all())
    if standing.count() + len(drafts) > MOST_ITEMS:
        yield Problem("", f"Một chương trình ghi tối đa {MOST_ITEMS} cuộc. Hãy gộp bớt dòng.")
    known = {_item_key(row) for row in standing}
    for index, draft in enumerate(drafts):
        wrong = [problem.at(index) for problem in check_fields(ProgrammeItem, draft)]
        yield from wrong
        if wrong:
            continue
        if draft.objects_count < 1:
            yield Problem("objects_count", "Phải có ít nhất 1 đối tượng.", index=index)
        if draft.planned_on.year != programme.year:
            yield Problem(
                "planned_on",
                f"Ngày {format_date(draft.planned_on)} không thuộc năm {programme.year} của chương trình. "
                "Hãy sửa ngày.",
                index=index,
            )
        yield from check_kind(programme.subject, draft.kind, draft.planned_on, index)
        if _item_key(draft) in known:
            yield Problem(
                "content", "Cuộc này (cùng loại, nội dung, đối tượng) đã có. Hãy bỏ dòng trùng.", index=index
            )
        known.add(_item_key(draft))


def _item_key(item: Any) -> tuple[str, str, str]:
    return item.kind, tidy(item.content).casefold(), tidy(item.objects_text).casefold()


def change_rules(
    programme: Programme, change: ChangeDraft, added: Sequence[ItemDraft], dropped: Sequence[ProgrammeItem]
) -> Iterator[Problem]:
    """Of a programme that was issued: by a paper, with a reason, not before it, something in or out."""
    yield from check_fields(ProgrammeChange, change)
    if not issued(programme):
        yield Problem("", "Chương trình chưa ban hành: cứ thêm, bỏ trực tiếp, không cần văn bản điều chỉnh.")
        return
    yield from check_past(change.on, "on", "Ngày điều chỉnh", 0)
    if change.on and programme.decision_date and change.on < programme.decision_date:
        yield Problem(
            "on",
            f"Ngày điều chỉnh {format_date(change.on)} trước ngày ban hành {format_date(programme.decision_date)}. "
            "Hãy sửa lại ngày.",
        )
    if not added and not dropped:
        yield Problem("", "Chưa thêm hay bỏ cuộc nào. Hãy ghi ít nhất một thay đổi.")
    yield from drop_rules(dropped)


def drop_rules(items: Iterable[ProgrammeItem]) -> Iterator[Problem]:
    """An item on which an inspection rests stays."""
    rows = list(items)
    used = current(Inspection.objects.filter(item__in=[row.identity for row in rows]))
    having = set(used.values_list("item", flat=True))
    for row in rows:
        if row.identity in having:
            yield Problem("", f"Cuộc “{row.content}” đã triển khai nên không bỏ được. Hãy bỏ đánh dấu.")


def issued(programme: Programme) -> bool:
    """Whether the programme has its paper: from then on only a paper changes it."""
    return programme.decision_date is not None and programme.decision_date <= today()


def may_void_programme(programme: Programme) -> Iterator[Problem]:
    """A programme from which something was carried out stays."""
    yield from drop_rules(current(programme.items.all()))
