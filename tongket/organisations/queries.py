"""Reading the tree: who may see what, how things stood on a day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from tongket.accounts.duties import RIGHTS, duties_with
from tongket.accounts.models import Assignment
from tongket.core.problems import NotFound
from tongket.organisations.models import Organisation, OrganisationPath, OrganisationVersion


def assignments_of(
    user: Any, verb: str = "organisation.read", on: date | None = None
) -> QuerySet[Assignment]:
    """The user's assignments in force on a day (default today) whose duty holds `verb`."""
    day = on or date.today()
    if not getattr(user, "is_active", False) or not user.is_authenticated:
        return Assignment.objects.none()
    return Assignment.objects.filter(
        Q(until__isnull=True) | Q(until__gte=day), user=user, since__lte=day, duty__in=duties_with(verb)
    )


def visible_to(user: Any, verb: str = "organisation.read", on: date | None = None) -> QuerySet[Organisation]:
    """The organisations for which the user holds `verb`: the one gate through which all lists go.

    An organisation is visible where its latest place (for one that has ended: its last) lies in the subtree of an
    assignment in force.
    """
    roots = assignments_of(user, verb, on).values("organisation")
    inside = OrganisationPath.objects.filter(
        ancestor__in=roots, voided_at__isnull=True, valid_to=F("descendant__ends_on")
    )
    return Organisation.objects.filter(pk__in=inside.values("descendant"))


def may(user: Any, verb: str, organisation: Organisation | None = None) -> bool:
    """Whether the user holds `verb` for the organisation (for any, when None)."""
    if organisation is None:
        return assignments_of(user, verb).exists()
    return visible_to(user, verb).filter(pk=organisation.pk).exists()


def verbs_of(user: Any) -> frozenset[str]:
    """All verbs the user holds for at least one organisation (one query; for menus)."""
    held = set(assignments_of(user).values_list("duty", flat=True))
    return frozenset(verb for verb, duties in RIGHTS.items() if duties & held)


def home_of(user: Any) -> Organisation | None:
    """The organisation the user acts for by default: the highest of the assignments."""
    mine = Organisation.objects.filter(pk__in=assignments_of(user).values("organisation"))
    return min(mine, key=lambda o: (depth_of(o), o.position, o.code), default=None)


def depth_of(organisation: Organisation) -> int:
    """How many levels lie above the organisation's latest place."""
    return (
        OrganisationPath.objects.filter(
            descendant=organisation, voided_at__isnull=True, valid_to=organisation.ends_on
        )
        .order_by("-depth")
        .values_list("depth", flat=True)
        .first()
        or 0
    )


def by_code(code: str) -> Organisation:
    """The organisation of that code. Raises `NotFound` naming what to do."""
    organisation = Organisation.objects.filter(code=code.strip()).first()
    if organisation is None:
        raise NotFound(f"Không có tổ chức mã «{code}». Xem danh sách mã bằng lệnh ./run organisations.")
    return organisation


@dataclass(frozen=True, slots=True)
class Placed:
    """An organisation as it read on a day, with its depth below the one asked."""

    organisation_id: int
    code: str
    name: str
    kind: str
    sector: str
    parent_id: int | None
    depth: int


def subtree_on(organisation: Organisation, on: date, *, depth: int | None = None) -> list[Placed]:
    """The organisation and all below it as they stood on a day, parents before children, in the office's order."""
    paths = OrganisationPath.objects.filter(
        ancestor=organisation, voided_at__isnull=True, valid_from__lte=on, valid_to__gt=on
    )
    if depth is not None:
        paths = paths.filter(depth__lte=depth)
    depths = dict(paths.values_list("descendant_id", "depth"))
    versions = (
        OrganisationVersion.objects.filter(
            organisation_id__in=paths.values("descendant"),
            voided_at__isnull=True,
            valid_from__lte=on,
            valid_to__gt=on,
        )
        .select_related("organisation")
        .order_by("position", "organisation__code")
    )
    rows = [
        Placed(
            v.organisation_id,
            v.organisation.code,
            v.name,
            v.kind,
            v.sector,
            v.parent_id,
            depths[v.organisation_id],
        )
        for v in versions
    ]
    return _in_tree_order(rows)


def _in_tree_order(rows: list[Placed]) -> list[Placed]:
    children: dict[int | None, list[Placed]] = {}
    for row in rows:
        children.setdefault(row.parent_id if row.depth else None, []).append(row)
    ordered: list[Placed] = []
    stack = list(reversed(children.get(None, [])))
    while stack:
        row = stack.pop()
        ordered.append(row)
        stack.extend(reversed(children.get(row.organisation_id, [])))
    return ordered


def ancestors_on(organisation: Organisation, on: date) -> list[Organisation]:
    """The organisations above, from the top down, as the tree stood on a day."""
    paths = (
        OrganisationPath.objects.filter(
            descendant=organisation, depth__gt=0, voided_at__isnull=True, valid_from__lte=on, valid_to__gt=on
        )
        .select_related("ancestor")
        .order_by("-depth")
    )
    return [path.ancestor for path in paths]


def name_on(organisation: Organisation, on: date) -> str:
    """What the organisation was called on a day."""
    version = organisation.versions.filter(
        voided_at__isnull=True, valid_from__lte=on, valid_to__gt=on
    ).first()
    return version.name if version else organisation.name
