"""The turns of phrase that say what kind of claim a number makes, as patterns over a key.

Each pattern is searched in a short stretch before or after one number, in which no other number stands.
"""

import re

from .keys import words
from .vocabulary import GOALS

__all__ = [
    "BOUNDS",
    "BY_SO_MUCH",
    "CHANGE_AFTER",
    "CHANGE_BEFORE",
    "CLOSING_REST",
    "EQUALS",
    "ESTIMATE",
    "FROM",
    "FROM_IN_BRACKETS",
    "GOAL",
    "MORE_BEFORE",
    "NEW_CLAUSE",
    "NEW_TOTAL",
    "NOT_PART",
    "OF_TOTAL",
    "OF_YEAR",
    "ON",
    "OR_MORE",
    "OVER",
    "PARTS",
    "RISEN",
    "SAME_CHANGE",
    "SHARE_BEFORE",
    "SHORT",
    "SHORT_BY",
    "SIDES",
    "TARGET_AFTER",
    "TARGET_BEFORE",
    "TARGET_SAID",
    "TO",
    "WITHIN",
]

_TARGET = (
    r"(?:chỉ {1,2}tiêu|kế {1,2}hoạch|nghị {1,2}quyết|mục {1,2}tiêu|dự {1,2}toán|kh|nq)(?! {1,2}(?:số|hóa))"
    r"(?![^\W\d_])"
)
_HEDGE = (
    r"(?:[ (:]|(?:trên {1,2}dưới|trên|hơn|gần|khoảng|xấp {1,2}xỉ|dưới|là|thêm|được|tỷ {1,2}lệ|tỉ {1,2}lệ|từ"
    r"|bình {1,2}quân|chỉ|ước|tới|đến|thành|còn|mức|số)(?![^\W\d_])){0,8}$"
)

#: vượt 3,5% so chỉ tiêu · đạt 103% kế hoạch
TARGET_AFTER = re.compile(
    rf"[ )]{{0,3}}(?:[^\W\d_]{{1,8}} {{1,2}}){{0,3}}?"
    rf"(?:(?:so(?: {{1,2}}với)?|của|theo|trên|về) {{1,2}})?(?:tổng {{1,2}}số {{1,2}}|các {{1,2}})?{_TARGET}"
)
#: vượt chỉ tiêu tỉnh giao 18 đảng viên · đạt chỉ tiêu 100% · so với chỉ tiêu giao đạt 103%
TARGET_BEFORE = re.compile(
    rf"(?:{words('vượt', 'đạt', 'hoàn thành', 'bằng', 'so', 'so với', 'thấp hơn', 'chưa đạt')}) {{1,2}}{_TARGET}"
    rf"[^,;.:()]{{0,40}}{_HEDGE}"
)
OVER = re.compile(words("vượt"))
SHORT = re.compile(words("thiếu", "thấp hơn", "hụt"))
BY_SO_MUCH = re.compile(rf"{words('vượt')}{_HEDGE}")
#: còn thiếu 6 đảng viên so với chỉ tiêu
SHORT_BY = re.compile(
    rf"{words('thiếu', 'hụt', 'thấp hơn', 'ít hơn', 'còn phải', 'cần phải', 'còn phải kết nạp', 'còn phải thực hiện')}"
    rf"{_HEDGE}"
)
TARGET_SAID = re.compile(rf"(?<![^\W\d_]){_TARGET}")
#: nhiều hơn năm trước 12 Huy hiệu · ít hơn 7 đảng viên so với cùng kỳ
MORE_BEFORE = re.compile(
    rf"(?P<way>{words('nhiều hơn', 'cao hơn', 'ít hơn', 'thấp hơn')})"
    r"(?P<time> {1,2}(?:so {1,2}với {1,2})?(?:cùng {1,2}kỳ|(?:năm|nhiệm {1,2}kỳ|khóa|kỳ) {1,2}(?:trước|ngoái)"
    rf"|đầu {{1,2}}(?:năm|nhiệm {{1,2}}kỳ))[^,;.:()0-9]{{0,30}})?{_HEDGE}"
)

