"""A draft held against what the office keeps: figures, papers, occasions, people, and the year it is about."""
