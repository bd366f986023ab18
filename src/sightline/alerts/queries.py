"""Alerts as those who were told of them read them. Every query takes the viewer, and writes the look down before anybody is named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from sightline.access import gate
from sightline.access.log import Action
from sightline.access.models import Post
from sightline.access.policy import Tier, tier
from sightline.access.roles import roles
from sightline.access.viewer import Viewer
from sightline.alerts.case import ADULT
from sightline.alerts.findings import Rule, rules
from sightline.alerts.models import Acknowledgement, Alert, Told
from sightline.alerts.routing import ladder
from sightline.alerts.settings import limits
from sightline.alerts.shown import Shown, known_of, own_role, people_of, role_name, shown
from sightline.chronology.models import Event
from sightline.chronology.queries import as_permitted, chronologies
from sightline.chronology.view import Happening
from sightline.clocks.limits import Limit
from sightline.kernel.errors import NotFound, NotPermitted
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


def leads(viewer: Viewer) -> bool:
    """Whether others answer to this post: it is above somebody on the ladder."""
    return any(r.above == viewer.role for r in roles().values())


def team_roles(viewer: Viewer) -> frozenset[str]:
    """The other posts of this kind of agency, and those of any agency that somebody holds in the viewer's own."""
    live = Post.objects.filter(agency__key=viewer.agency, held_from__lte=viewer.at).exclude(held_until__lte=viewer.at)
    held = set(live.values_list("role", flat=True))
    own = {k for k, r in roles().items() if r.agency == viewer.agency_kind or (r.agency == "any" and k in held)}
    return frozenset(own - {viewer.role})


def how_many_stand(viewer: Viewer) -> int:
    """How many alerts stand that this viewer was told of."""
    gate.look(viewer, (), fields=("alerts",), action=Action.LIST, note="how many alerts stand")
    return len(_standing(viewer, own_role(viewer)))


def my_alerts(viewer: Viewer, *, page: int = 1) -> Worklist:
    """What stands and was told to the viewer's role, about people they may read, longest due first; what is answered comes last."""
    return _worklist(viewer, own_role(viewer), page, note="my alerts")


def team_alerts(viewer: Viewer, *, page: int = 1) -> Worklist:
    """What stands and was told to other posts around the viewer's. Raises NotPermitted for a post to which nobody answers."""
    if not leads(viewer):
        gate.refuse(viewer, note="alerts of a team")
        raise NotPermitted("No other post answers to yours, so there are no alerts of a team to show you.")
    return _worklist(viewer, team_roles(viewer), page, note="alerts of a team")


