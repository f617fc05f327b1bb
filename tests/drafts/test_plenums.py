"""Plenums of the Central Committee that a text names, held against the papers of the book."""

from datetime import date

import pytest

from tests.drafts.test_checking import run
from tests.world import World
from tongket.directives.acts import add_directive
from tongket.directives.drafts import DirectiveDraft

TEXT = "Năm 2023, cấp ủy tổ chức học tập Nghị quyết TW{} (khóa XIII)."


def received(world: World, symbol: str, subject: str) -> None:
    draft = DirectiveDraft(
        world["QS"],
        "NQ",
        symbol,
        "Ban Chấp hành Trung ương",
        "central",
        date(2023, 5, 17),
        subject,
        date(2023, 6, 1),
    )
    add_directive(draft, by=None)


def verdict(world: World, plenum: int) -> str:
    (found,) = run(world, TEXT.format(plenum)).documents
    return found.verdict


@pytest.mark.parametrize(
    "subject",
    [
        "Nghị quyết Hội nghị Trung ương 7 (giữa nhiệm kỳ) khóa XIII",
        "Nghị quyết Trung ương 7 khóa XIII về lý luận",
        "Nghị quyết Hội nghị Trung ương lần thứ 7, khóa XIII",
        "Nghị quyết TW7 (khóa XIII)",
    ],
)
def test_a_plenum_is_found_in_the_words_of_a_paper(world: World, subject: str) -> None:
    received(world, "27-NQ/TW", subject)
    assert verdict(world, 7) == "right"


def test_a_plenum_that_the_book_lacks_is_doubtful_when_it_holds_others_of_the_term(world: World) -> None:
    assert verdict(world, 5) == "not_checked"  # an empty book tells nothing
    received(world, "27-NQ/TW", "Nghị quyết Trung ương 6 khóa XIII về Nhà nước pháp quyền")
    assert verdict(world, 5) == "doubtful"
