"""Whom an event is about, and that the event is there, is held by the database for a whole statement at a time.

A foreign key asks once a row, which was a quarter of what the database had to do in a load. What is refused, and by which name, stays the
same: an entry about a record or an event that is not there, and the deletion of one that an entry rests on. It is refused at the statement.
"""

import django.db.models.deletion
from django.db import migrations, models

# A record share-locked cannot go until this transaction is over, as with a foreign key; the lock asks for the owner's rights. An event needs
# none: it is written in the transaction that says whom it is about, and goes only while its source is locked against both (erasing).
_HELD = """
CREATE FUNCTION chronology_people_held() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE missing bigint;
BEGIN
    PERFORM FROM people_sourcerecord r WHERE r.id IN (SELECT record_id FROM fresh) FOR KEY SHARE;
    SELECT f.record_id INTO missing FROM fresh f WHERE NOT EXISTS (SELECT FROM people_sourcerecord r WHERE r.id = f.record_id) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'there is no record %', missing USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'people_of_events_are_held';
    END IF;
    SELECT f.event_id INTO missing FROM fresh f WHERE NOT EXISTS (SELECT FROM chronology_event e WHERE e.id = f.event_id) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'there is no event %', missing USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'events_of_people_are_held';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER chronology_people_held AFTER INSERT ON chronology_eventperson REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION chronology_people_held();
CREATE TRIGGER chronology_people_still_held AFTER UPDATE ON chronology_eventperson REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION chronology_people_held();
"""
_KEPT = """
CREATE FUNCTION chronology_events_kept() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM gone g JOIN chronology_eventperson p ON p.event_id = g.id) THEN
        RAISE EXCEPTION 'somebody is still in the event' USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'events_of_people_are_held';
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION chronology_records_kept() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM gone g JOIN chronology_eventperson p ON p.record_id = g.id) THEN
        RAISE EXCEPTION 'the record is still in an event' USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'people_of_events_are_held';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER chronology_events_kept AFTER DELETE ON chronology_event REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION chronology_events_kept();
CREATE TRIGGER chronology_records_kept AFTER DELETE ON people_sourcerecord REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION chronology_records_kept();
"""
_UNDO = """
DROP TRIGGER chronology_people_held ON chronology_eventperson; DROP TRIGGER chronology_people_still_held ON chronology_eventperson;
DROP TRIGGER chronology_events_kept ON chronology_event; DROP TRIGGER chronology_records_kept ON people_sourcerecord;
DROP FUNCTION chronology_people_held(); DROP FUNCTION chronology_events_kept(); DROP FUNCTION chronology_records_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("chronology", "0005_tombstones"), ("people", "0005_two_people_agree")]
    operations = [
        migrations.RunSQL(_HELD + _KEPT, _UNDO),
        migrations.AlterField(
            "eventperson", "event",
            models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="people", to="chronology.event"),
        ),
        migrations.AlterField(
            "eventperson", "record",
            models.ForeignKey(
                db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="events",
                to="people.sourcerecord",
            ),
        ),
    ]  # fmt: skip
