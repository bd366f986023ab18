"""A form as it was sent: what was added beside it, and what a supervisor said of it. One function a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from sightline.access import gate
from sightline.access.entry import because, looking
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.chronology.kinds import kinds
from sightline.chronology.stepping import Changed
from sightline.pathways.concern.forms import AddForm, ReviewForm
from sightline.pathways.concern.queries import form_page
from sightline.pathways.concern.rules import FACTS, HOME
from sightline.pathways.concern.services import add, supervisors, token_from
from sightline.pathways.concern.services import review as review_form
from sightline.ui.asking import refused_in
from sightline.ui.jinja import words

LABELS = {
    "kinds": "Kind of worry", "encounter": "What brought them there", "what_happened": "What the officer saw", "seen": "Child seen",
    "seen_alone": "Alone", "seen_awake": "Awake", "views": "The child's own words", "wishes": "What the child wants",
    "adult_words": "What adults said", "unseen_because": "Why not seen, awake or alone", "in_earshot": "Who else could hear",
    "action_taken": "What was done", "effect": "What it is like for the child", "might_happen": "What may happen next",
    "not_known": "What is not known", "not_listed": "On record, and not on the writer's lists",
    "left_out": "How many are on record and not on the writer's lists", "unanswered": "Questions left open",
    "same_words_as": "Other forms in the same words", "home_detail": "The home", "shared_because": "Shared without agreement because",
    "school_ref": "Number of the school or nursery", "gp": "GP surgery", "gp_ref": "Number of the surgery",
    "health_visitor_ref": "Number of the health visitor", "social_worker_ref": "Number of the social worker",
}  # fmt: skip


def labels() -> list[tuple[str, str]]:
    """Every field of a form, as it is called on the page."""
    own = LABELS | HOME | FACTS
    return [
        (name, own.get(name, words(name))) for name in kinds()["concern.notified"].model_fields if name != "account"
    ]


@looking
def form(request: HttpRequest, viewer: Viewer, person: int, form: int) -> HttpResponse:
    """The form; and a place to add what came up since, without touching it."""
    viewer = because(viewer, person)
    page, more = form_page(viewer, person, form), AddForm(request.POST or None)
    if request.method == "POST" and more.is_valid():
        with refused_in(more):
            add(
                viewer, person, form, token=token_from(request.POST.get("token", "")), at=viewer.at, **more.cleaned_data
            )
            return HttpResponseRedirect(reverse("concern-form", args=[person, form]) + "#added")
    shown = {
        "page": page,
        "form": more,
        "labels": labels(),
        "at": viewer.at,
        "just_sent": "sent" in request.GET,
        "copied": bool(supervisors(viewer)),
        "token": token_from(),
    }
    return render(request, "concern/form.html", shown, status=422 if more.errors else 200)


@looking
def review(request: HttpRequest, viewer: Viewer, person: int, form: int) -> HttpResponse:
    """A supervisor signs the form off, or sends it back, with what they think of it."""
    gate.require(viewer, May.AGREE_TO_GRADES)
    viewer = because(viewer, person)
    page, said = form_page(viewer, person, form), ReviewForm(request.POST or None)
    seen, status = len(page.run.entries), 200
    if request.method == "POST" and said.is_valid():
        sent = request.POST.get("seen", "")
        with refused_in(said):
            try:
                review_form(viewer, person, form, token=token_from(request.POST.get("token", "")), at=viewer.at,
                            seen=int(sent) if sent.isdecimal() else seen, **said.cleaned_data)  # fmt: skip
            except Changed as changed:
                page, seen, status = form_page(viewer, person, form), len(changed.run.entries), 409
                raise
            return HttpResponseRedirect(reverse("concern-form", args=[person, form]))
    shown = {"page": page, "form": said, "labels": labels(), "at": viewer.at, "seen": seen, "token": token_from()}
    return render(request, "concern/review.html", shown, status=422 if said.errors and status == 200 else status)
