"""Pages of cases: only with the duty, every reading logged, doubts confirmed once, few questions to the database."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from tests.cases.conftest import decided, opened, voted
from tests.cases.test_steps import decided_step
from tests.inspections.programmes.making import inspect
from tests.page_world import logged_in
from tests.world import World, add_user
from tongket.audit.models import LedgerEntry
from tongket.cases.appeals.acts import record_appeal
from tongket.cases.appeals.drafts import AppealDraft
from tongket.cases.models import Appeal, Case, CaseStep
from tongket.cases.steps.acts import check_step, take_step
from tongket.cases.steps.drafts import StepDraft
from tongket.inspections.models import MemberDiscipline

ENTRY = {
    "member": "M1",
    "ground": "conduct",
    "act_days": "10/01/2023",
    "opened_on": "01/03/2023",
    "body": "Chi bộ thôn A1",
    "body_level": "cell",
    "source": "self_found",
}


def page(client: Any, name: str, *args: Any, **query: Any) -> Any:
    return client.get(reverse(f"cases:{name}", args=args), query)


def test_a_case_is_opened_in_the_cell_of_that_day(world: World) -> None:
    answer = logged_in(world.users["inspector"]).post(reverse("cases:new"), ENTRY)
    case = Case.objects.get()
    assert answer["Location"] == reverse("cases:case", args=[case.identity])
    assert (case.organisation, case.member) == (world["PA1"], world["M1"])


def test_a_case_opened_from_an_inspection_names_it_and_a_correction_keeps_that(world: World) -> None:
    client = logged_in(world.users["inspector"])
    found = "0f2f6f0e-8f0e-4a53-9a3c-2c1d1f6f0001"
    shown = page(client, "new", kiem_tra=found, dang_vien="M1").context["form"]
    assert (shown.initial["source"], shown.initial["member"]) == ("inspection", world["M1"])
    client.post(reverse("cases:new"), {**ENTRY, "source": "inspection", "source_identity": found})
    case = Case.objects.get()
    assert str(case.source_identity) == found
    form = page(client, "correct", case.identity).context["form"]
    assert str(form.initial["source_identity"]) == found


def test_a_case_opened_from_a_finding_about_an_organisation_names_it_and_the_content(world: World) -> None:
    asked = {"kiem_tra": "0f2f6f0e-8f0e-4a53-9a3c-2c1d1f6f0001", "ve_to_chuc": "PA1", "noi_dung": "duty"}
    shown = page(logged_in(world.users["inspector"]), "new", **asked).context["form"].initial
    assert (shown["source"], shown["organisation"], shown["ground"]) == ("inspection", world["PA1"], "duty")
    # Another's books are not prefilled, and a code that is none is passed over.
    other = page(logged_in(world.users["clerk_b"]), "new", ve_to_chuc="PA1", noi_dung="khac").context["form"]
    assert not {"organisation", "ground"} & other.initial.keys()


def test_a_case_leads_to_its_inspection_for_who_may_read_that(world: World) -> None:
    inspection = inspect(world, world.users["inspector"])
    case = opened(world, source="inspection", source_identity=inspection.identity)
    address = reverse("inspections:inspection", args=[inspection.pk])
    client = logged_in(world.users["inspector"])
    with CaptureQueriesContext(connection) as asked:
        assert f'href="{address}"' in page(client, "case", case.identity).content.decode()
    assert len([one for one in asked if one["sql"].startswith("SELECT")]) <= 15
    # The commune's own inspector reads the case, but not what the district is about.
    below = add_user(world, "inspector_a", "PA", "inspection")
    answer = page(logged_in(below), "case", case.identity)
    assert answer.status_code == 200 and address not in answer.content.decode()


#: What is wrong about an entry, and the field that says so.
MARKED = [
    ({"member": ""}, "member"),
    ({"organisation": "PA"}, "organisation"),
    ({"act_days": "ngày nào đó"}, "act_days"),
    ({"opened_on": "01/01/1999"}, "opened_on"),
    ({"sealed": "on"}, "seal_reason"),
]


def test_a_wrong_entry_comes_back_with_its_field_marked(world: World) -> None:
    client = logged_in(world.users["inspector"])
    for more, field in MARKED:
        answer = client.post(reverse("cases:new"), {**ENTRY, **more})
        assert answer.status_code == 422
        assert field in answer.context["form"].errors
    assert not Case.objects.exists()


def test_without_the_duty_nothing_is_seen(world: World) -> None:
    case = decided(world, opened(world))
    for name in ("clerk", "office", "propaganda", "admin"):
        client = logged_in(world.users[name])
        for answer in (
            page(client, "list"),
            page(client, "list", xuat="xlsx"),
            page(client, "case", case.identity),
            page(client, "appeals"),
            page(client, "statistics"),
            page(client, "paper", case.identity, "quyet-dinh"),
            page(client, "step", case.identity, "served"),
        ):
            assert answer.status_code == 403


def test_a_leader_reads_and_does_not_write_and_another_commune_finds_nothing(world: World) -> None:
    case = opened(world)
    leader = logged_in(world.users["leader"])
    shown = page(leader, "case", case.identity)
    assert shown.status_code == 200
    assert "Ghi bước tiếp theo" not in shown.content.decode()
    assert page(leader, "step", case.identity, "voted").status_code == 403
    other = logged_in(world.users["clerk_b"])
    assert page(other, "case", case.identity).status_code == 404
    assert page(other, "step", case.identity, "voted").status_code == 404
    assert other.post(reverse("cases:new"), ENTRY).status_code == 422


def test_every_reading_of_a_case_is_logged(world: World) -> None:
    case = opened(world)
    page(logged_in(world.users["leader"]), "case", case.identity)
    entry = LedgerEntry.objects.get(action="case.open")
    assert (entry.actor, entry.data) == (world.users["leader"], {"case": str(case.identity)})


def test_a_step_with_a_doubt_is_written_once_it_is_confirmed(world: World) -> None:
    case = opened(world)
    client = logged_in(world.users["inspector"])
    address = reverse("cases:step", args=[case.identity, "voted"])
    vote = {"on": "01/04/2023", "form": "warning", "level": "cell", "entitled": "20", "agree": "15"}
    first = client.post(address, vote)
    assert first.status_code == 422
    assert "bản giải trình" in first.content.decode()
    assert not CaseStep.objects.exists()
    assert client.post(address, {**vote, "da_kiem_tra": "1"}).status_code == 302
    assert CaseStep.objects.get().agree == 15


def test_votes_over_the_base_are_marked_at_the_field(world: World) -> None:
    case = opened(world)
    take_step(case, StepDraft("explained", date(2023, 3, 15)), by=None)
    vote = {"on": "01/04/2023", "form": "warning", "level": "cell", "entitled": "20", "agree": "21"}
    answer = logged_in(world.users["inspector"]).post(
        reverse("cases:step", args=[case.identity, "voted"]), vote
    )
    assert answer.status_code == 422
    assert "lớn hơn 20 người" in str(answer.context["form"].errors["agree"])


def test_a_decision_on_the_page_is_in_the_list_of_discipline_and_taken_back_from_the_page(
    world: World,
) -> None:
    case = voted(world, opened(world))
    client = logged_in(world.users["inspector"])
    # On the day of the vote: from then on a cell's own decision is in force.
    decision = {"on": "01/04/2023", "form": "warning", "level": "cell", "decision_body": "Chi bộ thôn A1"}
    assert client.post(reverse("cases:step", args=[case.identity, "decided"]), decision).status_code == 302
    row = MemberDiscipline.objects.get()
    refused = client.post(reverse("inspections:void", args=[row.pk]), {"reason": "nhầm"})
    assert "do một vụ việc lập ra" in refused.content.decode()
    step = CaseStep.objects.get(kind="decided")
    assert (
        client.post(reverse("cases:step_void", args=[case.identity, step.pk]), {"reason": "nhầm"}).status_code
        == 302
    )
    row.refresh_from_db()
    assert row.void_reason == "nhầm"


def test_the_page_cites_the_rule_of_each_limit_and_says_what_is_not_known(world: World) -> None:
    client = logged_in(world.users["inspector"])
    text = page(client, "case", opened(world).identity).content.decode()
    assert "còn thời hiệu đến 10/01/2028" in text
    assert "Quy định 69-QĐ/TW" in text
    assert "xóa tên không phải là hình thức kỷ luật" in text
    late = opened(world, ground="duty", opened_on=date(2026, 9, 1), act_days="10/01/2026")
    text = page(client, "case", late.identity).content.decode()
    assert "chưa có căn cứ để tính thời hiệu" in text
    assert "212-QĐ/TW" in text


def test_the_day_from_which_the_decision_is_in_force(world: World) -> None:
    """Rule disc.effect: from the day of signing; a cell's own decision from the announcement of the vote."""
    case = voted(world, opened(world))
    [doubt] = [p for p in check_step(case, decided_step(level="cell")) if p.field == "on"]
    assert doubt.severity == "warning" and "01/04/2023" in doubt.message
    assert check_step(case, decided_step(level="grassroots")) == []
    take_step(case, decided_step(level="cell"), by=None)
    client = logged_in(world.users["inspector"])
    limits = {one.text: one for one in page(client, "case", case.identity).context["deadlines"]}
    line = limits["Quyết định có hiệu lực từ"]
    assert (line.until, line.rule, line.late) == (date(2023, 4, 1), "disc.effect", False)
    said = texts_of(page(client, "paper", case.identity, "quyet-dinh").content)
    assert "có hiệu lực kể từ ngày công bố kết quả biểu quyết 01/04/2023" in said


