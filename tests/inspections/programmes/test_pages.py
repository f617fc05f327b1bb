"""Pages of inspection: a whole one through the browser, who sees what, queries, papers."""

import io
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from tests.inspections.programmes.making import (
    bodies,
    brought_to,
    draft,
    inspect,
    item,
    persons,
    programme,
    team,
)
from tests.page_world import logged_in
from tests.world import World
from tongket.audit.models import LedgerEntry
from tongket.inspections.due import due_items
from tongket.inspections.models import Finding, Inspection, Programme, ProgrammeItem
from tongket.inspections.running.acts import add_inspection
from tongket.inspections.running.drafts import FindingDraft, Remedy, TeamDraft
from tongket.inspections.running.findings import add_findings
from tongket.inspections.running.views import PAPERS
from tongket.obligations.models import Obligation

ENTRY = {
    "organisation": "QS",
    "subject": "commission",
    "kind": "compliance",
    "unplanned_reason": "Theo chỉ đạo",
    "content": "Quy chế làm việc",
    "starts_on": "06/03/2023",
    "ends_on": "14/04/2023",
    "limit_days": "45",
    "body_1": "PA",
    "role_1": "head",
    "person_1": "M5",
    "role_2": "member",
    "name_2": "Nguyễn Thị Hai",
    "post_2": "Sở Tài chính",
}
SECRET = "Việc chấp hành quy chế làm việc"


def _url(name: str, *args: Any) -> str:
    return reverse(f"inspections:{name}", args=args)


def _found(world: World, by: Any, **changes: Any) -> Inspection:
    row = brought_to(inspect(world, by, **changes), "reported", by)
    remedy = Remedy("Sửa quy chế", date(2023, 7, 31))
    add_findings(
        row,
        [
            FindingDraft(
                world["PA"], "violation", date(2023, 4, 12), None, "duty", "Buông lỏng quản lý", remedy
            )
        ],
        by=by,
    )
    return row


def test_an_inspection_goes_through_the_pages_from_entry_to_the_remedy(world: World) -> None:
    client = logged_in(world.users["inspector"])
    assert client.post(_url("inspection_new"), ENTRY).status_code == 302
    row = Inspection.objects.get()
    assert [one.name for one in row.team.all()] == ["Đỗ Đức Em", "Nguyễn Thị Hai"]
    for name, day in (("announced", "01/03/2023"), ("started", "06/03/2023"), ("reported", "10/04/2023")):
        assert client.post(_url("inspection_step", row.pk, name), {"on": day}).status_code == 302
    target = row.targets.get().pk
    sent = {
        "target": str(target),
        "kind": "shortcoming",
        "ground": "duty",
        "on": "12/04/2023",
        "text": "Chưa sửa quy chế",
        "remedy": "Sửa quy chế làm việc",
        "due_on": "31/07/2023",
    }
    assert client.post(_url("inspection_finding", row.pk), sent).status_code == 302
    page = client.get(_url("inspection", row.pk))
    assert "Chưa sửa quy chế" in page.content.decode() and "quá hạn" in page.content.decode()
    duty = reverse("obligations:obligation", args=[Obligation.objects.get().pk])
    assert duty in page.content.decode()
    theirs = logged_in(world.users["clerk_a"]).get(duty).content.decode()
    assert "Sửa quy chế làm việc" in theirs and "Chưa sửa quy chế" not in theirs


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ends_on": "05/03/2023"}, "trước ngày bắt đầu"),
        ({"body_1": ""}, "Chưa chọn đối tượng"),
        ({"body_1": "QS"}, "không trực thuộc"),
        ({"person_1": "M1"}, "là đối tượng của cuộc"),
        ({"target_1": "M5"}, "không được ở trong đoàn"),
        ({"unplanned_reason": ""}, "không có trong chương trình"),
        ({"role_1": "member"}, "chưa có trưởng đoàn"),
        ({"starts_on": "31/02/2023"}, "31/02/2023"),
    ],
)
def test_bad_input_comes_back_with_what_is_wrong(world: World, changes: dict[str, str], said: str) -> None:
    answer = logged_in(world.users["inspector"]).post(_url("inspection_new"), ENTRY | changes)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert not Inspection.objects.exists()


