"""How claims hang together: parts of lists, what a percentage is of, rows of numbers."""
