"""The two layouts in which registers of members travel between systems: their headings, exactly as files bear them.

One declaration for both ways, so that what one part writes the other reads. NATIONAL is the "file nhập liệu 4.0" (31
columns A to AE, headings in rows 6 and 7, people from row 8); SHORT the list of nine columns that the national system
exports. Whether the first is the official template is not confirmed: find columns by heading, never by place.
"""

from dataclasses import dataclass
from typing import Literal

from tongket.core.identity import CCCD_PROVINCES
from tongket.core.text import fold

Kind = Literal["text", "date", "number"]


@dataclass(frozen=True, slots=True)
class LayoutColumn:
    """One column. `header` stands in the file, a star marks what is asked for; `group` is the heading above it.

    `field` names what it holds (a profile field where there is one of that name). `kind` "text": digits keep zeros.
    """

    header: str
    field: str
    group: str = ""
    kind: Kind = "text"
    width: float = 16

    @property
    def required(self) -> bool:
        """Whether the layout asks for it."""
        return self.header.endswith("*")


def _place(group: str, field: str) -> tuple[LayoutColumn, ...]:
    return (
        LayoutColumn("Quốc gia", f"{field}_country", group, width=12),
        LayoutColumn("Tỉnh/Thành", f"{field}_province", group, width=18),
        LayoutColumn("Chi tiết", field, group, width=34),
    )


NATIONAL: tuple[LayoutColumn, ...] = (
    LayoutColumn("STT", "row_number", kind="number", width=6),
    LayoutColumn("ID (UUID)", "uid", width=38),
    LayoutColumn("Họ và tên *", "full_name", width=28),
    LayoutColumn("Tên gọi khác", "other_names"),
    LayoutColumn("Giới tính *", "gender", width=10),
    LayoutColumn("Sinh ngày *", "birth_date", kind="date", width=12),
    LayoutColumn("Dân tộc *", "ethnicity", width=12),
    LayoutColumn("Tôn giáo *", "religion", width=14),
    LayoutColumn("Số định danh cá nhân *", "national_id", width=18),
    LayoutColumn("Số thẻ Đảng *", "card_number"),
    LayoutColumn("Nơi cấp thẻ Đảng", "card_issued_by", width=22),
    LayoutColumn("Ngày cấp thẻ Đảng", "card_issued_on", kind="date", width=12),
    LayoutColumn("Số thẻ Đảng theo QĐ 85", "old_card_number"),
    LayoutColumn("Tổ chức Đảng sinh hoạt *", "organisation", width=36),
    *_place("Nơi đăng ký khai sinh", "birthplace"),
    *_place("Quê quán", "home_town"),
    *_place("Thường trú", "permanent_address"),
    LayoutColumn("Ngày vào Đảng *", "admitted_on", kind="date", width=12),
    LayoutColumn("Ngày chính thức *", "official_on", kind="date", width=12),
    LayoutColumn("Số CMND cũ", "old_id_number"),
    LayoutColumn("Trạng thái hoạt động *", "status", width=24),
    LayoutColumn("Ngày rời/mất/miễn SH", "status_on", kind="date", width=12),
    LayoutColumn("Đề nghị xóa (Có/Không)", "to_delete"),
    LayoutColumn("Kết quả kiểm tra", "checked"),
    LayoutColumn("Chi tiết lỗi", "faults", width=40),
)

SHORT: tuple[LayoutColumn, ...] = (
    LayoutColumn("STT", "row_number", kind="number", width=6),
    LayoutColumn("Họ và tên", "full_name", width=28),
    LayoutColumn("Số thẻ Đảng viên", "card_number"),
    LayoutColumn("Số CCCD", "national_id", width=18),
    LayoutColumn("Ngày sinh", "birth_date", kind="date", width=12),
    LayoutColumn("Ngày kết nạp", "admitted_on", kind="date", width=12),
    LayoutColumn("Chi bộ đang sinh hoạt", "organisation", width=36),
    LayoutColumn("Chi bộ nơi cư trú", "residence_cell", width=36),
    LayoutColumn("Trạng thái", "status", width=24),
)

#: What the columns "Trạng thái ..." say of a member; both ways.
STATUS: dict[str, str] = {
    "active": "Đang sinh hoạt Đảng",
    "exempt": "Miễn sinh hoạt",
    "suspended": "Đình chỉ sinh hoạt",
    "moved_out": "Đã chuyển sinh hoạt",
    "died": "Đã từ trần",
    "expelled": "Đã ra khỏi Đảng (khai trừ)",
    "struck_off": "Đã ra khỏi Đảng (xóa tên)",
    "left": "Đã ra khỏi Đảng (xin ra)",
}

#: Rows of NATIONAL counted from 1: title, when it was made, the note, the two of the headings, the first person.
TITLE_ROW, MADE_ROW, NOTE_ROW, GROUP_ROW, HEADER_ROW, FIRST_ROW = 1, 2, 3, 6, 7, 8
NATIONAL_SHEET, SHORT_SHEET = "DANH SÁCH ĐẢNG VIÊN", "DS_DANGVIEN"
#: Hidden sheets of NATIONAL, each with the columns "Mã" and "Tên".
LISTS = ("QUOCGIA", "TINH", "DANTOC", "TONGIAO")
COUNTRY = "Việt Nam"
_UNITS = ("tinh ", "thanh pho ", "tp. ", "tp.", "tp ")
_PROVINCES = {fold(name): name for name in CCCD_PROVINCES.values()}


def province_of_place(text: str) -> str:
    """The province that a place ends with ("Xã An Phú, huyện Quế Sơn, tỉnh Quảng Nam": "Quảng Nam"); "" for none."""
    last = fold(text.replace(" - ", ",").split(",")[-1]).strip(" .")
    bare = next((last.removeprefix(unit) for unit in _UNITS if last.startswith(unit)), last)
    return _PROVINCES.get(bare.strip(), "")


def split_place(text: str) -> tuple[str, str, str]:
    """(country, province, detail) of a place as the register keeps it: one text.

    The detail is the whole text, so that nothing of it is lost; the province is said beside it where it is known, and
    the country only where the province says it. See `join_place`.
    """
    province = province_of_place(text)
    return (COUNTRY if province else "", province, text)


def join_place(country: str, province: str, detail: str) -> str:
    """The one text of a place from its three columns; what the detail says already is not said again."""
    parts = [detail] if detail else []
    said = fold(detail)
    for part in (province, "" if fold(country) == fold(COUNTRY) else country):
        if part and fold(part) not in said:
            parts.append(part)
            said = f"{said} {fold(part)}"
    return ", ".join(parts)


def organisation_text(name: str, above: str) -> str:
    """How a cell is named in the columns of organisations: hundreds may be called "Chi bộ thôn 1"."""
    return f"{name}, {above}" if above else name
