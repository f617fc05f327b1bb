"""How a paper, what is asked on its account, and the reports lead to one another."""

from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from tests.obligations.working import Work
from tests.page_world import logged_in
from tongket.core.dates import today
from tongket.directives.handing import Answer, Ask, PlanFields, hand_down, report_with_plan
from tongket.directives.models import Directive
from tongket.directives.tables import plan_state, with_plans
from tongket.obligations.acts import take_step
from tongket.obligations.addresses import link
from tongket.obligations.drafts import StepDraft


def handed(work: Work, *codes: str) -> Any:
    """A plan asked of some on account of 33-NQ/TU."""
    asks = [Ask("plan", "Ban hành kế hoạch thực hiện 33-NQ/TU", today() + timedelta(days=5))]
    [demand] = hand_down(work.directive, asks, [work[code] for code in codes], by=work.user("office"))
    return demand


def report(work: Work, demand: Any) -> None:
    fields = PlanFields("KH", "05-KH/ĐU", date(2023, 12, 1), "Về công an xã")
    report_with_plan(work.part(demand, "PA"), fields, Answer(today()), by=work.user("clerk_a"))


def test_a_papers_page_leads_to_what_was_asked_on_its_account_and_counts_the_reports(work: Work) -> None:
    demand = handed(work, "PA", "PB")
    report(work, demand)
    page = logged_in(work.user("office")).get(reverse("directives:detail", args=[work.directive.pk]))
    [row] = page.context["demands"]
    assert (row.receivers, row.done, row.overdue) == (2, 1, 0)
    assert reverse("obligations:demand", args=[demand.pk]) in page.content.decode()


def test_the_plan_of_those_below_leaves_the_receivers_own_open(work: Work) -> None:
    report(work, handed(work, "PA"))
    row = with_plans(Directive.objects.filter(pk=work.directive.pk)).get()
    assert row.first_plan_on is None and plan_state(row) != "on_time"


def test_a_returned_report_shows_the_reason_and_what_was_typed(work: Work) -> None:
    demand = handed(work, "PA")
    report(work, demand)
    part = work.part(demand, "PA")
    take_step(part, StepDraft("returned", today(), "Thiếu phân công"), by=work.user("office"))
    page = logged_in(work.user("clerk_a")).get(reverse("obligations:obligation", args=[part.pk]))
    assert page.context["returned"].text == "Thiếu phân công"
    form = page.context["report"]
    assert form["symbol"].value() == "05-KH/ĐU" and form["issued_on"].value() == "01/12/2023"


def test_the_boards_heading_shows_the_symbol_of_the_paper_whole(work: Work) -> None:
    handed(work, "PA")
    page = logged_in(work.user("office")).get(reverse("obligations:matrix") + f"?ky={today().year}")
    assert "<b>33-NQ/TU</b><span>Ban hành kế hoạch thực hiện</span>" in page.content.decode()


def test_links_hold_the_offices_address_else_that_of_the_browser(settings: Any) -> None:
    settings.TONGKET_ADDRESS = ""
    assert link("/lich/x.ics", "http://10.0.0.5:8000/") == "http://10.0.0.5:8000/lich/x.ics"
    settings.TONGKET_ADDRESS = "https://tongket.example"
    assert link("/lich/x.ics", "http://127.0.0.1:8000/") == "https://tongket.example/lich/x.ics"
