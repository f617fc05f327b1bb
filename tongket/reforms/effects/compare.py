"""Every figure before and after: the same questions asked of the books as they are, and as a plan would leave them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F

from tongket.books.models import FigureBook
from tongket.core.periods import Period, parse_period
from tongket.core.problems import Refused
from tongket.figures.engine import compute
from tongket.figures.types import Figure
from tongket.organisations.models import Organisation, OrganisationPath

#: Which figures: code of the organisation, code of the period, the day as at which.
Key = tuple[str, str, date]
Taken = dict[Key, dict[str, Figure]]
#: Locked books are compared up to so many: each is a whole catalogue of figures.
MOST_BOOKS = 4


@dataclass(frozen=True, slots=True)
class Question:
    """Whose figures are compared: `tops` whole, of `others` what changes; for the year of `day` as at it, and for the
    year before, which must not change. `books` are those locked: organisation, period, as-at day."""

    tops: tuple[str, ...]
    others: tuple[str, ...]
    day: date
    books: tuple[Key, ...] = ()

    @property
    def periods(self) -> tuple[tuple[Period, date], ...]:
        """The periods asked, each with the day as at which it is."""
        year = parse_period(str(self.day.year))
        before = parse_period(str(self.day.year - 1))
        return (year, self.day), (before, before.end)


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of one organisation before and after; None: nothing to say, or not to be known (`mask`)."""

    id: str
    before: str | None
    after: str | None
    difference: str | None
    mask: str = ""

    @property
    def changed(self) -> bool:
        """Whether it reads another number."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Table:
    """The figures of one organisation and period. `rows` are all of a top's, of another only those that change; `same`
    is the number of those that do not."""

    code: str
    name: str
    period: str
    as_at: str
    there: tuple[bool, bool]
    rows: tuple[Row, ...]
    same: int
    locked: bool = False

    @property
    def changed(self) -> int:
        """How many figures read another number."""
        return sum(row.changed for row in self.rows)


def take(question: Question, *, viewer: Any) -> Taken:
    """All figures asked for, as the books are at this moment.

    An organisation and its children are asked together, so that a reform of fifty communes is two or three questions.
    """
    wanted = {*question.tops, *question.others}
    # One whose founding was taken back has no day of life: there is nothing to ask it.
    lived = Organisation.objects.filter(code__in=wanted, founded_on__lt=F("ends_on"))
    there = {o.code: o for o in lived}
    found: Taken = {}
    for period, day in question.periods:
        last_year = day.year != question.day.year
        codes = list(question.tops) if last_year else [*question.tops, *question.others]
        for parent in _asked(there, codes, period, day):
            try:
                figures = compute(parent, period, as_at=day, viewer=viewer)
            except Refused:  # founded after that day: there was nothing to count
                continue
            if parent.code in wanted:
                found[parent.code, period.code, day] = figures.own
            for child in figures.children:
                if child.code in wanted:
                    found.setdefault((child.code, period.code, day), figures.by_child[child.id])
    for code, period_code, day in question.books:
        if (code, period_code, day) not in found:
            figures = compute(code, period_code, as_at=day, children=False, viewer=viewer)
            found[code, period_code, day] = figures.own
    return found


def books_of(codes: Iterable[str]) -> tuple[Key, ...]:
    """The standing books of these organisations, the latest first, as far as they are compared."""
    rows = FigureBook.objects.filter(organisation__code__in=set(codes), voided_at__isnull=True).order_by(
        "-known_at"
    )
    return tuple(rows.values_list("organisation__code", "period", "as_at")[:MOST_BOOKS])


def _asked(
    there: dict[str, Organisation], codes: Iterable[str], period: Period, day: date
) -> list[Organisation]:
    """The tops, and the parents in the period of all others that are no child of those."""
    asked = {there[code].pk: there[code] for code in codes if code in there}
    paths = OrganisationPath.objects.filter(
        descendant__in=asked, depth=1, voided_at__isnull=True, valid_from__lte=day, valid_to__gte=period.start
    ).select_related("ancestor")
    parents = {path.descendant_id: path.ancestor for path in paths.order_by("valid_from")}
    chosen: dict[int, Organisation] = {}
    for pk, organisation in asked.items():
        one = parents.get(pk, organisation)
        chosen.setdefault(one.pk, one)
    return list(chosen.values())


def tables(question: Question, before: Taken, after: Taken, names: dict[str, str]) -> list[Table]:
    """The comparison, the tops first, then the locked books; a table without figures on either side is left out."""
    found = []
    locked = set(question.books)
    for code in dict.fromkeys((*question.tops, *question.others)):
        for period, day in question.periods:
            key = (code, period.code, day)
            whole = code in question.tops
            table = _table(key, names, before.get(key), after.get(key), whole=whole, locked=key in locked)
            # Of the year before only the tops are told: that nothing changed there is what is asked.
            if table is not None and (whole or day == question.day or table.changed):
                found.append(table)
            locked.discard(key)
    for key in question.books:
        table = _table(key, names, before.get(key), after.get(key), whole=False, locked=True)
        if key in locked and table is not None:
            found.append(table)
    return found


def _table(
    key: Key,
    names: dict[str, str],
    before: dict[str, Figure] | None,
    after: dict[str, Figure] | None,
    *,
    whole: bool,
    locked: bool,
) -> Table | None:
    if before is None and after is None:
        return None
    code, period, day = key
    rows = [_row(id, (before or {}).get(id), (after or {}).get(id)) for id in (before or after or {})]
    # Of one that was not there, nothing is said by a figure that is nothing there now.
    changed = [row for row in rows if row.changed and not (before is None and _is_nothing(row.after))]
    told = {row.id for row in changed}
    # A figure that is nothing on both sides says nothing: it is among those that stay.
    kept = [row for row in rows if row.id in told or not _is_nothing(row.before)] if whole else changed
    there = (before is not None, after is not None)
    same = len(rows) - len(changed)
    return Table(code, names.get(code, code), period, day.isoformat(), there, tuple(kept), same, locked)


def _is_nothing(written: str | None) -> bool:
    return written is None or Decimal(written) == 0


def _row(id: str, before: Figure | None, after: Figure | None) -> Row:
    then, now = _written(before), _written(after)
    difference = None
    if before is not None and after is not None and before.value is not None and after.value is not None:
        difference = str(Decimal(after.value) - Decimal(before.value))
    mask = (after.mask if after else "") or (before.mask if before else "")
    return Row(id, then, now, difference, mask)


def _written(figure: Figure | None) -> str | None:
    return None if figure is None or figure.value is None else str(figure.value)
