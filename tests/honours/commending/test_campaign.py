"""A campaign from proposals to the decision: what is refused, what must be answered, what is written."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.honours.commending.conftest import DECIDED, OPENED, Campaign
from tongket.core.problems import Conflict, Refused
from tongket.honours.commending import facts
from tongket.honours.commending.acts import decide, record_views, set_aside
from tongket.honours.commending.drafts import Choice, DecisionDraft, ViewDraft
from tongket.honours.commending.giving.handing import called_up, funds_of
from tongket.honours.commending.giving.numbers import correct_number, run_numbers
from tongket.honours.commending.kinds import (
    check_proposals,
    copy_titles,
    national_titles,
    pasted,
    take_national,
    withdraw,
)
from tongket.honours.commending.models import (
    CertificateNumber,
    CommendationDecision,
    CommendationOverride,
    CommendationProposal,
    CommendationTitle,
    CouncilView,
)
from tongket.honours.commending.queries import titles_of, visible_proposals, visible_rounds
from tongket.honours.models import Commendation
from tongket.inspections.acts import add_member_discipline
from tongket.inspections.drafts import MemberDisciplineDraft


def _said(refused) -> str:
    return " ".join(problem.message for problem in refused.value.problems)


def _decision(*choices: Choice, **changes) -> DecisionDraft:
    values = {"number": "125-QĐ/HU", "on": DECIDED, "body": "Ban Thường vụ Huyện ủy"}
    return DecisionDraft(**values | changes, choices=choices)


# --- proposals ---------------------------------------------------------------------------------------------


def test_a_batch_with_one_wrong_row_writes_nothing_and_names_the_row(campaign: Campaign) -> None:
    drafts = [campaign.draft("CN", "M1"), campaign.draft("CN", "M2", organisation=campaign.world["PB1"])]
    with pytest.raises(Refused) as refused:
        campaign.propose(*drafts)
    assert [(one.index, one.field) for one in refused.value.problems] == [(1, "member")]
    assert not CommendationProposal.objects.exists()


def test_a_title_that_is_not_in_the_campaign_is_refused(campaign: Campaign) -> None:
    other = campaign.title("LA")
    draft = replace(campaign.draft("CN", "M1"), title=other.identity, title_code="LA")
    [problem] = check_proposals([draft])
    assert problem.field == "title"


def test_who_is_proposed_twice_is_refused(campaign: Campaign) -> None:
    campaign.propose(campaign.draft("CN", "M1"))
    [problem] = check_proposals([campaign.draft("CN", "M1")])
    assert "đã được đề nghị" in problem.message
    assert check_proposals([campaign.draft("CN5", "M1")]) == []
    again = check_proposals([campaign.draft("CN", "M2"), campaign.draft("CN", "M2")])
    assert [one.index for one in again] == [1]


def test_an_office_proposes_itself_and_what_is_below_it_only(campaign: Campaign) -> None:
    assert check_proposals([campaign.draft("TT", "PA1", by="PA"), campaign.draft("TT", "PA", by="PA")]) == []
    [problem] = check_proposals([campaign.draft("TT", "PB1", by="PA")])
    assert problem.field == "organisation"


def test_a_proposal_before_the_campaign_or_in_the_future_is_refused(campaign: Campaign) -> None:
    [early] = check_proposals([campaign.draft("CN", "M1", proposed_on=date(2023, 10, 31))])
    assert early.field == "proposed_on"
    assert check_proposals([campaign.draft("CN", "M1", proposed_on=date(2099, 1, 1))])


def test_a_name_of_the_office_may_be_proposed(campaign: Campaign) -> None:
    draft = campaign.draft("TT", "PA", recipient_name="Văn phòng Đảng ủy", address="")
    [made] = campaign.propose(draft)
    assert made.recipient_kind == "collective"
    [found] = facts.findings(
        campaign.round, [made], {campaign.titles["TT"].identity: campaign.titles["TT"]}, user=None
    )
    assert found[0].outcome == "doubtful"


def test_offices_below_see_only_their_own_proposals(campaign: Campaign) -> None:
    campaign.propose(campaign.draft("TT", "PA1", by="PA"), campaign.draft("TT", "PB1", by="PB"))
    users = campaign.world.users
    seen = {
        name: visible_proposals(users[name]).count() for name in ("clerk", "clerk_a", "clerk_b", "leader")
    }
    assert seen == {"clerk": 2, "clerk_a": 1, "clerk_b": 1, "leader": 2}
    assert visible_rounds(users["clerk_a"]).count() == 1


def test_the_checks_read_from_history_in_the_same_number_of_queries(campaign: Campaign) -> None:
    campaign.rate("M1", y2023="excellent")
    campaign.rate("M2", y2023="good")
    campaign.rate("PA", y2023="excellent")
    made = campaign.propose(campaign.draft("CN", "M1"))
    titles = {one.identity: one for one in titles_of(campaign.round)}

    def asked(rows):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            found = facts.findings(campaign.round, rows, titles, user=campaign.clerk)
        return found, len(queries)

    _, few = asked([*made, *campaign.propose(campaign.draft("TT", "PA"))])
    made = campaign.propose(*(campaign.draft("CN", who) for who in ("M2", "M3", "M4", "M5")))
    made += campaign.propose(*(campaign.draft("TT", who) for who in ("PA1", "PA2", "PB", "PB1", "VP")))
    found, many = asked(made)
    assert few == many <= 5
    outcomes = [one[0].outcome for one in found]
    assert outcomes[:2] == ["failed", "doubtful"]


def test_discipline_is_told_without_its_kind_and_a_sealed_one_not_at_all(campaign: Campaign) -> None:
    [made] = campaign.propose(campaign.draft("CN5", "M1"))
    titles = {one.identity: one for one in titles_of(campaign.round)}
    discipline = add_member_discipline(
        MemberDisciplineDraft(
            member=campaign.world["M1"],
            organisation=campaign.world["PA1"],
            form="warning",
            decided_on=date(2021, 6, 1),
            ground="duty",
        ),
        by=campaign.clerk,
    )

    def read():
        [found] = facts.findings(campaign.round, [made], titles, user=campaign.clerk)
        return next(one for one in found if one.check == "discipline")

    assert (read().outcome, read().reason) == ("doubtful", "Có quyết định kỷ luật trong kỳ.")
    type(discipline).objects.filter(pk=discipline.pk).update(sealed=True)
    assert read().outcome == "passed"


# --- council -----------------------------------------------------------------------------------------------


def test_more_votes_than_the_base_are_refused_and_nothing_is_saved(campaign: Campaign) -> None:
    first, second = campaign.propose(campaign.draft("CN", "M1"), campaign.draft("CN", "M2"))
    views = [ViewDraft(first.identity, True, 9, 9), ViewDraft(second.identity, True, 9, 10)]
    with pytest.raises(Refused) as refused:
        record_views(campaign.round, views, on=date(2023, 12, 1), by=campaign.clerk)
    assert [(one.index, one.field) for one in refused.value.problems] == [(1, "agree")]
    assert "Trần Thị Bình" in _said(refused)
    assert not CouncilView.objects.exists()


def test_a_view_given_again_voids_the_old_one(campaign: Campaign) -> None:
    [made] = campaign.propose(campaign.draft("CN", "M1"))
    for agree in (7, 8, 8):
        record_views(
            campaign.round,
            [ViewDraft(made.identity, True, 9, agree)],
            on=date(2023, 12, 1),
            by=campaign.clerk,
        )
    rows = CouncilView.objects.order_by("id")
    assert [(one.agree, one.voided_at is None) for one in rows] == [(7, False), (8, True)]


def test_who_is_not_recommended_gets_a_reason_and_days_are_in_order(campaign: Campaign) -> None:
    [made] = campaign.propose(campaign.draft("CN", "M1"))
    with pytest.raises(Refused) as refused:
        record_views(
            campaign.round, [ViewDraft(made.identity, False)], on=date(2023, 11, 2), by=campaign.clerk
        )
    assert {one.field for one in refused.value.problems} == {"on", "reason"}


# --- decision ----------------------------------------------------------------------------------------------


def test_a_decision_writes_the_commendations_and_keeps_why_others_were_refused(campaign: Campaign) -> None:
    campaign.rate("M1", y2023="excellent")
    first, second = campaign.propose(
        campaign.draft("CN", "M1", achievement="Xây dựng chi bộ"), campaign.draft("CN", "M2")
    )
    decide(
        campaign.round,
        _decision(Choice(first.identity, True), Choice(second.identity, False, "chưa đủ thành tích")),
        by=campaign.clerk,
    )
    row = Commendation.objects.get()
    assert (row.member, row.reason, row.decision_number, row.decided_on, row.title) == (
        campaign.world["M1"],
        "Xây dựng chi bộ",
        "125-QĐ/HU",
        DECIDED,
        campaign.titles["CN"].identity,
    )
    [kept] = visible_proposals(campaign.clerk).filter(commended=False)
    assert kept.refused_why == "chưa đủ thành tích"
    with pytest.raises(Refused, match="không rút"):
        withdraw(first, reason="nhầm", by=campaign.clerk)


def test_a_failed_check_is_never_blocked_but_wants_a_written_reason(campaign: Campaign) -> None:
    campaign.rate("M1", y2023="good")
    [made] = campaign.propose(campaign.draft("CN", "M1"))
    with pytest.raises(Refused) as refused:
        decide(campaign.round, _decision(Choice(made.identity, True)), by=campaign.clerk)
    assert [one.field for one in refused.value.problems] == ["aside"]
    assert "năm 2023: hoàn thành tốt nhiệm vụ" in _said(refused)
    assert not CommendationDecision.objects.exists()
    decide(campaign.round, _decision(Choice(made.identity, True, aside="khen đột xuất")), by=campaign.clerk)
    assert CommendationOverride.objects.get().reason == "khen đột xuất"


def test_an_override_made_before_the_decision_answers_it(campaign: Campaign) -> None:
    campaign.rate("M1", y2023="good")
    [made] = campaign.propose(campaign.draft("CN", "M1"))
    with pytest.raises(Refused):
        set_aside(campaign.round, "rating", reason=" ", by=campaign.clerk, proposal=made)
    set_aside(campaign.round, "rating", reason="theo công văn", by=campaign.clerk, proposal=made)
    decide(campaign.round, _decision(Choice(made.identity, True)), by=campaign.clerk)
    assert Commendation.objects.count() == 1


def test_the_cap_of_a_title_over_the_chosen_wants_a_reason(campaign: Campaign) -> None:
    campaign.title("IT", gate="none", cap_number=1)
    campaign.open(name="Đợt 2")
    made = campaign.propose(campaign.draft("IT", "M1"), campaign.draft("IT", "M2"))
    choices = [Choice(one.identity, True) for one in made]
    with pytest.raises(Refused, match="quá 1"):
        decide(campaign.round, _decision(*choices), by=campaign.clerk)
    decide(campaign.round, _decision(*choices, cap_reason="cấp trên cho thêm 1"), by=campaign.clerk)
    assert Commendation.objects.count() == 2
    assert CommendationOverride.objects.get().check_code == "cap"


def test_a_decision_before_the_proposal_or_with_a_used_number_is_refused(campaign: Campaign) -> None:
    first, second = campaign.propose(campaign.draft("CN5", "M1"), campaign.draft("CN5", "M2"))
    both = [Choice(first.identity, True), Choice(second.identity, True)]
    with pytest.raises(Refused, match="trước ngày đề nghị") as refused:
        decide(campaign.round, _decision(*both, on=OPENED), by=campaign.clerk)
    assert [one.field for one in refused.value.problems] == ["on"]  # one day, said once
    assert "và 1 đề nghị khác" in refused.value.problems[0].message
    decide(campaign.round, _decision(Choice(first.identity, True)), by=campaign.clerk)
    with pytest.raises(Refused) as refused:
        decide(campaign.round, _decision(Choice(second.identity, True)), by=campaign.clerk)
    assert [one.field for one in refused.value.problems] == ["number"]
    with pytest.raises(Refused, match="đã có quyết định"):
        decide(campaign.round, _decision(Choice(first.identity, True), number="9-QĐ/HU"), by=campaign.clerk)


def test_a_title_got_already_in_the_period_fails(campaign: Campaign) -> None:
    [first] = campaign.propose(campaign.draft("CN5", "M1"))
    decide(campaign.round, _decision(Choice(first.identity, True)), by=campaign.clerk)
    campaign.open(name="Đợt bổ sung")
    [again] = campaign.propose(campaign.draft("CN5", "M1"))
    titles = {one.identity: one for one in titles_of(campaign.round)}
    [found] = facts.findings(campaign.round, [again], titles, user=campaign.clerk)
    assert found[-1].outcome == "failed"
    assert "20/12/2023" in found[-1].reason


# --- numbers, money ----------------------------------------------------------------------------------------


def _commend(campaign: Campaign, *who: str, code: str = "CN5") -> None:
    made = campaign.propose(*(campaign.draft(code, one) for one in who))
    decide(campaign.round, _decision(*(Choice(one.identity, True) for one in made)), by=campaign.clerk)


def test_numbers_run_in_the_order_of_calling_without_gaps_or_doubles(campaign: Campaign) -> None:
    _commend(campaign, "M5", "M1", "M2")
    made = run_numbers(campaign.round, start=41, issued_on=DECIDED, by=campaign.clerk)
    assert [one.number for one in made] == [41, 42, 43]
    assert [(one.number, one.name) for one in called_up(campaign.round)] == [
        (41, "Nguyễn Văn An"),
        (42, "Trần Thị Bình"),
        (43, "Đỗ Đức Em"),
    ]
    with pytest.raises(Refused, match="Không còn"):
        run_numbers(campaign.round, start=44, issued_on=DECIDED, by=campaign.clerk)


@pytest.mark.parametrize("start", [2, 4, 0])
def test_a_start_that_doubles_or_jumps_is_refused_with_the_next_number(
    campaign: Campaign, start: int
) -> None:
    _commend(campaign, "M1", "M2")
    run_numbers(campaign.round, start=1, issued_on=DECIDED, by=campaign.clerk)
    made = campaign.propose(campaign.draft("CN5", "M3"))
    decide(campaign.round, _decision(Choice(made[0].identity, True), number="7-QĐ/HU"), by=campaign.clerk)
    with pytest.raises(Refused) as refused:
        run_numbers(campaign.round, start=start, issued_on=DECIDED, by=campaign.clerk)
    assert [one.field for one in refused.value.problems] == ["start"]
    run_numbers(campaign.round, start=3, issued_on=DECIDED, by=campaign.clerk)


def test_a_corrected_number_is_a_new_record(campaign: Campaign) -> None:
    _commend(campaign, "M1", "M2")
    first, second = run_numbers(campaign.round, start=1, issued_on=DECIDED, by=campaign.clerk)
    with pytest.raises(Refused, match="đã dùng"):
        correct_number(first, number=2, issued_on=DECIDED, reason="ghi nhầm", by=campaign.clerk)
    correct_number(first, number=9, issued_on=DECIDED, reason="ghi nhầm", by=campaign.clerk)
    assert CertificateNumber.objects.filter(voided_at__isnull=False).get().number == 1
    with pytest.raises(Conflict):
        correct_number(first, number=10, issued_on=DECIDED, reason="ghi nhầm", by=campaign.clerk)
    assert second.number == 2


def test_money_is_the_multiple_of_the_base_salary_of_the_day_and_the_unknown_is_counted(
    campaign: Campaign,
) -> None:
    campaign.title("CO", gate="none", bonus=Decimal("0.6"), fund="Ngân sách Đảng")
    campaign.title("KO", gate="none", fund="Ngân sách Đảng")
    campaign.open(name="Đợt tiền")
    made = campaign.propose(
        campaign.draft("CO", "M1"), campaign.draft("CO", "M2"), campaign.draft("KO", "M3")
    )
    decide(campaign.round, _decision(*(Choice(one.identity, True) for one in made)), by=campaign.clerk)
    [fund] = funds_of(called_up(campaign.round))
    # 0.6 × 1.800.000 đ, the base salary of 20/12/2023.
    assert (fund.name, fund.count, fund.total, fund.unknown) == ("Ngân sách Đảng", 3, 2 * 1_080_000, 1)


# --- titles ------------------------------------------------------------------------------------------------


def test_national_titles_come_in_one_click_and_unknown_amounts_stay_unknown(campaign: Campaign) -> None:
    made = take_national(campaign.world["QS"], 2024, by=campaign.clerk)
    by_code = {one.code: one for one in made}
    assert by_code["TT-NAM"].bonus == Decimal("0.6")
    assert by_code["TT-5NAM"].bonus == Decimal("1.5")
    assert by_code["TT-5NAM-BK"].bonus is None
    assert by_code["CN-5NAM"].bonus is None
    assert (by_code["CN-NAM-HU"].giver, by_code["CN-NAM-HU"].bonus) == ("district", None)
    assert (by_code["CN-5NAM"].gate, by_code["CN-5NAM"].gate_years) == ("running", 5)
    with pytest.raises(Refused, match="đã có đủ"):
        take_national(campaign.world["QS"], 2024, by=campaign.clerk)
    copied = copy_titles(campaign.world["QS"], 2025, by=campaign.clerk)
    assert {one.year_from for one in copied} == {2025}
    assert len(copied) == len(made)


def test_the_name_of_the_bodies_title_is_that_of_its_time(campaign: Campaign) -> None:
    names = {year: national_titles(campaign.world["QS"], year)[0].name for year in (2023, 2025)}
    assert "trong sạch, vững mạnh" in names[2023]
    assert "Hoàn thành xuất sắc nhiệm vụ" in names[2025]
    with pytest.raises(Refused, match="Chưa có quy định chung"):
        take_national(campaign.world["QS"], 2010, by=campaign.clerk)


def test_a_code_holds_once_a_year_and_shares_say_of_what(campaign: Campaign) -> None:
    with pytest.raises(Refused) as refused:
        campaign.title("cn", cap_share=Decimal(20))
    assert {one.field for one in refused.value.problems} == {"code", "cap_base"}
    with pytest.raises(Refused, match="từ 2 trở lên"):
        campaign.title("X", gate="running", gate_years=1)
    assert CommendationTitle.objects.filter(code="cn").count() == 0


def test_pasted_rows_with_more_columns_or_no_name_are_named_and_refused() -> None:
    assert pasted("Bà Khách\tChủ tịch Hội\tỦng hộ\t\n\nÔng B") == [
        ("Bà Khách", "Chủ tịch Hội", "Ủng hộ"),
        ("Ông B", "", ""),
    ]
    with pytest.raises(Refused) as refused:
        pasted("A\tB\tC\tD\nÔng B\n\tTrưởng phòng\t")
    assert [
        "dòng 1: có 4 cột" in p.message or "dòng 3: thiếu tên" in p.message for p in refused.value.problems
    ] == [
        True,
        True,
    ]
