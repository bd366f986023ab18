"""The kinds of question that pages of taking part ask, and a form that writes one entry."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from django import forms

from sightline.kernel.moments import from_local
from sightline.ui.asking import StepForm


def text_field(label: str, missing: str = "", hint: str = "", *, longest: int = 4000) -> forms.CharField:
    """Something in one's own words; asked for where `missing` says how."""
    return forms.CharField(label=label, help_text=hint, required=bool(missing), max_length=longest, widget=forms.Textarea,
                           error_messages={"required": missing})  # fmt: skip


def line_field(label: str, missing: str = "", hint: str = "") -> forms.CharField:
    """A line."""
    return forms.CharField(
        label=label, help_text=hint, required=bool(missing), max_length=200, error_messages={"required": missing}
    )


def choice_field(
    label: str, choices: Iterable[tuple[str, str]], missing: str = "", hint: str = ""
) -> forms.ChoiceField:
    """One of a few."""
    return forms.ChoiceField(label=label, choices=list(choices), required=bool(missing), widget=forms.RadioSelect, help_text=hint,
                             error_messages={"required": missing})  # fmt: skip


def moment_field(label: str) -> forms.DateTimeField:
    """A day and a time, by the clock on the wall; may be left empty."""
    said = {"invalid": "Enter a day and a time, for example 27/3/2027 16:30"}
    return forms.DateTimeField(label=label, required=False, input_formats=["%d/%m/%Y %H:%M", "%d %m %Y %H:%M", "%Y-%m-%dT%H:%M"],
                               help_text="For example 27/3/2027 16:30", error_messages=said)  # fmt: skip


class PageForm(StepForm):
    """One page. `kind`: the entry it writes; `guide`: for which talk the communication guide stands beside it."""

    kind: ClassVar[str] = ""
    title: ClassVar[str] = ""
    says: ClassVar[str] = ""
    press: ClassVar[str] = "Write it down"
    guide: ClassVar[str] = ""
    flags: ClassVar[tuple[str, ...]] = ()
    lists: ClassVar[tuple[str, ...]] = ()

    @property
    def asked(self) -> list[forms.BoundField]:
        """What is asked, in order."""
        return [self[n] for n in self.fields if n not in ("token", "seen")]

    @property
    def said(self) -> dict[str, Any]:
        """The fields of the entry, as far as anything was said."""
        found = {n: v for n, v in self.cleaned_data.items() if n not in ("token", "seen") and v not in (None, "", [])}
        found |= {n: found[n] == "yes" for n in self.flags if n in found}
        found |= {n: from_local(v.replace(tzinfo=None)) for n, v in found.items() if isinstance(v, datetime)}
        return found | {n: [x.strip() for x in found[n].splitlines() if x.strip()] for n in self.lists if n in found}

    def needs(self, name: str, why: str) -> None:
        """Says that a field is missing that others make necessary."""
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, why)
