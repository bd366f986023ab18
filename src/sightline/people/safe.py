"""Addresses that must not be given out, and how somebody can be reached safely: whose they are, and from whom they are kept.

`address.protected` and `contact.preferred` name whose it is (subject) and who poses a risk (adult). As markers: one for each of the
first with what is protected, one for each of the second that says only that something is kept from them. Of two the later holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db import connection

from sightline.access import wall
from sightline.access.spans import HAS
from sightline.access.viewer import Viewer
from sightline.kernel.moments import local
from sightline.people.anchors import records_of
from sightline.people.models import Marker
from sightline.people.premises import as_written

SAFE, REACHED, KEPT = "safe_address", "contact.preferred", "kept_from"
RISKY = ("adult", "suspect", "offender")
PROTECTING = {
    "address.protected": (SAFE, True),
    "address.released": (SAFE, False),
    "contact.preferred": (REACHED, True),
}


class Said(Protocol):
    """An event as the projections take it, as far as it matters here."""

    @property
    def kind(self) -> str:
        """Its kind."""

    @property
    def people(self) -> Mapping[str, tuple[int, ...]]:
        """Source records in roles."""


def marked(said: Said) -> list[tuple[int, str, bool]]:
    """The markers of an event of these kinds: for whom, of what kind, and whether it holds."""
    kind, holds = PROTECTING[said.kind]
    whose = [(record, kind, holds) for record in said.people.get("subject", ())]
    risky = {r for role in RISKY for r in said.people.get(role, ())} - {r for r, _, _ in whose}
    return whose + [(record, KEPT, holds) for record in sorted(risky)]


@dataclass(frozen=True)
class Kept:
    """What is kept from one viewer: places that are not there for them, and people of whom they are not told where and how to find them."""

    premises: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.premises or self.people)


NOTHING = Kept()
_KEPT = """
WITH mine AS (
    SELECT person_id, true AS conflict FROM access_exclusion
    WHERE user_id = %(user)s AND from_at <= %(at)s AND (until_at IS NULL OR until_at > %(at)s)
    UNION SELECT person_id, false FROM access_involvement
    WHERE user_id = %(user)s AND from_at <= %(at)s AND (until_at IS NULL OR until_at > %(at)s)
)
SELECT DISTINCT safe.premises_id, whose.identity_id
FROM mine JOIN people_link risky ON risky.identity_id = mine.person_id AND risky.until_at IS NULL
JOIN people_marker kept ON kept.record_id = risky.record_id AND kept.kind = %(kept)s AND kept.holds
JOIN people_marker safe ON safe.event_id = kept.event_id AND safe.kind <> %(kept)s
JOIN people_link whose ON whose.record_id = safe.record_id AND whose.until_at IS NULL
WHERE (safe.until IS NULL OR safe.until > %(day)s) AND safe.since <= %(at)s
AND NOT EXISTS (
    SELECT 1 FROM people_marker later WHERE later.record_id = safe.record_id AND later.kind = safe.kind AND NOT later.holds
    AND later.premises_id IS NOT DISTINCT FROM safe.premises_id AND (later.since, later.event_id) > (safe.since, safe.event_id)
    AND later.since <= %(at)s)
AND NOT EXISTS (
    SELECT 1 FROM access_involvement has WHERE has.user_id = %(user)s AND has.person_id = whose.identity_id
    AND has.from_at <= %(at)s AND (has.until_at IS NULL OR has.until_at > %(at)s)
    AND (has.why = 'break_glass' OR (NOT mine.conflict AND has.why = ANY(%(has)s))))
"""


def kept_from(viewer: Viewer) -> Kept:
    """What is kept from a viewer who is linked to somebody from whom it is kept.

    Linked: a conflict of interest (own family, own address), or working with that person without having the one who is protected.
    An emergency opening of the protected person's record lifts it.
    """
    who, day = viewer.user_id or 0, local(viewer.at).date()
    asked: dict[str, Any] = {"user": who, "at": viewer.at, "day": day, "kept": KEPT, "has": list(HAS)}
    # What is kept from somebody is worked out from what they may not see: whose family they are, and where the other lives.
    with wall.working(), connection.cursor() as cursor:
        cursor.execute(_KEPT, asked)
        rows = cursor.fetchall()
    return Kept(frozenset(p for p, _ in rows if p is not None), frozenset(who for _, who in rows)) if rows else NOTHING


def safe_places(people: Iterable[int], at: datetime) -> dict[int, str]:
    """The premises of these people that must not be given out at a moment, each as it is written. Reads below the gate."""
    newest: dict[tuple[int, int], Marker] = {}
    with wall.working():  # a safe address is left out whether or not whoever gives the rest may see it
        records = [r for held in records_of(people).values() for r in held]
        rows = Marker.objects.filter(record_id__in=records, kind=SAFE, since__lte=at, premises__isnull=False)
        for row in rows.select_related("premises").order_by("since", "event_id"):
            newest[row.record_id or 0, row.premises_id or 0] = row
    day = local(at).date()
    held = [m for m in newest.values() if m.holds and (m.until is None or m.until > day)]
    return {
        m.premises_id: as_written(m.premises.lines, m.premises.postcode) for m in held if m.premises_id and m.premises
    }
