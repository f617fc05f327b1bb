"""Entry of a whole cell on a phone: one stage, its members with large buttons, one save."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.core.dates import BadDate, format_date, parse_date, today
from tongket.core.judging import RATING_STAGE
from tongket.core.problems import Refused
from tongket.ratings.rounds import regulation
from tongket.ratings.rounds.chain.acts import save_steps
from tongket.ratings.rounds.chain.undo import last_saving
from tongket.ratings.rounds.drafts import StepDraft
from tongket.ratings.rounds.models import RatingCandidate, RatingRound
from tongket.ratings.rounds.pages.access import Standing, frame, told
from tongket.ratings.rounds.pages.candidates import part_of
from tongket.ratings.rounds.queries import CandidateState, StepState
from tongket.ui.gate import gate
from tongket.ui.records.pages import REFUSED, conflict_page
from tongket.ui.shell.errors import Missing

_WHY = "Ghi lại trên trang nhập của chi bộ"


_LEVELS = ("excellent", "good", "completed", "failed")
_KEPT = ("body", "score", "base", *_LEVELS, "remedied")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the head of the page says for all: day and base, and whether either was changed from what was shown."""

    on: date
    base: int | None
    redated: bool
    rebased: bool


@dataclass(slots=True)
class Line:
    """One on the page: what is chosen, how many votes it had, and what is wrong with it."""

    state: CandidateState
    level: str
    votes: str
    votes_before: str
    known: str
    errors: list[str]


def _known(state: CandidateState, stage: str) -> str:
    step = state.step(stage)
    return str(step.pk) if step else ""


def _votes(step: StepState | None) -> str:
    counted: int | None = getattr(step, step.level) if step else None
    return "" if counted is None else str(counted)


