"""What happens to an inspection: entered with its objects and team, corrected, worked on step by step, voided."""

from collections.abc import Sequence
from typing import Any

from tongket.audit import records
from tongket.audit.acts import Act, act
from tongket.audit.records import GONE, current, written_reason
from tongket.core.problems import Conflict, Problem, Refused, refuse_if_any
from tongket.core.text import tidy
from tongket.inspections.checking import inspection_rules as rules
from tongket.inspections.checking.step_rules import step_rules
from tongket.inspections.checking.team_rules import team_rules
from tongket.inspections.running.derive import derived, standing
from tongket.inspections.running.drafts import InspectionDraft, StepDraft, TargetDraft, TeamDraft
from tongket.inspections.running.models import (
    Inspection,
    InspectionObject,
    InspectionStep,
    TeamMember,
)


def _keys(row: Inspection) -> dict[str, Any]:
    return {"organisation": row.organisation.code, "subject": row.subject, "kind": row.kind}


def _columns(draft: InspectionDraft) -> dict[str, Any]:
    return {"deadline": draft.ends_on}


def _carry(old: Inspection, new: Inspection, _act: Act, _reason: str) -> None:
    if old.organisation_id != new.organisation_id and old.findings.exists():
        raise Refused(
            [Problem("organisation", "Cuộc này đã có kết quả nên không đổi chủ thể sang tổ chức khác được.")]
        )
    old.steps.update(inspection=new)
    old.findings.update(inspection=new)
    old.targets.update(inspection=new)
    old.team.update(inspection=new)
    _derive(new)


INSPECTION = records.RecordKind(
    "inspection",
    Inspection,
    rules.inspection_rules,
    _keys,
    derived=_columns,
    may_void=rules.may_void_inspection,
    carry=_carry,
)


def check_inspection(
    draft: InspectionDraft, targets: Sequence[TargetDraft], team: Sequence[TeamDraft] = ()
) -> list[Problem]:
    """Everything wrong or doubtful about an inspection with its objects and team; writes nothing."""
    found = records.check(INSPECTION, [draft])
    if any(
        problem.field in ("starts_on", "organisation") and problem.severity == "error" for problem in found
    ):
        return found
    return [
        *found,
        *rules.target_rules(draft, targets),
        *team_rules(team, targets, draft.starts_on),
    ]


def add_inspection(
    draft: InspectionDraft,
    targets: Sequence[TargetDraft],
    team: Sequence[TeamDraft] = (),
    *,
    by: Any,
    origin: str = "form",
) -> Inspection:
    """Enter an inspection with whom it is about and, if known, its team, in one act. Raises `Refused`."""
    with act("inspection.add", by=by, origin=origin, organisation=draft.organisation) as current_act:
        refuse_if_any(check_inspection(draft, targets, team))
        [row] = records.add(INSPECTION, [draft], act=current_act)
        _write_targets(row, targets, current_act)
        _write_team(row, team, current_act)
        current_act.about(row)
        current_act.note(**_keys(row), objects=len(targets), team=len(team))
    return row


def correct_inspection(
    record: Inspection,
    draft: InspectionDraft,
    targets: Sequence[TargetDraft],
    team: Sequence[TeamDraft],
    *,
    reason: str,
    by: Any,
) -> Inspection:
    """Put right what was entered; steps and findings stay with it. Raises `Refused`, `Conflict`."""
    said = written_reason(reason)
    with act("inspection.correct", by=by, organisation=draft.organisation) as current_act:
        old = standing_of(record)
        refuse_if_any(check_inspection(draft, targets, team))
        refuse_if_any(_found_about(old, targets))
        new = records.replace_in(INSPECTION, old, draft, reason=said, act=current_act)
        for row in (*current(new.targets.all()), *current(new.team.all())):
            current_act.void(row, said)
        _write_targets(new, targets, current_act)
        _write_team(new, team, current_act)
        current_act.about(new)
        current_act.note(**_keys(new), replaces=old.pk)
    return new


def void_inspection(record: Inspection, *, reason: str, by: Any) -> Inspection:
    """Void an inspection entered wrongly. Raises `Refused` while something handed out rests on it, `Conflict`."""
    return records.void(INSPECTION, record, reason=reason, by=by)


