"""The agenda page: items in order, added, put right, moved by buttons, with their papers."""

import uuid

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.conferences.access import about, attempt, item_of
from tongket.conferences.agenda import acts
from tongket.conferences.agenda.forms import ItemForm
from tongket.conferences.agenda.tree import agenda_of
from tongket.conferences.drafts import AgendaItemDraft
from tongket.conferences.models import AgendaItem, Conference
from tongket.conferences.views import crumbs
from tongket.core.problems import Refused
from tongket.files.acts import attach, detach
from tongket.files.kinds import ACCEPT
from tongket.files.models import Attachment
from tongket.files.queries import attachments_by, attachments_of
from tongket.files.serving import download, uploads_of
from tongket.organisations.queries import may
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import get_for_user
from tongket.ui.records.forms import ReasonForm
from tongket.ui.records.pages import REFUSED, form_page


def _back(conference: Conference, item: AgendaItem | None = None) -> str:
    mark = f"#muc-{item.identity}" if item is not None else ""
    return reverse("conferences:agenda", args=[conference.pk]) + mark


@about("conference.read")
def show(request: HttpRequest, conference: Conference) -> HttpResponse:
    """The agenda with the papers of each item; for the office with the form of a new item."""
    return _page(request, conference, None)


def _page(request: HttpRequest, conference: Conference, form: ItemForm | None) -> HttpResponse:
    entries = agenda_of(conference)
    papers = attachments_by(entry.item.identity for entry in entries)
    writes = may(request.user, "conference.write", conference.organisation) and conference.state != "closed"
    if form is None and writes:
        form = ItemForm(user=request.user, conference=conference)
    shown = {
        "title": _("Chương trình hội nghị"),
        "crumbs": crumbs(conference, _("Chương trình")),
        "conference": conference,
        "entries": [(entry, papers.get(entry.item.identity, [])) for entry in entries],
        "total": sum(entry.item.minutes or 0 for entry in entries),
        "writes": writes,
        "form": form,
    }
    bad = form is not None and form.is_bound
    return render(request, "conferences/agenda.html", shown, status=REFUSED if bad else 200)


@about("conference.write", methods=("POST",))
def add(request: HttpRequest, conference: Conference) -> HttpResponse:
    """Add an item."""
    form = ItemForm(request.POST, user=request.user, conference=conference)
    if form.is_valid():
        data = form.cleaned_data
        draft = AgendaItemDraft(
            conference,
            data["title"],
            data["presenter"],
            data["minutes"],
            uuid.UUID(data["parent"]) if data["parent"] else None,
        )
        try:
            item = acts.add_item(draft, by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        else:
            messages.success(request, _("Đã thêm vào chương trình."))
            return redirect(_back(conference, item))
    return _page(request, conference, form)


@about("conference.write")
def edit(request: HttpRequest, conference: Conference, *, item_pk: int) -> HttpResponse:
    """Put an item's words, presenter or minutes right."""
    item = item_of(conference, item_pk)
    start = {"title": item.title, "presenter": item.presenter, "minutes": item.minutes}
    form = ItemForm(request.POST or None, user=request.user, conference=conference, new=False, initial=start)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        draft = AgendaItemDraft(
            conference, data["title"], data["presenter"], data["minutes"], item.parent, item.directive
        )
        try:
            acts.correct_item(item, draft, by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        else:
            messages.success(request, _("Đã sửa chương trình."))
            return redirect(_back(conference, item))
    title = _("Sửa mục chương trình")
    return form_page(
        request, form, title, crumbs=crumbs(conference, title)[:-1], cancel=_back(conference, item)
    )


@about("conference.write", methods=("POST",))
def move(request: HttpRequest, conference: Conference, *, item_pk: int) -> HttpResponse:
    """Move an item up, down, in or out."""
    item = item_of(conference, item_pk)
    way = request.POST.get("way", "")
    return attempt(request, lambda: acts.move_item(item, way, by=request.user), "", _back(conference, item))


@about("conference.write")
def remove(request: HttpRequest, conference: Conference, *, item_pk: int) -> HttpResponse:
    """Take an item out with all below it."""
    item = item_of(conference, item_pk)
    form = ReasonForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            acts.void_item(item, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        else:
            messages.success(request, _("Đã bỏ khỏi chương trình."))
            return redirect(_back(conference))
    title = _("Bỏ mục “%(title)s”") % {"title": item.title[:80]}
    return form_page(
        request,
        form,
        title,
        crumbs=crumbs(conference, title)[:-1],
        cancel=_back(conference, item),
        submit=_("Bỏ mục này và các mục con"),
    )


@about("conference.write")
def papers(request: HttpRequest, conference: Conference, *, item_pk: int) -> HttpResponse:
    """The papers of an item: add some, take one off."""
    item = item_of(conference, item_pk)
    problems: list[str] = []
    if request.method == "POST":
        try:
            attach(
                uploads_of(request, "file", "paper"),
                about=item.identity,
                organisation=conference.organisation,
                by=request.user,
            )
        except Refused as refused:
            problems = [problem.message for problem in refused.problems]
        else:
            messages.success(request, _("Đã gắn tài liệu."))
            return redirect(reverse("conferences:item_papers", args=[conference.pk, item.pk]))
    shown = {
        "title": _("Tài liệu: %(title)s") % {"title": item.title[:120]},
        "crumbs": [*crumbs(conference, "")[:-1], (_("Chương trình"), _back(conference)), (_("Tài liệu"), "")],
        "conference": conference,
        "item": item,
        "papers": attachments_of(item.identity),
        "problems": problems,
        "accept": ACCEPT,
    }
    return render(request, "conferences/papers.html", shown, status=REFUSED if problems else 200)


@about("conference.read")
def paper(request: HttpRequest, conference: Conference, *, item_pk: int, paper_pk: int) -> FileResponse:
    """One paper of an item as a download."""
    item = item_of(conference, item_pk)
    found: Attachment = get_for_user(attachments_of(item.identity), pk=paper_pk)
    return download(found)


@about("conference.write", methods=("POST",))
def paper_off(request: HttpRequest, conference: Conference, *, item_pk: int, paper_pk: int) -> HttpResponse:
    """Take a paper off an item."""
    item = item_of(conference, item_pk)
    found: Attachment = get_for_user(attachments_of(item.identity), pk=paper_pk)
    back = reverse("conferences:item_papers", args=[conference.pk, item.pk])
    return attempt(
        request,
        lambda: detach(found, reason=request.POST.get("reason", ""), by=request.user),
        _("Đã gỡ tài liệu."),
        back,
    )
