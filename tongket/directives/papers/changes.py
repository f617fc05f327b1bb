"""How a paper stands: in force, replaced, revoked, expired; the chain of papers; who has to be told.

What ends a paper (`replaced`, `revoked`) happens to it once; updates may follow one another.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from tongket.audit.records import current
from tongket.core.dates import format_date, today
from tongket.core.problems import Problem
from tongket.core.text import tidy
from tongket.core.worklists import PAPER_CHANGE
from tongket.directives.models import Directive, DirectiveChange
from tongket.obligations.queries import handed_to
from tongket.organisations.queries import visible_to

ENDINGS = ("replaced", "revoked")
_LONGEST_CHAIN = 30


def changes_at(identities: Iterable[UUID]) -> QuerySet[DirectiveChange]:
    """Standing changes in which papers of these identities take part, on either side."""
    names = list(identities)
    return current(DirectiveChange.objects.filter(Q(directive__in=names) | Q(by_directive__in=names)))


def with_standing(rows: QuerySet[Directive]) -> QuerySet[Directive]:
    """Papers with the day from which they are replaced or revoked (`replaced_on`, `revoked_on`)."""

    def day(kind: str) -> Subquery:
        found = current(DirectiveChange.objects.filter(directive=OuterRef("identity"), kind=kind))
        return Subquery(found.order_by("on").values("on")[:1])

    return rows.annotate(replaced_on=day("replaced"), revoked_on=day("revoked"))


def standing_of(directive: Any, on: date | None = None) -> str:
    """How a paper of `with_standing` stands on a day: force, replaced, revoked or expired."""
    day = on or today()
    if directive.revoked_on is not None and directive.revoked_on <= day:
        return "revoked"
    if directive.replaced_on is not None and directive.replaced_on <= day:
        return "replaced"
    if directive.effective_until is not None and directive.effective_until < day:
        return "expired"
    return "force"


def in_force(rows: QuerySet[Directive], on: date | None = None) -> QuerySet[Directive]:
    """The papers that hold on a day: neither replaced nor revoked nor past their last day."""
    day = on or today()
    ended = current(
        DirectiveChange.objects.filter(directive=OuterRef("identity"), kind__in=ENDINGS, on__lte=day)
    )
    return rows.filter(~Exists(ended)).filter(Q(effective_until=None) | Q(effective_until__gte=day))


def change_rules(
    directive: Directive, kind: str, on: date | None, reason: str, by_directive: Directive | None
) -> Iterator[Problem]:
    """A change that can have happened: of this book, in order of days, in no circle; an end only once."""
    if kind not in PAPER_CHANGE.values:
        yield Problem("kind", "Hãy chọn: cập nhật, được thay thế hoặc bị thu hồi.")
        return
    if not tidy(reason or ""):
        yield Problem("reason", "Chưa nêu lý do. Hãy ghi vì sao văn bản thay đổi.")
    if len(tidy(reason or "")) > 300:
        yield Problem("reason", "Lý do dài quá 300 ký tự. Hãy viết ngắn lại.")
    if on is None:
        yield Problem("on", "Chưa có ngày. Hãy ghi văn bản thay đổi từ ngày nào.")
    elif on < directive.issued_on:
        yield Problem(
            "on",
            f"Ngày {format_date(on)} trước ngày ban hành {format_date(directive.issued_on)} của {directive.symbol}. "
            "Hãy sửa lại ngày.",
        )
    if kind in ENDINGS:
        yield from _ends_once(directive)
    if by_directive is not None:
        yield from _by_which(directive, kind, on, by_directive)
    elif kind == "replaced":
        yield Problem(
            "by_directive", "Chưa chọn văn bản thay thế. Nếu văn bản đó chưa có trong sổ, hãy ghi nó trước."
        )


def _ends_once(directive: Directive) -> Iterator[Problem]:
    ended = current(DirectiveChange.objects.filter(directive=directive.identity, kind__in=ENDINGS)).first()
    if ended is not None:
        yield Problem(
            "kind",
            f"{directive.symbol} đã ghi “{ended.get_kind_display().lower()}” từ ngày {format_date(ended.on)}. "
            "Nếu ghi nhầm, hãy hủy ghi chép đó trước.",
        )


def _by_which(directive: Directive, kind: str, on: date | None, other: Directive) -> Iterator[Problem]:
    standing = current(Directive.objects.filter(pk=other.pk)).first()
    if standing is None or standing.organisation_id != directive.organisation_id:
        yield Problem(
            "by_directive", "Văn bản kia không có trong sổ của tổ chức này. Hãy ghi nó vào sổ trước."
        )
    elif other.identity == directive.identity:
        yield Problem(
            "by_directive", f"{directive.symbol} không thể thay đổi bởi chính nó. Hãy chọn văn bản khác."
        )
    elif on is not None and on < other.issued_on:
        yield Problem(
            "on",
            f"Ngày {format_date(on)} trước ngày ban hành {format_date(other.issued_on)} của {other.symbol}. "
            "Hãy sửa lại ngày.",
        )
    elif kind == "replaced" and directive.identity in _replacers(directive.organisation_id, other.identity):
        yield Problem(
            "by_directive",
            f"{other.symbol} chính nó đã được {directive.symbol} thay thế (trực tiếp hoặc qua văn bản khác). "
            "Hai văn bản không thể thay thế lẫn nhau.",
        )


def _replacers(organisation: int, start: UUID) -> set[UUID]:
    """All papers that replaced `start`, one after the other."""
    rows = current(DirectiveChange.objects.filter(organisation=organisation, kind="replaced"))
    by = dict(rows.values_list("directive", "by_directive"))
    seen: set[UUID] = set()
    at: UUID | None = start
    while at is not None and at not in seen:
        seen.add(at)
        at = by.get(at)
    return seen - {start}


@dataclass(frozen=True, slots=True)
class Link:
    """A change with the paper at its other end (None: revoked without a paper, or the paper was voided)."""

    change: DirectiveChange
    paper: Directive | None
    depth: int


def chain_of(directive: Directive) -> tuple[list[Link], list[Link]]:
    """What became of a paper, and what it changed: the changes of its chain forwards and backwards, nearest first."""
    rows = list(current(DirectiveChange.objects.filter(organisation=directive.organisation_id)))
    after: dict[UUID, list[DirectiveChange]] = {}
    before: dict[UUID, list[DirectiveChange]] = {}
    for row in rows:
        after.setdefault(row.directive, []).append(row)
        if row.by_directive is not None:
            before.setdefault(row.by_directive, []).append(row)
    forward = _walk(directive.identity, after, "by_directive")
    backward = _walk(directive.identity, before, "directive")
    ends = {end for _row, end, _depth in (*forward, *backward) if end is not None}
    papers = {p.identity: p for p in current(Directive.objects.filter(identity__in=ends))}

    def links(found: list[tuple[DirectiveChange, UUID | None, int]]) -> list[Link]:
        return [Link(row, papers.get(end) if end else None, depth) for row, end, depth in found]

    return links(forward), links(backward)


def _walk(
    start: UUID, edges: dict[UUID, list[DirectiveChange]], end: str
) -> list[tuple[DirectiveChange, UUID | None, int]]:
    found: list[tuple[DirectiveChange, UUID | None, int]] = []
    seen, layer, depth = {start}, [start], 1
    while layer and len(found) < _LONGEST_CHAIN:
        following: list[UUID] = []
        for name in layer:
            for row in edges.get(name, ()):
                other = getattr(row, end)
                found.append((row, other, depth))
                if other is not None and other not in seen:
                    seen.add(other)
                    following.append(other)
        layer, depth = following, depth + 1
    return found


def changes_for(user: Any, since: datetime) -> QuerySet[DirectiveChange]:
    """Changes recorded since a moment of papers that the user's organisations hold: newest first.

    They hold what stands in their own books, what was handed to them with an obligation, and what they keep in a
    book of their own under the same kind, symbol and day.
    """
    own = current(
        Directive.objects.filter(organisation__in=visible_to(user, verb="directive.read").values("pk"))
    )
    changed = current(Directive.objects.filter(identity=OuterRef("directive")))
    copies = own.filter(
        kind=OuterRef("paper_kind"), symbol=OuterRef("paper_symbol"), issued_on=OuterRef("paper_issued_on")
    )
    rows = DirectiveChange.objects.annotate(
        paper_kind=Subquery(changed.values("kind")[:1]),
        paper_symbol=Subquery(changed.values("symbol")[:1]),
        paper_issued_on=Subquery(changed.values("issued_on")[:1]),
        own_paper=Subquery(own.filter(identity=OuterRef("directive")).values("pk")[:1]),
        own_copy=Subquery(copies.values("pk")[:1]),
        handed=Exists(handed_to(user).filter(demand__about=OuterRef("directive"))),
        handed_paper=Subquery(changed.values("pk")[:1]),
        by_symbol=Subquery(
            current(Directive.objects.filter(identity=OuterRef("by_directive"))).values("symbol")[:1]
        ),
    ).filter(recorded_at__gte=since)
    held = Q(own_paper__isnull=False) | Q(own_copy__isnull=False) | Q(handed=True)
    return current(rows.filter(held)).order_by("-recorded_at", "-id")
