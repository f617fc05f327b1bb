"""What the tests of merging share: records of every table made plainly, and what a person's records say."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from tongket.matching.merging.moving import _TIMES
from tongket.matching.merging.tables import Table, tables
from tongket.members.models import Member, MemberDetail, MembershipSpell
from tongket.organisations.models import Organisation

DAY = date(2020, 6, 1)
_counter = iter(range(1, 10**6))


def make(model: type[Any], cell: Organisation, person: Member, **given: Any) -> Any:
    """A standing row of a table with the least that its columns ask for, recorded an hour ago by nobody."""
    values: dict[str, Any] = {}
    for f in model._meta.concrete_fields:
        if f.name in given or f.primary_key or f.has_default() or (f.null and f.name not in given):
            continue
        values[f.name] = _value(f, cell, person)
    if "recorded_at" in {f.name for f in model._meta.concrete_fields}:
        values["recorded_at"] = timezone.now() - timedelta(hours=1)
    return model._default_manager.create(**{**values, **given})


def _value(f: Any, cell: Organisation, person: Member) -> Any:
    if isinstance(f, models.ForeignKey):
        if f.related_model is Organisation:
            return cell
        return person if f.related_model is Member else make(f.related_model, cell, person)
    if f.blank and isinstance(f, models.CharField):
        return ""
    if f.choices:
        return f.choices[0][0]
    match f:
        case models.DateTimeField():
            return timezone.now() - timedelta(hours=1)
        case models.DateField():
            return DAY
        case models.UUIDField():
            return uuid4()
        case models.BooleanField():
            return False
        case models.CharField() | models.TextField():
            return f"x{next(_counter)}"
        case _:
            return next(_counter)


def content(member: Member, moment: datetime | None = None) -> dict[str, list[Any]]:
    """All that the records of a person say, by table: as they stand, or as known at a moment. Keys and times apart."""
    known = Q(voided_at__isnull=True)
    if moment is not None:
        known = Q(recorded_at__lte=moment) & (known | Q(voided_at__gt=moment))
    found: dict[str, list[Any]] = {}
    for table in tables():
        for column in table.persons:
            rows = table.model._default_manager.filter(known, **{column: member.pk})
            if said := sorted((_said(row, table) for row in rows), key=repr):
                found[f"{table.label}.{column}"] = said
    for model in (MemberDetail, MembershipSpell):
        rows = model.objects.filter(known, member=member)
        if said := sorted((_said(row, None) for row in rows), key=repr):
            found[model._meta.label] = said
    return found


def _said(row: Any, table: Table | None) -> tuple[Any, ...]:
    parents = dict(table.parents) if table else {}
    said = []
    for f in row._meta.concrete_fields:
        if f.primary_key or f.name in _TIMES:
            continue
        value = getattr(row, f.attname)
        if f.attname in parents and value is not None:
            parent = getattr(row, f.name)
            value = _said(parent, next(t for t in tables() if t.label == parents[f.attname]))
        said.append((f.attname, value))
    return tuple(said)


def hanging(row: Any) -> list[Any]:
    """The standing rows that hang on a row, of all tables."""
    label = row._meta.label
    return [
        child
        for table in tables()
        for column, parent in table.parents
        if parent == label
        for child in table.model._default_manager.filter(voided_at=None, **{column: row.pk})
    ]
