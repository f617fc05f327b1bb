"""Conclusions, and the one step that turns them into obligations with owners and dates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max

from tongket.audit.acts import Act, act
from tongket.audit.draft_fields import check_fields
from tongket.audit.records import GONE, current
from tongket.conferences.concluding.drafts import ConclusionDraft, Task
from tongket.conferences.concluding.words import in_sentence
from tongket.conferences.hall.acts import CLOSED, RUNNING, check_item, reason_of
from tongket.conferences.models import Conclusion, Conference
from tongket.conferences.queries import standing_of
from tongket.core.dates import format_date, today
from tongket.core.problems import Conflict, Problem, Refused, refuse_if_any
from tongket.core.text import tidy
from tongket.obligations.acts import hand_out_in
from tongket.obligations.derive import outcome_of
from tongket.obligations.drafts import DemandDraft
from tongket.obligations.models import Demand, Obligation
from tongket.organisations.models import Organisation
from tongket.organisations.queries import Placed, subtree_on

TITLE = 300
_LABEL = 200


def add_conclusions(
    conference: Conference, drafts: Sequence[ConclusionDraft], *, by: Any, origin: str = "form"
) -> list[Conclusion]:
    """Record what was concluded; what has owners and a date is handed to them in the same act.

    Raises `Refused` with everything wrong in any row (`index`): then nothing is recorded and nothing handed out.
    """
    with act("conclusion.add", by=by, origin=origin, organisation=conference.organisation) as current_act:
        row = standing_of(conference)
        refuse_if_any(conclusion_rules(row, drafts))
        last = current(row.conclusions.all()).aggregate(last=Max("position"))["last"] or 0
        made = []
        for index, draft in enumerate(drafts):
            conclusion = Conclusion.objects.create(
                conference=row,
                item=draft.item,
                position=last + index + 1,
                text=tidy(draft.text),
                **current_act.stamp(),
            )
            made.append(conclusion)
            if draft.task is not None:
                _hand_out(row, conclusion, draft.task, current_act, index)
        current_act.about(row)
        current_act.note(count=len(made), handed=sum(1 for draft in drafts if draft.task is not None))
    return made


def assign(conclusion: Conclusion, task: Task, *, by: Any, origin: str = "form") -> Demand:
    """Hand a recorded conclusion to owners with a date. Raises `Refused` (already theirs, bad date), `Conflict`."""
    organisation = conclusion.conference.organisation
    with act("conclusion.assign", by=by, origin=origin, organisation=organisation) as current_act:
        row = _standing(conclusion)
        conference = standing_of(row.conference)
        refuse_if_any(_task_rules(conference, task, 0))
        refuse_if_any(_already(row, task))
        demand = _hand_out(conference, row, task, current_act, 0)
        current_act.about(row)
        current_act.note(kind=task.kind, due_on=task.due_on, receivers=len(task.owners))
    return demand


def void_conclusion(conclusion: Conclusion, *, reason: str, by: Any) -> Conclusion:
    """Void a conclusion entered wrongly. Raises `Refused` while obligations rest on it, `Conflict`."""
    said = reason_of(reason)
    with act(
        "conclusion.void", by=by, organisation=conclusion.conference.organisation, subject=conclusion
    ) as current_act:
        row = _standing(conclusion)
        if current(Demand.objects.filter(about=row.identity)).exists():
            raise Refused(
                [
                    Problem(
                        "", "Kết luận này đã giao thành nhiệm vụ. Hãy rút nhiệm vụ ở trang giao việc trước."
                    )
                ]
            )
        current_act.void(row, said)
    return row


def conclusion_rules(row: Conference, drafts: Sequence[ConclusionDraft]) -> Iterator[Problem]:
    """Of a conference that was opened, each said once, each task with owners below and a date to come."""
    if row.state not in (RUNNING, CLOSED):
        yield Problem("", "Hội nghị chưa khai mạc nên chưa có kết luận. Hãy khai mạc trước.")
        return
    if not drafts:
        yield Problem("", "Chưa ghi kết luận nào. Hãy ghi ít nhất một dòng.")
    known = {tidy(text).casefold() for text in current(row.conclusions.all()).values_list("text", flat=True)}
    for index, draft in enumerate(drafts):
        yield from (problem.at(index) for problem in check_fields(Conclusion, draft))
        yield from (problem.at(index) for problem in check_item(row, draft.item))
        text = tidy(draft.text).casefold()
        if text and text in known:
            yield Problem("text", "Kết luận này đã ghi rồi. Hãy bỏ dòng trùng.", index=index)
        known.add(text)
        if draft.task is not None:
            yield from _task_rules(row, draft.task, index)


def _task_rules(row: Conference, task: Task, index: int) -> Iterator[Problem]:
    below = {placed.organisation_id for placed in receivers_below(row)}
    outside = [one.name for one in task.owners if one.pk not in below]
    if not task.owners:
        yield Problem("owners", "Chưa chọn tổ chức nào để giao. Hãy chọn ít nhất một.", index=index)
    if outside:
        yield Problem(
            "owners",
            f"Không thuộc cấp dưới của {row.organisation.name}: {', '.join(outside[:3])}.",
            index=index,
        )
    if task.due_on < row.on:
        yield Problem(
            "due_on",
            f"Hạn {format_date(task.due_on)} trước ngày hội nghị {format_date(row.on)}. Hãy sửa hạn.",
            index=index,
        )


def _already(row: Conclusion, task: Task) -> Iterator[Problem]:
    having = current(
        Obligation.objects.filter(demand__about=row.identity, demand__voided_at__isnull=True)
    ).filter(organisation__in=[one.pk for one in task.owners])
    names = list(having.values_list("organisation__name", flat=True)[:4])
    if names:
        named = ", ".join(names[:3]) + ("…" if len(names) > 3 else "")
        yield Problem("owners", f"Đã giao kết luận này cho: {named}. Hãy bỏ chọn.")


def _hand_out(row: Conference, conclusion: Conclusion, task: Task, act: Act, index: int) -> Demand:
    text = conclusion.text
    draft = DemandDraft(
        organisation=row.organisation,
        kind=task.kind,
        title=text if len(text) <= TITLE else text[: TITLE - 1].rsplit(" ", 1)[0] + "…",
        text=text if len(text) > TITLE else "",
        asked_on=min(row.on, today()),
        due_on=task.due_on,
        about=conclusion.identity,
        about_label=label_of(row),
    )
    try:
        return hand_out_in(draft, task.owners, act=act)
    except Refused as refused:
        names = {"receivers": "owners", "title": "text"}
        raise Refused(
            Problem(names.get(p.field, p.field), p.message, p.severity, index) for p in refused.problems
        ) from None


def label_of(row: Conference) -> str:
    """On what the obligations rest: «Kết luận hội nghị … ngày 28/12/2023»."""
    end = f" ngày {format_date(row.on)}"
    start = f"Kết luận {in_sentence(row.title)}"
    return (start if len(start + end) <= _LABEL else start[: _LABEL - len(end) - 1] + "…") + end


def receivers_below(row: Conference) -> list[Placed]:
    """All organisations below the conference's own on its day, in the order of the tree."""
    return [placed for placed in subtree_on(row.organisation, row.on) if placed.depth > 0]


