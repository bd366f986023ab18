"""What is about to be given, what was given, and the agreements. Every read of a person passes the gate first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sightline.access import gate
from sightline.access.log import Action, write
from sightline.access.policy import Of
from sightline.access.roles import role_name
from sightline.access.viewer import Viewer
from sightline.agencies.models import Agency
from sightline.chronology.safe_around import safe_around
from sightline.exchange.sharing.document import Document, Line, for_recipient, not_for, read, without_safe
from sightline.exchange.sharing.drafting import draft
from sightline.exchange.sharing.models import Agreement, Disclosure
from sightline.exchange.sharing.recipients import Recipient, allowed, may_have
from sightline.exchange.sharing.rules import Given, Terms, classes, consents, outside, purposes_on
from sightline.kernel.errors import NotFound
from sightline.kernel.moments import local
from sightline.pathways.identity.queries import person_page
from sightline.people.persons import Person, persons
from sightline.people.sight import sight_of

MOST = 200


@dataclass(frozen=True)
class Start:
    """Somebody whose record may be shared, and with whom it may be."""

    person: Person
    agencies: tuple[Agency, ...]


def share_start(viewer: Viewer, person: int) -> Start:
    """Whose record this is, and every agency that is active. Raises NotFound where the viewer may not read it."""
    gate.look(viewer, [person], fields=("names", "born"), note="share")
    return Start(persons([person], sight_of(viewer))[person], agencies_on(local(viewer.at).date()))


def agencies_on(day: date) -> tuple[Agency, ...]:
    """The agencies that are active on a day, by name."""
    held = Agency.objects.exclude(active_until__lte=day).order_by("name")
    return tuple(a for a in held if a.active_from is None or a.active_from <= day)


@dataclass(frozen=True)
class Prepared:
    """What would be given, and what stands against it. `safe`: there is a safe address that could be given if somebody says why.

    `not_for_them`: systems whose word the recipient's agency may not see at all, for the sharer to know.
    """

    person: Person
    document: Document
    safe: bool
    agreement: int | None
    outside: tuple[str, ...]
    not_for_them: tuple[str, ...] = ()


def prepare(
    viewer: Viewer, person: int, recipient: Recipient, *, purpose: str, chosen: Iterable[str], with_safe: bool = False
) -> Prepared:
    """What the recipient would be given of a person, already cut to what both may see. Raises NotFound as the person's page does."""
    day = local(viewer.at).date()
    page = person_page(viewer, person, at=viewer.at)
    for_what = purposes_on(day)[purpose]
    whole = draft(page, chosen, months=for_what.months)
    if whole.people - {person}:
        write(
            viewer,
            Action.CONSULTATION,
            people=whole.people,
            fields=("names", "standing_facts"),
            note="named in a share",
        )
    safe = safe_around({person, *whole.people, *page.around}, viewer.at)
    there = any(line.premises in {s.premises for s in safe} for line in whole.lines)
    shown = whole if with_safe else without_safe(whole, safe)
    them = allowed(recipient, viewer)
    cut = for_recipient(shown, them, recipient.name)
    number, why = covered(viewer, recipient, purpose, cut)
    return Prepared(page.person, cut, there, number, why, not_for(shown, them))


def covered(
    viewer: Viewer, recipient: Recipient, purpose: str, document: Document
) -> tuple[int | None, tuple[str, ...]]:
    """The agreement in force that covers giving this, or why none does."""
    given = Given(frozenset({viewer.agency, recipient.agency}), purpose, document.sources, document.classes)
    return outside(given, [a.terms for a in Agreement.objects.order_by("pk")], local(viewer.at).date())


@dataclass(frozen=True)
class Shared:
    """One disclosure in the list of a child's."""

    number: int
    at: datetime
    to: str
    recipient: str
    purpose: str
    bases: tuple[str, ...]
    reason: str
    by: str
    role: str
    urgent: bool
    outside: str


@dataclass(frozen=True)
class SharedPage:
    """Everything given of one person, newest first."""

    person: Person
    shared: tuple[Shared, ...]


