"""Papers from a workbook: both books, signer and last day; wrong symbols named at their cell; searched at once."""

from datetime import date

import pytest

from tests.intake.books import named
from tongket.directives.models import Directive
from tongket.directives.papers.search import matching
from tongket.intake.rehearse import commit, rehearse

HEAD = [
    "Mã tổ chức", "Loại văn bản", "Số và ký hiệu", "Cơ quan ban hành", "Cấp ban hành", "Ngày ban hành", "Trích yếu",
    "Ngày nhận", "Phải ban hành văn bản triển khai", "Sổ", "Người ký", "Có hiệu lực đến",
]  # fmt: skip
RECEIVED = [
    "QS", "Nghị quyết", "33-NQ/TU", "Tỉnh ủy", "Tỉnh ủy", "20/11/2023", "Xây dựng lực lượng Công an", "24/11/2023",
    "Có", None, "Lương Nguyễn Minh Triết", "31/12/2025",
]  # fmt: skip
ISSUED = [
    "QS", "Kế hoạch", "15-KH/HU", "Huyện ủy Thử", "Huyện ủy, cấp trên trực tiếp cơ sở", "01/12/2023", "Triển khai",
    "01/12/2023", "Không", "Văn bản đi", None, None,
]  # fmt: skip


def workbook(*rows):
    return named({"Văn bản cấp trên": [HEAD, *rows]})


def test_both_books_come_in_and_are_found(world, clerk):
    commit("directives", workbook(RECEIVED, ISSUED), by=None, file_name="van-ban.xlsx")
    rows = {row.symbol: row for row in Directive.objects.all()}
    assert {symbol: row.book for symbol, row in rows.items()} == {
        "33-NQ/TU": "received",
        "15-KH/HU": "issued",
    }
    assert rows["33-NQ/TU"].signer == "Lương Nguyễn Minh Triết"
    assert rows["33-NQ/TU"].effective_until == date(2025, 12, 31)
    assert list(matching(Directive.objects.all(), "luc luong cong an")) == [rows["33-NQ/TU"]]


@pytest.mark.parametrize("symbol", ["33NQ/TU", "33-NQ-TU", "33-CT/TU"])
def test_a_wrong_symbol_is_named_and_nothing_is_written(world, symbol):
    wrong = [*RECEIVED[:2], symbol, *RECEIVED[3:]]
    told = rehearse("directives", workbook(ISSUED, wrong), by=None)
    assert len(told.errors) == 1 and "33" in str(told.errors[0])
    assert not Directive.objects.exists()
