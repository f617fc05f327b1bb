"""What the rules of discipline say on a day: worked examples from their sources."""

from datetime import date

import pytest

from tongket.rules.catalogue import NoRuleInForce, in_force, integer, table


@pytest.mark.parametrize(
    ("rule", "form", "years"),
    [
        ("disc.limit.member", "reprimand", 5),
        ("disc.limit.member", "warning", 10),
        ("disc.limit.member", "removal", 10),
        ("disc.limit.member", "expulsion", None),
        ("disc.limit.organisation", "reprimand", 5),
        ("disc.limit.organisation", "warning", 10),
        ("disc.limit.organisation", "dissolution", None),
    ],
)
def test_the_limits_of_69_qd_tw(rule: str, form: str, years: int | None) -> None:
    assert table(rule, date(2022, 7, 6))[form] == table(rule, date(2026, 8, 16))[form] == years


@pytest.mark.parametrize("rule", ["disc.limit.member", "disc.limit.organisation"])
def test_under_212_qd_tw_no_limit_is_known_and_the_mark_says_so(rule: str) -> None:
    version = in_force(rule, date(2026, 8, 17))
    assert (version.document, version.mark, version.value) == ("Quy định 212-QĐ/TW", "U", {})
    with pytest.raises(NoRuleInForce):
        in_force(rule, date(2022, 7, 5))


def test_majorities_competence_and_times() -> None:
    day = date(2025, 6, 1)
    assert table("disc.vote", day) == {
        "reprimand": "over_half",
        "warning": "over_half",
        "removal": "two_thirds",
        "expulsion": "two_thirds",
    }
    assert table("disc.who", day)["may_not"] == ("cell_committee",)
    assert integer("disc.notify", day) == 5
    assert integer("disc.appeal", day) == 30
    assert table("disc.appeal.answer", day) == {"province_and_below": 90, "centre": 180}
    assert table("disc.suspend", date(2026, 5, 1)) == {"days": 90, "extension": 30}


@pytest.mark.parametrize(
    ("rule", "mark"),
    [("disc.vote", "C"), ("disc.notify", "C"), ("disc.who", "R"), ("disc.appeal.answer", "R")],
)
def test_how_sure_each_is(rule: str, mark: str) -> None:
    assert in_force(rule, date(2026, 6, 1)).mark == mark
