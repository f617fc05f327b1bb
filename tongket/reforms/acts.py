"""What happens to plans: kept, changed, carried out as one act, taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from tongket.audit.acts import Act, act
from tongket.audit.records import written_reason
from tongket.audit.room import room_for_many
from tongket.core.dates import format_date, today
from tongket.core.problems import Conflict, Problem, Refused, refuse_if_any
from tongket.organisations.models import Organisation
from tongket.reforms.built import built_on, refusals, take_back
from tongket.reforms.carrying.carry import Paper, carry_out
from tongket.reforms.effects.fates import effects_of
from tongket.reforms.effects.seen import digest_of
from tongket.reforms.models import ReformPlan, ReformPreview
from tongket.reforms.rights import carry_rights, take_rights_back
from tongket.reforms.rules import check_plan
from tongket.reforms.steps import Step, from_plain, to_plain

_STALE = (
    "Phương án này vừa được sửa ở nơi khác. Mở lại trang để xem bản mới rồi làm tiếp; chưa có gì được ghi."
)
_CLOSED = "Phương án đã thực hiện: không sửa được nữa. Lập phương án mới, hoặc hoàn tác trước."


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """What a person enters about a plan; `organisation` is the one under which it is drawn up."""

    organisation: Organisation
    title: str
    on: date
    steps: tuple[Step, ...] = ()
    decision_number: str = ""
    decision_date: date | None = None
    decision_body: str = ""
    note: str = ""


def start_plan(draft: PlanDraft, *, by: Any) -> ReformPlan:
    """Keep a new plan. Raises `Refused`: no title, or steps on organisations beyond the user's duty."""
    refuse_if_any(check_plan(draft.title, draft.steps, by))
    with act("reform.draw_up", by=by, organisation=draft.organisation) as current:
        plan = ReformPlan.objects.create(**_columns(draft), organisation=draft.organisation, made_by=by)
        current.about(plan)
        current.note(on=draft.on, steps=len(draft.steps))
    return plan


def change_plan(plan: ReformPlan, draft: PlanDraft, *, by: Any, expected_version: int) -> ReformPlan:
    """Put `draft` in the place of what the plan said. Raises `Conflict` if someone changed it meanwhile, `Refused`
    for one that was carried out or for steps beyond the user's duty."""
    refuse_if_any(check_plan(draft.title, draft.steps, by))
    with act("reform.change", by=by, organisation=plan.organisation, subject=plan) as current:
        row = _taken(plan, expected_version)
        for name, value in _columns(draft).items():
            setattr(row, name, value)
        row.row_version += 1
        row.save()
        current.note(on=draft.on, steps=len(draft.steps))
    return row


def _columns(draft: PlanDraft) -> dict[str, Any]:
    return {
        "title": draft.title.strip(),
        "on": draft.on,
        "decision_number": draft.decision_number,
        "decision_date": draft.decision_date,
        "decision_body": draft.decision_body,
        "note": draft.note,
        "steps": to_plain(draft.steps),
    }


def _taken(plan: ReformPlan, expected_version: int | None) -> ReformPlan:
    """The plan as it is now, held for this act; still a draft."""
    row = ReformPlan.objects.select_for_update().get(pk=plan.pk)
    if expected_version is not None and row.row_version != expected_version:
        raise Conflict(_STALE)
    if row.state == "done":
        raise Refused([Problem("", _CLOSED)])
    return row


def steps_of(plan: ReformPlan) -> tuple[Step, ...]:
    """The plan's steps."""
    return from_plain(plan.steps)


def paper_of(plan: ReformPlan) -> Paper:
    """The decision on which the plan rests, as the acts of the domain take it."""
    return {name: getattr(plan, name) for name in ("decision_number", "decision_date", "decision_body")}


