"""Code lists of the year's work: obligations, papers, conferences, events. Ours: no official list was found."""

from tongket.core.codelists import Code, CodeList


def _list(name: str, *rows: tuple[str, str, str]) -> CodeList:
    return CodeList(name, tuple(Code(*row) for row in rows))


# --- papers -----------------------------------------------------------------------------------------------

BOOK = _list("book", ("received", "Văn bản đến", "Received"), ("issued", "Văn bản đi", "Issued"))

PAPER_CHANGE = _list(
    "paper_change",
    ("updated", "Cập nhật", "Updated"),
    ("replaced", "Được thay thế", "Replaced"),
    ("revoked", "Bị thu hồi", "Revoked"),
)

# --- obligations ------------------------------------------------------------------------------------------

OBLIGATION_KIND = _list(
    "obligation_kind",
    ("study", "Học tập, quán triệt", "Study session"),
    ("plan", "Ban hành văn bản triển khai", "Implementing paper"),
    ("report", "Báo cáo", "Report"),
    ("task", "Nhiệm vụ", "Task"),
)

OBLIGATION_STATE = _list(
    "obligation_state",
    ("received", "Đã nhận", "Received"),
    ("planned", "Đã có kế hoạch", "Planned"),
    ("done", "Đã làm, chưa báo cáo", "Done"),
    ("reported", "Đã báo cáo", "Reported"),
    ("accepted", "Đã được chấp nhận", "Accepted"),
    ("returned", "Bị trả lại", "Returned"),
)

STEP = _list(
    "step",
    ("planned", "Lên kế hoạch", "Planned"),
    ("done", "Làm xong", "Done"),
    ("reported", "Báo cáo", "Reported"),
    ("accepted", "Chấp nhận", "Accepted"),
    ("returned", "Trả lại", "Returned"),
    ("extended", "Gia hạn", "Extended"),
    ("reminded", "Đôn đốc", "Reminded"),
)

# How an obligation stands on a day. Only what was reported, stands and came in time counts as done.
OUTCOME = _list(
    "outcome",
    ("on_time", "Đúng hạn", "On time"),
    ("late", "Muộn", "Late"),
    ("overdue", "Quá hạn, chưa xong", "Overdue"),
    ("waiting", "Trong hạn", "Within time"),
)

# --- conferences ------------------------------------------------------------------------------------------

CONFERENCE_KIND = _list(
    "conference_kind",
    ("year_end", "Hội nghị tổng kết", "Year-end conference"),
    ("mid_year", "Hội nghị sơ kết", "Mid-year conference"),
    ("committee", "Hội nghị ban chấp hành", "Committee meeting"),
    ("standing", "Hội nghị ban thường vụ", "Standing committee meeting"),
    ("study", "Hội nghị quán triệt", "Study conference"),
    ("thematic", "Hội nghị chuyên đề", "Thematic conference"),
    ("cell", "Sinh hoạt chi bộ", "Cell meeting"),
)

CONFERENCE_STATE = _list(
    "conference_state",
    ("draft", "Đang chuẩn bị", "In preparation"),
    ("called", "Đã triệu tập", "Called"),
    ("running", "Đang diễn ra", "Running"),
    ("closed", "Đã kết thúc", "Closed"),
)

REPLY = _list(
    "reply",
    ("none", "Chưa trả lời", "No answer"),
    ("coming", "Sẽ dự", "Coming"),
    ("excused", "Xin vắng", "Asks to be excused"),
)

ATTENDANCE = _list(
    "attendance",
    ("present", "Có mặt", "Present"),
    ("excused", "Vắng có lý do", "Absent with reason"),
    ("absent", "Vắng không lý do", "Absent without reason"),
)

# Base = all who are entitled, present or not, as the working regulations say; `votes.py` holds the shares.
MAJORITY = _list(
    "majority",
    (
        "over_half",
        "Quá một nửa số người được triệu tập có quyền biểu quyết",
        "More than half of those entitled",
    ),
    (
        "two_thirds",
        "Ít nhất hai phần ba số người được triệu tập có quyền biểu quyết",
        "Two thirds of those entitled",
    ),
)

# --- events -----------------------------------------------------------------------------------------------

EVENT_KIND = _list(
    "event_kind",
    ("commemoration", "Kỷ niệm", "Commemoration"),
    ("twinning", "Hoạt động kết nghĩa", "Twinning activity"),
    ("visit", "Thăm, làm việc", "Visit"),
    ("meeting", "Gặp mặt, tọa đàm", "Gathering"),
)

# --- public mood: by topic, never by person (design point 8) ----------------------------------------------

MOOD_TOPIC = _list(
    "mood_topic",
    ("livelihood", "Đời sống, thu nhập, việc làm", "Livelihood and work"),
    ("land", "Đất đai, giải phóng mặt bằng", "Land and clearance"),
    ("environment", "Môi trường, nước sạch, rác thải", "Environment"),
    ("infrastructure", "Đường sá, điện, hạ tầng", "Roads and infrastructure"),
    ("health", "Y tế, bảo hiểm", "Health care"),
    ("education", "Giáo dục", "Education"),
    ("order", "An ninh trật tự, tệ nạn", "Public order"),
    ("administration", "Thủ tục hành chính, thái độ phục vụ", "Administration and service"),
    ("party", "Xây dựng Đảng, cán bộ", "Party building"),
    ("policy", "Chủ trương, chính sách mới", "New policies"),
    ("other", "Nội dung khác", "Other"),
)
