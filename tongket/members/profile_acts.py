"""Who a member is: entering people, changing what is known of them, and their cards (`profile` judges and keeps it)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import F

from tongket.audit.acts import Act, act
from tongket.audit.among import Among
from tongket.audit.bulk import insert, make
from tongket.audit.records import chunks
from tongket.core.dates import FOREVER, format_date, today
from tongket.core.identity import check_card_number, clean_digits
from tongket.core.problems import Problem, refuse_if_any
from tongket.core.text import fold, name_sort_key, tidy
from tongket.members import derive
from tongket.members.drafts import Amendment, CardDraft, MemberDraft
from tongket.members.models import Member, MemberCard, MemberDetail
from tongket.members.profile.judging import (
    check_details,
    from_findings,
    judge_members,
    numbers_in_use,
    same_number,
    unnamed,
)
from tongket.members.profile.lives import amend_life, detail, lives_of, write_lives
from tongket.members.profile.values import BEGINNING, EMPTY
from tongket.organisations.acts import claim, claim_record, reason_given


def add_members(
    drafts: Sequence[MemberDraft],
    *,
    act: Act,
    origins: Sequence[str] | None = None,
    again: Collection[str] = (),
) -> dict[str, Member]:
    """Enter people, and later states of known people, inside an open act. Returns members by code."""
    problems, cleaned = judge_members(drafts, by=act.by, again=again)
    refuse_if_any(problems)
    values = dict(zip(map(id, drafts), cleaned, strict=True))
    members = {m.code: m for m in Member.objects.filter(Among("code", (d.code for d in drafts)))}
    first: dict[str, MemberDraft] = {}
    for draft in drafts:
        if draft.code not in members or draft.code in again:
            first.setdefault(draft.code, draft)
    made = insert(Member, [_identity(d) for code, d in first.items() if code not in members])
    members |= {m.code: m for m in made}
    came_from = dict(zip(map(id, drafts), origins or (), strict=False))
    lives = lives_of([m.pk for code, m in members.items() if code not in first])
    for draft in sorted(drafts, key=lambda d: (d.since or BEGINNING, d.code)):
        member, since = members[draft.code], draft.since or BEGINNING
        origin = came_from.get(id(draft), act.origin)
        if first.get(draft.code) is draft:
            made_first = detail(member, values[id(draft)], since, FOREVER, act)
            made_first.origin = origin
            lives[member.pk] = [made_first]
        else:
            amend_life(lives[member.pk], draft.details, since, act, origin)
    write_lives(lives, act, "thay đổi thông tin")
    amended = sorted({members[d.code].pk for d in drafts if first.get(d.code) is not d or d.code in again})
    if amended:
        derive.refresh_members(amended, derive.current_events(amended))
    return members


def _identity(draft: MemberDraft) -> Member:
    name = tidy(draft.details["full_name"])
    return make(
        Member,
        {
            "code": draft.code,
            "full_name": name,
            "folded_name": fold(name),
            "sort_key": name_sort_key(name),
            "birth_date": draft.details.get("birth_date"),
            "gender": draft.details.get("gender") or "",
        },
    )


def _amend(member: Member, changes: Mapping[str, Any], since: date, act: Act, reason: str = "") -> None:
    """From `since` on the changed fields read so; what held before stays, later versions get the change too."""
    lives = lives_of([member.pk])
    amend_life(lives[member.pk], changes, since, act, act.origin)
    write_lives(lives, act, reason or "thay đổi thông tin")


def check_cards(drafts: Sequence[CardDraft]) -> list[Problem]:
    """Judge Party cards: a number of the right form, for a person who stands (or stood) in a cell."""
    problems = []
    for index, draft in enumerate(drafts):
        problems += [p.at(index) for p in from_findings("number", check_card_number(draft.number))]
        if draft.member.organisation_id is None:
            message = "Người này chưa sinh hoạt ở chi bộ nào. Ghi việc vào đảng bộ trước, rồi ghi thẻ."
            problems.append(Problem("member", message, index=index))
    return problems


def add_cards(
    drafts: Sequence[CardDraft], *, act: Act, origins: Sequence[str] | None = None
) -> list[MemberCard]:
    """Record Party cards inside an open act."""
    refuse_if_any(check_cards(drafts))
    rows = [
        make(
            MemberCard,
            {
                "organisation_id": d.member.organisation_id,
                "number": clean_digits(d.number),
                "kind": d.kind,
                "issued_on": d.issued_on,
                "issued_by": d.issued_by,
                "recorded_at": act.at,
                "origin": act.origin,
            },
            member=d.member,
            recorded_by=act.by,
        )
        for d in drafts
    ]
    for row, origin in zip(rows, origins or (), strict=origins is not None):
        row.origin = origin
    made = insert(MemberCard, rows)
    derive.refresh_cards(sorted({d.member.pk for d in drafts}))
    return made


def enter_member(draft: MemberDraft, *, by: Any, origin: str = "form") -> Member:
    """Enter one person on the register; the first event of the life (kết nạp, chuyển đến ...) is recorded apart."""
    with act("member.enter", by=by, origin=origin) as current:
        member = add_members([draft], act=current)[draft.code]
        current.about(member)
        current.note(member=draft.code)
    return member


def amend_details(
    member: Member,
    changes: Mapping[str, Any],
    *,
    since: date | None,
    reason: str,
    by: Any,
    expected_version: int | None = None,
) -> None:
    """Change profile fields: from a day on (life has changed), or with `since=None` throughout (it was wrong)."""
    latest = member.details.filter(voided_at__isnull=True).order_by("-valid_from").first()
    whole = {name: getattr(latest, name) for name in EMPTY} if latest else dict(EMPTY)
    problems = [*check_details(whole | dict(changes)), *_check_amendment(member, changes, since, by)]
    refuse_if_any([*problems, *(reason_given(reason) if since is None else [])])
    with act("member.amend", by=by, organisation=member.organisation, subject=member) as current:
        claim(member, expected_version)
        _amend(member, changes, since or BEGINNING, current, reason)
        derive.refresh_members([member.pk], derive.current_events([member.pk]))
        current.note(member=member.code, fields=sorted(changes), since=since, reason=reason)


def amend_members(amendments: Sequence[Amendment], *, reason: str, act: Act) -> None:
    """Change the profiles of many people inside an open act. Raises `Refused`; problems bear the place in the batch."""
    lives = lives_of([a.member.pk for a in amendments])
    refuse_if_any(_check_amendments(amendments, lives, act.by))
    for amendment in amendments:
        life = lives[amendment.member.pk]
        if amendment.wrong:
            amend_life(life, amendment.wrong, BEGINNING, act, act.origin)
        if amendment.changed:
            amend_life(life, amendment.changed, amendment.since or BEGINNING, act, act.origin)
    write_lives(lives, act, reason)
    keys = sorted(lives)
    for part in chunks(keys):
        Member.objects.filter(pk__in=part).update(row_version=F("row_version") + 1)
    derive.refresh_members(keys, derive.current_events(keys))


def _check_amendments(
    amendments: Sequence[Amendment], lives: Mapping[int, Sequence[MemberDetail]], by: Any
) -> Iterator[Problem]:
    said = [{**a.wrong, **a.changed} for a in amendments]
    drafts = [MemberDraft(a.member.code, new) for a, new in zip(amendments, said, strict=True)]
    numbers = numbers_in_use(drafts)
    hidden = unnamed(numbers.values(), by)
    first = derive.current_events([a.member.pk for a in amendments if "birth_date" in a.wrong])
    for index, (amendment, new) in enumerate(zip(amendments, said, strict=True)):
        member, life = amendment.member, lives[amendment.member.pk]
        if not life:
            message = f"Hồ sơ {member.code} không còn thông tin nào đang có hiệu lực. Mở hồ sơ để kiểm tra."
            yield Problem("", message, index=index)
            continue
        whole = {name: getattr(life[-1], name) for name in EMPTY}
        yield from (p.at(index) for p in check_details(whole | new))
        number = clean_digits(new.get("national_id") or "")
        if number and (owner := numbers.setdefault(number, member.code)) != member.code:
            yield same_number(owner, owner in hidden).at(index)
        start = min((event.on for event in first.get(member.pk, ())), default=None)
        birth = amendment.wrong.get("birth_date")
        if birth and start and start < birth:
            yield _born_after(birth, start).at(index)


def _born_after(birth: date, first: date) -> Problem:
    said = f"Ngày sinh {format_date(birth)} sau việc đã ghi ngày {format_date(first)} của người này."
    return Problem("birth_date", said)


def _check_amendment(
    member: Member, changes: Mapping[str, Any], since: date | None, by: Any
) -> list[Problem]:
    problems = []
    if since is not None and since > today():
        problems.append(Problem("since", f"Ngày {format_date(since)} còn ở tương lai."))
    number = clean_digits(changes.get("national_id") or "")
    others = MemberDetail.objects.filter(national_id=number, voided_at__isnull=True).exclude(member=member)
    if number and (other := others.select_related("member").first()):
        code = other.member.code
        problems.append(same_number(code, bool(unnamed([code], by))))
    birth = changes.get("birth_date")
    first = member.events.filter(voided_at__isnull=True).order_by("on").first()
    if birth and first and first.on < birth:
        problems.append(_born_after(birth, first.on))
    return problems


def give_card(draft: CardDraft, *, by: Any) -> MemberCard:
    """Record one Party card (phát, đổi, cấp lại thẻ)."""
    with act("member.card", by=by, organisation=draft.member.organisation, subject=draft.member) as current:
        (card,) = add_cards([draft], act=current)
        current.note(member=draft.member.code, kind=draft.kind)
    return card


def void_card(card: MemberCard, *, reason: str, by: Any) -> None:
    """Void a wrongly recorded card."""
    refuse_if_any(reason_given(reason))
    with act("member.void_card", by=by, organisation=card.organisation, subject=card.member) as current:
        claim_record(card)
        current.void(card, reason)
        derive.refresh_members([card.member_id], derive.current_events([card.member_id]))
        current.note(card=card.pk, reason=reason)


def next_code() -> str:
    """The next free member code (`ĐV000001` …): one more than the largest in use."""
    used = Member.objects.filter(code__startswith="ĐV").order_by("-code").values_list("code", flat=True)
    numbers = [int(code[2:]) for code in used[:50] if code[2:].isdecimal()]
    if not numbers:  # codes of another making stand in front: look at all
        numbers = [int(code[2:]) for code in used.filter(code__regex=r"^ĐV[0-9]{1,9}$")]
    return f"ĐV{max(numbers, default=0) + 1:06d}"
