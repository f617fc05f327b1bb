"""Every fact of the sheet is in every carrier, with the same value."""

import json
from decimal import Decimal

import pytest
from hypothesis import given

from tests.reports.exchange.sheets import any_sheet, district_sheet, fact, hostile_sheet
from tongket.indicators.catalogue import INDICATORS
from tongket.reports.layer import taxonomy
from tongket.reports.layer.model import BadFacts, FactSheet, from_data
from tongket.reports.layer.table import COLUMNS, facts_csv, facts_of_csv
from tongket.reports.layer.xbrl import INSTANCE, xbrl_files, xbrl_json, xbrl_values


@given(any_sheet())
def test_json_and_csv_give_the_whole_sheet_back(sheet: FactSheet) -> None:
    assert from_data(json.loads(sheet.as_json())) == sheet
    assert facts_of_csv(facts_csv(sheet)) == sheet.facts


@given(any_sheet())
def test_xbrl_holds_every_fact_that_is_not_masked_with_its_value(sheet: FactSheet) -> None:
    report = json.loads(xbrl_json(sheet))
    shown = {n: fact for n, fact in enumerate(sheet.facts) if not fact.mask}
    assert xbrl_values(xbrl_json(sheet)) == {n: fact.value for n, fact in shown.items()}
    places = set()
    for n, own in shown.items():
        told = report["facts"][f"f{n}"]
        dimensions = told["dimensions"]
        assert dimensions["concept"] == f"tk:{own.indicator}"
        assert ("unit" in dimensions) == (own.unit != "%")
        assert ("tk:to-chuc" in dimensions) == (own.organisation != sheet.organisation)
        if own.value:
            assert Decimal(told["value"]) == Decimal(own.value) / (100 if own.unit == "%" else 1)
        else:
            assert told["value"] is None and "decimals" not in told
        places.add(json.dumps(dimensions, sort_keys=True))
    assert len(places) == len(shown), "two facts of the sheet became one place"


@given(any_sheet())
def test_masked_facts_are_left_out_of_xbrl_and_named_as_left_out(sheet: FactSheet) -> None:
    report = json.loads(xbrl_json(sheet))["facts"]
    masked = [fact for fact in sheet.facts if fact.mask]
    assert ("i-so-lieu-khong-ghi" in report) == bool(masked)
    if masked:
        said = report["i-so-lieu-khong-ghi"]["value"]
        assert all(taxonomy.clean(f"{fact.key}: {fact.mask}") in said for fact in masked)


def test_the_book_digest_and_the_moments_are_facts_of_their_own() -> None:
    report = json.loads(xbrl_json(district_sheet(book_digest="cd" * 32)))["facts"]
    assert report["i-so-chot"]["value"] == "cd" * 32
    assert report["i-lap-luc"]["value"] == "2024-01-15T08:30:00+00:00"
    assert "i-theo-so-sach-luc" not in report


def test_stock_opening_and_flow_have_their_own_moments() -> None:
    sheet = district_sheet(children=0)
    report = json.loads(xbrl_json(sheet))["facts"]
    period = {
        fact.indicator: report[f"f{n}"]["dimensions"]["period"]
        for n, fact in enumerate(sheet.facts)
        if fact.period == "2023"
    }
    assert period["members.total"] == "2024-01-01T00:00:00"
    assert period["members.opening"] == "2023-01-01T00:00:00"
    assert period["members.admitted"] == "2023-01-01T00:00:00/2024-01-01T00:00:00"
    assert period["members.women_pct"] == "2024-01-01T00:00:00"
    assert period["members.balance_gap"] == "2023-01-01T00:00:00/2024-01-01T00:00:00"


def test_counts_are_exact_and_shares_say_their_decimals() -> None:
    sheet = district_sheet(children=0)
    report = json.loads(xbrl_json(sheet))["facts"]
    told = {fact.indicator: report[f"f{n}"] for n, fact in enumerate(sheet.facts) if fact.period == "2023"}
    assert "decimals" not in told["members.total"]
    share = told["ratings.organisations.good_or_better_pct"]
    assert (share["value"], share["decimals"]) == ("0.9811", 4)


def test_every_indicator_has_its_concept_and_no_two_names_are_the_same() -> None:
    schema = taxonomy.catalogue_files()[taxonomy.SCHEMA].decode()
    names = schema.split('<xs:element name="')[1:]
    found = [part.split('"')[0] for part in names]
    assert len(found) == len(set(found))
    assert set(INDICATORS) <= set(found)
    units = {entry.unit for entry in INDICATORS.values()}
    assert len({taxonomy.unit_name(unit) for unit in units}) == len(units)


def test_two_codes_never_become_one_name() -> None:
    codes = ["A_B", "A_5f_B", "A B", "A.B", "A-B", "Ă", "Á", "_", "_5f_"]
    assert len({taxonomy.member_name(code) for code in codes}) == len(codes)
    assert all(name.isascii() for name in map(taxonomy.member_name, codes))


def test_an_indicator_outside_the_catalogue_and_a_value_that_is_no_number_are_refused() -> None:
    good = fact("members.total", "QS", "Huyện", "2023", Decimal(1))
    for spoilt in ({"indicator": "no.such"}, {"value": "một"}, {"value": "NaN"}, {"period": "năm nay"}):
        data = {name: getattr(good, name) for name in good.__slots__} | spoilt
        sheet = FactSheet(
            "QS", "Huyện", "2023", "2023-12-31", "", "", "2024-01-01T00:00:00+00:00", (type(good)(**data),)
        )
        with pytest.raises(BadFacts):
            xbrl_files(sheet)


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b'{"facts":{"f0":1}}', b'{"facts":{"fx":{}}}', b"\xff"]
)
def test_what_is_no_xbrl_of_ours_is_refused(content: bytes) -> None:
    with pytest.raises(BadFacts):
        xbrl_values(content)


@pytest.mark.parametrize(
    "content", [b"", b"a;b\r\n1;2\r\n", b"\xff\xfe", ";".join(COLUMNS).encode() + b"\r\nx\r\n"]
)
def test_what_is_no_csv_of_ours_is_refused(content: bytes) -> None:
    with pytest.raises(BadFacts):
        facts_of_csv(content)


def test_the_csv_opens_in_excel_with_its_letters_and_runs_nothing() -> None:
    content = facts_csv(hostile_sheet())
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\r\n=1+1;" not in content and b";=1+1;" not in content and b";'=1+1;" in content
    assert b";@SUM" not in content


def test_the_same_sheet_gives_the_same_bytes() -> None:
    made = xbrl_files(district_sheet(children=1))
    assert made == xbrl_files(district_sheet(children=1))
    assert INSTANCE in made
