"""What is recorded of a probation; the decision writes the recognition into the register in the same act."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from tongket.admissions.deadlines.limits import votes_allowed
from tongket.admissions.drafts import ProbationStepDraft
from tongket.admissions.joining.step_rules import decision_rules, extension_rules
from tongket.admissions.models import ProbationStep
from tongket.admissions.probation.derive import Probation, fold, take
from tongket.admissions.probation.queries import ceremonies_of, steps_of
from tongket.admissions.voting import base_of, severity_of, vote_rules, voters_on
from tongket.audit import records
from tongket.audit.acts import Act, act
from tongket.audit.draft_fields import check_fields
from tongket.audit.records import check_past, current, written_reason
from tongket.core.dates import format_date
from tongket.core.judging import PROBATION_STEP
from tongket.core.problems import Conflict, Problem, Refused, refuse_if_any
from tongket.core.text import tidy
from tongket.members.acts import add_events
from tongket.members.derive import Spell
from tongket.members.drafts import EventDraft
from tongket.members.models import MemberEvent
from tongket.members.standing import spell_on, spells_by_member
from tongket.organisations.models import Organisation

_REPEATED = ("helper", "class", "resolution")
_NEEDS_RESOLUTION = ("forwarded", "appraised", "extended", "decision")


def check_probation_steps(drafts: Sequence[ProbationStepDraft]) -> list[Problem]:
    """Judge steps, each after those on record and those before it in the batch; writes nothing."""
    return _judge(drafts)[0]


def _judge(
    drafts: Sequence[ProbationStepDraft],
) -> tuple[list[Problem], list[tuple[ProbationStep, Probation]]]:
    people = [d.member for d in drafts] + [d.helper for d in drafts if d.helper]
    spells = spells_by_member(people)
    ids = [draft.member.pk for draft in drafts]
    ceremonies, steps = ceremonies_of(ids, date.max), steps_of(ids)
    cells = Organisation.objects.in_bulk({s.organisation_id for own in spells.values() for s in own})
    standing: dict[int, Probation] = {}
    problems: list[Problem] = []
    rows = []
    for index, draft in enumerate(drafts):
        pk, ceremony = draft.member.pk, ceremonies.get(draft.member.pk)
        now = standing.setdefault(
            pk, fold(ceremony, [s for s in steps.get(pk, ()) if s.ceremony_on == ceremony])
        )
        spell = _probationary(spells.get(pk, ()), draft.on)
        cell = cells[spell.organisation_id] if spell else None
        found = [problem.at(index) for problem in check_fields(ProbationStep, draft)]
        if not found:
            found = list(_rules(draft, now, cell, spells, index))
        problems += found
        row = _row(draft, now, cell)
        rows.append((row, now))
        if not any(p.severity == "error" for p in found):
            take(now, row)
    return problems, rows


def _probationary(spells: Sequence[Spell], day: date) -> Spell | None:
    """The probationary spell of a day, None when there is none."""
    spell = spell_on(spells, day)
    return spell if spell is not None and spell.standing == "probationary" else None


def _rules(
    draft: ProbationStepDraft, now: Probation, cell: Organisation | None, spells: Any, index: int
) -> Iterator[Problem]:
    yield from check_past(draft.on, "on", "Ngày", index)
    day = format_date(draft.on)
    if cell is None:
        yield Problem(
            "on",
            f"Ngày {day} người này không phải là đảng viên dự bị trong sổ. Hãy kiểm tra ngày.",
            index=index,
        )
        return
    if now.ceremony is None or now.ends_on is None:
        yield Problem(
            "",
            "Sổ chưa có ngày lễ kết nạp của người này. Hãy bổ sung trong hồ sơ đảng viên trước.",
            index=index,
        )
        return
    if (draft.kind in now.at and draft.kind not in _REPEATED) or (
        draft.kind == "resolution" and "resolution" in now.at
    ):
        before = format_date(now.at[draft.kind].on)
        what = PROBATION_STEP.label(draft.kind)
        yield Problem(
            "kind", f"Đã ghi “{what}” ngày {before}. Nếu ghi sai, hãy hủy bước đó rồi ghi lại.", index=index
        )
    if draft.kind in _NEEDS_RESOLUTION:
        yield from _after_resolution(draft, now, index)
    judge = {
        "helper": _helper,
        "resolution": _resolution,
        "reported_up": _reported_up,
        "extended": lambda d, *_: extension_rules(d, index),
        "decision": lambda d, *_: decision_rules(d, index),
    }.get(draft.kind)
    if judge is not None:
        yield from judge(draft, now, cell, spells, index)  # type: ignore[operator]


def _after_resolution(draft: ProbationStepDraft, now: Probation, index: int) -> Iterator[Problem]:
    what = PROBATION_STEP.label(draft.kind)
    if draft.kind == "decision" and "removal" in now.at:
        yield Problem(
            "kind", "Chi bộ đã đề nghị xóa tên. Hãy hủy bước đó trước nếu đã thay đổi.", index=index
        )
    if now.resolved_on is None:
        yield Problem(
            "kind",
            f"Chưa ghi được “{what}”: chưa có nghị quyết của chi bộ đủ hai phần ba tán thành.",
            index=index,
        )
        return
    before = max(d for d in (now.resolved_on, now.on("forwarded"), now.on("appraised")) if d)
    if draft.kind != "extended" and draft.on < before:
        yield Problem(
            "on", f"“{what}” không thể trước bước liền trước (ngày {format_date(before)}).", index=index
        )


def _helper(
    draft: ProbationStepDraft, _now: Any, cell: Organisation, spells: Any, index: int
) -> Iterator[Problem]:
    if draft.helper is None:
        yield Problem("helper", "Chưa chọn đảng viên chính thức giúp đỡ.", index=index)
        return
    spell = spell_on(spells.get(draft.helper.pk, ()), draft.on)
    if spell is None:
        yield Problem(
            "helper",
            f"Ngày {format_date(draft.on)} {draft.helper} không phải là đảng viên trong sổ.",
            index=index,
        )
        return
    level = severity_of("adm.sponsor", draft.on)
    if spell.standing != "official":
        yield Problem(
            "helper", f"{draft.helper} còn là đảng viên dự bị. Hãy chọn đảng viên chính thức.", level, index
        )
    if spell.organisation_id != cell.pk:
        yield Problem("helper", f"{draft.helper} không sinh hoạt ở {cell}. Hãy kiểm tra lại.", level, index)


def _resolution(
    draft: ProbationStepDraft, now: Probation, cell: Organisation, _spells: Any, index: int
) -> Iterator[Problem]:
    if now.ends_on is not None and draft.on < now.ends_on:
        yield Problem(
            "on",
            f"Chưa hết thời kỳ dự bị (đến {format_date(now.ends_on)}); nghị quyết phải đề ngày sau khi đủ 12 tháng.",
            severity_of("prob.review", now.ends_on),
            index,
        )
    yield from vote_rules(voters_on(cell, draft.on), draft, index)
    allowed = votes_allowed(draft.on)
    if allowed is not None and now.failed >= allowed:
        yield Problem(
            "kind",
            f"Chi bộ đã biểu quyết {now.failed} lần không đủ hai phần ba. Hãy ghi “Báo cáo cấp trên”.",
            severity_of("adm.vote.rounds", draft.on),
            index,
        )


def _reported_up(draft: ProbationStepDraft, now: Probation, *rest: Any) -> Iterator[Problem]:
    allowed = votes_allowed(draft.on) or 1
    if now.failed < allowed:
        said = f"Chi bộ mới biểu quyết {now.failed} lần không đủ phiếu; báo cáo cấp trên sau {allowed} lần."
        yield Problem("kind", said, index=rest[-1])


_COPIED = ("kind", "on", "days", "helper", "decision_number", "decision_body")


def _row(draft: ProbationStepDraft, now: Probation, cell: Organisation | None) -> ProbationStep:
    row = ProbationStep(
        member=draft.member,
        organisation=cell,
        ceremony_on=now.ceremony or draft.on,  # refused above when unknown
        note=tidy(draft.note),
        **{name: getattr(draft, name) for name in _COPIED},
    )
    row.decision_date = draft.decision_date or (draft.on if draft.kind == "decision" else None)
    if draft.kind == "resolution" and cell is not None:
        row.base = base_of(voters_on(cell, draft.on), draft)
        row.present, row.agree, row.disagree = draft.present, draft.agree, draft.disagree
    return row


def record_probation_steps(
    drafts: Sequence[ProbationStepDraft], *, act: Act, origins: Sequence[str] | None = None
) -> list[ProbationStep]:
    """Record steps in their order inside an open act; a decision writes `recognised`. Raises `Refused`.

    The official day is the day the 12 months end, however late the decision (rule `prob.date`).
    """
    problems, judged = _judge(drafts)
    refuse_if_any(problems)
    rows = [row for row, _ in judged]
    stamp = act.stamp()
    for row in rows:
        for name, said in stamp.items():
            setattr(row, name, said)
    for row, origin in zip(rows, origins or (), strict=origins is not None):
        row.origin = origin
    decided = [(row, now) for row, now in judged if row.kind == "decision"]
    events = [
        EventDraft(
            row.member,
            "recognised",
            on=now.ends_on,
            decision_number=row.decision_number,
            decision_date=row.decision_date,
            decision_body=row.decision_body,
        )
        for row, now in decided
    ]
    if events:
        for (row, _), event in zip(decided, add_events(events, act=act), strict=True):
            row.event = event
    return ProbationStep.objects.bulk_create(rows, batch_size=1000)


def record_probation_step(draft: ProbationStepDraft, *, by: Any, origin: str = "form") -> ProbationStep:
    """Record what happened in a member's probation. Raises `Refused`."""
    name = "probation.recognise" if draft.kind == "decision" else "probation.step"
    with act(name, by=by, origin=origin, subject=draft.member) as current_act:
        (row,) = record_probation_steps([draft], act=current_act)
        current_act.organisation_code = row.organisation.code
        current_act.note(member=draft.member.code, kind=draft.kind, on=draft.on)
    return row


def void_probation_step(step: ProbationStep, *, reason: str, by: Any) -> ProbationStep:
    """Void the last step of a probation. Raises `Refused` (not the last, no reason, still official), `Conflict`."""
    said = written_reason(reason)
    with act("probation.void_step", by=by, organisation=step.organisation, subject=step) as current_act:
        standing = steps_of([step.member_id]).get(step.member_id, [])
        if step.pk not in {row.pk for row in standing}:
            raise Conflict(records.GONE)
        last = standing[-1]
        if last.pk != step.pk:
            raise Refused([Problem("", "Chỉ hủy được bước ghi cuối cùng. Hãy hủy các bước sau nó trước.")])
        if last.event_id and current(MemberEvent.objects.filter(pk=last.event_id)).exists():
            raise Refused(
                [
                    Problem(
                        "", "Hãy hủy việc công nhận chính thức trong hồ sơ đảng viên trước, rồi hủy bước này."
                    )
                ]
            )
        current_act.void(last, said)
        current_act.note(kind=last.kind, on=last.on)
    return last
