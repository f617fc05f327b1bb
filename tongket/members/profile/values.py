"""The fields of a profile as they are stored."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tongket.core.identity import clean_digits
from tongket.core.text import tidy
from tongket.members.fields import FIELDS

# Details known without a starting day hold as far back as the register goes.
BEGINNING = date(1900, 1, 1)

#: Each field's blank.
EMPTY: dict[str, Any] = {
    f.name: (
        False if f.name == "birth_year_only" else None if f.name in {"birth_date", "youth_union"} else ""
    )
    for f in FIELDS
}


def stored(name: str, new: Any) -> Any:
    """A value as its column takes it: a blank is the column's own, text on one line, numbers without spaces."""
    if new is None:
        return EMPTY.get(name)
    text = tidy(new) if isinstance(new, str) else new
    return clean_digits(str(text)) if name == "national_id" and text else text


def clean(details: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as they are stored."""
    return {name: stored(name, new) for name, new in details.items()}
