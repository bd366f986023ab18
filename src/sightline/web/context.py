"""What every page shows about whoever is signed in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from sightline.access.roles import roles
from sightline.access.viewer import viewer_for
from sightline.agencies.models import Agency
from sightline.agencies.succession import Names
from sightline.alerts.settings import limits
from sightline.chronology.handling import on_conditions
from sightline.chronology.pointers import owner_words
from sightline.chronology.wording import in_words, source_name
from sightline.clocks.limits import SEARCH_OPENS
from sightline.kernel.errors import NotPermitted
from sightline.kernel.live_or_invented import People, people_here
from sightline.kernel.moments import age_on, local, say_date
from sightline.people.household import Member
from sightline.people.persons import Person
from sightline.ui.jinja import words
from sightline.web.family import addresses_of, dangers, lives_now

FIELD_NAMES = {"nhs_number": "NHS number", "pnc_id": "PNC number", "upn": "Pupil number", "gp": "GP"}
PLACES = (
    ("home", "Home"),
    ("first-contact", "First contact"),
    ("alerts", "Alerts"),
    ("work", "Work"),
    ("door", "Referrals"),
)


def page(request: HttpRequest) -> dict[str, Any]:
    """The service navigation, the name and post of the signed-in person, and whether everybody is invented."""
    user = getattr(request, "user", None)
    shown: dict[str, Any] = {
        "invented": settings.DEMO or people_here() is People.INVENTED,
        "source_name": source_name,
        "agency_name": Agencies().name,
        "owner_words": owner_words,
        "on_conditions": on_conditions,
        "said_words": in_words,
        "dangers": dangers,
        "addresses_of": addresses_of,
        "lives_now": lives_now,
        "search_opens_for": search_opens_for,
    } | WORDS
    if user is not None and user.is_authenticated:
        here = request.path
        nav = [{"text": text, "href": reverse(name), "current": here == reverse(name)} for name, text in PLACES]
        shown |= {"nav": nav, "signed_in": {"name": str(user), "post": _post(request)}}
    return shown


def search_opens_for() -> str:
    """How long a search with a typed reason opens records now: `12 hours`, where the partnership decided nothing else."""
    return limits().say(SEARCH_OPENS.name, timezone.now())


class Agencies:
    """Organisations by the names they had, read when a page first asks."""

    def __init__(self) -> None:
        self._names: Names | None = None

    def name(self, key: str, at: datetime) -> str:
        """What the organisation of a key was called then, and what it is now; the key in words where there is none of it."""
        self._names = self._names or Names()
        return str(self._names.on(key, local(at).date()) or words(key).lower())


def age_words(age: int | None) -> str:
    """`, aged 9`, or that it is not known."""
    if age is None:
        return ", age not known"
    return f", aged {age}" if age else ", under 1"


def old_words(born: date, on: date) -> str:
    """How old somebody is, as one says it: a baby in weeks, a small child in months."""
    days, age = (on - born).days, age_on(born, on)
    months = age * 12 + (on.month - born.month - (on.day < born.day)) % 12
    if days < 0:
        return "Not yet born"
    if days < 7 * 13:
        return f"Aged {days // 7} week{'' if days // 7 == 1 else 's'}" if days >= 7 else "Under a week old"
    return f"Aged {months} months" if age < 2 else f"Aged {age}"


def member_words(member: Member) -> str:
    """Somebody of a household in a few words."""
    return f"{member.name}{age_words(member.age)} ({member.relation})"


def died_words(who: Person, on: date) -> str:
    """`, died 3 March 2024`, where a system gives the day; else nothing."""
    return f", died {say_date(who.died)}" if who.died and who.dead_on(on) else ""


def sex_words(value: str) -> str:
    """As one says it."""
    return {"F": "female", "M": "male", "X": "neither male nor female"}.get(value, "sex not stated")


WORDS = {
    "age_words": age_words,
    "old_words": old_words,
    "died_words": died_words,
    "sex_words": sex_words,
    "member_words": member_words,
    "FIELD_NAMES": FIELD_NAMES,
}


def _post(request: HttpRequest) -> str:
    try:  # known already where the page was given who is looking
        viewer = getattr(request, "viewer", None) or viewer_for(request.user, at=timezone.now(), route=request.path)  # type: ignore[arg-type]
    except NotPermitted:
        return ""
    role = roles().get(viewer.role)
    agency = Agency.objects.filter(key=viewer.agency).values_list("name", flat=True).first()
    return f"{role.name if role else viewer.role}, {agency}"