def test_correcting_keeps_the_steps_and_a_missing_reason_is_asked_for(world: World) -> None:
    case = voted(world, opened(world))
    client = logged_in(world.users["inspector"])
    address = reverse("cases:correct", args=[case.identity])
    assert client.get(address).context["form"].initial["act_days"] == "10/01/2023"
    changed = {**ENTRY, "act_days": "12/01/2023"}
    assert client.post(address, changed).status_code == 422
    assert client.post(address, {**changed, "why": "ghi sai ngày"}).status_code == 302
    now = Case.objects.get(voided_at__isnull=True)
    assert (now.identity, now.act_days) == (case.identity, "12/01/2023")


def test_an_empty_case_is_voided_from_its_page(world: World) -> None:
    case = opened(world)
    client = logged_in(world.users["inspector"])
    client.post(reverse("cases:void", args=[case.identity]), {"reason": "mở nhầm"})
    assert page(client, "case", case.identity).status_code == 404


def test_an_appeal_goes_its_way_on_the_pages(world: World) -> None:
    case = decided(world, opened(world))
    take_step(case, StepDraft("served", date(2023, 4, 20)), by=None)
    client = logged_in(world.users["inspector"])
    appeal = {"received_on": "10/05/2023", "level": "superior", "body": "Huyện ủy"}
    assert client.post(reverse("cases:appeal_new", args=[case.identity]), appeal).status_code == 302
    row = Appeal.objects.get()
    assert "chưa giải quyết" in page(client, "appeals", ky="2023").content.decode()
    answer = {"on": "01/06/2023", "outcome": "annulled"}
    address = reverse("cases:appeal_answer", args=[case.identity, row.identity])
    assert client.post(address, answer).status_code == 302
    assert "Hủy quyết định kỷ luật" in page(client, "appeals", ky="2023").content.decode()
    assert "Quyết định đã hủy" in page(client, "case", case.identity).content.decode()


