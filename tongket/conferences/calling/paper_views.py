"""Letters, cards and the attendance list as pages and files. Each file that names people is noted in the ledger."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tongket.audit.acts import log_reading
from tongket.conferences.access import about
from tongket.conferences.agenda.tree import agenda_of
from tongket.conferences.calling import letters as set_papers
from tongket.conferences.calling.cards import qr_svg
from tongket.conferences.door.quorum import quorum_of
from tongket.conferences.models import Conference, Invitation
from tongket.conferences.queries import counts, invitations_of, marked_list
from tongket.conferences.views import crumbs
from tongket.core.text import fold
from tongket.obligations.addresses import is_only_here, link
from tongket.ui.lists import workbook_response
from tongket.ui.shell.errors import BadInput
from tongket.ui.word_paper import WORD_TYPE


def _word(request: HttpRequest, conference: Conference, content: bytes, name: str, rows: int) -> HttpResponse:
    _noted(request, conference, name, rows)
    file = f"{slugify(fold(name))[:100]}-{conference.on:%Y-%m-%d}.docx"
    return HttpResponse(
        content, content_type=WORD_TYPE, headers={"Content-Disposition": f'attachment; filename="{file}"'}
    )


def _noted(request: HttpRequest, conference: Conference, name: str, rows: int) -> None:
    log_reading(
        "invitation.export",
        by=request.user,
        subject=conference,
        organisation=conference.organisation,
        rows=rows,
        file=name,
    )


def _chosen(request: HttpRequest, conference: Conference) -> list[Invitation]:
    """All called, or those whose numbers the address names (`?so=3&so=17`): a card that was lost is printed again."""
    rows = invitations_of(conference).order_by("number")
    asked = [int(text) for text in request.GET.getlist("so") if text.isdecimal() and len(text) < 7]
    found = list(rows.filter(number__in=asked) if asked else rows)
    if not found:
        raise BadInput(_("Chưa mời ai nên chưa có gì để in. Hãy lập danh sách đại biểu trước."))
    return found


@about("conference.write", methods=("GET", "HEAD"))
def letters(request: HttpRequest, conference: Conference) -> HttpResponse:
    """All letters of invitation in one Word file."""
    rows = _chosen(request, conference)
    content = set_papers.letters(conference, agenda_of(conference), rows)
    return _word(request, conference, content, "Giấy mời", len(rows))


def _address(request: HttpRequest, row: Invitation) -> str:
    return link(reverse("conferences:card", args=[row.code]), request.build_absolute_uri("/"))


@about("conference.write", methods=("GET", "HEAD"))
def cards(request: HttpRequest, conference: Conference) -> HttpResponse:
    """The sheet of cards to print: ten on an A4 page."""
    rows = _chosen(request, conference)
    _noted(request, conference, "Thẻ đại biểu", len(rows))
    shown = {
        "title": _("Thẻ đại biểu"),
        "crumbs": crumbs(conference, _("Thẻ đại biểu")),
        "conference": conference,
        "cards": [(row, qr_svg(_address(request, row))) for row in rows],
        "here_only": is_only_here(_address(request, rows[0])),
    }
    return render(request, "conferences/cards.html", shown)


@about("conference.write", methods=("GET", "HEAD"))
def cards_word(request: HttpRequest, conference: Conference) -> HttpResponse:
    """The cards as a Word file."""
    rows = _chosen(request, conference)
    content = set_papers.cards_word(conference, [(row, _address(request, row)) for row in rows])
    return _word(request, conference, content, "Thẻ đại biểu", len(rows))


@about("conference.read")
def attendance(request: HttpRequest, conference: Conference) -> HttpResponse:
    """The attendance list to print, or as Word (`?xuat=docx`) or Excel (`?xuat=xlsx`)."""
    rows: list[Any] = marked_list(conference)
    numbers = counts(conference)
    quorum = quorum_of(numbers)
    summary = set_papers.summary_of(numbers, quorum.words)
    wanted = request.GET.get("xuat", "")
    if wanted == "docx":
        return _word(
            request,
            conference,
            set_papers.list_word(conference, rows, summary),
            "Danh sách điểm danh",
            len(rows),
        )
    if wanted == "xlsx":
        _noted(request, conference, "Danh sách điểm danh", len(rows))
        return workbook_response(set_papers.list_excel(conference, rows, summary), "Danh sách điểm danh")
    shown = {
        "title": _("Danh sách điểm danh"),
        "crumbs": crumbs(conference, _("Danh sách điểm danh")),
        "conference": conference,
        "hour": set_papers.hour_in_words(conference),
        "rows": list(zip(rows, set_papers.list_rows(rows), strict=True)),
        "counts": numbers,
        "quorum": quorum,
        "summary": summary,
    }
    return render(request, "conferences/attendance.html", shown)
