"""`docs/rights.md`: the table of rights in both languages, made from `duties.py`.

python -m tongket.accounts.docs    writes the page; a test compares it with the table.
"""

from pathlib import Path

from tongket.accounts.duties import DUTIES, RIGHTS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "rights.md"

# What each verb lets one do, in Vietnamese and English; a verb without its words fails the build.
_VERBS: dict[str, tuple[str, str]] = {
    "organisation.read": ("Xem tổ chức", "Read organisations"),
    "organisation.write": ("Ghi thay đổi về tổ chức", "Record changes of organisations"),
    "figure.read": ("Xem số liệu", "Read figures"),
    "member.read": ("Xem danh sách, hồ sơ đảng viên", "Read members and their files"),
    "member.sensitive": (
        "Xem dân tộc, tôn giáo, CCCD, nơi ở (mỗi lần xem được ghi nhật ký)",
        "Read ethnicity, religion, identity number, addresses (each reading is logged)",
    ),
    "member.write": ("Ghi hồ sơ và các việc của đảng viên", "Record members and their events"),
    "target.read": ("Xem chỉ tiêu", "Read targets"),
    "target.write": ("Giao chỉ tiêu", "Set and share out targets"),
    "rating.read": ("Xem kết quả đánh giá, xếp loại", "Read ratings"),
    "rating.write": ("Ghi kết quả đánh giá, xếp loại", "Record ratings"),
    "honour.read": ("Xem Huy hiệu Đảng, khen thưởng", "Read badges and commendations"),
    "honour.write": ("Ghi Huy hiệu Đảng, khen thưởng", "Record badges and commendations"),
    "directive.read": ("Xem văn bản đến và văn bản triển khai", "Read directives and plans"),
    "directive.write": ("Ghi văn bản đến và văn bản triển khai", "Record directives and plans"),
    "obligation.read": ("Xem việc được giao, tiến độ", "Read obligations and their progress"),
    "obligation.write": (
        "Giao việc, nhận, trả lại; báo cáo việc của đơn vị mình",
        "Hand out, accept, return obligations; report one's own",
    ),
    "study.read": ("Xem hội nghị học tập, quán triệt", "Read study sessions"),
    "study.write": ("Ghi hội nghị học tập, quán triệt", "Record study sessions"),
    "conference.read": ("Xem hội nghị", "Read conferences"),
    "conference.write": ("Triệu tập, điều hành, lập biên bản hội nghị", "Call, run and minute conferences"),
    "checkin.write": ("Điểm danh đại biểu", "Check delegates in"),
    "event.read": ("Xem hoạt động kỷ niệm, kết nghĩa", "Read commemorations and twinning"),
    "event.write": ("Ghi hoạt động kỷ niệm, kết nghĩa", "Record commemorations and twinning"),
    "bulletin.read": ("Xem tin tình hình tư tưởng, tâm trạng xã hội", "Read bulletins on public mood"),
    "bulletin.write": ("Ghi tin và trả lời", "Record bulletins and answers"),
    "admission.read": ("Xem nguồn kết nạp, tiến độ kết nạp, công nhận", "Read candidates and admissions"),
    "admission.write": ("Ghi nguồn kết nạp, các bước kết nạp, công nhận", "Record candidates and admissions"),
    "inspection.read": ("Xem chương trình, cuộc kiểm tra, giám sát", "Read inspections"),
    "inspection.write": ("Lập chương trình, ghi cuộc kiểm tra, giám sát", "Plan and record inspections"),
    "discipline.read": ("Xem kỷ luật", "Read discipline"),
    "discipline.write": ("Ghi kỷ luật", "Record discipline"),
    "report.read": ("Xem báo cáo", "Read reports"),
    "report.write": ("Lập báo cáo, sửa mẫu", "Make reports, edit templates"),
    "book.read": ("Xem sổ số liệu đã chốt", "See locked figure books"),
    "book.write": ("Chốt số liệu, ký lập", "Lock figures, sign as drawn up"),
    "book.sign": ("Ký soát sổ số liệu", "Countersign a figure book"),
    "book.approve": ("Ký duyệt sổ số liệu", "Approve a figure book"),
    "draft.write": ("Soát số liệu của bản thảo", "Check the figures of a draft"),
    "register.reorganise": (
        "Lập và thực hiện phương án sắp xếp tổ chức",
        "Draw up and carry out reorganisations",
    ),
    "intake.write": ("Nhập sổ Excel", "Import workbooks"),
    "register.merge": (
        "So sánh, gộp và tách hồ sơ đảng viên ghi trùng",
        "Compare, merge and take apart entries of the register",
    ),
    "rule.read": ("Xem danh mục quy định", "Read the catalogue of rules"),
    "ledger.read": ("Xem nhật ký", "Read the ledger"),
    "account.write": ("Tạo người dùng, giao nhiệm vụ", "Make users, assign duties"),
}

_HEAD = """# Quyền theo nhiệm vụ · Rights by duty

Trang này được tạo từ `tongket/accounts/duties.py` bằng `python -m tongket.accounts.docs`; không sửa tay.
Một người có quyền ở một tổ chức khi được giao nhiệm vụ có quyền đó ở chính tổ chức ấy hoặc ở cấp trên của nó.

This page is made from `tongket/accounts/duties.py` by `python -m tongket.accounts.docs`; do not edit it.
A user holds a right for an organisation when assigned a duty with it there, or at an organisation above.
"""


def page() -> str:
    """The whole page as text."""
    return f"{_HEAD}\n{_table('vi')}\n{_table('en')}"


def _table(language: str) -> str:
    place = ("vi", "en").index(language)
    names = [(DUTIES.label(duty), DUTIES.label(duty, "en"))[place] for duty in DUTIES.values]
    first = ("Việc được làm", "What one may do")[place]
    lines = [
        f"| {first} | | {' | '.join(names)} |",
        f"|---|---|{':-:|' * len(names)}",
    ]
    for verb, duties in RIGHTS.items():
        marks = " | ".join("●" if duty in duties else " " for duty in DUTIES.values)
        lines.append(f"| {_VERBS[verb][place]} | `{verb}` | {marks} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
