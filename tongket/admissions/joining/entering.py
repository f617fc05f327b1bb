"""The ceremony makes a member: profile and event of admission, in the act that records the ceremony."""

from collections.abc import Sequence

from tongket.admissions.drafts import StepDraft
from tongket.admissions.joining.models import CandidateStep
from tongket.audit.acts import Act
from tongket.core.dates import format_date
from tongket.core.problems import Problem, refuse_if_any
from tongket.members.acts import add_events
from tongket.members.drafts import EventDraft, MemberDraft
from tongket.members.models import Member, MemberEvent
from tongket.members.profile_acts import add_members, next_code

_PROFILE = ("full_name", "gender", "birth_date", "occupation", "youth_union")


def members_of(ceremonies: Sequence[tuple[StepDraft, CandidateStep]], *, act: Act) -> list[Member]:
    """The member of each ceremony, with the decision behind it: written now, or the one who is in the register.

    Raises `Refused` when a named member has no such admission on record, or the register refuses the admission.
    """
    refuse_if_any(_check_named(ceremonies))
    new = [(draft, decision) for draft, decision in ceremonies if draft.member is None]
    codes = _codes(len(new))
    profiles = [
        MemberDraft(code, {name: getattr(draft.candidate, name) for name in _PROFILE})
        for code, (draft, _) in zip(codes, new, strict=True)
    ]
    made = add_members(profiles, act=act) if profiles else {}
    events = [
        EventDraft(
            made[code],
            "admitted",
            organisation=draft.candidate.organisation,
            ceremony_on=draft.on,
            decision_number=decision.decision_number,
            decision_date=decision.on,
            decision_body=decision.decision_body,
        )
        for code, (draft, decision) in zip(codes, new, strict=True)
    ]
    if events:
        add_events(events, act=act)
    fresh = iter(codes)
    return [draft.member or made[next(fresh)] for draft, _ in ceremonies]


def _codes(count: int) -> list[str]:
    if not count:
        return []
    first = int(next_code()[2:])
    return [f"ĐV{number:06d}" for number in range(first, first + count)]


def _check_named(ceremonies: Sequence[tuple[StepDraft, CandidateStep]]) -> list[Problem]:
    named = [draft.member.pk for draft, _ in ceremonies if draft.member is not None]
    admissions = MemberEvent.objects.filter(
        member__in=named, kind__in=("admitted", "readmitted"), voided_at__isnull=True
    )
    decided = set(admissions.values_list("member_id", "decision_date"))
    return [
        Problem(
            "member",
            f"Sổ đảng viên không có việc kết nạp {draft.member} theo quyết định ngày {format_date(decision.on)}. "
            "Hãy kiểm tra lại người hoặc ngày quyết định.",
            index=index,
        )
        for index, (draft, decision) in enumerate(ceremonies)
        if draft.member is not None and (draft.member.pk, decision.on) not in decided
    ]
