"""A candidate's page and what is entered on it: who, mentors, papers of the file."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.admissions.deadlines.desks import desk_body
from tongket.admissions.deadlines.limits import papers_on
from tongket.admissions.drafts import MentorDraft
from tongket.admissions.joining import acts
from tongket.admissions.joining.derive import desk_of, outcome
from tongket.admissions.joining.models import Candidate, CandidateMentor, CandidatePaper
from tongket.admissions.joining.queries import rows_of, visible_candidates
from tongket.admissions.pages.common import crumbs, line_of, passes, told
from tongket.admissions.pages.forms import CandidateForm, MentorForm, PapersForm
from tongket.admissions.pages.next_steps import next_steps
from tongket.admissions.word.kinds import offered_for_candidate
from tongket.audit import records
from tongket.audit.acts import log_reading
from tongket.audit.records import current
from tongket.core.dates import today
from tongket.core.judging import CANDIDATE_STAGE
from tongket.core.problems import Conflict, Refused
from tongket.files.pages import file_pages
from tongket.members.queries import visible_to as visible_members
from tongket.organisations.queries import may, visible_to
from tongket.rules.organisations import kind
from tongket.ui.context import view_context
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import gate, get_for_user
from tongket.ui.records.asking import reason_page
from tongket.ui.records.pages import conflict_page, form_page
from tongket.ui.templatetags.ui import lang

FILES = file_pages(
    Candidate, visible_candidates, "admission.read", "admission.write", names="admissions:", back="candidate"
)


def writable(request: HttpRequest, pk: int) -> Candidate:
    """The standing candidate that the user may change; 404 for any other."""
    cells = visible_to(request.user, "admission.write")
    return get_for_user(visible_candidates(request.user).filter(organisation__in=cells), pk=pk)


@gate("admission.read")
def candidate(request: HttpRequest, pk: int) -> HttpResponse:
    """What happened, what is missing, what is due by which rule; opening it is noted in the ledger."""
    row = get_for_user(visible_candidates(request.user, with_voided=True), pk=pk)
    if row.voided_at is not None:
        standing = visible_candidates(request.user).filter(identity=row.identity).first()
        if standing is not None:
            return redirect("admissions:candidate", standing.pk)
    log_reading("candidate.open", by=request.user, subject=row, organisation=row.organisation)
    [found] = rows_of([row])
    now, day = found.standing, today()
    may_write = row.voided_at is None and may(request.user, "admission.write", row.organisation)
    desk, since = desk_of(now, in_body=acts.in_body(row.organisation))
    steps = found.steps
    shown = {
        "candidate": row,
        "title": row.full_name,
        "stage": CANDIDATE_STAGE.label(now.stage, lang()),
        "standing": now,
        "day": day,
        "steps": [(step, outcome(step)) for step in reversed(steps)],
        "last_step": steps[-1].pk if steps and may_write else None,
        "deadlines": [line_of(one, day) for one in found.deadlines],
        "desk": desk_body(row.organisation, desk, day),
        "desk_since": since,
        "next": next_steps(now, acts.in_body(row.organisation)) if may_write else [],
        "mentors": current(CandidateMentor.objects.filter(candidate=row.identity)).select_related("member"),
        "may_write": may_write,
        "member": _member(request, now),
        "twins": visible_candidates(request.user)
        .filter(folded_name=row.folded_name, birth_date=row.birth_date)
        .exclude(identity=row.identity)[:3],
        "words": offered_for_candidate(now, row.pk),
        "crumbs": crumbs((row.full_name, "")),
        **_file(row, now),
        **FILES.shown(request, row),
    }
    return render(request, "admissions/candidate.html", shown)


def _member(request: HttpRequest, now: Any) -> Any:
    """The member the candidate has become, if the user may open that file."""
    step = now.at.get("ceremony")
    if step is None or step.member_id is None:
        return None
    return visible_members(request.user).filter(pk=step.member_id).first()


def _file(row: Candidate, now: Any) -> dict[str, Any]:
    """The papers by the rule of the day on which the file was or is judged, and those in hand."""
    on = now.resolved_on or today()
    held = {one.paper: one for one in current(CandidatePaper.objects.filter(candidate=row.identity))}
    listed = papers_on(on)
    return {
        "file_on": on,
        "file": [(name, held.get(code)) for code, name in listed.items()],
        "file_missing": sum(code not in held for code in listed),
    }


@gate("admission.write")
def new(request: HttpRequest) -> HttpResponse:
    """Enter a person whom a cell has nominated."""
    view, day = view_context(request, "admission.write"), today()
    start: dict[str, Any] = {"nominated_on": day, "source_year": day.year}
    if kind(view.organisation.kind).holds_members:
        start["organisation"] = view.organisation
    form = CandidateForm(request.POST or None, user=request.user, initial=start)
    if request.method == "POST" and form.is_valid():
        draft = form.draft()
        if passes(request, form, records.check(acts.CANDIDATE, [draft])):
            try:
                row = acts.add_candidate(draft, by=request.user)
            except Refused as refused:
                problems_to_form(form, refused)
            else:
                told(request, _("Đã đưa vào nguồn kết nạp."))
                return redirect("admissions:candidate", row.pk)
    cancel = reverse("admissions:list")
    return form_page(request, form, _("Ghi quần chúng ưu tú"), cancel=cancel, crumbs=crumbs())


@gate("admission.write")
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct who the candidate is."""
    row = writable(request, pk)
    back = reverse("admissions:candidate", args=[pk])
    form = CandidateForm(request.POST or None, user=request.user, correcting=row)
    if request.method == "POST" and form.is_valid():
        try:
            fresh = acts.correct_candidate(
                row, form.draft(), reason=form.cleaned_data["why"], by=request.user
            )
        except Refused as refused:
            problems_to_form(form, refused)
        except Conflict as conflict:
            return conflict_page(request, str(conflict), back)
        else:
            told(request, _("Đã đính chính; bản ghi cũ được giữ lại."))
            return redirect("admissions:candidate", fresh.pk)
    way = crumbs((row.full_name, back))
    return form_page(request, form, _("Đính chính thông tin"), cancel=back, crumbs=way)


