"""The overview's panel: what is due for whom, what waits for whom, the next conference; few questions."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.obligations.working import Work
from tests.page_world import logged_in
from tongket.conferences.acts import add_conference
from tongket.conferences.drafts import ConferenceDraft
from tongket.core.dates import today
from tongket.obligations.acts import take_step
from tongket.obligations.drafts import StepDraft
from tongket.web.figure_pages.due_panel import wanted


def panel(work: Work, user: str) -> Any:
    return logged_in(work.user(user)).get(reverse("web:due_panel"))


def test_each_sees_what_he_owes_and_the_asker_what_waits_for_him(work: Work) -> None:
    work.ask("PA", due=-3)
    work.ask("PA", due=7)
    work.ask("PA", due=8)
    done = work.ask("PA", "PB", due=2)
    take_step(work.part(done, "PA"), StepDraft("reported", today(), "Xong"), by=work.user("clerk_a"))
    doer, asker = panel(work, "clerk_a").context, panel(work, "office").context
    assert doer["due"] == {"overdue": 1, "soon": 1, "later": 1} and doer["waiting"] == 0
    assert asker["due"] == {"overdue": 0, "soon": 0, "later": 0} and asker["waiting"] == 1
    assert panel(work, "clerk_b").context["due"] == {"overdue": 0, "soon": 1, "later": 0}
    assert panel(work, "auditor").context["waiting"] == 0


def test_the_next_conference_of_the_organisation_is_named(work: Work) -> None:
    def plan(title: str, days: int, code: str = "QS") -> None:
        draft = ConferenceDraft(
            work[code], "year_end", title, timezone.now() + timedelta(days=days), "Hội trường", "Bí thư"
        )
        add_conference(draft, by=work.user("office"))

    assert panel(work, "office").context["next"] is None
    assert not panel(work, "office").content.strip()  # nothing to say, no empty box
    plan("Hội nghị sau", 20)
    plan("Hội nghị <trước>", 10)
    plan("Hội nghị xã B", 5, "PB")
    page = panel(work, "leader").content.decode()
    assert "Hội nghị xã B" in page  # those below are the district's to see
    assert panel(work, "clerk_a").context["next"] is None
    assert "Hội nghị xã B" in panel(work, "clerk_b").content.decode()


def test_the_overview_asks_for_the_panel_after_itself(work: Work) -> None:
    assert not wanted({"figure.read", "member.read"}) and wanted({"obligation.read"})
    for user in ("office", "clerk_a"):
        page = logged_in(work.user(user)).get("/").content.decode()
        assert reverse("web:due_panel") in page


def test_the_panel_asks_few_questions_whatever_there_is(work: Work) -> None:
    client = logged_in(work.user("office"))
    counted = []
    for number in range(3):
        for _ in range(number * 4):
            work.ask("PA", "PB", "VP")
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("web:due_panel"))
        counted.append(len(asked))
    assert max(counted) <= 12 and counted[1] == counted[2]
