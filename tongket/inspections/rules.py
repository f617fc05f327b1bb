"""What must hold of discipline (Điều lệ Đảng, article 35); each function judges a batch whose fields are sound."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from tongket.audit.records import Numbered, check_past, chunks, current, repeated
from tongket.core.codelists import (
    DISCIPLINE_FORM,
    MEMBER_DISCIPLINE_FORMS,
    ORGANISATION_DISCIPLINE_FORMS,
    STANDING,
)
from tongket.core.dates import format_date
from tongket.core.problems import Problem
from tongket.inspections.drafts import MemberDisciplineDraft, OrganisationDisciplineDraft
from tongket.inspections.models import MemberDiscipline, OrganisationDiscipline
from tongket.members.derive import Spell
from tongket.members.standing import posts_by_member, spell_on, spells_by_member
from tongket.organisations.lifetime import check_alive, lifetimes
from tongket.rules.catalogue import NoRuleInForce, table

# An inspection commission's post is a Party post, but not a seat in the committee.
_COMMITTEE = frozenset({"secretary", "deputy_secretary", "standing_member", "committee_member"})


def member_discipline_rules(drafts: Numbered[MemberDisciplineDraft]) -> Iterator[Problem]:
    """A member of that cell on the day, a form that his or her standing allows, removal only from a post."""
    lives = lifetimes(draft.organisation for _, draft in drafts)
    spells = spells_by_member(draft.member for _, draft in drafts)
    posts = posts_by_member(draft.member for _, draft in drafts)
    for index, draft in drafts:
        day = draft.decided_on
        yield from check_past(day, "decided_on", "Ngày quyết định", index)
        yield from check_alive(lives, draft.organisation, day, index)
        # Expulsion itself ends the spell, with the day of the decision as the first day outside.
        lived = spells.get(draft.member.pk, ())
        spell = spell_on(lived, day, draft.organisation.pk, ended_that_day=draft.form == "expulsion")
        first = min((one.valid_from for one in lived), default=None)
        if first is not None and day < first:
            yield Problem(
                "decided_on",
                f"Ngày quyết định {format_date(day)} trước khi {draft.member.full_name} có tên trong sổ đảng viên "
                f"(từ ngày {format_date(first)}). Hãy sửa ngày quyết định.",
                index=index,
            )
        elif spell is None:
            yield Problem(
                "member",
                f"Đảng viên không sinh hoạt tại “{lives[draft.organisation.pk].name}” vào ngày {format_date(day)}. "
                "Hãy chọn đúng chi bộ hoặc sửa ngày quyết định.",
                index=index,
            )
        else:
            yield from _form_for_standing(draft, spell, index)
        yield from _posts(draft, posts.get(draft.member.pk, ()), index)
    yield from _member_once(drafts)


def _form_for_standing(draft: MemberDisciplineDraft, spell: Spell, index: int) -> Iterator[Problem]:
    allowed = _forms(f"disc.forms.{spell.standing}", draft.decided_on, MEMBER_DISCIPLINE_FORMS)
    if draft.form not in allowed:
        names = ", ".join(DISCIPLINE_FORM.label(code).lower() for code in allowed)
        yield Problem(
            "form",
            f"{STANDING.label(spell.standing)} không chịu hình thức {DISCIPLINE_FORM.label(draft.form).lower()}. "
            f"Các hình thức được áp dụng: {names}.",
            index=index,
        )


def _posts(
    draft: MemberDisciplineDraft, posts: Sequence[tuple[str, date, date]], index: int
) -> Iterator[Problem]:
    # The last day included: removal itself ends the post.
    held = {post for post, start, end in posts if start <= draft.decided_on <= end}
    if draft.form == "removal" and not held:
        yield Problem(
            "form",
            f"Không có chức vụ trong Đảng nào được ghi vào ngày {format_date(draft.decided_on)} "
            "nên không thể cách chức. "
            "Hãy ghi chức vụ của đảng viên trước, hoặc chọn hình thức khác.",
            index=index,
        )
    if held & _COMMITTEE and not draft.committee_member:
        yield Problem(
            "committee_member",
            f"Sổ ghi đảng viên giữ chức vụ trong cấp ủy vào ngày {format_date(draft.decided_on)}. "
            "Hãy kiểm tra ô “là cấp ủy viên”.",
            "warning",
            index,
        )


def _member_once(drafts: Numbered[MemberDisciplineDraft]) -> Iterator[Problem]:
    taken: set[tuple[Any, ...]] = set()
    for ids in chunks(draft.member.pk for _, draft in drafts):
        # A sealed decision is not betrayed by the message about a doubled one.
        rows = current(MemberDiscipline.objects.filter(member__in=ids, sealed=False))
        taken |= set(rows.values_list("member_id", "form", "decided_on"))
    yield from _once(drafts, taken, lambda d: (d.member.pk, d.form, d.decided_on), "Đảng viên")


def organisation_discipline_rules(drafts: Numbered[OrganisationDisciplineDraft]) -> Iterator[Problem]:
    """A living organisation (dissolution may be what ended it) and a form for organisations."""
    lives = lifetimes(draft.organisation for _, draft in drafts)
    for index, draft in drafts:
        dissolved = draft.form == "dissolution"
        yield from check_past(draft.decided_on, "decided_on", "Ngày quyết định", index)
        yield from check_alive(lives, draft.organisation, draft.decided_on, index, ended_that_day=dissolved)
        allowed = _forms("disc.forms.organisation", draft.decided_on, ORGANISATION_DISCIPLINE_FORMS)
        if draft.form not in allowed:
            names = ", ".join(DISCIPLINE_FORM.label(code).lower() for code in allowed)
            yield Problem("form", f"Tổ chức đảng chỉ chịu các hình thức: {names}. Hãy chọn lại.", index=index)
    taken: set[tuple[Any, ...]] = set()
    for ids in chunks(draft.organisation.pk for _, draft in drafts):
        rows = current(OrganisationDiscipline.objects.filter(organisation__in=ids, sealed=False))
        taken |= set(rows.values_list("organisation_id", "form", "decided_on"))
    yield from _once(drafts, taken, lambda d: (d.organisation.pk, d.form, d.decided_on), "Tổ chức")


def _forms(rule: str, day: date, otherwise: Sequence[str]) -> tuple[str, ...]:
    """The forms in force on a day; for days before the oldest version known, all of the list."""
    try:
        return tuple(str(code) for code in table(rule, day))
    except NoRuleInForce:
        return tuple(otherwise)


def _once(drafts: Numbered[Any], taken: set[tuple[Any, ...]], key: Any, what: str) -> Iterator[Problem]:
    again = {index for index, _ in repeated(drafts, key)}
    for index, draft in drafts:
        if key(draft) in taken or index in again:
            yield Problem(
                "decided_on",
                f"{what} này đã ghi kỷ luật {DISCIPLINE_FORM.label(draft.form).lower()} ngày "
                f"{format_date(draft.decided_on)}. Hãy bỏ dòng này; nếu bản ghi cũ sai, hãy đính chính.",
                index=index,
            )
