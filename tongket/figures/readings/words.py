"""The words in braces of the readings' templates, filled in for one question."""

from functools import cache

from django.conf import settings

from tongket.core.workdays import made_up_days, public_holidays
from tongket.figures.readings.base import TABLES, Reading, fill
from tongket.rules.catalogue import rule


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


# Full days since a Monday, for counting weekdays.
_DAY_NUMBER = {
    "sqlite": "CAST(JULIANDAY(@) - 2415020.5 AS INTEGER)",
    "postgresql": "(@ - DATE '1900-01-01')",
}
# Twelve months later; a day that is not there becomes the last of its month (`core.dates.add_months`).
_YEAR_AFTER = {
    "sqlite": (
        "CASE WHEN SUBSTR(@, 6, 5) = '02-29' THEN (CAST(SUBSTR(@, 1, 4) AS INTEGER) + 1) || '-02-28' "
        "ELSE DATE(@, '+1 year') END"
    ),
    "postgresql": "CAST(@ + INTERVAL '1 year' AS DATE)",
}
# Holidays long before the period are left out: what has waited since then is late with or without them.
_NEAR = (
    "every_holiday(day, off) AS (VALUES $rows), holidays(day, off) AS MATERIALIZED (SELECT e.day, e.off FROM "
    "(SELECT $day AS day, off FROM every_holiday) e WHERE e.day BETWEEN %(long_ago)s AND %(at)s)"
)
# Limits in working days are known for these years only: the rules on them are not older.
_HOLIDAY_YEARS = range(2016, 2046)


class _RuleValue:
    """`{rule[id|key|day]}`: the value of a rule (of one key of its table) on a day; NULL where no version is known.

    Looked up when a query is made, so that a fault in the rules is told at the start of the program, not here.
    """

    def __getitem__(self, asked: str) -> str:
        name, key, day = asked.split("|")
        return _rule_value(name, key, day)


def _rule_value(name: str, key: str, day: str) -> str:
    cases = []
    for version in rule(name).versions:
        value = version.value[key] if key else version.value  # type: ignore[index,call-overload]
        said = f"'{value}'" if isinstance(value, str) else str(int(str(value)))
        until = f" AND {day} <= '{version.effective_until}'" if version.effective_until else ""
        cases.append(f"WHEN {day} >= '{version.effective_from}'{until} THEN {said}")
    return f"CASE {' '.join(cases)} END"


class _Holidays:
    """`{holidays}`: a common table of the public holidays that fall on a weekday, made when a query needs it."""

    def __init__(self, vendor: str) -> None:
        self.vendor = vendor

    def __str__(self) -> str:
        return _holidays(self.vendor)


@cache
def _holidays(vendor: str) -> str:
    rows = [
        f"('{day}', {off})"
        for year in _HOLIDAY_YEARS
        for off, days in (
            (1, {day for day in public_holidays(year) if day.weekday() < 5}),
            # Saturdays worked in exchange; a year's list may hold those of others.
            (-1, {day for day in made_up_days(year) if day.year == year and day.weekday() > 4}),
        )
        for day in sorted(days)
    ]
    day = "day" if vendor == "sqlite" else "CAST(day AS DATE)"
    return fill(_NEAR, rows=", ".join(rows), day=day)


def working_days(since: str, day: str) -> str:
    """How many working days lie between two days, neither counted; needs the common table `{holidays}`.

    A limit of n working days from `since` has passed on `day` when there are at least n. The least limits of the rules
    are far below the year and more before the period for which the holidays are at hand.
    """
    return fill(
        "($upto - $begun - (SELECT COALESCE(SUM(hd.off), 0) FROM holidays hd WHERE hd.day > $since AND hd.day < $day))",
        upto=_weekdays(fill("{day_number[$day]}", day=day)),
        begun=_weekdays(fill("({day_number[$since]} + 1)", since=since)),
        since=since,
        day=day,
    )


def _weekdays(number: str) -> str:
    """Weekdays among so many days, the first of them a Monday."""
    rest = f"{number} %% 7"
    return f"({number} / 7 * 5 + CASE WHEN {rest} > 5 THEN 5 ELSE {rest} END)"


def words(reading: Reading, past: bool, exact_ratings: bool, vendor: str) -> dict[str, object]:
    known = known_rows(past)
    local_day = _Macro(_LOCAL_DAY[vendor])
    day = reading.day.format(local_day=local_day)
    on = f"@.valid_from <= {day} AND @.valid_to > {day} AND {known}"
    before = f"@.valid_from < {day} AND @.valid_to >= {day} AND {known}"
    placed = on
    if reading.ends:
        ends = reading.ends.format(**TABLES, known=_Macro(known))
        placed = (
            f"@.valid_from <= {day} AND @.valid_to >= {day} AND {known} "
            f"AND CASE WHEN {ends} THEN @.valid_from < {day} ELSE @.valid_to > {day} END"
        )
    rated = _Macro(
        "@.period = %(period)s"
        if exact_ratings
        # A term is judged by its years.
        else "(@.period = %(period)s OR LENGTH(@.period) = 4)"
    )
    rated_end = _Macro(
        "@.period_end = %(last)s" if exact_ratings else "@.period_end BETWEEN %(start)s AND %(end)s"
    )
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
        "day_number": _Macro(_DAY_NUMBER[vendor]),
        "year_after": _Macro(_YEAR_AFTER[vendor]),
        "rule": _RuleValue(),
        "holidays": _Holidays(vendor),
    }
