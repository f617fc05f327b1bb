"""Reading, judging and matching raise on no text: whatever is written, the check answers."""

import random

import pytest

from bench.claims.corpus import PARTS, load
from tongket.claims.arithmetic import judge
from tongket.claims.read import read
from tongket.claims.reading.vocabulary import COUNT_UNITS
from tongket.drafts.matching import indicator_for

_WORDS = (
    *COUNT_UNITS,
    "kết nạp", "kỷ luật", "xếp loại", "trong đó", "gồm", "còn lại", "chiếm", "đạt", "vượt", "so với", "năm 2022",
    "năm trước", "chỉ tiêu", "kế hoạch", "tăng", "giảm", "bình quân mỗi", "từ", "lên", "xuống còn", "tổng cộng",
    "cả năm", "quý I", "quý II", "gần", "trên", "hơn", "lần lượt", "tốt trở lên", "xuất sắc", "nữ", "khiển trách",
    "hoàn thành nhiệm vụ", "Huy hiệu 30 năm", "tuổi Đảng", "điểm phần trăm", "tố cáo", "toàn Đảng bộ",
    ",", ";", ":", ".", "(", ")", "và", "/", "-",
)  # fmt: skip


def _answered(text: str) -> None:
    reading = read(text)
    assert len({i for i, _ in judge(reading)}) == len(reading.claims)
    for claim in reading.claims:
        indicator_for(claim, reading)


@pytest.mark.parametrize("part", PARTS)
def test_no_passage_raises(part: str) -> None:
    for passage in load(part):
        _answered(passage.text)


def test_no_sentence_of_known_words_and_any_numbers_raises() -> None:
    chance = random.Random(7)
    for _ in range(400):
        pieces = []
        for _ in range(chance.randint(4, 40)):
            pieces.append(chance.choice(_WORDS))
            if chance.random() < 0.6:
                number = chance.choice((0, 1, 2, chance.randint(3, 99), chance.randint(100, 9_999)))
                pieces.append(
                    chance.choice((f"{number}", f"{number}%", f"{number},5%", f"{number}/{number}"))
                )
        _answered(" ".join(pieces))
