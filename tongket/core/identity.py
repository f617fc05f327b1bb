"""Checks on identity numbers: the citizen number (CCCD) and the Party card.

A CCCD number has 12 digits: three for the province or country where the birth
was registered, one for century and sex, two for the year of birth, six at
random. It has no check digit, so a well-formed number that disagrees with the
record is a warning to confirm, never a refusal: birth records were corrected in
real life, and the numbers were not.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from .findings import Finding

__all__ = [
    "CCCD_PROVINCES",
    "Gender",
    "check_card_number",
    "check_cccd",
    "clean_digits",
    "province_of",
]

Gender = Literal["male", "female"]

#: Codes of the 63 provinces as the CCCD uses them (Thông tư 07/2016/TT-BCA, on the codes of
#: Quyết định 124/2004/QĐ-TTg). The mergers of 2025 did not renumber them.
CCCD_PROVINCES: dict[str, str] = {
    "001": "Hà Nội",
    "002": "Hà Giang",
    "004": "Cao Bằng",
    "006": "Bắc Kạn",
    "008": "Tuyên Quang",
    "010": "Lào Cai",
    "011": "Điện Biên",
    "012": "Lai Châu",
    "014": "Sơn La",
    "015": "Yên Bái",
    "017": "Hòa Bình",
    "019": "Thái Nguyên",
    "020": "Lạng Sơn",
    "022": "Quảng Ninh",
    "024": "Bắc Giang",
    "025": "Phú Thọ",
    "026": "Vĩnh Phúc",
    "027": "Bắc Ninh",
    "030": "Hải Dương",
    "031": "Hải Phòng",
    "033": "Hưng Yên",
    "034": "Thái Bình",
    "035": "Hà Nam",
    "036": "Nam Định",
    "037": "Ninh Bình",
    "038": "Thanh Hóa",
    "040": "Nghệ An",
    "042": "Hà Tĩnh",
    "044": "Quảng Bình",
    "045": "Quảng Trị",
    "046": "Thừa Thiên Huế",
    "048": "Đà Nẵng",
    "049": "Quảng Nam",
    "051": "Quảng Ngãi",
    "052": "Bình Định",
    "054": "Phú Yên",
    "056": "Khánh Hòa",
    "058": "Ninh Thuận",
    "060": "Bình Thuận",
    "062": "Kon Tum",
    "064": "Gia Lai",
    "066": "Đắk Lắk",
    "067": "Đắk Nông",
    "068": "Lâm Đồng",
    "070": "Bình Phước",
    "072": "Tây Ninh",
    "074": "Bình Dương",
    "075": "Đồng Nai",
    "077": "Bà Rịa - Vũng Tàu",
    "079": "Thành phố Hồ Chí Minh",
    "080": "Long An",
    "082": "Tiền Giang",
    "083": "Bến Tre",
    "084": "Trà Vinh",
    "086": "Vĩnh Long",
    "087": "Đồng Tháp",
    "089": "An Giang",
    "091": "Kiên Giang",
    "092": "Cần Thơ",
    "093": "Hậu Giang",
    "094": "Sóc Trăng",
    "095": "Bạc Liêu",
    "096": "Cà Mau",
}

_BETWEEN = re.compile(r"[\s.\-]")
_DIGITS_12 = re.compile(r"[0-9]{12}")


def clean_digits(number: str) -> str:
    """The number without the spaces, dots and hyphens that people print between digits; still text."""
    return number if number.isalnum() else _BETWEEN.sub("", number)


def province_of(number: str) -> str | None:
    """The province where the birth was registered, by the first three digits of a CCCD number."""
    return CCCD_PROVINCES.get(number[:3])


def check_cccd(number: str, birth_date: date | None = None, gender: Gender | None = None) -> list[Finding]:
    """What is wrong or doubtful about a CCCD number, against the birth date and gender on record.

    A wrong form is one error. Unknown province, century, year or sex that disagree are
    warnings. What is not given is not compared.
    """
    digits = clean_digits(number)
    if not _DIGITS_12.fullmatch(digits):
        return [
            Finding(
                "cccd.format",
                "error",
                "Số CCCD phải có đúng 12 chữ số.",
                "A citizen number has exactly 12 digits.",
            )
        ]
    found: list[Finding] = []
    if digits[:3] not in CCCD_PROVINCES:
        found.append(
            _doubt(
                "cccd.province",
                f"Ba số đầu {digits[:3]} không phải mã tỉnh (001–096); có thể khai sinh ở nước ngoài.",
                f"The first three digits {digits[:3]} are no province code (001-096); perhaps registered abroad.",
            )
        )
    century, odd = divmod(int(digits[3]), 2)
    year = 1900 + 100 * century + int(digits[4:6])
    if birth_date is not None and birth_date.year != year:
        found.append(
            _doubt(
                "cccd.year",
                f"Số CCCD ghi năm sinh {year}, hồ sơ ghi {birth_date.year}.",
                f"The citizen number says born in {year}, the record says {birth_date.year}.",
            )
        )
    if gender is not None and (gender == "female") != bool(odd):
        said_vi, said_en = ("nữ", "female") if odd else ("nam", "male")
        found.append(
            _doubt(
                "cccd.gender",
                f"Số CCCD ghi giới tính {said_vi}, khác với hồ sơ.",
                f"The citizen number says {said_en}, unlike the record.",
            )
        )
    return found


def check_card_number(number: str) -> list[Finding]:
    """What is wrong about a Party card number: 8 digits (since 2003) or 12 (the exchange of 2025).

    It is text, leading zeros belong to it; dots and spaces between digits are allowed.
    """
    if re.fullmatch(r"[0-9]{8}|[0-9]{12}", clean_digits(number)):
        return []
    return [
        Finding(
            "card.format",
            "error",
            "Số thẻ đảng viên phải có 8 hoặc 12 chữ số.",
            "A Party card number has 8 or 12 digits.",
        )
    ]


def _doubt(code: str, vi: str, en: str) -> Finding:
    return Finding(code, "warning", vi, en)
