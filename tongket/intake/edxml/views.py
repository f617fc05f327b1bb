"""Pages for edXML: upload → what it would do → accept; and a directive of the book as a file for others."""

from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.audit.acts import log_reading
from tongket.audit.records import current
from tongket.core.problems import Refused
from tongket.directives.models import Directive
from tongket.directives.queries import visible_directives
from tongket.intake.edxml.acts import rehearse, take_in
from tongket.intake.edxml.export import file_name_of, message_of
from tongket.intake.edxml.forms import ChoicesForm, EdxmlUploadForm
from tongket.intake.edxml.message import BadMessage, Business
from tongket.intake.edxml.outlook import Outlook
from tongket.intake.edxml.read import read
from tongket.intake.edxml.waiting import keep_waiting, waiting_of
from tongket.intake.edxml.write import write
from tongket.intake.models import ImportBatch, ReceivedMessage
from tongket.organisations.queries import visible_to
from tongket.ui.context import view_context
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import gate, get_for_user
from tongket.ui.shell.errors import BadInput

REFUSED = 422
SHOWN = 50
DEEDS = {
    Business.NEW: gettext_lazy("văn bản mới"),
    Business.REVOKE: gettext_lazy("thu hồi"),
    Business.UPDATE: gettext_lazy("cập nhật"),
    Business.REPLACE: gettext_lazy("thay thế"),
}


@gate("directive.write", methods=("GET", "HEAD"))
def overview(request: HttpRequest) -> HttpResponse:
    """The upload form, files that wait, messages taken in."""
    start = {"organisation": view_context(request, "directive.write").organisation}
    return _overview(request, EdxmlUploadForm(user=request.user, initial=start))


def _overview(request: HttpRequest, form: EdxmlUploadForm) -> HttpResponse:
    shown = {
        "title": _("Nhận văn bản edXML"),
        "crumbs": [(_("Văn bản"), reverse("directives:list")), (_("Nhận văn bản edXML"), "")],
        "form": form,
        "waiting": waiting_of(request.user).defer("content"),
        "received": _received(request),
    }
    return render(request, "intake/edxml_overview.html", shown, status=REFUSED if form.is_bound else 200)


def _received(request: HttpRequest) -> list[dict[str, Any]]:
    rows = list(
        current(
            ReceivedMessage.objects.filter(organisation__in=visible_to(request.user, "directive.read"))
        ).select_related("organisation")[:SHOWN]
    )
    papers = {
        row.identity: row
        for row in current(Directive.objects.filter(identity__in=[row.directive for row in rows]))
    }
    return [
        {"row": row, "paper": papers.get(row.directive), "deed": DEEDS[Business(row.business_type)]}
        for row in rows
    ]


@gate("directive.write", methods=("POST",))
def upload(request: HttpRequest) -> HttpResponse:
    """Keep a readable file until it is decided on; one that is not edXML, hostile or secret is not kept at all."""
    form = EdxmlUploadForm(request.POST, request.FILES, user=request.user)
    if not form.is_valid():
        return _overview(request, form)
    file = form.cleaned_data["file"]
    content = file.read()
    try:
        told = rehearse(read(content), form.cleaned_data["organisation"])
    except BadMessage as error:
        problems_to_form(form, error, {p.field: "file" for p in error.problems})
        return _overview(request, form)
    if secret := [problem for problem in told.problems if problem.field == "file"]:
        problems_to_form(form, secret)
        return _overview(request, form)
    batch = keep_waiting(
        content,
        file_name=file.name,
        files=len(told.papers),
        organisation=told.organisation,
        by=request.user,
    )
    return redirect("intake:edxml_detail", batch.pk)


@gate("directive.write", methods=("GET", "HEAD"))
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What a waiting file would do, against the book as it is now."""
    batch = get_for_user(waiting_of(request.user), pk=pk)
    assert batch.organisation is not None  # noqa: S101  # nosec B101  # the query saw to it
    # The files were looked into when they were uploaded, and are again before anything is kept.
    told = rehearse(read(bytes(batch.content or b"")), batch.organisation, open_files=False)
    return _shown(request, batch, told, ChoicesForm(told=told, user=request.user))


def _shown(request: HttpRequest, batch: ImportBatch, told: Outlook, form: ChoicesForm) -> HttpResponse:
    # What the clerk may settle in the form (a kind not recognised) is asked there; the rest stands in the way.
    settled = {"document_ids"} if "as_new" in form.fields else set()
    blocking = [p for p in told.errors if p.field not in settled and p.field not in form.fields]
    shown = {
        "title": f"{told.values['symbol']} · {batch.file_name}",
        "crumbs": [(_("Nhận văn bản edXML"), reverse("intake:edxml")), (batch.file_name, "")],
        "batch": batch,
        "told": told,
        "message": told.message,
        "deed": DEEDS[told.message.business],
        "form": form,
        "blocking": blocking,
        "asked": [p for p in told.errors if p not in blocking],
    }
    return render(request, "intake/edxml_detail.html", shown, status=REFUSED if form.is_bound else 200)


@gate("directive.write", methods=("POST",))
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the waiting message in with the clerk's choices: wholly or not at all."""
    batch = get_for_user(waiting_of(request.user), pk=pk)
    assert batch.organisation is not None  # noqa: S101  # nosec B101  # the query saw to it
    content = bytes(batch.content or b"")
    message = read(content)
    told = rehearse(message, batch.organisation, open_files=False)
    form = ChoicesForm(request.POST, told=told, user=request.user)
    if not form.is_valid():
        return _shown(request, batch, told, form)
    try:
        taken = take_in(
            message,
            batch.organisation,
            request.user,
            original=content,
            file_name=batch.file_name,
            choices=form.choices(),
        )
    except Refused as refused:
        problems_to_form(form, refused)
        return _shown(request, batch, told, form)
    batch.delete()
    said = _("Đã ghi vào sổ: %(symbol)s (%(deed)s).")
    messages.success(
        request,
        said % {"symbol": taken.directive.symbol, "deed": DEEDS[Business(taken.received.business_type)]},
    )
    return redirect("directives:detail", taken.directive.pk)


@gate("directive.write", methods=("POST",))
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw away a file that waits."""
    get_for_user(waiting_of(request.user), pk=pk).delete()
    messages.success(request, _("Đã bỏ tệp; chưa có gì được ghi."))
    return redirect("intake:edxml")


@gate("directive.read")
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """A directive with its files as edXML; `?loai=1|2|3` as the revoking, updating or replacing message."""
    directive = get_for_user(visible_directives(request.user), pk=pk)
    wanted = request.GET.get("loai", "0")
    if wanted not in {"0", "1", "2", "3"}:
        raise BadInput(_("Loại nghiệp vụ phải là 0 (mới), 1 (thu hồi), 2 (cập nhật) hoặc 3 (thay thế)."))
    content = write(message_of(directive, business=Business(int(wanted))))
    log_reading(
        "directive.download",
        by=request.user,
        subject=directive,
        organisation=directive.organisation,
        kind="edXML",
        sha256=sha256(content).hexdigest(),
    )
    answer = HttpResponse(content, content_type="application/xml")
    answer["Content-Disposition"] = content_disposition_header(True, file_name_of(directive)) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
