"""Code lists: the closed vocabularies that records, figures, forms and imports share.

One list a field. A code is stable and English; its Vietnamese text is what an office writes.
Lists of the official statistics follow `Biểu số 1–3-BTCTW` (11-HD/BTCTW) as far as known; where an official
list was not found, the list is ours and its docstring line says so.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Code:
    """One value of a list: stable `code`, Vietnamese and English text."""

    code: str
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class CodeList:
    """A closed list of codes, in the order in which forms print them."""

    name: str
    codes: tuple[Code, ...]
    values: tuple[str, ...] = field(init=False, repr=False, compare=False)  # the codes, in order

    def __post_init__(self) -> None:
        """Work out once what every cell of an import asks for."""
        object.__setattr__(self, "values", tuple(entry.code for entry in self.codes))

    def label(self, code: str, lang: str = "vi") -> str:
        """Text of `code` in `lang`; the code itself when it is not of this list (old data must still read)."""
        for entry in self.codes:
            if entry.code == code:
                return entry.vi if lang == "vi" else entry.en
        return code

    @property
    def choices(self) -> list[tuple[str, str]]:
        """(code, Vietnamese text) pairs, for forms and model fields."""
        return [(entry.code, entry.vi) for entry in self.codes]


def _list(name: str, *rows: tuple[str, str, str]) -> CodeList:
    return CodeList(name, tuple(Code(*row) for row in rows))


GENDER = _list("gender", ("male", "Nam", "Male"), ("female", "Nữ", "Female"))

# Names and two-digit codes of the General Statistics Office; "Kinh" is 01. Never join on the number alone.
_PEOPLES = (
    "Kinh",
    "Tày",
    "Thái",
    "Mường",
    "Khmer",
    "Hoa",
    "Nùng",
    "Mông",
    "Dao",
    "Gia Rai",
    "Ê Đê",
    "Ba Na",
    "Sán Chay",
    "Chăm",
    "Cơ Ho",
    "Xơ Đăng",
    "Sán Dìu",
    "Hrê",
    "Ra Glay",
    "Mnông",
    "Thổ",
    "Xtiêng",
    "Khơ Mú",
    "Bru Vân Kiều",
    "Cơ Tu",
    "Giáy",
    "Tà Ôi",
    "Mạ",
    "Gié Triêng",
    "Co",
    "Chơ Ro",
    "Xinh Mun",
    "Hà Nhì",
    "Chu Ru",
    "Lào",
    "La Chí",
    "Kháng",
    "Phù Lá",
    "La Hủ",
    "La Ha",
    "Pà Thẻn",
    "Lự",
    "Ngái",
    "Chứt",
    "Lô Lô",
    "Mảng",
    "Cơ Lao",
    "Bố Y",
    "Cống",
    "Si La",
    "Pu Péo",
    "Rơ Măm",
    "Brâu",
    "Ơ Đu",
)
ETHNICITY = CodeList(
    "ethnicity",
    (
        *(Code(f"{number:02d}", name, name) for number, name in enumerate(_PEOPLES, start=1)),
        Code("55", "Gốc nước ngoài", "Of foreign origin"),
        Code("56", "Dân tộc khác", "Other"),
    ),
)
MAJORITY_ETHNICITY = "01"

RELIGION = _list(
    "religion",
    ("none", "Không", "None"),
    ("catholic", "Công giáo", "Catholic"),
    ("protestant", "Tin lành", "Protestant"),
    ("buddhist", "Phật giáo", "Buddhist"),
    ("caodai", "Cao Đài", "Cao Dai"),
    ("hoahao", "Phật giáo Hòa Hảo", "Hoa Hao Buddhist"),
    ("islam", "Hồi giáo", "Muslim"),
    ("other", "Tôn giáo khác", "Other"),
)

SCHOOLING = _list(
    "schooling",
    ("literate", "Biết đọc, biết viết", "Literate"),
    ("primary", "Tiểu học", "Primary"),
    ("lower_secondary", "Trung học cơ sở", "Lower secondary"),
    ("upper_secondary", "Trung học phổ thông", "Upper secondary"),
)

EDUCATION = _list(
    "education",
    ("none", "Chưa qua đào tạo", "None"),
    ("elementary", "Công nhân kỹ thuật, sơ cấp", "Elementary vocational"),
    ("intermediate", "Trung cấp", "Intermediate"),
    ("college", "Cao đẳng", "College"),
    ("university", "Đại học", "University"),
    ("master", "Thạc sĩ", "Master"),
    ("doctor", "Tiến sĩ", "Doctor"),
)

ACADEMIC_TITLE = _list(
    "academic_title",
    ("associate_professor", "Phó giáo sư", "Associate professor"),
    ("professor", "Giáo sư", "Professor"),
)

THEORY = _list(
    "theory",
    ("none", "Chưa qua đào tạo", "None"),
    ("elementary", "Sơ cấp", "Elementary"),
    ("intermediate", "Trung cấp", "Intermediate"),
    ("advanced", "Cao cấp", "Advanced"),
    ("bachelor", "Cử nhân", "Bachelor of politics"),
)

# Rows II.1 of form 2, with pensioners added (reports of districts give them apart).
OCCUPATION = _list(
    "occupation",
    ("state_official", "Cán bộ, công chức nhà nước từ huyện trở lên", "State official, district and up"),
    ("party_official", "Cán bộ, công chức đảng, Mặt trận, đoàn thể", "Official of Party, Front, mass bodies"),
    ("commune_official", "Cán bộ, công chức và người hoạt động không chuyên trách xã", "Commune official"),
    ("village_worker", "Người hoạt động không chuyên trách ở thôn, tổ dân phố", "Village part-time worker"),
    ("public_employee", "Viên chức đơn vị sự nghiệp công lập", "Public service employee"),
    ("nonpublic_employee", "Người lao động đơn vị ngoài công lập", "Non-public service employee"),
    ("enterprise_manager", "Quản lý doanh nghiệp", "Enterprise manager"),
    ("enterprise_staff", "Nhân viên, chuyên môn trong doanh nghiệp", "Enterprise staff"),
    ("worker", "Công nhân, lao động trực tiếp trong doanh nghiệp", "Worker"),
    ("farmer", "Lao động nông, lâm, ngư nghiệp", "Farmer, forester, fisher"),
    ("armed_forces", "Lực lượng vũ trang", "Armed forces"),
    ("student", "Sinh viên", "Student"),
    ("pupil", "Học sinh", "Pupil"),
    ("retired", "Hưu trí, nghỉ mất sức", "Pensioner"),
    ("other", "Ngành nghề khác", "Other"),
)

SECTOR = _list(
    "sector",
    ("commune", "Xã, phường, thị trấn", "Commune, ward, town"),
    ("village", "Thôn, khu phố, tổ dân phố", "Village, quarter"),
    ("agency", "Cơ quan", "Agency"),
    ("public_service", "Đơn vị sự nghiệp công lập", "Public service unit"),
    ("school", "Trường học", "School"),
    ("health", "Y tế", "Health"),
    ("state_enterprise", "Doanh nghiệp nhà nước", "State enterprise"),
    ("private_enterprise", "Doanh nghiệp ngoài khu vực nhà nước", "Non-state enterprise"),
    ("army", "Quân đội", "Army"),
    ("police", "Công an", "Police"),
    ("committee", "Cơ quan cấp ủy", "Committee office"),
)

ORGANISATION_ACT = _list(
    "organisation_act",
    ("found", "Thành lập", "Founded"),
    ("rename", "Đổi tên, chuyển loại hình", "Renamed"),
    ("move", "Chuyển về tổ chức khác", "Moved"),
    ("merge", "Sáp nhập", "Merged"),
    ("split", "Chia tách", "Split"),
    ("dissolve", "Giải thể, kết thúc hoạt động", "Dissolved"),
)

POST = _list(
    "post",
    ("secretary", "Bí thư", "Secretary"),
    ("deputy_secretary", "Phó Bí thư", "Deputy secretary"),
    ("standing_member", "Ủy viên Ban Thường vụ", "Standing committee member"),
    ("committee_member", "Ủy viên Ban Chấp hành (cấp ủy viên)", "Committee member"),
    ("inspection_head", "Chủ nhiệm Ủy ban Kiểm tra", "Head of the inspection commission"),
    ("inspection_member", "Ủy viên Ủy ban Kiểm tra", "Inspection commission member"),
    # Not of the committee: who is called to its conferences by the work that he does.
    ("advisory_head", "Lãnh đạo cơ quan tham mưu, giúp việc", "Head of an advisory body"),
    ("centre_leader", "Lãnh đạo Trung tâm Chính trị", "Leader of the political centre"),
    ("office_clerk", "Cán bộ Văn phòng cấp ủy", "Clerk of the committee's office"),
    ("organisation_clerk", "Cán bộ phụ trách Tổ chức – Kiểm tra", "Clerk for organisation and inspection"),
    ("propaganda_clerk", "Cán bộ phụ trách Tuyên giáo – Dân vận", "Clerk for propaganda and mass work"),
)

STANDING = _list(
    "standing",
    ("probationary", "Đảng viên dự bị", "Probationary member"),
    ("official", "Đảng viên chính thức", "Official member"),
)

# What can happen in a member's life. The first five begin membership, the last five end it.
MEMBER_EVENT = _list(
    "member_event",
    ("registered", "Đưa vào sổ ban đầu", "Entered from the earlier register"),
    ("admitted", "Kết nạp", "Admitted"),
    ("readmitted", "Kết nạp lại", "Re-admitted"),
    ("restored", "Phục hồi đảng tịch", "Membership restored"),
    ("moved_in", "Chuyển đến", "Moved in"),
    ("recognised", "Công nhận chính thức", "Made official"),
    ("transferred", "Chuyển sinh hoạt trong đảng bộ", "Transferred within"),
    ("exempted", "Miễn công tác và sinh hoạt", "Exempted"),
    ("exemption_ended", "Thôi miễn công tác và sinh hoạt", "Exemption ended"),
    ("suspended", "Đình chỉ sinh hoạt", "Suspended"),
    ("suspension_ended", "Thôi đình chỉ sinh hoạt", "Suspension ended"),
    ("moved_out", "Chuyển đi", "Moved out"),
    ("died", "Từ trần", "Died"),
    ("expelled", "Khai trừ", "Expelled"),
    ("struck_off", "Xóa tên", "Struck off"),
    ("left", "Xin ra khỏi Đảng", "Left on request"),
)
BEGINNINGS = frozenset({"registered", "admitted", "readmitted", "restored", "moved_in"})
ENDINGS = frozenset({"moved_out", "died", "expelled", "struck_off", "left"})

# Where a member who crosses the border of the whole register comes from or goes to (rows of form 1).
ELSEWHERE = _list(
    "elsewhere",
    ("other_province", "Tỉnh khác, đảng bộ trực thuộc Trung ương khác", "Another province"),
    ("other_district", "Đảng bộ khác trong tỉnh", "Another committee of the province"),
)

RATING_LEVEL = _list(
    "rating_level",
    ("excellent", "Hoàn thành xuất sắc nhiệm vụ", "Excellent"),
    ("good", "Hoàn thành tốt nhiệm vụ", "Good"),
    ("completed", "Hoàn thành nhiệm vụ", "Completed"),
    ("failed", "Không hoàn thành nhiệm vụ", "Not completed"),
    ("not_rated", "Chưa, miễn đánh giá", "Not rated"),
)

NOT_RATED_REASON = _list(
    "not_rated_reason",
    ("exempt", "Miễn công tác và sinh hoạt", "Exempt"),
    ("suspended", "Đang bị đình chỉ sinh hoạt", "Suspended"),
    ("under_six_months", "Kết nạp chưa đủ 6 tháng", "Admitted less than six months"),
    ("founded_recently", "Mới thành lập", "Newly founded"),
    ("other", "Lý do khác", "Other"),
)

AWARD_ROUND = _list(
    "award_round",
    ("0302", "Đợt 3/2", "Round of 3 February"),
    ("1905", "Đợt 19/5", "Round of 19 May"),
    ("0209", "Đợt 2/9", "Round of 2 September"),
    ("0711", "Đợt 7/11", "Round of 7 November"),
    ("other", "Đợt khác", "Other day"),
)

RECIPIENT = _list(
    "recipient", ("collective", "Tập thể", "Collective"), ("individual", "Cá nhân", "Individual")
)

COMMENDATION_FORM = _list(
    "commendation_form",
    ("praise", "Biểu dương", "Praise"),
    ("certificate", "Giấy khen", "Certificate"),
    ("merit", "Bằng khen", "Certificate of merit"),
    ("flag", "Cờ thi đua", "Emulation flag"),
    ("order", "Huân chương, huy chương", "Order or medal"),
)

# The body that gives, decides or issues, seen from a district.
GIVER = _list(
    "giver",
    ("central", "Trung ương", "Centre"),
    ("province", "Tỉnh ủy", "Province committee"),
    ("district", "Huyện ủy, cấp trên trực tiếp cơ sở", "District committee"),
    ("grassroots", "Cấp ủy cơ sở", "Grassroots committee"),
    ("cell", "Chi bộ", "Cell"),
    ("state", "Cơ quan nhà nước", "State body"),
)

TARGET_GIVER = _list(
    "target_giver",
    ("above", "Cấp trên giao", "Assigned from above"),
    ("own", "Nghị quyết, kế hoạch của cấp mình", "Own resolution"),
)

DISCIPLINE_FORM = _list(
    "discipline_form",
    ("reprimand", "Khiển trách", "Reprimand"),
    ("warning", "Cảnh cáo", "Warning"),
    ("removal", "Cách chức", "Removal from office"),
    ("expulsion", "Khai trừ", "Expulsion"),
    ("dissolution", "Giải tán", "Dissolution"),
)
MEMBER_DISCIPLINE_FORMS = ("reprimand", "warning", "removal", "expulsion")
ORGANISATION_DISCIPLINE_FORMS = ("reprimand", "warning", "dissolution")

DISCIPLINE_GROUND = _list(
    "discipline_ground",
    ("principles", "Nguyên tắc tổ chức và hoạt động của Đảng", "Party principles"),
    ("duty", "Thiếu trách nhiệm, vi phạm quy chế", "Neglect of duty"),
    ("finance", "Quản lý kinh tế, tài chính, đất đai", "Economy, finance, land"),
    ("corruption", "Tham nhũng, cố ý làm trái", "Corruption"),
    ("population", "Chính sách dân số", "Population policy"),
    ("conduct", "Đạo đức, lối sống", "Conduct"),
    ("law", "Vi phạm pháp luật khác", "Other breach of law"),
    ("other", "Nội dung khác", "Other"),
)

DOCUMENT_KIND = _list(
    "document_kind",
    ("NQ", "Nghị quyết", "Resolution"),
    ("CT", "Chỉ thị", "Directive"),
    ("KL", "Kết luận", "Conclusion"),
    ("QĐ", "Quyết định", "Decision"),
    ("QyĐ", "Quy định", "Regulation"),
    ("QC", "Quy chế", "Rules of procedure"),
    ("HD", "Hướng dẫn", "Guidance"),
    ("TT", "Thông tri", "Circular"),
    ("TB", "Thông báo", "Notice"),
    ("CTr", "Chương trình", "Programme"),
    ("KH", "Kế hoạch", "Plan"),
    ("ĐA", "Đề án", "Scheme"),
    ("CV", "Công văn", "Letter"),
    ("BC", "Báo cáo", "Report"),
)
IMPLEMENTING_KINDS = ("CTr", "KH", "ĐA", "CV", "HD", "NQ", "CT")

STUDY_FORM = _list(
    "study_form",
    ("direct", "Trực tiếp", "In the room"),
    ("online", "Trực tuyến", "Online"),
    ("mixed", "Trực tiếp kết hợp trực tuyến", "Mixed"),
)

STUDY_KIND = _list(
    "study_kind",
    ("study", "Học tập, quán triệt nghị quyết", "Study of resolutions"),
    ("talk", "Thông tin thời sự", "Current-affairs talk"),
    ("candidate_course", "Lớp bồi dưỡng nhận thức về Đảng", "Candidates' course"),
    ("new_member_course", "Lớp bồi dưỡng đảng viên mới", "New members' course"),
)

CARD_KIND = _list(
    "card_kind",
    ("first", "Phát thẻ lần đầu", "First card"),
    ("exchanged", "Đổi thẻ", "Exchanged"),
    ("replaced", "Cấp lại thẻ bị mất", "Replaced"),
)
