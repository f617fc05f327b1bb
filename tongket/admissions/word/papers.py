"""The papers of admission and recognition, filled in from the records: drafts to be checked and signed by hand.

The wording is that of usual practice; the forms of the guidance in force were not read, which each page says.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tongket.admissions.deadlines.desks import deciding_level
from tongket.core.dates import format_date
from tongket.core.votes import TWO_THIRDS, outcome_of
from tongket.members.heading import Heading, heading_of
from tongket.members.paper import HeadedPaper
from tongket.organisations.models import Organisation
from tongket.rules.catalogue import NoRuleInForce, in_force

_BLANK = "………………………"


@dataclass(frozen=True, slots=True)
class About:
    """Whom a paper is about, and what is asked for: admission, or recognition (`official_on` then given)."""

    name: str
    birth_date: date | None
    cell: Organisation
    official_on: date | None = None
    admitted_on: date | None = None

    @property
    def person(self) -> str:
        """How the paper names the person."""
        born = f", sinh ngày {format_date(self.birth_date)}" if self.birth_date else ""
        return f"{'đồng chí' if self.official_on else 'quần chúng'} {self.name}{born}"

    @property
    def deed(self) -> str:
        """What is resolved and decided."""
        return "công nhận đảng viên chính thức" if self.official_on else "kết nạp đảng viên"


def _paper(organisation: Organisation, on: date, title: str, letters: str) -> HeadedPaper:
    heading: Heading = heading_of(organisation, max(on, organisation.founded_on))
    if letters == "QĐ" and not heading.is_cell:
        heading = replace(heading, on_behalf="T/M BAN THƯỜNG VỤ")  # it decides, rule `adm.who`
    paper = HeadedPaper(heading, on, title)
    paper.headed(heading.symbol.replace("BC/", f"{letters}/") if letters else "")
    return paper


def _based_on(paper: HeadedPaper, on: date, *rules: str) -> None:
    """The documents behind the rules, each once; an unconfirmed one is marked for the clerk to check."""
    paper.text("- Căn cứ Điều lệ Đảng Cộng sản Việt Nam;")
    said = set()
    for rule in rules:
        try:
            version = in_force(rule, on)
        except NoRuleInForce:
            continue
        citation = version.citation()
        text = citation.document_and_article()
        if text not in said and not citation.document.startswith("Điều lệ"):
            said.add(text)
            doubt = "" if version.mark == "C" else " (cần đối chiếu văn bản)"
            paper.text(f"- Căn cứ {text}{doubt};")


def assignment(about: About, helpers: Sequence[str], on: date) -> bytes:
    """The cell's assignment of those who introduce, help and follow."""
    paper = _paper(about.cell, on, "Phân công giúp đỡ", "NQ")
    what = "đảng viên dự bị" if about.official_on else "người vào Đảng"
    paper.title("Nghị quyết", f"về việc phân công đảng viên giúp đỡ {what}")
    _based_on(paper, on, "adm.sponsor")
    paper.heading("Chi bộ quyết nghị:")
    named = "; ".join(helpers) or _BLANK
    role = "theo dõi, giúp đỡ" if about.official_on else "giới thiệu, theo dõi, giúp đỡ"
    paper.said(f"Phân công {named} {role} {about.person}.", lead="1. ")
    paper.said("Người được phân công báo cáo chi bộ về kết quả rèn luyện của người được giúp đỡ.", lead="2. ")
    paper.signed()
    return paper.content()