def test_the_correction_is_confirmed_on_the_page(world: World) -> None:
    case = decided(world, opened(world))
    client = logged_in(world.users["inspector"])
    address = reverse("cases:corrected", args=[case.identity])
    assert client.get(address).status_code == 200
    assert client.post(address, {"on": "01/12/2023", "number": "05-NQ/CB"}).status_code == 302
    assert "đã sửa chữa khuyết điểm" in page(client, "case", case.identity).content.decode()


#: The papers of a case, and words that are filled in.
FILLED_IN = [
    ("bien-ban", "cần quá nửa của 20 người có quyền biểu quyết = 11; tán thành 14"),
    ("quyet-dinh", "Thi hành kỷ luật đồng chí Nguyễn Văn An, sinh ngày 17/05/1980"),
    ("thong-bao", "Quyết định số 12-QĐ/ĐU"),
    ("giao-nhan", "Thời hạn khiếu nại đến hết ngày 20/05/2023"),
]


def test_papers_are_filled_in_from_the_record(world: World) -> None:
    case = decided(world, opened(world))
    take_step(case, StepDraft("served", date(2023, 4, 20)), by=None)
    client = logged_in(world.users["inspector"])
    for kind, words in FILLED_IN:
        answer = page(client, "paper", case.identity, kind)
        document = Document(io.BytesIO(answer.content))
        assert words in "\n".join(paragraph.text for paragraph in document.paragraphs)
        assert "An" not in answer["Content-Disposition"]


