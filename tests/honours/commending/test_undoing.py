"""Taking back a decision of a campaign, and a campaign: all that hangs on it, in one act, with the reason."""

import pytest

from tests.honours.commending.conftest import DECIDED, Campaign
from tests.honours.commending.test_campaign import _commend, _decision
from tongket.audit import records
from tongket.core.problems import Conflict, Refused
from tongket.figures.check_data.judging import check_certificates
from tongket.honours.commending import undoing
from tongket.honours.commending.acts import decide
from tongket.honours.commending.drafts import Choice
from tongket.honours.commending.giving.numbers import run_numbers
from tongket.honours.commending.kinds import ROUND
from tongket.honours.commending.models import (
    CertificateNumber,
    CommendationDecision,
    CommendationOverride,
    CommendationProposal,
    ProposalOutcome,
)
from tongket.honours.commending.queries import visible_proposals
from tongket.honours.commending.undoing import void_decision
from tongket.honours.models import Commendation


def _decision_of(campaign: Campaign) -> CommendationDecision:
    return CommendationDecision.objects.get(round=campaign.round.identity, voided_at=None)


def test_a_voided_decision_takes_all_that_it_led_to_and_its_proposals_are_undecided(
    campaign: Campaign,
) -> None:
    campaign.rate("M1", y2023="excellent")
    campaign.rate("M2", y2023="good")
    first, second, third = campaign.propose(
        campaign.draft("CN", "M1"), campaign.draft("CN", "M2"), campaign.draft("CN", "M3")
    )
    choices = (
        Choice(first.identity, True),
        Choice(second.identity, True, aside="thành tích đột xuất"),
        Choice(third.identity, False, "chưa đủ"),
    )
    decide(campaign.round, _decision(*choices), by=campaign.clerk)
    run_numbers(campaign.round, start=1, issued_on=DECIDED, by=campaign.clerk)
    void_decision(campaign.round, _decision_of(campaign), reason="ghi nhầm danh sách", by=campaign.clerk)
    for model in (Commendation, CertificateNumber, ProposalOutcome, CommendationOverride):
        rows = model.objects.all()
        assert rows and all(one.void_reason == "ghi nhầm danh sách" for one in rows), model
    proposals = visible_proposals(campaign.clerk).filter(round=campaign.round.identity)
    assert [one.commended for one in proposals] == [None] * 3
    assert not check_certificates().faults
    # The same number may be used again, and the check that was set aside has to be answered again.
    with pytest.raises(Refused, match="chưa đạt"):
        decide(campaign.round, _decision(Choice(second.identity, True)), by=campaign.clerk)
    decide(campaign.round, _decision(Choice(first.identity, True)), by=campaign.clerk)
    assert [one.number for one in run_numbers(campaign.round, start=1, issued_on=DECIDED, by=None)] == [1]


def test_a_decision_of_which_something_was_handed_out_stays(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    _commend(campaign, "M1")
    monkeypatch.setattr(undoing, "handed_out", lambda keys: set(keys))
    with pytest.raises(Refused, match="Đã trao 1"):
        void_decision(campaign.round, _decision_of(campaign), reason="thử", by=campaign.clerk)
    assert Commendation.objects.get().voided_at is None


def test_only_its_own_decision_is_taken_back_and_only_once(campaign: Campaign) -> None:
    _commend(campaign, "M1")
    more = campaign.propose(campaign.draft("CN5", "M3"))
    decide(
        campaign.round,
        _decision(Choice(more[0].identity, False, "chưa đủ"), number="8-QĐ/HU"),
        by=campaign.clerk,
    )
    first = CommendationDecision.objects.exclude(decision_number="8-QĐ/HU").get()
    with pytest.raises(Refused, match="lý do"):
        void_decision(campaign.round, first, reason=" ", by=campaign.clerk)
    void_decision(campaign.round, first, reason="thử", by=campaign.clerk)
    with pytest.raises(Conflict):
        void_decision(campaign.round, first, reason="thử", by=campaign.clerk)
    assert _decision_of(campaign).decision_number == "8-QĐ/HU"
    assert ProposalOutcome.objects.get(voided_at=None).reason == "chưa đủ"


def test_a_campaign_is_voided_with_its_proposals_once_no_decision_stands(campaign: Campaign) -> None:
    _commend(campaign, "M1")
    with pytest.raises(Refused, match="hủy quyết định trước"):
        records.void(ROUND, campaign.round, reason="mở nhầm", by=campaign.clerk)
    void_decision(campaign.round, _decision_of(campaign), reason="thử", by=campaign.clerk)
    records.void(ROUND, campaign.round, reason="mở nhầm", by=campaign.clerk)
    assert CommendationProposal.objects.get().void_reason == "mở nhầm"
    assert not visible_proposals(campaign.clerk).exists()
