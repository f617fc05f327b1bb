"""Organisations: what they are, what was done to them, their targets and ratings."""

from tongket.figures.readings.base import (
    DOWN,
    DOWN_WHERE,
    FO,
    GRASSROOTS,
    KIND_OF_PLACE,
    WITH_COMMITTEE,
    Column,
    Join,
    Reading,
    flow_head,
    in_period,
    version,
)
from tongket.organisations.models import OrganisationAct, OrganisationVersion
from tongket.ratings.models import OrganisationRating
from tongket.targets.models import Target

# --- organisations ----------------------------------------------------------------------------------------

# Members and admissions of every organisation of the subtree, itself with all below. It leads the join, so that each
# of its rows finds its path by index (the other way round it would be searched through for every path).
_COUNTS = Join(
    lead="counts k CROSS JOIN",
    where="p.descendant_id = k.organisation_id",
    cte=(
        "counts AS MATERIALIZED (SELECT organisation_id, SUM(members) AS members, SUM(admitted) AS admitted FROM ("
        "SELECT zp.descendant_id AS organisation_id, 0 AS members, 0 AS admitted "
        "FROM {path} zp WHERE zp.ancestor_id = %(x)s AND {now[zp]} "
        "UNION ALL SELECT up.ancestor_id, cell.members, 0 FROM ("
        "SELECT cp.descendant_id, COUNT(*) AS members FROM {path} cp "
        "JOIN {spell} cs ON cs.organisation_id = cp.descendant_id AND {now[cs]} "
        "WHERE cp.ancestor_id = %(x)s AND {now[cp]} GROUP BY cp.descendant_id) cell "
        "JOIN {path} up ON up.descendant_id = cell.descendant_id AND {now[up]} "
        "UNION ALL SELECT ap.ancestor_id, 0, 1 FROM {event} e JOIN {path} ap ON ap.descendant_id = e.organisation_id "
        'AND ap.valid_from <= e."on" AND ap.valid_to > e."on" AND {known[ap]} '
        'WHERE e."on" BETWEEN %(start)s AND %(end)s AND e.kind IN (%(admissions)s) AND {known[e]}) every_one '
        "GROUP BY organisation_id)"
    ),
)

_ORGANISATIONS = Reading(
    model=OrganisationVersion,
    head=DOWN,
    tail="JOIN {version} f ON f.organisation_id = p.descendant_id AND {now[f]}",
    where=DOWN_WHERE,
    joins={"k": _COUNTS},
    fields={
        "kind": Column("f.kind"),
        "sector": Column("f.sector"),
        "grassroots": Column(f"f.kind {GRASSROOTS}"),
        "has_committee": Column(f"f.organisation_id IN {WITH_COMMITTEE}"),
        "members": Column("k.members", ("k",)),
        "admitted": Column("k.admitted", ("k",)),
    },
    shown_day="f.valid_from",
    title="f.name",
    subtitle="f.kind",
    subtitle_codes="KIND",
)

_ORGANISATION_ACTS = Reading(
    model=OrganisationAct,
    # An act belongs to the books of the subtree in which the organisation hung.
    head=flow_head("f.parent_id", "placed"),
    where=in_period('f."on"'),
    day='f."on"',
    ends="f.kind <> 'found'",
    joins={"v": version("f.organisation_id", "placed"), "fo": FO},
    fields={"kind": Column("f.kind"), "ends": Column("f.ends")} | KIND_OF_PLACE,
    title="fo.name",
    subtitle="f.kind",
    subtitle_codes="ORGANISATION_ACT",
    listing_joins=("fo",),
)
# --- targets and ratings ----------------------------------------------------------------------------------

_TARGETS = Reading(
    model=Target,
    # A target stands for the whole period, so its place is that of the as-at date.
    head=flow_head(when="now"),
    where="f.period = %(period)s AND {now[f]}",
    shown_day="f.valid_from",
    joins={"fo": FO},
    fields={
        "indicator": Column("f.indicator"),
        "giver": Column("f.giver"),
        "value": Column("f.value", scale=100),
    },
    title="fo.name",
    subtitle="f.giver_name",
    listing_joins=("fo",),
)

_RATING_DAY = "f.period_end"
_ORGANISATION_RATINGS = Reading(
    model=OrganisationRating,
    head=flow_head(),
    where=in_period(_RATING_DAY) + " AND {rated[f]}",
    day=_RATING_DAY,
    joins={"v": version("f.organisation_id", "on"), "fo": FO},
    fields={
        "level": Column("f.level"),
        "reason": Column("f.reason"),
        "kind": Column("v.kind", ("v",)),
        "grassroots": Column(f"v.kind {GRASSROOTS}", ("v",)),
        "sector": Column("v.sector", ("v",)),
    },
    title="fo.name",
    subtitle="f.level",
    subtitle_codes="RATING_LEVEL",
    listing_joins=("fo",),
)

READINGS: dict[str, Reading] = {
    "organisations": _ORGANISATIONS,
    "organisation_acts": _ORGANISATION_ACTS,
    "targets": _TARGETS,
    "organisation_ratings": _ORGANISATION_RATINGS,
}
