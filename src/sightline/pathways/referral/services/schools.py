"""Schools and nurseries told of a domestic incident that police went to, by the system itself, before the child's next day there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

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
from sightline.pathways.referral.queries.received import Received, entries_of, everyone_in
from sightline.pathways.referral.queries.receiving import plain
from sightline.pathways.referral.rules.attended import ASIDE, LOOKS_BACK, TOLD_OF, WENT, domestic, police_were_there
from sightline.pathways.referral.rules.authorities import setting_words
from sightline.pathways.referral.services.naming import named_to
from sightline.pathways.referral.services.referring import due_at_school
from sightline.people.anchors import keys_for
from sightline.people.household import household
from sightline.people.persons import Person, persons

YEAR = timedelta(days=365)
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
    forms = entries_of(["concern.notified"], since=at - YEAR, until=at, people=who)
    wrote = {f.person: str(f.get("school")) for f in forms if f.get("school")}
    said: dict[int, Entry] = {}
    for person, one in who.items():
        of, incident = _setting(one, settings, wrote.get(person, "")), met[person]
        young = (one.age_on(local(at).date()) or 0) < ADULT
        if of and young and person in keys and told.get((person, of), incident.at - LOOKS_BACK) < incident.at:
            data = {"of": of, "told": WORDS.format(day=say_date(local(incident.at).date())), "called": _called(one),
                    "lawful_basis": setting_words(local(at).date()), "needed_by": due.isoformat()}  # fmt: skip
            said[person] = Entry("setting.told", at, HERE, f"setting/incident-{incident.event}-{person}", {"child": (keys[person],)}, data,
                                 recorded_at=at, extracted_at=at, agency="police", by="Sightline, by itself")  # fmt: skip
    with transaction.atomic():
        for person, entry in said.items():
            named_to(viewer, person, [str(entry.data["of"])], kind=entry.kind)
        record_many(list(said.values()), viewer, asked=True)
    return len(said)


def _attended(at: datetime) -> dict[int, Received]:
    """The newest domestic incident that police have been to since, of each child in it and of each who lives with an adult in it."""
    told = everyone_in({*TOLD_OF, *WENT}, since=at - LOOKS_BACK, until=at)
    went: dict[int, datetime] = {}
    whose: dict[int, list[tuple[Received, str]]] = {}
    for entry, role in told:
        if police_were_there(entry):
            went[entry.person] = max(entry.at, went.get(entry.person, entry.at))
        if domestic(entry) and role not in ASIDE:
            whose.setdefault(entry.event, []).append((entry, role))
    found: dict[int, Received] = {}
    for people in sorted(whose.values(), key=lambda held: held[0][0].at):
        incident = people[0][0]
        if any(went.get(entry.person, incident.at - LOOKS_BACK) >= incident.at for entry, _ in people):
            found |= dict.fromkeys(_children(people, local(incident.at).date()), incident)
    return found


def _children(people: Iterable[tuple[Received, str]], day: date) -> set[int]:
    """Those in an incident, and the children who live with an adult of it, whether or not anybody named them."""
    named = {entry.person: role for entry, role in people}
    homes = {m.person for p, role in named.items() if role != "child" for m in household(p, day)
             if m.age is not None and m.age < ADULT}  # fmt: skip
    return named.keys() | homes


def _settings(at: datetime) -> dict[str, str]:
    """Schools and nurseries that can be told here, by name; a name that two of them bear is nobody's."""
    held: dict[str, list[str]] = {}
    for key, name in (
        Agency.objects.filter(kind__in=SETTINGS).exclude(active_until__lte=local(at).date()).values_list("key", "name")
    ):
        held.setdefault(plain(name), []).append(key)
    return {name: keys[0] for name, keys in held.items() if len(keys) == 1}


def _setting(who: Person, settings: dict[str, str], wrote: str) -> str:
    said = [s.value for field, s in who.particulars if field == "school"] + [wrote] * bool(wrote)
    return next((settings[plain(s)] for s in said if plain(s) in settings), "")


def _called(who: Person) -> str:
    return f"{who.name}, born {say_date(who.born_on)}" if who.born_on else who.name
