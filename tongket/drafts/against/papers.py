"""Papers named in a text held against the books: is there such a paper, of that day, by that body?

Not being in the book makes nothing wrong: books have gaps. It is wrong only when the book has the very paper (its own
words stand beside the reference, or its symbol and day agree) and the text gives it another number, day, kind or body.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse

from tongket.audit.records import current
from tongket.claims.model import Judgement, PaperReference, Reading
from tongket.claims.references import spelled_kind
from tongket.core.codelists import DOCUMENT_KIND
from tongket.core.dates import format_date
from tongket.core.references import body_level
from tongket.directives.models import Directive
from tongket.directives.queries import visible_directives
from tongket.drafts.matching.plain import plain as fold
from tongket.organisations.models import Organisation
from tongket.organisations.queries import may

#: What part of a paper's own words must stand after a reference, for it to be meant.
SAME_SUBJECT = 0.6
_ABOUT = 260
_QUIET = frozenset(
    (
        "ve",
        "viec",
        "va",
        "cua",
        "cac",
        "trong",
        "cho",
        "theo",
        "nam",
        "so",
        "den",
        "o",
        "tai",
        "mot",
        "tiep",
        "tuc",
    )
) | {"thuc", "hien", "tang", "cuong", "cong", "tac"}
_PLENUM = re.compile(r"(\d{1,2})/([IVX]+)")


@dataclass
class Papers:
    """The papers of one organisation, as far as the viewer may read them (None: the machine's operator)."""

    organisation: Organisation
    viewer: Any

    def judge(self, reading: Reading) -> list[tuple[int, Judgement]]:
        """(position in `reading.references`, what the book says of the paper)."""
        asked = [one for one in reading.references if one.full is None]
        if not asked:
            return []
        if self.viewer is not None and not may(self.viewer, "directive.read", self.organisation):
            return [
                (i, _unchecked("Chưa đối chiếu: bạn không được giao xem sổ văn bản của tổ chức này."))
                for i, _one in enumerate(reading.references)
            ]
        book = self._book(asked)
        words = _words_after(reading)
        found = {
            i: self._paper(one, book, words[i])
            for i, one in enumerate(reading.references)
            if one.full is None
        }
        for i, one in enumerate(reading.references):
            if one.full is not None:
                found[i] = found.get(one.full) or _unchecked("Nhắc lại văn bản đã nêu.")
        return sorted(found.items())

    def _book(self, asked: Sequence[PaperReference]) -> list[Directive]:
        """What of the book may be meant: of those numbers, days, and of plenums. One question for the whole text."""
        numbers = {one.number for one in asked if one.number is not None}
        days = {one.on for one in asked if one.on is not None}
        wanted = Q(number__in=numbers) | Q(issued_on__in=days)
        if any(one.plenum for one in asked):
            wanted |= Q(kind__in=("NQ", "KL"), issuer_level="central")
        rows = (
            current(Directive.objects.all()) if self.viewer is None else visible_directives(self.viewer)
        ).filter(organisation=self.organisation)
        return list(rows.filter(wanted).order_by("-issued_on")[:2000])

    def _paper(self, one: PaperReference, book: Sequence[Directive], after: set[str]) -> Judgement:
        if one.plenum:
            return self._plenum(one, book)
        if one.number is None:
            return _unchecked("Chưa đối chiếu: không có số, ký hiệu của văn bản.")
        same = [row for row in book if _same_symbol(one, row)]
        near = [row for row in same if one.on is None or row.issued_on == one.on]
        if near and len({row.issued_on for row in near}) == 1:
            return self._details(one, near[0])
        if near:
            return _found("doubtful", "Sổ có nhiều văn bản cùng số, ký hiệu: hãy ghi cả ngày.", near[0])
        told = _by_subject(one, book, after)
        if told is not None:
            return self._details(one, told)
        if same and one.on is not None:
            return _other_day(one, same)
        return Judgement(
            "doubtful",
            "register",
            f"Không thấy «{_symbol(one)}» trong sổ văn bản của {self.organisation.name}: kiểm lại số, ngày.",
        )

    def _plenum(self, one: PaperReference, book: Sequence[Directive]) -> Judgement:
        found = _PLENUM.search(one.plenum)
        if found is None:
            return _unchecked("Dẫn chiếu cả hội nghị Trung ương.")
        # "Trung ương 8 khóa XIII", "TW8 (khóa XIII)", "Trung ương 7 (giữa nhiệm kỳ) khóa XIII", "lần thứ 7, khóa XIII"
        words = rf"(?:trung uong|tw)(?: lan thu)? ?{found[1]}(?: ?\([^()]{{1,40}}\))?,? ?\(?khoa {found[2].lower()}\b"
        papers = [
            row for row in book if row.issuer_level == "central" and re.search(words, fold(row.subject))
        ]
        if not papers and _holds_plenum(book, found[2]):
            return Judgement(
                "doubtful",
                "register",
                f"Sổ có văn bản của các hội nghị Trung ương khác khóa {found[2]}, không có của Hội nghị {found[1]}: "
                "kiểm lại số hội nghị.",
            )
        if not papers:
            return _unchecked(
                f"Chưa đối chiếu: sổ chưa có văn bản nào ghi rõ là của Hội nghị Trung ương {found[1]} khóa {found[2]}."
            )
        listed = ", ".join(row.symbol for row in papers[:6])
        return _found(
            "right", f"Hội nghị Trung ương {found[1]} khóa {found[2]} có trong sổ: {listed}.", papers[0]
        )

    def _details(self, one: PaperReference, row: Directive) -> Judgement:
        """Whether number, kind, day and body are those of the paper in the book."""
        day = format_date(row.issued_on)
        held = f"Sổ ghi: {DOCUMENT_KIND.label(row.kind)} số {row.symbol} ngày {day} của {row.issuer}."
        if one.symbol and not _same_symbol(one, row):
            return _found(
                "wrong", f"Sai số, ký hiệu. {held}", row, row.symbol, _place(one, r"\d{1,5}\s?[-/][^\s,;]+")
            )
        if one.on is not None and one.on != row.issued_on:
            return _found(
                "wrong", f"Sai ngày ban hành. {held}", row, format_date(row.issued_on), _place(one, _DATE)
            )
        if one.kind and one.kind != row.kind:
            word = len(spelled_kind(one))
            at = (one.start, one.start + word) if word else None
            return _found("wrong", f"Sai loại văn bản. {held}", row, DOCUMENT_KIND.label(row.kind), at)
        if one.issuer and not _same_body(one.issuer, row.issuer):
            place = _place(one, re.escape(one.issuer))
            return _found("doubtful", f"Cơ quan ban hành khác với sổ. {held}", row, row.issuer, place)
        return _found("right", held, row)


_DATE = r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}|\d{1,2} tháng \d{1,2},? năm \d{4}"


