"""Merging two entries of one person and taking the merge apart: nothing is lost, nothing overwritten."""

from datetime import date

import pytest
from django.db.models import Q
from django.utils import timezone

from tests.matching.made import content, hanging, make
from tests.once import once
from tests.page_world import make_page_world
from tests.world import person
from tongket.audit.models import LedgerEntry, Recorded
from tongket.core.problems import Conflict, Refused
from tongket.figures.check_data.register import check_merged
from tongket.figures.engine import compute
from tongket.honours.models import BadgeAward
from tongket.inspections.models import DisciplineEnd, MemberDiscipline
from tongket.matching.acts import ask_again, find_duplicates, keep_apart
from tongket.matching.merging.acts import MergeDraft, merge_people
from tongket.matching.merging.apart import part_people
from tongket.matching.merging.since import entered
from tongket.matching.merging.tables import keys_of, tables
from tongket.matching.models import MergedRow, PairDecision, PersonMerge, SuspectedPair
from tongket.matching.queries import kept_by_code, merged_into, open_pairs
from tongket.members.acts import correct_event, record_event, register, transfer, void_event
from tongket.members.drafts import CardDraft, EventDraft, PostDraft
from tongket.members.models import Member, MemberCard, MemberDetail, MemberEvent, PostHolding
from tongket.members.post_acts import appoint
from tongket.members.profile_acts import amend_details, give_card
from tongket.ratings.models import MemberRating
from tongket.ratings.rounds.models import RatingCandidate, RatingStep

SAID = "Đã đối chiếu lý lịch gốc"


def _world():
    """The district, with M1 (Nguyễn Văn An in PA1) entered a second time as M9 in PB1, two years later."""
    world = make_page_world()
    again = person(world, "M9", "Nguyễn Văn An", gender="male", home_town="Xã A", phone="0900000000")
    register(again, into=world["PB1"], on=date(2017, 1, 1), by=None, admitted_on=date(2005, 3, 3))
    for member in world.members.values():
        member.refresh_from_db()
    return world


district, world = once(_world)


def _merge(world, life="kept", kept="M1", gone="M9", **more):
    return merge_people(MergeDraft(world[kept], world[gone], life, reason=SAID, **more), by=None)


def _part(merge):
    return part_people(merge, reason="Hai người cùng tên", by=None)


def _everywhere(world, gone):
    """One row in every table that names a person (and of what hangs on it), naming the entry that goes."""
    cell, made = world["PB1"], {}
    for table in tables():
        if table.label.startswith("members."):
            continue
        given = {}
        for f in table.model._meta.concrete_fields:
            if f.attname in table.persons:
                given[f.name] = gone
            for column, label in table.parents:
                if f.attname == column and label in made:
                    given[f.name] = made[label]
        made[table.label] = make(table.model, cell, gone, **given)
    return made


def test_every_table_that_names_a_person_is_a_record_that_can_be_voided():
    labels = {table.label for table in tables()}
    for relation in Member._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and relation.one_to_many):
            continue
        model = relation.related_model
        if model._meta.app_label == "matching" or model._meta.label in {
            "members.MemberDetail",  # put together field by field
            "members.MembershipSpell",  # derived from events
            "intake.Difference",  # of one comparison, gone after some days; a line about who went is refused
        }:
            continue
        assert issubclass(model, Recorded), model
        assert model._meta.label in labels
    hanging_on = {label for table in tables() for _, label in table.parents}
    assert {"ratings.RatingCandidate", "conferences.Invitation", "inspections.MemberDiscipline"} <= hanging_on


def test_what_a_constraint_allows_once_for_a_person_is_a_key_of_the_merge():
    keys = {table.label: {key.fields for key in keys_of(table.model)} for table in tables()}
    assert ("period",) in keys["ratings.MemberRating"]
    assert ("mark",) in keys["honours.BadgeAward"]
    assert ("round_id",) in keys["ratings.RatingCandidate"]
    assert ("conference_id",) in keys["conferences.Invitation"]


