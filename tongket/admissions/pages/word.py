"""The Word papers as downloads."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import slugify

from tongket.admissions.deadlines.queries import cells_below, open_candidates
from tongket.admissions.joining.acts import steps_of
from tongket.admissions.joining.derive import fold
from tongket.admissions.joining.models import CandidateMentor
from tongket.admissions.joining.queries import visible_candidates
from tongket.admissions.pages.probation import _member
from tongket.admissions.probation.queries import probationers
from tongket.admissions.word import papers
from tongket.audit.acts import log_reading
from tongket.audit.records import current
from tongket.core.dates import format_date, today
from tongket.core.text import fold as fold_text
from tongket.ui.context import view_context
from tongket.ui.gate import gate, get_for_user
from tongket.ui.word_paper import WORD_TYPE


def _download(content: bytes, name: str) -> HttpResponse:
    file = f"{slugify(fold_text(name))[:100] or 'van-ban'}.docx"
    return HttpResponse(
        content, content_type=WORD_TYPE, headers={"Content-Disposition": f'attachment; filename="{file}"'}
    )


@gate("admission.read")
def paper(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A paper about a candidate."""
    row = get_for_user(visible_candidates(request.user), pk=pk)
    now = fold(steps_of([row.identity]).get(row.identity, ()), row.nominated_on)
    about = papers.About(row.full_name, row.birth_date, row.organisation)
    mentors = current(CandidateMentor.objects.filter(candidate=row.identity)).select_related("member")
    helpers = [one.body or f"đồng chí {one.member}" for one in mentors]
    content = _write(kind, about, now, helpers)
    log_reading("candidate.download", by=request.user, subject=row, organisation=row.organisation, kind=kind)
    return _download(content, f"{kind} {row.full_name}")


@gate("admission.read")
def probation_paper(request: HttpRequest, uid: Any, kind: str) -> HttpResponse:
    """A paper about a probation."""
    member = _member(request, uid)
    cell = member.organisation
    assert cell is not None  # noqa: S101  # nosec B101  # visible by the cell
    [found] = probationers([(member, cell)], today())
    now = found.probation
    if now.ends_on is None:
        raise Http404
    about = papers.About(member.full_name, member.birth_date, cell, official_on=now.ends_on)
    helper = now.at["helper"].helper if "helper" in now.at else None
    content = _write(kind, about, now, [f"đồng chí {helper}"] if helper else [])
    log_reading("probation.download", by=request.user, subject=member, organisation=cell, kind=kind)
    return _download(content, f"{kind} {member.full_name}")


def _write(kind: str, about: papers.About, now: Any, helpers: list[str]) -> bytes:
    """The paper of a kind; 404 for one whose facts are not on record yet."""
    voted = now.at.get("resolution") or now.at.get("failed")
    if kind == "phan-cong":
        return papers.assignment(about, helpers, today())
    if kind == "bien-ban" and voted is not None:
        return papers.minutes(about, voted)
    if kind == "nghi-quyet" and "resolution" in now.at:
        return papers.resolution(about, now.at["resolution"])
    if kind == "quyet-dinh" and now.resolved_on is not None:
        return papers.decision(about, now.resolved_on, now.at.get("decision"))
    raise Http404


@gate("admission.read")
def forwarded(request: HttpRequest) -> HttpResponse:
    """The list of those with a resolution who are to be forwarded or are being decided."""
    view, day = view_context(request, "admission.read"), today()
    stages = ("resolution", "committee", "forwarded", "appraised")
    rows = [
        (
            row.candidate.full_name,
            format_date(row.candidate.birth_date),
            row.candidate.organisation.name,
            format_date(row.standing.resolved_on) if row.standing.resolved_on else "",
            _votes(row.standing.at.get("resolution")),
        )
        for row in open_candidates(cells_below(view.organisation, day, request.user), day)
        if row.standing.stage in stages
    ]
    log_reading(
        "candidate.export",
        by=request.user,
        subject=view.organisation,
        organisation=view.organisation,
        rows=len(rows),
    )
    return _download(papers.forwarded_list(view.organisation, rows, day), "danh sach de nghi ket nap")


def _votes(step: Any) -> str:
    return f"{step.agree}/{step.base}" if step is not None else ""
