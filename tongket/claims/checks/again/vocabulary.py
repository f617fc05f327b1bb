"""The words of statements that a text makes more than once, as data: what is stated, of whom, and what says nothing."""

import re
from dataclasses import dataclass

__all__ = [
    "COMMA",
    "EMPTY",
    "JOINED",
    "LED",
    "OF_ALL",
    "OTHER",
    "PART",
    "RATES",
    "SAID_OF_IT",
    "SEVERAL",
    "SIDE",
    "STATEMENTS",
    "TIMES",
    "YEAR",
]


@dataclass(frozen=True, slots=True)
class Statement:
    """What is stated: words of which one must be there, the sorts that it counts, and all words that belong to it."""

    name: str
    said: re.Pattern[str]
    sorts: frozenset[str]
    own: frozenset[str]


def _statement(name: str, said: str, sorts: str, own: str) -> Statement:
    return Statement(name, re.compile(rf"\b(?:{said})\b"), frozenset(sorts.split()), frozenset(own.split()))


_MEMBERS = "dang vien dong chi nguoi moi quan chung uu tu truong hop"
_WHOLES = "huyen|tinh|thanh pho|thi xa|xa|phuong"
STATEMENTS = (
    _statement(
        "kết nạp",
        "ket nap|phat trien dang vien|dang vien moi",
        "person",
        f"ket nap phat trien vao {_MEMBERS}",
    ),
    _statement("kỷ luật đảng viên", "ky luat", "person", f"thi hanh ky luat xu ly bi hinh thuc {_MEMBERS}"),
    _statement("kỷ luật tổ chức", "ky luat", "organisation", "thi hanh ky luat xu ly bi to chuc dang"),
    _statement(
        "Huy hiệu Đảng",
        "huy hieu",
        "person award",
        f"huy hieu trao tang nhan le buoi to chuc {_MEMBERS}",
    ),
    _statement(
        "tổng số đảng viên",
        rf"toan dang bo|toan (?:{_WHOLES})|dang bo (?:{_WHOLES})|tong so dang vien",
        "person",
        f"hien sinh hoat tinh thanh pho thi xa phuong noi {_MEMBERS}",
    ),
    _statement(
        "kiểm tra dấu hiệu",
        "dau hieu vi pham",
        "organisation person",
        f"kiem tra khi dau hieu vi pham to chuc {_MEMBERS}",
    ),
    _statement(
        "chi bộ trực thuộc", "chi bo truc thuoc", "organisation", "chi bo truc thuoc dang uy co so hien"
    ),
    _statement("lớp", "lop", "event", "mo to chuc lop hoc ket thuc sau cac khai giang"),
    _statement(
        "TCCS đảng",
        "tccs|to chuc co so dang|tccsd",
        "organisation",
        "tccs tccsd to chuc co so dang truc thuoc hien",
    ),
)
#: Percentages that stand alone.
RATES = (
    _statement(
        "học tập",
        "hoc tap|quan triet",
        "",
        f"ty le can bo tham gia hoc tap quan triet nghi quyet chi thi du {_MEMBERS}",
    ),
    _statement(
        "tổ chức tốt trở lên",
        "(?:to chuc|tccs|chi bo|dang bo).*tot.*tro len|tot.*tro len.*(?:to chuc|tccs|chi bo)",
        "",
        "ty le to chuc co so dang tccs hoan thanh tot nhiem vu tro len duoc xep loai danh gia",
    ),
    _statement(
        "đảng viên tốt trở lên",
        "dang vien.*tot.*tro len|tot.*tro len.*dang vien",
        "",
        f"ty le hoan thanh tot nhiem vu tro len duoc xep loai danh gia {_MEMBERS}",
    ),
)
_NOTHING = (
    "ban bat bien bo c ca cac cao cap cho chung chuyen co con cong cua cuc cuoi d da dang dat dau den deu diem "
    "dinh do don duoc duoi gan ghi het hien hon hop huyen ket khang khoang khoi kien kip la lon luc luong minh "
    "mot muc nam nay net nghia nhan nhat nhin nhu no noi phai phan qua quan ra ro so su tac tat thanh thay the "
    "thoi thuc thuong tich tinh toan toi tong tren trong tu uy vay ve vi viec voi vu vua vuot y "
)
#: Words that tell nothing apart.
EMPTY = frozenset(_NOTHING.split())
#: Words that make it another thing.
OTHER = frozenset(
    ["binh", "hoach", "ke", "khac", "ky", "lai", "quan", "rieng", "them", "tiep", "tieu", "truoc", "tung"]
)
#: What leads to a statement: “con số …”, “trong số …”.
LED = re.compile(r"(?<![^\W\d_])(?:với|con {1,2}số|trong {1,2}số|rằng|việc)(?![^\W\d_])")
#: What is said of it afterwards.
SAID_OF_IT = re.compile(
    r"(?<![^\W\d_])(?:đều|có(?! {1,2}(?:dấu|vi|liên))|thể {1,2}hiện|cho {1,2}thấy|tăng|giảm|nói {1,2}trên"
    r"|nêu {1,2}trên|là|khẳng {1,2}định|chứng {1,2}tỏ|phản {1,2}ánh|góp {1,2}phần|vượt|đạt|đã(?! {1,2}được)|chiếm"
    r"|so {1,2}với {1,2}(?:chỉ {1,2}tiêu|kế {1,2}hoạch)|của {1,2}(?:cấp|toàn|đảng {1,2}bộ))(?![^\W\d_])"
)
JOINED = re.compile(r"[0-9][0-9.,/]{0,12}[^0-9]{0,40}(?<![^\W\d_])và {1,2}$")
YEAR = re.compile(r"(?:19|20)[0-9]{2}")
#: Times that tell two counts apart even where a comma stands between.
TIMES = re.compile(
    r"(?<![^\W\d_])(?:đầu {1,2}(?:năm|kỳ|nhiệm {1,2}kỳ)|(?:năm|kỳ|quý|tháng|nhiệm {1,2}kỳ) {1,2}trước"
    r"|năm {1,2}ngoái|cùng {1,2}kỳ|nhiệm {1,2}kỳ|quý {1,2}[ivx0-9]+|[0-9]+ {1,2}tháng|tháng {1,2}[0-9]+"
    r"|đợt {1,2}[0-9/]+|dịp {1,2}[0-9/]+|giai {1,2}đoạn|trước {1,2}đó|[0-9]+ {1,2}năm|tuần"
    r"|ngày {1,2}[0-9/]+)(?![^\W\d_])"
)
#: All of the year together, where the text also tells its parts.
OF_ALL = re.compile(
    r"(?<![^\W\d_])(?:cả {1,2}năm|lũy {1,2}kế|luỹ {1,2}kế|tính {1,2}chung|từ {1,2}đầu {1,2}năm)(?![^\W\d_])"
)
SEVERAL = re.compile(r"(?<![^\W\d_])(?:đợt|quý|tháng {1,2}đầu {1,2}năm)(?![^\W\d_])")
#: Parts of the whole body.
PART = re.compile(
    r"(?<![^\W\d_])(?:khối|xã|phường|thị trấn|chi bộ|trường|thôn|cơ quan|đơn vị|cơ sở|cấp|chi hội|đoàn)(?![^\W\d_])"
)
SIDE = re.compile(r"[,;:()\n\"]|\.(?![0-9])")
COMMA = re.compile(r" {0,2}(?:,|và|, và) {0,2}")
