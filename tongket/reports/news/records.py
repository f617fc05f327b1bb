"""What the news text tells beside the figures: the conference, papers made known, events, conclusions, related items.

Everything is read as known at the report's own moment, and only what the viewer may read; None is the machine's
operator.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.utils import timezone

from tongket.bulletins.models import Bulletin
from tongket.conferences.calling.roles import ROLES
from tongket.conferences.models import AgendaItem, Conclusion, Conference, Invitation
from tongket.core.codelists import DOCUMENT_KIND
from tongket.core.dates import format_date
from tongket.core.periods import Kind
from tongket.core.worklists import MOOD_TOPIC
from tongket.directives.models import Directive, StudySession
from tongket.events.anniversaries import anniversary
from tongket.events.models import Event, Twinning
from tongket.figures.targets import known_then
from tongket.organisations.queries import visible_to
from tongket.reports.facts import ReportFacts
from tongket.reports.news.people import chairs_of
from tongket.reports.news.telling import lower, said

#: The conference on a period is held around its end; a year's between November and March.
_BEFORE_END, _AFTER_END = timedelta(days=61), timedelta(days=90)
_KIND_OF_CONFERENCE = {Kind.YEAR: "year_end", Kind.HALF: "mid_year"}
#: So many papers of the year's own are named among the related items.
_ISSUED = 3
_HELD = ("running", "closed")

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Held:
    """The conference at which the year was reviewed. `invited` are the roles called, as the notice words them."""

    title: str
    on: date
    place: str
    chairs: tuple[str, ...]
    invited: tuple[str, ...]
    papers: tuple[str, ...]
    conclusions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Celebrated:
    """An event of the period, as a sentence names it."""

    title: str
    when: str
    years: int | None  # of a twinning, when it is round and the title does not say it


@dataclass(frozen=True, slots=True)
class Related:
    """One related item: its title and its day (None when the title bears it). Links are the portal's to make."""

    kind: str  # conference | received | issued | bulletin
    title: str
    on: date | None = None
    month: bool = False  # only the month of `on` counts


@dataclass(frozen=True, slots=True)
class YearRecords:
    """All records of a period that the text tells."""

    conference: Held | None
    called: Conference | None  # the row itself, held or still to come: slides bear its day
    events: tuple[Celebrated, ...]
    related: tuple[Related, ...]


def records_of(facts: ReportFacts, viewer: Any = None) -> YearRecords:
    """The records of the report's organisation and period; at most a dozen questions to the database."""
    moment = facts.now.as_known_at

    def readable(rows: "QuerySet[Row]", verb: str) -> "QuerySet[Row]":
        known = rows.filter(known_then(moment), organisation=facts.organisation)
        return known if viewer is None else known.filter(organisation__in=visible_to(viewer, verb=verb))

    called = _conference(readable(Conference.objects.all(), "conference.read"), facts)
    directives = readable(Directive.objects.all(), "directive.read")
    agenda = _agenda(called, directives, moment) if called is not None else []
    held = called if called is not None and called.state in _HELD else None
    events = readable(Event.objects.all(), "event.read")
    bulletins = readable(Bulletin.objects.all(), "bulletin.read")
    related: list[Related] = []
    if held is not None:
        related.append(Related("conference", said(held.title), held.on))
    related += _papers(agenda, directives, facts, moment)
    related += _bulletins(bulletins, facts)
    return YearRecords(
        _held(held, agenda, moment) if held is not None else None,
        called,
        tuple(_events(events, facts, moment)),
        tuple(related),
    )


def paper_name(paper: Directive) -> str:
    """'Nghị quyết số 33-NQ/TU ngày 20/11/2023 của Ban Thường vụ Tỉnh ủy về …'."""
    subject = said(paper.subject).rstrip(".;")
    about = subject if not subject or subject.lower().startswith("về ") else f"về {lower(subject)}"
    number = "số " if paper.symbol[:1].isdigit() else ""
    return said(
        f"{DOCUMENT_KIND.label(paper.kind)} {number}{paper.symbol} ngày {format_date(paper.issued_on)} "
        f"của {paper.issuer} {lower(about)}"
    )


def _conference(rows: QuerySet[Conference], facts: ReportFacts) -> Conference | None:
    """The year-end (half-year: mid-year) conference around the period's end, one that was held before any other."""
    kind = _KIND_OF_CONFERENCE.get(facts.period.kind)
    if kind is None:
        return None
    end = facts.period.end
    first, last = (
        timezone.make_aware(datetime.combine(day, time.min)) for day in (end - _BEFORE_END, end + _AFTER_END)
    )
    found = rows.filter(kind=kind, starts_at__gte=first, starts_at__lt=last).exclude(state="draft")
    return min(found.order_by("-starts_at", "-id"), key=lambda row: row.state not in _HELD, default=None)


