"""Inspections planned and carried out, whom they inspected, what was found; cases of discipline and appeals.

An inspection belongs to the day of its conclusion, a case to the day on which it was opened or ended, both folded from
the steps known and past at the as-at date; the columns that repeat the fold on the rows know only today. What hangs on
an inspection or a programme is found by its identity, so that a correction loses nothing. Inspections belong to the
organisation whose body acts, cases to that of the person or body concerned.
"""

from tongket.cases.models import Appeal, AppealAnswer, Case
from tongket.figures.readings.base import (
    DOWN_WHERE,
    FO,
    M_OR_NONE,
    Column,
    Join,
    Reading,
    fill,
    flow_head,
    in_period,
)
from tongket.inspections.models import Inspection, InspectionObject, ProgrammeItem


def _place(alias: str) -> str:
    return fill(
        "JOIN {path} p ON p.descendant_id = $row.organisation_id AND p.ancestor_id = %(x)s AND {on[p]}",
        row=alias,
    )


# The last conclusion of an inspection i.
_CONCLUDED = (
    " AND s.kind = 'concluded' AND {known[s]} AND NOT EXISTS (SELECT 1 FROM {inspection} y "
    "JOIN {inspection_step} z ON z.inspection_id = y.id WHERE y.identity = $row.identity AND z.kind = 'concluded' "
    'AND z.id > s.id AND z."on" <= %(at)s AND {known[z]})'
)
_STEPS = "{inspection_step} s JOIN {inspection} i0 ON i0.id = s.inspection_id"

_ITEM_DONE = (
    "EXISTS (SELECT 1 FROM {inspection} n JOIN {inspection} n0 ON n0.identity = n.identity "
    "JOIN {inspection_step} ns ON ns.inspection_id = n0.id AND ns.kind = 'concluded' "
    'AND ns."on" <= %(at)s AND {known[ns]} WHERE n.item = f.identity AND {known[n]})'
)
_ITEMS = Reading(
    model=ProgrammeItem,
    head="{fact} f JOIN {programme} g0 ON g0.id = f.programme_id "
    "JOIN {programme} g ON g.identity = g0.identity AND {known[g]} " + _place("g"),
    where=in_period("f.planned_on"),
    day="f.planned_on",
    joins={},
    fields={
        "kind": Column("f.kind"),
        "subject": Column("g.subject"),
        "done": Column(_ITEM_DONE),
        "objects": Column("f.objects_count"),
    },
    organisation="g.organisation_id",
    title="f.content",
    subtitle="f.kind",
    subtitle_codes="INSPECTION_KIND",
)

_INSPECTIONS = Reading(
    model=Inspection,
    head=f"{_STEPS} JOIN {{fact}} f ON f.identity = i0.identity " + _place("f"),
    where=in_period('s."on"') + fill(_CONCLUDED, row="f"),
    day='s."on"',
    joins={},
    fields={
        "kind": Column("f.kind"),
        "subject": Column("f.subject"),
        "planned": Column("f.item IS NOT NULL"),
    },
    title="f.content",
    subtitle="f.kind",
    subtitle_codes="INSPECTION_KIND",
)


def _found(kind: str) -> Column:
    """Whether something of the kind was found, by the as-at date, about this object of the inspection."""
    return Column(
        fill(
            "EXISTS (SELECT 1 FROM {inspection} w JOIN {finding} fi ON fi.inspection_id = w.id "
            "WHERE w.identity = i.identity AND fi.organisation_id = f.organisation_id "
            "AND COALESCE(fi.member_id, 0) = COALESCE(f.member_id, 0) AND fi.kind = '$kind' "
            'AND fi."on" <= %(at)s AND {known[fi]})',
            kind=kind,
        )
    )


_INSPECTED = Reading(
    model=InspectionObject,
    head=f"{_STEPS} JOIN {{inspection}} i ON i.identity = i0.identity AND {{known[i]}} "
    "JOIN {inspection} i1 ON i1.identity = i.identity JOIN {fact} f ON f.inspection_id = i1.id "
    + _place("i"),
    where=in_period('s."on"') + fill(_CONCLUDED, row="i"),
    day='s."on"',
    joins={"m": M_OR_NONE, "io": Join("JOIN {organisation} io ON io.id = f.organisation_id")},
    fields={
        "kind": Column("i.kind"),
        "subject": Column("i.subject"),
        "member": Column("f.member_id IS NOT NULL"),
        "shortcoming": _found("shortcoming"),
        "violation": _found("violation"),
    },
    organisation="i.organisation_id",
    member="f.member_id",
    title="COALESCE(m.full_name, io.name)",
    subtitle="i.kind",
    subtitle_codes="INSPECTION_KIND",
    listing_joins=("m", "io"),
)

