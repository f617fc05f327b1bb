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
    ("corrected", "Chi bộ xác nhận đã sửa chữa khuyết điểm", "Mended, as the cell confirms"),
)

# --- admissions -------------------------------------------------------------------------------------------

# What happens to a candidate, in the order in which it happens. Each step is a record of its own.
CANDIDATE_STEP = _list(
    "candidate_step",
    ("class", "Hoàn thành lớp bồi dưỡng nhận thức về Đảng", "Finished the course on the Party"),
    ("file", "Hồ sơ hoàn thành", "File complete"),
    ("resolution", "Chi bộ biểu quyết đề nghị kết nạp", "The cell votes on the admission"),
    ("reported_up", "Báo cáo cấp trên sau các lần không đủ phiếu", "Reported upward after failed votes"),
    ("committee", "Cấp ủy cơ sở xét, đề nghị kết nạp", "Considered by the grassroots committee"),
    ("forwarded", "Chuyển hồ sơ lên cấp có thẩm quyền", "Forwarded to the competent level"),
    ("appraised", "Ban tổ chức thẩm định, trình ban thường vụ", "Appraised, put to the standing committee"),
    ("extended", "Gia hạn thời gian xét quyết định", "Time for the decision extended"),
    ("decision", "Quyết định kết nạp", "Decision on the admission"),
    ("received", "Chi bộ nhận quyết định", "The cell receives the decision"),
    ("consent", "Cấp trên đồng ý tổ chức lễ quá hạn", "Consent to a later ceremony"),
    ("ceremony", "Lễ kết nạp", "Admission ceremony"),
    ("closed", "Thôi xét kết nạp", "Closed without admission"),
)

# Where a candidate stands: folded from the steps, never stored.
CANDIDATE_STAGE = _list(
    "candidate_stage",
    ("nominated", "Nguồn kết nạp", "Candidate"),
    ("class", "Đã học lớp nhận thức", "Course finished"),
    ("file", "Đủ hồ sơ", "File complete"),
    ("resolution", "Chi bộ đã biểu quyết", "Voted by the cell"),
    ("committee", "Cấp ủy cơ sở đã xét", "Considered by the committee"),
    ("forwarded", "Đang thẩm định", "Being appraised"),
    ("appraised", "Chờ quyết định", "Awaiting the decision"),
    ("decision", "Chờ lễ kết nạp", "Awaiting the ceremony"),
    ("admitted", "Đã kết nạp", "Admitted"),
    ("closed", "Thôi xét", "Closed"),
)

CLOSING_REASON = _list(
    "closing_reason",
    ("refused", "Cấp có thẩm quyền không đồng ý kết nạp", "Refused by the competent body"),
    ("not_voted", "Không đủ phiếu tán thành", "Too few votes"),
    ("standard", "Không còn đủ tiêu chuẩn, điều kiện", "Standards no longer met"),
    ("withdrawn", "Người xin vào Đảng rút đơn", "Withdrawn by the candidate"),
    ("moved", "Chuyển nơi công tác, cư trú", "Moved away"),
    ("died", "Từ trần", "Died"),
    ("other", "Lý do khác", "Another reason"),
)

PROBATION_STEP = _list(
    "probation_step",
    ("helper", "Phân công đảng viên chính thức giúp đỡ", "Mentor assigned"),
    ("class", "Hoàn thành lớp bồi dưỡng đảng viên mới", "Finished the course for new members"),
    ("resolution", "Chi bộ biểu quyết công nhận chính thức", "The cell votes on the recognition"),
    ("reported_up", "Báo cáo cấp trên sau các lần không đủ phiếu", "Reported upward after failed votes"),
    ("removal", "Chi bộ đề nghị xóa tên", "The cell proposes striking off"),
    ("forwarded", "Chuyển hồ sơ lên cấp có thẩm quyền", "Forwarded to the competent level"),
    ("appraised", "Ban tổ chức thẩm định, trình ban thường vụ", "Appraised, put to the standing committee"),
    ("extended", "Gia hạn thời gian xét quyết định", "Time for the decision extended"),
    ("decision", "Quyết định công nhận đảng viên chính thức", "Decision on the recognition"),
)

# Who has to act next: a paper that is late lies on somebody's desk.
DESK = _list(
    "desk",
    ("cell", "Chi bộ", "The cell"),
    ("committee", "Cấp ủy cơ sở", "The grassroots committee"),
    ("board", "Ban tổ chức cấp ủy cấp trên", "The organisation board above"),
    ("standing", "Ban thường vụ", "The standing committee"),
)

DEADLINE = _list(
    "admission_deadline",
    ("class", "Giấy chứng nhận lớp nhận thức còn giá trị", "Course certificate valid"),
    ("admit", "Quyết định kết nạp", "Decision on the admission"),
    ("ceremony", "Tổ chức lễ kết nạp", "Admission ceremony"),
    ("probation", "Hết thời kỳ dự bị", "Probation ends"),
    ("review", "Chi bộ xét công nhận chính thức", "The cell considers the recognition"),
    ("recognise", "Quyết định công nhận chính thức", "Decision on the recognition"),
)

