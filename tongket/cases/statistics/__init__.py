"""Counts of discipline and of cases, by month to term."""
