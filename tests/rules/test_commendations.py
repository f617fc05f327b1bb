"""The rules of commendation: worked examples from the sources, and what is not known stays unknown."""

from datetime import date
from decimal import Decimal

import pytest

from tongket.core.codelists import COMMENDATION_FORM, GIVER, RECIPIENT
from tongket.core.judging import COMMENDING_KIND
from tongket.rules.catalogue import NoRuleInForce, in_force, integer, sequence, table


@pytest.mark.parametrize(
    ("on", "mark"),
    [
        (date(2018, 12, 31), "C"),
        (date(2021, 7, 29), "C"),
        (date(2021, 7, 30), "U"),
        (date(2023, 12, 31), "U"),
    ],
)
def test_who_may_give_is_confirmed_to_2021_and_unread_after(on: date, mark: str) -> None:
    assert in_force("com.who", on).mark == mark


@pytest.mark.parametrize(
    ("giver", "form", "recipients"),
    [
        ("cell", "praise", ("collective", "individual")),
        ("grassroots_cell", "certificate", ("individual",)),
        ("grassroots", "certificate", ("collective", "individual")),
        ("district", "certificate", ("collective", "individual")),
        ("province", "merit", ("collective", "individual")),
        ("state", "order", ("collective", "individual")),
    ],
)
def test_each_level_gives_its_forms(giver: str, form: str, recipients: tuple[str, ...]) -> None:
    assert table("com.who", date(2018, 12, 31))[giver][form] == recipients  # type: ignore[index, call-overload]


def test_the_table_of_givers_uses_the_codes_of_records() -> None:
    forms = table("com.who", date(2023, 12, 31))
    assert set(forms) - {"grassroots_cell"} <= set(GIVER.values)
    for given in forms.values():
        assert set(given) <= set(COMMENDATION_FORM.values)  # type: ignore[arg-type]
        assert {one for whom in given.values() for one in whom} <= set(RECIPIENT.values)  # type: ignore[union-attr]


@pytest.mark.parametrize(("on", "mark"), [(date(2023, 12, 31), "C"), (date(2025, 12, 31), "U")])
def test_the_gate_is_excellent_in_the_year_or_five_years_running(on: date, mark: str) -> None:
    version = in_force("com.gate", on)
    assert (version.value, version.mark) == ({"level": "excellent", "yearly": 1, "five_year": 5}, mark)


def test_before_the_oldest_guidance_no_gate_is_known() -> None:
    with pytest.raises(NoRuleInForce):
        in_force("com.gate", date(2018, 12, 31))


@pytest.mark.parametrize(
    ("on", "words"), [(date(2025, 6, 8), "trong sạch"), (date(2025, 6, 9), "Hoàn thành xuất sắc")]
)
def test_the_title_of_bodies_changed_in_2025(on: date, words: str) -> None:
    assert words in str(table("com.title", on)["body_year"])


def test_the_bonus_of_a_cell_is_its_multiple_of_the_base_salary() -> None:
    day = date(2026, 1, 15)
    amounts = table("com.bonus", day)
    assert in_force("com.bonus", day).mark == "C"
    assert amounts["cell_year_certificate"] * integer("salary.base", day) == Decimal("1404000.0")  # type: ignore[operator]
    assert amounts["cell_five_year_certificate"] * integer("salary.base", day) == Decimal("3510000.0")  # type: ignore[operator]
    assert {key for key, amount in amounts.items() if amount is None} == {
        "cell_five_year_merit",
        "member_year_certificate",
        "member_five_year_certificate",
        "member_five_year_merit",
    }


def test_the_kinds_are_those_of_the_records() -> None:
    assert set(sequence("com.kinds", date(2025, 12, 31))) == set(COMMENDING_KIND.values)
