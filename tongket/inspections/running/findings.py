"""What was found, and the one act that hands what has to be put right to the inspected organisation."""

from collections.abc import Iterator, Sequence
from typing import Any

from tongket.audit.acts import Act, act
from tongket.audit.draft_fields import check_fields
from tongket.audit.records import GONE, check_past, current, written_reason
from tongket.core.dates import format_date, today
from tongket.core.problems import Conflict, Problem, Refused, refuse_if_any
from tongket.core.text import tidy
from tongket.inspections.programmes.subjects import acting_name
from tongket.inspections.running.acts import standing_of
from tongket.inspections.running.drafts import FindingDraft, Remedy
from tongket.inspections.running.models import Finding, Inspection, InspectionObject
from tongket.obligations.acts import hand_out_in
from tongket.obligations.drafts import DemandDraft
from tongket.obligations.models import Demand

_TITLE, _LABEL = 300, 200
#: Findings come with the report of the team, not before.
FOUND_FROM = frozenset({"reported", "concluded", "notified"})
#: The title of what a cell has to see to about one of its members: neither who nor what stands in it.
OF_A_MEMBER = "Thực hiện yêu cầu khắc phục sau kiểm tra, giám sát đảng viên"


def add_findings(
    record: Inspection, drafts: Sequence[FindingDraft], *, by: Any, origin: str = "form"
) -> list[Finding]:
    """Record what was found; what has a remedy becomes an obligation of the inspected body in the same act.

    Raises `Refused` with everything wrong in any row (`index`): then nothing is recorded, nothing handed out.
    """
    with act("finding.add", by=by, origin=origin, organisation=record.organisation) as current_act:
        row = standing_of(record)
        refuse_if_any(finding_rules(row, drafts))
        made = []
        for index, draft in enumerate(drafts):
            finding = Finding.objects.create(
                inspection=row,
                organisation=draft.organisation,
                member=draft.member,
                kind=draft.kind,
                on=draft.on,
                ground=draft.ground,
                text=tidy(draft.text),
                **current_act.stamp(),
            )
            made.append(finding)
            if draft.remedy is not None:
                _hand_out(row, finding, draft.remedy, current_act, index)
        current_act.about(row)
        current_act.note(count=len(made), handed=sum(1 for one in drafts if one.remedy is not None))
    return made


def void_finding(finding: Finding, *, reason: str, by: Any) -> Finding:
    """Void a finding entered wrongly. Raises `Refused` while an obligation rests on it, `Conflict`."""
    said = written_reason(reason)
    with act("finding.void", by=by, organisation=finding.inspection.organisation) as current_act:
        row = _standing(finding)
        if current(Demand.objects.filter(about=row.identity)).exists():
            raise Refused([Problem("", "Kết quả này đã giao việc khắc phục. Hãy rút việc đã giao trước.")])
        current_act.void(row, said)
        current_act.about(row.inspection)
    return row


def finding_rules(row: Inspection, drafts: Sequence[FindingDraft]) -> Iterator[Problem]:
    """After the team's report, about one of the objects; in words of a body, by code of a member; days in order."""
    if row.state not in FOUND_FROM:
        yield Problem(
            "", "Chưa ghi bước “Đoàn báo cáo kết quả” hoặc cuộc đã kết thúc nên không ghi kết quả được."
        )
        return
    if not drafts:
        yield Problem("", "Chưa ghi kết quả nào. Hãy ghi ít nhất một dòng.")
    about = {
        (one.organisation_id, one.member_id)
        for one in current(InspectionObject.objects.filter(inspection=row))
    }
    for index, draft in enumerate(drafts):
        wrong = [problem.at(index) for problem in check_fields(Finding, draft)]
        yield from wrong
        if wrong:
            continue
        if (draft.organisation.pk, draft.member and draft.member.pk) not in about:
            name = draft.member or draft.organisation
            yield Problem(
                "target", f"“{name}” không phải là đối tượng của cuộc này. Hãy chọn lại.", index=index
            )
        yield from check_past(draft.on, "on", "Ngày", index)
        if row.started_on is not None and draft.on < row.started_on:
            yield Problem(
                "on",
                f"Ngày {format_date(draft.on)} trước ngày bắt đầu {format_date(row.started_on)}. Hãy sửa lại ngày.",
                index=index,
            )
        yield from _words(draft, index)
        if draft.remedy is not None:
            yield from _remedy_rules(
                draft.kind, draft.on, draft.remedy, index, of_member=draft.member is not None
            )


