"""Reading what is suspected, decided and merged, within what a user may see; two persons side by side."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from tongket.audit.records import current
from tongket.matching.evidence import Person
from tongket.matching.judge import Judgement, judge
from tongket.matching.models import MergedRow, PairDecision, PersonMerge, SuspectedPair
from tongket.members import derive
from tongket.members.models import Member, MemberCard, MemberDetail, MemberEvent, PostHolding
from tongket.members.queries import visible_to
from tongket.organisations.queries import visible_to as visible_organisations

VERB = "register.merge"


def mergeable(user: Any) -> QuerySet[Member]:
    """The members whose entries the user may compare, merge and take apart."""
    return visible_to(user, VERB)


def _both(rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
    # Asked of each pair. Two lists instead, and SQLite looks up every member with every other in the index of pairs.
    mine = mergeable(user)
    return rows.filter(
        Exists(mine.filter(pk=OuterRef("one_id"))), Exists(mine.filter(pk=OuterRef("other_id")))
    )


def undecided() -> QuerySet[SuspectedPair]:
    """All suspected pairs of which nothing is decided yet."""
    decided = current(PairDecision.objects.filter(one=OuterRef("one"), other=OuterRef("other")))
    return SuspectedPair.objects.exclude(Exists(decided))


def open_pairs(user: Any) -> QuerySet[SuspectedPair]:
    """Suspected pairs of which both are the user's and nothing is decided yet, the surest first."""
    rows = _both(undecided(), user)
    return rows.select_related("one__organisation", "other__organisation")


def kept_apart(user: Any) -> QuerySet[PairDecision]:
    """Pairs that were found to be two persons."""
    rows = _both(current(PairDecision.objects.filter(same=False)), user)
    return rows.select_related("one__organisation", "other__organisation", "recorded_by")


def merges(user: Any) -> QuerySet[PersonMerge]:
    """Merges that stand, of which the user may look at both entries."""
    gone_from = Q(gone_organisation=None) | Q(gone_organisation__in=visible_organisations(user, VERB))
    rows = current(PersonMerge.objects.filter(gone_from, kept__in=mergeable(user).values("pk")))
    return rows.select_related("kept__organisation", "gone", "recorded_by")


def decision_on(one: Member, other: Member) -> PairDecision | None:
    """What was decided about a pair, in whichever order it is named."""
    first, second = sorted((one.pk, other.pk))
    rows = current(PairDecision.objects.filter(one=first, other=second))
    return rows.select_related("recorded_by", "one", "other").first()


def ways() -> dict[int, int]:
    """From every entry that was merged into another to the one kept at the end of the way."""
    direct = dict(current(PersonMerge.objects.all()).order_by().values_list("gone_id", "kept_id"))
    found = {}
    for gone, kept in direct.items():
        while kept in direct:
            kept = direct[kept]
        found[gone] = kept
    return found


def moved_rows(model: type[Any]) -> set[int]:
    """The keys of rows of a table that a merge put aside, or taking it apart; what they said another row says."""
    rows = MergedRow.objects.filter(table=model._meta.label, old__isnull=False)
    return {old for old in rows.values_list("old", flat=True) if old is not None}


def merged_into(member: Member) -> Member | None:
    """The entry under which a merged person stands now; None for one who was not merged."""
    kept = ways().get(member.pk)
    return None if kept is None else Member.objects.get(pk=kept)


def kept_of(uid: Any, visible: QuerySet[Member]) -> Member | None:
    """The one of `visible` under whom the entry stands that had this lasting key; None when it was not merged."""
    gone = current(PersonMerge.objects.filter(gone__uid=uid)).values_list("gone_id", flat=True).first()
    return None if gone is None else visible.filter(pk=ways()[gone]).first()


def kept_by_old_code(code: str) -> list[int]:
    """Keys of the people under whom the entry with this code (in any case of letters) stands now."""
    gone = list(
        current(PersonMerge.objects.filter(gone__code__iexact=code)).values_list("gone_id", flat=True)
    )
    if not gone:
        return []
    found = ways()
    return [found[entry] for entry in gone]


def kept_by_code(codes: Collection[str]) -> dict[str, Member]:
    """Of these member codes those of merged entries, with the person kept: an old list still names the old code."""
    merged, wanted = ways(), set(codes)
    if not merged or not wanted:
        return {}
    rows = Member.objects.filter(pk__in=list(merged)).values_list("pk", "code")
    gone = {pk: code for pk, code in rows if code in wanted}
    found = {pk: merged[pk] for pk in gone}
    members = Member.objects.select_related("organisation").in_bulk(set(found.values()))
    return {gone[pk]: members[kept] for pk, kept in found.items()}


@dataclass(frozen=True, slots=True)
class Side:
    """One of two entries, with what is needed to compare them."""

    member: Member
    detail: MemberDetail | None
    events: tuple[MemberEvent, ...]
    cards: tuple[MemberCard, ...]
    posts: tuple[PostHolding, ...]
    person: Person


def sides(members: Sequence[Member]) -> list[Side]:
    """These entries as they read now. Four queries, however many."""
    keys = [m.pk for m in members]

    def rows(model: Any, *order: str) -> QuerySet[Any]:
        found = model.objects.filter(member__in=keys, voided_at__isnull=True).order_by(*order)
        return found if model is MemberDetail else found.select_related("organisation")

    details = {row.member_id: row for row in rows(MemberDetail, "valid_from")}
    events, cards, posts = (
        _grouped(rows(model, *order))
        for model, order in (
            (MemberEvent, ("on", "pk")),
            (MemberCard, ("issued_on", "pk")),
            (PostHolding, ("valid_from", "pk")),
        )
    )
    found = []
    for member in members:
        detail, own = details.get(member.pk), events.get(member.pk, ())
        held = cards.get(member.pk, ())
        admitted = next((s.admitted_on for s in reversed(derive.spells_of(own)[0]) if s.admitted_on), None)
        as_person = person_of(member, detail, [card.number for card in held], admitted)
        found.append(Side(member, detail, own, held, posts.get(member.pk, ()), as_person))
    return found


def _grouped(rows: QuerySet[Any]) -> dict[int, tuple[Any, ...]]:
    found: dict[int, tuple[Any, ...]] = {}
    for row in rows:
        found[row.member_id] = (*found.get(row.member_id, ()), row)
    return found


def person_of(
    member: Member, detail: MemberDetail | None, cards: Sequence[str], admitted: date | None
) -> Person:
    """One entry as it is compared."""
    said: Any = detail or member
    return Person(
        key=member.pk,
        full_name=said.full_name,
        folded=member.folded_name,
        birth_date=said.birth_date,
        birth_year_only=detail.birth_year_only if detail else False,
        national_id=detail.national_id if detail else "",
        old_id_number=detail.old_id_number if detail else "",
        cards=tuple(cards),
        gender=said.gender,
        home_town=detail.home_town if detail else "",
        admitted_on=admitted,
        organisation=member.organisation_id,
    )


def judged(one: Side, other: Side) -> Judgement:
    """What two entries are to each other, by what stands now."""
    return judge(one.person, other.person)
