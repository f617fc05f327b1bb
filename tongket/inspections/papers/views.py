"""The Word papers to take away; each download is noted, since they tell what only those with the task may read."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tongket.audit.acts import log_reading
from tongket.audit.records import current
from tongket.inspections.papers import word
from tongket.inspections.programmes.models import Programme
from tongket.inspections.running.access import about
from tongket.inspections.running.models import Inspection
from tongket.inspections.running.views import PAPERS
from tongket.ui.shell.errors import Missing
from tongket.ui.word_paper import WORD_TYPE


@about("programme", "inspection.read")
def programme_paper(request: HttpRequest, row: Programme) -> HttpResponse:
    """The programme with its table."""
    items = list(current(row.items.all()).order_by("planned_on", "position"))
    log_reading("programme.download", by=request.user, subject=row, organisation=row.organisation)
    return _word(word.programme_paper(row, items), f"chuong-trinh-kiem-tra-giam-sat-{row.year}")


@about("inspection", "inspection.read")
def inspection_paper(request: HttpRequest, row: Inspection, *, name: str) -> HttpResponse:
    """One of the papers of an inspection."""
    if name not in PAPERS:
        raise Missing(_("Không có văn bản này."))
    log_reading("inspection.download", by=request.user, subject=row, organisation=row.organisation, file=name)
    return _word(word.inspection_paper(row, name), f"{name}-kiem-tra-{row.starts_on:%Y-%m-%d}")


def _word(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=WORD_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}.docx"'},
    )
