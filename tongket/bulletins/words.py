"""The words by which a text about a person is known. Lists of ours, grown by the texts of `tests/bulletins`."""

#: Forms of address by their folded writing -> how they are really written ("chỉ" is not "chị").
CALLS: dict[str, frozenset[str]] = {
    "ong": frozenset({"ông", "ong"}),
    "ba": frozenset({"bà"}),
    "anh": frozenset({"anh"}),
    "chi": frozenset({"chị"}),
    "co": frozenset({"cô"}),
    "chu": frozenset({"chú"}),
    "bac": frozenset({"bác"}),
    "cu": frozenset({"cụ"}),
    "em": frozenset({"em"}),
    "chau": frozenset({"cháu"}),
    "thay": frozenset({"thầy"}),
    "di": frozenset({"dì"}),
    "cau": frozenset({"cậu"}),
    "mu": frozenset({"mụ"}),
    "me": frozenset({"mẹ"}),
    "ten": frozenset({"tên"}),
}

TWO_WORD_CALLS = frozenset(
    {"dong chi", "d c", "thay giao", "co giao", "ong cu", "ba cu", "ong chu", "ba chu", "lai xe"}
)

#: Two folded words in which a form of address is none.
NOT_A_CALL = frozenset(
    {
        "nam anh",
        "hoang anh",  # Mẹ Việt Nam Anh hùng
        "trang anh",
        "tre em",
        "thanh em",
        "chi em",
        "anh em",
        "anh hung",
        "dat ten",
        "mang ten",
        "doi ten",
        "bac ho",
        "thay co",
        "ba na",
        "ba ria",
        "co to",
        "ong ich",
        "me viet",
        "cac chau",
        "cac em",
        "hai ba",
    }
)

#: What follows "đồng chí", "thầy cô", "các em" and is a body, an office or a country, not a name.
INSTITUTIONS = frozenset(
    {
        "truong thcs", "truong tieu", "truong thpt", "truong mam", "truong mau", "truong ban", "truong thon",
        "truong phong", "truong cong", "trung tam", "trung doan", "ban chi", "ban chap", "ban thuong", "ban quan",
        "ban tuyen", "ban to", "ban dan", "ban can", "uy ban", "uy vien", "ubnd", "hdnd", "ubmttq", "so", "phong",
        "chi bo", "chi hoi", "chi uy", "dang uy", "dang bo", "hoi dong", "hoi nong", "hoi cuu", "hoi lien", "hoi phu",
        "doan thanh", "doan xa", "mat tran", "cong an", "viet nam", "bi thu", "chu tich", "chu nhiem", "pho", "huyen",
        "tinh", "thanh uy", "thanh vien", "tong", "thu tuong", "thu truong", "thuong truc", "thuong vu", "nguyen la",
        "bo truong", "bo chinh", "quan uy", "xa doi", "ho chi", "giam doc", "hieu truong", "vu lan",
    }
)  # fmt: skip

#: Family names; with Văn, Thị or two more capitals they make a person's name.
FAMILIES = frozenset(
    {
        "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ",
        "Ngô", "Dương", "Lý", "Đinh", "Trịnh", "Trương", "Lâm", "Mai", "Đào", "Đoàn", "Vương", "Cao",
        "Lương", "Lưu", "Tô", "Tạ", "Thái", "Châu", "Quách", "Doãn", "Hà", "Phùng", "Tăng", "Tống",
        "Nghiêm", "Ông", "Thân", "Kiều", "Chu", "Nguyen", "Tran", "Pham", "Hoang", "Huynh", "Vu",
        "Vo", "Dang", "Bui", "Do", "Ngo", "Duong", "Dinh", "Trinh", "Truong", "Doan",
    }
)  # fmt: skip

#: Family names that begin hardly anything else: one more capital is enough.
SURE_FAMILIES = frozenset(
    {"Nguyễn", "Trần", "Phạm", "Huỳnh", "Đặng", "Bùi", "Ngô", "Trịnh", "Trương", "Đỗ", "Đinh"}
)

#: Folded names of the country's history; they name streets, schools, movements.
PUBLIC_NAMES = frozenset(
    {
        "ho chi minh", "tran hung dao", "le hong phong", "nguyen ai quoc", "vo nguyen giap", "phan boi chau",
        "phan chau trinh", "phan chu trinh", "huynh thuc khang", "nguyen van troi", "vo thi sau", "ly thuong kiet",
        "ho phu ninh", "ha tinh", "ha noi", "cao bang", "chau au", "chau a", "thai nguyen", "thai binh",
        "thai lan", "hoang sa", "duong la", "ha lam", "ngo quyen", "le loi", "quang trung", "ho viet trung",
        "nguyen trai", "nguyen du", "nguyen hue", "tran phu", "bui thi xuan", "dinh tien hoang", "dinh bo linh",
    }
)  # fmt: skip

#: Words, as written, before a name that then is a street's, school's, award's.
PLACE_BEFORE = frozenset(
    {
        "đường", "phố", "trường", "thcs", "thpt", "cầu", "chợ", "kênh", "hồ", "quỹ", "đền", "chùa", "làng",
        "núi", "sông", "đập", "tiểu học", "mầm non", "mẫu giáo", "công viên", "bệnh viện", "tư tưởng",
        "giải thưởng", "tượng đài", "thành phố", "nghĩa trang", "nhà lưu niệm", "tnhh", "công ty", "tập đoàn",
        "cổ phần", "doanh nghiệp", "dinh", "miếu", "bàu", "đèo", "bến",
    }
)  # fmt: skip

#: One person who says something. "một số", "các", "nhiều" before it makes it several.
ONE_PERSON = (
    r"ông(?! bà| cha)", r"bà(?! con| mẹ)", r"anh(?! em| chị| hùng)", r"chị(?! em)", r"cô(?! bác| chú)",
    r"chú(?! trọng| ý| bác)", r"bác(?! sĩ| bỏ)", r"cụ(?! thể)", r"đồng chí", r"đ/c", r"một ông", r"một bà",
    r"một (?:người|cán bộ|đảng viên|cử tri|hộ|nông dân|công nhân|giáo viên|phụ huynh|bạn|thanh niên|cựu chiến binh|"
    r"tiểu thương|lãnh đạo|già làng|học sinh|chủ|bác sĩ|chiến sĩ|công chức|viên chức|"
    r"ngư dân|đại biểu|bí thư|nữ|nam|cụ)",
    r"(?<!các )(?:vị )?(?:trưởng thôn|trưởng ban|bí thư|phó bí thư|chủ tịch|phó chủ tịch|hiệu trưởng|giám đốc|"
    r"tổ trưởng)",
)  # fmt: skip

SAYING = (
    "nói", "cho rằng", "phát biểu", "kể", "than phiền", "than thở", "tâm sự", "chia sẻ", "khẳng định", "bộc bạch",
    "phản ánh", "bảo rằng", "nhận xét", "bày tỏ", "thắc mắc", "cho biết", "viết", "nêu ý kiến", "phàn nàn", "đề nghị",
)  # fmt: skip

#: Folded endings of what stands before, which make the speaker many or a body.
SEVERAL = (
    " cac", " nhieu", " mot so", " nhung", " da so", " phan lon", " so dong", " toan the", " moi", " hau het",
    " phan dong", " cac vi", " nguoi",
)  # fmt: skip
