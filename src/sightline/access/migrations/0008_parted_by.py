"""Whoever made two people of one again sees who was told: the row says who that was."""

from django.db import migrations, models

FILL = "UPDATE access_toldofparting t SET parted_by = p.user_id FROM access_parting p WHERE p.id = t.parting_id"


class Migration(migrations.Migration):
    dependencies = [("access", "0007_partings")]

    operations = [
        migrations.AddField(
            "toldofparting",
            "parted_by",
            models.BigIntegerField(default=0, help_text="who parted them, and so sees who was told and has checked"),
            preserve_default=False,
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
