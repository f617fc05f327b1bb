"""From a record behind a figure to the page where it can be read."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from tongket.figures.types import Record
from tongket.members.models import Member
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
    "study": "directives:study_detail",
    "member_discipline": "inspections:detail",
    "organisation_discipline": "inspections:organisation_detail",
}


def links_of(user: Any, rows: Iterable[Record], members: QuerySet[Member]) -> dict[tuple[str, int], str]:
    """(source, key) -> address. A person outside `members` (those whose file the user may open) has no link."""
    listed = list(rows)
    uids = dict(
        members.filter(pk__in={row.member_id for row in listed if row.member_id}).values_list("pk", "uid")
    )
    codes = _organisation_codes(user, listed)
    found = {}
    for row in listed:
        href = ""
        if row.member_id:
            href = _to("members:detail", uids[row.member_id]) if row.member_id in uids else ""
        elif row.source in PAGES:
            href = _to(PAGES[row.source], row.pk)
        elif row.organisation_id in codes:
            href = _to("organisations:detail", codes[row.organisation_id])
        found[(row.source, row.pk)] = href
    return found


def _organisation_codes(user: Any, rows: list[Record]) -> dict[int, str]:
    wanted = {row.organisation_id for row in rows if not row.member_id and row.source not in PAGES}
    if not wanted:
        return {}
    return dict(visible_to(user).filter(pk__in=wanted).values_list("pk", "code"))


def _to(name: str, *args: Any) -> str:
    return reverse(name, args=args)
