"""Opening a contact: the one record of it, whoever brought it and by whatever route."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from sightline.access import gate, wall
from sightline.access.casework import ALLOCATED, TEAM, open_to, posts_of
from sightline.access.log import Action, write
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.agencies.models import Agency
from sightline.alerts.routing import open_recorded
from sightline.alerts.settings import limits
from sightline.chronology.entries import Entry, PersonKey
from sightline.chronology.record import record, record_many
from sightline.chronology.stepping import HERE, begin, entry_here, held_here
from sightline.kernel.errors import Refused
from sightline.pathways.contact.alerts.wording import says
from sightline.pathways.contact.queries.door import at_the_door, called_for
from sightline.pathways.contact.rules import CONTACT, Raised, floor, table
from sightline.people.anchors import found, identities_of, keys_for

SUPERVISE = ("supervisor", "duty_inspector")
ANSWER = ("call_handler", "supervisor", "duty_inspector")
TOO_LOW = "This cannot be graded lower than {label}: {because}. Only an inspector can, with a reason."
NOT_SHOWN = "what is recorded of those in it calls for that"
NOT_A_REASON = (
    "Who called, or why they may have, is no reason for a lower grade. Say what is known of the danger to the child."
)


@dataclass(frozen=True)
class NewPerson:
    """Somebody whom no system names, or not by this name; without a name, a child who is counted and looked for."""

    role: str
    name: str = ""
    age: str = ""
    known: Mapping[str, Any] = field(default_factory=dict)

    def said(self) -> dict[str, Any]:
        """As the record of them says it."""
        forenames, _, surname = self.name.strip().rpartition(" ")
        names = {"forenames": forenames or surname, "surname": surname if forenames else ""} if surname else {}
        return {k: v for k, v in {**names, "born_text": self.age, **self.known}.items() if v not in ("", None)}


@dataclass(frozen=True)
class Opened:
    """The incident: the person on whose pages it is found, and its first entry."""

    person: int
    entry: int


def open_contact(
    viewer: Viewer,
    *,
    token: str,
    parts: Mapping[int, str],
    new: Sequence[NewPerson],
    said: Mapping[str, Any],
    at: datetime,
    place: str = "",
) -> Opened:
    """Open a contact and grade it. `parts`: what each person already known is in it. The same token again changes nothing.

    It opens the record of those in it, for some days, to whoever took it and to those who answer for its clocks. Raises NotPermitted,
    NotFound for somebody the viewer has not opened, and Refused for a grade below what the rules allow.
    """
    gate.require(viewer, May.OPEN_CONTACTS)
    gate.look(viewer, parts, fields=["chronology"], note="contact opened")
    fired = least(viewer, parts, said, at=at)
    graded_within(viewer, str(said["graded"]), fired, str(said.get("grade_reason") or ""))
    worked = {
        "floor": fired[0].grade.grade if fired else None,
        "fired": [f"{r.grade.label}: {r.because}" for r in fired] or None,
        "account": viewer.user_id,
    }
    opened = _opened(viewer, token, parts, new, {**said, **{k: v for k, v in worked.items() if v}}, at, place)
    _reaches(viewer, opened[1])
    return opened[0]


def least(
    viewer: Viewer, people: Iterable[int], said: Mapping[str, Any], *, at: datetime, everyone: Iterable[int] = ()
) -> tuple[Raised, ...]:
    """Every rule that says how soon somebody goes at least, gravest first: by what is reported and by what is held. Who calls is not asked.

    What is held counts of `everyone` in it, whatever of it the viewer is shown; where it alone calls for more, only that is said.
    """
    shown = list(people)
    _, told = at_the_door(viewer, shown, at=at)
    fired = floor(str(said["kind"]), child_affected=bool(said.get("child_affected")), as_of=at, held=told)
    most = called_for(viewer, {*shown, *everyone}, at=at)
    if most is None or (fired and fired[0].grade.rank <= most.rank):
        return fired
    return (Raised("held", most, NOT_SHOWN, (), table().source), *fired)


def graded_within(viewer: Viewer, graded: str, fired: tuple[Raised, ...], reason: str) -> None:
    """Raises Refused for a grade below the least, but for an inspector with a reason; and for a reason that weighs who called."""
    if says("reporter_dismissed", reason):
        raise Refused(NOT_A_REASON)
    if not fired or rank(graded) <= fired[0].grade.rank:
        return
    if not viewer.may(May.CLOSE_UNSEEN) or len(reason) < 10:
        raise Refused(TOO_LOW.format(label=fired[0].grade.label.lower(), because=fired[0].because))


def rank(graded: str) -> int:
    """How grave a grade is, 0 the gravest; that nobody goes is below all."""
    held = table().grades
    return held[graded].rank if graded in held else len(held)


def report_online(
    viewer: Viewer, *, token: str, called: str, age: str, said: Mapping[str, Any], at: datetime, place: str = ""
) -> None:
    """A young person's own report, from a page that shows nobody's record. Those who answer calls are given it.

    `viewer` has neither account nor post, and so is given nothing: what they say is taken as a system's word is. The same token again
    changes nothing.
    """
    ref = f"{CONTACT.key}/{token}"
    child = (HERE, f"{ref}/0")
    with transaction.atomic():
        _one_at_a_time(ref)
        if held_here(ref):
            write(viewer, Action.COLLECTION, fields=["contact.received"], note="sent again")
            return
        who = _recording(viewer, NewPerson("child", called, age), child, f"person.recorded/{ref}/0", at)
        told = Entry("contact.received", at, HERE, ref, {"child": (child,)}, said, viewer.at, viewer.at, place=place)
        record_many([who, told], viewer)
        people = _identities([child])
    until = limits().due("contact.stays_open", at)
    with wall.working():
        keys = list(Agency.objects.filter(kind="police").values_list("key", flat=True))
    posts = {p for key in keys for p in posts_of(key, at=at, roles=ANSWER)}
    open_to(posts, people, why=TEAM, reason="A young person wrote to us", at=at, until=until)


def _opened(
    viewer: Viewer,
    token: str,
    parts: Mapping[int, str],
    new: Sequence[NewPerson],
    said: Mapping[str, Any],
    at: datetime,
    place: str,
) -> tuple[Opened, set[int]]:
    ref = f"{CONTACT.key}/{token}"
    with transaction.atomic():
        _one_at_a_time(ref)
        fresh = [(n.role, (HERE, f"{ref}/{i}")) for i, n in enumerate(new)]
        if not held_here(ref):
            _record_new(viewer, new, fresh, ref, at)
            people = _roles([(role, key) for person, key in _keys(parts).items() if (role := parts[person])] + fresh)
            begin(viewer, CONTACT, "contact.received", token=token, people=people, data=said, at=at, place=place)
    everyone = [*(p for p, role in parts.items() if role), *_identities([key for _, key in fresh])]
    children = [p for p, role in parts.items() if role == "child"] + _identities(
        [k for role, k in fresh if role == "child"]
    )
    return Opened((children or everyone)[0], held_here(ref)), set(everyone)


def _record_new(
    viewer: Viewer, new: Sequence[NewPerson], fresh: list[tuple[str, PersonKey]], ref: str, at: datetime
) -> None:
    for n, (one, (_, key)) in enumerate(zip(new, fresh, strict=True)):
        record(_recording(viewer, one, key, f"person.recorded/{ref}/{n}", at), viewer, asked=False)
    made = _identities([key for _, key in fresh])
    open_recorded(viewer, made, reason="Recorded them at first contact")


def _recording(viewer: Viewer, one: NewPerson, key: PersonKey, ref: str, at: datetime) -> Entry:
    people = {"child" if one.role == "child" else "subject": (key,)}
    return entry_here(viewer, "person.recorded", ref, people, one.said(), at)


def _one_at_a_time(ref: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [ref])


def _reaches(viewer: Viewer, people: set[int]) -> None:
    """Whoever took it, and those who answer for its clocks, go on reading it for some days."""
    until = limits().due("contact.stays_open", viewer.at)
    reason = "Opened this contact, or answers for it"
    above = posts_of(viewer.agency, at=viewer.at, roles=SUPERVISE)
    open_to([viewer.post_id], people, why=ALLOCATED, reason=reason, at=viewer.at, until=until)
    open_to(above, people, why=TEAM, reason=reason, at=viewer.at, until=until)


def _roles(named: Iterable[tuple[str, PersonKey]]) -> dict[str, tuple[PersonKey, ...]]:
    held: dict[str, tuple[PersonKey, ...]] = {}
    for role, key in named:
        held[role] = (*held.get(role, ()), key)
    return held


@wall.working()
def _keys(people: Iterable[int]) -> dict[int, PersonKey]:
    return keys_for(people)


@wall.working()
def _identities(keys: list[PersonKey]) -> list[int]:
    """Who some records made here are, in their order."""
    records = found(keys)
    who = identities_of(set(records.values()))
    return [who[records[k]] for k in keys if k in records]
