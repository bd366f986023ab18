"""An export, its file and its custody stay as they were written."""

from django.db import migrations

from sightline.kernel.append_only import allow_changes, forbid_changes

TABLES = ("exports_export", "exports_exportfile", "exports_custodystep")


class Migration(migrations.Migration):
    dependencies = [("exports", "0001_initial")]
    operations = [migrations.RunSQL(forbid_changes(t), allow_changes(t)) for t in TABLES]
