"""What has stalled and may be escalated, where an escalation stands, who answers for an agency, and what is the partnership's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sightline.access import gate, wall
from sightline.access.casework import posts_of
from sightline.access.log import Action, write
from sightline.access.models import Post
from sightline.access.rota import live_posts
from sightline.access.viewer import Viewer
from sightline.agencies.models import Agency
from sightline.alerts.queries import alert_page
from sightline.alerts.settings import limits
from sightline.chronology.courses import Course, Run, runs
from sightline.chronology.models import EventPerson
from sightline.chronology.queries import as_permitted, chronologies
from sightline.chronology.view import Chronology
from sightline.kernel.discovery import declared
from sightline.kernel.errors import NotFound, NotPermitted
from sightline.kernel.moments import local, say_moment
from sightline.oversight.escalation.models import Counterpart
from sightline.oversight.escalation.rules import Ladder, escalations, for_partnership, ladder_on, level, raised
from sightline.people.anchors import identities_of
from sightline.people.persons import Person, persons
from sightline.people.sight import sight_of


@dataclass(frozen=True)
class Stalled:
    """What has stalled, in words; the agency that owes it, as far as is known; and the key by which an escalation names it."""

    says: str = ""
    key: str = ""
    owes: str = ""


@dataclass(frozen=True)
class Addressee:
    """Who answers for an agency at a tier: somebody named, or else the roles that hold it."""

    agency: str
    level: int
    tier: str
    name: str
    contact: str
    posts: frozenset[int]
    named: bool


@dataclass(frozen=True)
class Standing:
    """One escalation: its run, the tier, by when an answer is due, and to whom it went."""

    run: Run
    level: int
    due: datetime
    to: Addressee
    last: int
    at: datetime

    @property
    def late(self) -> bool:
        """Whether it waits beyond its time."""
        return self.run.state == "raised" and self.due < self.at

    @property
    def on_agenda(self) -> bool:
        """Whether no tier has resolved it."""
        return for_partnership(self.run, self.due, self.at, self.last)

    @property
    def from_(self) -> str:
        """The agency that raised it."""
        return self.run.first.agency or self.run.first.source


@dataclass(frozen=True)
class EscalationPage:
    """A person and their escalations, newest first."""

    person: Person
    chronology: Chronology
    people: dict[int, Person]
    escalations: tuple[Standing, ...]

    def one(self, entry: int) -> Standing:
        """The escalation that an entry began. Raises NotFound."""
        found = next((s for s in self.escalations if s.run.first.event_id == entry), None)
        if found is None:
            raise NotFound(gate.NOT_FOUND)
        return found


def escalations_of(viewer: Viewer, person: int) -> EscalationPage:
    """A person's escalations. Raises NotFound where the viewer may not read the person, the refusal written down."""
    gate.look(viewer, [person], fields=("names", "born", "chronology"), note="escalations")
    with wall.around(person):
        seen = as_permitted(viewer, chronologies([person])[person])
        found = escalations(seen)[::-1]
        named = {p for r in found for e in r.entries for held in e.people.values() for p in held}
        people = persons(named | {person}, sight_of(viewer))
    if person not in people:
        raise NotFound(gate.NOT_FOUND)
    return EscalationPage(people[person], seen, people, tuple(standing(r, viewer.at) for r in found))


def standing(run: Run, at: datetime) -> Standing:
    """Where an escalation stands at a moment, by the tiers and limits in force on the day it was last raised."""
    last, ladder = raised(run), ladder_on(local(raised(run).at).date())
    due = limits().due("escalation.answered", last.at, precision=last.precision)
    to = addressee(str(last.get("to_agency") or ""), level(run), at=at, ladder=ladder)
    return Standing(run, level(run), due, to, ladder.last, at)


@wall.working()
def addressee(agency: str, at_level: int, *, at: datetime, ladder: Ladder) -> Addressee:
    """Who answers for an agency at a tier at a moment. About no child: for any page."""
    tier, day = ladder.tier(at_level), local(at).date()
    held = (
        Counterpart.objects.filter(agency__key=agency, level=at_level, from_on__lte=day)
        .order_by("-from_on", "-id")
        .first()
    )
    if held is None:
        return Addressee(
            agency, at_level, tier.called, "", "", frozenset(posts_of(agency, at=at, roles=tier.roles)), named=False
        )
    still = Post.objects.filter(live_posts(at), pk=held.post_id or 0).exists()
    posts = frozenset([held.post_id] if still and held.post_id else ())
    return Addressee(agency, at_level, tier.called, held.name, held.contact, posts, named=True)


def stalled(viewer: Viewer, person: int, thing: str, number: int) -> Stalled:
    """What an escalation that is begun from an alert, a run or an action is about. Raises NotFound for what this viewer may not read."""
    if not thing:
        return Stalled()
    if thing == "alert":
        return _alert(viewer, person, number)
    seen = escalations_of(viewer, person).chronology
    entry = next((e for e in seen.everything() if e.event_id == number and not e.pointer), None)
    if entry is None:
        raise NotFound(gate.NOT_FOUND)
    if entry.kind == "action.set":
        due = f", due {say_moment(datetime.fromisoformat(str(entry.get('due'))))}" if entry.get("due") else ""
        return Stalled(
            f"{entry.get('what')} ({entry.get('owner')}{due})",
            f"action:{entry.source}:{entry.ref}",
            str(entry.get("agency") or ""),
        )
    for course in declared("rules", Course):
        for run in runs(course, seen):
            if run.first.event_id == number:
                says = f"{course.title}, since {say_moment(run.first.at)}: {course.states[run.state]}"
                return Stalled(says, f"run:{course.key}:{run.key}")
    raise NotFound(gate.NOT_FOUND)


