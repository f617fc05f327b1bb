"""What must hold of a case as it is opened or corrected; each function judges a batch whose fields are sound."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from tongket.audit.records import Numbered, check_past, chunks, current, repeated
from tongket.cases.drafts import CaseDraft
from tongket.cases.models import Case, days_in
from tongket.core.codelists import DISCIPLINE_GROUND
from tongket.core.dates import BadDate, format_date, today
from tongket.core.problems import Problem
from tongket.members.derive import Spell
from tongket.members.standing import posts_by_member, spell_on, spells_by_member
from tongket.organisations.lifetime import check_alive, lifetimes

_COMMITTEE = frozenset({"secretary", "deputy_secretary", "standing_member", "committee_member"})


def case_rules(drafts: Numbered[CaseDraft]) -> Iterator[Problem]:
    """Days in order, a subject that was there, no open case about the same acts."""
    lives = lifetimes(draft.organisation for _, draft in drafts)
    members = [draft.member for _, draft in drafts if draft.member is not None]
    spells, posts = spells_by_member(members), posts_by_member(members)
    for index, draft in drafts:
        try:
            acts = days_in(draft.act_days)
        except BadDate as error:
            yield Problem("act_days", str(error), index=index)
            continue
        yield from _days(draft, acts, index)
        yield from check_alive(lives, draft.organisation, draft.opened_on, index)
        if draft.member is not None:
            yield from _member(draft, acts, spells, index)
            yield from _committee(draft, posts.get(draft.member.pk, ()), index)
    yield from _doubled(drafts)


def _days(draft: CaseDraft, acts: Sequence[date], index: int) -> Iterator[Problem]:
    yield from check_past(draft.opened_on, "opened_on", "Ngày bắt đầu xem xét", index)
    yield from check_past(draft.concluded_on, "concluded_on", "Ngày kết luận", index)
    if acts[-1] > draft.opened_on:
        yield Problem(
            "act_days",
            f"Ngày vi phạm {format_date(acts[-1])} sau ngày bắt đầu xem xét {format_date(draft.opened_on)}. "
            "Hãy sửa một trong hai ngày; hành vi mới phát hiện thì mở vụ việc khác.",
            index=index,
        )
    if draft.concluded_on and draft.concluded_on < acts[-1]:
        yield Problem(
            "concluded_on",
            f"Ngày kết luận {format_date(draft.concluded_on)} trước ngày vi phạm {format_date(acts[-1])}. Hãy sửa.",
            index=index,
        )
    if draft.source == "state" and draft.state_decided_on is None:
        yield Problem(
            "state_decided_on",
            "Chưa có ngày quyết định của cơ quan nhà nước. Hãy ghi, để tính hạn thông báo cho tổ chức đảng.",
            index=index,
        )
    if draft.state_decided_on and draft.state_told_on and draft.state_told_on < draft.state_decided_on:
        yield Problem(
            "state_told_on",
            f"Ngày nhận thông báo {format_date(draft.state_told_on)} trước ngày quyết định "
            f"{format_date(draft.state_decided_on)}. Hãy kiểm tra lại hai ngày.",
            index=index,
        )


def _member(
    draft: CaseDraft, acts: Sequence[date], spells: Mapping[int, Sequence[Spell]], index: int
) -> Iterator[Problem]:
    assert draft.member is not None  # noqa: S101  # nosec B101  # asked by the callers
    own = spells.get(draft.member.pk, ())
    admitted = admitted_on(own)
    if admitted is not None and draft.opened_on < admitted:
        yield Problem("opened_on", before_admission("Vụ việc mở", draft.opened_on, admitted), index=index)
        return
    if spell_on(own, draft.opened_on, draft.organisation.pk) is None:
        yield Problem(
            "member",
            f"Ngày {format_date(draft.opened_on)} người này không phải là đảng viên của chi bộ đã ghi. "
            "Hãy kiểm tra ngày bắt đầu xem xét, hoặc việc chuyển sinh hoạt.",
            index=index,
        )
    if admitted is not None and acts[-1] < admitted:
        yield Problem(
            "act_days",
            f"Mọi hành vi đều trước ngày kết nạp {format_date(admitted)}. Hãy kiểm tra lại các ngày.",
            "warning",
            index,
        )


def admitted_on(spells: Sequence[Spell]) -> date | None:
    """The day of the first admission, or from which the register knows the member; None: never one."""
    if not spells:
        return None
    first = spells[0]
    return first.admitted_on or first.valid_from


def before_admission(what: str, day: date, admitted: date) -> str:
    """The sentence that refuses discipline before somebody was a member, with both days."""
    return (
        f"{what} ngày {format_date(day)}, trước ngày kết nạp {format_date(admitted)}: lúc đó người này chưa là "
        "đảng viên. Hãy sửa ngày, hoặc sửa ngày kết nạp trong hồ sơ."
    )


def _committee(draft: CaseDraft, posts: Sequence[tuple[str, date, date]], index: int) -> Iterator[Problem]:
    held = {post for post, start, end in posts if start <= draft.opened_on < end}
    if held & _COMMITTEE and not draft.committee_member:
        yield Problem(
            "committee_member",
            f"Sổ ghi đảng viên giữ chức vụ trong cấp ủy vào ngày {format_date(draft.opened_on)}. "
            "Hãy kiểm tra ô “là cấp ủy viên”.",
            "warning",
            index,
        )


def _key(draft: CaseDraft) -> tuple[int | None, int, str]:
    # Of a member wherever he or she is by now; of an organisation the organisation.
    if draft.member is not None:
        return draft.member.pk, 0, draft.ground
    return None, draft.organisation.pk, draft.ground


def _doubled(drafts: Numbered[CaseDraft]) -> Iterator[Problem]:
    """An open case about the same subject and ground whose acts touch. Sealed ones are left out: nobody learns of
    them by trying."""
    taken: dict[tuple[int | None, int, str], list[tuple[date, date, date]]] = {}
    for ids in chunks(draft.organisation.pk for _, draft in drafts):
        members = [draft.member.pk for _, draft in drafts if draft.member is not None]
        rows = current(Case.objects.filter(state="open", sealed=False))
        found = (
            rows.filter(member__in=members) | rows.filter(member=None, organisation__in=ids)
        ).values_list("member_id", "organisation_id", "ground", "first_act_on", "last_act_on", "opened_on")
        for member, organisation, ground, first, last, opened in found:
            key = (member, 0 if member else organisation, ground)
            taken.setdefault(key, []).append((first, last, opened))
    again = {index for index, _ in repeated(drafts, lambda d: (_key(d), d.act_days))}
    for index, draft in drafts:
        try:
            acts = days_in(draft.act_days)
        except BadDate:
            continue
        touching = [
            opened
            for first, last, opened in taken.get(_key(draft), ())
            if first <= acts[-1] and acts[0] <= last
        ]
        if touching or index in again:
            ground = DISCIPLINE_GROUND.label(draft.ground).lower()
            since = format_date(touching[0] if touching else today())
            yield Problem(
                "act_days",
                f"Đang có vụ việc mở ngày {since} về {ground} với cùng đối tượng và cùng ngày vi phạm. "
                "Hãy ghi tiếp vào vụ việc đó; nếu là hành vi khác, hãy sửa ngày vi phạm.",
                index=index,
            )
