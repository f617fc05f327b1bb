"""Word papers of a case, filled in from the record; what the record does not hold is left to write in."""

from collections.abc import Sequence
from datetime import date

from docx.shared import Mm

from tongket.cases.law.clock import appeal_by, effect_words, majority_of
from tongket.cases.law.limits import limit_rule
from tongket.cases.models import Case, CaseStep
from tongket.cases.papers.heading import heading_of
from tongket.cases.queries import last_of
from tongket.cases.steps.rules import standing_on
from tongket.core.codelists import DISCIPLINE_FORM, DISCIPLINE_GROUND
from tongket.core.dates import format_date, long_date_vi
from tongket.core.judging import CASE_BODY
from tongket.core.numbers import format_number
from tongket.core.votes import outcome_of
from tongket.inspections.models import MemberDiscipline, OrganisationDiscipline
from tongket.rules.catalogue import NoRuleInForce, in_force
from tongket.ui.word_paper import CENTRE, WordPaper

Discipline = MemberDiscipline | OrganisationDiscipline
_DOTS = "……………………"
_BLANK = [("", 14, "")] * 4


class CasePaper(WordPaper):
    """One paper of a case, dated by a step of it, from the body named there."""

    def __init__(self, case: Case, on: date, title: str, body: str) -> None:
        self.case, self.on, self.body = case, on, body or case.body
        self.heading_of_body = heading_of(case, self.body, on)
        super().__init__(on, title, self.body)

    def headed(self, letters: str, number: str = "") -> None:
        """The head with the symbol of the kind of paper, or with the number that it was given."""
        known = self.heading_of_body
        symbol = f"{letters}/{known.letters}" if letters and known.letters else letters
        self.head(known.parent, known.issuer, symbol, f"{known.place}, {long_date_vi(self.on)}", number)


def whom(case: Case) -> str:
    """The subject in a sentence: the comrade with birth date and cell, or the organisation."""
    if case.member is None:
        return case.organisation.name
    born = case.member.birth_date
    said = f"đồng chí {case.member.full_name}"
    said += f", sinh ngày {format_date(born)}" if born else ""
    return f"{said}, đảng viên {case.organisation.name}"


def decision_paper(case: Case, steps: Sequence[CaseStep], row: Discipline) -> bytes:
    """The decision: grounds from the rules in force, form, effect, right to appeal."""
    form = DISCIPLINE_FORM.label(row.form).lower()
    paper = CasePaper(case, row.decided_on, f"Quyết định {form}", row.decision_body)
    paper.headed("QĐ", row.decision_number)
    kind = "tổ chức đảng" if case.member is None else "đảng viên"
    paper.title("Quyết định", f"thi hành kỷ luật {kind}")
    for rule_id in (_forms_rule(case, row.decided_on), limit_rule(case.of_member)):
        paper.text((f"- Căn cứ {cited(rule_id, row.decided_on)};", "i"))
    for step in steps:
        if step.kind == "voted" and step.form == row.form:
            counted = f"{format_number(step.agree or 0)} trên {format_number(step.entitled or 0)}"
            said = f"{counted} người có quyền biểu quyết tán thành"
            paper.text((f"- Căn cứ kết quả biểu quyết ngày {format_date(step.on)} ({said});", "i"))
    ground = DISCIPLINE_GROUND.label(row.ground).lower()
    paper.text((f"- Xét nội dung, tính chất, mức độ, tác hại của vi phạm ({ground});", "i"))
    line = paper.text((f"{paper.body.upper()} QUYẾT ĐỊNH", "b"))
    line.alignment, line.paragraph_format.first_line_indent = CENTRE, Mm(0)
    paper.text(("Điều 1. ", "b"), f"Thi hành kỷ luật {whom(case)} bằng hình thức {form}.")
    days = ", ".join(format_date(day) for day in case.acts_on)
    said = f": {case.summary.rstrip('.')}" if case.summary else ""
    paper.text(("Điều 2. ", "b"), f"Nội dung vi phạm: {ground}{said} (ngày vi phạm: {days}).")
    paper.text(
        ("Điều 3. ", "b"),
        f"Quyết định có hiệu lực kể từ {_in_force(steps)}. "
        f"Trong {_appeal_days(row.decided_on)} ngày kể từ ngày nhận quyết định, người, tổ chức bị kỷ luật có quyền "
        "khiếu nại.",
    )
    paper.text(("Điều 4. ", "b"), f"{case.organisation.name} và {_subject(case)} chịu trách nhiệm thi hành.")
    _closed(paper, case)
    return paper.content()