def _alert(viewer: Viewer, person: int, number: int) -> Stalled:
    shown = alert_page(viewer, number).shown
    if person not in (shown.subject, *shown.concerns):
        raise NotFound(gate.NOT_FOUND)
    owes = ladder_on(local(viewer.at).date()).criteria.get(shown.kind, "")
    return Stalled(shown.why or shown.label, f"alert:{shown.kind}:{shown.cause}", owes)


def agencies_to_ask(viewer: Viewer) -> list[tuple[str, str]]:
    """The agencies to which something may be escalated, one's own too: key and name."""
    day = local(viewer.at).date()
    held = Agency.objects.exclude(active_until__lte=day).order_by("name")
    return [(a.key, a.name) for a in held]


def agency_owing(viewer: Viewer, owes: str) -> str:
    """The key of the agency that a kind of agency is here, where there is one alone."""
    day = local(viewer.at).date()
    found = list(Agency.objects.exclude(active_until__lte=day).filter(kind=owes).values_list("key", flat=True))
    return found[0] if len(found) == 1 else ""


@dataclass(frozen=True)
class Named:
    """A tier of one agency: who is named now, since when, by whom, and who was before or will be."""

    level: int
    tier: str
    rows: tuple[Counterpart, ...]
    now: Counterpart | None


def counterparts(viewer: Viewer) -> dict[str, tuple[Named, ...]]:
    """Every agency's counterparts, tier by tier: for whoever is signed in. About no child."""
    write(viewer, Action.LIST, note="counterparts")
    day, ladder = local(viewer.at).date(), ladder_on(local(viewer.at).date())
    rows = list(Counterpart.objects.select_related("agency", "set_by").order_by("-from_on", "-id"))
    found: dict[str, tuple[Named, ...]] = {}
    for key, name in agencies_to_ask(viewer):
        tiers = []
        for tier in ladder.tiers:
            own = tuple(r for r in rows if r.agency.key == key and r.level == tier.level)
            tiers.append(Named(tier.level, tier.called, own, next((r for r in own if r.from_on <= day), None)))
        found[name] = tuple(tiers)
    return found


@wall.working()
def _everywhere(at: datetime) -> list[tuple[int, Standing]]:
    """Every escalation about anybody. Below the gate: for figures, and for those whose work it is by what it says."""
    records = set(EventPerson.objects.filter(event__kind="escalation.raised").values_list("record_id", flat=True))
    people = set(identities_of(records).values())
    return [(p, standing(r, at)) for p, c in chronologies(people).items() for r in escalations(c.known_by(at))]


@dataclass(frozen=True)
class AgendaPoint:
    """One problem between two agencies: what kind, how many children it concerns, since when, and the escalations that came of it."""

    from_: str
    to: str
    about: str
    since: datetime
    cases: tuple[tuple[int, int], ...]  # person, first entry


def agenda(viewer: Viewer) -> tuple[AgendaPoint, ...]:
    """What no tier resolved, for those who sit for the partnership; no name, and nobody of whom they may not know. Raises NotPermitted."""
    at_table(viewer)
    waiting = [(p, s) for p, s in _everywhere(viewer.at) if s.on_agenda]
    known = {p for p, _ in waiting} - gate.hidden(viewer, {p for p, _ in waiting})
    write(viewer, Action.LIST, people=known, fields=("kinds_of_entry",), note="the partnership's agenda")
    held: dict[tuple[str, str, str], list[tuple[int, Standing]]] = {}
    for person, s in waiting:
        if person in known:
            held.setdefault((s.from_, s.to.agency, str(s.run.first.get("about") or "other")), []).append((person, s))
    return tuple(
        AgendaPoint(*key, min(s.run.first.at for _, s in of), tuple((p, s.run.first.event_id) for p, s in of))
        for key, of in sorted(held.items(), key=lambda x: (-len(x[1]), x[0]))
    )  # fmt: skip


def at_table(viewer: Viewer, people: Iterable[int] = ()) -> None:
    """Raises NotPermitted, the refusal written down, for whoever does not sit for the partnership."""
    if viewer.role not in ladder_on(local(viewer.at).date()).partnership:
        gate.refuse(viewer, people=people, note="the partnership's agenda")
        raise NotPermitted(
            "The agenda is for those who sit for the partnership. The page of the child says where an escalation stands."
        )


def on_agenda(viewer: Viewer, person: int, entry: int) -> bool:
    """Whether this escalation is on the agenda. Below the gate: says nothing of what it is."""
    return any(p == person and s.run.first.event_id == entry and s.on_agenda for p, s in _everywhere(viewer.at))


def everywhere(viewer: Viewer) -> list[tuple[int, Standing]]:
    """Every escalation with whom it is about, for figures that name nobody; none about somebody of whom the viewer may not know."""
    found = _everywhere(viewer.at)
    unseen = gate.hidden(viewer, {p for p, _ in found})
    return [(p, s) for p, s in found if p not in unseen]
