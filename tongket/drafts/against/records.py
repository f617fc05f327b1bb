"""Claims held against the figures: of the organisation asked, or a named one below it, for the period the text gives.

A figure that the viewer may not see is not checked, and what is left unsaid tells nothing of it (`figures.masking`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from tongket.claims.model import Claim, Judgement, Number, Reading
from tongket.core.masks import mask_text
from tongket.core.periods import BadPeriod, Period, parse_period
from tongket.core.problems import Refused
from tongket.drafts.against.years import Held, weighed, year_claim
from tongket.drafts.matching import SURE, Ask, Match, Term, indicator_for
from tongket.drafts.matching.comparing import Compared, compared, hedge_before, shown
from tongket.drafts.matching.places import Places
from tongket.figures.engine import compute
from tongket.figures.types import Figure
from tongket.indicators.catalogue import INDICATORS
from tongket.indicators.model import Ratio
from tongket.organisations.models import Organisation

#: Of how many organisations and periods figures are computed for one text: a text is about one body and year.
MOST_CONTEXTS = 8
_NOTHING_HELD = "Trong sổ chưa có bản ghi nào, có thể chưa nhập."


@dataclass(frozen=True, slots=True)
class Context:
    """Whose figures, of which period."""

    organisation: Organisation
    period: Period

    later: Period | None = None  # the text names this later period, of which nothing can be known

    @property
    def query(self) -> str:
        """The address part that leads a page to it."""
        return "?" + urlencode({"to_chuc": self.organisation.code, "ky": self.period.code})

    def __str__(self) -> str:
        return f"{self.organisation.name}, {self.period.label()}"


@dataclass
class Records:
    """One text's claims against the figures. `judge` gives every claim that is traced at least one judgement."""

    organisation: Organisation
    period: Period
    viewer: Any
    places: Places
    elsewhere: str = ""  # why nothing of this text is held against these books
    _known: dict[tuple[int, str], dict[str, Figure]] = field(default_factory=dict)

    def judge(self, reading: Reading) -> list[tuple[int, Judgement]]:
        """(position of the claim, what the records say of one of its numbers), and one line for what is not traced."""
        found: list[tuple[int, Judgement]] = []
        asked: list[tuple[int, Claim, Match, Context]] = []
        for position, claim in enumerate(reading.claims):
            match = indicator_for(claim, reading)
            if match.indicator is None:
                if claim.kind not in ("date", "span", "reference", "plain"):
                    found.append(
                        (position, _unchecked(f"Chưa đối chiếu với sổ: {match.reason or 'không rõ chỉ số'}."))
                    )
                continue
            where = self._context(claim, match)
            if isinstance(where, str):
                found.append((position, _unchecked(where, match.indicator)))
            else:
                asked.append((position, claim, match, where))
        self._compute(asked)
        held: dict[int | None, list[Held]] = {}
        again: set[tuple[str, str]] = set()  # figure and number said right of the period asked
        for position, claim, match, where in asked:
            own = self._judged(claim, match, where, reading)
            named = self._named_year(where)
            if named is None:
                found.extend((position, one) for one in own)
                again |= {_said_of(one, reading) for one in own if one.verdict == "right"}
                continue
            here = self._judged(claim, match, Context(where.organisation, self.period), reading)
            if where.later:
                own = [_unchecked(f"Chưa đối chiếu: số của {where.later.label()}, sau kỳ đang soát.")]
            year = year_claim(reading, position, named)
            held.setdefault(year, []).append(Held(position, tuple(own), tuple(here), bool(where.later)))
        for year, rows in held.items():
            said_again = any(_said_of(one, reading) in again for row in rows for one in row.asked)
            found += weighed(rows, year, reading, self.period, said_again=said_again)
        return found

    def _named_year(self, where: Context) -> int | None:
        """The year that the text names for a claim when it is another than the one asked."""
        period = where.later or where.period
        return period.end.year if period.end.year != self.period.end.year else None

    def _context(self, claim: Claim, match: Match) -> Context | str:
        if self.elsewhere:
            return self.elsewhere
        period, later = self._period(claim, match)
        place = self.places.named(match.body) if match.body else self.organisation
        if place is None:
            return (
                f"Chưa đối chiếu: chỗ này nói về «{match.body}», không thấy tổ chức đó trong sổ của "
                f"{self.organisation.name}."
            )
        if period.end < place.founded_on:
            return f"Chưa đối chiếu: {place.name} thành lập sau {period.label()}."
        return Context(place, period, later)

    def _period(self, claim: Claim, match: Match) -> tuple[Period, Period | None]:
        """The period whose figures are asked, and the later one that the text names."""
        named = _parsed(match.period)
        if named is not None and named.start > self.period.end:
            return self.period, named
        if named is None or claim.kind in ("change", "new_total"):
            return self.period, None
        return named, None

    def _compute(self, asked: Sequence[tuple[int, Claim, Match, Context]]) -> None:
        wanted: dict[tuple[int, str], tuple[Context, set[str]]] = {}
        for _position, _claim, match, where in asked:
            for period in dict.fromkeys((where.period, self.period)):
                for term in _terms(match):
                    then = Context(where.organisation, _earlier(period, term.back))
                    wanted.setdefault((then.organisation.pk, then.period.code), (then, set()))[1].add(
                        term.indicator
                    )
        for key, (then, ids) in list(wanted.items())[:MOST_CONTEXTS]:
            if then.period.end >= then.organisation.founded_on:
                self._fetch(key, then, ids)

    def _fetch(self, key: tuple[int, str], then: Context, ids: Iterable[str]) -> None:
        try:
            figures = compute(
                then.organisation, then.period, ids=tuple(sorted(ids)), children=False, viewer=self.viewer
            )
        except Refused:
            return
        self._known.setdefault(key, {}).update(figures.own)

    def _figure(self, where: Context, term: Term) -> Figure | None:
        period = _earlier(where.period, term.back)
        return self._known.get((where.organisation.pk, period.code), {}).get(term.indicator)

    def _judged(self, claim: Claim, match: Match, where: Context, reading: Reading) -> list[Judgement]:
        return [self._of_number(ask, claim, match, where, reading) for ask in match.asks]

    def _of_number(self, ask: Ask, claim: Claim, match: Match, where: Context, reading: Reading) -> Judgement:
        number = reading.numbers[ask.number]
        masked = self._mask(ask, where)
        if masked:
            return _unchecked(f"Chưa đối chiếu: số này {masked}.", match.indicator or "")
        exact = self._exact(ask, where)
        if exact is None:
            return _unchecked(
                f"Chưa đối chiếu: sổ chưa có số liệu cho «{_name(ask.top)}» ({where}).", match.indicator or ""
            )
        if claim.direction == "down" and ask.op in ("difference", "over"):
            exact = -exact
        bound = claim.bound if len(claim.numbers) == 1 else hedge_before(reading.text, number)
        found = compared(number, exact, bound)
        said = self._said(ask, where, exact)
        softened = self._softened(ask, match, where, number, bound) if exact else _NOTHING_HELD
        return _judgement(found, number, match, where, said, softened if found.verdict == "wrong" else "")

    def _mask(self, ask: Ask, where: Context) -> str:
        for term in (ask.top, ask.bottom):
            figure = self._figure(where, term) if term else None
            if figure is not None and figure.mask:
                return mask_text(figure.mask)
        return ""

    def _exact(self, ask: Ask, where: Context) -> Fraction | None:
        top = _amount(self._figure(where, ask.top))
        if ask.bottom is None or top is None:
            return top
        bottom = _amount(self._figure(where, ask.bottom))
        if bottom is None or (ask.op != "difference" and bottom == 0):
            return None
        match ask.op:
            case "percent":
                return 100 * top / bottom
            case "over":
                return 100 * top / bottom - 100
            case "difference":
                return top - bottom
            case _:
                return top / bottom

    def _said(self, ask: Ask, where: Context, exact: Fraction) -> str:
        """What the books say, with the base of a percentage."""
        top = f"«{_name(ask.top)}»"
        if ask.bottom is None:
            unit = INDICATORS[ask.top.indicator].unit
            return f"{shown(exact)} {'' if unit == '%' else unit}".rstrip() + f" ({top}, {where})"
        above, below = _amount(self._figure(where, ask.top)), _amount(self._figure(where, ask.bottom))
        assert above is not None and below is not None  # noqa: S101  # nosec B101  # _exact saw to it
        base = f"«{_name(ask.bottom)}»" + (" của cùng kỳ năm trước" if ask.bottom.back else "")
        if ask.op == "difference":
            return f"{shown(above)} − {shown(below)} = {shown(exact)} ({top} trừ {base}, {where})"
        less = " − 100%" if ask.op == "over" else ""
        return f"{shown(above)}/{shown(below)}{less} = {shown(exact)}% ({top}, tính trên {base}, {where})"

    def _softened(self, ask: Ask, match: Match, where: Context, number: Number, bound: str) -> str:
        """Why a difference is doubtful and not wrong; "" when it is wrong."""
        for others in match.alternatives:
            for other in others:
                if other.number != ask.number:
                    continue
                value = self._exact(other, where)
                if value is not None and compared(number, value, bound).verdict == "right":
                    return f"Số này khớp với {self._said(other, where, value)}: nên nói rõ."
        if match.confidence < SURE:
            return "Lời văn có chi tiết mà hệ thống không chắc đã hiểu đúng."
        return ""