def test_a_doubt_is_shown_once_and_written_when_confirmed(world: World) -> None:
    client = logged_in(world.users["inspector"])
    doubtful = ENTRY | {"subject": "advisory", "body": "Ban Tổ chức Huyện ủy", "kind": "signs"}
    assert client.post(_url("inspection_new"), doubtful).status_code == 422
    assert client.post(_url("inspection_new"), doubtful | {"da_kiem_tra": "1"}).status_code == 302


def test_correct_extend_undo_and_void(world: World) -> None:
    client = logged_in(world.users["inspector"])
    client.post(_url("inspection_new"), ENTRY)
    old = Inspection.objects.get()
    assert client.get(_url("inspection_correct", old.pk)).status_code == 200
    assert client.post(_url("inspection_correct", old.pk), ENTRY).status_code == 422  # no reason
    assert client.post(_url("inspection_correct", old.pk), ENTRY | {"why": "Nhầm"}).status_code == 302
    row = Inspection.objects.get(voided_at=None)
    assert client.get(_url("inspection", old.pk)).context["row"] == row  # the old address leads on
    paper = {"on": "01/04/2023", "decision_number": "5-QĐ", "decision_date": "01/04/2023", "reason": "Lý do"}
    extended = _url("inspection_step", row.pk, "extended")
    assert client.post(extended, paper | {"until": "30/04/2023"}).status_code == 302
    assert client.post(extended, paper | {"until": "10/05/2023"}).status_code == 422
    assert client.get(_url("inspection_step", row.pk, "nonsense")).status_code == 404
    assert client.post(_url("inspection_undo", row.pk), {"reason": "Nhầm"}).status_code == 302
    changed = {"role_1": "head", "name_1": "Bà Ba", "reason": "Bận"}
    assert client.post(_url("inspection_team", row.pk), changed).status_code == 302
    assert client.post(_url("inspection_void", row.pk), {"reason": "Nhầm"}).status_code == 302
    assert client.get(_url("inspection", row.pk)).status_code == 404


def test_the_inspected_read_the_announcement_and_nothing_else(world: World) -> None:
    row = _found(world, world.users["inspector"])
    for name in ("clerk_a",):
        page = logged_in(world.users[name]).get(_url("inspection_announced")).content.decode()
        assert "Đỗ Đức Em" in page and "Đảng bộ xã A" in page and "06/03/2023" in page
        assert SECRET not in page and "Buông lỏng" not in page
        assert logged_in(world.users[name]).get(_url("inspection", row.pk)).status_code == 403
        # The way there is in the menu of every page.
        start = logged_in(world.users[name]).get("/").content.decode()
        assert _url("inspection_announced") in start and _url("inspection_list") not in start
    assert "xã A" not in logged_in(world.users["clerk_b"]).get(_url("inspection_announced")).content.decode()


def test_an_inspector_of_the_inspected_commune_finds_no_page_list_or_paper(world: World) -> None:
    row = _found(world, world.users["inspector"], targets=bodies(world, "PB", "PA"))
    client = logged_in(world.users["clerk_b"])  # holds the inspection duty of commune B
    finding = Finding.objects.get()
    for address in (
        _url("inspection", row.pk),
        _url("inspection_correct", row.pk),
        _url("inspection_team_sheet", row.pk),
        _url("inspection_paper", row.pk, "ket-luan"),
        _url("inspection_finding_void", finding.pk),
    ):
        assert client.get(address).status_code == 404
    for address in (_url("inspection_list"), _url("statistics"), _url("statistics_list") + "?cot=done"):
        page = client.get(address, {"ky": "2023", "cot": "done"}).content.decode()
        assert SECRET not in page and "Buông lỏng" not in page
    told = client.get(_url("inspection_announced")).content.decode()
    assert "Đảng bộ xã B" in told and SECRET not in told


def test_before_it_is_announced_and_about_a_member_the_cell_reads_nothing(world: World) -> None:
    by = world.users["inspector"]
    inspect(world, by)
    brought_to(add_inspection(draft(world), persons(world, "M1"), team(world), by=by), "started", by)
    assert not logged_in(world.users["clerk_a"]).get(_url("inspection_announced")).context["rows"]


@pytest.mark.parametrize("name", ["clerk", "office", "propaganda", "admin"])
def test_without_the_duty_the_pages_are_shut(world: World, name: str) -> None:
    row = _found(world, world.users["inspector"])
    client = logged_in(world.users[name])
    for address in (
        _url("inspection_list"),
        _url("inspection", row.pk),
        _url("programme_list"),
        _url("statistics"),
        _url("inspection_paper", row.pk, "ket-luan"),
    ):
        assert client.get(address).status_code == 403


