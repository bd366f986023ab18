"""What is known already when a concern form is begun, a form as it stands, drafts, and the page of the child's voice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q

from sightline.access import gate, wall
from sightline.access.log import Action, write
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.alerts.settings import limits
from sightline.chronology.courses import Run, runs
from sightline.chronology.models import EventPerson
from sightline.chronology.needs import in_words, needs_of
from sightline.chronology.queries import chronology_of
from sightline.chronology.reaching import Ways, ways_of
from sightline.chronology.stepping import HERE, made_by
from sightline.chronology.view import Chronology, Happening
from sightline.chronology.worklists import several
from sightline.clocks.together import incidents_about
from sightline.kernel.errors import NotFound
from sightline.kernel.moments import local
from sightline.pathways.concern.models import Draft
from sightline.pathways.concern.queries.lists import KINDS as LISTS
from sightline.pathways.concern.queries.lists import numbered
from sightline.pathways.concern.rules import COURSE, FACTS, HOME, formats_for, next_update, trusted_adult
from sightline.people.anchors import identities_of
from sightline.people.household import Member, household, relations
from sightline.people.persons import Person, persons
from sightline.people.sight import sight_of

ADULT = 18
FIELDS = ("names", "born", "sex", "household", "relationships", "particulars", "chronology")
IN_THE_INCIDENT = "in the same incident"
CHILDREN = ("child", "step-child", "cared for", "sibling", "grandchild", "child-of-partner", IN_THE_INCIDENT)
FROM_RECORD = ("ethnicity", "language", "disability", "school", "gp")


@dataclass(frozen=True)
class Child:
    """A child of the form: who, how old, and what stands in their part already. `speaks`: old enough for words of their own."""

    person: int
    name: str
    age: int | None
    speaks: bool
    stands: Mapping[str, str] = field(default_factory=dict)
    before: tuple[Happening, ...] = ()
    helps: tuple[tuple[str, str], ...] = ()  # language, interpreter, disability and what helps, as last said to anybody

    @property
    def home_before(self) -> Happening | None:
        """The newest form that says how it was at home."""
        return next((h for h in reversed(self.before) if any(h.get(f) for f in HOME)), None)


@dataclass(frozen=True)
class Known:
    """What a form begins with, as far as its writer may read it. `others`: children around who could be on the form too."""

    children: tuple[Child, ...]
    household: tuple[str, ...]
    other_children: tuple[str, ...]
    adults: tuple[str, ...]
    others: tuple[Member, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Everybody on record whom the lists should name."""
        return tuple(line.split(",")[0] for line in (*self.household, *self.other_children, *self.adults))


def known_of(viewer: Viewer, people: Iterable[int], *, at: datetime, children_only: bool = False) -> Known:
    """What is known of these children and those around them, so that nobody is asked it again. Raises NotFound.

    `children_only`: for a page that names of those around only the other children; the look is of those.
    """
    asked = list(dict.fromkeys(people))
    gate.look(viewer, asked, fields=FIELDS, note="concern form")
    day, sight = local(at).date(), sight_of(viewer)
    first = asked[0]
    with wall.around(first):
        home = household(first, day, sight)
        kin = {r.person: r.relation for r in relations(first, day, sight)}
        told = {p: persons([p], sight)[p] for p in kin.keys() | set(asked)}
    before = several(viewer, asked)
    there = _there_too(viewer, before.get(first), {*asked, *(m.person for m in home)}, at)
    others = tuple(m for m in (*home, *there) if _young(m.age, m.relation) and m.person not in asked)
    around = {m.person for m in others} if children_only else {m.person for m in home} | kin.keys()
    if around:
        write(
            viewer, Action.CONSULTATION, people=around, fields=("names", "born", "relationships"), note="concern form"
        )
    children = tuple(_child(told[p], before.get(p), at) for p in asked)
    living = {m.person for m in home} | {first}
    apart = {p: told[p] for p in kin if p not in living}
    lines = [f"{m.name}{_aged(m.age)}, {m.relation}" for m in home]
    lists = [tuple(_line(p, kin[p.person], at) for p in apart.values() if _young(p.age_on(day), kin[p.person]) is young)
             for young in (True, False)]  # fmt: skip
    return Known(children, tuple(lines), lists[0], lists[1], others)


def _there_too(viewer: Viewer, held: Chronology | None, but: Iterable[int], at: datetime) -> list[Member]:
    """Children who were in an incident with this child in the last days, named or not, whom the viewer may read."""
    told = incidents_about(held, at, limits()) if held else ()
    who = {p for h in told for p in h.people.get("child", ())} - set(but)
    known = persons(gate.readable(viewer, who), sight_of(viewer)) if who else {}
    day = local(at).date()
    return [Member(p.person, p.name, p.age_on(day), IN_THE_INCIDENT, ()) for p in known.values()]


def _young(age: int | None, relation: str) -> bool:
    return age < ADULT if age is not None else relation in CHILDREN


def _aged(age: int | None) -> str:
    return "" if age is None else f", {age}"


def _line(person: Person, relation: str, at: datetime) -> str:
    return f"{person.name}{_aged(person.age_on(local(at).date()))}, {relation}"


def _child(person: Person, before: Chronology | None, at: datetime) -> Child:
    forms = before.of_kind("concern.notified") if before else ()
    said = dict(person.particulars[::-1])
    stands = {f: said[f].value for f in FROM_RECORD if f in said}
    if person.sex:
        stands["sex"] = {"F": "Female", "M": "Male"}.get(person.sex[0].value, person.sex[0].value)
    for form in forms:
        stands |= {f: str(form.get(f)) for f in FACTS if form.get(f)}
        stands |= numbered((f, form.get(f), form.get(f"{f}_ref")) for f in LISTS)
    asked = needs_of(before, at) if before else {}
    stands |= {f: asked[f] for f in ("language", "disability") if f in asked}
    age = person.age_on(local(at).date())
    speaks = age is None or age >= limits().number("voice.speaks_from", at)
    return Child(person.person, person.name, age, speaks, stands, forms, tuple(in_words(asked)))


