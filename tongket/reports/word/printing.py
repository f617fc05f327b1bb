"""How a figure is printed, and the tag by which a printed figure is found again."""

from dataclasses import dataclass
from decimal import Decimal

from tongket.core.masks import mask_text
from tongket.core.numbers import format_number

#: What prose says when there is nothing to say (no target set, nothing rated); tables print a dash.
NO_VALUE = "chưa có số liệu"
NO_VALUE_IN_TABLE = "–"

#: Word refuses longer tags and titles.
TAG_LIMIT = 64

#: bare: for tables, whose heading names the unit. abs: without its sign. signed: always with its sign.
#: signed_bare: both. unit: with the unit after it.
FORMS = ("", "bare", "abs", "signed", "signed_bare", "unit")


@dataclass(frozen=True, slots=True)
class Tag:
    """What a content control says of the figure inside it.

    `against` names the period that the printed difference was taken from; '' for the value itself.
    """

    indicator: str
    organisation: str
    period: str
    as_at: str
    against: str = ""

    def text(self) -> str:
        """`indicator|organisation|period|as_at`; a difference is written `indicator~period of before|…`.

        A tag that would pass Word's limit writes the day without hyphens, and if that is not enough
        leaves it out: an empty day is the last day of the period.
        """
        indicator = f"{self.indicator}~{self.against}" if self.against else self.indicator
        for day in (self.as_at, self.as_at.replace("-", ""), ""):
            written = "|".join((indicator, self.organisation, self.period, day))
            if len(written) <= TAG_LIMIT:
                return written
        return written

    @staticmethod
    def read(text: str) -> "Tag | None":
        """The tag that `text` writes, or None for the tag of somebody else's content control."""
        parts = text.split("|")
        if len(parts) != 4 or not all(parts[:3]):
            return None
        indicator, _, against = parts[0].partition("~")
        day = parts[3]
        if len(day) == 8:
            day = f"{day[:4]}-{day[4:6]}-{day[6:]}"
        return Tag(indicator, parts[1], parts[2], day, against)


def printed(
    value: Decimal | int | None, *, unit: str = "", decimals: int = 0, form: str = "", mask: str = ""
) -> str:
    """`value` as a report writes it: 3.724, 98,11%, +3,5%; in prose 'chưa có số liệu' for None, or a mask's words."""
    if mask:
        return mask_text(mask)
    if value is None:
        return NO_VALUE_IN_TABLE if form.endswith("bare") else NO_VALUE
    is_signed = form.startswith("signed")
    exact = Decimal(value)
    text = format_number(abs(exact) if is_signed or form == "abs" else exact, decimals)
    if is_signed and value:
        text = ("+" if value > 0 else "-") + text
    if unit == "%":
        return text if form.endswith("bare") else f"{text}%"
    return f"{text} {unit}" if form == "unit" and unit else text
