"""Whom the user has to point out: rows that may be about somebody of the register, and what was chosen.

A choice is kept by what the list says of the person (`Clues.sign`), so it holds for all rows about that person and for
the user's later files. Nobody is joined to a person of the register by likeness alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tongket.core.dates import format_date
from tongket.intake.columns import Row
from tongket.intake.models import ImportBatch
from tongket.intake.rows.who import Clues, Likely
from tongket.members.models import Member

#: The choice “somebody else, new to the register”; every other choice is a member's code.
NEW = "new"


@dataclass(slots=True)
class Doubt:
    """One person of a list who may be somebody of the register. `chosen`: a code, `NEW` or "" while nobody chose."""

    sign: str
    sheet: str
    rows: list[int]
    said: str
    likely: tuple[Likely, ...]
    may_be_new: bool
    chosen: str = ""

    @property
    def plain(self) -> str:
        """The code of the one person whom it can be, of the same name and day of birth; "" where it is less plain."""
        return self.likely[0].member.code if len(self.likely) == 1 and self.likely[0].whole else ""


@dataclass(slots=True)
class Doubts:
    """The doubts of one file. `choices`: what was chosen by sign; `became`: whom each sign stands for in the end."""

    choices: Mapping[str, str] = field(default_factory=dict)
    found: dict[str, Doubt] = field(default_factory=dict)
    became: dict[str, str] = field(default_factory=dict)

    def ask(
        self, row: Row, clue: Clues, likely: Sequence[Likely], *, sign: str, may_be_new: bool
    ) -> tuple[Doubt, Member | None]:
        """Note the doubt of a row; with the person chosen for it, when one was chosen."""
        doubt = self.found.get(sign)
        if doubt is None:
            chosen = self.choices.get(sign, "")
            codes = {one.member.code for one in likely}
            if chosen not in codes and not (chosen == NEW and may_be_new):
                chosen = ""  # chosen in another state of the register
            doubt = Doubt(sign, row.sheet, [], _said(clue), tuple(likely), may_be_new, chosen)
            self.found[sign] = doubt
        doubt.rows.append(row.number)
        member = next((one.member for one in likely if one.member.code == doubt.chosen), None)
        if member is not None:
            self.became[sign] = member.code
        return doubt, member


def named(likely: Iterable[Likely]) -> str:
    """Who it may be, in words."""
    return "; ".join(f"{described(one.member)} ({_why(one)})" for one in list(likely)[:3])


def _why(one: Likely) -> str:
    return "; ".join(reason[:1].lower() + reason[1:] for reason in one.reasons)


def described(member: Member) -> str:
    """A member as told from others of the same name."""
    born = f", sinh {format_date(member.birth_date)}" if member.birth_date else ""
    place = f", {member.organisation}" if member.organisation else ""
    return f"{member.code} {member.full_name}{born}{place}"


def _said(clue: Clues) -> str:
    born = ""
    if clue.birth_date is not None:
        born = f", sinh {clue.birth_date.year if clue.year_only else format_date(clue.birth_date)}"
    numbers = [
        f"{what} {number}"
        for what, number in (("CCCD", clue.national_id), ("thẻ", clue.card_number))
        if number
    ]
    return ", ".join([(clue.full_name or "—") + born, *numbers])


def choices_of(by: Any, batch: ImportBatch | None = None) -> dict[str, str]:
    """What a user chose before, for files that were brought in and stand; then what was chosen for this one."""
    earlier = ImportBatch.objects.filter(
        uploaded_by=getattr(by, "pk", None), committed_at__isnull=False, undone_at__isnull=True
    ).exclude(people={})
    found: dict[str, str] = {}
    for people in earlier.order_by("committed_at").values_list("people", flat=True):
        found |= people
    return found | (dict(batch.people) if batch is not None else {})
