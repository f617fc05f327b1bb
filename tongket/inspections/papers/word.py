"""Word papers of inspection, filled in from the record: programme, decision, plan, announcement, report, conclusion.

What the record does not hold is left as a dotted line or a note in italics for the clerk.
"""

from collections.abc import Sequence
from datetime import date

from tongket.audit.records import current
from tongket.core.dates import format_date, long_date_vi
from tongket.core.judging import SUPERVISION
from tongket.core.numbers import format_number
from tongket.inspections.programmes.models import Programme, ProgrammeItem
from tongket.inspections.programmes.subjects import acting_name
from tongket.inspections.running.models import Finding, Inspection, InspectionObject, TeamMember
from tongket.members.models import PostHolding
from tongket.obligations.queries import about
from tongket.organisations.models import Organisation
from tongket.organisations.paper_names import SYMBOLS, above_of, issuer_of, party_body, place_of
from tongket.organisations.queries import name_on
from tongket.ui.word_paper import WordPaper

_DOTS = "…………………………"


class ActingPaper(WordPaper):
    """A paper with the head of an acting body and the signature for it, as the names were on a day."""

    def __init__(self, organisation: Organisation, subject: str, body: str, on: date, title: str) -> None:
        self.organisation, self.subject, self.on = organisation, subject, on
        self.issuer, self.committee = issuer_of(name_on(organisation, on), organisation.kind)
        self.above = above_of(organisation, on)[0]
        self.acting = acting_name(organisation, subject, body)
        self.body = body
        super().__init__(on, title, self.acting, numbered=True)

    @property
    def apart(self) -> bool:
        """Whether the body writes under its own name, below the committee's."""
        return self.subject in ("commission", "advisory")

    def headed(self, letters: str, number: str = "", signed_on: date | None = None) -> None:
        """The head, with the number left open as in every draft."""
        own = SYMBOLS.get(self.committee, "ĐU")
        symbol = f"{letters}/UBKT{own}" if self.subject == "commission" else f"{letters}/{own}"
        place = place_of(self.issuer, self.committee, self.above)
        when = long_date_vi(signed_on) if signed_on else f"ngày      tháng      năm {self.on.year}"
        parent = self.issuer if self.apart else party_body(self.above)
        issuer = "Ủy ban Kiểm tra" if self.subject == "commission" else self.body or self.issuer
        self.head(parent, issuer, symbol, f"{place}, {when}")

    def signed(self, recipients: Sequence[str]) -> None:
        """Recipients; the signature for the body with its head's name where the register has it."""
        behalf = {
            "standing": "T/M BAN THƯỜNG VỤ",
            "commission": "T/M ỦY BAN KIỂM TRA",
            "advisory": "THỦ TRƯỞNG CƠ QUAN",
        }
        post, title = {
            "commission": ("inspection_head", "CHỦ NHIỆM"),
            "advisory": ("", ""),
        }.get(self.subject, ("secretary", "BÍ THƯ"))
        on_behalf = behalf.get(self.subject, f"T/M {self.committee.upper()}")
        self.closing(recipients, on_behalf, title, self._signer(post))

    def _signer(self, post: str) -> str:
        if not post:
            return ""
        held = PostHolding.objects.filter(
            organisation=self.organisation,
            post=post,
            voided_at__isnull=True,
            valid_from__lte=self.on,
            valid_to__gt=self.on,
        ).select_related("member")
        first = held.first()
        return str(first.member.full_name) if first else ""


def programme_paper(row: Programme, items: Sequence[ProgrammeItem]) -> bytes:
    """The programme with its table."""
    on = row.decision_date or date(row.year, 1, 1)
    title = f"Chương trình kiểm tra, giám sát năm {row.year}"
    paper = ActingPaper(row.organisation, row.subject, row.body, on, title)
    paper.headed("CTr", signed_on=row.decision_date)
    paper.title("Chương trình", f"kiểm tra, giám sát năm {row.year}")
    paper.text(
        f"{paper.acting} xây dựng chương trình kiểm tra, giám sát năm {row.year} gồm "
        f"{format_number(len(items))} cuộc như sau:"
    )
    paper.table(
        ("TT", "Loại", "Nội dung", "Đối tượng", "Số đối tượng", "Dự kiến xong"),
        [
            (
                str(place),
                item.get_kind_display(),
                item.content,
                item.objects_text,
                str(item.objects_count),
                f"{item.planned_on:%m/%Y}",
            )
            for place, item in enumerate(items, start=1)
        ],
        (10, 32, 50, 40, 16, 22),
    )
    paper.text(("(Ghi phần tổ chức thực hiện.)", "i"))
    paper.signed(("Các tổ chức đảng trực thuộc", f"Lưu {paper.acting}"))
    return paper.content()


def inspection_paper(row: Inspection, name: str) -> bytes:
    """One of the papers of an inspection: `quyet-dinh`, `ke-hoach`, `thong-bao`, `bao-cao`, `ket-luan`."""
    facts = _Facts(row)
    return {
        "quyet-dinh": _decision,
        "ke-hoach": _plan,
        "thong-bao": _announcement,
        "bao-cao": _report,
        "ket-luan": _conclusion,
    }[name](facts)


