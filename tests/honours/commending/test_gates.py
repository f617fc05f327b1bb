"""The gates of titles: random histories against brute force, and each outcome with its reason."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongket.core.codelists import RATING_LEVEL
from tongket.honours.commending.gates import Ask, Cap, History, Rated, Rules, cap_of, judge, rules_on, worst

YEAR = 2023
SURE = Rules(
    {"com.gate": "C", "com.discipline": "U", "com.who": "C"}, {"district": {"certificate": ("individual",)}}
)
UNSURE = Rules({"com.gate": "U", "com.discipline": None, "com.who": "R"}, SURE.who)

levels = st.dictionaries(st.integers(2010, 2025), st.sampled_from(RATING_LEVEL.values), max_size=16)
asks = st.builds(
    Ask,
    st.sampled_from(["none", "excellent", "running"]),
    st.integers(2, 7),
    st.booleans(),
    st.sampled_from(["certificate", "merit"]),
    st.sampled_from(["district", "central"]),
    st.sampled_from(["individual", "collective"]),
)


def _brute(ask: Ask, found: dict[int, str], registered: bool, sure: bool) -> str:
    """The rating gate, year by year backwards."""
    if ask.gate == "none":
        return "passed"
    if not registered:
        return "doubtful"
    count = 1 if ask.gate == "excellent" else ask.years
    missing = wrong = False
    for back in range(count):
        level = found.get(YEAR - back)
        if level is None:
            missing = True
        elif level != "excellent":
            wrong = True
    if wrong:
        return "failed" if sure else "doubtful"
    return "doubtful" if missing else "passed"


@given(asks, levels, st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_random_histories_come_out_as_counted_year_by_year(
    ask, found, registered, sure, disciplined, got
) -> None:
    history = History(
        registered,
        {year: Rated(level, year) for year, level in found.items()},
        (date(2023, 5, 1),) if disciplined else (),
        (date(2023, 9, 1),) if got else (),
    )
    rules = SURE if sure else UNSURE
    outcomes = {one.check: one for one in judge(ask, history, YEAR, rules)}
    rating = outcomes["rating"]
    assert rating.outcome == _brute(ask, found, registered, sure)
    span = range(YEAR - (ask.years if ask.gate == "running" else 1) + 1, YEAR + 1)
    if ask.gate != "none" and registered:
        assert [year for year, _ in rating.ratings] == [year for year in span if year in found]
        for year in span:
            assert str(year) in rating.reason
    assert ("discipline" in outcomes) == ask.no_discipline
    if ask.no_discipline:
        # No text was read that bars the disciplined: it never fails outright.
        assert outcomes["discipline"].outcome == ("doubtful" if disciplined or not registered else "passed")
    assert outcomes["once"].outcome == ("failed" if got else "passed")
    allowed = (ask.form, ask.recipient_kind) == ("certificate", "individual")
    expected = (
        "doubtful" if ask.giver == "central" else "passed" if allowed else "failed" if sure else "doubtful"
    )
    assert outcomes["giver"].outcome == expected
    order = ["passed", "doubtful", "failed"]
    assert worst(list(outcomes.values())) == max((one.outcome for one in outcomes.values()), key=order.index)
    assert worst(list(outcomes.values()), outcomes) == "passed"


def test_the_reason_names_the_other_year_and_the_missing_one() -> None:
    ask = Ask("running", 5, False, "certificate", "district", "individual")
    found = {2023: "excellent", 2022: "good", 2021: "excellent", 2020: "excellent"}
    history = History(True, {year: Rated(level, 7) for year, level in found.items()})
    [rating, *_] = judge(ask, history, YEAR, SURE)
    assert rating.outcome == "failed"
    assert "năm 2022: hoàn thành tốt nhiệm vụ" in rating.reason
    assert "năm 2019: chưa có kết quả xếp loại" in rating.reason


@pytest.mark.parametrize(
    ("number", "share", "base", "count", "limit", "over"),
    [
        (5, None, None, 7, 5, 2),
        (None, Decimal(20), 52, 11, 10, 1),
        (None, Decimal(20), 52, 10, 10, 0),
        (8, Decimal(20), 52, 10, 8, 2),
        (None, None, None, 99, None, 0),
        (None, Decimal("33.33"), 3, 1, 0, 1),
    ],
)
def test_the_cap_is_the_lower_of_number_and_share_rounded_down(
    number, share, base, count, limit, over
) -> None:
    cap: Cap = cap_of(number, share, base, count)
    assert (cap.limit, cap.over) == (limit, over)


def test_a_grassroots_cell_gives_certificates_to_members_only() -> None:
    rules = rules_on(date(2018, 12, 31))
    history = History(True, {})
    for kind, recipient, outcome in (
        ("grassroots_cell", "collective", "failed"),
        ("grassroots_cell", "individual", "passed"),
        ("grassroots_body", "collective", "passed"),
    ):
        ask = Ask("none", 1, False, "certificate", "grassroots", recipient)
        found = {one.check: one.outcome for one in judge(ask, history, 2018, rules, giver_kind=kind)}
        assert found["giver"] == outcome
    # From 2021 on the text was not read: it only asks.
    ask = Ask("none", 1, False, "certificate", "grassroots", "collective")
    later = judge(ask, history, 2023, rules_on(date(2023, 12, 31)), giver_kind="grassroots_cell")
    assert {one.check: one.outcome for one in later}["giver"] == "doubtful"


def test_a_title_of_a_level_below_the_campaign_is_asked_about() -> None:
    rules, history = rules_on(date(2018, 12, 31)), History(True, {})
    for giver, kind, outcome in (
        ("grassroots", "district_committee", "doubtful"),
        ("district", "district_committee", "passed"),
        ("province", "district_committee", "failed"),  # no certificate of the province: com.who
        ("grassroots", "grassroots_body", "passed"),
    ):
        ask = Ask("none", 1, False, "certificate", giver, "individual")
        found = {one.check: one for one in judge(ask, history, 2018, rules, giver_kind=kind)}["giver"]
        assert found.outcome == outcome, (giver, kind, found.reason)
