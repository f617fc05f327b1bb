"""A news text about the demo district's year: every figure is confirmed, and each one, altered alone, is named."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tongket.cli import main
from tongket.core.periods import year
from tongket.demo.draw.plain import District
from tongket.drafts.checking import Checked, Result, check
from tongket.members.models import PostHolding
from tongket.organisations.queries import by_code

pytestmark = pytest.mark.django_db

TEXT = """Quế Sơn kết nạp đảng viên mới năm 2023 vượt 3,5% so với chỉ tiêu được giao

Ngày 28/12/2023, Huyện ủy họp hội nghị tổng kết công tác xây dựng Đảng năm 2023; triển khai nhiệm vụ năm 2024, có mặt đại diện Đảng bộ 13 xã, thị trấn. {secretary}, Bí thư Huyện ủy chủ trì hội nghị.

Hội nghị quán triệt Nghị quyết số 33-NQ/TU ngày 20/11/2023 của Ban Thường vụ Tỉnh ủy Quảng Nam về xây dựng lực lượng Công an chính quy, tinh nhuệ; Chỉ thị số 26-CT/TW ngày 23/11/2023 của Ban Bí thư về tổ chức Tết Nguyên đán Giáp Thìn; Quy định số 138-QĐ/TW ngày 01/12/2023 của Ban Bí thư về chức năng, nhiệm vụ, mối quan hệ công tác của đảng bộ, chi bộ cơ sở cơ quan.

Trong năm, huyện tổ chức kỷ niệm 55 năm kết nghĩa giữa huyện Quế Sơn và huyện Thọ Xuân. Năm 2023, Đảng bộ huyện kết nạp được 88 đảng viên mới, vượt 3,5% chỉ tiêu tỉnh giao, đưa tổng số đảng viên của Đảng bộ lên 3.724 đồng chí; trao Huy hiệu Đảng cho 158 đảng viên.

Kết quả đánh giá cuối năm: 52/53 TCCS đảng hoàn thành tốt nhiệm vụ trở lên, đạt tỷ lệ 98,11%, trong đó có 10 TCCS đảng hoàn thành xuất sắc nhiệm vụ; trên 93% đảng viên hoàn thành tốt nhiệm vụ trở lên, trong đó có hơn 17% đảng viên hoàn thành xuất sắc nhiệm vụ. Dịp này, 43 tập thể và 38 cá nhân được khen thưởng.
"""  # noqa: E501 -- paragraphs as they are pasted

#: What stands in the text, what it is altered to, what should stand there.
ALTERED = (
    ("năm 2023 vượt 3,5%", "năm 2023 vượt 5,3%", "3,5%"),
    ("Ngày 28/12/2023", "Ngày 29/12/2023", "28/12/2023"),
    ("13 xã", "14 xã", "13"),
    ("33-NQ/TU", "34-NQ/TU", "33-NQ/TU"),
    ("20/11/2023", "20/11/2022", "20/11/2023"),
    ("26-CT/TW", "27-CT/TW", "26-CT/TW"),
    ("23/11/2023", "23/10/2023", "23/11/2023"),
    ("138-QĐ/TW", "183-QĐ/TW", "138-QĐ/TW"),
    ("01/12/2023", "11/12/2023", "01/12/2023"),
    ("55 năm", "50 năm", "55"),
    ("88 đảng viên", "89 đảng viên", "88"),
    ("vượt 3,5% chỉ", "vượt 3,6% chỉ", "3,5%"),
    ("3.724", "3.742", "3.724"),
    ("158", "185", "158"),
    ("52/53", "51/53", "52"),
    ("52/53", "52/54", "53"),
    ("98,11%", "98,12%", "98,11%"),
    ("có 10 TCCS", "có 11 TCCS", "10"),
    ("trên 93%", "trên 95%", "93%"),
    ("hơn 17%", "hơn 19%", "17%"),
    ("43 tập", "34 tập", "43"),
    ("38 cá", "39 cá", "38"),
    ("mới năm 2023 vượt", "mới năm 2022 vượt", "2023"),
    ("Năm 2023, Đảng bộ huyện", "Năm 2022, Đảng bộ huyện", "2023"),
    ("Năm 2023, Đảng bộ huyện", "Năm 2032, Đảng bộ huyện", "2023"),
)


@pytest.fixture
def text(loaded: District) -> str:
    holders = PostHolding.objects.filter(
        organisation__code="QS",
        post="secretary",
        valid_from__lte=date(2023, 12, 28),
        valid_to__gt=date(2023, 12, 28),
    )
    return TEXT.format(secretary=f"Đồng chí {holders.get(voided_at__isnull=True).member.full_name}")


def run(text: str) -> Result:
    return check(text, by_code("QS"), year(2023))


def faults(result: Result) -> Iterator[Checked]:
    yield from (
        one
        for one in (*result.claims, *result.documents, *result.people)
        if one.verdict in ("wrong", "doubtful")
    )


def test_every_figure_paper_and_post_of_the_text_is_confirmed(text: str) -> None:
    found = run(text)
    assert [one.reason for one in faults(found)] == []
    assert found.numbers_read == found.numbers_judged
    right = {
        claim.text
        for claim, one in zip(found.reading.claims, found.claims, strict=True)
        if one.verdict == "right"
    }
    for old, _new, expected in ALTERED:
        assert any(expected in said for said in right), old
    assert [one.verdict for one in found.people] == ["right"]
    assert {one.verdict for one in found.documents} == {"right"}


@pytest.mark.parametrize(
    ("old", "new", "expected"), ALTERED, ids=[f"{old}→{new}" for old, new, _e in ALTERED]
)
def test_one_altered_number_is_named_with_what_it_should_be_and_nothing_else_is_called_wrong(
    text: str, old: str, new: str, expected: str
) -> None:
    assert text.count(old) == 1
    altered = text.replace(old, new)
    found = run(altered)
    places = set()
    for one in faults(found):
        assert one.verdict == "wrong"
        assert one.correction is not None
        assert one.correction.expected == expected
        assert one.data.get("href") or one.deciding.check == "register"
        places.add((one.correction.start, one.correction.end))
    assert len(places) == 1
    start, end = places.pop()
    assert altered[:start] + expected + altered[end:] == text


def test_another_person_in_the_post_and_another_post_of_the_person_are_named(text: str) -> None:
    deputy = run(text.replace(", Bí thư Huyện ủy", ", Phó Bí thư Huyện ủy"))
    assert [one.verdict for one in deputy.people] == ["wrong"]
    name = text.partition("Đồng chí ")[2].partition(",")[0]
    stranger = run(text.replace(name, "Tôn Nữ Vắng Mặt"))
    assert [one.verdict for one in stranger.people] == ["doubtful"]  # never wrong merely because absent


def test_the_command_says_it_in_json_and_by_its_exit_code(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "tin.txt"
    path.write_text(text, encoding="utf-8")
    asked = ["check", str(path), "--org", "QS", "--period", "2023"]
    assert main([*asked, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["numbers_read"] == answer["numbers_judged"] > 20
    path.write_text(text.replace("kết nạp được 88", "kết nạp được 98"), encoding="utf-8")
    assert main(asked) == 1
    said = capsys.readouterr().out
    assert "98" in said
    assert "→ 88" in said
    assert "88 bản ghi" in said
    assert main(["check", str(tmp_path / "none.txt"), "--org", "QS", "--period", "2023"]) == 2
    assert main(["check", str(path), "--org", "KHONG", "--period", "2023"]) == 2
    assert main(["check", str(path), "--org", "QS", "--period", "20x3"]) == 2
