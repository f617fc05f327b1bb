"""Words and code lists of the sources' fields: what a condition is called, and which codes it may name.

A field is looked up by source first (`kind` means something else in every source), then among the fields that read
alike everywhere.
"""

from dataclasses import dataclass

from tongket.core import codelists as codes
from tongket.core.codelists import Code, CodeList

__all__ = ["ORGANISATION_KIND", "Words", "words_of"]

# The kinds themselves, with their dates and rules, are data of `tongket.rules`, which this part may not import:
# a test holds the two lists together.
ORGANISATION_KIND = CodeList(
    "organisation_kind",
    (
        Code("central", "Cơ quan lãnh đạo Đảng ở Trung ương", "Central Party body"),
        Code(
            "province_committee",
            "Đảng bộ tỉnh, thành phố trực thuộc Trung ương",
            "Province Party organisation",
        ),
        Code("district_committee", "Đảng bộ huyện", "District Party organisation"),
        Code(
            "commune_committee_2025",
            "Đảng bộ xã, phường, đặc khu",
            "Commune, ward or special-zone Party organisation",
        ),
        Code(
            "agencies_committee",
            "Đảng bộ cơ quan cấp trên trực tiếp của tổ chức cơ sở đảng",
            "Party organisation of agencies, directly above the grassroots",
        ),
        Code("grassroots_body", "Đảng bộ cơ sở", "Grassroots Party body"),
        Code("grassroots_cell", "Chi bộ cơ sở", "Grassroots cell"),
        Code("sub_body", "Đảng bộ bộ phận", "Party sub-body"),
        Code("cell", "Chi bộ trực thuộc", "Cell under a body"),
        Code("group", "Tổ đảng", "Party group"),
        Code("advisory_body", "Cơ quan tham mưu, giúp việc cấp ủy", "Advisory body of a committee"),
    ),
)


@dataclass(frozen=True, slots=True)
class Words:
    """What a field is called in a sentence, and the list its codes are of (None: not a field of a closed list).

    A yes/no field has the sentence for yes in `vi` and the one for no in `no`.
    """

    vi: str
    codes: CodeList | None = None
    no: str = ""