def test_a_merge_moves_every_record_and_taking_it_apart_gives_both_back_exactly(world):
    made = _everywhere(world, world["M9"])
    hung = {label: len(hanging(row)) for label, row in made.items()}
    kept_before, gone_before = content(world["M1"]), content(world["M9"])
    merge = _merge(world)

    assert content(world["M9"]) == {}
    kept_now = content(world["M1"])
    for label, rows in gone_before.items():
        if not label.startswith("members.Member"):
            assert len(kept_now[label]) == len(rows) + len(kept_before.get(label, ())), label
    for label, row in made.items():
        row.refresh_from_db()
        moved = MergedRow.objects.filter(merge=merge, table=label, old=row.pk).first()
        if moved is None:
            continue
        assert row.voided_at == merge.recorded_at
        new = type(row).objects.get(pk=moved.new)
        assert new.origin == row.origin
        assert len(hanging(new)) == hung[label], label
        assert hanging(row) == []

    _part(merge)
    assert content(world["M9"]) == gone_before
    assert content(world["M1"]) == kept_before
    for label, row in made.items():
        assert hanging(row) == [], label


def test_what_was_known_before_the_merge_reads_as_it_did(world):
    make(MemberRating, world["PB1"], world["M9"], period="2023", period_end=date(2023, 12, 31), level="good")
    before = compute(world["QS"], "2023", ids=("members.total",)).own["members.total"].value
    known = {code: content(world[code]) for code in ("M1", "M9")}
    last = LedgerEntry.objects.order_by("-id").first().at
    merge = _merge(world)
    assert {code: content(world[code], last) for code in ("M1", "M9")} == known

    def total(moment=None):
        return (
            compute(world["QS"], "2023", ids=("members.total",), as_known_at=moment)
            .own["members.total"]
            .value
        )

    assert total(last) == before
    assert total() == before - 1
    merged = {code: content(world[code]) for code in ("M1", "M9")}
    at_merge = merge.recorded_at
    _part(merge)
    assert total() == before
    assert total(at_merge) == before - 1
    assert total(last) == before
    assert {code: content(world[code], at_merge) for code in ("M1", "M9")} == merged


def test_a_life_that_ended_elsewhere_and_one_that_began_here_are_joined(world):
    record_event(
        EventDraft(world["M1"], "moved_out", on=date(2016, 12, 31), elsewhere="other_province"), by=None
    )
    with pytest.raises(Refused, match="đang là đảng viên"):
        # M9 was entered as known before; with M1 still a member these would be two beginnings.
        first = next(e for e in world["M1"].events.filter(kind="moved_out"))
        void_event(first, reason="thử", by=None)
        _merge(world, "both")
    record_event(
        EventDraft(world["M1"], "moved_out", on=date(2016, 12, 31), elsewhere="other_province"), by=None
    )
    _merge(world, "both")
    spells = list(world["M1"].spells.filter(voided_at=None).values_list("organisation__code", "valid_from"))
    assert spells == [("PA1", date(2015, 1, 1)), ("PB1", date(2017, 1, 1))]


@pytest.mark.parametrize(("life", "cell", "since"), [("kept", "PA1", 2015), ("gone", "PB1", 2017)])
def test_the_life_of_one_entry_stands_where_both_cannot(world, life, cell, since):
    merge = _merge(world, life)
    spell = world["M1"].spells.get(voided_at=None)
    assert (spell.organisation.code, spell.valid_from.year) == (cell, since)
    world["M1"].refresh_from_db()
    assert world["M1"].organisation == world[cell]
    _part(merge)
    assert world["M1"].spells.get(voided_at=None).organisation == world["PA1"]
    assert world["M9"].spells.get(voided_at=None).organisation == world["PB1"]


def test_an_event_that_both_entries_say_stands_once(world):
    twin = person(world, "M8", "Nguyễn Văn An")
    register(twin, into=world["PA1"], on=date(2015, 1, 1), by=None, admitted_on=date(2005, 3, 3))
    transfer(twin, to=world["PA2"], on=date(2019, 5, 5), by=None)
    _merge(world, "both", gone="M8")
    kinds = list(world["M1"].events.filter(voided_at=None).order_by("on").values_list("kind", flat=True))
    assert kinds == ["registered", "transferred"]
    world["M1"].refresh_from_db()
    assert world["M1"].organisation == world["PA2"]


def test_profile_fields_are_taken_from_the_entry_that_was_chosen(world):
    amend_details(world["M1"], {"phone": "0911111111"}, since=date(2020, 1, 1), reason="", by=None)
    merge = _merge(world, from_gone=("home_town", "phone"))
    for detail in world["M1"].details.filter(voided_at=None):
        assert (detail.home_town, detail.phone) == ("Xã A", "0900000000")
    _part(merge)
    phones = (
        world["M1"].details.filter(voided_at=None).order_by("valid_from").values_list("phone", "home_town")
    )
    assert list(phones) == [("", ""), ("0911111111", "")]
    assert world["M9"].details.get(voided_at=None).phone == "0900000000"


