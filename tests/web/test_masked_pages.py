"""A sealed decision changes, for whoever lacks the inspection duty, nothing on any page or file but the total."""

import io
import re
import uuid
import zipfile
from datetime import date

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from tests.web.conftest import Visit
from tests.world import World
from tongket.inspections.models import MemberDiscipline, SealedAccess

ID, FORM = "discipline.members", "discipline.members.warning"
CELLS = ("PA1", "PA2", "PB1", "PB2", "VP")
DUTY, SMALL = "chỉ xem được với nhiệm vụ kiểm tra", "dưới 3"
MEMBERS = {"PA1": "M1", "PA2": "M3", "PB1": "M4", "PB2": "M6", "VP": "M5"}


def decided(
    world: World, cell: str, *, sealed: bool = False, on: date = date(2023, 6, 1)
) -> MemberDiscipline:
    return MemberDiscipline.objects.create(
        member=world[MEMBERS[cell]],
        organisation=world[cell],
        form="warning",
        ground="duty",
        decided_on=on,
        recorded_at=timezone.now(),
        sealed=sealed,
        case_identity=uuid.uuid4() if sealed else None,
    )


@pytest.fixture
def open_ones(world: World) -> None:
    """One decision in each of three cells of three bodies: 3 in all, each below 3."""
    for cell in ("PA1", "PB1", "VP"):
        decided(world, cell)


def addresses() -> list[str]:
    pages = []
    for code in ("QS", "PA", "PA1", "PB", "PB2", "VP"):
        for year in ("2022", "2023"):
            query = f"?to_chuc={code}&ky={year}"
            for id in (ID, FORM, "discipline.members.change_pct", "discipline.members.ground.duty"):
                pages += [
                    reverse("web:figure", args=[id]) + query,
                    reverse("web:figure_by_child", args=[id]) + query,
                    reverse("web:figure_over_years", args=[id]) + query,
                    reverse("web:figure_years", args=[id]) + query,
                ]
            pages += [
                reverse("web:compare") + query + f"&cot={ID}&cot={FORM}",
                reverse("web:catalogue_domain", args=["discipline"]) + query,
                reverse("web:catalogue") + query + "&nhom=discipline",
            ]
    pages += [
        reverse("web:overview") + "?to_chuc=QS&ky=2023",
        reverse("web:figure", args=[ID]) + "?to_chuc=QS&ky=2023&tai_ngay=31/05/2023",
        reverse("web:figure", args=[ID]) + "?to_chuc=QS&ky=2023&tai_ngay=30/06/2023",
        reverse("web:figure", args=[ID]) + "?to_chuc=QS&ky=2023-06",
        reverse("web:figure", args=[ID]) + "?to_chuc=QS&ky=2023-Q2",
        reverse("web:figure", args=[ID]) + "?to_chuc=QS&ky=2020-2025",
        reverse("web:form", args=["1"]) + "?to_chuc=QS&ky=2023",
    ]
    return pages


def text(answer) -> str:
    """What the page holds, without what changes at every visit."""
    found = re.sub(
        r'(csrfmiddlewaretoken" value|nonce|hx-headers)=["\'][^"\']*["\']', "", answer.content.decode()
    )
    return re.sub(r"\s+", " ", found)


def read_all(visit: Visit, who: str) -> dict[str, str]:
    client = visit(who)
    found = {}
    for address in addresses():
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        found[address] = text(answer)
    return found


def test_a_planted_sealed_decision_changes_nothing_but_the_total(
    visit: Visit, world: World, open_ones
) -> None:
    before = read_all(visit, "office")
    decided(world, "PB2", sealed=True)
    after = read_all(visit, "office")
    changed = [address for address in before if before[address] != after[address]]
    for address in changed:
        assert "to_chuc=QS&ky=2023" in address, address
        # The district's total, 3 before and 4 now, and nothing else.
        old, new = (
            re.sub(r"(?<![\w.-])[34](?![\w.-])", "N", page) for page in (before[address], after[address])
        )
        assert old == new, address
    assert any(f"/{ID}/" in address for address in changed)


def test_breakdowns_and_small_counts_read_as_masks_never_as_a_number(
    visit: Visit, world: World, open_ones
) -> None:
    client = visit("office")
    total = text(client.get(reverse("web:figure", args=[ID]) + "?to_chuc=QS&ky=2023"))
    assert re.search(r"big-figure[^>]*>\s*3\b", total)
    for code in ("PA", "PA1", "PB2"):
        assert SMALL in text(client.get(reverse("web:figure", args=[ID]) + f"?to_chuc={code}&ky=2023"))
    page = text(client.get(reverse("web:figure", args=[FORM]) + "?to_chuc=QS&ky=2023"))
    assert DUTY in page and "Che không có nghĩa là bằng 0" in page
    rows = text(client.get(reverse("web:catalogue_domain", args=["discipline"]) + "?to_chuc=QS&ky=2023"))
    assert rows.count(DUTY) >= 15
    inspector = text(visit("inspection").get(reverse("web:figure", args=[FORM]) + "?to_chuc=QS&ky=2023"))
    assert DUTY not in inspector and re.search(r"big-figure[^>]*>\s*3\b", inspector)


