"""The fields that are compared: what they are called, how their values are written, which may be taken over."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.crypto import salted_hmac

from tongket.core.dates import format_date
from tongket.core.text import fold
from tongket.intake.columns import Column
from tongket.intake.headers.recognise import columns_of
from tongket.intake.records.people import MEMBERS
from tongket.members.fields import BY_NAME, RESTRICTED
from tongket.members.layouts import STATUS

ORGANISATION, STATUS_FIELD = "organisation", "status"
CARD = ("card_number", "card_issued_on")
DATES = ("first_admitted_on", "official_on")

#: In the order in which a person is read.
NAMES: tuple[str, ...] = (
    *(name for name in BY_NAME if name != "birth_year_only"),
    ORGANISATION,
    *CARD,
    *DATES,
    STATUS_FIELD,
)
_COLUMNS: Mapping[str, Column] = columns_of(MEMBERS)
_ACTIVE = frozenset({"dang sinh hoat", "dang hoat dong", "hoat dong", "chinh thuc", "du bi"})
_BY_TEXT = {fold(text): key for key, text in STATUS.items()}


def label(name: str) -> str:
    """What the screen calls a field; "" is the person as a whole."""
    return _COLUMNS[name].header if name in _COLUMNS else ""


def restricted(name: str) -> bool:
    """Whether the field is hidden until asked for."""
    return name in RESTRICTED


HIDDEN: tuple[str, ...] = tuple(name for name in NAMES if restricted(name))


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as one side names it: the organisations of ours that it can be, and its text."""

    keys: tuple[int, ...]
    text: str


def blank(value: Any) -> bool:
    """Whether a value says nothing."""
    return value is None or value == ""


def same(name: str, ours: Any, theirs: Any) -> bool:
    """Whether both sides say the same. A cell named by a text that fits several agrees with each of them."""
    if name == ORGANISATION:
        return bool(set(ours.keys) & set(theirs.keys)) or fold(ours.text) == fold(theirs.text)
    return bool(ours == theirs)


def written(name: str, value: Any) -> str:
    """A value as a person reads it."""
    if blank(value):
        return ""
    if isinstance(value, Cell):
        return value.text
    if name == "birth_date":
        day, year_only = value
        return str(day.year) if year_only else format_date(day)
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if name == STATUS_FIELD:
        return STATUS.get(value, str(value))
    column = _COLUMNS.get(name)
    if column is not None and column.codes is not None and value in column.codes.values:
        return column.codes.label(value)
    return str(value)


def alike(ours: str, theirs: str) -> bool:
    """Whether two texts differ only in capitals, diacritics, spaces or signs."""
    return _letters(ours) == _letters(theirs) != ""


def _letters(text: str) -> str:
    return "".join(letter for letter in fold(text) if letter.isalnum())


@lru_cache(maxsize=512)
def status_of(text: str) -> str:
    """The key of a status of another list; its own text where we do not know it, "" for a blank."""
    folded = fold(text).strip(" .")
    return "active" if folded in _ACTIVE else _BY_TEXT.get(folded, text.strip())


def stored(name: str, value: Any) -> Any:
    """A value as it is kept in JSON until it is decided on; None for one that the register cannot take."""
    if blank(value) or name == STATUS_FIELD:
        return None
    if isinstance(value, Cell):
        return value.keys[0] if len(value.keys) == 1 else None
    if name == "birth_date":
        return [value[0].isoformat(), value[1]]
    return value.isoformat() if isinstance(value, date) else value


def restored(name: str, kept: Any) -> dict[str, Any]:
    """The columns of the register that a kept value fills."""
    if name == "birth_date":
        return {"birth_date": date.fromisoformat(kept[0]), "birth_year_only": kept[1]}
    if name in (*DATES, "card_issued_on"):
        return {name: date.fromisoformat(kept)}
    return {name: kept}


def mark(*parts: Any) -> str:
    """A keyed mark of values: tells that they are the same again, and nothing else to whoever reads the table."""
    text = json.dumps(parts, ensure_ascii=False, default=str)
    return salted_hmac("tongket.reconcile", text, algorithm="sha256").hexdigest()
