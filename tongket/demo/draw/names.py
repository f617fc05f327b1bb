"""Made-up names: parts combined at random, so that nobody in particular is meant.

The parts are chosen so that names which the public knows cannot come out.
"""

from random import Random


def _words(text: str) -> tuple[str, ...]:
    """Names apart by spaces; a name of two words is written with an underscore."""
    return tuple(word.replace("_", " ") for word in text.split())


_FAMILIES = _words(
    "Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Lê Lê Phạm Huỳnh Phan Võ Đặng Bùi Đỗ Hồ Ngô "
    "Dương Đinh Lương Trương Đoàn Mai Tạ Thái Lưu"
)
_MIDDLES = {
    "male": _words("Văn Văn Đức Hữu Công Quang Minh Thanh Ngọc Bá Đình Viết Thế"),
    "female": _words("Thị Thị Thị Thị_Kim Thị_Thu Ngọc Thị_Mỹ Thị_Bích Thanh Thị_Hồng"),
}
_GIVEN = {
    "male": _words(
        "An Bảo Bình Cảnh Chiến Cường Dũng Duy Đạt Điền Đông Hào Hải Hạnh Hiếu Hòa Hùng Huy "
        "Khánh Khoa Kiên Lâm Long Lộc Lực Mạnh Nam Nghĩa Nhân Phong Phúc Quân Quý Sang Tài Tâm "
        "Thắng Thành Thiện Thịnh Tiến Toàn Trí Trung Tuấn Tùng Vinh"
    ),
    "female": _words(
        "Ánh Bình Châu Chi Diễm Dung Duyên Đào Giang Hà Hạnh Hằng Hiền Hoa Hồng Huệ Hương Lan "
        "Liên Linh Loan Mai Minh Nga Ngân Nhung Oanh Phương Quyên Tâm Thảo Thủy Thư Tiên Trang "
        "Trinh Tuyết Uyên Vân Xuân Yến"
    ),
}

COMMUNES = (
    "Sơn Đông",
    "An Phú Lộc",
    "Bình Hòa",
    "Phước Sơn Trà",
    "Tân Lộc",
    "Vĩnh An",
    "Phú Xuân Tây",
    "Hòa Thuận",
    "Mỹ Lộc",
    "Xuân Thành",
    "Long Điền",
    "Thạnh Mỹ Đông",
    "Quế Lâm Thượng",
    "Quế Lâm Hạ",
)
MERGED_COMMUNE = "Quế Lâm"


def person_name(rng: Random, gender: str) -> str:
    """A full name in the order family, middle, given."""
    return f"{rng.choice(_FAMILIES)} {rng.choice(_MIDDLES[gender])} {rng.choice(_GIVEN[gender])}"
