"""What a batch of people changes of what stands, in the rows of the database: written in a few statements, told at the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sightline.alerts.asking import Moves, Turn, moves
from sightline.alerts.findings import Finding, Key, Rule
from sightline.alerts.models import Alert, Holding
from sightline.alerts.telling import tell
from sightline.clocks.limits import Limits


class Rows:
    """The alerts that some people hold up, and who else holds them up."""

    def __init__(self, people: Iterable[int]) -> None:
        self.alerts: dict[Key, Alert] = {}
        self.held: dict[int, set[Key]] = {}
        for holding in Holding.objects.filter(person_id__in=list(people)).select_related("alert"):
            key = key_of(holding.alert)
            self.alerts.setdefault(key, holding.alert)
            self.held.setdefault(holding.person_id, set()).add(key)

    def settle(self, turns: Mapping[int, Turn], *, at: datetime, limits: Limits) -> None:
        """Bring the rows in step with what these people's turns came to, and tell of what is new."""
        self._know({key for turn in turns.values() for key in turn.due} - self.alerts.keys())
        changed = moves(turns, self._holders(turns))
        made = [
            Alert(**_named(key), first_at=at, **_said(*said))
            for key, said in changed.raised.items()
            if key not in self.alerts
        ]
        for key, said in (changed.raised | changed.said).items():
            if key in self.alerts:
                _say(self.alerts[key], _said(*said))
        self.alerts |= {key_of(a): a for a in Alert.objects.bulk_create(made)}
        self._hand_over(changed)
        over = [self.alerts[key].pk for key in changed.cleared]
        if over:
            Alert.objects.filter(pk__in=over).update(cleared_at=at, next_rung_at=None)
        if made:
            tell([(alert, alert.to_role) for alert in made], at=at, held=limits)

    def _know(self, keys: set[Key]) -> None:
        """Those of these alerts that stood before, or are held up by others."""
        if keys:
            subjects, kinds = {subject for _, subject, _, _ in keys}, {kind for kind, *_ in keys}
            found = Alert.objects.filter(subject_id__in=subjects, kind__in=kinds)
            self.alerts |= {key: a for a in found if (key := key_of(a)) in keys}

    def _holders(self, turns: Mapping[int, Turn]) -> dict[Key, set[int]]:
        """Who holds up each alert that somebody lets go of or is new to; of the others it is enough that these people do."""
        found = {key: {p} for p, keys in self.held.items() for key in keys}
        new = {key for p, turn in turns.items() for key in turn.due.keys() - self.held.get(p, set())}
        changing = {
            self.alerts[key].pk: key for key in new.union(*(t.over for t in turns.values())) if key in self.alerts
        }
        for alert, person in (
            Holding.objects.filter(alert__in=changing).values_list("alert_id", "person_id") if changing else ()
        ):
            found.setdefault(changing[alert], set()).add(person)
        for person, keys in self.held.items():
            for key in keys:
                found[key].add(person)
        return found

    def _hand_over(self, changed: Moves) -> None:
        leaving: dict[int, list[int]] = {}
        for key, person in changed.leaves:
            leaving.setdefault(person, []).append(self.alerts[key].pk)
        for person, alerts in leaving.items():
            Holding.objects.filter(person_id=person, alert__in=alerts).delete()
        if changed.takes:
            fresh = (Holding(alert=self.alerts[key], person_id=person) for key, person in changed.takes)
            Holding.objects.bulk_create(fresh, ignore_conflicts=True)


def key_of(alert: Alert) -> Key:
    """What makes an alert the same alert."""
    return (alert.kind, alert.subject_id, alert.cause, alert.part)


def _named(key: Key) -> dict[str, Any]:
    kind, subject, cause, part = key
    return {"kind": kind, "subject_id": subject, "cause": cause, "part": part}


def _said(finding: Finding, rule: Rule) -> dict[str, Any]:
    return {
        "to_role": finding.recipient, "due_at": finding.due_at, "why": finding.why, "step": finding.step, "rule": rule.name,
        "concerns": sorted(finding.concerns), "rests_on": sorted(h.event_id for h in finding.rests_on), "cleared_at": None,
    }  # fmt: skip


def _say(alert: Alert, said: dict[str, Any]) -> None:
    if any(getattr(alert, name) != value for name, value in said.items()):
        Alert.objects.filter(pk=alert.pk).update(**said)
        for name, value in said.items():
            setattr(alert, name, value)
