"""Merger, split and dissolution: nobody is lost, nothing is done by halves, the past reads as it was."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.audit.scratch import undone
from tests.world import START, World, make_world
from tongket.audit.models import LedgerEntry
from tongket.core.problems import Refused
from tongket.members.acts import transfer
from tongket.members.drafts import PostDraft
from tongket.members.models import MemberEvent, MembershipSpell, PostHolding
from tongket.members.post_acts import appoint
from tongket.members.reorganise import children_on, dissolve, members_on, merge, split
from tongket.organisations.acts import change
from tongket.organisations.drafts import ChangeDraft, FoundingDraft
from tongket.organisations.models import Organisation, OrganisationAct, SuccessorLink
from tongket.organisations.queries import subtree_on

pytestmark = pytest.mark.django_db
DAY = date(2024, 1, 1)
EVE = DAY - timedelta(days=1)
PAPER = {"decision_number": "7-QĐ/TU", "decision_date": date(2023, 12, 20), "decision_body": "Tỉnh ủy"}


@pytest.fixture
def world() -> World:
    return make_world()


def counted(day: date) -> int:
    """Members on a day, by going through every spell."""
    rows = MembershipSpell.objects.filter(voided_at__isnull=True)
    return sum(row.valid_from <= day < row.valid_to for row in rows)


def codes(found: list[Any]) -> list[str]:
    return sorted(one.code for one in found)


def rows_of_everything() -> tuple[int, ...]:
    models = (
        Organisation,
        OrganisationAct,
        SuccessorLink,
        MemberEvent,
        MembershipSpell,
        PostHolding,
        LedgerEntry,
    )
    return tuple(model.objects.count() for model in models)


def refused(act: Any) -> list[str]:
    """The fields at which the act is refused; not one row may have changed."""
    before = rows_of_everything()
    with pytest.raises(Refused) as caught:
        act()
    assert rows_of_everything() == before
    return [problem.field for problem in caught.value.problems]


def successors(code: str) -> list[str]:
    links = SuccessorLink.objects.filter(predecessor__code=code, voided_at__isnull=True)
    return sorted(links.values_list("successor__code", flat=True))


def test_a_merger_into_one_that_exists_hands_cells_along_and_ends_the_other(world: World) -> None:
    merge([world["PA"]], into=world["PB"], on=DAY, by=None, **PAPER)
    assert codes(children_on(world["PB"], DAY)) == ["PA1", "PA2", "PB1", "PB2"]
    assert codes(children_on(world["PA"], EVE)) == ["PA1", "PA2"]
    world["PA"].refresh_from_db()
    assert world["PA"].ends_on == DAY
    assert successors("PA") == ["PB"]
    act = OrganisationAct.objects.get(kind="merge")
    assert {name: getattr(act, name) for name in PAPER} == PAPER


def test_a_merger_of_cells_transfers_the_members_on_the_day(world: World) -> None:
    merge([world["PA1"], world["PA2"]], into=world["PB1"], on=DAY, by=None, **PAPER)
    assert codes(members_on(world["PB1"], DAY)) == ["M1", "M2", "M3", "M4"]
    assert codes(members_on(world["PA1"], EVE)) == ["M1", "M2"]
    moves = MemberEvent.objects.filter(kind="transferred")
    assert {e.decision_number for e in moves} == {"7-QĐ/TU"} and moves.count() == 3


def test_a_merger_into_a_new_one_founds_it_by_the_same_decision(world: World) -> None:
    new = FoundingDraft("PC", "Đảng bộ xã Mới", "grassroots_body", DAY, "QS", "commune", **PAPER)
    made = merge([world["PA"], world["PB"]], into=new, on=DAY, by=None, **PAPER)
    assert codes(children_on(made, DAY)) == ["PA1", "PA2", "PB1", "PB2"]
    assert successors("PA") == successors("PB") == ["PC"]
    assert {row.code for row in subtree_on(world["QS"], EVE)} == set(world.organisations)
    entry = LedgerEntry.objects.latest("id")
    assert entry.action == "organisation.merge" and entry.data["into"] == "PC"


@pytest.mark.parametrize("day", [START + timedelta(days=2000), EVE, DAY, DAY + timedelta(days=30)])
def test_a_merger_changes_no_total(world: World, day: date) -> None:
    before = counted(day)
    merge([world["PA1"], world["PB1"]], into=world["PB2"], on=DAY, by=None)
    merge([world["PA"]], into=world["PB"], on=DAY, by=None)
    assert counted(day) == before


def test_posts_end_with_the_organisation(world: World) -> None:
    appoint(PostDraft(world["M1"], world["PA"], "secretary", date(2020, 1, 1)), by=None)
    merge([world["PA"]], into=world["PB"], on=DAY, by=None)
    (post,) = PostHolding.objects.filter(voided_at__isnull=True)
    assert (post.valid_to, post.recorded_at) == (DAY, LedgerEntry.objects.latest("id").at)
    assert PostHolding.objects.get(voided_at__isnull=False).voided_at == post.recorded_at


def test_a_split_hands_everybody_to_the_place_named(world: World) -> None:
    new = [FoundingDraft(f"PA1{x}", f"Chi bộ thôn A1{x}", "cell", DAY, "PA") for x in "ab"]
    split(world["PA1"], into=new, members_to={"M1": "PA1a", "M2": "PA1b"}, children_to={}, on=DAY, by=None)
    made = {code: Organisation.objects.get(code=code) for code in ("PA1a", "PA1b")}
    assert codes(members_on(made["PA1a"], DAY)) == ["M1"] and codes(members_on(made["PA1b"], DAY)) == ["M2"]
    assert successors("PA1") == ["PA1a", "PA1b"]


def test_a_split_that_leaves_somebody_over_is_refused_by_name(world: World) -> None:
    new = [FoundingDraft("PA1a", "Chi bộ thôn A1a", "cell", DAY, "PA")]
    with pytest.raises(Refused, match="1 đảng viên chưa có nơi tiếp nhận: M2"):
        split(world["PA1"], into=new, members_to={"M1": "PA1a"}, children_to={}, on=DAY, by=None)
    fields = refused(
        lambda: split(world["PA1"], into=new, members_to={"M1": "PA1a"}, children_to={}, on=DAY, by=None)
    )
    assert fields == ["members_to"]


def test_a_split_that_leaves_a_cell_over_is_refused_by_code(world: World) -> None:
    new = [FoundingDraft("PA9", "Đảng bộ xã A9", "grassroots_body", DAY, "QS", "commune")]
    act = lambda: split(  # noqa: E731
        world["PA"], into=new, members_to={}, children_to={"PA1": "PA9"}, on=DAY, by=None
    )
    assert refused(act) == ["children_to"]


def test_a_cell_with_members_is_not_dissolved_without_a_place_for_them(world: World) -> None:
    assert refused(lambda: dissolve(world["PA1"], on=DAY, by=None)) == ["members_to"]
    dissolve(world["PA1"], on=DAY, by=None, members_to=world["PA2"])
    assert codes(members_on(world["PA2"], DAY)) == ["M1", "M2", "M3"]
    assert successors("PA1") == ["PA2"]


def test_an_empty_cell_is_dissolved_without_a_successor(world: World) -> None:
    for code in ("M1", "M2"):
        transfer(world[code], to=world["PA2"], on=date(2023, 6, 1), by=None)
    dissolve(world["PA1"], on=DAY, by=None)
    world["PA1"].refresh_from_db()
    assert world["PA1"].ends_on == DAY and successors("PA1") == []


def test_what_cannot_be_is_refused_whole(world: World) -> None:
    dissolve(world["PB2"], on=date(2023, 12, 1), by=None, members_to=world["PB1"])
    world["PB2"].refresh_from_db()
    a, a1, b2, vp = world["PA"], world["PA1"], world["PB2"], world["VP"]
    assert refused(lambda: merge([], into=a, on=DAY, by=None)) == ["predecessors"]
    assert refused(lambda: merge([a], into=a, on=DAY, by=None)) == ["predecessors"]
    assert refused(lambda: dissolve(a1, on=DAY, by=None, members_to=a1)) == ["members_to"]
    assert refused(lambda: split(a1, into=[], members_to={}, children_to={}, on=DAY, by=None)) == ["into"]
    # A body holds no members, a cell holds no cells, and one that has ended holds neither.
    assert set(refused(lambda: merge([vp], into=a, on=DAY, by=None))) == {"organisation"}
    assert set(refused(lambda: merge([a], into=vp, on=DAY, by=None))) == {"kind"}
    assert set(refused(lambda: merge([a1], into=b2, on=DAY, by=None))) == {"organisation"}
    assert refused(lambda: merge([a], into=world["PA1"], on=DAY, by=None))


def test_a_successor_is_there_on_the_day_even_if_nobody_comes_along(world: World) -> None:
    for code in ("M1", "M2"):
        transfer(world[code], to=world["PA2"], on=date(2023, 6, 1), by=None)
    dissolve(world["PB2"], on=date(2023, 12, 1), by=None, members_to=world["PB1"])
    world["PB2"].refresh_from_db()
    assert refused(lambda: merge([world["PA1"]], into=world["PB2"], on=DAY, by=None)) == ["members_to"]


def test_an_end_dated_back_before_recorded_events_is_refused(world: World) -> None:
    transfer(world["M4"], to=world["PA1"], on=date(2024, 3, 1), by=None)
    assert refused(lambda: dissolve(world["PA1"], on=DAY, by=None, members_to=world["PA2"])) == ["on"]


def test_a_refused_merger_into_a_new_one_leaves_no_new_one(world: World) -> None:
    new = FoundingDraft("PC", "Đảng bộ xã Mới", "grassroots_body", DAY, "QS", "commune")
    assert refused(lambda: merge([world["VP"], world["PA"]], into=new, on=DAY, by=None)) == ["organisation"]
    assert not Organisation.objects.filter(code="PC").exists()


@settings(max_examples=15)
@given(st.lists(st.tuples(st.sampled_from(["PA1", "PA2", "PB1", "PB2", "VP"]), st.sampled_from(["PA1", "PA2", "PB1", "PB2", "VP"]), st.integers(0, 3)), max_size=5))  # fmt: skip  # noqa: E501
def test_after_any_run_of_mergers_everybody_stands_in_one_living_cell(
    wanted: list[tuple[str, str, int]],
) -> None:
    with undone():
        world = make_world()
        members = counted(DAY + timedelta(days=400))
        for source, target, month in wanted:
            for code in (source, target):
                world[code].refresh_from_db()
            try:
                merge([world[source]], into=world[target], on=DAY + timedelta(days=30 * month), by=None)
            except Refused:
                continue
        last = DAY + timedelta(days=400)
        assert counted(last) == members
        for spell in MembershipSpell.objects.filter(voided_at__isnull=True).select_related("organisation"):
            assert spell.organisation.founded_on <= spell.valid_from
            assert spell.valid_to <= spell.organisation.ends_on
        listed = [m.code for row in subtree_on(world["QS"], last) for m in members_on(_by(row.code), last)]
        assert sorted(listed) == sorted(set(listed)) and len(listed) == members


def _by(code: str) -> Organisation:
    return Organisation.objects.get(code=code)


def test_a_bare_end_that_would_strand_a_child_is_refused(world: World) -> None:
    fields = refused(lambda: change(ChangeDraft(world["PA"], "dissolve", DAY, ends=True), by=None))
    assert fields == ["parent"]
