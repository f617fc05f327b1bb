"""Who is called by the post he holds on the conference's day: the rules of invitation as data.

A rule names posts and where they are held: in the body that calls (`own`), in the bodies directly below it (`below`),
in the body or its offices directly below (`offices`), in the communes below at whatever depth (`communes`). A cell
meeting calls the cell's members (`members`). The whole list takes four questions to the database.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from tongket.conferences.models import Conference
from tongket.core.codelists import POST
from tongket.members.models import Member, MembershipSpell, PostHolding
from tongket.organisations.models import Organisation
from tongket.organisations.paper_names import issuer_of
from tongket.organisations.queries import Placed, subtree_on

COMMITTEE_POSTS = ("secretary", "deputy_secretary", "standing_member", "committee_member")
_RANK = {code: place for place, code in enumerate(POST.values)}
_SHORT = {"committee_member": "Ủy viên Ban Chấp hành"}
#: Posts that are said of the Party body (Đảng bộ xã A), not of its committee (Đảng ủy xã A).
_OF_THE_PARTY_BODY = frozenset({"committee_member", "office_clerk"})
_POST_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Role:
    """One rule: `name` as the notice of a conference writes it, `posts` held at `where`.

    `each`: every body of that place should have somebody for each of the posts; who is missing is named.
    """

    id: str
    name: str
    where: str  # own | below | offices | communes | members
    posts: tuple[str, ...] = ()
    each: bool = False


ROLES: dict[str, Role] = {
    role.id: role
    for role in (
        Role("members", "Đảng viên trong chi bộ", "members"),
        Role(
            "standing",
            "Các đồng chí Ủy viên Ban Thường vụ cấp ủy",
            "own",
            ("secretary", "deputy_secretary", "standing_member"),
        ),
        Role(
            "committee",
            "Các đồng chí cấp ủy viên của khóa (Huyện ủy viên, Đảng ủy viên)",
            "own",
            COMMITTEE_POSTS,
        ),
        Role("advisory", "Lãnh đạo các cơ quan tham mưu, giúp việc cấp ủy", "offices", ("advisory_head",)),
        Role("centre", "Đại diện lãnh đạo Trung tâm Chính trị", "offices", ("centre_leader",)),
        Role(
            "leaders",
            "Bí thư, Phó Bí thư các chi, đảng bộ trực thuộc",
            "below",
            ("secretary", "deputy_secretary"),
            each=True,
        ),
        Role(
            "propaganda",
            "Cán bộ phụ trách công tác Tuyên giáo – Dân vận các xã, thị trấn",
            "communes",
            ("propaganda_clerk",),
            each=True,
        ),
        Role(
            "organisation",
            "Cán bộ phụ trách công tác Tổ chức – Kiểm tra các xã, thị trấn",
            "communes",
            ("organisation_clerk",),
            each=True,
        ),
        Role("office", "Cán bộ Văn phòng cấp ủy các xã, thị trấn", "communes", ("office_clerk",), each=True),
    )
}

_WIDE = ("committee", "advisory", "centre", "leaders", "propaganda", "organisation", "office")
#: Which rules a conference of a kind starts with; the office ticks others.
USUAL: dict[str, tuple[str, ...]] = {
    "year_end": _WIDE,
    "mid_year": _WIDE,
    "study": _WIDE,
    "thematic": _WIDE,
    "committee": ("committee",),
    "standing": ("standing",),
    "cell": ("members",),
}
#: Whose number is the base of quorum and majority, by kind; adjusted by hand for each person.
VOTES: dict[str, str] = {
    "year_end": "committee",
    "mid_year": "committee",
    "committee": "committee",
    "standing": "standing",
    "cell": "members",
}


@dataclass(frozen=True, slots=True)
class Held:
    """One post by which one person is called."""

    role: str
    member: Member
    organisation_id: int
    post: str
    text: str
    votes: bool = False


@dataclass(slots=True)
class Called:
    """One person with every post by which he is called, written together."""

    member: Member
    held: list[Held] = field(default_factory=list)
    organisation_id: int = 0
    voting: bool = False

    @property
    def role(self) -> str:
        """The first rule that calls the person: the one written on the list."""
        return self.held[0].role

    @property
    def post(self) -> str:
        """All posts in words, as many as the column holds."""
        said = ""
        for text in dict.fromkeys(one.text for one in self.held):
            longer = f"{said}; {text}" if said else text
            said = longer if len(longer) <= _POST_LENGTH else said
        return said or self.held[0].text[:_POST_LENGTH]


@dataclass(frozen=True, slots=True)
class Found:
    """What one rule found: how many people, and which posts nobody holds."""

    role: Role
    people: int
    vacant: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """The list before it is made: people in the order of their numbers, and each rule's count."""

    people: tuple[Called, ...]
    found: tuple[Found, ...]


