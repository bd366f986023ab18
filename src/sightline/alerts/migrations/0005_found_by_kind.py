"""Which kinds of entry there are is one look for each, however many entries; what came to a queue of late is found by kind and day.

The first index holds a kind once with a list of its entries, so it stays small and costs a load little. Of the second kinds only, their days.
"""

from django.db import migrations

KINDS = ("contact.received", "concern.notified", "concern.reviewed", "risk.assessed")  # referral has an index of its own
WHICH = ", ".join(f"'{kind}'" for kind in KINDS)


class Migration(migrations.Migration):

    dependencies = [("alerts", "0004_what_was_read"), ("chronology", "0005_tombstones")]

    operations = [
        migrations.RunSQL("CREATE INDEX entries_by_kind ON chronology_event (kind)", "DROP INDEX entries_by_kind"),
        migrations.RunSQL(
            f"CREATE INDEX queued_entries ON chronology_event (kind, at) WHERE kind IN ({WHICH})",
            "DROP INDEX queued_entries",
        ),
    ]
