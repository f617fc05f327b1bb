"""What the rule files hold once they are read: rules, their versions, the days without one, and what may go wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from tongket.core.citations import Citation, Mark
from tongket.core.dates import FOREVER, format_date

__all__ = ["BadRules", "Gap", "NoRuleInForce", "Rule", "UnknownRule", "Value", "Version"]

#: A parameter: a number, a word, or a frozen list or mapping of them.
Value = int | bool | str | Decimal | None | tuple["Value", ...] | Mapping[Any, "Value"]


class BadRules(ValueError):
    """The rule files are wrong; the message names the file and the key."""


class UnknownRule(LookupError):
    """No rule of that id."""


class NoRuleInForce(LookupError):
    """The rule exists, but no version of it is known for that day."""


@dataclass(frozen=True)
class Version:
    """What a rule said in one era; ``effective_until`` is its last day, None while it stands."""

    effective_from: date
    effective_until: date | None
    value: Value
    document: str
    document_date: date | None
    article: str
    mark: Mark
    source: str
    note: str = ""
    note_en: str = ""

    @property
    def last_day(self) -> date:
        """The last day in force, :data:`FOREVER` while it stands."""
        return self.effective_until or FOREVER

    def citation(self) -> Citation:
        """The document behind this version."""
        return Citation(self.document, self.document_date, self.article, self.mark, self.source)


@dataclass(frozen=True)
class Gap:
    """Days for which no version is known, said openly with the reason; ``end`` is None while that lasts."""

    start: date
    end: date | None
    reason: str

    @property
    def last_day(self) -> date:
        """The last day of the gap, :data:`FOREVER` while it lasts."""
        return self.end or FOREVER


@dataclass(frozen=True)
class Rule:
    """A rule by its id, with its versions from the oldest to the newest."""

    id: str
    name_vi: str
    name_en: str
    unit: str
    versions: tuple[Version, ...]
    gaps: tuple[Gap, ...] = field(default=())

    def name(self, lang: str = "vi") -> str:
        """The rule's name in the reader's language."""
        return self.name_en if lang.startswith("en") else self.name_vi

    def version_on(self, on: date) -> Version | None:
        """The version in force on a day, or None."""
        return next((v for v in self.versions if v.effective_from <= on <= v.last_day), None)

    def gap_on(self, on: date) -> Gap | None:
        """The declared gap that a day falls into, or None."""
        return next((gap for gap in self.gaps if gap.start <= on <= gap.last_day), None)

    def in_force(self, on: date) -> Version:
        """The version in force on a day. Raises :class:`NoRuleInForce`."""
        version = self.version_on(on)
        if version is not None:
            return version
        raise NoRuleInForce(f"Chưa có quy định “{self.name_vi}” ({self.id}) cho ngày {format_date(on)}.")
