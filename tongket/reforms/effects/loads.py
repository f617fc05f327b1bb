"""What lies open where organisations end or lose a part: what goes along, what stays, what somebody has to see to.

Merger and end hand over members and organisations. What was asked of an organisation, assigned to it or begun by it
keeps its name in the records; the list says what is still open, for whom it is, and what to do.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from django.db.models import Exists, OuterRef, Q, QuerySet

from tongket.accounts.models import Assignment
from tongket.admissions.models import Candidate, CandidateStep
from tongket.books.models import FigureBook
from tongket.cases.queries import visible_cases
from tongket.honours.badging.models import OPEN, BadgeProposal
from tongket.honours.commending.models import CommendationProposal, ProposalOutcome
from tongket.inspections.programmes.queries import visible_inspections
from tongket.members.models import MembershipSpell, PostHolding
from tongket.obligations.models import Demand, Obligation
from tongket.organisations.models import Organisation
from tongket.organisations.queries import visible_to
from tongket.ratings.rounds.models import RatingCandidate, RatingRound, RoundDecision
from tongket.targets.models import Target

_OVER = ("ceremony", "closed")
#: What becomes of it: it goes along by the act itself, it stays and is only listed, it stays as it must.
Way = Literal["along", "listed", "kept"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of open matter: what it is called, what becomes of it, and what is to be done. Of organisations that
    end; `parted`: also of those that lose a part."""

    name: str
    text: str
    way: Way
    fate: str
    verb: str = ""  # without it the user is not told how many there are
    parted: bool = False


KINDS: tuple[Kind, ...] = (
    Kind(
        "probation",
        "Đảng viên dự bị đang trong thời gian dự bị",
        "along",
        "Thời gian dự bị và các bước đã ghi đi theo người; chi bộ mới theo dõi tiếp.",
        "admission.read",
        parted=True,
    ),
    Kind(
        "given",
        "Nhiệm vụ của tài khoản ở cấp cao nhất",
        "along",
        "Được giao cả ở cấp cao nhất mới, cùng lúc thực hiện; hoàn tác thì thôi.",
    ),
    Kind(
        "posts",
        "Chức vụ ở tổ chức còn lại của người chuyển đi",
        "listed",
        "Không tự kết thúc; ghi thôi giữ chức vụ, kiện toàn cấp ủy.",
        "member.read",
        parted=True,
    ),
    Kind(
        "obligations",
        "Việc được giao chưa xong",
        "listed",
        "Ở lại tên cũ; giao lại cho đơn vị kế tục.",
        "obligation.read",
    ),
    Kind(
        "demands",
        "Việc đã giao cấp dưới, chưa xong",
        "listed",
        "Đơn vị kế tục theo dõi, hoặc rút và giao lại.",
        "obligation.read",
    ),
    Kind(
        "targets",
        "Chỉ tiêu còn hiệu lực",
        "listed",
        "Ở lại tên cũ; giao chỉ tiêu cho đơn vị kế tục từ ngày này.",
        "target.read",
    ),
    Kind(
        "rounds",
        "Đợt xếp loại đang mở",
        "listed",
        "Quyết định trước ngày kết thúc, hoặc mở đợt ở đơn vị kế tục.",
        "rating.read",
    ),
    Kind(
        "candidates",
        "Có tên trong đợt xếp loại đang mở",
        "listed",
        "Lập lại danh sách của đợt sau khi sắp xếp.",
        "rating.read",
        parted=True,
    ),
    Kind(
        "badges",
        "Đề nghị tặng Huy hiệu Đảng đang trình",
        "listed",
        "Đứng tên chi bộ cũ; nơi đang giữ trình tiếp trước ngày kết thúc, hoặc rút và đề nghị lại ở nơi mới.",
        "honour.read",
        parted=True,
    ),
    Kind(
        "commending",
        "Đề nghị khen thưởng chưa quyết định",
        "listed",
        "Quyết định trước ngày kết thúc, hoặc đề nghị lại từ đơn vị kế tục.",
        "honour.read",
    ),
    Kind(
        "joining",
        "Hồ sơ kết nạp đang làm",
        "listed",
        "Ở lại tên chi bộ cũ; chi bộ kế tục lập hồ sơ tiếp theo và ghi tiếp các bước.",
        "admission.read",
        parted=True,
    ),
    Kind(
        "inspections",
        "Cuộc kiểm tra, giám sát chưa xong",
        "listed",
        "Kết thúc hoặc bàn giao cho đơn vị kế tục.",
        "inspection.read",
    ),
    Kind(
        "cases",
        "Vụ việc kỷ luật đang xem xét",
        "listed",
        "Bàn giao cho cấp có thẩm quyền.",
        "discipline.read",
    ),
    Kind(
        "accounts",
        "Tài khoản được giao nhiệm vụ",
        "listed",
        "Ở lại tên cũ; người quản trị giao lại ở đơn vị kế tục.",
    ),
    Kind("books", "Sổ số liệu đã chốt", "kept", "Giữ nguyên, vẫn kiểm được mã và chữ ký.", "book.read"),
)


