"""The judging year of the demo: what its acts wrote for 2023, and how things stand about today."""

from collections import Counter
from datetime import date
from random import Random

import pytest
from django.test import Client

from tests.demo import recount
from tongket.accounts.models import User
from tongket.admissions.deadlines.queries import deadlines_of, late_ones
from tongket.admissions.joining.derive import fold
from tongket.admissions.joining.models import Candidate, CandidateStep
from tongket.audit.records import current
from tongket.cases.models import Appeal, AppealAnswer, Case
from tongket.cases.queries import visible_cases
from tongket.core.dates import today
from tongket.demo.draw.plain import END, ROOT, District
from tongket.demo.generate import SEED
from tongket.demo.work.judging.people import gather
from tongket.honours.badging.reading import due_on
from tongket.honours.commending.giving.handed import handed_out
from tongket.honours.commending.giving.handing import called_up
from tongket.honours.models import BadgeProposal, CertificateNumber, Commendation, CommendationRound
from tongket.inspections.models import (
    DisciplineEnd,
    Inspection,
    MemberDiscipline,
    OrganisationDiscipline,
    Programme,
)
from tongket.inspections.running.derive import days_late
from tongket.members.models import MembershipSpell
from tongket.organisations.models import Organisation
from tongket.ratings.models import (
    MemberRating,
    OrganisationRating,
    RatingOverride,
    RatingRound,
    RatingSpecial,
    RatingStep,
    RoundDecision,
)
from tongket.ratings.rounds.deciding.queries import corrections_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


@pytest.fixture
def root() -> Organisation:
    """The district."""
    return Organisation.objects.get(code=ROOT)


# --- ratings ----------------------------------------------------------------------------------------------


def test_the_rounds_of_2023_wrote_exactly_the_levels_that_were_drawn(loaded: District) -> None:
    members = {
        (code, level, reason)
        for code, level, reason in current(MemberRating.objects.filter(period="2023")).values_list(
            "member__code", "level", "reason"
        )
    }
    assert members == {
        (row["member"], row["level"], row["reason"] or "") for row in loaded.set_apart["Xếp loại đảng viên"]
    }
    bodies = dict(
        current(
            OrganisationRating.objects.filter(period="2023", organisation__parent__code=ROOT)
        ).values_list("organisation__code", "level")
    )
    assert bodies == {row["organisation"]: row["level"] for row in loaded.set_apart["Xếp loại tổ chức"]}
    assert recount.levels(loaded, "Xếp loại tổ chức", "2023") == Counter(bodies.values())


def test_every_rating_of_2023_rests_on_a_decided_round(root: Organisation) -> None:
    rounds = current(RatingRound.objects.filter(period="2023"))
    assert Counter(rounds.values_list("subject", flat=True)) == {"organisations": 1, "members": 53}
    assert current(RoundDecision.objects.filter(round__in=rounds)).count() == 54
    above = rounds.get(organisation=root)
    assert above.opened_on == date(2023, 11, 6)
    stages = Counter(
        current(RatingStep.objects.filter(candidate__round=above)).values_list("stage", flat=True)
    )
    assert (stages["self"], stages["vote"], stages["appraisal"], stages["decision"]) == (53, 53, 53, 53)
    assert stages["opinion"] >= 53
    assert not current(RatingSpecial.objects.filter(candidate__round__period="2023")).exists()
    assert current(RatingSpecial.objects.all()).count() == 1


def test_the_caps_of_2023_are_over_on_the_strict_reading_and_exactly_full_on_the_wide_one(
    root: Organisation,
) -> None:
    whole = next(
        pool
        for pool in RoundDecision.objects.get(round__organisation=root, voided_at=None).verdict["pools"]
        if pool["kind"] == "all"
    )
    strict, wide = whole["readings"]["tot"], whole["readings"]["tot_tro_len"]
    assert (strict["base"], strict["cap"], strict["over"]) == (42, 8, 2)
    assert (wide["base"], wide["cap"], wide["over"]) == (52, 10, 0)


