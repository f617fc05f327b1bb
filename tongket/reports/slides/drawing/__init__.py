"""The deck drawn as a file: the empty deck, what is put on a slide, how much room a text takes, the notes."""
