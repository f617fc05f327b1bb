"""Fact sheets to test with: any at all, and one of the made-up district."""

from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import strategies as st

from tests.reports import fakes
from tongket.core.masks import MASKS
from tongket.indicators.catalogue import INDICATORS
from tongket.reports.layer.model import FactSheet, LayerFact, sheet_of
from tongket.reports.word.printing import printed

MADE = datetime(2024, 1, 15, 8, 30, tzinfo=UTC)
HOSTILE = (
    '"><script>alert(1)</script>', "]]>", "&lt;", "=1+1", "'=1", "-2+3", "@SUM(A1)", "a;b", 'a"b', "a\r\nb", "\x0b\x00",
    "1 bắt đầu bằng số", "o.x", "_5f_", "Đảng bộ xã Ẩn Ẫ 🙂", "\u202eđảo", " ",
)  # fmt: skip
_TEXT = st.text(st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=12) | st.sampled_from(
    HOSTILE
)


@cache
def district_sheet(children: int = 1, **more: Any) -> FactSheet:
    """The facts of the made-up district with the numbers of the published account."""
    return sheet_of(fakes.report_facts(children=children), made_at=MADE, **more)


def fact(
    id: str,
    organisation: str,
    name: str,
    period: str,
    value: Decimal | None,
    mask: str = "",
    against: str = "",
) -> LayerFact:
    """One fact as the layer writes it."""
    entry = INDICATORS[id]
    as_at = f"{period}-12-31"
    shown = None if mask else value
    return LayerFact(
        f"{id}|{organisation}|{period}|{as_at}", id, entry.vi, organisation, name, period, as_at,
        "" if shown is None else str(shown), printed(shown, unit=entry.unit, decimals=entry.decimals, mask=mask),
        entry.unit, entry.decimals, mask, against,
    )  # fmt: skip


@st.composite
def any_sheet(draw: st.DrawFn) -> FactSheet:
    """A sheet of some indicators of some organisations, with every kind of name, value and mask."""
    codes = draw(st.lists(_TEXT, min_size=1, max_size=4, unique=True))
    names = {code: draw(_TEXT) for code in codes}
    places = st.tuples(
        st.sampled_from(sorted(INDICATORS)), st.sampled_from(codes), st.sampled_from(["2022", "2023"]),
        st.sampled_from(["", "", "2021"]),
    )  # fmt: skip
    facts = []
    for id, code, period, against in draw(st.lists(places, max_size=12, unique=True)):
        digits = INDICATORS[id].decimals
        number = st.decimals(-(10**6), 10**6, places=digits, allow_nan=False)
        value, mask = draw(st.none() | number), draw(st.sampled_from(["", "", *MASKS]))
        facts.append(fact(id, code, names[code], period, value, mask, against))
    digest = draw(st.sampled_from(["", "ab" * 32]))
    return FactSheet(
        codes[0], names[codes[0]], "2023", "2023-12-31", "", digest, MADE.isoformat(), tuple(facts)
    )


def hostile_sheet() -> FactSheet:
    """Every hostile name once, as code and as name, with nil, masked, exact and rounded facts."""
    facts = []
    for n, name in enumerate(HOSTILE):
        facts.append(fact("members.total", name, name, "2023", Decimal(n)))
        facts.append(fact("members.total", name, name, "2023", Decimal(n - 5), against="2022"))
        facts.append(fact("members.women_pct", name, name, "2023", Decimal("35.20")))
        facts.append(fact("members.admitted.target", name, name, "2023", None))
        facts.append(fact("discipline.members", name, name, "2023", None, "small"))
    return FactSheet(HOSTILE[0], HOSTILE[0], "2023", "2023-12-31", "", "", MADE.isoformat(), tuple(facts))
