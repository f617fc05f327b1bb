"""The official forms as data: rows that exist, checks that the declarations themselves make true."""

from collections import Counter

import pytest

from tongket.core.problems import NotFound
from tongket.indicators.catalogue import INDICATORS
from tongket.indicators.forms import FORMS, NO_SOURCE, Form, form
from tongket.indicators.model import Total

EVERY = pytest.mark.parametrize("form", list(FORMS.values()), ids=list(FORMS))


def _leaves(id: str) -> Counter[str]:
    """Counts and sums that a total is made of, with their signs."""
    formula = INDICATORS[id].formula
    if not isinstance(formula, Total):
        return Counter({id: 1})
    found: Counter[str] = Counter()
    for member in formula.plus:
        found.update(_leaves(member))
    for member in formula.minus:
        found.subtract(_leaves(member))
    return found


@EVERY
def test_every_row_shows_a_figure_of_that_form_or_says_that_none_is_there(form: Form) -> None:
    numbers = [row.number for row in form.rows]
    assert len(set(numbers)) == len(numbers)
    for row in form.rows:
        assert row.text
        if row.indicator is None:
            assert row.note in ("", NO_SOURCE) and not row.own
        else:
            assert f"Biểu {form.code}" in INDICATORS[row.indicator].form, row


@EVERY
def test_every_check_is_between_rows_that_show_figures(form: Form) -> None:
    shown = {row.number for row in form.rows if row.indicator}
    for check in form.checks:
        assert {check.result, *check.plus, *check.minus} <= shown, check.text


@EVERY
def test_rows_that_no_source_answers_stay_out_of_the_sums(form: Form) -> None:
    lacking = {row.number for row in form.rows if row.note == NO_SOURCE}
    assert not any(lacking & {check.result, *check.plus, *check.minus} for check in form.checks)


def test_form_1_balances_and_its_increase_and_decrease_are_the_rows_under_them() -> None:
    first = FORMS["1"]
    assert first.checks[0].text == "D = A + B − C"
    for check in first.checks:
        if check.result in ("B", "C"):
            parts: Counter[str] = Counter()
            for number in check.plus:
                parts.update(_leaves(first.row(number).indicator or ""))
            assert parts == _leaves(first.row(check.result).indicator or "")


def test_the_named_gap_is_the_list_less_the_balance_of_form_1() -> None:
    gap, first = _leaves("members.balance_gap"), FORMS["1"]
    expected = _leaves("members.total")
    for number, sign in (("A", -1), ("B", -1), ("C", 1)):
        for id, times in _leaves(first.row(number).indicator or "").items():
            expected[id] += sign * times
    assert {k: v for k, v in gap.items() if v} == {k: v for k, v in expected.items() if v}


def test_form_2_adds_up_by_occupation_age_schooling_and_education() -> None:
    assert sum(check.result == "I" and check.relation == "=" for check in FORMS["2"].checks) == 4
    assert {"II.1.7.3", "II.1.14"} <= {number for check in FORMS["2"].checks for number in check.plus}
    assert FORMS["2"].row("I.3").note == NO_SOURCE


def test_form_6_rates_grassroots_organisations_cells_and_members() -> None:
    totals = [row.indicator for row in FORMS["6"].rows if row.level == 0]
    assert totals == ["organisations.grassroots", "organisations.cells", "members.total"]


def test_columns_compare_with_last_year_where_the_form_does() -> None:
    assert [column.key for column in FORMS["1"].columns] == ["text", "value", "last_year", "ratio"]
    assert FORMS["2"].columns == FORMS["1"].columns
    assert all(form.mark == "C" or form.known_from for form in FORMS.values()), "what is unconfirmed is said"


def test_an_unknown_form_is_refused_with_those_there_are() -> None:
    assert form("1") is FORMS["1"]
    with pytest.raises(NotFound, match="1, 2, 3, 6"):
        form("99")
