"""The catalogue: one version of a rule on any day, every version cited, mistakes in the files named."""

from datetime import date, timedelta
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongket.core import codelists
from tongket.rules.catalogue import (
    BadRules,
    NoRuleInForce,
    UnknownRule,
    all_rules,
    in_force,
    integer,
    load,
    rule,
    sequence,
    table,
    value,
)

rules = st.sampled_from(all_rules())
days = st.dates(date(1990, 1, 1), date(2040, 12, 31))


@given(rules, days)
def test_at_most_one_version_is_in_force_and_it_is_the_one_given(r, d) -> None:
    alive = [v for v in r.versions if v.effective_from <= d <= v.last_day]
    if alive:
        assert alive == [in_force(r.id, d)] and value(r.id, d) == alive[0].value
    else:
        with pytest.raises(NoRuleInForce, match=r.id):
            in_force(r.id, d)


@pytest.mark.parametrize("r", all_rules(), ids=lambda r: r.id)
def test_every_version_is_cited(r) -> None:
    assert rule(r.id) is r and r.name() and r.name("en") and r.unit
    for version in r.versions:
        citation = version.citation()
        assert citation.document in citation.label() and citation.mark in "CRU"
        assert citation.source or citation.mark == "U"
        assert citation.source or version.note or version.document.startswith("Nghị định")


def test_an_unknown_rule_is_named() -> None:
    with pytest.raises(UnknownRule, match=r"no\.such"):
        rule("no.such")


def test_typed_readers_refuse_values_of_another_shape() -> None:
    day = date(2023, 12, 31)
    assert integer("prob.months", day) == 12
    assert sequence("badge.days", day) == ("3/2", "19/5", "2/9", "7/11")
    assert table("doc.margins", day) == {"top": 20, "bottom": 20, "left": 30, "right": 15}
    for reader in (integer, sequence, table):
        with pytest.raises(TypeError, match=r"prob\.start"):
            reader("prob.start", day)


def test_values_cannot_be_changed_by_a_caller() -> None:
    with pytest.raises(TypeError):
        table("doc.margins", date(2023, 1, 1))["top"] = 25  # type: ignore[index]


def test_the_rules_speak_the_codes_of_the_code_lists() -> None:
    for day in (date(2015, 12, 31), date(2019, 12, 31), date(2023, 12, 31), date(2025, 12, 31)):
        for of in ("organisation", "member"):
            assert set(table(f"rate.levels.{of}", day)) == set(codelists.RATING_LEVEL.values) - {"not_rated"}
    day = date(2023, 12, 31)
    assert tuple(table("disc.forms.official", day)) == codelists.MEMBER_DISCIPLINE_FORMS
    assert tuple(table("disc.forms.organisation", day)) == codelists.ORGANISATION_DISCIPLINE_FORMS
    assert set(table("disc.forms.probationary", day)) < set(codelists.MEMBER_DISCIPLINE_FORMS)
    assert set(codelists.DOCUMENT_KIND.values) <= set(table("doc.kinds", day))
    excluded = table("rate.excluded", day)["groups"]
    assert set(excluded) < set(codelists.NOT_RATED_REASON.values)  # type: ignore[arg-type]


def test_regulations_change_on_the_day_they_say() -> None:
    eve, day = date(2025, 6, 30), date(2025, 7, 1)
    assert len(sequence("org.levels", eve)) == 4 and "huyện" not in sequence("org.levels", day)
    assert value("salary.base", date(2024, 6, 30)) == 1_800_000
    assert value("salary.base", date(2024, 7, 1)) == 2_340_000
    assert in_force("adm.age.min", date(2023, 6, 1)).document == "Quy định 24-QĐ/TW"
    assert in_force("rate.levels.member", date(2023, 12, 31)).document == "Quy định 124-QĐ/TW"


