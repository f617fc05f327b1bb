"""Which twelve slides: the fixed order, with reserves in the place of what has nothing to show or may not be shown."""

from tongket.reports.news.telling import NothingToSay
from tongket.reports.slides import closing, contents, reserve
from tongket.reports.slides.draft import Draft, Maker
from tongket.reports.slides.model import Slide

#: The slides between the opening and the tasks, in order.
ORDER: tuple[tuple[str, Maker], ...] = (
    ("glance", contents.glance),
    ("admissions", contents.admissions),
    ("members", contents.members),
    ("organisations", contents.organisations),
    ("ratings_organisations", contents.ratings_of_organisations),
    ("ratings_members", contents.ratings_of_members),
    ("honours", contents.honours),
    ("inspection", contents.inspection),
    ("directives", contents.directives),
    ("targets", closing.targets),
)
RESERVES: tuple[Maker, ...] = (
    reserve.study,
    reserve.movement,
    reserve.newcomers,
    reserve.conferences,
    reserve.events,
    reserve.seniority,
    reserve.learning,
    reserve.both_ratings,
)
#: What a reader without the duty may not know is not told as missing either.
_SILENT = frozenset({"inspection"})


def chosen(draft: Draft) -> list[Slide]:
    """Ten slides of results and the tasks: eleven, always."""
    made = {key: _made(draft, maker) for key, maker in ORDER}
    spare = [slide for maker in RESERVES if (slide := _made(draft, maker)) is not None]
    lacking = [key for key, slide in made.items() if slide is None]
    for key in lacking:
        if spare:
            made[key] = spare.pop(0)
    for key, slide in made.items():
        if slide is None:
            made[key] = closing.sources(draft) if key in _SILENT else closing.missing(draft, key)
    return [slide for slide in made.values() if slide is not None] + [closing.tasks(draft)]


def _made(draft: Draft, maker: Maker) -> Slide | None:
    try:
        return maker(draft)
    except NothingToSay:
        return None
