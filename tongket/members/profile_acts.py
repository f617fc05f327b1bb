"""Who a member is: entering people, their details as they hold over time, and their cards."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from django.db.models import F

from tongket.audit.acts import Act, act
from tongket.audit.among import Among
from tongket.audit.bulk import insert, make
from tongket.audit.records import chunks
from tongket.core import codelists as codes
from tongket.core.dates import FOREVER, format_date, today
from tongket.core.findings import Finding
from tongket.core.identity import check_card_number, check_cccd, clean_digits
from tongket.core.problems import Problem, refuse_if_any
from tongket.core.text import fold, name_sort_key, tidy
from tongket.members import derive
from tongket.members.drafts import Amendment, CardDraft, MemberDraft
from tongket.members.fields import BY_NAME, FIELDS
from tongket.members.models import Member, MemberCard, MemberDetail
from tongket.members.queries import visible_to
from tongket.organisations.acts import claim, claim_record, reason_given

# Details known without a starting day hold as far back as the register goes.
BEGINNING = date(1900, 1, 1)

_LISTS = {
    "gender": codes.GENDER,
    "ethnicity": codes.ETHNICITY,
    "religion": codes.RELIGION,
    "occupation": codes.OCCUPATION,
    "schooling": codes.SCHOOLING,
    "education": codes.EDUCATION,
    "academic_title": codes.ACADEMIC_TITLE,
    "theory": codes.THEORY,
}
_EMPTY: dict[str, Any] = {
    f.name: (
        False if f.name == "birth_year_only" else None if f.name in {"birth_date", "youth_union"} else ""
    )
    for f in FIELDS
}


def check_members(drafts: Sequence[MemberDraft], *, by: Any, again: Collection[str] = ()) -> list[Problem]:
    """Judge new people and later states of known ones; doubtful identity numbers are warnings.

    `by`: who enters them; another person of the same number is named only to whoever may read that person's file.
    `again`: codes of people whose entry was taken back, and who may be entered anew under them.
    """
    among = Among("code", (d.code for d in drafts))
    known = set(Member.objects.filter(among).values_list("code", flat=True)) if drafts else set()
    known -= set(again)
    numbers = _numbers_in_use(drafts)
    hidden = _unnamed({owner for d in drafts if (owner := numbers.get(_number(d), d.code)) != d.code}, by)
    seen: set[tuple[str, date | None]] = set()
    problems: list[Problem] = []
    for index, draft in enumerate(drafts):
        found = [*check_details(draft.details), *_check_identity(draft, known, seen, numbers, hidden)]
        problems.extend(p.at(index) for p in found)
        seen.add((draft.code, draft.since))
        known.add(draft.code)
    return problems


def _numbers_in_use(drafts: Sequence[MemberDraft]) -> dict[str, str]:
    wanted = {_number(d) for d in drafts} - {""}
    if not wanted:
        return {}
    rows = MemberDetail.objects.filter(Among("national_id", wanted), voided_at__isnull=True)
    return dict(rows.values_list("national_id", "member__code"))


def _number(draft: MemberDraft) -> str:
    return clean_digits(draft.details.get("national_id") or "")


def _unnamed(codes: Collection[str], by: Any) -> set[str]:
    """Those of these members of whom the user may not read, so that not even their code is said."""
    if by is None:
        return set()
    return set(codes) - {
        code
        for part in chunks(codes)
        for code in visible_to(by, "member.read").filter(code__in=part).values_list("code", flat=True)
    }


def _check_identity(
    draft: MemberDraft,
    known: set[str],
    seen: set[tuple[str, date | None]],
    numbers: dict[str, str],
    hidden: set[str],
) -> list[Problem]:
    problems = []
    if not draft.code:
        problems.append(Problem("code", "Chưa có mã đảng viên."))
    elif (draft.code, draft.since) in seen or (draft.code in known and draft.since is None):
        problems.append(
            Problem(
                "code",
                f"Mã {draft.code} đã có trong sổ. Nếu là thay đổi của người này, ghi ngày thông tin có hiệu lực.",
            )
        )
    number = _number(draft)
    owner = numbers.setdefault(number, draft.code) if number else draft.code
    if owner != draft.code:
        problems.append(_same_number(owner, owner in hidden))
    if draft.card_number:
        problems.extend(_from_findings("card_number", check_card_number(draft.card_number)))
    return problems


def check_details(details: Mapping[str, Any]) -> list[Problem]:
    """Judge profile fields by themselves: known fields, codes of their list, lengths, CCCD against birth and sex."""
    details = _clean(details)
    problems = [Problem(name, f"Không có trường «{name}».") for name in details if name not in BY_NAME]
    if not (details.get("full_name") or "").strip():
        problems.append(Problem("full_name", "Chưa có họ và tên."))
    for name, codelist in _LISTS.items():
        if details.get(name) and details[name] not in codelist.values:
            problems.append(Problem(name, f"«{details[name]}» không có trong danh mục."))
    limits = _limits()
    for name, text in details.items():
        if isinstance(text, str) and name in limits and len(text) > limits[name]:
            problems.append(Problem(name, f"Dài quá {limits[name]} ký tự. Rút gọn."))
    birth = details.get("birth_date")
    if birth and birth > today():
        problems.append(Problem("birth_date", "Ngày sinh còn ở tương lai."))
    if details.get("national_id"):
        gender = details.get("gender") or None
        exact = birth if birth else None
        problems.extend(_from_findings("national_id", check_cccd(details["national_id"], exact, gender)))
    return problems


@cache
def _limits() -> dict[str, int]:
    """How long the text of each profile field may be."""
    lengths = {name: getattr(MemberDetail._meta.get_field(name), "max_length", None) for name in BY_NAME}
    return {name: length for name, length in lengths.items() if length}


def _from_findings(name: str, findings: Sequence[Finding]) -> list[Problem]:
    return [Problem(name, f.message_vi, f.severity) for f in findings]


def add_members(
    drafts: Sequence[MemberDraft],
    *,
    act: Act,
    origins: Sequence[str] | None = None,
    again: Collection[str] = (),
) -> dict[str, Member]:
    """Enter people, and later states of known people, inside an open act. Returns members by code."""
    refuse_if_any(check_members(drafts, by=act.by, again=again))
    wanted = {d.code for d in drafts}
    members = {m.code: m for m in Member.objects.filter(code__in=wanted)}
    first: dict[str, MemberDraft] = {}
    for draft in drafts:
        if draft.code not in members or draft.code in again:
            first.setdefault(draft.code, draft)
    made = insert(Member, [_identity(d) for code, d in first.items() if code not in members])
    members |= {m.code: m for m in made}
    came_from = dict(zip(map(id, drafts), origins or (), strict=False))
    lives = _lives([m.pk for code, m in members.items() if code not in first])
    for draft in sorted(drafts, key=lambda d: (d.since or BEGINNING, d.code)):
        member, since = members[draft.code], draft.since or BEGINNING
        origin = came_from.get(id(draft), act.origin)
        if first.get(draft.code) is draft:
            made_first = _detail(member, draft.details, since, FOREVER, act)
            made_first.origin = origin
            lives[member.pk] = [made_first]
        else:
            _amend_life(lives[member.pk], draft.details, since, act, origin)
    _write_lives(lives, act, "thay đổi thông tin")
    amended = sorted({members[d.code].pk for d in drafts if first.get(d.code) is not d or d.code in again})
    if amended:
        derive.refresh_members(amended, derive.current_events(amended))
    return members


def _lives(member_ids: Sequence[int]) -> dict[int, list[MemberDetail]]:
    """The standing details of these members, each list in order of days."""
    found: dict[int, list[MemberDetail]] = {pk: [] for pk in member_ids}
    if member_ids:
        rows = MemberDetail.objects.filter(Among("member_id", member_ids), voided_at__isnull=True)
        for row in rows.order_by("valid_from"):
            found[row.member_id].append(row)
    return found


def _amend_life(
    life: list[MemberDetail], changes: Mapping[str, Any], since: date, act: Act, origin: str
) -> None:
    """From `since` on the changed fields read so; what held before stays, later states get the change too.

    New rows take the places in `life`; nothing is written yet.
    """
    changes = _clean(changes)
    for row in [r for r in life if r.valid_to > since]:
        values = {name: getattr(row, name) for name in _EMPTY}
        if all(values.get(name) == new for name, new in changes.items()):
            continue
        parts = [_detail(row.member, values | dict(changes), max(row.valid_from, since), row.valid_to, act)]
        if row.valid_from < since:
            parts.insert(0, _detail(row.member, values, row.valid_from, since, act))
        for part in parts:
            part.origin = origin
        place = life.index(row)
        life[place : place + 1] = parts


def _write_lives(lives: Mapping[int, Sequence[MemberDetail]], act: Act, reason: str) -> None:
    """Void the standing details that are no longer in `lives` and insert the new ones, in bulk."""
    kept = {row.pk for life in lives.values() for row in life if row.pk}
    if lives:
        standing = MemberDetail.objects.filter(Among("member_id", lives), voided_at__isnull=True)
        gone = [pk for pk in standing.values_list("pk", flat=True) if pk not in kept]
        for stale in chunks(gone):
            MemberDetail.objects.filter(pk__in=stale).update(
                voided_at=act.at, voided_by=act.by, void_reason=reason
            )
    fresh = [row for life in lives.values() for row in life if not row.pk]
    insert(MemberDetail, fresh)


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


def _detail(member: Member, details: Mapping[str, Any], start: date, end: date, act: Act) -> MemberDetail:
    days = {"valid_from": start, "valid_to": end, "recorded_at": act.at, "origin": act.origin}
    return make(MemberDetail, _EMPTY | _clean(details) | days, member=member, recorded_by=act.by)


def _clean(details: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as they are stored: a blank is the column's own blank, text on one line, numbers without spaces."""
    clean = {
        name: _EMPTY.get(name) if new is None else tidy(new) if isinstance(new, str) else new
        for name, new in details.items()
    }
    if number := clean.get("national_id"):
        clean["national_id"] = clean_digits(str(number))
    return clean


