"""Each fact is asked once: what was said is offered wherever it is asked again, and what had to be keyed all the same is counted.

Counted on the server, from what came back other than it was offered. What was offered is held in the session and goes with it; what is
kept beyond that are numbers (`oversight.recording_effort`).
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest

from sightline.access.viewer import Viewer
from sightline.oversight.recording_effort.rules import keyed_in_form
from sightline.oversight.recording_effort.services import record_effort

HELD = 10
FIELD = "recording"


def offered(form: type[forms.Form], said: Mapping[str, str] | None) -> dict[str, str]:
    """What was said before, as far as this form asks the same: a fact goes by one name in every form."""
    return {field: said[field] for field in form.base_fields if said.get(field)} if said else {}


def began(request: HttpRequest, form: forms.Form, *, at: datetime, place: str = "") -> None:
    """The form is about to be shown, or shown again with what is wrong: from now on its keystrokes and minutes count.

    `place`: a page that shows the form each time it is opened, where the last time counts.
    """
    token = request.POST.get(FIELD, "")
    held = _held(request).get(token)
    if held is None:
        token, stood = place or secrets.token_hex(6), _offered_by(form)
        held = {"at": at.isoformat(), "first": stood, "stood": stood, "keyed": 0, "back": 0}
    if form.is_bound:
        held = _came_back(held, form) | {"back": held["back"] + 1}
    kept = {key: value for key, value in _held(request).items() if key != token} | {token: held}
    request.session["recordings"] = dict(list(kept.items())[-HELD:])
    form.recording = token  # type: ignore[attr-defined]


def sent(request: HttpRequest, viewer: Viewer, form: forms.Form, *, name: str, case: str = "") -> None:
    """The form was sent and taken: write down what it took. Of one whose beginning is no longer held there is nothing to say."""
    recordings = _held(request)
    held = recordings.pop(request.POST.get(FIELD, ""), None)
    if held is None:
        return
    request.session["recordings"] = recordings
    done, first = _came_back(held, form), held["first"]
    kept = sum(len(text) for field, text in first.items() if done["stood"].get(field) == text)
    record_effort(
        viewer, name, case=case, shown_at=datetime.fromisoformat(held["at"]), keyed=done["keyed"],
        offered=sum(map(len, first.values())), kept=kept, sent_back=held["back"], at=viewer.at,
    )  # fmt: skip


def _held(request: HttpRequest) -> dict[str, Any]:
    held = request.session.get("recordings", {})
    return dict(held) if isinstance(held, dict) else {}


def _came_back(held: Mapping[str, Any], form: forms.Form) -> dict[str, Any]:
    """With what was keyed since it was last shown; what came back now stands there."""
    said = {field: _text(form[field].data) for field in form.fields}
    chosen = [name for name, field in form.fields.items() if isinstance(field, forms.ChoiceField)]
    return {**held, "keyed": held["keyed"] + keyed_in_form(held["stood"], said, chosen), "stood": said}


def _offered_by(form: forms.Form) -> dict[str, str]:
    return {name: _text(form.get_initial_for_field(field, name)) for name, field in form.fields.items()}


def _text(value: object) -> str:
    """A field's value as text, its line ends as one character each: a browser sends two."""
    if isinstance(value, list | tuple):
        return ",".join(map(str, value))
    return "" if value is None else str(value).replace("\r\n", "\n")
