"""What is due: for the doer what he owes, for an office also what those below it owe and what waits for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tongket.audit.records import current
from tongket.core.dates import add_months, format_date, today
from tongket.core.worklists import PAPER_CHANGE
from tongket.directives.papers.changes import changes_for
from tongket.obligations.derive import outcome_of
from tongket.obligations.models import Obligation
from tongket.obligations.queries import (
    Powers,
    due_of,
    owed_to,
    own_organisations,
    powers_over,
)
from tongket.obligations.rules import ALLOWED
from tongket.obligations.words import days_left, late_by
from tongket.organisations.queries import visible_to
from tongket.ui.gate import gate, get_for_user, held_verbs
from tongket.ui.lists import EXPORT, workbook_response
from tongket.ui.sheets import Column, list_workbook
from tongket.ui.templatetags.ui import lang, spoken
from tongket.web.work_pages.common import paper_links, tabs

DONE_FOR = 60  # days for which what was done stays on the page
MOST_BELOW, MOST_OWED = 25, 60
CHANGES_FOR, MOST_CHANGES = 30, 10  # days, rows
TONES = {"on_time": "good", "late": "warn", "overdue": "bad", "waiting": ""}


@dataclass(frozen=True, slots=True)
class Card:
    """One obligation as the page shows it."""

    row: Obligation
    when: str
    tone: str
    paper: str
    may_report: bool
    on_behalf: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A paper of the user's that was updated, replaced or revoked lately."""

    text: str
    on: date
    href: str


def paper_changes(request: HttpRequest) -> list[Change]:
    """Changes of the last month to papers that the user's organisations hold (one query)."""
    if "directive.read" not in held_verbs(request):
        return []
    since = timezone.now() - timedelta(days=CHANGES_FOR)
    return [_change(row) for row in changes_for(request.user, since)[:MOST_CHANGES]]


def _change(row: Any) -> Change:
    paper = row.own_paper or row.own_copy or row.handed_paper
    said = _("%(paper)s: %(change)s") % {
        "paper": row.paper_symbol,
        "change": PAPER_CHANGE.label(row.kind, lang()).lower(),
    }
    if row.by_symbol:
        said = _("%(said)s theo %(by)s") % {"said": said, "by": row.by_symbol}
    return Change(said, row.on, reverse("directives:detail", args=[paper]) if paper else "")


@gate("obligation.read")
def due(request: HttpRequest) -> HttpResponse:
    """What is overdue, due this month, later, done; `?cua=CODE` the same of one organisation below."""
    day = today()
    code = request.GET.get("cua", "").strip()
    seen = visible_to(request.user, "obligation.read")
    other = get_for_user(seen, code=code) if code else None
    mine = [other] if other else list(own_organisations(request.user))
    rows = list(due_of(mine, day, day - timedelta(days=DONE_FOR)))
    if request.GET.get(EXPORT) == "xlsx":
        return _workbook(mine, rows, day)
    shown = {
        "title": _("Việc đến hạn"),
        "day": day,
        "other": other,
        "mine": mine,
        "parts": _groups(_cards(request, rows, day), day),
        "tabs": tabs(request, "obligations:due"),
        "may_write": "obligation.write" in held_verbs(request),
        "several": len(mine) > 1,
    }
    if other is None:
        shown |= {
            "changes": paper_changes(request),
            "owed": owed_to(seen.values("pk"), day)[:MOST_OWED],
            "below": _below(seen, mine, day),
            "most_below": MOST_BELOW,
        }
    return render(request, "work/due.html", shown)


def _workbook(mine: Sequence[Any], rows: Sequence[Obligation], day: date) -> HttpResponse:
    columns = [
        Column(_("Việc"), 60),
        Column(_("Loại"), 18),
        Column(_("Người giao"), 40),
        Column(_("Đơn vị thực hiện"), 40),
        Column(_("Hạn đầu"), 13, "date"),
        Column(_("Hạn"), 13, "date"),
        Column(_("Tình trạng"), 20),
        Column(_("Ngày báo cáo"), 13, "date"),
        Column(_("Căn cứ"), 40),
    ]
    lines = [
        [
            row.demand.title,
            str(spoken(row.demand.get_kind_display())),
            row.demand.organisation.name,
            row.organisation.name,
            row.due_on,
            row.deadline,
            str(spoken(row.get_state_display())),
            row.fulfilled_on,
            row.demand.about_label,
        ]
        for row in rows
    ]
    said = _("%(whose)s; tính đến %(day)s, kể cả việc đã báo cáo trong %(days)s ngày qua") % {
        "whose": ", ".join(one.name for one in mine),
        "day": format_date(day),
        "days": DONE_FOR,
    }
    title = _("Việc đến hạn")
    return workbook_response(list_workbook(title, said, columns, lines), title)


def _cards(request: HttpRequest, rows: Sequence[Obligation], day: date) -> list[Card]:
    papers = paper_links(request, [row.demand.about for row in rows])
    powers = powers_over(request.user, rows)
    return [_card(row, powers[row.pk], papers.get(row.demand.about, ""), day) for row in rows]  # type: ignore[arg-type]


def _card(row: Obligation, powers: Powers, paper: str, day: date) -> Card:
    done = row.fulfilled_on is not None
    when = late_by(row.fulfilled_on, row.deadline) if row.fulfilled_on else days_left(row.deadline, day)
    tone = TONES[outcome_of(row, day)]
    if not done and not tone and (row.deadline - day).days <= 7:
        tone = "warn"
    return Card(row, when, tone, paper, powers.doer and row.state in ALLOWED["reported"], powers.on_behalf)


def _groups(cards: Sequence[Card], day: date) -> list[tuple[str, str, list[Card]]]:
    """(key, heading, cards) of each group that has any."""
    month_end = add_months(day.replace(day=1), 1)
    parts: dict[str, list[Card]] = {"overdue": [], "month": [], "later": [], "done": []}
    for card in cards:
        if card.row.fulfilled_on is not None:
            parts["done"].append(card)
        elif card.row.deadline < day:
            parts["overdue"].append(card)
        else:
            parts["month" if card.row.deadline < month_end else "later"].append(card)
    parts["done"].sort(key=lambda card: card.row.fulfilled_on or day, reverse=True)
    headings = {
        "overdue": _("Quá hạn"),
        "month": _("Đến hạn trong tháng"),
        "later": _("Tháng sau trở đi"),
        "done": _("Đã báo cáo"),
    }
    return [(key, headings[key], parts[key]) for key in parts if parts[key]]


def _below(seen: Any, mine: Sequence[Any], day: date) -> list[Any]:
    """Organisations below that owe something, the latest first."""
    rows = current(
        Obligation.objects.filter(
            organisation__in=seen.values("pk"), demand__voided_at=None, fulfilled_on=None
        )
    ).exclude(organisation__in=mine)
    counted = rows.values("organisation__code", "organisation__name").annotate(
        open=Count("pk"), overdue=Count("pk", filter=Q(deadline__lt=day))
    )
    return list(
        counted.order_by("-overdue", "-open", "organisation__position", "organisation__code")[
            : MOST_BELOW + 1
        ]
    )