def set_team(record: Inspection, team: Sequence[TeamDraft], *, reason: str, by: Any) -> list[TeamMember]:
    """Set up the team, or put another in its place; the old one is kept. Raises `Refused`, `Conflict`."""
    with act("inspection.team", by=by, organisation=record.organisation) as current_act:
        row = standing_of(record)
        old = list(current(row.team.all()))
        said = written_reason(reason) if old else ""
        if not team:
            raise Refused([Problem("team", "Chưa ghi ai. Hãy ghi trưởng đoàn và các thành viên.")])
        refuse_if_any(team_rules(team, targets_of(row), row.starts_on))
        for one in old:
            current_act.void(one, said)
        made = _write_team(row, team, current_act)
        current_act.about(row)
        current_act.note(team=len(made))
    return made


def take_step(record: Inspection, draft: StepDraft, *, by: Any, origin: str = "form") -> InspectionStep:
    """Record the next step, or the one extension. Raises `Refused`, `Conflict`."""
    with act(
        f"inspection.{draft.kind}", by=by, origin=origin, organisation=record.organisation
    ) as current_act:
        row = standing_of(record)
        refuse_if_any(step_rules(draft, row, standing_at(row)))
        step = InspectionStep.objects.create(
            inspection=row,
            kind=draft.kind,
            on=draft.on,
            decision_number=tidy(draft.decision_number),
            decision_date=draft.decision_date,
            reason=tidy(draft.reason),
            until=draft.until,
            **current_act.stamp(),
        )
        _derive(row)
        current_act.about(row)
        current_act.note(on=draft.on)
    return step


def undo_step(record: Inspection, *, reason: str, by: Any) -> InspectionStep:
    """Void the latest step: the inspection stands as before it. Raises `Refused`, `Conflict`."""
    said = written_reason(reason)
    with act("inspection.undo", by=by, organisation=record.organisation) as current_act:
        row = standing_of(record)
        last = current(row.steps.all()).order_by("-id").first()
        if last is None:
            raise Refused([Problem("", "Cuộc này chưa ghi bước nào để hoàn tác.")])
        if last.kind == "reported" and current(row.findings.all()).exists():
            raise Refused(
                [Problem("", "Cuộc này đã ghi kết quả. Hãy hủy kết quả trước khi hoàn tác báo cáo.")]
            )
        current_act.void(last, said)
        _derive(row)
        current_act.about(row)
        current_act.note(kind=last.kind, on=last.on)
    return last


def standing_of(record: Inspection) -> Inspection:
    """The row as it stands, by its identity. Raises `Conflict`."""
    row = current(Inspection.objects.filter(pk=record.pk)).select_related("organisation").first()
    if row is None:
        raise Conflict(GONE)
    return row


def standing_at(row: Inspection) -> Any:
    """How the inspection stands by its steps."""
    return standing(row.ends_on, current(row.steps.all()).order_by("id"))


def targets_of(row: Inspection) -> list[TargetDraft]:
    """The objects of an inspection as drafts."""
    rows = current(row.targets.all()).select_related("organisation", "member")
    return [
        TargetDraft(member=one.member) if one.member else TargetDraft(organisation=one.organisation)
        for one in rows
    ]


def _found_about(old: Inspection, targets: Sequence[TargetDraft]) -> list[Problem]:
    """An object about which something was found stays an object."""
    kept = {rules.key_of(one) for one in targets}
    for finding in current(old.findings.all()).select_related("organisation", "member"):
        key = (None, finding.member_id) if finding.member_id else (finding.organisation_id, None)
        if key not in kept:
            name = finding.member or finding.organisation
            return [
                Problem(
                    "targets", f"“{name}” đã có kết quả kiểm tra. Hãy hủy kết quả đó trước khi bỏ đối tượng."
                )
            ]
    return []


def _write_targets(row: Inspection, targets: Sequence[TargetDraft], act: Act) -> None:
    cells = rules.cells_on(targets, row.starts_on)
    InspectionObject.objects.bulk_create(
        [
            InspectionObject(
                inspection=row,
                organisation_id=cells[one.member.pk] if one.member else one.organisation.pk,  # type: ignore[union-attr]
                member=one.member,
                **act.stamp(),
            )
            for one in targets
        ]
    )


def _write_team(row: Inspection, team: Sequence[TeamDraft], act: Act) -> list[TeamMember]:
    return TeamMember.objects.bulk_create(
        [
            TeamMember(
                inspection=row,
                role=one.role,
                member=one.member,
                name=one.member.full_name if one.member else tidy(one.name),
                post=tidy(one.post),
                **act.stamp(),
            )
            for one in team
        ]
    )


def _derive(row: Inspection) -> None:
    columns = derived(standing_at(row))
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(update_fields=list(columns))
