"""One insider's whole stay: every page they can ask for, once, with what it showed and what its own request wrote to the log."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO

from django.contrib.sessions.models import Session
from django.db import connection

from access_proof.canaries import Canary, text_of
from access_proof.routes import ROUTES
from access_proof.stage import Called, every_page
from access_proof.world import World
from cast import Member
from sightline.access.models import AccessEntry

_LINKS = re.compile(r'(?:href|src|action|formaction)="([^"]*)"')


@dataclass(frozen=True)
class Seen:
    """One answer: the values it showed beyond those that were typed, and the entries that its own request wrote."""

    called: Called
    shown: frozenset[Canary]
    entries: tuple[AccessEntry, ...]

    @property
    def where(self) -> tuple[str, str]:
        """For a message."""
        return self.called.route, self.called.method

    def links(self) -> list[str]:
        """Every address that the answer holds or leads to."""
        return [*_LINKS.findall(text_of(self.called.answer)), self.called.answer.headers.get("Location", "")]


@dataclass(frozen=True)
class Stay:
    """All of it, and what was left behind: technical log lines, the whole access log as text, and other people's sessions."""

    scene: World
    member: Member
    seen: tuple[Seen, ...]
    lines: str
    log: str
    sessions: str

    @property
    def shown(self) -> frozenset[Canary]:
        """Every value that was shown anywhere."""
        return frozenset(c for s in self.seen for c in s.shown)


def shown(scene: World, called: Called) -> frozenset[Canary]:
    """What an answer holds beyond what was typed into it."""
    return frozenset(scene.aviary.leaks(called.answer) - scene.aviary.found_in(str(called.aim.terms)))


def stay(member: Member, scene: World, share: tuple[int, int] = (0, 1)) -> Stay:
    """Ask for everything, or a share of it, once."""
    seen: list[Seen] = []
    with listening() as kept:
        last = _last()
        for called in every_page(member, scene, share):
            entries = tuple(AccessEntry.objects.filter(pk__gt=last).order_by("pk"))
            last = entries[-1].pk if entries else last
            seen.append(Seen(called, shown(scene, called), entries))
    return Stay(scene, member, tuple(seen), kept.getvalue(), _log(), _sessions(member))


def _last() -> int:
    return AccessEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _log() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(string_agg(e::text, E'\\n'), '') FROM access_accessentry e")
        return str(cursor.fetchone()[0])


def _sessions(but: Member) -> str:
    held = [s.get_decoded() for s in Session.objects.all()]
    return str([s for s in held if s.get("_auth_user_id") != str(but.user.pk)])


@contextmanager
def listening() -> Iterator[StringIO]:
    """Every line of the technical log, of whatever level."""
    kept = StringIO()
    root, level = logging.getLogger(), logging.getLogger().level
    handler = logging.StreamHandler(kept)
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield kept
    root.removeHandler(handler)
    root.setLevel(level)


def unlogged(scene: World, member: Member, seen: Seen) -> set[str]:
    """Those of whom an answer said something that its own request's entries do not account for."""
    path = ROUTES[seen.called.route].at(seen.called.aim)
    given = [e for e in seen.entries if e.user_id == member.user.pk and e.outcome == "given" and e.fields]
    mine = [e for e in given if e.route.split(" by ")[0] == path]
    told = {p for e in mine for p in e.people}
    missing = {c.owner for c in seen.shown if c.owner in scene.people and scene.people[c.owner] not in told}
    return missing | ({"a place"} if seen.shown and not mine else set())
