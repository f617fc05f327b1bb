# ruff: noqa: E501
"""Reading claims: what kind each number makes, what it is said of, and that none is left out."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from tongket.claims.model import Reading
from tongket.claims.read import read


def kinds(text: str) -> list[tuple[str, str]]:
    return [(claim.kind, claim.text) for claim in read(text).claims]


def every_number_once(reading: Reading) -> None:
    claimed = [n for claim in reading.claims for n in claim.numbers]
    assert sorted(claimed) == list(range(len(reading.numbers)))
    ends = 0
    for number in reading.numbers:
        assert reading.text[number.start : number.end] == number.text
        assert ends <= number.start < number.end
        ends = number.end


def test_a_year_of_admissions() -> None:
    reading = read(
        "Năm 2023, Đảng bộ huyện kết nạp 88 đảng viên mới, vượt 3,5% so chỉ tiêu tỉnh giao, "
        "nâng tổng số đảng viên lên 3.724 đồng chí."
    )
    assert [claim.kind for claim in reading.claims] == ["date", "count", "target", "new_total"]
    _, count, target, total = reading.claims
    assert (count.unit, count.period) == ("dang vien moi", "2023")
    assert "ket nap dang vien moi" in count.subject
    assert (target.counted, target.direction) == (1, "up")
    assert reading.numbers[total.numbers[0]].value == 3724


_PIECES = st.sampled_from(
    [
        "kết nạp", "đảng viên", "trong đó", "gồm", "12", "3.724", "98,11%", "52/53", "28/12/2023", "năm", "2023", "(", ")",
        ",", ";", ":", ".", "\n", "\r\n", "hai mươi", "trên", "tăng", "so với", "chỉ tiêu", "Nghị quyết số 33-NQ/TU",
        "huy hiệu", "30, 40 và 50 năm tuổi Đảng", "khóa XXV", "TW7", "1đảng viên", "không có chi bộ", "8.057 tỷ 265 triệu",
        "-", "/", "%", "0/0", "\u0000", "e\u0302\u0301", "còn lại", "1.1", "ngày 5", "112,900", "từ", "trở lên", "hàng ngàn",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(_PIECES, st.sampled_from(["", " ", " ", "  "])), max_size=40))
def test_every_number_belongs_to_exactly_one_claim(pieces: list[tuple[str, str]]) -> None:
    text = "".join(piece + blank for piece, blank in pieces)
    every_number_once(read(text))
    every_number_once(read(unicodedata.normalize("NFD", text)))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    every_number_once(read(text))
