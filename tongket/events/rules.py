"""What must hold of events, twinnings, programmes and follow-ups."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from tongket.audit.draft_fields import check_fields
from tongket.audit.records import Numbered, check_past, chunks, current, repeated
from tongket.core.dates import add_months, format_date, today
from tongket.core.problems import Problem
from tongket.core.text import fold, tidy
from tongket.events.drafts import EventDraft, FollowUpDraft, Line, TwinningDraft
from tongket.events.models import Event, ProgrammeItem, Twinning
from tongket.obligations.models import Demand
from tongket.obligations.queries import about
from tongket.organisations.lifetime import check_alive, lifetimes

LONGEST_DAYS = 366
MOST_LINES = 80
_OLDEST = 1000  # a commemoration may go back beyond the calendar that records use
_YEARS_SAID = re.compile(r"\b(\d{1,3})\s+năm\b(?!\s+\d)")


def twinning_rules(drafts: Numbered[TwinningDraft]) -> Iterator[Problem]:
    """A year that has been, the day of that year, an agreement not after today, each partner once."""
    lives = lifetimes(draft.organisation for _, draft in drafts)
    known = _partners(draft.organisation.pk for _, draft in drafts)
    again = {index for index, _ in repeated(drafts, _partner)}
    for index, draft in drafts:
        yield from check_alive(lives, draft.organisation, today(), index)
        yield from _since(draft.since_year, draft.since_on, "since", "Năm kết nghĩa", index)
        if draft.agreement_date is not None:
            yield from check_past(draft.agreement_date, "agreement_date", "Ngày văn bản", index)
        if _partner(draft) in known or index in again:
            yield Problem(
                "partner",
                f"Đã ghi kết nghĩa với {tidy(draft.partner)} từ năm {draft.since_year}. Hãy đính chính bản ghi đó.",
                index=index,
            )


def _partner(of: Any) -> tuple[Any, ...]:
    return of.organisation.pk, fold(of.partner), of.since_year


def _partners(organisations: Iterable[int]) -> set[tuple[Any, ...]]:
    return {
        _partner(row)
        for ids in chunks(organisations)
        for row in current(Twinning.objects.filter(organisation__in=ids)).select_related("organisation")
    }


def _since(year: int, day: date | None, field: str, what: str, index: int) -> Iterator[Problem]:
    if not _OLDEST <= year <= today().year:
        yield Problem(
            field, f"{what} {year} phải từ {_OLDEST} đến {today().year}. Hãy kiểm tra lại.", index=index
        )
    elif day is not None:
        if day.year != year:
            yield Problem(
                field, f"Ngày {format_date(day)} không thuộc năm {year}. Hãy sửa một trong hai.", index=index
            )
        yield from check_past(day, field, "Ngày", index)


def event_rules(drafts: Numbered[EventDraft]) -> Iterator[Problem]:
    """Days in order, of a living organisation, a twinning of its own, years that agree with what is commemorated."""
    lives = lifetimes(draft.organisation for _, draft in drafts)
    twinnings = _twinnings(draft.twinning for _, draft in drafts if draft.twinning)
    for index, draft in drafts:
        if draft.starts_on <= today():
            yield from check_alive(lives, draft.organisation, draft.starts_on, index)
        yield from _days(draft, index)
        if draft.marks_year is not None:
            yield from _since(draft.marks_year, draft.marks_on, "marks", "Năm được kỷ niệm", index)
            if draft.marks_year > draft.starts_on.year:
                yield Problem(
                    "marks", "Sự kiện được kỷ niệm ở sau hoạt động này. Hãy kiểm tra lại năm.", index=index
                )
        twinning = twinnings.get(draft.twinning) if draft.twinning else None
        if draft.twinning and twinning is None:
            yield Problem(
                "twinning", "Bản ghi kết nghĩa đã bị hủy. Hãy chọn lại trong danh sách.", index=index
            )
        yield from _years_said(draft, twinning, index)


def _days(draft: EventDraft, index: int) -> Iterator[Problem]:
    if draft.ends_on < draft.starts_on:
        yield Problem(
            "ends_on",
            f"Ngày kết thúc {format_date(draft.ends_on)} trước ngày bắt đầu {format_date(draft.starts_on)}. "
            "Hoạt động trong một ngày thì ghi hai ngày như nhau.",
            index=index,
        )
    elif (draft.ends_on - draft.starts_on).days > LONGEST_DAYS:
        yield Problem("ends_on", "Hoạt động dài hơn một năm. Hãy ghi từng đợt.", index=index)
    if draft.starts_on > add_months(today(), 60):
        yield Problem("starts_on", "Ngày bắt đầu cách nay hơn 5 năm. Hãy kiểm tra lại năm.", index=index)


def _years_said(draft: EventDraft, twinning: Twinning | None, index: int) -> Iterator[Problem]:
    """The number of years in the title is doubted when it is not the one computed."""
    year = draft.marks_year or (twinning.since_year if twinning else None)
    if year is None:
        return
    turned = draft.starts_on.year - year
    for name in ("occasion", "title"):
        said = [int(found) for found in _YEARS_SAID.findall(getattr(draft, name))]
        if said and turned not in said:
            yield Problem(
                name,
                f"Ghi {said[0]} năm, nhưng từ {year} đến {draft.starts_on.year} là {turned} năm. "
                "Hãy kiểm tra lại.",
                "warning",
                index,
            )


def _twinnings(identities: Iterable[UUID]) -> dict[UUID, Twinning]:
    return {
        row.identity: row
        for ids in chunks(identities)
        for row in current(Twinning.objects.filter(identity__in=ids))
    }


def may_void_event(event: Event) -> Iterator[Problem]:
    """An event goes only after what was asked because of it."""
    asked = about([event.identity]).count()
    if asked:
        yield Problem(
            "",
            f"Còn {asked} việc đã giao từ hoạt động này. Hãy rút các việc đó trước; nếu chỉ ghi sai, hãy đính chính.",
        )


def may_void_twinning(twinning: Twinning) -> Iterator[Problem]:
    """A twinning goes only after the events that belong to it."""
    events = current(Event.objects.filter(twinning=twinning.identity)).count()
    if events:
        yield Problem("", f"Còn {events} hoạt động ghi theo kết nghĩa này. Hãy hủy hoặc sửa chúng trước.")


def programme_rules(lines: Sequence[Line]) -> Iterator[Problem]:
    """Lines that say something, none too long, not too many; `index` is the line."""
    if len(lines) > MOST_LINES:
        yield Problem("", f"Chương trình có {len(lines)} dòng; ghi tối đa {MOST_LINES} dòng. Hãy gộp bớt.")
    for index, line in enumerate(lines):
        yield from (problem.at(index) for problem in check_fields(ProgrammeItem, line))


def follow_up_rules(drafts: Numbered[FollowUpDraft]) -> Iterator[Problem]:
    """Something to do, done not later than today; a link to a demand that stands, each once."""
    for index, draft in drafts:
        if draft.done_on is not None:
            yield from check_past(draft.done_on, "done_on", "Ngày xong", index)
        if draft.demand is None:
            continue
        if not current(Demand.objects.filter(identity=draft.demand)).exists():
            yield Problem("demand", "Việc được chọn đã bị rút. Hãy chọn việc khác.", index=index)
