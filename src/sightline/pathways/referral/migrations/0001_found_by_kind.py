"""Referrals, requests and decisions are found by kind and day, among all there is: what waits at a unit hangs on nobody it works with yet."""

from django.db import migrations

KINDS = (
    "referral.made", "referral.decided", "information.requested", "setting.told", "information.shared", "earlyhelp.started",
)  # fmt: skip
WHICH = ", ".join(f"'{kind}'" for kind in KINDS)


class Migration(migrations.Migration):

    dependencies = [("chronology", "0005_tombstones")]

    operations = [
        migrations.RunSQL(
            f"CREATE INDEX referral_entries ON chronology_event (kind, at) WHERE kind IN ({WHICH})",
            "DROP INDEX referral_entries",
        ),
    ]
