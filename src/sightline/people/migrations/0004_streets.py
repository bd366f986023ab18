"""An address is found without its postcode: by its street, and by the number in the street."""

from django.db import migrations, models

from sightline.people.premises import street_of

CHUNK = 5000


def give_streets(apps, schema_editor):  # noqa: ARG001 - as Django calls it
    """The keys of the places already held, as they are written for a new one."""
    premises = apps.get_model("people", "Premises")
    held = []
    for place in premises.objects.iterator(chunk_size=CHUNK):
        street = street_of(place.lines)
        place.street, place.door = street.key, street.door
        held.append(place)
        if len(held) == CHUNK:
            premises.objects.bulk_update(held, ["street", "door"])
            held = []
    premises.objects.bulk_update(held, ["street", "door"])


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_who_decided"),
    ]

    operations = [
        migrations.AddField(
            model_name="premises",
            name="street",
            field=models.BigIntegerField(null=True, help_text="a hash of how the street's name sounds"),
        ),
        migrations.AddField(
            model_name="premises",
            name="door",
            field=models.BigIntegerField(null=True, help_text="a hash of the street and the number"),
        ),
        migrations.RunPython(give_streets, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="premises",
            name="street",
            field=models.BigIntegerField(db_index=True, null=True, help_text="a hash of how the street's name sounds"),
        ),
        migrations.AlterField(
            model_name="premises",
            name="door",
            field=models.BigIntegerField(db_index=True, null=True, help_text="a hash of the street and the number"),
        ),
    ]
