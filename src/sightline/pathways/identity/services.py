"""Who is who, decided by a named person: each verb records an event, and the links follow. Nothing is merged; all of it can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from sightline.access import gate
from sightline.access.log import Action
from sightline.access.models import Involvement
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.chronology.entries import Entry, PersonKey
from sightline.chronology.record import record
from sightline.kernel.errors import NotFound, Refused
from sightline.kernel.moments import aware
from sightline.people.alikeness import strength
from sightline.people.anchors import identities_of, records_of
from sightline.people.decisions import decisions
from sightline.people.links import Linking, going_back, regroup
from sightline.people.models import Candidate, SourceRecord
from sightline.people.partition import ordered

HERE = "sightline"
SHORTEST_REASON = 10


@dataclass(frozen=True)
class Decided:
    """A decision as it was recorded; `waiting` for a second person until it takes effect."""

    event_id: int
    waiting: bool


def join(one: int, other: int, *, reason: str, by: Viewer, at: datetime) -> Decided:
    """These two people are one. Where they are less alike than a join unasked takes, it waits for a second person to say the same.

    Undone by `split`, which restores both as they were. Raises NotFound, NotPermitted, or Refused where it makes no sense.
    """
    _may_decide(by, [one, other])
    if one == other:
        raise Refused("These are already one person.")
    held = records_of([one, other])
    if len(held) < 2:
        raise Refused("One of these has since been joined to somebody else. Open the person again.")
    return _same(held[one], held[other], reason=reason, by=by, at=at)


def must_link(one: int, other: int, *, reason: str, by: Viewer, at: datetime) -> Decided:
    """These two source records are one person, whatever the matcher finds. The people they belong to become one."""
    who = _people_of(by, [one, other])
    _may_decide(by, who.values())
    return _same([one], [other], reason=reason, by=by, at=at)


def split(person: int, away: Iterable[int], *, reason: str, by: Viewer, at: datetime) -> Decided:
    """These source records are somebody else: they leave this person, and the matcher will not bring them back.

    A split that undoes the last join gives both people back under the ids they had. Raises NotFound, NotPermitted, Refused.
    """
    _may_decide(by, [person])
    held = set(records_of([person]).get(person, []))
    leaving = set(away)
    if not leaving or leaving == held:
        raise Refused("Say which of the records belong to somebody else: some, and not all.")
    if leaving - held:
        raise Refused("Some of these records are not part of this person. Look again and choose from those listed.")
    return _apart(sorted(held - leaving), sorted(leaving), reason=reason, by=by, at=at)


def must_not_link(one: int, other: int, *, reason: str, by: Viewer, at: datetime) -> Decided:
    """These two source records are two people, whatever the matcher finds.

    Raises Refused where they are one person now together with others: then `split` says which belongs with which.
    """
    who = _people_of(by, [one, other])
    _may_decide(by, who.values())
    if one == other:
        raise Refused("A record cannot be kept apart from itself.")
    together = records_of([who[one]])[who[one]]
    if who[one] == who[other] and len(together) > 2:
        raise Refused("These are one person with other records. Split that person, and say which records leave.")
    return _apart([one], [other], reason=reason, by=by, at=at)


def keep_apart(one: int, other: int, *, reason: str, by: Viewer, at: datetime) -> Decided:
    """These two people are not one, whatever the matcher finds: nothing changes but that nobody is asked again, and nothing joins them.

    Raises NotFound, NotPermitted, or Refused where it makes no sense.
    """
    _may_decide(by, [one, other])
    held = records_of([one, other])
    if one == other or len(held) < 2:
        raise Refused("These are one person now. Say which of the records belong to somebody else.")
    return _apart(held[one], held[other], reason=reason, by=by, at=at)


def relate(subject: int, other: int, *, kind: str, by: Viewer, at: datetime, **said: Any) -> int:
    """`subject` is the <kind> of `other`, as this person says. `said`: lives_with, cares_for, since, ended. Gives the event's id."""
    gate.look(by, [subject, other], fields=["relationships"])
    people = {"subject": (_spoken_for(subject),), "other": (_spoken_for(other),)}
    return record(_entry("relationship.recorded", people, {"kind": kind, **said}, by=by, at=at), by)


def move(person: int, *, lines: str, kind: str, by: Viewer, at: datetime, **said: Any) -> int:
    """A person lives or stays somewhere. `said`: postcode, since, until (a day, exclusive). Gives the event's id.

    What other systems say of their address is kept beside it.
    """
    gate.look(by, [person], fields=["addresses"])
    where = {"lines": lines, "kind": kind, "from": said.pop("since", None), **said}
    return record(_entry("address.recorded", {"subject": (_spoken_for(person),)}, where, by=by, at=at), by)


