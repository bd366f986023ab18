"""What the evaluator says of an answer: canaries that should not be there, looks that no entry names, entries that are no look."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from access_proof.canaries import Canary
from access_proof.routes import About
from oracle.cage import owned
from oracle.drive import OPENS, Answered, Entry, Planned
from oracle.evaluator import Facts, Held, Said, Seen, class_of, decide, knows, state_of, tier_of
from oracle.people import CENTRE
from oracle.posting import NOBODY
from oracle.said import HOUSE
from oracle.scene import MAY_BE_SAME, Eye, Scene

_PERSON = re.compile(r'/person/(\d+)/|"person": ?(\d+)|value="person-(\d+)"')
# What a route says that it is for, where it says so. Of several any will do; "": each involvement's own purpose.
PURPOSES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("person/<number:person>/records/", ("identity", "")),
    ("person/<number:person>/looked/", ("", "review_access")),
    ("person/<number:person>/restriction/", ("", "review_access")),
    ("person/<number:person>/appointment/", ("", "review_access")),
    ("restrictions/", ("", "review_access")),
    ("access/", ("", "review_access")),
    ("retention/", ("", "retention")),
    ("person/<number:person>/hold/", ("", "retention")),
    ("first-contact/", ("first_contact",)),
    ("api/first-contact", ("first_contact",)),
)

# A request to an agency, made just now, says of whom: by name and day of birth, as whoever asks sees them, whatever the agency asked sees.
ASKED = "door/asked/<number:entry>/"
SAYS_OF_WHOM = ("person.recorded.forenames", "person.recorded.surname", "person.recorded.born")
# Lines that say who was read of; and forms of which the next step alone is taken.
READ = ("consultation", "list", "search")
TAKES_NOTHING = {f"person/<number:person>/share/{step}" for step in ("", "why/", "what/")}
# Entries of these kinds carry a code of handling, and in the scene none of them says it.
UNCODED = ("address.recorded.", "relationship.recorded.")


@dataclass(frozen=True)
class Fault:
    """Something wrong in an answer: who saw it, by which call, and what of whom."""

    what: str
    who: str
    route: str
    method: str
    aimed: str
    of: str
    field: str

    def __str__(self) -> str:
        return f"{self.what}: {self.who}, {self.method} {self.route} at {self.aimed}: {self.of} {self.field}"


@dataclass
class Judge:
    """Judges answers about one scene. `codes`: how the entry in which a value stands may be handled, where its kind says so."""

    scene: Scene
    codes: Mapping[str, str] = field(default_factory=dict)
    _known: dict[tuple[object, ...], Seen] = field(default_factory=dict)
    _searched: dict[int, Facts] = field(default_factory=dict)

    def faults(self, answered: Answered) -> list[Fault]:
        """Everything that is wrong with one answer, and with the page to which it led."""
        shown, written = self.leaked(answered), [*self.unlogged(answered), *self.no_look(answered)]
        own = [*shown, *written, *self.unwritten(answered), *self.taken(answered)]
        return own + (self.faults(answered.then) if answered.then else [])

    def leaked(self, a: Answered) -> list[Fault]:
        """Values that are shown and should not be."""
        return [
            self._fault("shown", a, next(iter(held)))
            for held in a.shown.values()
            if not any(self.allowed(a.eye, a.call, c) or _as_asked(a, c) for c in held)
        ]

    def _fault(self, what: str, a: Answered, c: Canary) -> Fault:
        return Fault(
            what,
            a.eye.name,
            a.call.pattern,
            a.call.method,
            a.call.part + a.call.query,
            c.owner,
            f"{c.source} {c.field} {c.value}",
        )

    def allowed(self, eye: Eye, call: Planned, canary: Canary) -> bool:
        """Whether a value may be in the answer to a call."""
        if canary.owner not in self.scene.people:
            return canary.owner == HOUSE and self._of_the_house(eye, call, canary)
        return self._read(eye, call, canary) or self._as_tie(eye, call, canary) or self._as_place(eye, call, canary)

    def _read(self, eye: Eye, call: Planned, canary: Canary) -> bool:
        return self.seen(eye, canary, self.facts(eye, call), self.purposes(call), self.within(call)) is Seen.FULL

    def _as_tie(self, eye: Eye, call: Planned, canary: Canary) -> bool:
        """Since when somebody is what they are to the child in the middle: said in the child's own record too, unless who it is is hidden."""
        if not canary.field.startswith("relationship.recorded."):
            return False
        state = state_of(eye.viewer, self.scene.people[canary.owner], self.facts(eye, call))
        return state not in ("sealed", "excluded") and self._read(eye, call, owned(canary, CENTRE))

    def seen(
        self, eye: Eye, canary: Canary, facts: Facts, purposes: Iterable[str] = ("",), within: Iterable[int] = ()
    ) -> Seen:
        """The most that any of its classes and of the purposes gives."""
        person, near = self.scene.people[canary.owner], frozenset(within)
        coded = canary.value in self.codes or canary.field.startswith(UNCODED)
        code = self.codes.get(canary.value, "")
        best, said = Seen.NO, Said(canary.source, class_of(canary.field), coded, code)
        for purpose in purposes:
            key = (eye.viewer, person, said, id(facts), purpose, near)
            if key not in self._known:
                self._known[key] = decide(eye.viewer, person, said, facts, purpose, within=near)
            best = max(best, self._known[key])
        return best

    def facts(self, eye: Eye, call: Planned) -> Facts:
        """What is so when a call is answered: a search with a typed reason opens whoever it finds, for those trusted to search."""
        opens = call.route.about is About.SEARCH and eye.viewer.may("search_at_first_contact")
        if not opens:
            return self.scene.facts
        if eye.viewer.user not in self._searched:
            at = self.scene.at
            mine = [
                Held("first_contact", p, eye.viewer.user, at, at + timedelta(hours=12))
                for p in self.scene.people.values()
            ]
            self._searched[eye.viewer.user] = self.scene.facts.also(*mine)
        return self._searched[eye.viewer.user]

    def purposes(self, call: Planned) -> tuple[str, ...]:
        """What a call is for."""
        return next((held for start, held in PURPOSES if call.pattern.startswith(start)), ("",))

    def within(self, call: Planned) -> frozenset[int]:
        """The people whose records a page opens, around whom others may be."""
        if call.route.about in (About.PERSON, About.ALERT):
            return frozenset({self.scene.people[call.part]} if call.part != NOBODY else ())
        return frozenset(self.scene.people.values())

    def _of_the_house(self, eye: Eye, call: Planned, canary: Canary) -> bool:
        """What is said of the place where several live: for whoever reads one of them, or is trusted to search."""
        living = [n for n, home in self.scene.homes.items() if home == self.scene.house]
        return any(self._place_through(eye, call, who, canary) for who in living)

    def _as_place(self, eye: Eye, call: Planned, canary: Canary) -> bool:
        """Where somebody lives, as a place: the place may be looked up by those trusted to search, if it is known through somebody not hidden."""
        if call.route.about not in (About.PLACE, About.SEARCH) or not canary.field.startswith("address.recorded."):
            return False
        return self._place_through(eye, call, canary.owner, canary)

    def _place_through(self, eye: Eye, call: Planned, who: str, canary: Canary) -> bool:
        person, facts = self.scene.people[who], self.facts(eye, call)
        as_name = Canary(canary.value, who, canary.source, canary.what, "people.SourceRecord.surname")
        if self.seen(eye, as_name, facts, self.purposes(call), self.within(call)) is Seen.FULL:
            return True
        hidden = state_of(eye.viewer, person, facts) in ("sealed", "excluded")
        opened = "break_glass" in facts.of(eye.viewer, person)
        told = tier_of(eye.viewer.agency, canary.source) is not Seen.NO
        return eye.viewer.may("search_at_first_contact") and told and (opened or not hidden)

    def unlogged(self, a: Answered) -> list[Fault]:
        """Looks that the log does not name: of whom a value is shown, in an entry of that request; who was refused, in a refusal."""
        mine = [e for e in a.entries if e.user == a.eye.viewer.user]
        told = {p for e in mine if e.outcome == "given" and e.fields for p in e.people}
        owners = [frozenset(c.owner for c in held) for held in a.shown.values()]
        faults = [
            self._of("not logged", a, min(of), "")
            for of in set(owners)
            if of <= self.scene.people.keys()
            and not {self.scene.people[who] for who in of} & told
            and not self._only_place(a, of)
        ]
        if owners and not mine:
            faults.append(self._of("not logged", a, "anybody", ""))
        if a.status in (403, 404) and a.call.route.about is About.PERSON and not _refusal(mine, a.call.aim.person):
            faults.append(self._of("refusal not logged", a, "", str(a.status)))
        return faults

    def _only_place(self, a: Answered, of: frozenset[str]) -> bool:
        shown = [c for held in a.shown.values() for c in held if c.owner in of]
        return all(self._as_place(a.eye, a.call, c) for c in shown)

    def no_look(self, a: Answered) -> list[Fault]:
        """Entries that name somebody at whom the call was not aimed and of whom the answer says nothing."""
        aimed, tied = {a.call.aim.person, *self._aimed(a), *a.named}, self.scene.facts.tied
        said = {int("".join(met)) for met in _PERSON.findall(a.text)}
        said |= {self.scene.people[c.owner] for held in a.shown.values() for c in held if c.owner in self.scene.people}
        said |= {self.scene.people[n] for n in self._alike(a)}
        if "Name not permitted" in a.text:  # somebody around them is told of by what they are to them
            said |= {p for one in aimed for p in tied.get(one, ())}
        if a.accepted:  # what its form shows of those around them is read again to hold what was sent against it
            said |= {p for one in aimed for p in tied.get(one, ())}
        if a.call.method == "HEAD":  # nothing is seen of what the same page would have said
            said |= {p for one in aimed for p in tied.get(one, ())} if a.call.route.about is About.PERSON else set(tied)
        return [
            self._of("no look", a, self.scene.who(p) or str(p), f"{e.action} {e.note}")
            for e in a.entries
            for p in e.people - aimed - said
            if not a.made or self.scene.who(p)  # somebody new was made by it
            if a.call.method != "HEAD" or a.call.route.about is About.PERSON
        ]

    def unwritten(self, a: Answered) -> list[Fault]:
        """What was taken about somebody and stands in no line of the log about them: that they were read of besides is no such line.

        Of a form that opens a record what is taken is a reading.
        """
        about = a.call.route.about in (About.PERSON, About.ALERT) and a.call.part in self.scene.people
        given = [e for e in a.entries if e.user == a.eye.viewer.user and e.outcome != "refused"]
        mine = [e for e in given if e.action not in READ or a.call.pattern in OPENS]
        if not (a.accepted and about) or a.call.pattern in TAKES_NOTHING:
            return []
        if any(self.scene.people[a.call.part] in e.people for e in mine):
            return []
        return [self._of("not logged", a, a.call.part, "what was taken")]

    def taken(self, a: Answered) -> list[Fault]:
        """What was taken about somebody of whom whoever sent it is given nothing at all; a form that opens a record is there for just those."""
        if (
            not a.accepted
            or a.call.pattern in OPENS
            or a.call.route.about is not About.PERSON
            or a.call.part not in self.scene.people
        ):
            return []
        person, facts = self.scene.people[a.call.part], self.facts(a.eye, a.call)
        if knows(a.eye.viewer, person, facts, self.purposes(a.call)):
            return []
        return [self._of("taken", a, a.call.part, "from somebody who may know nothing of them")]

    def _of(self, what: str, a: Answered, who: str, field: str) -> Fault:
        return Fault(what, a.eye.name, a.call.pattern, a.call.method, a.call.part + a.call.query, who, field)

    def _alike(self, a: Answered) -> set[str]:
        """Those of whom a page says that they may be the person it is about, if only how many."""
        told = " may be " in a.text or a.call.method == "HEAD" or a.accepted
        if a.call.route.about is not About.PERSON or not told:
            return set()
        return set(MAY_BE_SAME) if a.call.part == CENTRE else {CENTRE} if a.call.part in MAY_BE_SAME else set()

    def _aimed(self, a: Answered) -> set[int]:
        named = (
            a.call.part in self.scene.people and a.call.route.about is not About.PLACE
        )  # a person, or a row about them
        return {self.scene.people[a.call.part]} if named else set()


def _as_asked(a: Answered, canary: Canary) -> bool:
    return a.call.pattern == ASKED and a.made and canary.field in SAYS_OF_WHOM


def _refusal(entries: Iterable[Entry], person: int) -> bool:
    return any(
        e.outcome == "refused"
        and (person in e.people or e.note.startswith("role may not") or e.note == "holds no post")
        for e in entries
    )
