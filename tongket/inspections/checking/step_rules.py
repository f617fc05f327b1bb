"""What must hold of a step: in order, not before the last, not of the future; extended once, with reason and paper."""

from collections.abc import Iterator
from datetime import date

from tongket.audit.draft_fields import check_fields
from tongket.audit.records import check_past, current
from tongket.core.dates import format_date
from tongket.core.judging import INSPECTION_STATE, INSPECTION_STEP
from tongket.core.problems import Problem
from tongket.core.text import tidy
from tongket.inspections.running.derive import RUNNING, Standing, limit_end
from tongket.inspections.running.drafts import StepDraft
from tongket.inspections.running.models import Finding, Inspection, InspectionStep
from tongket.obligations.models import Obligation

#: Steps that rest on a paper; "reported" may, the others need not.
PAPERED = frozenset({"concluded", "extended"})


def step_rules(draft: StepDraft, inspection: Inspection, stands: Standing) -> Iterator[Problem]:
    """The next step of the order, or the one extension; each not before what went before."""
    wrong = list(check_fields(InspectionStep, draft))
    yield from wrong
    if wrong:
        return
    yield from check_past(draft.on, "on", "Ngày", 0)
    if stands.last_on is not None and draft.on < stands.last_on:
        yield Problem(
            "on",
            f"Ngày {format_date(draft.on)} trước bước đã ghi ngày {format_date(stands.last_on)}. "
            "Hãy kiểm tra lại ngày.",
        )
    yield from _paper(draft, inspection)
    if draft.kind in PAPERED and not (tidy(draft.decision_number) and draft.decision_date):
        yield Problem(
            "decision_number",
            f"“{INSPECTION_STEP.label(draft.kind)}” phải có văn bản. Hãy ghi số và ngày của văn bản.",
        )
    if draft.kind == "extended":
        yield from _extension(draft, inspection, stands)
        return
    if draft.until is not None:
        yield Problem("until", "Chỉ khi gia hạn mới ghi hạn mới. Hãy để trống ô này.")
    if draft.kind != stands.next_step:
        wanted = INSPECTION_STEP.label(stands.next_step).lower() if stands.next_step else "không còn bước nào"
        yield Problem(
            "kind",
            f"Cuộc này {INSPECTION_STATE.label(stands.state).lower()}; bước tiếp theo là: {wanted}. "
            "Hãy mở lại trang.",
        )
    elif draft.kind == "announced":
        yield from _ready(inspection)
    elif draft.kind == "followed":
        yield from _remedied(inspection)


def _paper(draft: StepDraft, inspection: Inspection) -> Iterator[Problem]:
    """Nothing happens before the decision on the inspection; the paper of a step is not younger than the step."""
    decided = inspection.decision_date
    if decided is not None and draft.on < decided:
        yield Problem(
            "on",
            f"Ngày {format_date(draft.on)} trước ngày quyết định, kế hoạch {format_date(decided)}. "
            "Hãy kiểm tra lại hai ngày.",
        )
    if draft.decision_date is not None and draft.decision_date > draft.on:
        yield Problem(
            "decision_date",
            f"Văn bản ngày {format_date(draft.decision_date)} sau ngày của bước {format_date(draft.on)}. "
            "Hãy sửa một trong hai.",
        )


def _ready(inspection: Inspection) -> Iterator[Problem]:
    if inspection.kind != "regular" and not current(inspection.team.filter(role="head")).exists():
        yield Problem("kind", "Chưa có trưởng đoàn. Hãy lập đoàn trước khi thông báo cho đối tượng.")


def _remedied(inspection: Inspection) -> Iterator[Problem]:
    findings = current(Finding.objects.filter(inspection=inspection)).values("identity")
    rows = current(Obligation.objects.filter(demand__about__in=findings, demand__voided_at__isnull=True))
    left = rows.exclude(state="accepted").count()
    if left:
        yield Problem(
            "kind",
            f"Còn {left} việc khắc phục chưa được chấp nhận. Hãy chấp nhận báo cáo khắc phục trước khi kết thúc.",
        )


def _extension(draft: StepDraft, inspection: Inspection, stands: Standing) -> Iterator[Problem]:
    if stands.extended:
        yield Problem(
            "kind",
            f"Cuộc này đã gia hạn một lần, đến {format_date(stands.deadline)}. Chỉ được gia hạn một lần.",
        )
    if stands.state not in RUNNING:
        yield Problem(
            "kind", f"Cuộc này {INSPECTION_STATE.label(stands.state).lower()} nên không gia hạn được nữa."
        )
    if not tidy(draft.reason):
        yield Problem("reason", "Chưa nêu lý do gia hạn. Hãy ghi vì sao.")
    end = max(stands.deadline, limit_end(inspection) or stands.deadline)
    if draft.on > end and not stands.extended:
        yield Problem(
            "on",
            f"Gia hạn ngày {format_date(draft.on)}, sau khi đã hết hạn ngày {format_date(end)}. Hãy kiểm tra lại ngày.",
            "warning",
        )
    if draft.until is None:
        yield Problem("until", "Chưa ghi gia hạn đến ngày nào. Hãy ghi ngày, ví dụ 31/12/2024.")
    elif draft.until <= end:
        yield Problem(
            "until",
            f"Ngày gia hạn đến {format_date(draft.until)} phải sau hạn hiện nay {format_date(end)}.",
        )
    elif draft.until < draft.on:
        yield Problem(
            "until",
            f"Gia hạn đến {format_date(draft.until)} trước ngày gia hạn {format_date(draft.on)}. "
            "Hãy ghi hạn còn ở phía sau.",
        )
    else:
        yield from _length(draft.until, inspection, end)


def _length(until: date, inspection: Inspection, end: date) -> Iterator[Problem]:
    """No longer than the time first given: the rule's number is not known (`insp.time`), so the user is asked."""
    first = inspection.limit_days or (inspection.ends_on - inspection.starts_on).days + 1
    more = (until - end).days
    if more > first:
        yield Problem(
            "until",
            f"Gia hạn thêm {more} ngày, dài hơn thời hạn ban đầu {first} ngày. Hãy kiểm tra lại ngày.",
            "warning",
        )
