"""One child's conferences and plans as a viewer may read them, and one of them with what is owed. Every look is written down first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from typing import NoReturn

from sightline.access import gate, wall
from sightline.access.casework import WORK
from sightline.access.log import Action, write
from sightline.access.models import Involvement, Post
from sightline.access.roles import role_name
from sightline.access.rota import live_posts
from sightline.access.spans import live_at
from sightline.access.viewer import Viewer
from sightline.agencies.models import Agency
from sightline.alerts.settings import limits
from sightline.chronology.courses import MADE_HERE, Course, Run, runs
from sightline.chronology.needs import needs_of
from sightline.chronology.queries import as_permitted, chronologies
from sightline.chronology.reaching import Ways, ways_of
from sightline.chronology.view import Chronology
from sightline.clocks.limits import Limits
from sightline.kernel.errors import NotFound
from sightline.kernel.moments import local
from sightline.pathways.plan.rules import CONFERENCE, PLAN
from sightline.pathways.plan.rules.actions import Acted, actions
from sightline.pathways.plan.rules.choices import nation_of, terms
from sightline.pathways.plan.rules.owed import Owed, owed
from sightline.people.household import household, relations
from sightline.people.persons import Person, persons
from sightline.people.sight import sight_of

COURSES = {c.key: c for c in (CONFERENCE, PLAN)}
FIELDS = ("names", "born", "chronology", "relationships")
INVITED_ROLES = (
    "partner_lead",
    "safeguarding_lead",
    "detective_sergeant",
)  # of those who do not work with the child yet (local default)


def slug_of(key: str) -> str:
    """A run's key as part of an address: it holds nothing of anybody."""
    return blake2b(key.encode(), digest_size=8).hexdigest()


def begun_as(token: str) -> str:
    """The ref of the plan that the form of a conference begins."""
    return f"{PLAN.key}/{token}-plan"


@dataclass(frozen=True)
class Relative:
    """Somebody around the child, and whether this viewer may read their record."""

    person: int
    name: str
    relation: str
    readable: bool


@dataclass(frozen=True)
class Standing:
    """A child as far as conferences and plans go: who, what ran, what is owed, and by whose rules."""

    person: Person
    chronology: Chronology
    conferences: tuple[Run, ...]
    plans: tuple[Run, ...]
    owed: tuple[Owed, ...]
    limits: Limits
    terms: Mapping[str, str]
    nation: str
    at: datetime

    @property
    def needs(self) -> Mapping[str, str]:
        """Language, interpreter, disability and what helps, as last said to anybody."""
        return needs_of(self.chronology, self.at)

    @property
    def ways(self) -> Ways:
        """How the child may be reached and never, as far as the viewer may read it."""
        return ways_of(self.chronology, self.at)

    @property
    def age(self) -> int | None:
        """Whole years."""
        return self.person.age_on(local(self.at).date())

    @property
    def protections(self) -> tuple[Run, ...]:
        """Child protection plans in force, newest first: one, or the same as several systems tell of it."""
        return tuple(r for r in reversed(self.plans) if not r.over and r.first.get("kind") == "child_protection")

    @property
    def protection(self) -> Run | None:
        """The child protection plan in force."""
        return next(iter(self.protections), None)

    def protection_besides(self, token: str) -> Run | None:
        """The child protection plan in force but for the one that this very form began: the same form sent twice is one."""
        return next((r for r in self.protections if r.key != f"{MADE_HERE}:{begun_as(token)}"), None)

    def ending_with(self, run: Run) -> tuple[Run, ...]:
        """The plans that end when this one does: a child is subject of one child protection plan, whichever systems tell of it."""
        if run.first.get("kind") != "child_protection":
            return (run,)
        held = run.first.get("authority")
        same = (r for r in self.protections if r.key != run.key and r.first.get("authority") in (None, held))
        return (run, *same)


@dataclass(frozen=True)
class RunPage:
    """One conference or plan on its page."""

    standing: Standing
    run: Run
    actions: tuple[Acted, ...]

    @property
    def person(self) -> int:
        """Whose it is."""
        return self.standing.person.person

    @property
    def slug(self) -> str:
        """Its part of the address."""
        return slug_of(self.run.key)

    @property
    def course(self) -> Course:
        """What it is a run of."""
        return self.run.course

    @property
    def owed(self) -> tuple[Owed, ...]:
        """What is owed under it."""
        return tuple(o for o in self.standing.owed if o.run == self.run.key)


def standing_of(viewer: Viewer, person: int, *, note: str = "conferences and plans") -> Standing:
    """Everything of one child's conferences and plans. Raises NotFound where the record is not the viewer's to read."""
    gate.look(viewer, [person], fields=FIELDS, note=note)
    return stand(viewer, person, as_permitted(viewer, chronologies([person])[person]))


