"""What an organisation was called on a day, and what it is now: it is renamed, merged or closed, and what it recorded stays its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sightline.agencies.models import Agency
from sightline.kernel.moments import say_date


@dataclass(frozen=True)
class Called:
    """An organisation on a day: its name then, its name today where that is another, and the day on which it closed for good."""

    then: str
    now: str = ""
    closed_on: date | None = None

    def __str__(self) -> str:
        """`Marsham Police (now Holm and Marsham Police)`."""
        if self.now:
            return f"{self.then} (now {self.now})"
        return f"{self.then} (closed {say_date(self.closed_on)})" if self.closed_on else self.then


class Names:
    """Every organisation there is or was, read once."""

    def __init__(self) -> None:
        rows = list(Agency.objects.all())
        self._by_key = {a.key: a for a in rows}
        self._by_id = {a.pk: a for a in rows}

    def on(self, key: str, day: date) -> Called | None:
        """What the organisation of a key was called on a day; None for a key that no organisation has."""
        held = self._by_key.get(key)
        if held is None:
            return None
        then = self._until(held, day)
        last = self._until(then, date.max)
        closed = last.active_until if last.succeeded_by_id is None else None
        return Called(then.name, last.name if last.pk != then.pk else "", closed if last.pk == then.pk else None)

    def _until(self, held: Agency, day: date) -> Agency:
        """Whoever came after it, and after that, by a day."""
        seen = {held.pk}
        while held.succeeded_by_id is not None and held.active_until is not None and held.active_until <= day:
            held = self._by_id[held.succeeded_by_id]
            if held.pk in seen:
                break
            seen.add(held.pk)
        return held


def agency_now(agency: Agency) -> Agency:
    """The organisation that it is today: itself, or whoever came after."""
    seen = {agency.pk}
    while agency.succeeded_by_id is not None and agency.succeeded_by_id not in seen and agency.succeeded_by is not None:
        agency = agency.succeeded_by
        seen.add(agency.pk)
    return agency
