"""The tree of organisations and the page of one, as they read on a chosen date."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.core.codelists import ORGANISATION_ACT, SECTOR
from tongket.core.dates import parse_date, today
from tongket.core.text import fold
from tongket.figures.engine import compute
from tongket.members.queries import committee_on
from tongket.members.queries import visible_to as visible_members
from tongket.organisations.models import (
    Organisation,
    OrganisationAct,
    OrganisationPath,
    OrganisationVersion,
    SuccessorLink,
)
from tongket.organisations.queries import Placed, subtree_on, visible_to
from tongket.rules.organisations import UnknownKind
from tongket.rules.organisations import kind as kind_of
from tongket.ui.context import ViewContext, view_context
from tongket.ui.gate import gate, held_verbs
from tongket.ui.lists import EXPORT, workbook_response
from tongket.ui.sheets import Column, list_workbook
from tongket.ui.templatetags.ui import day as day_text
from tongket.ui.templatetags.ui import lang
from tongket.web.organisation_pages.common import asked
from tongket.web.rights import verbs_at

DAY = "ngay"
FIGURES = (
    "members.total",
    "members.official",
    "members.probationary",
    "members.admitted",
)


def kind_name(code: str) -> str:
    """What a kind of organisation is called."""
    try:
        return kind_of(code).name(lang())
    except UnknownKind:
        return code


def _day(request: HttpRequest, otherwise: date) -> date:
    asked_day = request.GET.get(DAY, "").strip()
    return parse_date(asked_day) if asked_day else min(otherwise, today())


@gate("organisation.read")
def tree(request: HttpRequest) -> HttpResponse:
    """The organisations under the one looked at, as they stood on a day; all of them to Excel."""
    view = view_context(request, "organisation.read")
    on = _day(request, view.as_at)
    seen = set(visible_to(request.user).values_list("pk", flat=True))
    rows = [row for row in subtree_on(view.organisation, on) if row.organisation_id in seen]
    words = fold(request.GET.get("q", "")).split()[:8]
    found = [row for row in rows if all(word in fold(f"{row.name} {row.code}") for word in words)]
    if request.GET.get(EXPORT) == "xlsx":
        return _workbook(view, on, found)
    shown = {
        "title": _("Tổ chức đảng"),
        "view": view,
        "on": on,
        "rows": [(row, kind_name(row.kind), SECTOR.label(row.sector, lang())) for row in found],
        "searched": bool(words),
        "may_found": "organisation.write" in held_verbs(request),
    }
    return render(request, "organisations/list.html", shown)


def _workbook(view: ViewContext, on: date, rows: list[Placed]) -> HttpResponse:
    names = {row.organisation_id: row.name for row in rows}
    columns = [
        Column(_("Mã"), 14),
        Column(_("Tên"), 48),
        Column(_("Loại hình"), 28),
        Column(_("Khối"), 24),
        Column(_("Trực thuộc"), 40),
    ]
    cells = [
        (r.code, r.name, kind_name(r.kind), SECTOR.label(r.sector), names.get(r.parent_id or 0, ""))
        for r in rows
    ]
    title = _("Tổ chức đảng")
    chosen = _("%(name)s, như ngày %(day)s; %(count)s dòng")
    said = chosen % {"name": view.organisation.name, "day": day_text(on), "count": len(rows)}
    return workbook_response(list_workbook(title, said, columns, cells), title)


@gate("organisation.read")
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One organisation: its place, committee and children on a day, its figures, and all that was decided about it."""
    organisation = asked(request, code)
    context = replace(view_context(request, "organisation.read"), organisation=organisation)
    on = _day(request, context.as_at)
    shown_on = max(organisation.founded_on, min(on, organisation.ends_on - timedelta(days=1)))
    verbs = verbs_at(request.user, organisation)
    place, acts = _place(organisation, shown_on), _acts(organisation)
    known = _known(request.user, place, acts)
    version = place.version
    # Who sits in a committee is told by the register of members, to whoever may read it there.
    committee = committee_on(organisation, shown_on) if "member.read" in verbs else ()
    shown = {
        "title": version.name if version else organisation.name,
        "organisation": organisation,
        "view": context,
        "on": on,
        "shown_on": shown_on,
        "kind": kind_name(version.kind if version else organisation.kind),
        "sector": SECTOR.label(version.sector, lang()) if version and version.sector else "",
        "above": [(v.name, v.organisation.code if known[v.organisation_id][1] else "") for v in place.above],
        "children": [(v, kind_name(v.kind), known[v.organisation_id][1]) for v in place.children],
        "committee": committee,
        "files": _files(request, [row.member_id for row in committee]),
        "terms": organisation.terms.filter(voided_at__isnull=True).order_by("-valid_from"),
        "verbs": verbs,
        "may_write": "organisation.write" in verbs,
        "acts": _history(acts, known),
        "figures": _figures(context) if "figure.read" in verbs else [],
        "crumbs": [(_("Tổ chức đảng"), reverse("organisations:list")), (organisation.name, "")],
    }
    return render(request, "organisations/detail.html", shown)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an organisation stood on a day: how it read, what was above and below it."""

    version: OrganisationVersion | None
    above: list[OrganisationVersion]
    children: list[OrganisationVersion]


def _place(organisation: Organisation, on: date) -> Place:
    held = {"voided_at__isnull": True, "valid_from__lte": on, "valid_to__gt": on}
    paths = OrganisationPath.objects.filter(descendant=organisation, **held)
    depths = dict(paths.values_list("ancestor_id", "depth"))
    rows = OrganisationVersion.objects.filter(
        Q(organisation__in=list(depths)) | Q(parent=organisation), **held
    ).select_related("organisation")
    ordered = sorted(rows, key=lambda v: (v.position, v.organisation.code))
    return Place(
        next((v for v in ordered if v.organisation_id == organisation.pk), None),
        sorted(
            (v for v in ordered if depths.get(v.organisation_id)), key=lambda v: -depths[v.organisation_id]
        ),
        [v for v in ordered if v.parent_id == organisation.pk],
    )


def _known(user: Any, place: Place, acts: list[OrganisationAct]) -> dict[int, tuple[str, bool]]:
    """Names of the organisations that the page speaks of, and which of them the user may open."""
    ids = {v.organisation_id for v in (*place.above, *place.children)}
    ids |= {row.changes["parent"] for row in acts if row.changes.get("parent")}
    rows = Organisation.objects.filter(pk__in=ids).annotate(
        seen=Exists(visible_to(user).filter(pk=OuterRef("pk")))
    )
    return {pk: (name, seen) for pk, name, seen in rows.values_list("pk", "name", "seen")}


def _files(request: HttpRequest, ids: list[int]) -> set[int]:
    if not ids:
        return set()
    return set(visible_members(request.user).filter(pk__in=ids).values_list("pk", flat=True))


def _acts(organisation: Organisation) -> list[OrganisationAct]:
    """All acts, voided ones included, the latest first."""
    rows = OrganisationAct.objects.filter(organisation=organisation).select_related(
        "recorded_by", "voided_by"
    )
    return list(rows.order_by("-on", "-id"))


def _history(acts: list[OrganisationAct], known: dict[int, tuple[str, bool]]) -> list[dict[str, Any]]:
    """The acts in words, with their successors."""
    successors: dict[int, list[Organisation]] = {}
    for link in SuccessorLink.objects.filter(act__in=acts).select_related("successor"):
        successors.setdefault(link.act_id, []).append(link.successor)
    return [
        {
            "row": row,
            "what": ORGANISATION_ACT.label(row.kind, lang()),
            "said": _said(row, known),
            "successors": successors.get(row.pk, []),
        }
        for row in acts
    ]


def _said(row: OrganisationAct, known: dict[int, tuple[str, bool]]) -> list[str]:
    changes = row.changes
    said = [changes["name"]] if changes.get("name") else []
    if changes.get("kind"):
        said.append(kind_name(changes["kind"]))
    if changes.get("parent"):
        said.append(_("trực thuộc %(name)s") % {"name": known.get(changes["parent"], ("", False))[0]})
    return said


def _figures(context: ViewContext) -> list[Any]:
    organisation = context.organisation
    if not organisation.founded_on <= context.as_at:
        return []
    figures = compute(
        organisation,
        context.period,
        as_at=context.as_at,
        as_known_at=context.as_known_at,
        ids=FIGURES,
        children=False,
        viewer=context.user,
    )
    return [figures.own[id] for id in FIGURES if id in figures.own]
