"""What is written stays as it was written."""

from django.db import migrations

from sightline.kernel.append_only import allow_changes, forbid_changes

TABLES = [f"access_{name}" for name in "accessentry".split(",")]


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]
    operations = [migrations.RunSQL(forbid_changes(t), allow_changes(t)) for t in TABLES]
