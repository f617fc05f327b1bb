"""What must hold of what is asked, and of each step."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from tongket.audit.draft_fields import check_fields
from tongket.audit.records import check_past
from tongket.core.dates import format_date
from tongket.core.problems import Problem
from tongket.core.text import tidy
from tongket.core.worklists import OBLIGATION_KIND, OBLIGATION_STATE, STEP
from tongket.obligations.derive import Standing
from tongket.obligations.drafts import DemandDraft, StepDraft
from tongket.obligations.models import Demand, Step
from tongket.organisations.lifetime import lifetimes
from tongket.organisations.models import Organisation, OrganisationPath

#: step -> the states in which it may happen.
ALLOWED: dict[str, frozenset[str]] = {
    "planned": frozenset({"received", "planned", "returned"}),
    "done": frozenset({"received", "planned", "returned"}),
    "reported": frozenset({"received", "planned", "done", "returned"}),
    "accepted": frozenset({"reported"}),
    "returned": frozenset({"reported"}),
    "extended": frozenset({"received", "planned", "done", "returned"}),
    "reminded": frozenset({"received", "planned", "done", "returned"}),
}
#: Steps that the asker takes; all others are the doer's.
OF_THE_ASKER = frozenset({"accepted", "returned", "extended", "reminded"})
_NEEDS_TEXT = {"returned": "Chưa nêu lý do trả lại.", "extended": "Chưa nêu lý do gia hạn."}
MOST_NUMBERS, NUMBER_NAME = 12, 80
MOST_REMINDERS, FURTHEST_REMINDER = 8, 60


def demand_rules(draft: DemandDraft, receivers: Sequence[Organisation]) -> Iterator[Problem]:
    """Sound fields, asked before due, of at least one living organisation of the asker's own tree, each once."""
    fields = check_fields(Demand, draft)
    yield from fields
    if fields:
        return
    yield from check_past(draft.asked_on, "asked_on", "Ngày giao", 0)
    if draft.due_on < draft.asked_on:
        yield Problem(
            "due_on",
            f"Hạn {format_date(draft.due_on)} trước ngày giao {format_date(draft.asked_on)}. Hãy sửa một trong hai.",
        )
    names = [tidy(name) for name in draft.numbers]
    if len(names) > MOST_NUMBERS or any(not name or len(name) > NUMBER_NAME for name in names):
        yield Problem("numbers", f"Ghi tối đa {MOST_NUMBERS} số liệu, mỗi tên không quá {NUMBER_NAME} ký tự.")
    if len({name.casefold() for name in names}) != len(names):
        yield Problem("numbers", "Có hai số liệu trùng tên. Hãy đổi tên một số liệu.")
    if not receivers:
        yield Problem("receivers", "Chưa chọn tổ chức nào để giao. Hãy chọn ít nhất một.")
    if len({one.pk for one in receivers}) != len(receivers):
        yield Problem("receivers", "Một tổ chức được chọn hai lần. Hãy bỏ một.")
    dead = list(_living(receivers, draft.asked_on))
    yield from dead
    if not dead:
        yield from _below(draft.organisation, receivers, draft.asked_on)


def _below(asker: Organisation, receivers: Sequence[Organisation], on: date) -> Iterator[Problem]:
    """Nobody is asked who does not hang below the asker on that day (oneself may be asked)."""
    inside = set(
        OrganisationPath.objects.filter(
            ancestor=asker, voided_at__isnull=True, valid_from__lte=on, valid_to__gt=on
        ).values_list("descendant_id", flat=True)
    )
    others = [one.name for one in receivers if one.pk not in inside]
    if others:
        named = ", ".join(others[:3]) + ("…" if len(others) > 3 else "")
        yield Problem("receivers", f"Không trực thuộc “{asker.name}”: {named}. Hãy bỏ khỏi danh sách.")


def _living(receivers: Sequence[Organisation], on: date) -> Iterator[Problem]:
    lives = lifetimes(receivers)
    dead = [one.name for one in receivers if not lives[one.pk].founded_on <= on < lives[one.pk].ends_on]
    if dead:
        named = ", ".join(dead[:3]) + ("…" if len(dead) > 3 else "")
        yield Problem(
            "receivers", f"Ngày {format_date(on)} không còn hoặc chưa có: {named}. Hãy bỏ khỏi danh sách."
        )


