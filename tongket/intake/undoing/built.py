"""What was built on an import since: it stands in the way of taking it back, and is named.

Built on it is: a record of it that somebody corrected or voided; a record that points to one of its records, or to a
person or an organisation that it brought into being; a later record of a person whose life it went on with; a later
decision about an organisation that it decided about; a book of figures closed over what it says.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Model, Q, QuerySet, UUIDField

from tongket.accounts.models import Assignment
from tongket.audit.models import Identified, Recorded
from tongket.audit.records import chunks
from tongket.books.models import FigureBook
from tongket.core.dates import format_date
from tongket.core.periods import BadPeriod, parse_period
from tongket.core.problems import Problem
from tongket.intake.models import ImportBatch
from tongket.intake.reconcile.models import Difference, FieldDecision
from tongket.intake.undoing.written import Written, foreign, hits, known_before
from tongket.matching.models import MergedRow, PairDecision, SuspectedPair
from tongket.members.models import Member, MemberCard, MemberDetail, MemberEvent, MembershipSpell
from tongket.organisations.models import (
    Organisation,
    OrganisationAct,
    OrganisationPath,
    OrganisationVersion,
    SuccessorLink,
)

#: Made anew from other records, or nothing that rests on anything.
_FOLLOWS: tuple[type[Model], ...] = (
    Member,
    Organisation,
    MembershipSpell,
    OrganisationPath,
    OrganisationVersion,
    SuspectedPair,
    MergedRow,
    ImportBatch,
    Difference,
)
#: What is said of a person whatever the course of his or her life.
_NOT_OF_LIFE: tuple[type[Model], ...] = (MemberDetail, MemberCard, PairDecision, FieldDecision)
#: Of which whoever brings lists in may not be told more than that there is something.
_CLOSED = frozenset({"cases", "inspections", "files", "accounts", "api", "drafts"})
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Built:
    """One kind of record that rests on the import: how many, and some of them by name.

    `own`: records of the import itself that somebody corrected or voided since; nothing brings them back.
    """

    what: str
    count: int
    rows: tuple[Any, ...] = ()
    own: bool = False

    def said(self) -> str:
        """In a sentence, with when each was recorded and by whom."""
        named = "; ".join(map(described, self.rows[:_SHOWN]))
        more = f" và {self.count - _SHOWN} bản ghi khác" if self.rows and self.count > _SHOWN else ""
        return f"{self.what}: {named}{more}" if named else f"{self.what}: {self.count} bản ghi"


def described(row: Any) -> str:
    """One record: whose it is, when it was recorded or voided, by whom."""
    person = getattr(row, "member", None) or getattr(row, "kept", None)
    place = getattr(row, "organisation", None)
    whose = f"{person.code} {person}" if person is not None else str(place or _what(row))
    when, who = (row.voided_at, row.voided_by) if row.voided_at else (row.recorded_at, row.recorded_by)
    verb = "hủy hoặc đính chính" if row.voided_at else "ghi"
    return f"{whose} ({verb} {format_date(when.date())}{f', {who}' if who else ''})"


def _what(row: Any) -> str:
    # Both of a pair need not be the reader's: neither is named.
    return "kết luận về một cặp hồ sơ" if isinstance(row, PairDecision) else str(row)


def refusals(found: Iterable[Built]) -> list[Problem]:
    """Why the import can no longer be taken back, in words."""
    return [
        Problem(
            "reason",
            f"Sau lần nhập này đã có việc dựa vào nó. {one.said()}. "
            + (
                "Không hoàn tác cả tệp được nữa: hủy hoặc đính chính từng bản ghi còn lại."
                if one.own
                else "Hủy các bản ghi đó trước, hoặc đính chính từng bản ghi thay vì hoàn tác cả tệp."
            ),
        )
        for one in found
    ]


def built_on(written: Written) -> list[Built]:
    """What stands in the way; nothing means that it can be taken back."""
    resting = hits(_resting(written))
    by_noun: dict[str, list[type[Any]]] = {}
    for model in resting:
        by_noun.setdefault(_noun(model), []).append(model)
    found = list(_touched(written))
    for what, models in sorted(by_noun.items()):
        count = sum(len(resting[model]) for model in models)
        rows = [row for model in models for row in _some(model, resting[model])]
        found.append(Built(what, count, tuple(rows[:_SHOWN])))
    books = _books(written)
    if books:
        found.append(Built("Sổ số liệu đã chốt", len(books), tuple(books)))
    return found


def _some(model: type[Any], keys: Sequence[str]) -> list[Any]:
    """A few of the records to be named; none of those of which the user may not be told."""
    if model._meta.app_label in _CLOSED or not issubclass(model, Recorded):
        return []
    related = [name for name in ("recorded_by", "member", "organisation") if _has(model, name)]
    rows = model._default_manager.filter(pk__in=keys[:_SHOWN])
    return list(rows.select_related(*related).order_by("recorded_at"))


def _noun(model: type[Model]) -> str:
    if model is Assignment:
        return "Nhiệm vụ giao cho tài khoản"
    if model._meta.app_label in _CLOSED:
        return "Hồ sơ khác"
    return str(apps.get_app_config(model._meta.app_label).verbose_name)


def _touched(written: Written) -> Iterator[Built]:
    """Its own records that were corrected or voided since."""
    for model, rows in written.rows.items():
        gone = [row for row in rows if row.voided_at is not None and row.voided_at > written.at]
        if gone:
            shown = () if model._meta.app_label in _CLOSED else tuple(gone)
            yield Built(f"{_noun(model)}, đã hủy hoặc đính chính", len(gone), shown, own=True)


def _resting(written: Written) -> Iterator[tuple[type[Any], QuerySet[Any]]]:
    """The later records of every table that point to what was written."""
    at = written.at
    described = MemberDetail.objects.filter(recorded_at=at).order_by()
    keys: dict[type[Model], QuerySet[Any]] = {
        model: model._default_manager.filter(recorded_at=at).order_by().values("pk") for model in written.rows
    }
    if written.founded:
        founded = OrganisationAct.objects.filter(recorded_at=at, kind="found").order_by()
        keys[Organisation] = founded.values("organisation")
    if written.entered:
        keys[Member] = described.exclude(member__in=known_before(at).values("member")).values("member")
    lives = MemberEvent.objects.filter(recorded_at=at).order_by().values("member") if written.lives else None
    identities = [
        model._default_manager.filter(recorded_at=at).order_by().values("identity")
        for model in written.rows
        if issubclass(model, Identified)
    ]
    for model in apps.get_models():
        if model in _FOLLOWS:
            continue
        wanted = [Q(**{f"{name}__in": keys[target]}) for name, target in foreign(model) if target in keys]
        if lives is not None and model not in _NOT_OF_LIFE and issubclass(model, Recorded):
            wanted += [Q(**{f"{name}__in": lives}) for name, target in foreign(model) if target is Member]
        if issubclass(model, Recorded):
            named = [f.name for f in model._meta.concrete_fields if isinstance(f, UUIDField)]
            wanted += [Q(**{f"{n}__in": rows}) for n in named if n != "identity" for rows in identities]
        later: Any = model._default_manager.all()
        if issubclass(model, Recorded):
            later = later.filter(voided_at__isnull=True, recorded_at__gt=at)
        for condition in wanted:
            yield model, later.filter(condition)
    acts = _later_acts(written)
    if acts:
        yield OrganisationAct, OrganisationAct.objects.filter(pk__in=acts)


def _has(model: type[Any], name: str) -> bool:
    return any(f.name == name and f.is_relation for f in model._meta.concrete_fields)


def _later_acts(written: Written) -> list[int]:
    decided: list[Any] = written.rows.get(OrganisationAct, [])
    touched = {row.organisation_id for row in decided}
    if not touched:
        return []
    since = {"recorded_at__gt": written.at, "voided_at__isnull": True}
    linked = set(
        SuccessorLink.objects.filter(**since, successor__in=touched).values_list("act_id", flat=True)
    )
    return [
        row.pk
        for row in OrganisationAct.objects.filter(**since)
        if {row.organisation_id, row.parent_id, row.changes.get("parent")} & touched or row.pk in linked
    ]


def _books(written: Written) -> list[FigureBook]:
    """Books closed since, over an organisation of the records or one above it, whose period reaches their days."""
    rows = FigureBook.objects.filter(recorded_at__gt=written.at, voided_at__isnull=True).defer(
        "content", "guarded"
    )
    later = list(rows.select_related("organisation", "recorded_by").order_by("recorded_at"))
    if not later:
        return []
    above: set[int] = set(written.organisations)
    for part in chunks(written.organisations):
        paths = OrganisationPath.objects.filter(descendant__in=part, voided_at__isnull=True)
        above |= set(paths.values_list("ancestor_id", flat=True))
    first = written.first_day()
    return [book for book in later if book.organisation_id in above and _reaches(book.period, first)]


def _reaches(period: str, first: date | None) -> bool:
    try:
        return first is None or parse_period(period).end >= first
    except BadPeriod:
        return True
