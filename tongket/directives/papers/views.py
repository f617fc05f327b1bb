"""Pages of one paper beyond its record: files, changes; and of the books: numbers of issued papers, references read."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.audit import records
from tongket.core.codelists import DOCUMENT_KIND
from tongket.core.dates import BadDate, format_date, parse_date, today
from tongket.core.problems import Conflict, Refused
from tongket.core.references import (
    BadSymbol,
    Reference,
    find_references,
    kinds_of,
    parse_symbol,
    write_reference,
)
from tongket.directives import acts
from tongket.directives.forms import AttachForm, ChangeForm, IssuedForm, PasteForm
from tongket.directives.models import Directive
from tongket.directives.papers.changes import changes_at
from tongket.directives.papers.series import NO_TERM, Term, all_series, offered_symbol, term_on, terms_of
from tongket.directives.queries import readable_directives, visible_directives
from tongket.files.acts import attach, detach
from tongket.files.models import Attachment
from tongket.files.queries import attachments_of
from tongket.files.serving import download, uploads_of
from tongket.organisations.queries import visible_to
from tongket.ui.context import view_context
from tongket.ui.forms import SEPARATOR, problems_to_form
from tongket.ui.gate import SAFE, gate, get_for_user, held_verbs
from tongket.ui.records.forms import ReasonForm
from tongket.ui.records.pages import CONFIRMED, conflict_page, form_page

_WRITE = "directive.write"


def _mine(request: HttpRequest, pk: int) -> Directive:
    """The standing paper of a book that the user keeps; 404 for any other."""
    mine = visible_to(request.user, _WRITE).values("pk")
    return get_for_user(visible_directives(request.user).filter(organisation__in=mine), pk=pk)


def _crumbs(paper: Directive) -> list[tuple[str, str]]:
    name = "directives:issued_list" if paper.book == "issued" else "directives:list"
    return [(paper.get_book_display(), reverse(name)), (paper.symbol, _address(paper))]


def _address(paper: Directive) -> str:
    return reverse("directives:detail", args=[paper.pk])


# --- files ------------------------------------------------------------------------------------------------


@gate(_WRITE)
def attach_files(request: HttpRequest, pk: int) -> HttpResponse:
    """Attach one or several files to a paper; none is kept when one of them is refused."""
    paper = _mine(request, pk)
    form = AttachForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        uploads = uploads_of(request, "file", form.cleaned_data["role"])
        try:
            made = attach(uploads, about=paper.identity, organisation=paper.organisation, by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        else:
            messages.success(request, _("Đã đính kèm %(count)s tệp.") % {"count": len(made)})
            return redirect(_address(paper))
    title = _("Đính kèm tệp")
    return form_page(
        request, form, title, crumbs=_crumbs(paper), cancel=_address(paper), submit=_("Đính kèm"),
        lead=f"{paper.symbol} · {paper.subject}",
    )  # fmt: skip


@gate("directive.read")
def download_file(request: HttpRequest, pk: int, attachment: int) -> HttpResponse:
    """A file of a paper that the user may open."""
    paper = get_for_user(readable_directives(request.user), pk=pk)
    answer: Any = download(get_for_user(attachments_of(paper.identity), pk=attachment))
    response: HttpResponse = answer
    return response


@gate(_WRITE)
def detach_file(request: HttpRequest, pk: int, attachment: int) -> HttpResponse:
    """Take a file off a paper, with the reason."""
    paper = _mine(request, pk)
    row = get_for_user(Attachment.objects.filter(about=paper.identity), pk=attachment)
    if row.voided_at is not None:
        return conflict_page(request, records.GONE, _address(paper))
    form = ReasonForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            detach(row, reason=form.cleaned_data["reason"], by=request.user)
        except Conflict as conflict:
            return conflict_page(request, str(conflict), _address(paper))
        messages.success(request, _("Đã gỡ tệp “%(name)s”.") % {"name": row.name})
        return redirect(_address(paper))
    title = _("Gỡ tệp “%(name)s”") % {"name": row.name}
    return form_page(request, form, title, crumbs=_crumbs(paper), cancel=_address(paper), submit=_("Gỡ tệp"))


# --- changes ----------------------------------------------------------------------------------------------


@gate(_WRITE)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that a paper was updated, replaced or revoked."""
    paper = _mine(request, pk)
    form = ChangeForm(request.POST or None, user=request.user, directive=paper)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            acts.change_directive(
                paper,
                kind=said["kind"],
                on=said["on"],
                reason=said["reason"],
                by_directive=said["by_directive"],
                by=request.user,
            )
        except Refused as refused:
            problems_to_form(form, refused)
        except Conflict as conflict:
            return conflict_page(request, str(conflict), _address(paper))
        else:
            messages.success(request, _("Đã ghi thay đổi của %(symbol)s.") % {"symbol": paper.symbol})
            return redirect(_address(paper))
    title = _("Ghi thay đổi của văn bản")
    return form_page(
        request, form, title, crumbs=_crumbs(paper), cancel=_address(paper),
        lead=f"{paper.symbol} · {paper.subject}",
    )  # fmt: skip


