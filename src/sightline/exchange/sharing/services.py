"""Giving something to another agency: nothing without a recipient, a lawful basis and a reason; and keeping the agreements."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django.db import transaction

from sightline.access import gate
from sightline.access.log import Action, write
from sightline.access.viewer import Viewer
from sightline.chronology.entries import Entry
from sightline.chronology.giving import Giving, Printed
from sightline.chronology.on_paper import FIELDS
from sightline.chronology.record import record
from sightline.chronology.stepping import entry_here, every_record
from sightline.exchange.sharing.document import Document
from sightline.exchange.sharing.forms import PaperForm
from sightline.exchange.sharing.models import Agreement, Disclosure
from sightline.exchange.sharing.papers import document_of, of_whom
from sightline.exchange.sharing.queries import Prepared, covered, prepare
from sightline.exchange.sharing.recipients import Recipient, kept_apart
from sightline.exchange.sharing.rules import Purpose, bases_on, keeps_agreements, missing, purposes_on
from sightline.kernel.errors import NotPermitted, Refused
from sightline.kernel.moments import local
from sightline.kernel.reasons import worded
from sightline.people.persons import Person, persons
from sightline.people.sight import sight_of
from sightline.ui.paper.written import Paper

KEPT_APART = "This cannot be given to that person. Name somebody else at the agency, or ask the data guardian."


@dataclass(frozen=True)
class Grounds:
    """On what grounds something is given, and which parts of it."""

    purpose: str
    bases: tuple[str, ...]
    reason: str
    consent: str = ""
    sections: tuple[str, ...] = ()
    safe_because: str = ""
    outside_because: str = ""


def share(viewer: Viewer, person: int, recipient: Recipient, grounds: Grounds) -> Disclosure:
    """Give what is held of a person to somebody, keep exactly what was given, and record it in the chronology and the access log.

    Raises Refused without recipient, lawful basis or reason; outside any agreement without a reason, unless a child may be in danger now;
    NotFound where the viewer may not read the person.
    """
    with_safe = bool(grounds.safe_because.strip())
    gate.look(viewer, [person], fields=("names", "disclosures"), note="share")
    purpose = _may_be_given(viewer, person, recipient, grounds)
    held = prepare(viewer, person, recipient, purpose=grounds.purpose, chosen=grounds.sections, with_safe=with_safe)
    if not held.document.lines:
        raise Refused("There is nothing in this that the recipient's agency may be given.")
    _agreed(held.agreement, grounds, purpose)
    return give(viewer, person, recipient, grounds, held, urgent=purpose.urgent)


def _agreed(agreement: int | None, grounds: Grounds, purpose: Purpose) -> None:
    if agreement is None and not purpose.urgent:
        worded(grounds.outside_because, "No agreement in force covers this. Say why it is given all the same")


def _may_be_given(viewer: Viewer, person: int, recipient: Recipient, grounds: Grounds) -> Purpose:
    """What it is given for. Raises Refused for what must not leave as it stands."""
    purpose = purposes_on(local(viewer.at).date()).get(grounds.purpose)
    if purpose is None or purpose.copy:
        raise Refused("Choose what it is for. For court, disclosure or somebody's own record, make a redacted copy.")
    if not (recipient.name and recipient.who):
        raise Refused("Say which agency it goes to, and which person or post there.")
    if why := missing(grounds.bases, grounds.reason, grounds.consent, local(viewer.at).date()):
        raise Refused(why)
    if grounds.safe_because.strip():
        worded(grounds.safe_because, "Say why the safe address is given")
    if kept_apart(viewer, recipient, person):
        gate.refuse(viewer, people=[person], note="share with somebody kept apart")
        raise Refused(KEPT_APART)
    return purpose


def give(
    viewer: Viewer, person: int, recipient: Recipient, grounds: Grounds, held: Prepared, *, urgent: bool = False
) -> Disclosure:
    """Keep a disclosure and record it. For callers that have checked that it may be made."""
    document = held.document
    with transaction.atomic():
        row = _kept(viewer, person, recipient, grounds, held, urgent=urgent)
        write(viewer, Action.DISCLOSURE, people={person, *document.people}, fields=fields_of(document),
              note=f"disclosure {row.pk} to {recipient.name}")  # fmt: skip
    return row


def _kept(
    viewer: Viewer, person: int, recipient: Recipient, grounds: Grounds, held: Prepared, *, urgent: bool, paper: Paper | None = None
) -> Disclosure:  # fmt: skip
    """The row, and its entry in the chronology. With a paper its very words are kept too."""
    document, bases = held.document, bases_on(local(viewer.at).date())
    given = document.written() | ({"paper": paper.plainly()} if paper else {})
    row = Disclosure(
        person_id=person, agency=recipient.agency, agency_name=recipient.name, agency_kind=recipient.kind,
        recipient=recipient.who, purpose=grounds.purpose, bases=[b for b in grounds.bases if b in bases],
        basis_words=[f"{bases[b].label} ({bases[b].says})" for b in grounds.bases if b in bases], consent=grounds.consent,
        reason=grounds.reason.strip(), urgent=urgent, sections=[s.key for s in document.sections], sources=sorted(document.sources),
        classes=sorted(document.classes), people=sorted(document.people - {person}), safe_address_because=grounds.safe_because.strip(),
        agreement_id=held.agreement, outside_because="" if held.agreement else grounds.outside_because.strip(),
        given=given, digest=digest_of(given), decided_by_id=viewer.user_id or 0, post_id=viewer.post_id, at=viewer.at,
    )  # fmt: skip
    row.save(force_insert=True)
    record(_entry(viewer, held.person, row), viewer)
    return row


def give_paper(viewer: Viewer, made: Printed, said: Mapping[str, Any]) -> None:
    """Keep a paper as given to its reader: once of each person of whose record something is on it, and in the access log with all of them.

    Raises Refused as `share` does.
    """
    reader, person = made.got.reader, made.got.subject.person
    recipient = Recipient(reader.seen.agency, reader.agency, reader.seen.agency_kind, f"{reader.name}, {reader.role}")
    bases, asked = tuple(said.get("bases", ())), ("purpose", "reason", "consent", "outside_because")
    purpose, reason, consent, outside = (str(said.get(name, "")) for name in asked)
    grounds = Grounds(purpose, bases, reason, consent, outside_because=outside)
    for_what = _may_be_given(viewer, person, recipient, grounds)
    document = document_of(made)
    number, why = covered(viewer, recipient, purpose, document)
    _agreed(number, grounds, for_what)
    whose = persons(of_whom(made), sight_of(viewer))
    with transaction.atomic():
        for p in sorted(whose):
            held = Prepared(whose[p], document, safe=False, agreement=number, outside=why)
            _kept(viewer, p, recipient, grounds, held, urgent=for_what.urgent, paper=made.paper)
        write(viewer, Action.DISCLOSURE, people={p.person for p in made.got.people},
              fields=[*FIELDS, *fields_of(document)], note=f"{made.note} for {reader.called}")  # fmt: skip


ON_PAPER = Giving(PaperForm.of, give_paper)


def fields_of(document: Document) -> list[str]:
    """What the log says was given: parts and systems, never a value."""
    return [*(f"section:{s.key}" for s in document.sections), *(f"source:{s}" for s in document.sources)]


def digest(document: Document) -> str:
    """What tells whether a copy is the one that was given."""
    return digest_of(document.written())


def digest_of(given: Mapping[str, Any]) -> str:
    """The same of a copy as it is kept."""
    text = json.dumps(given, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _entry(viewer: Viewer, who: Person, row: Disclosure) -> Entry:
    said: dict[str, Any] = {
        "to": row.agency_name, "purpose": row.purpose, "lawful_basis": row.bases, "reason": row.reason,
        "sections": row.sections, "urgent": row.urgent, "disclosure": row.pk,
    } | ({"consent": row.consent} if row.consent else {})  # fmt: skip
    people = {"subject": every_record([who.person])[who.person]}
    ref = f"information.shared/{uuid4().hex}"
    return entry_here(viewer, "information.shared", ref, people, said, viewer.at)


def keeper(viewer: Viewer) -> None:
    """Raises NotPermitted, with the refusal written down, for a post that keeps no agreements."""
    if not keeps_agreements(viewer.role):
        gate.refuse(viewer, note="keep agreements")
        raise NotPermitted(
            "Your post does not keep the agreements. Your agency's administrator or partnership lead does."
        )


def agree(
    viewer: Viewer,
    *,
    title: str,
    parties: Iterable[str],
    purposes: Iterable[str],
    since: date,
    until: date,
    sources: Iterable[str] = (),
    classes: Iterable[str] = (),
    reference: str = "",
) -> Agreement:
    """Enter an agreement; `until` is the day from which it no longer holds. Raises NotPermitted for other posts, Refused for what makes none."""
    keeper(viewer)
    named, for_what = sorted(set(parties)), sorted(set(purposes))
    if len(named) < 2:
        raise Refused("An agreement needs two agencies at least.")
    if not for_what:
        raise Refused("Say what the agreement is for.")
    if until <= since:
        raise Refused("The agreement must end after it begins.")
    with transaction.atomic():
        row = Agreement.objects.create(
            title=title.strip(), parties=named, purposes=for_what, sources=sorted(set(sources)), classes=sorted(set(classes)),
            reference=reference.strip(), since=since, until=until, made_by_id=viewer.user_id or 0, made_at=viewer.at,
        )  # fmt: skip
        write(viewer, Action.ADMINISTRATION, fields=("agreement",), note=f"agreement {row.pk} entered")
    return row


def end_agreement(viewer: Viewer, number: int) -> Agreement:
    """An agreement holds no longer, from today. Raises NotPermitted for other posts, Refused for one that has ended or isn't there."""
    keeper(viewer)
    today = local(viewer.at).date()
    with transaction.atomic():
        row = Agreement.objects.select_for_update().filter(pk=number).first()
        if row is None or row.until <= today:
            raise Refused("There is no such agreement in force.")
        row.until = max(today, row.since)
        row.ended_by_id, row.ended_at = viewer.user_id, viewer.at
        row.save()
        write(viewer, Action.ADMINISTRATION, fields=("agreement",), note=f"agreement {row.pk} ended")
    return row
