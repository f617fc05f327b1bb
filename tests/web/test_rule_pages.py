"""The pages of rules: the value in force on a day, the history, the texts; every duty reads, nobody changes."""

import re

import pytest
from django.urls import reverse

from tests.page_world import logged_in, make_page_world
from tongket.rules.catalogue import all_rules
from tongket.rules.texts import all_texts

pytestmark = pytest.mark.django_db
LIST, TEXTS = "/quy-dinh/", "/quy-dinh/van-ban/"


@pytest.fixture
def world():
    return make_page_world()


@pytest.fixture
def client(world):
    return logged_in(world.users["leader"])


def body(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_the_catalogue_shows_every_rule_by_subject_with_its_value_on_the_day(client) -> None:
    page = body(client.get(LIST, {"ngay": "31/12/2023"}))
    for one in all_rules():
        assert f"{LIST}{one.id}/" in page and one.name_vi in page
    assert "Khiển trách" in page and "6 tháng" in page and "Quy định 24-QĐ/TW, ngày 30/07/2021" in page
    assert 'value="31/12/2023"' in page
    mov = page[page.index(f"{LIST}mov.official/") :][:900]
    assert "Không có" in mov


def test_the_day_decides_which_version_is_shown(client) -> None:
    old, new = (body(client.get(LIST, {"ngay": day, "q": "salary"})) for day in ("30/06/2024", "01/07/2024"))
    assert "1.800.000 đồng/tháng" in old and "2.340.000" not in old
    assert "2.340.000 đồng/tháng" in new and "1.800.000" not in new


def test_the_search_needs_no_diacritics_and_finds_documents_and_contents(client) -> None:
    page = body(client.get(LIST, {"q": "huy hieu", "ngay": "31/12/2023"}))
    assert "badge.marks" in page and "adm.age.min" not in page
    assert "adm.vote" in body(client.get(LIST, {"q": "24-QĐ/TW", "ngay": "31/12/2023"}))
    none = body(client.get(LIST, {"q": "zzzz"}))
    assert "Không có quy định nào khớp" in none


@pytest.mark.parametrize("address", [LIST, TEXTS, "/quy-dinh/adm.vote/"])
def test_a_bad_day_is_said_at_the_field(client, address: str) -> None:
    response = client.get(address, {"ngay": "31/2/2023"})
    assert response.status_code == 422
    assert "không có trong lịch" in body(response) and 'aria-invalid="true"' in body(response)


def test_an_uncertain_rule_says_so_wherever_it_is_shown(client) -> None:
    assert "chưa xác nhận" in body(client.get(LIST, {"q": "badge.round", "ngay": "31/12/2023"}))
    page = body(client.get("/quy-dinh/rate.cap.percent/", {"ngay": "31/12/2025"}))
    assert "R: mới thấy ở tài liệu không chính thức" in page and "C: có trang dẫn văn bản chính thức" in page


def test_a_rules_page_tells_its_history_and_marks_the_version_in_force(client) -> None:
    page = body(client.get("/quy-dinh/badge.discipline/", {"ngay": "31/12/2023"}))
    rows = re.findall(r"<tr[^>]*>.*?</tr>", page)[1:]
    assert len(rows) == 2
    assert "25/07/2016" in rows[0] and "in-force" not in rows[0]
    assert "30/07/2021" in rows[1] and 'class="in-force"' in rows[1] and "9 tháng" in rows[1]
    assert "https://luatnamson.com" in rows[1]


def test_days_without_a_rule_and_rules_of_unknown_content_are_said_openly(client) -> None:
    page = body(client.get("/quy-dinh/org.bctv/", {"ngay": "01/09/2023"}))
    assert "Không có phiên bản nào cho ngày 01/09/2023" in page and "Chưa có quy định cho ngày này" in page
    assert 'class="in-force"' not in page
    unknown = body(client.get("/quy-dinh/disc.limit.member/", {"ngay": "01/09/2026"}))
    assert "chưa biết" in unknown and "Quy định 212-QĐ/TW" in unknown


def test_every_rule_has_a_page_and_an_unknown_one_is_not_found(client) -> None:
    for one in all_rules():
        response = client.get(reverse("rules:rule", args=[one.id]))
        assert response.status_code == 200 and one.name_vi in response.content.decode()
    assert client.get("/quy-dinh/no.such/").status_code == 404


def test_the_texts_page_shows_every_subject_and_marks_the_text_of_the_day(client) -> None:
    page = body(client.get(TEXTS, {"ngay": "31/12/2023"}))
    for subject in all_texts():
        assert subject.name_vi in page
    marked = re.findall(r'<tr class="in-force".*?</tr>', page)
    assert any("Quy định 124-QĐ/TW" in row for row in marked)
    assert not any("366-QĐ/TW" in row for row in marked)
    assert "chưa rõ ngày" in page  # 20-QĐ/TW


@pytest.mark.parametrize("user", ["clerk", "propaganda", "inspector", "admin"])
def test_every_duty_may_read_the_rules(world, user: str) -> None:
    for address in (LIST, TEXTS, "/quy-dinh/adm.vote/"):
        assert logged_in(world.users[user]).get(address).status_code == 200
        assert logged_in(world.users[user]).post(address).status_code == 405


def test_nobody_reads_without_logging_in(client) -> None:
    client.logout()
    assert client.get(LIST).status_code in (302, 403)


def test_the_pages_ask_few_questions_of_the_database(client, django_assert_max_num_queries) -> None:
    for address in (LIST, TEXTS, "/quy-dinh/adm.vote/"):
        with django_assert_max_num_queries(15):
            client.get(address)
