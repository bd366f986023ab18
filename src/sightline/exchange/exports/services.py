"""Asking for an export, agreeing to one, fetching it, and writing down whose hands it passed into."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable

from django.db import IntegrityError, transaction

from sightline.access import gate
from sightline.access.log import Action, write
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.exchange.exports.models import CustodyStep, Export, ExportFile
from sightline.exchange.exports.queries import FIELDS, contents, one, safe_since, status, to_agree
from sightline.exchange.sharing.rules import NO_BASIS, lawful_on
from sightline.kernel.errors import NotFound, Refused
from sightline.kernel.moments import local
from sightline.kernel.reasons import SHORTEST_REASON, worded

ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"


def ask_for(viewer: Viewer, people: Iterable[int], *, recipient: str, purpose: str, basis: str, form: str) -> Export:
    """Ask for these people's records as a file. What it may hold is decided again when it is fetched.

    Raises NotFound where any of them may not be read, Refused without recipient, purpose or a lawful basis of that day.
    """
    gate.require(viewer, May.READ_WHEN_INVOLVED)
    asked = sorted(set(people))
    if not recipient.strip() or len(purpose.strip()) < SHORTEST_REASON:
        raise Refused(f"Say who it is for, and what for, in at least {SHORTEST_REASON} characters.")
    if basis not in lawful_on(local(viewer.at).date()):
        raise Refused(NO_BASIS)
    if not asked or set(asked) - gate.readable(viewer, asked):
        gate.refuse(viewer, people=asked, note="asked for an export")
        raise NotFound(gate.NOT_FOUND)
    number = "".join(secrets.choice(ALPHABET) for _ in range(8))
    with transaction.atomic():
        write(viewer, Action.EXPORT, people=asked, outcome="asked", note=number)
        return Export.objects.create(
            number=number,
            people=asked,
            form=form,
            recipient=recipient.strip(),
            purpose=purpose.strip(),
            basis=basis,
            agency=viewer.agency,
            asked_by_id=viewer.user_id or 0,
            asked_at=viewer.at,
        )


def answer(viewer: Viewer, number: str, *, agrees: bool, reason: str) -> CustodyStep:
    """A second person agrees to an export of many people, or does not.

    Raises NotFound for one that is not theirs to answer, Refused without a reason.
    """
    held = next((e for e in to_agree(viewer) if e.number == number), None)
    if held is None:
        gate.refuse(viewer, note="no such export to answer")
        raise NotFound(gate.NOT_FOUND)
    worded(reason)
    what = "agreed" if agrees else "declined"
    try:
        with transaction.atomic():
            return _step(viewer, held, what, note=reason)
    except IntegrityError as error:
        raise Refused("Somebody has answered this already.") from error


def fetch(viewer: Viewer, number: str) -> ExportFile:
    """The file, made the first time it is fetched; whoever asked for it fetches it, and what they may read is asked again.

    Raises NotFound, BudgetSpent as `gate.look` does, Refused where nobody has agreed to it, it was declined or destroyed, or an address in
    it has been kept safe since it was made: a file is never another than its first, so that its SHA-256 holds.
    """
    held = one(viewer, number)
    where = status(held)
    if held.asked_by_id != viewer.user_id or where in ("waiting", "declined", "destroyed"):
        gate.refuse(viewer, people=held.people, note=f"export {number}: {where}")
        raise Refused("This export can't be fetched: it waits for somebody to agree, was declined, or is destroyed.")
    gate.look(viewer, held.people, fields=FIELDS, action=Action.EXPORT, note=number)
    with transaction.atomic():
        made = ExportFile.objects.filter(export=held).first()
        if made is None:
            content = contents(viewer, held)
            made = ExportFile.objects.create(
                export=held, content=content, sha256=hashlib.sha256(content).hexdigest(), made_at=viewer.at
            )
        elif safe_since(made, viewer.at):
            raise Refused("An address in this file has been kept safe since it was made. Ask for a new export.")
        _step(viewer, held, "fetched")
    return made


def pass_on(viewer: Viewer, number: str, *, what: str, to: str, note: str) -> CustodyStep:
    """Write down that the file was handed to somebody, or destroyed. Raises Refused for one not fetched yet, or with nobody named."""
    held = one(viewer, number)
    if not ExportFile.objects.filter(export=held).exists():
        raise Refused("This file has not been fetched yet.")
    if what not in ("handed_over", "destroyed") or (what == "handed_over" and not to.strip()):
        raise Refused("Say who has the file now.")
    return _step(viewer, held, what, to=to, note=note)


def _step(viewer: Viewer, held: Export, what: str, *, to: str = "", note: str = "") -> CustodyStep:
    if what != "fetched":
        write(viewer, Action.EXPORT, people=held.people, outcome=what, note=held.number)
    return CustodyStep.objects.create(
        export=held, what=what, at=viewer.at, by_id=viewer.user_id or 0, to=to.strip(), note=note.strip()
    )
