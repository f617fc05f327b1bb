"""The agenda: numbered by where its items stand, whatever is moved."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.conferences.conftest import draft, moment
from tests.world import make_tree
from tongket.conferences.acts import add_conference, close, open_conference
from tongket.conferences.agenda.acts import MOVES, add_item, check_items, correct_item, move_item, void_item
from tongket.conferences.agenda.tree import agenda_of
from tongket.conferences.drafts import AgendaItemDraft
from tongket.conferences.models import AgendaItem
from tongket.core.problems import Conflict, Refused


def shown(conference):
    return [(entry.number, entry.item.title) for entry in agenda_of(conference)]


@pytest.fixture
def tree(planned, office):
    first = agenda_of(planned)[0].item
    add_item(AgendaItemDraft(planned, "Tham luận"), by=office)
    add_item(AgendaItemDraft(planned, "Công tác tổ chức", parent=first.identity), by=office)
    add_item(AgendaItemDraft(planned, "Công tác kiểm tra", parent=first.identity), by=office)
    return planned


def by_title(conference, title):
    return next(e.item for e in agenda_of(conference) if e.item.title == title)


def test_items_are_numbered_by_where_they_stand(tree):
    assert shown(tree) == [
        ("1", "Báo cáo tổng kết"),
        ("1.1", "Công tác tổ chức"),
        ("1.2", "Công tác kiểm tra"),
        ("2", "Tham luận"),
    ]


def test_up_and_down_swap_neighbours_with_all_below_them(tree, office):
    assert move_item(by_title(tree, "Tham luận"), "up", by=office)
    assert shown(tree)[0] == ("1", "Tham luận")
    assert shown(tree)[2] == ("2.1", "Công tác tổ chức")
    assert not move_item(by_title(tree, "Tham luận"), "up", by=office)


def test_in_and_out_change_the_level(tree, office):
    move_item(by_title(tree, "Tham luận"), "in", by=office)
    assert shown(tree)[-1] == ("1.3", "Tham luận")
    move_item(by_title(tree, "Công tác tổ chức"), "out", by=office)
    assert shown(tree)[-1] == ("2", "Công tác tổ chức")


def test_a_renamed_item_keeps_its_place_and_what_is_below_it(tree, office):
    item = by_title(tree, "Báo cáo tổng kết")
    new = correct_item(item, AgendaItemDraft(tree, "Báo cáo kết quả", "Phó Bí thư", 20), by=office)
    assert new.identity == item.identity
    assert shown(tree)[:2] == [("1", "Báo cáo kết quả"), ("1.1", "Công tác tổ chức")]


def test_an_item_goes_with_all_below_it_and_stays_in_the_book(tree, office):
    assert void_item(by_title(tree, "Báo cáo tổng kết"), reason="bỏ", by=office) == 3
    assert shown(tree) == [("1", "Tham luận")]
    assert AgendaItem.objects.filter(voided_at__isnull=False).count() == 3


def test_an_item_taken_out_meanwhile_is_a_conflict(tree, office):
    item = by_title(tree, "Tham luận")
    void_item(item, reason="bỏ", by=office)
    with pytest.raises(Conflict):
        move_item(item, "up", by=office)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"title": ""}, "title"), ({"minutes": 0}, "minutes"), ({"minutes": 700}, "minutes")],
)
def test_each_bad_field_is_named(planned, changes, field):
    sound = {"conference": planned, "title": "Tham luận"}
    assert [p.field for p in check_items([AgendaItemDraft(**sound | changes)])] == [field]


def test_a_fourth_level_or_an_item_of_another_agenda_is_refused(tree, office, world):
    second = by_title(tree, "Công tác tổ chức")
    third = add_item(AgendaItemDraft(tree, "Kết nạp", parent=second.identity), by=office)
    assert [p.field for p in check_items([AgendaItemDraft(tree, "x", parent=third.identity)])] == ["parent"]
    other = add_conference(draft(world, title="Hội nghị khác"), by=office)
    assert [p.field for p in check_items([AgendaItemDraft(other, "x", parent=second.identity)])] == ["parent"]


def test_the_agenda_of_a_closed_conference_does_not_change(called, office):
    open_conference(called, by=office, at=moment(15))
    close(called, by=office, at=moment(15))
    with pytest.raises(Refused, match="bế mạc"):
        add_item(AgendaItemDraft(called, "Thêm"), by=office)
    with pytest.raises(Refused, match="bế mạc"):
        void_item(agenda_of(called)[0].item, reason="bỏ", by=office)


class TestAnyMoves(TestCase):
    @settings(max_examples=15)
    @given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(MOVES)), max_size=12))
    def test_no_moves_lose_or_double_an_item_and_numbers_stay_in_order(self, moves):
        conference = add_conference(draft(make_tree()), by=None)
        for name in "abcdef":
            add_item(AgendaItemDraft(conference, name), by=None)
        for place, way in moves:
            move_item(by_title(conference, "abcdef"[place]), way, by=None)
        entries = agenda_of(conference)
        assert sorted(e.item.title for e in entries) == list("abcdef")
        keys = [[int(n) for n in e.number.split(".")] for e in entries]
        assert keys == sorted(keys) and len({tuple(k) for k in keys}) == 6
        assert all(len(k) <= 3 for k in keys)
