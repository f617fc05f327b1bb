"""Which declared figure a claim of a text speaks of."""

from tongket.drafts.matching.asking import SURE, Ask, Match, Term, indicator_for

__all__ = ["SURE", "Ask", "Match", "Term", "indicator_for"]
