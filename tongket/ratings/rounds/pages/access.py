"""How a page about a round gets it, and what the user may do there.

Who holds the duty at the organisation that rates does everything; who keeps the books of one cell or body on the list
sees and enters that part: its self-ratings and votes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.core.judging import RATED
from tongket.core.periods import parse_period
from tongket.core.problems import Conflict, Problem, Refused
from tongket.ratings.rounds.models import RatingCandidate, RatingRound, RoundDecision
from tongket.ratings.rounds.queries import STAGES, decision_of, visible_candidates, visible_rounds
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import get_for_user, held_verbs, verbs_for
from tongket.ui.records.pages import CONFIRMED, conflict_page
from tongket.ui.shell.errors import Missing
from tongket.ui.templatetags.ui import lang

#: What a cell or body enters about its own; the rest is for whoever holds the round.
OWN_STAGES = ("self", "vote")


@dataclass(frozen=True, slots=True)
class Standing:
    """A round on a page: its decision if there is one; whether the user reads all of it, holds it, writes anywhere."""

    round: RatingRound
    decision: RoundDecision | None
    reads: bool
    holds: bool
    writes: bool

    @property
    def is_open(self) -> bool:
        """Whether anything may still be entered."""
        return self.decision is None

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages that the user may enter."""
        if not self.is_open or not self.writes:
            return ()
        return STAGES if self.holds else OWN_STAGES


def round_for(request: HttpRequest, pk: int, verb: str = "rating.read") -> Standing:
    """The standing row of the round that the address names, whichever row of it that was. Raises `Missing` (404)."""
    named = get_for_user(RatingRound.objects.all(), pk=pk)
    rows = visible_rounds(request.user, verb=verb).select_related("parent")
    row = get_for_user(rows, identity=named.identity)
    held = held_verbs(request)
    here = verbs_for(request, row.organisation)
    return Standing(
        row, decision_of(row), "rating.read" in here, "rating.write" in here, "rating.write" in held
    )


def held_round(request: HttpRequest, pk: int) -> Standing:
    """The round for whoever holds `rating.write` at the organisation that rates. Raises `Missing` (404)."""
    standing = round_for(request, pk, "rating.write")
    if not standing.holds:
        raise Missing(_("Không tìm thấy trang này, hoặc bạn không được giao xem."))
    return standing


def candidate_for(
    request: HttpRequest, standing: Standing, pk: int, verb: str = "rating.read"
) -> RatingCandidate:
    """The standing row of one on the list, by the id of any of its rows, where the user holds `verb`."""
    mine = visible_candidates(request.user, verb=verb).filter(round=standing.round)
    found = mine.filter(pk=pk).first()
    if found is not None:
        return found
    old = get_for_user(RatingCandidate.objects.filter(round=standing.round), pk=pk)
    return get_for_user(mine, identity=old.identity)


def round_name(round: RatingRound) -> str:
    """The round in words: of whom, for when."""
    what = RATED.label(round.subject, lang()).lower()
    return _("Xếp loại %(what)s %(period)s") % {
        "what": what,
        "period": parse_period(round.period).label(lang()),
    }


def frame(standing: Standing, title: str = "", *more: tuple[str, str]) -> dict[str, Any]:
    """What every page about a round shows around its own part; `more` are crumbs between the round and the page."""
    name = round_name(standing.round)
    # Back to the list of the round's own year, whatever period was chosen last.
    listed = f"{reverse('ratings:round_list')}?ky={standing.round.period_end.year}"
    crumbs = [(_("Đợt xếp loại"), listed)]
    if title:
        crumbs += [(name, reverse("ratings:round", args=[standing.round.pk])), *more]
    return {
        "title": title or name,
        "round": standing.round,
        "round_name": name,
        "decided": standing.decision,
        "standing": standing,
        "crumbs": [*crumbs, (title or name, "")],
    }


def told(request: HttpRequest, text: str) -> None:
    """Say what was done."""
    messages.success(request, text)


def attempt(request: HttpRequest, deed: Callable[[], Any], done: str, back: str) -> HttpResponse:
    """Do one thing of a button, say how it went, and lead back; what refuses it is said, not lost."""
    try:
        deed()
    except Refused as refused:
        for problem in refused.problems:
            messages.error(request, problem.message)
    except Conflict as conflict:
        return conflict_page(request, str(conflict), back)
    else:
        told(request, done)
    return redirect(back)


def passes(request: HttpRequest, form: Any, found: list[Problem]) -> bool:
    """Show findings at the form. True when there is no error and every doubt was confirmed."""
    problems_to_form(form, found)
    return form.is_valid() and (not form.warnings or request.POST.get(CONFIRMED) == "1")
