"""The page of a network: who is linked to one person, through whom and through which places, and what each link rests on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from sightline.access.entry import because, looking
from sightline.access.viewer import Viewer
from sightline.chronology.wording import line
from sightline.patterns.networks.queries import NetworkPage, network_page
from sightline.patterns.networks.rules import Node
from sightline.patterns.networks.services import take_on

UNOPENED = "somebody you have not opened"


@looking
def network(request: HttpRequest, viewer: Viewer, person: int) -> HttpResponse:
    """Children, adults and places that entries link to one person, each link with its entries; and taking it on, for whoever was told of it."""
    viewer = because(viewer, person)
    if request.method == "POST":
        take_on(viewer, person)
        return HttpResponseRedirect(reverse("network", args=[person]))
    page = network_page(viewer, person)
    links = [
        (_named(page, x.one), _named(page, x.other), [line(h, 0, None, page.who) for h in x.entries])
        for x in page.links
    ]
    shown = {"page": page, "who": page.person, "links": links, "at": viewer.at}
    return render(request, "web/network.html", shown)


def _named(page: NetworkPage, node: Node) -> tuple[str, str, int]:
    """What an end of a link is, what it is called, and its number; no number where the viewer has not opened them."""
    kind, key = node
    if kind == "place":
        return kind, page.places[key], key
    held = page.who.get(key)
    return (kind, held.name, key) if held else (kind, UNOPENED, 0)