def test_a_leader_reads_and_changes_nothing(world: World) -> None:
    row = _found(world, world.users["inspector"])
    client = logged_in(world.users["leader"])
    page = client.get(_url("inspection", row.pk))
    assert page.status_code == 200 and not page.context["writes"]
    for name in ("inspection_correct", "inspection_void", "inspection_finding", "inspection_undo"):
        assert client.post(_url(name, row.pk)).status_code == 403


def test_opening_an_inspection_of_a_member_is_logged(world: World) -> None:
    by = world.users["inspector"]
    row = add_inspection(draft(world), persons(world, "M1"), team(world), by=by)
    logged_in(world.users["leader"]).get(_url("inspection", row.pk))
    assert LedgerEntry.objects.get(action="inspection.open").actor == world.users["leader"]


def test_pages_ask_the_same_few_questions_however_many_rows(world: World) -> None:
    by = world.users["inspector"]
    programme(world, by, item(), item(content="Khác"))
    planned = ProgrammeItem.objects.filter(voided_at=None).first()
    assert planned is not None
    row = _found(world, by, item=planned.identity, unplanned_reason="")
    mixed = [*bodies(world, "PB"), *persons(world, "M1")]
    member = brought_to(inspect(world, by, mixed), "started", by)
    pages = [
        _url("inspection_list") + "?ky=2023",
        _url("inspection", row.pk),
        _url("inspection", member.pk),
        _url("programme_list") + "?ky=2023",
        _url("programme", Programme.objects.get(voided_at=None).pk),
        _url("statistics") + "?ky=2023",
        _url("statistics_list") + "?ky=2023&cot=done",
        _url("inspection_announced"),
    ]
    client = logged_in(by)

    def counted() -> list[int]:
        found = []
        for address in pages:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            found.append(len(queries))
        return found

    counted()
    before = counted()
    for number in range(4):
        _found(world, by, content=f"Cuộc {number}", targets=bodies(world, "PA", "PB"))
    assert max(before) <= 15, dict(zip(pages, before, strict=True))
    assert counted() == before


def test_filters_by_state_kind_and_late(world: World) -> None:
    by = world.users["inspector"]
    late, done = inspect(world, by), _found(world, by, kind="finance")
    client = logged_in(by)

    def listed(**asked: str) -> set[int]:
        page = client.get(_url("inspection_list"), {"ky": "2023", **asked})
        return {row.pk for row in page.context["table"].data}

    assert listed() == {late.pk, done.pk}
    assert listed(trang_thai="cham") == {late.pk}
    assert listed(trang_thai="reported") == {done.pk}
    assert listed(kind="finance") == {done.pk} and listed(q="quy che") == {late.pk, done.pk}
    assert client.get(_url("inspection_list") + "?ky=2023&xuat=xlsx").status_code == 200


def test_each_paper_opens_and_says_what_the_record_holds(world: World) -> None:
    by = world.users["inspector"]
    row = _found(world, by)
    client = logged_in(by)
    texts = {}
    for name in PAPERS:
        answer = client.get(_url("inspection_paper", row.pk, name))
        document = Document(io.BytesIO(answer.content))
        cells = [cell.text for table in document.tables for line in table.rows for cell in line.cells]
        texts[name] = "\n".join([*(p.text for p in document.paragraphs), *cells])
    assert all("ỦY BAN KIỂM TRA" in text for text in texts.values())
    assert "Đỗ Đức Em" in texts["quyet-dinh"] and "Điều 2." in texts["quyet-dinh"]
    assert SECRET in texts["ke-hoach"] and SECRET not in texts["thong-bao"]
    assert "Buông lỏng quản lý" in texts["ket-luan"] and "31/07/2023" in texts["ket-luan"]
    assert client.get(_url("inspection_paper", row.pk, "khac")).status_code == 404