@room_for_many()
def execute(plan: ReformPlan, *, by: Any, seen: ReformPreview | None = None) -> ReformPlan:
    """Carry the plan out as one act.

    `seen` is the preview that the user accepted: if the act would now do anything else to people or organisations than
    was shown, it is refused as a `Conflict` and nothing is written. Raises `Refused` for what cannot be, with the step,
    and for a day that has not come.
    """
    refuse_if_any([*check_plan(plan.title, steps_of(plan), by), *_check_day(plan.on)])
    with act("reform.carry_out", by=by, organisation=plan.organisation, subject=plan) as current:
        row = _taken(plan, plan.row_version)
        carry_out(steps_of(row), on=row.on, paper=paper_of(row), act=current)
        _as_seen(row, seen, current)
        given = carry_rights(current.at)
        row.granted = [one.pk for one in given]
        row.done_at, row.done_by, row.undone_at, row.undo_reason = current.at, by, None, ""
        row.row_version += 1
        row.save()
        current.note(on=row.on, steps=len(row.steps), decision=row.decision_number)
        if given:
            current.note(accounts=sorted(f"{one.user.username} ({one.duty})" for one in given))
    return row


def _check_day(on: date) -> list[Problem]:
    if on <= today():
        return []
    return [
        Problem(
            "on",
            f"Ngày hiệu lực {format_date(on)} chưa đến. Xem trước được ngay; thực hiện từ ngày đó.",
        )
    ]


def _as_seen(plan: ReformPlan, seen: ReformPreview | None, current: Act) -> None:
    if seen is None:
        return
    if seen.plan_version != plan.row_version or seen.digest != digest_of(effects_of(current.at, plan.on)):
        raise Conflict(
            "Từ khi xem trước, phương án hoặc sổ sách đã thay đổi, nên việc sắp xếp sẽ khác với bảng đã xem. "
            "Chưa có gì được ghi. Tính lại tác động, xem rồi thực hiện."
        )


@room_for_many()
def undo(plan: ReformPlan, *, reason: str, by: Any) -> ReformPlan:
    """Take a plan back that was carried out. Raises `Refused` with what was built on it since; the plan then can be
    changed and carried out anew."""
    said = written_reason(reason, ask="Hãy ghi vì sao hoàn tác.")
    with act("reform.undo", by=by, organisation=plan.organisation, subject=plan) as current:
        row = ReformPlan.objects.select_for_update().get(pk=plan.pk)
        if row.state != "done" or row.done_at is None:
            raise Conflict("Phương án này chưa thực hiện hoặc đã được hoàn tác. Mở lại trang để xem bản mới.")
        refuse_if_any(refusals(built_on(row.done_at, row.on, granted=row.granted)))
        take_rights_back(row.granted)
        back = take_back(row.done_at, said, act=current)
        row.undone_at, row.undo_reason, row.granted = current.at, said, []
        row.row_version += 1
        row.save()
        current.note(on=row.on, members=back, reason=said)
    return row


def delete_plan(plan: ReformPlan, *, by: Any) -> None:
    """Throw a draft away. One that was carried out, or taken back, stays: the ledger speaks of it."""
    with act("reform.throw_away", by=by, organisation=plan.organisation, subject=plan):
        row = _taken(plan, None)
        if row.done_at is not None:
            raise Refused([Problem("", "Phương án đã từng thực hiện thì được giữ lại, không xóa được.")])
        row.delete()


def keep_preview(
    plan: ReformPlan, content: dict[str, Any], *, digest: str, ledger: int, by: Any
) -> ReformPreview:
    """Keep what a user was shown, in the place of what the same user was shown before."""
    row, _made = ReformPreview.objects.update_or_create(
        plan=plan,
        user=by,
        defaults={
            "plan_version": plan.row_version,
            "at": timezone.now(),
            "ledger": ledger,
            "digest": digest,
            "content": content,
        },
    )
    return row


__all__: Sequence[str] = (
    "PlanDraft",
    "change_plan",
    "delete_plan",
    "execute",
    "keep_preview",
    "start_plan",
    "steps_of",
    "undo",
)
