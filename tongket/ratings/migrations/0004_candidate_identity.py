import uuid

from django.db import migrations, models


def _own_identities(apps, schema_editor):
    """Each row its own identity: a default would give all the same."""
    model = apps.get_model("ratings", "RatingCandidate")
    for row in model.objects.iterator(chunk_size=1000):
        row.identity = uuid.uuid4()
        row.save(update_fields=["identity"])


class Migration(migrations.Migration):
    dependencies = [("ratings", "0003_rounds")]

    operations = [
        migrations.AddField(
            model_name="ratingcandidate",
            name="identity",
            field=models.UUIDField(db_index=True, default=uuid.uuid4, editable=False),
        ),
        migrations.RunPython(_own_identities, migrations.RunPython.noop),
    ]
