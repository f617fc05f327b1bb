"""What was entered since a merge: whose it is has to be said before the merge is taken apart."""

from datetime import date

import pytest
from django.utils import timezone

from tests.matching.made import content, make
from tests.matching.test_merge import _merge, _part, district, world
from tongket.core.problems import Refused
from tongket.figures.check_data.register import check_merged
from tongket.honours.models import BadgeAward
from tongket.inspections.models import MemberDiscipline
from tongket.matching.merging.apart import part_people
from tongket.matching.merging.since import entered
from tongket.members.acts import record_event
from tongket.members.drafts import CardDraft, EventDraft, PostDraft
from tongket.members.models import MemberCard, MemberEvent, PostHolding
from tongket.members.post_acts import appoint
from tongket.members.profile_acts import give_card
from tongket.ratings.models import MemberRating
from tongket.ratings.rounds.models import RatingCandidate, RatingStep

__all__ = ["district", "world"]  # the fixtures of the merge


def _enter(world, what):
    """One record of a kind entered for M1 after the merge, and the table it stands in."""
    common = {"member": world["M1"], "recorded_at": timezone.now()}
    match what:
        case "event":
            draft = EventDraft(world["M1"], "exempted", on=date(2024, 1, 1))
            return MemberEvent, record_event(draft, by=None)
        case "post":
            draft = PostDraft(world["M1"], world["PA1"], "secretary", date(2024, 1, 1))
            return PostHolding, appoint(draft, by=None)
        case "card":
            return MemberCard, give_card(CardDraft(world["M1"], "49000001"), by=None)
        case "rating":
            day = date(2024, 12, 31)
            given = {"period": "2024", "period_end": day, "level": "good"}
            return MemberRating, make(MemberRating, world["PA1"], world["M1"], **common, **given)
        case "badge":
            return BadgeAward, make(BadgeAward, world["PA1"], world["M1"], mark=30, **common)
        case _:
            return RatingCandidate, make(RatingCandidate, world["PA1"], world["M1"], **common)


KINDS = ("event", "post", "card", "rating", "badge", "candidate")


@pytest.mark.parametrize("what", KINDS)
def test_whose_a_record_entered_after_the_merge_is_has_to_be_said_and_it_goes_there(world, what):
    # What happened in a cell can only have happened to the one who was there.
    merge = _merge(world, "gone" if what == "event" else "kept")
    world["M1"].refresh_from_db()
    model, _row = _enter(world, what)
    before = content(world["M1"])
    with pytest.raises(Refused, match="chọn bản ghi đó là của người nào"):
        _part(merge)
    assert content(world["M1"]) == before
    merge.refresh_from_db()
    assert merge.voided_at is None
    [asked] = entered(merge)
    owner = "kept" if what == "card" else "gone"
    part_people(merge, reason="hai người", by=None, owners={asked.key: owner})
    standing = {
        code: model.objects.filter(member=world[code], voided_at=None).count() for code in ("M1", "M9")
    }
    events = what == "event"  # each has one of its own
    expected = {"M1": int(owner == "kept") + events, "M9": int(owner == "gone") + events}
    assert standing == expected


def test_what_hangs_on_a_record_entered_since_goes_along_and_is_not_asked_about(world):
    merge = _merge(world)
    _model, candidate = _enter(world, "candidate")
    make(RatingStep, world["PA1"], world["M1"], candidate=candidate, recorded_at=timezone.now())
    [asked] = entered(merge)
    part_people(merge, reason="hai người", by=None, owners={asked.key: "gone"})
    theirs = RatingCandidate.objects.get(member=world["M9"], voided_at=None)
    assert RatingStep.objects.get(voided_at=None).candidate == theirs


def test_of_what_others_keep_nothing_is_asked(world):
    merge = _merge(world)
    make(
        MemberDiscipline,
        world["PA1"],
        world["M1"],
        member=world["M1"],
        recorded_at=timezone.now(),
        sealed=True,
    )
    assert entered(merge) == []
    _part(merge)
    assert MemberDiscipline.objects.get(voided_at=None).member == world["M1"]


def test_the_check_of_the_data_finds_a_record_left_with_an_entry_that_went(world):
    _merge(world)
    assert check_merged().faults == ()
    make(BadgeAward, world["PA1"], world["M9"], member=world["M9"], mark=30)
    [fault] = check_merged().faults
    assert "M9" in fault
