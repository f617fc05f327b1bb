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
    by_code: dict[str, Organisation] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, organisations: Iterable[Organisation], names: Mapping[int, str]) -> "Naming":
        """`names`: the folded names of all organisations by key, so that one can be told by what it belongs to."""
        found = cls(names=dict(names))
        for organisation in organisations:
            if organisation.is_alive:
                found.by_name.setdefault(fold(organisation.name), []).append(organisation)
                found.by_code[fold(organisation.code)] = organisation
        return found

    def find(self, text: str) -> list[Organisation]:
        """Those that the text can mean: none, one, or several of the same name."""
        whole = self.by_name.get(fold(text), [])
        if whole:
            return whole
        first, rest = self._longest_name(text)
        above = [fold(part).strip(" )") for part in _BELONGS.split(rest) if part.strip(" )")]
        same = self.by_name.get(first, [])
        coded = self.by_code.get(above[-1]) if above else None
        if coded in same:
            return [coded]
        for parent in above:
            narrowed = [o for o in same if self._belongs(o, parent)]
            same = narrowed or same
        return same

    def _longest_name(self, text: str) -> tuple[str, str]:
        """The longest beginning that is a name, and what comes after: names hold dashes and commas of their own."""
        cuts = [(found.start(), found.end()) for found in _BELONGS.finditer(text)] or [(len(text), len(text))]
        for start, end in reversed(cuts):
            if fold(text[:start]) in self.by_name:
                return fold(text[:start]), text[end:]
        return fold(text[: cuts[0][0]]), text[cuts[0][1] :]

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
