"""What goes on in the hall, folded from the `Floor` rows alone: the open item, who speaks, who waits.

Plain Python over rows with `kind`, `item`, `speaker`, `topic`, `at`, `pk`: at most one item is open, at most one person
speaks, and only under an open item. What may happen next is said here once, for the acts and for the buttons.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from tongket.core.text import tidy

ITEM_START, ITEM_END = "item_start", "item_end"
QUEUED, SPEAK_START, SPEAK_END = "queued", "speak_start", "speak_end"
KINDS = (ITEM_START, ITEM_END, QUEUED, SPEAK_START, SPEAK_END)


@dataclass(frozen=True, slots=True)
class Speaking:
    """A person's turn at the lectern; `until` None: still speaking."""

    name: str
    topic: str
    item: UUID | None
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Running:
    """A stretch of time in which an item was open; `until` None: still open."""

    item: UUID
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A person on the list of speakers; `pk` is the row that put him there."""

    pk: int
    name: str
    topic: str


@dataclass(frozen=True, slots=True)
class HallState:
    """The hall at one moment, and all turns and items so far in their order."""

    items: tuple[Running, ...] = ()
    speakers: tuple[Speaking, ...] = ()
    queue: tuple[Waiting, ...] = ()

    @property
    def open_item(self) -> Running | None:
        """The item under discussion, or None between items."""
        last = self.items[-1] if self.items else None
        return last if last is not None and last.until is None else None

    @property
    def speaking(self) -> Speaking | None:
        """Who has the floor, or None."""
        last = self.speakers[-1] if self.speakers else None
        return last if last is not None and last.until is None else None

    def done(self) -> frozenset[UUID]:
        """Items that were opened and ended."""
        return frozenset(one.item for one in self.items if one.until is not None)


def fold_floor(rows: Iterable[Any]) -> HallState:
    """The state after these standing rows, in the order in which they were recorded.

    A row that cannot follow the state before it (only possible past the acts) changes nothing.
    """
    state = HallState()
    for row in rows:
        if not refusal(state, row.kind, item=row.item, speaker=row.speaker):
            state = _after(state, row)
    return state


def refusal(state: HallState, kind: str, *, item: UUID | None = None, speaker: str = "") -> str:
    """Why `kind` may not happen now, with the remedy; "" when it may."""
    if kind == ITEM_START:
        return _no_item(state, item)
    if kind == ITEM_END and state.speaking is not None:
        return f"“{state.speaking.name}” đang phát biểu. Hãy kết thúc phát biểu trước."
    if state.open_item is None:
        return "Chưa mở nội dung nào. Hãy bấm “Bắt đầu” ở một nội dung trước."
    if kind == SPEAK_END:
        return "" if state.speaking else "Không có ai đang phát biểu. Hãy mở lại trang."
    if kind == SPEAK_START and state.speaking is not None:
        return f"“{state.speaking.name}” đang phát biểu. Hãy kết thúc phát biểu ấy rồi mời người tiếp theo."
    if kind in (QUEUED, SPEAK_START) and not tidy(speaker):
        return "Chưa ghi tên người phát biểu. Hãy ghi họ và tên."
    if kind == QUEUED:
        return _twice(state, speaker)
    return "" if kind in KINDS else f"Không rõ việc “{kind}”."


def _no_item(state: HallState, item: UUID | None) -> str:
    if item is None:
        return "Chưa chọn nội dung. Hãy chọn một nội dung trong chương trình."
    if state.open_item is not None:
        return "Đang có một nội dung mở. Hãy kết thúc nội dung ấy trước khi mở nội dung khác."
    return ""


def _twice(state: HallState, speaker: str) -> str:
    if any(_same(one.name, speaker) for one in state.queue):
        return f"“{speaker}” đã có trong danh sách chờ. Nếu là người khác trùng tên, hãy ghi thêm chức vụ hoặc đơn vị."
    return ""


def _after(state: HallState, row: Any) -> HallState:
    if row.kind == ITEM_START:
        return replace(state, items=(*state.items, Running(row.item, row.at)), queue=())
    if row.kind == ITEM_END:
        # Who still waits was to speak under this item: the list ends with it.
        return replace(state, items=_ended(state.items, row.at), queue=())
    if row.kind == SPEAK_END:
        return replace(state, speakers=_ended(state.speakers, row.at))
    if row.kind == QUEUED:
        return replace(state, queue=(*state.queue, Waiting(row.pk, row.speaker, row.topic)))
    waited = next((one for one in state.queue if _same(one.name, row.speaker)), None)
    topic = row.topic or (waited.topic if waited else "")
    item = state.open_item.item if state.open_item else None
    return replace(
        state,
        speakers=(*state.speakers, Speaking(row.speaker, topic, item, row.at)),
        queue=tuple(one for one in state.queue if one is not waited),
    )


def _ended(turns: tuple[Any, ...], at: datetime) -> tuple[Any, ...]:
    return (*turns[:-1], replace(turns[-1], until=at))


def _same(one: str, other: str) -> bool:
    # Marks count: Ân is not An.
    return tidy(one).casefold() == tidy(other).casefold()
