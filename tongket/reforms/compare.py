"""Every figure before and after: the same questions asked of the books as they are, and as a plan would leave them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tongket.core.periods import Period, parse_period
from tongket.core.problems import Refused
from tongket.figures.engine import compute
from tongket.figures.types import Figure
from tongket.organisations.models import Organisation, OrganisationPath

#: Figures by (code of the organisation, code of the period): id -> figure.
Taken = dict[tuple[str, str], dict[str, Figure]]


@dataclass(frozen=True, slots=True)
class Question:
    """Whose figures are compared: `tops` whole, of `others` what changes; for `year` as at `day`, and for the year
    before, which must not change."""

    tops: tuple[str, ...]
    others: tuple[str, ...]
    day: date

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

    @property
    def changed(self) -> int:
        """How many figures read another number."""
        return sum(row.changed for row in self.rows)


def take(question: Question, *, viewer: Any) -> Taken:
    """All figures asked for, as the books are at this moment.

    An organisation and its children are asked together, so that a reform of fifty communes is two or three questions.
    """
    wanted = {*question.tops, *question.others}
    there = {o.code: o for o in Organisation.objects.filter(code__in=wanted)}
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
                found[parent.code, period.code] = figures.own
            for child in figures.children:
                if child.code in wanted:
                    found.setdefault((child.code, period.code), figures.by_child[child.id])
    return found


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
    """The comparison, the tops first; a table without any figure on either side is left out."""
    found = []
    for code in dict.fromkeys((*question.tops, *question.others)):
        for period, day in question.periods:
            then, now = before.get((code, period.code)), after.get((code, period.code))
            if then is None and now is None:
                continue
            whole = code in question.tops
            table = _table(code, names.get(code, code), period, day, then, now, whole=whole)
            # Of the year before only the tops are told: that nothing changed there is what is asked.
            if whole or day == question.day or table.changed:
                found.append(table)
    return found


def _table(
    code: str,
    name: str,
    period: Period,
    day: date,
    before: dict[str, Figure] | None,
    after: dict[str, Figure] | None,
    *,
    whole: bool,
) -> Table:
    ids = list(before or after or {})
    rows = [_row(id, (before or {}).get(id), (after or {}).get(id)) for id in ids]
    changed = [row for row in rows if row.changed]
    # A figure that is nothing on both sides says nothing: it is among those that stay.
    kept = [row for row in rows if row.changed or row.before not in (None, "0")] if whole else changed
    return Table(
        code,
        name,
        period.code,
        day.isoformat(),
        (before is not None, after is not None),
        tuple(kept),
        len(rows) - len(changed),
    )


def _row(id: str, before: Figure | None, after: Figure | None) -> Row:
    then, now = _written(before), _written(after)
    difference = None
    if before is not None and after is not None and before.value is not None and after.value is not None:
        difference = str(Decimal(after.value) - Decimal(before.value))
    mask = (after.mask if after else "") or (before.mask if before else "")
    return Row(id, then, now, difference, mask)


def _written(figure: Figure | None) -> str | None:
    return None if figure is None or figure.value is None else str(figure.value)


def changed_rows(found: Sequence[Table]) -> int:
    """How many figures change in all tables together."""
    return sum(table.changed for table in found)
