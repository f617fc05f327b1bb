"""The reform of 1/7/2025 in the demo district: 2023 does not change, 2025 reads on the new tree, series go on.

The demo's records are whole up to 2023, with a few of work in progress after it. What is read of 2025 is the register
as at a day, who is in it and under which committee: nothing was made up for it.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from tests.demo.raw_recount import IDS, Raw
from tests.once import made_once
from tongket.accounts.models import User
from tongket.core.periods import parse_period
from tongket.demo import reform
from tongket.demo.draw.plain import District
from tongket.figures.engine import compute
from tongket.organisations.models import Organisation
from tongket.organisations.queries import visible_to
from tongket.reforms.acts import undo
from tongket.reforms.models import ReformPlan
from tongket.reforms.series.across import as_it_was, carried_across

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
EVE = reform.DAY - timedelta(days=1)
END = date(2025, 12, 31)
BEFORE = ("2021", "2022", "2023")
Said = dict[str, dict[str, tuple[Any, ...]]]


def figures(code: str, period: str) -> Said:
    """All figures of an organisation ("") and of each child by its code: value, parts and number of records."""
    found = compute(code, period)
    rows = {"": found.own, **{child.code: found.by_child[child.id] for child in found.children}}
    return {
        who: {id: (f.value, f.numerator, f.denominator, f.records, f.mask) for id, f in row.items()}
        for who, row in rows.items()
    }


@pytest.fixture(scope="module", name="said")
def _said(loaded: District, django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Said]]:
    """What the years before read; then the plan that the demo has is carried out by the clerk who drew it up."""

    def make() -> dict[str, Said]:
        said = {year: figures("QS", year) for year in BEFORE}
        reform.carry_out(User.objects.get(username="to-chuc"))
        return said

    with made_once(django_db_blocker, make) as said:
        yield said


@pytest.fixture(scope="module", name="raw")
def _raw(said: dict[str, Said], django_db_blocker: Any) -> Raw:
    with django_db_blocker.unblock():
        return Raw()


def test_every_figure_of_the_years_before_reads_as_it_was(said: dict[str, Said]) -> None:
    assert said["2023"][""]["members.total"][0] == 3724 and len(said["2023"][""]) > 130
    for year in BEFORE:
        assert figures("QS", year) == said[year], year


def test_the_years_before_read_as_the_raw_tables_say(said: dict[str, Said], raw: Raw) -> None:
    district = Organisation.objects.get(code="QS").pk
    for year in BEFORE:
        period = parse_period(year)
        for id in IDS:
            total, by_child = raw.as_it_was(id, district, period.start, period.end)
            assert said[year][""][id][0] == total, (year, id)
            shown = {code: row[id][0] for code, row in said[year].items() if code and row[id][0]}
            assert shown == by_child, (year, id)


def test_2025_reads_on_the_new_tree_as_the_raw_tables_say(said: dict[str, Said], raw: Raw) -> None:
    start = date(2025, 1, 1)
    for code, day in (("QS", EVE), (reform.PROVINCE, reform.DAY), (reform.PROVINCE, END), ("QS", END)):
        found = compute(code, "2025", as_at=day, ids=IDS)
        for id in IDS:
            total, by_child = raw.as_it_was(id, found.organisation.pk, start, day)
            assert found.own[id].value == total, (code, day, id)
            codes = {child.code: found.by_child[child.id][id].value for child in found.children}
            assert {code: value for code, value in codes.items() if value} == by_child, (code, day, id)
    on_the_day = compute(reform.PROVINCE, "2025", as_at=reform.DAY, ids=IDS)
    eve = compute("QS", "2025", as_at=EVE, ids=IDS)
    assert on_the_day.own["members.total"].value == eve.own["members.total"].value != 0
    assert len(on_the_day.children) == 4


def test_the_series_carries_the_years_onto_todays_structure_as_the_raw_tables_say(
    said: dict[str, Said], raw: Raw
) -> None:
    province = Organisation.objects.get(code=reform.PROVINCE)
    across = carried_across(province, IDS, [*BEFORE, "2025"], on=END)
    codes = {unit.id: unit.code for unit in across.structure.units}
    assert len(codes) == 4
    for carried in across.periods:
        for id in IDS:
            wanted = raw.across(id, province.pk, carried.period.start, carried.as_at, END)
            where = (carried.period.code, id)
            shown = {codes[unit]: row[id].value for unit, row in carried.units.items()}
            shown |= {"": carried.own[id].value, "?": carried.undivided[id].value}
            assert {code: value for code, value in shown.items() if value} == wanted, where
            assert carried.total[id].value == sum(wanted.values()), where
            if carried.period.code in said:  # nothing of the district's years is lost on the way
                assert carried.total[id].value == said[carried.period.code][""][id][0], where
    for then in as_it_was(across.structure, IDS, BEFORE):
        if then.organisation.code == "QS":
            own = said[then.period.code][""]
            assert {id: then.total[id].value for id in IDS} == {id: own[id][0] for id in IDS}


def test_whoever_acted_for_the_district_acts_for_the_province_until_it_is_taken_back(
    said: dict[str, Said],
) -> None:
    clerk = User.objects.get(username="to-chuc")
    seen = set(visible_to(clerk).values_list("code", flat=True))
    assert {"TINH", "TINH.01", "QS", "QS.03"} <= seen
    plan = ReformPlan.objects.get(done_at__isnull=False)
    undo(plan, reason="thử xong", by=clerk)
    assert "TINH.01" not in set(visible_to(clerk).values_list("code", flat=True))
    assert figures("QS", "2023") == said["2023"]
