"""Pages of targets that show figures: sharing out with what it rests on, progress, the review of a term."""
