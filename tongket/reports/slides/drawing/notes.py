"""The speaker's notes: where each figure of a slide comes from, and the whole of what had to be cut."""

from collections.abc import Iterable

from tongket.core.dates import format_date
from tongket.core.periods import parse_period
from tongket.indicators.words import formula_vi
from tongket.reports.facts import Fact
from tongket.reports.slides.model import Deck, Opening, Slide


def notes_of(deck: Deck, slide: Slide | Opening, cut: Iterable[str] = ()) -> str:
    """The notes of one slide, a line an entry."""
    lines = [deck.source]
    if isinstance(slide, Slide):
        lines += [_fact(fact) for fact in slide.facts]
        if slide.chart is not None:
            lines.append(f"Biểu đồ: {slide.chart.title}. {slide.chart.alt}")
    lines += slide.sources
    lines += [f"Viết đủ: {text}" for text in cut]
    return "\n".join(lines)


def _fact(fact: Fact) -> str:
    entry = fact.indicator
    form = "" if entry.form == "report" else f" Biểu {entry.form}."
    basis = f" Căn cứ: {entry.basis}." if entry.basis else ""
    period = parse_period(fact.period).label()
    return (
        f"{entry.vi} ({entry.id}) = {fact.text}; {fact.organisation}, {period}, tính đến ngày "
        f"{format_date(fact.as_at)}. Cách tính: {formula_vi(entry)}{form}{basis}"
    )
