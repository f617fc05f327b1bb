"""What must hold of a step: order and days, counts of a vote, a form that the standing allows, the limits of time."""

from collections.abc import Iterator, Sequence
from datetime import date

from tongket.audit.draft_fields import check_fields
from tongket.audit.records import check_past
from tongket.cases.law.clock import forms_for, in_force_from, majority_of, suspension_ends, who_doubts
from tongket.cases.law.limits import form_limit
from tongket.cases.models import Case, CaseStep
from tongket.cases.queries import last_of, suspension_now
from tongket.cases.rules import admitted_on, before_admission
from tongket.cases.steps.drafts import StepDraft
from tongket.core.codelists import DISCIPLINE_FORM, STANDING
from tongket.core.dates import format_date
from tongket.core.judging import CASE_STEP
from tongket.core.problems import Problem
from tongket.core.votes import Outcome, outcome_of
from tongket.members.standing import spell_on, spells_by_member

#: The order of steps; a later one never comes before an earlier one, neither by day nor by record.
RANK = {"explained": 1, "voted": 2, "proposed": 3, "decided": 4, "announced": 5, "served": 6}
SUSPENSIONS = ("suspended", "suspension_extended", "suspension_ended")
_ONCE = frozenset({"explained", "decided", "announced", "served", "closed"})
_WITH_FORM = frozenset({"voted", "proposed", "decided"})
_NEEDS: dict[str, tuple[str, str]] = {
    "proposed": ("voted", "Chưa ghi biểu quyết nên chưa đề nghị được. Hãy ghi bước biểu quyết trước."),
    "decided": ("voted", "Chưa ghi biểu quyết nên chưa ghi quyết định được. Hãy ghi bước biểu quyết trước."),
    "announced": ("decided", "Chưa có quyết định nên chưa công bố được. Hãy ghi bước quyết định trước."),
    "served": ("decided", "Chưa có quyết định nên chưa giao được. Hãy ghi bước quyết định trước."),
}


def step_problems(case: Case, draft: StepDraft, steps: Sequence[CaseStep]) -> list[Problem]:
    """Everything wrong or doubtful about a step; writes nothing."""
    found = check_fields(CaseStep, draft)
    if found:
        return found
    found = [*check_past(draft.on, "on", "Ngày", 0), *_state(case, draft, steps), *_order(case, draft, steps)]
    if draft.kind in _WITH_FORM:
        found += _form(case, draft)
    if draft.kind == "voted":
        found += _counts(draft)
    if draft.kind == "decided":
        found += _deciding(case, draft, steps)
    if draft.kind in SUSPENSIONS:
        found += _suspension(draft, steps)
    if draft.kind == "closed" and not draft.reason:
        found.append(Problem("reason", "Chưa chọn lý do kết thúc không kỷ luật. Hãy chọn một lý do."))
    return found


def _state(case: Case, draft: StepDraft, steps: Sequence[CaseStep]) -> Iterator[Problem]:
    what = CASE_STEP.label(draft.kind)
    if draft.kind in _ONCE and (same := last_of(steps, draft.kind)) is not None:
        yield Problem(
            "kind",
            f"Bước “{what}” đã ghi ngày {format_date(same.on)}. Nếu ghi sai, hãy hủy bước đó rồi ghi lại.",
        )
        return
    if case.state == "closed" and draft.kind != "suspension_ended":
        yield Problem(
            "kind", "Vụ việc đã kết thúc, không kỷ luật. Hãy hủy bước kết thúc nếu còn xem xét tiếp."
        )
    elif case.state == "decided" and draft.kind in ("explained", "voted", "proposed", "closed", "suspended"):
        yield Problem(
            "kind",
            f"Vụ việc đã có quyết định nên không ghi được “{what}”. Việc thay đổi ghi ở phần khiếu nại.",
        )
    before, said = _NEEDS.get(draft.kind, ("", ""))
    if before and last_of(steps, before) is None:
        yield Problem("kind", said)
    if draft.kind == "voted" and last_of(steps, "explained") is None:
        yield Problem(
            "kind",
            "Chưa ghi ngày nhận bản giải trình, tự kiểm điểm. Hãy kiểm tra lại trước khi ghi biểu quyết.",
            "warning",
        )


