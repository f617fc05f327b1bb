"""Rules in words: no code reaches a reader, the page of rules equals the data, and the answers of the command line."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest

from tongket.rules import docs
from tongket.rules.answers import answer
from tongket.rules.catalogue import all_rules, rule
from tongket.rules.texts import all_texts
from tongket.rules.words import say, words

CODE = re.compile(r"\b[a-z]+_[a-z_]+\b")


def leaves(found: Any) -> Iterator[str]:
    """Every text in a value, labels too."""
    if isinstance(found, Mapping):
        for key, entry in found.items():
            yield str(key)
            yield from leaves(entry)
    elif isinstance(found, tuple):
        for entry in found:
            yield from leaves(entry)
    elif isinstance(found, str):
        yield found


def test_every_code_in_a_value_has_words() -> None:
    said_by_number_form = {"number", "kind", "issuer"}
    for one in all_rules():
        for version in one.versions:
            text = str(say(one, version.value))
            assert text and not CODE.search(text), (one.id, text)
            bare = {
                leaf
                for leaf in leaves(version.value)
                if re.fullmatch(r"[a-z]+", leaf) and leaf not in words() and f"{one.id}/{leaf}" not in words()
            }
            assert bare - said_by_number_form - {"symbol", "numerator", "denominator"} <= {"tỉnh", "xã"}, (
                one.id
            )


@pytest.mark.parametrize(
    ("id", "day", "text"),
    [
        ("adm.vote", date(2023, 12, 31), "2/3"),
        ("adm.age.min", date(2023, 12, 31), "18 năm"),
        ("salary.base", date(2024, 7, 1), "2.340.000 đồng/tháng"),
        ("rate.cap.percent", date(2023, 12, 31), "20%"),
        ("badge.days", date(2023, 12, 31), "3/2, 19/5, 2/9, 7/11"),
        ("badge.marks", date(2015, 1, 1), "30, 40, 50, 55, 60, 65, 70, 75, 80, 85, 90 năm tuổi đảng"),
        ("insp.time", date(2023, 12, 31), "Số ngày: chưa đọc được số ngày; Số lần gia hạn: 1"),
        (
            "disc.vote",
            date(2023, 12, 31),
            "Khiển trách: quá nửa; Cảnh cáo: quá nửa; Cách chức: ít nhất hai phần ba; Khai trừ: ít nhất hai phần ba",
        ),
        (
            "adm.decide-by",
            date(2023, 12, 31),
            "Kết nạp: 60 ngày làm việc; Công nhận chính thức: 30 ngày làm việc; Gia hạn nhiều nhất: 30 ngày làm việc",
        ),
    ],
)
def test_a_value_is_said_as_an_office_says_it(id: str, day: date, text: str) -> None:
    assert str(say(rule(id), rule(id).in_force(day).value)) == text


def test_the_notes_are_vietnamese() -> None:
    for one in all_rules():
        for version in one.versions:
            assert not re.search(r"\b(the|of|not|only|from|that|with)\b", version.note), (
                one.id,
                version.note,
            )


def test_the_page_of_rules_equals_the_data() -> None:
    assert docs.PATH.read_text("utf-8") == docs.render(), "chạy python -m tongket.rules.docs"


def test_the_command_answers_in_lines_and_in_json() -> None:
    lines = answer("31/12/2023").splitlines()
    assert lines[0] == "Quy định có hiệu lực ngày 31/12/2023" and len(lines) == len(all_rules()) + 1
    assert any(line.startswith("mov.official") and "chưa có quy định cho ngày này" in line for line in lines)
    found = json.loads(answer("2024-07-01", "salary.base", as_json=True))
    assert found["on"] == "2024-07-01"
    assert (found["rules"][0]["value"], found["rules"][0]["mark"]) == (2340000, "C")
    missing = json.loads(answer("2023-12-31", "org.bctv", as_json=True))["rules"][0]
    assert missing["in_force"] is False and "chưa có quy định" in missing["reason"]
    unknown = json.loads(answer("2026-09-01", "disc.limit.member", as_json=True))["rules"][0]
    assert unknown["in_words"] == "chưa biết"


@pytest.mark.parametrize(
    ("on", "id", "said"), [("31/2/2023", None, "31/2/2023"), ("2023-12-31", "no.such", "no.such")]
)
def test_a_bad_day_or_id_is_refused_in_one_line(on: str, id: str | None, said: str) -> None:
    with pytest.raises(ValueError, match=said) as refused:
        answer(on, id)
    assert "\n" not in str(refused.value)


def test_of_each_subject_one_text_at_most_is_in_force() -> None:
    for subject in all_texts():
        for year in range(2012, 2027):
            for day in (date(year, 1, 20), date(year, 7, 26)):
                assert sum(text.in_force(day) for text in subject.texts) <= 1, subject.id


def test_the_texts_change_on_the_days_of_the_summary() -> None:
    by_id = {subject.id: subject for subject in all_texts()}
    for id, day, document in [
        ("charter", date(2023, 12, 31), "Quy định 24-QĐ/TW"),
        ("charter", date(2025, 1, 20), "Quy định 232-QĐ/TW"),
        ("charter", date(2026, 7, 26), "Quy định 208-QĐ/TW"),
        ("rating", date(2023, 10, 3), "Quy định 132-QĐ/TW"),
        ("rating", date(2023, 12, 31), "Quy định 124-QĐ/TW"),
        ("rating", date(2025, 8, 30), "Quy định 366-QĐ/TW"),
        ("inspection", date(2023, 12, 31), "Quy định 22-QĐ/TW"),
        ("discipline", date(2026, 8, 17), "Quy định 212-QĐ/TW"),
        ("fees", date(2026, 1, 31), "Quyết định 342-QĐ/TW"),
    ]:
        text = by_id[id].in_force(day)
        assert text is not None and text.citation.document == document
    assert by_id["inspection"].in_force(date(2020, 1, 1)) is None
