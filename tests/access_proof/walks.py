"""Walks through a world with and without somebody: each page as it was said, our own numbers taken out, so that two can be held together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.db import transaction
from django.test import Client

from access_proof.routes import ROUTES, Aim
from access_proof.stage import INSIDERS, WHOLE, Called, every_page, insider, part, sign_in
from access_proof.world import World, world
from sightline.alerts import services
from sightline.alerts.models import Alert, Told

PARTS = 12  # of all pages, for each of three roles: whose part it is goes by the name of the role
GONE = ["sister", "cousin"]  # sealed, excluded
# Whoever reviews access can lift a seal, and so is told which records are sealed, by number, on one page.
BY_RIGHT = {("data_guardian", "sister"): ("restrictions/",)}
OURS = "|".join((
    r'name="(?:csrfmiddlewaretoken|recording|token)" value="[^"]+"', r"(?:first-contact|break-glass|concern)/[\w-]+/", r"again=[\w-]+", r"entry-\d+",
    r"[A-Z2-7]{32}", r'data:image/[^"]+',
))  # fmt: skip


def unlike(
    one: dict[tuple[str, ...], str], other: dict[tuple[str, ...], str]
) -> dict[tuple[str, ...], tuple[str, str]]:
    """Pages that are not the same, each with where it begins to differ."""
    return {page: _first_difference(one[page], other[page]) for page in one if one[page] != other[page]}


@dataclass(frozen=True)
class Page:
    """One answer, our own numbers taken out: what was asked about whom, by name."""

    named: tuple[str, ...]
    who: str
    said: str


def pages(role: str, agency: str, at: datetime, gone: str, *, without: str = "") -> dict[tuple[str, ...], str]:
    """Every page about those who are not hidden. The world in which everybody is there is walked through once for both who are hidden."""
    held = [
        p
        for p in _walk(role, agency, at, without)
        if p.who != gone and p.named[0] not in BY_RIGHT.get((role, gone), ())
    ]
    return {(*p.named, str(n)): p.said for n, p in enumerate(held)}


@cache
def _walk(role: str, agency: str, at: datetime, without: str) -> tuple[Page, ...]:
    """Every page, in a world that is taken back afterwards."""
    with transaction.atomic():
        scene = world(at, without=without)
        methods = ("GET", "POST") if WHOLE else ("GET",)
        calls = every_page(insider(role, agency, scene), scene, part(len(role) % PARTS, PARTS), methods)
        names = {str(number): name for name, number in scene.people.items()}
        pages = tuple(Page(named := _named(c, scene), named[2], anonymous(c, names)) for c in calls)
        transaction.set_rollback(True)
    return pages


def pages_of_alerts(at: datetime, gone: str, *, without: str = "") -> dict[tuple[str, ...], str]:
    """Those about alerts, of whoever is not hidden."""
    return {p.named: p.said for p in _walk_of_alerts(at, without) if p.who != gone}


@cache
def _walk_of_alerts(at: datetime, without: str) -> tuple[Page, ...]:
    """Home, the worklists and the pages of the family, where every role was told of everything that the rules find."""
    with transaction.atomic():
        scene = world(at, without=without)
        services.settle(scene.people.values(), at=scene.at)
        for alert in Alert.objects.all():
            for n, role in enumerate(sorted({role for role, _ in INSIDERS})):
                said = {"at": scene.at + timedelta(seconds=n + 1)}
                Told.objects.get_or_create(alert=alert, role=role, defaults=said)
        names = {str(number): name for name, number in scene.people.items()}
        calls = _calls(sign_in(insider("response_officer", "police", scene)), scene)
        pages = tuple(Page(_of_whom(c, scene), _named(c, scene)[2], anonymous(c, names)) for c in calls)
        transaction.set_rollback(True)
    return pages


def _of_whom(called: Called, scene: World) -> tuple[str, ...]:
    return (called.route, called.method, *(_named(called, scene)[2:] if called.aim.person else ()))


def _calls(client: Client, scene: World) -> Iterable[Called]:
    for at in ("", "alerts/"):
        yield Called(at, "GET", Aim(), ROUTES[at].call(client, "GET", Aim()))
    for show in ("today", "unanswered"):
        yield Called(f"alerts/?show={show}", "GET", Aim(), client.get(f"/alerts/?show={show}"))
    for person in scene.people.values():
        at, aim = "person/<number:person>/", Aim(person=person)
        yield Called(at, "GET", aim, ROUTES[at].call(client, "GET", aim))


def _named(called: Called, scene: World) -> tuple[str, ...]:
    who = next((n for n, p in scene.people.items() if p == called.aim.person), "")
    return (called.route, called.method, who, str(called.aim.premises), str(called.aim.terms or ""))


def anonymous(called: Called, names: dict[str, str]) -> str:
    """An answer with our own numbers taken out, so that two worlds can be held together."""
    text = re.sub(OURS, "", called.answer.content.decode())
    text = re.sub(r"((?:impact|capacity|says)_)(\d+)", lambda m: m[1] + names.get(m[2], m[2]), text)
    text = re.sub(r'(name="kept_from"[^>]*value=")\d+', r"\1N", text)
    text = re.sub(
        r'(name="people" value=")([\d,]*)', lambda m: m[1] + ",".join(names.get(n, n) for n in m[2].split(",")), text
    )
    text = re.sub(r'(name="(?:about|children)"[^>]*?value=")(\d+)', lambda m: m[1] + names.get(m[2], m[2]), text)
    text = re.sub(r"(alert-)\d+|(/(?!person/|address/)[a-z][\w-]*/)[a-z]?\d+(?=[/\"#?])", r"\1\2N", text)
    return re.sub(
        r'(/person/|person-|person=|[Pp]erson |"person": ?)(\d+)',
        lambda m: m[1] + names.get(m[2], "another"),
        text,
    )


def _first_difference(one: str, other: str) -> tuple[str, str]:
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[max(0, at - 80) : at + 120], other[max(0, at - 80) : at + 120]