class _Facts:
    """What the papers of one inspection share."""

    def __init__(self, row: Inspection) -> None:
        self.row = row
        self.team = list(current(TeamMember.objects.filter(inspection=row)))
        self.objects = list(
            current(InspectionObject.objects.filter(inspection=row)).select_related("organisation", "member")
        )
        self.supervision = row.kind in SUPERVISION
        self.deed = "giám sát" if self.supervision else "kiểm tra"
        self.kind = row.get_kind_display().lower()

    def paper(self, title: str, on: date | None = None) -> ActingPaper:
        """A paper of the acting body."""
        row = self.row
        return ActingPaper(row.organisation, row.subject, row.body, on or row.starts_on, title)

    @property
    def whom(self) -> str:
        """The objects in one sentence."""
        return "; ".join(
            f"đồng chí {one.member} ({one.organisation.name})" if one.member_id else one.organisation.name
            for one in self.objects
        )

    @property
    def when(self) -> str:
        """The days of the inspection."""
        row = self.row
        said = f"từ ngày {format_date(row.starts_on)} đến ngày {format_date(row.deadline)}"
        return said + (f" (thời hạn {row.limit_days} ngày)" if row.limit_days else "")

    @property
    def looked_at(self) -> str:
        """The period looked at."""
        row = self.row
        if row.period_from and row.period_to:
            return f"từ ngày {format_date(row.period_from)} đến ngày {format_date(row.period_to)}"
        return _DOTS

    @property
    def decision(self) -> str:
        """The decision by number and day."""
        row = self.row
        if row.decision_number and row.decision_date:
            return f"số {row.decision_number} ngày {format_date(row.decision_date)}"
        return f"số {_DOTS}"

    def team_table(self, paper: WordPaper) -> None:
        """The team, one line each."""
        rows = [
            (str(n), one.name, one.post, one.get_role_display()) for n, one in enumerate(self.team, start=1)
        ] or [("1", _DOTS, _DOTS, "Trưởng đoàn")]
        paper.table(("TT", "Họ và tên", "Chức vụ, đơn vị", "Nhiệm vụ"), rows, (10, 55, 70, 35))


def _decision(facts: _Facts) -> bytes:
    row = facts.row
    paper = facts.paper(f"Quyết định {facts.kind}", row.decision_date)
    paper.headed("QĐ", signed_on=row.decision_date)
    paper.title("Quyết định", f"{facts.kind}, thành lập đoàn {facts.deed}")
    paper.text(
        ("- Căn cứ Điều lệ Đảng và các quy định về công tác kiểm tra, giám sát, kỷ luật của Đảng;", "i")
    )
    basis = "chương trình kiểm tra, giám sát đã ban hành" if row.item else row.unplanned_reason
    paper.text((f"- Căn cứ {basis},", "i"))
    paper.text((f"{paper.acting.upper()} QUYẾT ĐỊNH", "b"))
    paper.text(("Điều 1. ", "b"), f"{row.get_kind_display()} đối với {facts.whom}.")
    paper.text(f"Nội dung: {row.content}.")
    paper.text(f"Mốc thời gian {facts.deed}: {facts.looked_at}. Thời gian làm việc: {facts.when}.")
    paper.text(("Điều 2. ", "b"), f"Thành lập đoàn {facts.deed} gồm các đồng chí:")
    facts.team_table(paper)
    paper.text(
        ("Điều 3. ", "b"), "Đoàn có nhiệm vụ xây dựng kế hoạch, tiến hành và báo cáo kết quả theo quy định."
    )
    paper.text(("Điều 4. ", "b"), "Các tổ chức đảng, đảng viên có liên quan và đoàn thi hành quyết định này.")
    paper.signed(("Như Điều 4", f"Lưu {paper.acting}"))
    return paper.content()


def _plan(facts: _Facts) -> bytes:
    row = facts.row
    paper = facts.paper(f"Kế hoạch {facts.kind}", row.decision_date)
    paper.headed("KH")
    paper.title("Kế hoạch", facts.kind)
    paper.text(
        f"Thực hiện Quyết định {facts.decision} của {paper.acting}, đoàn {facts.deed} xây dựng kế hoạch như sau:"
    )
    paper.heading("I. Mục đích, yêu cầu")
    paper.text(("(Ghi mục đích, yêu cầu.)", "i"))
    paper.heading("II. Nội dung, đối tượng, mốc thời gian")
    paper.text(f"1. Nội dung: {row.content}.")
    paper.text(f"2. Đối tượng: {facts.whom}.")
    paper.text(f"3. Mốc thời gian {facts.deed}: {facts.looked_at}.")
    paper.heading("III. Thời gian và các bước")
    paper.text(f"Thời gian: {facts.when}.")
    paper.table(
        ("TT", "Bước", "Thời gian"),
        [
            ("1", "Triển khai quyết định, kế hoạch; thông báo cho đối tượng", format_date(row.starts_on)),
            ("2", "Đối tượng gửi báo cáo tự kiểm tra", _DOTS),
            ("3", "Thẩm tra, xác minh", _DOTS),
            ("4", "Hội nghị với đối tượng; đoàn báo cáo kết quả", format_date(row.deadline)),
            ("5", "Kết luận, thông báo kết luận", _DOTS),
        ],
        (10, 110, 50),
    )
    paper.heading("IV. Thành phần đoàn")
    facts.team_table(paper)
    paper.signed(("Đối tượng được " + facts.deed, f"Lưu {paper.acting}"))
    return paper.content()