def stand(viewer: Viewer, person: int, chronology: Chronology) -> Standing:
    """The same from a chronology that is permitted already. Below the gate."""
    plans = runs(PLAN, chronology)
    nation = nation_here(viewer, plans)
    rules = limits(nation)
    who = persons([person], sight_of(viewer)).get(person)
    if who is None:
        raise NotFound(gate.NOT_FOUND)
    found = owed(chronology, rules, viewer.at)
    return Standing(
        who,
        chronology,
        runs(CONFERENCE, chronology),
        plans,
        found,
        rules,
        terms(nation, local(viewer.at).date()),
        nation,
        viewer.at,
    )


@wall.working()
def as_held(viewer: Viewer, person: int) -> Standing:
    """The same with everything that is held, whatever of it the viewer may read: to decide and to store by, shown to nobody. Below the gate."""
    return stand(viewer, person, chronologies([person])[person])


def ending_with(viewer: Viewer, standing: Standing, run: Run) -> tuple[Run, ...]:
    """The plans that end when this one does, in whichever systems, each as the viewer may read it.

    Of one that they may not know of there is its key alone.
    """
    held, mine = as_held(viewer, standing.person.person), {r.key: r for r in standing.plans}
    whole = next((r for r in held.plans if r.key == run.key), run)
    return tuple(mine.get(r.key) or replace(r, entries=(), aside=()) for r in held.ending_with(whole))


def nation_here(viewer: Viewer, plans: tuple[Run, ...]) -> str:
    """Whose rules hold: those of the authority that holds the newest plan; without one, of the viewer's own agency."""
    held = next((str(r.first.get("authority")) for r in reversed(plans) if r.first.get("authority")), viewer.agency)
    return nation_of(held, local(viewer.at).date())


def run_page(viewer: Viewer, person: int, course: str, slug: str) -> RunPage:
    """One conference or plan. Raises NotFound where there is none that this viewer may read."""
    standing = standing_of(viewer, person, note=course)
    held = standing.conferences if course == CONFERENCE.key else standing.plans
    run = next((r for r in held if slug_of(r.key) == slug), None)
    if run is None:
        gate.refuse(viewer, people=[person], note=course)
        raise NotFound(gate.NOT_FOUND)
    return RunPage(standing, run, actions(run) if course == PLAN.key else ())


def family_of(viewer: Viewer, person: int, *, to_choose: bool = False) -> tuple[Relative, ...]:
    """Those who live with the child or are related to them, as this viewer may know them; the look is written down.

    `to_choose`: for a page that offers those whom the viewer may read, and names no other.
    """
    sight, day = sight_of(viewer), local(viewer.at).date()
    with wall.around(person):
        living, related = household(person, day, sight), relations(person, day, sight)
        said: dict[int, list[str]] = {m.person: [m.relation] for m in living}
        for r in related:
            said.setdefault(r.person, []).append(r.relation)
        named = persons(said, sight)
    opened = gate.readable(viewer, said)
    if shown := opened if to_choose else said.keys() & named.keys():
        fields = ("names", "relationships")
        write(viewer, Action.CONSULTATION, people=shown, fields=fields, note="family of a child with a plan")
    return tuple(
        Relative(p, named[p].name, ", ".join(dict.fromkeys(words)), p in opened)
        for p, words in said.items()
        if p in named
    )


def agencies_here(viewer: Viewer) -> dict[str, Agency]:
    """The agencies active today, by key."""
    day = local(viewer.at).date()
    return {a.key: a for a in Agency.objects.exclude(active_until__lte=day).order_by("name")}


def kinds_of_agency() -> tuple[tuple[str, str], ...]:
    """Each agency's key with its kind."""
    return tuple(Agency.objects.values_list("key", "kind"))


@dataclass(frozen=True)
class Invitable:
    """A post that may be asked to a conference; `works`: they work with the child already."""

    post: int
    name: str
    role: str
    agency: str
    agency_name: str
    works: bool


def invitable(viewer: Viewer, person: int) -> tuple[Invitable, ...]:
    """Who may be asked: whoever works with the child now, and of each agency those who answer for it. Names of colleagues, nothing of the child."""
    with wall.working():
        live = Involvement.objects.filter(live_at(viewer.at), person_id=person, why__in=(*WORK, "court_appointment"))
        working = set(live.values_list("post_id", flat=True))
        held = (
            Post.objects.filter(live_posts(viewer.at))
            .select_related("user", "agency")
            .order_by("agency__name", "user__name", "pk")
        )
        rows = [p for p in held if p.pk in working or p.role in INVITED_ROLES]
    return tuple(
        Invitable(p.pk, str(p.user), role_name(p.role), p.agency.key, p.agency.name, p.pk in working) for p in rows
    )


def not_there(viewer: Viewer, person: int) -> NoReturn:
    """Raises NotFound, the refusal written down: there is no such page."""
    gate.refuse(viewer, people=[person], note="no such step")
    raise NotFound(gate.NOT_FOUND)
