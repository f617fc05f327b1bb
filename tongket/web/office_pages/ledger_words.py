"""What the ledger's codes say to the person who reads it: actions, kinds of record, noted facts."""

from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.core.codelists import MEMBER_EVENT
from tongket.core.dates import format_date
from tongket.members.models import MemberDetail
from tongket.ui.templatetags.ui import lang

#: What the first part of an action's name stands for.
SUBJECTS: dict[str, str | Promise] = {
    "draft": gettext_lazy("Bản thảo"),
    "reform": gettext_lazy("Phương án sắp xếp"),
    "account": gettext_lazy("Tài khoản"),
    "member": gettext_lazy("Đảng viên"),
    "register": gettext_lazy("Sổ đảng viên"),
    "post": gettext_lazy("Chức vụ"),
    "organisation": gettext_lazy("Tổ chức"),
    "target": gettext_lazy("Chỉ tiêu"),
    "directive": gettext_lazy("Văn bản"),
    "plan": gettext_lazy("Văn bản triển khai"),
    "study_session": gettext_lazy("Học tập"),
    "file": gettext_lazy("Tệp đính kèm"),
    "demand": gettext_lazy("Giao việc"),
    "obligation": gettext_lazy("Việc được giao"),
    "calendar": gettext_lazy("Địa chỉ lịch"),
    "reminder": gettext_lazy("Đôn đốc"),
    "vote": gettext_lazy("Biểu quyết"),
    "conclusion": gettext_lazy("Kết luận hội nghị"),
    "conference": gettext_lazy("Hội nghị"),
    "invitation": gettext_lazy("Giấy mời"),
    "agenda": gettext_lazy("Chương trình hội nghị"),
    "attendance": gettext_lazy("Điểm danh"),
    "event": gettext_lazy("Hoạt động kỷ niệm"),
    "twinning": gettext_lazy("Kết nghĩa"),
    "follow_up": gettext_lazy("Việc làm tiếp"),
    "planned_session": gettext_lazy("Lớp dự kiến"),
    "bulletin": gettext_lazy("Tin tình hình tư tưởng"),
    "organisation_rating": gettext_lazy("Xếp loại tổ chức"),
    "member_rating": gettext_lazy("Xếp loại đảng viên"),
    "rating_round": gettext_lazy("Đợt xếp loại"),
    "rating_candidate": gettext_lazy("Danh sách đợt xếp loại"),
    "rating_step": gettext_lazy("Bước đánh giá"),
    "rating_special": gettext_lazy("Trường hợp đặc biệt khi tính trần xuất sắc"),
    "rating_override": gettext_lazy("Lý do giữ nguyên một phát hiện kiểm tra"),
    "commendation": gettext_lazy("Khen thưởng"),
    "commending": gettext_lazy("Đợt khen thưởng"),
    "commending_title": gettext_lazy("Danh hiệu khen thưởng"),
    "commending_round": gettext_lazy("Đợt khen thưởng"),
    "commending_proposal": gettext_lazy("Đề nghị khen thưởng"),
    "certificate": gettext_lazy("Giấy khen"),
    "badge_award": gettext_lazy("Huy hiệu Đảng"),
    "badge_proposal": gettext_lazy("Đề nghị Huy hiệu"),
    "member_discipline": gettext_lazy("Kỷ luật đảng viên"),
    "organisation_discipline": gettext_lazy("Kỷ luật tổ chức"),
    "candidate": gettext_lazy("Quần chúng ưu tú"),
    "candidate_mentor": gettext_lazy("Người giới thiệu vào Đảng"),
    "candidate_paper": gettext_lazy("Hồ sơ kết nạp"),
    "probation": gettext_lazy("Đảng viên dự bị"),
    "inspection": gettext_lazy("Kiểm tra, giám sát"),
    "programme": gettext_lazy("Chương trình kiểm tra"),
    "finding": gettext_lazy("Kết quả kiểm tra"),
    "case": gettext_lazy("Vụ việc kỷ luật"),
    "figure": gettext_lazy("Số liệu"),
    "reports": gettext_lazy("Báo cáo"),
    "book": gettext_lazy("Sổ số liệu"),
    "intake": gettext_lazy("Nhập từ Excel"),
    "reconcile": gettext_lazy("Đối chiếu sổ đảng viên"),
    "system": gettext_lazy("Hệ thống"),
    "api_client": gettext_lazy("Kết nối phần mềm"),
    "api_token": gettext_lazy("Mã truy cập của phần mềm"),
}