def _announcement(facts: _Facts) -> bytes:
    paper = facts.paper(f"Thông báo {facts.kind}")
    paper.headed("TB")
    paper.title("Thông báo", f"triển khai {facts.kind}")
    paper.text(f"Kính gửi: {facts.whom}.")
    paper.text(
        f"Thực hiện Quyết định {facts.decision}, {paper.acting} thông báo {facts.kind} đối với {facts.whom}; "
        f"thời gian làm việc {facts.when}."
    )
    head = next((one for one in facts.team if one.role == "head"), None)
    paper.text(f"Trưởng đoàn: {head.name + (', ' + head.post if head.post else '') if head else _DOTS}.")
    paper.text(
        "Đề nghị chuẩn bị báo cáo theo đề cương gửi kèm và hồ sơ, tài liệu liên quan; không ghi âm, ghi hình "
        "khi chưa được phép."
    )
    paper.signed(("Như kính gửi", f"Lưu {paper.acting}"))
    return paper.content()


def _report(facts: _Facts) -> bytes:
    row = facts.row
    paper = facts.paper(f"Báo cáo kết quả {facts.kind}", row.deadline)
    paper.headed("")
    paper.title("Báo cáo", f"kết quả {facts.kind} đối với {facts.whom}")
    paper.text(
        f"Thực hiện Quyết định {facts.decision} của {paper.acting}, đoàn đã tiến hành {facts.kind}, {facts.when}. "
        "Đoàn báo cáo kết quả như sau:"
    )
    for number, heading in enumerate(
        ("Khái quát đặc điểm, tình hình", "Kết quả", "Nhận xét, đánh giá", "Kiến nghị")
    ):
        paper.heading(f"{('I', 'II', 'III', 'IV')[number]}. {heading}")
        if heading == "Kết quả":
            paper.text(f"Nội dung: {row.content}. Mốc thời gian: {facts.looked_at}.")
        paper.text(("(Ghi nội dung.)", "i"))
    head = next((one.name for one in facts.team if one.role == "head"), "")
    paper.closing(("Chủ thể " + facts.deed, "Lưu hồ sơ cuộc " + facts.deed), "T/M ĐOÀN", "TRƯỞNG ĐOÀN", head)
    return paper.content()


def _conclusion(facts: _Facts) -> bytes:
    row = facts.row
    step = current(row.steps.filter(kind="concluded")).first()
    paper = facts.paper(f"Thông báo kết luận {facts.kind}", row.concluded_on or row.deadline)
    paper.headed("TB", signed_on=step.decision_date if step else None)
    paper.title("Thông báo kết luận", f"{facts.kind} đối với {facts.whom}")
    paper.text(
        f"Sau khi xem xét báo cáo của đoàn theo Quyết định {facts.decision}, {paper.acting} kết luận như sau:"
    )
    findings = list(current(row.findings.all()).select_related("organisation", "member"))
    parts = (("strength", "1. Ưu điểm"), ("shortcoming", "2. Khuyết điểm"), ("violation", "3. Vi phạm"))
    for kind, heading in parts:
        paper.heading(heading)
        said = [_said(one) for one in findings if one.kind == kind]
        for line in said:
            paper.text(f"- {line}")
        if not said:
            paper.text(("(Không ghi nhận.)", "i"))
    paper.heading("4. Yêu cầu khắc phục")
    _asked(paper, findings)
    paper.signed((facts.whom, f"Lưu {paper.acting}"))
    return paper.content()


def _said(finding: Finding) -> str:
    """A finding in one line; of a member only the code of the content."""
    about = f"đồng chí {finding.member}" if finding.member_id else finding.organisation.name
    what = finding.text or finding.get_ground_display() or finding.get_kind_display()
    return f"{about[:1].upper()}{about[1:]}: {what}{'' if what.endswith('.') else '.'}"


def _asked(paper: WordPaper, findings: Sequence[Finding]) -> None:
    demands = {one.about: one for one in about([finding.identity for finding in findings])}
    for finding in findings:
        demand = demands.get(finding.identity)
        if demand is not None:
            paper.text(
                f"- {finding.organisation.name}: {demand.text or demand.title} "
                f"(xong trước ngày {format_date(demand.due_on)})."
            )
    if not demands:
        paper.text(("(Không có yêu cầu khắc phục.)", "i"))
