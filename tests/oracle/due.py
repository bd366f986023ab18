"""What the table gives of somebody, and the pages whose job it is to show it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from django.apps import apps

from access_proof.canaries import Canary
from access_proof.routes import Aim
from access_proof.stage import sign_in
from oracle.drive import VARIANTS, Answered, Plan, Planned, made
from oracle.evaluator import Seen, Viewer, class_of, reads, tier_of
from oracle.extent import FULL
from oracle.judge import Judge
from oracle.people import SOURCES, THICK
from oracle.scene import Eye, Scene

# Whose word is due on the few pages that every run reads: what an entry says, who is behind a record, and why an alert stands. A standing
# fact from a system that is a pointer is due while it holds, which the access proof asks.
DUE = ("people.Link.", "alerts.Alert.why", "chronology.Event.")
_NUMBER, _LISTED = (
    "a number or digest by which a row is found",
    "one of a list, said on its page in the list's own words",
)
_INSIDE, _TYPED = (
    "how a rule came to it: the page says why in words",
    "what one person typed and has not sent: theirs alone",
)
_OVER = "what became of it stands in the log and the row; the page shows what is still to decide"
_NEVER_HERE = "for a sealer, an auditor or whoever runs the house: by command, never on a page"
# What the table gives and no page shows to anybody, each with why. A field that a page does show fails until it is off this list.
NOT_ON_PAGES: dict[str, str] = {
    "access.AccessEntry.note": "what a look was for stands in the reviewer's queue alone",
    "access.AccessEntry.request_ref": _NUMBER,
    "access.Exclusion.reason": "why somebody is kept away is nobody's to read on a page; the log names who said so",
    "access.ToldOfParting.parted_by": "whoever saw the two as one is told what to read again, not by whom",
    **dict.fromkeys(("alerts.Alert.cause", "alerts.Alert.part", "alerts.Alert.rule", "alerts.Told.rung"), _INSIDE),
    **{f"chronology.Tombstone.{n}": _NEVER_HERE for n in ("key", "kind", "review", "schedule", "source")},
    **{f"concern.Draft.{n}": _TYPED for n in ("answers", "saves")},
    **{f"web.Typed.{n}": _TYPED for n in ("content", "page", "path")},
    "exports.ExportFile.content": "a file, which is fetched and not shown",
    "exports.Export.agency": "the key of the office of whoever asked, for those who agree to be found by",
    **{f"feeds.QuarantinedRow.{n}": _NEVER_HERE for n in ("raw", "reason")},
    **{f"sharing.Disclosure.{n}": _LISTED for n in ("agency", "agency_kind", "bases", "classes", "consent", "given", "sections", "sources")},
    **{f"sharing.RedactedCopy.{n}": "a copy line by line, as its marks say" for n in ("whole", "withheld")},
    "retention.Review.erased_entries": _OVER,
    "access.Restriction.lifted_why": "a state that was lifted is no state of the record; the log says who lifted it",
}  # fmt: skip
# What pages show to those whose work it is, and not to everybody to whom the table gives it.
OF_SOME: dict[str, str] = {
    "relationship.recorded.ended": "whoever reads the entry itself, among the records of a chronology; a tie is shown without the day",
    "relationship.recorded.since": "whoever reads the entry itself, among the records of a chronology; a tie is shown without the day",
    "access.AccessEntry.route": "those who review looks",
    "access.Involvement.reason": "whoever has the child, as the reason of their own look; where they hold two, one of them",
    "access.BreakGlass.note": "those who review emergencies",
    "access.BreakGlass.reason": "those who review emergencies",
    "access.Restriction.reason": "those who may restrict a record",
    "access.Restriction.review_on": "those who may restrict a record",
    **{f"alerts.{n}": "those to whom the alert went" for n in ("Acknowledgement.reason", "Acknowledgement.role", "Alert.step")},
    **{f"exports.{n}": "whoever asked for the file and whoever agrees to it" for n in (
        "CustodyStep.note", "CustodyStep.to", "Export.number", "Export.purpose", "Export.recipient", "ExportFile.sha256",
    )},
    "access.LookReview.note": "those who review looks",
    "concern.Draft.token": "whoever writes it, in its address",
    **{f"retention.Review.{n}": "those who review what is kept" for n in (
        "kept_until", "last_on", "schedule", "first_on", "holds", "keep_until", "reason", "review_on", "second_reason", "shared", "sources", "why",
    )},
    **{f"retention.Hold.{n}": "those who review what is kept" for n in ("reason", "since_on", "lifted_because")},
    **{f"sharing.RedactedCopy.{n}": "those who make and review copies" for n in ("asked_on", "note", "review_note")},
}  # fmt: skip
# Those for whom every page of some people is read: one of each kind of agency.
KEEN = ("work-open", "work-restricted", "first_contact-open", "emergency-sealed", "barred_opened-open", "told-open")
_ELSEWHERE: dict[tuple[int, str], set[Canary]] = {}
LABELS = {config.label for config in apps.get_app_configs()}
PAGES = ("person/<number:person>/", "person/<number:person>/records/", "person/<number:person>/looked/",
         "person/<number:person>/grades/", "address/<number:premises>/", "alerts/<number:alert>/", "")  # fmt: skip
PAGE = re.compile(r"[?&;]page=(\d+)")
# Whose every page is read, in every run: one who works with a child, and whose agency reads most systems.
WIDELY = ("case_owner/social_care", "work-restricted")


def keen(held: Scene, part: str) -> list[Eye]:
    """One of each kind of agency who may read this person, some of them; in full, of every kind."""
    may = {e.viewer.agency: e for e in held.eyes if reads(e.viewer, held.people[part], held.facts)}
    turn = KEEN.index(part)
    return [e for n, e in enumerate(may.values()) if FULL or n % 4 == turn % 4]


def pages_of(held: Scene, part: str) -> list[Planned]:
    """The few pages that every run reads of somebody."""
    aim = Aim(person=held.people[part], premises=held.homes[part], alert=held.alerts[part])
    queries = {PAGES[0]: VARIANTS if part in THICK else ("", "?kind=Records")}
    return [Planned(p, "GET", part, aim, q) for p in PAGES for q in queries.get(p, ("",))]


def every_page(held: Scene, eye: Eye, *about: str) -> list[Planned]:
    """Every page there is about these: somebody, or nobody and those who sign in."""
    return [c for c in Plan(held, eye).calls() if c.method == "GET" and c.part in about and "sign-out" not in c.pattern]


def seen_elsewhere(held: Scene, eye: Eye) -> set[Canary]:
    """What the pages about nobody show, which are the same whoever is asked about: read once of each who looks."""
    key = id(held), eye.name
    if key not in _ELSEWHERE:
        _ELSEWHERE[key] = seen_in(made(held, eye, c) for c in every_page(held, eye, "", "oneself", "the officer"))
    return _ELSEWHERE[key]


def due(held: Scene, judge: Judge, eye: Eye, part: str) -> set[Canary]:
    """What the table gives of somebody and some page is there to show them."""
    given = {c for c in held.cage.of(part) if judge.seen(eye, c, held.facts) is Seen.FULL}
    wholly = {s for s in SOURCES if tier_of(eye.viewer.agency, s) is Seen.FULL}
    given = {c for c in given if c.field not in NOT_ON_PAGES and c.field not in OF_SOME}
    return {c for c in given if c.source in (*wholly, "") or class_of(c.field) != "standing"}


def missing(held: Scene, judge: Judge, eye: Eye, part: str) -> set[tuple[str, str]]:
    """What the table gives of somebody, and none of the few pages shows that are to show it: the field and whose word it is."""
    calls = pages_of(held, part)
    answers = [made(held, eye, call) for call in calls]
    read = {call.query for call in calls if call.pattern == PAGES[0]}
    answers += [made(held, eye, call) for call in _deeper(calls[0], answers[0].text) if call.query not in read]
    here = {c for c in due(held, judge, eye, part) if c.field.split(".")[0] not in LABELS or c.field.startswith(DUE)}
    return {(c.field, c.source) for c in here - seen_in(answers)}


def missing_anywhere(held: Scene, judge: Judge, eye: Eye, part: str) -> tuple[set[tuple[str, str]], set[str]]:
    """What the table gives of somebody and no page at all shows; and the fields that some page does show."""
    answers = [made(held, eye, call) for call in every_page(held, eye, part)]
    first = next(a for a in answers if a.call.pattern == PAGES[0] and not a.call.query)
    read = {a.call.query for a in answers}
    answers += [made(held, eye, call) for call in _deeper(first.call, first.text) if call.query not in read]
    shown = seen_in(answers) | seen_elsewhere(held, eye)
    return {(c.field, c.source) for c in due(held, judge, eye, part) - shown}, {c.field for c in shown}


def shown_to_the_officer(held: Scene) -> set[str]:
    """The fields that the pages of whoever asked for the files of the scene show: the one account whose own they are."""
    officer = held.officer
    viewer = Viewer(officer.user.pk, officer.post.role, officer.post.agency.kind)
    own = Eye(officer, viewer, sign_in(officer))
    return {c.field for c in seen_in(made(held, own, call) for call in every_page(held, own, "", "told-open"))}


def seen_in(answers: Iterable[Answered]) -> set[Canary]:
    """Everything that answers show."""
    return {c for answer in answers for said in answer.shown.values() for c in said}


def _deeper(first: Planned, text: str) -> list[Planned]:
    """The further pages that the first one links to: a long chronology has as many as it needs."""
    last = max((int(n) for n in PAGE.findall(text)), default=1)
    return [replace(first, query=f"?page={n}") for n in range(2, last + 1)]
