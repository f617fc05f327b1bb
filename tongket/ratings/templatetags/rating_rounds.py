"""How levels, reasons and stages of rating rounds are written on a page."""

from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tongket.core.codelists import NOT_RATED_REASON, RATING_LEVEL, SECTOR
from tongket.core.judging import RATING_STAGE
from tongket.ratings.rounds.deciding.acts import Readiness
from tongket.ratings.rounds.queries import DECIDING, CandidateState, StepState
from tongket.ratings.rounds.regulation import levels
from tongket.ui.templatetags.ui import NOTHING, lang, spoken

register = template.Library()

_TONES = {"excellent": "good", "good": "good", "completed": "", "failed": "bad", "not_rated": "warn"}
_LONG = " nhiệm vụ"


def _name(level: str, day: date, members: bool) -> str:
    if lang() == "en":
        return RATING_LEVEL.label(level, "en")
    return levels("members" if members else "organisations", day).get(level) or RATING_LEVEL.label(level)


@register.filter
def short_level(text: str) -> str:
    """A level without the words that all levels share: "Hoàn thành xuất sắc"."""
    return str(spoken(text)).removesuffix(_LONG)


@register.simple_tag
def level_tag(state: CandidateState, stage: str, _rule: str, day: date) -> SafeString | str:
    """The level of a stage as a tag, or (no stage) the level that stands now."""
    step = state.step(stage) if stage else None
    level = step.level if step else "" if stage else state.level
    if not level:
        return NOTHING
    name = short_level(_name(level, day, state.member_id is not None))
    return format_html('<span class="tag {}">{}</span>', _TONES.get(level, ""), name)


@register.simple_tag
def step_tag(step: StepState, day: date, member: int | None) -> SafeString:
    """The level of one step as a tag."""
    return format_html(
        '<span class="tag {}">{}</span>',
        _TONES.get(step.level, ""),
        _name(step.level, day, member is not None),
    )


@register.filter
def reason_name(code: str) -> str:
    """Why somebody is not rated, in the page's language."""
    return NOT_RATED_REASON.label(code, lang())


@register.filter
def sector_name(code: str) -> str:
    """A group of like function by its sector."""
    return SECTOR.label(code, lang()) if code else NOTHING


@register.filter
def by_stage(ready: Readiness) -> list[tuple[Any, int]]:
    """From which stage how many levels come."""
    return [(RATING_STAGE.label(stage, lang()), len(ready.from_stage(stage))) for stage in DECIDING]
