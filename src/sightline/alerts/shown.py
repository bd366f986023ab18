"""An alert cut to what a viewer may read: reads below the gate, for queries that have written down the look."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sightline.access import gate, wall
from sightline.access.policy import Decision, Of
from sightline.access.roles import Role, role_name, roles
from sightline.access.viewer import Viewer
from sightline.alerts.case import ADULT
from sightline.alerts.models import Acknowledgement, Alert, Told
from sightline.alerts.names import alert_names
from sightline.alerts.queues import is_queue, queue_name
from sightline.alerts.steps import next_step
from sightline.chronology.handling import may_read
from sightline.chronology.models import Event, EventPerson
from sightline.chronology.queries import TIES
from sightline.kernel.moments import local
from sightline.people.anchors import records_of
from sightline.people.persons import persons


@dataclass(frozen=True)
class Teller:
    """A role that was told, at which rung of the ladder, and when."""

    role: str
    rung: int
    at: datetime

    @property
    def name(self) -> str:
        """As on a door."""
        return role_name(self.role)


@dataclass(frozen=True)
class Answer:
    """What somebody said they do about an alert, and until when it may stand."""

    role: str
    at: datetime
    reason: str
    until_at: datetime

    @property
    def name(self) -> str:
        """The role as on a door."""
        return role_name(self.role)


@dataclass(frozen=True)
class Shown:
    """One alert, as far as this viewer may read it.

    `why` is empty where it rests on what their agency may not read: `withheld` then names those systems, and `means` says what kind it is.
    `step` says then only what the rule would say to anybody, or whom to ask.
    """

    alert: int
    kind: str
    label: str
    means: str
    why: str
    step: str
    subject: int
    cause: str
    concerns: frozenset[int]
    due_at: datetime
    first_at: datetime
    cleared_at: datetime | None
    entries: int
    withheld: tuple[str, ...]
    told: tuple[Teller, ...]
    answers: tuple[Answer, ...]
    mine: bool
    opened: bool  # whether the record of anybody it concerns is open to this viewer, who could then answer
    queue: str  # what it is about, where that is a unit's work and nobody

    @property
    def says(self) -> str:
        """Why, in its own words; or what kind of thing it is, where those may not be read."""
        return self.why or f"{self.means[:1].upper()}{self.means[1:].removesuffix('.')}."

    @property
    def answerable(self) -> bool:
        """Whether this viewer answers for it, and there is still something to answer."""
        return self.mine and self.opened and self.cleared_at is None

    def answered(self, at: datetime) -> bool:
        """Whether somebody's answer still holds."""
        return any(a.until_at > at for a in self.answers)


def own_role(viewer: Viewer) -> frozenset[str]:
    """The viewer's role, where their post is in the kind of agency whose role that is."""
    role: Role | None = roles().get(viewer.role)
    return frozenset({viewer.role}) if role and role.agency in ("any", viewer.agency_kind) else frozenset()


def people_of(alert: Alert) -> tuple[int, ...]:
    """Everybody an alert is about: whom it is named for first, then the others it concerns; nobody, where it is about a queue."""
    return tuple(p for p in dict.fromkeys((alert.subject_id, *alert.concerns)) if not is_queue(p))


@wall.working()
def known_of(viewer: Viewer, alerts: Sequence[Alert]) -> list[Alert]:
    """Those that rest on nothing this viewer may not know of: an entry of somebody sealed is for them as if it had never been.

    What is about a queue rests on how many there are, and shows none of them.
    """
    unseen = gate.unseen(viewer)
    if not unseen:
        return list(alerts)
    theirs = {record for held in records_of(unseen).values() for record in held}
    rested = EventPerson.objects.filter(event_id__in={e for a in alerts for e in a.rests_on})
    who: dict[int, set[int]] = {}
    tied: set[int] = set()
    for event, record, kind in rested.values_list("event_id", "record_id", "event__kind"):
        who.setdefault(event, set()).add(record)
        if kind.startswith(TIES):
            tied.add(event)
    gone = {e for e, records in who.items() if records & theirs and (records <= theirs or e in tied)}
    grown = _grown(viewer, {p for a in alerts if a.subject_id in unseen for p in people_of(a)} - unseen)
    return [
        a for a in alerts
        if is_queue(a.subject_id) or (_is_of_others(a, unseen, grown) and not gone & set(a.rests_on))
    ]  # fmt: skip


