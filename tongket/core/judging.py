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

# --- badges -----------------------------------------------------------------------------------------------

BADGE_GROUND = _list(
    "badge_ground",
    ("due", "Đủ tuổi Đảng", "Mark reached"),
    ("early", "Tặng sớm (bệnh nặng)", "Early, gravely ill"),
    ("posthumous", "Truy tặng", "After death"),
)

# A proposal stands at one body at a time; "sent": the top of the register has submitted it to who decides.
BADGE_STATE = _list(
    "badge_state",
    ("proposed", "Đã đề nghị", "Proposed"),
    ("sent", "Đã trình cấp quyết định", "Submitted to who decides"),
    ("approved", "Đã có quyết định", "Decided"),
    ("refused", "Không được duyệt", "Refused"),
    ("awarded", "Đã trao", "Awarded"),
    ("withdrawn", "Đã rút", "Withdrawn"),
)
