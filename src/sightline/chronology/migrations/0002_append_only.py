"""What is written stays as it was written."""

from django.db import migrations

from sightline.kernel.append_only import allow_changes, forbid_changes

TABLES = [f"chronology_{name}" for name in "event,eventperson".split(",")]


class Migration(migrations.Migration):
    dependencies = [("chronology", "0001_initial")]
    operations = [migrations.RunSQL(forbid_changes(t), allow_changes(t)) for t in TABLES]
