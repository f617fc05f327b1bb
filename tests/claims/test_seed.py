# ruff: noqa: E501
"""The published text of the seed: every claim is found, nothing is wrong, and an altered number does not pass."""

import pytest

from tongket.claims.arithmetic import judge
from tongket.claims.read import read

#: The claims of the seed text in its figures; the sentences around them are our own.
SEED = """Năm 2023, huyện phát triển đảng viên mới vượt 3,5% so chỉ tiêu giao

Chiều 28/12/2023, Huyện ủy họp Hội nghị tổng kết công tác xây dựng Đảng năm 2023; triển khai nhiệm vụ năm 2024. Dự họp có \
cán bộ của 13 xã, thị trấn, các đồng chí Huyện ủy viên khóa XXV.

Hội nghị quán triệt Nghị quyết số 33-NQ/TU ngày 20/11/2023 của Ban Thường vụ Tỉnh ủy; Chỉ thị số 26-CT/TW ngày 23/11/2023 \
của Ban Bí thư; Qui định số 138-QĐ/TW ngày 01/12/2023 của Ban Bí thư.

Trong nhiệm kỳ 2020-2025, huyện kỷ niệm 55 năm kết nghĩa; học các Nghị quyết TW6, TW7, TW8 (khóa XIII). Năm 2023, Đảng bộ \
huyện kết nạp 88 đảng viên mới, vượt 3,5% so chỉ tiêu tỉnh giao, nâng tổng số đảng viên lên 3.724 đồng chí; trao Huy hiệu \
Đảng cho 158 đảng viên. Cuối năm, có 52/53 TCCS Đảng hoàn thành tốt nhiệm vụ trở lên, đạt tỷ lệ 98,11%, trong đó có 10 TCCS \
Đảng hoàn thành xuất sắc; trên 93% đảng viên hoàn thành tốt trở lên, trong đó có hơn 17% đảng viên hoàn thành xuất sắc...

Hội nghị khen thưởng 43 tập thể và 38 cá nhân của năm 2023.
"""


def verdicts(text: str) -> list[tuple[str, str, str]]:
    reading = read(text)
    return [(reading.claims[i].text, j.verdict, j.expected) for i, j in judge(reading)]


def faults(text: str) -> list[tuple[str, str, str]]:
    return [said for said in verdicts(text) if said[1] in ("wrong", "doubtful")]


def test_every_claim_is_found_with_its_kind() -> None:
    reading = read(SEED)
    found = [(claim.kind, reading.numbers[claim.numbers[0]].text) for claim in reading.claims]
    for kind, number in [
        ("target", "3,5%"), ("count", "13"), ("count", "88"), ("new_total", "3.724"), ("count", "158"), ("pair", "52"),
        ("share", "98,11%"), ("count", "10"), ("share", "93%"), ("share", "17%"), ("count", "43"), ("count", "38"),
        ("span", "2020-2025"), ("plain", "55"), ("date", "28/12/2023"), ("reference", "33"), ("plain", "XXV"),
    ]:  # fmt: skip
        assert (kind, number) in found
    assert len(reading.references) >= 3


def test_nothing_in_it_is_wrong_or_doubtful() -> None:
    assert faults(SEED) == []


@pytest.mark.parametrize(
    ("old", "new", "named", "expected"),
    [
        ("52/53", "51/53", "51/53 TCCS Đảng", "52"),
        ("52/53", "52/54", "52/54 TCCS Đảng", "53"),
        ("52/53", "53/52", "53/52 TCCS Đảng", ""),
        ("98,11%", "98,12%", "98,12%", "98,11%"),
        ("98,11%", "89,11%", "89,11%", "98,11%"),
        ("có 10 TCCS", "có 100 TCCS", "100 TCCS Đảng", ""),
        ("hơn 17%", "hơn 97%", "hơn 97% đảng viên", ""),
        (
            "huyện phát triển đảng viên mới vượt 3,5%",
            "huyện phát triển đảng viên mới vượt 5,3%",
            "5,3%",
            "3,5%",
        ),
        ("mới, vượt 3,5% so", "mới, vượt 3,7% so", "3,7%", ""),
        ("kết nạp 88 đảng", "kết nạp 80 đảng", "3,5%", ""),
        ("triển khai nhiệm vụ năm 2024", "triển khai nhiệm vụ năm 2025", "2025", "2024"),
        ("Chiều 28/12/2023", "Chiều 28/12/2022", "28/12/2022", ""),
        ("Chiều 28/12/2023", "Chiều 31/11/2023", "31/11/2023", ""),
        ("2020-2025", "2025-2020", "2025-2020", ""),
        ("3.724", "37", "37 đồng chí", ""),
    ],
)
def test_an_altered_number_is_named(old: str, new: str, named: str, expected: str) -> None:
    assert SEED.count(old) == 1
    found = faults(SEED.replace(old, new))
    assert any(named in text and expected in said for text, _, said in found), found
