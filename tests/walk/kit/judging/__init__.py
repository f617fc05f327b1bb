"""The year's judging in the district of the walk: ratings, honours, inspections, cases, admissions; all is planted."""

from typing import Any

from tests.walk.kit.judging.cases import plant_cases
from tests.walk.kit.judging.checking import plant_inspections
from tests.walk.kit.judging.honouring import plant_badges, plant_campaigns
from tests.walk.kit.judging.joining import plant_admissions
from tests.walk.kit.judging.rating import plant_rounds


def plant_judging(walk: Any) -> None:
    """Records of every kind of the year's judging. The users are there already: some records name them."""
    plant_rounds(walk)
    plant_badges(walk)
    plant_campaigns(walk)
    plant_inspections(walk)
    plant_cases(walk)
    plant_admissions(walk)
