"""The arithmetic inside a text: true sentences pass in silence, faults are named with what should stand there."""

import pytest

from tests.claims.faults import FAULTS as SINGLE_FAULTS
from tests.claims.right_texts import RIGHT as SINGLE_RIGHT
from tests.claims.together_texts import FAULTS_TOGETHER, RIGHT_TOGETHER
from tongket.claims.arithmetic import judge
from tongket.claims.model import Judgement, Reading
from tongket.claims.read import read

FAULTS = SINGLE_FAULTS + FAULTS_TOGETHER
RIGHT = SINGLE_RIGHT + RIGHT_TOGETHER


def judged(text: str) -> tuple[Reading, list[tuple[int, Judgement]]]:
    reading = read(text)
    return reading, judge(reading)


def flagged(text: str) -> list[tuple[str, str, str]]:
    reading, found = judged(text)
    return [
        (reading.claims[i].text, judgement.verdict, judgement.reason)
        for i, judgement in found
        if judgement.verdict in ("wrong", "doubtful")
    ]


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_left_in_peace(text: str) -> None:
    assert flagged(text) == []


@pytest.mark.parametrize(("text", "claim", "verdict", "expected"), FAULTS, ids=[fault[1] for fault in FAULTS])
def test_a_fault_is_named_with_what_should_stand_there(
    text: str, claim: str, verdict: str, expected: str
) -> None:
    reading, found = judged(text)
    said = [judgement for i, judgement in found if claim in reading.claims[i].text]
    assert (verdict, expected) in [(judgement.verdict, judgement.expected) for judgement in said]
    for judgement in said:
        if judgement.expected:
            assert judgement.start is not None and judgement.end is not None
            number = reading.text[judgement.start : judgement.end]
            assert number in [n.text for n in reading.numbers]
        assert judgement.reason.endswith((".", "?")) and judgement.check == "arithmetic"


@pytest.mark.parametrize("text", [*RIGHT, *(fault[0] for fault in FAULTS)])
def test_every_claim_is_judged_at_least_once(text: str) -> None:
    reading, found = judged(text)
    assert [i for i, _ in found] == sorted(i for i, _ in found)
    assert {i for i, _ in found} == set(range(len(reading.claims)))
    assert sum(len(claim.numbers) for claim in reading.claims) == len(reading.numbers)


@pytest.mark.parametrize(
    "text",
    [
        "Kết quả, có 52/53 TCCS đảng hoàn thành tốt, đạt 98,11%, trong đó có 10 TCCS đảng xuất sắc.",
        "Kết nạp 88 đảng viên mới, vượt 3,5% so chỉ tiêu tỉnh giao.",
        "Kỷ luật 20 đảng viên (khiển trách 15, cảnh cáo 3, cách chức 1, khai trừ 1).",
    ],
)
def test_the_base_of_what_is_right_is_named(text: str) -> None:
    _, found = judged(text)
    reasons = [judgement.reason for _, judgement in found if judgement.verdict == "right"]
    assert reasons
    assert all(any(c.isdigit() for c in reason) for reason in reasons)


def test_a_goal_is_not_held_against_results() -> None:
    text = (
        "Năm 2024 phấn đấu kết nạp 90 đảng viên, vượt 7,7% chỉ tiêu, trong đó có 30 đảng viên nữ, chiếm 12%."
    )
    assert flagged(text) == []


def test_a_percentage_of_a_percentage_is_points() -> None:
    reading, found = judged("Có 45,3% TCCS đảng hoàn thành tốt, tăng 0,86% so với năm trước.")
    said = next(j for i, j in found if reading.claims[i].kind == "change")
    assert said.verdict == "not_checked"
    assert "điểm phần trăm" in said.reason
    assert said.data["before"] == "44,44"


def test_two_targets_that_both_fit_are_both_given() -> None:
    reading, found = judged("Kết nạp 87 đảng viên, đạt 72% kế hoạch.")
    said = next(j for i, j in found if reading.claims[i].kind == "target")
    assert said.data["target"] == "120 hoặc 121"


@pytest.mark.parametrize(
    ("count", "share", "target"),
    [(13, "15,3", "85"), (23, "26,4", "87"), (41, "82", "50"), (46, "38,33", "120"), (227, "108", "210")],
)
def test_a_printed_percentage_gives_the_target(count: int, share: str, target: str) -> None:
    reading, found = judged(f"Huyện kết nạp {count} đảng viên mới, đạt {share}% chỉ tiêu năm.")
    said = next(j for i, j in found if reading.claims[i].kind == "target")
    assert said.verdict == "right"
    assert target in said.data["target"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_and_decomposed_letters_do_not_matter(end: str) -> None:
    import unicodedata

    text = f"Tiêu đề{end}{end}Có 52/53 TCCS đảng hoàn thành tốt,{end}đạt 98,11%.{end}"
    judged(unicodedata.normalize("NFD", text))
    assert flagged(text) == []
