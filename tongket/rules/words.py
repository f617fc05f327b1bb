"""A rule's value said as an office says it: numbers with their unit, lists, and rows of label and value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from tongket.core.numbers import format_number

from .model import BadRules, Rule, Value
from .reading import DATA, mapping_of, read_yaml

__all__ = ["Spoken", "said", "say", "words"]

#: Units that stand behind a number; others (mức, loại, điều kiện) name what the table is about.
_COUNTED = {
    "năm",
    "tháng",
    "ngày",
    "ngày làm việc",
    "%",
    "mm",
    "pt",
    "đồng/tháng",
    "lần mức lương cơ sở",
    "điểm trên 100",
    "đảng viên",
    "đảng viên chính thức",
    "lần",
    "lần/tháng",
    "năm tuổi đảng",
}


@dataclass(frozen=True)
class Spoken:
    """A value in words: one text, a list of items, or rows of label and text; the other two are empty."""

    text: str = ""
    items: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        if self.rows:
            return "; ".join(f"{label}: {text}" for label, text in self.rows)
        return self.text or ", ".join(self.items)


@cache
def words() -> Mapping[str, str]:
    """How each code is said. Raises :class:`BadRules` for a file that is no table of words."""
    found = mapping_of(read_yaml(DATA / "words.yaml").get("words"), "words.yaml: words")
    for code, text in found.items():
        if not isinstance(text, str) or not text.strip():
            raise BadRules(f"words.yaml: {code}: thiếu chữ; ghi cách gọi bằng tiếng Việt")
    return {str(code): text for code, text in found.items()}


def say(rule: Rule, value: Value) -> Spoken:
    """The value of one of the rule's versions in words."""
    if (
        isinstance(value, tuple | Mapping) and not value
    ):  # the version is known to be there, its content is not
        return Spoken(text="chưa biết")
    if isinstance(value, Mapping) and not _is_fraction(value):
        rows = tuple((_label(rule, key), said(rule, entry, key)) for key, entry in value.items())
        if all(label == text for label, text in rows):
            return Spoken(items=tuple(text for _, text in rows))
        return Spoken(rows=rows)
    if isinstance(value, tuple):
        if len(value) > 1 and all(
            isinstance(entry, int) for entry in value
        ):  # the unit is said once, at the end
            *first, last = value
            return Spoken(items=(*(format_number(int(str(x))) for x in first), said(rule, last)))
        return Spoken(items=tuple(said(rule, entry) for entry in value))
    return Spoken(text=said(rule, value))


def said(rule: Rule, value: Value, under: object = None) -> str:
    """A value in one text; ``under`` is the label's code where the value stands in a row."""
    if value is None:
        return words().get(f"{rule.id}/null", "chưa biết")
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, int | Decimal):
        return _number(rule, value, under)
    if isinstance(value, str):
        return _word(rule, value)
    if isinstance(value, Mapping):
        return _said_mapping(rule, value, under)
    if len(value) == 2 and all(isinstance(x, int) for x in value):
        low, high = (format_number(int(str(x))) for x in value)
        return low if low == high else f"{low}-{high}"  # a lowest and a highest size
    return ", ".join(said(rule, entry) for entry in value)


def _said_mapping(rule: Rule, value: Mapping[object, Value], under: object) -> str:
    if _is_fraction(value):
        share = f"{value['numerator']}/{value['denominator']}"
        if "more_than" not in value:
            return share
        return f"quá {share}" if value["more_than"] else f"ít nhất {share}"
    if "name_vi" in value:  # a kind of document: its symbol where the row's own label is another
        symbol = "" if value["symbol"] == under else f" (ký hiệu {value['symbol']})"
        return f"{value['name_vi']}{symbol}"
    return "; ".join(f"{_label(rule, key)}: {said(rule, entry, key)}" for key, entry in value.items())


def _is_fraction(value: Mapping[object, Value]) -> bool:
    return "numerator" in value and "denominator" in value


def _number(rule: Rule, value: int | Decimal, under: object) -> str:
    text = format_number(value, 0 if value == int(value) else 1)
    # A label that carries a unit of its own (tháng, %) is not said twice.
    own_unit = isinstance(under, str) and any(part in under for part in ("months", "percent", "extensions"))
    if rule.unit not in _COUNTED or own_unit:
        return text
    return f"{text}%" if rule.unit == "%" else f"{text} {rule.unit}"


def _label(rule: Rule, key: object) -> str:
    own = words().get(f"{rule.id}/{key}")
    if own:
        return own
    if isinstance(key, int):
        return words().get(f"{rule.id}/#", "{}").format(key)
    return _word(rule, str(key))


def _word(rule: Rule, code: str) -> str:
    return words().get(f"{rule.id}/{code}") or words().get(code) or code
