"""Merger, split and dissolution: the tree changes and people are handed along, in one act.

Members of an organisation that ends move by `transferred` events on the same day; cells below it are moved to the
successor. Nobody may be left behind: an end that would strand members or cells is refused with their number.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tongket.audit.acts import Act, act
from tongket.core.dates import format_date
from tongket.core.problems import Problem, Refused, refuse_if_any
from tongket.members.acts import add_events
from tongket.members.drafts import EventDraft
from tongket.members.models import Member, MembershipSpell, PostHolding
from tongket.members.post_acts import cut_post
from tongket.organisations.acts import add_organisations, change_organisations
from tongket.organisations.drafts import ChangeDraft, FoundingDraft
from tongket.organisations.models import Organisation, OrganisationVersion


def members_on(organisation: Organisation, on: date) -> list[Member]:
    """Who is on the organisation's own list on a day."""
    spells = MembershipSpell.objects.filter(
        organisation=organisation, voided_at__isnull=True, valid_from__lte=on, valid_to__gt=on
    )
    return list(Member.objects.filter(pk__in=spells.values("member")))


def children_on(organisation: Organisation, on: date) -> list[Organisation]:
    """What hangs directly under the organisation on a day."""
    versions = OrganisationVersion.objects.filter(
        parent=organisation, voided_at__isnull=True, valid_from__lte=on, valid_to__gt=on
    )
    return list(Organisation.objects.filter(pk__in=versions.values("organisation")))


def merge(
    predecessors: Sequence[Organisation],
    *,
    into: Organisation | FoundingDraft,
    on: date,
    by: Any,
    **decision: Any,
) -> Organisation:
    """Merge organisations into one that exists or is founded by the same decision (sáp nhập)."""
    with act("organisation.merge", by=by) as current:
        target = inner_merge(predecessors, into=into, on=on, act=current, **decision)
        current.about(target)
        current.note(on=on, merged=[p.code for p in predecessors], into=target.code, **_paper(decision))
    return target


def inner_merge(
    predecessors: Sequence[Organisation],
    *,
    into: Organisation | FoundingDraft,
    on: date,
    act: Act,
    **decision: Any,
) -> Organisation:
    """`merge` inside an open act."""
    target = add_organisations([into], act=act)[0] if isinstance(into, FoundingDraft) else into
    ending = [p for p in predecessors if p.pk != target.pk]
    if not ending:
        raise Refused([Problem("predecessors", "Chưa chọn tổ chức nào để sáp nhập vào tổ chức này.")])
    _hand_over(ending, {p.pk: target for p in ending}, on, act, decision)
    _end(ending, "merge", {p.pk: (target,) for p in ending}, on, act, decision)
    return target


def split(
    organisation: Organisation,
    *,
    into: Sequence[FoundingDraft],
    members_to: Mapping[str, str],
    children_to: Mapping[str, str],
    on: date,
    by: Any,
    **decision: Any,
) -> list[Organisation]:
    """Split an organisation into new ones (chia tách). `members_to`: member code → new organisation's code;
    `children_to`: child organisation's code → new organisation's code. Whoever is not named is refused by name."""
    with act("organisation.split", by=by, organisation=organisation, subject=organisation) as current:
        made = add_organisations(into, act=current)
        inner_split(
            organisation,
            into=made,
            members_to=members_to,
            children_to=children_to,
            on=on,
            act=current,
            **decision,
        )
        current.note(on=on, into=sorted(o.code for o in made), **_paper(decision))
    return made


def inner_split(
    organisation: Organisation,
    *,
    into: Sequence[Organisation],
    members_to: Mapping[str, str],
    children_to: Mapping[str, str],
    on: date,
    act: Act,
    **decision: Any,
) -> None:
    """`split` inside an open act, into organisations that exist."""
    if not into:
        raise Refused([Problem("into", "Chưa có tổ chức nào để chia ra.")])
    made = {o.code: o for o in into}
    people, children = members_on(organisation, on), children_on(organisation, on)
    _refuse_leftovers(
        "members_to", [m.code for m in people if members_to.get(m.code) not in made], "đảng viên"
    )
    _refuse_leftovers(
        "children_to", [c.code for c in children if children_to.get(c.code) not in made], "tổ chức"
    )
    if children:
        change_organisations([_moved(c, made[children_to[c.code]], on, decision) for c in children], act=act)
    if people:
        add_events([_transferred(m, made[members_to[m.code]], on, decision) for m in people], act=act)
    _end([organisation], "split", {organisation.pk: tuple(made.values())}, on, act, decision)


