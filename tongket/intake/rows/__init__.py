"""What a row of a user's sheet is: where it stands, whose it is, what was found about it, what becomes of it."""
