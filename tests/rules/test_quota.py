"""The cap on excellent: worked examples of the sources, and ten thousand random rounds against a count by hand."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

from tongket.ratings.quota.words import outcome_of, said, sum_of
from tongket.rules.catalogue import NoRuleInForce, in_force, table
from tongket.rules.quota import BASES, CapRule, Pool, Rated, cap_of, cap_rule, on_the_line, verdict

END_2023 = date(2023, 12, 31)
LEVELS = ("excellent", "good", "completed", "failed", "", "not_rated")


def _rows(excellent: int, good: int, completed: int = 0, **more: object) -> list[Rated]:
    levels = ["excellent"] * excellent + ["good"] * good + ["completed"] * completed
    return [Rated(key, level, **more) for key, level in enumerate(levels)]  # type: ignore[arg-type]


def _all(rows: list[Rated], rule: CapRule) -> Pool:
    return next(pool for pool in verdict(rows, rule).pools if pool.kind == "all")


def test_que_son_2023_is_exactly_full_by_the_wide_base_and_two_over_by_the_strict_one() -> None:
    pool = _all(_rows(10, 42, 1), cap_rule("organisations", END_2023))
    wide, strict = pool.readings["tot_tro_len"], pool.readings["tot"]
    assert (pool.listed, wide.base, wide.exact, wide.cap, wide.over, wide.room) == (
        53,
        52,
        Decimal("10.4"),
        10,
        0,
        0,
    )
    assert (strict.base, strict.exact, strict.cap, strict.over) == (42, Decimal("8.4"), 8, 2)
    assert said(wide) == "Số hoàn thành tốt nhiệm vụ trở lên 52 → 20% = 10,4 → trần 10, có 10 → vừa đủ"
    assert said(strict) == "Số hoàn thành tốt nhiệm vụ 42 → 20% = 8,4 → trần 8, có 10 → vượt 2"


def test_the_reading_that_decides_is_the_setting_of_the_year() -> None:
    rows = _rows(10, 42, 1)
    assert not verdict(rows, cap_rule("organisations", END_2023)).over()
    strict = verdict(rows, cap_rule("organisations", END_2023, "tot"))
    assert [pool.readings["tot"].over for pool in strict.over()] == [2]
    with pytest.raises(ValueError, match="ca_nam"):
        cap_rule("organisations", END_2023, "ca_nam")


@pytest.mark.parametrize(
    ("base", "cap"), [(0, 0), (4, 0), (5, 1), (9, 1), (10, 2), (42, 8), (49, 9), (50, 10), (52, 10)]
)
def test_a_share_is_rounded_down(base: int, cap: int) -> None:
    assert cap_of(base, Decimal(20)) == cap


def test_another_rounding_is_not_guessed() -> None:
    with pytest.raises(ValueError, match="half_up"):
        cap_of(10, Decimal(20), "half_up")


def test_a_special_case_leaves_the_count_and_stays_in_the_base() -> None:
    rows = [*_rows(10, 42), Rated(99, "excellent", special=True)]
    pool = _all(rows, cap_rule("organisations", END_2023))
    wide = pool.readings["tot_tro_len"]
    assert (pool.excellent, pool.specials, wide.counted, wide.base, wide.cap) == (11, 1, 10, 53, 10)
    assert pool.readings["tot"].base == 42


def test_the_lowest_scores_are_on_the_line_and_a_tie_names_everybody_tied() -> None:
    rows = [Rated(key, "excellent", score=Decimal(score)) for key, score in enumerate((98, 91, 95, 91, 97))]
    assert on_the_line(rows, 4) == ((1, 3), True)
    assert on_the_line(rows, 3) == ((1, 3), True)
    assert on_the_line(rows, 5) == ((), False)


def test_without_all_scores_everybody_excellent_is_on_the_line() -> None:
    rows = [Rated(1, "excellent", score=Decimal(99)), Rated(2, "excellent")]
    assert on_the_line(rows, 1) == ((1, 2), False)


def test_an_outstanding_collective_has_a_quarter_from_2025_only() -> None:
    rule = cap_rule("members", date(2025, 12, 31))
    pool = _all(_rows(12, 40), rule)
    assert pool.outstanding["tot_tro_len"].cap == 13
    assert not _all(_rows(12, 40), cap_rule("members", END_2023)).outstanding


def test_no_cap_before_2018() -> None:
    with pytest.raises(NoRuleInForce):
        cap_rule("members", date(2017, 12, 31))


def test_members_are_capped_within_each_grassroots_organisation_too() -> None:
    rows = [
        *[Rated(key, "excellent", unit="PA") for key in range(2)],
        *[Rated(key, "good", unit="PA") for key in range(2, 6)],
        *[Rated(key, "good", unit="PB") for key in range(6, 16)],
    ]
    pools = {(pool.kind, pool.key): pool for pool in verdict(rows, cap_rule("members", END_2023)).pools}
    assert pools["unit", "PA"].readings["tot_tro_len"].over == 1
    assert pools["unit", "PB"].readings["tot_tro_len"].room == 2
    assert pools["all", ""].readings["tot_tro_len"].over == 0
    assert ("group", "") not in pools


def test_ten_thousand_random_rounds_agree_with_a_count_by_hand() -> None:
    rng = Random(4)
    for _ in range(10_000):
        rows = [
            Rated(
                key,
                rng.choice(LEVELS),
                unit=rng.choice("AB"),
                group=rng.choice(("", "x")),
                special=rng.random() < 0.1,
                score=None if rng.random() < 0.05 else Decimal(rng.randrange(88, 96)),
                reason="",
            )
            for key in range(rng.randrange(0, 15))
        ]
        percent = rng.choice((Decimal(20), Decimal(25), Decimal("12.5")))
        rule = CapRule(percent, rng.choice(BASES), "down", ("unit", "group", "all"))
        found = verdict(rows, rule)
        seen = {(pool.kind, pool.key) for pool in found.pools}
        grouped = any(row.group for row in rows)
        asked = {("unit", row.unit) for row in rows} | ({("all", "")} if rows else set())
        assert seen == asked | ({("group", row.group) for row in rows} if grouped else set())
        for pool in found.pools:
            _by_hand(
                pool, [r for r in rows if pool.kind == "all" or getattr(r, pool.kind) == pool.key], percent
            )


def _by_hand(pool: Pool, rows: list[Rated], percent: Decimal) -> None:
    """Everything of a pool counted again, by fractions and by trying every order of scores."""
    assert pool.listed == len(rows) == pool.rated + pool.not_rated + pool.open
    goods = len([1 for r in rows if r.level == "good"])
    excellent = [r for r in rows if r.level == "excellent"]
    plain = [r for r in excellent if not r.special]
    for code, base in (("tot", goods), ("tot_tro_len", goods + len(excellent))):
        reading = pool.readings[code]
        share = Fraction(base) * Fraction(percent) / 100
        cap = max(n for n in range(base + 1) if n <= share)
        assert (reading.base, reading.cap, Fraction(reading.exact)) == (base, cap, share)
        assert reading.counted == len(plain)
        surplus = len(plain) - cap
        assert (reading.over, reading.room) == (max(surplus, 0), max(-surplus, 0))
        if surplus <= 0:
            line = set()
        elif any(r.score is None for r in plain):
            line = {r.key for r in plain}
        else:  # outside the cap in some order: at least `cap` others have as high a score
            line = {r.key for r in plain if sum(o.score >= r.score for o in plain if o is not r) >= cap}
        assert set(reading.line) == line


def test_the_words_say_room_and_full() -> None:
    pool = _all(_rows(1, 9), cap_rule("organisations", END_2023))
    assert outcome_of(pool.readings["tot_tro_len"]) == "còn 1"
    assert sum_of(pool.readings["tot"]) == "Số hoàn thành tốt nhiệm vụ 9 → 20% = 1,8 → trần 1, có 1"


def test_a_group_too_small_for_any_says_so_instead_of_full() -> None:
    pool = _all(_rows(0, 3), cap_rule("organisations", END_2023))
    assert outcome_of(pool.readings["tot"]) == "không có suất"


def test_a_members_discipline_and_special_cases_as_data() -> None:
    assert in_force("rate.discipline.member", END_2023).mark == "C"
    assert table("rate.discipline.member", END_2023) == {
        "barred": ("excellent",),
        "remedied": ("good", "completed"),
    }
    assert in_force("rate.discipline.member", date(2025, 12, 31)).mark == "U"
    assert in_force("rate.cap.special", END_2023).value == ("base",)


def test_the_pool_that_the_rule_names_and_those_counted_beside_it() -> None:
    assert cap_rule("organisations", END_2023).pools == ("group", "all")
    members = cap_rule("members", END_2023)
    assert (members.binding, members.pools) == ("unit", ("unit", "group", "all"))
    assert cap_rule("members", date(2018, 12, 31)).binding == ""