# Where a probation stands: folded from the register and the steps, never stored.
PROBATION_STAGE = _list(
    "probation_stage",
    ("running", "Đang dự bị", "On probation"),
    ("due", "Hết 12 tháng, chờ chi bộ xét", "Over, to be considered by the cell"),
    ("resolution", "Chờ quyết định công nhận", "Awaiting the decision"),
    ("removal", "Đã đề nghị xóa tên", "Striking off proposed"),
    ("decision", "Đã có quyết định", "Decided"),
    ("unknown", "Chưa rõ ngày lễ kết nạp", "Day of the ceremony not known"),
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
    ("signs", "Kiểm tra khi có dấu hiệu vi phạm", "Inspection on signs of a breach"),
    ("denunciation", "Giải quyết tố cáo", "Settling a denunciation"),
    ("complaint", "Giải quyết khiếu nại kỷ luật đảng", "Settling an appeal against discipline"),
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
    ("head", "Trưởng đoàn", "Leader"),
    ("deputy", "Phó trưởng đoàn", "Deputy leader"),
    ("secretary", "Thư ký", "Secretary"),
    ("member", "Thành viên", "Member"),
)

FINDING_KIND = _list(
    "finding_kind",
    ("strength", "Ưu điểm", "Strength"),
    ("shortcoming", "Khuyết điểm", "Shortcoming"),
    ("violation", "Vi phạm", "Breach"),
)

# --- cases of discipline ----------------------------------------------------------------------------------

# How a case came up. `state`: a state body has disciplined the member and tells the Party body (rule disc.notify).
CASE_SOURCE = _list(
    "case_source",
    ("inspection", "Qua kiểm tra, giám sát", "Found by inspection"),
    ("complaint", "Tố cáo, phản ánh", "Denunciation"),
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
    ("explained", "Đã nhận bản giải trình, tự kiểm điểm", "Explanation received"),
    ("voted", "Biểu quyết hình thức kỷ luật", "Vote on the form"),
    ("proposed", "Đề nghị cấp trên quyết định", "Proposed to the level above"),
    ("decided", "Quyết định kỷ luật", "Decided"),
    ("announced", "Công bố quyết định", "Announced"),
    ("served", "Giao quyết định cho người bị kỷ luật", "Decision delivered"),
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

# --- commendations ----------------------------------------------------------------------------------------

# Rule `com.kinds`.
COMMENDING_KIND = _list(
    "commending_kind",
    ("yearly", "Định kỳ hằng năm", "Yearly"),
    ("five_year", "Định kỳ 5 năm", "Every five years"),
    ("irregular", "Không theo định kỳ", "Not periodic"),
    ("topical", "Chuyên đề", "On one subject"),
)

# What a title asks of the yearly ratings (rule `com.gate`); how many years is said beside it.
COMMENDING_GATE = _list(
    "commending_gate",
    ("none", "Không xét theo xếp loại", "Ratings not asked"),
    ("excellent", "Hoàn thành xuất sắc nhiệm vụ trong năm", "Excellent in the year"),
    ("running", "Hoàn thành xuất sắc nhiệm vụ nhiều năm liên tục", "Excellent for years running"),
)

# What the share of a title's cap is a share of.
COMMENDING_CAP_BASE = _list(
    "commending_cap_base",
    ("excellent", "Số được xếp loại hoàn thành xuất sắc", "Those rated excellent"),
    ("rated", "Số được xếp loại", "Those rated"),
)

# The automatic checks of a proposal; an override names one of them.
COMMENDING_CHECK = _list(
    "commending_check",
    ("rating", "Kết quả xếp loại", "Rating"),
    ("discipline", "Kỷ luật trong kỳ", "Discipline in the period"),
    ("giver", "Thẩm quyền khen", "Who may give it"),
    ("once", "Chưa nhận danh hiệu này trong kỳ", "Not given yet in the period"),
    ("cap", "Số lượng tối đa của danh hiệu", "Cap of the title"),
)

# --- badges -----------------------------------------------------------------------------------------------

BADGE_GROUND = _list(
    "badge_ground",
    ("due", "Đủ tuổi Đảng", "Mark reached"),
    ("early", "Tặng sớm (bệnh nặng)", "Early, gravely ill"),
    ("posthumous", "Truy tặng", "Posthumous"),
)

# A proposal stands at one body at a time; "sent": the top of the register has submitted it to who decides.
BADGE_STATE = _list(
    "badge_state",
    ("proposed", "Đã đề nghị", "Proposed"),
    ("sent", "Đã trình cấp quyết định", "Laid before the deciding level"),
    ("approved", "Đã có quyết định", "Decided"),
    ("refused", "Không được duyệt", "Refused"),
    ("awarded", "Đã trao", "Awarded"),
    ("withdrawn", "Đã rút", "Withdrawn"),
)
