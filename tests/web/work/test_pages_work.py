"""Pages of what is asked and due: who sees what, who may do what, with how many queries."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.obligations.working import Work
from tests.page_world import logged_in
from tongket.core.dates import format_date, today
from tongket.directives.acts import change_directive
from tongket.directives.handing import Ask, hand_down
from tongket.directives.models import Plan, StudySession
from tongket.files.models import Attachment
from tongket.obligations.acts import take_step
from tongket.obligations.drafts import StepDraft
from tongket.obligations.models import Demand, Obligation, Step

PDF = b"%PDF-1.4\n%%EOF\n"


def url(name: str, *args: Any) -> str:
    return reverse(f"obligations:{name}", args=args)


def post_step(work: Work, user: str, part: Obligation, kind: str, **data: Any) -> Any:
    sent = {"kind": kind, "text": "Đã làm", "on": format_date(today()), **data}
    return logged_in(work.user(user)).post(url("step", part.pk), sent)


def test_the_doer_sees_what_is_overdue_due_this_month_and_done(work: Work) -> None:
    work.ask("PA", due=-3, title="Báo cáo quá hạn")
    work.ask("PA", due=0, title="Báo cáo hôm nay")
    done = work.ask("PA", due=2, title="Báo cáo đã xong")
    take_step(work.part(done, "PA"), StepDraft("reported", today(), "Xong"), by=work.user("clerk_a"))
    work.ask("PB", title="Báo cáo của xã B")
    page = logged_in(work.user("clerk_a")).get(url("due")).content.decode()
    assert "quá hạn 3 ngày" in page and "hạn hôm nay" in page and "Báo cáo đã xong" in page
    assert "Báo cáo của xã B" not in page


def test_the_office_sees_what_is_owed_and_what_waits_for_it(work: Work) -> None:
    demand = work.ask("PA", "PB", "VP", due=-3, title="Báo cáo quý")
    take_step(work.part(demand, "PA"), StepDraft("reported", today(), "Xong"), by=work.user("clerk_a"))
    answer = logged_in(work.user("office")).get(url("due"))
    [row] = answer.context["owed"]
    assert (row["receivers"], row["open"], row["overdue"], row["waiting"]) == (3, 2, 2, 1)
    assert [one["organisation__code"] for one in answer.context["below"]] == ["PB", "VP"]


def test_a_sibling_does_not_see_an_obligation_nor_its_demand_nor_its_files(work: Work) -> None:
    demand = work.ask("PA")
    part = work.part(demand, "PA")
    files = {"attached": SimpleUploadedFile("ket-qua.pdf", PDF)}
    assert post_step(work, "clerk_a", part, "reported", **files).status_code == 302
    file = Attachment.objects.get()
    sibling = logged_in(work.user("clerk_b"))
    for address in (url("obligation", part.pk), url("demand", demand.pk), url("file", file.pk)):
        assert sibling.get(address).status_code == 404, address
        assert logged_in(work.user("auditor")).get(address).status_code == 200, address
    assert post_step(work, "clerk_b", part, "planned").status_code == 404
    assert sibling.get(url("due") + "?cua=PA").status_code == 404


def test_the_doer_reports_but_does_not_accept_extend_or_withdraw_its_own(work: Work) -> None:
    part = work.part(work.ask("PA"), "PA")
    until = format_date(today() + timedelta(days=9))
    assert post_step(work, "clerk_a", part, "extended", new_deadline=until).status_code == 403
    assert post_step(work, "clerk_a", part, "reported").status_code == 302
    for kind in ("accepted", "returned", "reminded"):
        assert post_step(work, "clerk_a", part, kind).status_code == 403
    client = logged_in(work.user("clerk_a"))
    assert client.post(url("withdraw", part.pk), {"reason": "thôi"}).status_code == 403
    assert client.post(url("accept_many", part.demand_id), {"phan": part.pk}).status_code == 403
    assert client.post(url("demand_void", part.demand_id), {"reason": "thôi"}).status_code == 403
    assert work.part(part.demand, "PA").state == "reported"
    assert post_step(work, "office", part, "accepted").status_code == 302


def test_who_only_reads_changes_nothing(work: Work) -> None:
    part = work.part(work.ask("PA"), "PA")
    for name in ("auditor", "leader"):
        client = logged_in(work.user(name))
        page = client.get(url("obligation", part.pk))
        assert page.status_code == 200 and b'<form method="post" action="/viec' not in page.content
        assert post_step(work, name, part, "reported").status_code == 403
        assert client.get(url("hand_out")).status_code == 403
        assert client.get(url("hand_down", work.directive.pk)).status_code == 403
    assert not Step.objects.exists()


def test_a_doers_report_bears_its_own_day_whatever_is_sent(work: Work) -> None:
    part = work.part(work.ask("PA", asked=20, due=-5), "PA")
    post_step(work, "clerk_a", part, "reported", on=format_date(today() - timedelta(days=10)))
    assert work.part(part.demand, "PA").fulfilled_on == today()


def test_the_body_above_enters_for_a_paper_only_cell_and_it_shows(work: Work) -> None:
    part = work.part(work.ask("PA1", asked=20, due=-5), "PA1")
    paper_day = today() - timedelta(days=7)
    assert post_step(work, "clerk_a", part, "reported", on=format_date(paper_day)).status_code == 302
    step = Step.objects.get()
    assert step.on_behalf and step.on == paper_day
    page = logged_in(work.user("office")).get(url("obligation", part.pk)).content.decode()
    assert "nhập thay" in page
    assert "nhập thay" in logged_in(work.user("office")).get(url("demand", part.demand_id)).content.decode()
    # The commune entered it, but the district asked for it: accepting is the district's.
    assert post_step(work, "clerk_a", part, "accepted").status_code == 403


def test_the_cell_does_not_undo_what_was_entered_for_it_and_the_body_above_does(work: Work) -> None:
    part = work.part(work.ask("PA1"), "PA1")
    post_step(work, "clerk_a", part, "reported")
    sent = {"step": Step.objects.get().pk, "reason": "ghi nhầm"}
    assert logged_in(work.user("cell_a1")).post(url("undo", part.pk), sent).status_code == 403
    assert (
        logged_in(work.user("clerk_a")).post(url("undo", part.pk), {**sent, "reason": ""}).status_code == 422
    )
    assert logged_in(work.user("clerk_a")).post(url("undo", part.pk), sent).status_code == 302
    assert work.part(part.demand, "PA1").state == "received"


def test_whoever_asks_himself_does_not_accept_it_himself(work: Work) -> None:
    part = work.part(work.ask("PA", asker="PA"), "PA")
    assert post_step(work, "clerk_a", part, "reported").status_code == 302
    assert post_step(work, "clerk_a", part, "accepted").status_code == 403
    logged_in(work.user("clerk_a")).post(url("accept_many", part.demand_id), {"phan": part.pk})
    assert work.part(part.demand, "PA").state == "reported"
    assert post_step(work, "office", part, "accepted").status_code == 302


def test_a_refused_report_says_so_at_the_field_and_keeps_what_was_typed(work: Work) -> None:
    part = work.part(work.ask("PA", numbers=("Số hộ",)), "PA")
    answer = post_step(work, "clerk_a", part, "reported", text="Chữ đã gõ", number_0="ba")
    page = answer.content.decode()
    assert answer.status_code == 422 and "Chữ đã gõ" in page
    assert answer.context["report"].errors["number_0"]
    assert not Step.objects.exists()


def test_the_second_of_two_clerks_is_told_of_the_first(work: Work) -> None:
    part = work.part(work.ask("PA"), "PA")
    assert post_step(work, "clerk_a", part, "reported", seen="0").status_code == 302
    assert post_step(work, "office", part, "reported", seen="0").status_code == 409
    assert Step.objects.count() == 1


def test_a_plan_is_attached_on_the_phone_and_stands_in_the_book(work: Work) -> None:
    asks = [Ask("plan", "Ban hành kế hoạch", today() + timedelta(days=5))]
    [demand] = hand_down(work.directive, asks, [work["PA"]], by=work.user("office"))
    part = work.part(demand, "PA")
    sent = {"plan_kind": "KH", "symbol": "05-KH/ĐU", "issued_on": "01/12/2023", "text": ""}
    late = post_step(work, "clerk_a", part, "reported", **{**sent, "issued_on": "01/11/2023", "text": "x"})
    assert late.status_code == 422 and late.context["report"].errors["issued_on"]
    file = SimpleUploadedFile("05-KH-DU.pdf", PDF)
    assert post_step(work, "clerk_a", part, "reported", attached=file, **sent).status_code == 302
    assert Plan.objects.get().organisation == work["PA"]
    page = logged_in(work.user("office")).get(url("obligation", part.pk)).content.decode()
    assert "05-KH-DU.pdf" in page
    kept = Attachment.objects.filter(about=Step.objects.get().identity).get()
    got = logged_in(work.user("office")).get(url("file", kept.pk))
    assert b"".join(got.streaming_content) == PDF


def test_a_study_session_is_reported_with_its_numbers(work: Work) -> None:
    asks = [Ask("study", "Học tập Nghị quyết 33", today() + timedelta(days=5))]
    [demand] = hand_down(work.directive, asks, [work["PA"]], by=work.user("office"))
    sent = {
        "held_on": "05/12/2023",
        "form": "direct",
        "members_total": "40",
        "members_attended": "41",
        "text": "",
    }
    part = work.part(demand, "PA")
    wrong = post_step(work, "clerk_a", part, "reported", **sent)
    assert wrong.status_code == 422 and wrong.context["report"].errors["members_attended"]
    assert (
        post_step(work, "clerk_a", part, "reported", **{**sent, "members_attended": "38"}).status_code == 302
    )
    assert StudySession.objects.get().members_attended == 38


HAND_OUT = {
    "viec-kind": "report",
    "viec-title": "Báo cáo tháng",
    "viec-text": "",
    "viec-numbers": "Số hộ\nSố buổi",
}


@pytest.mark.parametrize(
    ("how", "codes"),
    [
        ({"cach": "below"}, {"PA", "PB", "VP"}),
        ({"cach": "grassroots"}, {"PA", "PB", "VP"}),
        ({"cach": "sector", "khoi": "village"}, {"PA1", "PA2", "PB1", "PB2"}),
        ({"cach": "kind", "loai": "grassroots_cell"}, {"VP"}),
    ],
)
def test_receivers_are_chosen_by_a_rule(work: Work, how: dict[str, str], codes: set[str]) -> None:
    sent = {**HAND_OUT, "viec-due_on": format_date(today() + timedelta(days=9)), **how}
    answer = logged_in(work.user("office")).post(url("hand_out"), sent)
    assert answer.status_code == 302
    assert {part.organisation.code for part in Obligation.objects.all()} == codes
    assert Demand.objects.get().numbers == ["Số hộ", "Số buổi"]


def test_receivers_are_picked_by_hand_from_the_askers_own_tree(work: Work) -> None:
    sent = {**HAND_OUT, "viec-due_on": format_date(today()), "cach": "picked"}
    client = logged_in(work.user("clerk_a"))
    foreign = client.post(url("hand_out"), {**sent, "den": [work["PA1"].pk, work["PB1"].pk]})
    assert foreign.status_code == 422 and not Demand.objects.exists()
    assert client.post(url("hand_out"), {**sent, "den": [work["PA1"].pk]}).status_code == 302
    assert Obligation.objects.get().organisation == work["PA1"]


def test_a_directive_is_handed_down_with_the_ticked_asks_only(work: Work) -> None:
    day = format_date(today() + timedelta(days=9))
    sent = {
        "viec0-wanted": "on",
        "viec0-title": "Học tập",
        "viec0-due_on": day,
        "viec1-title": "Ban hành",
        "viec1-due_on": day,
        "viec2-wanted": "on",
        "viec2-title": "Báo cáo",
        "viec2-due_on": "01/01/2020",
        "cach": "below",
    }
    client = logged_in(work.user("office"))
    answer = client.post(url("hand_down", work.directive.pk), sent)
    assert answer.status_code == 422
    assert "trước ngày ban hành" in str(answer.context["forms"][2].errors["due_on"])
    assert not Demand.objects.exists()
    assert client.post(url("hand_down", work.directive.pk), {**sent, "viec2-due_on": day}).status_code == 302
    assert sorted(demand.kind for demand in Demand.objects.all()) == ["report", "study"]


def test_a_directive_of_others_is_not_handed_down_until_it_was_handed_on(work: Work) -> None:
    client = logged_in(work.user("clerk_a"))
    assert client.get(url("hand_down", work.directive.pk)).status_code == 404
    ask = Ask("plan", "Ban hành", today())
    hand_down(work.directive, [ask], [work["PA"]], by=work.user("office"))
    page = client.get(url("hand_down", work.directive.pk))
    assert page.status_code == 200 and page.context["asker"] == work["PA"]
    part = Obligation.objects.get()
    further = client.get(url("obligation", part.pk)).context["further"]
    assert further.startswith(url("hand_down", work.directive.pk))
    assert logged_in(work.user("office")).get(url("obligation", part.pk)).context["further"] == ""


def test_many_reports_are_accepted_at_once_and_all_late_ones_reminded(work: Work) -> None:
    demand = work.ask("PA", "PB", "VP", due=-3)
    for code in ("PA", "PB"):
        take_step(work.part(demand, code), StepDraft("reported", today(), "Xong"), by=work.user("office"))
    client = logged_in(work.user("office"))
    ticked = [work.part(demand, code).pk for code in ("PA", "PB")]
    client.post(url("accept_many", demand.pk), {"phan": ticked})
    assert [work.part(demand, code).state for code in ("PA", "PB", "VP")] == [
        "accepted",
        "accepted",
        "received",
    ]
    client.post(url("remind_late", demand.pk))
    assert [one.obligation.organisation.code for one in Step.objects.filter(kind="reminded")] == ["VP"]
    log = client.get(url("reminders")).content.decode()
    assert "Chi bộ Văn phòng" in log
    assert "Chi bộ Văn phòng" not in logged_in(work.user("clerk_a")).get(url("reminders")).content.decode()


def test_the_demand_sums_the_numbers_and_leaves_as_a_workbook(work: Work) -> None:
    demand = work.ask("PA", "PB", numbers=("Số hộ",), title="=Báo cáo")
    for code, number in (("PA", 1200), ("PB", 34)):
        draft = StepDraft("reported", today(), "=1+1", {"Số hộ": number})
        take_step(work.part(demand, code), draft, by=work.user("office"))
    client = logged_in(work.user("office"))
    page = client.get(url("demand", demand.pk))
    assert page.context["sums"] == [("Số hộ", 1234)] and "1.234" in page.content.decode()
    book = client.get(url("demand", demand.pk) + "?xuat=xlsx")
    rows = CalamineWorkbook.from_filelike(BytesIO(book.content)).get_sheet_by_index(0).to_python()
    assert [row[-1] for row in rows[-2:]] == [1200, 34] and rows[-1][-2] == "=1+1"
    # A doer sees its own line only.
    assert len(logged_in(work.user("clerk_a")).get(url("demand", demand.pk)).context["lines"]) == 1


def test_titles_and_names_are_text_on_every_page(work: Work) -> None:
    demand = work.ask("PA", title="<script>alert(1)</script>", text="<b>x</b>", numbers=("<i>n</i>",))
    client = logged_in(work.user("office"))
    part = work.part(demand, "PA")
    year = f"?ky={part.deadline.year}"
    for address in (url("due"), url("demand", demand.pk), url("obligation", part.pk), url("matrix") + year):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page and "<b>x" not in page and "<i>n" not in page
        assert "&lt;script&gt;" in page, address


def test_the_matrix_colours_counts_and_filters(work: Work) -> None:
    first = work.ask("PA", "PB", asked=300, due=-3, title="Việc một")
    second = work.ask("PA", asked=300, due=-3, title="Việc hai", kind="task")
    on_time = StepDraft("reported", today() - timedelta(days=5), "Xong")
    take_step(work.part(first, "PA"), on_time, by=work.user("office"))
    client = logged_in(work.user("office"))
    year = (today() - timedelta(days=3)).year
    answer = client.get(url("matrix") + f"?ky={year}")
    made = answer.context["matrix"]
    assert (made.whole.on_time, made.whole.overdue, made.whole.fallen_due) == (1, 2, 3)
    assert made.by_row[work["PA"].pk].percent == 50
    page = answer.content.decode()
    assert 'class="m on_time"' in page and "Quá hạn, chưa xong" in page
    assert url("obligation", work.part(second, "PA").pk) in page
    late = client.get(url("matrix") + f"?ky={year}&muon=1").context["matrix"]
    assert [title for _pk, title, _due in late.demands] == ["Việc một", "Việc hai"]
    tasks = client.get(url("matrix") + f"?ky={year}&loai=task").context["matrix"]
    assert [title for _pk, title, _due in tasks.demands] == ["Việc hai"]
    villages = client.get(url("matrix") + f"?ky={year}&khoi=village").context["matrix"]
    assert villages.organisations == []
    mine = logged_in(work.user("clerk_b")).get(url("matrix") + f"?ky={year}").context["matrix"]
    assert [code for _pk, code, _name in mine.organisations] == ["PB"]
    assert [title for _pk, title, _due in mine.demands] == ["Việc một"]
    book = client.get(url("matrix") + f"?ky={year}&xuat=xlsx")
    rows = CalamineWorkbook.from_filelike(BytesIO(book.content)).get_sheet_by_index(0).to_python()
    assert ["Đảng bộ xã B", "PB", 0.0, "Quá hạn, chưa xong", ""] in rows


@pytest.mark.parametrize(
    "name", ["due", "matrix", "reminders", "hand_out", "reminder_days", "calendar", "demand"]
)
def test_pages_ask_few_queries_however_many_rows(work: Work, name: str) -> None:
    def count() -> int:
        client = logged_in(work.user("office"))
        with CaptureQueriesContext(connection) as queries:
            args = (Demand.objects.order_by("pk").first().pk,) if name == "demand" else ()  # type: ignore[union-attr]
            assert client.get(url(name, *args), {"ky": today().year}).status_code == 200
        return len(queries)

    first = work.ask("PA", "QS", asker="QS", numbers=("Số hộ",))
    take_step(work.part(first, "PA"), StepDraft("reminded", today()), by=work.user("office"))
    few = count()
    for place in range(6):
        demand = work.ask("PA", "PB", "VP", "PA1", "QS", title=f"Việc {place}", numbers=("Số hộ",))
        take_step(work.part(demand, "PA"), StepDraft("reminded", today()), by=work.user("office"))
    assert count() <= few <= 16  # one of them the test's own


def test_a_day_is_said_as_a_person_says_it() -> None:
    from tongket.obligations.words import days_left, late_by

    day = date(2024, 1, 10)
    assert days_left(date(2024, 1, 15), day) == "còn 5 ngày"
    assert days_left(day, day) == "hạn hôm nay"
    assert days_left(date(2024, 1, 7), day) == "quá hạn 3 ngày"
    assert (late_by(day, day), late_by(day, date(2024, 1, 8))) == ("đúng hạn", "muộn 2 ngày")


def test_a_change_of_a_paper_is_told_to_those_to_whom_it_was_handed(work: Work) -> None:
    ask = Ask("plan", "Ban hành", today() + timedelta(days=5))
    hand_down(work.directive, [ask], [work["PA"]], by=work.user("office"))
    change_directive(
        work.directive, kind="revoked", on=today(), reason="ban hành nhầm", by=work.user("office")
    )
    page = logged_in(work.user("clerk_a")).get(url("due"))
    assert "33-NQ/TU: bị thu hồi" in page.content.decode()
    [card] = [card for _key, _heading, cards in page.context["parts"] for card in cards]
    assert card.paper == reverse("directives:detail", args=[work.directive.pk])
    assert logged_in(work.user("clerk_a")).get(card.paper).status_code == 200
    assert logged_in(work.user("clerk_b")).get(url("due")).context["changes"] == []