def roles_for(kind: str) -> list[Role]:
    """The rules that make sense for a kind of conference, in order."""
    return [role for role in ROLES.values() if (role.where == "members") == (kind == "cell")]


def called_by(conference: Conference, role_ids: Iterable[str]) -> Preview:
    """Everybody whom the rules call on the conference's day, each person once; writes nothing."""
    wanted = [ROLES[id] for id in ROLES if id in set(role_ids)]
    day, own = conference.on, conference.organisation
    tree = subtree_on(own, day)
    places = {placed.organisation_id: placed for placed in tree}
    holdings = _holdings(wanted, places, day)
    held: list[Held] = []
    found: list[Found] = []
    for role in wanted:
        if role.where == "members":
            mine, vacant = _members(role, own, day), list[str]()
        else:
            mine, vacant = _by_post(role, own, tree, holdings)
        held += mine
        found.append(Found(role, len({one.member.pk for one in mine}), tuple(vacant)))
    return Preview(tuple(_together(held, own, VOTES.get(conference.kind, ""))), tuple(found))


def _holdings(roles: Sequence[Role], places: dict[int, Placed], day: date) -> list[PostHolding]:
    posts = {post for role in roles for post in role.posts}
    rows = PostHolding.objects.filter(
        post__in=posts,
        organisation__in=places,
        voided_at__isnull=True,
        valid_from__lte=day,
        valid_to__gt=day,
    ).select_related("member")
    order = {pk: place for place, pk in enumerate(places)}
    return sorted(
        rows, key=lambda r: (order[r.organisation_id], _RANK.get(r.post, 99), r.member.sort_key, r.pk)
    )


def _fits(role: Role, place: Placed, own: Organisation) -> bool:
    if role.where == "own":
        return place.organisation_id == own.pk
    if role.where == "below":
        return place.depth == 1
    if role.where == "communes":
        return place.depth >= 1 and place.sector == "commune"
    # The heads of a commune's own offices are the commune's to call.
    return place.depth == 0 or (place.depth == 1 and place.sector != "commune")


def _by_post(
    role: Role, own: Organisation, tree: Sequence[Placed], holdings: Sequence[PostHolding]
) -> tuple[list[Held], list[str]]:
    places = {place.organisation_id: place for place in tree if _fits(role, place, own)}
    held = [
        Held(role.id, row.member, row.organisation_id, row.post, _text(row, places[row.organisation_id]))
        for row in holdings
        if row.post in role.posts and row.organisation_id in places
    ]
    if role.each:
        filled = {(one.organisation_id, one.post) for one in held}
        missing = [
            f"{place.name}: chưa có {_label(post)}"
            for place in places.values()
            for post in role.posts
            if (place.organisation_id, post) not in filled
        ]
    else:
        missing = (
            [] if held else [f"Không có ai giữ chức vụ: {', '.join(_label(post) for post in role.posts)}"]
        )
    return held, missing


def _label(post: str) -> str:
    return _SHORT.get(post, POST.label(post))


def _text(row: PostHolding, place: Placed) -> str:
    """The full title where it is recorded; else the post with the body as offices say it: Bí thư Đảng ủy xã A."""
    body = place.name if row.post in _OF_THE_PARTY_BODY else issuer_of(place.name, place.kind)[0]
    return row.title or f"{_label(row.post)} {body}"


def _members(role: Role, cell: Organisation, day: date) -> list[Held]:
    spells = (
        MembershipSpell.objects.filter(
            organisation=cell, voided_at__isnull=True, valid_from__lte=day, valid_to__gt=day
        )
        .select_related("member")
        .order_by("member__sort_key", "member__code")
    )
    return [
        Held(
            role.id,
            spell.member,
            cell.pk,
            "",
            "Đảng viên" if spell.standing == "official" else "Đảng viên dự bị",
            # Who is exempt or suspended does not count in the base (rule vote.base); an exempt member who comes
            # is given the vote by hand.
            votes=spell.standing == "official" and not spell.exempt and not spell.suspended,
        )
        for spell in spells
    ]


def _together(held: Sequence[Held], own: Organisation, voting_role: str) -> list[Called]:
    people: dict[int, Called] = {}
    for one in held:
        person = people.setdefault(one.member.pk, Called(one.member))
        person.held.append(one)
        person.voting |= one.role == voting_role and (one.votes or voting_role != "members")
        # Comes for the body below whose clerk can answer for him, else for the body that calls.
        if not person.organisation_id or person.organisation_id == own.pk:
            person.organisation_id = one.organisation_id
    return list(people.values())
