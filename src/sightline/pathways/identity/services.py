"""Who is who, decided by a named person: each verb records an event, and the links follow. Nothing is merged; all of it can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import product, starmap
from typing import Any
from uuid import uuid4

from django.db import transaction

from sightline.access import gate, wall
from sightline.access.log import Action, write
from sightline.access.partings import tell
from sightline.access.policy import Purpose
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.alerts.routing import open_recorded
from sightline.chronology.entries import Entry, PersonKey
from sightline.chronology.models import EventPerson
from sightline.chronology.record import record
from sightline.chronology.stepping import entry_here
from sightline.kernel.errors import NotFound, Refused
from sightline.kernel.moments import aware
from sightline.kernel.reasons import worded
from sightline.people.alikeness import strength
from sightline.people.anchors import found, identities_of, records_of
from sightline.people.decisions import decisions, one_at_a_time, proposals, waits
from sightline.people.links import Linking, regroup, together_since
from sightline.people.models import Candidate, Decision, SourceRecord
from sightline.people.partition import ordered
from sightline.people.projections import OURS as HERE

UNDO = ": someone may have to undo it."


@dataclass(frozen=True)
class Decided:
    """A decision as it was recorded; `waiting` for a second person until it takes effect."""

    event_id: int
    waiting: bool


def join(one: int, other: int, *, reason: str, by: Viewer, at: datetime) -> Decided:
    """These two people are one. Where they are less alike than a join unasked takes, it waits for a second person to agree.

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


def agree(proposal: int, *, reason: str, by: Viewer, at: datetime) -> Decided:
    """A second person finds so too: those whom somebody said to be one become one. `proposal` is the event in which it was said.

    Raises NotFound for whoever may not see both or is kept from one of them, and Refused for whoever said it, or where it waits no more.
    """
    ours, theirs = _sides(by, proposal)
    with transaction.atomic():
        if waits(proposal, [*ours, *theirs]).account == by.user_id:
            raise Refused("You said so yourself: somebody else has to look, and agree or decline.")
        return _same(ours, theirs, reason=reason, by=by, at=at)


def decline(proposal: int, *, reason: str, by: Viewer, at: datetime) -> Decided:
    """It is not shown that they are one: what somebody said waits no more, and nothing else changes. Whoever said it may take it back so.

    Raises as `agree` does.
    """
    ours, theirs = _sides(by, proposal)
    with transaction.atomic():
        first = waits(proposal, [*ours, *theirs])
        return Decided(
            _decide(False, ours, theirs, worded(reason, ends=UNDO), None, by=by, at=at, answers=first), waiting=False
        )


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
        (person,) = identities_of(found([child]).values()).values()
        open_recorded(by, [person], reason="recorded them")
        record(_entry("relationship.recorded", {"subject": (adult,), "other": (child,)}, said, by=by, at=at), by)
    return person


def name_child(person: int, *, forenames: str, surname: str, by: Viewer, at: datetime, **known: Any) -> int:
    """The unnamed child has a name now. What was recorded before stays as it was. Gives the event's id."""
    gate.look(by, [person], fields=["names"])
    who = {"child": (_spoken_for(person),)}
    said = {"forenames": forenames, "surname": surname, **known}
    return record(_entry("person.recorded", who, said, by=by, at=at), by)


def _may_decide(by: Viewer, people: Iterable[int]) -> None:
    """An emergency opening shows somebody excluded what they must know; it does not let them decide who their own kin are."""
    gate.require(by, May.DECIDE_IDENTITY)
    asked = set(people)
    if any(gate.excluded(by, person) for person in asked):
        gate.refuse(by, people=asked, note="kept from one of them")
        raise NotFound(gate.NOT_FOUND)
    gate.look(by, asked, fields=["links"], action=Action.COMBINATION, purpose=Purpose.IDENTITY)


def _sides(by: Viewer, proposal: int) -> tuple[list[int], list[int]]:
    """The records that somebody said to be one person, on either side, for whoever may decide about all whose they are."""
    held = EventPerson.objects.filter(event_id=proposal, event__kind="identity.decided", role__in=("subject", "other"))
    sides: dict[str, list[int]] = {"subject": [], "other": []}
    for role, record_id in held.order_by("record_id").values_list("role", "record_id"):
        sides[role].append(record_id)
    if not all(sides.values()):
        gate.refuse(by, note="no such proposal")
        raise NotFound(gate.NOT_FOUND)
    _may_decide(by, identities_of([r for side in sides.values() for r in side]).values())
    return sides["subject"], sides["other"]


