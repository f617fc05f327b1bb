"""What a step writes beside itself, in the same act: the discipline, the event of the member, the end of posts.

The register is read without the duty: it holds what it must (the member is out, the post is over), never the reason,
and of a case that is sealed not the number either. That somebody was expelled stands there by its kind, sealed or not:
form 1 counts exits by kind, and a list that hid it would not add up.
"""

from datetime import date, datetime
from typing import Any

from tongket.audit.acts import Act
from tongket.audit.records import current
from tongket.cases.models import Case, CaseStep
from tongket.cases.steps.drafts import StepDraft
from tongket.core.dates import format_date
from tongket.core.problems import Problem, Refused
from tongket.inspections.acts import add_member_disciplines, add_organisation_disciplines
from tongket.inspections.drafts import MemberDisciplineDraft, OrganisationDisciplineDraft
from tongket.inspections.models import MemberDiscipline, OrganisationDiscipline
from tongket.inspections.queries import discipline_of_case, ends_of
from tongket.members.acts import add_events, void_events_in
from tongket.members.drafts import EventDraft
from tongket.members.models import Member, MemberEvent, PostHolding
from tongket.members.post_acts import cut_post, reopen_posts
from tongket.members.standing import spell_on, spells_by_member
from tongket.organisations.acts import claim
from tongket.organisations.models import Organisation

#: The event of the member's life that a step of a suspension is.
EVENTS = {"suspended": "suspended", "suspension_ended": "suspension_ended"}
#: What the register says of a post or event: its readers need not hold the duty, so neither form nor reason.
_POST_ENDED, _TAKEN_BACK = "thôi giữ chức vụ", "hủy bước xử lý"
_NO_NUMBER: dict[str, Any] = {"decision_number": "", "decision_date": None, "decision_body": ""}


def cell_on(member: Member, day: date) -> Organisation:
    """The cell of a member on a day. Raises `Refused` when there is none."""
    spell = spell_on(spells_by_member([member]).get(member.pk, ()), day)
    if spell is None:
        raise Refused(
            [
                Problem(
                    "on",
                    f"Ngày {format_date(day)} người này không phải là đảng viên của chi bộ nào. Hãy sửa ngày.",
                )
            ]
        )
    return Organisation.objects.get(pk=spell.organisation_id)


def write_discipline(case: Case, draft: StepDraft, *, act: Act) -> MemberDiscipline | OrganisationDiscipline:
    """The record of discipline that a decision makes, sealed as its case is; and what follows from its form."""
    cited = {"decision_number": draft.decision_number, "decision_body": draft.decision_body or case.body}
    row: MemberDiscipline | OrganisationDiscipline
    if case.member is None:
        made = OrganisationDisciplineDraft(case.organisation, draft.form, draft.on, case.ground, **cited)
        [row] = add_organisation_disciplines([made], act=act)
    else:
        [row] = add_member_disciplines(
            [
                MemberDisciplineDraft(
                    case.member,
                    cell_on(case.member, draft.on),
                    draft.form,
                    draft.on,
                    case.ground,
                    case.committee_member,
                    **cited,
                )
            ],
            act=act,
        )
    row.sealed, row.case_identity = case.sealed, case.identity
    row.save(update_fields=["sealed", "case_identity"])
    if case.member is not None:
        follow_form(case, draft.form, draft.on, cited, draft.posts, act=act)
    return row


def follow_form(
    case: Case, form: str, day: date, cited: dict[str, str], posts: tuple[int, ...] = (), *, act: Act
) -> None:
    """What a form changes at the member: expulsion ends membership, removal ends posts (all held, or those named)."""
    assert case.member is not None  # noqa: S101  # nosec B101  # asked by the callers
    if form == "expulsion":
        add_event(case, "expelled", day, cited, act=act)
    elif form == "removal":
        held = PostHolding.objects.filter(
            member=case.member, voided_at__isnull=True, valid_from__lt=day, valid_to__gt=day
        )
        for row in held.filter(pk__in=posts) if posts else held:
            cut_post(row, day, _POST_ENDED, act=act)


def add_event(
    case: Case,
    kind: str,
    day: date,
    cited: dict[str, str],
    cell: Organisation | None = None,
    *,
    act: Act,
) -> MemberEvent:
    """Record an event of the member's life that the case brought about."""
    assert case.member is not None  # noqa: S101  # nosec B101  # asked by the callers
    more: dict[str, Any] = _NO_NUMBER if case.sealed else {**cited, "decision_date": day}
    [event] = add_events([EventDraft(case.member, kind, on=day, organisation=cell, **more)], act=act)
    claim(case.member, None)
    return event


def undo(case: Case, step: CaseStep, reason: str, *, act: Act) -> None:
    """Take back what a step wrote: the discipline, the event, the end of posts. Raises `Refused` once it ended."""
    if step.kind == "decided":
        row = discipline_of_case(case.identity)
        if row is not None:
            if ends_of(row):
                raise Refused(
                    [
                        Problem(
                            "reason",
                            "Quyết định này đã bị hủy hoặc đã xác nhận sửa chữa, nên không rút bước này được. "
                            "Nếu xác nhận sửa chữa ghi nhầm, hãy hủy xác nhận đó trước.",
                        )
                    ]
                )
            act.void(row, reason)
    if case.member is None:
        return
    kinds = {"expelled"} if step.kind == "decided" else {EVENTS.get(step.kind, "")}
    events = _events_of(case.member, step.recorded_at, kinds)
    if events:
        void_events_in(events, _TAKEN_BACK, act=act)
    if step.kind == "decided":
        reopen_posts(step.recorded_at, case.member.pk, _TAKEN_BACK, act=act)


def _events_of(member: Member, moment: datetime, kinds: set[str]) -> list[MemberEvent]:
    rows = current(MemberEvent.objects.filter(member=member, recorded_at=moment, kind__in=kinds))
    return list(rows.select_related("member", "organisation"))
