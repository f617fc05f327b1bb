"""The facts inside a Word file: put in, sealed, read back from whatever came of the file, checked."""