#: tăng 5 · giảm 2,1% · tăng so với năm trước 3%
CHANGE_BEFORE = re.compile(
    rf"(?P<way>{words('tăng', 'giảm')})(?: {{1,2}}trong {{1,2}}(?:năm|kỳ))?"
    rf"(?: {{1,2}}so(?: {{1,2}}với)?[^,;.:()]{{0,40}})?{_HEDGE}"
)
#: tăng từ 195 (năm 2022) lên 200
FROM_IN_BRACKETS = re.compile(r"[(,;] {0,2}(?:tức {1,2}(?:là {1,2})?)?từ {1,2}$")
FROM = re.compile(rf"{words('tăng', 'giảm', 'nâng', 'hạ')}[^,;.:()]{{0,50}}{words('từ')} {{1,2}}$")
TO = re.compile(
    rf"[^,;.:()\n]{{0,40}}{words('lên', 'xuống', 'còn', 'đến', 'lên đến', 'xuống còn', 'lên thành')} {{1,2}}"
)
#: In brackets after a count these bring another time or a target, no part.
NOT_PART = re.compile(
    words(
        "kế hoạch", "chỉ tiêu", "cùng kỳ", "năm trước", "so", "so với", "giao", "đạt", "vượt", "tăng", "giảm", "năm 20",
        "bình quân", "trung bình", "khóa", "nhiệm kỳ", "dự kiến", "trước đó", "hiện có", "đầu năm", "chiếm",
    )
)  # fmt: skip
#: bằng 58,58% so với cùng kỳ
CHANGE_AFTER = re.compile(
    r"[ )]{0,3}(?:[^,;.:()]{0,30} )?so {1,2}(?:với {1,2})?(?:cùng {1,2}kỳ|năm|tháng|quý|nhiệm {1,2}kỳ|đầu {1,2}năm)"
    r"(?![^\W\d_])"
)
#: bằng 114,8% năm 2023 (27 đồng chí)
OF_YEAR = re.compile(
    r" {0,2}(?:của {1,2}|số {1,2})?(?:năm {1,2}(?:$|trước|ngoái)|cùng {1,2}kỳ)(?:[^\W\d_]| )*"
)
EQUALS = re.compile(rf"{words('bằng')} {{1,2}}(?:khoảng |gần |trên |hơn )?$")
#: tăng 8 đồng chí, tương đương 10% so với năm 2020
SAME_CHANGE = re.compile(rf"{words('tương đương', 'tương ứng', 'tức', 'tức là')}{_HEDGE}")
RISEN = re.compile(rf"{words('tăng')}{_HEDGE}")
NEW_TOTAL = re.compile(
    rf"(?:{words('nâng', 'đưa')}[^;.]{{0,90}}?{words('lên', 'đạt', 'thành', 'là')}|{words('tăng lên', 'giảm còn')}"
    rf"|{words('giảm xuống', 'giảm xuống còn', 'nâng lên')}){_HEDGE}"
)
SHARE_BEFORE = re.compile(
    rf"{words('chiếm', 'tỷ lệ', 'tỉ lệ', 'đạt', 'bằng', 'tương đương', 'tương ứng', 'tức', 'chiếm tỷ lệ', 'đạt tỷ lệ')}"
    rf"{_HEDGE}"
)

#: How a number is hedged, by the word right before it.
BOUNDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(rf"{words('trên dưới', 'khoảng', 'xấp xỉ', 'ước khoảng', 'chừng', 'độ khoảng')} {{0,2}}$"),
        "about",
    ),
    (
        re.compile(
            rf"{words('ít nhất', 'tối thiểu', 'không dưới', 'từ ít nhất', 'không thấp hơn')} {{0,2}}$"
        ),
        "at_least",
    ),
    (
        re.compile(rf"{words('không quá', 'tối đa', 'dưới', 'chưa đến', 'chưa tới', 'thấp hơn')} {{0,2}}$"),
        "under",
    ),
    (re.compile(rf"(?<!cấp ){words('trên', 'hơn')} {{0,2}}$"), "over"),
    (re.compile(rf"{words('gần', 'gần đạt')} {{0,2}}$"), "near"),
)
OR_MORE = re.compile(r" {0,2}[^,;.:()0-9]{0,40}?trở {1,2}lên(?![^\W\d_])")

#: What opens a list of parts.
PARTS = re.compile(
    words(
        "trong đó", "gồm", "bao gồm", "gồm có", "trong số đó", "trong số này", "chia ra", "cụ thể", "cụ thể là",
        "lần lượt", "lần lượt là", "bao gồm có", "trong tổng số đó",
    )
)  # fmt: skip
CLOSING_REST = re.compile(words("còn lại", "số còn lại"))
#: Verbs that begin something new: what follows is no part of the list before. “được ban hành” only describes.
NEW_CLAUSE = re.compile(
    r"(?<!được )(?<!bị )"
    + words(
        "kết nạp", "phát triển", "nâng", "đưa", "trao", "trao tặng", "tổ chức được", "tổ chức thực hiện", "kiểm tra",
        "giám sát", "thi hành kỷ luật", "xử lý kỷ luật", "ban hành", "khen thưởng", "tuyên dương", "biểu dương",
        "công nhận", "chuyển sinh hoạt", "ngoài ra", "bên cạnh đó", "đồng thời", "mở", "tiếp nhận", "giải quyết",
        "thành lập", "giới thiệu", "phát thẻ", "quán triệt", "triển khai", "xây dựng", "qua đó", "hiện nay",
        "toàn huyện", "toàn đảng bộ", "toàn tỉnh", "đến nay", "năm qua", "nâng tổng số", "so với", "hội nghị đã",
        "tổng số đảng viên", "kỷ luật", "bồi dưỡng", "xét", "xét tặng", "đề nghị", "thu", "hỗ trợ", "vận động",
    )
)  # fmt: skip
#: Between the two numbers of “62 đồng chí trên 2.082 đảng viên”, where both are of one sort.
ON = re.compile(
    r"[^,;.:()\n0-9]{2,50}(?<!lên )(?<!với )(?<!đạt )(?<!từ )(?<!đến )(?<!còn )(?<!là )(?<!có ) trên {1,2}"
)
WITHIN = re.compile(r"[^,;.:()\n0-9]{2,50}(?<![^\W\d_])trong {1,2}")
#: Between the two numbers of “12 đồng chí trong tổng số 53”.
OF_TOTAL = re.compile(
    r"[^,;.:()\n]{0,50}(?<![^\W\d_])(?:trong|trên|/) {0,2}(?:tổng {1,2})?số(?: {1,2}(?:là|có|gồm))? {0,2}"
)
SIDES = re.compile(r"[,;:()\n]|(?<![^\W\d_])và(?![^\W\d_])")
ESTIMATE = re.compile(words("ước", "ước đạt", "ước tính", "ước thực hiện", "dự ước"))


GOAL = re.compile(words(*GOALS))
