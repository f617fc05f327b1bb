"""Bring a draft, see it checked, correct it, take it back. A draft is its owner's alone."""

from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tongket.claims.model import ORDER
from tongket.claims.numbers import TooManyNumbers
from tongket.core.problems import Conflict, Problem, Refused
from tongket.core.text import fold
from tongket.drafts import acts
from tongket.drafts.checking import Result
from tongket.drafts.models import Draft
from tongket.drafts.pages.forms import CorrectForm, StartForm
from tongket.drafts.pages.showing import SIGNS, Card, cards_of, parts_of, remark_of
from tongket.drafts.queries import checked, drafts_of
from tongket.drafts.readers import Source, pasted, read_file
from tongket.drafts.readers.marking import Edit, NotMarked, Remark, marked
from tongket.ui.context import default_period, view_context
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import gate, get_for_user
from tongket.ui.shell.errors import BadInput, Missing

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LAST = 20


@gate("draft.write")
def start(request: HttpRequest) -> HttpResponse:
    """The form for a draft, and the drafts at hand."""
    view = view_context(request, "draft.write")
    first = {"organisation": view.organisation, "period": view.period.code or default_period().code}
    if request.method != "POST":
        return _start_page(request, StartForm(user=request.user, initial=first))
    form = StartForm(request.POST, request.FILES, user=request.user, initial=first)
    if form.is_valid():
        try:
            draft = _brought(form, request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        else:
            return redirect("drafts:detail", pk=draft.pk)
    return _start_page(request, form, status=422)


def _brought(form: StartForm, user: Any) -> Draft:
    """Read what was handed in and keep it, once it is known that it can be checked."""
    said = form.cleaned_data
    source: Source = (
        read_file(said["file"].name, said["file"].read()) if said.get("file") else pasted(said["text"])
    )
    draft = acts.start_draft(source, organisation=said["organisation"], period=said["period"], by=user)
    try:
        checked(draft, user)
    except TooManyNumbers as error:
        acts.delete_draft(draft, by=user)
        raise Refused([Problem("file" if said.get("file") else "text", str(error))]) from None
    return draft


def _start_page(request: HttpRequest, form: StartForm, status: int = 200) -> HttpResponse:
    shown = {
        "form": form,
        "drafts": drafts_of(request.user).defer("text", "file")[:_LAST],
        "days": Draft.KEEP_DAYS,
    }
    return render(request, "drafts/start.html", shown, status=status)


@gate("draft.write", methods=("GET", "HEAD"))
def result(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft as typed, each claim coloured, with its reasons."""
    draft = get_for_user(drafts_of(request.user).defer("file"), pk=pk)
    found = checked(draft, request.user)
    cards = cards_of(found)
    return render(
        request,
        "drafts/result.html",
        {
            "draft": draft,
            "result": found,
            "parts": parts_of(found.reading.text, cards),
            "cards": cards,
            "counts": _counts(cards),
            "edits": len(acts.edits_of(draft)),
            "crumbs": [(_("Soát số liệu"), reverse("drafts:list")), (_("Kết quả"), "")],
        },
    )


def _counts(cards: list[Card]) -> list[tuple[str, Any, str, str, int]]:
    """(verdict, words, icon, class, how many) for the filter."""
    return [(one, *SIGNS[one], sum(card.verdict == one for card in cards)) for one in ORDER]


@gate("draft.write", methods=("POST",))
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a correction: the text changes and is checked anew."""
    draft = get_for_user(drafts_of(request.user), pk=pk)
    form = CorrectForm(request.POST)
    if not form.is_valid():
        raise BadInput(_("Chỗ sửa không hợp lệ. Hãy mở lại trang rồi làm tiếp."))
    said = form.cleaned_data
    try:
        acts.correct_draft(
            draft,
            start=said["start"],
            end=said["end"],
            old=_lines(said["old"]),
            new=said["new"],
            by=request.user,
        )
    except Conflict as conflict:
        messages.warning(request, str(conflict))
    else:
        messages.success(
            request, _("Đã sửa “%(old)s” thành “%(new)s”.") % {"old": said["old"], "new": said["new"]}
        )
    return redirect(reverse("drafts:detail", args=[pk]) + f"#c{said['at'] or 1}")


def _lines(text: str) -> str:
    """A form sends every line break as two signs."""
    return text.replace("\r\n", "\n")


@gate("draft.write", methods=("POST",))
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the last correction back."""
    acts.undo_correction(get_for_user(drafts_of(request.user), pk=pk), by=request.user)
    messages.success(request, _("Đã hoàn tác chỗ sửa gần nhất."))
    return redirect("drafts:detail", pk=pk)


@gate("draft.write", methods=("POST",))
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a draft."""
    acts.delete_draft(get_for_user(drafts_of(request.user), pk=pk), by=request.user)
    messages.success(request, _("Đã xóa bản thảo."))
    return redirect("drafts:list")


@gate("draft.write", methods=("GET", "HEAD"))
def download(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The Word file with corrections and comments, or the corrected text."""
    draft = get_for_user(drafts_of(request.user), pk=pk)
    stem = slugify(fold(PurePath(draft.name).stem))[:60] or "ban-thao"
    if kind == "txt":
        return _sent(draft.text.encode(), f"{stem}-da-sua.txt", "text/plain; charset=utf-8")
    if kind != "docx":
        raise Missing(_("Bản thảo tải về có dạng Word và văn bản thô."))
    found = checked(draft, request.user)
    try:
        made = marked(
            bytes(draft.file) if draft.file else None,
            draft.text,
            _edits(draft),
            _remarks(found),
            _("Soát số liệu"),
        )
    except NotMarked as error:
        raise BadInput(str(error)) from error
    return _sent(made, f"{stem}-da-soat.docx", _WORD)


def _edits(draft: Draft) -> list[Edit]:
    return [
        Edit(int(one["start"]), int(one["start"]) + len(one["old"]), one["new"])
        for one in acts.edits_of(draft)
    ]


def _remarks(found: Result) -> list[Remark]:
    """What is worth a comment: everything wrong or doubtful."""
    return [
        Remark(card.start, card.end, remark_of(card))
        for card in cards_of(found)
        if card.verdict in ("wrong", "doubtful")
    ]


def _sent(content: bytes, name: str, content_type: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=content_type,
        headers={"Content-Disposition": content_disposition_header(True, name) or "attachment"},
    )