@gate("rating.write")
def round_entry(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Enter one stage of all members of a cell; each level is a large button, one button saves all."""
    standing, body, states = part_of(request, pk, code, "rating.write")
    if not states or not standing.stages:
        raise Missing(_("Đợt này không còn nhập được cho tổ chức đó."))
    asked = request.POST.get("buoc") or request.GET.get("buoc", "vote")
    stages = [stage for stage in standing.stages if stage != "opinion"]
    stage = asked if asked in stages else stages[-1]
    lines = [_line(state, stage) for state in states if not state.excluded]
    base, on = _base(lines, stage), ""
    errors: list[str] = []
    if request.method == "POST":
        base, on = request.POST.get("so_nguoi", "").strip(), request.POST.get("ngay", "").strip()
        if _changed_meanwhile(request, lines):
            return _faster(request)
        _read(request, lines)
        saved, errors = _save(request, standing, stage, lines, on, base)
        if saved is not None:
            told(request, _("Đã ghi %(n)s người.") % {"n": saved})
            address = reverse("ratings:round_entry", args=[standing.round.pk, body.code])
            return redirect(f"{address}?buoc={stage}")
    shown = {
        **frame(
            standing,
            _("Nhập %(stage)s") % {"stage": RATING_STAGE.label(stage).lower()},
            (body.name, reverse("ratings:round_part", args=[standing.round.pk, body.code])),
        ),
        "body": body,
        "lines": lines,
        "aside": [state for state in states if state.excluded],
        "levels": list(regulation.levels(standing.round.subject, standing.round.period_end).items()),
        "stage": stage,
        "stages": [(code, text) for code, text in RATING_STAGE.choices if code in stages],
        "base": base,
        "on": on or format_date(_day(standing.round, lines, stage)),
        "errors": errors,
        "saving": last_saving(standing.round, request.user),
    }
    return render(request, "ratings/rounds/entry.html", shown, status=REFUSED if errors else 200)


def _faster(request: HttpRequest) -> HttpResponse:
    text = _(
        "Người khác vừa ghi bước này cho một số đảng viên trong danh sách. Hãy mở lại trang rồi ghi tiếp."
    )
    return conflict_page(request, text, request.get_full_path())


def _read(request: HttpRequest, lines: Sequence[Line]) -> None:
    """Take over the levels and votes as they were sent."""
    for line in lines:
        line.level = request.POST.get(f"muc-{line.state.candidate_id}", "")
        line.votes = request.POST.get(f"phieu-{line.state.candidate_id}", "").strip()


def _line(state: CandidateState, stage: str) -> Line:
    step = state.step(stage)
    return Line(state, step.level if step else "", _votes(step), _votes(step), _known(state, stage), [])


def _base(lines: Sequence[Line], stage: str) -> str:
    bases = [step.base for line in lines if (step := line.state.step(stage)) and step.base is not None]
    return str(bases[0]) if bases else ""


def _day(round: RatingRound, lines: Sequence[Line], stage: str) -> date:
    """The day offered: that of the steps entered before, else today while the plan's day has not passed."""
    days = [step.on for line in lines if (step := line.state.step(stage))]
    planned = {"self": round.self_by, "vote": round.vote_by, "appraisal": round.appraise_by}.get(stage)
    return max(days) if days else min(today(), planned or round.decide_by or round.period_end)


def _changed_meanwhile(request: HttpRequest, lines: Sequence[Line]) -> bool:
    return any(request.POST.get(f"cu-{line.state.candidate_id}", "") != line.known for line in lines)


def _save(
    request: HttpRequest, standing: Standing, stage: str, lines: Sequence[Line], on: str, base: str
) -> tuple[int | None, list[str]]:
    """How many were saved, or None with what is wrong with the whole; what is wrong with one goes to its line."""
    try:
        day = parse_date(on)
    except BadDate as error:
        return None, [str(error)]
    if base and not base.isdecimal():
        return None, [_("Số người có quyền biểu quyết phải là số nguyên. Hãy sửa.")]
    asked = Asked(
        day,
        int(base) if base else None,
        redated=day != _day(standing.round, lines, stage),
        rebased=base != _base(lines, stage),
    )
    chosen = [line for line in lines if line.level]
    rows = RatingCandidate.objects.select_related("round", "organisation", "member").in_bulk(
        [line.state.candidate_id for line in chosen]
    )
    drafts = []
    for line in chosen:
        if line.level not in _LEVELS:
            line.errors.append(_("Mức đã chọn không có trong quy định. Hãy bấm lại vào một mức."))
        elif line.votes and not line.votes.isdecimal():
            line.errors.append(_("Số phiếu phải là số nguyên. Hãy sửa."))
        else:
            drafts.append(_draft(line, rows[line.state.candidate_id], stage, asked))
    if any(line.errors for line in chosen):
        return None, [_("Chưa ghi được. Hãy xem lời nhắc ở từng người.")]
    if asked.base is not None and asked.rebased and drafts and all(draft.base is None for draft in drafts):
        return None, [
            _(
                "Đã ghi số người có quyền biểu quyết nhưng chưa ghi số phiếu của ai. Hãy ghi số phiếu, hoặc để trống "
                "ô số người."
            )
        ]
    if not drafts:
        return None, [_("Chưa chọn mức cho ai. Hãy bấm vào mức của từng người rồi ghi.")]
    try:
        return len(save_steps(drafts, by=request.user, replacing=_WHY)), []
    except Refused as refused:
        for problem in refused.problems:
            chosen[problem.index].errors.append(problem.message)
        return None, [_("Chưa ghi được. Hãy xem lời nhắc ở từng người.")]


def _draft(line: Line, row: RatingCandidate, stage: str, asked: Asked) -> StepDraft:
    """What the page says of one; what it does not show (score, body, other counts) stays as it was."""
    step = line.state.step(stage)
    values: dict[str, Any] = {name: getattr(step, name) for name in _KEPT} if step else {}
    recounted = line.votes != line.votes_before
    if recounted:
        values[line.level] = int(line.votes) if line.votes else None
    counted = any(values.get(level) is not None for level in _LEVELS)
    if counted and (asked.rebased or values.get("base") is None):
        values["base"] = asked.base
    elif not counted:
        values["base"] = None
    changed = step is None or recounted or step.level != line.level or (counted and asked.rebased)
    on = asked.on if step is None or changed or asked.redated else step.on
    return StepDraft(row, stage, on, line.level, **values)
