"""Words of posts, titles, bodies and family names, by which people and bodies are told from other words in capitals."""

from __future__ import annotations

import re

__all__ = ["BODY", "NAME_WORD", "POST", "SURNAMES", "TITLE", "UNIT_WORDS", "VERB"]

_S = r"\s{1,2}"
_UY = r"(?:ủy|uỷ|Ủy|Uỷ)"


def _spaced(pattern: str) -> str:
    return pattern.replace(" ", _S)


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


#: Common family names, those of the minorities of the hills and of the Khmer and Cham among them.
SURNAMES = _words(
    """
    Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trương Mai Tô Hà Cao Lương Tạ
    Thái Tống Đoàn Lâm Trịnh Phùng Châu Kiều Quách Chu Nông Ma Vi Lò Quàng Cầm Sùng Giàng Vàng Thào Hầu Lường
    Tòng Cà Bríu Zơrâm Siu Ksor Rơ Alăng Arất Pơloong Bế Hứa Triệu Bàn Đàm Mông Hạng Lù Chảo Tẩn Phàn Lưu Thân
    Khúc Vương Từ Doãn Thạch Kim Danh Điểu Nhữ Nghiêm Giáp Đào Tăng Trà Ung Âu Đồng La Văn Cù Bạch Mạc Mã Lã Lục
    Tào Tiêu Tôn Viên Yên Ninh Hồng Phí Thiều Ngụy Mẫn Cung Đậu Biện Hàn Lại Lộ Ngọ Quan Sầm Thi Thiệu Trang
    Trưng Tưởng Ông Chử Kha Lô Lữ Xồng Vừ Và Cụt Moong Hờ Mùa Thò Ly Cư Phó Hoa Bờ Đới Khổng Kông Lộc Mầu Ngân
    Nhan Ôn Phương Quản Tề Thịnh Tổng Uông Ukông Êban Niê Adrơng Knul Hmok Kră Liêng Cil Lơ Ya Touneh Bá Thành
    Đạo Qua Ngư Tiền
    """
)

#: One word of a personal name in normal capitals; H'Hen and Y-Thanh have a mark inside.
NAME_WORD = (
    r"(?:[A-ZÀ-ÝĂĐĨŨƠƯẠ-Ỹ](?<![ạ-ỹ])[a-zà-ýăđĩũơưạ-ỹ]{0,8}(?:['’][A-ZÀ-ÝĂĐĨŨƠƯa-zà-ýăđĩũơưạ-ỹ]{1,8})?)"
)

#: Forms of address that a name or a post follows.
TITLE = _spaced(
    r"(?:[Cc]ác )?(?:[Đđ]ồng chí|ĐỒNG CHÍ|[Đđ]/c|[Đđ]\.c|[Ôô]ng|[Bb]à|[Nn]hà giáo|[Bb]ác sĩ|[Tt]iến sĩ|[Tt]hạc sĩ"
    r"|[Đđ]ại tướng|[Tt]hượng tướng|[Tt]rung tướng|[Tt]hiếu tướng"
    r"|[Đđ]ại tá|[Tt]hượng tá|[Tt]rung tá|[Tt]hiếu tá|[Đđ]ại úy)"
)

#: Where a post begins. Longer wordings come first.
POST = _spaced(
    r"(?:[Nn]guyên )?(?:"
    rf"(?:Ủy|Uỷ|[Uu]y) viên|UVBTV|UVBCH|UVTV|UVTW|UV|TUV|HUV|ThUV|ĐUV|(?:Tỉnh|Huyện|Thị|Thành|Quận|Đảng|Chi) {_UY} viên"
    r"|[Pp]hó [Bb]í thư|[Bb]í thư|PBT|BT|[Pp]hó [Cc]hủ tịch|[Cc]hủ tịch|PCT|CT(?= (?:HĐND|UBND|UBMTTQ))"
    r"|[Pp]hó [Tt]rưởng [A-ZĐa-zđ]{2,6}|[Pp]hó [Cc]hánh [Vv]ăn phòng|[Cc]hánh [Vv]ăn phòng"
    r"|[Pp]hó [Cc]hủ nhiệm|[Cc]hủ nhiệm"
    r"|[Pp]hó [Gg]iám đốc|[Gg]iám đốc|[Pp]hó [Hh]iệu trưởng|[Hh]iệu trưởng|[Cc]hỉ huy trưởng|[Cc]hính trị viên"
    r"|[Pp]hó [Vv]iện trưởng|[Vv]iện trưởng|[Pp]hó [Cc]hánh án|[Cc]hánh án"
    r"|Trưởng (?:[Bb]an|[Pp]hòng|[Cc]ông an|[Đđ]oàn|[Tt]hôn)"
    r"|Phó (?:[Bb]an|[Pp]hòng)|[Tt]hường trực (?=[A-ZĐ])|[Đđ]ại biểu Quốc hội|Ủy viên|Uỷ viên|Tổng Bí thư"
    r")(?![^\W\d_])"
)