def minutes_paper(case: Case, step: CaseStep) -> bytes:
    """The minutes of the vote: counts, the base, the outcome. Nobody's vote and nobody's words."""
    body = case.body
    if step.level and step.level != case.body_level:
        # The cell that votes is the member's own; of other bodies only the level is on record.
        own = step.level == "cell" and case.member is not None
        body = case.organisation.name if own else CASE_BODY.label(step.level)
    paper = CasePaper(case, step.on, "Biên bản biểu quyết", body)
    paper.headed("BB")
    paper.title("Biên bản", "biểu quyết thi hành kỷ luật")
    paper.text(f"{long_date_vi(step.on).capitalize()}, tại {_DOTS}, {body} họp xem xét kỷ luật {whom(case)}.")
    paper.text(f"Chủ trì: {_DOTS}. Thư ký: {_DOTS}.")
    form = DISCIPLINE_FORM.label(step.form).lower()
    how = "bỏ phiếu kín" if step.secret else "biểu quyết"
    paper.text(f"Hội nghị {how} hình thức {form}:")
    entitled, agree, disagree = step.entitled or 0, step.agree or 0, step.disagree or 0
    rest = entitled - agree - disagree
    rows = [
        ("Có quyền biểu quyết", format_number(entitled)),
        ("Tán thành", format_number(agree)),
        ("Không tán thành", format_number(disagree)),
        ("Vắng mặt, không có ý kiến, phiếu không hợp lệ", format_number(rest)),
    ]
    paper.table(("Nội dung", "Số người"), rows, (120, 40))
    paper.text(f"Kết quả: {_outcome(step)}.")
    paper.text("Biên bản đã được đọc lại cho hội nghị nghe và thống nhất thông qua.")
    paper.signatures([("THƯ KÝ", 14, "b"), *_BLANK], [("CHỦ TRÌ", 14, "b"), *_BLANK])
    return paper.content()


def notice_paper(case: Case, row: Discipline, announced: CaseStep | None) -> bytes:
    """The notice of the decision to those whom it concerns."""
    on = announced.on if announced else row.decided_on
    paper = CasePaper(case, on, "Thông báo kỷ luật", row.decision_body)
    paper.headed("TB")
    paper.title("Thông báo", "quyết định thi hành kỷ luật")
    number = f" số {row.decision_number}" if row.decision_number else ""
    form = DISCIPLINE_FORM.label(row.form).lower()
    paper.text(
        f"{row.decision_body or case.body} thông báo: ngày {format_date(row.decided_on)} đã ban hành "
        f"Quyết định{number} thi hành kỷ luật {whom(case)} bằng hình thức {form}."
    )
    paper.text(f"Thông báo để {case.organisation.name} biết và thực hiện.")
    _closed(paper, case)
    return paper.content()


def service_paper(case: Case, row: Discipline, served: CaseStep | None) -> bytes:
    """The record that the decision was handed over: from then on the time to appeal runs."""
    on = served.on if served else row.decided_on
    paper = CasePaper(case, on, "Biên bản giao quyết định", row.decision_body)
    paper.headed("")
    paper.title("Biên bản", "giao quyết định thi hành kỷ luật")
    number = f" số {row.decision_number}" if row.decision_number else ""
    when = long_date_vi(on).capitalize() if served else f"Ngày {_DOTS}"
    paper.text(
        f"{when}, tại {_DOTS}, đại diện {row.decision_body or case.body} giao Quyết định{number} ngày "
        f"{format_date(row.decided_on)} cho {_subject(case)}."
    )
    if served is not None:
        paper.text(
            f"Thời hạn khiếu nại đến hết ngày {format_date(appeal_by(served.on))} "
            f"({cited('disc.appeal', served.on)})."
        )
    else:
        paper.text(
            f"Thời hạn khiếu nại: {_appeal_days(row.decided_on)} ngày kể từ ngày nhận "
            f"({cited('disc.appeal', row.decided_on)})."
        )
    paper.signatures([("NGƯỜI NHẬN", 14, "b"), *_BLANK], [("NGƯỜI GIAO", 14, "b"), *_BLANK])
    return paper.content()


def served_of(steps: Sequence[CaseStep]) -> CaseStep | None:
    """The step of serving, if there was one."""
    return last_of(steps, "served")


def cited(rule_id: str, on: date) -> str:
    """Document and article of a rule, with its doubt; words that say so where none is known."""
    try:
        return in_force(rule_id, on).citation().label()
    except NoRuleInForce:
        return f"ghi văn bản có hiệu lực ngày {format_date(on)}: {_DOTS}"


def _forms_rule(case: Case, on: date) -> str:
    return f"disc.forms.{standing_on(case, on) or 'official'}"


def _in_force(steps: Sequence[CaseStep]) -> str:
    decided, voted = last_of(steps, "decided"), last_of(steps, "voted")
    return effect_words(decided.level if decided else "", voted.on if voted else None)


def _appeal_days(on: date) -> str:
    return str((appeal_by(on) - on).days)


def _outcome(step: CaseStep) -> str:
    return outcome_of(majority_of(step.form, step.on), step.entitled or 1, step.agree or 0).words()


def _subject(case: Case) -> str:
    return f"đồng chí {case.member.full_name}" if case.member is not None else case.organisation.name


def _closed(paper: CasePaper, case: Case) -> None:
    recipients = [case.organisation.name, _subject(case).replace("đồng chí", "Đồng chí"), "Lưu"]
    seen = list(dict.fromkeys(recipients))
    known = paper.heading_of_body
    paper.closing(seen, known.on_behalf, known.post, "")
