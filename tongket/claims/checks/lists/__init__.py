"""Numbers that belong together without standing under one another: all told, what is left, means, names."""
