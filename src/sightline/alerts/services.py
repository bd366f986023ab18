"""Keeping what stands in step with what is known, telling people once, and hearing their answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from sightline.access import gate
from sightline.access.log import Action, write
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.alerts.asking import Asking
from sightline.alerts.case import Case
from sightline.alerts.changes import Rows
from sightline.alerts.findings import rules
from sightline.alerts.followed import follow, reached
from sightline.alerts.models import Acknowledgement, Alarm, Alert, LocalSetting, Told
from sightline.alerts.queues import queues
from sightline.alerts.routing import next_on_ladder
from sightline.alerts.settings import amount, limits
from sightline.alerts.shown import known_of, own_role, people_of
from sightline.alerts.stored import Stored, able
from sightline.alerts.telling import tell
from sightline.clocks.limits import ANSWERED, Limits, limits_declared
from sightline.kernel.errors import NotFound, NotPermitted, Refused
from sightline.kernel.law import Standing
from sightline.kernel.reasons import SHORTEST_REASON, worded

A_BATCH = 200
_TAKE = "DELETE FROM alerts_touched WHERE id IN (SELECT id FROM alerts_touched ORDER BY id LIMIT %s) RETURNING record_id, person_id"
_NO_ALARM = """
SELECT person_id FROM alerts_alarm WHERE at < %(late)s
UNION
SELECT l.identity_id FROM chronology_event e JOIN chronology_eventperson p ON p.event_id = e.id
JOIN people_link l ON l.record_id = p.record_id AND l.until_at IS NULL
WHERE e.received_at >= %(since)s AND NOT EXISTS (SELECT 1 FROM alerts_alarm a WHERE a.person_id = l.identity_id)
"""
_EVERYBODY = "SELECT DISTINCT identity_id FROM people_link WHERE until_at IS NULL ORDER BY 1"
_LATELY = """
SELECT DISTINCT l.identity_id FROM chronology_event e JOIN chronology_eventperson p ON p.event_id = e.id
JOIN people_link l ON l.record_id = p.record_id AND l.until_at IS NULL
WHERE e.at BETWEEN %s AND %s AND e.kind NOT IN ('person.recorded', 'address.recorded', 'relationship.recorded', 'information.supplied')
"""
_RING = "SELECT person_id FROM alerts_alarm WHERE at <= %s ORDER BY at LIMIT %s"


def settle_touched(*, at: datetime, most: int = 5000) -> int:
    """Ask the rules about everybody to whom something happened since the last time; gives how many marks were worked off."""
    with transaction.atomic():
        _one_at_a_time()
        with connection.cursor() as cursor:
            cursor.execute(_TAKE, [most])
            marks = cursor.fetchall()
        if people := reached({r for r, _ in marks if r}, {p for _, p in marks if p}):
            settle(people, at=at)
        return len(marks)


def ring(*, at: datetime, most: int = 1000) -> int:
    """Ask the rules about everybody whose alarm has gone off, and let what nobody answered climb; gives how many alarms rang."""
    with transaction.atomic():
        _one_at_a_time()
        with connection.cursor() as cursor:
            cursor.execute(_RING, [at, most])
            people = [person for (person,) in cursor.fetchall()]
        if people:
            settle(people, at=at)
        _climb(at)
        return len(people)


def _one_at_a_time() -> None:
    """One settles at a time, whichever process: what stands is written by one hand."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('alerts settle'))")


def settle(people: Iterable[int], *, at: datetime, own_limits: Limits | None = None) -> None:
    """Bring the alerts and alarms of these people in step with what is known at a moment. Doing it again changes nothing."""
    in_force, everyone = own_limits or limits(), sorted(set(people))
    world, asking = Stored(at), Asking(rules(), *able(at, in_force))
    for start in range(0, len(everyone), A_BATCH):
        batch = everyone[start : start + A_BATCH]
        world.load(batch)
        rows, turns, read = Rows(batch), {}, {}
        for person in batch:
            case = Case(person, at, world, in_force)
            answers = asking.ask(case, asking.asked(case.own), {})
            turns[person], read[person] = asking.turn(case, answers, rows.held.get(person, ())), answers.values()
        rows.settle(turns, at=at, limits=in_force)
        follow(read)
        _set_alarms({person: turn.again for person, turn in turns.items()})


def _set_alarms(alarms: Mapping[int, datetime | None]) -> None:
    set_ = [Alarm(person_id=person, at=at) for person, at in alarms.items() if at is not None]
    Alarm.objects.filter(person_id__in=[person for person, at in alarms.items() if at is None]).delete()
    Alarm.objects.bulk_create(set_, update_conflicts=True, unique_fields=["person_id"], update_fields=["at"])


