"""An export says on what lawful basis it is made. Of those made before it is not known."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exports", "0002_append_only")]
    operations = [
        migrations.AddField(
            model_name="export",
            name="basis",
            field=models.CharField(
                blank=True,
                default="",
                help_text="key of a lawful basis; none for what was asked for before one was asked",
                max_length=60,
            ),
            preserve_default=False,
        ),
    ]
