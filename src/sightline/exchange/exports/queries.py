"""Exports as those see them who asked for them or may agree to them; and what a file holds, by what the asker may read."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from html import unescape

from django.db.models import QuerySet
from django.template.loader import render_to_string

from sightline.access import gate, wall
from sightline.access.models import Involvement
from sightline.access.roles import May
from sightline.access.spans import live_at
from sightline.access.viewer import Viewer
from sightline.chronology.queries import as_permitted, chronologies
from sightline.chronology.safe_around import safe_around
from sightline.chronology.view import Chronology
from sightline.chronology.wording import Line, line
from sightline.exchange.exports.models import CustodyStep, Export, ExportFile
from sightline.exchange.exports.rules import alone, needs_second, stands
from sightline.exchange.sharing.rules import bases
from sightline.kernel.errors import NotFound
from sightline.kernel.moments import local, say_moment
from sightline.people.persons import Person, persons
from sightline.people.safe_words import blanked, phrases
from sightline.people.sight import sight_of

FIELDS = ("names", "born", "sex", "addresses", "chronology")
COLUMNS = ("person", "name", "born", "when", "entry", "source", "said", "exported for", "export", "fetched")


@dataclass(frozen=True)
class Held:
    """An export as its pages show it: where it stands, and each step with who took it."""

    export: Export
    status: str
    people: int
    steps: tuple[CustodyStep, ...]
    sha256: str
    basis: str
    mine: bool
    may_agree: bool


def status(export: Export) -> str:
    """Where an export stands."""
    second = needs_second(len(_lately(export)), local(export.asked_at).date())
    return stands([s.what for s in sorted(export.steps.all(), key=lambda s: s.pk)], second=second)


@wall.working()
def _lately(export: Export) -> set[int]:
    """Those of an export, with those whom the same person asked for shortly before and to whom nobody else agreed. Shown as a number alone."""
    since = export.asked_at - timedelta(hours=alone(local(export.asked_at).date()).hours)
    before = Export.objects.filter(asked_by_id=export.asked_by_id, asked_at__gt=since, asked_at__lte=export.asked_at)
    unasked = before.filter(pk__lt=export.pk).exclude(steps__what__in=["agreed", "declined"])
    return set(export.people).union(*unasked.values_list("people", flat=True))


def mine(viewer: Viewer) -> list[Export]:
    """What this viewer asked for, newest first."""
    asked = Export.objects.filter(asked_by_id=viewer.user_id or 0)
    return list(asked.order_by("-asked_at", "-id").prefetch_related("steps"))


def to_agree(viewer: Viewer) -> list[Export]:
    """What waits for this viewer: of their own agency, asked for by somebody else."""
    if not viewer.may(May.AGREE_TO_EXPORTS):
        return []
    asked: QuerySet[Export] = Export.objects.filter(agency=viewer.agency).exclude(asked_by_id=viewer.user_id or 0)
    open_still = (
        asked.exclude(steps__what__in=["agreed", "declined"])
        .order_by("asked_at", "id")
        .select_related("asked_by")
        .prefetch_related("steps")
    )
    return [e for e in open_still if status(e) == "waiting"]


def one(viewer: Viewer, number: str) -> Export:
    """One export, for whoever asked for it or may agree to such. Raises NotFound, with the refusal written down."""
    found = Export.objects.filter(number=number).select_related("asked_by").prefetch_related("steps__by").first()
    agrees = found is not None and viewer.may(May.AGREE_TO_EXPORTS) and found.agency == viewer.agency
    if found is None or not (found.asked_by_id == viewer.user_id or agrees):
        gate.refuse(viewer, note="no such export")
        raise NotFound(gate.NOT_FOUND)
    return found


def everybody(viewer: Viewer) -> list[int]:
    """Everybody this viewer works with now and may read."""
    live = Involvement.objects.filter(live_at(viewer.at), user_id=viewer.user_id or 0)
    return sorted(gate.readable(viewer, live.values_list("person_id", flat=True)))


def page(viewer: Viewer, number: str) -> Held:
    """One export with its chain of custody. Names nobody whose record it holds."""
    export = one(viewer, number)
    file = ExportFile.objects.filter(export=export).only("sha256").first()
    steps = tuple(sorted(export.steps.all(), key=lambda s: s.pk))
    where = status(export)
    own = export.asked_by_id == viewer.user_id
    said = bases().get(export.basis)
    basis = f"{said.label} ({said.says})" if said else ""
    return Held(export, where, len(export.people), steps, file.sha256 if file else "", basis, own,
                where == "waiting" and not own)  # fmt: skip


def of_hash(sha256: str) -> ExportFile | None:
    """The export that a file is, by its SHA-256: whether it is just what was exported."""
    return ExportFile.objects.filter(sha256=sha256).select_related("export", "export__asked_by").first()


def contents(viewer: Viewer, export: Export) -> bytes:
    """The file's bytes: what this viewer may read of each person, marked on every page or row with whom it is for."""
    who, told = persons(export.people, sight_of(viewer)), chronologies(export.people)
    safe = safe_around(export.people, viewer.at)
    texts, places = phrases(safe), {s.premises for s in safe}
    held = [
        (_without(who[p], places), [_blanked(x, texts) for x in _lines(viewer, who[p], told[p])])
        for p in export.people if p in who
    ]  # fmt: skip
    if export.form == "table":
        return _table(viewer, export, held)
    shown = {"export": export, "held": held, "at": viewer.at, "by": viewer.name}
    return render_to_string("exports/file.html", shown).encode()


def safe_since(file: ExportFile, at: datetime) -> bool:
    """Whether an address stands in a file that has been kept safe since it was made."""
    then, now = (set(phrases(safe_around(file.export.people, when))) for when in (file.made_at, at))
    said = unescape(bytes(file.content).decode("utf-8-sig"))
    return blanked(said, sorted(now - then, key=len, reverse=True)) != said


def _lines(viewer: Viewer, person: Person, chronology: Chronology) -> list[Line]:
    permitted = as_permitted(viewer, chronology)
    return [line(h, person.person, person.born_on, {}) for h in permitted.everything()]


def _without(person: Person, places: set[int]) -> Person:
    """No safe address leaves in an export; whoever must have one shares it, that once and with a reason."""
    return replace(person, addresses=tuple(a for a in person.addresses if a.premises not in places))


def _blanked(shown: Line, texts: list[str]) -> Line:
    if not texts:
        return shown
    said = tuple((name, blanked(value, texts)) for name, value in shown.said)
    return replace(shown, said=said, event=replace(shown.event, note=blanked(shown.event.note, texts)))


def _table(viewer: Viewer, export: Export, held: list[tuple[Person, list[Line]]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for person, lines in held:
        born = person.born[0].value if person.born else ""
        told: list[Line | None] = [*lines] or [None]
        for x in told:
            entry = (say_moment(x.event.at), x.title, x.source, _said(x)) if x else ("", "Nothing recorded", "", "")
            marks = (export.recipient, export.number, say_moment(viewer.at))
            writer.writerow([_plain(c) for c in (person.person, person.name, born, *entry, *marks)])
    return out.getvalue().encode("utf-8-sig")


def _said(shown: Line) -> str:
    if shown.event.pointer:
        return "Held; content not permitted. Ask " + shown.source
    return "; ".join(f"{name}: {value}" for name, value in shown.said)


def _plain(cell: object) -> str:
    """No cell begins like a formula: a spreadsheet would run it."""
    text = str(cell)
    return f"'{text}" if text[:1] in "=+-@\t\r" else text
