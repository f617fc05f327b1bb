"""What was asked of organisations: each one's part, the asking itself, and the reminders.

How an obligation stands is folded from its steps, in the order in which they were recorded, as
`obligations.derive.standing` does; the columns that repeat the fold on the row are not read, for they know only
today. A step counts from its own day on, and while its record stands.

An obligation belongs to the day of its *first* deadline (source `obligations`), which never moves: an extension
does not take it out of the period in which it fell due. Source `handed` has the same facts on the day they were
handed out. Both belong to the organisation that has to do them.

A demand is found by its identity, so that a correction of it does not lose what was handed out under the old row.
"""

from dataclasses import replace

from tongket.core.worklists import OBLIGATION_STATE
from tongket.figures.readings.base import Column, Join, Reading, fill, flow_head, in_period
from tongket.obligations.models import Demand, Obligation, Step

_STATES = ", ".join(f"'{code}'" for code in OBLIGATION_STATE.values if code != "received")

# First the last step of each sort, then what they say. Only obligations of the period are folded.
_LAST = (
    "last_steps AS MATERIALIZED (SELECT s.obligation_id, "
    "MAX(CASE WHEN s.kind IN ($states) THEN s.id END) AS state_step, "
    "MAX(CASE WHEN s.kind IN ('reported', 'returned') THEN s.id END) AS said_step, "
    "MAX(CASE WHEN s.kind = 'extended' THEN s.id END) AS extension, "
    "COUNT(CASE WHEN s.on_behalf THEN 1 END) AS behalf "
    "FROM {obligation} o $asked "
    'JOIN {step} s ON s.obligation_id = o.id AND s."on" <= %(at)s AND {known[s]} '
    "WHERE $day BETWEEN %(start)s AND %(end)s GROUP BY s.obligation_id)"
)
# An extension that came after the report does not make it timely: what was in force when it was recorded counts.
_DEADLINE_THEN = (
    "CASE WHEN l.extension IS NULL THEN o.due_on WHEN l.extension < l.said_step THEN x.new_deadline "
    "ELSE COALESCE((SELECT e.new_deadline FROM {step} e WHERE e.obligation_id = o.id AND e.kind = 'extended' "
    'AND e.id < l.said_step AND e."on" <= %(at)s AND {known[e]} ORDER BY e.id DESC LIMIT 1), o.due_on) END'
)
_STANDS = (
    "stands AS MATERIALIZED (SELECT l.obligation_id, COALESCE(t.kind, 'received') AS state, "
    "CASE WHEN r.kind = 'reported' THEN "
    "CASE WHEN r.\"on\" <= $then THEN 'on_time' ELSE 'late' END "
    "WHEN COALESCE(x.new_deadline, o.due_on) < %(at)s THEN 'overdue' ELSE 'waiting' END AS outcome, "
    "l.extension, l.behalf FROM last_steps l JOIN {obligation} o ON o.id = l.obligation_id "
    "LEFT JOIN {step} t ON t.id = l.state_step LEFT JOIN {step} r ON r.id = l.said_step "
    "LEFT JOIN {step} x ON x.id = l.extension)"
)


_ASKED = (
    "JOIN {demand} o0 ON o0.id = o.demand_id JOIN {demand} od ON od.identity = o0.identity AND {known[od]}"
)


def _standing(day: str, asked: str = "") -> Join:
    folded = fill(f"{_LAST}, {_STANDS}", states=_STATES, day=day, asked=asked, then=_DEADLINE_THEN)
    return Join("LEFT JOIN stands k ON k.obligation_id = f.id", cte=folded)


