"""Tombstones: append-only, and added by the owner role alone, for one too many would keep out what a system says."""

from django.db import migrations, models

from sightline.kernel.append_only import allow_changes, forbid_changes
from sightline.kernel.postgres import APP

TABLE = "chronology_tombstone"
OWNER_ONLY = f"""
DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{APP}') THEN
    EXECUTE 'REVOKE INSERT ON {TABLE} FROM {APP}'; END IF; END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('chronology', '0004_said_first'),
    ]

    operations = [
        migrations.CreateModel(
            name='Tombstone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=60)),
                ('kind', models.CharField(max_length=60)),
                ('ref', models.UUIDField(help_text='a keyed 128-bit hash')),
                ('key', models.CharField(help_text='which key it was hashed with', max_length=16)),
                ('part', models.BooleanField(default=False, help_text="only a person's part in an entry that others keep")),
                ('until_at', models.DateTimeField()),
                ('erased_at', models.DateTimeField()),
                ('review', models.BigIntegerField(help_text='the retention review that decided it')),
                ('schedule', models.CharField(max_length=60)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('source', 'ref', 'until_at'), name='one_tombstone_an_erasure')],
            },
        ),
        migrations.RunSQL(forbid_changes(TABLE), allow_changes(TABLE)),
        migrations.RunSQL(OWNER_ONLY, migrations.RunSQL.noop),
    ]
