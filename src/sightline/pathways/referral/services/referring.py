"""Referring a child, or an adult who poses a risk, to the authorities that must know; and telling a school."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from sightline.access import gate, wall
from sightline.access.casework import REFERRAL as BY_REFERRAL
from sightline.access.casework import open_to, posts_of
from sightline.access.log import Action, write
from sightline.access.roles import May, roles
from sightline.access.viewer import Viewer
from sightline.agencies.models import Agency, Team
from sightline.alerts.settings import limits
from sightline.chronology.courses import step_ref
from sightline.chronology.entries import Entry, PersonKey
from sightline.chronology.models import Event
from sightline.chronology.record import record_many
from sightline.chronology.stepping import HERE, People, entry_here
from sightline.kernel.errors import Refused
from sightline.kernel.moments import local, say_date
from sightline.pathways.referral.queries.receiving import RECEIVES
from sightline.pathways.referral.rules.authorities import lawful_words
from sightline.pathways.referral.rules.order import before_school
from sightline.pathways.referral.services.naming import named_to
from sightline.people.anchors import anchored, identities_of, keys_for
from sightline.people.premises import outcode_in

CHILD, ADULT = "child", "adult"
URGENT = "same_day"
ON_CALL = ("on_call_specialist",)


@dataclass(frozen=True)
class Newcomer:
    """Somebody whom whoever refers does not find here: what is known of them."""

    forenames: str
    surname: str
    born: str = ""
    lines: str = ""
    postcode: str = ""
    school: str = ""

    @property
    def called(self) -> str:
        """As they are named to whoever receives this."""
        born = f", born {say_date(date.fromisoformat(self.born))}" if self.born else ""
        return f"{self.forenames} {self.surname}".strip() + born


@dataclass(frozen=True)
class Referred:
    """What a referral says. `to`: the authorities it goes to, the one that owns the response first."""

    to: tuple[str, ...]
    basis: str
    urgency: str
    risk: str
    asked_for: str
    summary: str
    consent: str
    child_said: str = ""
    lawful_basis: str = ""
    necessity: str = ""
    proportionality: str = ""
    form: tuple[str, ...] = field(default=())

    @property
    def urgent(self) -> bool:
        """Whether the basis for sharing is filled in, so that it delays nothing."""
        return self.urgency == URGENT or self.basis == "s47"


def authorities_for(postcode: str) -> list[tuple[str, str]]:
    """The hubs and children's services that answer for a postcode's district, hubs first; where none says so, every one. Keys and names."""
    every = Agency.objects.filter(kind__in=RECEIVES, active_until__isnull=True)
    district = outcode_in(postcode) if postcode else ""
    areas = Team.objects.filter(agency__in=every).values_list("agency_id", "area")
    near = {a for a, area in areas if district and district in {d.strip().upper() for d in area.split(",")}}
    held = [(a.kind != "hub", a.name, a.key) for a in every if not near or a.pk in near]
    return [(key, name) for _, name, key in sorted(held)]


def refer(viewer: Viewer, said: Referred, *, token: str, at: datetime, person: int | None = None, newcomer: Newcomer | None = None,
          about: str = CHILD, called: str = "") -> list[int]:  # fmt: skip
    """Send a referral to each authority named, and give the entries' ids. The same token again changes nothing.

    About somebody the viewer has open, or somebody nobody here knows yet, who is then recorded: of them no record opens by it. Raises
    Refused where it goes to nobody or does not say what is feared and asked for, FieldErrors, NotFound.
    """
    if not said.to:
        raise Refused("Choose the authority that this goes to.")
    if not said.risk.strip() or not said.asked_for.strip():
        raise Refused("Say what the risk is, and what you ask them to do.")
    refs = [f"referral/{token}" if n == 0 else f"referral/{token}-{n}" for n in range(len(said.to))]
    if held := _held(refs):
        write(viewer, Action.COLLECTION, fields=("referral.made",), note="the same form again")
        return held
    new = _newcomer(newcomer, token, viewer, at) if newcomer else []
    if person is not None:
        gate.look(viewer, [person], fields=["referral.made"], action=Action.COLLECTION)
    who = (HERE, f"referral/{token}") if newcomer else _key(person)
    named = called or (newcomer.called if newcomer else "")
    made = [_made(viewer, said, ref, to, {about: (who,)}, at, named) for ref, to in zip(refs, said.to, strict=True)]
    with transaction.atomic():
        if person is not None:
            named_to(viewer, person, said.to, kind="referral.made")
        record_many([*new, *made], viewer, asked=True, logged=person is not None)
        _open(said, [who], at)
    return _held(refs)


def _made(viewer: Viewer, said: Referred, ref: str, to: str, people: People, at: datetime, called: str) -> Entry:  # fmt: skip
    words = lawful_words(local(at).date(), urgent=said.urgent)
    basis = {
        name: getattr(said, name).strip() or words[name] for name in ("lawful_basis", "necessity", "proportionality")
    }
    team = Team.objects.filter(pk=viewer.team_id or 0).values_list("name", flat=True).first()
    data: dict[str, Any] = {
        "to": to, "basis": said.basis, "consent": said.consent, "summary": said.summary, "urgency": said.urgency, "risk": said.risk,
        "asked_for": said.asked_for, "child_said": said.child_said, "called": called, "team": team, "form": list(said.form) or None,
        "account": viewer.user_id, "response_by": said.to[0] if len(said.to) > 1 else None,
    } | basis  # fmt: skip
    return _entry(viewer, "referral.made", ref, people, data, at)


def _newcomer(who: Newcomer, token: str, viewer: Viewer, at: datetime) -> list[Entry]:
    people = {"subject": ((HERE, f"referral/{token}"),)}
    person = {
        "forenames": who.forenames,
        "surname": who.surname,
        "born": who.born or None,
        "school": who.school or None,
    }
    found = [_entry(viewer, "person.recorded", f"referral/{token}/person", people, person, at)]
    if who.lines:
        home = {
            "lines": who.lines,
            "postcode": who.postcode or None,
            "kind": "home",
            "from": local(at).date().isoformat(),
        }
        found.append(_entry(viewer, "address.recorded", f"referral/{token}/home", people, home, at))
    return found


def _entry(viewer: Viewer, kind: str, ref: str, people: People, data: Mapping[str, Any], at: datetime) -> Entry:  # fmt: skip
    held = {k: v for k, v in data.items() if v not in (None, "")}
    return entry_here(viewer, kind, ref, people, held, at)


@wall.working()
def _key(person: int | None) -> PersonKey:
    held = keys_for([person] if person is not None else [])
    if person is None or person not in held:
        raise Refused("Say whom this is about.")
    return held[person]


@wall.working()
def _held(refs: Iterable[str]) -> list[int]:
    """The ids of entries made here of these refs; none where they are not there."""
    return list(Event.objects.filter(source=HERE, ref__in=list(refs)).order_by("ref").values_list("id", flat=True))


@wall.working()
def _open(said: Referred, who: Iterable[PersonKey], at: datetime) -> None:
    """Those who decide where it went work with the child from now; of an urgent one, those on call too, on whatever day it is."""
    people = identities_of(anchored(who, at=at).values()).values()
    deciding = [role for role, held in roles().items() if May.DECIDE_REFERRALS in held.may]
    posts = {p for to in said.to for p in posts_of(to, at=at, roles=deciding)}
    if said.urgent:
        on_call = Agency.objects.filter(kind="police").values_list("key", flat=True)
        posts |= {p for key in on_call for p in posts_of(key, at=at, roles=ON_CALL)}
        posts |= {p for key in Agency.objects.filter(kind="social_care").values_list("key", flat=True) if key in said.to
                  for p in posts_of(key, at=at)}  # fmt: skip
    open_to(posts, people, why=BY_REFERRAL, reason="A referral to this agency", at=at)


def tell_setting(
    viewer: Viewer, person: int, *, of: str, told: str, called: str, token: str, at: datetime, rang: str = ""
) -> int:
    """Tell a child's school or nursery, in few words, what it must know before its next day; the clock runs to when that begins.

    `rang`: whom somebody spoke to at a setting that has no account here; it has been told, and has heard it.
    """
    gate.look(viewer, [person], fields=["setting.told"], action=Action.COLLECTION)
    ref, people = f"setting/{token}", {CHILD: (_key(person),)}
    words = lawful_words(local(at).date(), urgent=True)["lawful_basis"]
    data = {"of": of, "told": told, "lawful_basis": words, "called": called, "needed_by": due_at_school(at).isoformat()}
    said = [_entry(viewer, "setting.told", ref, people, data, at)]
    if rang:
        heard = step_ref(f"{HERE}:{ref}", "setting.received", token)
        said.append(
            _entry(viewer, "setting.received", heard, people, {"doing": f"Told by telephone: {rang}", "lead": True}, at)
        )
    with transaction.atomic():
        named_to(viewer, person, [of], kind="setting.told")
        record_many(said, viewer, asked=True, logged=True)
    return _held([ref])[0]


def due_at_school(at: datetime) -> datetime:
    """When the next school day begins: by then a setting must know."""
    return before_school(at, limits().calendar)
