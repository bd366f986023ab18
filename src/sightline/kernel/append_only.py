"""Append-only tables: enforced by the database, not by good manners."""

from __future__ import annotations

from sightline.kernel.postgres import APP

_REFUSE = """
CREATE OR REPLACE FUNCTION sightline_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('sightline.erasing', true) = 'on'
       AND current_user = (SELECT tableowner FROM pg_tables WHERE schemaname = TG_TABLE_SCHEMA AND tablename = TG_TABLE_NAME) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
"""


def forbid_changes(table: str) -> str:
    """SQL that lets rows be added to a table and nothing else; the owner role may erase with `sightline.erasing` on."""
    return f"""{_REFUSE}
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION sightline_append_only();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION sightline_append_only();
DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{APP}') THEN
    EXECUTE 'REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {APP}'; END IF; END $$;
"""


def allow_changes(table: str) -> str:
    """SQL that undoes it, for a migration taken back."""
    return f"DROP TRIGGER {table}_append_only ON {table}; DROP TRIGGER {table}_no_truncate ON {table};"