_CASE_JOINS = {"m": M_OR_NONE, "fo": FO}
_CASE_FIELDS = {"source": Column("f.source"), "member": Column("f.member_id IS NOT NULL")}
_CASE_TITLE = "COALESCE(m.full_name, fo.name)"

_CASES = Reading(
    model=Case,
    head=flow_head(),
    where=in_period("f.opened_on"),
    day="f.opened_on",
    joins=_CASE_JOINS,
    fields=_CASE_FIELDS,
    member="f.member_id",
    title=_CASE_TITLE,
    subtitle="f.source",
    subtitle_codes="CASE_SOURCE",
    listing_joins=("m", "fo"),
)

# A decision goes before a closing, whatever their days (`cases.steps.acts.fold`).
_NOT_THE_LAST = (
    "NOT EXISTS (SELECT 1 FROM {case_step} z WHERE z.\"case\" = s.\"case\" AND z.kind IN ('decided', 'closed') "
    "AND z.\"on\" <= %(at)s AND {known[z]} AND (z.kind = 'decided' AND s.kind = 'closed' OR z.kind = s.kind "
    'AND (z."on" > s."on" OR z."on" = s."on" AND z.id > s.id)))'
)
_CASE_ENDS = Reading(
    model=Case,
    head='{case_step} s JOIN {fact} f ON f.identity = s."case" ' + _place("f"),
    where=in_period('s."on"') + " AND s.kind IN ('decided', 'closed') AND {known[s]} AND " + _NOT_THE_LAST,
    day='s."on"',
    joins=_CASE_JOINS,
    fields={"state": Column("s.kind"), **_CASE_FIELDS},
    member="f.member_id",
    title=_CASE_TITLE,
    subtitle="s.kind",
    subtitle_codes="CASE_STATE",
    listing_joins=("m", "fo"),
)

_PENDING = Reading(
    model=Case,
    head="{path} p JOIN {fact} f ON f.organisation_id = p.descendant_id",
    where=fill(
        "$down AND f.opened_on <= %(at)s AND {known[f]} "
        'AND NOT EXISTS (SELECT 1 FROM {case_step} s WHERE s."case" = f.identity '
        "AND s.kind IN ('decided', 'closed') AND s.\"on\" <= %(at)s AND {known[s]})",
        down=DOWN_WHERE,
    ),
    shown_day="f.opened_on",
    joins=_CASE_JOINS,
    fields=_CASE_FIELDS,
    member="f.member_id",
    title=_CASE_TITLE,
    subtitle="f.source",
    subtitle_codes="CASE_SOURCE",
    listing_joins=("m", "fo"),
)

_APPEALS = Reading(
    model=Appeal,
    head=flow_head(),
    where=in_period("f.received_on"),
    day="f.received_on",
    joins={"fo": FO},
    fields={
        "level": Column("f.level"),
        "answered": Column(
            "EXISTS (SELECT 1 FROM {appeal_answer} aa WHERE aa.appeal = f.identity "
            'AND aa."on" <= %(at)s AND {known[aa]})'
        ),
    },
    title="fo.name",
    subtitle="f.level",
    subtitle_codes="APPEAL_LEVEL",
    listing_joins=("fo",),
)

_ANSWERS = Reading(
    model=AppealAnswer,
    head=flow_head(),
    where=in_period('f."on"'),
    day='f."on"',
    joins={"fo": FO},
    fields={"outcome": Column("f.outcome")},
    title="fo.name",
    subtitle="f.outcome",
    subtitle_codes="APPEAL_OUTCOME",
    listing_joins=("fo",),
)

READINGS: dict[str, Reading] = {
    "programme_items": _ITEMS,
    "inspections": _INSPECTIONS,
    "inspected": _INSPECTED,
    "cases": _CASES,
    "case_ends": _CASE_ENDS,
    "cases_pending": _PENDING,
    "appeals": _APPEALS,
    "appeal_answers": _ANSWERS,
}
