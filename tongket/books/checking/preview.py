"""What is about to be locked: how much, what is missing, and what differs from the book that stands."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tongket.books.checking.verify import Line, Verification, verify
from tongket.books.models import FigureBook
from tongket.books.queries import faults_of, standing_book
from tongket.core.periods import Period
from tongket.figures.engine import compute
from tongket.figures.types import Figure
from tongket.indicators.catalogue import INDICATORS
from tongket.organisations.models import Organisation

#: Figures that should be 0 when a period is closed: what is not entered, not rated, not done, or does not balance.
SHOULD_BE_NOTHING = (
    "members.balance_gap",
    "members.profile_gaps",
    "ratings.organisations.missing",
    "ratings.members.missing",
    "obligations.overdue",
    "directives.plans_overdue",
)


@dataclass(frozen=True, slots=True)
class Preview:
    """`gaps` are the figures that should be 0 and are not. `standing` is the book that would be superseded, with what
    differs from it (None when it was locked as at another day, or cannot be read); `faults` are its own."""

    figures: int
    children: int
    gaps: tuple[Figure, ...]
    standing: FigureBook | None
    differs: Verification | None
    faults: tuple[str, ...]

    @property
    def changed(self) -> tuple[Line, ...]:
        """What changed about the organisation itself since the standing book."""
        if self.differs is None:
            return ()
        own = self.differs.book.organisation.code
        return tuple(line for line in self.differs.lines if line.status == "changed" and line.place == own)

    @property
    def changed_below(self) -> int:
        """How many figures of organisations below changed."""
        if self.differs is None:
            return 0
        own = self.differs.book.organisation.code
        return sum(line.status == "changed" and line.place != own for line in self.differs.lines)


def preview(organisation: Organisation, period: Period, as_at: date, *, viewer: Any) -> Preview:
    """Look at what would be locked, as the viewer may see it. Writes nothing."""
    ids = tuple(id for id in SHOULD_BE_NOTHING if id in INDICATORS)
    figures = compute(organisation, period, as_at=as_at, ids=ids, viewer=viewer)
    standing = standing_book(organisation, period)
    differs: Verification | None = None
    faults: tuple[str, ...] = ()
    if standing is not None:
        faults = tuple(faults_of(standing))
        if not faults and standing.as_at == as_at:
            differs = verify(standing, viewer=viewer)
    return Preview(
        figures=len(INDICATORS),
        children=len(figures.children),
        gaps=tuple(figure for figure in figures.own.values() if figure.value),
        standing=standing,
        differs=differs,
        faults=faults,
    )
