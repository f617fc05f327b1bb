"""The facts inside the report's files."""
