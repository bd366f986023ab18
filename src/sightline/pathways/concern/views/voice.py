"""The page of the child's own voice, and what is written on it. One function a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sightline.access.entry import because, looking
from sightline.access.viewer import Viewer
from sightline.chronology.reaching import check_before_reaching
from sightline.pathways.concern.queries import Voice, voice_page
from sightline.pathways.concern.services import tell, token_from
from sightline.pathways.concern.views.asking import HeardForm, MetForm, ToldForm, TrustedForm
from sightline.ui.asking import refused_in

Write = Callable[[Viewer, int, Mapping[str, Any], str], None]


@require_safe
@looking
def voice(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """What the child said, what became of it, whom they trust, how to reach them, and what they were told."""
    viewer = because(viewer, person)
    return render(request, "concern/voice.html", {"page": voice_page(viewer, person, at=viewer.at), "at": viewer.at})


@looking
def heard(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """What the child, or a parent, said."""
    return _asked(request, viewer, person, HeardForm, "What did they say?", _heard)


@looking
def told(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """What the child or family was told, or that nobody was reached."""
    return _asked(request, viewer, person, ToldForm, "What were they told?", _told)


@looking
def met(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """Time spent with the child."""
    return _asked(request, viewer, person, MetForm, "You spent time with this child", _met)


@looking
def trusted(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """The adult whom this child trusts."""
    return _asked(request, viewer, person, TrustedForm, "Whom does this child trust?", _trusted)


def _asked(
    request: HttpRequest, viewer: Viewer, person: int, kind: type[forms.Form], title: str, write: Write
) -> HttpResponse:
    """A form of the child's voice: shown with what is known of how to speak to them, and written down."""
    viewer = because(viewer, person)
    page = voice_page(viewer, person, at=viewer.at)
    form = kind(request.POST or None, initial=_offered(page))
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            write(viewer, person, form.cleaned_data, token_from(request.POST.get("token", "")))
            return HttpResponseRedirect(reverse("voice", args=[person]))
    shown = {
        "page": page,
        "form": form,
        "title": title,
        "at": viewer.at,
        "token": token_from(request.POST.get("token", "")),
    }
    return render(request, "concern/voice_form.html", shown, status=422 if form.errors else 200)


def _offered(page: Voice) -> dict[str, str]:
    return {
        "how": page.formats[0],
        "language": page.language,
        "method": page.ways.by,
        "whose": "child",
        "whom": "child",
    }


def _heard(viewer: Viewer, person: int, said: Mapping[str, Any], token: str) -> None:
    """Asking, too, goes only where it is safe: somebody is not asked what it was like by a letter that another opens."""
    if said["asked_by"] not in ("", "in_person"):
        check_before_reaching(viewer, person, by=said["asked_by"], at=viewer.at)
    tell(viewer, person, "voice.captured", token=token, data=said, at=viewer.at)


def _told(viewer: Viewer, person: int, said: Mapping[str, Any], token: str) -> None:
    """What goes out is held against how they may be reached; what reached nobody is written down as that."""
    present = [name for name in str(said["present"]).split(",") if name.strip()]
    if said["method"] != "in_person" or present or said["to"]:
        check_before_reaching(viewer, person, by=said["method"], to=said["to"], present=present, at=viewer.at)
    if said["reached"] == "no":
        tell(
            viewer,
            person,
            "family.not_reached",
            token=token,
            at=viewer.at,
            data={k: said[k] for k in ("whom", "what", "method")},
        )
        return
    data = {k: v for k, v in said.items() if k not in ("to", "present", "reached")}
    tell(viewer, person, "family.informed", token=token, data=data, at=viewer.at)


def _met(viewer: Viewer, person: int, said: Mapping[str, Any], token: str) -> None:
    tell(viewer, person, "child.met", token=token, data=said, at=viewer.at)


def _trusted(viewer: Viewer, person: int, said: Mapping[str, Any], token: str) -> None:
    if said["left"]:
        tell(viewer, person, "trusted_adult.left", token=token, data={"because": said["left"]}, at=viewer.at)
        return
    check_before_reaching(viewer, person, by="", to=said["route"], at=viewer.at)
    data = {k: v for k, v in said.items() if k != "left"} | {"chosen_by_child": said["chosen_by_child"] == "yes"}
    tell(viewer, person, "trusted_adult.named", token=token, data=data, at=viewer.at)
