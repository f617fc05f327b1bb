"""Where an old name leads: the entry that a person was merged into, the organisations that carry on for one.

Only where the program may see what it is led to; otherwise the old name is not found, like any other.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.api.problems import ApiError
from tongket.core.dates import format_date
from tongket.matching.models import PersonMerge
from tongket.matching.queries import merged_into
from tongket.members.queries import visible_to as visible_members
from tongket.organisations.models import Organisation, SuccessorLink
from tongket.organisations.queries import visible_to


def refuse_merged(request: HttpRequest, id: UUID, verb: str, moment: datetime | None) -> None:
    """End the request with the way to the person kept, when that entry was merged (and was so at `moment`).

    Not for ever (307): a merge can be taken apart.
    """
    merges = PersonMerge.objects.filter(voided_at__isnull=True, gone__uid=id)
    if moment is not None:
        merges = merges.filter(recorded_at__lte=moment)
    merge = merges.select_related("gone").first()
    kept = merged_into(merge.gone) if merge is not None else None
    if kept is None or not visible_members(request.user, verb).filter(pk=kept.pk).exists():
        return
    asked = request.GET.urlencode()
    address = reverse("api:member", args=[kept.uid]) + (f"?{asked}" if asked else "")
    raise ApiError(
        307,
        _("Hồ sơ này đã gộp vào hồ sơ khác của cùng một người. Dùng id mới."),
        headers={"Location": address},
        more={"id": str(kept.uid)},
    )


def refuse_ended(request: HttpRequest, asked: Organisation, day: date) -> None:
    """End the request with the organisations that carry on, when the one asked for had ended by that day."""
    if asked.ends_on > day:
        return
    after: Any = successors_of(request, {asked.pk}).get(asked.pk, ())
    raise ApiError(
        410,
        _(
            "%(name)s không còn hoạt động từ ngày %(day)s. "
            "Hỏi tổ chức kế tục (successors) hoặc ghi as_at trước ngày đó."
        )
        % {"name": asked.name, "day": format_date(asked.ends_on)},
        more={"successors": [{"code": one.code, "id": str(one.uid)} for one in after]},
    )


def successors_of(request: HttpRequest, keys: Collection[int]) -> dict[int, list[Organisation]]:
    """Of these organisations those that carry on for each, as far as the program sees them."""
    found: dict[int, list[Organisation]] = {}
    links = SuccessorLink.objects.filter(
        voided_at__isnull=True,
        predecessor__in=keys,
        successor__in=visible_to(request.user).values("pk"),
    )
    for link in links.select_related("successor").order_by("successor__code", "id"):
        found.setdefault(link.predecessor_id, []).append(link.successor)
    return found
