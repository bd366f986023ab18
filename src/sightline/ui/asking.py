"""What several forms ask or answer alike: a reason in one's own words, and a step that is refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms

from sightline.access.gate import SHORTEST_REASON
from sightline.kernel.errors import Refused


def reason_field(asks: str, *, longest: int = 2000) -> forms.CharField:
    """A reason of at least SHORTEST_REASON characters; `asks` is how a form says that it is missing: `Say why you are looking`."""
    said = {"required": asks, "min_length": f"{asks}, in at least {SHORTEST_REASON} characters"}
    return forms.CharField(max_length=longest, min_length=SHORTEST_REASON, error_messages=said)


@contextmanager
def refused_in(form: forms.Form) -> Iterator[None]:
    """A step that is refused is said in the form it came from, which is then shown again."""
    try:
        yield
    except Refused as refused:
        form.add_error(None, str(refused))
