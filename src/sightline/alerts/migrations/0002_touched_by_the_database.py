"""Whoever is in a new entry, or whose records move to somebody else, is marked by the database in the same transaction: none can be missed."""

from django.db import migrations

from sightline.kernel.append_only import allow_changes, forbid_changes

_ENTRY = """
CREATE FUNCTION alerts_touch_records() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO alerts_touched (record_id) SELECT DISTINCT record_id FROM fresh;
    RETURN NULL;
END $$;
CREATE TRIGGER alerts_touch AFTER INSERT ON chronology_eventperson REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION alerts_touch_records();
"""
_LINK = """
CREATE FUNCTION alerts_touch_people() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO alerts_touched (person_id) SELECT DISTINCT identity_id FROM moved;
    RETURN NULL;
END $$;
CREATE TRIGGER alerts_touch_opened AFTER INSERT ON people_link REFERENCING NEW TABLE AS moved
    FOR EACH STATEMENT EXECUTE FUNCTION alerts_touch_people();
CREATE TRIGGER alerts_touch_closed AFTER UPDATE ON people_link REFERENCING NEW TABLE AS moved
    FOR EACH STATEMENT EXECUTE FUNCTION alerts_touch_people();
"""
_UNDO = """
DROP TRIGGER alerts_touch ON chronology_eventperson; DROP FUNCTION alerts_touch_records();
DROP TRIGGER alerts_touch_opened ON people_link; DROP TRIGGER alerts_touch_closed ON people_link; DROP FUNCTION alerts_touch_people();
"""
HISTORY = ("alerts_told", "alerts_acknowledgement", "alerts_localsetting")


class Migration(migrations.Migration):
    dependencies = [("alerts", "0001_initial"), ("chronology", "0004_said_first"), ("people", "0003_who_decided")]
    operations = [
        migrations.RunSQL(_ENTRY + _LINK, _UNDO),
        *[migrations.RunSQL(forbid_changes(t), allow_changes(t)) for t in HISTORY],
    ]
