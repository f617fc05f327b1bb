"""The cells of the grid: which columns a stage has, what was typed in them, and the drafts that follow."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from tongket.audit.records import current
from tongket.core.numbers import BadNumber, format_number, parse_number
from tongket.core.problems import Problem
from tongket.core.text import fold, tidy
from tongket.ratings.rounds.drafts import StepDraft
from tongket.ratings.rounds.models import RatingCandidate, RatingStep

#: An opinion names a body and is entered on the candidate's own page; the other stages fit a grid.
STAGES = ("self", "vote", "appraisal", "decision")
#: Only the organisation that rates enters these.
RATERS_ONLY = frozenset({"appraisal", "decision"})
#: The letter by which an office abbreviates each level.
LETTERS: Mapping[str, str] = {"excellent": "X", "good": "T", "completed": "H", "failed": "K"}
_SHORT: Mapping[str, tuple[str, ...]] = {
    "excellent": ("x", "xs", "xuat sac", "htxs", "htxsnv", "hoan thanh xuat sac"),
    "good": ("t", "tot", "htt", "httnv", "hoan thanh tot"),
    "completed": ("h", "ht", "htnv", "hoan thanh"),
    "failed": ("k", "kht", "khtnv", "khong hoan thanh"),
}
COUNTS = ("base", "excellent", "good", "completed", "failed")
_YES, _NO = frozenset({"1", "x", "co", "on", "dung"}), frozenset({"", "0", "khong"})
_TITLES: Mapping[str, str | Promise] = {
    "level": gettext_lazy("Mức"),
    "score": gettext_lazy("Điểm"),
    "base": gettext_lazy("Có quyền"),
    "excellent": gettext_lazy("Phiếu X"),
    "good": gettext_lazy("Phiếu T"),
    "completed": gettext_lazy("Phiếu H"),
    "failed": gettext_lazy("Phiếu K"),
    "remedied": gettext_lazy("Tự phát hiện, đã khắc phục"),
}


@dataclass(frozen=True, slots=True)
class GridColumn:
    """One column to type in: the draft's field, its heading, and how it is typed ("level", "number", "tick")."""

    name: str
    title: str | Promise
    kind: str


def columns_of(stage: str) -> list[GridColumn]:
    """The columns of a stage, in the order in which a block is pasted."""
    names = [
        "level",
        "score",
        *(COUNTS if stage == "vote" else ()),
        *(() if stage == "self" else ("remedied",)),
    ]
    kinds = {"level": "level", "remedied": "tick"}
    return [GridColumn(name, _TITLES[name], kinds.get(name, "number")) for name in names]


