"""Which alerts are a viewer's own, and which their team's. Below the worklists, which write the look down before anybody is named."""

from __future__ import annotations

from collections.abc import Iterable

from sightline.access import gate, wall
from sightline.access.models import Post
from sightline.access.roles import above_others, roles
from sightline.access.rota import leads_widely, live_posts, teams_led
from sightline.access.viewer import Viewer
from sightline.agencies.models import Team
from sightline.alerts.models import Alert, Told
from sightline.alerts.queues import is_queue
from sightline.alerts.reach import Reach
from sightline.alerts.routing import ladder, take_up
from sightline.alerts.shown import known_of, own_role, people_of
from sightline.kernel.errors import NotFound, NotPermitted


def leads(viewer: Viewer) -> bool:
    """Whether others answer to this post: it is above somebody on the ladder."""
    return above_others(viewer.role)


def team_roles(viewer: Viewer) -> frozenset[str]:
    """The other posts of this kind of agency, and those of any agency that somebody holds in the viewer's own."""
    held = set(Post.objects.filter(live_posts(viewer.at), agency__key=viewer.agency).values_list("role", flat=True))
    own = {k for k, r in roles().items() if r.agency == viewer.agency_kind or (r.agency == "any" and k in held)}
    return frozenset(own - {viewer.role})


def mine(viewer: Viewer) -> list[Alert]:
    """Those that stand, were told to the viewer's role and reach the viewer's post now. What was not open to them before is opened."""
    alerts = [a for role in own_role(viewer) for a in _reaching(viewer, role, _told(viewer, {role}), {viewer.post_id})]
    take_up(viewer, alerts)
    return _readable(viewer, alerts)


def teams_of(viewer: Viewer, team: int | None) -> list[Team]:
    """The team asked for, or all that this viewer leads. Raises NotPermitted for a post to which nobody answers, NotFound for another team."""
    if not leads(viewer):
        gate.refuse(viewer, note="alerts of a team")
        raise NotPermitted("No other post answers to yours, so there are no alerts of a team to show you.")
    led = [t for t in teams_led(viewer) if team in (None, t.pk)]
    if team is not None and not led:
        gate.refuse(viewer, note="alerts of another team")
        raise NotFound(gate.NOT_FOUND)
    return led


def of_team(viewer: Viewer, team: int | None = None) -> list[Alert]:
    """Those that stand and reach somebody else of a team, or were told to a role of theirs that nobody holds.

    Whoever would be told next, if nobody answered, has them opened; others see those about people they have opened already.
    """
    teams = teams_of(viewer, team)
    posts = Post.objects.filter(live_posts(viewer.at), agency__key=viewer.agency).exclude(pk=viewer.post_id)
    everybody = team is None and leads_widely(viewer)
    within = set((posts if everybody else posts.filter(team__in=teams)).values_list("pk", flat=True))
    found: dict[int, Alert] = {}
    circle = team_roles(viewer)
    for role, those in sorted(_by_role(_told(viewer, circle), circle).items()):
        found |= {a.pk: a for a in _reaching(viewer, role, those, within, or_nobody=team is None)}
    take_up(viewer, [a for a in found.values() if viewer.role in ladder(a.to_role)])
    return _readable(viewer, found.values())


def told_here(viewer: Viewer, alert_id: int) -> Alert:
    """An alert told to this viewer's role or to the team they lead, opened where it reaches them. Raises NotFound, written down."""
    for alert in wall.again([_told_here(viewer, alert_id)]):
        return alert
    gate.refuse(viewer, note="alert")
    raise NotFound(gate.NOT_FOUND)


@wall.working()
def _told_here(viewer: Viewer, alert_id: int) -> Alert:
    alert = Alert.objects.filter(pk=alert_id).first()
    told = set(Told.objects.filter(alert=alert).values_list("role", flat=True)) if alert else set()
    own = bool(told & own_role(viewer))
    if alert is None or not known_of(viewer, [alert]) or not (own or (leads(viewer) and told & team_roles(viewer))):
        gate.refuse(viewer, people=people_of(alert)[:1] if alert else (), note="alert")
        raise NotFound(gate.NOT_FOUND)
    if own and alert.cleared_at is None and viewer.post_id in Reach(viewer.role, [alert], viewer.at).of(alert).posts:
        take_up(viewer, [alert])
    return alert


@wall.working()
def _told(viewer: Viewer, to: Iterable[str]) -> list[Alert]:
    told = Told.objects.filter(role__in=to).values("alert_id")
    return known_of(viewer, list(Alert.objects.filter(cleared_at__isnull=True, pk__in=told)))


@wall.working()
def _by_role(alerts: Iterable[Alert], to: Iterable[str]) -> dict[str, list[Alert]]:
    """These alerts by the roles to which each was told."""
    held, found = {a.pk: a for a in alerts}, dict[str, list[Alert]]()
    for alert, role in Told.objects.filter(alert__in=held, role__in=to).values_list("alert_id", "role"):
        found.setdefault(role, []).append(held[alert])
    return found


@wall.working()
def _reaching(
    viewer: Viewer, role: str, alerts: list[Alert], posts: set[int], *, or_nobody: bool = False
) -> list[Alert]:
    reach = Reach(role, alerts, viewer.at)
    found = [(a, reach.of(a).posts) for a in alerts]
    return [a for a, reached in found if reached & posts or (or_nobody and not reached)]


def _readable(viewer: Viewer, alerts: Iterable[Alert]) -> list[Alert]:
    """Those about people the viewer may read, and about queues, which name nobody."""
    held = list(alerts)
    may = gate.readable(viewer, {p for a in held for p in people_of(a)})
    return wall.again([a for a in held if is_queue(a.subject_id) or may & set(people_of(a))])
