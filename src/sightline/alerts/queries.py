"""Alerts as those who were told of them read them. Every query takes the viewer, and writes the look down before anybody is named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from sightline.access import gate, wall
from sightline.access.log import Action
from sightline.access.models import Post
from sightline.access.policy import Tier, tier
from sightline.access.roles import role_name
from sightline.access.viewer import Viewer
from sightline.alerts.case import ADULT
from sightline.alerts.findings import Rule, rules
from sightline.alerts.models import Acknowledgement, Alert
from sightline.alerts.queues import is_queue
from sightline.alerts.reach import Reach
from sightline.alerts.routing import next_on_ladder
from sightline.alerts.settings import limits
from sightline.alerts.shown import Shown, known_of, people_of, shown, sources_of
from sightline.alerts.whose import mine, of_team, told_here
from sightline.chronology.models import Event
from sightline.chronology.queries import as_permitted, chronologies
from sightline.chronology.view import Happening
from sightline.clocks.limits import Limit
from sightline.kernel.moments import local
from sightline.people.persons import Person, persons
from sightline.people.sight import sight_of

A_PAGE = 25


@dataclass(frozen=True)
class Line:
    """What says the same thing to the same person from the same cause, shown as one. `people`: the children, and whom they are named for."""

    alerts: tuple[Shown, ...]
    people: tuple[int, ...]

    @property
    def first(self) -> Shown:
        """The one that fell due first."""
        return self.alerts[0]

    @property
    def whys(self) -> tuple[str, ...]:
        """What they say, each once."""
        return tuple(dict.fromkeys(a.says for a in self.alerts))

    @property
    def steps(self) -> tuple[str, ...]:
        """The next steps, each once."""
        return tuple(dict.fromkeys(a.step for a in self.alerts if a.step))


@dataclass(frozen=True)
class Worklist:
    """What stands, by what is due, with what must be known of it at a glance."""

    lines: tuple[Line, ...]
    people: dict[int, Person]
    standing: int
    due_today: int
    unanswered: int
    page: int
    pages: int


def how_many_stand(viewer: Viewer) -> int:
    """How many alerts stand that this viewer was told of."""
    gate.look(viewer, (), fields=("alerts",), action=Action.LIST, note="how many alerts stand")
    return len(mine(viewer))


def my_alerts(viewer: Viewer, *, page: int = 1, show: str = "") -> Worklist:
    """What stands and reaches the viewer's post now, about people they may read, longest due first; what is answered comes last."""
    return _worklist(viewer, mine(viewer), page, show, note="my alerts")


def team_alerts(viewer: Viewer, *, team: int | None = None, page: int = 1, show: str = "") -> Worklist:
    """What stands and reaches others of a team that this viewer leads, or of all of them.

    Raises NotPermitted for a post to which nobody answers, NotFound for a team that is not theirs.
    """
    return _worklist(viewer, of_team(viewer, team), page, show, note="alerts of a team")


SHOW = {"": "All", "unanswered": "Not answered", "answered": "Answered", "today": "Fell due today"}


def _shows(show: str, alert: Alert, answered: set[int], today: date) -> bool:
    if show == "today":
        return local(alert.due_at).date() == today
    return show not in ("answered", "unanswered") or (alert.pk in answered) is (show == "answered")


