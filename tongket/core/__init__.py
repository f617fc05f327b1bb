"""Plain Python for Vietnamese text, numbers, dates and reporting periods; no Django."""
