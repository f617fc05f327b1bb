"""The automatic checks: what each says and does not say, to whom, and how it is set aside."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.once import once
from tests.page_world import logged_in, make_page_world
from tests.ratings.round_world import candidate, more_members, open_one, rate
from tests.world import World
from tongket.audit.acts import act
from tongket.core.problems import Refused
from tongket.inspections.acts import add_member_discipline, add_organisation_discipline
from tongket.inspections.drafts import MemberDisciplineDraft, OrganisationDisciplineDraft
from tongket.inspections.models import DisciplineEnd, MemberDiscipline, SealedAccess
from tongket.members.drafts import PostDraft
from tongket.members.post_acts import add_posts
from tongket.obligations.acts import hand_out, take_step
from tongket.obligations.drafts import DemandDraft
from tongket.obligations.drafts import StepDraft as TaskStep
from tongket.obligations.models import Obligation
from tongket.ratings.checks.acts import override_check, void_override
from tongket.ratings.checks.declarations import BY_CODE, CHECKS
from tongket.ratings.checks.facts import Facts, Tasks
from tongket.ratings.checks.queries import checked, unanswered
from tongket.ratings.rounds.models import RatingOverride, RatingRound
from tongket.ratings.rounds.queries import CandidateState, StepState, standing_of
from tongket.rules.catalogue import all_rules, table

DAY = date(2023, 6, 1)


district, world = once(make_page_world)


def discipline(world: World, code: str = "M1", cell: str = "PA1", **more: Any) -> MemberDiscipline:
    draft = MemberDisciplineDraft(world[code], world[cell], "warning", DAY, "other", **more)
    return add_member_discipline(draft, by=world.users["inspector"])


def said(round: RatingRound, user: Any) -> dict[tuple[str, str], str]:
    """(code of whom, check) -> text."""
    return {
        (one.state.code, one.check.code): one.text
        for one in checked(round, user).findings
        if one.severity != "info"
    }


def test_discipline_in_the_year_bars_excellent(world: World) -> None:
    discipline(world)
    round = open_one(world, "members")
    rate(round, world.users["clerk"], M1="excellent", M2="excellent")
    found = said(round, world.users["inspector"])
    assert "cảnh cáo ngày 01/06/2023" in found["M1", "discipline_excellent"]
    assert ("M2", "discipline_excellent") not in found


def test_good_needs_the_tick_that_it_was_self_found_and_remedied(world: World) -> None:
    discipline(world)
    round = open_one(world, "members")
    rate(round, world.users["clerk"], M1="good")
    assert ("M1", "discipline_remedied") in said(round, world.users["inspector"])
    step = candidate(round, "M1").steps.get()
    step.remedied = True
    step.save()
    assert ("M1", "discipline_remedied") not in said(round, world.users["inspector"])


def test_discipline_of_another_year_or_annulled_says_nothing(world: World) -> None:
    row = discipline(world)
    old = MemberDisciplineDraft(world["M2"], world["PA1"], "warning", date(2022, 6, 1), "other")
    add_member_discipline(old, by=world.users["inspector"])
    round = open_one(world, "members")
    rate(round, world.users["clerk"], M1="excellent", M2="excellent")
    with act("test.end", by=None, origin="test") as current:
        DisciplineEnd.objects.create(member_discipline=row, kind="annulled", on=DAY, **current.stamp())
    assert not [key for key in said(round, world.users["inspector"]) if "discipline" in key[1]]


def test_who_may_not_read_discipline_learns_only_that_there_is_a_decision(world: World) -> None:
    discipline(world)
    round = open_one(world, "members")
    rate(round, world.users["clerk"], M1="excellent")
    text = said(round, world.users["clerk"])["M1", "discipline_excellent"]
    assert "có quyết định kỷ luật trong kỳ" in text
    assert "cảnh cáo" not in text and "01/06" not in text
    page = (
        logged_in(world.users["clerk"]).get(reverse("ratings:round_checks", args=[round.pk])).content.decode()
    )
    assert "Hồ sơ kỷ luật" not in page
    reads = (
        logged_in(world.users["leader"])
        .get(reverse("ratings:round_checks", args=[round.pk]))
        .content.decode()
    )
    assert "Hồ sơ kỷ luật ngày 01/06/2023" in reads


def test_a_sealed_decision_says_nothing_to_those_not_named(world: World) -> None:
    row = discipline(world)
    row.sealed, row.case_identity = True, uuid4()
    row.save()
    round = open_one(world, "members")
    rate(round, world.users["clerk"], M1="excellent")
    with act("test.name", by=None, origin="test") as current:
        SealedAccess.objects.create(
            case_identity=row.case_identity, user=world.users["leader"], **current.stamp()
        )
    for name in ("clerk", "inspector"):
        assert ("M1", "discipline_excellent") not in said(round, world.users[name])
    assert ("M1", "discipline_excellent") in said(round, world.users["leader"])
    # Nor does an override betray it, nor the answer to an attempt at one.
    with act("test.override", by=world.users["leader"], origin="test") as current:
        RatingOverride.objects.create(
            candidate=candidate(round, "M1"),
            check_code="discipline_excellent",
            reason="đã xem xét",
            **current.stamp(),
        )
    assert not checked(round, world.users["clerk"]).overrides
    assert checked(round, world.users["leader"]).overrides
    answers = []
    for code in ("M1", "M2"):
        with pytest.raises(Refused) as refused:
            override_check(
                candidate(round, code), "discipline_excellent", reason="thử", by=world.users["clerk"]
            )
        answers.append(str(refused.value))
    assert answers[0] == answers[1]


def test_a_disciplined_leader_or_unit_below_bars_the_collective(world: World) -> None:
    with act("test.posts", by=None, origin="test") as current:
        add_posts([PostDraft(world["M1"], world["PA"], "secretary", date(2020, 1, 1))], act=current)
        past = PostDraft(world["M2"], world["PA"], "committee_member", date(2018, 1, 1), date(2022, 1, 1))
        add_posts([past], act=current)
    discipline(world, "M2")  # no longer of the committee on that day
    round = open_one(world, "organisations")
    rate(round, world.users["clerk"], PA="excellent", PB="excellent", VP="good")
    assert ("PA", "discipline_leader") not in said(round, world.users["leader"])
    discipline(world, "M1")
    below = OrganisationDisciplineDraft(world["PB1"], "reprimand", DAY, "other")
    add_organisation_discipline(below, by=world.users["inspector"])
    found = said(round, world.users["leader"])
    assert ("PA", "discipline_leader") in found
    assert ("PB", "discipline_below") in found
    assert ("PA", "discipline_below") not in found and ("PB", "discipline_body") not in found
    assert not [key for key in found if key[0] == "VP"]


def test_the_sum_of_the_list_and_who_is_excluded_but_rated(world: World) -> None:
    round = open_one(world, "members")
    rate(round, world.users["clerk"], M1="good", M2="completed")
    one = candidate(round, "M2")
    one.reason = "exempt"
    one.save()
    result = checked(round, world.users["clerk"])
    # M6 was admitted in April: on the list of 2023 and to be rated; four have no level yet.
    assert (result.listed, result.rated, result.not_rated, result.missing) == (6, 1, 1, 4)
    found = said(round, world.users["clerk"])
    assert {code for code, check in found if check == "no_level"} == {"M3", "M4", "M5", "M6"}
    assert ("M2", "excluded_rated") in found


def _body(level: str, tasks: Tasks | None, score: str | None = None, year: int = 2025) -> list[str]:
    step = StepState(1, "vote", date(year, 12, 1), level, score=Decimal(score) if score else None)
    state = CandidateState(7, 70, "PA", "Đảng bộ xã A", None, "PA", "Đảng bộ xã A", "", "", "", "", (step,))
    end = date(year, 12, 31)
    facts = Facts(RatingRound(), date(year, 1, 1), end, [state], tasks={70: tasks} if tasks else {})
    return [
        one.text
        for check in CHECKS
        if "organisations" in check.subjects and check.rule
        for one in check.find(facts, state, table(check.rule, end))
    ]


@pytest.mark.parametrize(
    ("level", "tasks", "part"),
    [
        ("excellent", Tasks(10, 9, 1, 0, 9), "100% nhiệm vụ đúng hạn; có 9/10 việc (90%) đúng hạn"),
        ("good", Tasks(10, 10, 0, 0, 9), "mới có 9/10 việc (90%) được chấp nhận kết quả"),
        ("completed", Tasks(10, 7, 3, 0, 10), "không quá 20% nhiệm vụ chậm hạn; có 3/10 việc (30%) chậm"),
        ("completed", Tasks(10, 8, 1, 1, 9), "100% nhiệm vụ hoàn thành; có 9/10 việc (90%) đã báo cáo"),
        ("excellent", Tasks(10, 10, 0, 0, 10), "vượt yêu cầu: không có số liệu"),
        ("good", None, "không có số liệu"),
    ],
)
def test_the_shares_of_tasks_since_2025(level: str, tasks: Tasks | None, part: str) -> None:
    assert part in " ".join(_body(level, tasks))


def test_shares_that_are_met_say_nothing() -> None:
    assert _body("good", Tasks(10, 10, 0, 0, 10)) == []
    assert _body("completed", Tasks(10, 8, 2, 0, 10)) == []
    assert _body("failed", Tasks(10, 0, 0, 10, 0)) == []


@pytest.mark.parametrize(("score", "fits"), [("90", True), ("89.99", False), ("100", True)])
def test_a_score_must_fit_its_level(score: str, fits: bool) -> None:
    found = " ".join(_body("excellent", Tasks(1, 1, 0, 0, 1), score))
    assert ("ứng với mức" not in found) is fits


def test_before_2025_tasks_are_not_judged_by_shares(world: World) -> None:
    round = open_one(world, "organisations")
    rate(round, world.users["clerk"], PA="excellent")
    silent = {check.code for check in checked(round, world.users["clerk"]).silent}
    assert {"tasks_excellent", "tasks_good", "tasks_completed", "score_level"} <= silent


def test_tasks_are_counted_by_their_first_deadline(world: World) -> None:
    clerk = world.users["clerk"]
    for due in (date(2023, 5, 1), date(2024, 5, 1)):
        draft = DemandDraft(world["QS"], "report", "Báo cáo", date(2023, 4, 1), due)
        hand_out(draft, [world["PA"], world["PB"]], by=clerk)
    mine = Obligation.objects.get(organisation=world["PA"], due_on=date(2023, 5, 1))
    take_step(mine, TaskStep("reported", date(2023, 4, 20), text="đã làm"), by=clerk)
    round = open_one(world, "organisations")
    from tongket.ratings.checks.facts import facts_of

    tasks = facts_of(round, standing_of(round), clerk).tasks
    assert tasks[world["PA"].pk] == Tasks(1, 1, 0, 0, 0)
    assert tasks[world["PB"].pk] == Tasks(1, 0, 0, 1, 0)


def test_a_finding_is_set_aside_with_a_reason_and_listed_with_author_and_day(world: World) -> None:
    discipline(world)
    round = open_one(world, "members")
    rate(round, world.users["clerk"], M1="excellent", M2="good", M3="good", M4="good", M5="good", M6="good")
    client, address = logged_in(world.users["clerk"]), reverse("ratings:round_checks", args=[round.pk])
    entry = {"candidate": candidate(round, "M1").pk, "check": "discipline_excellent", "reason": ""}
    refused = client.post(address, entry)
    assert refused.status_code == 422 and "Chưa ghi lý do" in refused.content.decode()
    assert client.post(address, {**entry, "reason": "Cấp trên đồng ý"}).status_code == 302
    page = client.get(address, {"tinh-trang": "da-ghi"}).content.decode()
    assert "Cấp trên đồng ý" in page and "Người dùng clerk" in page
    assert not checked(round, world.users["clerk"]).open
    assert unanswered(round, world.users["clerk"], standing_of(round)) == []
    with pytest.raises(Refused, match="Đã có người"):
        override_check(candidate(round, "M1"), "discipline_excellent", reason="lại", by=world.users["clerk"])
    row = RatingOverride.objects.get()
    void = reverse("ratings:round_override_void", args=[round.pk, row.pk])
    assert client.post(void, {"reason": "nhầm"}).status_code == 302
    found = checked(round, world.users["clerk"]).open
    assert found and unanswered(round, world.users["clerk"], standing_of(round)) == found


def test_nothing_to_set_aside_and_unknown_checks_are_refused(world: World) -> None:
    round = open_one(world, "members")
    rate(round, world.users["clerk"], M1="good")
    for code in ("discipline_excellent", "khong-co"):
        with pytest.raises(Refused):
            override_check(candidate(round, "M1"), code, reason="thử", by=world.users["clerk"])
    with pytest.raises(Refused, match="lý do"):
        void_override(RatingOverride(candidate=candidate(round, "M1")), reason="", by=world.users["clerk"])


def test_the_page_filters_exports_and_asks_no_more_for_a_longer_list(world: World) -> None:
    round = open_one(world, "members")
    client, address = logged_in(world.users["clerk"]), reverse("ratings:round_checks", args=[round.pk])
    assert client.get(address, {"xuat": "xlsx", "kiem-tra": "no_level"}).status_code == 200
    assert "Không có phát hiện nào" in client.get(address, {"kiem-tra": "score_level"}).content.decode()
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    more_members(world, "PA1", 20)
    longer = open_one(world, "members", "PA")
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("ratings:round_checks", args=[longer.pk]))
    assert len(many) <= len(few) <= 15


def test_every_check_names_a_rule_of_the_catalogue() -> None:
    known = {rule.id for rule in all_rules()}
    assert all(not check.rule or check.rule in known for check in CHECKS)
    assert len(BY_CODE) == len(CHECKS)
    assert all(len(code) <= 40 for code in BY_CODE)
