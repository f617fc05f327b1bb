"""Phrasings of year-end texts: what is right is left in peace, and one slip in it is called wrong."""

import re
from pathlib import Path

import pytest

from tongket.claims.arithmetic import judge
from tongket.claims.read import read

_CHOICE = re.compile(r"\[([^|\]]*)\|([^\]]*)\]")
LINES = [
    line.replace("\\n", "\n")
    for line in (Path(__file__).parent / "phrasings.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def _said(text: str, *verdicts: str) -> list[tuple[str, str]]:
    reading = read(text)
    return [
        (reading.claims[i].text, judgement.reason)
        for i, judgement in judge(reading)
        if judgement.verdict in verdicts
    ]


@pytest.mark.parametrize("line", LINES)
def test_what_is_right_is_left_in_peace(line: str) -> None:
    assert _said(_CHOICE.sub(r"\1", line), "wrong", "doubtful") == []


@pytest.mark.parametrize("line", [line for line in LINES if _CHOICE.search(line)])
def test_one_slip_is_called_wrong(line: str) -> None:
    assert _said(_CHOICE.sub(r"\2", line), "wrong") != []


@pytest.mark.parametrize(
    "text",
    [
        "Kết nạp 0 đồng chí, chiếm 2,5% tổng số 0 đảng viên mới.",
        "Năm nay kết nạp 0 đảng viên: nữ 0 (100,1%), đoàn viên 100 (23,5%).",
        "Kết nạp 152 đảng viên, đạt 1,0% trên chỉ tiêu 0.",
        "Trong 0 đảng viên được kiểm tra, có 0 đồng chí vi phạm, chiếm 18,2%.",
    ],
)
def test_a_whole_of_nought_is_judged_like_any_text(text: str) -> None:
    assert len(judge(read(text))) >= 2
