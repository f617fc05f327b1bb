"""Pages of the draft check: bring a draft, see it coloured, correct, take it back."""
