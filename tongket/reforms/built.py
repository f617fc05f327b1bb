"""What was built on a reorganisation since, and taking it back while there is nothing.

Taking back voids what the act wrote and puts posts that it cut short back in force; versions, closure and spells are
then made anew from what is left, so the register reads as if the plan had not been carried out, and as known in between
it still reads as it was.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_

from django.apps import apps
from django.db.models import CharField, ForeignKey, IntegerField, Model, Q, QuerySet, Value
from django.db.models.functions import Cast

from tongket.accounts.models import Assignment
from tongket.audit.acts import Act
from tongket.audit.models import Recorded
from tongket.books.models import FigureBook
from tongket.core.codelists import ENDINGS
from tongket.core.periods import BadPeriod, parse_period
from tongket.core.problems import Problem
from tongket.matching.models import PersonMerge
from tongket.members import derive
from tongket.members.models import Member, MemberEvent, PostHolding
from tongket.organisations import tree
from tongket.organisations.models import (
    Organisation,
    OrganisationAct,
    OrganisationPath,
    OrganisationVersion,
    SuccessorLink,
)

# What is made anew from other rows, or looked at apart.
_APART = (OrganisationVersion, OrganisationAct, SuccessorLink, MemberEvent, FigureBook)


@dataclass(frozen=True, slots=True)
class Built:
    """One kind of record that stands on the reorganisation: what it is, how many, one of them by name."""

    what: str
    count: int
    example: str


def built_on(at: datetime, on: date, *, granted: Sequence[int] = ()) -> list[Built]:
    """What was recorded after the act of moment `at` and rests on it; nothing means it can be taken back.

    `granted` are the assignments that the act itself gave."""
    acts = OrganisationAct.objects.filter(recorded_at=at, voided_at__isnull=True)
    touched = set(acts.values_list("organisation_id", flat=True))
    founded = set(acts.filter(kind="found").values_list("organisation_id", flat=True))
    found = [
        *_later_acts(at, touched),
        *_later_events(at, founded),
        *_later_posts(at),
        *_standing_on(at, founded),
        *_books(at, on, touched),
    ]
    assigned = (
        Assignment.objects.filter(organisation__in=founded).exclude(pk__in=granted).select_related("user")
    )
    if assigned:
        found.append(Built("Nhiệm vụ giao cho tài khoản", len(assigned), str(assigned[0].user)))
    return found


def refusals(found: list[Built]) -> Iterator[Problem]:
    """Why it can no longer be taken back, in words."""
    for one in found:
        named = f" (ví dụ: {one.example})" if one.example else ""
        yield Problem(
            "reason",
            f"Đã có {one.count} bản ghi dựa vào việc sắp xếp này: {one.what}{named}. "
            "Hủy hoặc chuyển các bản ghi đó trước, hoặc lập phương án mới để điều chỉnh.",
        )


def _later_acts(at: datetime, touched: set[int]) -> Iterator[Built]:
    later = OrganisationAct.objects.filter(recorded_at__gt=at, voided_at__isnull=True).select_related(
        "organisation"
    )
    linked = set(
        SuccessorLink.objects.filter(
            recorded_at__gt=at, voided_at__isnull=True, successor__in=touched
        ).values_list("act_id", flat=True)
    )
    rows = [
        row
        for row in later
        if {row.organisation_id, row.parent_id, row.changes.get("parent")} & touched or row.pk in linked
    ]
    if rows:
        yield Built("Quyết định về tổ chức", len(rows), str(rows[0].organisation))


def _moved(at: datetime) -> QuerySet[MemberEvent]:
    """The transfers of the act, also those that were put right since."""
    return MemberEvent.objects.filter(recorded_at=at)


def _later_events(at: datetime, founded: set[int]) -> Iterator[Built]:
    """What happened since to those who moved and in what was founded; and ends of those whose post the act cut short,
    who would hold it again."""
    moved, cut = _moved(at).values("member"), PostHolding.objects.filter(voided_at=at).values("member")
    rows = MemberEvent.objects.filter(
        Q(member__in=moved)
        | Q(organisation__in=founded)
        | Q(from_organisation__in=founded)
        | Q(member__in=cut, kind__in=ENDINGS),
        recorded_at__gt=at,
        voided_at__isnull=True,
    ).select_related("member")
    first = rows.order_by("pk").first()
    if first is not None:
        what = "Biến động của đảng viên đã chuyển theo, đã vào tổ chức mới hoặc đã thôi chức vụ vì sắp xếp"
        yield Built(what, rows.count(), str(first.member))
    merged = PersonMerge.objects.filter(
        Q(gone__in=moved) | Q(gone__in=cut), recorded_at__gt=at, voided_at__isnull=True
    ).select_related("kept")
    if merged:
        yield Built(
            "Gộp hồ sơ của đảng viên đã chuyển theo hoặc thôi chức vụ", len(merged), str(merged[0].kept)
        )


def _later_posts(at: datetime) -> Iterator[Built]:
    """Posts that the act cut short and that were put right since: put back, they would be held twice."""
    rows = (
        PostHolding.objects.filter(recorded_at=at, voided_at__gt=at).select_related("member").order_by("pk")
    )
    if rows:
        yield Built("Sửa chức vụ đã kết thúc theo tổ chức", len(rows), str(rows[0].member))


def _standing_on(at: datetime, founded: set[int]) -> Iterator[Built]:
    """Any record of any app that names an organisation which the act founded, or one who moved at the place he or she
    moved to; hidden relations too; in one query."""
    moved = _moved(at)
    parts = []
    models = _pointing()
    for number, (model, places, people) in enumerate(models):
        rests = [Q(**{f"{name}__in": founded}) for name in places] if founded else []
        rests += [
            Q(**{f"{who}__in": moved.values("member"), f"{name}__in": moved.values("organisation")})
            for who in people
            for name in places
        ]
        if rests:
            rows = model._default_manager.filter(
                reduce(or_, rests), voided_at__isnull=True, recorded_at__gt=at
            )
            marked = rows.order_by().annotate(
                which=Value(number, IntegerField()), key=Cast("pk", CharField())
            )
            parts.append(marked.values_list("which", "key"))
    first, *rest = parts
    counted = Counter(
        _said(models[number][0]._meta.app_label) for number, _key in first.union(*rest, all=True)
    )
    for what, count in sorted(counted.items()):
        yield Built(what, count, "")


def _said(app_label: str) -> str:
    # Whoever may not read discipline is not even told that there is some; files are of all kinds.
    if app_label in ("cases", "inspections", "files"):
        return "Hồ sơ khác"
    return str(apps.get_app_config(app_label).verbose_name)


def _pointing() -> list[tuple[type[Recorded], tuple[str, ...], tuple[str, ...]]]:
    """Every kind of record that names organisations, with the columns that do and those that name members."""
    found = []
    for model in apps.get_models():
        if model in _APART or not issubclass(model, Recorded):
            continue
        names = _columns(model, Organisation)
        if names:
            found.append((model, names, _columns(model, Member)))
    return found


def _columns(model: type[Recorded], named: type[Model]) -> tuple[str, ...]:
    return tuple(
        field.name
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey) and field.related_model is named
    )


def _books(at: datetime, on: date, touched: set[int]) -> Iterator[Built]:
    above = set(
        OrganisationPath.objects.filter(descendant__in=touched, voided_at__isnull=True).values_list(
            "ancestor_id", flat=True
        )
    )
    rows = [
        book
        for book in FigureBook.objects.filter(
            organisation__in=touched | above, recorded_at__gt=at, voided_at__isnull=True
        ).defer("content", "guarded")
        if _reaches(book.period, on)
    ]
    if rows:
        yield Built("Sổ số liệu đã chốt", len(rows), str(rows[0]))


def _reaches(period: str, on: date) -> bool:
    try:
        return parse_period(period).end >= on
    except BadPeriod:
        return True


def take_back(at: datetime, reason: str, *, act: Act) -> int:
    """Inside an open act: void what the act of moment `at` wrote, and let the derived state follow.

    Says how many members went back. Raises `Refused` when the tree would not hold without it.
    """
    members = list(
        MemberEvent.objects.filter(recorded_at=at, voided_at__isnull=True).values_list("member_id", flat=True)
    )
    gone = {"voided_at": act.at, "voided_by": act.by, "void_reason": reason}
    for model in (MemberEvent, SuccessorLink, OrganisationAct, PostHolding):
        model._default_manager.filter(recorded_at=at, voided_at__isnull=True).update(**gone)
    cut = list(PostHolding.objects.filter(voided_at=at).exclude(recorded_at=at))
    for row in cut:
        row.pk = None
        row.voided_at, row.voided_by, row.void_reason = None, None, ""
        row.recorded_at, row.recorded_by, row.origin = act.at, act.by, act.origin
    PostHolding.objects.bulk_create(cut, batch_size=500)
    tree.refresh(act.at, act.by)
    derive.refresh(members, act.at)
    return len(set(members))
