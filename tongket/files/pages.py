"""«Tài liệu» on the page of any record: attach, download, take off.

A domain app declares `FILES = file_pages(Event, visible_events, "event.read", "event.write", names="events:")`, puts
`FILES.urls()` beside the urls of its records, and in the page of a record gives the template what `FILES.shown` says
and includes "files/papers.html".
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.audit.models import Identified, Recorded
from tongket.audit.records import current
from tongket.core.problems import Conflict, Refused
from tongket.files.acts import attach, detach
from tongket.files.kinds import ACCEPT
from tongket.files.models import ROLES, Attachment
from tongket.files.queries import attachments_of
from tongket.files.serving import download, uploads_of
from tongket.organisations.queries import may, visible_to
from tongket.ui.forms import UserForm, problems_to_form
from tongket.ui.gate import gate, get_for_user
from tongket.ui.records.forms import ReasonForm
from tongket.ui.records.pages import conflict_page, form_page

_FIELD = "file"


class _Files(forms.FileInput):
    allow_multiple_selected = True


class _FileField(forms.FileField):
    """Files of one box; read and judged whole by `files.acts`."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        return super().clean(data[-1] if isinstance(data, list) and data else data, initial)


class AttachForm(UserForm):
    """The files to attach."""

    file = _FileField(
        label=gettext_lazy("Tệp"),
        widget=_Files(attrs={"multiple": True, "accept": ACCEPT}),
        allow_empty_file=True,
        help_text=gettext_lazy("PDF, Word, Excel, ảnh; mỗi tệp không quá 25 MB."),
    )

    def grouped(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """For the template of grouped fields."""
        return [("", [self[name] for name in self.fields])]


@dataclass(frozen=True)
class FilePages:
    """The three addresses of the files of one kind of record; `role` is what a file attached here is."""

    visible: Callable[..., QuerySet[Any]]
    read: str
    write: str
    names: str
    role: str
    back: str

    def urls(self) -> list[URLPattern]:
        """The address table, for the prefix below which the records lie."""
        short = self.names.partition(":")[2]

        def view(function: Callable[..., HttpResponse], verb: str) -> Callable[..., HttpResponse]:
            return gate(verb)(partial(function, self))

        return [
            path("<int:pk>/tai-lieu/", view(attach_page, self.write), name=f"{short}attach"),
            path("<int:pk>/tai-lieu/<int:file>/", view(file_page, self.read), name=f"{short}file"),
            path("<int:pk>/tai-lieu/<int:file>/go/", view(detach_page, self.write), name=f"{short}detach"),
        ]

    def url(self, page: str, *args: Any) -> str:
        """Address of one of the pages."""
        return reverse(self.names + page, args=args)

    def shown(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        """What "files/papers.html" needs: the files of the record, with their addresses."""
        changeable = record.voided_at is None and may(request.user, self.write, record.organisation)
        rows = [
            {
                "file": row,
                "href": self.url("file", record.pk, row.pk),
                "detach": self.url("detach", record.pk, row.pk) if changeable else "",
            }
            for row in attachments_of(record.identity)
        ]
        return {"papers": rows, "papers_attach": self.url("attach", record.pk) if changeable else ""}

    def record(self, request: HttpRequest, pk: int) -> Any:
        """The record, standing or voided (its files stand at the identity), that the user may read."""
        return get_for_user(self.visible(request.user, with_voided=True), pk=pk)

    def mine(self, request: HttpRequest, pk: int) -> Any:
        """The standing record that the user may change; 404 for any other."""
        rows = self.visible(request.user).filter(organisation__in=visible_to(request.user, self.write))
        return get_for_user(rows, pk=pk)

    def file(self, record: Any, pk: int) -> Attachment:
        """A file that stands at this record; 404 for one of another."""
        rows = current(Attachment.objects.filter(about=record.identity)).select_related(
            "stored", "organisation"
        )
        return get_for_user(rows, pk=pk)


def file_pages(
    model: type[Model],
    visible: Callable[..., QuerySet[Any]],
    read_verb: str,
    write_verb: str,
    *,
    names: str,
    role: str = "main",
    back: str = "detail",
) -> FilePages:
    """The file pages of a kind of record whose own pages are named `names` + detail.

    `visible(user, with_voided=...)` gives what the user may read. Raises TypeError for a model whose rows have no
    identity, organisation or record times: a file would be lost with the first correction.
    """
    if not issubclass(model, Identified) or not issubclass(model, Recorded):
        raise TypeError(f"{model.__name__}: files stand at an identity")
    if role not in dict(ROLES):
        raise ValueError(f"no such role of a file: {role}")
    return FilePages(visible, read_verb, write_verb, names, role, back)


def attach_page(pages: FilePages, request: HttpRequest, pk: int) -> HttpResponse:
    """Attach files to a record; a file that may not be kept is named with its fault and nothing is attached."""
    record = pages.mine(request, pk)
    back = pages.url(pages.back, pk)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AttachForm(*sent, user=request.user)
    if sent and form.is_valid():
        uploads = uploads_of(request, _FIELD, pages.role)
        try:
            made = attach(uploads, about=record.identity, organisation=record.organisation, by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        else:
            messages.success(request, _("Đã đính kèm %(count)s tệp.") % {"count": len(made)})
            return redirect(back)
    crumbs = [(str(record), back)]
    return form_page(request, form, _("Đính kèm tài liệu"), cancel=back, crumbs=crumbs, submit=_("Đính kèm"))


def file_page(pages: FilePages, request: HttpRequest, pk: int, file: int) -> Any:
    """A file of a record as a download."""
    return download(pages.file(pages.record(request, pk), file))


def detach_page(pages: FilePages, request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """Take a file off a record, with the reason."""
    record = pages.mine(request, pk)
    attachment = pages.file(record, file)
    back = pages.url(pages.back, pk)
    form = ReasonForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            detach(attachment, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        except Conflict as conflict:
            return conflict_page(request, str(conflict), back)
        else:
            messages.success(request, _("Đã gỡ tệp “%(name)s”.") % {"name": attachment.name})
            return redirect(back)
    title = _("Gỡ tệp “%(name)s”") % {"name": attachment.name}
    return form_page(request, form, title, cancel=back, crumbs=[(str(record), back)], submit=_("Gỡ tệp"))