def _worklist(viewer: Viewer, alerts: list[Alert], page: int, show: str, *, note: str) -> Worklist:
    answered, today = _answered(alerts, viewer.at), local(viewer.at).date()
    ordered = sorted(alerts, key=lambda a: (a.pk in answered, a.due_at, a.kind, a.pk))
    groups = joined([a for a in ordered if _shows(show, a, answered, today)])
    pages = max(1, -(-len(groups) // A_PAGE))
    here = groups[(min(page, pages) - 1) * A_PAGE :][:A_PAGE]
    seen = {x.alert: x for x in shown(viewer, [a for group in here for a in group])}
    about = gate.readable(viewer, {p for x in seen.values() for p in (x.subject, *x.concerns)})
    gate.look(viewer, about, fields=("names", "alerts"), action=Action.LIST, note=note)
    people = persons(about, sight_of(viewer)) if about else {}
    lines = tuple(_line([seen[a.pk] for a in group], people, today) for group in here)
    due = sum(local(a.due_at).date() == today for a in alerts)
    return Worklist(lines, people, len(alerts), due, len(alerts) - len(answered), min(page, pages), pages)


def _line(alerts: list[Shown], people: dict[int, Person], today: date) -> Line:
    subjects = dict.fromkeys(x.subject for x in alerts if not x.queue)
    others = (p for x in alerts for p in sorted(x.concerns) if p in people)
    children = (p for p in others if (age := people[p].age_on(today)) is not None and age < ADULT)
    return Line(tuple(alerts), tuple(dict.fromkeys((*subjects, *children))))


def _answered(alerts: Iterable[Alert], at: datetime) -> set[int]:
    said = Acknowledgement.objects.filter(alert__in=[a.pk for a in alerts], until_at__gt=at)
    return set(said.values_list("alert_id", flat=True))


def joined(alerts: Iterable[Alert]) -> list[list[Alert]]:
    """Alerts of one kind from one cause, together, as for three children in one call; in the order of the first of each."""
    groups: dict[tuple[str, str, bool], list[Alert]] = {}
    for alert in alerts:
        groups.setdefault((alert.kind, alert.cause, is_queue(alert.subject_id)), []).append(alert)
    return list(groups.values())


@dataclass(frozen=True)
class Entry:
    """One entry that an alert rests on: shown, or only that a system holds it."""

    source: str
    happening: Happening | None


@dataclass(frozen=True)
class InForce:
    """A limit that the alert went by, on the day its clock started."""

    name: str
    says: str
    limit: Limit


@dataclass(frozen=True)
class Reaching:
    """Who has an alert in one role now, and by what it found them."""

    names: tuple[str, ...]
    how: str


@dataclass(frozen=True)
class AlertPage:
    """One alert: what, why, on what it rests, who was told and who is next, and what they answered."""

    shown: Shown
    people: dict[int, Person]
    rule: Rule | None
    limits: tuple[InForce, ...]
    entries: tuple[Entry, ...]
    next_role: str
    next_at: datetime | None
    reaching: dict[str, Reaching]


def alert_page(viewer: Viewer, alert_id: int) -> AlertPage:
    """One alert, for those it was told to and those to whom they answer. Raises NotFound for everybody else, the refusal written down."""
    alert = told_here(viewer, alert_id)
    viewer = viewer.because(f"alert: {alert.kind.replace('_', ' ')}")
    about = gate.readable(viewer, people_of(alert))
    gate.look(viewer, about or people_of(alert)[:1], fields=("names", "alerts", "chronology"), note=f"alert {alert_id}")
    (cut,) = shown(viewer, [alert])
    rule = next((r for r in rules() if r.kind == alert.kind and r.name == alert.rule), None)
    following = next_on_ladder(alert) if alert.next_rung_at else ""
    return AlertPage(
        cut, persons(about, sight_of(viewer)), rule, _in_force(rule, alert), _entries(viewer, alert, about),
        role_name(following) if following else "", alert.next_rung_at, _reaching(viewer, alert, cut),
    )  # fmt: skip


@wall.working()
def _reaching(viewer: Viewer, alert: Alert, cut: Shown) -> dict[str, Reaching]:
    """By role told: whom it reaches now and how it found them; nobody where it is put right."""
    if alert.cleared_at:
        return {}
    reached = {t.role: Reach(t.role, [alert], viewer.at).of(alert) for t in cut.told}
    held = Post.objects.filter(pk__in={p for r in reached.values() for p in r.posts}).select_related("user")
    names = {p.pk: str(p.user) for p in held}
    return {role: Reaching(tuple(sorted(names[p] for p in r.posts)), r.how.value) for role, r in reached.items()}


@wall.working()
def _in_force(rule: Rule | None, alert: Alert) -> tuple[InForce, ...]:
    rows = Event.objects.filter(pk__in=alert.rests_on).values_list("source", "ref", "at")
    began = next((at for source, ref, at in rows if f"{source}:{ref}" == alert.cause), alert.due_at)
    held, day = limits(), local(began).date()
    return tuple(
        InForce(name, held.say(name, began), held.version(name, day))
        for name in (rule.limits if rule else ())
        if any(v.source.in_force(day) for v in held.known.get(name, ()))
    )


def _entries(viewer: Viewer, alert: Alert, about: set[int]) -> tuple[Entry, ...]:
    """Those it rests on, oldest first; of what the viewer's agency may not read, and of people they have not opened, only the system.

    None where it is about a queue: it rests on how many there are.
    """
    if is_queue(alert.subject_id):
        return ()
    read: dict[int, Happening] = {}
    for chronology in chronologies(about).values():
        seen = as_permitted(viewer, chronology)
        read |= {h.event_id: h for h in (*seen.happenings, *seen.past) if not h.pointer}
    return tuple(Entry(source, read.get(event)) for event, source in sources_of(alert.rests_on).items())


@wall.working()
def _about(person: int) -> list[Alert]:
    return list(Alert.objects.filter(Q(subject_id=person) | Q(concerns__contains=[person])))


def alerts_about(viewer: Viewer, person: int) -> tuple[tuple[Shown, ...], tuple[Shown, ...]]:
    """The alerts about one person, to whomever they were told: those that stand, and those put right, newest first.

    Not those that rest on a system of which the viewer's agency may know nothing, save where they were told themselves.
    Raises NotFound where the viewer may not read this person.
    """
    gate.look(viewer, [person], fields=("alerts",), action=Action.LIST, note="alerts about a person")
    found = shown(viewer, known_of(viewer, wall.again(_about(person))))
    may = [s for s in found if s.mine or all(tier(viewer, source) is not Tier.NO for source in s.withheld)]
    standing = sorted((s for s in may if s.cleared_at is None), key=lambda s: (s.due_at, s.kind, s.alert))
    past = sorted((s for s in may if s.cleared_at), key=lambda s: (s.cleared_at or s.due_at, s.alert), reverse=True)
    return tuple(standing), tuple(past)