def void_form(
    request: HttpRequest, title: str, back: str, undo: Any, way: Any, lead: str = ""
) -> HttpResponse:
    """Ask for the reason and void a record by `undo(reason)`."""
    return reason_page(request, title, undo, back=back, crumbs=way, lead=lead)


@gate("admission.write")
def void(request: HttpRequest, pk: int) -> HttpResponse:
    """Void a candidate entered by mistake."""
    row = writable(request, pk)

    def undo(reason: str) -> None:
        acts.void_candidate(row, reason=reason, by=request.user)

    way = crumbs((row.full_name, reverse("admissions:candidate", args=[pk])))
    return void_form(request, _("Hủy bản ghi"), reverse("admissions:list"), undo, way, row.full_name)


@gate("admission.write")
def papers(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick papers of the file that came in."""
    row = writable(request, pk)
    back = reverse("admissions:candidate", args=[pk])
    held = set(acts.papers_of(row.identity))
    missing = {code: name for code, name in papers_on(today()).items() if code not in held}
    form = PapersForm(request.POST or None, user=request.user, missing=missing, initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            acts.tick_papers(row, form.cleaned_data["papers"], form.cleaned_data["on"], by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        else:
            told(request, _("Đã ghi giấy tờ của hồ sơ."))
            return redirect(back)
    way = crumbs((row.full_name, back))
    return form_page(request, form, _("Ghi giấy tờ hồ sơ"), cancel=back, crumbs=way)


@gate("admission.write")
def paper_void(request: HttpRequest, pk: int, paper: int) -> HttpResponse:
    """Untick a paper that is not in hand after all."""
    row = writable(request, pk)
    held = get_for_user(current(CandidatePaper.objects.filter(candidate=row.identity)), pk=paper)
    back = reverse("admissions:candidate", args=[pk])

    def undo(reason: str) -> None:
        acts.void_paper(held, reason=reason, by=request.user)

    return void_form(request, _("Bỏ đánh dấu giấy tờ"), back, undo, crumbs((row.full_name, back)))


@gate("admission.write")
def mentor(request: HttpRequest, pk: int) -> HttpResponse:
    """Assign one who introduces and helps."""
    row = writable(request, pk)
    back = reverse("admissions:candidate", args=[pk])
    form = MentorForm(request.POST or None, user=request.user, initial={"assigned_on": today()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        draft = MentorDraft(
            row.identity,
            row.organisation,
            said["assigned_on"],
            member=said["member"],
            body=said["body"],
            together_since=said["together_since"],
        )
        if passes(request, form, records.check(acts.MENTOR, [draft])):
            try:
                acts.add_mentor(draft, by=request.user)
            except Refused as refused:
                problems_to_form(form, refused)
            else:
                told(request, _("Đã ghi người giới thiệu, giúp đỡ."))
                return redirect(back)
    way = crumbs((row.full_name, back))
    return form_page(request, form, _("Phân công giới thiệu, giúp đỡ"), cancel=back, crumbs=way)


@gate("admission.write")
def mentor_void(request: HttpRequest, pk: int, mentor: int) -> HttpResponse:
    """Take back an assignment."""
    row = writable(request, pk)
    held = get_for_user(
        current(CandidateMentor.objects.filter(candidate=row.identity)).select_related("organisation"),
        pk=mentor,
    )
    back = reverse("admissions:candidate", args=[pk])

    def undo(reason: str) -> None:
        acts.void_mentor(held, reason=reason, by=request.user)

    return void_form(request, _("Thôi phân công"), back, undo, crumbs((row.full_name, back)))
