"""Words and code lists of the sources' fields: what a condition is called, and which codes it may name.

A field is looked up by source first (`kind` means something else in every source), then among the fields that read
alike everywhere.
"""

from tongket.core import codelists as codes
from tongket.core import worklists as work
from tongket.core.codelists import Code, CodeList

from .judging.fields import JUDGING
from .model import Words

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


_COMMON: dict[str, Words] = {
    "gender": Words("giới tính", "sex", codes.GENDER),
    "ethnicity": Words("dân tộc", "ethnicity", codes.ETHNICITY),
    "religion": Words("tôn giáo", "religion", codes.RELIGION),
    "age": Words("tuổi đời", "age"),
    "schooling": Words("trình độ giáo dục phổ thông", "schooling", codes.SCHOOLING),
    "education": Words("trình độ chuyên môn cao nhất", "highest education", codes.EDUCATION),
    "academic_title": Words("chức danh khoa học", "academic title", codes.ACADEMIC_TITLE),
    "theory": Words("trình độ lý luận chính trị", "political theory", codes.THEORY),
    "occupation": Words("nghề nghiệp", "occupation", codes.OCCUPATION),
    "youth_union": Words(
        "là đoàn viên thanh niên",
        "in the youth union",
        no="không là đoàn viên thanh niên",
        no_en="not in the youth union",
    ),
    "sector": Words("loại hình đơn vị", "type of unit", codes.SECTOR),
    "organisation_kind": Words("loại tổ chức đảng", "kind of organisation", ORGANISATION_KIND),
    "standing": Words("tư cách đảng viên", "standing", codes.STANDING),
    "standing_before": Words("tư cách đảng viên ngay trước đó", "standing just before", codes.STANDING),
    "exempt": Words(
        "đang được miễn công tác và sinh hoạt",
        "exempt from work and meetings",
        no="không thuộc diện miễn công tác và sinh hoạt",
        no_en="not exempt from work and meetings",
    ),
    "suspended": Words(
        "đang bị đình chỉ sinh hoạt", "suspended", no="không bị đình chỉ sinh hoạt", no_en="not suspended"
    ),
    "party_age": Words("tuổi Đảng", "years in the Party"),
    "admitted_on": Words("ngày vào Đảng", "day of joining"),
    "complete": Words(
        "hồ sơ đủ các mục bắt buộc",
        "profile without a gap",
        no="hồ sơ còn thiếu mục bắt buộc",
        no_en="profile with gaps",
    ),
    "committee_member": Words(
        "là cấp ủy viên", "sits in a committee", no="không là cấp ủy viên", no_en="sits in no committee"
    ),
    "elsewhere": Words("phạm vi chuyển", "range of the move", codes.ELSEWHERE),
    "population_breach": Words(
        "từng vi phạm chính sách dân số",
        "once in breach of the population policy",
        no="không vi phạm chính sách dân số",
        no_en="not in breach of the population policy",
    ),
    "foreign_spouse": Words(
        "kết hôn với người nước ngoài",
        "married to a foreigner",
        no="không kết hôn với người nước ngoài",
        no_en="not married to a foreigner",
    ),
    "village_head": Words(
        "là trưởng thôn, phó thôn",
        "village head or deputy",
        no="không là trưởng thôn, phó thôn",
        no_en="not village head or deputy",
    ),
    "grassroots": Words(
        "là tổ chức cơ sở đảng",
        "is a grassroots organisation",
        no="không là tổ chức cơ sở đảng",
        no_en="is no grassroots organisation",
    ),
    "has_committee": Words("có cấp ủy", "has a committee", no="không có cấp ủy", no_en="has no committee"),
    "members": Words("số đảng viên", "number of members"),
    "admitted": Words("số đảng viên kết nạp trong kỳ", "members admitted in the period"),
    "ends": Words(
        "kết thúc hoạt động của tổ chức",
        "ends the organisation",
        no="không kết thúc hoạt động của tổ chức",
        no_en="does not end the organisation",
    ),
    "post": Words("chức vụ", "post", codes.POST),
    "indicator": Words("chỉ tiêu của chỉ số", "target of the figure"),
    "value": Words("mức giao", "value of the target"),
    "level": Words("mức xếp loại", "rating", codes.RATING_LEVEL),
    "reason": Words("lý do chưa, miễn đánh giá", "reason for no rating", codes.NOT_RATED_REASON),
    "years_excellent": Words("số năm liền hoàn thành xuất sắc nhiệm vụ", "years rated excellent in a row"),
    "mark": Words("mức Huy hiệu (năm tuổi Đảng)", "mark (years in the Party)"),
    "round": Words("đợt trao", "round", codes.AWARD_ROUND),
    "early": Words("trao sớm", "given early", no="trao đúng hạn", no_en="given in time"),
    "posthumous": Words("truy tặng", "given after death", no="tặng khi còn sống", no_en="given in life"),
    "recipient_kind": Words("đối tượng khen thưởng", "recipient", codes.RECIPIENT),
    "issuer_level": Words("cấp ban hành", "level of the issuer", codes.GIVER),
    "needs_plan": Words(
        "phải ban hành văn bản triển khai",
        "needs a plan",
        no="không phải ban hành văn bản triển khai",
        no_en="needs no plan",
    ),
    "planned": Words(
        "đã ban hành văn bản triển khai",
        "a plan was issued",
        no="chưa ban hành văn bản triển khai",
        no_en="no plan was issued yet",
    ),
    "due": Words(
        "đã đến hạn ban hành văn bản triển khai",
        "the plan is due",
        no="chưa đến hạn ban hành văn bản triển khai",
        no_en="the plan is not yet due",
    ),
    "on_time": Words(
        "văn bản triển khai đầu tiên ban hành đúng hạn",
        "the first plan came on time",
        no="chưa có văn bản triển khai đúng hạn",
        no_en="no plan came on time",
    ),
    "studied": Words(
        "đã tổ chức học tập, quán triệt",
        "was studied in a session",
        no="chưa tổ chức học tập, quán triệt",
        no_en="was not studied yet",
    ),
    "members_total": Words("tổng số đảng viên phải tính", "members on the lists"),
    "members_exempt": Words("số đảng viên được miễn", "members exempt"),
    "members_due": Words(
        "số đảng viên phải tham gia (tổng số trừ số được miễn)", "members due (total less exempt)"
    ),
    "members_excused": Words("số đảng viên vắng có lý do", "members absent with reason"),
    "members_attended": Words("số đảng viên tham gia", "members attending"),
    "others_attended": Words("số người ngoài Đảng tham gia", "non-members attending"),
    "sites": Words("số điểm cầu", "sites"),
    "ground": Words("nội dung vi phạm", "kind of fault", codes.DISCIPLINE_GROUND),
    "outcome": Words("kết quả theo hạn", "outcome by the deadline", work.OUTCOME),
    "extended": Words("đã được gia hạn", "was extended", no="chưa được gia hạn", no_en="was not extended"),
    "on_behalf": Words(
        "có việc do văn phòng nhập thay",
        "a step was entered on its behalf",
        no="không có việc nhập thay",
        no_en="no step was entered on its behalf",
    ),
    "from_directive": Words(
        "giao theo văn bản", "comes from a paper", no="không giao theo văn bản", no_en="comes from no paper"
    ),
    "document_kind": Words("loại văn bản làm căn cứ", "kind of the paper behind it", codes.DOCUMENT_KIND),
    "from_conference": Words(
        "giao theo kết luận hội nghị",
        "comes from a conference",
        no="không giao theo kết luận hội nghị",
        no_en="comes from no conference",
    ),
    "from_inspection": Words(
        "giao để khắc phục sau kiểm tra, giám sát",
        "remedies what an inspection found",
        no="không giao sau kiểm tra, giám sát",
        no_en="comes from no inspection",
    ),
    "receivers": Words("số tổ chức được giao", "organisations it was handed to"),
    "ended": Words(
        "đã được thay thế hoặc bị thu hồi",
        "was replaced or revoked",
        no="chưa bị thay thế, thu hồi",
        no_en="was not replaced or revoked",
    ),
    "held": Words("đã tổ chức", "was held", no="chưa tổ chức", no_en="was not held yet"),
    "twinned": Words(
        "gắn với quan hệ kết nghĩa",
        "belongs to a twinning",
        no="không gắn với quan hệ kết nghĩa",
        no_en="belongs to no twinning",
    ),
    "round_year": Words(
        "kỷ niệm năm tròn",
        "marks a round anniversary",
        no="không phải năm tròn",
        no_en="marks no round anniversary",
    ),
    "topic": Words("chủ đề", "topic", work.MOOD_TOPIC),
    "answered": Words(
        "đã trả lời, giải quyết", "was answered", no="chưa trả lời", no_en="was not answered yet"
    ),
    "attendance": Words("có mặt, vắng mặt", "attendance", work.ATTENDANCE),
    "reply": Words("trả lời giấy mời", "answer to the invitation", work.REPLY),
    "voting": Words("có quyền biểu quyết", "may vote", no="không có quyền biểu quyết", no_en="may not vote"),
    "member": Words(
        "là đảng viên trong danh sách",
        "is a member of the register",
        no="là khách mời ngoài danh sách đảng viên",
        no_en="is a guest",
    ),
    "handed": Words(
        "đã giao thành nhiệm vụ",
        "was handed out as a task",
        no="chưa giao thành nhiệm vụ",
        no_en="was not handed out yet",
    ),
}

