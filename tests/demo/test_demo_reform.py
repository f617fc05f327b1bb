"""The reform of 1/7/2025 in the demo district: 2023 does not change, 2025 reads on the new tree, series go on."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from tongket.accounts.models import User
from tongket.demo import reform
from tongket.demo.draw.plain import District
from tongket.figures.engine import compute
from tongket.indicators.catalogue import INDICATORS
from tongket.members.models import MembershipSpell
from tongket.organisations.models import Organisation, OrganisationPath, SuccessorLink
from tongket.organisations.queries import visible_to
from tongket.reforms.acts import undo
from tongket.reforms.series.across import as_it_was, carriable, carried_across

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
END = date(2025, 12, 31)


def figures(code: str, period: str) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """Own figures, and those of each child by its code: value, parts and number of records."""
    found = compute(code, period)

    def said(row: dict[str, Any]) -> dict[str, Any]:
        return {id: (f.value, f.numerator, f.denominator, f.records) for id, f in row.items()}

    return said(found.own), {child.code: said(found.by_child[child.id]) for child in found.children}


def members_under(code: str, day: date) -> int:
    """Members on a day below an organisation, by going through spells and paths."""
    cells = set(
        OrganisationPath.objects.filter(
            ancestor__code=code, voided_at__isnull=True, valid_from__lte=day, valid_to__gt=day
        ).values_list("descendant_id", flat=True)
    )
    rows = MembershipSpell.objects.filter(voided_at__isnull=True).values_list(
        "organisation_id", "valid_from", "valid_to"
    )
    return sum(start <= day < end and cell in cells for cell, start, end in rows)


def test_the_reform_changes_no_figure_of_2023_and_2025_reads_on_the_new_tree(loaded: District) -> None:
    before = {year: figures("QS", year) for year in ("2022", "2023", "2024")}
    plan = reform.carry_out()
    for year, said in before.items():
        assert figures("QS", year) == said, year

    eve = reform.DAY - timedelta(days=1)
    total = compute("QS", "2025", as_at=eve, ids=["members.total"]).own["members.total"].value
    assert total == members_under("QS", eve)
    after = compute(reform.PROVINCE, "2025", as_at=reform.DAY, ids=["members.total"])
    assert after.own["members.total"].value == members_under(reform.PROVINCE, reform.DAY) == total
    assert compute("QS", "2025", as_at=END, ids=["members.total"]).own["members.total"].value == 0
    assert len(after.children) == 4

    undo(plan, reason="thử xong", by=None)
    assert figures("QS", "2023") == before["2023"]


def test_2023_carried_across_to_the_new_communes_adds_up_to_2023_as_it_was(loaded: District) -> None:
    was, by_commune = figures("QS", "2023")
    reform.carry_out()
    ids = [
        id
        for id in (
            "members.total",
            "members.admitted",
            "members.women",
            "honours.badges",
            "organisations.grassroots",
        )
        if carriable(INDICATORS[id])
    ]
    province = Organisation.objects.get(code=reform.PROVINCE)
    across = carried_across(province, ids, ["2023", "2025"], on=END)
    carried = across.periods[0]
    heir = dict(
        SuccessorLink.objects.filter(voided_at__isnull=True).values_list(
            "predecessor__code", "successor__code"
        )
    )
    for id in ids:
        assert carried.total[id].value == was[id][0], id
        expected: Counter[str] = Counter()
        for code, row in by_commune.items():
            # What was no commune went under the first of the new ones.
            expected[heir.get(code, f"{reform.PROVINCE}.01")] += row[id][0]
        for unit in across.structure.units:
            assert carried.units[unit.id][id].value == expected[unit.code], (id, unit.code)
    (then,) = [one for one in as_it_was(across.structure, ids, ["2023"]) if one.period.code == "2023"]
    assert {id: then.total[id].value for id in ids} == {id: was[id][0] for id in ids}


def test_whoever_acted_for_the_district_acts_for_the_province_and_no_longer_when_taken_back(
    loaded: District,
) -> None:
    clerk = User.objects.get(username="to-chuc")
    plan = reform.carry_out(clerk)
    seen = set(visible_to(clerk).values_list("code", flat=True))
    assert {"TINH", "TINH.01", "QS", "QS.03"} <= seen
    undo(plan, reason="thử xong", by=clerk)
    assert "TINH.01" not in set(visible_to(clerk).values_list("code", flat=True))
