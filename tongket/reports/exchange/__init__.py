"""What goes out to others: the facts in open formats, and the signed package that checks itself."""
