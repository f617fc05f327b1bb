"""The year's work of the demo: what its records say, and that it is the same work on any day it is made."""

import sys
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from tongket.audit.records import current
from tongket.conferences.agenda.tree import agenda_of
from tongket.conferences.calling.roles import ROLES
from tongket.conferences.models import Conclusion, Conference
from tongket.conferences.queries import invitations_of
from tongket.core import dates
from tongket.demo.draw.plain import ROOT, District
from tongket.demo.generate import SEED
from tongket.demo.work.conferences import WIDE
from tongket.demo.work.obligations import hand_out_the_year
from tongket.directives.models import Directive
from tongket.events.anniversaries import anniversary
from tongket.events.models import Event, Twinning
from tongket.figures.check_data import check_all
from tongket.matching.models import PersonMerge
from tongket.matching.queries import undecided
from tongket.members.models import Member, PostHolding
from tongket.obligations.models import Demand, Obligation, Step
from tongket.organisations.models import Organisation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]

DAY = date(2023, 12, 28)


@pytest.fixture
def conference() -> Conference:
    """The conference at the end of 2023."""
    return Conference.objects.get(organisation__code=ROOT, kind="year_end", voided_at=None)


def test_the_conference_studied_its_three_papers_as_the_parts_of_item_two(conference: Conference) -> None:
    symbols = dict(Directive.objects.filter(voided_at=None).values_list("identity", "symbol"))
    studied = {one.number: symbols[one.item.directive] for one in agenda_of(conference) if one.item.directive}
    assert conference.on == DAY
    assert studied == {"2.1": "33-NQ/TU", "2.2": "26-CT/TW", "2.3": "138-QĐ/TW"}


def test_those_called_are_the_holders_of_the_posts_on_the_day(
    conference: Conference, loaded: District
) -> None:
    held = PostHolding.objects.filter(voided_at=None).values_list(
        "member_id", "organisation__code", "post", "valid_from", "valid_to"
    )
    wanted = {
        member
        for member, code, post, since, until in held
        if since <= DAY < until and any(_calls(loaded, id, code, post) for id in WIDE)
    }
    called = [row.member_id for row in invitations_of(conference)]
    assert set(called) == wanted
    assert len(called) == len(wanted) > 150


def _calls(district: District, role: str, code: str, post: str) -> bool:
    """Whether a post held somewhere is called by a rule, by the drawn tree."""
    unit = district.units[code]
    below, commune = code != ROOT and district.parent_on(code, DAY) == ROOT, unit.sector == "commune"
    place = {
        "own": code == ROOT,
        "below": below,
        "offices": code == ROOT or (below and not commune),
        "communes": code != ROOT and commune,
    }[ROLES[role].where]
    return place and post in ROLES[role].posts


def test_its_four_conclusions_are_all_handed_out(conference: Conference) -> None:
    conclusions = current(Conclusion.objects.filter(conference=conference))
    assert conclusions.count() == 4
    for conclusion in conclusions:
        demand = Demand.objects.get(about=conclusion.identity, voided_at=None)
        assert demand.due_on > DAY
        assert Obligation.objects.filter(demand=demand, voided_at=None).count() >= 20


def test_the_twinning_turned_55_in_2023() -> None:
    twinning = Twinning.objects.get(voided_at=None)
    turned = anniversary(twinning.since_year, twinning.since_on, 2023)
    assert turned is not None
    assert (turned.years, turned.is_round) == (55, True)
    celebrated = Event.objects.get(twinning=twinning.identity, voided_at=None)
    assert (celebrated.marks_year, celebrated.starts_on.year) == (twinning.since_year, 2023)


def test_obligations_stand_as_their_steps_say() -> None:
    steps: dict[int, list[Step]] = {}
    for step in Step.objects.filter(voided_at=None).order_by("id"):
        steps.setdefault(step.obligation_id, []).append(step)
    seen = set()
    for row in Obligation.objects.filter(voided_at=None):
        state, deadline, done = "received", row.due_on, None
        for step in steps.get(row.pk, []):
            if step.kind == "extended":
                deadline = step.new_deadline
            elif step.kind != "reminded":
                state = step.kind
                done = {"reported": step.on, "returned": None}.get(step.kind, done)
        assert (row.state, row.deadline, row.fulfilled_on) == (state, deadline, done), row.pk
        seen.add(state)
    assert {"received", "reported", "accepted"} <= seen


def test_every_check_of_the_data_is_clean() -> None:
    found = {check.name: check.faults for check in check_all()}
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert len(found) >= 9


def test_the_work_of_2023_is_the_same_whenever_it_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    before = _work()
    assert len(before) > 10
    for model in (Step, Obligation, Demand):
        model.objects.all()._raw_delete("default")
    later = dates.today() + timedelta(days=400)
    for module in list(sys.modules.values()):
        if getattr(module, "today", None) is _today:
            monkeypatch.setattr(module, "today", lambda: later)
    assert dates.today() == later
    hand_out_the_year(Organisation.objects.get(code=ROOT), Random(f"{SEED} work obligations"))
    assert _work() == before


_today = dates.today


def _work() -> dict[tuple[Any, ...], list[tuple[Any, ...]]]:
    """What was asked about papers in 2023, and how each organisation stands with it."""
    found: dict[tuple[Any, ...], list[tuple[Any, ...]]] = {}
    rows = Obligation.objects.filter(demand__asked_on__year=2023, demand__about_label__contains=" ngày ")
    for row in rows.exclude(demand__about__in=Conclusion.objects.values("identity")).values_list(
        "demand__title", "demand__asked_on", "organisation__code", "state", "deadline", "fulfilled_on"
    ):
        found.setdefault(row[:2], []).append(row[2:])
    return {asked: sorted(answers, key=str) for asked, answers in found.items()}


def test_a_sure_and_a_doubtful_pair_wait_and_one_was_merged_without_anybody_counted_twice() -> None:
    waiting = list(undecided().order_by("-outcome").values_list("outcome", "other__code"))
    assert waiting == [("sure", "ĐV990002"), ("doubtful", "ĐV990003")]
    merge = current(PersonMerge.objects.all()).get()
    assert merge.gone.code == "ĐV990004"
    entered_twice = Member.objects.filter(code__startswith="ĐV99000")
    assert list(entered_twice.values_list("standing", "organisation").distinct()) == [("", None)]
