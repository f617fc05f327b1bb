"""Why a figure changed since its book was locked: which records came or went, and the acts that did it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, Literal

from django.apps import apps
from django.db.models import Q

from tongket.audit.models import Identified, LedgerEntry, Recorded
from tongket.audit.records import chunks
from tongket.books.models import FigureBook
from tongket.core.periods import parse_period
from tongket.figures.masking import open_rows
from tongket.figures.records import Part, records
from tongket.figures.sets import ABOUT
from tongket.figures.sources import READINGS
from tongket.figures.types import Record
from tongket.indicators.catalogue import INDICATORS
from tongket.indicators.model import Ratio, Total
from tongket.members.models import MemberCard, MemberDetail, MemberEvent, PostHolding
from tongket.organisations.models import OrganisationAct, OrganisationVersion
from tongket.organisations.queries import visible_to

#: More records than these are counted, not named.
MOST_NAMED = 200
#: What a figure may read of a person, and of an organisation, besides the record itself.
_OF_MEMBER: tuple[type[Recorded], ...] = (MemberEvent, MemberDetail, PostHolding, MemberCard)
_OF_ORGANISATION: tuple[type[Recorded], ...] = (OrganisationAct, OrganisationVersion)

#: An act that touched a record after the lock: its moment, and why a row was voided in it.
_Touch = tuple[datetime, str]


@dataclass(frozen=True, slots=True)
class Deed:
    """An act of the ledger that touched a record after the lock. `reason`: why the record was voided, if it was."""

    entry: int
    at: datetime
    by: str
    action: str
    reason: str


@dataclass(frozen=True, slots=True)
class Change:
    """A record that the figure counts now and did not then ("came"), or the other way round ("went"); or that adds
    another amount ("amount"). `part` tells whether it is of the numerator or of the denominator (or of what is taken
    off)."""

    kind: Literal["came", "went", "amount"]
    part: Part
    record: Record
    before: Any = None
    deeds: tuple[Deed, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Difference:
    """All that changed about one figure. `came`, `went` count every record, `changes` names the first of them."""

    came: int
    went: int
    changes: tuple[Change, ...]

    @property
    def deeds(self) -> tuple[Deed, ...]:
        """The acts behind the changes, each once, in order."""
        found = {deed.entry: deed for change in self.changes for deed in change.deeds}
        return tuple(found[entry] for entry in sorted(found))


def difference(book: FigureBook, id: str, *, child: int | None = None, viewer: Any = None) -> Difference:
    """What changed about a figure of the book's organisation (or of one child, by its key) since the lock.

    For a `viewer`, sealed records that he or she is not named for are left out, and acts that the ledger tells to
    auditors of the whole only, among them those of sealed cases. Raises `NotFound` for a figure that is
    no longer declared.
    """
    changes: list[Change] = []
    for part in _parts(id):
        then = _listed(book, id, child, part, book.known_at, viewer)
        now = _listed(book, id, child, part, None, viewer)
        changes += _compared(part, then, now)
    named = changes[:MOST_NAMED]
    deeds = _deeds(named, book.known_at, whole=viewer is None or _reads_whole_ledger(viewer))
    return Difference(
        sum(change.kind == "came" for change in changes),
        sum(change.kind == "went" for change in changes),
        tuple(
            Change(one.kind, one.part, one.record, one.before, deeds.get(place, ()))
            for place, one in enumerate(named)
        ),
    )


def _parts(id: str) -> tuple[Part, ...]:
    formula = INDICATORS[id].formula
    has_second = isinstance(formula, Ratio) or (isinstance(formula, Total) and bool(formula.minus))
    return ("numerator", "denominator") if has_second else ("numerator",)


def _listed(
    book: FigureBook, id: str, child: int | None, part: Part, moment: datetime | None, viewer: Any
) -> Sequence[Record]:
    found = records(
        id,
        book.organisation,
        parse_period(book.period),
        as_at=book.as_at,
        as_known_at=moment,
        child=child,
        part=part,
    ).rows
    return found if viewer is None else open_rows(viewer, found)


def token(record: Record) -> tuple[str, int]:
    """What tells a record apart, as in `figures.sets`: its row, or whom a derived row is about."""
    about = ABOUT.get(READINGS[record.source].model)
    key = record.pk
    if about == "member" and record.member_id is not None:
        key = record.member_id
    elif about == "organisation":
        key = record.organisation_id
    return record.source, key


def _compared(part: Part, then: Sequence[Record], now: Sequence[Record]) -> Iterator[Change]:
    before, after = Counter(map(token, then)), Counter(map(token, now))
    amounts = {token(one): one.amount for one in then}
    left = after - before
    for one in now:
        key = token(one)
        if left[key] > 0:
            left[key] -= 1
            yield Change("came", part, one)
        elif key in amounts and amounts[key] != one.amount:
            yield Change("amount", part, one, amounts[key])
    gone = before - after
    for one in then:
        key = token(one)
        if gone[key] > 0:
            gone[key] -= 1
            yield Change("went", part, one)


# --- the acts ---------------------------------------------------------------------------------------------


def _reads_whole_ledger(viewer: Any) -> bool:
    """Whether entries about no organisation, such as those of sealed cases, are for this user (as in the ledger)."""
    return bool(visible_to(viewer, "ledger.read").filter(parent__isnull=True).exists())


def _deeds(changes: Sequence[Change], known: datetime, *, whole: bool) -> dict[int, tuple[Deed, ...]]:
    """The acts behind each change (by its place): those that touched the record's own row, else what hangs on it,
    else its person, else its organisation."""
    touched: dict[int, set[_Touch]] = {}
    for look in (_of_row, _of_what_hangs, _of_what_it_hangs_on, _of_person, _of_organisation):
        left = [place for place in range(len(changes)) if not touched.get(place)]
        if not left:
            break
        for place, touches in look([(place, changes[place].record) for place in left], known).items():
            touched.setdefault(place, set()).update(touches)
    reasons: dict[datetime, str] = {}
    for touches in touched.values():
        for at, reason in touches:
            reasons[at] = reasons.get(at) or reason
    entries: dict[datetime, LedgerEntry] = {}
    for part in chunks(reasons):
        rows = LedgerEntry.objects.filter(at__in=part)
        entries |= {entry.at: entry for entry in (rows if whole else rows.exclude(organisation_code=""))}
    return {
        place: tuple(
            Deed(entries[at].pk, at, entries[at].actor_name, entries[at].action, reasons[at])
            for at in sorted({at for at, _reason in touches})
            if at in entries
        )
        for place, touches in touched.items()
    }


_Asked = list[tuple[int, Record]]
_Found = dict[int, set[_Touch]]


def _touches(
    model: type[Recorded], column: str, keys: Iterable[Any], known: datetime
) -> dict[Any, set[_Touch]]:
    """Of rows whose `column` is one of `keys`: the moments after `known` at which they were written or voided."""
    found: dict[Any, set[_Touch]] = {}
    for part in chunks(key for key in keys if key is not None):
        rows = model._default_manager.filter(
            Q(recorded_at__gt=known) | Q(voided_at__gt=known), **{f"{column}__in": part}
        )
        for key, recorded, voided, reason in rows.values_list(
            column, "recorded_at", "voided_at", "void_reason"
        ):
            touches = found.setdefault(key, set())
            if recorded > known:
                touches.add((recorded, ""))
            if voided is not None and voided > known:
                touches.add((voided, reason))
    return found


def _by_model(asked: _Asked) -> dict[Any, _Asked]:
    found: dict[Any, _Asked] = {}
    for place, record in asked:
        model: Any = READINGS[record.source].model
        if issubclass(model, Recorded):
            found.setdefault(model, []).append((place, record))
    return found


def _of_row(asked: _Asked, known: datetime) -> _Found:
    found: _Found = {}
    for model, some in _by_model(asked).items():
        if model in ABOUT:  # a derived row is made anew for many reasons: ask what it is derived from
            continue
        touches = _touches(model, "pk", [record.pk for _place, record in some], known)
        found |= {place: touches[record.pk] for place, record in some if record.pk in touches}
    return found


@cache
def _hanging(model: type[Any]) -> tuple[tuple[type[Recorded], str], ...]:
    """The kinds of record that point at this one."""
    return tuple(
        (other, f.attname)
        for other in apps.get_models()
        if issubclass(other, Recorded)
        for f in other._meta.concrete_fields
        if f.is_relation and f.related_model is model
    )


def _of_what_hangs(asked: _Asked, known: datetime) -> _Found:
    found: _Found = {}
    for model, some in _by_model(asked).items():
        for other, column in _hanging(model):
            touches = _touches(other, column, [record.pk for _place, record in some], known)
            for place, record in some:
                found.setdefault(place, set()).update(touches.get(record.pk, ()))
    return found


def _of_what_it_hangs_on(asked: _Asked, known: datetime) -> _Found:
    """Of an obligation its demand, of an award its proposal: any row of that identity."""
    found: _Found = {}
    for model, some in _by_model(asked).items():
        for f in model._meta.concrete_fields:
            above: Any = f.related_model
            if not (f.is_relation and issubclass(above, Recorded) and issubclass(above, Identified)):
                continue
            path = f"{f.name}__identity"
            pairs = dict(
                model._default_manager.filter(pk__in=[r.pk for _p, r in some]).values_list("pk", path)
            )
            touches = _touches(above, "identity", set(pairs.values()), known)
            for place, record in some:
                found.setdefault(place, set()).update(touches.get(pairs.get(record.pk), ()))
    return found


def _of_person(asked: _Asked, known: datetime) -> _Found:
    found: _Found = {}
    members = [record.member_id for _place, record in asked if record.member_id]
    for model in _OF_MEMBER if members else ():
        touches = _touches(model, "member_id", members, known)
        for place, record in asked:
            found.setdefault(place, set()).update(touches.get(record.member_id, ()))
    return found


def _of_organisation(asked: _Asked, known: datetime) -> _Found:
    found: _Found = {}
    keys = [record.organisation_id for _place, record in asked]
    for model in _OF_ORGANISATION:
        touches = _touches(model, "organisation_id", keys, known)
        for place, record in asked:
            found.setdefault(place, set()).update(touches.get(record.organisation_id, ()))
    return found
