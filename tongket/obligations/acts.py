"""What happens to obligations: handed out in one act, worked on step by step, taken back."""

from collections.abc import Sequence
from typing import Any

from tongket.audit.acts import Act, act
from tongket.audit.records import GONE, chunks, current
from tongket.core.problems import Conflict, Problem, Refused, refuse_if_any
from tongket.core.text import tidy
from tongket.files.acts import attach_files
from tongket.obligations.derive import standing
from tongket.obligations.drafts import DemandDraft, StepDraft
from tongket.obligations.models import Demand, Obligation, ReminderRule, Step
from tongket.obligations.rules import (
    demand_rules,
    reminder_rules,
    step_rules,
    undoing_rules,
    voiding_rules,
    withdrawing_rules,
)
from tongket.organisations.models import Organisation

_BATCH = 1_000
MOVED = "Người khác vừa ghi thêm vào việc này. Hãy mở lại trang để xem rồi ghi tiếp; chưa ghi gì của bạn."
_DERIVED = ("state", "deadline", "fulfilled_on", "last_step_on")


def hand_out_in(draft: DemandDraft, receivers: Sequence[Organisation], *, act: Act) -> Demand:
    """The inner part of `hand_out`: hand out inside an open act. Raises `Refused`."""
    refuse_if_any(demand_rules(draft, receivers))
    stamp = act.stamp()
    demand = Demand.objects.create(
        organisation=draft.organisation,
        about=draft.about,
        about_label=tidy(draft.about_label),
        kind=draft.kind,
        title=tidy(draft.title),
        text=draft.text.strip(),
        numbers=[tidy(name) for name in draft.numbers],
        asked_on=draft.asked_on,
        due_on=draft.due_on,
        **stamp,
    )
    Obligation.objects.bulk_create(
        [
            Obligation(
                demand=demand,
                organisation=receiver,
                due_on=draft.due_on,
                deadline=draft.due_on,
                **stamp,
            )
            for receiver in receivers
        ],
        batch_size=_BATCH,
    )
    return demand


def hand_out(
    draft: DemandDraft, receivers: Sequence[Organisation], *, by: Any, origin: str = "form"
) -> Demand:
    """Hand one obligation, with its deadline, to each receiver in one act. Raises `Refused`."""
    with act("demand.add", by=by, origin=origin, organisation=draft.organisation) as current_act:
        demand = hand_out_in(draft, receivers, act=current_act)
        current_act.about(demand)
        current_act.note(kind=draft.kind, due_on=draft.due_on, receivers=len(receivers))
    return demand


def void_demand(demand: Demand, *, reason: str, by: Any) -> Demand:
    """Take back what nobody has worked on yet, whole. Raises `Refused`, `Conflict`."""
    said = _reason(reason)
    with act("demand.void", by=by, organisation=demand.organisation, subject=demand) as current_act:
        row = current(Demand.objects.filter(pk=demand.pk)).first()
        if row is None:
            raise Conflict(GONE)
        open_rows = current(row.obligations.all())
        refuse_if_any(voiding_rules(row, open_rows.exclude(state="received").count()))
        current_act.note(kind=row.kind, receivers=open_rows.count())
        open_rows.update(voided_at=current_act.at, voided_by=current_act.by, void_reason=said)
        current_act.void(row, said)
    return row


def take_step_in(obligation: Obligation, draft: StepDraft, *, act: Act) -> Step:
    """The inner part of `take_step`, inside an open act. Raises `Refused`, `Conflict`."""
    row = _standing_row(obligation)
    past = list(current(row.steps.all()))
    refuse_if_any(step_rules(draft, row.demand, standing(row.due_on, past), past))
    step = Step.objects.create(
        obligation=row,
        kind=draft.kind,
        on=draft.on,
        text=draft.text.strip(),
        numbers={name: str(value) for name, value in (draft.numbers or {}).items()},
        new_deadline=draft.new_deadline,
        on_behalf=draft.on_behalf,
        **act.stamp(),
    )
    attach_files(draft.files, about=step.identity, organisation=row.organisation, act=act)
    _derive(row, [*past, step])
    return step


def take_step(
    obligation: Obligation,
    draft: StepDraft,
    *,
    by: Any,
    origin: str = "form",
    seen: int | None = None,
) -> Step:
    """Record that an obligation was planned, done, reported, accepted, returned, extended or reminded of.

    `seen` is the number of steps that stood when the page was opened: with more by now, a colleague was faster.
    Raises `Refused` (a step that may not follow, days out of order, no reason, bad files) and `Conflict`.
    """
    with act(
        f"obligation.{draft.kind}",
        by=by,
        origin=origin,
        organisation=obligation.organisation,
        subject=obligation,
    ) as current_act:
        check_seen(obligation, seen)
        step = take_step_in(obligation, draft, act=current_act)
        current_act.note(on=draft.on, on_behalf=draft.on_behalf)
        if draft.new_deadline is not None:
            current_act.note(until=draft.new_deadline)
    return step


def check_seen(obligation: Obligation, seen: int | None) -> None:
    """Inside an open act: raise `Conflict` when more than reminders came in since `seen` steps were shown."""
    if seen is not None and current(obligation.steps.exclude(kind="reminded")).count() != seen:
        raise Conflict(MOVED)


