"""The page of a figure: the number equals the records listed, people's files stay with those who may read them."""

import io
import re
from typing import Any

import openpyxl
import pytest
from django.urls import reverse

from tests.web.conftest import Visit
from tests.world import World
from tongket.audit.models import LedgerEntry
from tongket.figures.engine import compute
from tongket.indicators.catalogue import INDICATORS
from tongket.indicators.model import Count

COUNTS = [id for id, entry in INDICATORS.items() if isinstance(entry.formula, Count) and not entry.sensitive]


def _figure(visit: Visit, id: str, who: str = "organisation", query: str = "?ky=2023") -> Any:
    return visit(who).get(reverse("web:figure", args=[id]) + query)


def _sheet(answer: Any) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))


@pytest.mark.parametrize(
    "id", ["members.total", "members.admitted", "ratings.organisations.rated", "organisations.cells"]
)
def test_the_number_shown_is_the_number_of_records_listed(visit: Visit, world: World, id: str) -> None:
    value = compute(world["QS"], "2023", ids=(id,)).own[id].value
    answer = _figure(visit, id)
    assert (
        answer.context["figure"].value
        == answer.context["records"].count
        == len(answer.context["rows"])
        == value
    )


def test_the_records_of_all_counts_are_as_many_as_the_export_holds(visit: Visit, world: World) -> None:
    figures = compute(world["QS"], "2023", ids=COUNTS, children=False).own
    told = [id for id in COUNTS if figures[id].value][:12]
    assert told
    for id in told:
        answer = _figure(visit, id, who="leader", query="?ky=2023&xuat=xlsx")
        if answer.status_code == 200:
            assert len(_sheet(answer)) - 4 == figures[id].value


def test_a_figure_of_many_parts_lists_its_records_in_a_second_request(visit: Visit, world: World) -> None:
    answer = _figure(visit, "members.increase")
    listed = visit("organisation").get(answer.context["later"])
    assert answer.context["figure"].value == listed.context["count"] == len(listed.context["rows"]) == 1
    assert visit("propaganda").get(answer.context["later"]).status_code == 403


def test_a_person_behind_a_figure_is_linked_to_the_persons_page(visit: Visit, world: World) -> None:
    page = _figure(visit, "members.admitted").content.decode()
    assert "Hoàng Thị Gấm" in page
    assert str(world["M6"].uid) in page


def test_without_the_duty_for_the_source_the_number_is_shown_and_the_names_are_not(visit: Visit) -> None:
    answer = _figure(visit, "members.total", who="propaganda")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert ">6 <small>" in page
    assert "Nguyễn Văn An" not in page
    assert "chỉ dành cho người được giao nhiệm vụ" in page
    assert _figure(visit, "members.total", who="propaganda", query="?ky=2023&xuat=xlsx").status_code == 403


def test_a_sensitive_figure_lists_people_only_with_that_duty_and_the_reading_is_noted(visit: Visit) -> None:
    id = next(id for id, entry in INDICATORS.items() if entry.sensitive)
    assert "records" not in _figure(visit, id, who="leader").context
    before = LedgerEntry.objects.filter(action="figure.records").count()
    assert _figure(visit, id, who="organisation").context["records"].count >= 0
    assert LedgerEntry.objects.filter(action="figure.records").count() == before + 1


def test_an_export_of_people_is_noted_in_the_ledger_with_its_size(visit: Visit) -> None:
    _figure(visit, "members.total", query="?ky=2023&xuat=xlsx")
    assert LedgerEntry.objects.get(action="figure.export").data["rows"] == 6


def test_records_of_one_branch_are_as_many_as_its_number(visit: Visit, world: World) -> None:
    figures = compute(world["QS"], "2023", ids=("members.total",))
    for child in figures.children:
        answer = _figure(visit, "members.total", query=f"?ky=2023&nhanh={child.code}")
        assert answer.context["records"].count == figures.by_child[child.id]["members.total"].value


def test_a_figure_can_be_asked_at_an_earlier_day(visit: Visit) -> None:
    assert (
        _figure(visit, "members.admitted", query="?ky=2023&tai_ngay=31/03/2023").context["figure"].value == 0
    )
    assert (
        _figure(visit, "members.admitted", query="?ky=2023&tai_ngay=31/12/2023").context["figure"].value == 1
    )


def test_a_figure_can_be_asked_as_known_before_it_was_recorded(visit: Visit) -> None:
    assert _figure(visit, "members.total", query="?ky=2023&biet_den=01/01/2020").context["figure"].value == 0


def test_the_definition_names_the_rule_in_words_not_by_its_key(visit: Visit) -> None:
    page = _figure(visit, "members.admitted").content.decode()
    assert INDICATORS["members.admitted"].basis not in page
    assert "Định nghĩa" in page


def test_every_number_in_the_table_of_organisations_is_a_link(visit: Visit) -> None:
    page = visit("office").get("/so-sanh/?ky=2023").content.decode()
    cells = re.findall(r'<td class="num[^"]*">(.*?)</td>', page)
    assert cells
    assert all(re.match(r'<a [^>]*href="/so-lieu/', cell) for cell in cells)


def test_the_table_shows_the_columns_chosen_and_sorts_by_them(visit: Visit) -> None:
    path = "/so-sanh/?ky=2023&cot=members.total&cot=members.women&sap_xep=-members.total"
    table = visit("office").get(path).context["table"]
    assert [column.id for column in table.columns] == ["members.total", "members.women"]
    values = [row.cells[0].figure.value for row in table.rows]
    assert values == sorted(values, reverse=True)


def test_the_table_leaves_as_a_workbook_with_all_organisations(visit: Visit) -> None:
    rows = _sheet(visit("office").get("/so-sanh/?ky=2023&xuat=xlsx"))
    assert [row[1] for row in rows[4:]] == ["PA", "PB", "VP", "QS"]


@pytest.mark.parametrize("number", ["1", "2", "3", "6"])
def test_an_official_form_balances_and_leaves_as_a_workbook(visit: Visit, number: str) -> None:
    page = visit("office").get(f"/bieu/{number}/?ky=2023")
    # Nobody is rated here yet, and form 6 says so; the levels of each kind add up all the same.
    checks = [check for check in page.context["checks"] if number != "6" or check.row.endswith(".1")]
    assert checks and all(check.holds for check in checks)
    rows = _sheet(visit("office").get(f"/bieu/{number}/?ky=2023&xuat=xlsx"))
    assert len(rows) - 4 == len(page.context["lines"])


def test_a_chart_follows_its_figure_and_each_mark_leads_to_one(visit: Visit, world: World) -> None:
    answer = visit("office").get("/so-lieu/members.total/bieu-do/to-chuc/?ky=2023")
    spec = answer.json()
    assert "$schema" not in spec
    assert sum(row["so"] for row in spec["data"]["values"]) == 6
    assert all(
        row["den"].startswith("/so-lieu/members.total/?to_chuc=P") or "VP" in row["den"]
        for row in spec["data"]["values"]
    )


def test_the_catalogue_finds_figures_without_diacritics(visit: Visit) -> None:
    found = visit("office").get("/so-lieu/?ky=2023&q=tang huy hieu dang 30 nam").context["sections"]
    assert [indicator.id for _domain, indicators, _href in found for indicator in indicators] == [
        "honours.badge_proposals.mark.30"
    ]
