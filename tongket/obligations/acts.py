"""What happens to obligations: handed out in one act, worked on step by step, taken back."""

from collections.abc import Sequence
from typing import Any

from tongket.audit.acts import Act, act
from tongket.audit.records import GONE, current
from tongket.core.problems import Conflict, Problem, Refused, refuse_if_any
from tongket.core.text import tidy
from tongket.files.acts import attach_files
from tongket.obligations.derive import standing
from tongket.obligations.drafts import DemandDraft, StepDraft
from tongket.obligations.models import Demand, Obligation, Step
from tongket.obligations.rules import demand_rules, step_rules, voiding_rules
from tongket.organisations.models import Organisation

_BATCH = 1_000
#: Who took the last step, in the ledger's words.
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


def take_step(obligation: Obligation, draft: StepDraft, *, by: Any, origin: str = "form") -> Step:
    """Record that an obligation was planned, done, reported, accepted, returned, extended or reminded of.

    Raises `Refused` (a step that may not follow, days out of order, no reason, bad files) and `Conflict`.
    """
    with act(
        f"obligation.{draft.kind}",
        by=by,
        origin=origin,
        organisation=obligation.organisation,
        subject=obligation,
    ) as current_act:
        step = take_step_in(obligation, draft, act=current_act)
        current_act.note(on=draft.on, on_behalf=draft.on_behalf)
        if draft.new_deadline is not None:
            current_act.note(until=draft.new_deadline)
    return step


def void_step(step: Step, *, reason: str, by: Any) -> Step:
    """Void the last step of an obligation; the state goes back to what it was before. Raises `Refused`, `Conflict`."""
    said = _reason(reason)
    with act(
        "obligation.void_step", by=by, organisation=step.obligation.organisation, subject=step.obligation
    ) as current_act:
        row = _standing_row(step.obligation)
        past = list(current(row.steps.all()))
        if not any(one.pk == step.pk for one in past):
            raise Conflict(GONE)
        if past[-1].pk != step.pk:
            raise Refused([Problem("", "Chỉ hủy được việc ghi sau cùng. Hãy hủy lần lượt từ việc mới nhất.")])
        current_act.void(past[-1], said)
        current_act.note(kind=step.kind, on=step.on)
        _derive(row, past[:-1])
    return step


def _standing_row(obligation: Obligation) -> Obligation:
    row = (
        current(Obligation.objects.filter(pk=obligation.pk)).select_related("demand", "organisation").first()
    )
    if row is None:
        raise Conflict(GONE)
    return row


def _derive(row: Obligation, steps: Sequence[Step]) -> None:
    stands = standing(row.due_on, steps)
    row.state, row.deadline = stands.state, stands.deadline
    row.fulfilled_on, row.last_step_on = stands.fulfilled_on, stands.last_step_on
    row.save(update_fields=list(_DERIVED))


def _reason(reason: str) -> str:
    said = tidy(reason or "")[:300]
    if not said:
        raise Refused([Problem("reason", "Chưa nêu lý do.")])
    return said
