"""Whether the people in a database are real or invented: said once, kept with the database itself, and never changed to the other.

A comment on the database, so that it is there before any table is and needs no migration; a backup carries it along.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from django.db import connection

from sightline.kernel.errors import Refused

_SAYS = "sightline: "
_HELD = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"


class People(StrEnum):
    """Whose records a database holds."""

    LIVE = "live"
    INVENTED = "invented"
    UNSAID = "unsaid"


def people_here() -> People:
    """What was said of this database; unsaid where nobody has."""
    with connection.cursor() as cursor:
        cursor.execute(_HELD)
        return read_mark(cursor.fetchone()[0])


def read_mark(comment: str | None) -> People:
    """What a comment on a database says."""
    said = (comment or "").removeprefix(_SAYS).split(",")[0] if (comment or "").startswith(_SAYS) else ""
    return People(said) if said in (People.LIVE, People.INVENTED) else People.UNSAID


def declare(people: People, *, by: str, at: datetime) -> None:
    """Say whose records this database holds, as the owner role. Saying it again changes nothing. Raises Refused where the other was said."""
    now = people_here()
    if now is people:
        return
    if now is not People.UNSAID:
        raise Refused(
            f"This database is {now}, and stays so: training and real people are never in one. Make another database."
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        name = connection.ops.quote_name(cursor.fetchone()[0])
        cursor.execute(f"COMMENT ON DATABASE {name} IS %s", [f"{_SAYS}{people}, said by {by} on {at:%Y-%m-%d %H:%M}"])
