"""Upload → rehearsal with every finding at its cell → accept → committed. Nothing is written before the last step."""

from hashlib import sha256
from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tongket.audit.acts import log_reading
from tongket.core.problems import Conflict
from tongket.intake.door.package import check_archive
from tongket.intake.kinds import KINDS
from tongket.intake.large import works
from tongket.intake.models import ImportBatch
from tongket.intake.pages import reading
from tongket.intake.pages.columns import own_batches
from tongket.intake.pages.forms import UploadForm
from tongket.intake.pages.people import doubts_shown
from tongket.intake.rehearse import ImportRefused, Rehearsal, kind_of, let_go, rehearse
from tongket.intake.returned import returned as with_marks
from tongket.intake.tables import NoHeader
from tongket.intake.templates import template
from tongket.intake.undoing.written import summary_of
from tongket.intake.waiting import bring_in, is_large, rehearsed
from tongket.intake.workbook import BadWorkbook
from tongket.members.fields import RESTRICTED
from tongket.organisations.queries import verbs_of
from tongket.ui.gate import gate, get_for_user
from tongket.ui.lists import workbook_response
from tongket.ui.records.pages import conflict_page

VERB = "intake.write"
REFUSED = 422
SHOWN_BATCHES = 100
SHOWN_FINDINGS = 500
SHOWN_CHANGES = 200
_WEIGHTS = ("error", "warning", "notice")


def _kinds(request: HttpRequest) -> list[tuple[Any, bool]]:
    """The kinds, each with whether the user's duties include a sheet of it."""
    held = verbs_of(request.user)
    return [(kind, any(sheet.verb in held for sheet in kind.sheets)) for kind in KINDS.values()]


@gate(VERB, methods=("GET", "HEAD"))
def overview(request: HttpRequest) -> HttpResponse:
    """Templates to download, the upload form, and what was brought in before."""
    return _overview(request, UploadForm(user=request.user))


def _overview(request: HttpRequest, form: UploadForm) -> HttpResponse:
    rows = own_batches(request).defer("content")
    shown = {
        "title": _("Nhập từ Excel"),
        "form": form,
        "kinds": _kinds(request),
        "titles": {name: kind.title for name, kind in KINDS.items()},
        "waiting": [(row, KINDS[row.kind].title) for row in rows.filter(committed_at=None)],
        "done": [(row, KINDS[row.kind].title) for row in rows.exclude(committed_at=None)[:SHOWN_BATCHES]],
    }
    return render(request, "intake/overview.html", shown, status=REFUSED if form.is_bound else 200)


@gate(VERB, methods=("GET", "HEAD"))
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The empty workbook of a kind."""
    found = kind_of(kind)
    return workbook_response(template(found), found.title)


@gate(VERB, methods=("POST",))
def upload(request: HttpRequest) -> HttpResponse:
    """Take a workbook and go to its rehearsal; a file that is no workbook is refused here."""
    form = UploadForm(request.POST, request.FILES, user=request.user)
    if not form.is_valid():
        return _overview(request, form)
    file, kind = form.cleaned_data["file"], form.cleaned_data["kind"]
    content = file.read()
    told = None
    try:
        if is_large(content):
            check_archive(content)
            batch = _keep(request, kind, file.name, content)
            works.begin(batch.pk, batch.uploaded_by_id or 0)
            return redirect("intake:detail", pk=batch.pk)
        told = rehearse(kind, content, by=request.user, file_name=file.name)
    except NoHeader:
        pass  # it can be read: the user says what its columns are
    except BadWorkbook as error:
        form.add_error("file", str(error))
        return _overview(request, form)
    batch = _keep(request, kind, file.name, content, told.rows if told else 0)
    return _shown(request, batch, told) if told else redirect("intake:columns", pk=batch.pk)


def _keep(request: HttpRequest, kind: str, name: str, content: bytes, rows: int = 0) -> ImportBatch:
    return ImportBatch.objects.create(
        kind=kind,
        file_name=name[:255],
        sha256=sha256(content).hexdigest(),
        content=content,
        uploaded_at=timezone.now(),
        uploaded_by_id=request.user.pk,
        rows=rows,
    )


@gate(VERB, methods=("GET", "HEAD"))
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A workbook that waits, rehearsed against the books as they are now; or what became of one brought in."""
    if (gone := reading.written(request, pk)) is not None:
        return gone
    batch = get_for_user(own_batches(request).defer("content"), pk=pk)
    if (long := _long(request, batch)) is not None:
        return long
    try:
        told = rehearsed(batch) if batch.content else None
    except NoHeader:
        return redirect("intake:columns", pk=batch.pk)
    return _shown(request, batch, told)


