"""Word papers of a case."""
