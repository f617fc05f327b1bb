"""The cap on excellent as a slide says it: the rule in force on the day, and that its base can be read two ways."""

from datetime import date

from tongket.core.numbers import Number, format_percent
from tongket.rules.catalogue import NoRuleInForce, in_force
from tongket.rules.model import Version

_UNREAD = " (chưa đối chiếu được văn bản)"


def cap_words(day: date) -> tuple[list[str], tuple[str, ...]]:
    """(the line of the slide, the lines of the notes); nothing for a day without a rule (`rate.cap.percent`)."""
    try:
        percent = in_force("rate.cap.percent", day)
        base = in_force("rate.cap.base", day)
    except NoRuleInForce:
        return [], ()
    if not isinstance(percent.value, int | float):
        return [], ()
    share: Number = percent.value
    unread = "" if percent.mark == "C" else _UNREAD
    line = f"Mức xuất sắc tối đa {format_percent(share)} theo {percent.document}{unread}"
    notes = [f"Căn cứ (rate.cap.percent): {_cited(percent)}.", f"Căn cứ (rate.cap.base): {_cited(base)}."]
    notes.append(
        "Có hai cách hiểu về số làm gốc của tỷ lệ; bài trình chiếu nêu cả hai, không tự kết luận vượt hay không."
    )
    notes += [version.note for version in (percent, base) if version.note]
    return [line], tuple(notes)


def _cited(version: Version) -> str:
    article = f", {version.article}" if version.article else ""
    return f"{version.document}{article}{'' if version.mark == 'C' else _UNREAD}"
