"""`check-data` names what of the judged year no act made: each fault is planted past the acts."""

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from tests.admissions.world import CEREMONY, candidate, decide, make_admission_world, vote
from tests.cases.conftest import decided, opened
from tests.honours.badging.conftest import DAY, veteran
from tests.inspections.programmes.making import brought_to, inspect
from tests.once import once
from tests.ratings.round_world import candidate as listed
from tests.ratings.round_world import open_one, rate
from tests.world import World
from tongket.admissions.joining.models import Candidate, CandidateStep
from tongket.cases.models import Case, CaseStep
from tongket.cases.sealing.acts import seal_case
from tongket.figures.check_data import judging
from tongket.honours.badging import acts as badging
from tongket.honours.badging.rules import Pick
from tongket.honours.commending.models import CertificateNumber
from tongket.honours.models import BadgeAward, BadgeProposal
from tongket.inspections.models import MemberDiscipline
from tongket.inspections.running.models import Inspection
from tongket.ratings.models import MemberRating
from tongket.ratings.rounds.acts import set_aside
from tongket.ratings.rounds.deciding.acts import decide_round
from tongket.ratings.rounds.drafts import DecisionDraft
from tongket.ratings.rounds.models import RatingCandidate, RatingRound, RatingStep


def _make() -> World:
    made = make_admission_world()
    veteran(made, "V1", "PA1", date(1994, 1, 10), "Đinh Văn Già")
    return made


district, world = once(_make)


def only_fault(check: Callable[[], Any]) -> str:
    (fault,) = check().faults
    return str(fault)


# --- ratings ------------------------------------------------------------------------------------------------


@pytest.fixture
def round(world: World) -> RatingRound:
    """Commune B rated: one of two left aside, decided."""
    made = open_one(world, "members", "PB")
    codes = [row.member.code for row in made.candidates.select_related("member")]
    set_aside(listed(made, codes[-1]), reason="other", note="Đi học", by=None)
    rate(made, None, **dict.fromkeys(codes[:-1], "good"))
    decide_round(DecisionDraft(made, "45-QĐ/ĐU", date(2023, 12, 26), "Đảng ủy xã B"), by=None)
    return made


def test_a_decided_round_adds_up_and_says_what_its_steps_say(round: RatingRound) -> None:
    check = judging.check_rating_rounds()
    assert (check.checked, check.faults) == (round.candidates.filter(voided_at=None).count(), ())
    assert check.checked > 1


def test_a_rating_that_no_step_says_is_named(round: RatingRound) -> None:
    row = MemberRating.objects.filter(level="good").select_related("member")[0]
    MemberRating.objects.filter(pk=row.pk).update(level="excellent")
    fault = only_fault(judging.check_rating_rounds)
    assert row.member.full_name in fault and "khác mức" in fault


def test_a_list_that_its_ratings_do_not_make_up_is_named(round: RatingRound) -> None:
    MemberRating.objects.filter(level="not_rated").delete()
    fault = only_fault(judging.check_rating_rounds)
    assert "Đảng bộ xã B" in fault and "không xếp loại 0" in fault


def test_a_step_on_a_row_that_left_the_list_is_named(world: World) -> None:
    made = open_one(world, "members", "PB")
    row = RatingCandidate.objects.filter(round=made).select_related("member")[0]
    rate(made, None, **{row.member.code: "good"})
    assert judging.check_rating_rounds().faults == ()
    RatingCandidate.objects.filter(pk=row.pk).update(voided_at=made.recorded_at)
    assert str(RatingStep.objects.get().pk) in only_fault(judging.check_rating_rounds)


# --- honours ------------------------------------------------------------------------------------------------


def _given(world: World) -> BadgeProposal:
    by = world.users["office"]
    rows = badging.forward(badging.propose(world["QS"], DAY, [Pick(world["V1"], 30)], by=by), by=by)
    paper = badging.Paper("215-QĐ/TU", date(2024, 1, 25), "Ban Thường vụ Tỉnh ủy")
    badging.decide(rows, paper, refused={}, by=by)
    rows = list(BadgeProposal.objects.filter(voided_at=None).select_related("member", "holder"))
    [row] = badging.award(rows, DAY, "Hội trường huyện", by=by)
    return row


def test_a_proposal_that_skipped_a_step_or_has_no_badge_is_named(world: World) -> None:
    row = _given(world)
    assert (judging.check_badge_proposals().checked, judging.check_badge_proposals().faults) == (1, ())
    BadgeAward.objects.all().delete()
    fault = only_fault(judging.check_badge_proposals)
    assert "không có Huy hiệu" in fault and f"số {row.pk}:" in fault
    BadgeProposal.objects.filter(state="approved").delete()
    assert any("bước “Đã trao” không đi sau" in one for one in judging.check_badge_proposals().faults)