def test_an_unconfirmed_citation_says_so() -> None:
    assert "chưa xác nhận" in in_force("badge.round", date(2023, 1, 1)).citation().label()
    assert in_force("rate.cap.percent", date(2023, 12, 31)).citation().label() == (
        "Quy định 124-QĐ/TW, ngày 04/10/2023, Điều 12"
    )


GOOD = """
    rules:
      a.rule:
        name_vi: Một
        name_en: One
        unit: năm
        versions:
          - effective_from: 2020-01-01
            effective_until: 2020-12-31
            value: 1
            document: QĐ
            mark: U
          - effective_from: 2021-01-01
            value: 1.5
            document: QĐ
            mark: U
"""


def loaded(folder: Path, text: str):
    (folder / "x.yaml").write_text(dedent(text), "utf-8")
    return load(folder)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("            value: 1\n", "", "phiên bản 1: value: thiếu giá trị"),
        (
            "effective_from: 2021-01-01",
            "effective_from: 2020-12-31",
            "phiên bản 2: trùng ngày với phiên bản 1",
        ),
        (
            "effective_from: 2021-01-01",
            "effective_from: 2021-01-03",
            "không có phiên bản nào từ ngày 01/01/2021 đến ngày 02/01/2021",
        ),
        ("effective_from: 2021-01-01", "effective_from: 1/1/2021", "phiên bản 2: effective_from"),
        (
            "effective_until: 2020-12-31",
            "effective_until: 2019-12-31",
            "effective_until trước effective_from",
        ),
        ("mark: U", "mark: X", "phiên bản 1: mark"),
        ("            mark: U\n          - eff", "          - eff", "phiên bản 1: mark: thiếu"),
        ("mark: U", "mark: C", "phiên bản 1: source: thiếu nguồn"),
        ("mark: U", "mark: R", "phiên bản 1: source: thiếu nguồn"),
        ("mark: U", "mark: U\n            source: P999", "P999"),
        ("mark: U", "mark: U\n            marks: C", "phiên bản 1: marks: khóa lạ"),
        ("unit: năm", "units: năm", "units: khóa lạ"),
        ("unit: năm", "unit: năm\n        type: list", "phiên bản 1: value: cần một danh sách"),
        ("unit: năm", "unit: năm\n        type: lists", "type: 'lists' không có"),
        ("value: 1.5", "value: [1.5]\n            effective_from: 2021-01-01", "ghi hai lần"),
        ("name_en: One", "name_en: ''", "name_en"),
        ("value: 1.5", "value: 2020-01-01", "ghi một số"),
        ("a.rule:", "a.rule: [", "không đọc được tệp"),
    ],
)
def test_a_mistake_in_a_rule_file_is_named_by_file_and_key(tmp_path, old, new, complaint) -> None:
    assert old in GOOD
    with pytest.raises(BadRules, match=r"x\.yaml") as refused:
        loaded(tmp_path, GOOD.replace(old, new))
    assert complaint in str(refused.value)


def test_a_gap_must_be_declared_and_a_declared_gap_must_be_one(tmp_path) -> None:
    gap = "\n        gaps:\n          - {from: 2021-01-01, until: 2021-01-02, reason: day not found}\n"
    holed = GOOD.replace("2021-01-01", "2021-01-03").rstrip()
    found = loaded(tmp_path, holed + gap)["a.rule"]
    assert found.gaps[0].reason == "day not found"
    with pytest.raises(NoRuleInForce):
        found.in_force(date(2021, 1, 2))
    with pytest.raises(BadRules, match="không phải khoảng trống"):
        loaded(tmp_path, GOOD.rstrip() + gap)


def test_the_same_id_in_two_files_is_refused(tmp_path) -> None:
    (tmp_path / "w.yaml").write_text(dedent(GOOD), "utf-8")
    with pytest.raises(BadRules, match="đã có ở tệp khác"):
        loaded(tmp_path, GOOD)


def test_decimals_are_exact(tmp_path) -> None:
    found = loaded(tmp_path, GOOD)["a.rule"]
    assert str(found.in_force(date(2021, 1, 1) + timedelta(days=9)).value) == "1.5"