_OF_SOURCE: dict[tuple[str, str], Words] = JUDGING | {
    ("events", "kind"): Words("việc", "event", codes.MEMBER_EVENT),
    ("cards", "kind"): Words("loại việc về thẻ", "kind of card act", codes.CARD_KIND),
    ("organisations", "kind"): Words("loại tổ chức đảng", "kind of organisation", ORGANISATION_KIND),
    ("organisation_acts", "kind"): Words("việc", "act", codes.ORGANISATION_ACT),
    ("organisation_ratings", "kind"): Words("loại tổ chức đảng", "kind of organisation", ORGANISATION_KIND),
    ("targets", "giver"): Words("bên giao", "giver", codes.TARGET_GIVER),
    ("commendations", "form"): Words(
        "hình thức khen thưởng", "form of commendation", codes.COMMENDATION_FORM
    ),
    ("commendations", "giver"): Words("cấp khen thưởng", "level that commends", codes.GIVER),
    ("directives", "kind"): Words("loại văn bản", "kind of paper", codes.DOCUMENT_KIND),
    ("plans", "kind"): Words("loại văn bản", "kind of paper", codes.DOCUMENT_KIND),
    ("study", "kind"): Words("loại lớp, hội nghị", "kind of session", codes.STUDY_KIND),
    ("study", "form"): Words("hình thức tổ chức", "form of session", codes.STUDY_FORM),
    ("papers", "kind"): Words("loại văn bản", "kind of paper", codes.DOCUMENT_KIND),
    ("planned_sessions", "kind"): Words("loại lớp, hội nghị", "kind of session", codes.STUDY_KIND),
    ("planned_sessions", "form"): Words("hình thức tổ chức", "form of session", codes.STUDY_FORM),
    **{
        (source, "kind"): Words("loại việc", "kind of task", work.OBLIGATION_KIND)
        for source in ("obligations", "handed", "demands", "reminders")
    },
    **{
        (source, "state"): Words("trạng thái", "state", work.OBLIGATION_STATE)
        for source in ("obligations", "handed")
    },
    **{
        (source, "kind"): Words("loại hội nghị", "kind of conference", work.CONFERENCE_KIND)
        for source in ("conferences", "invitations", "delegates", "conclusions")
    },
    **{
        (source, "state"): Words("trạng thái hội nghị", "state of the conference", work.CONFERENCE_STATE)
        for source in ("conferences", "invitations", "delegates", "conclusions")
    },
    ("activities", "kind"): Words("loại hoạt động", "kind of activity", work.EVENT_KIND),
    ("member_discipline", "form"): Words("hình thức kỷ luật", "form of discipline", codes.DISCIPLINE_FORM),
    ("organisation_discipline", "form"): Words(
        "hình thức kỷ luật", "form of discipline", codes.DISCIPLINE_FORM
    ),
}


def words_of(source: str, name: str) -> Words:
    """Words and code list of a source's field. Raises KeyError for a field that has none yet."""
    return _OF_SOURCE.get((source, name)) or _COMMON[name]
