"""From a record behind a figure to the page where it can be read."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse

from tongket.conferences.models import Conclusion, Invitation
from tongket.figures.types import Record
from tongket.inspections.models import InspectionObject, ProgrammeItem
from tongket.members.models import Member
from tongket.obligations.models import Step
from tongket.organisations.queries import visible_to

#: Sources whose records have a page of their own: name of the URL that takes the record's key.
PAGES: dict[str, str] = {
    "targets": "targets:detail",
    "organisation_ratings": "ratings:detail",
    "member_ratings": "ratings:member_detail",
    "badges": "honours:detail",
    "commendations": "honours:commendation_detail",
    "directives": "directives:detail",
    "plans": "directives:plan_detail",
    "papers": "directives:detail",
    "planned_sessions": "directives:study_plan_detail",
    "obligations": "obligations:obligation",
    "handed": "obligations:obligation",
    "demands": "obligations:demand",
    "conferences": "conferences:detail",
    "activities": "events:detail",
    "twinnings": "events:twinning_detail",
    "bulletins": "bulletins:detail",
    "study": "directives:study_detail",
    "candidates": "admissions:candidate",
    "nominations": "admissions:candidate",
    "inspections": "inspections:inspection",
    "member_discipline": "inspections:detail",
    "organisation_discipline": "inspections:organisation_detail",
}

#: Sources whose records are read on the page of what they belong to: the page, and where that thing's key stands.
_OF: dict[str, tuple[str, Any, str]] = {
    "reminders": ("obligations:obligation", Step, "obligation"),
    "invitations": ("conferences:detail", Invitation, "conference"),
    "delegates": ("conferences:detail", Invitation, "conference"),
    "conclusions": ("conferences:detail", Conclusion, "conference"),
    "programme_items": ("inspections:programme", ProgrammeItem, "programme"),
    "inspected": ("inspections:inspection", InspectionObject, "inspection"),
}


def links_of(user: Any, rows: Iterable[Record], members: QuerySet[Member]) -> dict[tuple[str, int], str]:
    """(source, key) -> address. A person outside `members` (those whose file the user may open) has no link."""
    listed = list(rows)
    uids = dict(
        members.filter(pk__in={row.member_id for row in listed if row.member_id}).values_list("pk", "uid")
    )
    codes = _organisation_codes(user, listed)
    above = _pages_above(user, listed)
    found = {}
    for row in listed:
        href = ""
        if row.source in _OF:
            href = above.get((row.source, row.pk), "")
        elif row.member_id:
            href = _to("members:detail", uids[row.member_id]) if row.member_id in uids else ""
        elif row.source in PAGES:
            href = _to(PAGES[row.source], row.pk)
        elif row.organisation_id in codes:
            href = _to("organisations:detail", codes[row.organisation_id])
        found[(row.source, row.pk)] = href
    return found


def _organisation_codes(user: Any, rows: list[Record]) -> dict[int, str]:
    wanted = {
        row.organisation_id
        for row in rows
        if not row.member_id and row.source not in PAGES and row.source not in _OF
    }
    if not wanted:
        return {}
    return dict(visible_to(user).filter(pk__in=wanted).values_list("pk", "code"))


def _pages_above(user: Any, rows: list[Record]) -> dict[tuple[str, int], str]:
    """Addresses for the sources of `_OF`, a query each; none where the thing is of an organisation not the user's."""
    found = {}
    for source, (page, model, belongs) in _OF.items():
        keys = [row.pk for row in rows if row.source == source]
        if keys:
            mine = visible_to(user).values("pk")
            facts = model._default_manager.filter(pk__in=keys, **{f"{belongs}__organisation__in": mine})
            for pk, key in facts.values_list("pk", belongs):
                found[(source, pk)] = _to(page, key)
    return found


def _to(name: str, *args: Any) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:  # not a page of this installation
        return ""
