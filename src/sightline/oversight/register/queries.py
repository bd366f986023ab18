"""The register with what happened here: how often each rule was overruled, and whom its alerts are about more often than others. Names nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

from sightline.access import gate, wall
from sightline.access.log import Action, write
from sightline.access.roles import May, above_others
from sightline.access.viewer import Viewer
from sightline.alerts.decided import LimitLine, limits_page
from sightline.kernel.errors import NotFound, NotPermitted
from sightline.kernel.moments import local
from sightline.oversight.register.rules import FEWEST, Child, Effect, Registered, effects, registered

LOOKS_BACK = timedelta(days=365)
NOT_YOURS = "This page is for those to whom others answer and for data guardians: it is theirs to see that a rule is fair and worth its noise."
_OVERRULED = """
SELECT a.rule, a.kind, count(*), count(*) FILTER (WHERE EXISTS (SELECT 1 FROM alerts_acknowledgement k WHERE k.alert_id = a.id))
FROM alerts_alert a WHERE a.first_at > %s AND a.first_at <= %s AND NOT (a.concerns || a.subject_id) && %s::bigint[] GROUP BY a.rule, a.kind
"""
# Of pairs that the model scored and a person decided: how many were decided against it.
_AGAINST = """
SELECT count(*), count(*) FILTER (WHERE (same AND bits < 4) OR (NOT same AND bits >= 12))
FROM people_decision d WHERE bits IS NOT NULL AND NOT declined AND decided_at > %s AND decided_at <= %s AND NOT EXISTS (
    SELECT FROM people_link l WHERE l.record_id IN (d.left_id, d.right_id) AND l.until_at IS NULL AND l.identity_id = ANY(%s))
"""
_CHILDREN = """
SELECT l.identity_id, coalesce(mode() WITHIN GROUP (ORDER BY nullif(r.sex, '')), ''),
    coalesce(mode() WITHIN GROUP (ORDER BY nullif(r.details ->> 'ethnicity', '')), ''),
    bool_or(coalesce(r.details ->> 'disability', '') NOT IN ('', '[]', 'no', 'none', 'None', 'false', 'N')),
    EXISTS (SELECT 1 FROM people_marker m JOIN people_link o ON o.record_id = m.record_id AND o.until_at IS NULL
            WHERE o.identity_id = l.identity_id AND m.kind = 'looked_after' AND m.holds AND (m.until IS NULL OR m.until > %(day)s)),
    coalesce((SELECT split_part(a.postcode, ' ', 1) FROM people_address a JOIN people_link o ON o.record_id = a.record_id AND o.until_at IS NULL
              WHERE o.identity_id = l.identity_id AND a.postcode <> '' AND (a.until IS NULL OR a.until > %(day)s) ORDER BY a.since DESC LIMIT 1), '')
FROM people_sourcerecord r JOIN people_link l ON l.record_id = r.id AND l.until_at IS NULL
GROUP BY l.identity_id HAVING max(r.born) > %(day)s - interval '18 years'
"""
_ALERTED = """
SELECT DISTINCT unnest(a.concerns || a.subject_id) FROM alerts_alert a WHERE a.kind = %s AND a.first_at > %s AND a.first_at <= %s
"""


@dataclass(frozen=True)
class Line:
    """A rule or model, how often it spoke here in a year, and how often somebody let that stand with a reason. None: too few to say."""

    it: Registered
    told: int
    overruled: int | None
    thresholds: tuple[LimitLine, ...]

    @property
    def rate(self) -> int | None:
        """In a hundred."""
        return None if self.overruled is None or not self.told else round(100 * self.overruled / self.told)


@dataclass(frozen=True)
class RegisterPage:
    """Every rule and model."""

    lines: tuple[Line, ...]
    day: date
    past: int
    untested: int


def register_page(viewer: Viewer) -> RegisterPage:
    """The register. For whoever is signed in: a rule that weighs people is no secret. Of what happened here it gives counts alone.

    Sealed and excluded people are in none of them.
    """
    write(viewer, Action.LIST, fields=("counts",), note="register of rules")
    day, since, unseen = local(viewer.at).date(), viewer.at - LOOKS_BACK, sorted(gate.unseen(viewer))
    with wall.working(), connection.cursor() as cursor:
        cursor.execute(_OVERRULED, [since, viewer.at, unseen])
        spoke = {(rule, kind): (told, answered) for rule, kind, told, answered in cursor.fetchall()}
        cursor.execute(_AGAINST, [since, viewer.at, unseen])
        decided = cursor.fetchone()
    known = {line.name: line for line in limits_page(viewer)}
    lines = []
    for it in registered():
        told, against = spoke.get((it.name, it.kind), (0, 0)) if it.kind else decided
        thresholds = tuple(known[name] for name in it.limits if name in known)
        lines.append(Line(it, told, against if told >= FEWEST else None, thresholds))
    return RegisterPage(tuple(lines), day, sum(x.it.past(day) for x in lines), sum(not x.it.as_tested for x in lines))


def effect_page(viewer: Viewer, kind: str) -> tuple[Effect, ...]:
    """Whom alerts of a kind were about in a year, by ethnicity, disability, sex, care and district, against all other children on record.

    Sealed and excluded people are in no figure. Raises NotPermitted for posts to whom nobody answers, NotFound for no such kind.
    """
    if not (above_others(viewer.role) or viewer.may(May.REVIEW_ACCESS)):
        gate.refuse(viewer, note="effect of a rule")
        raise NotPermitted(NOT_YOURS)
    if kind not in {it.kind for it in registered() if it.kind}:
        raise NotFound(gate.NOT_FOUND)
    write(viewer, Action.LIST, fields=("counts",), note=f"effect of {kind}")
    hidden = gate.unseen(viewer)
    with wall.working():
        children = [c for c in _children(viewer.at) if c.person not in hidden]
        return effects(children, _alerted(kind, viewer.at) - hidden)


def _children(at: datetime) -> list[Child]:
    with connection.cursor() as cursor:
        cursor.execute(_CHILDREN, {"day": local(at).date()})
        return [
            Child(
                person,
                {"sex": sex, "ethnicity": ethnicity, "disability": "recorded" if disabled else "none recorded",
                 "care": "looked after" if care else "not looked after", "district": district},
            )
            for person, sex, ethnicity, disabled, care, district in cursor.fetchall()
        ]  # fmt: skip


def _alerted(kind: str, at: datetime) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(_ALERTED, [kind, at - LOOKS_BACK, at])
        return {person for (person,) in cursor.fetchall()}
