"""Pages of conferences that show records of other parts."""