def test_the_one_correction_after_the_decision_is_on_record() -> None:
    decision = RoundDecision.objects.get(
        round__organisation__code="QS.03", round__period="2023", voided_at=None
    )
    [found] = corrections_of(decision)
    assert (found.old, found.new) == ("good", "completed")
    assert found.reason


def test_the_round_of_the_running_year_is_on_its_way(root: Organisation) -> None:
    above = RatingRound.objects.get(
        organisation=root, period=str(today().year), subject="organisations", voided_at=None
    )
    assert not RoundDecision.objects.filter(round=above).exists()
    steps = Counter(RatingStep.objects.filter(candidate__round=above).values_list("stage", flat=True))
    assert above.self_by is not None
    assert above.self_by < today()
    assert 0 < steps["vote"] < steps["self"] < 53
    assert RatingOverride.objects.filter(candidate__round=above).count() >= 1


# --- badges -----------------------------------------------------------------------------------------------


def test_nobody_stands_as_missed_on_the_lists_of_badges(root: Organisation) -> None:
    following = max(one.award_day for one in BadgeProposal.objects.filter(voided_at=None))
    assert following > today()
    for day in (date(2023, 2, 3), date(2024, 2, 3), following):
        assert [one for one in due_on(root, day) if one.state == "missed"] == [], day


def test_the_award_day_after_2023_went_through_its_steps() -> None:
    rows = BadgeProposal.objects.filter(voided_at=None, award_day=date(2024, 2, 3))
    states = Counter(rows.values_list("state", flat=True))
    assert states["awarded"] > 20
    assert (states["withdrawn"], states["refused"]) == (1, 1)
    assert set(rows.filter(state="awarded").values_list("ground", flat=True)) >= {"due", "early"}


# --- commendations ----------------------------------------------------------------------------------------


def test_the_campaign_of_2023_gave_the_81_that_the_conference_handed_out(root: Organisation) -> None:
    campaign = CommendationRound.objects.get(organisation=root, voided_at=None)
    called = called_up(campaign)
    kinds = Counter(one.row.recipient_kind for one in called)
    assert kinds == {"collective": 43, "individual": 38}
    assert sorted(one.number or 0 for one in called) == list(range(1, 82))
    assert CertificateNumber.objects.filter(organisation=root, year=2023).count() == 81
    assert current(Commendation.objects.filter(period="2023")).count() == 81
    assert handed_out([one.row.pk for one in called]) == {one.row.pk for one in called}


# --- inspection and discipline ----------------------------------------------------------------------------


def test_the_programmes_of_2023_were_carried_out_and_followed_up() -> None:
    programmes = current(Programme.objects.filter(year=2023))
    assert Counter(programmes.values_list("subject", flat=True)) == {
        "commission": 1, "standing": 1, "grassroots": 3,
    }  # fmt: skip
    done = current(Inspection.objects.filter(starts_on__year=2023))
    assert set(done.values_list("state", flat=True)) == {"followed"}
    assert done.filter(extended=True).count() == 1
    assert done.filter(item=None).exclude(unplanned_reason="").count() == 1


def test_about_today_one_inspection_is_late_and_one_was_extended() -> None:
    rows = current(Inspection.objects.filter(starts_on__gt=END))
    assert [one for one in rows if days_late(one, today()) > 0]
    assert rows.filter(extended=True, state="started").exists()
    assert rows.filter(item=None).exists()


def test_the_decisions_of_2023_are_as_many_as_drawn_and_came_out_of_cases(loaded: District) -> None:
    of_year = current(MemberDiscipline.objects.filter(decided_on__year=2023))
    drawn = [row for row in loaded.rows("Kỷ luật đảng viên") if row["decided_on"].year == 2023]
    assert sorted(of_year.values_list("member__code", "form")) == sorted(
        (r["member"], r["form"]) for r in drawn
    )
    assert of_year.exclude(form="expulsion").filter(case_identity=None).count() == 0
    bodies = current(OrganisationDiscipline.objects.filter(decided_on__year=2023))
    assert bodies.count() == 1
    assert bodies.get().case_identity is not None


