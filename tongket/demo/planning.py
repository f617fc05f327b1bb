"""What a database must be told while much is written at once."""

from django.db import connection


def count_the_tables() -> None:
    """Tell PostgreSQL's planner how large the tables have become: its own daemon comes only minutes later.

    Until then it takes each for almost empty and joins row by row, which made the demo's rounds minutes long.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
