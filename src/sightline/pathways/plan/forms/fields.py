"""The kinds of question that the forms of conferences and plans ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django import forms

from sightline.access.viewer import Viewer
from sightline.agencies.models import Agency
from sightline.pathways.plan.queries.runs import Invitable, Relative, RunPage, Standing
from sightline.ui.asking import DAYS_OR_WORDS

MOMENTS = [f"{day} {time}" for day in DAYS_OR_WORDS for time in ("%H:%M", "%H.%M")]
UNDERSTOOD = [("yes", "Yes"), ("partly", "Partly"), ("no", "No"), ("not_asked", "Nobody asked")]
TOOK_PART = [
    ("in_person", "In person"), ("advocate", "Through an advocate"), ("written", "In writing or pictures"),
    ("through_worker", "Somebody who knows the child spoke for them"), ("too_young", "Too young to be asked"),
    ("declined", "Was asked, and declined"), ("not_asked", "Was not asked"),
]  # fmt: skip
CATEGORIES = [
    ("neglect", "Neglect"),
    ("physical", "Physical abuse"),
    ("sexual", "Sexual abuse"),
    ("emotional", "Emotional abuse"),
    ("multiple", "More than one"),
]
Choices = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Asking:
    """What a form needs of the page it stands on."""

    viewer: Viewer
    standing: Standing
    page: RunPage | None = None
    agencies: dict[str, Agency] = field(default_factory=dict)
    family: tuple[Relative, ...] = ()
    posts: tuple[Invitable, ...] = ()
    which: str = ""


class PageForm(forms.Form):
    """A form of these pages. `token` makes a double press one entry; `seen` tells whether somebody was faster."""

    title = ""
    says = ""
    press = "Save"
    token = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, said: Any, asking: Asking, **more: Any) -> None:
        seen = len(asking.page.run.entries) if asking.page else 0
        initial = {"token": uuid4().hex, "seen": seen} | more.pop("initial", {})
        super().__init__(said, initial=initial, **more)
        self.asking = asking
        self.ask()

    def ask(self) -> None:
        """What depends on the page: choices, and what is filled in already."""

    def choices(self, name: str, choices: Choices) -> None:
        """The choices of one field."""
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]

    def needs(self, name: str, words: str) -> None:
        """A field that another answer makes necessary."""
        if not self.cleaned_data.get(name):
            self.add_error(name, words)

    @property
    def asked(self) -> list[forms.BoundField]:
        """Its questions, in order, without the hidden ones."""
        return [f for f in self if not f.is_hidden]


def text(label: str, missing: str = "", hint: str = "", *, longest: int = 200) -> forms.CharField:
    """One line; asked of everybody where `missing` says what to do without it."""
    return forms.CharField(
        label=label, help_text=hint, max_length=longest, required=bool(missing), error_messages={"required": missing}
    )


def words(label: str, missing: str = "", hint: str = "") -> forms.CharField:
    """Several lines in one's own words."""
    return forms.CharField(
        label=label, help_text=hint, max_length=8000, required=bool(missing), widget=forms.Textarea,
        error_messages={"required": missing},
    )  # fmt: skip


def one(label: str, choices: Choices = (), missing: str = "", hint: str = "") -> forms.ChoiceField:
    """One of few."""
    said = {"required": missing, "invalid_choice": missing or "Choose from those shown"}
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=list(choices),
        required=bool(missing),
        widget=forms.RadioSelect,
        error_messages=said,
    )


def some(label: str, choices: Choices = (), missing: str = "", hint: str = "") -> forms.MultipleChoiceField:
    """Any number of few."""
    said = {"required": missing, "invalid_choice": "Choose from those shown"}
    return forms.MultipleChoiceField(
        label=label, help_text=hint, choices=list(choices), required=bool(missing), widget=forms.CheckboxSelectMultiple,
        error_messages=said,
    )  # fmt: skip


def picked(label: str, missing: str = "", hint: str = "") -> forms.ChoiceField:
    """One of many, from a list that drops down."""
    said = {"required": missing, "invalid_choice": missing or "Choose from the list"}
    return forms.ChoiceField(label=label, help_text=hint, required=bool(missing), error_messages=said)


def day(label: str, missing: str = "", hint: str = "For example 27 3 2027") -> forms.DateField:
    """A day."""
    said = {"required": missing, "invalid": "Enter a day, like 27 3 2027"}
    return forms.DateField(
        label=label, help_text=hint, input_formats=DAYS_OR_WORDS, required=bool(missing), error_messages=said
    )


def moment(
    label: str, missing: str = "", hint: str = "Day and time, for example 27 3 2027 14:30"
) -> forms.DateTimeField:
    """A day and a time."""
    said = {"required": missing, "invalid": "Enter a day and a time, like 27 3 2027 14:30"}
    return forms.DateTimeField(
        label=label, help_text=hint, input_formats=MOMENTS, required=bool(missing), error_messages=said
    )
