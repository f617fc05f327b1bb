"""The board of what was asked counts as the figures do, whatever was asked, extended and reported."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from random import Random
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.obligations.working import Work, make_work
from tongket.core.dates import today
from tongket.core.periods import year
from tongket.core.problems import Refused
from tongket.figures.engine import compute
from tongket.obligations.acts import take_step
from tongket.obligations.derive import fallen_due
from tongket.obligations.drafts import StepDraft
from tongket.ui.context import ViewContext
from tongket.web.work_pages.matrix import Asked, Share, build

OUTCOMES = ("on_time", "late", "overdue", "waiting")


@contextmanager
def worked(seed: int) -> Iterator[Work]:
    """The district with some things asked and worked on, gone afterwards."""
    with transaction.atomic():
        work, rng = make_work(), Random(seed)
        for _ in range(rng.randrange(1, 5)):
            ask_something(work, rng)
        yield work
        transaction.set_rollback(True)


def ask_something(work: Work, rng: Random) -> None:
    codes = rng.sample(("PA", "PB", "VP", "PA1"), rng.randrange(1, 4))
    demand = work.ask(*codes, asked=30, due=rng.choice((-20, -5, -1, 0, 1, 20)))
    for code in codes:
        for kind in rng.choices(("extended", "reported", "returned", "accepted"), k=rng.randrange(4)):
            later = today() + timedelta(days=rng.choice((1, 30))) if kind == "extended" else None
            on = today() - timedelta(days=rng.choice((0, 2, 10)))
            try:
                take_step(
                    work.part(demand, code),
                    StepDraft(kind, on, "Nội dung", new_deadline=later),
                    by=work.user("office"),
                )
            except Refused:  # a step that may not follow
                continue


def counted(share: Share) -> list[Any]:
    return [share.fallen_due, *(getattr(share, name) for name in OUTCOMES)]


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_board_and_the_figures_give_one_share(db: None, seed: int) -> None:
    with worked(seed) as work:
        period = year(today().year)
        view = ViewContext(work.user("office"), work["QS"], period, period.end)
        made = build(view.user, view, Asked("", "", False, 1), today())
        names = ("obligations.due", *(f"obligations.{name}" for name in OUTCOMES), "obligations.on_time_pct")
        figures = compute(work["QS"], period, as_at=today(), ids=names)
        told = [figures.own[name].value for name in names]
        assert counted(made.whole) == told[:-1]
        share = made.whole.percent
        assert (None if share is None else round(share, 2)) == told[-1]
        for child, own in figures.by_child.items():
            rows = [made.by_row[pk] for pk in made.by_row if pk in below(work, child)]
            assert sum(row.fallen_due for row in rows) == own["obligations.due"].value


def below(work: Work, child: int) -> set[int]:
    return {child, work["PA1"].pk} if child == work["PA"].pk else {child}


def test_what_is_extended_and_still_runs_belongs_to_the_whole(work: Work) -> None:
    demand = work.ask("PA", "PB", due=-5)
    longer = StepDraft(
        "extended", today() - timedelta(days=6), "Xin thêm", new_deadline=today() + timedelta(9)
    )
    take_step(work.part(demand, "PA"), longer, by=work.user("office"))
    take_step(
        work.part(demand, "PB"), StepDraft("reported", today() - timedelta(6), "Xong"), by=work.user("office")
    )
    coming = work.ask("PB", due=5)
    take_step(work.part(coming, "PB"), StepDraft("reported", today(), "Xong"), by=work.user("office"))
    period = year((today() - timedelta(days=5)).year)
    view = ViewContext(work.user("office"), work["QS"], period, period.end)
    made = build(view.user, view, Asked("", "", False, 1), today())
    assert counted(made.whole) == [2, 1, 0, 0, 1] and made.whole.percent == 50
    assert made.by_row[work["PA"].pk].percent == 0 and made.by_row[work["PB"].pk].percent == 100


def test_a_deadline_has_come_on_its_own_day() -> None:
    assert fallen_due(today(), today()) and not fallen_due(today() + timedelta(1), today())