@dataclass(frozen=True, slots=True)
class Load:
    """How much of one kind there is, at which of the organisations (code -> number)."""

    kind: str
    count: int
    at: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is looked: organisations that end, and those that lose a part, by the act of moment `at` on a day."""

    at: datetime
    on: date
    ended: Sequence[Organisation]
    parted: Sequence[Organisation] = ()
    given: Sequence[Assignment] = field(default_factory=tuple)


def loads_of(place: Place, *, viewer: Any) -> list[Load]:
    """What is open there, as far as the viewer may know (None: all). Inside the act, after all its steps.

    One query a kind, and one for where the viewer holds its verb. Sealed cases are counted only for whoever is named
    for them.
    """
    found = []
    for kind in KINDS:
        codes = {one.pk: one.code for one in (*place.ended, *(place.parted if kind.parted else ()))}
        if viewer is not None and kind.verb and codes:
            mine = visible_to(viewer, kind.verb).filter(pk__in=list(codes))
            codes = {pk: codes[pk] for pk in mine.values_list("pk", flat=True)}
        if kind.name == "given":
            counted = Counter(one.organisation_id for one in place.given)
            codes = {one.organisation_id: one.organisation.code for one in place.given}
        else:
            counted = Counter(_FINDERS[kind.name](list(codes), place, viewer)) if codes else Counter()
        at = {codes[pk]: count for pk, count in sorted(counted.items()) if pk in codes}
        if at:
            found.append(Load(kind.name, sum(at.values()), at))
    return found


def _ids(rows: QuerySet[Any], name: str = "organisation_id") -> Iterator[int]:
    yield from rows.order_by().values_list(name, flat=True)


def _obligations(ids: list[int], place: Place, viewer: Any) -> Iterable[int]:
    return _ids(
        Obligation.objects.filter(
            organisation__in=ids,
            voided_at__isnull=True,
            fulfilled_on__isnull=True,
            demand__asked_on__lte=place.on,
        )
    )


def _demands(ids: list[int], place: Place, viewer: Any) -> Iterable[int]:
    still = Obligation.objects.filter(
        demand=OuterRef("pk"), voided_at__isnull=True, fulfilled_on__isnull=True
    )
    return _ids(
        Demand.objects.filter(
            Exists(still), organisation__in=ids, voided_at__isnull=True, asked_on__lte=place.on
        )
    )


def _targets(ids: list[int], place: Place, viewer: Any) -> Iterable[int]:
    return _ids(
        Target.objects.filter(
            organisation__in=ids, voided_at__isnull=True, period_end__gte=place.on, valid_to__gt=place.on
        )
    )


def _open_rounds() -> QuerySet[RatingRound]:
    decided = RoundDecision.objects.filter(round=OuterRef("pk"), voided_at__isnull=True)
    return RatingRound.objects.filter(~Exists(decided), voided_at__isnull=True)


def _rounds(ids: list[int], place: Place, viewer: Any) -> Iterable[int]:
    return _ids(_open_rounds().filter(organisation__in=ids))


def _candidates(ids: list[int], place: Place, viewer: Any) -> Iterable[int]:
    """Bodies that end, and members who leave: of an organisation that goes on only these."""
    gone = _left(place).filter(member=OuterRef("member"), organisation=OuterRef("organisation"))
    ended = [one.pk for one in place.ended]
    rows = RatingCandidate.objects.filter(
        voided_at__isnull=True, organisation__in=ids, round__in=_open_rounds().values("pk")
    )
    return _ids(rows.filter(Q(organisation__in=ended) | Exists(gone)))


def _left(place: Place) -> QuerySet[MembershipSpell]:
    """Spells that the act cut, also those that had begun on the day itself: who left which cell."""
    return MembershipSpell.objects.filter(voided_at=place.at, valid_from__lte=place.on, valid_to__gt=place.on)


def _probation(ids: list[int], place: Place, viewer: Any) -> Iterable[int]:
    return _ids(_left(place).filter(organisation__in=ids, standing="probationary"))


def _posts(ids: list[int], place: Place, viewer: Any) -> Iterable[int]:
    gone = _left(place).filter(member=OuterRef("member"), organisation=OuterRef("organisation"))
    return _ids(
        PostHolding.objects.filter(
            Exists(gone), organisation__in=ids, voided_at__isnull=True, valid_to__gt=place.on
        )
    )


def _badges(ids: list[int], place: Place, viewer: Any) -> Iterable[int]:
    """At the body that holds the proposal, if that ends; else at the member's cell, if he or she leaves it."""
    rows = BadgeProposal.objects.filter(voided_at__isnull=True, state__in=OPEN)
    gone = _left(place).filter(member=OuterRef("member"), organisation=OuterRef("organisation"))
    ended = [one.pk for one in place.ended if one.pk in ids]
    yield from _ids(rows.filter(holder__in=ended), "holder_id")
    yield from _ids(rows.filter(Exists(gone), organisation__in=ids).exclude(holder__in=ended))


