"""The statistics of inspection by acting subject and kind (after 885-QĐ/UBKTTW): each number is the length of a list.

A planned item counts on the day by which it was planned, everything else on the day of the conclusion.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tongket.audit.records import current
from tongket.core.judging import INSPECTION_KIND, INSPECTION_SUBJECT
from tongket.core.periods import Period
from tongket.inspections.programmes.models import ProgrammeItem
from tongket.inspections.programmes.queries import (
    RemedyState,
    remedies_of,
    visible_inspections,
    visible_programmes,
)
from tongket.inspections.running.models import Finding, Inspection, InspectionObject

#: The columns, in order.
COLUMNS = (
    "planned",
    "done",
    "unplanned",
    "organisations",
    "members",
    "shortcomings",
    "violations",
    "asked",
    "remedied",
)


@dataclass(slots=True)
class Cell:
    """The records of one subject and kind, by column."""

    rows: dict[str, list[Any]] = field(default_factory=lambda: {name: [] for name in COLUMNS})

    def counts(self) -> list[int]:
        """The numbers in the order of the columns."""
        return [len(self.rows[name]) for name in COLUMNS]


Table = dict[tuple[str, str], Cell]


def tabulate(user: Any, organisations: Any, period: Period, on: date) -> Table:
    """The records behind every number of the acting bodies of `organisations`; five queries.

    Only what the user may read. Remedies count as they stand on `on`.
    """
    table: Table = {}
    items = current(
        ProgrammeItem.objects.filter(
            programme__in=visible_programmes(user).filter(organisation__in=organisations),
            planned_on__gte=period.start,
            planned_on__lte=period.end,
        )
    ).select_related("programme__organisation")
    for item in items:
        _cell(table, item.programme.subject, item.kind).rows["planned"].append(item)
    done = list(
        visible_inspections(user).filter(
            organisation__in=organisations, concluded_on__gte=period.start, concluded_on__lte=period.end
        )
    )
    for row in done:
        cell = _cell(table, row.subject, row.kind)
        cell.rows["done"].append(row)
        if row.item is None:
            cell.rows["unplanned"].append(row)
    _objects(table, done, on)
    return table


def _objects(table: Table, done: Sequence[Inspection], on: date) -> None:
    by_pk = {row.pk: row for row in done}
    findings = list(
        current(Finding.objects.filter(inspection__in=list(by_pk))).select_related("organisation", "member")
    )
    kinds: dict[tuple[int, int, int | None], set[str]] = {}
    for finding in findings:
        key = (finding.inspection_id, finding.organisation_id, finding.member_id)
        kinds.setdefault(key, set()).add(finding.kind)
    objects = current(InspectionObject.objects.filter(inspection__in=list(by_pk)))
    for one in objects.select_related("organisation", "member"):
        row = by_pk[one.inspection_id]
        one.inspection = row
        rows = _cell(table, row.subject, row.kind).rows
        rows["organisations" if one.member_id is None else "members"].append(one)
        found = kinds.get((one.inspection_id, one.organisation_id, one.member_id), set())
        if "shortcoming" in found:
            rows["shortcomings"].append(one)
        if "violation" in found:
            rows["violations"].append(one)
    _remedies(table, by_pk, findings, remedies_of(findings, on))


def _remedies(
    table: Table, by_pk: dict[int, Inspection], findings: Iterable[Finding], states: dict[Any, RemedyState]
) -> None:
    for finding in findings:
        state = states.get(finding.identity)
        if state is None:
            continue
        row = by_pk[finding.inspection_id]
        finding.inspection = row
        rows = _cell(table, row.subject, row.kind).rows
        rows["asked"].append(finding)
        if state.accepted:
            rows["remedied"].append(finding)


def _cell(table: Table, subject: str, kind: str) -> Cell:
    return table.setdefault((subject, kind), Cell())


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: a subject's sum (`kind` ""), one of its kinds, or the sum of all (both "")."""

    subject: str
    kind: str
    numbers: tuple[int, ...]


def lines_of(table: Table) -> list[Line]:
    """The lines in the order of the code lists: each subject with its sum first, the sum of all at the end."""
    lines: list[Line] = []
    for subject in INSPECTION_SUBJECT.values:
        kinds = [kind for kind in INSPECTION_KIND.values if (subject, kind) in table]
        if not kinds:
            continue
        own = [Line(subject, kind, tuple(table[subject, kind].counts())) for kind in kinds]
        lines += [Line(subject, "", _sum(own)), *own]
    lines.append(Line("", "", _sum([line for line in lines if not line.kind])))
    return lines


def _sum(lines: Sequence[Line]) -> tuple[int, ...]:
    return tuple(sum(line.numbers[place] for line in lines) for place in range(len(COLUMNS)))


def listed(table: Table, column: str, subject: str = "", kind: str = "") -> list[Any]:
    """The records behind one number; "" for any subject or kind."""
    return [
        row
        for (of_subject, of_kind), cell in sorted(table.items())
        if subject in ("", of_subject) and kind in ("", of_kind)
        for row in cell.rows[column]
    ]