def test_a_field_changed_after_the_merge_stays_with_the_kept_person(world):
    merge = _merge(world, from_gone=("phone",))
    amend_details(world["M1"], {"workplace": "UBND xã A"}, since=date(2024, 1, 1), reason="", by=None)
    _part(merge)
    latest = world["M1"].details.filter(voided_at=None).order_by("-valid_from").first()
    assert (latest.workplace, latest.phone) == ("UBND xã A", "")
    assert world["M9"].details.get(voided_at=None).workplace == ""


def test_ratings_that_contradict_each_other_refuse_the_merge_and_alike_ones_stand_once(world):
    common = {"period": "2023", "period_end": date(2023, 12, 31)}
    make(MemberRating, world["PA1"], world["M1"], level="good", **common)
    other = make(MemberRating, world["PA1"], world["M9"], level="excellent", **common)
    with pytest.raises(Refused, match="kết quả xếp loại nhưng ghi khác nhau"):
        _merge(world)
    assert content(world["M9"]), "a refused merge writes nothing"
    assert not PersonMerge.objects.exists()
    MemberRating.objects.filter(pk=other.pk).update(level="good")
    merge = _merge(world)
    assert world["M1"].ratings.filter(voided_at=None).count() == 1
    _part(merge)
    assert world["M9"].ratings.filter(voided_at=None).count() == 1


def test_on_one_rating_list_twice_steps_of_only_the_other_entry_refuse_the_merge(world):
    ours = make(RatingCandidate, world["PA1"], world["M1"], member=world["M1"])
    theirs = make(RatingCandidate, world["PA1"], world["M9"], member=world["M9"], round=ours.round)
    make(RatingStep, world["PA1"], world["M9"], candidate=theirs)
    with pytest.raises(Refused, match="chỉ bên gộp vào đã có việc ghi tiếp"):
        _merge(world)
    make(RatingStep, world["PA1"], world["M1"], candidate=ours)
    merge = _merge(world)
    assert RatingStep.objects.filter(voided_at=None).count() == 1
    _part(merge)
    again = RatingCandidate.objects.get(member=world["M9"], voided_at=None)
    assert again.identity == theirs.identity
    assert RatingStep.objects.filter(voided_at=None, candidate=again).count() == 1


def test_posts_must_fit_the_life_that_is_kept(world):
    transfer(world["M9"], to=world["PB2"], on=date(2018, 1, 1), by=None)
    early = PostDraft(world["M1"], world["PA1"], "committee_member", date(2015, 6, 1))
    appoint(early, by=None)
    with pytest.raises(Refused, match="không phải là đảng viên"):
        _merge(world, "gone")
    _merge(world, "kept")


def test_after_the_merge_a_corrected_record_goes_back_corrected_and_a_voided_one_stays_voided(world):
    merge = _merge(world, "gone")
    event = world["M1"].events.get(voided_at=None)
    world["M1"].refresh_from_db()
    correct_event(
        event,
        EventDraft(world["M1"], "registered", on=date(2018, 1, 1), organisation=world["PB1"]),
        reason="sai ngày",
        by=None,
    )
    assert entered(merge) == [], "a correction goes with what it corrects"
    _part(merge)
    assert world["M9"].events.get(voided_at=None).on == date(2018, 1, 1)
    assert world["M1"].events.get(voided_at=None).on == date(2015, 1, 1)


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


def test_a_correction_of_the_kept_persons_own_event_does_not_stand_in_the_way(world):
    merge = _merge(world)
    own = world["M1"].events.get(voided_at=None)
    draft = EventDraft(world["M1"], "registered", on=date(2015, 2, 1), organisation=world["PA1"])
    correct_event(own, draft, reason="sai ngày", by=None)
    _part(merge)
    assert world["M1"].events.get(voided_at=None).on == date(2015, 2, 1)


def test_merges_are_taken_apart_the_last_one_first(world):
    third = person(world, "M8", "Nguyễn Văn An")
    register(third, into=world["PB2"], on=date(2019, 1, 1), by=None)
    first = _merge(world)
    second = _merge(world, kept="M1", gone="M8")
    with pytest.raises(Refused, match="Tách lần đó trước"):
        _part(first)
    _part(second)
    onward = merge_people(MergeDraft(world["M2"], world["M1"], "kept", reason=SAID), by=None)
    assert merged_into(world["M9"]) == world["M2"]
    assert kept_by_code(["M9", "M1", "M3"]) == {"M9": world["M2"], "M1": world["M2"]}
    with pytest.raises(Refused, match="đã gộp tiếp vào M2"):
        _part(first)
    _part(onward)
    _part(first)
    assert merged_into(world["M9"]) is None


