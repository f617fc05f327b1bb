"""Percentages: of the count beside them, of a whole that is named or not, together a hundred, of money."""
