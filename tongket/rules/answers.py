"""What `./run rules` answers: the rules in force on a day, as lines or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from tongket.core.citations import MARKS
from tongket.core.dates import format_date, parse_date

from .catalogue import all_rules, rule
from .model import Rule, UnknownRule, Version
from .words import say

__all__ = ["answer"]


def answer(on: str, id: str | None = None, *, as_json: bool = False) -> str:
    """The rules (or the one of that id) in force on a day that was typed in.

    Raises ValueError with one line to print for a bad date or an unknown id.
    """
    day = parse_date(on)
    try:
        asked = (rule(id),) if id else all_rules()
    except UnknownRule as unknown:
        raise ValueError(f"{unknown.args[0]} Xem các mã bằng ./run rules --on {on}") from None
    if as_json:
        return json.dumps(_as_json(asked, day), ensure_ascii=False, indent=2)
    return "\n".join(_lines(asked, day))


def _lines(asked: Iterable[Rule], day: date) -> list[str]:
    lines = [f"Quy định có hiệu lực ngày {format_date(day)}"]
    for one in asked:
        version = one.version_on(day)
        if version is None:
            lines.append(f"{one.id:24} {one.name_vi}: {_missing(one, day)}")
        else:
            lines.append(
                f"{one.id:24} {one.name_vi}: {say(one, version.value)} [{version.citation().label()}]"
            )
    return lines


def _missing(one: Rule, day: date) -> str:
    gap = one.gap_on(day)
    return "chưa có quy định cho ngày này" + (f" ({gap.reason})" if gap else "")


def _as_json(asked: Iterable[Rule], day: date) -> dict[str, Any]:
    return {"on": day.isoformat(), "rules": [_entry(one, one.version_on(day), day) for one in asked]}


def _entry(one: Rule, version: Version | None, day: date) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": one.id, "name": one.name_vi, "name_en": one.name_en, "unit": one.unit}
    if version is None:
        return entry | {"in_force": False, "reason": _missing(one, day)}
    return entry | {
        "in_force": True,
        "value": plain(version.value),
        "in_words": str(say(one, version.value)),
        "effective_from": version.effective_from.isoformat(),
        "effective_until": version.effective_until.isoformat() if version.effective_until else None,
        "document": version.document,
        "document_date": version.document_date.isoformat() if version.document_date else None,
        "article": version.article,
        "mark": version.mark,
        "mark_in_words": MARKS[version.mark][0],
        "source": version.source,
        "note": version.note,
    }


def plain(value: Any) -> Any:
    """A frozen value as JSON can write it; decimals stay exact, as text."""
    if isinstance(value, tuple):
        return [plain(entry) for entry in value]
    if hasattr(value, "items"):
        return {str(key): plain(entry) for key, entry in value.items()}
    return value if value is None or isinstance(value, bool | int | str) else str(value)
