"""The district, its planted words, its addresses, and how answers are read."""
