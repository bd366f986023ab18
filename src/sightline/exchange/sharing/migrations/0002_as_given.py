"""What was given stays as it was given."""

from django.db import migrations

from sightline.kernel.append_only import allow_changes, forbid_changes


class Migration(migrations.Migration):
    dependencies = [("sharing", "0001_initial")]
    operations = [migrations.RunSQL(forbid_changes("sharing_disclosure"), allow_changes("sharing_disclosure"))]
