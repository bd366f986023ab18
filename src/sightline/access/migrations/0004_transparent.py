"""The access log made evident: where each line was written, a salt for its leaf, and the seals."""

import django.contrib.postgres.functions
import django.db.models.functions.datetime
from django.db import migrations, models

from sightline.kernel.append_only import allow_changes, forbid_changes
from sightline.kernel.postgres import APP, SEALER

# The lines held before get the number of this migration's transaction; the order among them is that of their ids.
STAMP = """
ALTER TABLE access_accessentry DISABLE TRIGGER access_accessentry_append_only;
UPDATE access_accessentry SET written_in = pg_current_xact_id()::text::bigint;
ALTER TABLE access_accessentry ENABLE TRIGGER access_accessentry_append_only;
CREATE FUNCTION access_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.written_in := pg_current_xact_id()::text::bigint;
    NEW.written_at := clock_timestamp();
    NEW.salt := gen_random_uuid();
    RETURN NEW;
END $$;
CREATE TRIGGER access_accessentry_stamped BEFORE INSERT ON access_accessentry FOR EACH ROW EXECUTE FUNCTION access_stamp();
"""
UNSTAMP = "DROP TRIGGER access_accessentry_stamped ON access_accessentry; DROP FUNCTION access_stamp();"
RIGHTS = f"""
DO $$ BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{APP}') THEN
        REVOKE INSERT, UPDATE, DELETE ON access_seal FROM {APP};
    END IF;
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{SEALER}') THEN
        GRANT SELECT ON access_accessentry TO {SEALER};
        GRANT SELECT, INSERT ON access_seal TO {SEALER};
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0003_carried")]
    operations = [
        migrations.AddField("accessentry", "written_in", models.BigIntegerField(db_default=0, editable=False)),
        migrations.AddField(
            "accessentry",
            "written_at",
            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
        ),
        migrations.AddField(
            "accessentry",
            "salt",
            models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False),
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("entry_id", models.BigIntegerField(unique=True)),
                ("written_in", models.BigIntegerField()),
                ("leaf", models.BinaryField(max_length=32)),
                ("sealed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.RunSQL(STAMP, UNSTAMP),
        migrations.AddIndex("accessentry", models.Index(fields=["written_in", "id"], name="access_in_order")),
        migrations.RunSQL(forbid_changes("access_seal"), allow_changes("access_seal")),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
    ]