def step_rules(draft: StepDraft, demand: Any, stands: Standing, past: Sequence[Any]) -> Iterator[Problem]:
    """A step that may follow the present state, in order of days, with what it must say."""
    fields = check_fields(Step, draft)
    yield from fields
    if fields:
        return
    if stands.state not in ALLOWED.get(draft.kind, frozenset()):
        state = OBLIGATION_STATE.label(stands.state).lower()
        yield Problem(
            "kind",
            f"Việc này {state} nên không “{STEP.label(draft.kind).lower()}” được. Hãy mở lại trang để xem trạng thái.",
        )
    yield from check_past(draft.on, "on", "Ngày", 0)
    yield from _in_order(draft, demand, past)
    if draft.kind in _NEEDS_TEXT and not tidy(draft.text):
        yield Problem("text", f"{_NEEDS_TEXT[draft.kind]} Hãy ghi vì sao.")
    if draft.kind == "extended":
        yield from _extension(draft, stands)
    elif draft.new_deadline is not None:
        yield Problem("new_deadline", "Chỉ khi gia hạn mới ghi hạn mới.")
    if draft.kind == "reported":
        yield from _report(draft, demand)


def _in_order(draft: StepDraft, demand: Any, past: Sequence[Any]) -> Iterator[Problem]:
    if draft.on < demand.asked_on:
        yield Problem(
            "on",
            f"Ngày {format_date(draft.on)} trước ngày giao việc {format_date(demand.asked_on)}. Hãy sửa lại ngày.",
        )
        return
    if draft.kind == "reminded":
        return
    latest = max((step.on for step in past if step.kind != "reminded"), default=None)
    if latest is not None and draft.on < latest:
        yield Problem(
            "on",
            f"Ngày {format_date(draft.on)} trước việc đã ghi ngày {format_date(latest)}. Hãy kiểm tra lại ngày.",
        )


def _extension(draft: StepDraft, stands: Standing) -> Iterator[Problem]:
    if draft.new_deadline is None:
        yield Problem("new_deadline", "Chưa ghi hạn mới. Hãy ghi ngày, ví dụ 31/12/2024.")
    elif draft.new_deadline <= stands.deadline:
        yield Problem(
            "new_deadline",
            f"Hạn mới {format_date(draft.new_deadline)} phải sau hạn hiện nay {format_date(stands.deadline)}.",
        )
    elif draft.new_deadline < draft.on:
        yield Problem(
            "new_deadline",
            f"Hạn mới {format_date(draft.new_deadline)} trước ngày gia hạn {format_date(draft.on)}. "
            "Hãy ghi hạn còn ở phía sau.",
        )


def _report(draft: StepDraft, demand: Any) -> Iterator[Problem]:
    given = draft.numbers or {}
    missing = [name for name in demand.numbers if name not in given]
    if missing:
        yield Problem("numbers", f"Còn thiếu số liệu: {', '.join(missing)}. Không có thì ghi 0.")
    unknown = [name for name in given if name not in demand.numbers]
    if unknown:
        yield Problem("numbers", f"Số liệu không được yêu cầu: {', '.join(unknown)}. Hãy mở lại trang.")
    if not tidy(draft.text) and not draft.files and not given:
        yield Problem("text", "Hãy ghi kết quả hoặc đính kèm văn bản.")


def voiding_rules(demand: Any, moved: int) -> Iterator[Problem]:
    """A demand goes only while nobody has worked on it."""
    if moved:
        yield Problem(
            "",
            f"Đã có {moved} tổ chức thực hiện “{demand.title}”. Chỉ rút được việc chưa ai làm; "
            "hãy trả lại hoặc hủy từng việc.",
        )


def withdrawing_rules(state: str) -> Iterator[Problem]:
    """One organisation's part is taken back only while it has not been reported."""
    if state in ("reported", "accepted"):
        yield Problem(
            "",
            f"Việc này {OBLIGATION_STATE.label(state).lower()} nên không rút được. "
            "Nếu báo cáo sai, hãy trả lại kèm lý do.",
        )


def undoing_rules(step: Any, past: Sequence[Any]) -> Iterator[Problem]:
    """Only the latest step is undone; reminders stand beside the order, since no state rests on them."""
    if step.kind == "reminded":
        return
    latest = [one for one in past if one.kind != "reminded"][-1]
    if latest.pk != step.pk:
        yield Problem("", "Chỉ hủy được việc ghi sau cùng. Hãy hủy lần lượt từ việc mới nhất.")


def reminder_rules(days: Mapping[str, Sequence[int]]) -> Iterator[Problem]:
    """Known kinds, at most eight days each, none further than 60 days from a deadline."""
    for kind, some in days.items():
        if kind and kind not in OBLIGATION_KIND.values:
            yield Problem("kind", f"Không có loại việc “{kind}”.")
        if len(set(some)) > MOST_REMINDERS:
            yield Problem("days", f"Mỗi loại việc nhắc tối đa {MOST_REMINDERS} lần. Hãy bỏ bớt ngày.")
        far = [day for day in some if abs(day) > FURTHEST_REMINDER]
        if far:
            yield Problem(
                "days",
                f"Chỉ nhắc trong khoảng {FURTHEST_REMINDER} ngày trước và sau hạn. Hãy sửa số {far[0]}.",
            )
