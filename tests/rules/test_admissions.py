"""The rules of the file of an admission and of reminding: worked examples, and how sure they are."""

from datetime import date

import pytest

from tongket.rules.catalogue import NoRuleInForce, in_force, sequence, table


@pytest.mark.parametrize(
    ("on", "document"),
    [
        (date(2016, 7, 25), "Quy định 29-QĐ/TW"),
        (date(2022, 1, 17), "Quy định 29-QĐ/TW"),
        (date(2022, 1, 18), "Hướng dẫn 12-HD/BTCTW"),
        (date(2025, 9, 28), "Hướng dẫn 12-HD/BTCTW"),
        (date(2025, 9, 29), "Hướng dẫn 38-HD/BTCTW"),
    ],
)
def test_the_list_of_papers_follows_the_guidance_in_force_and_is_unconfirmed(on: date, document: str) -> None:
    version = in_force("adm.papers", on)
    assert version.document.startswith(document) and version.mark == "U" and version.note
    assert {"application", "history", "introduction", "class"} <= set(table("adm.papers", on))


def test_no_list_of_papers_is_known_before_29() -> None:
    with pytest.raises(NoRuleInForce):
        in_force("adm.papers", date(2016, 7, 24))


def test_the_schooling_of_208_and_before_is_not_mixed_up() -> None:
    assert "Bằng tốt nghiệp" in str(table("adm.papers", date(2023, 1, 1))["schooling"])
    assert "Bằng" not in str(table("adm.papers", date(2026, 8, 1))["schooling"])


def test_reminding_is_the_offices_own_habit_in_falling_order() -> None:
    marks = sequence("adm.alert-days", date(2023, 1, 1))
    assert list(marks) == sorted(marks, reverse=True) == [90, 60, 30, 15, 7]
    assert in_force("adm.alert-days", date(2023, 1, 1)).mark == "U"
