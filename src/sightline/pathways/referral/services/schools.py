"""Schools and nurseries told of a domestic incident that police went to, by the system itself, before the child's next day there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from sightline.access import wall
from sightline.access.models import Restriction
from sightline.access.spans import live_at
from sightline.access.viewer import Viewer
from sightline.agencies.models import Agency
from sightline.chronology.entries import Entry
from sightline.chronology.record import record_many
from sightline.chronology.stepping import HERE
from sightline.kernel.moments import local, say_date
from sightline.pathways.referral.queries.one import SETTINGS
from sightline.pathways.referral.queries.received import Received, entries_of
from sightline.pathways.referral.queries.receiving import plain
from sightline.pathways.referral.rules.authorities import setting_words
from sightline.pathways.referral.services.referring import due_at_school
from sightline.people.anchors import keys_for
from sightline.people.persons import Person, persons

LOOKS_BACK = timedelta(days=3)  # a long weekend's incidents, where nothing ran meanwhile
ADULT = 18
WORDS = (
    "Police went to a domestic incident on {day} in which this child was involved or lives. They may be tired, worried or quiet."
    " Watch and listen, and ring the hub with any worry."
)


@wall.working()
def tell_schools(at: datetime) -> int:
    """Tell the setting of each child of an attended domestic incident, once an incident; gives how many were told.

    Not of a child whose record is restricted or sealed, nor where no setting here bears the name that systems give: those are a person's
    to tell.
    """
    met = _attended(at)
    kept = set(Restriction.objects.filter(live_at(at), person_id__in=met).values_list("person_id", flat=True))
    who, settings = persons(met.keys() - kept), _settings(at)
    told = {(r.person, r.data.get("of")): r.at for r in entries_of(["setting.told"], since=at - LOOKS_BACK, until=at)}
    keys, due = keys_for(who), due_at_school(at)
    viewer = Viewer(None, "sightline", "", "", 0, None, at, "worker tell_schools")
    said = []
    for person, one in who.items():
        of, incident = _setting(one, settings), met[person]
        young = (one.age_on(local(at).date()) or 0) < ADULT
        if of and young and person in keys and told.get((person, of), incident.at - LOOKS_BACK) < incident.at:
            data = {"of": of, "told": WORDS.format(day=say_date(local(incident.at).date())), "called": _called(one),
                    "lawful_basis": setting_words(local(at).date()), "needed_by": due.isoformat()}  # fmt: skip
            said.append(Entry("setting.told", at, HERE, f"setting/incident-{incident.event}-{person}", {"child": (keys[person],)}, data,
                              recorded_at=at, extracted_at=at, agency="police", by="Sightline, by itself"))  # fmt: skip
    with transaction.atomic():
        record_many(said, viewer, asked=True)
    return len(said)


def _attended(at: datetime) -> dict[int, Received]:
    """The newest domestic incident of each child in one that police have been to since."""
    came = entries_of(["attendance.arrived"], since=at - LOOKS_BACK, until=at)
    reported = entries_of(["contact.received"], since=at - LOOKS_BACK, until=at)
    return {
        r.person: r for r in reported
        if r.data.get("kind") == "domestic_abuse" and any(c.person == r.person and c.at >= r.at for c in came)
    }  # fmt: skip


def _settings(at: datetime) -> dict[str, str]:
    """Schools and nurseries that can be told here, by name; a name that two of them bear is nobody's."""
    held: dict[str, list[str]] = {}
    for key, name in (
        Agency.objects.filter(kind__in=SETTINGS).exclude(active_until__lte=local(at).date()).values_list("key", "name")
    ):
        held.setdefault(plain(name), []).append(key)
    return {name: keys[0] for name, keys in held.items() if len(keys) == 1}


def _setting(who: Person, settings: dict[str, str]) -> str:
    said: Iterable[str] = (s.value for field, s in who.particulars if field == "school")
    return next((settings[plain(s)] for s in said if plain(s) in settings), "")


def _called(who: Person) -> str:
    return f"{who.name}, born {say_date(who.born_on)}" if who.born_on else who.name