def _order(case: Case, draft: StepDraft, steps: Sequence[CaseStep]) -> Iterator[Problem]:
    what, day = CASE_STEP.label(draft.kind), format_date(draft.on)
    if draft.on < case.opened_on:
        yield Problem(
            "on",
            f"“{what}” ngày {day} trước ngày mở vụ việc {format_date(case.opened_on)}. Hãy kiểm tra lại hai ngày.",
        )
    rank = RANK.get(draft.kind)
    if rank is None:
        return
    for step in steps:
        other = RANK.get(step.kind)
        if other is None:
            continue
        name, when = CASE_STEP.label(step.kind), format_date(step.on)
        if other < rank and draft.on < step.on:
            yield Problem("on", f"“{what}” ngày {day} trước “{name}” ngày {when}. Hãy kiểm tra lại hai ngày.")
            return
        if other > rank:
            yield Problem(
                "kind",
                f"Đã ghi “{name}” ngày {when}, bước này phải ghi trước. Hãy hủy bước đó rồi ghi theo thứ tự.",
            )
            return


def later_steps(steps: Sequence[CaseStep], step: CaseStep) -> list[CaseStep]:
    """The steps that rest on one: it cannot be taken back before them."""
    if step.kind in SUSPENSIONS:
        return [one for one in steps if one.kind in SUSPENSIONS and one.pk > step.pk]
    rank = RANK.get(step.kind)
    return [one for one in steps if RANK.get(one.kind, 0) > rank] if rank else []


def standing_on(case: Case, day: date, *, ended_that_day: bool = False) -> str:
    """The standing by which forms are allowed: of the member on a day ("" when not a member), or of an organisation."""
    if case.member is None:
        return "organisation"
    spells = spells_by_member([case.member]).get(case.member.pk, ())
    spell = spell_on(spells, day, ended_that_day=ended_that_day)
    return spell.standing if spell else ""


def _form(case: Case, draft: StepDraft) -> Iterator[Problem]:
    if not draft.form:
        yield Problem("form", "Chưa chọn hình thức kỷ luật. Hãy chọn một hình thức.")
        return
    standing = standing_on(case, draft.on)
    if not standing:
        assert case.member is not None  # noqa: S101  # nosec B101  # asked by the callers
        admitted = admitted_on(spells_by_member([case.member]).get(case.member.pk, ()))
        if admitted is not None and draft.on < admitted:
            yield Problem("on", before_admission(CASE_STEP.label(draft.kind), draft.on, admitted))
        else:
            yield Problem(
                "on",
                f"Ngày {format_date(draft.on)} người này không còn là đảng viên. Hãy sửa ngày, hoặc kết thúc vụ việc "
                "với lý do “không còn là đảng viên”.",
            )
        return
    allowed = forms_for(standing, draft.on)
    if draft.form not in allowed:
        names = ", ".join(DISCIPLINE_FORM.label(code).lower() for code in allowed)
        who = "Tổ chức đảng" if standing == "organisation" else STANDING.label(standing)
        yield Problem(
            "form",
            f"{who} không chịu hình thức {DISCIPLINE_FORM.label(draft.form).lower()}. "
            f"Các hình thức được áp dụng: {names}. Xóa tên không phải là hình thức kỷ luật.",
        )


def _counts(draft: StepDraft) -> Iterator[Problem]:
    if not draft.entitled:
        yield Problem(
            "entitled", "Chưa có số người có quyền biểu quyết. Hãy ghi tất cả, kể cả người vắng mặt."
        )
        return
    agree, disagree = draft.agree, draft.disagree or 0
    if agree is None:
        yield Problem("agree", "Chưa có số phiếu tán thành. Hãy ghi số đếm được, kể cả 0.")
    elif agree + disagree > draft.entitled:
        yield Problem(
            "agree",
            f"Tổng số phiếu {agree + disagree} (tán thành {agree}, không tán thành {disagree}) lớn hơn "
            f"{draft.entitled} người có quyền biểu quyết. Hãy đếm lại.",
        )


def vote_outcome(step: CaseStep) -> Outcome | None:
    """What a vote came to by the majority that its form asks for."""
    if step.kind != "voted" or not step.entitled or step.agree is None:
        return None
    return outcome_of(majority_of(step.form, step.on), step.entitled, step.agree)


