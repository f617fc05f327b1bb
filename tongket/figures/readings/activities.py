"""Activities, twinnings and the notes of the bulletins. Of a note only its topic and month leave the table."""

from tongket.bulletins.models import Bulletin
from tongket.events.models import Event, Twinning
from tongket.figures.readings.base import DOWN, DOWN_WHERE, Column, Reading, fill, flow_head, in_period

_YEAR = "CAST(SUBSTR(CAST($day AS VARCHAR(10)), 1, 4) AS INTEGER)"
# Whole numbers: what is divided and multiplied by five again is the same only for a multiple of five.
_ROUND = fill(
    "CASE WHEN f.marks_year IS NULL OR $years <= 0 THEN FALSE ELSE $years / 5 * 5 = $years END",
    years=fill(f"({_YEAR} - f.marks_year)", day="f.starts_on"),
)

_ACTIVITIES = Reading(
    model=Event,
    head=flow_head(),
    where=in_period("f.starts_on"),
    day="f.starts_on",
    joins={},
    fields={
        "kind": Column("f.kind"),
        "twinned": Column("f.twinning IS NOT NULL"),
        "round_year": Column(_ROUND),
    },
    title="f.title",
    subtitle="f.kind",
    subtitle_codes="EVENT_KIND",
)

_TWINNINGS = Reading(
    model=Twinning,
    head=DOWN,
    tail="JOIN {fact} f ON f.organisation_id = p.descendant_id AND {known[f]} "
    "AND (f.since_on <= %(at)s OR f.since_on IS NULL AND f.since_year <= %(at_year)s)",
    where=DOWN_WHERE,
    joins={},
    fields={},
    title="f.name",
    subtitle="f.partner",
)

_BULLETINS = Reading(
    model=Bulletin,
    head=flow_head(),
    where=in_period("f.month"),
    day="f.month",
    joins={},
    fields={
        "topic": Column("f.topic"),
        "answered": Column("(f.answered_on IS NOT NULL AND f.answered_on <= %(at)s)"),
    },
    title="'Tháng ' || SUBSTR(CAST(f.month AS VARCHAR(10)), 6, 2) || '/' || SUBSTR(CAST(f.month AS VARCHAR(10)), 1, 4)",
    subtitle="f.topic",
    subtitle_codes="MOOD_TOPIC",
)

READINGS: dict[str, Reading] = {
    "activities": _ACTIVITIES,
    "twinnings": _TWINNINGS,
    "bulletins": _BULLETINS,
}
