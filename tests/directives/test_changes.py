"""Papers updated, replaced, revoked: in order of days, ended once, never in a circle; their holders are told."""

import random
from contextlib import suppress
from datetime import date, timedelta
from itertools import pairwise, permutations

import pytest
from django.utils import timezone

from tests.directives.test_directive import directive
from tests.world import add_user
from tongket.core.problems import Conflict, Refused
from tongket.directives.acts import (
    add_directive,
    change_directive,
    correct_directive,
    void_change,
    void_directive,
)
from tongket.directives.drafts import DirectiveDraft
from tongket.directives.models import Directive, DirectiveChange
from tongket.directives.papers.changes import chain_of, in_force, standing_of, with_standing
from tongket.directives.queries import changes_for, readable_directives, visible_directives
from tongket.obligations.acts import hand_out
from tongket.obligations.drafts import DemandDraft

LATER = date(2023, 9, 1)


@pytest.fixture
def papers(world, clerk) -> list[Directive]:
    """Four papers of the district's book, one a month."""
    drafts = [
        directive(
            world,
            symbol=f"{n}-CT/TU",
            issued_on=date(2023, n, 1),
            received_on=date(2023, n, 5),
            plan_due_on=None,
        )
        for n in range(1, 5)
    ]
    return [add_directive(draft, by=clerk) for draft in drafts]


def replace(old, new, clerk, on=LATER, **more):
    values = {"kind": "replaced", "on": on, "reason": "Văn bản mới", "by_directive": new, "by": clerk}
    return change_directive(old, **values | more)


def standing(paper: Directive, on: date) -> str:
    return standing_of(with_standing(Directive.objects.filter(pk=paper.pk)).get(), on)


def fields(refused) -> list[str]:
    return [problem.field for problem in refused.value.problems]


def test_a_paper_stands_until_the_day_it_is_replaced_and_its_successor_goes_on(papers, clerk):
    replace(papers[0], papers[1], clerk)
    assert [standing(papers[0], day) for day in (date(2023, 8, 31), LATER)] == ["force", "replaced"]
    assert [standing(papers[1], LATER)] == ["force"]
    held = in_force(visible_directives(clerk), LATER)
    assert {row.symbol for row in held} == {"2-CT/TU", "3-CT/TU", "4-CT/TU"}


def test_a_paper_past_its_last_day_is_out_of_force(world, clerk):
    paper = add_directive(directive(world, effective_until=date(2023, 12, 31)), by=clerk)
    assert [standing(paper, day) for day in (date(2023, 12, 31), date(2024, 1, 1))] == ["force", "expired"]
    assert in_force(visible_directives(clerk), date(2023, 12, 31)).exists()
    assert not in_force(visible_directives(clerk), date(2024, 1, 1)).exists()


def test_papers_that_replace_each_other_in_a_circle_are_refused(papers, clerk):
    replace(papers[0], papers[1], clerk)
    replace(papers[1], papers[2], clerk)
    for wrong in (papers[0], papers[1]):
        with pytest.raises(Refused) as refused:
            replace(papers[2], wrong, clerk)
        assert fields(refused) == ["by_directive"]
    with pytest.raises(Refused) as itself:
        replace(papers[3], papers[3], clerk)
    assert fields(itself) == ["by_directive"]
    assert DirectiveChange.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"reason": " "}, ["reason"]),
        ({"reason": "x" * 301}, ["reason"]),
        ({"kind": "lost"}, ["kind"]),
        ({"on": None}, ["on"]),
        ({"on": date(2022, 12, 31)}, ["on", "on"]),
        ({"on": date(2023, 1, 20)}, ["on"]),  # before the paper that replaces it
        ({"by_directive": None}, ["by_directive"]),
    ],
)
def test_each_fault_of_a_change_is_named(papers, clerk, changes, wanted):
    with pytest.raises(Refused) as refused:
        replace(papers[0], papers[1], clerk, **changes)
    assert fields(refused) == wanted
    assert not DirectiveChange.objects.exists()


def test_a_paper_ends_once_but_may_be_updated_again(papers, clerk):
    for _ in range(2):
        change_directive(papers[0], kind="updated", on=LATER, reason="Bổ sung", by=clerk)
    change_directive(papers[0], kind="revoked", on=LATER, reason="Thu hồi", by=clerk)
    assert standing(papers[0], LATER) == "revoked"
    with pytest.raises(Refused) as refused:
        replace(papers[0], papers[1], clerk)
    assert fields(refused) == ["kind"]


def test_a_paper_of_another_book_replaces_nothing_here(world, papers, clerk):
    other = add_directive(directive(world, organisation=world["PA"]), by=clerk)
    with pytest.raises(Refused, match="sổ"):
        replace(papers[0], other, clerk)


def test_a_voided_change_leaves_the_paper_as_before(papers, clerk):
    change = replace(papers[0], papers[1], clerk)
    with pytest.raises(Refused):
        void_change(change, reason="", by=clerk)
    void_change(change, reason="Ghi nhầm văn bản", by=clerk)
    assert standing(papers[0], LATER) == "force"
    with pytest.raises(Conflict):
        void_change(change, reason="Ghi nhầm văn bản", by=clerk)
    replace(papers[1], papers[0], clerk)


