"""Files that take longer than a page may: read in a process of their own, while a page says how far it is."""
