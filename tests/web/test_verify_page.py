"""The page that checks a Word report: results with links, nothing kept, nothing told that the reader may not know."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests.reports.layer import made
from tests.reports.layer.world_report import world_report
from tests.web.conftest import Visit
from tests.world import World
from tongket.audit.models import LedgerEntry
from tongket.inspections.models import MemberDiscipline

PATH = "/bao-cao/doi-chieu/"


def send(visit: Visit, content: bytes, who: str = "office") -> Any:
    return visit(who).post(PATH, {"file": SimpleUploadedFile("bao-cao.docx", content)})


def rows_of(page: str) -> list[str]:
    return re.findall(r"<tr data-groups=.*?</tr>", page, re.DOTALL)


def test_the_report_page_leads_here_and_the_form_asks_for_a_file(visit: Visit) -> None:
    assert reverse("web:report_verify") == PATH
    assert PATH in visit("office").get("/bao-cao/?ky=2023").content.decode()
    answer = visit("office").get(PATH)
    assert answer.status_code == 200
    assert 'type="file"' in answer.content.decode()


def test_a_file_as_made_and_one_that_was_edited(visit: Visit, world: World) -> None:
    report = world_report(world["QS"], viewer=world.users["office"])
    page = send(visit, report).content.decode()
    assert "còn nguyên như khi hệ thống này làm ra" in page
    assert "Bị sửa tay" not in page
    number = next(
        n for n, r in made.checked(report).items() if r.fact.key.startswith("members.total|QS|2023")
    )
    answer = send(visit, made.edited(report, lambda body: made.type_into(body, number, "60")))
    assert answer.status_code == 200
    (row,) = [row for row in rows_of(answer.content.decode()) if "Bị sửa tay" in row]
    assert "<strong>60</strong>" in row
    address = (
        f"{reverse('web:figure', args=['members.total'])}?to_chuc=QS&amp;ky=2023&amp;tai_ngay=31%2F12%2F2023"
    )
    assert f'href="{address}"' in row
    assert visit("office").get(address.replace("&amp;", "&")).status_code == 200


def test_nothing_is_kept_and_nothing_written(visit: Visit, world: World) -> None:
    report = world_report(world["QS"])
    before = LedgerEntry.objects.count()
    send(visit, report)
    assert LedgerEntry.objects.count() == before


@pytest.mark.parametrize("content", [b"x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", b""])
def test_what_cannot_be_read_is_said_at_the_field(visit: Visit, content: bytes) -> None:
    answer = send(visit, content)
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]


def test_only_who_reads_reports_may_ask(visit: Visit, client: Any) -> None:
    assert visit("nobody").get(PATH).status_code == 403
    assert send(visit, b"x", who="nobody").status_code == 403
    assert client.get(PATH).status_code == 302


def test_the_report_of_an_organisation_that_is_not_the_readers_is_not_held_against_the_books(
    visit: Visit, world: World
) -> None:
    report = world_report(world["QS"])
    page = send(visit, report, who="b-office").content.decode()
    assert "Không so với sổ sách hiện nay" in page
    rows = rows_of(page)
    assert rows
    assert all("không so được" in row for row in rows)
    # Of its own organisation's figures it may open the pages; of the district's and of others it may not.
    linked = {code for row in rows for code in re.findall(r"to_chuc=(\w+)", row)}
    assert linked <= {"PB"}


def test_a_guarded_figure_in_a_file_of_somebody_else_is_masked_and_not_compared(
    visit: Visit, world: World
) -> None:
    for code in ("M1", "M3", "M4", "M5"):
        MemberDiscipline.objects.create(
            member=world[code],
            organisation=world[{"M1": "PA1", "M3": "PA2", "M4": "PB1", "M5": "VP"}[code]],
            form="warning",
            ground="duty",
            decided_on=date(2023, 6, 1),
            recorded_at=timezone.now(),
        )
    report = world_report(world["QS"])  # the operator's: nothing masked
    key = "discipline.members.warning|QS|2023|2023-12-31"
    assert any(r.fact.key == key and r.printed == "4" for r in made.checked(report).values())
    page = send(visit, report).content.decode()
    rows = [row for row in rows_of(page) if reverse("web:figure", args=["discipline.members.warning"]) in row]
    assert rows
    for row in rows:
        assert "ngoài nhiệm vụ của bạn" in row
        assert "chỉ xem được với nhiệm vụ kiểm tra" in row
        assert re.search(r'<td class="num"[^>]*>4</td>', row) is None
    named = [
        row for row in rows_of(send(visit, report, who="inspection").content.decode()) if "như cũ" in row
    ]
    assert any("cảnh cáo" in row.lower() for row in named) or named


def test_the_number_of_queries_does_not_depend_on_the_number_of_figures(
    visit: Visit, world: World, django_assert_max_num_queries: Any
) -> None:
    """One query a source and moment (`figures.engine`), two moments; none a figure or an organisation."""
    report = world_report(world["QS"])
    client = visit("office")
    client.get(PATH)
    with django_assert_max_num_queries(60):
        client.post(PATH, {"file": SimpleUploadedFile("bao-cao.docx", report)})
