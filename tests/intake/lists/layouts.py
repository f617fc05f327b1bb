"""Lists of the national system as they come, written by hand from their description."""

from io import BytesIO
from typing import Any

import openpyxl

SINGLE = {
    "A": "STT", "B": "ID (UUID)", "C": "Họ và tên *", "D": "Tên gọi khác", "E": "Giới tính *", "F": "Sinh ngày *",
    "G": "Dân tộc *", "H": "Tôn giáo *", "I": "Số định danh cá nhân *", "J": "Số thẻ Đảng *", "K": "Nơi cấp thẻ Đảng",
    "L": "Ngày cấp thẻ Đảng", "M": "Số thẻ Đảng theo QĐ 85", "N": "Tổ chức Đảng sinh hoạt *", "X": "Ngày vào Đảng *",
    "Y": "Ngày chính thức *", "Z": "Số CMND cũ", "AA": "Trạng thái hoạt động *", "AB": "Ngày rời/mất/miễn SH",
    "AC": "Đề nghị xóa (Có/Không)", "AD": "Kết quả kiểm tra", "AE": "Chi tiết lỗi",
}  # fmt: skip
GROUPS = {"O": "Nơi đăng ký khai sinh", "R": "Quê quán", "U": "Thường trú"}
NINE = (
    "STT",
    "Họ và tên",
    "Số thẻ Đảng viên",
    "Số CCCD",
    "Ngày sinh",
    "Ngày kết nạp",
    "Chi bộ đang sinh hoạt",
    "Chi bộ nơi cư trú",
    "Trạng thái",
)


def thirty_one(rows: list[dict[str, Any]]) -> bytes:
    """'File nhập liệu 4.0': title in rows 1-4, header merged over 6 and 7, data from 8; rows by letter."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "DANH SÁCH ĐẢNG VIÊN"
    sheet["A1"] = "DANH SÁCH THÔNG TIN ĐẢNG VIÊN"
    sheet.merge_cells("A1:AE1")
    sheet["A3"] = "Ghi chú: Các trường có dấu (*) là bắt buộc."
    sheet.merge_cells("A3:AE4")
    for letters, text in SINGLE.items():
        sheet[f"{letters}6"] = text
        sheet.merge_cells(f"{letters}6:{letters}7")
    for letters, text in GROUPS.items():
        first = sheet[f"{letters}6"].column
        sheet[f"{letters}6"] = text
        for place, part in enumerate(("Quốc gia", "Tỉnh/Thành", "Chi tiết")):
            sheet.cell(7, first + place, part)
        sheet.merge_cells(start_row=6, end_row=6, start_column=first, end_column=first + 2)
    for number, row in enumerate(rows, start=8):
        for letters, value in row.items():
            sheet[f"{letters}{number}"] = value
    for name in ("QUOCGIA", "TINH", "DANTOC", "TONGIAO"):
        hidden = book.create_sheet(name)
        hidden.append(["Mã", "Tên"])
        hidden.append(["01", "Kinh"])
        hidden.sheet_state = "hidden"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def nine(rows: list[list[Any]]) -> list[list[Any]]:
    """The rows of the list of nine columns, below a title."""
    return [["DANH SÁCH ĐẢNG VIÊN"], [], list(NINE), *rows]