def _deciding(case: Case, draft: StepDraft, steps: Sequence[CaseStep]) -> Iterator[Problem]:
    if not draft.level:
        yield Problem("level", "Chưa chọn cấp quyết định. Hãy chọn, để xét thẩm quyền và thống kê.")
    if draft.form:
        yield from _voted(draft, steps)
        limit = form_limit(
            draft.form,
            case.acts_on,
            of_member=case.of_member,
            harm=case.harm,
            judged_on=case.opened_on,
            at=case.concluded_on or draft.on,
        )
        if limit.state == "over" and limit.version is not None:
            article = limit.version.citation().document_and_article()
            yield Problem(
                "form",
                f"{limit.name}: {limit.words} ({article}). Hãy kiểm tra ngày vi phạm, ngày kết luận; "
                "nếu đúng, hãy kết thúc vụ việc với lý do “đã hết thời hiệu”.",
                "error" if limit.refuses else "warning",
            )
    yield from _effect(draft, steps)
    doubt = who_doubts(
        draft.level,
        task_from_above=case.task_from_above,
        committee_member=case.committee_member,
        on=draft.on,
    )
    if doubt:
        yield Problem("level", doubt, "warning")


def _effect(draft: StepDraft, steps: Sequence[CaseStep]) -> Iterator[Problem]:
    """A cell's own decision is in force from the vote (rule disc.effect, not confirmed: a doubt)."""
    votes = [step for step in steps if step.kind == "voted" and step.form == draft.form]
    since = in_force_from(draft.level, draft.on, votes[-1].on if votes else None)
    if since != draft.on:
        yield Problem(
            "on",
            f"Chi bộ tự quyết định thì có hiệu lực từ khi công bố kết quả biểu quyết, ngày {format_date(since)}. "
            f"Hãy kiểm tra ngày quyết định {format_date(draft.on)}.",
            "warning",
        )


def _voted(draft: StepDraft, steps: Sequence[CaseStep]) -> Iterator[Problem]:
    votes = [step for step in steps if step.kind == "voted"]
    of_form = [vote_outcome(step) for step in votes if step.form == draft.form]
    outcomes = [outcome for outcome in of_form if outcome is not None]
    name = DISCIPLINE_FORM.label(draft.form).lower()
    if votes and not outcomes:
        yield Problem(
            "form",
            f"Hình thức {name} chưa được biểu quyết. Hãy ghi biểu quyết của cấp quyết định, hoặc chọn hình thức đã "
            "biểu quyết.",
        )
    elif outcomes and not any(outcome.passed for outcome in outcomes):
        yield Problem(
            "form",
            f"Biểu quyết {name} chưa đủ: {outcomes[-1].words()}. Hãy chọn hình thức khác, hoặc ghi biểu quyết lại.",
        )


def _suspension(draft: StepDraft, steps: Sequence[CaseStep]) -> Iterator[Problem]:
    now = suspension_now(steps)
    if draft.kind == "suspended":
        if now is not None:
            yield Problem(
                "kind", f"Đang đình chỉ từ ngày {format_date(now[0].on)}. Hãy ghi gia hạn hoặc thôi đình chỉ."
            )
        return
    if now is None:
        yield Problem("kind", "Không có đình chỉ nào đang chạy. Hãy ghi bước “đình chỉ” trước.")
        return
    begun, extended = now
    if draft.on < begun.on:
        yield Problem(
            "on",
            f"Ngày {format_date(draft.on)} trước ngày bắt đầu đình chỉ {format_date(begun.on)}. Hãy sửa ngày.",
        )
    if draft.kind == "suspension_extended":
        if extended:
            yield Problem(
                "kind", "Đình chỉ chỉ được gia hạn một lần. Hãy ghi thôi đình chỉ khi đến hạn.", "warning"
            )
        ends = suspension_ends(begun.on, extended)
        if ends is not None and draft.on > ends:
            yield Problem(
                "on",
                f"Gia hạn ngày {format_date(draft.on)} sau khi đình chỉ đã hết hạn ngày {format_date(ends)}.",
                "warning",
            )
