"""The same thing said again: in a title, in words, farther on, as the stock of a time."""
