"""What must hold of a step, given where the candidate stands: order, days, votes, papers behind it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tongket.admissions.deadlines.limits import (
    ceremony_by,
    class_valid_until,
    longest_extension,
    papers_on,
    votes_allowed,
)
from tongket.admissions.drafts import StepDraft
from tongket.admissions.joining.derive import Standing
from tongket.admissions.voting import Voters, severity_of, vote_rules
from tongket.audit.records import check_past
from tongket.core.dates import format_date
from tongket.core.judging import CANDIDATE_STEP
from tongket.core.problems import Problem
from tongket.rules.membership import check_admission_age


@dataclass
class Known:
    """What the rules of one candidate's steps look at besides the steps."""

    birth_date: date
    nominated_on: date
    papers: Collection[str] = ()
    mentors: int = 0
    in_body: bool = True
    voters: dict[date, Voters] = field(default_factory=dict)


#: What must have happened before, and how the message asks for it.
_NEEDS = {
    "committee": "resolution",
    "forwarded": "resolution",
    "appraised": "forwarded",
    "extended": "resolution",
    "decision": "resolution",
    "received": "decision",
    "consent": "decision",
    "ceremony": "decision",
}
_ASKS = {
    "resolution": "nghị quyết của chi bộ (đủ hai phần ba tán thành)",
    "forwarded": "việc chuyển hồ sơ lên cấp có thẩm quyền",
    "decision": "quyết định kết nạp",
}
_PAPERS = {"committee": False, "forwarded": False, "decision": True}
_REPEATED = ("class", "resolution")


def step_rules(draft: StepDraft, now: Standing, known: Known, index: int) -> Iterator[Problem]:
    """Everything wrong or doubtful about one step after those that `now` was folded from."""
    yield from check_past(draft.on, "on", "Ngày", index)
    if not now.is_open:
        how = "đã được kết nạp" if now.stage == "admitted" else "đã thôi xét"
        yield Problem("", f"Người này {how}; không ghi thêm bước nào được.", index=index)
        return
    yield from _once(draft, now, index)
    yield from _order(draft, now, index)
    if draft.kind != "class" and draft.on < known.nominated_on:
        yield Problem(
            "on",
            f"Ngày {format_date(draft.on)} trước ngày chi bộ giới thiệu {format_date(known.nominated_on)}.",
            index=index,
        )
    judge = _JUDGES.get(draft.kind)
    if judge is not None:
        yield from judge(draft, now, known, index)


def _once(draft: StepDraft, now: Standing, index: int) -> Iterator[Problem]:
    before = now.at.get(draft.kind)
    if before is not None and (draft.kind not in _REPEATED or draft.kind == "resolution"):
        what = CANDIDATE_STEP.label(draft.kind)
        yield Problem(
            "kind",
            f"Đã ghi “{what}” ngày {format_date(before.on)}. Nếu ghi sai, hãy hủy bước đó rồi ghi lại.",
            index=index,
        )


def _order(draft: StepDraft, now: Standing, index: int) -> Iterator[Problem]:
    need = _NEEDS.get(draft.kind)
    if need is None:
        return
    day = now.resolved_on if need == "resolution" else now.on(need)
    what = CANDIDATE_STEP.label(draft.kind)
    if day is None:
        yield Problem(
            "kind", f"Chưa ghi được “{what}”: chưa có {_ASKS[need]}. Hãy ghi bước đó trước.", index=index
        )
        return
    before = max((d for d in (day, *_days_before(draft.kind, now)) if d), default=day)
    if draft.on < before:
        yield Problem(
            "on",
            f"Ngày {format_date(draft.on)} trước bước liền trước (ngày {format_date(before)}): "
            f"“{what}” không thể trước {_ASKS[need]}. Hãy kiểm tra lại ngày.",
            index=index,
        )


def _days_before(kind: str, now: Standing) -> Iterator[date | None]:
    for earlier in ("committee", "forwarded", "appraised"):
        if kind in ("forwarded", "appraised", "decision") and earlier != kind:
            yield now.on(earlier)
    if kind == "ceremony":
        yield now.on("received")


def _resolution(draft: StepDraft, now: Standing, known: Known, index: int) -> Iterator[Problem]:
    yield from vote_rules(known.voters[draft.on], draft, index)
    for finding in check_admission_age(known.birth_date, draft.on):
        yield finding.problem("on", index)
    allowed = votes_allowed(draft.on)
    if allowed is not None and now.failed >= allowed:
        yield Problem(
            "kind",
            f"Chi bộ đã biểu quyết {now.failed} lần không đủ hai phần ba. Theo quy định, hãy ghi "
            "“Báo cáo cấp trên sau các lần không đủ phiếu” để cấp trên xem xét.",
            severity_of("adm.vote.rounds", draft.on),
            index,
        )
    earlier = now.on("failed")
    if earlier is not None and draft.on < earlier:
        yield Problem(
            "on",
            f"Lần biểu quyết trước là ngày {format_date(earlier)}. Hãy ghi theo thứ tự ngày.",
            index=index,
        )
    yield from _certificate(draft, now, index)
    yield from _file(draft, known, index)


