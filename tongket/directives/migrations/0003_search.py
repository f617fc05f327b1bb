"""The index for full-text search over papers, for this database's kind, filled from the papers that are there."""

from django.db import migrations

SQLITE = [
    """
    CREATE VIRTUAL TABLE directives_search USING fts5(
        folded, exact, plain UNINDEXED, prefix = '2 3', tokenize = "unicode61 remove_diacritics 0"
    )
    """,
]
# The long columns lie apart, so that the keys of what was found are read from few pages.
POSTGRESQL = [
    """
    CREATE TABLE directives_search (
        id bigint PRIMARY KEY,
        plain text NOT NULL,
        folded_text text NOT NULL,
        folded tsvector NOT NULL,
        as_written tsvector NOT NULL
    ) WITH (toast_tuple_target = 128)
    """,
    "CREATE INDEX directives_search_folded ON directives_search USING gin (folded)",
    "CREATE INDEX directives_search_as_written ON directives_search USING gin (as_written)",
]


def forwards(apps, schema_editor):
    """Create the table and index what is there."""
    from tongket.directives.papers.search import rebuild_search

    statements = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
    for statement in statements:
        schema_editor.execute(statement)
    rebuild_search()


def backwards(apps, schema_editor):
    """Drop the table; it holds nothing of its own."""
    schema_editor.execute("DROP TABLE directives_search")


class Migration(migrations.Migration):
    dependencies = [("directives", "0002_papers"), ("files", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
