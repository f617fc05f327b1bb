"""The grid: fifty lines of a stage at a time, typed or pasted like a spreadsheet, saved as one act, undone as one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.core.dates import BadDate, format_date, parse_date, today
from tongket.core.judging import RATING_STAGE
from tongket.core.problems import Conflict, Problem, Refused
from tongket.organisations.models import Organisation, OrganisationPath
from tongket.organisations.queries import may, visible_to
from tongket.ratings.grid.cells import (
    LETTERS,
    RATERS_ONLY,
    STAGES,
    GridColumn,
    Row,
    columns_of,
    drafts_of,
    faults,
    put_back,
    read,
    rows_of,
    words_of,
)
from tongket.ratings.grid.cells import (
    shown as recorded,
)
from tongket.ratings.quota.access import frame
from tongket.ratings.rounds.chain.acts import check_steps, save_steps
from tongket.ratings.rounds.chain.undo import last_saving, undo_last
from tongket.ratings.rounds.models import RatingCandidate, RatingRound
from tongket.ratings.rounds.queries import visible_rounds
from tongket.ratings.rounds.regulation import levels
from tongket.ui.gate import gate, get_for_user
from tongket.ui.lists import numbered
from tongket.ui.records.pages import REFUSED, conflict_page
from tongket.ui.templatetags.ui import lang

WHY = "Sửa khi nhập bảng"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: the round, the stage, which part of the list, and who of it may be typed in."""

    round: RatingRound
    stage: str
    stages: tuple[str, ...]
    place: str
    page: Page[Any]
    places: list[Organisation]
    whole: bool


@gate("rating.write")
def grid(request: HttpRequest, pk: int) -> HttpResponse:
    """Show fifty lines; POST saves all changed ones as one act, or none and says at which cells what is wrong."""
    asked = _asked(request, pk)
    rows = rows_of(list(asked.page), asked.stage, asked.page.start_index())
    above: list[str] = []
    if request.method == "POST":
        read(rows, asked.stage, request.POST)
        try:
            saved, above = _save(request, asked, rows)
        except Conflict as conflict:
            return conflict_page(request, str(conflict), request.get_full_path())
        if saved is not None:
            _tell(request, saved)
            return redirect(request.get_full_path())
    return _page(request, asked, rows, above)


@gate("rating.write")
def grid_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what the user's own last saving in this round was; POST takes it back, as long as nothing followed it."""
    round = get_for_user(visible_rounds(request.user, verb="rating.write"), pk=pk)
    back = reverse("ratings:round_grid", args=[pk])
    stage = request.GET.get("giai-doan", "")
    back = f"{back}?giai-doan={stage}" if stage in STAGES else back
    if request.method == "POST":
        try:
            undone = undo_last(round, by=request.user)
        except Refused as refused:
            messages.error(request, " ".join(problem.message for problem in refused.problems))
        else:
            said = _("Đã hoàn tác lần ghi vừa rồi (%(count)s bước).") % {"count": undone.steps}
            messages.success(request, said)
        return redirect(back)
    whole = may(request.user, "rating.write", round.organisation)
    shown = {
        **frame(request, round, _("Hoàn tác lần ghi vừa rồi"), "grid", may_write=True, whole=whole),
        "saving": last_saving(round, request.user),
        "back": back,
    }
    return render(request, "ratings/grid_undo.html", shown)


def _asked(request: HttpRequest, pk: int) -> Asked:
    round = get_for_user(visible_rounds(request.user, verb="rating.write"), pk=pk)
    whole = may(request.user, "rating.write", round.organisation)
    stages = tuple(stage for stage in STAGES if whole or stage not in RATERS_ONLY)
    stage = request.GET.get("giai-doan", "vote")
    rows = RatingCandidate.objects.filter(
        round=round, voided_at__isnull=True, organisation__in=visible_to(request.user, verb="rating.write")
    )
    place = request.GET.get("don-vi", "").strip()
    chosen = rows
    if place:
        below = OrganisationPath.objects.filter(
            ancestor__code=place,
            voided_at__isnull=True,
            valid_from__lte=round.period_end,
            valid_to__gt=round.period_end,
        )
        chosen = rows.filter(organisation__in=below.values("descendant"))
    ordered = chosen.select_related("member", "organisation", "round").order_by(
        "organisation__position", "organisation__code", "member__sort_key", "pk"
    )
    places = (
        list(Organisation.objects.filter(pk__in=rows.order_by().values("organisation")))
        if round.subject == "members"
        else []
    )
    page = numbered(request, ordered)
    return Asked(round, stage if stage in stages else stages[0], stages, place, page, places, whole)


