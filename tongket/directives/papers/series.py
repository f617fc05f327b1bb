"""Numbers of issued papers: per organisation, kind and body, running through the committee's term.

The issued papers of the book and the plans that answer directives are numbered together. A plan entered in both, with
the same symbol and day, is one paper.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tongket.audit.records import chunks, current
from tongket.core.references import letters_of
from tongket.core.text import tidy
from tongket.directives.models import Directive, Plan
from tongket.directives.papers.issuing import letters_of_body, symbol_of
from tongket.organisations.models import CommitteeTerm, Organisation

NO_TERM = 0
#: term (0: outside every term), kind, body in capitals
Key = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Paper:
    """One numbered paper: `what` is "directive" or "plan"."""

    what: str
    pk: int
    organisation_id: int
    kind: str
    number: int
    symbol: str
    issued_on: date
    subject: str

    @property
    def same(self) -> tuple[str, date]:
        """Papers that agree in this are one paper, entered as what was issued and as what answers a directive."""
        return symbol_key(self.symbol), self.issued_on


@dataclass(frozen=True, slots=True)
class Term:
    """A committee's term with its last day exclusive."""

    pk: int
    name: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Series:
    """The numbers used in one series. `gaps`: first and last number of each hole; `doubles`: number -> its papers."""

    kind: str
    body: str
    papers: tuple[Paper, ...]
    last: int
    gaps: tuple[tuple[int, int], ...]
    doubles: Mapping[int, tuple[Paper, ...]]

    @property
    def next_symbol(self) -> str:
        """The symbol that the next paper gets."""
        return symbol_of(self.last + 1, self.kind, self.body)


def symbol_key(symbol: str) -> str:
    """Number and symbol as compared: case and spaces do not make another document (diacritics do: QĐ is not QD)."""
    return tidy(symbol).casefold().replace(" ", "")


def body_of(symbol: str) -> str:
    """The body's letters in a symbol, in capitals; "" when it names none."""
    return tidy(symbol).rpartition("/")[2].strip().upper() if "/" in symbol else ""


def terms_of(organisations: Iterable[int]) -> dict[int, list[Term]]:
    """The standing terms of committees, by the organisation's key."""
    found: dict[int, list[Term]] = {}
    for ids in chunks(organisations):
        rows = current(CommitteeTerm.objects.filter(organisation__in=ids)).order_by("valid_from", "pk")
        for row in rows:
            term = Term(row.pk, row.name, row.valid_from, row.valid_to)
            found.setdefault(row.organisation_id, []).append(term)
    return found


def term_on(terms: Sequence[Term], day: date) -> int:
    """Key of the term that holds on a day; `NO_TERM` for a day outside all (and where no term is recorded)."""
    return next((term.pk for term in terms if term.start <= day < term.end), NO_TERM)


def papers_of(
    organisations: Iterable[int], *, kinds: Iterable[str] = (), numbers: Iterable[int] = ()
) -> list[Paper]:
    """The numbered papers that organisations issued, all or those of some kinds and numbers."""
    narrow: dict[str, Any] = {"number__isnull": False}
    if asked := sorted(set(kinds)):
        narrow["kind__in"] = asked
    if some := sorted(set(numbers)):
        # A long list is narrowed by its ends only: databases limit the parameters of a query.
        narrow |= {"number__in": some} if len(some) <= 500 else {"number__range": (some[0], some[-1])}
    columns = ("pk", "organisation_id", "kind", "number", "symbol", "issued_on", "subject")
    found: list[Paper] = []
    for ids in chunks(organisations):
        issued = Directive.objects.filter(organisation__in=ids, book="issued", **narrow)
        plans = Plan.objects.filter(organisation__in=ids, **narrow)
        for what, rows in (("directive", issued), ("plan", plans)):
            found += [Paper(what, *row) for row in current(rows).order_by("pk").values_list(*columns)]
    return found


def next_number(organisation: Organisation, kind: str, on: date, body: str = "") -> int:
    """The number that the next paper of a kind gets in the term of a day.

    Asked inside an act it is certain (the ledger's lock is held until the paper is written), outside it is an offer.
    `body` "" : the organisation's own letters.
    """
    terms = terms_of([organisation.pk]).get(organisation.pk, [])
    wanted = (term_on(terms, on), (body or letters_of_body(organisation)).upper())
    used = [
        paper.number
        for paper in papers_of([organisation.pk], kinds=[kind])
        if (term_on(terms, paper.issued_on), body_of(paper.symbol)) == wanted
    ]
    return max(used, default=0) + 1


def offered_symbol(organisation: Organisation, kind: str, on: date) -> str:
    """The symbol that the next paper of a kind would bear: 16-KH/HU."""
    body = letters_of_body(organisation)
    return symbol_of(next_number(organisation, kind, on, body), kind, body)


def all_series(organisation: Organisation, term: int, terms: Sequence[Term]) -> list[Series]:
    """Every series of an organisation in a term, by letters and body."""
    groups: dict[tuple[str, str], list[Paper]] = {}
    for paper in papers_of([organisation.pk]):
        if term_on(terms, paper.issued_on) == term:
            groups.setdefault((paper.kind, body_of(paper.symbol)), []).append(paper)
    return [
        _series(kind, body, papers)
        for (kind, body), papers in sorted(groups.items(), key=lambda one: (letters_of(one[0][0]), one[0]))
    ]


def _series(kind: str, body: str, papers: list[Paper]) -> Series:
    by_number: dict[int, dict[tuple[str, date], Paper]] = {}
    for paper in papers:
        by_number.setdefault(paper.number, {}).setdefault(paper.same, paper)
    numbers = sorted(by_number)
    gaps = [
        (before + 1, after - 1)
        for before, after in zip([0, *numbers], numbers, strict=False)
        if after > before + 1
    ]
    doubles = {number: tuple(own.values()) for number, own in by_number.items() if len(own) > 1}
    one_each = sorted(
        (paper for own in by_number.values() for paper in own.values()), key=lambda p: (p.number, p.issued_on)
    )
    return Series(kind, body, tuple(one_each), numbers[-1], tuple(gaps), doubles)