def test_a_sealed_discipline_goes_along_and_comes_back_and_nothing_speaks_of_it(world):
    row = make(MemberDiscipline, world["PB1"], world["M9"], member=world["M9"], sealed=True)
    end = make(DisciplineEnd, world["PB1"], world["M9"], member_discipline=row)
    merge = _merge(world)
    moved = MemberDiscipline.objects.get(member=world["M1"], voided_at=None)
    assert moved.sealed
    assert DisciplineEnd.objects.get(voided_at=None).member_discipline == moved
    # Voided since by those who know of it: no reason to refuse, and it stays voided.
    MemberDiscipline.objects.filter(pk=moved.pk).update(voided_at=timezone.now())
    make(MemberDiscipline, world["PA1"], world["M1"], member=world["M1"], sealed=True)
    _part(merge)
    assert not MemberDiscipline.objects.filter(member=world["M9"], voided_at=None).exists()
    assert MemberDiscipline.objects.filter(member=world["M1"], voided_at=None).count() == 1
    said = str(
        list(LedgerEntry.objects.filter(action__startswith="register.").values_list("data", flat=True))
    )
    assert "discipline" not in said
    assert end.pk


def test_nothing_is_done_to_an_entry_that_was_merged_already_or_to_one_alone(world):
    _merge(world)
    with pytest.raises(Refused, match="đã gộp vào M1"):
        _merge(world)
    with pytest.raises(Refused, match="cùng một hồ sơ"):
        _merge(world, kept="M1", gone="M1")
    with pytest.raises(Refused, match="Chưa nêu lý do"):
        merge_people(MergeDraft(world["M1"], world["M2"], "kept"), by=None)


def test_who_changed_an_entry_meanwhile_wins(world):
    versions = (world["M1"].row_version, world["M9"].row_version)
    amend_details(world["M9"], {"phone": "0922222222"}, since=None, reason="sai", by=None)
    draft = MergeDraft(world["M1"], world["M9"], "kept", reason=SAID)
    with pytest.raises(Conflict):
        merge_people(draft, by=None, expected_versions=versions)
    merge = merge_people(draft, by=None)
    _part(merge)
    with pytest.raises(Conflict):
        _part(merge)


def test_the_queue_holds_what_a_search_found_but_for_what_was_decided(world):
    everybody = Member.objects.all()
    clerk = world.users["clerk"]
    find_duplicates(everybody, by=clerk)
    pair = open_pairs(clerk).get()
    assert {pair.one.code, pair.other.code} == {"M1", "M9"}
    assert pair.outcome in {"sure", "doubtful"}
    decision = keep_apart(world["M9"], world["M1"], reason="Hai người", by=clerk)
    find_duplicates(everybody, by=clerk)
    assert not open_pairs(clerk).exists(), "a decision outlives the next search"
    ask_again(decision, reason="Xem lại", by=clerk)
    assert open_pairs(clerk).count() == 1
    merge = _merge(world)
    assert not SuspectedPair.objects.exists()
    assert PairDecision.objects.get(voided_at=None).same
    _part(merge)
    assert not PairDecision.objects.get(voided_at=None).same
    assert find_duplicates(everybody, by=clerk), "the two are found again"
    assert not open_pairs(clerk).exists(), "and are known to be two persons"


def test_a_clerk_of_a_commune_sees_no_pair_of_which_one_is_elsewhere(world):
    find_duplicates(Member.objects.all(), by=None)
    assert open_pairs(world.users["clerk"]).count() == 1
    assert open_pairs(world.users["clerk_a"]).count() == 0
    assert open_pairs(world.users["office"]).count() == 0


def test_nobodys_details_or_events_are_left_with_the_entry_that_went(world):
    _merge(world)
    standing = Q(member=world["M9"], voided_at=None)
    for model in (MemberDetail, MemberEvent, PostHolding):
        assert not model.objects.filter(standing).exists()
    world["M9"].refresh_from_db()
    assert (world["M9"].organisation, world["M9"].standing) == (None, "")
