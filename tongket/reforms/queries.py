"""Reading plans: whose they are, and which organisations a step may name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from tongket.organisations.models import Organisation, OrganisationVersion
from tongket.organisations.queries import visible_to
from tongket.reforms.effects.preview import last_entry
from tongket.reforms.models import ReformPlan, ReformPreview
from tongket.reforms.rules import VERB
from tongket.reforms.steps import Step, from_plain

#: Choices in groups, as a select shows them: (name of the parent, ((code, text), ...)).
Choices = list[tuple[str, list[tuple[str, str]]]]


def visible_plans(user: Any) -> QuerySet[ReformPlan]:
    """Plans drawn up under organisations for which the user holds the duty, the latest first."""
    return ReformPlan.objects.filter(organisation__in=visible_to(user, VERB)).select_related(
        "organisation", "made_by", "done_by"
    )


def beyond_scope(plan: ReformPlan, user: Any) -> bool:
    """Whether the plan names an organisation for which the user does not hold the duty."""
    named = {code for step in from_plain(plan.steps) for code in step.named}
    there = Organisation.objects.filter(code__in=named)
    return there.exclude(pk__in=visible_to(user, VERB)).exists()


@dataclass(frozen=True, slots=True)
class Shown:
    """A preview as it is shown. `stale`: the plan or the books have changed since."""

    preview: ReformPreview
    stale: bool


def preview_of(plan: ReformPlan, user: Any) -> Shown | None:
    """What this user was shown last; nobody is shown another's, for that may hold figures he or she may not read."""
    row = ReformPreview.objects.filter(plan=plan, user=user).first()
    if row is None:
        return None
    return Shown(row, row.plan_version != plan.row_version or row.ledger != last_entry())


def choices_on(user: Any, on: date, steps: Sequence[Step] = ()) -> Choices:
    """The organisations that a step after `steps` may name: alive on the day and in the user's scope, without those
    that an earlier step ends, with those that one founds. In the groups of their parents, two queries."""
    ended = {code for step in steps for code in step.ended}
    rows = (
        OrganisationVersion.objects.filter(
            organisation__in=visible_to(user, VERB),
            voided_at__isnull=True,
            valid_from__lte=on,
            valid_to__gt=on,
        )
        .select_related("organisation", "parent")
        .order_by("parent__position", "parent__code", "position", "organisation__code")
    )
    groups: dict[str, list[tuple[str, str]]] = {}
    new = [(step.code, f"{step.code} · {step.name}") for step in steps if step.kind == "found"]
    if new:
        groups["Thành lập theo phương án này"] = [one for one in new if one[0] not in ended]
    for row in rows:
        code = row.organisation.code
        if code not in ended:
            above = row.parent.name if row.parent else "Cấp cao nhất"
            groups.setdefault(above, []).append((code, f"{code} · {row.name}"))
    return list(groups.items())


def names_of(steps: Sequence[Step]) -> dict[str, str]:
    """The names of all that the steps speak of, by code."""
    codes = {code for step in steps for code in (*step.named, step.code)}
    found = dict(Organisation.objects.filter(code__in=codes).values_list("code", "name"))
    return {**found, **{step.code: step.name for step in steps if step.kind == "found"}}
