"""The API's operations. Each asks the query that its page asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError
from ninja.security import HttpBearer

from sightline.access import gate
from sightline.access.roles import May
from sightline.chronology.kinds import kinds
from sightline.chronology.pointers import Pointer
from sightline.chronology.sources import SourceLine
from sightline.chronology.standing import InForce
from sightline.chronology.view import Happening
from sightline.exchange.api import schemas
from sightline.exchange.api.models import CallingSystem
from sightline.exchange.api.services import system_for, token_of, viewer_behind
from sightline.kernel.errors import Refused, SightlineError
from sightline.kernel.moments import local
from sightline.pathways.contact.forms.opening import ContactForm
from sightline.pathways.contact.queries import Answer, Asked, Found, first_contact
from sightline.pathways.contact.rules import Suggestion
from sightline.pathways.contact.services.opening import open_contact
from sightline.people.places import Hazard
from sightline.people.premises import as_written


class SystemKey(HttpBearer):
    """A calling system's key, in the Authorization header."""

    openapi_name = "SystemKey"

    def authenticate(self, request: HttpRequest, token: str) -> CallingSystem | None:  # noqa: ARG002
        """The system, or nothing."""
        return system_for(token, at=timezone.now())


api = NinjaAPI(
    title="Sightline",
    version="1",
    description="One line of sight on each child. Every call names the person behind it, says why, and is written down.",
    auth=SystemKey(),
    docs_url=None,
    urls_namespace="api",
)


@api.exception_handler(SightlineError)
def refused(request: HttpRequest, error: SightlineError) -> HttpResponse:
    """A refusal, in the words of the page."""
    return api.create_response(request, {"detail": str(error)}, status=error.status)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Which fields are wrong, and why, in words; never their values."""
    fields = [{"field": _field(e["loc"]), "reason": _wrong(e)} for e in error.errors]
    return api.create_response(
        request, {"detail": "Some fields cannot be taken as they stand.", "fields": fields}, status=422
    )


def _field(place: Sequence[object]) -> str:
    """The field's own name, without the name that the operation has for the whole body."""
    return ".".join(str(p) for p in place[2:] or place[1:] or place)


def _wrong(error: Mapping[str, Any]) -> str:
    limits, kind = error.get("ctx") or {}, str(error.get("type"))
    words = {
        "missing": "is needed",
        "extra_forbidden": "is no field of this call",
        "string_type": "must be text",
        "string_too_short": f"must have at least {limits.get('min_length')} characters",
        "string_too_long": f"must have at most {limits.get('max_length')} characters",
        "string_pattern_mismatch": "holds a character that no text has (NUL)",
        "model_attributes_type": "must be a JSON object",
        "dict_type": "must be a JSON object",
    }
    return words.get(kind, str(error["msg"]))


@api.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:  # noqa: ARG001
    """No key, or one that is not in force."""
    response = api.create_response(request, {"detail": "A system key in force is needed."}, status=401)
    response["WWW-Authenticate"] = "Bearer"
    return response


PROBLEMS = dict.fromkeys((400, 401, 403, 409, 503), schemas.Problem)


@api.post(
    "/first-contact",
    response={200: schemas.AnswerOut, 422: schemas.InvalidOut, 429: schemas.Problem, **PROBLEMS},
    summary="Which child this is, or which few it may be and why",
    operation_id="firstContact",
)
def first_contact_operation(request: HttpRequest, asked: schemas.FirstContactIn) -> schemas.AnswerOut:
    """The same answer as the first-contact page. Opens a 12-hour involvement for the person named, with each person shown."""
    now, system = timezone.now(), request.auth  # type: ignore[attr-defined]
    ref = getattr(request, "ref", "")
    viewer = viewer_behind(system, asked.on_behalf_of, at=now, route=request.path, request_ref=ref).because(
        asked.reason
    )
    terms = Asked(asked.name, asked.born, asked.age, asked.address, asked.postcode, asked.phone, asked.description)
    return said(first_contact(viewer, terms, at=now))


@api.post(
    "/contacts",
    response={200: schemas.ContactOut, 404: schemas.Problem, 422: schemas.InvalidOut, 429: schemas.Problem, **PROBLEMS},
    summary="Open a contact and grade it",
    operation_id="openContact",
)
def open_contact_operation(request: HttpRequest, asked: schemas.ContactIn) -> schemas.ContactOut:
    """The same contact as the page opens, by the same rules: a grade below the least that they allow is refused, and so is a contact that
    names and counts nobody. Those named by number must be open to the person behind the call, as the first-contact answer opens them."""
    now, system = timezone.now(), request.auth  # type: ignore[attr-defined]
    ref = getattr(request, "ref", "")
    viewer = viewer_behind(system, asked.on_behalf_of, at=now, route=request.path, request_ref=ref)
    gate.require(viewer, May.OPEN_CONTACTS)
    opened = open_contact(
        viewer.because(asked.reason),
        token=token_of(system, asked.token),
        at=now,
        **answered(asked).opening(viewer.team_id),
    )
    path = reverse("contact", args=[opened.person, opened.entry])
    return schemas.ContactOut(person=opened.person, entry=opened.entry, path=path)


