"""What still lies at the organisations that end: it does not go along by itself, somebody has to see to it.

Merger and end hand over members and organisations. What was asked of an organisation, assigned to it or begun by it
keeps its name in the records; the list says what is still open, for whom it is, and what to do.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from tongket.accounts.models import Assignment
from tongket.admissions.models import Candidate, CandidateStep
from tongket.books.models import FigureBook
from tongket.cases.queries import visible_cases
from tongket.inspections.programmes.queries import visible_inspections
from tongket.obligations.models import Demand, Obligation
from tongket.organisations.models import Organisation
from tongket.organisations.queries import may
from tongket.ratings.rounds.models import RatingCandidate, RatingRound, RoundDecision
from tongket.targets.models import Target

_OVER = ("ceremony", "closed")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of open matter: what it is called, and what becomes of it."""

    name: str
    text: str
    fate: str
    verb: str = ""  # without it the user is not told how many there are


KINDS: tuple[Kind, ...] = (
    Kind(
        "obligations",
        "Việc được giao chưa xong",
        "Ở lại tên cũ; giao lại cho đơn vị kế tục.",
        "obligation.read",
    ),
    Kind(
        "demands",
        "Việc đã giao cấp dưới, chưa xong",
        "Đơn vị kế tục theo dõi, hoặc rút và giao lại.",
        "obligation.read",
    ),
    Kind(
        "targets",
        "Chỉ tiêu còn hiệu lực",
        "Ở lại tên cũ; giao chỉ tiêu cho đơn vị kế tục từ ngày này.",
        "target.read",
    ),
    Kind(
        "rounds",
        "Đợt xếp loại đang mở",
        "Quyết định trước ngày kết thúc, hoặc mở đợt ở đơn vị kế tục.",
        "rating.read",
    ),
    Kind(
        "candidates",
        "Có tên trong đợt xếp loại đang mở",
        "Lập lại danh sách của đợt sau khi sắp xếp.",
        "rating.read",
    ),
    Kind("joining", "Hồ sơ kết nạp đang làm", "Chi bộ kế tục tiếp nhận và làm tiếp.", "admission.read"),
    Kind(
        "inspections",
        "Cuộc kiểm tra, giám sát chưa xong",
        "Kết thúc hoặc bàn giao cho đơn vị kế tục.",
        "inspection.read",
    ),
    Kind("cases", "Vụ việc kỷ luật đang xem xét", "Bàn giao cho cấp có thẩm quyền.", "discipline.read"),
    Kind(
        "accounts",
        "Tài khoản được giao nhiệm vụ",
        "Ở lại tên cũ; người quản trị giao lại (cấp cao nhất duy nhất thì chuyển theo).",
    ),
    Kind("books", "Sổ số liệu đã chốt", "Giữ nguyên, vẫn kiểm được mã và chữ ký.", "book.read"),
)


@dataclass(frozen=True, slots=True)
class Load:
    """How much of one kind there is, at which of the organisations (code -> number)."""

    kind: str
    count: int
    at: Mapping[str, int]


def loads_of(ended: Sequence[Organisation], on: date, *, viewer: Any) -> list[Load]:
    """What is open at the organisations that end on a day, as far as the viewer may know (None: all).

    One query a kind. Sealed cases are counted only for whoever is named for them.
    """
    codes = {one.pk: one.code for one in ended}
    found = []
    for kind in KINDS:
        if not codes or (viewer is not None and kind.verb and not may(viewer, kind.verb)):
            continue
        counted = Counter(_FINDERS[kind.name](list(codes), on, viewer))
        if counted:
            at = {codes[pk]: count for pk, count in sorted(counted.items()) if pk in codes}
            found.append(Load(kind.name, sum(at.values()), at))
    return found


def _ids(rows: QuerySet[Any], name: str = "organisation_id") -> Iterator[int]:
    yield from rows.order_by().values_list(name, flat=True)


def _obligations(ids: list[int], on: date, viewer: Any) -> Iterable[int]:
    return _ids(
        Obligation.objects.filter(
            organisation__in=ids, voided_at__isnull=True, fulfilled_on__isnull=True, demand__asked_on__lte=on
        )
    )


def _demands(ids: list[int], on: date, viewer: Any) -> Iterable[int]:
    still = Obligation.objects.filter(
        demand=OuterRef("pk"), voided_at__isnull=True, fulfilled_on__isnull=True
    )
    return _ids(
        Demand.objects.filter(Exists(still), organisation__in=ids, voided_at__isnull=True, asked_on__lte=on)
    )


def _targets(ids: list[int], on: date, viewer: Any) -> Iterable[int]:
    return _ids(
        Target.objects.filter(
            organisation__in=ids, voided_at__isnull=True, period_end__gte=on, valid_to__gt=on
        )
    )


def _open_rounds() -> QuerySet[RatingRound]:
    decided = RoundDecision.objects.filter(round=OuterRef("pk"), voided_at__isnull=True)
    return RatingRound.objects.filter(~Exists(decided), voided_at__isnull=True)


def _rounds(ids: list[int], on: date, viewer: Any) -> Iterable[int]:
    return _ids(_open_rounds().filter(organisation__in=ids))


def _candidates(ids: list[int], on: date, viewer: Any) -> Iterable[int]:
    return _ids(
        RatingCandidate.objects.filter(
            organisation__in=ids, voided_at__isnull=True, round__in=_open_rounds().values("pk")
        )
    )


def _joining(ids: list[int], on: date, viewer: Any) -> Iterable[int]:
    over = CandidateStep.objects.filter(
        candidate=OuterRef("identity"), kind__in=_OVER, voided_at__isnull=True
    )
    return _ids(Candidate.objects.filter(~Exists(over), organisation__in=ids, voided_at__isnull=True))


def _inspections(ids: list[int], on: date, viewer: Any) -> Iterable[int]:
    if viewer is None:
        return ()
    return _ids(
        visible_inspections(viewer).filter(
            organisation__in=ids, concluded_on__isnull=True, voided_at__isnull=True
        )
    )


def _cases(ids: list[int], on: date, viewer: Any) -> Iterable[int]:
    if viewer is None:
        return ()
    return _ids(visible_cases(viewer).filter(organisation__in=ids, state="open"))


def _accounts(ids: list[int], on: date, viewer: Any) -> Iterable[int]:
    return _ids(Assignment.objects.filter(Q(until__isnull=True) | Q(until__gte=on), organisation__in=ids))


def _books(ids: list[int], on: date, viewer: Any) -> Iterable[int]:
    return _ids(FigureBook.objects.filter(organisation__in=ids, voided_at__isnull=True))


_FINDERS = {
    "obligations": _obligations,
    "demands": _demands,
    "targets": _targets,
    "rounds": _rounds,
    "candidates": _candidates,
    "joining": _joining,
    "inspections": _inspections,
    "cases": _cases,
    "accounts": _accounts,
    "books": _books,
}
