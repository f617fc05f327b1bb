"""Reading the bulletins, always through what the user may see; asking the register for names in a text."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from tongket.audit.records import chunks, current
from tongket.bulletins.identifiers import Trace, clean, runs, traces, words_of
from tongket.bulletins.models import Bulletin
from tongket.core.dates import add_months
from tongket.core.worklists import MOOD_TOPIC
from tongket.members.models import Member
from tongket.organisations.models import Organisation
from tongket.organisations.queries import visible_to


def visible_bulletins(user: Any, *, with_voided: bool = False) -> QuerySet[Bulletin]:
    """Bulletins of the organisations where the user may read them (`bulletin.read`)."""
    rows = Bulletin.objects.filter(organisation__in=visible_to(user, verb="bulletin.read"))
    return (rows if with_voided else current(rows)).select_related("organisation")


def names_among(folded: Iterable[str]) -> dict[str, list[str]]:
    """Which of these folded names people of the register bear, and how they are written.

    Every name of the register counts, whoever asks: the question is whether a text names a person. The text's runs
    of words are looked up in the index of folded names, so the size of the register does not matter.
    """
    found: dict[str, list[str]] = {}
    for part in chunks(folded):
        rows = Member.objects.filter(folded_name__in=part).order_by().values_list("folded_name", "full_name")
        for key, name in rows.distinct():
            found.setdefault(key, []).append(name)
    return found


def traces_in(*texts: str) -> list[list[Trace]]:
    """All that leads to a person, text by text; the register is asked once for all of them."""
    asked: set[str] = set()
    for text in texts:
        plain = clean(text)
        asked.update(folded for folded, _first, _past in runs(plain, words_of(plain)))
    names = names_among(sorted(asked))
    return [traces(text, names) for text in texts]


@dataclass(frozen=True, slots=True)
class Counted:
    """A topic's row: notes by month, in all, and how many were answered."""

    topic: str
    by_month: tuple[int, ...]
    total: int
    answered: int


def counts(rows: QuerySet[Bulletin], months: Iterable[date]) -> list[Counted]:
    """Notes by topic and month, topics in the list's order, those without a note left out."""
    wanted = list(months)
    grouped = (
        rows.filter(month__in=wanted)
        .order_by()
        .values("topic", "month")
        .annotate(notes=Count("pk"), done=Count("pk", filter=Q(answered_on__isnull=False)))
    )
    held: dict[str, dict[date, tuple[int, int]]] = {}
    for row in grouped:
        held.setdefault(row["topic"], {})[row["month"]] = (row["notes"], row["done"])
    return [
        Counted(
            topic,
            tuple(cells.get(month, (0, 0))[0] for month in wanted),
            sum(notes for notes, _done in cells.values()),
            sum(done for _notes, done in cells.values()),
        )
        for topic in MOOD_TOPIC.values
        if (cells := held.get(topic))
    ]


def of_month(
    rows: QuerySet[Bulletin], month: date, organisation: Organisation
) -> list[tuple[str, list[Bulletin]]]:
    """An organisation's own notes of a month, by topic in the list's order."""
    by_topic: dict[str, list[Bulletin]] = {}
    for row in rows.filter(organisation=organisation, month=month).order_by("id"):
        by_topic.setdefault(row.topic, []).append(row)
    return [(topic, by_topic[topic]) for topic in MOOD_TOPIC.values if topic in by_topic]


def months_of(start: date, end: date) -> list[date]:
    """First days of the months between two days."""
    found = [start.replace(day=1)]
    while (later := add_months(found[-1], 1)) <= end:
        found.append(later)
    return found
