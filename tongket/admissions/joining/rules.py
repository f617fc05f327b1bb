"""What must hold of a candidate, the mentors and the papers. The steps are judged in `step_rules`."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from tongket.admissions.deadlines.limits import papers_on, together_months
from tongket.admissions.drafts import CandidateDraft, MentorDraft, PaperDraft
from tongket.admissions.joining.models import Candidate, CandidateStep
from tongket.admissions.voting import severity_of
from tongket.audit.records import Numbered, check_past, chunks, current
from tongket.core.dates import add_months, format_date, today
from tongket.core.problems import Problem
from tongket.core.text import fold, tidy
from tongket.members.models import Member
from tongket.members.standing import spell_on, spells_by_member
from tongket.organisations.lifetime import check_alive, lifetimes
from tongket.rules.membership import check_admission_age
from tongket.rules.organisations import kind


def candidate_rules(drafts: Numbered[CandidateDraft]) -> Iterator[Problem]:
    """Of a living cell, born in the past, of age or nearly so, not a member already, not nominated twice."""
    lives = lifetimes(draft.organisation for _, draft in drafts)
    members, nominated = _same_people(Member, drafts), _open_twins(drafts)
    since = {
        pk: spells[0].admitted_on or spells[0].valid_from
        for pk, spells in spells_by_member(one for rows in members.values() for one in rows).items()
        if spells
    }
    for index, draft in drafts:
        yield from check_past(draft.nominated_on, "nominated_on", "Ngày giới thiệu", index)
        yield from check_alive(lives, draft.organisation, min(draft.nominated_on, today()), index)
        if not kind(lives[draft.organisation.pk].kind_on(draft.nominated_on)).holds_members:
            yield Problem(
                "organisation",
                f"“{draft.organisation}” không trực tiếp quản lý đảng viên. Hãy chọn chi bộ giới thiệu.",
                index=index,
            )
        yield from _age(draft, index)
        if abs(draft.source_year - draft.nominated_on.year) > 1:
            yield Problem(
                "source_year",
                f"Năm đưa vào nguồn {draft.source_year} cách ngày giới thiệu {format_date(draft.nominated_on)} "
                "hơn 1 năm. Hãy kiểm tra lại.",
                index=index,
            )
        # A file of former years is entered after the member was: then the nomination lies before the admission.
        still = [
            one
            for one in members.get(_person(draft), ())
            if since.get(one.pk, date.min) <= draft.nominated_on
        ]
        yield from _known(draft, still, nominated.get(_person(draft), ()), index)


def _person(row: Any) -> tuple[str, date | None]:
    return (getattr(row, "folded_name", "") or fold(tidy(row.full_name)), row.birth_date)


def _same_people(model: Any, drafts: Numbered[CandidateDraft]) -> dict[tuple[str, date | None], list[Any]]:
    found: dict[tuple[str, date | None], list[Any]] = {}
    for days in chunks(draft.birth_date for _, draft in drafts):
        names = {fold(tidy(draft.full_name)) for _, draft in drafts if draft.birth_date in days}
        for row in model.objects.filter(birth_date__in=days, folded_name__in=names):
            found.setdefault(_person(row), []).append(row)
    return found


def _open_twins(drafts: Numbered[CandidateDraft]) -> dict[tuple[str, date | None], list[Candidate]]:
    """Candidates of the same name and birth date, other than those who have been admitted or closed."""
    twins = _same_people(Candidate, drafts)
    ids = [row.identity for rows in twins.values() for row in rows]
    over = set(
        current(CandidateStep.objects.filter(candidate__in=ids, kind__in=("ceremony", "closed"))).values_list(
            "candidate", flat=True
        )
    )
    return {
        person: [row for row in rows if row.voided_at is None and row.identity not in over]
        for person, rows in twins.items()
    }


def _age(draft: CandidateDraft, index: int) -> Iterator[Problem]:
    if draft.birth_date > draft.nominated_on:
        yield Problem("birth_date", "Ngày sinh ở sau ngày giới thiệu. Hãy kiểm tra lại.", index=index)
        return
    for finding in check_admission_age(draft.birth_date, draft.nominated_on):
        # The age that counts is that of the day the cell considers; a source may be younger.
        said = finding.message_vi.replace("vào ngày chi bộ xem xét", "vào ngày giới thiệu")
        yield Problem("birth_date", f"{said} Hãy kiểm tra lại ngày sinh.", "warning", index)


def _known(
    draft: CandidateDraft, members: Sequence[Member], twins: Sequence[Candidate], index: int
) -> Iterator[Problem]:
    born = format_date(draft.birth_date)
    for member in members:
        here = bool(member.standing) and member.organisation_id == draft.organisation.pk
        said = (
            f"{member.full_name}, sinh {born}, đang là đảng viên của chi bộ này (mã {member.code})."
            if here
            else f"Sổ đảng viên đã có người tên {member.full_name}, sinh {born}."
        )
        advice = (
            "Người đã là đảng viên thì không đưa vào nguồn."
            if member.standing
            else "Nếu là kết nạp lại, xem quy định về kết nạp lại."
        )
        yield Problem(
            "full_name",
            f"{said} {advice} Hãy kiểm tra có phải cùng một người.",
            "error" if here else "warning",
            index,
        )
    for twin in twins:
        where = "của chi bộ này" if twin.organisation_id == draft.organisation.pk else "ở chi bộ khác"
        yield Problem(
            "full_name",
            f"Đã có quần chúng ưu tú {twin.full_name}, sinh {born}, {where}, đang trong quy trình. "
            "Hãy kiểm tra để không ghi trùng.",
            "warning",
            index,
        )


def may_void_candidate(row: Candidate) -> Iterator[Problem]:
    """Who has steps stays: the steps are voided first, or the candidate is closed with a reason."""
    if current(CandidateStep.objects.filter(candidate=row.identity)).exists():
        yield Problem(
            "",
            "Người này đã có các bước trong quy trình. Hãy ghi “Thôi xét kết nạp”, hoặc hủy các bước trước.",
        )


def candidates_by_identity(ids: Iterable[UUID]) -> dict[UUID, Candidate]:
    """The standing row of each candidate."""
    return {
        row.identity: row
        for part in chunks(ids)
        for row in current(Candidate.objects.filter(identity__in=part)).select_related("organisation")
    }


def mentor_rules(drafts: Numbered[MentorDraft]) -> Iterator[Problem]:
    """An official member of the same cell, twelve months together; or a named body."""
    people = candidates_by_identity(draft.candidate for _, draft in drafts)
    spells = spells_by_member(draft.member for _, draft in drafts if draft.member)
    for index, draft in drafts:
        yield from check_past(draft.assigned_on, "assigned_on", "Ngày phân công", index)
        candidate = people.get(draft.candidate)
        if candidate is None:
            yield Problem("", "Quần chúng ưu tú này đã bị hủy. Hãy mở lại danh sách.", index=index)
        elif (draft.member is None) == (not draft.body.strip()):
            yield Problem(
                "member",
                "Hãy chọn một đảng viên, hoặc ghi tên tổ chức giới thiệu (không ghi cả hai).",
                index=index,
            )
        elif draft.member is not None:
            yield from _mentor(draft, candidate, spells.get(draft.member.pk, []), index)


def _mentor(draft: MentorDraft, candidate: Candidate, spells: Sequence[Any], index: int) -> Iterator[Problem]:
    day, level = draft.assigned_on, severity_of("adm.sponsor", draft.assigned_on)
    spell, name = spell_on(spells, day), str(draft.member)
    if spell is None:
        yield Problem(
            "member",
            f"Ngày {format_date(day)} {name} không phải là đảng viên trong sổ. Hãy chọn người khác.",
            index=index,
        )
        return
    if spell.standing != "official":
        yield Problem(
            "member",
            f"{name} còn là đảng viên dự bị. Người giới thiệu, giúp đỡ phải là đảng viên chính thức.",
            level,
            index,
        )
    if spell.organisation_id != candidate.organisation_id:
        yield Problem(
            "member",
            f"{name} không sinh hoạt ở {candidate.organisation}. "
            "Người giới thiệu phải cùng đơn vị công tác hoặc nơi cư trú với người vào Đảng.",
            level,
            index,
        )
    months = together_months(day)
    if months and draft.together_since and add_months(draft.together_since, months) > day:
        yield Problem(
            "together_since",
            f"Mới cùng công tác, cư trú từ {format_date(draft.together_since)}, chưa đủ {months} tháng. "
            "Hãy kiểm tra ngày, hoặc chọn người giới thiệu khác.",
            level,
            index,
        )


def paper_rules(drafts: Numbered[PaperDraft]) -> Iterator[Problem]:
    """A paper of the list in force on its day, of a candidate that stands."""
    people = candidates_by_identity(draft.candidate for _, draft in drafts)
    for index, draft in drafts:
        yield from check_past(draft.on, "on", "Ngày nhận giấy tờ", index)
        if draft.candidate not in people:
            yield Problem("", "Quần chúng ưu tú này đã bị hủy. Hãy mở lại danh sách.", index=index)
        if draft.paper not in papers_on(draft.on):
            yield Problem(
                "paper",
                f"Danh mục hồ sơ ngày {format_date(draft.on)} không có giấy tờ này. Hãy chọn trong danh sách.",
                index=index,
            )
