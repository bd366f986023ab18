"""What several forms ask or answer alike: a reason in one's own words, a day, a step that is taken once, and one that is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.http import QueryDict

from sightline.kernel.errors import Refused
from sightline.kernel.reasons import SHORTEST_REASON

# How a day may be typed; and where its month may be in words.
DAYS = ["%d %m %Y", "%d/%m/%Y", "%Y-%m-%d"]
DAYS_OR_WORDS = ["%d %m %Y", "%d/%m/%Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d"]
LARGEST = 2**63 - 1  # that the database can hold


def reason_field(asks: str, *, longest: int = 2000) -> forms.CharField:
    """A reason of at least SHORTEST_REASON characters; `asks` is how a form says that it is missing: `Say why you are looking`."""
    said = {"required": asks, "min_length": f"{asks}, in at least {SHORTEST_REASON} characters"}
    return forms.CharField(max_length=longest, min_length=SHORTEST_REASON, error_messages=said)


def person_number_field(says: str) -> forms.IntegerField:
    """The number of somebody's page, where one is given; `says` is how a form says that it is no number."""
    said = dict.fromkeys(("invalid", "min_value", "max_value"), says)
    return forms.IntegerField(required=False, min_value=1, max_value=LARGEST, error_messages=said)


@contextmanager
def refused_in(form: forms.Form) -> Iterator[None]:
    """A step that is refused is said in the form it came from, which is then shown again."""
    try:
        yield
    except Refused as refused:
        form.add_error(None, str(refused))


class StepForm(forms.Form):
    """A form that takes one step: `token` makes it one however often it is sent, `seen` tells whether others were faster."""

    token = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, said: Any = None, *, seen: int | None = None, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(said, initial={"token": uuid4().hex, "seen": seen} | dict(initial or {}))

    @property
    def step(self) -> dict[str, Any]:
        """What keeps it one step and safe."""
        token = str(self.cleaned_data.get("token") or "")
        return {"token": token if token.isalnum() else uuid4().hex, "seen": self.cleaned_data.get("seen")}

    def shown_again(self, entries: int) -> None:
        """As it was typed, to be sent again over what others have added meanwhile."""
        said = cast(QueryDict, self.data).copy()
        said["seen"] = str(entries)
        self.data = said