def test_a_programme_goes_through_the_pages(world: World) -> None:
    client = logged_in(world.users["inspector"])
    head = {"organisation": "QS", "subject": "commission", "year": "2023"}
    # Issued only once its items stand: neither number nor day is asked, or taken, at the beginning.
    assert "decision_date" not in client.get(_url("programme_new")).context["form"].fields
    early = {"decision_number": "01-CTr/UBKTHU", "decision_date": "10/01/2023"}
    assert client.post(_url("programme_new"), head | early).status_code == 302
    row = Programme.objects.get()
    assert row.decision_date is None
    assert "decision_date" not in client.get(_url("programme_correct", row.pk)).context["form"].fields
    line = {
        "kind_1": "compliance",
        "content_1": "Quy chế",
        "objects_text_1": "Đảng ủy xã A",
        "objects_count_1": "1",
        "planned_on_1": "30/06/2023",
    }
    wrong = client.post(_url("programme_items", row.pk), line | {"planned_on_1": "30/06/2024"})
    assert wrong.status_code == 422 and "planned_on_1" in wrong.context["form"].errors
    assert client.post(_url("programme_items", row.pk), line | {"them_dong": "1"}).context["lines"] == 16
    assert client.post(_url("programme_items", row.pk), line).status_code == 302
    issue = {"decision_number": "01-CTr/UBKTHU", "decision_date": "10/01/2023"}
    assert client.post(_url("programme_issue", row.pk), issue).status_code == 302
    new = Programme.objects.get(voided_at=None)
    assert "decision_date" in client.get(_url("programme_correct", new.pk)).context["form"].fields
    planned = ProgrammeItem.objects.get()
    change = {"on": "01/06/2023", "number": "15-QĐ", "reason": "Chỉ đạo", "drop": [str(planned.pk)]}
    change |= {name: value for name, value in line.items() if name != "content_1"} | {"content_1": "Mới"}
    assert client.post(_url("programme_change", new.pk), change).status_code == 302
    page = client.get(_url("programme", row.pk))  # the address of the draft leads to the issued one
    assert [one.content for one, _runs, _change in page.context["lines"]] == ["Mới"]
    assert [one.content for one, _change in page.context["dropped"]] == ["Quy chế"]
    assert client.get(_url("programme_copy", new.pk)).status_code == 405
    assert client.post(_url("programme_copy", new.pk)).status_code == 302
    paper = client.get(_url("programme_paper", new.pk))
    cells = [c.text for t in Document(io.BytesIO(paper.content)).tables for r in t.rows for c in r.cells]
    assert "Mới" in cells and "Quy chế" not in cells
    start = client.get(_url("inspection_new"), {"cuoc": ProgrammeItem.objects.filter(content="Mới")[0].pk})
    assert start.context["form"].initial["content"] == "Mới"


def test_a_clerk_of_a_commune_writes_only_its_own_programmes(world: World) -> None:
    row = programme(world, world.users["inspector"])
    client = logged_in(world.users["clerk_b"])
    assert client.get(_url("programme", row.pk)).status_code == 404
    assert client.post(_url("programme_copy", row.pk)).status_code == 404
    head = {"organisation": "QS", "subject": "standing", "year": "2023"}
    assert client.post(_url("programme_new"), head).status_code == 422


def test_the_team_sheet_names_the_team_and_no_contents(world: World) -> None:
    by = world.users["inspector"]
    row = add_inspection(
        draft(world), bodies(world, "PA"), [*team(world), TeamDraft("member", name="Bà Ba")], by=by
    )
    page = logged_in(by).get(_url("inspection_team_sheet", row.pk)).content.decode()
    assert "Bà Ba" in page and "Trưởng đoàn" in page and SECRET not in page


def test_due_says_what_begins_is_late_waits(world: World) -> None:
    by = world.users["inspector"]
    inspect(world, by)
    _found(world, by)
    soon, late = date(2023, 3, 1), date(2023, 5, 1)
    assert any("sắp bắt đầu" in one.text for one in due_items(by, soon))
    with CaptureQueriesContext(connection) as queries:
        texts = {one.text: one.late for one in due_items(by, late)}
    assert len(queries) <= 3
    assert texts["1 cuộc kiểm tra, giám sát chậm hoặc quá thời hạn"]
    assert "1 cuộc đã báo cáo, chờ kết luận" in texts
    Obligation.objects.update(state="reported", fulfilled_on=late)
    assert any("chờ chấp nhận" in one.text for one in due_items(by, late))
    told = due_items(world.users["clerk_a"], date(2023, 3, 2))
    assert not told  # one not announced, one already reported
    brought_to(inspect(world, by), "announced", by)
    assert [one.text for one in due_items(world.users["clerk_a"], date(2023, 3, 2))] == [
        "1 cuộc kiểm tra, giám sát đối với tổ chức của bạn"
    ]
    assert not due_items(world.users["admin"], late)