def _place(one: PaperReference, pattern: str) -> tuple[int, int] | None:
    found = re.search(pattern, one.text)
    return (one.start + found.start(), one.start + found.end()) if found else None


def _found(
    verdict: Any, reason: str, row: Directive, expected: str = "", at: tuple[int, int] | None = None
) -> Judgement:
    start, end = at or (None, None)
    name = "directives:issued_detail" if row.book == "issued" else "directives:detail"
    data = {"href": reverse(name, args=[row.pk]), "symbol": row.symbol, "title": row.subject}
    return Judgement(
        verdict, "register", reason, expected if at or verdict != "right" else "", start, end, data=data
    )


def _holds_plenum(book: Sequence[Directive], term: str) -> bool:
    """Whether the book holds papers of any plenum of a term of the Central Committee."""
    words = rf"(?:trung uong|tw) ?(?:lan thu )?\d{{1,2}}\b.{{0,40}}khoa {term.lower()}\b"
    return any(row.issuer_level == "central" and re.search(words, fold(row.subject)) for row in book)


def _unchecked(reason: str) -> Judgement:
    return Judgement("not_checked", "register", reason)


def _symbol(one: PaperReference) -> str:
    return one.symbol or f"{DOCUMENT_KIND.label(one.kind) if one.kind else 'văn bản'} {one.number}"


def _same_symbol(one: PaperReference, row: Directive) -> bool:
    """The same number, and the same letters and body as far as the text gives them."""
    if one.number != row.number:
        return False
    if not one.symbol:
        return not one.kind or one.kind == row.kind
    return _key(one.symbol) == _key(row.symbol)


def _key(symbol: str) -> tuple[str, ...]:
    return tuple(
        part for part in re.split(r"[-/\s]+", symbol.upper().replace("TƯ", "TW").replace("QĐI", "QĐ")) if part
    )


def _words_after(reading: Reading) -> list[set[str]]:
    """The words that follow each reference, up to the next one: what the paper is about."""
    starts = [one.start for one in reading.references] + [len(reading.text)]
    return [
        set(
            re.findall(
                r"\w+", fold(reading.text[one.end : min(one.end + _ABOUT, max(starts[i + 1], one.end))])
            )
        )
        for i, one in enumerate(reading.references)
    ]


def _by_subject(one: PaperReference, book: Sequence[Directive], after: set[str]) -> Directive | None:
    """The one paper of the book whose own words follow the reference: it is meant whatever its number or day reads."""
    if len(after) < 4:
        return None
    level = body_level(one.symbol.rpartition("/")[2]) if one.symbol else ""
    scored = sorted(
        ((_share(row.subject, after), row) for row in book if not level or row.issuer_level == level),
        key=lambda pair: -pair[0],
    )
    best = [row for share, row in scored if share >= SAME_SUBJECT]
    if not best or (len(best) > 1 and scored[0][0] - scored[1][0] < 0.15):
        return None
    return best[0]


def _share(subject: str, said: set[str]) -> float:
    words = {word for word in re.findall(r"\w+", fold(subject)) if word not in _QUIET}
    return len(words & said) / len(words) if len(words) >= 3 else 0.0


def _other_day(one: PaperReference, same: Sequence[Directive]) -> Judgement:
    """The same symbol of another day: a slip when the days lie close, else perhaps the paper of another term."""
    assert one.on is not None  # noqa: S101  # nosec B101  # the caller saw to it
    day = one.on
    nearest = min(same, key=lambda row: abs((row.issued_on - day).days))
    slip = abs((nearest.issued_on - day).days) <= 366 or (day.day, day.month) == (
        nearest.issued_on.day,
        nearest.issued_on.month,
    )
    reason = f"Sổ ghi {nearest.symbol} ngày {format_date(nearest.issued_on)} của {nearest.issuer}."
    if not slip:
        reason += " Có thể là văn bản cùng số của nhiệm kỳ khác."
    return _found(
        "wrong" if slip else "doubtful", reason, nearest, format_date(nearest.issued_on), _place(one, _DATE)
    )


def _same_body(said: str, held: str) -> bool:
    first, second = set(fold(said).split()), set(fold(held).split())
    quiet = {"trung", "uong", "dang", "cua", "tinh", "huyen"}
    first, second = first - quiet or first, second - quiet or second
    return first <= second or second <= first
