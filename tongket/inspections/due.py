"""What inspection has to say on the overview: beginning, late, not concluded or announced, remedies to judge."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.audit.records import current
from tongket.core.dueitems import DueItem
from tongket.inspections.programmes.queries import announced_to, visible_inspections
from tongket.inspections.running.derive import RUNNING, days_late, limit_end
from tongket.inspections.running.models import Finding, Inspection
from tongket.obligations.models import Obligation
from tongket.organisations.queries import verbs_of

SOON = 14  # days


def due_items(user: Any, day: date) -> list[DueItem]:
    """What is due about inspections for the user on a day: at most three questions, besides the user's duties."""
    verbs = verbs_of(user)
    items: list[DueItem] = []
    if "inspection.read" in verbs:
        rows = list(visible_inspections(user).exclude(state__in=("notified", "followed")))
        items += [*_running(rows, day), *_open(rows)]
    if "inspection.write" in verbs:
        items += _remedies(user)
    if "obligation.read" in verbs and "inspection.read" not in verbs:
        items += _told(user, day)
    return items


def _running(rows: list[Inspection], day: date) -> list[DueItem]:
    found = []
    soon = [
        row
        for row in rows
        if row.state in ("planned", "announced") and day <= row.starts_on <= day + timedelta(days=SOON)
    ]
    late = [row for row in rows if row.state in RUNNING and days_late(row, day)]
    address = reverse("inspections:inspection_list")
    if soon:
        text = _("%(n)s cuộc kiểm tra, giám sát sắp bắt đầu") % {"n": len(soon)}
        found.append(DueItem(text, f"{address}?trang_thai=chay", min(row.starts_on for row in soon)))
    if late:
        text = _("%(n)s cuộc kiểm tra, giám sát chậm hoặc quá thời hạn") % {"n": len(late)}
        ends = [min(e for e in (row.deadline, limit_end(row)) if e is not None) for row in late]
        found.append(DueItem(text, f"{address}?trang_thai=cham&thoi_gian=tat-ca", min(ends), late=True))
    return found


def _open(rows: list[Inspection]) -> list[DueItem]:
    found = []
    for state, text in (
        ("reported", _("%(n)s cuộc đã báo cáo, chờ kết luận")),
        ("concluded", _("%(n)s kết luận chưa thông báo")),
    ):
        count = sum(row.state == state for row in rows)
        if count:
            href = reverse("inspections:inspection_list") + f"?trang_thai={state}&thoi_gian=tat-ca"
            found.append(DueItem(text % {"n": count}, href))
    return found


def _remedies(user: Any) -> list[DueItem]:
    mine = visible_inspections(user, verb="inspection.write")
    findings = current(Finding.objects.filter(inspection__in=mine)).values("identity")
    waiting = list(
        current(
            Obligation.objects.filter(
                demand__about__in=findings, demand__voided_at__isnull=True, state="reported"
            )
        ).values_list("fulfilled_on", flat=True)
    )
    if not waiting:
        return []
    href = reverse("inspections:inspection_list") + "?trang_thai=khac_phuc&thoi_gian=tat-ca"
    first = min((one for one in waiting if one is not None), default=None)
    return [
        DueItem(_("%(n)s báo cáo khắc phục sau kiểm tra chờ chấp nhận") % {"n": len(waiting)}, href, first)
    ]


def _told(user: Any, day: date) -> list[DueItem]:
    """For the inspected: what was announced and is not concluded, without its contents."""
    rows = announced_to(user).filter(
        Q(inspection__state__in=["announced", "started"]), inspection__deadline__gte=day
    )
    days = list(rows.values_list("inspection__starts_on", flat=True))
    if not days:
        return []
    text = _("%(n)s cuộc kiểm tra, giám sát đối với tổ chức của bạn") % {"n": len(days)}
    return [DueItem(text, reverse("inspections:inspection_announced"), min(days))]
