"""Changes against an earlier time: which value is the earlier one, and what a percentage makes of it."""
