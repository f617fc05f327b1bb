"""The Word file: an office's template read as data, figures as content controls. Knows no Django."""
