"""What is due of the rounds, for whom, in how many questions; and how far rounds are."""

from datetime import date

from tests.ratings.rounds.conftest import candidate, opened, step
from tongket.ratings.rounds.acts import open_rounds_below, set_aside
from tongket.ratings.rounds.chain.acts import save_steps
from tongket.ratings.rounds.due import due_items
from tongket.ratings.rounds.progress import parts_of, progress_of, rounds_below, stages_of
from tongket.ratings.rounds.queries import standing_of

NEAR, LATE = date(2023, 12, 1), date(2023, 12, 6)


def _stages(items):
    return [(item.text.partition("bước ")[2].partition(",")[0], item.late) for item in items]


def test_a_cell_is_told_of_its_own_stages_and_the_commune_of_all(world):
    made = opened(world)
    assert _stages(due_items(world.users["cell_a1"], NEAR)) == [
        ("tự đánh giá", True),
        ("biểu quyết tại hội nghị", False),
    ]
    assert due_items(world.users["clerk_b"], NEAR) == []
    assert due_items(world.users["leader"], NEAR) == []  # reads, and has nothing to do
    late = due_items(world.users["clerk_a"], date(2023, 12, 30))
    assert [late_ for _, late_ in _stages(late)] == [True] * 4
    assert "còn 3 trường hợp" in late[0].text
    assert late[0].on == made.self_by


def test_what_was_done_or_set_aside_is_no_longer_due(world):
    made = opened(world)
    save_steps([step(candidate(made, c), s) for c in ("M1", "M2") for s in ("self", "vote")], by=None)
    assert due_items(world.users["cell_a1"], LATE) == []
    set_aside(candidate(made, "M3"), reason="other", note="Ốm", by=None)
    assert [late for _, late in _stages(due_items(world.users["clerk_a"], LATE))] == []
    assert "thẩm định" in due_items(world.users["clerk_a"], date(2023, 12, 14))[0].text


def test_many_rounds_are_one_line_a_stage_in_three_questions(world, django_assert_max_num_queries):
    parent = opened(world, "QS", "organisations")
    open_rounds_below(parent, by=None)
    with django_assert_max_num_queries(3):
        items = due_items(world.users["clerk"], date(2023, 12, 30))
    assert len(items) == 4
    assert "ở 4 đợt" in items[0].text


def test_counts_of_the_database_equal_those_of_the_chains(world):
    parent = opened(world, "QS", "organisations")
    open_rounds_below(parent, by=None)
    rounds = [one for one, _ in rounds_below(parent)]
    first = rounds[0]
    save_steps(
        [step(candidate(first, "M1"), s) for s in ("self", "vote", "appraisal")]
        + [step(candidate(first, "M3"), "vote")],
        by=None,
    )
    set_aside(candidate(first, "M2"), reason="other", note="Ốm", by=None)
    for round, part in zip(rounds, progress_of(rounds), strict=True):
        states = standing_of(round)
        assert part.stages == stages_of(round, states)
        assert part.listed == len(states)
        assert part.aside == sum(s.excluded for s in states)
        assert sum(p.to_rate for p in parts_of(round, states)) == part.to_rate
