"""Every source of facts with how it is read: the counterpart of `tongket.indicators.sources`."""

from tongket.figures.readings import (
    activities,
    admitting,
    conferences,
    inspecting,
    judging,
    obligations,
    organisations,
    people,
    work,
)
from tongket.figures.readings.base import (
    ADMISSIONS,
    COMMITTEE_POSTS,
    TABLES,
    Column,
    Reading,
    fill,
    grassroots_kinds,
)

__all__ = [
    "ADMISSIONS",
    "COMMITTEE_POSTS",
    "READINGS",
    "TABLES",
    "Column",
    "Reading",
    "fill",
    "grassroots_kinds",
]

READINGS: dict[str, Reading] = {
    **people.READINGS,
    **organisations.READINGS,
    **work.READINGS,
    **obligations.READINGS,
    **conferences.READINGS,
    **activities.READINGS,
    **judging.READINGS,
    **inspecting.READINGS,
    **admitting.READINGS,
}