def _long(request: HttpRequest, batch: ImportBatch) -> HttpResponse | None:
    """The page of a workbook that is read in a process of its own; None for any other."""
    work = works.of(batch.pk, request.user.pk or 0)
    if work is None:
        if batch.committed_at is not None or not is_large(bytes(batch.content or b"")):
            return None
        work = works.begin(batch.pk, request.user.pk or 0)
    if work.end == "no header":
        works.forget(batch.pk)
        return redirect("intake:columns", pk=batch.pk)
    if work.told is None:
        return reading.progress(request, batch, work)
    return _shown(request, batch, work.told)


@gate(VERB, methods=("GET", "HEAD"))
def returned(request: HttpRequest, pk: int) -> HttpResponse:
    """The user's own workbook with every finding in its cell."""
    batch = get_for_user(own_batches(request).filter(committed_at=None), pk=pk)
    work = works.of(batch.pk, request.user.pk or 0)
    try:
        if (work is None or work.told is None) and is_large(bytes(batch.content or b"")):
            return redirect("intake:detail", pk=batch.pk)
        told = work.told if work and work.told else rehearsed(batch)
    except NoHeader:
        return redirect("intake:columns", pk=batch.pk)
    content = with_marks(bytes(batch.content or b""), batch.file_name, told)
    return workbook_response(content, f"{PurePath(batch.file_name).stem} đã kiểm tra")


@gate("member.sensitive", methods=("POST",))
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """The rehearsal with the restricted values that are on record, and log that they were read."""
    batch = get_for_user(own_batches(request).filter(committed_at=None), pk=pk)
    try:
        told = rehearsed(batch, revealed=True)
    except NoHeader:
        return redirect("intake:columns", pk=batch.pk)
    log_reading(
        "intake.sensitive",
        by=request.user,
        subject=batch,
        fields=sorted(RESTRICTED),
        rows=sum(1 for outcome in told.outcomes if outcome.changes),
    )
    return _shown(request, batch, told)


def _shown(request: HttpRequest, batch: ImportBatch, told: Rehearsal | None) -> HttpResponse:
    title = f"{KINDS[batch.kind].title} · {batch.file_name}"
    findings = sorted(told.findings, key=lambda f: _WEIGHTS.index(f.severity)) if told else []
    changed = [outcome for outcome in told.outcomes if outcome.changes] if told else []
    shown: dict[str, Any] = {
        "title": title,
        "crumbs": [(_("Nhập từ Excel"), reverse("intake:list")), (batch.file_name, "")],
        "batch": batch,
        "told": told,
        "shown_findings": findings[:SHOWN_FINDINGS],
        "changed": changed[:SHOWN_CHANGES],
        "all_changed": len(changed),
        "may_reveal": any(c.hidden for o in changed for c in o.changes)
        and "member.sensitive" in verbs_of(request.user),
        "people": doubts_shown(told) if told else None,
        "summary": summary_of(batch) if told is None else {},
    }
    return render(request, "intake/detail.html", shown)


@gate(VERB, methods=("POST",))
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring the rehearsed workbook in: all rows or none."""
    batch = get_for_user(own_batches(request).filter(committed_at=None), pk=pk)
    if is_large(bytes(batch.content or b"")):
        works.begin(batch.pk, request.user.pk or 0, commit=True)
        return redirect("intake:detail", pk=batch.pk)
    try:
        done = bring_in(batch)
    except NoHeader:
        return redirect("intake:columns", pk=batch.pk)
    except ImportRefused as refused:
        answer = _shown(request, batch, refused.rehearsal)
        answer.status_code = REFUSED
        return answer
    except Conflict as conflict:
        return conflict_page(request, str(conflict), reverse("intake:list"))
    messages.success(
        request, _("Đã ghi %(rows)s dòng từ %(file)s.") % {"rows": done.rows, "file": done.file_name}
    )
    return redirect("intake:detail", pk=done.pk)


@gate(VERB, methods=("POST",))
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw away a workbook that was only rehearsed."""
    gone = let_go(get_for_user(own_batches(request).filter(committed_at=None).defer("content"), pk=pk))
    works.forget(pk)
    if gone:
        messages.success(request, _("Đã bỏ tệp; chưa có gì được ghi."))
    else:
        messages.warning(request, _("Tệp này vừa được ghi vào sổ. Mở lần nhập đó để xem hoặc hoàn tác."))
    return redirect("intake:list")
