"""What a batch of people changes of what stands: gathered while they are asked, written in a few statements, told at the end."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sightline.alerts.findings import Finding, Key, Rule
from sightline.alerts.models import Alert, Holding
from sightline.alerts.telling import tell
from sightline.clocks.limits import Limits


def key_of(alert: Alert) -> Key:
    """What makes an alert the same alert."""
    return (alert.kind, alert.subject_id, alert.cause, alert.part)


def _said(finding: Finding, rule: Rule) -> dict[str, Any]:
    return {
        "to_role": finding.recipient, "due_at": finding.due_at, "why": finding.why, "step": finding.step, "rule": rule.name,
        "concerns": sorted(finding.concerns), "rests_on": sorted(h.event_id for h in finding.rests_on), "cleared_at": None,
    }  # fmt: skip


@dataclass
class Changes:
    """Alerts newly held up, by key, with what is said of each; those who hold them up; and what is held up no more."""

    at: datetime
    limits: Limits
    fresh: dict[Key, dict[str, Any]] = field(default_factory=dict)
    holders: list[tuple[Key, int]] = field(default_factory=list)
    gone: list[Holding] = field(default_factory=list)

    def stands(self, finding: Finding, rule: Rule, person: int, holding: Holding | None) -> None:
        """Something stands: said anew where this person holds it up already, else to be raised."""
        if holding is not None:
            _say(holding.alert, _said(finding, rule))
            return
        self.fresh[finding.key] = _said(finding, rule)
        self.holders.append((finding.key, person))

    def write(self) -> None:
        """Raise what is new and tell of it; then let go of what nobody holds up any more."""
        if self.fresh:
            self._raise()
        if self.gone:
            _let_go(self.gone, self.at)

    def _raise(self) -> None:
        subjects = {subject for _, subject, _, _ in self.fresh}
        known = {
            key_of(a): a for a in Alert.objects.filter(subject_id__in=subjects, kind__in={k for k, *_ in self.fresh})
        }
        made = []
        for (kind, subject, cause, part), said in self.fresh.items():
            if (key := (kind, subject, cause, part)) in known:
                _say(known[key], said)
            else:
                made.append(Alert(kind=kind, subject_id=subject, cause=cause, part=part, first_at=self.at, **said))
        known |= {key_of(a): a for a in Alert.objects.bulk_create(made)}
        Holding.objects.bulk_create(
            (Holding(alert=known[key], person_id=person) for key, person in self.holders), ignore_conflicts=True
        )
        if made:
            tell([(alert, alert.to_role) for alert in made], at=self.at, held=self.limits)


def _say(alert: Alert, said: dict[str, Any]) -> None:
    if any(getattr(alert, name) != value for name, value in said.items()):
        Alert.objects.filter(pk=alert.pk).update(**said)
        for name, value in said.items():
            setattr(alert, name, value)


def _let_go(gone: list[Holding], at: datetime) -> None:
    Holding.objects.filter(pk__in=[h.pk for h in gone]).delete()
    standing = set(Holding.objects.filter(alert__in=[h.alert_id for h in gone]).values_list("alert_id", flat=True))
    over = {h.alert_id for h in gone} - standing
    Alert.objects.filter(pk__in=over).update(cleared_at=at, next_rung_at=None)
