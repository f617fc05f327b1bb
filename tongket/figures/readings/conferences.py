"""Conferences held, who was called and came, and what was concluded.

A conference belongs to the day, in the office's own time, on which it begins. Its state is the last of the moments
known and past at the as-at date; the column that repeats it on the row is not read, for it knows only today.

What hangs on a conference is found by its identity, so that a correction (another hour, another hall) loses nothing.
"""

from dataclasses import replace

from tongket.conferences.models import Conclusion, Conference, Invitation
from tongket.figures.readings.base import Column, Join, Reading, flow_head, in_period

_DAY = "{local_day[c.starts_at]}"
_HEAD = "{conference} c JOIN {path} p ON p.descendant_id = c.organisation_id AND p.ancestor_id = %(x)s AND {on[p]}"
_ROWS = " JOIN {conference} c0 ON c0.identity = c.identity AND {known[c]} JOIN {fact} f ON f.conference_id = c0.id"

# The last moment of each conference, once a query.
_MOMENTS = Join(
    "LEFT JOIN states k ON k.identity = c.identity",
    cte=(
        "states AS MATERIALIZED (SELECT kc.identity, km.kind FROM {moment} km "
        "JOIN {conference} kc ON kc.id = km.conference_id WHERE km.id IN (SELECT MAX(lm.id) FROM {moment} lm "
        "JOIN {conference} lc ON lc.id = lm.conference_id WHERE {local_day[lm.at]} <= %(at)s AND {known[lm]} "
        "GROUP BY lc.identity))"
    ),
)
_STATE = {
    "kind": Column("c.kind"),
    "state": Column("COALESCE(k.kind, 'draft')", ("k",)),
}

_CONFERENCES = Reading(
    model=Conference,
    head=flow_head(),
    where=in_period("{local_day[f.starts_at]}"),
    day="{local_day[f.starts_at]}",
    joins={"k": replace(_MOMENTS, sql=_MOMENTS.sql.replace("c.identity", "f.identity"))},
    fields={
        "kind": Column("f.kind"),
        "state": _STATE["state"],
    },
    title="f.title",
    subtitle="f.kind",
    subtitle_codes="CONFERENCE_KIND",
)

_LAST_REPLY = (
    'COALESCE((SELECT ry.answer FROM {reply} ry WHERE ry.invitation_id = f.id AND ry."on" <= %(at)s '
    "AND {known[ry]} ORDER BY ry.id DESC LIMIT 1), 'none')"
)
_INVITATIONS = Reading(
    model=Invitation,
    head=_HEAD + _ROWS,
    where=in_period(_DAY),
    day=_DAY,
    joins={
        "k": _MOMENTS,
        # One standing row an invitation, so one known at any moment.
        "a": Join(
            "LEFT JOIN {attendance} a ON a.invitation_id = f.id AND {local_day[a.at]} <= %(at)s AND {known[a]}"
        ),
    },
    fields={
        **_STATE,
        "attendance": Column("a.state", ("a",)),
        "reply": Column(_LAST_REPLY),
        "voting": Column("f.voting"),
        "member": Column("f.member_id IS NOT NULL"),
    },
    organisation="c.organisation_id",
    member="f.member_id",
    title="f.name",
    subtitle="f.post || '; ' || c.title",
)

# The same people, in the books of the organisation for which each of them comes.
_DELEGATES = replace(
    _INVITATIONS,
    head="{conference} c"
    + _ROWS
    + " JOIN {path} p ON p.descendant_id = f.organisation_id AND p.ancestor_id = %(x)s AND {on[p]}",
    organisation="f.organisation_id",
)

_CONCLUSIONS = Reading(
    model=Conclusion,
    head=_HEAD + _ROWS,
    where=in_period(_DAY),
    day=_DAY,
    joins={"k": _MOMENTS},
    fields={
        **_STATE,
        "handed": Column(
            "EXISTS (SELECT 1 FROM {demand} dm WHERE dm.about = f.identity AND dm.asked_on <= %(at)s AND {known[dm]})"
        ),
    },
    organisation="c.organisation_id",
    title="f.text",
    subtitle="c.title",
)

READINGS: dict[str, Reading] = {
    "conferences": _CONFERENCES,
    "invitations": _INVITATIONS,
    "delegates": _DELEGATES,
    "conclusions": _CONCLUSIONS,
}
