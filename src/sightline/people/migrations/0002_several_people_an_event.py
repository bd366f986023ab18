"""One event may be about several people: rows of decisions, relationships and markers are told apart by their people too.

Rows are copies of events: after this, `./sightline rebuild` writes them anew.
"""

import django.db.models.deletion
from django.db import migrations, models


def person(related_name, null=False):
    return models.ForeignKey(null=null, on_delete=django.db.models.deletion.PROTECT, related_name=related_name, to="people.sourcerecord")


PROJECTION = [
    ("event_id", models.BigIntegerField()),
    ("source", models.CharField(max_length=60)),
    ("recorded_at", models.DateTimeField()),
]


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [
        migrations.DeleteModel("Decision"),
        migrations.DeleteModel("Relationship"),
        migrations.DeleteModel("Marker"),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("pk", models.CompositePrimaryKey("event_id", "left_id", "right_id", blank=True, editable=False, primary_key=True, serialize=False)),
                ("event_id", models.BigIntegerField()),
                ("left", person("+")),
                ("right", person("+")),
                ("same", models.BooleanField()),
                ("reason", models.TextField()),
                ("decided_by", models.CharField(max_length=200)),
                ("decided_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Relationship",
            fields=[
                *PROJECTION,
                ("pk", models.CompositePrimaryKey("event_id", "subject_id", "other_id", blank=True, editable=False, primary_key=True, serialize=False)),
                ("subject", person("relationships")),
                ("other", person("relationships_of")),
                ("kind", models.CharField(max_length=30)),
                ("since", models.DateField()),
                ("ended", models.DateField(null=True)),
                ("lives_with", models.BooleanField(null=True)),
                ("cares_for", models.BooleanField(null=True)),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="Marker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                *PROJECTION,
                ("record", person("markers", null=True)),
                (
                    "premises",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="markers", to="people.premises"),
                ),
                ("kind", models.CharField(max_length=40)),
                ("holds", models.BooleanField()),
                ("detail", models.TextField(blank=True)),
                ("authority", models.TextField(blank=True)),
                ("since", models.DateTimeField()),
                ("until", models.DateField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("record__isnull", False), ("premises__isnull", False), _connector="OR"),
                        name="marker_is_about_something",
                    ),
                    models.UniqueConstraint(fields=("event_id", "record"), name="one_marker_a_person_and_event", nulls_distinct=False),
                ]
            },
        ),
    ]
