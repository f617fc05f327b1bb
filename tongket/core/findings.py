"""What a check found: a value with a place and a severity, collected and shown, not thrown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .citations import Citation

__all__ = ["Finding", "Severity"]

#: An error cannot be saved; a warning can, once someone confirms it.
Severity = Literal["error", "warning"]


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
