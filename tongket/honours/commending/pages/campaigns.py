"""Pages of campaigns: the list, the forms, and the board: titles × proposed, passed, council, decided."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.core.dates import FOREVER, today
from tongket.core.periods import Period, parse_period
from tongket.honours.commending import facts
from tongket.honours.commending.gates import Cap
from tongket.honours.commending.kinds import ROUND, title_words
from tongket.honours.commending.models import CommendationRound, CommendationTitle
from tongket.honours.commending.pages.forms import CampaignForm
from tongket.honours.commending.pages.frame import Line, Work, frame, round_for, work_of
from tongket.honours.commending.pages.titles import TITLES, TitleFilters, TitleTable
from tongket.honours.commending.queries import visible_rounds
from tongket.organisations.models import Organisation
from tongket.ui.context import ViewContext, view_context
from tongket.ui.gate import gate, held_verbs
from tongket.ui.records.pages import RecordPages
from tongket.ui.templatetags.ui import lang


def _in_period(rows: Any, period: Period) -> Any:
    return rows.filter(period_end__gte=period.start, period_end__lte=period.end)


def _start(request: HttpRequest, view: ViewContext) -> dict[str, Any]:
    name = f"Khen thưởng {view.period.label()}"
    return {
        "organisation": view.organisation,
        "period": view.period.code,
        "name": name,
        "opened_on": today(),
    }


# The list is a page of its own (a campaign of the level above is listed, too); only the forms are used.
ROUNDS = RecordPages(
    kind=ROUND,
    names="honours:commending_",
    noun=gettext_lazy("đợt khen thưởng"),
    title=gettext_lazy("Đợt khen thưởng"),
    new_text=gettext_lazy("Mở đợt khen thưởng"),
    read="honour.read",
    write="honour.write",
    visible=visible_rounds,
    in_period=_in_period,
    form=CampaignForm,
    table=TitleTable,
    filters=TitleFilters,
    start=_start,
)


@gate("honour.read")
def listing(request: HttpRequest) -> HttpResponse:
    """The campaigns of the period chosen: those of the user's organisations and those that ask them."""
    view = view_context(request, "honour.read")
    rows = list(visible_rounds(request.user).order_by("-period_end", "-opened_on", "-id")[:200])
    here = [row for row in rows if view.period.start <= row.period_end <= view.period.end]
    page = {
        "title": _("Đợt khen thưởng"),
        "view": view,
        "parts": [
            (view.period.label(lang()), here),
            (_("Đợt khác"), [row for row in rows if row not in here]),
        ],
        "rows": rows,
        "may_open": "honour.write" in held_verbs(request),
        "tabs": [
            (text, reverse(name), name == "honours:commending_list") for text, name, _verb in TITLES.tabs
        ],
    }
    return render(request, "honours/commending/list.html", page)


@dataclass(frozen=True, slots=True)
class TitleRow:
    """One title of the board."""

    title: CommendationTitle
    words: str
    proposed: int
    passed: int
    doubtful: int
    failed: int
    recommended: int
    commended: int
    refused: int
    cap: Cap


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """One office that proposes: how many, how many of them decided."""

    organisation: Organisation
    proposed: int
    commended: int
    open: int


@gate("honour.read")
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the campaign stands: titles × steps, progress by office, what was set aside."""
    round_ = round_for(request, pk)
    page = frame(request, round_, round_.name, "commending")
    work = work_of(request, round_)
    # One step after the other: the next thing to do is said above the table.
    page |= {
        "period": parse_period(round_.period),
        "rows": _title_rows(round_, work),
        "offices": _offices(round_, work, whole=page["reads_all"]),
        "total": len(work.lines),
        "commended": sum(bool(line.proposal.commended) for line in work.lines),
        "waiting": sum(
            line.proposal.commended is None and line.proposal.view_recommended is None for line in work.lines
        ),
        "decisions": _decisions(work) if page["reads_all"] else [],
        "overrides": _overrides(work) if page["reads_all"] else [],
        "late": round_.propose_by is not None and round_.propose_by < today(),
        "day": round_.period_end,
    }
    return render(request, "honours/commending/board.html", page)


def _title_rows(round_: CommendationRound, work: Work) -> list[TitleRow]:
    by_title: dict[Any, list[Line]] = defaultdict(list)
    for line in work.lines:
        by_title[line.title.identity].append(line)
    counts = {
        key: sum(line.proposal.commended is not False for line in lines) for key, lines in by_title.items()
    }
    caps = facts.caps(round_, work.titles.values(), counts)
    found = []
    for identity, title in work.titles.items():
        lines = by_title[identity]
        outcomes = [line.outcome for line in lines]
        found.append(
            TitleRow(
                title,
                title_words(title, lang()),
                len(lines),
                outcomes.count("passed"),
                outcomes.count("doubtful"),
                outcomes.count("failed"),
                recommended=sum(bool(line.proposal.view_recommended) for line in lines),
                commended=sum(line.proposal.commended is True for line in lines),
                refused=sum(line.proposal.commended is False for line in lines),
                cap=caps[identity],
            )
        )
    return found


def _offices(round_: CommendationRound, work: Work, *, whole: bool) -> list[OfficeRow]:
    by_office: dict[int, list[Line]] = defaultdict(list)
    known: dict[int, Organisation] = {}
    if whole:
        asked = Organisation.objects.filter(parent=round_.organisation_id, ends_on=FOREVER)
        known = {one.pk: one for one in asked.order_by("position", "code")}
    for line in work.lines:
        by_office[line.proposal.proposed_by_id].append(line)
        known.setdefault(line.proposal.proposed_by_id, line.proposal.proposed_by)
    return [
        OfficeRow(
            one,
            len(by_office[key]),
            sum(bool(line.proposal.commended) for line in by_office[key]),
            sum(line.proposal.commended is None for line in by_office[key]),
        )
        for key, one in known.items()
    ]


def _decisions(work: Work) -> list[Any]:
    """One proposal of each decision, which carries its number, day and body; no further question."""
    found = {line.proposal.decision_pk: line.proposal for line in work.lines if line.proposal.decision_pk}
    return [found[key] for key in sorted(found)]


def _overrides(work: Work) -> list[tuple[str, Any]]:
    names = {line.proposal.identity: line.name for line in work.lines}
    titles = {identity: title.name for identity, title in work.titles.items()}
    return [
        (names.get(one.proposal) if one.proposal else titles.get(one.title), one)  # type: ignore[misc, arg-type]
        for one in work.overrides
    ]
