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

# --- cases of discipline ----------------------------------------------------------------------------------

# How a case came up. `state`: a state body has disciplined the member and tells the Party body (rule disc.notify).
CASE_SOURCE = _list(
    "case_source",
    ("inspection", "Qua kiểm tra, giám sát", "Found by inspection"),
    ("complaint", "Tố cáo, phản ánh", "Complaint"),
    ("state", "Quyết định của cơ quan nhà nước", "Decision of a state body"),
    ("self_found", "Tự phát hiện, tự giác nhận", "Self-found or self-reported"),
)

# Who deals with a case and decides it (rule disc.who says who may).
CASE_BODY = _list(
    "case_body",
    ("cell", "Chi bộ", "Cell"),
    ("cell_committee", "Chi ủy", "Committee of a cell"),
    ("grassroots", "Đảng ủy, Ban Thường vụ đảng ủy cơ sở", "Grassroots committee"),
    ("superior", "Cấp ủy, Ban Thường vụ cấp trên cơ sở", "Committee above the grassroots"),
    ("inspection", "Ủy ban Kiểm tra", "Inspection commission"),
)

CASE_STATE = _list(
    "case_state",
    ("open", "Đang xem xét", "Open"),
    ("decided", "Đã quyết định kỷ luật", "Disciplined"),
    ("closed", "Kết thúc, không kỷ luật", "Closed without discipline"),
)

# What happens in a case after it was opened, in this order; the last three are of a suspension.
CASE_STEP = _list(
    "case_step",
    ("explained", "Đã nhận bản giải trình, tự kiểm điểm", "Statement of the person received"),
    ("voted", "Biểu quyết hình thức kỷ luật", "Vote on the form"),
    ("proposed", "Đề nghị cấp trên quyết định", "Proposed to the level above"),
    ("decided", "Quyết định kỷ luật", "Decided"),
    ("announced", "Công bố quyết định", "Announced"),
    ("served", "Giao quyết định cho người bị kỷ luật", "Served on the person"),
    ("closed", "Kết thúc, không thi hành kỷ luật", "Closed without discipline"),
    ("suspended", "Đình chỉ sinh hoạt, hoạt động", "Suspended"),
    ("suspension_extended", "Gia hạn đình chỉ", "Suspension extended"),
    ("suspension_ended", "Thôi đình chỉ", "Suspension ended"),
)

CASE_CLOSING = _list(
    "case_closing",
    ("no_breach", "Không có vi phạm", "No breach"),
    ("minor", "Có vi phạm nhưng chưa đến mức kỷ luật", "A breach below discipline"),
    ("out_of_time", "Đã hết thời hiệu kỷ luật", "Out of time"),
    ("died", "Đảng viên từ trần", "The member died"),
    ("not_member", "Không còn là đảng viên", "No longer a member"),
    ("handed_over", "Chuyển cơ quan khác xem xét", "Handed over to another body"),
)

# To whom a decision of discipline is appealed (rule disc.appeal.answer).
APPEAL_LEVEL = _list(
    "appeal_level",
    ("grassroots", "Đảng ủy cơ sở", "Grassroots committee"),
    ("superior", "Cấp ủy, Ủy ban Kiểm tra cấp trên cơ sở", "Above the grassroots"),
    ("province", "Tỉnh ủy, Ủy ban Kiểm tra Tỉnh ủy", "Province"),
    ("centre", "Trung ương", "Centre"),
)

APPEAL_OUTCOME = _list(
    "appeal_outcome",
    ("upheld", "Giữ nguyên", "Upheld"),
    ("lighter", "Giảm hình thức", "Lighter form"),
    ("harsher", "Tăng hình thức", "Harsher form"),
    ("annulled", "Hủy quyết định kỷ luật", "Annulled"),
)
