"""What one import wrote, read from the moment of its act: every record bears it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import CharField, Exists, ForeignKey, IntegerField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast

from tongket.audit.models import LedgerEntry, Recorded
from tongket.core.problems import NotFound
from tongket.intake.models import ImportBatch
from tongket.members.models import MemberCard, MemberDetail, MemberEvent
from tongket.organisations.models import OrganisationAct, OrganisationVersion

#: By which a record says from when on it holds.
_DAYS = ("on", "valid_from", "awarded_on", "decided_on", "held_on", "issued_on")


@dataclass(frozen=True, slots=True)
class Written:
    """The records that an act wrote and that nobody else wrote: derived ones follow by themselves.

    `founded` and `entered` are the organisations and people that did not exist before it; `lives` all people to whose
    life it added an event, `people` all people of whom it said anything.
    """

    at: datetime
    rows: dict[type[Recorded], list[Any]]
    founded: frozenset[int] = frozenset()
    entered: frozenset[int] = frozenset()
    lives: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()
    organisations: frozenset[int] = field(default=frozenset())

    @property
    def count(self) -> int:
        """How many records."""
        return sum(map(len, self.rows.values()))

    def first_day(self) -> date | None:
        """The earliest day from which one of them holds; None when one does not say."""
        days = [_day(row) for rows in self.rows.values() for row in rows]
        return min((day for day in days if day), default=None) if all(days) else None


def _day(row: Any) -> date | None:
    return next((day for name in _DAYS if isinstance(day := getattr(row, name, None), date)), None)


def moment_of(batch: ImportBatch) -> datetime:
    """The moment of the act that brought the workbook in. Raises `NotFound` for one that was not brought in."""
    entry = LedgerEntry.objects.filter(
        subject_type=batch._meta.label_lower, subject_id=str(batch.pk), action=f"intake.{batch.kind}"
    ).first()
    if entry is None:
        raise NotFound(f"Lần nhập số {batch.pk} chưa ghi gì vào sổ.")
    return entry.at


def summary_of(batch: ImportBatch) -> dict[str, dict[str, int]]:
    """What the import did by sheet, as its ledger entry says: {"Đảng viên": {"new": 3, "changed": 1, "same": 0}}."""
    entry = LedgerEntry.objects.filter(
        subject_type=batch._meta.label_lower, subject_id=str(batch.pk), action=f"intake.{batch.kind}"
    ).first()
    return dict(entry.data.get("sheets", {})) if entry else {}


@cache
def recorded_models() -> tuple[type[Recorded], ...]:
    """Every kind of record that is written, not derived."""
    return tuple(m for m in apps.get_models() if issubclass(m, Recorded) and m is not OrganisationVersion)


def hits(asked: Iterable[tuple[type[Any], QuerySet[Any]]]) -> dict[type[Any], list[str]]:
    """The keys that each of these querysets finds, in one query for all; what finds nothing is left out."""
    tables = list(asked)
    if not tables:
        return {}
    first, *rest = (
        rows.order_by()
        .annotate(which=Value(number, IntegerField()), key=Cast("pk", CharField()))
        .values_list("which", "key")
        for number, (_, rows) in enumerate(tables)
    )
    found: dict[type[Any], dict[str, None]] = {}
    for number, key in first.union(*rest, all=True):
        found.setdefault(tables[number][0], {})[key] = None
    return {model: list(keys) for model, keys in found.items()}


def foreign(model: type[Any]) -> Iterator[tuple[str, type[Any]]]:
    """The columns of a table that point to other tables of ours, with the table."""
    for column in model._meta.concrete_fields:
        if isinstance(column, ForeignKey):
            yield column.attname, column.related_model


def known_before(at: datetime) -> QuerySet[MemberDetail]:
    """What was said of people when the act of a moment came."""
    standing = Q(voided_at__isnull=True) | Q(voided_at__gte=at)
    return MemberDetail.objects.filter(standing, recorded_at__lt=at).order_by()


def _rows(model: type[Any], at: datetime) -> QuerySet[Any]:
    """The rows of one table that an act wrote, with what is needed to tell whose they are."""
    there = {f.name for f in model._meta.concrete_fields if f.is_relation}
    rows = model._default_manager.filter(recorded_at=at).order_by("pk")
    if model is MemberDetail:
        rows = rows.annotate(known=Exists(known_before(at).filter(member=OuterRef("member"))))
    return rows.select_related(*sorted({"member", "organisation", "recorded_by", "voided_by"} & there))


def written_at(at: datetime) -> Written:
    """All that the act of a moment wrote, whatever became of it since."""
    there = hits((model, model._default_manager.filter(recorded_at=at)) for model in recorded_models())
    rows = {model: list(_rows(model, at)) for model in there}
    acts: list[Any] = rows.get(OrganisationAct, [])
    details: list[Any] = rows.get(MemberDetail, [])
    lives = frozenset(row.member_id for row in rows.get(MemberEvent, []))
    of_people = [row for model in (MemberDetail, MemberEvent, MemberCard) for row in rows.get(model, [])]
    return Written(
        at,
        rows,
        founded=frozenset(row.organisation_id for row in acts if row.kind == "found"),
        entered=frozenset(row.member_id for row in details if not row.known),
        lives=lives,
        people=frozenset(row.member_id for row in of_people),
        organisations=frozenset(_places(rows)),
    )


def _places(rows: dict[type[Recorded], list[Any]]) -> Iterator[int]:
    """The organisations in whose books the records stand."""
    for own in rows.values():
        for row in own:
            told = row if hasattr(row, "organisation_id") else getattr(row, "member", None)
            if told is not None and told.organisation_id is not None:
                yield told.organisation_id
