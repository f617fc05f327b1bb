"""Columns that other systems' lists have and our templates do not: how we use them, or why we do not keep them.

A field with a dot is a part of the field before the dot: three columns for a place make one text.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tongket.core.text import fold, tidy, title_name
from tongket.intake.columns import Column, Row

_PLACES = {
    "birthplace": ("Nơi đăng ký khai sinh", "Nơi sinh", "Nơi khai sinh"),
    "home_town": ("Quê quán",),
    "permanent_address": ("Thường trú", "Nơi thường trú"),
    "temporary_address": ("Tạm trú", "Nơi tạm trú"),
}
_PARTS = {
    "country": ("Quốc gia", "Nước"),
    "province": ("Tỉnh/Thành", "Tỉnh", "Tỉnh/Thành phố", "Tỉnh, thành phố"),
    "commune": ("Xã/Phường", "Xã", "Xã, phường", "Phường/Xã"),
    "detail": ("Chi tiết", "Địa chỉ chi tiết", "Số nhà, thôn, xóm"),
}
_PART_FIELDS = frozenset(f"{field}.{part}" for field in _PLACES for part in _PARTS)
_HOME = frozenset({"", "viet nam", "vn", "vietnam"})
#: What the national list writes for a person who is a member: whoever is exempt or suspended is one too.
_ACTIVE = frozenset(
    {
        "",
        "dang sinh hoat",
        "dang sinh hoat dang",
        "dang hoat dong",
        "hoat dong",
        "chinh thuc",
        "du bi",
        "mien sinh hoat",
        "mien sinh hoat dang",
        "duoc mien sinh hoat",
        "mien cong tac va sinh hoat dang",
        "dinh chi sinh hoat",
        "dinh chi sinh hoat dang",
        "bi dinh chi sinh hoat",
    }
)
_YES = frozenset({"co", "x", "1", "true"})


@dataclass(frozen=True, slots=True)
class Foreign:
    """A column of another system: the names it goes by, the field it is read into, what to tell the user about it."""

    column: Column
    names: tuple[str, ...]
    notice: str = ""


def _places() -> tuple[Foreign, ...]:
    found = []
    for field, groups in _PLACES.items():
        for part, tails in _PARTS.items():
            names = tuple(f"{group} {tail}" for group in groups for tail in tails)
            found.append(Foreign(Column(names[0], f"{field}.{part}"), names))
    return tuple(found)


_NOT_KEPT = "Cột này không có chỗ trong sổ, nên không được nhập."
MEMBERS: tuple[Foreign, ...] = (
    *_places(),
    Foreign(
        Column("Ngày vào Đảng", "first_admitted_on", "date"),
        ("Ngày vào Đảng", "Ngày kết nạp", "Ngày kết nạp Đảng", "Vào Đảng ngày"),
        "Cột này được đọc là “Ngày quyết định kết nạp”. Ngày quyết định và ngày lễ kết nạp có thể khác nhau: hãy đối "
        "chiếu với quyết định.",
    ),
    Foreign(
        Column("Trạng thái", "status"),
        ("Trạng thái", "Trạng thái hoạt động", "Trạng thái sinh hoạt", "Tình trạng"),
    ),
    Foreign(Column("Đề nghị xóa", "delete_asked"), ("Đề nghị xóa",)),
    Foreign(Column("ID", "", "text"), ("ID", "UUID", "Mã định danh hệ thống"), _NOT_KEPT),
    Foreign(Column("Kết quả kiểm tra", "", "text"), ("Kết quả kiểm tra", "Chi tiết lỗi")),
    Foreign(
        Column("Số thẻ Đảng theo QĐ 85", "", "text"),
        ("Số thẻ Đảng theo QĐ 85", "Số thẻ theo Quyết định 85", "Nơi cấp thẻ Đảng", "Nơi cấp thẻ"),
        "Cột này không nhập ở đây. Ghi từng thẻ ở sổ Thẻ đảng viên.",
    ),
    Foreign(
        Column("Chi bộ nơi cư trú", "", "text"), ("Chi bộ nơi cư trú", "Ngày rời/mất/miễn SH"), _NOT_KEPT
    ),
)

#: By which a person of another list can be told, where our own code is missing.
PERSON: tuple[Foreign, ...] = (
    Foreign(
        Column("Số CCCD", "person.national_id", "id", digits=12),
        ("Số CCCD", "CCCD", "Số căn cước công dân", "Số định danh cá nhân"),
    ),
    Foreign(
        Column("Số thẻ đảng viên", "person.card_number", "id"),
        ("Số thẻ đảng viên", "Số thẻ Đảng", "Số thẻ"),
    ),
    Foreign(
        Column("Họ và tên", "person.full_name"),
        ("Họ và tên", "Họ tên", "Họ tên đảng viên", "Họ và tên đảng viên"),
    ),
    Foreign(
        Column("Ngày sinh", "person.birth_date", "birth"),
        ("Ngày sinh", "Sinh ngày", "Ngày tháng năm sinh", "Năm sinh"),
    ),
)


def foreign_columns(title: str, fields: Mapping[str, Column]) -> tuple[Foreign, ...]:
    """The columns of other systems that a sheet understands; of those of a person, in sheets that name a member."""
    if title == "Đảng viên":
        return MEMBERS
    return PERSON if "member" in fields else ()


def has_own_columns(present: Iterable[str]) -> bool:
    """Whether a list of people has columns that only other systems have and of which something is to be made."""
    return not {*_PART_FIELDS, "status", "delete_asked"}.isdisjoint(present)


def join_parts(row: Row) -> None:
    """Make one text of the columns of a place: what is nearest first, the country only when it is another."""
    if row.values.keys().isdisjoint(_PART_FIELDS):
        return
    for field in _PLACES:
        parts = {part: row.values.pop(f"{field}.{part}", "") for part in _PARTS}
        if field in row.values or not any(parts.values()):
            continue
        country = "" if fold(parts["country"]) in _HOME else parts["country"]
        said: list[str] = []
        for part, text in (
            *((name, parts[name]) for name in ("detail", "commune", "province")),
            ("", country),
        ):
            # The detail often repeats what stands beside it; a hamlet may bear its commune's name all the same.
            if text and not _says(", ".join(said), tidy(text), _KINDS.get(part, "")):
                said.append(tidy(text))
        row.values[field] = ", ".join(said)


_KINDS = {"commune": "xa|phuong|thi tran|dac khu", "province": "tinh|thanh pho|tp\\.?"}


def _says(text: str, place: str, kinds: str) -> bool:
    """Whether a text names a place of these kinds: as a part of its own, or behind the word for its kind."""
    folded, whole = fold(place), fold(text)
    if whole == folded:
        return True
    if folded.rpartition(" ")[2] not in whole:  # the usual case, without a pattern
        return False
    bare = re.sub(rf"^(?:{kinds})\s+", "", folded) if kinds else folded
    before = rf"(?:(?:^|,\s*)(?:(?:{kinds})\s+)?|\b(?:{kinds})\s+)" if kinds else r"(?:^|,\s*)"
    return re.search(rf"{before}{re.escape(bare)}(?:$|\s*[,;.])", whole) is not None


def plain_names(row: Row) -> None:
    """Lists print names in capitals; the register keeps them in normal writing, or every line would be a change."""
    for field in ("full_name", "birth_name"):
        name = row.values.get(field, "")
        if name.isupper():
            row.values[field] = title_name(name)


def set_aside(row: Row) -> str:
    """What to tell of a member who is exempt or suspended: without the day that cannot be taken over."""
    status = fold(row.values.get("status", ""))
    if status in _ACTIVE and ("mien" in status or "dinh chi" in status):
        return "Người này được nhập là đảng viên; việc miễn, đình chỉ sinh hoạt ghi ở sổ Biến động, kèm ngày."
    return ""


def left_out(row: Row) -> tuple[str, str] | None:
    """The field and the reason for which a row of another list is not brought in; None when it is."""
    status, asked = row.values.pop("status", ""), row.values.pop("delete_asked", "")
    if fold(asked) in _YES:
        return "delete_asked", "Dòng này đề nghị xóa, nên không được nhập."
    if fold(status) not in _ACTIVE:
        return (
            "status",
            f"Người này “{tidy(status)}”, nên dòng này không được nhập. Nếu đã có trong sổ, ghi ở sổ Biến động.",
        )
    return None