def take_steps_in(obligations: Sequence[Obligation], draft: StepDraft, *, act: Act) -> list[Step]:
    """The inner part of `take_steps`: judge all, write all, each query once."""
    keys = [one.pk for one in obligations]
    rows = {
        row.pk: row
        for ids in chunks(keys)
        for row in current(Obligation.objects.filter(pk__in=ids)).select_related("demand", "organisation")
    }
    if len(rows) != len(set(keys)):
        raise Conflict(GONE)
    past: dict[int, list[Step]] = {pk: [] for pk in rows}
    for ids in chunks(rows):
        for step in current(Step.objects.filter(obligation__in=ids)).order_by("id"):
            past[step.obligation_id].append(step)
    found: list[Problem] = []
    for index, (pk, row) in enumerate(rows.items()):
        for problem in step_rules(draft, row.demand, standing(row.due_on, past[pk]), past[pk]):
            found.append(Problem(problem.field, f"{row.organisation.name}: {problem.message}", index=index))
    refuse_if_any(found)
    columns = {"kind": draft.kind, "on": draft.on, "text": draft.text.strip(), **act.stamp()}
    steps = [Step(obligation=row, **columns) for row in rows.values()]
    Step.objects.bulk_create(steps, batch_size=_BATCH)
    for step in steps:
        _set_derived(rows[step.obligation_id], [*past[step.obligation_id], step])
    Obligation.objects.bulk_update(list(rows.values()), _DERIVED, batch_size=100)
    return steps


def take_steps(
    obligations: Sequence[Obligation], draft: StepDraft, *, by: Any, origin: str = "form"
) -> list[Step]:
    """Accept or remind of many obligations in one act: all or none. Raises `Refused`, `Conflict`."""
    if not obligations:
        raise Refused([Problem("", "Chưa chọn tổ chức nào. Hãy đánh dấu ít nhất một.")])
    demand = obligations[0].demand
    with act(
        f"obligation.{draft.kind}", by=by, origin=origin, organisation=demand.organisation, subject=demand
    ) as current_act:
        steps = take_steps_in(obligations, draft, act=current_act)
        current_act.note(on=draft.on, receivers=len(steps))
    return steps


def void_obligation(obligation: Obligation, *, reason: str, by: Any) -> Obligation:
    """Take one organisation's part back, for example of one that ended. Raises `Refused`, `Conflict`."""
    said = _reason(reason)
    with act(
        "obligation.withdraw", by=by, organisation=obligation.organisation, subject=obligation
    ) as current_act:
        row = _standing_row(obligation)
        refuse_if_any(withdrawing_rules(row.state))
        current_act.void(row, said)
    return row


def void_step(step: Step, *, reason: str, by: Any) -> Step:
    """Void the latest step of an obligation: the state goes back to the one before. Raises `Refused`, `Conflict`."""
    said = _reason(reason)
    with act(
        "obligation.void_step", by=by, organisation=step.obligation.organisation, subject=step.obligation
    ) as current_act:
        row = _standing_row(step.obligation)
        past = list(current(row.steps.all()))
        found = next((one for one in past if one.pk == step.pk), None)
        if found is None:
            raise Conflict(GONE)
        refuse_if_any(undoing_rules(found, past))
        current_act.void(found, said)
        current_act.note(kind=step.kind, on=step.on)
        _derive(row, [one for one in past if one.pk != step.pk])
    return step


def set_reminder_days(
    organisation: Organisation, days: dict[str, Sequence[int]], *, by: Any
) -> list[ReminderRule]:
    """Put an organisation's own reminder days (kind "" for every kind -> days) in place of those it had.

    Without any, it follows the nearest organisation above, at last the defaults. Raises `Refused`.
    """
    refuse_if_any(reminder_rules(days))
    with act("reminder.change", by=by, organisation=organisation, subject=organisation) as current_act:
        for row in current(ReminderRule.objects.filter(organisation=organisation)):
            current_act.void(row, "thay bằng quy định mới")
        rows = [
            ReminderRule(organisation=organisation, kind=kind, days=day, **current_act.stamp())
            for kind, some in days.items()
            for day in sorted(set(some))
        ]
        ReminderRule.objects.bulk_create(rows)
        current_act.note(**{f"days_{kind or 'all'}": sorted(set(some)) for kind, some in days.items()})
    return rows


def _standing_row(obligation: Obligation) -> Obligation:
    row = (
        current(Obligation.objects.filter(pk=obligation.pk)).select_related("demand", "organisation").first()
    )
    if row is None:
        raise Conflict(GONE)
    return row


def _set_derived(row: Obligation, steps: Sequence[Step]) -> None:
    stands = standing(row.due_on, steps)
    row.state, row.deadline = stands.state, stands.deadline
    row.fulfilled_on, row.last_step_on = stands.fulfilled_on, stands.last_step_on


def _derive(row: Obligation, steps: Sequence[Step]) -> None:
    _set_derived(row, steps)
    row.save(update_fields=list(_DERIVED))


def _reason(reason: str) -> str:
    said = tidy(reason or "")[:300]
    if not said:
        raise Refused([Problem("reason", "Chưa nêu lý do. Hãy ghi vì sao.")])
    return said
