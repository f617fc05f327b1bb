"""Counting over the drawn lives in plain Python: what the generator adjusts itself by, and what tests compare with.

Nothing of this is stored; the figures of the system are computed from the imported records.
"""

from collections import Counter
from datetime import date
from typing import Any

from tongket.demo.draw.plain import District


def members_on(district: District, on: date) -> int:
    """Members on the list on a day."""
    return sum(1 for _ in district.present(on))


def admitted_in(district: District, year: int) -> int:
    """Admissions (re-admissions among them) by the day of the decision."""
    return sum(
        1
        for person in district.people.values()
        for event in person.events
        if event["kind"] in ("admitted", "readmitted") and event["decision_date"].year == year
    )


def rows(district: District, sheet: str, **wanted: Any) -> int:
    """Rows of a sheet with these values."""
    return sum(all(row.get(k) == v for k, v in wanted.items()) for row in district.rows(sheet))


def levels(district: District, sheet: str, period: str) -> Counter[str]:
    """Ratings of a period by level; of organisations only the grassroots ones."""
    return Counter(
        row["level"]
        for row in district.rows(sheet)
        if row["period"] == period and ("member" in row or district.units[row["organisation"]].is_grassroots)
    )


def badges_in(district: District, year: int) -> int:
    """Badges given in a year."""
    return sum(row["awarded_on"].year == year for row in district.rows("Huy hiệu Đảng"))