@dataclass(frozen=True, slots=True)
class Saved:
    """What was saved: how many lines, and the doubts that remain about them."""

    lines: int
    doubts: tuple[str, ...] = ()


def _save(request: HttpRequest, asked: Asked, rows: list[Row]) -> tuple[Saved | None, list[str]]:
    """Save all changed lines. None with what is wrong above the grid (and at the cells) when anything is."""
    on, wrong = _day(request)
    names = levels(asked.round.subject, asked.round.period_end)
    pairs = drafts_of(rows, asked.stage, on, names)
    if wrong:
        return None, [wrong]
    drafts = [draft for _row, draft in pairs]
    shown = {column.name for column in columns_of(asked.stage)}
    replacing = request.POST.get("ly-do", "").strip() or WHY
    doubts = (
        [one for one in check_steps(drafts, replacing=True) if one.severity == "warning"] if drafts else []
    )
    if any(row.errors for row in rows):
        # The rest is judged too, so that everything wrong is seen at once; nothing is written.
        refused = (
            [one for one in check_steps(drafts, replacing=True) if one.severity == "error"] if drafts else []
        )
        return None, put_back(pairs, refused, shown)
    if not drafts:
        return Saved(0), []
    try:
        save_steps(drafts, by=request.user, replacing=replacing)
    except Refused as refused:
        return None, put_back(pairs, refused.problems, shown)
    return Saved(len(drafts), _together(doubts, [str(row.who) for row, _ in pairs])), []


def _together(doubts: Sequence[Problem], names: Sequence[str]) -> tuple[str, ...]:
    """The doubts, each once: whom the same one is about is counted, not repeated."""
    whom: dict[str, list[str]] = {}
    for one in doubts:
        who = names[one.index]
        whom.setdefault(one.message.removeprefix(f"{who}: "), []).append(who)
    return tuple(
        f"{who[0]}: {text}"
        if len(who) == 1
        else _("%(n)s dòng (%(first)s và dòng khác): %(text)s")
        % {"n": len(who), "first": who[0], "text": text}
        for text, who in whom.items()
    )


def _day(request: HttpRequest) -> tuple[date | None, str]:
    try:
        return parse_date(request.POST.get("ngay", "")), ""
    except BadDate as error:
        return None, str(error)


def _tell(request: HttpRequest, saved: Saved) -> None:
    if not saved.lines:
        messages.info(request, _("Không có dòng nào thay đổi."))
        return
    messages.success(request, _("Đã ghi %(count)s dòng.") % {"count": saved.lines})
    if saved.doubts:
        more = len(saved.doubts) - 3
        said = " ".join(saved.doubts[:3])
        messages.warning(
            request, f"{said} {_('Và %(n)s lời nhắc khác.') % {'n': more}}" if more > 0 else said
        )


def _page(request: HttpRequest, asked: Asked, rows: list[Row], above: list[str]) -> HttpResponse:
    names = levels(asked.round.subject, asked.round.period_end)
    columns = columns_of(asked.stage)
    wrong = list(faults(rows))
    day = request.POST.get("ngay") or format_date(today())
    shown: Mapping[str, Any] = {
        **frame(
            request,
            asked.round,
            _("Nhập bảng: %(stage)s") % {"stage": RATING_STAGE.label(asked.stage, lang())},
            "grid",
            may_write=True,
            whole=asked.whole,
        ),
        "asked": asked,
        "page": asked.page,
        "stages": [(code, RATING_STAGE.label(code, lang())) for code in asked.stages],
        "columns": columns,
        "lines": [_line(row, columns) for row in rows],
        "levels": [
            {
                "code": code,
                "name": name,
                "letter": LETTERS.get(code, ""),
                "words": "|".join(words_of(names)[code]),
            }
            for code, name in names.items()
        ],
        "wrong": wrong,
        "above": above,
        "day": day,
        "why": request.POST.get("ly-do", WHY),
    }
    return render(request, "ratings/grid.html", shown, status=REFUSED if wrong or above else 200)


def _line(row: Row, columns: list[GridColumn]) -> dict[str, Any]:
    cells = [
        {
            "column": column,
            "name": f"{column.name}-{row.key}",
            "value": row.typed[column.name],
            "recorded": recorded(row.step, column),
            "errors": row.errors.get(column.name, []),
            "label": f"{column.title}, {row.who}",
        }
        for column in columns
    ]
    return {"row": row, "cells": cells, "step": row.step.pk if row.step else ""}
