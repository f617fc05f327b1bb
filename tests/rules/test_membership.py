"""Party age, probation and the age of admission."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongket.core.dates import add_months, add_years
from tongket.rules.membership import (
    check_admission_age,
    earliest_official_date,
    party_age_from,
    party_age_years,
)

decisions = st.dates(date(1950, 1, 1), date(2000, 1, 1))
gap_lists = st.lists(st.tuples(st.integers(0, 2000), st.integers(1, 1500)), max_size=4)


def gaps_after(first: date, steps: list[tuple[int, int]]) -> list[tuple[date, date | None]]:
    """Gaps that follow each other, each some days inside and some outside long."""
    found: list[tuple[date, date | None]] = []
    day = first
    for inside, outside in steps:
        out = day + timedelta(days=inside + 1)
        day = out + timedelta(days=outside)
        found.append((out, day))
    return found


@given(decisions)
def test_party_age_counts_from_the_admission_decision(first: date) -> None:
    assert party_age_from(first) == first
    assert party_age_years(first, add_years(first, 30)) == 30
    assert party_age_years(first, add_years(first, 30) - timedelta(days=1)) == 29


@given(decisions, gap_lists)
def test_time_outside_moves_the_day_as_counting_days_would_but_for_month_lengths(first, steps) -> None:
    gaps = gaps_after(first, steps)
    outside = sum((back - out).days for out, back in gaps)
    moved = (party_age_from(first, gaps) - first).days
    assert abs(moved - outside) <= 5 * len(gaps)
    assert (moved == 0) == (not gaps)


@given(decisions, st.integers(0, 5000), st.integers(1, 10))
def test_a_gap_of_whole_years_moves_the_day_by_whole_years(first: date, wait: int, years: int) -> None:
    out = first + timedelta(days=wait)
    assert party_age_from(first, [(out, add_years(out, years))]) in (
        add_years(first, years),
        add_years(first, years) + timedelta(days=1),  # a gap from 29/2 ends on 28/2: whole years all the same
    )


@given(decisions, gap_lists, st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_of_gaps_matters(first, steps, random) -> None:
    gaps = gaps_after(first, steps)
    shuffled = gaps * 2
    random.shuffle(shuffled)
    assert party_age_from(first, shuffled) == party_age_from(first, gaps)


def test_overlapping_gaps_count_once_and_an_open_gap_shifts_nothing() -> None:
    first = date(1990, 2, 3)
    closed = (date(2000, 1, 1), date(2002, 1, 1))
    assert party_age_from(first, [closed, (date(2001, 1, 1), date(2003, 1, 1))]) == date(1993, 2, 3)
    assert party_age_from(first, [closed, (date(2010, 1, 1), None)]) == date(1992, 2, 3)


@pytest.mark.parametrize("gap", [(date(2000, 1, 2), date(2000, 1, 1)), (date(1989, 1, 1), date(2000, 1, 1))])
def test_impossible_gaps_are_refused(gap) -> None:
    with pytest.raises(ValueError, match="không thể"):
        party_age_from(date(1990, 2, 3), [gap])


def test_the_example_of_the_guidance() -> None:
    """Admitted 26/7/2015, official 26/7/2016: Party age counts from 26/7/2015."""
    assert earliest_official_date(date(2015, 7, 26)) == date(2016, 7, 26)
    assert party_age_years(party_age_from(date(2015, 7, 26)), date(2045, 7, 26)) == 30


@given(st.dates(date(1950, 1, 1), date(2030, 1, 1)))
def test_probation_is_twelve_months_from_the_ceremony(ceremony: date) -> None:
    assert earliest_official_date(ceremony) == add_months(ceremony, 12)


def test_party_age_is_never_negative() -> None:
    assert party_age_years(date(2023, 1, 1), date(2020, 1, 1)) == 0


@pytest.mark.parametrize(
    ("birth", "on", "codes"),
    [
        (date(2005, 6, 15), date(2023, 5, 31), ["admission.too_young"]),
        (date(2005, 6, 15), date(2023, 6, 1), []),
        (date(1963, 6, 15), date(2023, 6, 30), []),
        (date(1963, 6, 15), date(2023, 7, 1), ["admission.too_old"]),
        (date(2005, 6, 15), date(1990, 1, 1), []),
    ],
)
def test_the_age_of_admission_is_counted_in_months_by_the_rule_of_the_day(birth, on, codes) -> None:
    findings = check_admission_age(birth, on)
    assert [f.code for f in findings] == codes
    for finding in findings:
        assert finding.citation is not None and "24-QĐ/TW" in finding.citation.label()
        assert finding.severity == ("error" if finding.code == "admission.too_young" else "warning")
