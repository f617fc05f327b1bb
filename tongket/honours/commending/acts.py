"""What happens in a campaign after the proposals: checks set aside, the council's view, the decision, the numbers."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from tongket.audit.acts import Act, act
from tongket.audit.records import GONE, current, repeated
from tongket.core.dates import format_date, today
from tongket.core.judging import COMMENDING_CHECK
from tongket.core.problems import Conflict, Problem, Refused, refuse_if_any
from tongket.core.text import fold, tidy
from tongket.honours.acts import add_commendations
from tongket.honours.commending import facts
from tongket.honours.commending.drafts import Choice, DecisionDraft, ViewDraft
from tongket.honours.commending.gates import FAILED
from tongket.honours.commending.models import (
    CommendationDecision,
    CommendationOverride,
    CommendationProposal,
    CommendationRound,
    CommendationTitle,
    CouncilView,
    ProposalOutcome,
)
from tongket.honours.commending.queries import aside_of, name_of, overrides_of, titles_of, with_fate
from tongket.honours.drafts import CommendationDraft

_REASON = 300


def _standing(round_: CommendationRound) -> CommendationRound:
    rows = current(CommendationRound.objects.filter(identity=round_.identity)).select_related("organisation")
    found = rows.first()
    if found is None:
        raise Conflict(GONE)
    return found


def _proposals(round_: CommendationRound) -> dict[UUID, Any]:
    rows = with_fate(current(CommendationProposal.objects.filter(round=round_.identity)))
    return {row.identity: row for row in rows}


def reason_problems(reason: str, field: str, what: str, index: int = 0) -> Iterator[Problem]:
    """A written reason: there, and of a length that the record holds."""
    text = tidy(reason or "")
    if not text:
        yield Problem(field, f"{what}: chưa ghi lý do. Hãy ghi rõ.", index=index)
    elif len(text) > _REASON:
        yield Problem(
            field, f"{what}: lý do dài quá {_REASON} ký tự ({len(text)}). Hãy viết ngắn lại.", index=index
        )


# --- a check set aside --------------------------------------------------------------------------------------


def set_aside(
    round_: CommendationRound,
    check: str,
    *,
    reason: str,
    by: Any,
    proposal: CommendationProposal | None = None,
    title: CommendationTitle | None = None,
) -> CommendationOverride:
    """Set one check aside for a proposal (or the cap of a title) with the written reason. Raises `Refused`."""
    problems = list(reason_problems(reason, "reason", "Bỏ qua kiểm tra"))
    if check not in COMMENDING_CHECK.values or (proposal is None) == (title is None):
        problems.append(Problem("check", "Không có kiểm tra này. Hãy mở lại trang."))
    refuse_if_any(problems)
    with act("commending.override", by=by, organisation=round_.organisation, subject=round_) as current_act:
        row = _standing(round_)
        made = _aside(row, check, reason, current_act, proposal.identity if proposal else None, title)
        made.save()
        current_act.note(check=check)
    return made


def _aside(
    round_: CommendationRound,
    check: str,
    reason: str,
    current_act: Act,
    proposal: UUID | None = None,
    title: CommendationTitle | None = None,
) -> CommendationOverride:
    return CommendationOverride(
        round=round_.identity,
        asked_by=round_.organisation,
        proposal=proposal,
        title=title.identity if title else None,
        check_code=check,
        reason=tidy(reason),
        **current_act.stamp(),
    )


# --- the council --------------------------------------------------------------------------------------------


def record_views(round_: CommendationRound, views: Sequence[ViewDraft], *, on: date, by: Any) -> int:
    """Record what the council thought of proposals; an earlier view of the same proposal is voided, not overwritten.

    Returns how many were written. Raises `Refused` naming each row.
    """
    with act("commending.council", by=by, organisation=round_.organisation, subject=round_) as current_act:
        row = _standing(round_)
        proposals = _proposals(row)
        refuse_if_any(list(_view_problems(views, proposals, on)))
        old = {
            one.proposal: one
            for one in current(CouncilView.objects.filter(proposal__in=[view.proposal for view in views]))
        }
        changed = [view for view in views if not _same(old.get(view.proposal), view, on)]
        for view in changed:
            if view.proposal in old:
                current_act.void(old[view.proposal], "hội đồng xét lại")
        CouncilView.objects.bulk_create(
            CouncilView(
                round=row.identity,
                asked_by=row.organisation,
                proposal=view.proposal,
                on=on,
                base=view.base,
                agree=view.agree,
                recommended=view.recommended,
                reason=tidy(view.reason),
                **current_act.stamp(),
            )
            for view in changed
        )
        current_act.note(count=len(changed), recommended=sum(view.recommended for view in changed))
    return len(changed)


def _same(old: CouncilView | None, view: ViewDraft, on: date) -> bool:
    return old is not None and (old.on, old.base, old.agree, old.recommended, old.reason) == (
        on,
        view.base,
        view.agree,
        view.recommended,
        tidy(view.reason),
    )


def _too_early(on: date, what: str, proposals: Sequence[Any]) -> Iterator[Problem]:
    """One day for the whole list, so what is wrong with it is said once, with the proposal that it precedes most."""
    after = [one for one in proposals if one is not None and on < one.proposed_on]
    if not after:
        return
    last = max(after, key=lambda one: one.proposed_on)
    more = f" và {len(after) - 1} đề nghị khác" if len(after) > 1 else ""
    yield Problem(
        "on",
        f"Ngày {what} {format_date(on)} trước ngày đề nghị của “{name_of(last)}” "
        f"({format_date(last.proposed_on)}){more}. Hãy sửa ngày {what}; "
        "nếu ngày đề nghị ghi sai, hãy rút rồi đề nghị lại.",
    )


def _view_problems(views: Sequence[ViewDraft], proposals: Mapping[UUID, Any], on: date) -> Iterator[Problem]:
    if on > today():
        yield Problem("on", f"Ngày họp hội đồng {format_date(on)} ở sau hôm nay. Hãy kiểm tra lại.")
    yield from _too_early(on, "họp hội đồng", [proposals.get(view.proposal) for view in views])
    for index, view in enumerate(views):
        proposal = proposals.get(view.proposal)
        if proposal is None:
            yield Problem("", "Có đề nghị đã được rút. Hãy mở lại trang.", index=index)
            continue
        who = f"Dòng {view.row or index + 1} “{name_of(proposal)}”"
        if proposal.commended is not None:
            yield Problem("", f"{who}: đã có quyết định, không ghi ý kiến hội đồng nữa.", index=index)
        if (view.base is None) != (view.agree is None):
            yield Problem(
                "agree",
                f"{who}: ghi đủ số thành viên và số phiếu tán thành, hoặc để trống cả hai.",
                index=index,
            )
        if view.base is not None and view.agree is not None and view.agree > view.base:
            yield Problem(
                "agree",
                f"{who}: {view.agree} phiếu tán thành nhiều hơn {view.base} thành viên có quyền biểu quyết. "
                "Hãy sửa lại.",
                index=index,
            )
        if not view.recommended:
            yield from reason_problems(view.reason, "reason", f"{who} không được đề nghị", index)


# --- the decision -------------------------------------------------------------------------------------------


def decide(
    round_: CommendationRound, draft: DecisionDraft, *, by: Any, origin: str = "form"
) -> CommendationDecision:
    """Decide proposals of a campaign: writes the commendations in the same act; what is refused keeps its reason.

    A failed check of one commended must have been set aside, here or before, with a reason; so must a cap that is
    passed. Raises `Refused` naming each row, `Conflict`.
    """
    with act(
        "commending.decide", by=by, origin=origin, organisation=round_.organisation, subject=round_
    ) as current_act:
        row = _standing(round_)
        proposals, titles = _proposals(row), {one.identity: one for one in titles_of(row)}
        refuse_if_any(list(_decision_problems(row, draft, proposals)))
        asides = _unanswered(row, draft, proposals, titles, by, current_act)
        decision = CommendationDecision.objects.create(
            round=row.identity,
            organisation=row.organisation,
            period=row.period,
            decision_number=tidy(draft.number),
            decision_date=draft.on,
            decision_body=tidy(draft.body),
            **current_act.stamp(),
        )
        CommendationOverride.objects.bulk_create(asides)
        _outcomes(decision, draft, proposals, titles, current_act)
        current_act.note(
            commended=sum(one.commended for one in draft.choices),
            refused=sum(not one.commended for one in draft.choices),
            overridden=len(asides),
        )
    return decision


def _outcomes(
    decision: CommendationDecision,
    draft: DecisionDraft,
    proposals: Mapping[UUID, Any],
    titles: Mapping[UUID, CommendationTitle],
    current_act: Act,
) -> None:
    chosen = [one for one in draft.choices if one.commended]
    rows = [(proposals[one.proposal], titles[proposals[one.proposal].title]) for one in chosen]
    made = add_commendations([_commendation(one, title, draft) for one, title in rows], act=current_act)
    keys = {one.proposal: row.pk for one, row in zip(chosen, made, strict=True)}
    ProposalOutcome.objects.bulk_create(
        ProposalOutcome(
            decision=decision,
            proposal=one.proposal,
            organisation=proposals[one.proposal].organisation,
            commended=one.commended,
            reason="" if one.commended else tidy(one.reason),
            commendation=keys.get(one.proposal),
            **current_act.stamp(),
        )
        for one in draft.choices
    )


def _commendation(one: Any, title: CommendationTitle, draft: DecisionDraft) -> CommendationDraft:
    return CommendationDraft(
        organisation=one.organisation,
        recipient_kind=one.recipient_kind,
        form=title.form,
        giver=title.giver,
        period=one.period,
        decided_on=draft.on,
        member=one.member,
        recipient_name=one.recipient_name,
        reason=one.achievement or title.name,
        decision_number=draft.number,
        decision_body=draft.body,
        title=title.identity,
    )


def _decision_problems(
    round_: CommendationRound, draft: DecisionDraft, proposals: Mapping[UUID, Any]
) -> Iterator[Problem]:
    if not tidy(draft.number):
        yield Problem("number", "Chưa có số quyết định. Hãy nhập, ví dụ 125-QĐ/HU.")
    if not tidy(draft.body):
        yield Problem("body", "Chưa có cơ quan quyết định. Hãy nhập, ví dụ Ban Thường vụ Huyện ủy.")
    if draft.on > today():
        yield Problem("on", f"Ngày quyết định {format_date(draft.on)} ở sau hôm nay. Hãy kiểm tra lại.")
    if not draft.choices:
        yield Problem("", "Chưa có đề nghị nào để quyết định.")
    used = current(
        CommendationDecision.objects.filter(
            organisation=round_.organisation, decision_date__year=draft.on.year
        )
    )
    if fold(draft.number) in {fold(number) for number in used.values_list("decision_number", flat=True)}:
        yield Problem(
            "number",
            f"Số quyết định “{tidy(draft.number)}” đã dùng trong năm {draft.on.year}. Hãy ghi đúng số.",
        )
    twice = {index for index, _ in repeated(list(enumerate(draft.choices)), lambda one: one.proposal)}
    yield from _too_early(draft.on, "quyết định", [proposals.get(one.proposal) for one in draft.choices])
    for index, one in enumerate(draft.choices):
        yield from _choice_problems(one, proposals.get(one.proposal), index, index in twice)


def _choice_problems(one: Choice, proposal: Any, index: int, twice: bool) -> Iterator[Problem]:
    if proposal is None:
        yield Problem("", "Có đề nghị đã được rút hoặc không thuộc đợt này. Hãy mở lại trang.", index=index)
        return
    who = f"Dòng {one.row or index + 1} “{name_of(proposal)}”"
    if twice or proposal.commended is not None:
        yield Problem("", f"{who}: đã có quyết định. Hãy bỏ dòng này.", index=index)
    if not one.commended:
        yield from reason_problems(one.reason, "reason", f"{who} không được khen", index)


def _unanswered(
    round_: CommendationRound,
    draft: DecisionDraft,
    proposals: Mapping[UUID, Any],
    titles: Mapping[UUID, CommendationTitle],
    by: Any,
    current_act: Act,
) -> list[CommendationOverride]:
    """The overrides that this decision writes; refuses a failed check without a reason."""
    chosen = [one for one in draft.choices if one.commended]
    rows = [proposals[one.proposal] for one in chosen]
    aside = aside_of(overrides_of(round_))
    made: list[CommendationOverride] = []
    problems: list[Problem] = []
    places = {one.proposal: index for index, one in enumerate(draft.choices)}
    for one, row, found in zip(chosen, rows, facts.findings(round_, rows, titles, user=by), strict=True):
        failed = [
            f for f in found if f.outcome == FAILED and f.check not in aside.proposals.get(row.identity, ())
        ]
        for finding in failed:
            index = places[one.proposal]
            what = f"Dòng {one.row or index + 1} “{name_of(row)}” chưa đạt: {finding.reason} Vẫn khen"
            problems += reason_problems(one.aside, "aside", what, index)
            made.append(_aside(round_, finding.check, one.aside, current_act, row.identity))
    more, wrong = _caps_passed(round_, draft, proposals, titles, aside.titles, current_act)
    refuse_if_any([*problems, *wrong])
    return made + more


def _caps_passed(
    round_: CommendationRound,
    draft: DecisionDraft,
    proposals: Mapping[UUID, Any],
    titles: Mapping[UUID, CommendationTitle],
    answered: set[UUID],
    current_act: Act,
) -> tuple[list[CommendationOverride], list[Problem]]:
    chosen = {one.proposal for one in draft.choices if one.commended}
    counts = Counter(one.title for key, one in proposals.items() if one.commended or key in chosen)
    made, problems = [], []
    for identity, cap in facts.caps(round_, titles.values(), counts).items():
        if cap.over and identity not in answered:
            what = f"“{titles[identity].name}”: {cap.count} trên mức tối đa {cap.limit}, quá {cap.over}. Vẫn khen"
            problems += list(reason_problems(draft.cap_reason, "cap_reason", what))
            made.append(_aside(round_, "cap", draft.cap_reason, current_act, title=titles[identity]))
    return made, problems


__all__ = ["Refused", "decide", "reason_problems", "record_views", "set_aside"]
