"""What the lists and forms of records about members share, in the apps above."""

from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tongket.members.models import Member
from tongket.members.pages.fields import offer_members
from tongket.members.queries import visible_to
from tongket.members.successors import successors
from tongket.ui.lists import SearchFilter
from tongket.ui.records.fields import RecordForm
from tongket.ui.tables import Column


class MemberRecordForm(RecordForm):
    """A record about one member. The cell is not asked: it follows from the member's life and the record's day."""

    draft_class: ClassVar[type]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_members(self)


class MemberSearch(SearchFilter):
    """Search by a member's name without diacritics, or by the code or card number."""

    def __init__(self, *keys: str, prefix: str = "member__", **kwargs: Any) -> None:
        self.prefix = prefix
        super().__init__(*(keys or (f"{prefix}folded_name",)), **kwargs)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Rows whose name holds every word, or whose code or card begins so; the code may be one merged away."""
        bare = (value or "").strip()
        if not bare:
            return qs
        named = super().filter(qs.model._default_manager.all(), bare).values("pk")
        exact = Q(**{f"{self.prefix}code__istartswith": bare}) | Q(
            **{f"{self.prefix}card_number__startswith": bare}
        )
        if kept := successors(bare):
            exact |= Q(**{f"{self.prefix}pk__in": kept})
        return qs.filter(Q(pk__in=named) | exact)


class MemberColumn(Column):
    """The member of a row in Vietnamese name order, linked to the record."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("accessor", "member__full_name")
        kwargs.setdefault("verbose_name", _("Họ và tên"))
        kwargs.setdefault("order_by", ("member__sort_key", "member__code"))
        super().__init__(*args, width=30, **kwargs)


def asked_member(request: HttpRequest, verb: str) -> dict[str, Any]:
    """The member named in the address (by code), when a form is opened from the member's page."""
    code = request.GET.get("dang_vien", "")
    found: Member | None = visible_to(request.user, verb).filter(code=code).first() if code else None
    return {"member": found} if found else {}


def member_link(request: HttpRequest, record: Any) -> dict[str, str]:
    """Address of the member's file, where the user may open it."""
    member = record.member
    if member is None or not visible_to(request.user).filter(pk=member.pk).exists():
        return {}
    return {"member": reverse("members:detail", args=[member.uid])}