def _amend(member: Member, changes: Mapping[str, Any], since: date, act: Act, reason: str = "") -> None:
    """From `since` on the changed fields read so; what held before stays, later versions get the change too."""
    lives = _lives([member.pk])
    _amend_life(lives[member.pk], changes, since, act, act.origin)
    _write_lives(lives, act, reason or "thay đổi thông tin")


def check_cards(drafts: Sequence[CardDraft]) -> list[Problem]:
    """Judge Party cards: a number of the right form, for a person who stands (or stood) in a cell."""
    problems = []
    for index, draft in enumerate(drafts):
        problems += [p.at(index) for p in _from_findings("number", check_card_number(draft.number))]
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
    whole = {name: getattr(latest, name) for name in _EMPTY} if latest else dict(_EMPTY)
    problems = [*check_details(whole | dict(changes)), *_check_amendment(member, changes, since, by)]
    refuse_if_any([*problems, *(reason_given(reason) if since is None else [])])
    with act("member.amend", by=by, organisation=member.organisation, subject=member) as current:
        claim(member, expected_version)
        _amend(member, changes, since or BEGINNING, current, reason)
        derive.refresh_members([member.pk], derive.current_events([member.pk]))
        current.note(member=member.code, fields=sorted(changes), since=since, reason=reason)


