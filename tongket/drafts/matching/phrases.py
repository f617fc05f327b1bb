# ruff: noqa: E501, SIM905 -- a table of patterns and words
"""How Party texts name what the catalogue counts: phrases (folded: no diacritics, small letters) and what they ask for.

A number's words are first given a *concept* (admitted, on the list, rated, badges …) by `CONCEPTS`, then *qualities*
(women, a level, a form of discipline …) by `QUALITIES`; `figures.FIGURES` says which declared figure counts that. What is not
here is not guessed: the claim is then not traced.
"""

import re
from dataclasses import dataclass
from functools import cache

PERSON = r"(?:dang vien|dong chi|d/c|dv|nguoi|quan chung|truong hop|dvm)"
UNITS: tuple[tuple[str, str], ...] = (
    ("collective", r"tap the"),
    ("individual", r"ca nhan"),
    ("times", r"luot"),
    ("badge", r"huy hieu"),
    ("card", r"the dang(?: vien)?"),
    ("class", r"lop|hoi nghi|cuoc|buoi|dot sinh hoat"),
    ("task", r"nhiem vu|dau viec|viec"),
    ("target", r"chi tieu"),
    ("commune", r"xa,? ?(?:phuong,? ?)?(?:va )?thi tran|xa|phuong|thi tran"),
    ("village_cell", r"chi bo (?:thon|khu pho|to dan pho|ap|ban)"),
    ("cell", r"chi bo truc thuoc(?: dang uy co so| dang bo co so)?"),
    ("base_cell", r"chi bo co so"),
    ("sub_body", r"dang bo bo phan"),
    ("body", r"dang bo co so|dang uy co so"),
    ("both", r"(?:to chuc|tccs) ?dang,? (?:va )?dang vien"),
    (
        "organisation",
        r"tccs ?dang|tccsd|tccs|to chuc co so dang|to chuc dang|co so dang|chi,? ?(?:va )?dang bo(?: co so| truc thuoc)?|"
        r"to chuc|don vi",
    ),
    (
        "paper",
        r"van ban|nghi quyet|chi thi|ket luan|quyet dinh|quy dinh|qui dinh|huong dan|chuong trinh|ke hoach|cong van|de an|bao cao",
    ),
    ("case", r"vu(?: viec)?|don thu|don(?! vi)|khieu nai|to cao"),
    (
        "person",
        rf"{PERSON}|hoc vien|dai bieu|doan vien|nu|hoc sinh|sinh vien|cap uy vien|uy vien|can bo|bi thu|pho bi thu",
    ),
    ("years", r"nam"),
    ("bare_body", r"dang bo"),
    ("bare_cell", r"chi bo"),
)


@cache
def pattern(words: str) -> re.Pattern[str]:
    """A pattern for these phrases as whole words."""
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)")


@dataclass(frozen=True, slots=True)
class Concept:
    """A thing that is counted. `words` must be met in the words of the number (or of what it is a part of), `never`
    must not; `units` are the classes of `UNITS` that may stand after the number ("" = none is printed)."""

    name: str
    words: str
    units: frozenset[str] = frozenset({"person", ""})
    never: str = ""
    bare: str = ""  # without a unit these words must be met as well

    def fits(self, words: str, unit: str) -> bool:
        """Whether the words and the unit's class speak of it."""
        if unit not in self.units or not pattern(self.words).search(words):
            return False
        if not unit and self.bare and not pattern(self.bare).search(words):
            return False
        return not (self.never and pattern(self.never).search(words))


def _c(name: str, words: str, units: str = "person -", never: str = "", bare: str = "") -> Concept:
    return Concept(name, words, frozenset("" if unit == "-" else unit for unit in units.split()), never, bare)


_ORGS = "organisation cell village_cell base_cell body bare_body bare_cell -"
_RATED = r"(?:duoc|da) (?:danh gia|xep loai|phan tich)|hoan thanh (?:xuat sac|tot|nhiem vu)|khong hoan thanh|xuat sac nhiem vu|tot nhiem vu|xep loai|danh gia chat luong|(?:chua|mien) (?:duoc )?(?:danh gia|xep loai)"

