"""Binding references that say less ("Chỉ thị 05") to the fuller one of the same text that they repeat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from tongket.claims.model import PaperReference
from tongket.core.text import fold

__all__ = ["bound"]

_Paper = tuple[str, str, date | None, str]
_PAPERS_A_NUMBER = 20


def bound(found: list[PaperReference]) -> Iterator[PaperReference]:
    """Bind what says less than another reference to the same paper: the nearest full one before, else one after."""
    after = _by_number(enumerate(found))
    before: dict[int, dict[_Paper, int]] = {}
    for place, one in enumerate(found):
        if one.number is not None and not _says_all(one):
            full = _nearest(one, before, found)
            full = _nearest(one, after, found) if full is None else full
            if full is not None and full != place:
                one = replace(one, full=full)
        if one.symbol and one.number is not None:
            papers = before.setdefault(one.number, {})
            if len(papers) < _PAPERS_A_NUMBER:
                papers[one.kind, one.symbol, one.on, one.issuer] = place
        yield one


def _says_all(one: PaperReference) -> bool:
    return bool(one.symbol and (one.on or one.issuer or one.plenum))


def _by_number(placed: Iterable[tuple[int, PaperReference]]) -> dict[int, dict[_Paper, int]]:
    """Number -> the papers of that number with a symbol, each with its first place; few of each, so time is linear."""
    papers: dict[int, dict[_Paper, int]] = {}
    for place, one in placed:
        if one.symbol and one.number is not None:
            of_number = papers.setdefault(one.number, {})
            if len(of_number) < _PAPERS_A_NUMBER:
                of_number.setdefault((one.kind, one.symbol, one.on, one.issuer), place)
    return papers


def _nearest(
    one: PaperReference, papers: dict[int, dict[_Paper, int]], found: list[PaperReference]
) -> int | None:
    """The place of a paper that `one` repeats; fuller ones first, then the last."""
    places = [place for place in papers.get(one.number or 0, {}).values() if _repeats(one, found[place])]
    return max(places, key=lambda place: (_says_all(found[place]), place), default=None)


def _repeats(short: PaperReference, full: PaperReference) -> bool:
    if short.symbol:
        return short.symbol == full.symbol and bool(full.on or full.issuer)
    if short.on and full.on and short.on != full.on:
        return False
    if short.kind and full.kind and short.kind != full.kind:
        return False
    if short.issuer and full.issuer:
        return fold(short.issuer) in fold(full.issuer) or fold(full.issuer) in fold(short.issuer)
    return bool(short.kind) == bool(full.kind)