def _judgement(
    found: Compared, number: Number, match: Match, where: Context, said: str, softened: str
) -> Judgement:
    verdict = "doubtful" if softened else found.verdict
    if verdict == "right":
        reason = f"Đúng với sổ: {said}."
    else:
        remark = f" {found.remark[:1].upper()}{found.remark[1:]}." if found.remark else ""
        reason = f"Bản thảo ghi {number.text}; theo sổ là {said}.{remark}{' ' + softened if softened else ''}"
    shown_id = match.indicator or ""
    ask = next(a for a in match.asks)
    data = {
        "organisation": where.organisation.code,
        "period": where.period.code,
        "href": f"/so-lieu/{shown_id}/{where.query}",
        "records_href": f"/so-lieu/{shown_id}/ho-so/{where.query}",
        "base": _name(ask.bottom) if ask.bottom else "",
    }
    return Judgement(verdict, "records", reason, found.expected, number.start, number.end, shown_id, data)


def _said_of(one: Judgement, reading: Reading) -> tuple[str, str]:
    return one.indicator, reading.text[one.start or 0 : one.end or 0]


def _parsed(code: str) -> Period | None:
    try:
        return parse_period(code) if code else None
    except BadPeriod:
        return None


def _unchecked(reason: str, indicator: str = "") -> Judgement:
    return Judgement("not_checked", "records", reason, indicator=indicator)


def _terms(match: Match) -> Iterable[Term]:
    for asks in (match.asks, *match.alternatives):
        for ask in asks:
            yield ask.top
            if ask.bottom is not None:
                yield ask.bottom


def _earlier(period: Period, back: int) -> Period:
    for _ in range(back):
        period = period.comparison()
    return period


def _amount(figure: Figure | None) -> Fraction | None:
    """The exact value of a figure: a share from what it is the share of."""
    if figure is None or figure.mask:
        return None
    formula = figure.indicator.formula
    if isinstance(formula, Ratio):
        if figure.numerator is None or not figure.denominator:
            return None
        return formula.scale * Fraction(figure.numerator) / Fraction(figure.denominator) - formula.minus
    return None if figure.value is None else Fraction(figure.value)


def _name(term: Term) -> str:
    return INDICATORS[term.indicator].vi
