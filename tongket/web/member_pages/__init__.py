"""The page of one member, which brings together the records of all parts."""