#: In the order in which they are tried: what is narrower comes first.
CONCEPTS: tuple[Concept, ...] = (
    _c(
        "badge_proposals",
        r"de nghi (?:xet,? )?(?:truy )?tang huy hieu|de nghi (?:cap tren )?(?:xet )?tang .*huy hieu",
        "person badge -",
    ),
    _c(
        "badges",
        r"huy hieu(?: \d+ nam(?: tuoi dang)?| dang)?|\d+ nam tuoi dang|tuoi dang",
        "person badge -",
        "bo sung",
    ),
    _c(
        "collectives",
        r"khen|khen thuong|tuyen duong|bieu duong|giay khen|bang khen|co thi dua|huan chuong|hoan thanh xuat sac",
        "collective",
        "de nghi",
    ),
    _c(
        "individuals",
        r"khen|khen thuong|tuyen duong|bieu duong|giay khen|bang khen|co thi dua|huan chuong|hoan thanh xuat sac",
        "individual",
        "de nghi",
    ),
    _c(
        "discipline_organisations",
        r"(?:thi hanh |xu ly |bi )?ky luat|giai tan",
        _ORGS,
        "kiem tra,? giam sat va thi hanh|dang vien|ca nhan",
        r"to chuc|chi bo|dang bo|tccs",
    ),
    _c(
        "discipline_members",
        r"(?:thi hanh |xu ly |bi )?ky luat|khien trach|canh cao|cach chuc|vi pham bi xu ly",
        "person -",
        "to chuc dang|khieu nai|ky luat,? ky cuong|giam sat va thi hanh|tang cuong",
    ),
    _c("appeals", r"khieu nai", "case person -", "to cao"),
    _c(
        "planned",
        r"theo chuong trinh|chuong trinh (?:cong tac )?(?:kiem tra|giam sat)|chuong trinh,? ke hoach kiem tra",
        "class -",
        "ngoai chuong trinh",
    ),
    _c("denunciations", r"to cao", "case class -"),
    _c("signs", r"(?:kiem tra )?(?:khi co )?dau hieu vi pham", "person organisation class -"),
    _c("inspections", r"(?:cuoc )?(?:kiem tra|giam sat)", "class", "theo chuong trinh"),
    _c(
        "inspected_organisations",
        r"kiem tra|giam sat|co khuyet diem|co vi pham",
        "organisation base_cell body",
        "thi hanh ky luat|bi ky luat|cong tac kiem tra|dau hieu|chuyen de|thuong xuyen|tai chinh|nhan dan|phong chong|dang phi|thu,? nop",
    ),
    _c(
        "inspected_members",
        r"kiem tra|giam sat|co khuyet diem|co vi pham",
        "person",
        "thi hanh ky luat|bi ky luat|cong tac kiem tra|dau hieu|chuyen de|thuong xuyen|tai chinh|quy dinh|dang phi|thu,? nop",
    ),
    _c(
        "rated_organisations",
        _RATED,
        "organisation -",
        "tap the|ca nhan|dang vien|chi bo truc thuoc|chinh quyen",
        r"tccs ?dang|tccsd|to chuc|dang bo|chi bo co so",
    ),
    _c("rated_cells", _RATED, "cell bare_body bare_cell -", "tap the|ca nhan|chi bo co so", "chi bo"),
    _c(
        "rated_members",
        _RATED,
        "person -",
        "tap the|ca nhan|cap uy vien|can bo|cong chuc|vien chuc|quan chung|hoc vien|kha,? gioi",
        "dang vien",
    ),
    _c("readmitted", r"ket nap lai"),
    _c(
        "admission_target",
        r"chi tieu (?:ket nap|phat trien|tinh giao|duoc giao|giao|cap tren giao)|(?:tinh|cap tren) giao (?:chi tieu )?(?:ket nap|phat trien)?",
        "person target -",
        "dat|vuot|bang|so voi|so",
    ),
    _c("own_admission_target", r"chi tieu nghi quyet (?:ket nap|phat trien)", "person -"),
    _c("admitting", r"(?:co )?ket nap(?: duoc)?(?: dang vien)?", "organisation body base_cell", "chua|khong"),
    _c(
        "admitted",
        r"(?:da )?ket nap(?: duoc| moi)?|phat trien (?:moi )?(?:duoc )?(?:\d+ )?(?:dang vien|dang)|phat trien (?:moi )?duoc|dang vien moi(?: ket nap)?|moi ket nap",
        "person -",
        "le ket nap|nguon ket nap|de nghi (?:xet )?ket nap|xet,? ket nap|chua|quyet dinh ket nap|cam tinh|doi tuong|boi duong|lop",
    ),
    _c(
        "recognised",
        r"(?:cong nhan|chuyen)(?: dang vien)?(?: du bi)?(?: thanh| len| la)?(?: dang vien)? (?:dang )?chinh thuc",
    ),
    _c("restored", r"phuc hoi (?:dang tich|quyen)"),
    _c(
        "moved_in",
        r"(?:tiep nhan|chuyen) (?:sinh hoat )?(?:dang )?(?:chinh thuc )?(?:den|dang den|ve)|(?:dang vien )?chuyen den",
    ),
    _c("moved_in", r"tiep nhan", "person -", "don|thu|van ban|ho so|y kien|ket nap|quan chung|den|chuyen"),
    _c("moved_out", r"chuyen (?:sinh hoat )?(?:dang )?(?:chinh thuc )?di|(?:dang vien )?chuyen di"),
    _c("died", r"tu tran|qua doi"),
    _c("struck_off", r"xoa ten"),
    _c("removed_all", r"dua (?:dang vien |dong chi )?ra khoi dang"),
    _c("left", r"xin ra khoi dang|ra khoi dang", never="dua"),
    _c("expelled", r"khai tru"),
    _c(
        "candidates",
        r"nguon ket nap|cam tinh dang|quan chung uu tu",
        "person -",
        "ket nap duoc|vao dang|boi duong|lop|gioi thieu",
    ),
    _c("candidate_people", r"boi duong nhan thuc(?: ve dang)?|nhan thuc ve dang", "person times"),
    _c("candidate_courses", r"(?:lop )?(?:boi duong )?nhan thuc ve dang|boi duong nhan thuc", "class"),
    _c("new_member_people", r"boi duong dang vien moi", "person times"),
    _c("new_member_courses", r"(?:boi duong (?:ly luan chinh tri (?:cho )?)?|lop )dang vien moi", "class"),
    _c("talk_attendances", r"thoi su", "times"),
    _c("talks", r"thong tin thoi su|thoi su", "class -"),
    _c(
        "conference_attended",
        r"(?:duoc )?trieu tap",
        "person -",
        "ky hop",
    ),
    _c(
        "tasks",
        r"dung han|qua han|den han|cham han|tre han",
        "task -",
        "van ban trien khai|ke hoach trien khai",
    ),
    _c(
        "plans_on_time",
        r"(?:ban hanh |co )?(?:van ban|ke hoach|chuong trinh) (?:trien khai|thuc hien) (?:\w+ ){0,2}dung han|dung han",
        "paper -",
    ),
    _c(
        "plans",
        r"(?:da )?(?:co|ban hanh|xay dung) (?:\w+ ){0,3}(?:ke hoach|chuong trinh|van ban)(?:,? (?:ke hoach|chuong trinh))? (?:de )?(?:trien khai|thuc hien|cu the hoa)",
        "paper -",
    ),
    _c("sessions", r"hoc tap|quan triet|nghien cuu", "class"),
    _c("attendances", r"hoc tap|quan triet|tham gia", "times"),
    _c(
        "attendance",
        r"(?:hoc tap|quan triet|nghien cuu)",
        "person -",
        "huy hieu|ket nap|chua|khong|mo hinh|lam theo",
    ),
    _c(
        "cards",
        r"(?:cap|phat|doi)(?:,? (?:cap|phat|doi))*(?: lai)? the dang(?: vien)?|the dang vien",
        "card person -",
    ),
    _c(
        "papers_received",
        r"tiep nhan|nhan duoc|van ban (?:cua )?cap tren|van ban den",
        "paper",
        "chuyen sinh hoat",
    ),
    _c(
        "papers_issued",
        r"ban hanh|phat hanh|van ban di",
        "paper",
        "trien khai thuc hien|de trien khai|cu the hoa|cap tren ban hanh",
    ),
    _c(
        "founded",
        r"thanh lap(?: moi)?",
        "organisation cell base_cell body bare_body bare_cell",
        "doan|to cong tac|ky niem|tren co so|sap nhap|hop nhat|voi",
    ),
    _c("dissolved", r"giai the|sap nhap", "organisation cell base_cell body bare_body bare_cell"),
    _c(
        "committee",
        r"cap uy vien|uy vien ban chap hanh|ban chap hanh(?: \w+){0,8} (?:co|gom)",
        "person -",
        "huyen uy vien|giam sat|kiem tra",
    ),
    _c(
        "opening",
        r"dau (?:nam|ky|nhiem ky)|(?:nam|ky) truoc chuyen sang|cuoi nam truoc",
        "person -",
        "ket nap|phat trien|don",
    ),
    _c("targets_set", r"chi tieu", "target", "dat|vuot|hoan thanh"),
    _c(
        "stock",
        r"tong so dang vien|toan dang bo|toan (?:huyen|tinh|thanh pho|thi xa|xa|phuong|khoi)(?: \w+){0,3} co|dang bo(?: \w+){0,6} (?:hien )?co|nang tong so|dua tong so|(?:tccs|co so dang|to chuc dang|chi bo|dang bo|truc thuoc)(?: \w+){0,3} voi|sinh hoat (?:tai|o)",
        "person -",
        "ket nap|vi pham|doanh nghiep|quan chung|huy hieu|khen|ky luat|chinh quyen|cong chuc|bao cao vien|doi ngu|dai bieu|hoi vien|quy hoach|cong tac vien|lao dong",
    ),
    _c("villages", r"chi bo(?: thon| khu pho| to dan pho)?|", "village_cell"),
    _c(
        "communes", r"dang bo|cap uy|tccs|to chuc co so", "commune", "nong thon moi|ho ngheo|dan so|dat chuan"
    ),
    _c(
        "grassroots",
        r"truc thuoc|tccs|to chuc co so dang|co so dang|toan (?:huyen|dang bo)|co(?! so)|(?:dang bo|chi bo) co so",
        "organisation base_cell body cell bare_body bare_cell",
        "khuyet diem|vi pham|ky luat|khen|kiem tra|giam sat|thanh lap|giai the|hoan thanh|ket nap|danh gia|xep loai|dai hoi|to chuc hoc tap|chinh quyen",
    ),
)

