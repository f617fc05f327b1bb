"""The declarations of figures, a file per domain. Adding a figure touches one entry here and its test."""