@dataclass(frozen=True, slots=True)
class Progress:
    """How a demand made from a conclusion stands: how many owners, how many of each outcome."""

    demand: Demand
    owners: tuple[str, ...]
    on_time: int
    late: int
    overdue: int
    waiting: int

    @property
    def total(self) -> int:
        """How many organisations have it to do."""
        return len(self.owners)


def progress_of(conclusions: Sequence[Conclusion], on: date | None = None) -> dict[Any, list[Progress]]:
    """The demands made from these conclusions with their state, by the conclusion's identity; two queries."""
    demands = list(
        current(Demand.objects.filter(about__in=[one.identity for one in conclusions])).order_by("id")
    )
    rows: dict[int, list[Obligation]] = {}
    for row in current(Obligation.objects.filter(demand__in=demands)).select_related("organisation"):
        rows.setdefault(row.demand_id, []).append(row)
    found: dict[Any, list[Progress]] = {}
    for demand in demands:
        mine = rows.get(demand.pk, [])
        counts = [outcome_of(row, on or today()) for row in mine]
        found.setdefault(demand.about, []).append(
            Progress(
                demand,
                tuple(row.organisation.name for row in mine),
                *(counts.count(code) for code in ("on_time", "late", "overdue", "waiting")),
            )
        )
    return found


def _standing(conclusion: Conclusion) -> Conclusion:
    row = (
        current(Conclusion.objects.filter(pk=conclusion.pk))
        .select_related("conference__organisation")
        .first()
    )
    if row is None:
        raise Conflict(GONE)
    return row


def owners_chosen(
    placed: Sequence[Placed], chosen: Sequence[str], ticked: Sequence[str]
) -> tuple[Organisation, ...]:
    """The organisations meant by groups ("below": directly below; "sector:commune") and by ticked codes, each once."""
    ids = {
        one.organisation_id
        for one in placed
        if one.code in ticked or (one.depth == 1 and ("below" in chosen or f"sector:{one.sector}" in chosen))
    }
    return tuple(Organisation.objects.filter(pk__in=ids).order_by("position", "code"))
