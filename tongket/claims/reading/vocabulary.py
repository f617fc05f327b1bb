"""The words around a number, as data: units, what makes it a name or an ordinal, hedges, verbs of comparison.

All phrases are written as in a key (small letters, new placing of tone marks). Which phrase means what follows the
patterns met in published year-end texts; a word that is missing here makes a claim unread, never misread.
"""

__all__ = [
    "AFTER_AGE",
    "AFTER_CLOCK",
    "AFTER_ORDINAL",
    "BEFORE_CODE",
    "BEFORE_NAME",
    "BEFORE_ORDINAL",
    "COUNT_UNITS",
    "FAMILIES",
    "GOALS",
    "JOINED",
    "MARKS",
    "MEASURES",
    "NOT_ONE",
    "OVERLAPPING",
    "STRICT_NAMES",
]

#: What is counted -> the class in which two counts are of the same sort and may be parts or bases of each other.
COUNT_UNITS: dict[str, str] = {
    "đảng viên": "person",
    "đảng viên mới": "person",
    "đồng chí": "person",
    "đ/c": "person",
    "đ.c": "person",
    "đv": "person",
    "đảng viên dự bị": "person",
    "đảng viên chính thức": "person",
    "người": "person",
    "quần chúng": "person",
    "quần chúng ưu tú": "person",
    "cán bộ": "person",
    "công chức": "person",
    "cấp ủy viên": "person",
    "huyện ủy viên": "person",
    "tỉnh ủy viên": "person",
    "chi ủy viên": "person",
    "đảng ủy viên": "person",
    "đại biểu": "person",
    "đoàn viên": "person",
    "hội viên": "person",
    "học viên": "person",
    "học sinh": "person",
    "sinh viên": "person",
    "lao động": "person",
    "cá nhân": "person",
    "gương": "group",
    "bí thư": "person",
    "phó bí thư": "person",
    "báo cáo viên": "person",
    "nữ": "person",
    "trường hợp": "",
    "tccs đảng": "organisation",
    "tccsđ": "organisation",
    "tccsđ đảng": "organisation",
    "tổ chức cơ sở đảng": "organisation",
    "tổ chức cơ sở": "organisation",
    "tổ chức đảng": "organisation",
    "tổ chức": "organisation",
    "cơ sở đảng": "organisation",
    "chi, đảng bộ": "organisation",
    "chi bộ, đảng bộ": "organisation",
    "đảng bộ, chi bộ": "organisation",
    "chi bộ": "organisation",
    "đảng bộ": "organisation",
    "đảng bộ cơ sở": "organisation",
    "chi bộ cơ sở": "organisation",
    "đảng bộ bộ phận": "organisation",
    "đảng ủy": "organisation",
    "chi ủy": "organisation",
    "cấp ủy": "organisation",
    "ban thường vụ": "organisation",
    "ủy ban kiểm tra": "organisation",
    "ubkt": "organisation",
    "đơn vị": "organisation",
    "cơ quan": "organisation",
    "doanh nghiệp": "organisation",
    "hợp tác xã": "organisation",
    "tập thể": "group",
    "tập thể, cá nhân": "group",
    "hộ": "household",
    "hộ dân": "household",
    "hộ nghèo": "household",
    "gia đình": "household",
    "xã": "place",
    "xã, thị trấn": "place",
    "xã, phường": "place",
    "xã, phường, thị trấn": "place",
    "phường": "place",
    "thị trấn": "place",
    "huyện": "place",
    "tỉnh": "place",
    "thôn": "place",
    "thôn, khu phố": "place",
    "bản": "place",
    "ấp": "place",
    "khu phố": "place",
    "khu dân cư": "place",
    "tổ dân phố": "place",
    "điểm cầu": "place",
    "địa phương": "place",
    "lượt": "times",
    "lượt người": "times",
    "lượt đảng viên": "times",
    "lượt cán bộ": "times",
    "lượt cán bộ, đảng viên": "times",
    "lượt quần chúng": "times",
    "lượt ý kiến": "times",
    "ý kiến": "opinion",
    "lần": "times",
    "cuộc": "event",
    "cuộc kiểm tra": "event",
    "cuộc giám sát": "event",
    "lớp": "event",
    "buổi": "event",
    "hội nghị": "event",
    "đợt": "event",
    "hội thi": "event",
    "đoàn": "event",
    "đoàn kiểm tra": "event",
    "chuyến": "event",
    "phiên": "event",
    "vụ": "event",
    "vụ việc": "event",
    "văn bản": "paper",
    "nghị quyết": "paper",
    "chỉ thị": "paper",
    "kế hoạch": "paper",
    "quyết định": "paper",
    "báo cáo": "paper",
    "chương trình": "paper",
    "kết luận": "paper",
    "công văn": "paper",
    "thông báo": "paper",
    "tờ trình": "paper",
    "thông tri": "paper",
    "hướng dẫn": "paper",
    "đề án": "paper",
    "chuyên đề": "paper",
    "đơn": "paper",
    "đơn thư": "paper",
    "hồ sơ": "paper",
    "tin": "paper",
    "tin, bài": "paper",
    "tin bài": "paper",
    "bài": "paper",
    "bài viết": "paper",
    "bằng khen": "award",
    "giấy khen": "award",
    "cờ": "award",
    "cờ thi đua": "award",
    "huy hiệu": "award",
    "huy hiệu đảng": "award",
    "suất": "gift",
    "suất quà": "gift",
    "phần quà": "gift",
    "thẻ đảng viên": "card",
    "chỉ tiêu": "target",
    "tiêu chí": "target",
    "nhiệm vụ": "task",
    "nội dung": "task",
    "công trình": "work",
    "dự án": "work",
    "mô hình": "model",
    "mô hình, điển hình": "group",
    "điển hình": "group",
    "ngôi nhà": "house",
    "căn nhà": "house",
    "nhà": "house",
    "sản phẩm": "product",
    "trường": "school",
    "phiếu": "vote",
    "khuyết điểm": "fault",
    "lỗi": "fault",
    "nội dung vi phạm": "fault",
}

