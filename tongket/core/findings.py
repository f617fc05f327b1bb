"""What a check of a rule found, in both languages and with the rule behind it.

Checks that know the field they look at give a :class:`~tongket.core.problems.Problem`
straight away; those here know only values, and :meth:`Finding.problem` adds the field.
An error refuses the act; a warning can be confirmed.
"""

from __future__ import annotations

from dataclasses import dataclass

from .citations import Citation
from .problems import Problem, Severity

__all__ = ["Finding", "Severity"]


@dataclass(frozen=True)
class Finding:
    """One thing wrong or doubtful. ``code`` is stable, for tests and for recording a confirmation."""

    code: str
    severity: Severity
    message_vi: str
    message_en: str
    citation: Citation | None = None

    def message(self, lang: str = "vi") -> str:
        """The message in the reader's language."""
        return self.message_en if lang.startswith("en") else self.message_vi

    def problem(self, field: str, index: int = 0) -> Problem:
        """The same finding about one field of a draft, for acts, forms and imports."""
        return Problem(field, self.message_vi, self.severity, index)
