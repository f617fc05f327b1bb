"""The books of 2022 and 2023: locked when the year is over, signed; and a class that a commune reports too late."""

from datetime import date

from tongket.books.acts import lock, sign
from tongket.books.models import FigureBook
from tongket.core.periods import parse_period
from tongket.demo.draw.plain import ROOT
from tongket.demo.work.judging.people import ORIGIN, Cast
from tongket.directives.acts import add_study_session
from tongket.directives.drafts import StudySessionDraft

#: step of signing -> account, in order.
_SIGNERS = (("clerk", "van-phong"), ("office", "chanh-van-phong"), ("secretary", "lanh-dao"))
_LATE_COMMUNE = f"{ROOT}.03"


def lock_the_books(cast: Cast) -> None:
    """All that the year did is recorded: lock it. The secretary has not yet signed the year before."""
    for period, signatures in (("2022", 2), ("2023", 3)):
        book = lock(cast.root, parse_period(period), by=cast.user("van-phong"), origin=ORIGIN)
        _sign(cast, book, signatures)


def _sign(cast: Cast, book: FigureBook, signatures: int) -> None:
    for step, account in _SIGNERS[:signatures]:
        sign(book, step, by=cast.user(account), digest=book.digest, origin=ORIGIN)


def report_late(cast: Cast) -> None:
    """A class held in December 2023 comes into the register only after the book was signed."""
    add_study_session(
        StudySessionDraft(
            cast.organisations[_LATE_COMMUNE],
            "Học tập chuyên đề năm 2023 về học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh",
            date(2023, 12, 12),
            members_total=40,
            members_attended=38,
            members_excused=2,
            place="Hội trường Đảng ủy xã",
        ),
        by=cast.user(f"bi-thu-{_LATE_COMMUNE.lower()}"),
        origin=ORIGIN,
    )
