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
