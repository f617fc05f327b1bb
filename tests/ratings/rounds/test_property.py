"""Random chains against a reading by hand: the level that stands, and the list that always adds up."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tongket.ratings.rounds.deciding.acts import Readiness
from tongket.ratings.rounds.lists import Listed, compare
from tongket.ratings.rounds.models import RatingCandidate
from tongket.ratings.rounds.queries import STAGES, CandidateState, StepState

LEVELS = ("excellent", "good", "completed", "failed")
chains = st.lists(st.tuples(st.sampled_from(STAGES), st.sampled_from(LEVELS)), max_size=9)
reasons = st.sampled_from(("", "", "", "exempt", "suspended", "other"))


def _state(number: int, chain: list[tuple[str, str]], reason: str) -> CandidateState:
    steps = tuple(StepState(n, stage, date(2023, 12, 1), level) for n, (stage, level) in enumerate(chain))
    return CandidateState(number, 1, "A", "A", number, f"M{number}", "An", "", "", reason, "", steps)


def _by_hand(chain: list[tuple[str, str]], reason: str) -> tuple[str, str]:
    """Read the chain as a clerk would: go from the paper on top of the file down, stop at the first that counts."""
    if reason:
        return "not_rated", ""
    for wanted in ("decision", "appraisal", "vote"):
        levels = [level for stage, level in chain if stage == wanted]
        if levels:
            return levels[-1], wanted
    return "", ""


@given(chains, reasons)
@settings(max_examples=400, deadline=None)
def test_the_level_that_stands_equals_a_reading_by_hand(chain, reason):
    state = _state(1, chain, reason)
    assert (state.level, state.level_from) == _by_hand(chain, reason)
    # What one says of oneself, and what others say, changes nothing.
    without = [(stage, level) for stage, level in chain if stage not in ("self", "opinion")]
    assert _state(1, without, reason).level == state.level


@given(st.lists(st.tuples(chains, reasons), max_size=30))
@settings(max_examples=200, deadline=None)
def test_rated_and_aside_and_not_rated_yet_always_make_the_list(people):
    states = tuple(_state(n, chain, reason) for n, (chain, reason) in enumerate(people))
    ready = Readiness(states)
    read = [_by_hand(chain, reason) for chain, reason in people]
    rated = [level for level, _ in read if level in LEVELS]
    assert len(rated) + len(ready.aside) + len(ready.missing) == len(people)
    assert ready.adds_up
    assert {code: n for code, _, n in ready.by_level} == {
        **{code: rated.count(code) for code in LEVELS},
        "not_rated": sum(1 for _, reason in people if reason),
    }


_PEOPLE = range(1, 7)
_row = st.tuples(st.sampled_from((1, 2)), reasons)


@given(
    st.dictionaries(st.sampled_from(_PEOPLE), st.tuples(_row, st.booleans())),
    st.dictionaries(st.sampled_from(_PEOPLE), _row),
)
@settings(max_examples=400, deadline=None)
def test_a_list_read_again_is_that_of_the_register_but_for_what_was_done_by_hand(standing, wanted):
    rows = {
        who: RatingCandidate(
            pk=who, member_id=who, organisation_id=cell, reason=reason, reason_note="vì" if by_hand else ""
        )
        for who, ((cell, reason), by_hand) in standing.items()
    }
    register = {who: Listed(cell, who, "", reason) for who, (cell, reason) in wanted.items()}
    changes = compare(rows, register)
    after = {who: (row.organisation_id, row.reason) for who, row in rows.items()}
    for row in changes.left:
        del after[row.member_id]
    for row, one in changes.replaced:
        after[row.member_id] = (one.organisation_id, row.reason if row.reason_note else one.reason)
    for one in changes.came:
        after[one.member_id] = (one.organisation_id, one.reason)
    expected = dict(wanted)
    for who, ((cell, reason), by_hand) in standing.items():
        if by_hand and who in wanted:
            expected[who] = (wanted[who][0], reason)
        elif by_hand and not reason:
            expected[who] = (cell, reason)
    assert after == expected
    replaced = [row.pk for row, _ in changes.replaced]
    assert len(replaced) == len(set(replaced))