def inner_part(
    organisation: Organisation,
    *,
    into: Sequence[Organisation],
    members_to: Mapping[str, str],
    on: date,
    act: Act,
    **decision: Any,
) -> None:
    """Members leave an organisation that goes on (tách một phần), inside an open act. Whoever `members_to` (member
    code → code of one of `into`) does not name stays.

    The act stands in the organisation's history without an end. It names no successors: the organisation goes on for
    itself, so its past stays with it.
    """
    made = {o.code: o for o in into}
    people = {m.code: m for m in members_on(organisation, on)}
    _refuse_leftovers(
        "members_to", [c for c, to in members_to.items() if c not in people or to not in made], "đảng viên"
    )
    if organisation.code in made:
        raise Refused([Problem("into", f"«{organisation}» là tổ chức bị tách, không tự tiếp nhận được.")])
    moved = [_transferred(people[code], made[to], on, decision) for code, to in members_to.items()]
    if moved:
        add_events(moved, act=act)
    note = f"Tách một phần về {', '.join(made)}; tổ chức tiếp tục hoạt động."
    change_organisations([ChangeDraft(organisation, "split", on, note=note[:300], **decision)], act=act)


def dissolve(
    organisation: Organisation,
    *,
    on: date,
    by: Any,
    members_to: Organisation | None = None,
    **decision: Any,
) -> None:
    """End an organisation (giải thể); its members and cells go to `members_to`, which must be given if it has any."""
    with act("organisation.dissolve", by=by, organisation=organisation, subject=organisation) as current:
        inner_dissolve(organisation, on=on, act=current, members_to=members_to, **decision)
        current.note(on=on, members_to=members_to.code if members_to else "", **_paper(decision))


def inner_dissolve(
    organisation: Organisation, *, on: date, act: Act, members_to: Organisation | None = None, **decision: Any
) -> None:
    """`dissolve` inside an open act."""
    people, children = members_on(organisation, on), children_on(organisation, on)
    if members_to is None and (people or children):
        raise Refused(
            [
                Problem(
                    "members_to",
                    f"Ngày {format_date(on)} «{organisation}» còn {len(people)} đảng viên và {len(children)} "
                    "tổ chức trực thuộc. Chọn nơi tiếp nhận.",
                )
            ]
        )
    if members_to == organisation:
        raise Refused([Problem("members_to", f"«{organisation}» kết thúc thì không tự tiếp nhận được.")])
    successors = (members_to,) if members_to else ()
    if members_to is not None:
        _hand_over([organisation], {organisation.pk: members_to}, on, act, decision)
    _end([organisation], "dissolve", {organisation.pk: successors}, on, act, decision)


def _hand_over(
    ending: Sequence[Organisation],
    targets: Mapping[int, Organisation],
    on: date,
    act: Act,
    decision: Mapping[str, Any],
) -> None:
    moves = [_moved(c, targets[o.pk], on, decision) for o in ending for c in children_on(o, on)]
    if moves:
        change_organisations(moves, act=act)
    people = [_transferred(m, targets[o.pk], on, decision) for o in ending for m in members_on(o, on)]
    if people:
        add_events(people, act=act)


def _end(
    ending: Sequence[Organisation],
    kind: str,
    successors: Mapping[int, tuple[Organisation, ...]],
    on: date,
    act: Act,
    decision: Mapping[str, Any],
) -> None:
    gone = {s for own in successors.values() for s in own if not s.founded_on <= on < s.ends_on}
    refuse_if_any(
        Problem("members_to", f"Ngày {format_date(on)} «{s}» không hoạt động. Chọn nơi tiếp nhận khác.")
        for s in gone
    )
    later = MembershipSpell.objects.filter(
        organisation__in=ending, voided_at__isnull=True, valid_to__gt=on
    ).count()
    if later:
        refuse_if_any(
            [
                Problem(
                    "on", f"Sau ngày {format_date(on)} đã ghi {later} lượt đảng viên sinh hoạt ở tổ chức này."
                )
            ]
        )
    change_organisations(
        [ChangeDraft(o, kind, on, ends=True, successors=successors[o.pk], **decision) for o in ending],
        act=act,
    )
    _end_posts(ending, on, act)


def _end_posts(ending: Sequence[Organisation], on: date, act: Act) -> None:
    open_posts = PostHolding.objects.filter(organisation__in=ending, voided_at__isnull=True, valid_to__gt=on)
    for row in list(open_posts):
        if row.valid_from >= on:
            act.void(row, "ghi sau ngày tổ chức kết thúc hoạt động")
        else:
            cut_post(row, on, "tổ chức kết thúc hoạt động", act=act)


def _moved(child: Organisation, parent: Organisation, on: date, decision: Mapping[str, Any]) -> ChangeDraft:
    return ChangeDraft(child, "move", on, parent=parent, **decision)


def _transferred(member: Member, to: Organisation, on: date, decision: Mapping[str, Any]) -> EventDraft:
    return EventDraft(
        member, "transferred", on=on, organisation=to, reason="sắp xếp tổ chức", **_paper(decision)
    )


def _paper(decision: Mapping[str, Any]) -> dict[str, Any]:
    names = ("decision_number", "decision_date", "decision_body")
    return {name: decision[name] for name in names if name in decision}


def _refuse_leftovers(field: str, codes: Sequence[str], what: str) -> None:
    if codes:
        named = ", ".join(sorted(codes)[:10]) + (" …" if len(codes) > 10 else "")
        raise Refused([Problem(field, f"Còn {len(codes)} {what} chưa có nơi tiếp nhận: {named}.")])