#: Measures: a number before one of them is an amount.
MEASURES: tuple[str, ...] = (
    "đồng", "đ", "vnđ", "vnd", "usd", "đô la", "ha", "hecta", "héc ta", "tấn", "tạ", "kg", "ki lô gam", "yến", "lít",
    "m", "m2", "m²", "m3", "m³", "km", "km2", "km²", "mét", "mét vuông", "ki lô mét", "mw", "kwh", "tấn/ha", "tạ/ha",
)  # fmt: skip

#: Before a number these make it part of a name or place in a text of law.
STRICT_NAMES: tuple[str, ...] = (
    "điều", "khoản", "điểm", "mục", "chương", "phụ lục", "mẫu", "biểu", "quốc lộ", "tỉnh lộ", "ql", "đt", "số nhà",
    "phòng", "trang", "bảng", "hình", "thửa",
)  # fmt: skip
#: Before a number these make it a name unless a unit follows (“chi bộ 4”, but “đảng bộ 13 xã”).
BEFORE_NAME: tuple[str, ...] = (
    "khối", "thôn", "tổ", "khu phố", "khu", "ấp", "phường", "quận", "xóm", "bản", "đội", "chi bộ", "lớp", "vùng",
    "tiểu khu", "cụm", "làng", "buôn", "trường", "trung đoàn", "sư đoàn", "tiểu đoàn", "tổ dân phố", "xã", "đảng bộ",
    "nhà máy", "xí nghiệp", "công ty", "đồn", "số", "trung ương", "tw", "nhóm", "loại", "mức", "cấp", "ban", "phần",

    "ngõ", "đường", "đường tỉnh", "liên gia", "nhóm nợ", "hạng mục", "chi bộ thôn", "chi bộ khối",
    "chi bộ tổ", "chi bộ khu phố",
)  # fmt: skip

#: Before a number these make it an ordinal.
BEFORE_ORDINAL: tuple[str, ...] = (
    "lần thứ", "thứ", "khóa", "lần", "đợt", "quý", "quí", "kỳ họp", "phiên", "kỳ họp thứ", "giai đoạn", "bước",
    "vòng", "tập", "hạng", "tuần", "tháng", "kỳ thứ", "đại hội", "bậc",
)  # fmt: skip
AFTER_ORDINAL: tuple[str, ...] = (
    "tháng đầu năm", "tháng đầu nhiệm kỳ", "tháng cuối năm", "tháng năm", "tháng", "ngày", "tuần", "quý", "nhiệm kỳ",
)  # fmt: skip
AFTER_AGE: tuple[str, ...] = ("tuổi", "năm", "tuổi đời", "thập kỷ", "thế kỷ", "thập niên")
AFTER_CLOCK: tuple[str, ...] = ("giờ", "phút", "h", "giây")