#: What the second part says was done.
DEEDS: dict[str, str | Promise] = {
    "draw_up": gettext_lazy("lập"),
    "carry_out": gettext_lazy("thực hiện"),
    "throw_away": gettext_lazy("xóa bản nháp"),
    "bring": gettext_lazy("đưa vào soát"),
    "search": gettext_lazy("tìm hồ sơ trùng"),
    "compare": gettext_lazy("so sánh hai hồ sơ"),
    "compare_sensitive": gettext_lazy("so sánh hai hồ sơ, xem mục ẩn"),
    "keep_apart": gettext_lazy("kết luận là hai người"),
    "ask_again": gettext_lazy("xem xét lại kết luận hai người"),
    "join": gettext_lazy("gộp hai hồ sơ"),
    "part": gettext_lazy("tách hồ sơ đã gộp"),
    "map_columns": gettext_lazy("ghép cột"),
    "hold_against": gettext_lazy("đối chiếu với bản xuất của hệ thống khác"),
    "keep_ours": gettext_lazy("giữ theo sổ"),
    "take_theirs": gettext_lazy("lấy theo bản xuất"),
    "put_off": gettext_lazy("để sau"),
    "take_back": gettext_lazy("rút lại quyết định"),
    "put_away": gettext_lazy("bỏ bảng đối chiếu"),
    "read_hidden": gettext_lazy("xem mục ẩn trong bảng đối chiếu"),
    "hand_out": gettext_lazy("tải bảng đối chiếu"),
    "rehearse_new": gettext_lazy("đưa người chỉ có trong bản xuất vào đọc thử"),
    "delete": gettext_lazy("xóa"),
    "expire": gettext_lazy("xóa theo thời hạn"),
    "add": gettext_lazy("ghi mới"),
    "take": gettext_lazy("lấy theo quy định chung"),
    "copy": gettext_lazy("lấy lại của năm trước"),
    "override": gettext_lazy("bỏ qua kiểm tra, có lý do"),
    "council": gettext_lazy("ghi ý kiến hội đồng"),
    "decide": gettext_lazy("ghi quyết định"),
    "void_decision": gettext_lazy("hủy quyết định"),
    "number": gettext_lazy("vào sổ"),
    "layout": gettext_lazy("lưu trình bày"),
    "forward": gettext_lazy("chuyển lên cấp trên"),
    "award": gettext_lazy("ghi đã trao"),
    "void": gettext_lazy("hủy"),
    "correct": gettext_lazy("đính chính"),
    "export": gettext_lazy("xuất Excel"),
    "open": gettext_lazy("mở hồ sơ"),
    "list": gettext_lazy("đọc danh sách"),
    "posts": gettext_lazy("đọc danh sách chức vụ"),
    "sensitive": gettext_lazy("xem mục ẩn"),
    "paper": gettext_lazy("xuất phiếu đảng viên"),
    "enter": gettext_lazy("ghi hồ sơ mới"),
    "amend": gettext_lazy("sửa thông tin"),
    "card": gettext_lazy("ghi thẻ"),
    "void_card": gettext_lazy("hủy thẻ"),
    "void_event": gettext_lazy("hủy việc"),
    "correct_event": gettext_lazy("đính chính việc"),
    "records": gettext_lazy("xem hồ sơ đứng sau"),
    "download": gettext_lazy("tải tệp"),
    "upload_template": gettext_lazy("tải mẫu lên"),
    "withdraw_template": gettext_lazy("thôi dùng mẫu"),
    "found": gettext_lazy("thành lập"),
    "rename": gettext_lazy("đổi tên"),
    "move": gettext_lazy("chuyển"),
    "merge": gettext_lazy("sáp nhập"),
    "split": gettext_lazy("chia tách"),
    "dissolve": gettext_lazy("giải thể"),
    "term": gettext_lazy("ghi khóa"),
    "appoint": gettext_lazy("ghi chức vụ"),
    "end": gettext_lazy("thôi chức vụ"),
    "change": gettext_lazy("điều chỉnh"),
    "issue": gettext_lazy("ban hành"),
    "void_change": gettext_lazy("hủy ghi nhận thay đổi"),
    "attach": gettext_lazy("đính kèm"),
    "detach": gettext_lazy("gỡ"),
    "share": gettext_lazy("giao xuống"),
    "hand_down": gettext_lazy("giao thực hiện"),
    "planned": gettext_lazy("lên kế hoạch"),
    "done": gettext_lazy("làm xong"),
    "reported": gettext_lazy("báo cáo"),
    "accepted": gettext_lazy("chấp nhận"),
    "returned": gettext_lazy("trả lại"),
    "extended": gettext_lazy("gia hạn"),
    "reminded": gettext_lazy("đôn đốc"),
    "void_step": gettext_lazy("hủy bước"),
    "withdraw": gettext_lazy("rút"),
    "create": gettext_lazy("tạo"),
    "assign": gettext_lazy("giao nhiệm vụ"),
    "revoke": gettext_lazy("thôi giao nhiệm vụ"),
    "close": gettext_lazy("khóa"),
    "reset": gettext_lazy("cấp mật khẩu mới"),
    "answer": gettext_lazy("ghi trả lời"),
    "programme": gettext_lazy("viết chương trình"),
    "finish": gettext_lazy("ghi đã xong"),
    "call": gettext_lazy("triệu tập, mời"),
    "begin": gettext_lazy("khai mạc"),
    "undo": gettext_lazy("hoàn tác bước cuối"),
    "reply": gettext_lazy("ghi trả lời"),
    "item_start": gettext_lazy("bắt đầu nội dung"),
    "item_end": gettext_lazy("kết thúc nội dung"),
    "queued": gettext_lazy("ghi đăng ký phát biểu"),
    "speak_start": gettext_lazy("mời phát biểu"),
    "speak_end": gettext_lazy("kết thúc phát biểu"),
    "withdrawn": gettext_lazy("rút đăng ký phát biểu"),
    "undone": gettext_lazy("hoàn tác"),
    "handed": gettext_lazy("ghi đã trao khen thưởng"),
    "items": gettext_lazy("ghi các cuộc"),
    "drop_item": gettext_lazy("bỏ một cuộc"),
    "team": gettext_lazy("lập, đổi đoàn"),
    "announced": gettext_lazy("ghi thông báo, công bố"),
    "started": gettext_lazy("bắt đầu"),
    "concluded": gettext_lazy("kết luận"),
    "notified": gettext_lazy("thông báo kết luận"),
    "followed": gettext_lazy("kết thúc theo dõi"),
    "start": gettext_lazy("mở đợt, lập danh sách"),
    "open_below": gettext_lazy("mở đợt cho cấp dưới"),
    "refresh": gettext_lazy("đọc lại danh sách theo sổ"),
    "set_aside": gettext_lazy("để ngoài diện đánh giá"),
    "bring_back": gettext_lazy("đưa vào diện đánh giá"),
    "reopen": gettext_lazy("hủy quyết định, mở lại đợt"),
    "login": gettext_lazy("đăng nhập"),
    "logout": gettext_lazy("đăng xuất"),
    "receive": gettext_lazy("nhận qua edXML"),
    "demo_loaded": gettext_lazy("nạp dữ liệu minh họa"),
    "init_empty": gettext_lazy("tạo sổ trống"),
    "step": gettext_lazy("ghi bước"),
    "admit": gettext_lazy("ghi lễ kết nạp, vào sổ đảng viên"),
    "recognise": gettext_lazy("công nhận chính thức"),
    "explained": gettext_lazy("nhận bản giải trình"),
    "voted": gettext_lazy("ghi biểu quyết"),
    "proposed": gettext_lazy("đề nghị cấp trên"),
    "decided": gettext_lazy("ghi quyết định"),
    "served": gettext_lazy("ghi giao quyết định"),
    "closed": gettext_lazy("kết thúc không kỷ luật"),
    "suspended": gettext_lazy("ghi đình chỉ"),
    "suspension_extended": gettext_lazy("gia hạn đình chỉ"),
    "suspension_ended": gettext_lazy("ghi thôi đình chỉ"),
    "appeal": gettext_lazy("ghi khiếu nại"),
    "void_appeal": gettext_lazy("hủy khiếu nại"),
    "corrected": gettext_lazy("xác nhận đã sửa chữa"),
    "void_corrected": gettext_lazy("hủy xác nhận đã sửa chữa"),
    "seal": gettext_lazy("niêm phong"),
    "unseal": gettext_lazy("bỏ niêm phong"),
    "grant": gettext_lazy("nêu tên người xem"),
    "lock": gettext_lazy("chốt"),
    "sign": gettext_lazy("ký"),
    "return": gettext_lazy("trả lại"),
}

