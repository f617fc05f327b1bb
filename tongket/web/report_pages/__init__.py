"""Pages about reports that have left the house."""
