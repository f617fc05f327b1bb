"""Organisations as lists of other systems name them: by code, by name, or by name and what it belongs to."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from tongket.core.text import fold
from tongket.organisations.models import Organisation

_BELONGS = re.compile(r"\s+(?:thuộc|trực thuộc)\s+|\s*[,;/(]\s*|\s+[-–—]\s+", re.IGNORECASE)


@dataclass(slots=True)
class Naming:
    """The organisations that an importer may name, by folded name."""

    by_name: dict[str, list[Organisation]] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, organisations: Iterable[Organisation], names: Mapping[int, str]) -> "Naming":
        """`names`: the folded names of all organisations by key, so that one can be told by what it belongs to."""
        found = cls(names=dict(names))
        for organisation in organisations:
            if organisation.is_alive:
                found.by_name.setdefault(fold(organisation.name), []).append(organisation)
        return found

    def find(self, text: str) -> list[Organisation]:
        """Those that the text can mean: none, one, or several of the same name."""
        whole = self.by_name.get(fold(text), [])
        if whole:
            return whole
        parts = [fold(part).strip(" )") for part in _BELONGS.split(text) if part.strip(" )")]
        if not parts:
            return []
        first, *above = parts
        same = self.by_name.get(first, [])
        for parent in above:
            narrowed = [o for o in same if self._belongs(o, parent)]
            same = narrowed or same
        return same

    def _belongs(self, organisation: Organisation, parent: str) -> bool:
        return organisation.parent_id is not None and self.names.get(organisation.parent_id) == parent

    def near(self, text: str) -> str:
        """The code of the one whose name is most like the text; "" when none is."""
        close = get_close_matches(fold(text), list(self.by_name), 1, 0.8)
        return self.by_name[close[0]][0].code if close else ""


def said_several(text: str, found: Iterable[Organisation]) -> str:
    """The refusal of a name that several organisations bear."""
    codes = "; ".join(o.code for o in found)
    return f"Có nhiều tổ chức tên “{text}”. Ghi mã: {codes}; hoặc ghi thêm đảng bộ cấp trên sau dấu phẩy."
