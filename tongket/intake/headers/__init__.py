"""Which column of a user's sheet is which field: by name, in one row or two, or as the user said before."""