#: Deeds that mean something else with one subject.
_SPECIAL: dict[str, str | Promise] = {
    "reform.undo": gettext_lazy("hoàn tác"),
    "intake.undo": gettext_lazy("hoàn tác cả tệp"),
    "account.open": gettext_lazy("mở lại"),
    "conference.finish": gettext_lazy("bế mạc"),
    "case.answer": gettext_lazy("ghi kết quả khiếu nại"),
    "case.revoke": gettext_lazy("thôi cho xem"),
    "case.open": gettext_lazy("xem"),
}

#: Names of the facts that acts note.
FACTS: dict[str, str | Promise] = {
    "on": gettext_lazy("ngày"),
    "member": gettext_lazy("đảng viên"),
    "reason": gettext_lazy("lý do"),
    "username": gettext_lazy("tên đăng nhập"),
    "since": gettext_lazy("từ ngày"),
    "until": gettext_lazy("đến ngày"),
    "duty": gettext_lazy("nhiệm vụ"),
    "decision": gettext_lazy("quyết định"),
    "kind": gettext_lazy("loại"),
    "into": gettext_lazy("vào"),
    "rows": gettext_lazy("số dòng"),
    "layout": gettext_lazy("mẫu"),
    "file": gettext_lazy("tệp"),
    "fields": gettext_lazy("các mục"),
    "name": gettext_lazy("tên"),
    "code": gettext_lazy("mã"),
    "period": gettext_lazy("kỳ"),
    "indicator": gettext_lazy("số liệu"),
    "members_to": gettext_lazy("đảng viên về"),
    "bytes": gettext_lazy("số byte"),
    "count": gettext_lazy("số hồ sơ"),
    "new": gettext_lazy("mới"),
    "sheets": gettext_lazy("trang tính"),
    "number": gettext_lazy("số"),
    "how": gettext_lazy("bằng cách"),
    "kept": gettext_lazy("giữ nguyên"),
    "life": gettext_lazy("quá trình được giữ"),
    "sure": gettext_lazy("số cặp trùng chắc chắn"),
    "doubtful": gettext_lazy("số cặp nghi trùng"),
    "other": gettext_lazy("hồ sơ kia"),
    "members": gettext_lazy("số đảng viên, các hồ sơ"),
    "roles": gettext_lazy("thành phần"),
    "excused": gettext_lazy("vắng có lý do"),
    "absent": gettext_lazy("vắng không lý do"),
    "item": gettext_lazy("mục"),
    "due_on": gettext_lazy("hạn"),
    "receivers": gettext_lazy("số tổ chức"),
    "on_behalf": gettext_lazy("nhập thay"),
    "files": gettext_lazy("tệp"),
    "symbol": gettext_lazy("số, ký hiệu"),
    "organisation": gettext_lazy("tổ chức"),
    "sender": gettext_lazy("nơi gửi"),
    "sha256": gettext_lazy("mã băm"),
    "source": gettext_lazy("nguồn"),
    "lines": gettext_lazy("số chỗ khác nhau"),
    "left": gettext_lazy("số chỗ chưa lấy được"),
    "handed": gettext_lazy("số việc đã giao"),
    "subject": gettext_lazy("chủ thể"),
    "year": gettext_lazy("năm"),
    "objects": gettext_lazy("số đối tượng"),
    "team": gettext_lazy("số người trong đoàn"),
    "items": gettext_lazy("số cuộc"),
    "added": gettext_lazy("thêm"),
    "dropped": gettext_lazy("bỏ"),
    "taken_back": gettext_lazy("số bỏ đánh dấu"),
    "case": gettext_lazy("vụ việc"),
    "digest": gettext_lazy("mã sổ"),
    "previous": gettext_lazy("nối sau mã"),
    "version": gettext_lazy("lần chốt"),
    "figures": gettext_lazy("số số liệu"),
    "step": gettext_lazy("bước"),
    "edits": gettext_lazy("số chỗ sửa"),
    "steps": gettext_lazy("số bước"),
    "accounts": gettext_lazy("nhiệm vụ giao theo"),
    "voided": gettext_lazy("số bản ghi hủy"),
    "restored": gettext_lazy("số bản ghi khôi phục"),
}


