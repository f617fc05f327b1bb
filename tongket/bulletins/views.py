"""Pages of the bulletins on public mood: notes, answers, the month's bulletin, counts by topic."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.bulletins.acts import BULLETIN, answer_bulletin
from tongket.bulletins.forms import AnswerForm, BulletinForm, MonthField
from tongket.bulletins.models import Bulletin
from tongket.bulletins.queries import counts, months_of, of_month, visible_bulletins
from tongket.bulletins.tables import BulletinFilters, BulletinTable
from tongket.bulletins.word import bulletin_paper
from tongket.core.dates import today
from tongket.core.periods import Kind, Period, period_at
from tongket.core.problems import Conflict, Refused
from tongket.core.worklists import MOOD_TOPIC
from tongket.organisations.queries import may
from tongket.ui.context import ViewContext, view_context
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import gate
from tongket.ui.records.lists import below
from tongket.ui.records.pages import RecordPages, conflict_page, form_page
from tongket.ui.shell.errors import BadInput
from tongket.ui.templatetags.ui import lang
from tongket.ui.word_paper import WORD_TYPE

TABS = (
    (gettext_lazy("Nội dung"), "bulletins:list", "bulletin.read"),
    (gettext_lazy("Theo chủ đề"), "bulletins:topics", "bulletin.read"),
    (gettext_lazy("Bản tin tháng"), "bulletins:month", "bulletin.read"),
)


def _in_period(rows: Any, period: Period) -> Any:
    return rows.filter(month__gte=period.start.replace(day=1), month__lte=period.end)


def _actions(request: HttpRequest, note: Bulletin) -> list[tuple[str, str, str]]:
    if note.is_answered or not may(request.user, "bulletin.write", note.organisation):
        return []
    return [(_("Ghi trả lời"), reverse("bulletins:answer", args=[note.pk]), "reply")]


def _more(_request: HttpRequest, note: Bulletin) -> dict[str, Any]:
    return {"title": MOOD_TOPIC.label(note.topic, lang()), "note": note}


def _start(_request: HttpRequest, view: ViewContext) -> dict[str, Any]:
    day = today()
    return {"organisation": view.organisation, "month": day if view.period.contains(day) else view.period.end}


PAGES = RecordPages(
    kind=BULLETIN,
    names="bulletins:",
    noun=gettext_lazy("nội dung"),
    title=gettext_lazy("Tình hình tư tưởng, dư luận"),
    lead=gettext_lazy(
        "Ghi theo chủ đề, kèm nội dung trả lời; không ghi ai nói, không ghi lời của một người."
    ),
    new_text=gettext_lazy("Ghi nội dung"),
    read="bulletin.read",
    write="bulletin.write",
    visible=visible_bulletins,
    in_period=_in_period,
    form=BulletinForm,
    table=BulletinTable,
    filters=BulletinFilters,
    tabs=TABS,
    detail_template="bulletins/detail.html",
    more=_more,
    actions=_actions,
    start=_start,
)


@gate("bulletin.write")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the answer to an open note."""
    note = PAGES.mine(request, pk)
    back = reverse("bulletins:detail", args=[pk])
    form = AnswerForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            fresh = answer_bulletin(note, by=request.user, **form.cleaned_data)
        except Refused as refused:
            problems_to_form(form, refused)
        except Conflict as conflict:
            return conflict_page(request, str(conflict), back)
        else:
            messages.success(request, _("Đã ghi nội dung trả lời."))
            return redirect("bulletins:detail", fresh.pk)
    return form_page(request, form, _("Ghi trả lời"), PAGES, cancel=back, lead=note.text)


@gate("bulletin.read")
def topics(request: HttpRequest) -> HttpResponse:
    """How many notes by topic and month of the period, of the organisation and all below it."""
    view = view_context(request, "bulletin.read")
    months = months_of(view.period.start, view.period.end)
    rows = visible_bulletins(request.user).filter(organisation__in=below(view.organisation, view.period))
    found = counts(rows, months)
    shown = {
        "view": view,
        "tabs": _tabs("bulletins:topics"),
        "title": _("Nội dung theo chủ đề"),
        "months": months,
        "rows": [(MOOD_TOPIC.label(row.topic, lang()), row) for row in found],
        "by_month": [sum(row.by_month[place] for row in found) for place in range(len(months))],
        "total": sum(row.total for row in found),
        "answered": sum(row.answered for row in found),
        "crumbs": [(str(PAGES.title), PAGES.url("list")), (_("Theo chủ đề"), "")],
    }
    return render(request, "bulletins/topics.html", shown)


@gate("bulletin.read")
def month(request: HttpRequest) -> HttpResponse:
    """An organisation's bulletin of a month, to read and to print."""
    view = view_context(request, "bulletin.read")
    chosen = _month(request, view.period)
    shown = {
        "view": view,
        "tabs": _tabs("bulletins:month"),
        "month": chosen,
        "months": months_of(view.period.start, view.period.end),
        "topics": [
            (MOOD_TOPIC.label(topic, lang()), notes)
            for topic, notes in of_month(visible_bulletins(request.user), chosen, view.organisation)
        ],
        "title": _("Bản tin tháng %(month)s") % {"month": f"{chosen:%m/%Y}"},
        "crumbs": [(str(PAGES.title), PAGES.url("list")), (_("Bản tin tháng"), "")],
        "word": reverse("bulletins:month_word") + view.query(thang=f"{chosen:%m/%Y}"),
    }
    return render(request, "bulletins/month.html", shown)


@gate("bulletin.read")
def month_word(request: HttpRequest) -> HttpResponse:
    """The same bulletin as a Word file in the Party's form."""
    view = view_context(request, "bulletin.read")
    chosen = _month(request, view.period)
    notes = of_month(visible_bulletins(request.user), chosen, view.organisation)
    content = bulletin_paper(view.organisation, chosen, notes)
    name = f"tinh-hinh-tu-tuong-{chosen:%Y-%m}.docx"
    return HttpResponse(
        content,
        content_type=WORD_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _tabs(here: str) -> list[tuple[Any, str, bool]]:
    return [(text, reverse(name), name == here) for text, name, _verb in TABS]


def _month(request: HttpRequest, period: Period) -> date:
    asked = request.GET.get("thang", "").strip()
    if not asked:
        return period_at(Kind.MONTH, min(max(today(), period.start), period.end)).start
    try:
        found = MonthField().clean(asked)
    except ValidationError as error:
        raise BadInput(_("Tháng trong địa chỉ không đọc được. Hãy viết tháng/năm, ví dụ 06/2023.")) from error
    return found
