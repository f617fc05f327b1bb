"""The papers of a case as downloads; each download is logged as a reading."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tongket.audit.acts import log_reading
from tongket.cases.models import Case
from tongket.cases.pages.common import READ, asked_case
from tongket.cases.papers.word import (
    decision_paper,
    minutes_paper,
    notice_paper,
    served_of,
    service_paper,
)
from tongket.cases.queries import last_of, steps_of
from tongket.inspections.queries import discipline_of_case
from tongket.ui.gate import gate
from tongket.ui.shell.errors import Missing
from tongket.ui.word_paper import WORD_TYPE


@gate(READ)
def paper(request: HttpRequest, identity: UUID, kind: str) -> HttpResponse:
    """One Word paper of a case: bien-ban, quyet-dinh, thong-bao, giao-nhan."""
    case = asked_case(request, identity)
    content = _made(case, kind)
    if content is None:
        raise Missing(_("Vụ việc chưa đến bước có văn bản này."))
    books = None if case.sealed else case.organisation
    log_reading("case.export", by=request.user, subject=case, organisation=books, case=case.identity)
    # No name in the file's name: it stays in the list of downloads of a shared machine.
    headers = {"Content-Disposition": f'attachment; filename="{kind}-vu-viec-{case.pk}.docx"'}
    return HttpResponse(content, content_type=WORD_TYPE, headers=headers)


def _made(case: Case, kind: str) -> bytes | None:
    steps = steps_of(case.identity)
    if kind == "bien-ban":
        vote = last_of(steps, "voted")
        return minutes_paper(case, vote) if vote is not None else None
    row = discipline_of_case(case.identity)
    if row is None:
        return None
    if kind == "quyet-dinh":
        return decision_paper(case, steps, row)
    if kind == "thong-bao":
        return notice_paper(case, row, last_of(steps, "announced"))
    if kind == "giao-nhan":
        return service_paper(case, row, served_of(steps))
    return None