#: Kinds of record that an entry can be about.
RECORDS: dict[str, str | Promise] = {
    "accounts.user": gettext_lazy("Tài khoản số"),
    "members.member": gettext_lazy("Đảng viên số"),
    "organisations.organisation": gettext_lazy("Tổ chức số"),
    "intake.columnmapping": gettext_lazy("Ghép cột của tệp nhập"),
    "intake.importbatch": gettext_lazy("Tệp nhập số"),
    "intake.reconciliation": gettext_lazy("Bảng đối chiếu số"),
    "intake.decisionbatch": gettext_lazy("Quyết định đối chiếu số"),
    "targets.target": gettext_lazy("Chỉ tiêu số"),
    "directives.directive": gettext_lazy("Văn bản số"),
    "obligations.demand": gettext_lazy("Việc đã giao số"),
    "obligations.obligation": gettext_lazy("Việc được giao số"),
    "directives.plan": gettext_lazy("Văn bản triển khai số"),
    "directives.directivechange": gettext_lazy("Thay đổi văn bản số"),
    "files.attachment": gettext_lazy("Tệp số"),
    "directives.studysession": gettext_lazy("Lớp, hội nghị số"),
    "bulletins.bulletin": gettext_lazy("Nội dung số"),
    "events.event": gettext_lazy("Hoạt động số"),
    "events.twinning": gettext_lazy("Kết nghĩa số"),
    "directives.plannedsession": gettext_lazy("Lớp dự kiến số"),
    "ratings.organisationrating": gettext_lazy("Xếp loại tổ chức số"),
    "ratings.memberrating": gettext_lazy("Xếp loại đảng viên số"),
    "conferences.conference": gettext_lazy("Hội nghị số"),
    "admissions.candidate": gettext_lazy("Quần chúng ưu tú số"),
    "admissions.candidatementor": gettext_lazy("Phân công giới thiệu số"),
    "admissions.candidatepaper": gettext_lazy("Giấy tờ hồ sơ số"),
    "admissions.candidatestep": gettext_lazy("Bước kết nạp số"),
    "admissions.probationstep": gettext_lazy("Bước công nhận số"),
    "conferences.vote": gettext_lazy("Biểu quyết số"),
    "conferences.conclusion": gettext_lazy("Kết luận số"),
    "honours.badgeaward": gettext_lazy("Huy hiệu số"),
    "honours.badgeproposal": gettext_lazy("Đề nghị Huy hiệu số"),
    "honours.badgedecision": gettext_lazy("Quyết định tặng Huy hiệu số"),
    "honours.commendation": gettext_lazy("Khen thưởng số"),
    "inspections.memberdiscipline": gettext_lazy("Kỷ luật đảng viên số"),
    "inspections.organisationdiscipline": gettext_lazy("Kỷ luật tổ chức số"),
    "inspections.inspection": gettext_lazy("Cuộc kiểm tra, giám sát số"),
    "inspections.programme": gettext_lazy("Chương trình kiểm tra số"),
    "conferences.agendaitem": gettext_lazy("Mục chương trình số"),
    "conferences.invitation": gettext_lazy("Giấy mời số"),
    "conferences.attendance": gettext_lazy("Điểm danh số"),
    "cases.case": gettext_lazy("Vụ việc số"),
    "reports.reporttemplate": gettext_lazy("Mẫu báo cáo số"),
    "books.figurebook": gettext_lazy("Sổ số liệu số"),
    "drafts.draft": gettext_lazy("Bản thảo số"),
    "reforms.reformplan": gettext_lazy("Phương án sắp xếp số"),
}


