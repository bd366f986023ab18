"""A paper that goes to somebody else: on what grounds is asked, and it is kept as given. What keeps it declares a `Giving` in services.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sightline.access.viewer import Viewer
from sightline.chronology.on_paper import Gathered, OnPaper
from sightline.chronology.view import Happening
from sightline.kernel.discovery import declared
from sightline.ui.asking import refused_in
from sightline.ui.paper.answer import download
from sightline.ui.paper.choosing import GroundsForm, ReaderForm
from sightline.ui.paper.written import Paper

ME = "me"


@dataclass(frozen=True)
class Printed:
    """A paper as it was made, and what of the record is on it: whose entries, and which of their particulars. `note`: as the access log calls it."""

    paper: Paper
    got: Gathered
    note: str
    entries: tuple[tuple[OnPaper, Happening], ...]
    particulars: tuple[tuple[OnPaper, str], ...] = ()


@dataclass(frozen=True)
class Giving:
    """`asks`: the form on which the grounds are said, bound to what was said, for a purpose that is filled in, on a moment.

    `gives`: keep a paper as given to its reader on the grounds that the form took. Raises Refused without a lawful basis or a reason.
    """

    asks: Callable[[Mapping[str, Any] | None, Mapping[str, Any], datetime], GroundsForm]
    gives: Callable[[Viewer, Printed, Mapping[str, Any]], None]


def _giving() -> Giving:
    return declared("services", Giving)[0]


def paper_page(
    request: HttpRequest, viewer: Viewer, choices: Iterable[tuple[str, str]], shown: tuple[str, Mapping[str, Any]], *,
    purpose: str, file: str, make: Callable[[str], Printed],
) -> HttpResponse:  # fmt: skip
    """For whom a paper is made, and on what grounds where that is somebody else; and once that is said, the PDF.

    `shown`: the page's template, and what it shows besides. `make`: the paper for whoever was chosen; may raise Refused.
    """
    form = ReaderForm(request.POST if request.method == "POST" else None, choices)
    why = _grounds(form, purpose=purpose, at=viewer.at)
    asked = why or form
    if form.is_valid() and asked.is_valid():
        with refused_in(asked):
            return download(_handed(viewer, make(form.cleaned_data["to"]), why), file)
    template, besides = shown
    return render(
        request, template, {**besides, "form": asked, "items": form.listed}, status=422 if asked.errors else 200
    )


def _grounds(chosen: ReaderForm, *, purpose: str, at: datetime) -> GroundsForm | None:
    """What is asked besides for whoever was chosen: nothing for oneself, and nothing before anybody was chosen."""
    if not chosen.is_valid() or chosen.cleaned_data["to"] == ME:
        return None
    first = {"to": chosen.cleaned_data["to"], "purpose": purpose}
    return _giving().asks(chosen.data if "because" in chosen.data else None, first, at)


def _handed(viewer: Viewer, made: Printed, why: GroundsForm | None) -> Paper:
    """The paper, to be handed out: one for somebody else is kept first as given to them. Raises Refused where it may not be given."""
    if not made.got.reader.oneself:
        _giving().gives(viewer, made, why.cleaned_data if why else {})
    return made.paper