#: Tried last, when nothing near names anything else: members of a sort ("đảng viên nghỉ hưu"), never without the sort.
PART_OF_STOCK = _c(
    "stock", r"dang vien", "person -", "ket nap|quan chung|huy hieu|khen|ky luat|vi pham|xep loai|moi|goi"
)

#: What the words say more of it: name of the quality and its phrase.
QUALITIES: tuple[tuple[str, str], ...] = (
    (
        "missing_figure",
        r"chu doanh nghiep|giao vien|bo doi xuat ngu|chuc sac|tin do|nong dan|tri thuc|ho ngheo|nguoi cao tuoi|bien gioi|hai dao|vung sau|can bo|cong chuc|vien chuc",
    ),
    ("posthumous", r"truy tang"),
    ("early", r"trao som|tang som|truoc han|truoc thoi han"),
    ("five_years", r"(?:5|nam) nam lien|nam nam lien tuc"),
    ("failed", r"khong hoan thanh(?: nhiem vu)?"),
    ("excellent", r"hoan thanh xuat sac(?: nhiem vu)?|xep loai xuat sac|xuat sac nhiem vu"),
    ("good_or_better", r"(?:hoan thanh )?tot (?:nhiem vu )?(?:tro len)|xep loai tot tro len"),
    ("good", r"hoan thanh tot(?: nhiem vu)?|xep loai tot"),
    ("completed_or_better", r"hoan thanh nhiem vu tro len"),
    ("completed", r"hoan thanh nhiem vu(?! tro len)"),
    (
        "violations",
        r"(?:co|phat hien) (?:\w+ )?vi pham|(?:dong chi|dang vien|to chuc|truong hop) vi pham|ket luan (?:\w+ ){0,4}vi pham",
    ),
    ("shortcomings", r"co khuyet diem|khuyet diem"),
    ("rated", r"(?:duoc|da) (?:danh gia|xep loai|tien hanh danh gia|phan tich)|danh gia,? xep loai"),
    ("not_rated.exempt", r"mien (?:danh gia|xep loai)(?!,? chua)"),
    ("not_rated", r"(?:chua|mien|khong) (?:duoc )?(?:danh gia|xep loai)"),
    ("reprimand", r"khien trach"),
    ("warning", r"canh cao"),
    ("removal", r"cach chuc"),
    ("expulsion", r"khai tru"),
    ("dissolution", r"giai tan"),
    ("committee", r"cap uy vien"),
    ("first", r"lan dau"),
    ("exchanged", r"doi (?:lai )?(?:the|\d)|(?:^| )doi$"),
    ("replaced", r"cap lai"),
    ("certificate", r"giay khen"),
    ("merit", r"bang khen"),
    ("flag", r"co thi dua"),
    ("praise", r"tuyen duong|bieu duong"),
    ("women", r"nu|dang vien nu|phu nu"),
    ("minority", r"dan toc thieu so|dan toc it nguoi|nguoi dan toc"),
    ("religious", r"co dao|theo dao|ton giao|cong giao|goc giao"),
    ("youth", r"doan vien(?: thanh nien)?"),
    ("students", r"hoc sinh(?:,? sinh vien)?|sinh vien"),
    ("enterprise", r"doanh nghiep (?:ngoai|tu nhan)|ngoai khu vuc nha nuoc|ngoai nha nuoc"),
    (
        "village_heads",
        r"truong,? (?:va )?pho (?:thon|buon|ban|ap|lang|khu pho)|truong (?:thon|buon|ban|ap)|pho (?:truong )?thon",
    ),
    ("armed", r"luc luong vu trang|quan doi|dan quan"),
    ("workers", r"cong nhan"),
    ("degree", r"cao dang,? dai hoc|dai hoc tro len|trinh do (?:cao dang|dai hoc)"),
    ("retired", r"nghi huu|huu tri"),
    ("exempt", r"mien (?:cong tac|sinh hoat)(?:(?:,| va) (?:sinh hoat|cong tac))?"),
    ("official", r"(?:dang vien )?chinh thuc"),
    ("probationary", r"(?:dang vien )?du bi"),
    ("theory_advanced", r"cao cap(?:,? cu nhan)?(?: ly luan)?"),
    ("theory_intermediate", r"trung cap ly luan"),
    ("round_0302", r"0?3/0?2"),
    ("round_1905", r"19/0?5"),
    ("round_0209", r"0?2/0?9"),
    ("round_0711", r"0?7/11"),
    ("kind_nq", r"nghi quyet"),
    ("kind_ct", r"chi thi"),
    ("kind_kl", r"ket luan"),
    ("kind_qd", r"quyet dinh"),
    ("kind_qyd", r"qu[iy] dinh"),
    ("kind_hd", r"huong dan"),
    ("kind_ctr", r"chuong trinh"),
    ("kind_kh", r"ke hoach"),
    ("kind_da", r"de an"),
    ("kind_cv", r"cong van"),
    ("kind_bc", r"bao cao"),
    ("age.18_30", r"(?:tu )?18 (?:den|-) 30(?: tuoi)?"),
    ("age.31_40", r"(?:tu )?31 (?:den|-) 40(?: tuoi)?"),
    ("age.41_50", r"(?:tu )?41 (?:den|-) 50(?: tuoi)?"),
    ("age.51_60", r"(?:tu )?51 (?:den|-) 60(?: tuoi)?"),
    ("age.from_61", r"(?:tu 61|tren 60)(?: tuoi)?(?: tro len)?"),
    ("education.doctor", r"tien si"),
    ("education.master", r"thac si"),
    ("education.university", r"(?:trinh do )?dai hoc"),
    ("education.college", r"(?:trinh do )?cao dang"),
    ("suspended", r"dinh chi sinh hoat"),
    ("on_time", r"dung han"),
    ("late", r"(?:hoan thanh )?(?:muon|cham|tre)(?: han)?|qua han nhung da (?:xong|hoan thanh)"),
    ("overdue", r"qua han(?! nhung)"),
    ("attended", r"co mat|du hop|du hoi nghi|tham du|tham gia"),
    ("checks", r"kiem tra"),
    ("supervisions", r"giam sat"),
    ("done", r"hoan thanh|da (?:ket luan|thuc hien|tien hanh)|thuc hien"),
    ("with_committee", r"co (?:chi uy|cap uy)|co chi uy vien"),
)

#: Words that say nothing more of what is counted.
FILLERS = frozenset(
    (
        "nghi quyet chi thi ket luan "
        "moi duoc da co va cac trong nam toan dang bo huyen tinh xa cua cho den nay tong so ca deu la do tren "
        "dia ban nhiem vu tro len voi dot tai nhan dip ky hien ty le dat chiem tang bang dong chi quan chung "
        "uu tu vien nguoi viec cong tac xay dung theo quy dinh tuc gom bao thuc nhu sau ket qua cuoi dau "
        "trung uong bo chinh tri ban bi thu uy thang to chuc hoi nghi danh gia xep loai chat luong tuyen duong khen thuong linh vuc phuong thi tran "
        "ve ngay dv tccs thanh tich xuat sac tieu bieu dien hinh cu the noi "
    ).split()
)