def test_a_proposal_of_which_two_rows_stand_is_named(world: World) -> None:
    _given(world)
    BadgeProposal.objects.filter(state="sent").update(voided_at=None)
    assert "đúng một dòng" in only_fault(judging.check_badge_proposals)


def _certificate(world: World, **more: Any) -> CertificateNumber:
    values = {
        "organisation": world["QS"],
        "year": 2023,
        "number": 7,
        "issued_on": date(2023, 12, 20),
        "recorded_at": timezone.now(),
        "origin": "test",
    }
    return CertificateNumber.objects.create(**values | more)


def test_a_number_given_twice_or_in_another_year_or_to_nobody_is_named(world: World) -> None:
    with connection.cursor() as cursor:  # the database itself would refuse the double
        cursor.execute("DROP INDEX certificate_number_once")
    for _ in range(2):
        _certificate(world, round=uuid.uuid4(), proposal=uuid.uuid4())
    _certificate(world, round=uuid.uuid4(), proposal=uuid.uuid4(), number=8, year=2022)
    faults = judging.check_certificates().faults
    assert [one for one in faults if "2 lần" in one] == [
        f"Giấy khen số 7/2023 của {world['QS'].name}: có 2 lần trong sổ."
    ]
    assert sum("không thuộc năm" in one and "8/2022" in one for one in faults) == 1
    assert sum("không ứng với đề nghị" in one for one in faults) == 3


# --- inspections, cases, admissions -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("state", "announced", "trạng thái"),
        ("concluded_on", None, "ngày kết luận"),
        ("extended", True, "đã gia hạn"),
    ],
)
def test_an_inspection_that_its_steps_do_not_make_is_named(
    world: World, column: str, value: Any, said: str
) -> None:
    by = world.users["inspector"]
    row = brought_to(inspect(world, by), "concluded", by)
    assert (judging.check_inspections().checked, judging.check_inspections().faults) == (1, ())
    Inspection.objects.filter(pk=row.pk).update(**{column: value})
    assert f"số {row.pk} " in only_fault(judging.check_inspections)
    assert f"{said} không khớp" in only_fault(judging.check_inspections)


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("state", "open", "trạng thái"),
        ("ended_on", None, "trạng thái"),
        ("last_act_on", CEREMONY, "ngày vi phạm"),
    ],
)
def test_a_case_that_its_steps_do_not_make_is_named_without_a_name(
    world: World, column: str, value: Any, said: str
) -> None:
    row = decided(world, opened(world))
    assert (judging.check_cases().checked, judging.check_cases().faults) == (1, ())
    Case.objects.filter(pk=row.pk).update(**{column: value})
    fault = only_fault(judging.check_cases)
    assert f"Vụ việc số {row.pk}: {said}" in fault and world["M1"].full_name not in fault


def test_a_sealed_case_whose_discipline_is_open_is_named(world: World) -> None:
    row = decided(world, opened(world))
    seal_case(row, reason="Liên quan an ninh", by=world.users["inspector"])
    assert judging.check_cases().faults == ()
    MemberDiscipline.objects.update(sealed=False)
    assert "niêm phong không như nhau" in only_fault(judging.check_cases)


def test_a_decision_taken_back_past_the_acts_is_named(world: World) -> None:
    row = decided(world, opened(world))
    CaseStep.objects.filter(case=row.identity, kind="decided").update(voided_at=row.recorded_at)
    assert "trạng thái" in only_fault(judging.check_cases)


def test_a_file_of_admission_that_cannot_have_gone_so_is_named(world: World) -> None:
    row = candidate(world)
    vote(row)
    assert (judging.check_admissions().checked, judging.check_admissions().faults) == (1, ())
    decided_row = candidate(world, full_name="Lê Văn Mận")
    decide(decided_row)
    CandidateStep.objects.filter(candidate=row.identity, kind="file").update(kind="closed")
    assert f"số {row.pk}: có bước ghi sau" in only_fault(judging.check_admissions)
    CandidateStep.objects.filter(candidate=row.identity, kind="closed").update(
        kind="ceremony", voided_at=None
    )
    Candidate.objects.filter(pk=decided_row.pk).update(voided_at=row.recorded_at)
    faults = judging.check_admissions().faults
    assert any("lễ kết nạp không chỉ ra" in one for one in faults)
    assert any("không thuộc hồ sơ nào" in one for one in faults)