def minutes(about: About, step: Any) -> bytes:
    """Minutes of the count: numbers only, nobody's vote."""
    paper = _paper(about.cell, step.on, "Biên bản kiểm phiếu", "")
    paper.title("Biên bản", f"kiểm phiếu biểu quyết {about.deed}", f"đối với {about.person}")
    paper.said(f"{format_date(step.on)}.", lead="Ngày họp: ")
    rows = [
        ("Đảng viên chính thức của chi bộ (số gốc)", str(step.base)),
        ("Có mặt", str(step.present)),
        ("Tán thành", str(step.agree)),
        ("Không tán thành", str(step.disagree)),
        ("Không có ý kiến, phiếu không hợp lệ", str(step.present - step.agree - step.disagree)),
    ]
    paper.table(["Nội dung", "Số lượng"], rows, [120, 50])
    paper.said(f"{_said(step)}.", lead="Kết quả: ")
    paper.said("Tỷ lệ tính trên tất cả đảng viên chính thức của chi bộ, kể cả người vắng mặt.")
    blank = ("", 14, "")
    paper.signatures(
        [("TỔ KIỂM PHIẾU", 14, "b"), blank, blank, blank, (_BLANK, 14, "")],
        [("CHỦ TỌA", 14, "b"), blank, blank, blank, (_BLANK, 14, "")],
    )
    return paper.content()


def _said(step: Any) -> str:
    """The outcome in a sentence."""
    found = outcome_of(TWO_THIRDS, step.base, step.agree)
    reached = "đủ" if found.passed else "chưa đủ"
    return (
        f"{step.agree}/{step.base} đảng viên chính thức tán thành, {reached} hai phần ba (cần {found.needed})"
    )


def resolution(about: About, step: Any) -> bytes:
    """The cell's resolution."""
    paper = _paper(about.cell, step.on, "Nghị quyết", "NQ")
    paper.title("Nghị quyết", f"đề nghị {about.deed}")
    _based_on(paper, step.on, "adm.vote", "prob.review" if about.official_on else "adm.class")
    paper.text(f"Ngày {format_date(step.on)}, chi bộ họp xét, {about.deed} đối với {about.person}.")
    paper.said(f"{_said(step)}.", lead="Kết quả biểu quyết: ")
    paper.heading("Chi bộ quyết nghị:")
    end = f", tính từ ngày {format_date(about.official_on)}" if about.official_on else ""
    paper.text(f"Đề nghị cấp ủy có thẩm quyền xét, quyết định {about.deed} đối với {about.person}{end}.")
    paper.signed()
    return paper.content()


def decision(about: About, resolved_on: date, step: Any) -> bytes:
    """Draft of the decision of the competent committee."""
    on = step.on if step is not None else resolved_on
    level = deciding_level(about.cell, on)
    paper = _paper(level, on, f"Quyết định {about.deed}", "QĐ")
    paper.title("Quyết định", f"về việc {about.deed}")
    _based_on(paper, on, "adm.who", "adm.decide-by", "prob.date" if about.official_on else "adm.ceremony")
    paper.text(f"- Xét nghị quyết ngày {format_date(resolved_on)} của {about.cell.name};")
    issuer = paper.heading_parts.issuer
    decides = issuer if paper.heading_parts.is_cell else f"Ban Thường vụ {issuer}"
    paper.heading(f"{decides} quyết định:")
    if about.official_on:
        paper.said(
            f"Công nhận {about.person}, là đảng viên chính thức từ ngày {format_date(about.official_on)}.",
            lead="Điều 1. ",
        )
    else:
        paper.said(f"Kết nạp {about.person}, vào Đảng Cộng sản Việt Nam.", lead="Điều 1. ")
    paper.said(f"{about.cell.name} và người có tên tại Điều 1 thi hành quyết định này.", lead="Điều 2. ")
    paper.signed()
    return paper.content()


def forwarded_list(level: Organisation, rows: Sequence[Sequence[str]], on: date) -> bytes:
    """The list of those whose papers go up together."""
    heading = heading_of(level, max(on, level.founded_on))
    paper = HeadedPaper(heading, on, "Danh sách đề nghị kết nạp")
    paper.headed("")
    paper.title("Danh sách", "đề nghị xét kết nạp đảng viên")
    numbered = [(str(number), *row) for number, row in enumerate(rows, start=1)]
    paper.table(
        ["TT", "Họ và tên", "Ngày sinh", "Chi bộ", "Nghị quyết ngày", "Tán thành"],
        numbered,
        [12, 45, 26, 46, 25, 20],
    )
    paper.said(f"Danh sách có {len(rows)} người.")
    paper.signed()
    return paper.content()
