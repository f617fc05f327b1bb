"""What must hold of a planned session, and of a held one that says it was planned."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from tongket.audit.records import Numbered, chunks, current, repeated
from tongket.core.dates import add_months, format_date, today
from tongket.core.problems import Problem
from tongket.directives.models import Directive, PlannedSession, StudySession
from tongket.directives.study.drafts import PlannedSessionDraft
from tongket.organisations.lifetime import check_alive, lifetimes

_MOST_MONTHS = 24


def planned_rules(drafts: Numbered[PlannedSessionDraft]) -> Iterator[Problem]:
    """Of a living organisation, not before the paper, within two years, at one place at least."""
    lives = lifetimes(draft.organisation for _, draft in drafts)
    papers = _papers(draft.directive for _, draft in drafts if draft.directive)
    for index, draft in drafts:
        yield from check_alive(lives, draft.organisation, min(draft.planned_on, today()), index)
        if draft.planned_on > add_months(today(), _MOST_MONTHS):
            yield Problem(
                "planned_on",
                f"Ngày dự kiến {format_date(draft.planned_on)} cách nay hơn 2 năm. Hãy kiểm tra lại năm.",
                index=index,
            )
        if draft.sites < 1:
            yield Problem("sites", "Phải có ít nhất 1 điểm cầu. Tổ chức tại một nơi thì ghi 1.", index=index)
        if draft.directive is not None:
            yield from _of_the_paper(draft, papers.get(draft.directive), index)


def _papers(identities: Iterable[UUID]) -> dict[UUID, Directive]:
    return {
        row.identity: row
        for ids in chunks(identities)
        for row in current(Directive.objects.filter(identity__in=ids))
    }


def _of_the_paper(draft: PlannedSessionDraft, paper: Directive | None, index: int) -> Iterator[Problem]:
    if paper is None:
        yield Problem("paper", "Văn bản được chọn đã bị hủy. Hãy chọn lại trong danh sách.", index=index)
    elif draft.planned_on < paper.issued_on:
        yield Problem(
            "planned_on",
            f"Ngày dự kiến {format_date(draft.planned_on)} trước ngày ban hành {format_date(paper.issued_on)} "
            f"của {paper.symbol}. Hãy sửa ngày hoặc chọn đúng văn bản.",
            index=index,
        )


def may_void_planned(plan: PlannedSession) -> Iterator[Problem]:
    """A plan that was carried out stays: the held session says that it was planned."""
    if held_of([plan.identity]):
        yield Problem(
            "", "Lớp, hội nghị này đã ghi kết quả. Hãy hủy kết quả trước; nếu chỉ ghi sai, hãy đính chính."
        )


def held_of(plans: Iterable[UUID]) -> dict[UUID, StudySession]:
    """The standing session of each plan that was carried out."""
    rows = current(StudySession.objects.filter(planned__in=list(plans)))
    return {row.planned: row for row in rows if row.planned is not None}


def held_as_planned(drafts: Numbered[Any]) -> Iterator[Problem]:
    """A held session that names a plan: one that stands, of the same organisation, carried out once."""
    named = [(index, draft) for index, draft in drafts if draft.planned is not None]
    if not named:
        return
    ids = [draft.planned for _, draft in named]
    plans = {row.identity: row for row in current(PlannedSession.objects.filter(identity__in=ids))}
    held = held_of(ids)
    again = {index for index, _ in repeated(named, lambda draft: draft.planned)}
    for index, draft in named:
        plan = plans.get(draft.planned)
        if plan is None:
            yield Problem("", "Kế hoạch của lớp này đã bị hủy. Hãy ghi kết quả như một lớp mới.", index=index)
        elif plan.organisation_id != draft.organisation.pk:
            yield Problem(
                "organisation", "Kế hoạch này là của tổ chức khác. Hãy chọn đúng tổ chức.", index=index
            )
        if draft.planned in held or index in again:
            yield Problem(
                "", "Kế hoạch này đã ghi kết quả. Nếu ghi sai, hãy đính chính kết quả đó.", index=index
            )