def answered(asked: schemas.ContactIn) -> ContactForm:
    """The page's own form, filled in. Raises Refused, in the page's words, for what does not go together."""
    given = asked.dict(exclude={"on_behalf_of", "reason", "token", "people", "children"})
    given |= {f"part_{p.person}": p.part for p in asked.people}
    for n, child in enumerate(asked.children, 1):
        given |= {f"name_{n}": child.name, f"age_{n}": child.age}
    form = ContactForm(given, people={p.person: str(p.person) for p in asked.people})
    if not form.is_valid():
        raise Refused(" ".join(f"{words}." for held in form.errors.values() for words in held))
    return form


def said(answer: Answer) -> schemas.AnswerOut:
    """An answer as it leaves."""
    places = [
        schemas.PlaceOut(premises=p.premises, lines=p.lines, residents=n, hazards=[_hazard(h) for h in found])
        for p, found, n in answer.places
    ]
    return schemas.AnswerOut(
        at=answer.at,
        found=[_found(f, answer) for f in answer.found],
        places=places,
        sources=[_source(s) for s in answer.sources],
        checks=[schemas.CheckOut(at=c.at, asked=list(c.asked), person=c.opened) for c in answer.checks],
        at_the_scene=[action.says for action in answer.at_the_scene],
    )


def _found(found: Found, answer: Answer) -> schemas.FoundOut:
    who, day = found.person, local(answer.at).date()
    return schemas.FoundOut(
        person=who.person, band=found.band, bits=round(found.bits, 2), reasons=list(found.reasons), name=who.name,
        other_names=[n.value for n in who.names[1:]], born=who.born[0].value if who.born else None, age=who.age_on(day),
        died=who.died if who.dead_on(day) else None, sex=who.sex[0].value if who.sex else None,
        addresses=[as_written(a.lines, a.postcode) for a in who.living_at(day)],
        standing=[_standing(s) for s in found.standing], hazards=[_hazard(h) for h in found.hazards],
        household=[
            schemas.MemberOut(person=m.person, name=m.name, relation=m.relation, standing=[_standing(s) for s in facts])
            for m, facts in found.household
        ],
        latest=[_entry(h) for h in found.latest], sources=[_source(s) for s in found.sources],
        suggested=_suggested(found.suggested), restricted=_restricted(found.pointer) if found.pointer else None,
    )  # fmt: skip


def _restricted(pointer: Pointer) -> schemas.RestrictedOut:
    asked = [schemas.AskOut(role=a.role, team=a.team, agency=a.agency) for a in pointer.ask]
    return schemas.RestrictedOut(last_on=pointer.last_on, ask=asked)


def _suggested(suggested: Suggestion) -> schemas.SuggestedOut:
    raised = [
        schemas.RaisedOut.model_validate({
            "rule": r.rule, "grade": r.grade.grade, "because": r.because, "instrument": r.source.instrument,
            "standing": r.source.standing.value,
            "entries": [{"label": b.label, "person": b.person, "source": b.source, "at": b.at} for b in r.entries],
        })
        for r in suggested.raised
    ]  # fmt: skip
    grade = suggested.grade.grade if suggested.grade else None
    return schemas.SuggestedOut.model_validate({"grade": grade, "raised": raised})


def _standing(fact: InForce) -> schemas.StandingOut:
    return schemas.StandingOut(
        kind=fact.kind, label=fact.label, says=[s.says for s in fact.says], sources=[s.source for s in fact.says],
        since=min(s.since for s in fact.says), disagreement=fact.disagreement,
    )  # fmt: skip


def _hazard(hazard: Hazard) -> schemas.HazardOut:
    return schemas.HazardOut(kind=hazard.kind, detail=hazard.detail, since=hazard.since, source=hazard.source)


def _entry(happening: Happening) -> schemas.EntryOut:
    return schemas.EntryOut(
        kind=happening.kind, at=happening.at, source=happening.source, means=kinds()[happening.kind].means
    )


def _source(line: SourceLine) -> schemas.SourceOut:
    return schemas.SourceOut(
        key=line.key,
        name=line.name,
        state=cast(schemas.State, line.state.name.lower()),
        says=line.says,
        entries=line.entries,
        latest_at=line.latest_at,
    )
