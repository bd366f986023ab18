"""Who signs in, at a clock that stands still; and every call that can be made."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import uuid4
from zlib import crc32

from django.test import Client

import cast
from access_proof.routes import METHODS, REASON, ROUTES, About, Aim, Route
from access_proof.world import ABSENT, HOME, REFUGE, World
from cast import LONG_AGO, Member, involve, make_member, seal
from sightline.access.models import Exclusion
from sightline.exchange.api.models import CallingSystem
from sightline.exchange.api.services import digest

NOWHERE = 123_456_789
HERS = ("person/<number:person>/", "GET")
# With SIGHTLINE_PROOF=whole everybody asks for everything. Otherwise each asks for these, and for a part of all other pages.
WHOLE = os.environ.get("SIGHTLINE_PROOF") == "whole"
ALWAYS = frozenset({
    "", "person/<number:person>/", "person/<number:person>/records/", "address/<number:premises>/", "first-contact/<slug:token>/", "alerts/", "work/",
})  # fmt: skip
# What a caller may say: nearly the child's name, nearly the sealed sister's, and addresses by postcode.
SEARCHES = (
    {"name": "Orlwin Tavishmore", "age": "12"},
    {"name": "Quenthea Oddlestrend"},
    {"postcode": HOME[1]},
    {"postcode": REFUGE[1]},
    {"phone": "07700 900100"},
)
VARIANTS = (
    *(
        "?page=2",
        "?page=3",
        "?page=4",
        "?page=5",
        "?kind=Records",
        "?kind=Records&page=2",
        "?kind=Records&page=3",
        "?kind=Records&page=4",
    ),
    "?order=newest&on=2026-01-01",
)  # every page of the long chronology


@dataclass(frozen=True)
class Called:
    """One call and its answer."""

    route: str
    method: str
    aim: Aim
    answer: Any


def sign_in(member: Member | None) -> Client:
    """A browser; with a second factor and signed in where there is somebody. Faults of ours come back as answers."""
    client = Client(raise_request_exception=False)
    if member is not None:
        cast.sign_in(client, member)
    return client


def sealed_and_excluded(scene: World, *members: Member) -> None:
    """The sister is sealed, and these members are excluded from the cousin."""
    since = scene.at - timedelta(days=1)
    if "sister" in scene.people:
        seal(scene.people["sister"], since=since)
    for member in members if "cousin" in scene.people else ():
        Exclusion.objects.create(user=member.user, person_id=scene.people["cousin"], reason="own niece", from_at=since)


def system_key(member: Member) -> str:
    """A calling system of the member's own agency, as if it had been given long ago: that is no line of what is asked here."""
    key = uuid4().hex
    CallingSystem.objects.create(
        name=f"system {key}", agency=member.post.agency, key_digest=digest(key), active_from=LONG_AGO
    )
    return key


def outsider(what: str, scene: World) -> Member | None:
    """One of those who must see nothing of anybody."""
    at, everyone = scene.at, scene.people.values()
    if what == "not signed in":
        return None
    role, agency = ("administrator", "police") if what == "administrator" else ("practitioner", "health")
    member = make_member("outside", "Ext Ernal", role, agency)
    if what in ("administrator", "no post", "post ended"):
        involve(member, *everyone, at=at)
    if what == "involvement run out":
        involve(member, *everyone, at=at - timedelta(days=2), until=at - timedelta(days=1))
    if what == "post ended":
        type(member.post).objects.filter(pk=member.post.pk).update(held_until=at)
    if what == "no post":
        type(member.post).objects.filter(pk=member.post.pk).update(held_from=at + timedelta(days=1))
    return member


INSIDERS = (
    ("case_owner", "social_care"),
    ("response_officer", "police"),
    ("mash_manager", "hub"),
    ("practitioner", "health"),
    ("practitioner", "education"),
    ("practitioner", "youth_offending"),
    ("practitioner", "probation"),
    ("practitioner", "prison"),
    ("practitioner", "housing"),
)


