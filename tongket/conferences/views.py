"""Pages of the book of conferences, and the steps of one: called, opened, closed, taken back."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.audit.records import current
from tongket.conferences import acts
from tongket.conferences.access import about
from tongket.conferences.agenda.tree import agenda_of
from tongket.conferences.door.quorum import quorum_of
from tongket.conferences.forms import CloseForm, ConferenceForm
from tongket.conferences.models import Attendance, Conference, Invitation
from tongket.conferences.queries import counts, visible_conferences
from tongket.conferences.tables import TONES, ConferenceFilters, ConferenceTable
from tongket.core.periods import Period
from tongket.core.problems import Refused
from tongket.organisations.queries import may
from tongket.ui.context import ViewContext
from tongket.ui.forms import problems_to_form
from tongket.ui.records.forms import ReasonForm
from tongket.ui.records.pages import RecordPages, form_page

TABS = (
    (gettext_lazy("Hội nghị"), "conferences:list", "conference.read"),
    (gettext_lazy("Giấy mời đến"), "conferences:received", "conference.write"),
)

STEPS: dict[str, tuple[Any, Any, Any, Any]] = {
    # name in the address: (deed, words of the button, what is said when done, what it means)
    "trieu-tap": (
        acts.call,
        gettext_lazy("Triệu tập"),
        gettext_lazy("Đã triệu tập hội nghị."),
        gettext_lazy("Từ lúc này nhận trả lời và điểm danh được."),
    ),
    "khai-mac": (
        acts.open_conference,
        gettext_lazy("Khai mạc"),
        gettext_lazy("Hội nghị đã khai mạc."),
        gettext_lazy("Vẫn điểm danh tiếp người đến muộn."),
    ),
    "be-mac": (
        acts.close,
        gettext_lazy("Bế mạc"),
        gettext_lazy("Hội nghị đã bế mạc."),
        gettext_lazy(
            "Ai chưa điểm danh sẽ được ghi vắng: có lý do nếu đã xin vắng, còn lại là không lý do. Hoàn tác được."
        ),
    ),
}
NEXT = {"draft": "trieu-tap", "called": "khai-mac", "running": "be-mac"}


def _in_period(rows: QuerySet[Any], period: Period) -> QuerySet[Any]:
    return rows.filter(starts_at__date__gte=period.start, starts_at__date__lte=period.end)


def _with_numbers(rows: QuerySet[Any]) -> QuerySet[Any]:
    # Two counts by subquery: joined, each conference would give invited times present rows.
    return rows.annotate(
        invited=_count(Invitation.objects.all()), present=_count(Attendance.objects.filter(state="present"))
    )


def _count(rows: QuerySet[Any]) -> Coalesce:
    mine = current(rows.filter(conference=OuterRef("pk"))).order_by().values("conference")
    return Coalesce(Subquery(mine.annotate(n=Count("pk")).values("n")), 0)


def _more(request: HttpRequest, conference: Conference) -> dict[str, Any]:
    numbers = counts(conference)
    writes = may(request.user, "conference.write", conference.organisation)
    step = NEXT.get(conference.state) if writes and conference.voided_at is None else None
    moments = list(current(conference.moments.all()))
    return {
        "title": conference.title,
        "tone": TONES.get(conference.state, ""),
        "counts": numbers,
        "quorum": quorum_of(numbers),
        "agenda": agenda_of(conference),
        "moments": moments,
        "next": (step, STEPS[step][1], STEPS[step][3]) if step else None,
        "undo": bool(moments) and writes,
        "writes": writes,
        "checks_in": may(request.user, "checkin.write", conference.organisation),
        "hall": reverse("conferences:control" if writes else "conferences:screen", args=[conference.pk]),
    }


def _start(request: HttpRequest, view: ViewContext) -> dict[str, Any]:
    return {"organisation": view.organisation, "kind": "year_end"}


CONFERENCES = RecordPages(
    kind=acts.CONFERENCE,
    names="conferences:",
    noun=gettext_lazy("hội nghị"),
    title=gettext_lazy("Hội nghị"),
    lead=gettext_lazy("Triệu tập, mời đại biểu theo chức vụ, điểm danh, điều hành và lập biên bản."),
    new_text=gettext_lazy("Ghi hội nghị"),
    read="conference.read",
    write="conference.write",
    visible=visible_conferences,
    in_period=_in_period,
    listed=_with_numbers,
    form=ConferenceForm,
    table=ConferenceTable,
    filters=ConferenceFilters,
    tabs=TABS,
    detail_template="conferences/detail.html",
    more=_more,
    start=_start,
)


def crumbs(conference: Conference, here: str) -> list[tuple[str, str]]:
    """The way to a page of one conference."""
    return [
        (_("Hội nghị"), reverse("conferences:list")),
        (Truncator(conference.title).chars(60), reverse("conferences:detail", args=[conference.pk])),
        (here, ""),
    ]


@about("conference.write")
def step(request: HttpRequest, conference: Conference, *, name: str) -> HttpResponse:
    """Call, open or close the conference, now or at an hour that is entered."""
    back = reverse("conferences:detail", args=[conference.pk])
    if name not in STEPS:
        return redirect(back)
    deed, words, done, meaning = STEPS[name]
    form = CloseForm(request.POST or {"at": ""} if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            deed(conference, by=request.user, at=form.cleaned_data["at"])
        except Refused as refused:
            problems_to_form(form, refused)
        else:
            messages.success(request, str(done))
            return redirect(back)
    title = str(words)
    return form_page(
        request, form, title, crumbs=crumbs(conference, title)[:-1], cancel=back, submit=title, lead=meaning
    )


@about("conference.write")
def undo(request: HttpRequest, conference: Conference) -> HttpResponse:
    """Take back the last step, with the reason."""
    back = reverse("conferences:detail", args=[conference.pk])
    form = ReasonForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            acts.undo_step(conference, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        else:
            messages.success(request, _("Đã hoàn tác bước cuối."))
            return redirect(back)
    title = _("Hoàn tác bước cuối")
    return form_page(
        request, form, title, crumbs=crumbs(conference, title)[:-1], cancel=back, submit=_("Hoàn tác")
    )
