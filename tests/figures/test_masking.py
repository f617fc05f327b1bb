"""Without the inspection duty no small count of discipline is shown, and none can be computed from what is shown."""

import ast
import itertools
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.world import add_user, make_world
from tongket.core.dates import today
from tongket.core.masks import DUTY, HIDDEN, SMALL
from tongket.core.periods import parse_period
from tongket.figures.engine import compute, last_year
from tongket.figures.masking import states
from tongket.figures.queries import trend
from tongket.figures.several import compute_several
from tongket.indicators.catalogue import INDICATORS
from tongket.inspections.models import MemberDiscipline, OrganisationDiscipline

Parents = tuple[int, ...]  # the parent of each node but the first, which is the root


def children_of(parents: Parents) -> dict[int, list[int]]:
    below: dict[int, list[int]] = {}
    for node, parent in enumerate(parents, start=1):
        below.setdefault(parent, []).append(node)
    return below


def totals(parents: Parents, own: tuple[int, ...]) -> tuple[int, ...]:
    """Each node with everything below it."""
    found = list(own)
    for node in range(len(parents), 0, -1):
        found[parents[node - 1]] += found[node]
    return tuple(found)


def display(parents: Parents, own: tuple[int, ...]) -> tuple[object, ...]:
    """All that a reader without the duty sees, over all tables of the tree."""
    counts = totals(parents, own)
    masks = states(0, children_of(parents), dict(enumerate(counts)))
    return tuple(masks[node] or counts[node] for node in range(len(own)))


def betrayed(parents: Parents, worlds: Iterator[tuple[int, ...]], most: int) -> list[tuple[int, ...]]:
    """Worlds in which a count of 1 or 2 follows from what is shown, by trying all worlds that show the same."""
    alike: dict[tuple[object, ...], list[tuple[int, ...]]] = defaultdict(list)
    for own in worlds:
        alike[display(parents, own)].append(own)
    found = []
    for group in alike.values():
        cells = zip(*((*own, *totals(parents, own)) for own in group), strict=True)
        told = any(len(values := set(cell)) == 1 and values <= {1, 2} for cell in cells)
        # Near the bound of what is tried, other worlds are missing that would show the same.
        if told and min(sum(own) for own in group) <= most:
            found.append(group[0])
    return found


SHAPES = [
    shape for size in (1, 2, 3, 4) for shape in itertools.product(*(range(i) for i in range(1, size + 1)))
]


@pytest.mark.parametrize("parents", SHAPES, ids=str)
def test_no_count_of_one_or_two_follows_from_what_is_shown_in_any_small_tree(parents: Parents) -> None:
    assert betrayed(parents, itertools.product(range(5), repeat=len(parents) + 1), 4) == []


@settings(max_examples=15, deadline=None)
@given(st.integers(4, 8).flatmap(lambda n: st.tuples(*(st.integers(0, i) for i in range(n)))))
def test_nor_for_a_reader_who_knows_that_only_the_lowest_organisations_have_members(parents: Parents) -> None:
    leaves = [node for node in range(len(parents) + 1) if node not in children_of(parents)]
    if len(leaves) > 4:
        return

    def worlds() -> Iterator[tuple[int, ...]]:
        for values in itertools.product(range(6), repeat=len(leaves)):
            own = [0] * (len(parents) + 1)
            for leaf, value in zip(leaves, values, strict=True):
                own[leaf] = value
            yield tuple(own)

    assert betrayed(parents, worlds(), 5) == []


def test_the_search_for_betrayed_counts_finds_the_usual_mistakes() -> None:
    # Two children, one of them below 3: masking the child alone is no protection.
    def only_children(parents: Parents, own: tuple[int, ...]) -> tuple[object, ...]:
        return tuple(SMALL if count < 3 else count for count in totals(parents, own))

    shown: dict[tuple[object, ...], set[tuple[int, ...]]] = defaultdict(set)
    for own in itertools.product([0], range(6), range(6)):
        shown[only_children((0, 0), own)].add(own)
    assert any(
        len({own[2] for own in group}) == 1 and {1} & {own[2] for own in group} for group in shown.values()
    )


@pytest.mark.parametrize(
    ("own", "masks"),
    [
        ((0, 5), (HIDDEN, "")),  # a body and its one cell with all of it: its own part would be told
        ((0, 5, 1), (HIDDEN, "", SMALL)),  # one child below 3
        ((0, 5, 1, 1), ("", "", SMALL, SMALL)),
        ((0, 5, 0, 0), (HIDDEN, "", SMALL, SMALL)),  # all must be 0
        ((0, 5, 2, 2), (HIDDEN, "", SMALL, SMALL)),  # all must be 2
        ((0, 2, 1), (HIDDEN, SMALL, SMALL)),  # 3 of at most 4
        ((0, 1, 1), (SMALL, SMALL, SMALL)),
        ((0, 1, 1, 1), ("", SMALL, SMALL, SMALL)),
        ((4, 5, 3), ("", "", "")),
    ],
)
def test_which_sums_are_shown(own: tuple[int, ...], masks: tuple[str, ...]) -> None:
    parents = tuple(0 for _ in own[1:])
    found = states(0, children_of(parents), dict(enumerate(totals(parents, own))))
    assert tuple(found[node] for node in range(len(own))) == masks