@gate(_WRITE)
def void_change(request: HttpRequest, pk: int, change_pk: int) -> HttpResponse:
    """Void a change that was recorded by mistake."""
    paper = _mine(request, pk)
    row = get_for_user(changes_at([paper.identity]).filter(organisation=paper.organisation), pk=change_pk)
    form = ReasonForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            acts.void_change(row, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        except Conflict as conflict:
            return conflict_page(request, str(conflict), _address(paper))
        else:
            messages.success(request, _("Đã hủy ghi nhận thay đổi."))
            return redirect(_address(paper))
    title = _("Hủy ghi nhận “%(what)s”") % {"what": row.get_kind_display()}
    return form_page(
        request, form, title, crumbs=_crumbs(paper), cancel=_address(paper), submit=_("Hủy ghi nhận")
    )


# --- issued papers and their numbers ----------------------------------------------------------------------


@gate(_WRITE)
def issue(request: HttpRequest) -> HttpResponse:
    """Enter a paper that an organisation issued; without a symbol it takes the next number when it is written."""
    view = view_context(request, _WRITE)
    form = IssuedForm(request.POST or None, user=request.user, initial=_start(request, view.organisation))
    if request.method == "POST" and form.is_valid():
        draft = form.draft()
        judged = draft
        if not draft.symbol:
            judged = replace(draft, symbol=offered_symbol(draft.organisation, draft.kind, draft.issued_on))
        problems_to_form(form, records.check(acts.DIRECTIVE, [judged]))
        if form.is_valid() and (not form.warnings or request.POST.get(CONFIRMED) == "1"):
            try:
                record = acts.issue_directive(draft, by=request.user)
            except Refused as refused:
                problems_to_form(form, refused)
            else:
                messages.success(request, _("Đã ghi văn bản đi %(symbol)s.") % {"symbol": record.symbol})
                return redirect(_address(record))
    crumbs = [(_("Văn bản đi"), reverse("directives:issued_list"))]
    return form_page(
        request, form, _("Ghi văn bản đi"), crumbs=crumbs, cancel=reverse("directives:issued_list")
    )


def _start(request: HttpRequest, organisation: Any) -> dict[str, Any]:
    kind = request.GET.get("loai", "")
    start = {"organisation": organisation, "issued_on": today()}
    if kind in DOCUMENT_KIND.values:
        start |= {"kind": kind, "symbol": offered_symbol(organisation, kind, today())}
    return start


@gate("directive.read")
def next_symbol(request: HttpRequest) -> HttpResponse:
    """The symbol box of the form again, with the free number for what was chosen; one typed by hand is left."""
    asked = request.GET
    typed = asked.get("symbol", "")
    code = asked.get("organisation", "").partition(SEPARATOR)[0].strip()
    organisation = visible_to(request.user, _WRITE).filter(code=code).first()
    kind = asked.get("kind", "")
    try:
        day = parse_date(asked.get("issued_on", ""))
    except BadDate:
        day = today()
    symbol = typed
    if organisation is not None and kind in DOCUMENT_KIND.values and not _fits(typed, kind):
        symbol = offered_symbol(organisation, kind, day)
    return render(request, "directives/symbol_input.html", {"symbol": symbol})


def _fits(typed: str, kind: str) -> bool:
    try:
        return kind in kinds_of(parse_symbol(typed).letters)
    except BadSymbol:
        return False


@gate("directive.read")
def numbers(request: HttpRequest) -> HttpResponse:
    """The number series of the organisation looked at: used, next, gaps, doubles; a term at a time."""
    view = view_context(request, "directive.read")
    terms = terms_of([view.organisation.pk]).get(view.organisation.pk, [])
    chosen = _chosen_term(request, terms)
    mine = visible_to(request.user, _WRITE).filter(pk=view.organisation.pk).exists()
    shown = {
        "title": _("Số văn bản đi"),
        "crumbs": [(_("Văn bản đi"), reverse("directives:issued_list")), (_("Số văn bản"), "")],
        "view": view,
        "terms": [*terms, *([Term(NO_TERM, _("Ngoài các khóa đã ghi"), today(), today())] if terms else [])],
        "chosen": chosen,
        "series": all_series(view.organisation, chosen, terms),
        "may_write": mine and chosen == term_on(terms, today()),
    }
    return render(request, "directives/numbers.html", shown)


def _chosen_term(request: HttpRequest, terms: list[Term]) -> int:
    asked = request.GET.get("khoa", "")
    known = {term.pk for term in terms} | {NO_TERM}
    if asked.isdecimal() and len(asked) < 10 and int(asked) in known:
        return int(asked)
    return term_on(terms, today())


# --- references read from a text --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found:
    """A reference in a pasted text, the papers of the books that it names, and the address to enter it anew."""

    reference: Reference
    written: str
    papers: list[Directive]
    new_url: str


@gate("directive.read", methods=(*SAFE, "POST"))
def read_text(request: HttpRequest) -> HttpResponse:
    """Every paper that a pasted text names: known ones linked, unknown ones offered as new entries. Writes nothing."""
    form = PasteForm(request.POST or None, user=request.user)
    found: list[Found] = []
    if request.method == "POST" and form.is_valid():
        found = _look_up(request, find_references(form.cleaned_data["text"])[:100])
    shown = {
        "title": _("Đọc văn bản từ đoạn chữ"),
        "crumbs": [(_("Văn bản đến"), reverse("directives:list")), (_("Đọc từ đoạn chữ"), "")],
        "form": form,
        "found": found,
        "asked": request.method == "POST" and form.is_valid(),
    }
    return render(
        request, "directives/read_text.html", shown, status=422 if form.is_bound and form.errors else 200
    )


def _look_up(request: HttpRequest, references: list[Reference]) -> list[Found]:
    rows = visible_directives(request.user).filter(number__in={one.number for one in references})
    books: dict[tuple[int, str, str], list[Directive]] = {}
    for row in rows.order_by("-issued_on", "pk"):
        try:
            read = parse_symbol(row.symbol)
        except BadSymbol:
            continue
        books.setdefault((read.number, read.letters, read.body), []).append(row)
    may_write = _WRITE in held_verbs(request)
    found: dict[tuple[Any, ...], Found] = {}
    for one in references:
        same = [
            row
            for row in books.get((one.number, one.notation, one.body), [])
            if one.kind in ("", row.kind) and one.date in (None, row.issued_on)
        ]
        key = (one.kind, one.symbol, one.date)
        found.setdefault(key, Found(one, write_reference(one), same[:5], _new_url(one) if may_write else ""))
    return list(found.values())


def _new_url(one: Reference) -> str:
    parts = {
        "loai": one.kind,
        "so": one.symbol,
        "ngay": format_date(one.date) if one.date else "",
        "co_quan": one.issuer,
        "cap": one.level,
        "trich_yeu": one.subject,
    }
    return reverse("directives:new") + "?" + urlencode({name: text for name, text in parts.items() if text})