def insider(role: str, agency: str, scene: World) -> Member:
    """Somebody who works with the child and the family, and is excluded from the cousin; the sister is sealed."""
    member = make_member("inside", "In Sider", role, agency)
    involve(member, *(p for name, p in scene.people.items() if name != "stranger"), at=scene.at)
    sealed_and_excluded(scene, member)
    return member


OUTSIDERS = ("ext", "not signed in", "administrator", "no post", "post ended", "involvement run out")


def aims(route: Route, scene: World, method: str = "GET") -> list[Aim]:
    """Everything a route can be aimed at; what changes nothing by the method is aimed once."""
    if route.about is About.PERSON:
        those = ("child", "mother", "sister", "cousin", "stranger")
        return [Aim(person=p) for p in (*(scene.people[n] for n in those if n in scene.people), ABSENT)]
    if route.about is About.PLACE:
        return [Aim(premises=p) for p in (scene.home, scene.refuge, scene.cousins, NOWHERE)]
    if route.about is About.SEARCH:
        return [Aim(asked=said) for said in (SEARCHES if method in ("GET", "POST") else SEARCHES[:1])]
    return [Aim()]


def part(number: int, among: int) -> tuple[int, int]:
    """Which part of all pages is one person's: of everything, where each asks for all of it."""
    return (0, 1) if WHOLE else (number, among)


def asked_of(pattern: str, method: str, share: tuple[int, int]) -> bool:
    """Whether a page is of that part."""
    number, among = share
    return among == 1 or (
        number >= 0 and (pattern in ALWAYS or crc32(f"{method} {pattern}".encode()) % among == number)
    )


def every_call(
    member: Member | None,
    scene: World,
    *,
    methods: tuple[str, ...] = METHODS,
    accounts: tuple[str, ...] = METHODS,
    share: tuple[int, int] = (0, 1),
) -> Iterator[Called]:
    """Every route, by every method, aimed at everybody and everywhere there is. `share`: one part of so many of it, with what is ALWAYS asked for."""
    key = system_key(member) if member else ""
    name = member.user.username if member else ""
    client = sign_in(member)
    tokens = {str(said): ask(client, Aim(asked=said)) for said in SEARCHES}
    for pattern, route in sorted(ROUTES.items(), key=lambda r: ("sign-out" in r[0], "access/mine" not in r[0])):
        for method in methods:
            if pattern.startswith("accounts/") and method not in accounts:
                continue
            for aim in aims(route, scene, method):
                hers = (pattern, method, aim.person) == (*HERS, scene.people["child"])
                if not (hers or asked_of(pattern, method, share)):
                    continue
                given = replace(aim, key=key if route.body == "json" else "", on_behalf_of=name)
                given = replace(given, token=tokens.get(str(aim.asked), "nosuchsearch"))
                yield Called(pattern, method, given, route.call(client, method, given))


def every_page(
    member: Member, scene: World, share: tuple[int, int] = (0, 1), methods: tuple[str, ...] = ("GET", "POST")
) -> Iterator[Called]:
    """Every route that shows people or places, as a browser and a calling system ask for it, with each way of narrowing it."""
    for called in every_call(member, scene, methods=methods, accounts=("GET",), share=share):
        yield called
        if (called.route, called.method, called.aim.person) == (*HERS, scene.people["child"]):
            client = sign_in(member)
            for query in VARIANTS:
                yield replace(called, answer=client.get(f"/person/{called.aim.person}/{query}"))


def ask(client: Client, aim: Aim) -> str:
    """What a caller says is typed in; gives the name of the search, or that of none."""
    sent = client.post("/first-contact/", {"reason": REASON, **aim.terms})
    to = sent.headers.get("Location", "")
    return to.split("/")[2] if to.startswith("/first-contact/") else "nosuchsearch"
