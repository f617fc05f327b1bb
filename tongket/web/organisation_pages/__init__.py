"""Pages of organisations: the tree, one organisation with its figures, acts and posts."""
