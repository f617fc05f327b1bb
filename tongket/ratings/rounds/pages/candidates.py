"""One cell or body of a round, and one candidate: the chain as a timeline, the next step, what is done by hand."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.core.dates import today
from tongket.core.problems import Conflict, Refused
from tongket.files.pages import file_pages
from tongket.organisations.models import Organisation
from tongket.organisations.queries import visible_to
from tongket.ratings.rounds.acts import add_by_hand, bring_back, set_aside
from tongket.ratings.rounds.chain.acts import check_steps, correct_step, take_step, void_step
from tongket.ratings.rounds.models import RatingCandidate, RatingStep
from tongket.ratings.rounds.pages.access import (
    Standing,
    candidate_for,
    frame,
    held_round,
    passes,
    round_for,
    told,
)
from tongket.ratings.rounds.pages.forms import AddBodyForm, AddMemberForm, AsideForm, BackForm, StepForm
from tongket.ratings.rounds.progress import stages_of
from tongket.ratings.rounds.queries import STAGES, CandidateState, standing_of, states_of, visible_candidates
from tongket.ratings.rounds.regulation import level_of_score, years_kept
from tongket.ui.forms import UserForm, problems_to_form
from tongket.ui.gate import gate, get_for_user
from tongket.ui.records.forms import ReasonForm
from tongket.ui.records.pages import conflict_page, form_page

#: Scanned self-reviews: `rate.keep` says for how many years they stay in the member's file.
FILES = file_pages(
    RatingCandidate,
    visible_candidates,
    "rating.read",
    "rating.write",
    names="ratings:round_candidate_",
    role="evidence",
)


def part_of(
    request: HttpRequest, pk: int, code: str, verb: str
) -> tuple[Standing, Organisation, list[CandidateState]]:
    """A round, one cell or body on its list where the user holds `verb`, and its candidates. Raises `Missing`."""
    standing = round_for(request, pk, verb)
    body = get_for_user(visible_to(request.user, verb), code=code)
    states = standing_of(standing.round, organisations=[body.pk])
    return standing, body, states


@gate("rating.read")
def round_part(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """All of one cell (or the one body) on the list, with every stage beside the other."""
    standing, body, states = part_of(request, pk, code, "rating.read")
    if not states:
        get_for_user(RatingCandidate.objects.none(), pk=0)
    shown = {
        **frame(standing, body.name),
        "body": body,
        "states": states,
        "stages": stages_of(standing.round, states),
        "may_enter": bool(standing.stages)
        and visible_to(request.user, "rating.write").filter(pk=body.pk).exists(),
        "day": today(),
    }
    return render(request, "ratings/rounds/part.html", shown)


@gate("rating.read")
def round_candidate(request: HttpRequest, pk: int, candidate: int) -> HttpResponse:
    """One candidate: the chain, what was voided of it, the special case, checks set aside, and the next step."""
    standing = round_for(request, pk)
    row = candidate_for(request, standing, candidate)
    [state] = states_of(RatingCandidate.objects.filter(pk=row.pk))
    own = standing.holds or visible_to(request.user, "rating.write").filter(pk=row.organisation_id).exists()
    stages = standing.stages if own else ()
    free = [stage for stage in stages if stage == "opinion" or not state.has(stage)]
    form = None
    if free and not state.excluded:
        form = StepForm(user=request.user, candidate=row, stages=free, initial=_start(state, free))
    voided = RatingStep.objects.filter(candidate=row, voided_at__isnull=False).select_related("voided_by")
    shown = {
        **frame(standing, state.name, *_part_crumb(standing, row)),
        "candidate": row,
        "state": state,
        "form": form,
        "may_correct": [step.pk for step in state.chain if step.stage in stages],
        "may_set_aside": standing.is_open and standing.holds,
        "voided": voided.order_by("-voided_at")[:20],
        "scored": bool(level_of_score(Decimal(100), standing.round.period_end)),
        "kept": years_kept(standing.round.period_end),
        **FILES.shown(request, row),
    }
    return render(request, "ratings/rounds/candidate.html", shown)


@gate("rating.read")
def candidate_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to the page of a candidate whose round the address does not name."""
    row = get_for_user(visible_candidates(request.user, with_voided=True), pk=pk)
    return redirect("ratings:round_candidate", row.round_id, row.pk)


def _part_crumb(standing: Standing, row: RatingCandidate) -> tuple[tuple[str, str], ...]:
    if row.member_id is None:
        return ()
    code = row.organisation.code
    return ((row.organisation.name, reverse("ratings:round_part", args=[standing.round.pk, code])),)


def _start(state: CandidateState, free: list[str]) -> dict[str, Any]:
    after = max((STAGES.index(step.stage) for step in state.chain), default=-1)
    following = [stage for stage in free if STAGES.index(stage) > after and stage != "opinion"]
    return {"stage": (following or free)[0], "on": today(), "level": state.level or None}


def _writable(request: HttpRequest, pk: int, candidate: int) -> tuple[Standing, RatingCandidate, str]:
    standing = round_for(request, pk, "rating.write")
    row = candidate_for(request, standing, candidate, "rating.write")
    return standing, row, reverse("ratings:round_candidate", args=[standing.round.pk, row.pk])


