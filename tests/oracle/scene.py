"""The whole scene: everybody, everything said of them in every table, everybody who signs in, and the plain facts for the evaluator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.test import Client

from access_proof.stage import sign_in
from cast import LONG_AGO, Member, feed_viewer
from oracle.cage import Cage
from oracle.evaluator import POLICY, ROLES, Facts, Viewer
from oracle.people import CENTRE, Part, held_of, parts, tied
from oracle.rows import Rows, between, linked_with_words
from oracle.said import HOME, Sayer, part_number, postcode_of
from sightline.access.models import AccessEntry, BreakGlass, Post, Restriction, User
from sightline.agencies.models import Agency, Team
from sightline.alerts.models import Alert, Told
from sightline.chronology.models import EventPerson
from sightline.chronology.record import record_many
from sightline.exchange.api.services import give_key
from sightline.people.anchors import anchored, identities_of
from sightline.people.models import Address, Candidate, Link

OUTSIDE = ("not signed in", "account closed", "no second factor", "post ended")
ALERTED = ("work", "told")  # those of whom every role has been told in an alert
MAY_BE_SAME = ("first_contact-open", "never-open", "work-sealed", "barred-open", "work-restricted")


@dataclass
class Eye:
    """Somebody who looks: the account, what the evaluator knows of them, and a browser in which they are signed in."""

    member: Member
    viewer: Viewer
    client: Client
    key: str = ""

    @property
    def name(self) -> str:
        """For a message: `case_owner of health`."""
        return f"{self.viewer.role} of {self.viewer.agency}"


@dataclass(frozen=True)
class Begun:
    """The first entry of a kind about somebody: its number, and the key of the run that it begins."""

    entry: int
    key: str


@dataclass
class Scene:
    """Everything the drive aims at and everything that it judges by."""

    at: datetime
    cage: Cage
    people: dict[str, int]
    homes: dict[str, int]
    alerts: dict[str, int]
    entries: dict[str, int]
    eyes: list[Eye]
    officer: Member
    facts: Facts
    last_entry: int = 0
    begun: dict[tuple[str, str], Begun] = field(default_factory=dict)
    numbers: dict[str, dict[str, Any]] = field(default_factory=dict)
    turned_away: set[tuple[str, str]] = field(default_factory=set)
    parts: dict[str, Part] = field(default_factory=lambda: {p.name: p for p in parts()})

    def who(self, person: int) -> str:
        """The name of a person's part."""
        return next((name for name, number in self.people.items() if number == person), "")

    def of_role(self, role: str) -> list[Eye]:
        """Those of a role, `case_owner`, or of a role in one kind of agency, `case_owner/health`; those of the role's own agencies first."""
        own = set(posts(every=False))
        held = [e for e in self.eyes if role in (e.viewer.role, f"{e.viewer.role}/{e.viewer.agency}")]
        return sorted(held, key=lambda e: (e.viewer.role, e.viewer.agency) not in own)

    @property
    def house(self) -> int:
        """The place where several live."""
        return self.homes[CENTRE]


def posts(every: bool) -> list[tuple[str, str]]:
    """Who signs in: every role in every kind of agency; or each role in its own, those of any agency in three each, in turn."""
    agencies = list(POLICY["sources"])
    if every:
        return [(role, agency) for role in ROLES for agency in agencies]
    chosen: list[tuple[str, str]] = []
    for n, (role, row) in enumerate(ROLES.items()):
        turns = [agencies[(3 * n + k) % len(agencies)] for k in range(3)]
        chosen += [(role, agency) for agency in ([row["agency"]] if row["agency"] != "any" else turns)]
    return list(dict.fromkeys(chosen))