def draft_of(viewer: Viewer, token: str) -> Draft | None:
    """Somebody's own form, begun and not sent. None where there is none of theirs; NotFound where they may no longer know of a child in it."""
    held = Draft.objects.filter(token=token, author_id=viewer.user_id or 0).first()
    if held is not None and gate.hidden(viewer, held.people):
        gate.refuse(viewer, people=held.people, note="draft")
        raise NotFound(gate.NOT_FOUND)
    return held


def drafts_of(viewer: Viewer, person: int | None = None) -> list[Draft]:
    """The viewer's own forms that are not sent yet, the newest first; of one child, where one is named."""
    held = Draft.objects.filter(author_id=viewer.user_id or 0).order_by("-saved_at")
    held = held.filter(people__contains=[person]) if person else held
    hidden = gate.hidden(viewer, {p for d in held for p in d.people})
    return [d for d in held if hidden.isdisjoint(d.people)]


def written_by(viewer: Viewer, of: str = "") -> Q:
    """Entries of this writer: by their account, and by their name where an entry holds no account."""
    no_account = Q(**{f"{of}by": viewer.name, f"{of}data__account__isnull": True})
    return no_account | Q(**{f"{of}data__account": viewer.user_id})


@wall.working()
def sent_under(viewer: Viewer, token: str) -> tuple[tuple[int, int], ...]:
    """What this writer sent under a token already: (person, entry). Numbers of their own entries; shows nothing of what they say."""
    theirs = {"event__source": HERE, "event__kind": "concern.notified", "role": "child"}
    sent = EventPerson.objects.filter(
        written_by(viewer, "event__"), event__ref__startswith=f"{COURSE.key}/{token}-", **theirs
    )
    rows = sent.order_by("event_id").values_list("record_id", "event_id")
    who = identities_of([record for record, _ in rows])
    return tuple((who[record], entry) for record, entry in rows)


@dataclass(frozen=True)
class FormPage:
    """One form as sent, with what was added beside it, what a supervisor said, and who else's forms came of the same visit."""

    person: int
    name: str
    run: Run
    may_review: bool
    siblings: tuple[tuple[str, int, int], ...]

    @property
    def additions(self) -> tuple[Happening, ...]:
        """What was added since, oldest first; the original stays as it was."""
        return self.run.of("concern.added")

    @property
    def reviews(self) -> tuple[Happening, ...]:
        """What supervisors said of it."""
        return self.run.of("concern.reviewed")


def form_page(viewer: Viewer, person: int, entry: int) -> FormPage:
    """A form by the number of its entry. Raises NotFound."""
    own = chronology_of(viewer, person, fields=("names", "chronology"))
    run = next((r for r in runs(COURSE, own) if r.first.event_id == entry), None)
    if run is None:
        gate.refuse(viewer, people=[person], note="no such form")
        raise NotFound(gate.NOT_FOUND)
    token = run.first.ref.removeprefix(f"{COURSE.key}/").rsplit("-", 1)[0]
    others = [(p, e) for p, e in sent_under(viewer, token) if p != person] if made_by(viewer, run.first) else []
    opened = gate.readable(viewer, [p for p, _ in others])
    if opened:
        write(viewer, Action.CONSULTATION, people=opened, fields=("names",), note="forms of one visit")
    names = persons([person, *opened], sight_of(viewer))
    siblings = tuple((names[p].name, p, e) for p, e in others if p in opened)
    return FormPage(person, names[person].name, run, reviews(viewer, run), siblings)


def reviews(viewer: Viewer, run: Run) -> bool:
    """Whether this viewer signs forms off: whoever answers for others' grades, in the writer's agency, and not the writer."""
    return (
        viewer.may(May.AGREE_TO_GRADES)
        and not made_by(viewer, run.first)
        and run.first.agency == viewer.agency
        and not run.over
    )


@dataclass(frozen=True)
class Voice:
    """What the child and family said, what became of it, whom the child trusts, how to reach them, and what they were told."""

    person: int
    name: str
    said: tuple[Happening, ...]
    told: tuple[Happening, ...]
    not_reached: tuple[Happening, ...]
    met: tuple[Happening, ...]
    trusted: Happening | None
    trusted_left: bool
    ways: Ways
    formats: tuple[str, ...]
    language: str
    due: datetime | None


def voice_page(viewer: Viewer, person: int, *, at: datetime) -> Voice:
    """The child's page of their own voice. Raises NotFound."""
    own = chronology_of(viewer, person, fields=("names", "particulars", "chronology"))
    who = persons([person], sight_of(viewer))[person]
    needs: dict[str, Any] = {f: s.value for f, s in reversed(who.particulars)}
    heard = tuple(
        h for h in own.of_kind("voice.captured", "concern.notified") if h.kind == "voice.captured" or h.get("views")
    )
    trusted, left = trusted_adult(own)
    age = who.age_on(local(at).date())
    return Voice(
        person, who.name, heard[::-1], own.of_kind("family.informed")[::-1], own.of_kind("family.not_reached")[::-1],
        own.of_kind("child.met")[::-1], trusted, left, ways_of(own, at), formats_for(needs, age), str(needs.get("language") or ""),
        next_update(own, at, limits()),
    )  # fmt: skip