def _worklist(viewer: Viewer, told_to: frozenset[str], page: int, *, note: str) -> Worklist:
    alerts = _standing(viewer, told_to)
    answered = _answered(alerts, viewer.at)
    ordered = sorted(alerts, key=lambda a: (a.pk in answered, a.due_at, a.kind, a.pk))
    groups = joined(ordered)
    pages = max(1, -(-len(groups) // A_PAGE))
    here = groups[(min(page, pages) - 1) * A_PAGE :][:A_PAGE]
    seen = {x.alert: x for x in shown(viewer, [a for group in here for a in group])}
    about = gate.readable(viewer, {p for x in seen.values() for p in (x.subject, *x.concerns)})
    gate.look(viewer, about, fields=("names", "alerts"), action=Action.LIST, note=note)
    people, today = persons(about, sight_of(viewer)) if about else {}, local(viewer.at).date()
    lines = tuple(_line([seen[a.pk] for a in group], people, today) for group in here)
    due = sum(local(a.due_at).date() == today for a in alerts)
    return Worklist(lines, people, len(alerts), due, len(alerts) - len(answered), min(page, pages), pages)


def _line(alerts: list[Shown], people: dict[int, Person], today: date) -> Line:
    subjects = dict.fromkeys(x.subject for x in alerts)
    others = (p for x in alerts for p in sorted(x.concerns) if p in people)
    children = (p for p in others if (age := people[p].age_on(today)) is not None and age < ADULT)
    return Line(tuple(alerts), tuple(dict.fromkeys((*subjects, *children))))


def _standing(viewer: Viewer, told_to: frozenset[str]) -> list[Alert]:
    """Those that stand, told to these roles, about people the viewer may read; whoever they may not know of leaves no trace."""
    if not told_to:
        return []
    told = Told.objects.filter(role__in=told_to).values("alert_id")
    alerts = list(Alert.objects.filter(cleared_at__isnull=True, pk__in=told))
    may = gate.readable(viewer, {p for a in alerts for p in people_of(a)})
    return known_of(viewer, [a for a in alerts if may & set(people_of(a))])


def _answered(alerts: Iterable[Alert], at: datetime) -> set[int]:
    said = Acknowledgement.objects.filter(alert__in=[a.pk for a in alerts], until_at__gt=at)
    return set(said.values_list("alert_id", flat=True))


def joined(alerts: Iterable[Alert]) -> list[list[Alert]]:
    """Alerts of one kind from one cause, together, as for three children in one call; in the order of the first of each."""
    groups: dict[tuple[str, str], list[Alert]] = {}
    for alert in alerts:
        groups.setdefault((alert.kind, alert.cause), []).append(alert)
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
class AlertPage:
    """One alert: what, why, on what it rests, who was told and who is next, and what they answered."""

    shown: Shown
    people: dict[int, Person]
    rule: Rule | None
    limits: tuple[InForce, ...]
    entries: tuple[Entry, ...]
    next_role: str
    next_at: datetime | None


def alert_page(viewer: Viewer, alert_id: int) -> AlertPage:
    """One alert, for those it was told to and those to whom they answer. Raises NotFound for everybody else, the refusal written down."""
    alert = _told_here(viewer, alert_id)
    viewer = viewer.because(f"alert: {alert.kind.replace('_', ' ')}")
    about = gate.readable(viewer, people_of(alert))
    gate.look(viewer, about or {alert.subject_id}, fields=("names", "alerts", "chronology"), note=f"alert {alert_id}")
    (cut,) = shown(viewer, [alert])
    rule = next((r for r in rules() if r.kind == alert.kind and r.name == alert.rule), None)
    following = ladder(alert.to_role)[len(cut.told) :]
    return AlertPage(
        cut, persons(about, sight_of(viewer)), rule, _in_force(rule, alert), _entries(viewer, alert, about),
        role_name(following[0]) if following and alert.next_rung_at else "", alert.next_rung_at,
    )  # fmt: skip


def _told_here(viewer: Viewer, alert_id: int) -> Alert:
    alert = Alert.objects.filter(pk=alert_id).first()
    circle = own_role(viewer) | (team_roles(viewer) if leads(viewer) else frozenset())
    told = alert is not None and Told.objects.filter(alert=alert, role__in=circle).exists()
    if alert is None or not told or not known_of(viewer, [alert]):
        gate.refuse(viewer, people=[alert.subject_id] if alert else (), note="alert")
        raise NotFound(gate.NOT_FOUND)
    return alert


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
    """Those it rests on, oldest first; of what the viewer's agency may not read, and of people they have not opened, only the system."""
    rows = Event.objects.filter(pk__in=alert.rests_on).order_by("at", "pk").values_list("pk", "source")
    read: dict[int, Happening] = {}
    for chronology in chronologies(about).values():
        seen = as_permitted(viewer, chronology)
        read |= {h.event_id: h for h in (*seen.happenings, *seen.past) if not h.pointer}
    return tuple(Entry(source, read.get(event)) for event, source in rows)


def alerts_about(viewer: Viewer, person: int) -> tuple[tuple[Shown, ...], tuple[Shown, ...]]:
    """The alerts about one person, to whomever they were told: those that stand, and those put right, newest first.

    Not those that rest on a system of which the viewer's agency may know nothing, save where they were told themselves.
    Raises NotFound where the viewer may not read this person.
    """
    gate.look(viewer, [person], fields=("alerts",), action=Action.LIST, note="alerts about a person")
    named = Alert.objects.filter(Q(subject_id=person) | Q(concerns__contains=[person]))
    found = shown(viewer, known_of(viewer, list(named)))
    may = [s for s in found if s.mine or all(tier(viewer, source) is not Tier.NO for source in s.withheld)]
    standing = sorted((s for s in may if s.cleared_at is None), key=lambda s: (s.due_at, s.kind, s.alert))
    past = sorted((s for s in may if s.cleared_at), key=lambda s: (s.cleared_at or s.due_at, s.alert), reverse=True)
    return tuple(standing), tuple(past)