def _agenda(called: Conference, directives: QuerySet[Directive], moment: datetime | None) -> list[Directive]:
    """The papers made known at the conference, in the order of its agenda."""
    items = AgendaItem.objects.filter(known_then(moment), conference=called, directive__isnull=False)
    ordered = items.order_by("position", "id").values_list("directive", flat=True)
    wanted = list(dict.fromkeys(identity for identity in ordered if identity is not None))
    found = {row.identity: row for row in directives.filter(identity__in=wanted)}
    return [found[identity] for identity in wanted if identity in found]


def _held(conference: Conference, agenda: Iterable[Directive], moment: datetime | None) -> Held:
    rules = set(
        Invitation.objects.filter(known_then(moment), conference=conference)
        .order_by()
        .values_list("rule", flat=True)
        .distinct()
    )
    conclusions = Conclusion.objects.filter(known_then(moment), conference=conference)
    return Held(
        title=said(conference.title),
        on=conference.on,
        place=said(conference.place),
        chairs=chairs_of(conference),
        # What stands in brackets explains the rule to the office, not to the reader.
        invited=tuple(role.name.partition(" (")[0] for role in ROLES.values() if role.id in rules),
        papers=tuple(paper_name(paper) for paper in agenda),
        conclusions=tuple(said(row.text).rstrip(".;") for row in conclusions.order_by("position", "id")),
    )


def _events(rows: QuerySet[Event], facts: ReportFacts, moment: datetime | None) -> Iterable[Celebrated]:
    """Those of the period: of a twinning and of round years first."""
    end = min(facts.as_at, facts.period.end)
    found = list(
        rows.filter(starts_on__gte=facts.period.start, starts_on__lte=end).order_by("starts_on", "id")
    )
    named = [event.twinning for event in found if event.twinning is not None]
    twinnings = Twinning.objects.filter(known_then(moment), identity__in=named)
    since = {row.identity: (row.since_year, row.since_on) for row in twinnings}

    def years(event: Event) -> int | None:
        start = since.get(event.twinning) if event.twinning else None
        if start is None and event.marks_year is not None:
            start = (event.marks_year, event.marks_on)
        turned = anniversary(*start, event.starts_on.year) if start else None
        return turned.years if turned is not None and turned.is_round else None

    for event in sorted(
        found, key=lambda one: (one.twinning is None, years(one) is None, one.starts_on, one.pk)
    ):
        title, count = said(event.title), years(event)
        is_said = count is None or event.twinning is None or str(count) in title.split()
        yield Celebrated(title, _days(event.starts_on, event.ends_on), None if is_said else count)


def _days(first: date, last: date) -> str:
    if first == last:
        return f"ngày {format_date(first)}"
    return f"từ ngày {format_date(first)} đến ngày {format_date(last)}"


def _papers(
    agenda: Iterable[Directive], directives: QuerySet[Directive], facts: ReportFacts, moment: datetime | None
) -> Iterable[Related]:
    """Papers made known at the conference or studied in the period, then the latest of the committee's own."""
    start, end = facts.period.start, min(facts.as_at, facts.period.end)
    sessions = StudySession.objects.filter(
        known_then(moment), directive__isnull=False, held_on__gte=start, held_on__lte=end
    )
    studied = directives.filter(
        book="received", received_on__gte=start, received_on__lte=end, pk__in=sessions.values("directive")
    ).order_by("issued_on", "pk")
    named = {row.identity: row for row in (*agenda, *studied)}
    yield from (Related("received", paper_name(row)) for row in named.values())
    issued = directives.filter(
        book="issued", kind__in=("NQ", "CT", "KL"), issued_on__gte=start, issued_on__lte=end
    ).order_by("-issued_on", "-pk")
    yield from (Related("issued", paper_name(row)) for row in issued[:_ISSUED] if row.identity not in named)


def _bulletins(rows: QuerySet[Bulletin], facts: ReportFacts) -> Iterable[Related]:
    """By topic and month; only those that were answered are for the public."""
    found = rows.filter(
        month__gte=facts.period.start,
        month__lte=min(facts.as_at, facts.period.end),
        answered_on__isnull=False,
        answered_on__lte=facts.as_at,
    )
    for row in found.order_by("month", "id"):
        yield Related(
            "bulletin", f"Trả lời dư luận xã hội: {MOOD_TOPIC.label(row.topic)}", row.month, month=True
        )
