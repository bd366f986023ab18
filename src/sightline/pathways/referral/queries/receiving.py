"""At which agency a referral waits: the one it names; where it names a kind of authority only, as other systems do, the child's own hub too.

Below the gate: nothing of it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from sightline.access import wall
from sightline.agencies.models import Agency, Team
from sightline.agencies.systems import systems
from sightline.chronology.courses import MADE_HERE
from sightline.kernel.moments import local
from sightline.kernel.once import once
from sightline.people.homes import lives
from sightline.people.models import Premises
from sightline.people.premises import outcode_in

RECEIVES = ("hub", "social_care")
BY_KIND = ("social_care", "referral_unit")  # what other systems call whoever receives; a hub is the way in to both


class Made(Protocol):
    """An entry that made a referral, as far as is asked of it here."""

    @property
    def source(self) -> str:
        """The system that says so."""
        ...

    def get(self, name: str) -> Any:
        """What it says in one field."""
        ...


@dataclass
class Receiver:
    """An agency, and what is sent to it. `districts`: of each hub, those for which it answers; `homes`: where children live, once asked."""

    agency: str
    names: frozenset[str]
    districts: Mapping[str, frozenset[str]]
    day: date
    homes: dict[int, frozenset[str]] = field(default_factory=dict)

    def learn(self, people: Iterable[int]) -> None:
        """Where these children live, where any hub says for which districts it answers."""
        fresh = set(people) - self.homes.keys()
        if fresh and any(self.districts.values()):
            self.homes |= _homes(fresh, self.day)

    def takes(self, made: Made, person: int) -> bool:
        """Whether a referral of this child waits here. A yearly return tells what was, and asks nobody."""
        to, known = plain(made.get("to")), systems().get(made.source)
        if known is not None and known.cadence == "year":
            return False
        if to in self.names:
            return True
        return (
            self.agency in self.districts and made.source != MADE_HERE and to in BY_KIND and self._answers_for(person)
        )

    def _answers_for(self, person: int) -> bool:
        """Whether this hub answers for the child's district; where none does, every hub has it, so that nobody is lost."""
        self.learn([person])
        home, every = self.homes.get(person, frozenset()), frozenset().union(*self.districts.values())
        return not home & every or bool(home & self.districts[self.agency])


def receiver(agency: str, at: datetime) -> Receiver:
    """An agency by its key, with its names; and every hub's districts."""
    return Receiver(agency, frozenset(names_of(agency)), once(("districts of hubs",), _districts), local(at).date())


def _districts() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    hubs = Agency.objects.filter(kind="hub", active_until__isnull=True).values_list("key", flat=True)
    areas = list(Team.objects.filter(agency__kind="hub").values_list("agency__key", "area"))
    for key in hubs:
        said = (d.strip().upper() for of, area in areas if of == key for d in area.split(","))
        found[key] = frozenset(d for d in said if d)
    return found


@wall.working()
def _homes(people: set[int], day: date) -> dict[int, frozenset[str]]:
    found = lives(sorted(people), day)
    codes = dict(Premises.objects.filter(pk__in={h.premises for h in found}).values_list("pk", "postcode"))
    return {
        p: frozenset(c for h in found if h.person == p and not h.stays and (c := outcode_in(codes.get(h.premises, ""))))
        for p in people
    }


def names_of(agency: str) -> set[str]:
    """What a referral to this agency may call it: its key, its name; for a hub or children's services its kind too, as feeds do."""
    return once(("names of", agency), lambda: _names_of(agency))


def _names_of(agency: str) -> set[str]:
    held = Agency.objects.filter(key=agency).first()
    if held is None:
        return {plain(agency)}
    return {plain(x) for x in (held.key, held.name, *([held.kind] if held.kind in RECEIVES else []))}


def agency_called(said: object) -> str:
    """The key of the agency that a referral calls so; what it says where none, or more than one, bears that name."""
    to = str(said or "")
    keys = list(Agency.objects.values_list("key", flat=True))
    named = [key for key in keys if plain(to) in names_of(key)] if to not in keys else [to]
    return named[0] if len(named) == 1 else to


def plain(text: object) -> str:
    """A name as it is compared."""
    return str(text or "").strip().lower().replace(" ", "_").replace("-", "_")