#: A kind of paper before a number makes it the number of a paper unless a unit follows.
BEFORE_CODE: tuple[str, ...] = (
    "nghị quyết", "chỉ thị", "quyết định", "kết luận", "quy định", "qui định", "hướng dẫn", "kế hoạch", "thông tri",
    "thông báo", "công văn", "báo cáo", "chương trình", "chương trình hành động", "nghị định", "thông tư", "luật",
    "đề án", "tờ trình", "công điện", "quy chế", "văn bản",
)  # fmt: skip

#: The marks of the Party badge.
MARKS = frozenset({30, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95})

#: “không có …” before one of these claims a count of 0.
NOT_ONE: tuple[str, ...] = (
    "tccs đảng", "tccsđ", "tổ chức cơ sở đảng", "tổ chức đảng", "tổ chức", "chi bộ", "đảng bộ", "chi, đảng bộ",
    "đảng viên", "trường hợp", "cấp ủy", "cấp ủy viên", "đơn thư", "đơn vị",
)  # fmt: skip

#: What opens a goal: everything after it in the sentence lies ahead.
GOALS: tuple[str, ...] = (
    "phấn đấu", "mục tiêu đến", "mục tiêu năm", "dự kiến", "đề ra chỉ tiêu", "đặt ra chỉ tiêu", "đặt chỉ tiêu",
    "kế hoạch giao", "chỉ tiêu giao là", "được giao chỉ tiêu", "nhiệm vụ trọng tâm năm", "phương hướng năm", "sẽ",
    "chỉ tiêu được giao", "giao chỉ tiêu", "đề nghị các", "đề nghị trong", "yêu cầu các", "yêu cầu trong",
    "yêu cầu năm", "cần phải",
    "cần tập trung", "chỉ tiêu là", "kế hoạch là", "chỉ tiêu tỉnh giao là", "mục tiêu là", "đặt mục tiêu", "đề ra là",
)  # fmt: skip

#: Groups that overlap: shares and counts of them neither add up nor need to.
OVERLAPPING: tuple[str, ...] = (
    "nữ", "phụ nữ", "đoàn viên", "thanh niên", "dân tộc thiểu số", "người dân tộc", "dân tộc", "có đạo", "tôn giáo",
    "theo đạo", "độ tuổi", "tuổi đời", "dưới 30 tuổi", "trẻ", "trình độ", "đại học", "hưu trí", "lần đầu",
    "chủ doanh nghiệp", "thạc sĩ", "cao đẳng", "là nữ", "là đoàn viên", "đồng bào", "học sinh", "sinh viên",
)  # fmt: skip
#: Items that may stand inside or beside the total of badges.
JOINED: tuple[str, ...] = ("truy tặng", "trao sớm", "xét tặng sớm", "trao trước", "cấp lại", "mỗi")

#: Sets of words of which each item of a list bears another one: items never overlap. A list of all words of a
#: complete set leaves nothing out.
FAMILIES: tuple[tuple[bool, tuple[str, ...]], ...] = (
    (True, ("xuất sắc", "hoàn thành tốt", "hoàn thành nhiệm vụ", "không hoàn thành")),
    (True, ("khiển trách", "cảnh cáo", "cách chức", "khai trừ")),
    (True, ("khiển trách", "cảnh cáo", "giải tán")),
    (False, ("khiển trách", "cảnh cáo", "cách chức", "khai trừ", "giải tán")),
    (True, ("truy tặng", "tặng")),
    (True, ("quý i", "quý ii", "quý iii", "quý iv")),
    (True, ("đầu năm", "cuối năm")),
    (False, ("do cấp ủy", "do chi bộ", "do đảng ủy", "do ủy ban kiểm tra", "do ubkt", "do ban thường vụ")),
    (True, ("tập thể", "cá nhân")),
    (True, ("chính thức", "dự bị")),
    (True, ("đảng bộ", "chi bộ")),
    (True, ("nam", "nữ")),
    (True, ("cấp huyện", "cấp cơ sở")),
    (True, ("cấp tỉnh", "cấp huyện", "cấp cơ sở")),
    (False, ("cấp tỉnh", "cấp huyện", "cấp cơ sở", "cấp xã")),
)
