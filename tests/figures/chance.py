"""Days and moments of the random worlds."""

from datetime import date, timedelta
from random import Random

FIRST, LAST = date(2019, 1, 1), date(2024, 6, 30)
KINDS = ("grassroots_body", "grassroots_cell", "cell", "cell", "sub_body", "district_committee")
# Edges of years, months and leap days come up more often than chance would have it.
_EDGES = [
    date(y, m, d)
    for y in (2021, 2022, 2023, 2024)
    for m, d in ((1, 1), (2, 28), (3, 1), (6, 30), (7, 1), (12, 31))
] + [date(2024, 2, 29), date(2020, 2, 29)]


def some_day(rng: Random, first: date = FIRST, last: date = LAST) -> date:
    """A day, often on an edge."""
    edges = [day for day in _EDGES if first <= day <= last]
    if edges and rng.random() < 0.3:
        return rng.choice(edges)
    if rng.random() < 0.4:  # most questions are about 2023
        first, last = max(first, min(last, date(2023, 1, 1))), min(last, max(first, date(2023, 12, 31)))
    return first + timedelta(days=rng.randrange((last - first).days + 1))


def some_known(rng: Random) -> tuple[int, int | None]:
    """Epochs in which a record is known: mostly all, some recorded late, some voided."""
    return rng.choice(((0, None),) * 6 + ((1, None), (2, None), (0, 1), (0, 2), (1, 2)))
