"""What the bulletins on public mood note, and what was answered: by topic and month, never by person.

A note belongs to its month. It is answered when an answer was given by the as-at date.
"""

from collections.abc import Iterator
from functools import partial

from tongket.core import worklists as work

from ..family import Part, family, parts_of_list
from ..model import Count, Indicator, Is, Ratio

_note = partial(Indicator, domain="mood", unit="nội dung", units_en="matters")
_percent = partial(Indicator, domain="mood", unit="%", units_en="%", decimals=2, good="up")
_TOPICS = parts_of_list("topic", work.MOOD_TOPIC)
_ANSWERED = Is("answered", True)


def _answered(part: Part) -> Iterator[Indicator]:
    """Answered and the share, of one topic."""
    noted, answered = f"mood.noted.{part.key}", f"mood.answered.{part.key}"
    yield _note(
        answered,
        f"Nội dung đã trả lời, giải quyết: {part.vi}",
        f"Matters answered: {part.en}",
        formula=Count("bulletins", "flow", (part.condition, _ANSWERED)),
        good="up",
    )
    yield _percent(
        f"mood.answered_pct.{part.key}",
        f"Tỷ lệ đã trả lời, giải quyết: {part.vi}",
        f"Share of matters answered: {part.en}",
        formula=Ratio(answered, noted),
    )


INDICATORS: tuple[Indicator, ...] = (
    _note(
        "mood.noted",
        "Nội dung nổi lên trong tình hình tư tưởng",
        "Matters noted in the bulletins",
        formula=Count("bulletins", "flow"),
        note="Theo tháng của bản tin; không ghi nhận gì về người nêu ý kiến.",
    ),
    *family(
        _note,
        "mood.noted",
        "Nội dung nổi lên",
        "Matters noted",
        _TOPICS,
        source="bulletins",
        when="flow",
    ),
    _note(
        "mood.answered",
        "Nội dung đã trả lời, giải quyết",
        "Matters answered",
        formula=Count("bulletins", "flow", (_ANSWERED,)),
        good="up",
    ),
    _note(
        "mood.open",
        "Nội dung chưa trả lời",
        "Matters not answered yet",
        formula=Count("bulletins", "flow", (Is("answered", False),)),
        good="down",
    ),
    _percent(
        "mood.answered_pct",
        "Tỷ lệ nội dung đã trả lời, giải quyết",
        "Share of matters answered",
        formula=Ratio("mood.answered", "mood.noted"),
    ),
    *(entry for part in _TOPICS for entry in _answered(part)),
)