def texts_of(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [c.text for table in document.tables for line in table.rows for c in line.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            "Ủy ban Kiểm tra Huyện ủy",
            ("HUYỆN ỦY", "ỦY BAN KIỂM TRA\n", "T/M ỦY BAN KIỂM TRA", "CHỦ NHIỆM", "Số 12-QĐ/ĐU"),
        ),
        ("Ban Thường vụ Đảng ủy xã A", ("ĐẢNG ỦY XÃ A", "T/M BAN THƯỜNG VỤ", "BÍ THƯ", "A, ngày 15 tháng 4")),
        ("Một cơ quan không có trong sổ", ("T/M MỘT CƠ QUAN KHÔNG CÓ TRONG SỔ",)),
    ],
)
def test_a_decision_is_headed_numbered_and_signed_for_the_body_that_took_it(
    world: World, body: str, words: tuple[str, ...]
) -> None:
    case = decided(world, opened(world, body=body, body_level="superior"))
    client = logged_in(world.users["inspector"])
    said = texts_of(page(client, "paper", case.identity, "quyet-dinh").content)
    assert [one for one in words if one not in said] == []
    # The cell that voted is named, not only its level.
    CaseStep.objects.filter(kind="voted").update(level="cell")
    minutes = texts_of(page(client, "paper", case.identity, "bien-ban").content)
    assert "CHI BỘ THÔN A1" in minutes and "ĐẢNG BỘ XÃ A" in minutes


def test_a_paper_is_not_there_before_its_step(world: World) -> None:
    case = opened(world)
    client = logged_in(world.users["inspector"])
    for kind in ("bien-ban", "quyet-dinh", "gi-do"):
        assert page(client, "paper", case.identity, kind).status_code == 404


def test_statistics_count_by_month_form_ground_and_level(world: World) -> None:
    decided(world, opened(world))
    decided(world, opened(world, None, organisation=world["PA"]), "reprimand")
    opened(world, "M3", organisation=world["PA2"], opened_on=date(2023, 7, 1))
    client = logged_in(world.users["inspector"])
    found = page(client, "statistics", ky="2023").context["found"]
    april = next(row for row in found.rows if row.period.code == "2023-04")
    assert (april.members["warning"], april.organisations["reprimand"], april.decided) == (1, 1, 2)
    assert (found.members, found.organisations, found.opened, found.pending) == (1, 1, 3, 1)
    assert found.grounds == [("conduct", 1, 1)]
    assert found.levels == [("grassroots", 1, 1)]
    assert found.mean_days == 45
    file = io.BytesIO(page(client, "statistics", ky="2023", xuat="xlsx").content)
    book: Any = openpyxl.load_workbook(file).active
    lines = {row[0]: row for row in book.iter_rows(values_only=True)}
    assert lines["Cộng"][2] == 1
    assert LedgerEntry.objects.filter(action="case.export").count() == 1


def test_statistics_of_a_term_are_by_year(world: World) -> None:
    decided(world, opened(world))
    found = page(logged_in(world.users["inspector"]), "statistics", ky="2020-2025").context["found"]
    years = {row.period.code: row.members.total() for row in found.rows}
    assert years["2023"] == 1
    assert sum(years.values()) == found.members


def test_pages_ask_few_questions_however_many_cases_there_are(world: World) -> None:
    client = logged_in(world.users["inspector"])
    _many(world)
    page(client, "list")  # the first page also writes down the session
    names = ("list", "appeals", "statistics", "new")
    before = {name: _questions(client, name) for name in names}
    _many(world, "finance")
    assert {name: _questions(client, name) for name in names} == before
    assert max(before.values()) <= 15


def _questions(client: Any, name: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert page(client, name, ky="2023").status_code == 200
    return len(asked)


def test_the_page_of_a_case_asks_at_most_fifteen_questions(world: World) -> None:
    case = _many(world)[0]
    client = logged_in(world.users["inspector"])
    page(client, "case", case.identity)
    with CaptureQueriesContext(connection) as asked:
        page(client, "case", case.identity)
    # Savepoints and the log of the reading are writes of their own.
    assert len([one for one in asked if one["sql"].startswith("SELECT")]) <= 15


def _many(world: World, ground: str = "conduct") -> list[Case]:
    """Two cases; those about conduct decided, served and appealed."""
    made = []
    for member, cell in (("M1", "PA1"), ("M3", "PA2")):
        case = opened(world, member, organisation=world[cell], ground=ground)
        if ground == "conduct":
            decided(world, case, "reprimand")
            take_step(case, StepDraft("served", date(2023, 4, 20)), by=None)
            record_appeal(case, AppealDraft(date(2023, 5, 1), "superior", "Huyện ủy"), by=None)
        made.append(case)
    return made
