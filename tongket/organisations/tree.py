"""From the acts on organisations to their dated versions and the closure of the dated tree.

Pure functions over plain values first (tests recount them), the two that touch the database last.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import F

from tongket.audit.sync import sync
from tongket.core.dates import FOREVER
from tongket.core.problems import Problem, Refused
from tongket.organisations.models import (
    Organisation,
    OrganisationAct,
    OrganisationPath,
    OrganisationVersion,
)
from tongket.rules.organisations import kind


@dataclass(frozen=True, slots=True)
class Span:
    """How an organisation reads from `valid_from` (inclusive) to `valid_to` (exclusive)."""

    name: str
    kind: str
    sector: str
    parent_id: int | None
    position: int
    valid_from: date
    valid_to: date


@dataclass(frozen=True, slots=True)
class Path:
    """`ancestor_id` stood `depth` above, by way of its child `via_id`, from a day to a day."""

    ancestor_id: int
    depth: int
    via_id: int | None
    valid_from: date
    valid_to: date


def fold_acts(acts: Sequence[OrganisationAct]) -> list[Span]:
    """The versions that acts on ONE organisation (in order of day and number) make.

    Raises `Refused` when the order makes no sense: nothing before founding, nothing after the end.
    """
    spans: list[Span] = []
    ended = False
    for act in acts:
        if not spans and act.kind != "found":
            raise Refused([Problem("on", f"Ngày {act.on:%d/%m/%Y} trước khi tổ chức được thành lập.")])
        if ended or (spans and act.kind == "found"):
            raise Refused(
                [Problem("on", f"Tổ chức đã kết thúc hoặc đã thành lập trước ngày {act.on:%d/%m/%Y}.")]
            )
        if not spans:
            first = {"name": "", "kind": "", "sector": "", "parent_id": None, "position": 0}
            spans.append(Span(**{**first, **_fields(act)}, valid_from=act.on, valid_to=FOREVER))
            continue
        last = spans[-1]
        if act.on < last.valid_from:
            raise Refused([Problem("on", "Các quyết định về tổ chức không theo thứ tự ngày.")])
        spans[-1] = replace(last, valid_to=act.on)
        ended = act.ends
        if not ended:
            spans.append(replace(last, **_fields(act), valid_from=act.on, valid_to=FOREVER))
    return [span for span in spans if span.valid_from < span.valid_to]


def _fields(act: OrganisationAct) -> dict[str, Any]:
    changes = dict(act.changes)
    if "parent" in changes:
        changes["parent_id"] = changes.pop("parent")
    return changes


def closure(spans: Mapping[int, Sequence[Span]]) -> dict[int, list[Path]]:
    """For every organisation all its ancestors with dates, itself (depth 0) included.

    Raises `Refused` when an organisation would come to lie under itself.
    """
    done: dict[int, list[Path]] = {}
    under_way: set[int] = set()

    def up(organisation_id: int) -> list[Path]:
        if organisation_id in done:
            return done[organisation_id]
        if organisation_id in under_way:
            raise Refused([Problem("parent", "Tổ chức không thể nằm dưới chính nó. Chọn cấp trên khác.")])
        under_way.add(organisation_id)
        paths: list[Path] = []
        for span in spans.get(organisation_id, ()):
            paths.append(Path(organisation_id, 0, None, span.valid_from, span.valid_to))
            if span.parent_id is not None:
                paths.extend(_above(organisation_id, span, up(span.parent_id)))
        under_way.discard(organisation_id)
        done[organisation_id] = coalesce(paths)
        return done[organisation_id]

    for organisation_id in spans:
        up(organisation_id)
    return done


def _above(organisation_id: int, span: Span, parent_paths: Iterable[Path]) -> Iterable[Path]:
    for path in parent_paths:
        start, end = max(path.valid_from, span.valid_from), min(path.valid_to, span.valid_to)
        if start < end:
            via = organisation_id if path.depth == 0 else path.via_id
            yield Path(path.ancestor_id, path.depth + 1, via, start, end)


def coalesce(paths: Iterable[Path]) -> list[Path]:
    """Join spans of the same place that touch: a rename in between is no move."""
    ordered = sorted(paths, key=lambda p: (p.ancestor_id, p.depth, p.via_id or 0, p.valid_from))
    joined: list[Path] = []
    for path in ordered:
        last = joined[-1] if joined else None
        same_place = last and replace(last, valid_from=path.valid_from, valid_to=path.valid_to) == path
        if last and same_place and last.valid_to >= path.valid_from:
            joined[-1] = replace(last, valid_to=max(last.valid_to, path.valid_to))
        else:
            joined.append(path)
    return joined


def current_acts() -> dict[int, list[OrganisationAct]]:
    """All acts not voided, by organisation, in order of day and number."""
    by_organisation: dict[int, list[OrganisationAct]] = {}
    for act in OrganisationAct.objects.filter(voided_at__isnull=True).order_by("on", "id"):
        by_organisation.setdefault(act.organisation_id, []).append(act)
    return by_organisation


def wanted_state() -> tuple[dict[int, list[Span]], dict[int, list[Path]]]:
    """Versions and closure as the acts on record make them; the whole tree (small) at once."""
    spans = {organisation_id: fold_acts(acts) for organisation_id, acts in current_acts().items()}
    _check_lives(spans)
    _check_cells(spans)
    return spans, closure(spans)


def _check_lives(spans: Mapping[int, Sequence[Span]]) -> None:
    # A child may not outlive its parent: somebody must have said where it goes.
    for organisation_id, versions in spans.items():
        for version in versions:
            parent = spans.get(version.parent_id) if version.parent_id else None
            if version.parent_id and (
                not parent
                or version.valid_from < parent[0].valid_from
                or version.valid_to > parent[-1].valid_to
            ):
                names = Organisation.objects.in_bulk([organisation_id, version.parent_id])
                child, above = names.get(organisation_id), names.get(version.parent_id)
                raise Refused(
                    [
                        Problem(
                            "parent",
                            f"«{child}» nằm dưới «{above}» ngoài thời gian hoạt động của «{above}». "
                            "Chuyển hoặc kết thúc tổ chức cấp dưới trước, hoặc sửa ngày.",
                        )
                    ]
                )


def _check_cells(spans: Mapping[int, Sequence[Span]]) -> None:
    # Placement is judged on the day of each act; an act on the parent, or one dated back, must not bring about
    # afterwards what no rule allows on any day: a cell under a cell.
    for versions in spans.values():
        for version in versions:
            above = spans.get(version.parent_id, ()) if version.parent_id else ()
            if not kind(version.kind).holds_members:
                continue
            for parent in above:
                together = max(version.valid_from, parent.valid_from) < min(version.valid_to, parent.valid_to)
                if together and kind(parent.kind).holds_members:
                    raise Refused(
                        [
                            Problem(
                                "kind",
                                f"«{version.name}» trực thuộc «{parent.name}»: chi bộ không thể trực thuộc chi bộ. "
                                "Chuyển hoặc kết thúc chi bộ trực thuộc trước.",
                            )
                        ]
                    )


def refresh(moment: datetime, recorded_by: Any = None) -> None:
    """Bring versions, closure and the derived columns of organisations to what the acts say, as of `moment`."""
    spans, paths = wanted_state()
    versions = [
        OrganisationVersion(
            organisation_id=organisation_id,
            name=s.name,
            kind=s.kind,
            sector=s.sector,
            parent_id=s.parent_id,
            position=s.position,
            valid_from=s.valid_from,
            valid_to=s.valid_to,
            recorded_by=recorded_by,
        )
        for organisation_id, all_spans in spans.items()
        for s in all_spans
    ]
    sync(OrganisationVersion, current_versions(), versions, version_key, moment)
    rows = [
        OrganisationPath(
            ancestor_id=p.ancestor_id,
            descendant_id=organisation_id,
            via_id=p.via_id,
            depth=p.depth,
            valid_from=p.valid_from,
            valid_to=p.valid_to,
        )
        for organisation_id, all_paths in paths.items()
        for p in all_paths
    ]
    sync(OrganisationPath, current_paths(), rows, path_key, moment)
    _refresh_identities(spans)


def _refresh_identities(spans: Mapping[int, Sequence[Span]]) -> None:
    changed = []
    lived = [pk for pk, own in spans.items() if own]
    for organisation in Organisation.objects.filter(pk__in=lived):
        first, last = spans[organisation.pk][0], spans[organisation.pk][-1]
        fresh = (
            first.valid_from,
            last.valid_to,
            last.name,
            last.kind,
            last.sector,
            last.parent_id,
            last.position,
        )
        o = organisation
        if (o.founded_on, o.ends_on, o.name, o.kind, o.sector, o.parent_id, o.position) != fresh:
            o.founded_on, o.ends_on, o.name, o.kind, o.sector, o.parent_id, o.position = fresh
            changed.append(o)
    # One whose founding was voided, or that ended the day it was founded, was never there: a life without a day.
    for organisation in Organisation.objects.exclude(pk__in=lived).exclude(ends_on=F("founded_on")):
        organisation.ends_on = organisation.founded_on
        changed.append(organisation)
    fields = ["founded_on", "ends_on", "name", "kind", "sector", "parent", "position"]
    Organisation.objects.bulk_update(changed, fields, batch_size=200)


def current_versions() -> Iterable[OrganisationVersion]:
    """Version rows as known now."""
    return OrganisationVersion.objects.filter(voided_at__isnull=True)


def current_paths() -> Iterable[OrganisationPath]:
    """Closure rows as known now."""
    return OrganisationPath.objects.filter(voided_at__isnull=True)


def version_key(row: OrganisationVersion) -> tuple[Any, ...]:
    """What makes two version rows the same state."""
    return (
        row.organisation_id,
        row.name,
        row.kind,
        row.sector,
        row.parent_id,
        row.position,
        row.valid_from,
        row.valid_to,
    )


def path_key(row: OrganisationPath) -> tuple[Any, ...]:
    """What makes two closure rows the same state."""
    return (row.ancestor_id, row.descendant_id, row.via_id, row.depth, row.valid_from, row.valid_to)