_ABOUT = {
    # A paper that is corrected keeps its identity, so that at any moment one row of it is known at most.
    "dr": Join("LEFT JOIN {directive} dr ON dr.identity = dm.about AND {known[dr]}"),
    "ke": Join(
        "LEFT JOIN (SELECT ke.identity FROM {conference} ke WHERE {known[ke]} "
        "UNION SELECT ko.identity FROM {conclusion} ko WHERE {known[ko]}) kc ON kc.identity = dm.about"
    ),
    "fi": Join("LEFT JOIN {finding} fi ON fi.identity = dm.about AND {known[fi]}"),
}
_ABOUT_FIELDS = {
    "from_directive": Column("dr.id IS NOT NULL", ("dr",)),
    "document_kind": Column("dr.kind", ("dr",)),
    "issuer_level": Column("dr.issuer_level", ("dr",)),
    "from_conference": Column("kc.identity IS NOT NULL", ("ke",)),
    "from_inspection": Column("fi.id IS NOT NULL", ("fi",)),
}
# No step at all: received, and overdue or waiting by the first deadline alone.
_OUTCOME = "COALESCE(k.outcome, CASE WHEN f.due_on < %(at)s THEN 'overdue' ELSE 'waiting' END)"

_DEMAND = (
    "JOIN {demand} d0 ON d0.id = $row.demand_id JOIN {demand} dm ON dm.identity = d0.identity AND {known[dm]}"
)

_OBLIGATIONS = Reading(
    model=Obligation,
    head=f"{flow_head()} {fill(_DEMAND, row='f')}",
    where=in_period("f.due_on"),
    day="f.due_on",
    joins={"k": _standing("o.due_on"), **_ABOUT},
    fields={
        "kind": Column("dm.kind"),
        "state": Column("COALESCE(k.state, 'received')", ("k",)),
        "outcome": Column(_OUTCOME, ("k",)),
        "extended": Column("k.extension IS NOT NULL", ("k",)),
        "on_behalf": Column("COALESCE(k.behalf, 0) > 0", ("k",)),
        **_ABOUT_FIELDS,
    },
    title="dm.title",
    subtitle=_OUTCOME,
    subtitle_codes="OUTCOME",
    listing_joins=("k",),
)

_HANDED = replace(
    _OBLIGATIONS,
    # The demand comes first: its day decides where the organisation hung.
    head="{demand} dm JOIN {demand} d0 ON d0.identity = dm.identity JOIN {fact} f ON f.demand_id = d0.id "
    "JOIN {path} p ON p.descendant_id = f.organisation_id AND p.ancestor_id = %(x)s AND {on[p]}",
    where=in_period("dm.asked_on") + " AND {known[dm]}",
    day="dm.asked_on",
    joins={"k": _standing("od.asked_on", _ASKED), **_ABOUT},
)

_DEMANDS = Reading(
    model=Demand,
    head=flow_head(),
    where=in_period("f.asked_on"),
    day="f.asked_on",
    joins={name: Join(join.sql.replace("dm.about", "f.about")) for name, join in _ABOUT.items()},
    fields={
        "kind": Column("f.kind"),
        "receivers": Column(
            "(SELECT COUNT(*) FROM {demand} d0 JOIN {obligation} o ON o.demand_id = d0.id AND {known[o]} "
            "WHERE d0.identity = f.identity)"
        ),
        **_ABOUT_FIELDS,
    },
    title="f.title",
    subtitle="f.kind",
    subtitle_codes="OBLIGATION_KIND",
)

_REMINDERS = Reading(
    model=Step,
    head="{fact} f JOIN {obligation} o ON o.id = f.obligation_id AND {known[o]} "
    + fill(_DEMAND, row="o")
    # The sign keeps SQLite from looking at every task of every organisation below first.
    + " JOIN {path} p ON p.descendant_id = +o.organisation_id AND p.ancestor_id = %(x)s AND {on[p]}",
    where=in_period('f."on"') + " AND f.kind = 'reminded'",
    day='f."on"',
    joins={},
    fields={"kind": Column("dm.kind")},
    organisation="o.organisation_id",
    title="dm.title",
    subtitle="dm.kind",
    subtitle_codes="OBLIGATION_KIND",
)

READINGS: dict[str, Reading] = {
    "obligations": _OBLIGATIONS,
    "handed": _HANDED,
    "demands": _DEMANDS,
    "reminders": _REMINDERS,
}