#: Small words that may stand inside the name of a post or a body.
UNIT_WORDS = _words(
    """
    ủy uỷ viên ban bộ huyện tỉnh xã phường thị trấn thành phố quận thường trực chấp hành kiểm tra tổ chức tuyên
    giáo dân vận cơ quan các đảng nhân hội đồng chi khối doanh nghiệp phòng công an quân sự chính trị trung tâm
    văn mặt trận quốc việt nam liên hiệp đoàn lao động phụ nữ nông cựu chiến binh niên khóa trưởng phó thể kinh
    tế khoa trường cấp trên thôn tư pháp nội vụ y thư bí tịch chủ giám đốc đặc khu ương biểu chánh án viện sát
    chỉ huy nhiệm dục đào tạo tài kế hoạch môi xây dựng hạ tầng thanh lực lượng vũ trang biên bản sở đại vực lâm
    thời
    """
)

#: What people in such texts do: a name is followed by one of these, a street or a ward is not.
VERB = _spaced(
    r"(?:đã |cũng |vừa )?(?:phát biểu|chủ trì|trình bày|trao|tặng|nhấn mạnh|đề nghị|yêu cầu|khẳng định|cho biết"
    r"|kết luận|tham dự|đến dự|dự|ghi nhận|biểu dương|chúc mừng|thay mặt|báo cáo|chỉ đạo|đánh giá|quán triệt|truyền đạt"
    r"|đồng chủ trì|cùng chủ trì|giải đáp|làm Trưởng|thông qua|thăm|gợi ý|điều hành|ký|tiếp|phân tích|lưu ý"
    r"|chia sẻ|nêu|đọc)"
)

_PLACE_UNIT = r"(?:xã|phường|thị trấn|huyện|tỉnh|thị xã|thành phố|quận|đặc khu)"
_PLACE = rf"{NAME_WORD}(?: {NAME_WORD}){{0,2}}"
_COMMITTEE = (
    rf"(?:Tỉnh|Huyện|Thị|Thành|Quận) {_UY}(?! viên)|Đảng {_UY}(?! viên)(?: (?:{_PLACE_UNIT}"
    r"|Khối(?: các cơ quan(?: và doanh nghiệp)?)?"
    r"|khối(?: các cơ quan)?|các cơ quan [Đđ]ảng|Quân sự|Công an|cơ quan|bộ phận|UBND))?"
)
_PARTY = rf"Đảng bộ (?:{_PLACE_UNIT}|Khối(?: các cơ quan)?|các cơ quan [Đđ]ảng|Công an|Quân sự|UBND|cơ quan)"
_OFFICE = (
    rf"Ban Thường vụ|BTV|Ban Chấp hành|BCH|Thường trực(?= (?:Tỉnh|Huyện|Thị|Thành|Quận|Đảng) {_UY})"
    rf"|{_UY} ban Kiểm tra|{_UY} ban kiểm tra|UBKT|Ban Tổ chức(?: - Kiểm tra| – Kiểm tra)?"
    r"|Ban Tuyên giáo(?: và Dân vận| – Dân vận| - Dân vận)?"
    rf"|Ban Dân vận|Ban Xây dựng Đảng|Ban Nội chính|Văn phòng(?= (?:Tỉnh|Huyện|Thị|Thành|Quận|Đảng) {_UY})"
    r"|Trung tâm Chính trị"
)
_STATE = (
    rf"(?:UBND|HĐND|{_UY} ban nhân dân|Hội đồng nhân dân|UBMTTQ Việt Nam|UBMTTQVN|UBMTTQ|Ủy ban MTTQ Việt Nam"
    r"|Mặt trận Tổ quốc Việt Nam)"
)
_CELL = (
    r"Chi bộ (?:thôn|khối phố|khối|khu phố|tổ dân phố|cơ quan"
    r"|(?:Trường|trường)(?: (?:Tiểu học|Mẫu giáo|Mầm non|THCS|THPT|TH))?|Công an|Quân sự|Trạm [Yy] tế|Văn phòng"
    r"|xã|bản|ấp|buôn)"
)

#: A body, with its level and place so far as they follow at once.
BODY = re.compile(
    r"(?<![^\W_])(?:"
    + _spaced(
        r"Bộ Chính trị|Ban Bí thư(?: Trung ương)?(?: Đảng)?|(?:Ban Chấp hành|BCH) Trung ương(?: Đảng)?|"
        rf"(?:{_OFFICE})(?: Đảng bộ(?= {_PLACE_UNIT}))?(?: (?:{_COMMITTEE}))?(?: (?:{_PLACE_UNIT}))?(?: {_PLACE})?"
        rf"|(?:{_COMMITTEE})(?: (?:{_PLACE_UNIT}))?(?: {_PLACE})?|{_PARTY}(?: (?:{_PLACE_UNIT}))?(?: {_PLACE})?"
        rf"|{_CELL}(?: {_PLACE_UNIT})?(?: (?:{_PLACE}|(?:số )?[0-9]{{1,2}}))?|{_STATE}(?: {_PLACE_UNIT})?(?: {_PLACE})?"
    )
    + r")(?![^\W_])"
)
