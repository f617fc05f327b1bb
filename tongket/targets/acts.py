"""What happens to targets: assigned, changed in mid-year, voided, corrected."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from tongket.audit import records
from tongket.audit.acts import Act, act
from tongket.core.periods import parse_period
from tongket.core.problems import Conflict, Problem, refuse_if_any
from tongket.targets.drafts import TargetDraft
from tongket.targets.models import Target
from tongket.targets.queries import CHANGE_REASON
from tongket.targets.rules import change_rules, target_rules


def _columns(draft: TargetDraft) -> dict[str, Any]:
    period = parse_period(draft.period)
    return {"period": period.code, "period_start": period.start, "period_end": period.end}


def _keys(row: Target) -> dict[str, Any]:
    return {
        "organisation": row.organisation.code,
        "indicator": row.indicator,
        "period": row.period,
        "giver": row.giver,
    }


TARGET = records.RecordKind("target", Target, target_rules, _keys, derived=_columns)


def check_targets(drafts: Sequence[TargetDraft]) -> list[Problem]:
    """Judge targets: declared figure, period, value, one in force at a time."""
    return records.check(TARGET, drafts)


def add_targets(
    drafts: Sequence[TargetDraft], *, act: Act, origins: Sequence[str] | None = None
) -> list[Target]:
    """Record targets inside an open act. Raises `Refused` with every error."""
    return records.add(TARGET, drafts, act=act, origins=origins)


def add_target(draft: TargetDraft, *, by: Any, origin: str = "form") -> Target:
    """Record a target assigned or resolved. Raises `Refused`."""
    return records.add_one(TARGET, draft, by=by, origin=origin)


def void_target(record: Target, *, reason: str, by: Any) -> Target:
    """Void a target that was never set. Raises `Refused`, `Conflict`."""
    return records.void(TARGET, record, reason=reason, by=by)


def correct_target(record: Target, draft: TargetDraft, *, reason: str, by: Any) -> Target:
    """Correct a target entered wrongly; one changed by a decision is `change_target`.

    Raises `Refused`, `Conflict`.
    """
    return records.correct(TARGET, record, draft, reason=reason, by=by)


def change_target(
    target: Target,
    *,
    value: Decimal,
    on: date,
    by: Any,
    decision_number: str = "",
    decision_date: date | None = None,
    decision_body: str = "",
    note: str = "",
    origin: str = "form",
) -> Target:
    """A later decision changes a target: the old value holds until `on` (exclusive), the new one from `on`.

    Returns the new target. Asked as at a day before `on`, or as known before this act, the old value still stands.
    Raises `Refused` when `on` is not within the old target's days, `Conflict` when it was voided meanwhile.
    """
    with act("target.change", by=by, origin=origin, organisation=target.organisation) as current_act:
        old = records.current(Target.objects.filter(pk=target.pk)).select_related("organisation").first()
        if old is None:
            raise Conflict(records.GONE)
        refuse_if_any(change_rules(old, on))
        before = _draft_of(old)
        records.replace_in(TARGET, old, replace(before, valid_to=on), reason=CHANGE_REASON, act=current_act)
        [new] = add_targets(
            [
                replace(
                    before,
                    value=value,
                    valid_from=on,
                    note=note,
                    decision_number=decision_number,
                    decision_date=decision_date,
                    decision_body=decision_body,
                )
            ],
            act=current_act,
        )
        current_act.about(new)
        current_act.note(**_keys(new), on=on, replaces=old.pk)
    return new


def _draft_of(row: Target) -> TargetDraft:
    return TargetDraft(
        organisation=row.organisation,
        indicator=row.indicator,
        period=row.period,
        value=row.value,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        giver=row.giver,
        giver_name=row.giver_name,
        note=row.note,
        decision_number=row.decision_number,
        decision_date=row.decision_date,
        decision_body=row.decision_body,
    )