def test_what_is_hidden_hides_everything_above_it() -> None:
    # root ─ 1 ─ (2: five, 3: one), root ─ 4, 5, 6
    parents = (0, 1, 1, 0, 0, 0)
    own = (0, 0, 5, 1, 4, 1, 1)
    assert display(parents, own) == (HIDDEN, HIDDEN, 5, SMALL, 4, SMALL, SMALL)


#: Trees with one organisation (9) that moved from 1 to 2 within the year, both under 0; what else is under 0, 1 and 2.
MOVES = [
    {0: [1, 2], 1: [9], 2: [9]},
    {0: [1, 2, 3], 1: [9], 2: [9]},
    {0: [1, 2], 1: [9], 2: [9, 3, 4]},
    {0: [1, 2], 1: [9, 3], 2: [9, 4]},
    {0: [1, 2, 3], 1: [9, 4], 2: [9]},
    {0: [1, 2], 1: [9], 2: [9, 5], 9: [3, 4]},
    {0: [1, 2, 6], 1: [9], 2: [9], 9: [3, 4]},
]
SHOWN_MOVES = MOVES[1:]


@pytest.mark.parametrize("children", MOVES, ids=str)
def test_nor_does_a_move_within_the_year_tell_one(children: dict[int, list[int]]) -> None:
    leaves = [
        node for node in range(3, 10) if any(node in b for b in children.values()) and node not in children
    ]
    cells = [*leaves, "before"]  # of what moved: the part before the move

    def counted(world: dict) -> dict[int, int]:
        part = world["before"]
        inside = sum(world[n] for n in children.get(9, [9]))
        found = {n: world[n] for n in leaves} | {9: inside}
        for body in (1, 2):
            found[body] = sum(found[n] for n in children[body] if n != 9)
        found[1] += min(part, inside)
        found[2] += inside - min(part, inside)
        found[0] = sum(found[n] for n in children[0])
        return found

    alike = defaultdict(list)
    for values in itertools.product(range(6), repeat=len(cells)):
        counts = counted(dict(zip(cells, values, strict=True)))
        masks = states(0, children, counts, {9})
        assert {masks[1], masks[2], masks[9]} == {HIDDEN}
        alike[tuple(masks[n] or counts[n] for n in sorted(masks))].append(counts)
    told = [
        group[0]
        for group in alike.values()
        if min(counts[0] for counts in group) <= 5
        and any(len(v := {counts[n] for counts in group}) == 1 and v <= {1, 2} for n in group[0])
    ]
    assert told == []
    shows = any(isinstance(shown[0], int) for shown in alike)
    assert shows == (
        children in SHOWN_MOVES
    )  # where only what moved is unknown, nothing can be shown above it


def test_what_held_an_organisation_for_a_part_of_the_year_only_is_hidden_with_it() -> None:
    found = states(0, {0: [1, 2], 1: [3], 2: [3, 4]}, {0: 9, 1: 5, 2: 4, 3: 5, 4: 4}, {3})
    assert (found[1], found[2], found[3], found[4]) == (HIDDEN, HIDDEN, HIDDEN, "")


FAMILY = tuple(id for id in INDICATORS if id.startswith("discipline."))
HEADLINES = ("discipline.members", "discipline.organisations")
TREE = ("QS", "PA", "PA1", "PA2", "PB", "PB1", "PB2", "VP")
ABOVE: Parents = (0, 1, 1, 0, 4, 4, 0)
YEARS = (2022, 2023)


@pytest.fixture
def world(db):
    return make_world()


def plant(world, code: str, how_many: int, *, year: int = 2023, sealed: bool = False) -> None:
    """Decisions of a cell or body, written past the rules: only their number, place and day matter here."""
    common = {
        "organisation": world[code],
        "form": "warning",
        "ground": "duty",
        "decided_on": date(year, 6, 1),
        "recorded_at": timezone.now(),
        "sealed": sealed,
    }
    MemberDiscipline.objects.bulk_create(
        MemberDiscipline(member=world["M1"], **common) for _ in range(how_many)
    )
    OrganisationDiscipline.objects.bulk_create(OrganisationDiscipline(**common) for _ in range(how_many))


def seen(figure) -> object:
    assert not figure.mask or (figure.value, figure.numerator, figure.denominator, figure.records) == (
        None,
        None,
        None,
        0,
    )
    return figure.mask or figure.value