def test_the_files_of_the_report_hold_the_masks_too(visit: Visit, world: World, open_ones) -> None:
    decided(world, "PB2", sealed=True)
    files = {}
    for who in ("office", "leader"):
        word = visit(who).get(reverse("web:report_file", args=["docx"]) + "?to_chuc=QS&ky=2023").content
        with zipfile.ZipFile(io.BytesIO(word)) as package:
            files[who] = re.sub(r"<[^>]+>", "", package.read("word/document.xml").decode())
    # The total counts the sealed decision, its form does not (`figures.sealing`): the leader is not named for it.
    assert "Thi hành kỷ luật 4 đảng viên" in files["leader"] and "cảnh cáo 3" in files["leader"]
    assert "Đảng viên bị thi hành kỷ luật: 4" in files["office"] and "cảnh cáo" not in files["office"]
    assert "không có đảng viên bị thi hành kỷ luật" not in files["office"].lower()
    sheet = visit("office").get(reverse("web:report_file", args=["xlsx"]) + "?to_chuc=QS&ky=2023").content
    cells = [
        value
        for row in openpyxl.load_workbook(io.BytesIO(sheet))["Theo tổ chức"].iter_rows(values_only=True)
        for value in row
    ]
    assert cells.count(SMALL) == 3  # PA, PB, VP
    table = visit("office").get(reverse("web:compare") + f"?to_chuc=QS&ky=2023&cot={ID}&cot={FORM}&xuat=xlsx")
    shown = list(openpyxl.load_workbook(io.BytesIO(table.content)).active.iter_rows(values_only=True))
    assert sum(row.count(SMALL) for row in shown) == 3 and sum(row.count(DUTY) for row in shown) == 4


def test_with_the_duty_a_list_hides_sealed_rows_and_says_how_many(
    visit: Visit, world: World, open_ones
) -> None:
    sealed = decided(world, "PB2", sealed=True)
    address = reverse("web:figure", args=[ID]) + "?to_chuc=QS&ky=2023"
    answer = visit("inspection").get(address)
    page = text(answer)
    assert "1 bản ghi niêm phong không hiển thị" in page and "Hoàng Thị Gấm" not in page
    assert answer.context["count"] == 4 and len(answer.context["rows"]) == 3
    rows = list(
        openpyxl.load_workbook(
            io.BytesIO(visit("inspection").get(address + "&xuat=xlsx").content)
        ).active.iter_rows(values_only=True)
    )
    assert "1 bản ghi niêm phong không hiển thị" in rows[-1] and "Hoàng Thị Gấm" not in str(rows)
    # Of its cell, branch, month or form not even that there is one.
    for finer in ("?to_chuc=PB2&ky=2023", "?to_chuc=QS&ky=2023-06", "?to_chuc=QS&ky=2023&nhanh=PB"):
        finer_page = visit("inspection").get(reverse("web:figure", args=[ID]) + finer)
        assert "niêm phong" not in finer_page.content.decode(), finer
        assert finer_page.context["count"] == len(finer_page.context["rows"]), finer
    by_form = visit("inspection").get(reverse("web:figure", args=[FORM]) + "?to_chuc=QS&ky=2023")
    assert by_form.context["figure"].value == by_form.context["count"] == 3
    SealedAccess.objects.create(
        case_identity=sealed.case_identity, user=world.users["inspection"], recorded_at=timezone.now()
    )
    named = visit("inspection").get(address)
    assert "Hoàng Thị Gấm" in text(named) and "niêm phong không hiển thị" not in text(named)


def test_without_the_duty_no_record_behind_a_masked_figure_is_opened(
    visit: Visit, world: World, open_ones
) -> None:
    for who in ("office", "organisation"):
        assert visit(who).get(reverse("web:figure", args=[ID]) + "?ky=2023&xuat=xlsx").status_code == 403
        assert visit(who).get(reverse("web:figure_records", args=[ID]) + "?ky=2023").status_code == 403


def test_the_masks_cost_few_questions(visit: Visit, open_ones, django_assert_max_num_queries) -> None:
    client = visit("office")
    for address in (reverse("web:figure", args=[ID]), reverse("web:compare"), reverse("web:overview")):
        client.get(address + "?to_chuc=QS&ky=2023")
        with django_assert_max_num_queries(32):
            client.get(address + f"?to_chuc=QS&ky=2023&cot={ID}")
