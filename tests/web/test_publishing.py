"""News text and slides on the report page: previewed, copied, downloaded; by whom, and what they may not tell."""

import io
import zipfile

import pytest
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pptx import Presentation

from tests.web.conftest import Visit
from tests.world import World, person
from tongket.audit.models import LedgerEntry
from tongket.members.acts import admit

PAGE, PREVIEW = reverse("web:report_news"), reverse("web:report_news_preview")
FILE, SLIDES = reverse("web:report_news_file"), reverse("web:report_slides")


def test_the_report_page_leads_to_both_and_not_for_a_term(visit: Visit) -> None:
    page = visit("office").get("/bao-cao/?to_chuc=QS&ky=2023").content.decode()
    assert PAGE in page
    assert SLIDES in page
    for period in ("2020-2025", "2099"):
        other = visit("office").get(f"/bao-cao/?to_chuc=QS&ky={period}").content.decode()
        assert PAGE not in other
        assert SLIDES not in other


def test_the_preview_shows_each_number_as_a_link_and_as_data_with_texts_to_copy(visit: Visit) -> None:
    page = visit("office").get(PREVIEW + "?to_chuc=QS&ky=2023&ban=day-du", headers={"HX-Request": "true"})
    said = page.content.decode()
    assert page.status_code == 200
    assert (
        '<data value="1" data-indicator="members.admitted" data-organisation="QS" data-period="2023">1</data>'
        in said
    )
    assert "/so-lieu/members.admitted/?to_chuc=QS" in said
    assert 'data-copy="ban-tin-chu"' in said
    assert 'id="ban-tin-html"' in said
    assert "&lt;article" in said
    assert "<html" not in said


def test_the_preview_stands_alone_where_a_browser_runs_no_script(visit: Visit) -> None:
    said = visit("office").get(PREVIEW + "?to_chuc=QS&ky=2023").content.decode()
    assert said.lstrip().startswith("<!doctype html>")


def test_short_and_long_are_two_texts_and_anything_else_is_the_short_one(visit: Visit) -> None:
    office = visit("office")
    short, long, odd = (
        office.get(f"{PREVIEW}?ky=2023&ban={ban}").content for ban in ("ngan", "day-du", "khac")
    )
    assert len(short) < len(long)
    assert short == odd


def test_the_page_asks_little_whatever_the_number_of_rows(visit: Visit, world: World) -> None:
    office = visit("office")
    office.get(PAGE + "?ky=2023")
    from django.db import connection

    counts = []
    for code in ("M7", "M8"):
        with CaptureQueriesContext(connection) as page:
            office.get(PAGE + "?ky=2023")
        with CaptureQueriesContext(connection) as preview:
            office.get(PREVIEW + "?ky=2023")
        counts.append((len(page), len(preview)))
        new = person(world, code, f"Võ Văn {code}")
        admit(new, into=world["PA1"], decided_on=new.birth_date.replace(year=2023), ceremony_on=None, by=None)
    assert counts[0] == counts[1]
    assert counts[0][0] <= 15


def test_the_zip_is_downloaded_and_the_download_noted(visit: Visit) -> None:
    answer = visit("office").get(FILE + "?to_chuc=QS&ky=2023&ban=day-du")
    assert 'filename="tin-tong-ket-QS-2023-day-du.zip"' in answer["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert {name.rpartition(".")[2] for name in archive.namelist()} == {"txt", "html", "png"}
        assert "kết nạp 1 đảng viên mới" in archive.read("tin-tong-ket-QS-2023-day-du.txt").decode()
    assert LedgerEntry.objects.get(action="reports.download").data == {"period": "2023", "kind": "news"}


def test_the_slides_are_downloaded_and_the_download_noted(visit: Visit) -> None:
    answer = visit("office").get(SLIDES + "?to_chuc=QS&ky=2023")
    assert 'filename="trinh-chieu-QS-2023.pptx"' in answer["Content-Disposition"]
    assert answer["Content-Type"].endswith("presentationml.presentation")
    assert len(Presentation(io.BytesIO(answer.content)).slides) == 12
    assert LedgerEntry.objects.get(action="reports.download").data == {"period": "2023", "kind": "pptx"}


@pytest.mark.parametrize("address", [PAGE, PREVIEW, FILE, SLIDES])
def test_only_whoever_may_read_reports_of_the_organisation_gets_any(visit: Visit, address: str) -> None:
    assert visit("administrator").get(address + "?to_chuc=QS&ky=2023").status_code == 403
    assert visit("b-office").get(address + "?to_chuc=QS&ky=2023").status_code == 404
    assert visit("office").post(address + "?to_chuc=QS&ky=2023").status_code == 405
    assert visit("office").get(address + "?to_chuc=KHONG&ky=2023").status_code == 404


@pytest.mark.parametrize("address", [PREVIEW, FILE, SLIDES])
def test_a_term_is_refused_in_words(visit: Visit, address: str) -> None:
    answer = visit("office").get(address + "?to_chuc=QS&ky=2020-2025")
    assert answer.status_code == 400
    assert "Hãy chọn kỳ" in answer.content.decode()
