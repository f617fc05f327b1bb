"""Periods: codes read and written, tiling of years, what is before and what is compared."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongket.core.periods import (
    BadPeriod,
    Kind,
    Period,
    half,
    half_term,
    month,
    nine_months,
    parse_period,
    period_at,
    quarter,
    term,
    year,
)

years = st.integers(1930, 2095)
periods = st.one_of(
    st.builds(month, years, st.integers(1, 12)),
    st.builds(quarter, years, st.integers(1, 4)),
    st.builds(half, years, st.integers(1, 2)),
    st.builds(nine_months, years),
    st.builds(year, years),
    st.builds(term, years),
    st.builds(half_term, years, st.integers(1, 2)),
)
tiling = periods.filter(lambda p: p.kind is not Kind.NINE_MONTHS)


@given(periods)
def test_code_and_label_name_the_period(p: Period) -> None:
    assert parse_period(p.code) == p == parse_period(p.label())
    assert parse_period(f" {p.code.lower()} ") == p


@given(periods, st.sampled_from(["vi", "en"]))
def test_labels_differ_between_neighbours(p: Period, lang: str) -> None:
    assert len({p.label(lang), p.previous().label(lang), p.following().label(lang)}) == 3


@given(tiling)
def test_the_period_before_ends_the_day_before(p: Period) -> None:
    assert p.previous().end + timedelta(days=1) == p.start
    assert p.previous().following() == p == p.following().previous()
    assert p.previous().kind is p.kind


@given(years)
def test_nine_months_are_followed_by_those_of_the_next_year(y: int) -> None:
    assert nine_months(y).previous() == nine_months(y - 1) == nine_months(y).comparison()
    assert nine_months(y).end == date(y, 9, 30)


@given(periods)
def test_months_tile_every_period(p: Period) -> None:
    months = p.months()
    assert months[0].start == p.start and months[-1].end == p.end
    assert all(a.end + timedelta(days=1) == b.start for a, b in pairwise(months))


@given(years)
def test_quarters_and_halves_tile_the_year(y: int) -> None:
    for parts in ([quarter(y, n) for n in (1, 2, 3, 4)], [half(y, 1), half(y, 2)]):
        assert parts[0].start == year(y).start and parts[-1].end == year(y).end
        assert all(a.end + timedelta(days=1) == b.start for a, b in pairwise(parts))


@given(years)
def test_half_terms_tile_the_term(y: int) -> None:
    first, second = half_term(y, 1), half_term(y, 2)
    assert (first.start, second.end) == (term(y).start, term(y).end) == (date(y, 7, 1), date(y + 5, 6, 30))
    assert first.end + timedelta(days=1) == second.start == date(y + 3, 1, 1)


@given(periods)
def test_comparison_is_the_same_stretch_a_year_or_a_term_before(p: Period) -> None:
    back = 5 if p.kind in (Kind.TERM, Kind.HALF_TERM) else 1
    other = p.comparison()
    assert (other.kind, other.start) == (p.kind, p.start.replace(year=p.start.year - back))
    if back == 1:
        assert other == p.same_period_last_year()
    else:
        with pytest.raises(ValueError, match="cùng kỳ"):
            p.same_period_last_year()


@given(periods, st.dates(date(1925, 1, 1), date(2105, 1, 1)))
def test_a_day_is_in_a_period_or_outside_it(p: Period, d: date) -> None:
    assert p.contains(d) == (not (d < p.start or d > p.end))
    assert p.contains(p.start) and p.contains(p.default_as_at()) and p.default_as_at() == p.end


@given(
    st.sampled_from([k for k in Kind if k is not Kind.NINE_MONTHS]),
    st.dates(date(1930, 7, 1), date(2100, 1, 1)),
)
def test_every_day_has_a_period_of_every_kind(kind: Kind, d: date) -> None:
    found = period_at(kind, d)
    assert found.contains(d) and found.kind is kind and parse_period(found.code) == found


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2023Q1", "2023-Q1"), ("Q1/2023", "2023-Q1"), ("Quý I/2023", "2023-Q1"), ("quý iv năm 2023", "2023-Q4"),
        ("6T/2023", "2023-H1"), ("6 tháng 2023", "2023-H1"), ("6 tháng cuối năm 2023", "2023-H2"),
        ("2023H2", "2023-H2"), ("9T/2023", "2023-9M"), ("9 tháng năm 2023", "2023-9M"), ("06/2023", "2023-06"),
        ("6/2023", "2023-06"), ("Tháng 6/2023", "2023-06"), ("2023-6", "2023-06"), ("Năm 2023", "2023"),
        ("nhiệm kỳ 2020 \u2013 2025", "2020-2025"), ("2020-2025H1", "2020-2025-H1"),
    ],
)  # fmt: skip
def test_usual_vietnamese_writings_are_read(written: str, code: str) -> None:
    assert parse_period(written).code == code


@pytest.mark.parametrize(
    "written",
    ["", "1929", "2101", "2023-13", "2023-00", "2023-Q5", "2023-H3", "2020-2024", "2025-2020", "2099-2104",
     "quý V/2023", "hôm nay", "2023-10M", "23-06", "2023-06-01", "Q1"],
)  # fmt: skip
def test_other_codes_are_refused_with_the_accepted_writings(written: str) -> None:
    with pytest.raises(BadPeriod) as refused:
        parse_period(written)
    for code in ("2023", "2023-06", "2023-Q1", "2023-H1", "2023-9M", "2020-2025", "2020-2025-H1"):
        assert code in str(refused.value)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(s: str) -> None:
    try:
        assert isinstance(parse_period(s), Period)
    except BadPeriod as refused:
        assert "2023-Q1" in str(refused)
