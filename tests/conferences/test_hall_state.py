"""The hall folded from its rows: never two items, never two speakers, and undoing goes back exactly."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tongket.conferences.hall.state import KINDS, HallState, fold_floor, refusal

START = datetime(2023, 12, 28, 13, 30)
ITEMS = [UUID(int=n) for n in (1, 2, 3)]
NAMES = ["An", "Ân", "Bình"]


@dataclass(frozen=True)
class Row:
    kind: str
    item: UUID | None = None
    speaker: str = ""
    topic: str = ""
    pk: int = 0
    at: datetime = field(default=START)


deeds = st.lists(
    st.builds(
        Row,
        kind=st.sampled_from(KINDS),
        item=st.none() | st.sampled_from(ITEMS),
        speaker=st.sampled_from(["", *NAMES]),
    ),
    max_size=40,
)


def _numbered(rows: list[Row]) -> list[Row]:
    return [
        Row(r.kind, r.item, r.speaker, r.topic, n + 1, START + timedelta(minutes=n))
        for n, r in enumerate(rows)
    ]


def _allowed(rows: list[Row]) -> list[Row]:
    """What the acts would have let through."""
    kept: list[Row] = []
    for row in _numbered(rows):
        if not refusal(fold_floor(kept), row.kind, item=row.item, speaker=row.speaker):
            kept.append(row)
    return kept


@given(deeds)
def test_at_most_one_item_is_open_and_one_person_speaks_and_only_under_an_open_item(rows: list[Row]) -> None:
    kept = _allowed(rows)
    for end in range(len(kept) + 1):
        state = fold_floor(kept[:end])
        assert sum(one.until is None for one in state.items) <= 1
        assert sum(one.until is None for one in state.speakers) <= 1
        assert all(one.until is not None for one in state.items[:-1])
        if state.speaking is not None:
            assert state.open_item is not None
            assert state.speaking.item == state.open_item.item
        if state.open_item is None:
            assert state.queue == ()


@given(deeds)
def test_rows_that_could_not_follow_change_nothing(rows: list[Row]) -> None:
    numbered = _numbered(rows)
    assert fold_floor(numbered) == fold_floor(_allowed(rows))


@given(deeds)
def test_without_its_last_row_the_state_is_what_it_was_before(rows: list[Row]) -> None:
    kept = _allowed(rows)
    seen: list[HallState] = []
    for end in range(len(kept) + 1):
        seen.append(fold_floor(kept[:end]))
    while kept:
        kept.pop()
        seen.pop()
        assert fold_floor(kept) == seen[-1]


@given(deeds)
def test_items_and_turns_lie_one_after_the_other(rows: list[Row]) -> None:
    state = fold_floor(_allowed(rows))
    runs: list[tuple[Any, ...]] = [state.items, state.speakers]
    for turns in runs:
        for before, after in pairwise(turns):
            assert before.until is not None
            assert before.until <= after.since


def test_a_name_waits_once_but_marks_make_another_name() -> None:
    rows = [Row("item_start", ITEMS[0]), Row("queued", speaker="Nguyễn Văn An")]
    state = fold_floor(rows)
    assert "trùng tên" in refusal(state, "queued", speaker="nguyễn văn  an")
    assert refusal(state, "queued", speaker="Nguyễn Văn Ân") == ""


def test_who_is_called_leaves_the_list_with_the_topic_he_announced() -> None:
    rows = [
        Row("item_start", ITEMS[0]),
        Row("queued", speaker="An", topic="Phát triển đảng viên"),
        Row("queued", speaker="Bình"),
        Row("speak_start", speaker="An"),
    ]
    state = fold_floor(rows)
    assert [one.name for one in state.queue] == ["Bình"]
    assert state.speaking is not None
    assert state.speaking.topic == "Phát triển đảng viên"
    assert "đang phát biểu" in refusal(state, "speak_start", speaker="Bình")
    assert "đang phát biểu" in refusal(state, "item_end")
