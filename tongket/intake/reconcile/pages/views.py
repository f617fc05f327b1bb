"""Upload an export → what differs, by person and field. Nothing is decided here."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.audit.acts import log_reading
from tongket.intake.reconcile import fields, queries
from tongket.intake.reconcile.acts import SOURCE, VERB, start, why_left
from tongket.intake.reconcile.models import Reconciliation
from tongket.intake.reconcile.pages.forms import ExportForm
from tongket.intake.reconcile.pages.listing import chosen_of, listing
from tongket.intake.reconcile.sheets import REQUESTS, requests_workbook, whole_workbook
from tongket.intake.tables import NoHeader
from tongket.intake.workbook import BadWorkbook
from tongket.ui.context import view_context
from tongket.ui.gate import gate, get_for_user, held_verbs
from tongket.ui.lists import workbook_response
from tongket.ui.shell.errors import Missing

READ = ("GET", "HEAD")
REFUSED = 422
SHOWN = 50
SENSITIVE = "member.sensitive"


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way back."""
    return [
        (_("Nhập từ Excel"), reverse("intake:list")),
        (_("Đối chiếu sổ đảng viên"), reverse("intake:reconcile")),
        *more,
    ]


def mine(request: HttpRequest, pk: int) -> Reconciliation:
    """The comparison, if it is of an organisation whose members the user may write."""
    return get_for_user(queries.comparisons(request.user), pk=pk)


@gate(VERB, methods=READ)
def overview(request: HttpRequest) -> HttpResponse:
    """The upload form, comparisons that are worked on, decisions that stand."""
    begin = {"organisation": view_context(request, VERB).organisation, "source": SOURCE}
    return _overview(request, ExportForm(user=request.user, initial=begin))


def _overview(request: HttpRequest, form: ExportForm) -> HttpResponse:
    shown = {
        "title": _("Đối chiếu sổ đảng viên"),
        "crumbs": [*crumbs()[:-1], (_("Đối chiếu sổ đảng viên"), "")],
        "form": form,
        "days": Reconciliation.KEEP_DAYS,
        "comparisons": list(queries.comparisons(request.user)[:SHOWN]),
        "batches": list(queries.batches(request.user)[:SHOWN]),
    }
    return render(request, "intake/reconcile/overview.html", shown, status=REFUSED if form.is_bound else 200)


@gate(VERB, methods=("POST",))
def start_one(request: HttpRequest) -> HttpResponse:
    """Read an export, compare, keep what differs; the file itself is not kept."""
    form = ExportForm(request.POST, request.FILES, user=request.user)
    if not form.is_valid():
        return _overview(request, form)
    said = form.cleaned_data
    try:
        made = start(
            said["file"].read(),
            said["file"].name,
            said["organisation"],
            by=request.user,
            source=said["source"],
        )
    except NoHeader as error:
        form.add_error("file", f"{error} {_('Hoặc ghép cột một lần ở trang Nhập từ Excel, rồi đối chiếu.')}")
        return _overview(request, form)
    except BadWorkbook as error:
        form.add_error("file", str(error))
        return _overview(request, form)
    return redirect("intake:reconcile_detail", made.pk)


@gate(VERB, methods=READ)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The counts and one list of lines."""
    return page_of(request, mine(request, pk))


def page_of(
    request: HttpRequest, made: Reconciliation, *, revealed: bool = False, **more: Any
) -> HttpResponse:
    """The page of a comparison; `more` from a decision that was refused."""
    chosen = chosen_of(request.POST if more.get("problems") else request.GET)
    shown = {
        "title": f"{made.source} · {made.file_name}",
        "crumbs": crumbs((made.file_name, "")),
        "made": made,
        "counts": made.counts,
        "compared": [fields.label(name) for name in made.fields],
        "may_reveal": SENSITIVE in held_verbs(request),
        "revealed": revealed,
        "problems": (),
        "ticked": {int(key) for key in request.POST.getlist("dong") if key.isdecimal() and len(key) < 19},
        **listing(request, made, chosen, revealed=revealed),
        **more,
    }
    status = REFUSED if more.get("problems") else 200
    return render(request, "intake/reconcile/detail.html", shown, status=status)


@gate(SENSITIVE, methods=("POST",))
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the restricted values of the lines on this page, and log that they were read."""
    if VERB not in held_verbs(request):
        raise Missing(_("Không tìm thấy trang này, hoặc bạn không được giao xem."))
    made = mine(request, pk)
    lines = listing(request, made, chosen_of(request.GET))["rows"]
    hidden = [shown.line for shown in lines if shown.hidden]
    log_reading(
        "reconcile.sensitive",
        by=request.user,
        subject=made,
        organisation=made.organisation,
        fields=sorted({line.field for line in hidden}),
        members=sorted({line.member.code for line in hidden if line.member}),
    )
    return page_of(request, made, revealed=True)


@gate(VERB, methods=READ)
def sheet(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """`de-nghi`: what is to be mended on the other system; `tat-ca`: every line. Restricted values by duty, logged."""
    made = mine(request, pk)
    if kind not in ("de-nghi", "tat-ca"):
        raise Missing(_("Không có tệp này."))
    lines = queries.lines_of(made, request.user).select_related("member__organisation", "branch", "batch")
    asked = kind == "de-nghi"
    rows = list((lines.filter(choice="ours") if asked else lines).order_by("pk"))
    reveal = SENSITIVE in held_verbs(request)
    read = sorted({row.field for row in rows if fields.restricted(row.field)}) if reveal else []
    log_reading(
        "reconcile.export",
        by=request.user,
        subject=made,
        organisation=made.organisation,
        kind=kind,
        rows=len(rows),
        fields=read,
    )
    if asked:
        return workbook_response(requests_workbook(made, rows, reveal=reveal), REQUESTS)
    return workbook_response(whole_workbook(made, rows, reveal=reveal), _("Đối chiếu sổ đảng viên"))


def say_left(request: HttpRequest, left: Any) -> None:
    """Tell which lines could not be carried out, each with its reason, and that they are still open."""
    if not left:
        return
    said = _("Chưa lấy được %(count)s mục, các mục này vẫn chờ quyết định. %(why)s")
    messages.warning(request, said % {"count": len(left), "why": " ".join(why_left(left)[:5])})
