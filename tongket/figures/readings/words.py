"""The words in braces of the readings' templates, filled in for one question."""

from django.conf import settings

from tongket.figures.readings.base import TABLES, Reading


class _Macro:
    """`{on[f]}` in a template: what must hold for the row of an alias."""

    def __init__(self, template: str) -> None:
        self.template = template

    def __getitem__(self, alias: str) -> str:
        return self.template.replace("@", alias)


def known_rows(past: bool) -> str:
    """That a row (@ stands for its alias) is known: now, or at the moment %(known)s."""
    if past:
        return "@.recorded_at <= %(known)s AND (@.voided_at IS NULL OR @.voided_at > %(known)s)"
    return "@.voided_at IS NULL"


# Moments are kept in UTC. Việt Nam has no summer time, so SQLite, which knows no time zones, can add its hours. It
# rounds fractions of a second up, over midnight, so they are cut off first.
_LOCAL_DAY = {
    "sqlite": "DATE(SUBSTR(@, 1, 19), '+7 hours')",
    "postgresql": f"CAST(@ AT TIME ZONE '{settings.TIME_ZONE}' AS DATE)",
}


def words(reading: Reading, past: bool, exact_ratings: bool, vendor: str) -> dict[str, object]:
    known = known_rows(past)
    local_day = _Macro(_LOCAL_DAY[vendor])
    day = reading.day.format(local_day=local_day)
    on = f"@.valid_from <= {day} AND @.valid_to > {day} AND {known}"
    before = f"@.valid_from < {day} AND @.valid_to >= {day} AND {known}"
    placed = on
    if reading.ends:
        placed = (
            f"@.valid_from <= {day} AND @.valid_to >= {day} AND {known} "
            f"AND CASE WHEN {reading.ends} THEN @.valid_from < {day} ELSE @.valid_to > {day} END"
        )
    rated = (
        "f.period = %(period)s"
        if exact_ratings
        # A term is judged by its years.
        else "(f.period = %(period)s OR LENGTH(f.period) = 4)"
    )
    rated_end = "f.period_end = %(last)s" if exact_ratings else "f.period_end BETWEEN %(start)s AND %(end)s"
    return {
        **TABLES,
        "fact": reading.model._meta.db_table,
        "known": _Macro(known),
        "now": _Macro(f"@.valid_from <= %(at)s AND @.valid_to > %(at)s AND {known}"),
        "on": _Macro(on),
        "before": _Macro(before),
        "placed": _Macro(placed),
        "rated": rated,
        "rated_end": rated_end,
        "local_day": local_day,
    }