def _is_of_others(alert: Alert, unseen: set[int], grown: set[int]) -> bool:
    """Whether it would stand without those who may not be known of: named for another, or concerning a child besides them.

    An adult whom it concerns does not keep it: a risk to a hidden child would else be counted for whoever poses it.
    """
    return alert.subject_id not in unseen or bool(set(people_of(alert)) - unseen - grown)


def _grown(viewer: Viewer, people: set[int]) -> set[int]:
    """Those of these people who are known to be adults."""
    day = local(viewer.at).date()
    ages = {p: who.age_on(day) for p, who in persons(people).items()} if people else {}
    return {p for p, age in ages.items() if age is not None and age >= ADULT}


@dataclass(frozen=True)
class _Sight:
    """What a viewer may know of the people and systems of some alerts."""

    viewer: Viewer
    mine: frozenset[str]
    unseen: set[int]
    given: dict[int, Decision]
    unnamed: set[int]  # whose name is not given to this viewer, so that no sentence may say it
    entries: dict[int, tuple[str, str, object]]

    @property
    def readable(self) -> set[int]:
        """Those whose record is open to them."""
        return {person for person, given in self.given.items() if given.content}

    def withheld(self, alert: Alert) -> tuple[str, ...]:
        """The systems of which an alert rests on what they may not read: by the source's tier, or by how the entry may be handled."""
        open_to = (self.given[p] for p in people_of(alert) if self.given[p].content)
        given = next(open_to, gate.of_a_place(self.viewer))
        rested = [self.entries[e] for e in alert.rests_on if e in self.entries]
        return tuple(dict.fromkeys(entry[0] for entry in rested if not may_read(self.viewer, *entry, given=given)))


@wall.working()
def sources_of(events: Iterable[int]) -> dict[int, str]:
    """Which system each of these entries is of, and nothing of what it says."""
    return dict(Event.objects.filter(pk__in=list(events)).order_by("at", "pk").values_list("pk", "source"))


@wall.working()
def rested_on(events: Iterable[int]) -> dict[int, tuple[str, str, object]]:
    """The system, kind and handling code of each of these entries, and nothing of what it says."""
    rows = Event.objects.filter(pk__in=list(events)).values_list("pk", "source", "kind", "data__handling")
    return {pk: (source, kind, code) for pk, source, kind, code in rows}


def shown(viewer: Viewer, alerts: Sequence[Alert]) -> list[Shown]:
    """Alerts cut to what this viewer may read. For queries that have already passed the gate."""
    ids = [a.pk for a in alerts]
    told: dict[int, list[Teller]] = {pk: [] for pk in ids}
    for t in Told.objects.filter(alert__in=ids).order_by("rung", "at"):
        told[t.alert_id].append(Teller(t.role, t.rung, t.at))
    said: dict[int, list[Answer]] = {pk: [] for pk in ids}
    for k in Acknowledgement.objects.filter(alert__in=ids).order_by("-at", "-id"):
        said[k.alert_id].append(Answer(k.role, k.at, k.reason, k.until_at))
    everyone = {p for a in alerts for p in people_of(a)}
    met = gate.sees(viewer, everyone, around=True)
    sight = _Sight(
        viewer, own_role(viewer), gate.unseen(viewer), gate.sees(viewer, everyone),
        {p for p, given in met.items() if not given.shows(Of.IDENTIFYING)}, rested_on({e for a in alerts for e in a.rests_on}),
    )  # fmt: skip
    return [_shown(a, sight, tuple(told[a.pk]), tuple(said[a.pk])) for a in alerts]


def _shown(a: Alert, sight: _Sight, told: tuple[Teller, ...], said: tuple[Answer, ...]) -> Shown:
    queue = is_queue(a.subject_id)
    withheld = () if queue else sight.withheld(a)
    name, everyone = alert_names()[a.kind], people_of(a)
    subject = next((p for p in everyone if p in sight.readable), a.subject_id)
    own_words = queue or (not withheld and a.subject_id in sight.readable and not set(everyone) & sight.unnamed)
    return Shown(
        a.pk, a.kind, name.label, name.means, a.why if own_words else "",
        next_step(a.step, a.rule, withheld, own_words=own_words), subject, a.cause,
        frozenset(everyone) - sight.unseen - {subject}, a.due_at, a.first_at, a.cleared_at, len(a.rests_on), withheld,
        told, said, any(t.role in sight.mine for t in told), queue or bool(set(everyone) & sight.readable),
        queue_name(a.subject_id) if queue else "",
    )  # fmt: skip