def action_text(action: str) -> str:
    """`member.amend` as "Đảng viên: sửa thông tin"; an unknown code stays as it is."""
    subject, _dot, deed = action.partition(".")
    said = _SPECIAL.get(action) or DEEDS.get(deed) or deed
    if subject not in SUBJECTS:
        return action
    if subject == "member" and deed in MEMBER_EVENT.values:
        said = MEMBER_EVENT.label(deed, lang()).lower()
    return f"{SUBJECTS[subject]}: {said}"


def subject_text(kind: str, key: str) -> str:
    """`members.member`, `3070` as "Đảng viên 3070"."""
    return f"{RECORDS.get(kind, kind)} {key}".strip()


def facts_text(data: dict[str, Any]) -> str:
    """The facts noted, as "name: value"; empty ones are left out."""
    return "; ".join(
        f"{FACTS.get(name, name)}: {_value(name, value)}"
        for name, value in data.items()
        if name != "page" and value not in ("", None, [], {})
    )


def _value(name: str, value: Any) -> str:
    if name == "fields":
        return ", ".join(_field(each) for each in value)
    if isinstance(value, dict):
        return ", ".join(f"{FACTS.get(key, key)} {_value(key, each)}" for key, each in value.items())
    if isinstance(value, list):
        return ", ".join(_value("", each) for each in value)
    if isinstance(value, bool):
        return _("có") if value else _("không")
    return _day(str(value))


def _field(name: str) -> str:
    known = {field.name: str(field.verbose_name) for field in MemberDetail._meta.fields}
    return known.get(name, name)


def _day(text: str) -> str:
    """A date as people write it; any other text unchanged."""
    if len(text) == 10 and text[4] == text[7] == "-":
        try:
            return format_date(date.fromisoformat(text))
        except ValueError:
            return text
    return text
