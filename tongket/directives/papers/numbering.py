"""What must hold of symbols, and of the numbers of issued papers: the key is kind + number + body + term."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tongket.audit.records import Numbered
from tongket.core.codelists import DOCUMENT_KIND, GIVER
from tongket.core.dates import format_date
from tongket.core.problems import Problem
from tongket.core.references import BadSymbol, body_level, kinds_of, letters_of, parse_symbol
from tongket.core.text import tidy
from tongket.directives.drafts import DirectiveDraft, PlanDraft
from tongket.directives.papers.series import (
    Paper,
    Term,
    body_of,
    offered_symbol,
    papers_of,
    symbol_key,
    term_on,
    terms_of,
)
from tongket.organisations.models import Organisation


def symbol_rules(kind: str, symbol: str, level: str, index: int) -> Iterator[Problem]:
    """A symbol of this kind and level. What is wrong is refused, what is merely unusual is to be confirmed.

    Papers of the State are numbered otherwise (45/2023/NĐ-CP) and not judged. `level` "" : not known.
    """
    if level == "state":
        return
    try:
        read = parse_symbol(symbol)
    except BadSymbol as bad:
        yield Problem("symbol", str(bad), "warning" if bad.unusual else "error", index)
        return
    if kind not in kinds_of(read.letters):
        other = " hoặc ".join(DOCUMENT_KIND.label(code).lower() for code in kinds_of(read.letters))
        yield Problem(
            "symbol",
            f"“{read.letters}” là ký hiệu của {other}, còn loại văn bản đã chọn là "
            f"{DOCUMENT_KIND.label(kind).lower()} ({letters_of(kind)}). Hãy sửa một trong hai.",
            index=index,
        )
    said = body_level(read.body)
    if level and said and said != level:
        yield Problem(
            "issuer_level",
            f"“{read.body}” trong ký hiệu thường là của cấp “{GIVER.label(said)}”, "
            f"còn cấp ban hành đã chọn là “{GIVER.label(level)}”. Hãy kiểm tra lại.",
            "warning",
            index,
        )


@dataclass(frozen=True, slots=True)
class _New:
    """A numbered paper that is about to be entered."""

    organisation: Organisation
    kind: str
    number: int
    symbol: str
    issued_on: date
    index: int

    @property
    def same(self) -> tuple[str, date]:
        return symbol_key(self.symbol), self.issued_on


def _number(symbol: str) -> int | None:
    digits = tidy(symbol).partition("-")[0].strip()
    return int(digits) if digits.isdecimal() and len(digits) < 7 else None


def number_rules(drafts: Numbered[DirectiveDraft]) -> Iterator[Problem]:
    """No number twice in one series of issued papers."""
    new = [
        _New(d.organisation, d.kind, number, d.symbol, d.issued_on, index)
        for index, d in drafts
        if d.book == "issued" and (number := _number(d.symbol)) is not None
    ]
    yield from _doubles(new, of_plans="error")


def plan_number_rules(drafts: Numbered[PlanDraft]) -> Iterator[Problem]:
    """A plan takes no number of another issued paper; two plans of one number are doubtful (older books have them)."""
    new = [
        _New(d.organisation or d.directive.organisation, d.kind, number, d.symbol, d.issued_on, index)
        for index, d in drafts
        if (number := _number(d.symbol)) is not None
    ]
    yield from _doubles(new, of_plans="warning")


def _doubles(new: list[_New], *, of_plans: str) -> Iterator[Problem]:
    if not new:
        return
    owners = [one.organisation.pk for one in new]
    terms = terms_of(owners)
    known: dict[tuple[object, ...], list[Paper | _New]] = {}
    for paper in papers_of(owners, kinds=[n.kind for n in new], numbers=[n.number for n in new]):
        known.setdefault(_key(paper.organisation_id, paper, terms), []).append(paper)
    for one in new:
        there = known.setdefault(_key(one.organisation.pk, one, terms), [])
        clash = next((paper for paper in there if paper.same != one.same), None)
        if clash is not None:
            doubtful = of_plans == "warning" and not (isinstance(clash, Paper) and clash.what == "directive")
            yield _taken(one, clash, doubtful)
        there.append(one)


def _key(owner: int, paper: Paper | _New, terms: dict[int, list[Term]]) -> tuple[object, ...]:
    term = term_on(terms.get(owner, []), paper.issued_on)
    return owner, term, paper.kind, paper.number, body_of(paper.symbol)


def _taken(one: _New, clash: Paper | _New, doubtful: bool) -> Problem:
    free = offered_symbol(one.organisation, one.kind, one.issued_on)
    return Problem(
        "symbol",
        f"Số {one.number} đã dùng cho {DOCUMENT_KIND.label(one.kind).lower()} {clash.symbol} ngày "
        f"{format_date(clash.issued_on)} trong cùng nhiệm kỳ. Số tiếp theo là {free}.",
        "warning" if doubtful else "error",
        one.index,
    )