def shared_page(viewer: Viewer, person: int) -> SharedPage:
    """What was given of a person, to whom and why. Raises NotFound where the viewer may not read them."""
    gate.look(viewer, [person], fields=("names", "disclosures"), note="disclosures")
    rows = Disclosure.objects.filter(person_id=person).select_related("decided_by", "post").order_by("-at", "-pk")
    return SharedPage(persons([person], sight_of(viewer))[person], tuple(_shared(r) for r in rows[:MOST]))


def _shared(row: Disclosure) -> Shared:
    known = purposes_on(local(row.at).date())
    purpose = known[row.purpose].label if row.purpose in known else row.purpose
    return Shared(
        row.pk, row.at, row.agency_name, row.recipient, purpose, tuple(row.basis_words), row.reason, str(row.decided_by),
        role_name(row.post.role), row.urgent, row.outside_because,
    )  # fmt: skip


@dataclass(frozen=True)
class AsGiven:
    """One disclosure as it was given, as far as this viewer may see it; how many lines are not for their agency."""

    person: Person
    shared: Shared
    document: Document
    consent: str
    safe_because: str
    agreement: str
    digest: str
    not_shown: int


def given_page(viewer: Viewer, person: int, number: int) -> AsGiven:
    """One disclosure of a person: exactly what was given. Raises NotFound, the refusal written down, where there is none to see."""
    gate.look(viewer, [person], fields=("names", "disclosures", "disclosed_copy"), note=f"disclosure {number}")
    held = Disclosure.objects.select_related("decided_by", "post", "agreement")
    row = held.filter(person_id=person, pk=number).first()
    if row is None:
        gate.refuse(viewer, people=[person], note=f"disclosure {number}")
        raise NotFound(gate.NOT_FOUND)
    whole = read(row.given)
    seen = as_seen(viewer, person, whole)
    if seen.people - {person}:
        write(
            viewer,
            Action.CONSULTATION,
            people=seen.people,
            fields=("disclosed_copy",),
            note=f"named in disclosure {number}",
        )
    return AsGiven(
        persons([person], sight_of(viewer))[person], _shared(row), seen, consents().get(row.consent, ""),
        row.safe_address_because, str(row.agreement or ""), row.digest, len(whole.lines) - len(seen.lines),
    )  # fmt: skip


def as_seen(viewer: Viewer, person: int, whole: Document) -> Document:
    """What was given of a person, as far as this viewer may see it today: without people and places they may not know of."""
    sight = sight_of(viewer)
    sight.learn({person, *whole.people, *(line.whose for line in whole.lines if line.whose is not None)})

    def kept(line: Line) -> Line | None:
        whose = person if line.whose is None else line.whose
        hidden = any(p in sight.hidden or not sight.shows(p, Of.IDENTIFYING) for p in {whose, *line.people} - {person})
        hidden = hidden or (line.premises is not None and not sight.there(line.premises))
        told = any(may_have(viewer, sight.given(whose), line, s) for s in line.sources)
        return line if told and not hidden else None

    return whole.where(kept)


@dataclass(frozen=True)
class AgreementLine:
    """One agreement, with its parties as people say them."""

    row: Agreement
    parties: tuple[str, ...]
    purposes: tuple[str, ...]
    classes: tuple[str, ...]
    state: str
    made_by: str


def agreements_page(viewer: Viewer) -> tuple[AgreementLine, ...]:
    """Every agreement: those in force first, soonest to end before later. About nobody; the look is written down all the same."""
    write(viewer, Action.LIST, fields=("agreements",), note="agreements")
    day = local(viewer.at).date()
    names = dict(Agency.objects.values_list("key", "name"))
    labels = {key: p.label for key, p in purposes_on(day).items()}
    rows = [
        (row, _state(row.terms, day)) for row in Agreement.objects.select_related("made_by").order_by("until", "pk")
    ]
    found = [
        AgreementLine(
            row,
            tuple(names.get(p, p) for p in row.parties),
            tuple(labels.get(p, p) for p in row.purposes),
            tuple(label for key, label in classes().items() if key in row.classes),
            state,
            str(row.made_by),
        )
        for row, state in rows
    ]
    order = ("ends soon", "in force", "not begun", "ended")
    return tuple(sorted(found, key=lambda a: order.index(a.state)))


def _state(terms: Terms, day: date) -> str:
    if terms.ends_soon(day):
        return "ends soon"
    if terms.on(day):
        return "in force"
    return "ended" if terms.until <= day else "not begun"