def _crumbs(standing: Standing, row: RatingCandidate, back: str, title: str) -> list[tuple[str, str]]:
    name = str(row.member or row.organisation)
    crumbs: list[tuple[str, str]] = frame(standing, title, *_part_crumb(standing, row), (name, back))[
        "crumbs"
    ]
    return crumbs[:-1]


@gate("rating.write")
def step_new(request: HttpRequest, pk: int, candidate: int) -> HttpResponse:
    """Record the next step of one candidate."""
    standing, row, back = _writable(request, pk, candidate)
    form = StepForm(
        request.POST or None,
        user=request.user,
        candidate=row,
        stages=standing.stages,
        initial={"on": today()},
    )
    if request.method == "POST" and form.is_valid():
        draft = form.draft()
        if passes(request, form, check_steps([draft])):
            try:
                take_step(draft, by=request.user)
            except Refused as refused:
                problems_to_form(form, refused, {"candidate": ""})
            else:
                told(request, _("Đã ghi bước đánh giá."))
                return redirect(back)
    title = _("Ghi bước đánh giá")
    return form_page(
        request,
        form,
        title,
        cancel=back,
        crumbs=_crumbs(standing, row, back, title),
        lead=str(row.member or ""),
    )


def _step(standing: Standing, row: RatingCandidate, pk: int) -> RatingStep:
    """A step that the user may change: of this candidate, of a stage that is his to enter."""
    rows = RatingStep.objects.filter(candidate=row, stage__in=standing.stages or ("",))
    return get_for_user(rows.select_related("candidate__round", "candidate__organisation"), pk=pk)


@gate("rating.write")
def step_correct(request: HttpRequest, pk: int, candidate: int, step: int) -> HttpResponse:
    """Put the right step in the place of a wrong one, with the reason."""
    standing, row, back = _writable(request, pk, candidate)
    old = _step(standing, row, step)
    form = StepForm(
        request.POST or None, user=request.user, correcting=old, candidate=row, stages=standing.stages
    )
    if request.method == "POST" and form.is_valid():
        try:
            correct_step(old, form.draft(), reason=form.cleaned_data["why"], by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        except Conflict as conflict:
            return conflict_page(request, str(conflict), back)
        else:
            told(request, _("Đã đính chính bước đánh giá; bản ghi cũ được giữ lại."))
            return redirect(back)
    title = _("Đính chính bước đánh giá")
    return form_page(request, form, title, cancel=back, crumbs=_crumbs(standing, row, back, title))


@gate("rating.write")
def step_void(request: HttpRequest, pk: int, candidate: int, step: int) -> HttpResponse:
    """Void a step, with the reason."""
    standing, row, back = _writable(request, pk, candidate)
    old = _step(standing, row, step)
    form = ReasonForm(request.POST or None, user=request.user)

    def deed(said: dict[str, Any]) -> None:
        void_step(old, reason=said["reason"], by=request.user)

    return _asked(request, form, deed, _("Hủy bước đánh giá"), back, _crumbs(standing, row, back, ""))


@gate("rating.write")
def candidate_aside(request: HttpRequest, pk: int, candidate: int) -> HttpResponse:
    """Keep one on the list without rating, or rate one after all, with the written reason."""
    standing = held_round(request, pk)
    row = candidate_for(request, standing, candidate, "rating.write")
    back = reverse("ratings:round_candidate", args=[standing.round.pk, row.pk])
    if row.reason:
        back_form = BackForm(request.POST or None, user=request.user)

        def deed(said: dict[str, Any]) -> None:
            bring_back(row, note=said["note"], by=request.user)

        title = _("Đưa vào diện đánh giá")
        return _asked(request, back_form, deed, title, back, _crumbs(standing, row, back, title))
    form = AsideForm(request.POST or None, user=request.user, initial={"reason": "other"})

    def aside(said: dict[str, Any]) -> None:
        set_aside(row, reason=said["reason"], note=said["note"], by=request.user)

    title = _("Để ngoài diện đánh giá")
    return _asked(request, form, aside, title, back, _crumbs(standing, row, back, title))


@gate("rating.write")
def candidate_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Put one on the list whom the register does not."""
    standing = held_round(request, pk)
    back = reverse("ratings:round", args=[standing.round.pk])
    members = standing.round.subject == "members"
    form_class: type[UserForm] = AddMemberForm if members else AddBodyForm
    form = form_class(request.POST or None, user=request.user)

    def deed(said: dict[str, Any]) -> None:
        add_by_hand(
            standing.round,
            organisation=said["organisation"],
            member=said.get("member"),
            note=said["note"],
            by=request.user,
        )

    title = _("Thêm vào danh sách")
    return _asked(request, form, deed, title, back, frame(standing, title)["crumbs"][:-1])


def _asked(
    request: HttpRequest, form: Any, deed: Any, title: str, back: str, crumbs: list[tuple[str, str]]
) -> HttpResponse:
    """Ask what the deed needs, do it, lead back; what refuses it is shown at its field."""
    if request.method == "POST" and form.is_valid():
        try:
            deed(form.cleaned_data)
        except Refused as refused:
            problems_to_form(form, refused)
        except Conflict as conflict:
            return conflict_page(request, str(conflict), back)
        else:
            told(request, _("Đã ghi."))
            return redirect(back)
    return form_page(request, form, title, cancel=back, submit=title, crumbs=crumbs)