def _words(draft: FindingDraft, index: int) -> Iterator[Problem]:
    text = tidy(draft.text)
    if draft.member is None and not text:
        yield Problem("text", "Chưa ghi nội dung. Hãy ghi rõ ưu điểm, khuyết điểm hoặc vi phạm.", index=index)
    if draft.member is not None and text:
        yield Problem(
            "text",
            "Về đảng viên chỉ chọn nội dung theo danh mục, không ghi thành lời. Hãy xóa phần chữ.",
            index=index,
        )
    if draft.kind != "strength" and not draft.ground:
        yield Problem("ground", "Chưa chọn nội dung khuyết điểm, vi phạm theo danh mục.", index=index)


def _remedy_rules(kind: str, on: Any, remedy: Remedy, index: int, *, of_member: bool) -> Iterator[Problem]:
    if kind == "strength":
        yield Problem("remedy", "Ưu điểm không có việc khắc phục. Hãy xóa hoặc đổi loại.", index=index)
    if of_member and tidy(remedy.text):
        yield Problem(
            "remedy",
            "Về đảng viên chỉ ghi hạn; việc phải khắc phục gửi riêng bằng văn bản. Hãy xóa phần chữ.",
            index=index,
        )
    if not of_member and not tidy(remedy.text):
        yield Problem("remedy", "Có hạn mà chưa ghi việc phải khắc phục. Hãy ghi hoặc xóa hạn.", index=index)
    if len(tidy(remedy.text)) > 2000:
        yield Problem("remedy", "Việc khắc phục dài quá 2000 ký tự. Hãy viết ngắn lại.", index=index)
    if remedy.due_on is None:
        yield Problem("due_on", "Chưa ghi hạn khắc phục. Hãy ghi ngày, ví dụ 31/12/2024.", index=index)
    elif remedy.due_on < on:
        yield Problem(
            "due_on",
            f"Hạn khắc phục {format_date(remedy.due_on)} trước ngày ghi kết quả {format_date(on)}. Hãy sửa hạn.",
            index=index,
        )


def _hand_out(row: Inspection, finding: Finding, remedy: Remedy, act: Act, index: int) -> Demand:
    text = tidy(remedy.text)
    if finding.member_id is not None:
        # The cell's whole office reads what is handed to it: whom it concerns and what about is told on paper.
        title, more = OF_A_MEMBER, "Theo văn bản của chủ thể kiểm tra, giám sát gửi riêng chi bộ."
    else:
        short = len(text) <= _TITLE
        title, more = (text, "") if short else (text[: _TITLE - 1].rsplit(" ", 1)[0] + "…", text)
    draft = DemandDraft(
        organisation=row.organisation,
        kind="task",
        title=title,
        text=more,
        asked_on=min(finding.on, today()),
        due_on=remedy.due_on,
        about=finding.identity,
        about_label=label_of(row),
    )
    try:
        return hand_out_in(draft, [finding.organisation], act=act)
    except Refused as refused:
        names = {"receivers": "target", "title": "remedy", "text": "remedy", "asked_on": "on"}
        raise Refused(
            Problem(names.get(p.field, p.field), p.message, p.severity, index) for p in refused.problems
        ) from None


def label_of(row: Inspection) -> str:
    """On what the obligation rests, without the contents: kind of inspection and acting body."""
    said = f"{row.get_kind_display()} của {acting_name(row.organisation, row.subject, row.body)}"
    return said if len(said) <= _LABEL else said[: _LABEL - 1] + "…"


def _standing(finding: Finding) -> Finding:
    row = (
        current(Finding.objects.filter(pk=finding.pk))
        .select_related("inspection__organisation", "organisation", "member")
        .first()
    )
    if row is None:
        raise Conflict(GONE)
    return row
