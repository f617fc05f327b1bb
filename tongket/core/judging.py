"""Code lists of the year's judging: rating rounds, badges, commendations, inspections, cases, admissions.

Ours: no official list of codes was found; the words are those of the regulations.
"""

from tongket.core.codelists import Code, CodeList


def _list(name: str, *rows: tuple[str, str, str]) -> CodeList:
    return CodeList(name, tuple(Code(*row) for row in rows))


# --- ratings ----------------------------------------------------------------------------------------------

RATED = _list(
    "rated", ("organisations", "Tổ chức đảng", "Organisations"), ("members", "Đảng viên", "Members")
)

# The chain of a rating. Each stage is a record of its own; a later one never changes an earlier one.
RATING_STAGE = _list(
    "rating_stage",
    ("self", "Tự đánh giá", "Self-rating"),
    ("vote", "Biểu quyết tại hội nghị", "Vote of the meeting"),
    ("opinion", "Ý kiến của cơ quan, tổ chức liên quan", "Opinion of another body"),
    ("appraisal", "Thẩm định, đề xuất", "Appraisal and proposal"),
    ("decision", "Quyết định", "Decision"),
)

# What the cap on excellent is a share of (rule `rate.cap.base`).
CAP_BASE = _list(
    "cap_base",
    ("tot", "Số hoàn thành tốt nhiệm vụ", "Those rated good"),
    ("tot_tro_len", "Số hoàn thành tốt nhiệm vụ trở lên", "Those rated good or excellent"),
)

# --- discipline -------------------------------------------------------------------------------------------

DISCIPLINE_END = _list(
    "discipline_end",
    ("annulled", "Hủy quyết định kỷ luật", "Annulled"),
    ("corrected", "Chi bộ xác nhận đã sửa chữa khuyết điểm", "Correction confirmed"),
)

# --- inspection and supervision ---------------------------------------------------------------------------

# Who inspects (rule `insp.who`); which of them an organisation has follows from its kind (`insp.bodies`).
INSPECTION_SUBJECT = _list(
    "inspection_subject",
    ("committee", "Cấp ủy", "Committee"),
    ("standing", "Ban thường vụ", "Standing committee"),
    ("commission", "Ủy ban kiểm tra", "Inspection commission"),
    ("advisory", "Cơ quan tham mưu, giúp việc cấp ủy", "Advisory body"),
    ("grassroots", "Đảng ủy cơ sở", "Grassroots committee"),
    ("sub_body", "Đảng ủy bộ phận", "Committee of a sub-body"),
    ("cell", "Chi bộ", "Cell"),
)

INSPECTION_KIND = _list(
    "inspection_kind",
    ("compliance", "Kiểm tra chấp hành, chuyên đề", "Inspection of compliance"),
    ("signs", "Kiểm tra khi có dấu hiệu vi phạm", "Inspection on signs of a violation"),
    ("denunciation", "Giải quyết tố cáo", "Settling a denunciation"),
    ("complaint", "Giải quyết khiếu nại kỷ luật đảng", "Settling a complaint against discipline"),
    ("enforcement", "Kiểm tra thi hành kỷ luật đảng", "Inspection of the enforcement of discipline"),
    ("finance", "Kiểm tra tài chính đảng", "Inspection of Party finances"),
    ("regular", "Giám sát thường xuyên", "Regular supervision"),
    ("thematic", "Giám sát chuyên đề", "Thematic supervision"),
)
SUPERVISION = frozenset({"regular", "thematic"})

INSPECTION_STEP = _list(
    "inspection_step",
    ("announced", "Thông báo cho đối tượng", "Announced"),
    ("started", "Bắt đầu làm việc", "Started"),
    ("extended", "Gia hạn", "Extended"),
    ("reported", "Đoàn báo cáo kết quả", "Reported"),
    ("concluded", "Ban hành kết luận", "Concluded"),
    ("notified", "Thông báo kết luận cho đối tượng", "Conclusion announced"),
    ("followed", "Kết thúc theo dõi khắc phục", "Followed up"),
)

INSPECTION_STATE = _list(
    "inspection_state",
    ("planned", "Chưa triển khai", "Planned"),
    ("announced", "Đã thông báo", "Announced"),
    ("started", "Đang tiến hành", "Under way"),
    ("reported", "Đã báo cáo, chờ kết luận", "Reported"),
    ("concluded", "Đã kết luận, chưa thông báo", "Concluded"),
    ("notified", "Đã thông báo kết luận", "Conclusion announced"),
    ("followed", "Đã kết thúc", "Closed"),
)

TEAM_ROLE = _list(
    "team_role",
    ("head", "Trưởng đoàn", "Head"),
    ("deputy", "Phó trưởng đoàn", "Deputy head"),
    ("secretary", "Thư ký", "Secretary"),
    ("member", "Thành viên", "Member"),
)

FINDING_KIND = _list(
    "finding_kind",
    ("strength", "Ưu điểm", "Strength"),
    ("shortcoming", "Khuyết điểm", "Shortcoming"),
    ("violation", "Vi phạm", "Violation"),
)
