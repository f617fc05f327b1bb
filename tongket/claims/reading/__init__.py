"""How a text is read: letters, numerals, roles of numbers, sentences, claims and how they hang together."""
