"""The pages: home, first contact, a person, a place, who looked. One function a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sightline.access import gate
from sightline.access.entry import because, looking
from sightline.access.log import Action, write
from sightline.access.partings import unread
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.alerts.queries import alerts_about, how_many_stand
from sightline.chronology.correcting import may_correct
from sightline.chronology.corrections import earlier_versions
from sightline.chronology.wording import NOT_SHOWN_UNASKED, line, picture
from sightline.oversight.access_review.queries import notices
from sightline.oversight.involvement.queries import ending_of
from sightline.oversight.retention.queries import holding
from sightline.pathways.contact.queries import Asked, first_contact
from sightline.pathways.identity.panels import records_named, who_looked
from sightline.pathways.identity.queries import identity_page, person_page
from sightline.web import answers, asking, family, filters, keying
from sightline.web.accounts import contradictions
from sightline.web.as_held import decided
from sightline.web.deciding import following
from sightline.web.forms import FirstContactForm
from sightline.web.queries import address_page, may_be_same, recent_people, restricted, unnamed
from sightline.web.work import panels


@require_safe
@looking
def home(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """How many alerts stand, then a search box, then those this viewer was lately involved with."""
    searching = viewer.may(May.SEARCH_AT_FIRST_CONTACT)
    standing = how_many_stand(viewer)
    form = FirstContactForm()
    keying.began(request, form, at=viewer.at, place="home")
    shown = {"form": form, "searching": searching, "recent": recent_people(viewer), "at": viewer.at,
             "standing": standing, "notices": notices(viewer), "wrong_joins": unread(viewer), "guards": viewer.may(May.REVIEW_ACCESS),
             "keeps": viewer.may(May.REVIEW_RETENTION), "regrades": viewer.may(May.AGREE_TO_GRADES),
             "exports": viewer.may(May.READ_WHEN_INVOLVED), "withheld": gate.held_back(viewer)}  # fmt: skip
    return render(request, "web/home.html", shown)


@looking
def ask(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """One form: anything the caller can say, and why. The answer's address holds none of it."""
    form = FirstContactForm(request.POST or None, initial=keying.offered(FirstContactForm, asking.again(request)))
    if request.method == "POST" and form.is_valid():
        keying.sent(request, viewer, form, name="first_contact")
        return HttpResponseRedirect(reverse("answer", args=[asking.keep(request, form.cleaned_data)]))
    keying.began(request, form, at=viewer.at)
    searching = viewer.may(May.SEARCH_AT_FIRST_CONTACT)
    status = 422 if form.errors else 200
    return render(request, "web/first_contact.html", {"form": form, "searching": searching}, status=status)


@require_safe
@looking
def answer(request: HttpRequest, viewer: Viewer, token: str) -> HttpResponse:
    """Up to five people, in bands, each with why; and what every system answered."""
    said = dict(asking.kept(request, token))
    reason = said.pop("reason")
    found = first_contact(viewer.because(reason), Asked(**said), at=viewer.at)
    shown = {"answer": found, "reason": reason, "token": token, "at": viewer.at, "said": answers.asked_words(said),
             "opens_contacts": viewer.may(May.OPEN_CONTACTS), "withheld": gate.held_back(viewer)}  # fmt: skip
    return render(request, "web/answer.html", shown | answers.shown(found))


@looking
def none_of_these(request: HttpRequest, viewer: Viewer, token: str) -> HttpResponse:
    """The caller says it is nobody shown: written down, and what to do next."""
    said = asking.kept(request, token)
    if request.method == "POST":
        write(
            viewer.because(said["reason"]),
            Action.SEARCH,
            outcome="none of these",
            note="the caller knows none of those shown",
        )
    return render(request, "web/none_of_these.html", {"token": token, "written": request.method == "POST"})


@require_safe
@looking
@following
def person(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """What must I know now; who is around this child; what happened before. Of a restricted record: that it is there, and whom to ask."""
    if pointer := restricted(because(viewer, person), person):
        return render(request, "web/restricted.html", {"pointer": pointer, "at": viewer.at})
    page = person_page(because(viewer, person), person, at=viewer.at, on=filters.day(request.GET))
    lines = [line(h, person, page.person.born_on, page.around) for h in page.chronology]
    by = filters.narrowed(request.GET)
    found = filters.chosen(lines, by, at=viewer.at)
    standing, past = alerts_about(because(viewer, person), person)
    recent, entries = [x for x in lines if x.lane != NOT_SHOWN_UNASKED][-1:-4:-1], filters.on_page(found, by)
    shown = {
        "page": page, "who": page.person, "at": viewer.at, "found": found, "entries": entries,
        "choices": filters.choices(lines, by), "pages": filters.pages(len(found), by), "family": family.picture(page),
        "recent": recent, "around": family.around(page), "whose": records_named(page.person, [x.event.event_id for x in (*recent, *entries)]),
        "picture": picture(found, until=viewer.at, title="What happened, over the years"), "total": len(lines),
        "disagreements": contradictions(page.disagreements), "maybe": may_be_same(because(viewer, person), person),
        "alerts": standing, "alerts_past": past, "held": holding(viewer, person), "corrected": earlier_versions(page.chronology),
        "correctable": {x.event.event_id for x in entries if may_correct(viewer, x.event)},
        "decided": decided(viewer, entries), "unnamed": unnamed(page), "ending": ending_of(viewer, person),
        "panels": panels(because(viewer, person), page.chronology),
    }  # fmt: skip
    return render(request, "web/person.html", shown)


@require_safe
@looking
@following
def looked(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """Who looked at this child, when and why."""
    held = who_looked(because(viewer, person), person, page=filters.page_in(request.GET, digits=5))
    return render(request, "web/looked.html", {"person": person, "held": held, "at": viewer.at})


@require_safe
@looking
@following
def records(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """Which systems' records make up this person, why, and which others may be them."""
    page = identity_page(because(viewer, person), person)
    return render(request, "web/records.html", {"page": page, "who": page.person, "at": viewer.at})


@require_safe
@looking
def address(request: HttpRequest, viewer: Viewer, premises: int) -> HttpResponse:
    """A place: hazards, who lives there, who did, what happened there."""
    page = address_page(viewer, premises)
    lines = [line(h, 0, None, page.around) for h in page.incidents]
    return render(request, "web/address.html", {"page": page, "lines": lines, "at": viewer.at})
