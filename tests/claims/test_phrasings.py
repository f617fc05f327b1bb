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