def amend_members(amendments: Sequence[Amendment], *, reason: str, act: Act) -> None:
    """Change the profiles of many people inside an open act. Raises `Refused`; problems bear the place in the batch."""
    lives = _lives([a.member.pk for a in amendments])
    refuse_if_any(_check_amendments(amendments, lives, act.by))
    for amendment in amendments:
        life = lives[amendment.member.pk]
        if amendment.wrong:
            _amend_life(life, amendment.wrong, BEGINNING, act, act.origin)
        if amendment.changed:
            _amend_life(life, amendment.changed, amendment.since or BEGINNING, act, act.origin)
    _write_lives(lives, act, reason)
    keys = sorted(lives)
    for part in chunks(keys):
        Member.objects.filter(pk__in=part).update(row_version=F("row_version") + 1)
    derive.refresh_members(keys, derive.current_events(keys))


def _check_amendments(
    amendments: Sequence[Amendment], lives: Mapping[int, Sequence[MemberDetail]], by: Any
) -> Iterator[Problem]:
    said = [{**a.wrong, **a.changed} for a in amendments]
    drafts = [MemberDraft(a.member.code, new) for a, new in zip(amendments, said, strict=True)]
    numbers = _numbers_in_use(drafts)
    hidden = _unnamed(numbers.values(), by)
    first = derive.current_events([a.member.pk for a in amendments if "birth_date" in a.wrong])
    for index, (amendment, new) in enumerate(zip(amendments, said, strict=True)):
        member, life = amendment.member, lives[amendment.member.pk]
        if not life:
            message = f"Hồ sơ {member.code} không còn thông tin nào đang có hiệu lực. Mở hồ sơ để kiểm tra."
            yield Problem("", message, index=index)
            continue
        whole = {name: getattr(life[-1], name) for name in _EMPTY}
        yield from (p.at(index) for p in check_details(whole | new))
        number = clean_digits(new.get("national_id") or "")
        if number and (owner := numbers.setdefault(number, member.code)) != member.code:
            yield _same_number(owner, owner in hidden).at(index)
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
        problems.append(_same_number(code, bool(_unnamed([code], by))))
    birth = changes.get("birth_date")
    first = member.events.filter(voided_at__isnull=True).order_by("on").first()
    if birth and first and first.on < birth:
        problems.append(_born_after(birth, first.on))
    return problems


def _same_number(code: str, hidden: bool) -> Problem:
    if hidden:
        said = "Số CCCD này đã ghi cho một đảng viên ngoài phạm vi được giao. Kiểm tra lại số, hoặc hỏi cấp trên."
    else:
        said = f"Số CCCD này đã ghi cho đảng viên {code}. Kiểm tra có phải trùng người."
    return Problem("national_id", said)


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
