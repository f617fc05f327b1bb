"""Steps against a plain model: only legal moves, and the derived columns always equal a new reckoning."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.world import add_user, make_tree
from tongket.audit.records import current
from tongket.core.dates import today
from tongket.core.problems import Refused
from tongket.obligations.acts import hand_out, take_step, void_step
from tongket.obligations.derive import outcome_of, standing
from tongket.obligations.drafts import DemandDraft, StepDraft
from tongket.obligations.models import Obligation, Step

# The plain model: state -> what may follow, written anew from the words and not from rules.py.
MOVES = {
    "received": {"planned", "done", "reported", "extended", "reminded"},
    "planned": {"planned", "done", "reported", "extended", "reminded"},
    "done": {"reported", "extended", "reminded"},
    "reported": {"accepted", "returned"},
    "accepted": set(),
    "returned": {"planned", "done", "reported", "extended", "reminded"},
}
START = today() - timedelta(days=60)


class Steps(RuleBasedStateMachine):
    """Take and undo steps in any order; the model says which must be refused."""

    def __init__(self) -> None:
        super().__init__()
        self.history: list[tuple[str, date, date | None, int]] = []

    @initialize(due=st.integers(0, 40))
    def ask(self, due: int) -> None:
        world = make_tree()
        self.user = add_user(world, "ai", "QS", "office")
        self.due_on = START + timedelta(days=due)
        draft = DemandDraft(world["QS"], "report", "Báo cáo", START, self.due_on)
        self.obligation = Obligation.objects.get(demand=hand_out(draft, [world["PA"]], by=self.user))

    def _state(self) -> tuple[str, date, date | None, date | None]:
        state, deadline, fulfilled, then = "received", self.due_on, None, None
        for kind, on, until, _pk in self.history:
            if kind == "extended":
                deadline = until or deadline
            elif kind != "reminded":
                state = kind
                if kind == "reported":
                    fulfilled, then = on, deadline
                if kind == "returned":
                    fulfilled, then = None, None
        return state, deadline, fulfilled, then

    @rule(
        kind=st.sampled_from(sorted(set().union(*MOVES.values()))),
        on=st.integers(-2, 55),
        more=st.integers(-3, 30),
    )
    def step(self, kind: str, on: int, more: int) -> None:
        state, deadline, _fulfilled, _then = self._state()
        day = START + timedelta(days=on)
        until = deadline + timedelta(days=more) if kind == "extended" else None
        latest = max((d for k, d, _u, _p in self.history if k != "reminded"), default=START)
        legal = kind in MOVES[state] and day >= START and (kind == "reminded" or day >= latest)
        legal = legal and (until is None or (until > deadline and until >= day))
        draft = StepDraft(kind, day, "Nêu rõ", None, until)
        try:
            made = take_step(self.obligation, draft, by=self.user)
        except Refused:
            assert not legal, (kind, state, day)
        else:
            assert legal, (kind, state, day)
            self.history.append((kind, day, until, made.pk))

    @rule(place=st.integers(0, 9))
    def undo(self, place: int) -> None:
        if not self.history:
            return
        entry = self.history[-1 - place % len(self.history)]
        others = [one for one in self.history if one[0] != "reminded"]
        legal = entry[0] == "reminded" or others[-1] is entry
        try:
            void_step(Step.objects.get(pk=entry[3]), reason="ghi nhầm", by=self.user)
        except Refused:
            assert not legal
        else:
            assert legal
            self.history.remove(entry)

    @invariant()
    def derived_columns_equal_a_new_reckoning(self) -> None:
        if not hasattr(self, "obligation"):
            return
        row = Obligation.objects.get(pk=self.obligation.pk)
        state, deadline, fulfilled, then = self._state()
        assert (row.state, row.deadline, row.fulfilled_on) == (state, deadline, fulfilled)
        anew = standing(row.due_on, list(current(row.steps.all())))
        assert (row.state, row.deadline, row.fulfilled_on, row.last_step_on) == (
            anew.state,
            anew.deadline,
            anew.fulfilled_on,
            anew.last_step_on,
        )
        assert outcome_of(row, today()) == anew.outcome(today())
        if fulfilled is not None:
            assert outcome_of(row, today()) == ("on_time" if fulfilled <= (then or deadline) else "late")
        assert row.due_on == self.due_on  # the first deadline is kept


class Undone(Steps):
    """The machine in a transaction of its own: what one example wrote, the next does not see."""

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)


def test_no_order_of_steps_breaks_the_rules(db: None) -> None:
    run_state_machine_as_test(
        Undone, settings=settings(max_examples=20, stateful_step_count=15, deadline=None)
    )


@pytest.mark.parametrize(
    ("reported", "deadline", "outcome"),
    [
        (date(2024, 1, 5), date(2024, 1, 5), "on_time"),
        (date(2024, 1, 6), date(2024, 1, 5), "late"),
        (None, date(2024, 1, 5), "overdue"),
        (None, date(2024, 1, 10), "waiting"),
    ],
)
def test_late_counts_as_not_done(reported: date | None, deadline: date, outcome: str) -> None:
    row = Obligation(fulfilled_on=reported, deadline=deadline)
    assert outcome_of(row, date(2024, 1, 10)) == outcome
