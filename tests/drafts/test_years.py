"""The years of a text: named by the numbers beside them, by the tasks that follow, by what has not come yet."""

import pytest

from tests.drafts.test_checking import of, run
from tests.world import World
from tongket.drafts.checking import Checked, Result


def year(result: Result, printed: str) -> Checked:
    """The verdict on the first claim that is a year."""
    return next(
        checked
        for claim, checked in zip(result.reading.claims, result.claims, strict=True)
        if claim.kind == "date" and claim.text.endswith(printed)
    )


@pytest.mark.parametrize("other", [2022, 2024])
def test_numbers_of_the_year_asked_under_another_year_accuse_the_year(world: World, other: int) -> None:
    text = "Năm {}, Đảng bộ huyện kết nạp 01 đảng viên mới, tổng số đảng viên là 6 đồng chí. Năm 2023 đã qua."
    found = run(world, text.format(other))
    slip = year(found, str(other))
    assert slip.verdict == "wrong"
    assert slip.correction is not None
    assert slip.correction.expected == "2023"
    assert [of(found, "01").verdict, of(found, "6 đồng").verdict] == ["right", "right"]
    assert year(run(world, text.format(2023)), "2023").verdict != "wrong"


def test_one_number_of_another_year_leaves_open_whether_it_or_the_year_is_wrong(world: World) -> None:
    found = run(world, "Năm 2022, Đảng bộ huyện kết nạp 01 đảng viên mới. Năm 2023 là năm khó khăn.")
    number = of(found, "01")
    assert number.verdict == "doubtful"  # nothing at all is recorded of 2022
    assert "Đó là số của năm 2023: xem lại số hoặc năm." in number.reason
    assert year(found, "2022").verdict != "wrong"


def test_numbers_that_are_those_of_the_year_named_are_right(world: World) -> None:
    found = run(
        world, "Năm 2022, tổng số đảng viên là 5 đồng chí. Năm 2023, tổng số đảng viên là 6 đồng chí."
    )
    assert {one.verdict for one in found.claims} <= {"right", "not_checked"}


@pytest.mark.parametrize(
    ("summed", "ahead", "verdicts"),
    [
        (2023, 2024, {"2023": "not_checked", "2024": "right"}),
        (2022, 2024, {"2022": "wrong", "2024": "right"}),
        (2023, 2025, {"2023": "not_checked", "2025": "wrong"}),
    ],
)
def test_the_tasks_of_the_next_year_tell_which_year_is_summed_up(
    world: World, summed: int, ahead: int, verdicts: dict[str, str]
) -> None:
    text = f"Hội nghị tổng kết công tác xây dựng Đảng năm {summed}; triển khai nhiệm vụ năm {ahead}. Năm 2023 đã qua."
    found = run(world, text)
    assert {printed: year(found, printed).verdict for printed in verdicts} == verdicts


@pytest.mark.parametrize(
    ("text", "verdict", "expected"),
    [
        ("Năm 2026, công tác xây dựng Đảng đạt kết quả tích cực. Năm 2023 đã qua.", "doubtful", "2023"),
        ("Đề nghị trong năm 2026 các cấp ủy tập trung thực hiện tốt. Năm 2023 đã qua.", "doubtful", "2024"),
        ("Đề nghị trong năm 2024 các cấp ủy tập trung thực hiện tốt. Năm 2023 đã qua.", "not_checked", ""),
        ("Phấn đấu đến năm 2030 hoàn thành mục tiêu. Năm 2023 đã qua.", "not_checked", ""),
        ("Chiến lược tầm nhìn 2045 được quán triệt. Năm 2023 đã qua.", "not_checked", ""),
        ("Luật Đất đai năm 2025 được phổ biến. Năm 2023 đã qua.", "not_checked", ""),
    ],
)
def test_a_year_that_has_not_come_is_questioned_unless_the_words_look_far_ahead(
    world: World, text: str, verdict: str, expected: str
) -> None:
    found = run(world, text)
    one = next(
        checked
        for claim, checked in zip(found.reading.claims, found.claims, strict=True)
        if claim.start < 60 and "20" in claim.text
    )
    assert one.verdict == verdict
    assert (one.correction.expected if one.correction else "") == expected


def test_a_number_that_is_truly_of_the_year_named_clears_the_year(world: World) -> None:
    found = run(
        world,
        "Năm 2022, tổng số đảng viên là 5 đồng chí, kết nạp 01 đảng viên mới. "
        "Năm 2023, Đảng bộ huyện kết nạp 01 đảng viên mới.",
    )
    assert year(found, "2022").verdict != "wrong"
    assert of(found, "5 đồng").verdict == "right"
    assert of(found, "01").verdict in ("wrong", "doubtful")