def _commending(ids: list[int], place: Place, viewer: Any) -> Iterable[int]:
    decided = ProposalOutcome.objects.filter(proposal=OuterRef("identity"), voided_at__isnull=True)
    rows = CommendationProposal.objects.filter(~Exists(decided), voided_at__isnull=True)
    yield from _ids(rows.filter(proposed_by__in=ids), "proposed_by_id")
    yield from _ids(rows.filter(asked_by__in=ids).exclude(proposed_by__in=ids), "asked_by_id")


def _joining(ids: list[int], place: Place, viewer: Any) -> Iterable[int]:
    over = CandidateStep.objects.filter(
        candidate=OuterRef("identity"), kind__in=_OVER, voided_at__isnull=True
    )
    return _ids(Candidate.objects.filter(~Exists(over), organisation__in=ids, voided_at__isnull=True))


def _inspections(ids: list[int], place: Place, viewer: Any) -> Iterable[int]:
    if viewer is None:
        return ()
    return _ids(
        visible_inspections(viewer).filter(
            organisation__in=ids, concluded_on__isnull=True, voided_at__isnull=True
        )
    )


def _cases(ids: list[int], place: Place, viewer: Any) -> Iterable[int]:
    if viewer is None:
        return ()
    return _ids(visible_cases(viewer).filter(organisation__in=ids, state="open"))


def _accounts(ids: list[int], place: Place, viewer: Any) -> Iterable[int]:
    # Where the root's are given at the new root too, nobody has to do anything about them.
    roots = {one.pk for one in place.ended if one.parent_id is None} if place.given else set()
    ids = [pk for pk in ids if pk not in roots]
    return _ids(
        Assignment.objects.filter(Q(until__isnull=True) | Q(until__gte=place.on), organisation__in=ids)
    )


def _books(ids: list[int], place: Place, viewer: Any) -> Iterable[int]:
    return _ids(FigureBook.objects.filter(organisation__in=ids, voided_at__isnull=True))


_FINDERS: Mapping[str, Callable[[list[int], Place, Any], Iterable[int]]] = {
    "probation": _probation,
    "posts": _posts,
    "obligations": _obligations,
    "demands": _demands,
    "targets": _targets,
    "rounds": _rounds,
    "candidates": _candidates,
    "badges": _badges,
    "commending": _commending,
    "joining": _joining,
    "inspections": _inspections,
    "cases": _cases,
    "accounts": _accounts,
    "books": _books,
}
