"""The page where an entry is corrected: what is wrong, what is right, and why. One function a page."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from sightline.access.entry import because, looking
from sightline.access.viewer import Viewer
from sightline.chronology.correcting import correct, entry_to_correct, fields_of
from sightline.chronology.view import Happening
from sightline.ui.asking import reason_field, refused_in
from sightline.ui.jinja import words


class CorrectForm(forms.Form):
    """Which of its fields is wrong, what it should say, and why."""

    field = forms.ChoiceField(
        error_messages={"required": "Choose what is wrong", "invalid_choice": "Choose one of these"}
    )
    value = forms.CharField(required=False, max_length=2000)
    reason = reason_field("Say why, and how you know")

    def __init__(self, said: object, entry: Happening) -> None:
        super().__init__(said)  # type: ignore[arg-type]
        self.fields["field"].choices = [(name, words(name)) for name in fields_of(entry)]  # type: ignore[attr-defined]


@looking
def correct_entry(request: HttpRequest, viewer: Viewer, person: int, entry: int) -> HttpResponse:
    """One field of an entry is put right; the original stays beneath it."""
    viewer = because(viewer, person)
    held = entry_to_correct(viewer, person, entry)
    form = CorrectForm(request.POST or None, held)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            correct(viewer, person, entry, **form.cleaned_data, at=viewer.at)
            return HttpResponseRedirect(reverse("person", args=[person]) + "#chronology")
    shown = {"person": person, "entry": held, "form": form, "at": viewer.at}
    return render(request, "web/correct.html", shown, status=422 if form.errors else 200)