def scene(at: datetime, *, every: bool = False) -> Scene:
    """All of it, up to a moment."""
    cage = Cage()
    sayer = Sayer(cage, at)
    for batch in (list(sayer.described()), list(sayer.happened())):
        record_many(batch, feed_viewer(at=at))
    records = anchored([p.key(s) for p in parts() for s in p.sources], at=at)
    people = _one_each(records)
    _may_be_same(cage, records)
    officer, second = _members([("response_officer", "police"), ("partner_lead", "police")], "officer")
    eyes = _members(posts(every), "eye")
    outside = _members([("case_owner", "social_care")] * len(OUTSIDE), "outside")
    homes = _homes(records)
    rows = Rows(cage, at, officer, second)
    entries = {}
    AccessEntry.objects.create(at=at - timedelta(days=30), action="administration", route="test")
    for n, part in enumerate(parts()):
        source = part.sources[n % len(part.sources)]
        record = records[part.key(source)]
        event = (
            EventPerson.objects.filter(record_id=record, role="child").values_list("event_id", flat=True).first() or 0
        )
        entries[part.name] = event
        known = {"record": record, "event": event, "premises": homes[part.name]}
        rows.about(part, people[part.name], known, source)
        linked_with_words(cage, part, {s: records[part.key(s)] for s in part.sources})
        between(cage, part, people[part.name], [*eyes, *outside], at)
    alerts = _alerts(people, entries, at)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the database does by itself some minutes after so much was written
    seers = [Eye(m, Viewer(m.user.pk, m.post.role, m.post.agency.kind), sign_in(m), _key(m)) for m in eyes]
    seers += [_outside(member, name, at) for member, name in zip(outside, OUTSIDE, strict=True)]
    facts = Facts(at, tuple(held_of(people, [m.user.pk for m in [*eyes, *outside]], at)), tied(people))
    cage.ours = {
        str(n)
        for n in (*people.values(), *records.values(), *(n for m in [*eyes, *outside] for n in (m.user.pk, m.post.pk)))
    }
    last = AccessEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    begun = _begun({records[p.key(s)]: p.name for p in parts() for s in p.sources})
    return Scene(at, cage, people, homes, alerts, entries, seers, officer, facts, last, begun, _numbers(rows, people))


def _begun(names: Mapping[int, str]) -> dict[tuple[str, str], Begun]:
    """The first entry of each kind about each child."""
    held = EventPerson.objects.filter(role="child", record_id__in=names).order_by("-event_id")
    told = held.values_list("record_id", "event__kind", "event_id", "event__source", "event__ref")
    return {(names[r], kind): Begun(event, f"{source}:{ref}") for r, kind, event, source, ref in told}


# Rows that an address names: by which field, and of which table.
NUMBERED = {
    "export": ("exports.Export", "number"), "parting": ("access.Parting", "pk"), "review": ("retention.Review", "pk"),
    "hold": ("retention.Hold", "pk"), "disclosure": ("sharing.Disclosure", "pk"), "copy": ("sharing.RedactedCopy", "pk"),
    "look": ("access.AccessEntry", "pk"), "agreement": ("sharing.Agreement", "pk"),
}  # fmt: skip


# And those that hold between somebody and whoever looks, or for everybody: of each person the first.
BETWEEN = {
    "opening": BreakGlass.objects.all(), "restriction": Restriction.objects.filter(until_at=None),
}  # fmt: skip


def _numbers(rows: Rows, people: Mapping[str, int]) -> dict[str, dict[str, Any]]:
    """Of each part the numbers of the rows about it, as addresses name them."""
    made = {
        p.name: {
            name: getattr(row, field)
            for name, (label, field) in NUMBERED.items()
            if (row := rows.made.get((label, p.name))) is not None
        }
        for p in parts()
    }
    for name, held in BETWEEN.items():
        first = dict(held.order_by("-pk").values_list("person_id", "pk"))
        for part, person in people.items():
            made[part] |= {name: first[person]} if person in first else {}
    return made