def record_unnamed_child(
    known_through: int, *, kind: str, by: Viewer, at: datetime, lives_with: bool | None = None, **known: Any
) -> int:
    """A child known to exist but not named: a record of their own, tied to the person they are known through.

    `kind` is what `known_through` is to the child (`parent`, `carer`, ...). `known`: whatever of sex, born_text, school is known.
    Gives the child's person id. Until they are named they are counted as unnamed; `name_child` names them.
    """
    gate.look(by, [known_through], fields=["relationships"])
    adult, child = _spoken_for(known_through), (HERE, f"unnamed/{uuid4().hex}")
    said = {"kind": kind, "lives_with": lives_with}
    with transaction.atomic():
        record(_entry("person.recorded", {"child": (child,)}, known, by=by, at=at), by, asked=False)
        person = _person_keyed(child)
        _involve(by, person, why="recorded them")
        record(_entry("relationship.recorded", {"subject": (adult,), "other": (child,)}, said, by=by, at=at), by)
    return person


def name_child(person: int, *, forenames: str, surname: str, by: Viewer, at: datetime, **known: Any) -> int:
    """The unnamed child has a name now. What was recorded before stays as it was. Gives the event's id."""
    gate.look(by, [person], fields=["names"])
    who = {"child": (_spoken_for(person),)}
    said = {"forenames": forenames, "surname": surname, **known}
    return record(_entry("person.recorded", who, said, by=by, at=at), by)


def _may_decide(by: Viewer, people: Iterable[int]) -> None:
    gate.require(by, May.DECIDE_IDENTITY)
    gate.look(by, people, fields=["links"], action=Action.COMBINATION)


def _people_of(by: Viewer, records: list[int]) -> dict[int, int]:
    who = identities_of(records)
    if len(who) < len(set(records)):
        gate.refuse(by, note="no such record")
        raise NotFound(gate.NOT_FOUND)
    return who


def _worded(reason: str) -> str:
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused(f"Say why, in at least {SHORTEST_REASON} characters: someone may have to undo it.")
    return reason.strip()


def _same(ours: list[int], theirs: list[int], *, reason: str, by: Viewer, at: datetime) -> Decided:
    bits = strength(ours, theirs)
    with transaction.atomic():
        event = _decide(True, ours, theirs, _worded(reason), bits, by=by, at=at)
        waiting = ordered(ours[0], theirs[0]) in decisions([*ours, *theirs]).waiting
        if not waiting:
            who = set(identities_of([*ours, *theirs]).values())
            everyone = sorted(r for held in records_of(who).values() for r in held)
            regroup(
                [everyone], Linking(by.name, aware(at), reason), bits=dict.fromkeys(everyone, bits) if bits else None
            )
            Candidate.objects.filter(left_id__in=everyone, right_id__in=everyone).delete()
    return Decided(event, waiting)


def _apart(stay: list[int], leave: list[int], *, reason: str, by: Viewer, at: datetime) -> Decided:
    with transaction.atomic():
        event = _decide(False, stay, leave, _worded(reason), None, by=by, at=at)
        if set(identities_of(stay).values()) & set(identities_of(leave).values()):
            back = going_back([stay, leave])
            keep = back or {0: identities_of(stay)[stay[0]]}
            regroup([stay, leave], Linking(by.name, aware(at), reason), keep=keep, undoing=bool(back))
        Candidate.objects.filter(left_id__in=[*stay, *leave], right_id__in=[*stay, *leave]).delete()
    return Decided(event, waiting=False)


def _decide(
    same: bool, ours: list[int], theirs: list[int], reason: str, bits: float | None, *, by: Viewer, at: datetime
) -> int:
    keys = {r.pk: (r.source, r.key) for r in SourceRecord.objects.filter(pk__in=[*ours, *theirs])}
    people = {"subject": tuple(sorted(keys[r] for r in ours)), "other": tuple(sorted(keys[r] for r in theirs))}
    said = {
        "same": same,
        "reason": reason,
        "records": sorted(f"{source}/{key}" for source, key in keys.values()),
        "account": by.user_id,
        "bits": bits if bits is None else round(bits, 3),
    }
    return record(_entry("identity.decided", people, said, by=by, at=at), by)


def _entry(
    kind: str, people: Mapping[str, tuple[PersonKey, ...]], said: dict[str, Any], *, by: Viewer, at: datetime
) -> Entry:
    ref = f"{kind}/{uuid4().hex}"
    return Entry(
        kind, aware(at), HERE, ref, people, said, extracted_at=by.at, recorded_at=by.at, agency=by.agency, by=by.name
    )


def _spoken_for(person: int) -> tuple[str, str]:
    """The source record that what is entered here is about: our own where there is one, else the first by name."""
    held = SourceRecord.objects.filter(pk__in=records_of([person]).get(person, []))
    if not held:
        raise Refused("This person has since been joined to somebody else. Open the person again.")
    return min(((r.source, r.key) for r in held), key=lambda k: (k[0] != HERE, k))


def _person_keyed(key: tuple[str, str]) -> int:
    pk = SourceRecord.objects.get(source=key[0], key=key[1]).pk
    return identities_of([pk])[pk]


def _involve(by: Viewer, person: int, *, why: str) -> None:
    Involvement.objects.create(
        user_id=by.user_id or 0, post_id=by.post_id, person_id=person, why="recorded", reason=why, from_at=by.at
    )
