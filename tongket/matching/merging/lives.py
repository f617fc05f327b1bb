"""Two lives made one: which events stand, and what is impossible about the life that comes of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tongket.core.dates import FOREVER, format_date
from tongket.core.problems import Problem
from tongket.matching.merging.tables import described
from tongket.matching.models import LIFE
from tongket.members import derive
from tongket.members.models import Member, MemberEvent, PostHolding
from tongket.members.standing import spell_on
from tongket.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Joined:
    """What becomes of the events: `twins` are said by both (the kept one's stands, by key of the other's)."""

    moved: tuple[MemberEvent, ...]
    dropped_of_gone: tuple[MemberEvent, ...]
    dropped_of_kept: tuple[MemberEvent, ...]
    twins: dict[int, int]
    standing: tuple[MemberEvent, ...]


def join(kept: Sequence[MemberEvent], gone: Sequence[MemberEvent], life: str) -> Joined:
    """Which events stand after the merge: those of both, or of one; what both say alike stands once."""
    places = {(e.kind, e.on, e.organisation_id): e.pk for e in kept}
    twins = {
        e.pk: places[e.kind, e.on, e.organisation_id]
        for e in gone
        if (e.kind, e.on, e.organisation_id) in places
    }
    others = [e for e in gone if e.pk not in twins]
    moved = [] if life == "kept" else others
    shared = set(twins.values())
    given_up = [e for e in kept if e.pk not in shared] if life == "gone" else []
    left = {e.pk for e in given_up}
    return Joined(
        moved=tuple(moved),
        dropped_of_gone=tuple(e for e in gone if e.pk in twins or life == "kept"),
        dropped_of_kept=tuple(given_up),
        twins=twins,
        standing=tuple(e for e in kept if e.pk not in left) + tuple(moved),
    )


Ends = Mapping[int, tuple[str, date]]


def ends_of(events: Iterable[MemberEvent]) -> dict[int, tuple[str, date]]:
    """Name and first day after its end of the ended ones among the cells that these events name. One query."""
    cells = {event.organisation_id for event in events}
    rows = Organisation.objects.filter(pk__in=cells, ends_on__lt=FOREVER)
    return {pk: (name, ends_on) for pk, name, ends_on in rows.values_list("pk", "name", "ends_on")}


def problems_of(
    events: Sequence[MemberEvent], field: str = "life", *, ends: Ends | None = None
) -> list[Problem]:
    """Why a life made of these events is impossible; empty when it is possible."""
    spells, found = derive.spells_of(events)
    problems = [Problem(field, problem.message) for _, problem in found]
    known = ends_of(events) if ends is None else ends
    for spell in spells:
        name, ends_on = known.get(spell.organisation_id, ("", FOREVER))
        if spell.valid_to > ends_on:
            said = f"«{name}» đã kết thúc ngày {format_date(ends_on)} mà quá trình này còn sinh hoạt ở đó."
            problems.append(Problem(field, said))
    return problems


def post_problems(member: Member, events: Sequence[MemberEvent], field: str = "life") -> Iterable[Problem]:
    """Posts that the life does not carry, and the same post held twice at a time."""
    spells = derive.spells_of(events)[0]
    posts = list(
        PostHolding.objects.filter(member=member, voided_at__isnull=True).order_by("valid_from", "pk")
    )
    for place, post in enumerate(posts):
        if spell_on(spells, post.valid_from) is None:
            yield Problem(
                field,
                f"Theo quá trình đã chọn thì ngày nhận {described(post)} người này không phải là đảng viên. "
                "Chọn giữ quá trình khác, hoặc hủy chức vụ ghi sai trước.",
            )
        for other in posts[place + 1 :]:
            same = (other.organisation_id, other.post) == (post.organisation_id, post.post)
            if same and other.valid_from < post.valid_to:
                yield Problem(
                    "",
                    f"Hai hồ sơ ghi {described(post)} và {described(other)} ở cùng một tổ chức, trùng thời gian. "
                    "Đính chính hoặc hủy một bên trước khi gộp.",
                )


def choices(kept: Sequence[MemberEvent], gone: Sequence[MemberEvent]) -> list[tuple[str, str, list[str]]]:
    """The ways to join two lives: code, words, and why it cannot be (empty when it can)."""
    found = []
    ends = ends_of([*kept, *gone])
    for code, words in LIFE.choices:
        problems = problems_of(join(kept, gone, code).standing, ends=ends)
        found.append((code, str(words), [problem.message for problem in problems]))
    return found
