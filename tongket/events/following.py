"""Pages of what belongs to one event: its programme, and what follows from it."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.audit.records import current
from tongket.core.dates import today
from tongket.core.problems import Conflict, Refused
from tongket.events.acts import add_follow_up, ask_after, finish_follow_up, void_follow_up, write_programme
from tongket.events.drafts import FollowUpDraft
from tongket.events.forms import AskForm, DoneForm, LinkForm, NoteForm, ProgrammeForm
from tongket.events.models import Event, FollowUp
from tongket.events.queries import programme_of, visible_events
from tongket.events.rules import MOST_LINES
from tongket.events.views import EVENTS
from tongket.events.word import programme_paper, when_text
from tongket.obligations.queries import visible_demands
from tongket.organisations.models import Organisation
from tongket.organisations.queries import may, visible_to
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import gate, get_for_user
from tongket.ui.records.forms import ReasonForm
from tongket.ui.records.pages import REFUSED, conflict_page, form_page
from tongket.ui.word_paper import WORD_TYPE

SPARE_LINES, FEWEST_LINES = 5, 10


def _back(event: Event) -> str:
    return reverse("events:detail", args=[event.pk])


@gate("event.write")
def programme(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the programme, line by line; “thêm dòng” keeps what was written and gives more lines."""
    event = EVENTS.mine(request, pk)
    lines = programme_of(event.identity)
    count = _line_count(request, len(lines))
    more = request.method == "POST" and "them_dong" in request.POST
    start = {
        f"{name}_{number}": getattr(line, name)
        for number, line in enumerate(lines)
        for name in ("time_text", "content", "who")
    }
    form = ProgrammeForm(
        request.POST if request.method == "POST" else None, user=request.user, lines=count, initial=start
    )
    if request.method == "POST" and not more and form.is_valid():
        written = form.written()
        try:
            write_programme(event, [line for _number, line in written], by=request.user)
        except Refused as refused:
            _to_lines(form, [number for number, _line in written], refused)
        except Conflict as conflict:
            return conflict_page(request, str(conflict), _back(event))
        else:
            messages.success(request, _("Đã ghi chương trình."))
            return redirect(_back(event))
    shown = {
        "title": _("Chương trình"),
        "event": event,
        "form": form,
        "count": min(count + SPARE_LINES, MOST_LINES),
        "crumbs": [
            (str(EVENTS.title), EVENTS.url("list")),
            (event.title, _back(event)),
            (_("Chương trình"), ""),
        ],
        "cancel": _back(event),
    }
    return render(
        request, "events/programme.html", shown, status=REFUSED if form.is_bound and form.errors else 200
    )


def _to_lines(form: ProgrammeForm, numbers: Sequence[int], refused: Refused) -> None:
    """Findings go to the line that they speak of."""
    for problem in refused.problems:
        place = numbers[problem.index] if problem.index < len(numbers) else 0
        name = f"{problem.field}_{place}"
        form.add_error(name if name in form.fields else None, problem.message)


def _line_count(request: HttpRequest, held: int) -> int:
    asked = request.POST.get("so_dong", "")
    most = int(asked) if asked.isdecimal() and len(asked) < 4 else 0
    return min(max(held + SPARE_LINES, FEWEST_LINES, most), MOST_LINES)


@gate("event.read")
def programme_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The programme on one page, for the printer."""
    event = get_for_user(visible_events(request.user), pk=pk)
    shown = {
        "title": event.title,
        "event": event,
        "when": when_text(event),
        "programme": programme_of(event.identity),
        "word": reverse("events:programme_word", args=[pk]),
        "crumbs": [
            (str(EVENTS.title), EVENTS.url("list")),
            (event.title, _back(event)),
            (_("Chương trình"), ""),
        ],
    }
    return render(request, "events/programme_print.html", shown)


@gate("event.read")
def programme_word(request: HttpRequest, pk: int) -> HttpResponse:
    """The programme as a Word file in the Party's form."""
    event = get_for_user(visible_events(request.user), pk=pk)
    content = programme_paper(
        event,
        programme_of(event.identity),
        with_signer=may(request.user, "member.read", event.organisation),
    )
    return HttpResponse(
        content,
        content_type=WORD_TYPE,
        headers={"Content-Disposition": f'attachment; filename="chuong-trinh-{event.starts_on}.docx"'},
    )