def _outside(member: Member, name: str, at: datetime) -> Eye:
    """Somebody who works with these children and may see nothing for another reason."""
    browser = Client(raise_request_exception=False)
    if name != "not signed in":
        browser.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
    if name == "account closed":
        User.objects.filter(pk=member.user.pk).update(is_active=False)
    if name == "post ended":
        browser = sign_in(member)
        Post.objects.filter(pk=member.post.pk).update(held_until=at)
    return Eye(member, Viewer(member.user.pk, name, "nowhere"), browser)


def _one_each(records: Mapping[tuple[str, str], int]) -> dict[str, int]:
    """All the records of one part are one person."""
    whose = identities_of(records.values())
    people = {}
    for part in parts():
        mine = [records[part.key(s)] for s in part.sources]
        people[part.name] = whose[mine[0]]
        Link.objects.filter(record_id__in=mine).update(identity_id=whose[mine[0]], bits=20.0)
    return people


def _may_be_same(cage: Cage, records: Mapping[tuple[str, str], int]) -> None:
    for other in MAY_BE_SAME:
        left, right = sorted((records["crime", CENTRE], records["crime", other]))
        why = f"surname: sounds like {cage.word(other, 'crime', 'people.Candidate.why')}"
        Candidate.objects.create(left_id=left, right_id=right, bits=6.5, model_version="t", why=why)


def _members(held: list[tuple[str, str]], name: str) -> list[Member]:
    """Accounts with a post each, made together: there are hundreds."""
    kinds = dict.fromkeys(agency for _, agency in held)
    offices = {k: Agency.objects.get_or_create(key=k, defaults={"name": f"Marsham {k}", "kind": k})[0] for k in kinds}
    teams = {
        k: Team.objects.get_or_create(key=f"{k}-team", defaults={"name": f"{k} team", "agency": offices[k]})[0]
        for k in kinds
    }
    people = User.objects.bulk_create(
        User(username=f"{name}{n}", name=f"Eye {role} {agency}", password="!") for n, (role, agency) in enumerate(held)
    )
    made = Post.objects.bulk_create(
        Post(user=user, role=role, agency=offices[agency], team=teams[agency], held_from=LONG_AGO)
        for user, (role, agency) in zip(people, held, strict=True)
    )
    return [Member(user, post) for user, post in zip(people, made, strict=True)]


def _homes(records: Mapping[tuple[str, str], int]) -> dict[str, int]:
    held = dict(Address.objects.filter(source="social_care", kind="home").values_list("record_id", "premises_id"))
    return {p.name: held[records[p.key("social_care")]] for p in parts()}


def _alerts(people: Mapping[str, int], entries: Mapping[str, int], at: datetime) -> dict[str, int]:
    """What each alert rests on; and of some, every role has been told."""
    found = {}
    for part in parts():
        (alert,) = Alert.objects.filter(subject_id=people[part.name])
        Alert.objects.filter(pk=alert.pk).update(rests_on=[entries[part.name]] if entries[part.name] else [])
        found[part.name] = alert.pk
        if part.relation in ALERTED:
            Told.objects.bulk_create(Told(alert=alert, role=role, at=at - timedelta(hours=1)) for role in ROLES)
    return found


def _key(member: Member) -> str:
    """The key of a calling system of this agency."""
    return give_key(f"system of {member.user.username}", member.post.agency, at=LONG_AGO)


def searches(scene: Scene) -> list[dict[str, str]]:
    """What a caller may say: near a name, an address, a postcode, a phone number."""
    names = {
        c.owner: c.value for c in scene.cage.held if c.field == "person.recorded.surname" and c.source == "social_care"
    }
    lines = [f"{part_number(scene.parts[n])} {w}" for n, w in names.items() if n == "never-restricted"]
    return [
        {"name": names["never-open"]},
        {"name": names["never-sealed"]},
        {"name": names["never-restricted"]},
        {"name": names["barred-open"]},
        {"postcode": HOME[1]},
        {"postcode": postcode_of(scene.parts["never-sealed"])},
        *({"address": line, "postcode": postcode_of(scene.parts["never-restricted"])} for line in lines),
    ]