def _certificate(draft: StepDraft, now: Standing, index: int) -> Iterator[Problem]:
    finished = now.on("class")
    level = severity_of("adm.class", draft.on)
    if finished is None:
        yield Problem("on", "Chưa ghi giấy chứng nhận lớp bồi dưỡng nhận thức về Đảng.", "warning", index)
        return
    last = class_valid_until(finished)
    if draft.on < finished:
        yield Problem(
            "on",
            f"Nghị quyết trước ngày cấp giấy chứng nhận lớp nhận thức ({format_date(finished)}).",
            level,
            index,
        )
    elif draft.on > last:
        yield Problem(
            "on",
            f"Giấy chứng nhận lớp nhận thức cấp ngày {format_date(finished)} chỉ có giá trị đến "
            f"{format_date(last)}. Người này cần học lại lớp trước khi chi bộ xét.",
            level,
            index,
        )


def _file(draft: StepDraft, known: Known, index: int) -> Iterator[Problem]:
    if not known.mentors:
        yield Problem("on", "Chưa phân công đảng viên chính thức giới thiệu, giúp đỡ.", "warning", index)
    missing = [name for code, name in papers_on(draft.on).items() if code not in known.papers]
    if missing:
        yield Problem("on", f"Hồ sơ còn thiếu: {'; '.join(missing)}.", "warning", index)


def _reported_up(draft: StepDraft, now: Standing, _known: Known, index: int) -> Iterator[Problem]:
    allowed = votes_allowed(draft.on) or 1
    if now.failed < allowed:
        yield Problem(
            "kind",
            f"Chi bộ mới biểu quyết {now.failed} lần không đủ phiếu; báo cáo cấp trên sau {allowed} lần. "
            "Hãy ghi đủ kết quả các lần biểu quyết.",
            index=index,
        )
    elif (earlier := now.on("failed")) is not None and draft.on < earlier:
        yield Problem(
            "on", f"Báo cáo không thể trước lần biểu quyết cuối (ngày {format_date(earlier)}).", index=index
        )


def _class(draft: StepDraft, now: Standing, known: Known, index: int) -> Iterator[Problem]:
    if not draft.decision_number:
        yield Problem("decision_number", "Chưa có số giấy chứng nhận.", "warning", index)
    if draft.on < known.birth_date:
        yield Problem("on", "Ngày cấp giấy chứng nhận ở trước ngày sinh. Hãy kiểm tra lại.", index=index)
    before = now.on("class")
    if before is not None and draft.on <= before:
        yield Problem(
            "on", f"Đã có giấy chứng nhận ngày {format_date(before)}; chỉ ghi thêm giấy mới hơn.", index=index
        )


def _forwarded(draft: StepDraft, now: Standing, known: Known, index: int) -> Iterator[Problem]:
    if known.in_body and "committee" not in now.at:
        yield Problem("kind", "Chưa ghi bước cấp ủy cơ sở xét, đề nghị kết nạp.", "warning", index)


def extension_rules(draft: Any, index: int) -> Iterator[Problem]:
    """One extension of the time for a decision, of so many working days at most."""
    most = longest_extension(draft.on)
    if not draft.days:
        yield Problem("days", "Chưa ghi gia hạn bao nhiêu ngày làm việc.", index=index)
    elif most is not None and draft.days > most:
        yield Problem(
            "days",
            f"Chỉ gia hạn một lần, không quá {most} ngày làm việc. Hãy sửa số ngày.",
            severity_of("adm.decide-by", draft.on),
            index,
        )


def _extended(draft: StepDraft, now: Standing, _known: Known, index: int) -> Iterator[Problem]:
    yield from extension_rules(draft, index)
    if "decision" in now.at:
        yield Problem("kind", "Đã có quyết định, không gia hạn nữa.", index=index)


def decision_rules(draft: Any, index: int) -> Iterator[Problem]:
    """A decision names its number and the body that took it."""
    if not draft.decision_number:
        yield Problem(
            "decision_number",
            "Chưa có số quyết định. Hãy ghi như trên văn bản, ví dụ 125-QĐNS/HU.",
            index=index,
        )
    if not draft.decision_body:
        yield Problem("decision_body", "Chưa có cơ quan ban hành quyết định.", index=index)


def _decision(draft: StepDraft, _now: Standing, _known: Known, index: int) -> Iterator[Problem]:
    yield from decision_rules(draft, index)


def _ceremony(draft: StepDraft, now: Standing, _known: Known, index: int) -> Iterator[Problem]:
    decided = now.on("decision")
    if decided is None:
        return
    last = ceremony_by(decided, now.on("received"))
    if last is None:
        yield Problem(
            "on", "Chưa ghi ngày chi bộ nhận quyết định nên chưa tính được hạn tổ chức lễ.", "warning", index
        )
    elif draft.on > last and "consent" not in now.at:
        yield Problem(
            "on",
            f"Lễ tổ chức sau hạn {format_date(last)} mà chưa ghi cấp trên đồng ý. Nếu đã có văn bản đồng ý, hãy ghi "
            "bước đó trước.",
            "warning",
            index,
        )


def _closed(draft: StepDraft, _now: Standing, _known: Known, index: int) -> Iterator[Problem]:
    if not draft.reason:
        yield Problem("reason", "Chưa nêu lý do thôi xét. Hãy chọn trong danh sách.", index=index)


_JUDGES: dict[str, Any] = {
    "class": _class,
    "resolution": _resolution,
    "reported_up": _reported_up,
    "forwarded": _forwarded,
    "extended": _extended,
    "decision": _decision,
    "ceremony": _ceremony,
    "closed": _closed,
}
