"""Whom and which homes the rules read when they last asked about somebody. Empty at first: whoever is near is then asked as if never before."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("alerts", "0003_whom_it_reached")]
    operations = [
        migrations.CreateModel(
            name="Followed",
            fields=[
                ("person_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("people", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ("homes", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, help_text="keys of premises", size=None)),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["people"], name="alerts_read_of"),
                    django.contrib.postgres.indexes.GinIndex(fields=["homes"], name="alerts_read_at"),
                ],
            },
        ),
    ]
