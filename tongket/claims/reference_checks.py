"""Faults inside the references of one text: kind against symbol, body against tail, year against date, two dates.

Whether a paper exists at all is for the register; here the text is held against itself. A code is no identity: the same
number comes again in another term, so two dates are a fault only when they lie close together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tongket.claims.model import Judgement, PaperReference, Verdict
from tongket.claims.references import STATE_KINDS, letters_in, spelled_kind
from tongket.core.codelists import DOCUMENT_KIND
from tongket.core.dates import format_date
from tongket.core.references import body_level, kinds_of
from tongket.core.text import fold

__all__ = ["judge"]

#: Days within which one number of one body cannot come twice (wrong), or hardly (doubtful: a term is five years).
_SAME_PAPER_DAYS, _SAME_TERM_DAYS = 730, 1825

_LEVEL_NAMES = {
    "central": "cấp Trung ương",
    "province": "cấp tỉnh",
    "district": "cấp huyện",
    "grassroots": "đảng ủy cơ sở",
    "cell": "chi bộ",
}
# Which levels a body of this name may be; the first that fits decides. A "thành ủy" may be a province's or a town's.
_BODIES: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = tuple(
    (re.compile(pattern), frozenset(levels))
    for pattern, levels in (
        (r"\b(?:tinh uy|dang bo tinh)\b", {"province"}),
        (r"\b(?:thanh uy|dang bo thanh pho)\b", {"province", "district"}),
        (r"\b(?:huyen uy|dang bo huyen)\b", {"district"}),
        (r"\b(?:thi uy|quan uy|dang bo (?:thi xa|quan))\b", {"district", "province"}),
        (r"\bdang uy (?:xa|phuong|thi tran|dac khu)\b", {"grassroots", "district"}),
        (r"\b(?:bo chinh tri|ban bi thu|trung uong|tw)\b", {"central"}),
    )
)
_STATE_BODIES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), letters)
    for pattern, letters in (
        (r"\bthu tuong\b", "TTG"),
        (r"\bchinh phu\b", "CP"),
        (r"\b(?:hoi dong nhan dan|hdnd)\b", "HĐND"),
        (r"\b(?:uy ban nhan dan|ubnd)\b", "UBND"),
    )
)
_YEAR = re.compile(r"/\s{0,2}((?:19|20)[0-9]{2})")
_DAY = re.compile(r"[0-9]{1,2}\s{0,2}([/.-])\s{0,2}[0-9]{1,2}\s{0,2}\1\s{0,2}[0-9]{4}")


def judge(references: tuple[PaperReference, ...], text: str) -> list[tuple[int, Judgement]]:
    """The faults of each reference, as (position in `references`, judgement); nothing for one without a fault."""
    found: list[tuple[int, Judgement]] = []
    for place, one in enumerate(references):
        for check in (_kind_against_letters, _body_against_tail, _year_against_date):
            found.extend((place, fault) for fault in check(one))
    found.extend(_two_dates(references))
    found.extend(_decision_or_regulation(references))
    return sorted(found, key=lambda pair: pair[0])


def _fault(
    reason: str, verdict: Verdict = "wrong", expected: str = "", at: tuple[int, int] | None = None
) -> Judgement:
    start, end = at or (None, None)
    return Judgement(verdict, "arithmetic", reason, expected, start, end)


# --- the kind -------------------------------------------------------------------------------------------------


def _kind_against_letters(one: PaperReference) -> Iterator[Judgement]:
    word, letters = spelled_kind(one), letters_in(one.symbol)
    if not word or not letters:
        return
    said = " ".join(word.casefold().split())
    wanted = _words_of(letters, one.symbol)
    if not wanted or said.replace("qui ", "quy ") in {kind.casefold() for kind in wanted}:
        return
    expected = wanted[0] if word[:1].isupper() else wanted[0].casefold()
    yield _fault(
        f"Ký hiệu “{letters}” trong số {one.symbol} là của {' hoặc '.join(wanted).casefold()}, "
        f"còn câu ghi “{word}”. Hãy xem lại tên loại văn bản.",
        expected=expected if len(wanted) == 1 else "",
        at=(one.start, one.start + len(word)),
    )


def _words_of(letters: str, symbol: str) -> tuple[str, ...]:
    """The words for the kinds that these letters stand for, in a symbol of the Party or of the State."""
    upper = letters.upper()
    if upper == "QH" or symbol.rpartition("/")[2].startswith("QH"):
        return ("Luật", "Nghị quyết", "Bộ luật")
    if not body_level(re.split(r"[/-]", symbol)[-1]):
        if upper in {"QĐI", "QYĐ"}:
            return ("Quy định",)
        if upper in STATE_KINDS:
            return (STATE_KINDS[upper],)
    if upper in {"QĐI", "QYĐ"}:
        return ("Quy định",)
    return tuple(DOCUMENT_KIND.label(kind) for kind in kinds_of(letters))


def _decision_or_regulation(references: tuple[PaperReference, ...]) -> Iterator[tuple[int, Judgement]]:
    """One number and one day, once called a decision and once a regulation: the symbol QĐi says which."""
    regulations = {
        (one.number, one.on): one for one in references if one.on and letters_in(one.symbol).upper() == "QĐI"
    }
    for place, one in enumerate(references):
        full = regulations.get((one.number, one.on)) if one.on else None
        if full is not None and not one.symbol and one.kind == "QĐ":
            word = spelled_kind(one)
            yield (
                place,
                _fault(
                    f"Văn bản số {one.number:02d} ngày {format_date(one.on) if one.on else ''} "
                    f"là Quy định {full.symbol}, không phải quyết định.",
                    expected="Quy định",
                    at=(one.start, one.start + len(word)),
                ),
            )


# --- the body -------------------------------------------------------------------------------------------------


def _body_against_tail(one: PaperReference) -> Iterator[Judgement]:
    if not one.symbol or not one.issuer or one.plenum:
        return
    tail = re.split(r"[/-]", one.symbol)[-1]
    folded = fold(one.issuer)
    level = body_level(tail)
    state = next((letters for pattern, letters in _STATE_BODIES if pattern.search(folded)), "")
    if state:
        if level or (tail.upper() in {"CP", "TTG", "HĐND", "UBND"} and tail.upper() != state):
            yield _fault(
                f"Số {one.symbol} có đuôi “{tail}”, không phải của {one.issuer}. "
                "Hãy xem lại số, ký hiệu hoặc tên cơ quan."
            )
        return
    named = next((levels for pattern, levels in _BODIES if pattern.search(folded)), frozenset())
    if not level or not named or level in named:
        return
    yield _fault(
        f"Số {one.symbol} có đuôi “{tail}” của {_LEVEL_NAMES[level]}, còn câu ghi “{one.issuer}”. "
        "Hãy xem lại số, ký hiệu hoặc tên cơ quan ban hành."
    )


# --- dates ----------------------------------------------------------------------------------------------------


def _year_against_date(one: PaperReference) -> Iterator[Judgement]:
    found = _YEAR.search(one.symbol)
    if found is None or one.on is None or int(found.group(1)) == one.on.year:
        return
    printed = _YEAR.search(one.text)
    at = (one.start + printed.start(1), one.start + printed.end(1)) if printed else None
    yield _fault(
        f"Số {one.symbol} ghi năm {found.group(1)}, còn ngày ban hành là {format_date(one.on)}.",
        expected=str(one.on.year),
        at=at,
    )


def _two_dates(references: tuple[PaperReference, ...]) -> Iterator[tuple[int, Judgement]]:
    """The same paper with two dates in one text: one of them is wrong; the later one is marked."""
    first: dict[tuple[str, str], PaperReference] = {}
    for place, one in enumerate(references):
        full = references[one.full] if one.full is not None else None
        symbol = one.symbol or (full.symbol if full else "")
        if not symbol or one.on is None:
            continue
        key = symbol, one.kind if letters_in(symbol) == "QĐ" else ""
        known = first.setdefault(key, one)
        if known.on is None or known.on == one.on:
            continue
        apart = abs((known.on - one.on).days)
        if apart > _SAME_TERM_DAYS or (not body_level(symbol) and known.on.year != one.on.year):
            continue
        day = _DAY.search(one.text)
        yield (
            place,
            _fault(
                f"Văn bản {symbol} có hai ngày trong cùng bài: {format_date(known.on)} và {format_date(one.on)}.",
                "wrong" if apart <= _SAME_PAPER_DAYS else "doubtful",
                format_date(known.on),
                (one.start + day.start(), one.start + day.end()) if day else None,
            ),
        )