@gate("obligation.write")
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out what an event led to, to organisations directly below."""
    organisations = visible_to(request.user, "obligation.write")
    event = get_for_user(visible_events(request.user).filter(organisation__in=organisations), pk=pk)
    form = AskForm(request.POST or None, user=request.user, initial={"asked_on": today()})
    below = organisations.filter(parent=event.organisation)
    form.fields["receivers"].queryset = Organisation.objects.filter(pk__in=below.values("pk"))  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        receivers = list(given.pop("receivers"))
        try:
            ask_after(event, receivers, by=request.user, **given)
        except Refused as refused:
            problems_to_form(form, refused)
        else:
            messages.success(request, _("Đã giao việc cho %(count)s tổ chức.") % {"count": len(receivers)})
            return redirect(_back(event))
    return form_page(
        request, form, _("Giao việc từ hoạt động này"), EVENTS, cancel=_back(event), lead=event.title
    )


@gate("event.write")
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what an event led to."""
    event = EVENTS.mine(request, pk)
    form = NoteForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        draft = FollowUpDraft(event.organisation, event.identity, **form.cleaned_data)
        if _kept(request, form, draft):
            return redirect(_back(event))
    return form_page(request, form, _("Ghi việc làm tiếp"), EVENTS, cancel=_back(event), lead=event.title)


@gate("event.write")
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Link a demand that was handed out on another ground."""
    event = EVENTS.mine(request, pk)
    form = LinkForm(request.POST or None, user=request.user)
    open_demands = visible_demands(request.user).exclude(about=event.identity)
    form.fields["demand"].queryset = open_demands.order_by("-asked_on", "-id")  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        demand = form.cleaned_data["demand"]
        draft = FollowUpDraft(event.organisation, event.identity, demand.title, demand.identity)
        if _kept(request, form, draft):
            return redirect(_back(event))
    return form_page(request, form, _("Gắn việc đã giao"), EVENTS, cancel=_back(event), lead=event.title)


def _kept(request: HttpRequest, form: Any, draft: FollowUpDraft) -> bool:
    try:
        add_follow_up(draft, by=request.user)
    except Refused as refused:
        problems_to_form(form, refused)
        return False
    messages.success(request, _("Đã ghi việc làm tiếp."))
    return True


def _note_of(request: HttpRequest, pk: int, note_pk: int) -> tuple[Event, FollowUp]:
    event = EVENTS.mine(request, pk)
    rows = current(FollowUp.objects.filter(event=event.identity)).select_related("organisation")
    return event, get_for_user(rows, pk=note_pk)


@gate("event.write")
def finish(request: HttpRequest, pk: int, note: int) -> HttpResponse:
    """Say on which day a follow-up was done."""
    event, row = _note_of(request, pk, note)
    form = DoneForm(request.POST or None, user=request.user, initial={"done_on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            finish_follow_up(row, done_on=form.cleaned_data["done_on"], by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        except Conflict as conflict:
            return conflict_page(request, str(conflict), _back(event))
        else:
            messages.success(request, _("Đã ghi ngày xong."))
            return redirect(_back(event))
    return form_page(request, form, _("Ghi đã xong"), EVENTS, cancel=_back(event), lead=row.text)


@gate("event.write")
def note_void(request: HttpRequest, pk: int, note: int) -> HttpResponse:
    """Void a follow-up that should not have been entered."""
    event, row = _note_of(request, pk, note)
    form = ReasonForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            void_follow_up(row, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        except Conflict as conflict:
            return conflict_page(request, str(conflict), _back(event))
        else:
            messages.success(request, _("Đã hủy việc làm tiếp."))
            return redirect(_back(event))
    return form_page(request, form, _("Hủy việc làm tiếp"), EVENTS, cancel=_back(event), lead=row.text)
