"""The database itself refuses to change what a book says or who signed it, and to delete either."""

from django.db import migrations

_FIXED = (
    "organisation_id",
    "period",
    "as_at",
    "number",
    "version",
    "known_at",
    "content",
    "guarded",
    "provisional",
    "figures",
    "previous_digest",
    "digest",
    "identity",
    "recorded_at",
)
_SIGNED = ("book_id", "step", "user_id", "name", "digest", "returned", "recorded_at")
_TABLES = (("books_figurebook", _FIXED), ("books_booksignature", _SIGNED))
_SAID = "locked figure books are never changed"


def forwards(apps, schema_editor):
    """Create the triggers of this database's kind."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE FUNCTION books_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN RAISE EXCEPTION '{_SAID}'; END $$"
        )
        for table, columns in _TABLES:
            schema_editor.execute(
                f"CREATE TRIGGER books_no_update BEFORE UPDATE OF {', '.join(columns)} ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION books_never_changed()"
            )
            schema_editor.execute(
                f"CREATE TRIGGER books_no_delete BEFORE DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION books_never_changed()"
            )
        return
    for table, columns in _TABLES:
        schema_editor.execute(
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE OF {', '.join(columns)} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{_SAID}'); END"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{_SAID}'); END"
        )


def backwards(apps, schema_editor):
    """Drop the triggers."""
    if schema_editor.connection.vendor == "postgresql":
        for table, _columns in _TABLES:
            schema_editor.execute(f"DROP TRIGGER books_no_update ON {table}")
            schema_editor.execute(f"DROP TRIGGER books_no_delete ON {table}")
        schema_editor.execute("DROP FUNCTION books_never_changed()")
        return
    for table, _columns in _TABLES:
        schema_editor.execute(f"DROP TRIGGER {table}_no_update")
        schema_editor.execute(f"DROP TRIGGER {table}_no_delete")


class Migration(migrations.Migration):
    dependencies = [("books", "0002_guarded_part")]
    operations = [migrations.RunPython(forwards, backwards)]
