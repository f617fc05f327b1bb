"""The file of the measure: a list of people, forty columns wide, and twenty errors at known addresses."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter

ROWS = 3_724
CELLS = 60
_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hồ", "Võ", "Đặng", "Bùi", "Đỗ", "Huỳnh")
_MIDDLE = ("Văn", "Thị", "Hữu", "Đức", "Thanh", "Minh", "Ngọc", "Quang")
_GIVEN = (
    "An",
    "Bình",
    "Cường",
    "Dung",
    "Giang",
    "Hà",
    "Hùng",
    "Lan",
    "Mai",
    "Nam",
    "Phúc",
    "Sơn",
    "Tâm",
    "Vân",
)
_PLACES = ("Xã An Phú", "Xã Bình Lâm", "Thị trấn Đông Phú", "Xã Quế Châu", "Xã Quế Long")

#: Forty columns as lists have them, every cell filled; the last six are nothing that we keep.
HEADERS = (
    "STT", "Mã đảng viên", "Họ và tên", "Họ tên khai sinh", "Giới tính", "Ngày sinh", "Số CCCD", "Số CMND cũ",
    "Số lý lịch", "Dân tộc", "Tôn giáo", "Nơi sinh", "Quê quán", "Thường trú", "Tạm trú",
    "Nghề nghiệp trước khi vào Đảng", "Đơn vị công tác", "Chức vụ", "Văn hóa", "Chuyên môn", "LLCT", "Ngoại ngữ",
    "Tin học", "Điện thoại", "Chi bộ", "Ngày vào sổ", "Ngày quyết định kết nạp", "Ngày chính thức",
    "Số thẻ đảng viên", "Ngày cấp thẻ", "Bí danh, tên khác", "Thường trú theo địa danh mới", "Nghề nghiệp hiện nay",
    "Đoàn viên thanh niên", *(f"Ghi chú {n}" for n in range(1, 7)),
)  # fmt: skip
_AT = {header: place for place, header in enumerate(HEADERS)}

#: What is written wrongly, how often, and in which column.
_ERRORS: tuple[tuple[str, Any, int], ...] = (
    ("Ngày sinh", "31/02/1970", 3),
    ("Ngày sinh", "1/13/1970x", 1),
    ("Ngày quyết định kết nạp", "30/02/1999", 3),
    ("Ngày chính thức", "năm ngoái", 2),
    ("Giới tính", "Namm", 3),
    ("Dân tộc", "Kinhh", 2),
    ("Chi bộ", "B.99", 3),
    ("Họ và tên", None, 3),
)


def sound(path: Path, rows: int) -> None:
    """Write the file without errors."""
    _write(path, (list(row) for row in people(rows)))


def with_errors(path: Path, rows: int) -> set[str]:
    """Write the file with the twenty errors; their addresses."""
    random = Random(6)
    table = [list(row) for row in people(rows)]
    places = random.sample(range(len(table)), sum(count for *_, count in _ERRORS))
    planted = set()
    for header, value, count in _ERRORS:
        for _ in range(count):
            row = places.pop()
            table[row][_AT[header]] = value
            planted.add(f"{_letter(_AT[header])}{row + 2}")
    _write(path, iter(table))
    return planted


def people(rows: int) -> Iterator[list[Any]]:
    """Made-up people, the same at every run."""
    random = Random(2023)
    for number in range(1, rows + 1):
        male = random.random() < 0.6
        birth = date(1950, 1, 1) + timedelta(days=random.randrange(18_000))
        admitted = birth.replace(day=1) + timedelta(days=7_400 + random.randrange(2_000))
        row: list[Any] = [""] * len(HEADERS)
        name = f"{random.choice(_FAMILY)} {random.choice(_MIDDLE)} {random.choice(_GIVEN)}"
        values = {
            "STT": number,
            "Mã đảng viên": f"ĐV{number:06d}",
            "Họ và tên": name,
            "Giới tính": "Nam" if male else "Nữ",
            "Ngày sinh": birth,
            "Số CCCD": f"049{0 if male else 1}{birth.year % 100:02d}{number:06d}",
            "Dân tộc": "Kinh",
            "Tôn giáo": "Không",
            "Nơi sinh": random.choice(_PLACES),
            "Quê quán": f"{random.choice(_PLACES)}, huyện Quế Sơn, tỉnh Quảng Nam",
            "Thường trú": f"Thôn {random.randrange(1, 9)}, {random.choice(_PLACES)}, huyện Quế Sơn",
            "Đơn vị công tác": f"Trường tiểu học số {random.randrange(1, 30)}",
            "Chức vụ": "Nhân viên",
            "Văn hóa": "Trung học phổ thông",
            "Chuyên môn": random.choice(("Đại học", "Trung cấp")),
            "Điện thoại": f"0905{number:06d}",
            "Chi bộ": f"B.{1 + number % CELLS}",
            "Ngày vào sổ": "01/01/2014",
            "Ngày quyết định kết nạp": min(admitted, date(2010, 1, 1)).strftime("%d/%m/%Y"),
            "Ngày chính thức": (min(admitted, date(2010, 1, 1)) + timedelta(days=370)).strftime("%d/%m/%Y"),
            "Số thẻ đảng viên": f"{10_000_000 + number}",
            "Ngày cấp thẻ": "19/05/2013",
            "Họ tên khai sinh": name,
            "Bí danh, tên khác": name.split()[-1],
            "Số CMND cũ": f"205{number:06d}",
            "Số lý lịch": f"LL{number:06d}",
            "Tạm trú": f"Thôn {random.randrange(1, 9)}, {random.choice(_PLACES)}",
            "Thường trú theo địa danh mới": f"Thôn {random.randrange(1, 9)}, xã Quế Sơn, thành phố Đà Nẵng",
            "Nghề nghiệp trước khi vào Đảng": "Học sinh",
            "Nghề nghiệp hiện nay": "Lao động nông, lâm, ngư nghiệp",
            "LLCT": random.choice(("Sơ cấp", "Trung cấp")),
            "Ngoại ngữ": "Tiếng Anh, bậc 2",
            "Tin học": "Ứng dụng cơ bản",
            "Đoàn viên thanh niên": "Không",
        } | {f"Ghi chú {n}": f"đã đối chiếu hồ sơ lần {n}" for n in range(1, 7)}
        for header, value in values.items():
            row[_AT[header]] = value
        yield row


def _write(path: Path, rows: Iterator[list[Any]]) -> None:
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("Đảng viên")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for place, header in enumerate(HEADERS):
        sheet.write_string(0, place, header)
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            if value not in ("", None):
                sheet.write(number, place, value, *([day] if isinstance(value, date) else []))
    book.close()


def _letter(place: int) -> str:
    return chr(65 + place) if place < 26 else f"A{chr(65 + place - 26)}"
