"""The statistics: every number is the length of its list, and the lines add up."""

from datetime import date

import pytest
from django.urls import reverse

from tests.inspections.programmes.making import bodies, brought_to, inspect, item, persons, programme
from tests.page_world import logged_in
from tests.world import World
from tongket.core.periods import parse_period
from tongket.inspections.models import ProgrammeItem
from tongket.inspections.running.acts import take_step as go
from tongket.inspections.running.drafts import FindingDraft, Remedy
from tongket.inspections.running.drafts import StepDraft as Step
from tongket.inspections.running.findings import add_findings
from tongket.inspections.statistics.counting import COLUMNS, lines_of, listed, tabulate
from tongket.obligations.acts import take_step
from tongket.obligations.drafts import StepDraft
from tongket.obligations.models import Obligation
from tongket.organisations.models import Organisation

ON = date(2023, 4, 12)


@pytest.fixture
def counted(world: World) -> World:
    """Two items planned, one carried out with findings, one unplanned of a member, one not concluded."""
    by = world.users["inspector"]
    programme(world, by, item(), item(content="Khác", planned_on=date(2023, 11, 30)))
    planned = ProgrammeItem.objects.get(content="Quy chế làm việc")
    row = inspect(world, by, bodies(world, "PA", "PB"), item=planned.identity, unplanned_reason="")
    brought_to(row, "reported", by)
    found = {"on": ON, "ground": "duty", "text": "Chưa làm", "remedy": Remedy("Làm", date(2023, 7, 31))}
    add_findings(
        row,
        [
            FindingDraft(world["PA"], "shortcoming", **found),
            FindingDraft(world["PA"], "violation", **found),
            FindingDraft(world["PB"], "shortcoming", **found),
            FindingDraft(world["PB"], "strength", ON, text="Tốt"),
        ],
        by=by,
    )
    go(row, Step("concluded", date(2023, 4, 20), "1-KL", date(2023, 4, 20)), by=by)
    brought_to(inspect(world, by, persons(world, "M1"), subject="standing", kind="signs"), "notified", by)
    brought_to(inspect(world, by, kind="finance"), "started", by)
    duty = Obligation.objects.filter(organisation=world["PB"]).get()
    take_step(duty, StepDraft("reported", date(2023, 6, 1), "Xong"), by=by)
    take_step(duty, StepDraft("accepted", date(2023, 6, 5)), by=by)
    return world


def _numbers(counted: World, period: str) -> dict[tuple[str, str], dict[str, int]]:
    table = tabulate(
        counted.users["inspector"], Organisation.objects.all(), parse_period(period), date(2023, 12, 31)
    )
    lines = lines_of(table)
    for line in lines:
        for name, number in zip(COLUMNS, line.numbers, strict=True):
            assert number == len(listed(table, name, line.subject, line.kind))
    return {(one.subject, one.kind): dict(zip(COLUMNS, one.numbers, strict=True)) for one in lines}


def test_numbers_of_a_year_by_subject_and_kind(counted: World) -> None:
    found = _numbers(counted, "2023")
    assert found["commission", "compliance"] == {
        "planned": 2,
        "done": 1,
        "unplanned": 0,
        "organisations": 2,
        "members": 0,
        "shortcomings": 2,
        "violations": 1,
        "asked": 3,
        "remedied": 1,
    }
    assert found["standing", "signs"]["members"] == found["standing", "signs"]["unplanned"] == 1
    assert ("commission", "finance") not in found
    total, parts = found["", ""], [found["commission", ""], found["standing", ""]]
    assert total == {name: sum(part[name] for part in parts) for name in COLUMNS}


@pytest.mark.parametrize(
    ("period", "planned", "done"),
    [
        ("2023-04", 0, 2),
        ("2023-Q1", 0, 0),
        ("2023-Q2", 1, 2),
        ("2023-H1", 1, 2),
        ("2023-9M", 1, 2),
        ("2023-H2", 1, 0),
        ("2020-2025", 2, 2),
        ("2022", 0, 0),
    ],
)
def test_every_period_of_the_forms_counts_its_own_days(
    counted: World, period: str, planned: int, done: int
) -> None:
    total = _numbers(counted, period)["", ""]
    assert (total["planned"], total["done"]) == (planned, done)


def test_each_number_of_the_page_leads_to_as_many_rows(counted: World) -> None:
    client = logged_in(counted.users["inspector"])
    page = client.get(reverse("inspections:statistics"), {"ky": "2023"})
    asked = 0
    for line, _text, _total, cells in page.context["lines"]:
        for name, _label, count in cells:
            if count:
                query = {"ky": "2023", "cot": name, "chu_the": line.subject, "loai": line.kind}
                listed_ = client.get(reverse("inspections:statistics_list"), query)
                assert len(listed_.context["rows"]) == count
                asked += 1
    assert asked > 10
    assert client.get(reverse("inspections:statistics_list"), {"cot": "all"}).status_code == 400
    assert client.get(reverse("inspections:statistics") + "?ky=2023&xuat=xlsx").status_code == 200


def test_a_reader_of_another_commune_counts_nothing_of_it(counted: World) -> None:
    page = logged_in(counted.users["clerk_b"]).get(reverse("inspections:statistics"), {"ky": "2023"})
    assert not page.context["any"]
