"""Several things of one kind at once, from a worklist: taken up, or handed to somebody. Each is done, or refused, by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from sightline.access import gate
from sightline.access.entry import looking
from sightline.access.handing import hand, take_on, takers
from sightline.access.viewer import Viewer
from sightline.alerts.settings import limits
from sightline.chronology.worklists import Owed, Worklist
from sightline.kernel.errors import SightlineError
from sightline.ui.asking import reason_field
from sightline.web.filters import Choice
from sightline.web.work import A_PAGE, Asked, Row, named, owed, worklists

TAKE, HAND = "take", "hand"
GONE = "This is no longer owed, or not to your team. Nothing was done about it."


def mark(one: Worklist, thing: Owed) -> str:
    """How a form says which row of a list is meant, without a name in it."""
    return sha256(f"{one.key}|{thing.person}|{thing.href}|{thing.title}".encode()).hexdigest()[:20]


class SeveralForm(forms.Form):
    """Which things, what is done about them, and why. Which of them are still owed is found out one by one."""

    item = forms.Field(widget=forms.MultipleHiddenInput, error_messages={"required": "Choose at least one thing"})
    do = forms.ChoiceField(error_messages={"required": "Choose what to do", "invalid_choice": "Choose what to do"})
    to = forms.TypedChoiceField(
        required=False, coerce=int, error_messages={"invalid_choice": "Choose somebody of your team"}
    )
    reason = reason_field("Say why")

    def __init__(self, said: QueryDict | None, people: Mapping[int, str]) -> None:
        super().__init__(said)
        self.chosen = list(dict.fromkeys(said.getlist("item")))[:A_PAGE] if said is not None else []
        self.fields["do"].choices = [(TAKE, TAKE), *([(HAND, HAND)] if people else [])]  # type: ignore[attr-defined]
        self.fields["to"].choices = [("", "Choose"), *people.items()]  # type: ignore[attr-defined]

    def clean_to(self) -> int:
        """Somebody, where it is handed on."""
        to = int(self.cleaned_data.get("to") or 0)
        if self.cleaned_data.get("do") == HAND and not to:
            raise forms.ValidationError("Choose whom you hand it to")
        return to


@dataclass(frozen=True)
class Result:
    """One thing that was chosen, and what was said against it; nothing where it was done."""

    row: Row | None
    against: str = ""


@looking
def several(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """My team's things of one kind, to choose from; and what came of those chosen."""
    asked = Asked(whose="team", slice=Asked.of(request.GET).slice)
    kinds = [Choice(w.title, asked.href(slice=w.key), w.key == asked.slice) for w in worklists()]
    if not asked.slice:
        return render(request, "web/several.html", {"asked": asked, "kinds": kinds, "rows": {}})
    found = [(w, o) for w, o in owed(viewer, asked) if o.person is not None]
    people, posted = takers(viewer), request.POST if request.method == "POST" else None
    form = SeveralForm(posted, people)
    if posted is not None and form.is_valid():
        return _done(request, viewer, form, found, asked)
    rows = dict(zip((mark(w, o) for w, o in found[:A_PAGE]), named(viewer, found[:A_PAGE]), strict=True))
    shown = {
        "asked": asked,
        "kinds": kinds,
        "rows": rows,
        "form": form,
        "people": people,
        "at": viewer.at,
        "more": len(found) - len(rows),
        "handed": limits().say("involvement.handed_on", viewer.at),
    }
    return render(request, "web/several.html", shown, status=422 if form.errors else 200)


def _done(
    request: HttpRequest, viewer: Viewer, form: SeveralForm, found: list[tuple[Worklist, Owed]], asked: Asked
) -> HttpResponse:
    chosen = {key: (w, o) for w, o in found if (key := mark(w, o)) in form.chosen}
    rows = dict(zip(chosen, named(viewer, chosen.values()), strict=True))
    results = [_one(viewer, rows.get(key), form.cleaned_data) for key in form.chosen]
    said = form.cleaned_data
    shown = {
        "asked": asked, "did": [r for r in results if not r.against], "not_done": [r for r in results if r.against],
        "to": takers(viewer).get(said["to"], "") if said["do"] == HAND else "",
    }  # fmt: skip
    return render(request, "web/several_done.html", shown)


def _one(viewer: Viewer, row: Row | None, said: Mapping[str, Any]) -> Result:
    """Do one of them; what is refused is said of it alone."""
    if row is None or row.owed.person is None:
        gate.refuse(viewer, note="one of several: not owed")
        return Result(None, GONE)
    try:
        if said["do"] == HAND:
            hand(viewer, row.owed.person, said["to"], reason=said["reason"])
        else:
            take_on(viewer, row.owed.person, reason=said["reason"])
    except SightlineError as refused:
        return Result(row, str(refused))
    return Result(row)