def _people_of(by: Viewer, records: list[int]) -> dict[int, int]:
    who = identities_of(records)
    if len(who) < len(set(records)):
        gate.refuse(by, note="no such record")
        raise NotFound(gate.NOT_FOUND)
    return who


@wall.working()
def _same(ours: list[int], theirs: list[int], *, reason: str, by: Viewer, at: datetime) -> Decided:
    with transaction.atomic():
        one_at_a_time()
        whole = records_of(set(identities_of([*ours, *theirs]).values()))
        sides = [_whole(side, whole) for side in (ours, theirs)]
        bits = strength(*(sides if len(whole) > 1 else (ours, theirs)))
        pairs = set(starmap(ordered, product(ours, theirs)))
        first = next((d for p, d in sorted(proposals([*ours, *theirs]).items()) if p in pairs), None)
        event = _decide(True, ours, theirs, worded(reason, ends=UNDO), bits, by=by, at=at, answers=first)
        if pairs.isdisjoint(decisions([*ours, *theirs]).same):
            return Decided(event, waiting=True)
        everyone = sorted(r for held in whole.values() for r in held)
        names = f"{first.decided_by} and {by.name}" if first and first.account not in (None, by.user_id) else by.name
        regroup([everyone], Linking(names, aware(at), reason), bits=dict.fromkeys(everyone, bits) if bits else None)
        Candidate.objects.filter(left_id__in=everyone, right_id__in=everyone).delete()
        write(by, Action.COMBINATION, people=whole, fields=["links"], note="made one person")
    return Decided(event, waiting=False)


def _whole(side: list[int], whole: Mapping[int, list[int]]) -> list[int]:
    """Every record of those whom some records are: two numbers that differ anywhere in either person hold them apart."""
    return sorted(r for held in whole.values() if not set(side).isdisjoint(held) for r in held)


@wall.working()
def _apart(stay: list[int], leave: list[int], *, reason: str, by: Viewer, at: datetime) -> Decided:
    with transaction.atomic():
        one_at_a_time()
        event = _decide(False, stay, leave, worded(reason, ends=UNDO), None, by=by, at=at)
        joined = set(identities_of(stay).values()) & set(identities_of(leave).values())
        if joined:
            since = together_since(stay, leave)
            regroup([stay, leave], Linking(by.name, aware(at), reason))
            now = {*identities_of([*stay, *leave]).values()}
            write(by, Action.COMBINATION, people=joined | now, fields=["links"], note="made two people again")
            tell(by, event, joined, now, since=since, at=aware(at))
        Candidate.objects.filter(left_id__in=[*stay, *leave], right_id__in=[*stay, *leave]).delete()
    return Decided(event, waiting=False)


def _decide(
    same: bool, ours: list[int], theirs: list[int], reason: str, bits: float | None, *, by: Viewer, at: datetime,
    answers: Decision | None = None,
) -> int:  # fmt: skip
    keys = {r.pk: (r.source, r.key) for r in SourceRecord.objects.filter(pk__in=[*ours, *theirs])}
    people = {"subject": tuple(sorted(keys[r] for r in ours)), "other": tuple(sorted(keys[r] for r in theirs))}
    said = {
        "same": same,
        "reason": reason,
        "records": sorted(f"{source}/{key}" for source, key in keys.values()),
        "account": by.user_id,
        "bits": bits if bits is None else round(bits, 3),
    }
    if answers and (not same or answers.account not in (None, by.user_id)):
        said |= {
            "proposed_by": answers.decided_by,
            "proposed_account": answers.account,
            "declined": None if same else True,
        }
    return record(
        _entry("identity.decided", people, {k: v for k, v in said.items() if v is not None}, by=by, at=at), by
    )


def _entry(
    kind: str, people: Mapping[str, tuple[PersonKey, ...]], said: dict[str, Any], *, by: Viewer, at: datetime
) -> Entry:
    ref = f"{kind}/{uuid4().hex}"
    return entry_here(by, kind, ref, people, said, aware(at))


def _spoken_for(person: int) -> tuple[str, str]:
    """The source record that what is entered here is about: our own where there is one, else the first by name."""
    held = SourceRecord.objects.filter(pk__in=records_of([person]).get(person, []))
    if not held:
        raise Refused("This person has since been joined to somebody else. Open the person again.")
    return min(((r.source, r.key) for r in held), key=lambda k: (k[0] != HERE, k))