_COMMON: dict[str, Words] = {
    "gender": Words("giới tính", codes.GENDER),
    "ethnicity": Words("dân tộc", codes.ETHNICITY),
    "religion": Words("tôn giáo", codes.RELIGION),
    "age": Words("tuổi đời"),
    "schooling": Words("trình độ giáo dục phổ thông", codes.SCHOOLING),
    "education": Words("trình độ chuyên môn cao nhất", codes.EDUCATION),
    "academic_title": Words("chức danh khoa học", codes.ACADEMIC_TITLE),
    "theory": Words("trình độ lý luận chính trị", codes.THEORY),
    "occupation": Words("nghề nghiệp", codes.OCCUPATION),
    "youth_union": Words("là đoàn viên thanh niên", no="không là đoàn viên thanh niên"),
    "sector": Words("loại hình đơn vị", codes.SECTOR),
    "organisation_kind": Words("loại tổ chức đảng", ORGANISATION_KIND),
    "standing": Words("tư cách đảng viên", codes.STANDING),
    "standing_before": Words("tư cách đảng viên ngay trước đó", codes.STANDING),
    "exempt": Words("đang được miễn công tác và sinh hoạt", no="không thuộc diện miễn công tác và sinh hoạt"),
    "suspended": Words("đang bị đình chỉ sinh hoạt", no="không bị đình chỉ sinh hoạt"),
    "party_age": Words("tuổi Đảng"),
    "admitted_on": Words("ngày vào Đảng"),
    "complete": Words("hồ sơ đủ các mục bắt buộc", no="hồ sơ còn thiếu mục bắt buộc"),
    "committee_member": Words("là cấp ủy viên", no="không là cấp ủy viên"),
    "elsewhere": Words("phạm vi chuyển", codes.ELSEWHERE),
    "population_breach": Words("từng vi phạm chính sách dân số", no="không vi phạm chính sách dân số"),
    "foreign_spouse": Words("kết hôn với người nước ngoài", no="không kết hôn với người nước ngoài"),
    "village_head": Words("là trưởng thôn, phó thôn", no="không là trưởng thôn, phó thôn"),
    "grassroots": Words("là tổ chức cơ sở đảng", no="không là tổ chức cơ sở đảng"),
    "has_committee": Words("có cấp ủy", no="không có cấp ủy"),
    "members": Words("số đảng viên"),
    "admitted": Words("số đảng viên kết nạp trong kỳ"),
    "ends": Words("kết thúc hoạt động của tổ chức", no="không kết thúc hoạt động của tổ chức"),
    "post": Words("chức vụ", codes.POST),
    "indicator": Words("chỉ tiêu của chỉ số"),
    "giver": Words("cấp quyết định", codes.GIVER),
    "value": Words("mức chỉ tiêu"),
    "level": Words("mức xếp loại", codes.RATING_LEVEL),
    "reason": Words("lý do chưa, miễn đánh giá", codes.NOT_RATED_REASON),
    "years_excellent": Words("số năm liền hoàn thành xuất sắc nhiệm vụ"),
    "mark": Words("mức Huy hiệu (năm tuổi Đảng)"),
    "round": Words("đợt trao", codes.AWARD_ROUND),
    "early": Words("trao sớm", no="trao đúng hạn"),
    "posthumous": Words("truy tặng", no="tặng khi còn sống"),
    "recipient_kind": Words("đối tượng khen thưởng", codes.RECIPIENT),
    "issuer_level": Words("cấp ban hành", codes.GIVER),
    "needs_plan": Words("phải ban hành văn bản triển khai", no="không phải ban hành văn bản triển khai"),
    "planned": Words("đã ban hành văn bản triển khai", no="chưa ban hành văn bản triển khai"),
    "due": Words("đã đến hạn ban hành văn bản triển khai", no="chưa đến hạn ban hành văn bản triển khai"),
    "on_time": Words(
        "văn bản triển khai đầu tiên ban hành đúng hạn", no="chưa có văn bản triển khai đúng hạn"
    ),
    "studied": Words("đã tổ chức học tập, quán triệt", no="chưa tổ chức học tập, quán triệt"),
    "members_total": Words("tổng số đảng viên phải tính"),
    "members_exempt": Words("số đảng viên được miễn"),
    "members_due": Words("số đảng viên phải tham gia (tổng số trừ số được miễn)"),
    "members_excused": Words("số đảng viên vắng có lý do"),
    "members_attended": Words("số đảng viên tham gia"),
    "others_attended": Words("số người ngoài Đảng tham gia"),
    "sites": Words("số điểm cầu"),
    "ground": Words("nội dung vi phạm", codes.DISCIPLINE_GROUND),
}

_OF_SOURCE: dict[tuple[str, str], Words] = {
    ("events", "kind"): Words("việc", codes.MEMBER_EVENT),
    ("cards", "kind"): Words("loại việc về thẻ", codes.CARD_KIND),
    ("organisations", "kind"): Words("loại tổ chức đảng", ORGANISATION_KIND),
    ("organisation_acts", "kind"): Words("việc", codes.ORGANISATION_ACT),
    ("organisation_ratings", "kind"): Words("loại tổ chức đảng", ORGANISATION_KIND),
    ("targets", "giver"): Words("bên giao", codes.TARGET_GIVER),
    ("commendations", "form"): Words("hình thức khen thưởng", codes.COMMENDATION_FORM),
    ("commendations", "giver"): Words("cấp khen thưởng", codes.GIVER),
    ("directives", "kind"): Words("loại văn bản", codes.DOCUMENT_KIND),
    ("plans", "kind"): Words("loại văn bản", codes.DOCUMENT_KIND),
    ("study", "kind"): Words("loại lớp, hội nghị", codes.STUDY_KIND),
    ("study", "form"): Words("hình thức tổ chức", codes.STUDY_FORM),
    ("member_discipline", "form"): Words("hình thức kỷ luật", codes.DISCIPLINE_FORM),
    ("organisation_discipline", "form"): Words("hình thức kỷ luật", codes.DISCIPLINE_FORM),
}


def words_of(source: str, name: str) -> Words:
    """Words and code list of a source's field. Raises KeyError for a field that has none yet."""
    return _OF_SOURCE.get((source, name)) or _COMMON[name]
