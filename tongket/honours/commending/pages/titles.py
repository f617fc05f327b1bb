"""Pages of titles: the list by year, record and forms, the national ones and last year's in one click."""

from typing import Any

import django_filters
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.core.codelists import COMMENDATION_FORM, GIVER, RECIPIENT
from tongket.core.dates import FIRST_YEAR, LAST_YEAR
from tongket.core.judging import COMMENDING_KIND
from tongket.core.periods import Period, year
from tongket.core.problems import Problem, Refused
from tongket.honours.commending.kinds import TITLE, copy_titles, national_titles, take_national
from tongket.honours.commending.models import CommendationTitle
from tongket.honours.commending.pages.forms import TitleForm, years_of
from tongket.honours.commending.queries import title_holders, titles_in_force, visible_titles
from tongket.rules.catalogue import NoRuleInForce
from tongket.ui.context import ViewContext, view_context
from tongket.ui.gate import gate
from tongket.ui.records.lists import FoldedSearch, OrganisationColumn, RecordFilters
from tongket.ui.records.pages import RecordPages
from tongket.ui.tables import CodeColumn, Column, NumberColumn, Table


class TitleTable(Table):
    """Titles."""

    name = Column(
        verbose_name=gettext_lazy("Danh hiệu"),
        width=60,
        linkify=lambda record: reverse("honours:title_detail", args=[record.pk]),
    )
    years = Column(verbose_name=gettext_lazy("Năm"), accessor="year_from", css="nowrap")
    kind = CodeColumn(COMMENDING_KIND, verbose_name=gettext_lazy("Loại"))
    recipient_kind = CodeColumn(RECIPIENT, verbose_name=gettext_lazy("Đối tượng"), css="nowrap")
    form = CodeColumn(COMMENDATION_FORM, verbose_name=gettext_lazy("Hình thức"), css="nowrap")
    giver = CodeColumn(GIVER, verbose_name=gettext_lazy("Cấp khen"))
    cap_number = NumberColumn(verbose_name=gettext_lazy("Tối đa"))
    bonus = NumberColumn(verbose_name=gettext_lazy("Tiền thưởng (lần lương cơ sở)"))
    organisation = OrganisationColumn()

    class Meta(Table.Meta):
        model = CommendationTitle
        fields = ()

    def render_years(self, record: Any) -> str:
        """The years of the title."""
        return years_of(record)

    def value_years(self, record: Any) -> str:
        """The same for the Excel file."""
        return years_of(record)

    def render_cap_number(self, record: Any) -> str:
        """The number or the share."""
        return _cap(record)

    def value_cap_number(self, record: Any) -> str:
        """The same for the Excel file."""
        return _cap(record)

    def render_bonus(self, value: Any) -> str:
        """The multiple as written."""
        return f"{value.normalize():f}".replace(".", ",")


def _cap(record: Any) -> str:
    share = f"{record.cap_share.normalize():f}%".replace(".", ",") if record.cap_share is not None else ""
    return " / ".join(part for part in (str(record.cap_number or ""), share) if part)


class TitleFilters(RecordFilters):
    """Search, kind, recipient."""

    q = FoldedSearch("name", "code", "criteria")
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("Loại"), choices=COMMENDING_KIND.choices, empty_label=gettext_lazy("Tất cả")
    )
    recipient_kind = django_filters.ChoiceFilter(
        label=gettext_lazy("Đối tượng"), choices=RECIPIENT.choices, empty_label=gettext_lazy("Tất cả")
    )

    class Meta:
        model = CommendationTitle
        fields = ("q", "kind", "recipient_kind", "don_vi", "thoi_gian")


def _in_period(rows: Any, period: Period) -> Any:
    last = period.end.year
    return rows.filter(year_from__lte=last).exclude(year_to__lt=period.start.year)


def _start(request: HttpRequest, view: ViewContext) -> dict[str, Any]:
    return {"organisation": view.organisation, "year_from": view.period.end.year, "gate_years": 1}


def _more(_request: HttpRequest, row: Any) -> dict[str, Any]:
    day = year(row.year_from).end
    return {"title": row.name, "rule_day": day}


def _list_more(_request: HttpRequest, view: ViewContext) -> dict[str, Any]:
    return {"take_url": reverse("honours:title_take") + view.query(), "view": view}


TITLES = RecordPages(
    kind=TITLE,
    names="honours:title_",
    noun=gettext_lazy("danh hiệu"),
    title=gettext_lazy("Danh hiệu khen thưởng"),
    lead=gettext_lazy("Danh hiệu, điều kiện, số lượng và mức thưởng theo quy định của từng năm, từng tỉnh."),
    new_text=gettext_lazy("Ghi danh hiệu"),
    read="honour.read",
    write="honour.write",
    visible=visible_titles,
    in_period=_in_period,
    form=TitleForm,
    table=TitleTable,
    filters=TitleFilters,
    list_template="honours/commending/title_list.html",
    detail_template="honours/commending/title_detail.html",
    more=_more,
    list_more=_list_more,
    start=_start,
    tabs=(
        (gettext_lazy("Đợt khen thưởng"), "honours:commending_list", "honour.read"),
        (gettext_lazy("Danh hiệu"), "honours:title_list", "honour.read"),
        (gettext_lazy("Khen thưởng đã quyết định"), "honours:commendation_list", "honour.read"),
    ),
)


@gate("honour.write")
def take(request: HttpRequest) -> HttpResponse:
    """The titles of the national rules for a year, with what is not known, to be taken in one click; or last year's."""
    view = view_context(request, "honour.write")
    of_year = _year(request.GET.get("nam", ""), view)
    problems: list[Problem] = []
    if request.method == "POST":
        act = copy_titles if request.POST.get("lay") == "nam_truoc" else take_national
        try:
            made = act(view.organisation, of_year, by=request.user)
        except Refused as refused:
            problems = list(refused.problems)
        else:
            messages.success(request, _("Đã ghi %(count)d danh hiệu.") % {"count": len(made)})
            return redirect(reverse("honours:title_list") + view.query(period=year(of_year)))
    holders = title_holders(view.organisation)
    try:
        offered, missing = national_titles(view.organisation, of_year), ""
    except NoRuleInForce as error:
        offered, missing = [], str(error)
    have = set(titles_in_force([view.organisation.pk], of_year).values_list("code", flat=True))
    page = {
        "title": _("Lấy danh hiệu cho năm %(year)d") % {"year": of_year},
        "crumbs": [(_("Danh hiệu khen thưởng"), reverse("honours:title_list")), (_("Lấy danh hiệu"), "")],
        "view": view,
        "year": of_year,
        "years": (of_year - 1, of_year, of_year + 1),
        "day": year(of_year).end,
        "offered": [(one, one.code in have) for one in offered],
        "missing": missing,
        "above": titles_in_force([one for one in holders if one != view.organisation.pk], of_year).count(),
        "last": titles_in_force([view.organisation.pk], of_year - 1).filter(year_to=of_year - 1).count(),
        "problems": problems,
    }
    return render(request, "honours/commending/title_take.html", page, status=422 if problems else 200)


def _year(text: str, view: ViewContext) -> int:
    asked = int(text) if text.isdecimal() and len(text) == 4 else 0
    return asked if FIRST_YEAR < asked < LAST_YEAR else view.period.end.year
