"""Sharing a target out: the grid, proposals that add up, the difference by name, nothing half-done."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.page_world import logged_in
from tests.web.targets.conftest import SetTarget
from tests.world import World
from tongket.audit.models import LedgerEntry
from tongket.core.dates import format_date
from tongket.core.problems import Refused
from tongket.organisations.models import Organisation
from tongket.targets.acts import change_target
from tongket.targets.models import Target
from tongket.targets.pasting import read_pasted
from tongket.targets.sharing import share_out

PAPER = {"valid_from": "01/01/2023", "decision_number": "133-KH/HU"}


@pytest.fixture
def client(world: World) -> Client:
    return logged_in(world.users["clerk"])


def _address(target: Target) -> str:
    return reverse("targets:share", args=[target.pk])


def _parts(world: World, **values: str) -> dict[str, str]:
    return {**PAPER, **{f"share_{world[code].pk}": value for code, value in values.items()}}


def _given() -> dict[str, Decimal]:
    rows = Target.objects.filter(giver_name__startswith="Đảng bộ huyện", voided_at=None)
    return {row.organisation.code: row.value for row in rows.select_related("organisation")}


def test_parts_that_add_up_are_given_in_one_act(world: World, set_target: SetTarget, client: Client) -> None:
    target = set_target(value=10)
    before = LedgerEntry.objects.count()
    answer = client.post(_address(target), _parts(world, PA="4", PB="5", VP="1"))
    assert answer.status_code == 302
    assert _given() == {"PA": 4, "PB": 5, "VP": 1}
    assert LedgerEntry.objects.count() == before + 1
    assert LedgerEntry.objects.latest("id").data["difference"] == "0.00"


def test_what_is_still_lacking_is_named_and_can_be_given_later(
    world: World, set_target: SetTarget, client: Client
) -> None:
    target = set_target(value=10)
    page = client.post(_address(target), _parts(world, PA="4", PB="3"), follow=True)
    assert "Tổng mức giao: còn thiếu 3." in [str(m).split(". ")[-1] for m in page.context["messages"]]
    assert _given() == {"PA": 4, "PB": 3}
    assert LedgerEntry.objects.latest("id").data["difference"] == "-3.00"


def test_giving_more_than_was_assigned_is_named_and_has_to_be_confirmed(
    world: World, set_target: SetTarget, client: Client
) -> None:
    target = set_target(value=10)
    sent = _parts(world, PA="6", PB="6")
    answer = client.post(_address(target), sent)
    assert answer.status_code == 422
    assert "giao thừa 2: dự phòng" in answer.context["form"].warnings[0]
    assert not _given()
    confirmed = {**sent, "da_kiem_tra": answer.context["confirm"]}
    assert client.post(_address(target), confirmed).status_code == 302
    assert _given() == {"PA": 6, "PB": 6}


def test_where_all_was_given_the_page_says_first_that_more_is_a_reserve(
    world: World, set_target: SetTarget, client: Client
) -> None:
    target = set_target(value=10)
    set_target("PA", 10)
    assert "mọi mức giao thêm là dự phòng" in client.get(_address(target) + "?de_xuat=deu").content.decode()
    page = client.post(_address(target), _parts(world, PB="2"), follow=True)
    assert "giao thừa 2: dự phòng" in str(next(iter(page.context["messages"])))


def test_a_confirmation_holds_only_for_the_values_it_was_given_for(
    world: World, set_target: SetTarget, client: Client
) -> None:
    target = set_target(value=10)
    seal = client.post(_address(target), _parts(world, PA="11")).context["confirm"]
    answer = client.post(_address(target), {**_parts(world, PA="400"), "da_kiem_tra": seal})
    assert answer.status_code == 422
    assert not _given()


@pytest.mark.parametrize("wrong", ["-3", "ba", "0", "1,234", "99999999999999"])
def test_a_bad_part_is_told_at_its_row_and_nothing_is_given(
    world: World, set_target: SetTarget, client: Client, wrong: str
) -> None:
    target = set_target(value=10)
    answer = client.post(_address(target), _parts(world, PA="10", PB=wrong))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [f"share_{world['PB'].pk}"]
    assert not _given()


def test_an_organisation_written_twice_is_told_at_its_row(
    world: World, set_target: SetTarget, client: Client
) -> None:
    target = set_target(value=10)
    answer = client.post(_address(target), {**_parts(world, PB="6"), f"share_{world['PA'].pk}": ["4", "5"]})
    assert "hai lần" in str(answer.context["form"].errors[f"share_{world['PA'].pk}"])
    assert not _given()


@pytest.mark.parametrize("code", ["PA1", "QS"])
def test_who_is_not_directly_below_gets_nothing(
    world: World, set_target: SetTarget, client: Client, code: str
) -> None:
    target = set_target(value=10)
    assert client.post(_address(target), _parts(world, PA="9", **{code: "1"})).status_code == 302
    assert _given() == {"PA": 9}
    with pytest.raises(Refused, match="không trực thuộc"):
        share_out(target, {world[code]: Decimal(1)}, valid_from=date(2023, 1, 1), by=None)
    assert _given() == {"PA": 9}


def test_of_two_clerks_who_share_out_the_second_is_told(
    world: World, set_target: SetTarget, client: Client
) -> None:
    target = set_target(value=10)
    sent = _parts(world, PA="5", PB="5")
    assert client.post(_address(target), sent).status_code == 302
    answer = logged_in(world.users["office"]).post(_address(target), sent)
    assert answer.status_code == 422
    assert f"Vừa được giao: {world['PA'].name}, {world['PB'].name}" in answer.content.decode()
    assert Target.objects.count() == 3


def test_a_decision_after_the_period_is_doubted_and_a_day_after_it_refused(
    world: World, set_target: SetTarget, client: Client
) -> None:
    target = set_target(value=10)
    late = client.post(_address(target), {**_parts(world, PA="10"), "decision_date": "15/02/2024"})
    assert late.status_code == 422
    assert any("sau khi năm 2023 đã hết" in warning for warning in late.context["form"].warnings)
    refused = client.post(_address(target), {**_parts(world, PA="5", PB="5"), "valid_from": "01/01/2024"})
    assert list(refused.context["form"].errors) == ["valid_from"]
    assert len(refused.context["form"].errors["valid_from"]) == 1
    assert not _given()


def test_nothing_entered_is_said(world: World, set_target: SetTarget, client: Client) -> None:
    answer = client.post(_address(set_target()), PAPER)
    assert answer.status_code == 422
    assert "Chưa ghi mức giao" in answer.content.decode()


def test_the_second_share_out_divides_what_is_left(
    world: World, set_target: SetTarget, client: Client
) -> None:
    target = set_target(value=10)
    set_target("PA", 4)
    page = client.get(_address(target) + "?de_xuat=deu")
    assert page.context["total"] == 10
    boxes = {row["organisation"].code: row["box"] and row["box"].value() for row in page.context["rows"]}
    assert boxes == {"PA": None, "PB": "3", "VP": "3"}


@pytest.mark.parametrize(
    ("basis", "parts"),
    [
        ("dang-vien", {"PA": "6", "PB": "2", "VP": "2"}),
        ("nam-truoc", {"PB": "10"}),
        ("deu", {"PA": "4", "PB": "3", "VP": "3"}),
    ],
)
def test_each_proposal_adds_up_to_the_target(
    world: World, set_target: SetTarget, client: Client, basis: str, parts: dict[str, str]
) -> None:
    # In 2024: five members at the start of the year without M6 of PB2, who is the only one admitted the year before.
    target = set_target(value=10, period="2024")
    page = client.get(_address(target) + f"?de_xuat={basis}")
    boxes = {row["organisation"].code: str(row["box"].value() or "") for row in page.context["rows"]}
    if basis == "dang-vien":
        members = {row["organisation"].code: row["members"].value for row in page.context["rows"]}
        assert members == {"PA": 3, "PB": 2, "VP": 1}
        parts = {"PA": "5", "PB": "3", "VP": "2"}
    assert {code: value for code, value in boxes.items() if value} == parts
    assert page.context["difference"] == 0
    assert "vừa đủ" in page.content.decode()


def test_a_proposal_without_data_says_so_and_proposes_nothing(
    world: World, set_target: SetTarget, client: Client
) -> None:
    page = client.get(_address(set_target()) + "?de_xuat=nam-truoc")
    assert "Chưa đủ số liệu" in page.content.decode()
    assert page.context["total"] == 0


def test_shares_in_percent_are_not_added_but_handed_on_as_they_are(
    world: World, set_target: SetTarget, client: Client
) -> None:
    target = set_target(indicator="study.attendance_pct", value=95)
    page = client.get(_address(target) + "?de_xuat=cung-muc")
    assert [row["box"].value() for row in page.context["rows"]] == ["95"] * 3
    assert "còn thiếu" not in page.content.decode()
    assert client.post(_address(target), _parts(world, PA="95", PB="95", VP="96")).status_code == 302
    assert "difference" not in LedgerEntry.objects.latest("id").data
    assert "Còn thiếu" not in client.get(reverse("targets:detail", args=[target.pk])).content.decode()


def test_a_pasted_column_fills_the_grid_and_writes_nothing(
    world: World, set_target: SetTarget, client: Client
) -> None:
    target = set_target(value=10)
    text = "PB\t6\r\nĐảng bộ xã A\t4\r\n"
    page = client.post(_address(target), {**PAPER, "dan": "1", "cot_dan": text})
    boxes = {row["organisation"].code: row["box"].value() for row in page.context["rows"]}
    assert (page.status_code, boxes, page.context["difference"]) == (200, {"PA": "4", "PB": "6", "VP": ""}, 0)
    assert not _given()


def _below(world: World) -> list[Organisation]:
    return [world[code] for code in ("PA", "PB", "VP")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("PA\t4\nPA\t5", "đã có ở dòng 1"),
        ("PA\t4\nDang bo xa A\t5", "đã có ở dòng 1"),
        ("PX\t4", "“PX” không có trong bảng"),
        ("PA\tbốn", "Dòng 1, Đảng bộ xã A: “bốn” không phải là số"),
        ("4\n5", "Dán 2 dòng cho 3 đơn vị"),
        ("4\nnăm\n1", "Dòng 2, Đảng bộ xã B"),
    ],
)
def test_what_is_wrong_with_a_pasted_line_names_the_line(world: World, text: str, said: str) -> None:
    found = read_pasted(text, _below(world))
    assert len(found.problems) == 1
    assert said in found.problems[0]


def test_a_single_column_is_read_in_the_order_of_the_grid_with_its_gaps(world: World) -> None:
    found = read_pasted("4\n\n1.234,5\n", _below(world))
    assert (found.problems, found.values) == ([], {world["PA"].pk: "4", world["VP"].pk: "1.234,5"})


def test_who_may_not_write_or_see_the_target_gets_no_grid(world: World, set_target: SetTarget) -> None:
    target = set_target()
    assert logged_in(world.users["leader"]).get(_address(target)).status_code == 403
    assert logged_in(world.users["clerk_a"]).get(_address(target)).status_code == 404
    assert logged_in(world.users["clerk_a"]).post(_address(target), _parts(world, PA="10")).status_code == 404
    assert not _given()


def test_a_voided_target_is_not_shared_out(world: World, set_target: SetTarget, client: Client) -> None:
    target = set_target()
    client.post(reverse("targets:void", args=[target.pk]), {"reason": "ghi nhầm"})
    assert client.get(_address(target)).status_code == 404
    assert client.post(_address(target), _parts(world, PA="10")).status_code == 404


def test_the_grid_costs_few_questions_however_many_are_below(
    world: World, set_target: SetTarget, client: Client
) -> None:
    target = set_target()
    client.get(_address(target))
    with CaptureQueriesContext(connection) as asked:
        client.get(_address(target) + "?de_xuat=dang-vien")
    assert len(asked) <= 15, [q["sql"][:90] for q in asked]


def test_the_page_of_a_target_offers_to_share_it_and_tells_its_history(
    world: World, set_target: SetTarget, client: Client
) -> None:
    target = set_target(value=85)
    page = client.get(reverse("targets:detail", args=[target.pk]))
    assert ("Giao xuống", _address(target)) in [(t, a) for t, a, _i in page.context["more_actions"]]
    new = change_target(
        target, value=Decimal(95), on=date(2023, 7, 1), by=world.users["clerk"], decision_number="5-QĐ/HU"
    )
    page = client.get(reverse("targets:detail", args=[new.pk]))
    text = page.content.decode()
    assert [(row.value, row.voided_at) for row in page.context["history"]] == [(85, None), (95, None)]
    assert "5-QĐ/HU" in text
    assert format_date(date(2023, 7, 1)) in text


def test_a_corrected_value_stays_in_the_history_with_its_reason(
    world: World, set_target: SetTarget, client: Client
) -> None:
    target = set_target(value=58)
    sent: dict[str, Any] = {
        "organisation": "QS", "indicator": "members.admitted", "period": "2023", "value": "85",
        "valid_from": "01/01/2023", "giver": "above", "why": "gõ nhầm số",
    }  # fmt: skip
    assert client.post(reverse("targets:correct", args=[target.pk]), sent).status_code == 302
    new = Target.objects.get(voided_at=None)
    page = client.get(reverse("targets:detail", args=[new.pk]))
    assert [(row.value, row.void_reason) for row in page.context["history"]] == [(58, "gõ nhầm số"), (85, "")]
    assert "đã hủy: gõ nhầm số" in page.content.decode()


def test_a_value_that_a_later_decision_ended_is_not_shared_out_any_more(
    world: World, set_target: SetTarget, client: Client
) -> None:
    old = set_target(value=10)
    new = change_target(old, value=Decimal(12), on=date(2023, 7, 1), by=world.users["clerk"])
    ended = Target.objects.get(valid_to=date(2023, 7, 1), voided_at=None)
    page = client.get(reverse("targets:detail", args=[ended.pk]))
    assert page.context["later"] == new
    assert _address(ended) not in page.content.decode()
    assert client.get(_address(ended)).status_code == 302
    answer = client.post(_address(ended), _parts(world, PA="5", PB="5"))
    assert answer.status_code == 422
    assert "đã được điều chỉnh từ ngày 01/07/2023" in answer.content.decode()
    assert not _given()
    assert (
        client.post(_address(new), {**_parts(world, PA="6", PB="6"), "valid_from": "01/07/2023"}).status_code
        == 302
    )
    assert _given() == {"PA": 6, "PB": 6}


def test_the_page_of_a_target_costs_few_questions(
    world: World, set_target: SetTarget, client: Client
) -> None:
    target = set_target(value=10)
    set_target("PA", 4)
    address = reverse("targets:detail", args=[target.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(address)
    assert len(asked) <= 15, [q["sql"][:90] for q in asked]
    assert [row.organisation.code for row in page.context["open_rows"]] == ["PB", "VP"]