@pytest.mark.django_db
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(counts=st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=16, max_size=16))
def test_all_tables_together_show_only_what_the_tree_of_masks_allows(world, counts) -> None:
    """Every organisation, every year, every figure of the family, as child and as its own page; sealed ones too."""
    MemberDiscipline.objects.all().delete()
    OrganisationDiscipline.objects.all().delete()
    own = {year: tuple(n for n, _ in counts[8 * i : 8 * i + 8]) for i, year in enumerate(YEARS)}
    for i, year in enumerate(YEARS):
        for code, (how_many, sealed) in zip(TREE, counts[8 * i : 8 * i + 8], strict=True):
            plant(world, code, how_many, year=year, sealed=sealed)
    reader = world.users.get("reader") or add_user(world, "reader", "QS", "office")
    for year in YEARS:
        expected = dict(zip((world[code].pk for code in TREE), display(ABOVE, own[year]), strict=True))
        for code in TREE:
            figures = compute(world[code], str(year), ids=FAMILY, viewer=reader)
            for key, row in [(world[code].pk, figures.own), *figures.by_child.items()]:
                for id in FAMILY:
                    assert seen(row[id]) == (expected[key] if id in HEADLINES else DUTY), (code, year, id)


@pytest.mark.django_db
def test_every_other_moment_and_period_is_masked_whole(world) -> None:
    plant(world, "PA1", 9)
    reader = add_user(world, "reader", "QS", "office")
    whole = compute(world["QS"], "2023", ids=HEADLINES, viewer=reader)
    # 9 in one cell: the others under PA would be told to be 0, so PA and the district are hidden; the cell is not.
    assert seen(whole.own[HEADLINES[0]]) == HIDDEN
    assert seen(compute(world["PA1"], "2023", ids=HEADLINES, viewer=reader).own[HEADLINES[0]]) == 9
    asked = [
        compute(world["PA1"], "2023", as_at=date(2023, 6, 30), ids=FAMILY, viewer=reader),
        compute(world["PA1"], "2023-06", ids=FAMILY, viewer=reader),
        compute(world["PA1"], "2023-Q2", ids=FAMILY, viewer=reader),
        compute(world["PA1"], "2020-2025", ids=FAMILY, viewer=reader),
        compute(world["PA1"], "2023", as_known_at=timezone.now(), ids=FAMILY, viewer=reader),
        compute(world["PA1"], str(today().year), ids=FAMILY, viewer=reader),  # a year that is not over
    ]
    for figures in asked:
        assert {seen(figure) for figure in figures.own.values()} == {DUTY}


@pytest.mark.django_db
def test_who_holds_the_duty_and_the_operator_see_everything_and_other_figures_are_untouched(world) -> None:
    plant(world, "PA1", 2)
    ids = (*FAMILY, "members.total")
    inspector = add_user(world, "inspector", "QS", "inspection")
    below = add_user(world, "below", "PA", "inspection")
    add_user(world, "office", "QS", "office")
    for viewer in (None, inspector):
        figures = compute(world["QS"], "2023", ids=ids, viewer=viewer)
        assert (figures.own[HEADLINES[0]].value, figures.by_child[world["PA"].pk][HEADLINES[0]].value) == (
            2,
            2,
        )
        assert figures.own["discipline.members.warning"].value == 2
    assert compute(world["PA"], "2023", ids=ids, viewer=below).own[HEADLINES[0]].value == 2
    assert seen(compute(world["QS"], "2023", ids=ids, viewer=below).own[HEADLINES[0]]) == SMALL
    masked = compute(world["QS"], "2023", ids=ids, viewer=world.users["office"])
    assert masked.own["members.total"] == figures.own["members.total"]


@pytest.mark.django_db
def test_the_ways_around_compute_mask_as_well(world) -> None:
    plant(world, "PA1", 2, year=2022)
    reader = add_user(world, "reader", "QS", "office")
    now = compute(world["QS"], "2023", ids=HEADLINES, viewer=reader)
    assert seen(last_year(now).own[HEADLINES[0]]) == SMALL
    (several,) = compute_several(world["QS"], [(parse_period("2022"), None)], HEADLINES, viewer=reader)
    assert seen(several[HEADLINES[0]]) == SMALL
    ((_, figure),) = trend(HEADLINES[0], world["QS"], ["2022"], viewer=reader)
    assert figure is not None and seen(figure) == SMALL


#: Whatever hands figures to a page or file, and so must be told who is looking.
CALLS = {
    "compute",
    "compute_several",
    "trend",
    "progress",
    "progress_below",
    "targets_summary",
    "term_review",
    "gather",
    "build_pack",
    "write_pack",
    "preview_template",
}


def test_every_page_says_for_whom_it_asks_the_figures() -> None:
    code = Path(__file__).resolve().parents[2] / "tongket"
    silent, asked = [], 0
    for path in (code / "web").rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        names = {
            alias.asname or alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            and (node.module or "").startswith(("tongket.figures", "tongket.reports"))
            for alias in node.names
        }
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in CALLS & names
            ):
                asked += 1
                if "viewer" not in {keyword.arg for keyword in node.keywords}:
                    silent.append(f"{path.name}:{node.lineno}: {node.func.id}")
    assert silent == [] and asked > 12
