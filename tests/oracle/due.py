"""What the table gives of somebody, and the pages whose job it is to show it."""

from __future__ import annotations

import re
from dataclasses import replace

from django.apps import apps

from access_proof.canaries import Canary
from access_proof.routes import Aim
from oracle.drive import VARIANTS, Planned, made
from oracle.evaluator import Seen, class_of, reads, tier_of
from oracle.extent import FULL
from oracle.judge import Judge
from oracle.people import SOURCES, THICK
from oracle.scene import Eye, Scene

# Whose word is due on the pages: what an entry says, who is behind a record, and why an alert stands. A standing fact from a system that is
# a pointer is due while it holds, which the access proof asks; the trail of exports, disclosures and reviews has pages of its own.
DUE = ("people.Link.", "alerts.Alert.why", "chronology.Event.")
NOT_ON_PAGES: dict[str, str] = {
    "relationship.recorded.ended": "a tie that has not ended yet is shown without the day",
    "relationship.recorded.since": "a tie is shown without its first day",
}
ONLY_WHOLLY = {
    "person.recorded.aliases": "another name that a pointer system holds finds the child and stands on no page yet",
    "person.recorded.born_text": "where another system gives the day",
}
# Those for whom every page of some people is read: one of each kind of agency.
KEEN = ("work-open", "work-restricted", "first_contact-open", "emergency-sealed", "barred_opened-open", "told-open")
LABELS = {config.label for config in apps.get_app_configs()}
PAGES = ("person/<number:person>/", "person/<number:person>/records/", "person/<number:person>/looked/",
         "person/<number:person>/grades/", "address/<number:premises>/", "alerts/<number:alert>/", "")  # fmt: skip
PAGE = re.compile(r"[?&;]page=(\d+)")


def keen(held: Scene, part: str) -> list[Eye]:
    """One of each kind of agency who may read this person, some of them; in full, everybody who may."""
    may = [e for e in held.eyes if reads(e.viewer, held.people[part], held.facts)]
    few = list({e.viewer.agency: e for e in may}.values())
    turn = KEEN.index(part)
    return may if FULL else [e for n, e in enumerate(few) if n % 4 == turn % 4]


def pages_of(held: Scene, part: str) -> list[Planned]:
    """Every page whose job it is to show something of somebody."""
    aim = Aim(person=held.people[part], premises=held.homes[part], alert=held.alerts[part])
    queries = {PAGES[0]: VARIANTS if part in THICK else ("", "?kind=Records")}
    return [Planned(p, "GET", part, aim, q) for p in PAGES for q in queries.get(p, ("",))]


def due(held: Scene, judge: Judge, eye: Eye, part: str) -> set[Canary]:
    """What the table gives of somebody that is for those pages."""
    given = {c for c in held.cage.of(part) if judge.seen(eye, c, held.facts) is Seen.FULL}
    given = {c for c in given if c.field.split(".")[0] not in LABELS or c.field.startswith(DUE)}
    wholly = {s for s in SOURCES if tier_of(eye.viewer.agency, s) is Seen.FULL}
    given = {c for c in given if c.field not in NOT_ON_PAGES}
    return {c for c in given if c.source in wholly or not (class_of(c.field) == "standing" or c.field in ONLY_WHOLLY)}


def missing(held: Scene, judge: Judge, eye: Eye, part: str) -> set[tuple[str, str]]:
    """What the table gives of somebody, and none of the pages whose job it is shows: the field and whose word it is."""
    calls = pages_of(held, part)
    answers = [made(held, eye, call) for call in calls]
    read = {call.query for call in calls if call.pattern == PAGES[0]}
    answers += [made(held, eye, call) for call in _deeper(calls[0], answers[0].text) if call.query not in read]
    shown = {c for answer in answers for said in answer.shown.values() for c in said}
    return {(c.field, c.source) for c in due(held, judge, eye, part) - shown}


def _deeper(first: Planned, text: str) -> list[Planned]:
    """The further pages that the first one links to: a long chronology has as many as it needs."""
    last = max((int(n) for n in PAGE.findall(text)), default=1)
    return [replace(first, query=f"?page={n}") for n in range(2, last + 1)]
