"""The drawn district: the same from the same seed, people who could be but are not, counts as wanted."""

import os
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

from tests.demo import recount
from tongket.core.identity import check_card_number, check_cccd
from tongket.demo.draw.plain import END, ROOT, District
from tongket.demo.generate import generate

_DIGEST = """
from hashlib import sha256
from tongket.demo.generate import generate
d = generate()
print(sha256(repr([sorted(rows.items()) for rows in (d.sheets, d.set_apart)]).encode()).hexdigest())
"""
_HERE = Path(__file__).resolve().parents[2]


def _digest(hash_seed: str) -> str:
    environment = os.environ | {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(_HERE)}
    run = subprocess.run(
        [sys.executable, "-c", _DIGEST],
        env=environment,
        cwd=_HERE,
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.strip()


def test_the_same_seed_draws_the_same_district_in_any_process() -> None:
    assert _digest("1") == _digest("2") != ""


def test_another_seed_draws_another_district_with_the_same_totals(drawn: District) -> None:
    other = generate(7)
    assert other.sheets["Đảng viên"] != drawn.sheets["Đảng viên"]
    assert recount.members_on(other, END) == recount.members_on(drawn, END)
    assert recount.badges_in(other, 2023) == recount.badges_in(drawn, 2023)


def test_the_district_comes_out_as_the_account_of_the_year_says(drawn: District) -> None:
    assert recount.members_on(drawn, END) == 3724
    assert recount.admitted_in(drawn, 2023) == 88
    assert recount.badges_in(drawn, 2023) == 158
    assert len(drawn.grassroots(END)) == 53
    assert sum(u.sector == "commune" for u in drawn.grassroots(END)) == 13
    assert recount.levels(drawn, "Xếp loại tổ chức", "2023") == {"excellent": 10, "good": 42, "completed": 1}
    members = recount.levels(drawn, "Xếp loại đảng viên", "2023")
    rated = sum(members.values()) - members["not_rated"]
    assert 0.93 < (members["excellent"] + members["good"]) / rated < 0.94
    assert 0.17 < members["excellent"] / rated < 0.18


def test_shares_of_the_target_add_up_to_what_was_assigned(drawn: District) -> None:
    targets = [r for r in drawn.sheets["Chỉ tiêu"] if r["indicator"] == "members.admitted"]
    for year in range(2019, 2024):
        own = [r["value"] for r in targets if r["period"] == str(year) and r["organisation"] == ROOT]
        shared = [r["value"] for r in targets if r["period"] == str(year) and r["organisation"] != ROOT]
        assert own == [sum(shared)]


def test_identity_numbers_are_sound_unique_and_of_a_pattern_not_given_out(drawn: District) -> None:
    numbers = []
    for person in drawn.people.values():
        number = person.details["national_id"]
        if number is not None:
            assert check_cccd(number, person.birth, person.gender) == []  # type: ignore[arg-type]
            assert number[6:9] == "000"
            numbers.append(number)
    assert len(set(numbers)) == len(numbers)
    cards = [r["number"] for r in drawn.sheets["Thẻ đảng viên"]]
    cards += [r["card_number"] for r in drawn.sheets["Đảng viên"] if r.get("card_number")]
    assert len(set(cards)) == len(cards)
    assert not any(check_card_number(card) for card in cards)


def test_a_few_profiles_have_gaps(drawn: District) -> None:
    fields = ("national_id", "religion", "home_town", "schooling", "theory", "occupation", "education")
    gaps = sum(any(p.details.get(name) is None for name in fields) for p in drawn.people.values())
    assert 0.015 < gaps / len(drawn.people) < 0.045


def test_ten_years_hold_every_kind_of_event_and_of_reorganisation(drawn: District) -> None:
    kinds = Counter(row["kind"] for row in drawn.sheets["Biến động"])
    assert set(kinds) == {
        "registered", "admitted", "readmitted", "restored", "moved_in", "recognised", "transferred", "exempted",
        "exemption_ended", "suspended", "suspension_ended", "moved_out", "died", "expelled", "struck_off", "left",
    }  # fmt: skip
    acts = Counter(row["act"] for row in drawn.sheets["Tổ chức"])
    assert (acts["merge"], acts["split"], acts["rename"], acts["dissolve"]) == (4, 1, 1, 1)
    assert len(drawn.moves) > 20


def test_every_cell_has_members_at_the_end_and_everyone_stands_in_a_living_cell(drawn: District) -> None:
    standing = Counter(stay.cell for _, stay in drawn.present(END))
    assert {u.code for u in drawn.cells(END)} == set(standing)
    before = date(2020, 2, 29)
    assert all(drawn.units[stay.cell].alive(before) for _, stay in drawn.present(before))
