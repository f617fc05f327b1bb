"""The checks of the arithmetic inside a text, one module for each kind of thing that can be recomputed."""
