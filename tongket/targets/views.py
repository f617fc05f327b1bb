"""Pages of targets: the list, one target with how it was shared out, change by a later decision."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.core.periods import Period
from tongket.core.problems import Conflict, Refused
from tongket.indicators.catalogue import INDICATORS
from tongket.organisations.queries import may, visible_to
from tongket.targets.acts import TARGET, change_target
from tongket.targets.forms import ChangeForm, TargetForm
from tongket.targets.models import Target
from tongket.targets.queries import history_of, is_superseded, later_of, shares_of, visible_targets
from tongket.targets.sharing import is_summed
from tongket.targets.tables import TargetFilters, TargetTable
from tongket.ui.context import ViewContext
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import gate
from tongket.ui.records.pages import RecordPages, conflict_page, form_page
from tongket.ui.templatetags.ui import indicator_name


def _in_period(rows: Any, period: Period) -> Any:
    return rows.filter(period_start__lte=period.end, period_end__gte=period.start)


def _start(request: HttpRequest, view: ViewContext) -> dict[str, Any]:
    return {
        "organisation": view.organisation,
        "period": view.period.code,
        "valid_from": view.period.start,
        "giver": "above",
        "indicator": request.GET.get("chi_so", ""),
    }


def _more(request: HttpRequest, target: Target) -> dict[str, Any]:
    entry = INDICATORS.get(target.indicator)
    shown: dict[str, Any] = {"entry": entry, "title": indicator_name(entry) if entry else target.indicator}
    shown["history"] = history_of(target)
    shown["later"] = later_of(target, shown["history"])
    if target.voided_at is None:
        shares = shares_of(target)
        seen = set(visible_to(request.user, "target.read").values_list("pk", flat=True))
        rows = [row for row in shares.rows if row.organisation.pk in seen]
        shown |= {
            "shares": shares,
            "lacking": -shares.difference,
            "share_rows": rows,
            "given_rows": [row for row in rows if row.target is not None],
            "open_rows": [row for row in rows if row.target is None],
            "summed": is_summed(target),
        }
    return shown


def _actions(request: HttpRequest, target: Target) -> list[tuple[str, str, str]]:
    if not may(request.user, "target.write", target.organisation):
        return []
    actions = [(_("Điều chỉnh chỉ tiêu"), reverse("targets:change", args=[target.pk]), "arrow-repeat")]
    if not is_superseded(target) and any(row.target is None for row in shares_of(target).rows):
        actions.insert(0, (_("Giao xuống"), reverse("targets:share", args=[target.pk]), "diagram-2"))
    return actions


#: The sister pages; progress and term are made above, where figures are known.
TABS = (
    (gettext_lazy("Sổ chỉ tiêu"), "targets:list", "target.read"),
    (gettext_lazy("Tiến độ"), "targets:progress", "target.read"),
    (gettext_lazy("Nhiệm kỳ"), "targets:term", "target.read"),
)

PAGES = RecordPages(
    kind=TARGET,
    names="targets:",
    noun=gettext_lazy("chỉ tiêu"),
    title=gettext_lazy("Chỉ tiêu"),
    lead=gettext_lazy(
        "Chỉ tiêu cấp trên giao và chỉ tiêu theo nghị quyết của cấp mình; mức thực hiện luôn được tính từ hồ sơ."
    ),
    new_text=gettext_lazy("Ghi chỉ tiêu"),
    read="target.read",
    write="target.write",
    visible=visible_targets,
    in_period=_in_period,
    form=TargetForm,
    table=TargetTable,
    filters=TargetFilters,
    tabs=TABS,
    detail_template="targets/detail.html",
    more=_more,
    actions=_actions,
    start=_start,
)


@gate("target.write")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """A later decision changes the value from a day on; both values stay on record."""
    target = PAGES.mine(request, pk)
    form = ChangeForm(request.POST or None, user=request.user)
    back = reverse("targets:detail", args=[pk])
    if request.method == "POST" and form.is_valid():
        try:
            fresh = change_target(target, by=request.user, **form.cleaned_data)
        except Refused as refused:
            problems_to_form(form, refused, {"valid_from": "on"})
        except Conflict as conflict:
            return conflict_page(request, str(conflict), back)
        else:
            messages.success(request, _("Đã điều chỉnh chỉ tiêu; mức cũ được giữ đến ngày điều chỉnh."))
            return redirect("targets:detail", fresh.pk)
    lead = _("Mức cũ giữ hiệu lực đến ngày điều chỉnh. Nếu mức cũ ghi sai ngay từ đầu, dùng “Đính chính”.")
    return form_page(request, form, _("Điều chỉnh chỉ tiêu"), PAGES, cancel=back, lead=lead)