def words_of(names: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """By level, everything that may be typed or pasted for it, folded: letters, abbreviations, the rule's own words."""
    return {level: tuple(dict.fromkeys((*_SHORT[level], fold(name), level))) for level, name in names.items()}


def level_of(text: str, names: Mapping[str, str]) -> str | None:
    """The level that a word stands for, "" for an empty cell, None for a word that is none."""
    typed = fold(text)
    if not typed:
        return ""
    return next((level for level, words in words_of(names).items() if typed in words), None)


def shown(step: RatingStep | None, column: GridColumn) -> str:
    """What stands in a cell."""
    value = getattr(step, column.name) if step is not None else None
    if column.kind == "tick":
        return "1" if value else ""
    if value is None:
        return ""
    return format_number(value) if isinstance(value, Decimal) else str(value)


@dataclass
class Row:
    """One line: the candidate, the step of the stage as it stands, what was typed, what is wrong with it."""

    number: int
    candidate: RatingCandidate
    step: RatingStep | None
    typed: dict[str, str]
    errors: dict[str, list[str]] = field(default_factory=dict)

    @property
    def key(self) -> int:
        """The candidate's id."""
        return self.candidate.pk

    @property
    def who(self) -> Any:
        """The member, or the body."""
        return self.candidate.member or self.candidate.organisation

    @property
    def editable(self) -> bool:
        """Whether the line can be typed in: who is not rated has no level."""
        return not self.candidate.reason

    def wrong(self, name: str, message: str) -> None:
        """Note what is wrong with a cell."""
        self.errors.setdefault(name, []).append(message)


def rows_of(candidates: Sequence[RatingCandidate], stage: str, first: int) -> list[Row]:
    """The lines of a page as they stand; one query."""
    columns = columns_of(stage)
    steps = current(RatingStep.objects.filter(candidate__in=[row.pk for row in candidates], stage=stage))
    standing = {step.candidate_id: step for step in steps}
    return [
        Row(
            number, row, standing.get(row.pk), {one.name: shown(standing.get(row.pk), one) for one in columns}
        )
        for number, row in enumerate(candidates, start=first)
    ]


def read(rows: Sequence[Row], stage: str, sent: Mapping[str, Any]) -> None:
    """Put what was sent into the lines, and say where a line was changed by somebody else meanwhile."""
    for row in rows:
        if not row.editable or f"buoc-{row.key}" not in sent:
            continue
        before = str(sent.get(f"buoc-{row.key}", ""))
        fresh = {one.name: tidy(str(sent.get(f"{one.name}-{row.key}", ""))) for one in columns_of(stage)}
        if before != (str(row.step.pk) if row.step else "") and fresh != row.typed:
            row.wrong("level", "Người khác vừa ghi dòng này. Hãy mở lại trang rồi nhập lại dòng này.")
        row.typed = fresh


def drafts_of(
    rows: Sequence[Row], stage: str, on: date | None, names: Mapping[str, str]
) -> list[tuple[Row, StepDraft]]:
    """The drafts of all changed lines. What cannot be read is noted at its cell, and that line gives no draft.

    A line that has its step keeps the step's day; `on` is the day of the lines entered now.
    """
    found = []
    for row in rows:
        if not row.editable or row.errors:
            continue
        values = {one.name: _value(row, one, names) for one in columns_of(stage)}
        if row.errors or _unchanged(row, values):
            continue
        day = row.step.on if row.step else on
        if not values["level"]:
            row.wrong("level", _no_level(row))
        elif day is not None:
            found.append((row, _draft(row, stage, day, values)))
    return found


def _no_level(row: Row) -> str:
    if row.step is not None:
        return "Không xóa bước đã ghi ở bảng. Hãy chọn lại mức; hoặc hủy bước ở trang của trường hợp này, kèm lý do."
    return "Chưa chọn mức. Gõ X, T, H hoặc K."


def _unchanged(row: Row, values: Mapping[str, Any]) -> bool:
    if row.step is None:
        return not any(value not in ("", None, False) for value in values.values())
    return all(getattr(row.step, name) == value for name, value in values.items())


def _draft(row: Row, stage: str, on: date, values: Mapping[str, Any]) -> StepDraft:
    # What the grid of this stage does not show stays as it was recorded.
    kept = {name: getattr(row.step, name) for name in (*COUNTS, "body", "remedied")} if row.step else {}
    return StepDraft(candidate=row.candidate, stage=stage, on=on, **{**kept, **values})


def _value(row: Row, column: GridColumn, names: Mapping[str, str]) -> Any:
    text = row.typed[column.name]
    if column.kind == "level":
        level = level_of(text, names)
        if level is None:
            row.wrong(
                "level", f"“{text[:30]}” không phải là mức. Gõ X, T, H hoặc K, hoặc chọn trong danh sách."
            )
        return level
    if column.kind == "tick":
        if fold(text) not in _YES | _NO:
            row.wrong(column.name, f"“{text[:30]}” không đọc được. Gõ x cho có, để trống cho không.")
        return fold(text) in _YES
    return _number(row, column, text)


def _number(row: Row, column: GridColumn, text: str) -> int | Decimal | None:
    if not text:
        return None
    if column.name != "score":
        if re.fullmatch(r"\d{1,5}", text):
            return int(text)
        row.wrong(column.name, f"“{text[:20]}” không phải là số phiếu. Hãy gõ một số nguyên.")
        return None
    try:
        score = parse_number(text)
    except BadNumber as error:
        row.wrong("score", str(error))
        return None
    if score.as_tuple().exponent < -2:  # type: ignore[operator]
        row.wrong("score", f"Điểm {text[:20]} có quá hai chữ số lẻ. Hãy làm tròn, ví dụ 91,25.")
    return score.quantize(Decimal("0.01"))


def put_back(
    pairs: Sequence[tuple[Row, StepDraft]], problems: Sequence[Problem], shown_names: set[str]
) -> list[str]:
    """Note what the rules say at the cells it is about; what concerns no cell comes back as lines for the page."""
    above = []
    for problem in problems:
        row = pairs[problem.index][0] if problem.index < len(pairs) else None
        if row is None or problem.field == "on":
            above.append(problem.message)
        else:
            row.wrong(problem.field if problem.field in shown_names else "level", problem.message)
    return list(dict.fromkeys(above))


def faults(rows: Sequence[Row]) -> Iterator[tuple[Row, str, str]]:
    """All that is wrong, line by line: for the list above the grid."""
    for row in rows:
        for name, messages in row.errors.items():
            for message in messages:
                yield row, name, message
