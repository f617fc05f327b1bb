"""A checked draft as its page shows it: the text cut into marked and plain parts, and a card for each mark."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from tongket.claims.model import ORDER, Judgement, Verdict
from tongket.drafts.checking import Checked, Result
from tongket.indicators.catalogue import INDICATORS
from tongket.ui.templatetags.ui import lang

#: Verdict → (words, icon, class of a tag): never told by colour alone.
SIGNS: dict[Verdict, tuple[str | Promise, str, str]] = {
    "wrong": (gettext_lazy("Sai"), "x-circle", "bad"),
    "doubtful": (gettext_lazy("Cần xem"), "question-circle", "warn"),
    "right": (gettext_lazy("Đúng"), "check-circle", "good"),
    "not_checked": (gettext_lazy("Chưa đối chiếu"), "dash-circle", ""),
}
CHECKS: dict[str, str | Promise] = {
    "arithmetic": gettext_lazy("Phép tính trong bài"),
    "records": gettext_lazy("Sổ số liệu"),
    "register": gettext_lazy("Sổ văn bản, chức vụ, hội nghị"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of one place of the text. `number` is its anchor on the page."""

    number: int
    start: int
    end: int
    text: str
    checked: Checked
    what: str
    old: str = ""  # what the correction would put away

    @property
    def verdict(self) -> Verdict:
        """Its verdict."""
        return self.checked.verdict

    @property
    def word(self) -> str | Promise:
        """The verdict in words."""
        return SIGNS[self.verdict][0]

    @property
    def icon(self) -> str:
        """The verdict as a sign."""
        return SIGNS[self.verdict][1]

    @property
    def tag(self) -> str:
        """The verdict as a class of a tag."""
        return SIGNS[self.verdict][2]

    @property
    def reasons(self) -> list[tuple[str | Promise, str | Promise, str]]:
        """(which check, its verdict in words, its reason), the deciding one first."""
        first = self.checked.deciding
        rest = [
            one
            for one in self.checked.judgements
            if one is not first and one.reason != first.reason and one.verdict != "not_checked"
        ]
        return [(CHECKS[one.check], SIGNS[one.verdict][0], one.reason) for one in (first, *rest)]

    @property
    def correction(self) -> Judgement | None:
        """What would put it right."""
        return self.checked.correction

    @property
    def indicator_name(self) -> str:
        """The figure it was held against, by name."""
        found = INDICATORS.get(self.checked.indicator)
        if found is None:
            return ""
        return found.en if lang() == "en" else found.vi


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the text: plain, or the mark of a card."""

    text: str
    card: Card | None = None


def cards_of(result: Result) -> list[Card]:
    """One card for each place, in the order of the text. Where places overlap, the wider one holds both."""
    found: list[tuple[int, int, Checked, str]] = []
    for claim, checked in zip(result.reading.claims, result.claims, strict=True):
        numbers = [result.reading.numbers[i] for i in claim.numbers]
        if numbers:
            found.append((numbers[0].start, numbers[-1].end, checked, claim.kind))
    for one, checked in zip(result.reading.references, result.documents, strict=True):
        found.append((one.start, one.end, checked, "document"))
    for mention, checked in zip(result.reading.mentions, result.mentions, strict=True):
        if mention.kind == "person":
            found.append((mention.start, mention.end, checked, "person"))
    found.sort(key=lambda item: (item[0], -item[1], ORDER.index(item[2].verdict)))
    places: list[tuple[int, int, Checked, str]] = []
    for item in found:
        if places and item[0] < places[-1][1]:
            start, end, wider, what = places[-1]
            places[-1] = (start, max(end, item[1]), _both(wider, item[2]), what)
        else:
            places.append(item)
    text = result.reading.text
    return [
        Card(i, start, end, text[start:end], checked, what, _old(checked, text))
        for i, (start, end, checked, what) in enumerate(places, start=1)
    ]


def _old(checked: Checked, text: str) -> str:
    fix = checked.correction
    return text[fix.start : fix.end] if fix else ""


def _both(wider: Checked, inner: Checked) -> Checked:
    known = {one.reason for one in wider.judgements}
    judgements = (*wider.judgements, *(one for one in inner.judgements if one.reason not in known))
    verdict = min((one.verdict for one in judgements), key=ORDER.index)
    return Checked(verdict, judgements)


def parts_of(text: str, cards: list[Card]) -> list[Part]:
    """The whole text as parts, one after another."""
    parts, at = [], 0
    for card in cards:
        if card.start > at:
            parts.append(Part(text[at : card.start]))
        parts.append(Part(card.text, card))
        at = card.end
    if at < len(text):
        parts.append(Part(text[at:]))
    return parts


def remark_of(card: Card) -> str:
    """A card as a comment in Word."""
    lines = [f"{card.word}: {card.checked.deciding.reason}"]
    if card.correction:
        lines.append(f"Nên là: {card.correction.expected}")
    lines += [f"{check}: {reason}" for check, _word, reason in card.reasons[1:]]
    return "\n".join(str(line) for line in lines)
