"""Pages of the rounds: what each duty sees and does, bad input, papers, forecast, questions asked of the database."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from tests.honours.badging.conftest import DAY, veteran
from tests.honours.badging.test_due_list import disciplined
from tests.page_world import logged_in
from tests.world import World
from tongket.audit.models import LedgerEntry
from tongket.honours.badging.due import due_items
from tongket.honours.models import BadgeAward, BadgeProposal

ROUND = reverse("honours:round", args=["2024-02-03"])


def page(world: World, user: str, address: str = ROUND, **query) -> str:
    answer = logged_in(world.users[user]).get(address, query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def key(world: World, code: str, mark: int, ground: str = "due") -> str:
    return f"{world[code].pk}:{mark}:{ground}"


def post(world: World, user: str, name: str, day: str = "2024-02-03", **data):
    return logged_in(world.users[user]).post(reverse(f"honours:{name}", args=[day]), data)


def test_the_round_lists_each_with_reason_and_rule(world):
    shown = page(world, "office")
    for text in (
        "Đinh Văn Già",
        "đủ 30 năm ngày 10/01/2024",
        "2.700.000",
        "Lý Văn Mất",
        "truy tặng",
        "Thiếu ngày",
    ):
        assert text in shown
    assert reverse("rules:rule", args=["badge.round"]) in shown
    assert "chưa xác nhận" in shown
    assert "Tạ Thị Bệnh" in page(world, "office", som="1")


def test_an_unknown_bonus_is_never_nothing(world):
    veteran(world, "V45", "VP", date(1979, 1, 1))
    shown = page(world, "office", to_chuc="VP")
    assert "chưa có mức trong quy định đã biết" in shown


def test_a_cell_below_sees_only_its_own(world):
    shown = page(world, "clerk_a")
    assert "Đinh Văn Già" in shown and "Bùi Thị Lâu" not in shown
    answer = logged_in(world.users["clerk_a"]).get(ROUND, {"to_chuc": "PB"})
    assert answer.status_code == 404


def test_the_administrator_reads_none_and_the_leader_proposes_none(world):
    assert logged_in(world.users["admin"]).get(ROUND).status_code == 403
    assert 'name="chon"' not in page(world, "leader")
    assert post(world, "leader", "round_propose", chon=key(world, "V1", 30)).status_code == 403
    assert not BadgeProposal.objects.exists()


def test_discipline_reads_as_a_delay_to_the_office_and_in_full_to_the_inspector(world):
    disciplined(world, "V1", "warning", date(2023, 12, 1))
    assert "Tạm hoãn theo quy định" in page(world, "office")
    assert "cảnh cáo" not in page(world, "office")
    assert "cảnh cáo ngày 01/12/2023" in page(world, "inspector")


@pytest.mark.parametrize("day", ["2024-02-30", "khong-phai", "99", "1800-02-03"])
def test_a_day_that_is_none_is_said(world, day):
    assert logged_in(world.users["office"]).get(reverse("honours:round", args=[day])).status_code == 400


def test_a_day_before_the_rules_is_said(world):
    address = reverse("honours:round", args=["2010-06-01"])
    answer = logged_in(world.users["office"]).get(address)
    assert answer.status_code == 400
    assert "Chưa có quy định" in answer.content.decode()


def test_any_other_day_is_allowed_with_a_note(world):
    assert "không phải ngày trao thường lệ" in page(
        world, "office", reverse("honours:round", args=["2024-03-01"])
    )


def test_from_the_tick_to_the_ceremony(world):
    chosen = [key(world, "V1", 30), key(world, "V2", 50)]
    assert post(world, "office", "round_propose", chon=chosen).status_code == 302
    ids = {row.member.code: row.pk for row in BadgeProposal.objects.all()}
    assert post(world, "office", "round_forward", **{"de-nghi": list(ids.values())}).status_code == 302
    rows = BadgeProposal.objects.filter(voided_at__isnull=True)
    ids = {row.member.code: row.pk for row in rows}
    paper = {"number": "215-QĐ/TU", "date": "25/01/2024", "body": "Tỉnh ủy", "de-nghi": list(ids.values())}
    refused = {f"ly-do-{ids['V2']}": "Thiếu hồ sơ"}
    assert post(world, "office", "round_decide", **paper, **refused).status_code == 302
    row = rows.get(state="approved")
    given = {"on": "03/02/2024", "place": "Hội trường", "de-nghi": [row.pk]}
    assert post(world, "office", "round_award", **given).status_code == 302
    assert BadgeAward.objects.get().member == world["V1"]
    shown = page(world, "office", reverse("honours:proposal", args=[row.identity]))
    for step in (
        "Đã đề nghị",
        "Đã trình cấp quyết định",
        "Đã có quyết định",
        "Đã trao",
        "215-QĐ/TU",
        "Hội trường",
    ):
        assert step in shown


def test_what_is_refused_comes_back_with_the_ticks(world):
    answer = post(world, "office", "round_propose", chon=[key(world, "V1", 30), key(world, "V2", 55)])
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Bùi Thị Lâu" in shown and "mới đủ 55 năm" in shown
    assert f'value="{key(world, "V1", 30)}" checked' in shown
    assert not BadgeProposal.objects.exists()


def test_bad_forms_come_back_with_422_and_change_nothing(world):
    post(world, "office", "round_propose", chon=key(world, "V1", 30))
    pk = BadgeProposal.objects.get().pk
    assert post(world, "office", "round_forward").status_code == 422
    post(world, "office", "round_forward", **{"de-nghi": pk})
    pk = BadgeProposal.objects.get(voided_at__isnull=True).pk
    for data in (
        {"number": "", "date": "25/01/2024", "body": "x"},
        {"number": "1", "date": "31/02/2024", "body": "x"},
    ):
        assert post(world, "office", "round_decide", **data, **{"de-nghi": pk}).status_code == 422
    assert BadgeProposal.objects.get(voided_at__isnull=True).state == "sent"


@pytest.mark.parametrize("chosen", ["x:30:due", "1:30:quà", "1:9999:due", "1"])
def test_a_tick_that_no_page_offers_is_bad_input(world, chosen):
    assert post(world, "office", "round_propose", chon=chosen).status_code == 400


def test_a_member_of_another_commune_is_not_named(world):
    answer = post(world, "clerk_a", "round_propose", chon=key(world, "V2", 50))
    assert answer.status_code == 422
    assert "Bùi Thị Lâu" not in answer.content.decode()


def test_a_proposal_is_found_and_withdrawn_only_by_its_own(world):
    post(world, "office", "round_propose", chon=key(world, "V1", 30))
    row = BadgeProposal.objects.get()
    address = reverse("honours:proposal", args=[row.identity])
    assert logged_in(world.users["clerk_b"]).get(address).status_code == 404
    withdraw = reverse("honours:proposal_withdraw", args=[row.identity])
    # The commune sees it, but it stands at the district.
    assert logged_in(world.users["clerk_a"]).get(address).status_code == 200
    assert logged_in(world.users["clerk_a"]).post(withdraw, {"reason": "x"}).status_code == 404
    assert logged_in(world.users["office"]).post(withdraw, {"reason": "Ghi nhầm"}).status_code == 302
    assert BadgeProposal.objects.get(voided_at__isnull=True).state == "withdrawn"


def test_only_what_stands_with_the_user_is_forwarded(world):
    post(world, "office", "round_propose", chon=key(world, "V1", 30))
    pk = BadgeProposal.objects.get().pk
    assert post(world, "clerk_a", "round_forward", **{"de-nghi": pk}).status_code == 422
    assert BadgeProposal.objects.count() == 1


@pytest.mark.parametrize("kind", ["danh-sach", "to-trinh", "to-khai"])
def test_papers_before_the_decision(world, kind):
    post(world, "office", "round_propose", chon=[key(world, "V1", 30), key(world, "V5", 60, "posthumous")])
    answer = logged_in(world.users["office"]).get(reverse("honours:round_paper", args=["2024-02-03", kind]))
    text = words(answer.content)
    assert "Đinh Văn Già" in text and "Lý Văn Mất" in text
    assert text.index("Lý Văn Mất") < text.index("Đinh Văn Già")  # the higher mark first
    assert ("chưa được đối chiếu" in text) is (kind == "to-khai")
    assert LedgerEntry.objects.filter(action="badge_proposal.export").exists()


def test_where_somebody_lives_stands_in_the_declaration_only_for_who_may_read_it(world):
    veteran(world, "V7", "PA1", date(1994, 1, 20), lives="12 đường Thử")
    post(world, "office", "round_propose", chon=key(world, "V7", 30))
    address = reverse("honours:round_paper", args=["2024-02-03", "to-khai"])
    said = {name: words(logged_in(world.users[name]).get(address).content) for name in ("office", "clerk")}
    assert "12 đường Thử" not in said["office"]
    assert "12 đường Thử" in said["clerk"]


def words(content: bytes) -> str:
    document = Document(BytesIO(content))
    parts = [p.text for p in document.element.body.iter() if p.tag.endswith("}t")]
    return " ".join(text for text in parts if text)


@pytest.mark.parametrize("kind", ["quyet-dinh", "trao", "tien"])
def test_papers_after_the_decision(world, kind):
    veteran(world, "V45", "VP", date(1979, 1, 1), "Mai Văn Lẻ")
    test = [key(world, "V1", 30), key(world, "V45", 45)]
    post(world, "office", "round_propose", chon=test)
    address = reverse("honours:round_paper", args=["2024-02-03", kind])
    office = logged_in(world.users["office"])
    assert office.get(address).status_code == 400
    for name, state, more in (
        ("round_forward", "proposed", {}),
        ("round_decide", "sent", {"number": "9-QĐ/TU", "date": "25/01/2024", "body": "Tỉnh ủy"}),
    ):
        pks = list(
            BadgeProposal.objects.filter(voided_at__isnull=True, state=state).values_list("pk", flat=True)
        )
        assert post(world, "office", name, **{"de-nghi": pks}, **more).status_code == 302
    text = words(office.get(address).content)
    assert "Mai Văn Lẻ" in text and "Đinh Văn Già" in text
    if kind == "tien":
        assert "2.700.000 đồng (1 Huy hiệu); 1 Huy hiệu chưa có mức trong quy định đã biết" in text
        assert "Ký nhận" in text and "1.800.000" in text
    excel = office.get(address, {"xuat": "xlsx"})
    assert excel["Content-Type"].endswith("sheet") and excel.content[:2] == b"PK"
    assert logged_in(world.users["leader"]).get(address).status_code == 403


def test_an_unknown_paper_is_not_there(world):
    address = reverse("honours:round_paper", args=["2024-02-03", "giay-khac"])
    assert logged_in(world.users["office"]).get(address).status_code == 404


def test_the_year_lists_its_award_days(world):
    shown = page(world, "office", reverse("honours:round_list"), ky="2024")
    for day in ("03/02/2024", "19/05/2024", "02/09/2024", "07/11/2024"):
        assert day in shown
    opened = logged_in(world.users["office"]).get(reverse("honours:round_list"), {"ngay": "1/3/2024"})
    assert opened.status_code == 302 and "2024-03-01" in opened["Location"]


def test_the_forecast_leads_to_names(world):
    address = reverse("honours:forecast")
    shown = page(world, "office", address)
    assert "Giả định" in shown
    # V4, admitted 20/1/1956, and V3 (1/6/1980): 50 years on 1/6/2030, given on 2/9/2030.
    assert "dot=2030-09-02" in shown
    names = page(world, "office", address, dot="2030-09-02", muc="50")
    assert "Cao Văn Sót" in names and "Đinh Văn Già" not in names
    assert "Cao Văn Sót" not in page(world, "clerk_b", address, dot="2030-09-02", muc="50")
    for bad in ({"dot": "2030-09-03", "muc": "50"}, {"dot": "2030-09-02", "muc": "x"}, {"dot": "x"}):
        assert logged_in(world.users["office"]).get(address, bad).status_code == 400
    chart = logged_in(world.users["office"]).get(reverse("honours:forecast_chart")).json()
    assert "$schema" not in chart and sum(row["so"] for row in chart["data"]["values"]) > 0
    excel = logged_in(world.users["office"]).get(address, {"xuat": "xlsx"})
    assert excel.content[:2] == b"PK"


@pytest.mark.parametrize(
    ("name", "args"),
    [("round_list", []), ("round", ["2024-02-03"]), ("forecast", []), ("round_forward", ["2024-02-03"])],
)
def test_a_page_asks_at_most_fifteen_questions_whatever_the_rows(world, name, args):
    address = reverse(f"honours:{name}", args=args)
    client = logged_in(world.users["clerk"])

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address, {"ky": "2024"}).status_code == 200
        return len(asked)

    disciplined(world, "V1", "warning", date(2023, 12, 1))
    post(world, "office", "round_propose", chon=key(world, "V2", 50))
    queries()  # the first page of a session asks more
    before = queries()
    for n in range(6):
        veteran(world, f"W{n}", "PB1", date(1994, 1, 1))
    post(world, "office", "round_propose", chon=[key(world, f"W{n}", 30) for n in range(3)])
    assert queries() == before <= 15


def test_the_overview_is_told_what_is_due(world):
    day = date(2024, 1, 15)
    with CaptureQueriesContext(connection) as asked:
        items = due_items(world.users["office"], day)
    assert len(asked) <= 3
    assert [item.text for item in items] == [
        "2 đảng viên đủ năm tuổi Đảng đợt 03/02/2024, chưa đề nghị Huy hiệu"
    ]
    assert items[0].href == ROUND and items[0].on == DAY
    post(world, "office", "round_propose", chon=key(world, "V1", 30))
    texts = [item.text for item in due_items(world.users["office"], date(2024, 2, 10))]
    assert "1 đề nghị Huy hiệu chờ chuyển lên (đợt 03/02/2024)" in texts
    assert due_items(world.users["leader"], day) == due_items(world.users["admin"], day) == []


def test_who_is_under_way_in_another_round_is_not_offered_again(world):
    post(world, "office", "round_propose", chon=key(world, "V5", 60, "posthumous"))
    shown = page(world, "office", reverse("honours:round", args=["2024-05-19"]))
    assert "Lý Văn Mất" not in shown and "1 người đang được đề nghị ở đợt khác" in shown
