"""What must hold of an appeal and of its answer."""

from collections.abc import Iterator, Sequence
from datetime import date

from tongket.audit.draft_fields import check_fields
from tongket.audit.records import check_past
from tongket.cases.appeals.drafts import AnswerDraft, AppealDraft
from tongket.cases.law.clock import appeal_by, forms_for
from tongket.cases.models import Appeal, AppealAnswer, Case, CaseStep
from tongket.cases.queries import appeals_of, last_of
from tongket.core.codelists import DISCIPLINE_FORM, MEMBER_DISCIPLINE_FORMS, ORGANISATION_DISCIPLINE_FORMS
from tongket.core.dates import format_date
from tongket.core.judging import APPEAL_OUTCOME
from tongket.core.problems import Problem
from tongket.inspections.correcting.rules import Discipline
from tongket.inspections.models import DisciplineEnd
from tongket.members.standing import spells_by_member

CHANGED = ("lighter", "harsher")


def appeal_problems(
    case: Case, draft: AppealDraft, steps: Sequence[CaseStep], row: Discipline | None
) -> list[Problem]:
    """An appeal is against a decision that stands, one at a time; a late one is taken with a warning."""
    found = check_fields(Appeal, draft)
    if found:
        return found
    if row is None:
        return [Problem("", "Vụ việc chưa có quyết định kỷ luật nên chưa có gì để khiếu nại.")]
    found = list(check_past(draft.received_on, "received_on", "Ngày nhận khiếu nại", 0))
    if any(answer is None for _appeal, answer in appeals_of(case.identity)):
        found.append(
            Problem("", "Đang có khiếu nại chưa giải quyết. Hãy ghi kết quả của khiếu nại đó trước.")
        )
    return [*found, *_in_time(draft, steps, row)]


def _in_time(draft: AppealDraft, steps: Sequence[CaseStep], row: Discipline) -> Iterator[Problem]:
    if draft.received_on < row.decided_on:
        yield Problem(
            "received_on",
            f"Ngày nhận khiếu nại {format_date(draft.received_on)} trước ngày quyết định "
            f"{format_date(row.decided_on)}. Hãy kiểm tra lại hai ngày.",
        )
        return
    served = last_of(steps, "served")
    if served is None:
        yield Problem(
            "received_on",
            "Chưa ghi ngày giao quyết định nên chưa tính được thời hạn khiếu nại. Hãy ghi bước giao quyết định.",
            "warning",
        )
        return
    last = appeal_by(served.on)
    if draft.received_on > last:
        yield Problem(
            "received_on",
            f"Khiếu nại nhận ngày {format_date(draft.received_on)}, quá hạn ngày {format_date(last)} "
            f"(giao quyết định ngày {format_date(served.on)}). "
            "Hãy kiểm tra ngày; cấp giải quyết xét có nhận hay không.",
            "warning",
        )


def answer_problems(
    case: Case, appeal: Appeal, draft: AnswerDraft, row: Discipline | None, ends: Sequence[DisciplineEnd]
) -> list[Problem]:
    """An answer comes after the appeal; a changed form is lighter or harsher as said, and one that may be applied."""
    found = check_fields(AppealAnswer, draft)
    if found:
        return found
    if row is None or any(end.kind == "annulled" for end in ends):
        return [Problem("", "Quyết định kỷ luật không còn nữa nên không có gì để thay đổi.")]
    found = list(check_past(draft.on, "on", "Ngày quyết định", 0))
    if draft.on < appeal.received_on:
        found.append(
            Problem(
                "on",
                f"Ngày quyết định {format_date(draft.on)} trước ngày nhận khiếu nại "
                f"{format_date(appeal.received_on)}. Hãy kiểm tra lại hai ngày.",
            )
        )
    return [*found, *_form(case, draft, row)]


def _form(case: Case, draft: AnswerDraft, row: Discipline) -> Iterator[Problem]:
    if draft.outcome not in CHANGED:
        if draft.form:
            yield Problem("form", "Kết quả này không đổi hình thức. Hãy để trống hình thức mới.")
        return
    if not draft.form:
        yield Problem("form", "Chưa chọn hình thức mới. Hãy chọn hình thức sau khi giảm hoặc tăng.")
        return
    order = MEMBER_DISCIPLINE_FORMS if case.of_member else ORGANISATION_DISCIPLINE_FORMS
    said = APPEAL_OUTCOME.label(draft.outcome).lower()
    now, new = (DISCIPLINE_FORM.label(form).lower() for form in (row.form, draft.form))
    if draft.form not in order or draft.form not in _allowed(case, draft.on):
        yield Problem(
            "form", f"Không áp dụng được hình thức {new} cho đối tượng này. Hãy chọn hình thức khác."
        )
        return
    step = order.index(draft.form) - order.index(row.form)
    if step == 0 or (step < 0) != (draft.outcome == "lighter"):
        yield Problem(
            "form", f"Từ {now} sang {new} không phải là {said}. Hãy chọn lại kết quả hoặc hình thức."
        )


def _allowed(case: Case, day: date) -> tuple[str, ...]:
    """By the last standing: a person who was expelled has none on the day."""
    if case.member is None:
        return forms_for("organisation", day)
    spells = spells_by_member([case.member]).get(case.member.pk, ())
    before = [spell for spell in spells if spell.valid_from <= day]
    return forms_for(before[-1].standing, day) if before else ()
