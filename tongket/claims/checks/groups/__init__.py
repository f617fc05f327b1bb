"""Groups of a whole that no list joins to it: levels, brackets, steps of one another, what came and went."""