def _climb(at: datetime) -> None:
    held = limits()
    for alert in Alert.objects.filter(cleared_at__isnull=True, next_rung_at__lte=at).order_by("pk"):
        answered = Acknowledgement.objects.filter(alert=alert).order_by("-at").first()
        if answered and answered.until_at > at:
            Alert.objects.filter(pk=alert.pk).update(next_rung_at=answered.until_at)
        elif role := next_on_ladder(alert):
            tell([(alert, role)], at=at, held=held)
        else:
            Alert.objects.filter(pk=alert.pk).update(next_rung_at=None)


def watch(*, at: datetime) -> int:
    """The watchdog: an alarm long past, or an entry of the last day whose people have no alarm, is looked at again. Gives how many people.

    What stands and was told to nobody is told. It cannot come about here, since an alert is written and told in one transaction; it could
    by a hand on the database, a table restored without another, or two workers on one session.
    """
    with transaction.atomic():
        _one_at_a_time()
        with connection.cursor() as cursor:
            cursor.execute(_NO_ALARM, {"late": at - timedelta(minutes=5), "since": at - timedelta(days=1)})
            people = [person for (person,) in cursor.fetchall()]
        if people:
            settle(people, at=at)
        if untold := list(Alert.objects.filter(cleared_at__isnull=True, told=None).order_by("pk")):
            tell([(alert, alert.to_role) for alert in untold], at=at, held=limits())
    return len(people)


def settle_everybody(*, at: datetime) -> int:
    """Ask the rules about everybody who is in any entry, as when the board is made anew; gives how many people."""
    return _settle_all(_EVERYBODY, [], at)


def settle_lately(*, at: datetime, since: datetime) -> int:
    """Ask the rules about those to whom something happened since a moment, as after a first load; older marks are let go."""
    return _settle_all(_LATELY, [since, at], at)


def _settle_all(which: str, given: list[datetime], at: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM alerts_touched")
        cursor.execute(which, given)
        people = [person for (person,) in cursor.fetchall()]
    people += sorted(queues())
    for start in range(0, len(people), 1000):
        with transaction.atomic():
            _one_at_a_time()
            settle(people[start : start + 1000], at=at)
    return len(people)


def acknowledge(viewer: Viewer, alert_id: int, *, reason: str, at: datetime) -> Acknowledgement:
    """Answer for an alert, with a reason. It stays until it is put right, and is told again when the answer has run out.

    Whoever was told may answer where the record of anybody it concerns is open to them. Raises NotFound where the viewer may not
    know of it, NotPermitted where it was not told to their role, Refused for no reason.
    """
    alert = Alert.objects.filter(pk=alert_id).first()
    if alert is None or not known_of(viewer, [alert]):
        gate.refuse(viewer, people=people_of(alert) if alert else (), note="alert")
        raise NotFound(gate.NOT_FOUND)
    about, note = gate.readable(viewer, people_of(alert)), f"acknowledge alert {alert_id}"
    gate.look(viewer, about or people_of(alert), fields=["alerts"], action=Action.ALTERATION, note=note)
    if not Told.objects.filter(alert=alert, role__in=own_role(viewer)).exists():
        gate.refuse(viewer, people=about, note=note)
        raise NotPermitted("This alert was not sent to your role, so somebody else answers for it.")
    said = worded(reason, "Say what you are doing about it")
    until = limits().due(ANSWERED.name, at)
    return Acknowledgement.objects.create(
        alert=alert, user_id=viewer.user_id or 0, role=viewer.role, at=at, reason=said, until_at=until
    )


def decide_limit(
    viewer: Viewer, name: str, *, count: int, unit: str, given: Mapping[str, str], from_on: date, at: datetime
) -> LocalSetting:
    """Set a local limit from a date, with who decided and why. Raises Refused for law and guidance, which a partnership may not change."""
    gate.require(viewer, May.DECIDE_LIMITS)
    declared = limits_declared().get(name, ())
    if not declared or any(v.source.standing is not Standing.LOCAL for v in declared):
        raise Refused("Only a local default can be changed here. Law and guidance hold as they are.")
    if len(given.get("reason", "").strip()) < SHORTEST_REASON or not given.get("decided_by", "").strip():
        raise Refused("Say who decided this and why.")
    amount(count, unit)
    write(viewer, Action.ADMINISTRATION, note=f"limit {name}")
    return LocalSetting.objects.create(
        name=name, amount=count, unit=unit, from_on=from_on, decided_by=given["decided_by"].strip(),
        reason=given["reason"].strip(), at=at, user_id=viewer.user_id or 0,
    )  # fmt: skip
