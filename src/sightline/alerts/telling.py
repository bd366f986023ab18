"""Telling the roles that can act, once each, many alerts at a time; and who stands in where a role reaches nobody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sightline.access.models import Involvement, Post
from sightline.access.rota import live_posts
from sightline.alerts.models import Alert, Told
from sightline.alerts.queues import is_queue
from sightline.alerts.reach import Reach, Reached
from sightline.alerts.routing import STANDS_IN, ladder, next_rung, opened
from sightline.chronology.models import Event
from sightline.clocks.limits import CLIMBS, CLIMBS_FAST, SHORT_TIME, Limits

Asked = tuple[Alert, str]
ACTION = "action_overdue"


def tell(asked: Iterable[Asked], *, at: datetime, held: Limits) -> None:
    """Tell each alert's role, once; whoever it reaches can then open the child's record. Where it reaches nobody, who stands in is told as well.

    The next rung of each is set for later.
    """
    telling = _Telling(at, list(asked), held)
    for role, alerts in telling.by_role().items():
        telling.unreached += telling.reach(role, alerts, even_nobody=True)
    telling.stand_in()
    telling.write()


@dataclass
class _Telling:
    """What is told at one moment, gathered and then written in a few statements."""

    at: datetime
    asked: list[Asked]
    held: Limits
    unreached: list[Alert] = field(default_factory=list)
    lines: list[Told] = field(default_factory=list)
    opens: list[tuple[Alert, frozenset[int]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.told: dict[int, set[str]] = defaultdict(set)
        for alert, role in Told.objects.filter(alert__in=[a.pk for a, _ in self.asked]).values_list("alert_id", "role"):
            self.told[alert].add(role)

    def by_role(self) -> dict[str, list[Alert]]:
        """The alerts by the role that is to be told."""
        found: dict[str, list[Alert]] = defaultdict(list)
        for alert, role in self.asked:
            found[role].append(alert)
        return found

    def reach(self, role: str, alerts: list[Alert], *, even_nobody: bool) -> list[Alert]:
        """Tell one role of these; gives those of which it reaches nobody, told all the same where `even_nobody`."""
        reach, left = Reach(role, alerts, self.at), []
        for alert in alerts:
            reached = reach.of(alert)
            if not reached.posts:
                left.append(alert)
            if reached.posts or even_nobody:
                self._line(alert, role, reached)
        return left

    def _line(self, alert: Alert, role: str, reached: Reached) -> None:
        if role in self.told[alert.pk]:
            return
        self.told[alert.pk].add(role)
        rungs = ladder(alert.to_role)
        rung = rungs.index(role) if role in rungs else len(rungs)
        said = {"rung": rung, "at": self.at, "posts": sorted(reached.posts), "how": reached.how.value}
        self.lines.append(Told(alert=alert, role=role, **said))
        self.opens.append((alert, reached.posts))

    def stand_in(self) -> None:
        """Of each alert that reached nobody: the next on its ladder that reaches somebody, then of STANDS_IN. It may be nobody at all."""
        if not self.unreached:
            return
        held = set(Post.objects.filter(live_posts(self.at)).values_list("role", flat=True).distinct())
        waiting = {
            a: [r for r in dict.fromkeys((*ladder(a.to_role), *STANDS_IN)) if r in held - self.told[a.pk]]
            for a in self.unreached
        }
        while waiting := {a: roles for a, roles in waiting.items() if roles}:
            tried: dict[str, list[Alert]] = defaultdict(list)
            for alert, roles in waiting.items():
                tried[roles.pop(0)].append(alert)
            left = {a for role, alerts in tried.items() for a in self.reach(role, alerts, even_nobody=False)}
            waiting = {a: roles for a, roles in waiting.items() if a in left}

    def write(self) -> None:
        """Who was told, whose record is open to whom, and when the next rung is due."""
        Told.objects.bulk_create(self.lines)
        posts = {p for _, reached in self.opens for p in reached}
        users = dict(Post.objects.filter(pk__in=posts).values_list("pk", "user_id")) if posts else {}
        until, fast = self.held.due(CLIMBS.name, self.at), self.held.due(CLIMBS_FAST.name, self.at)
        Involvement.objects.bulk_create(
            opened(alert, users[post], post, self.at, self.held)
            for alert, held in self.opens
            for post in (() if is_queue(alert.subject_id) else sorted(held))
        )
        more: dict[datetime | None, list[int]] = defaultdict(list)
        short = self._short()
        for alert, _ in self.asked:
            is_more = bool(next_rung(alert.to_role, self.told[alert.pk]))
            more[(fast if alert.pk in short else until) if is_more else None].append(alert.pk)
        for next_at, alerts in more.items():
            Alert.objects.filter(pk__in=alerts).update(next_rung_at=next_at)

    def _short(self) -> set[int]:
        """Of these alerts, those of an action for which those who met set a short time, as for a separation: they climb by the hour."""
        actions = {alert.pk: alert for alert, _ in self.asked if alert.kind == ACTION}
        if not actions:
            return set()
        entries = {e for alert in actions.values() for e in alert.rests_on}
        set_at = dict(Event.objects.filter(pk__in=entries, kind="action.set").values_list("pk", "at"))
        return {
            pk
            for pk, alert in actions.items()
            if any(alert.due_at <= self.held.due(SHORT_TIME.name, set_at[e]) for e in alert.rests_on if e in set_at)
        }