def test_a_change_outlives_the_correction_of_either_paper(world, papers, clerk):
    replace(papers[0], papers[1], clerk)
    days = {"issued_on": date(2023, 1, 1), "received_on": date(2023, 1, 6), "plan_due_on": None}
    fresh = correct_directive(
        papers[0], directive(world, symbol="1-CT/TU", **days), reason="Sai ngày", by=clerk
    )
    assert standing(fresh, LATER) == "replaced"
    [link] = chain_of(fresh)[0]
    assert link.paper == papers[1]
    late = days | {"issued_on": date(2023, 10, 1), "received_on": date(2023, 10, 2)}
    with pytest.raises(Refused) as refused:
        correct_directive(fresh, directive(world, symbol="1-CT/TU", **late), reason="Sai ngày", by=clerk)
    assert fields(refused) == ["issued_on"]


def test_a_paper_that_changed_or_changed_another_is_not_voided(papers, clerk):
    change = replace(papers[0], papers[1], clerk)
    for paper in papers[:2]:
        with pytest.raises(Refused, match="hủy ghi chép"):
            void_directive(paper, reason="Nhầm", by=clerk)
    void_change(change, reason="Nhầm", by=clerk)
    void_directive(papers[0], reason="Nhầm", by=clerk)


def test_a_paper_handed_down_is_not_voided(world, papers, clerk):
    hand(world, papers[0], clerk, "PA")
    with pytest.raises(Refused, match="giao cho cấp dưới"):
        void_directive(papers[0], reason="Nhầm", by=clerk)


def test_the_chain_is_read_both_ways(papers, clerk):
    for old, new in pairwise(papers):
        replace(old, new, clerk)
    after, before = chain_of(papers[1])
    assert [(link.paper.symbol, link.depth) for link in after] == [("3-CT/TU", 1), ("4-CT/TU", 2)]
    assert [(link.paper.symbol, link.depth) for link in before] == [("1-CT/TU", 1)]


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_tried_in_whatever_order_no_circle_comes_about(papers, clerk, seed):
    chance = random.Random(seed)
    for old, new in chance.sample(list(permutations(papers, 2)), 12):
        with suppress(Refused):
            replace(old, new, clerk)
    by = dict(DirectiveChange.objects.values_list("directive", "by_directive"))
    assert len(by) == DirectiveChange.objects.count() == 3
    for start in by:
        at, steps = start, 0
        while at in by:
            at, steps = by[at], steps + 1
            assert steps <= len(by)


# --- who holds a paper --------------------------------------------------------------------------------------


def hand(world, paper: Directive, clerk, *codes: str):
    draft = DemandDraft(
        world["QS"], "plan", "Xây dựng kế hoạch", date(2023, 5, 1), date(2023, 6, 1), about=paper.identity,
        about_label=paper.symbol,
    )  # fmt: skip
    return hand_out(draft, [world[code] for code in codes], by=clerk)


def test_a_paper_handed_down_is_read_by_its_receivers_and_nobody_else(world, papers, clerk):
    hand(world, papers[0], clerk, "PA")
    a, b = add_user(world, "a", "PA", "office"), add_user(world, "b", "PB", "office")
    cell = add_user(world, "c", "PA1", "office")
    assert list(readable_directives(a)) == [papers[0]]
    assert not visible_directives(a).exists()
    assert not readable_directives(b).exists() and not readable_directives(cell).exists()
    assert readable_directives(clerk).count() == 4


def test_what_was_handed_down_is_read_only_as_it_stands(world, papers, clerk):
    hand(world, papers[0], clerk, "PA")
    days = {"issued_on": date(2023, 1, 1), "received_on": date(2023, 1, 6), "plan_due_on": None}
    fresh = correct_directive(
        papers[0], directive(world, symbol="1-CT/TU", **days), reason="Sai ngày", by=clerk
    )
    a = add_user(world, "a", "PA", "office")
    assert list(readable_directives(a, with_voided=True)) == [fresh]


def test_the_holders_of_a_changed_paper_are_told_and_others_are_not(world, papers, clerk):
    since = timezone.now() - timedelta(days=1)
    hand(world, papers[0], clerk, "PA")
    copy = DirectiveDraft(
        world["PB"], papers[0].kind, papers[0].symbol, "Tỉnh ủy", "province", papers[0].issued_on, "Bản sao",
        date(2023, 1, 9),
    )  # fmt: skip
    kept = add_directive(copy, by=clerk)
    replace(papers[0], papers[1], clerk)
    replace(papers[2], papers[3], clerk)
    a, b = add_user(world, "a", "PA", "office"), add_user(world, "b", "PB", "office")
    other = add_user(world, "v", "VP", "office")
    assert [(row.paper_symbol, row.handed, row.own_paper) for row in changes_for(a, since)] == [
        ("1-CT/TU", True, None)
    ]
    assert [(row.paper_symbol, row.own_copy) for row in changes_for(b, since)] == [("1-CT/TU", kept.pk)]
    assert not changes_for(other, since).exists()
    assert [row.paper_symbol for row in changes_for(clerk, since)] == ["3-CT/TU", "1-CT/TU"]
    assert not changes_for(clerk, timezone.now() + timedelta(days=1)).exists()