def test_the_correction_of_every_older_decision_is_confirmed() -> None:
    ended = current(DisciplineEnd.objects.filter(kind="corrected")).values("member_discipline")
    open_ = current(MemberDiscipline.objects.filter(decided_on__lt=date(2023, 1, 1))).exclude(
        form="expulsion"
    )
    assert not open_.exclude(pk__in=ended.exclude(member_discipline=None)).exists()


def test_one_case_is_sealed_and_only_those_named_see_it() -> None:
    sealed = Case.objects.get(voided_at=None, sealed=True)
    users = {one.username: one for one in User.objects.all()}
    for name, sees in (("kiem-tra", True), ("lanh-dao", True), ("kiem-soat", False)):
        assert visible_cases(users[name]).filter(identity=sealed.identity).exists() is sees, name


def test_one_appeal_is_answered_and_one_is_pending() -> None:
    answered = set(current(AppealAnswer.objects.all()).values_list("appeal", flat=True))
    appeals = list(current(Appeal.objects.all()))
    assert len(appeals) == 2
    [pending] = [one for one in appeals if one.identity not in answered]
    assert pending.due_on > today()


# --- admissions -------------------------------------------------------------------------------------------


def test_every_admission_of_2023_has_its_candidate(loaded: District) -> None:
    ceremonies = current(CandidateStep.objects.filter(kind="ceremony", on__lt=date(2024, 3, 1)))
    admitted = {
        person.code
        for person in loaded.people.values()
        for event in person.events
        if event["kind"] == "admitted" and event["decision_date"].year == 2023
    }
    assert set(ceremonies.values_list("member__code", flat=True)) == admitted
    assert len(admitted) == 88


def test_candidates_stand_at_every_stage() -> None:
    steps: dict[object, list[CandidateStep]] = {}
    for step in current(CandidateStep.objects.order_by("recorded_at", "id")):
        steps.setdefault(step.candidate, []).append(step)
    recent = current(Candidate.objects.filter(nominated_on__gt=END))
    stages = Counter(fold(steps.get(one.identity, ())).stage for one in recent)
    assert set(stages) == {
        "nominated", "class", "file", "resolution", "committee", "forwarded", "appraised", "decision",
        "admitted", "closed",
    }  # fmt: skip
    assert 50 <= sum(stages.values()) <= 80


def test_no_probation_of_former_years_is_left_open_and_only_a_few_papers_are_late(root: Organisation) -> None:
    day = today()
    old = MembershipSpell.objects.filter(
        voided_at=None, standing="probationary", valid_to__gt=day, admitted_on__lte=END
    )
    assert not old.exists()
    late = late_ones(deadlines_of(root, day), day)
    assert 1 <= len(late) <= 8


# --- the whole --------------------------------------------------------------------------------------------


def test_the_work_is_drawn_from_the_seed_alone(loaded: District) -> None:
    one, other = gather(loaded, SEED), gather(loaded, SEED)
    assert one.chance("badges").random() == other.chance("badges").random()
    assert one.chance("badges").random() != Random("badges").random()


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("to-chuc", "/xep-loai/dot/"),
        ("to-chuc", "/huy-hieu/dot/"),
        ("to-chuc", "/khen-thuong/dot/"),
        ("to-chuc", "/ket-nap/"),
        ("kiem-tra", "/ky-luat/vu-viec/"),
        ("kiem-tra", "/kiem-tra/"),
        ("van-phong", "/"),
        ("bi-thu-qs.03", "/"),
    ],
)
def test_the_accounts_open_their_pages(client: Client, name: str, address: str) -> None:
    client.force_login(User.objects.get(username=name))
    assert client.get(address, follow=True).status_code == 200
