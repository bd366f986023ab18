"""How the forms of a contact ask: one of several, words, a reason."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from sightline.ui.asking import DAYS_OR_WORDS, reason_field

Choices = list[tuple[str, str]]
ANSWERS: Choices = [("yes", "Yes"), ("no", "No"), ("not_known", "Asked, not known")]
YES_NO: Choices = [("yes", "Yes"), ("no", "No")]
GRADES: Choices = [
    ("immediate", "Immediate: somebody goes now"), ("priority", "Priority: within the hour"),
    ("scheduled", "Scheduled: by arrangement"), ("no_attendance", "Nobody goes: a worry for the chronology"),
]  # fmt: skip


def one_of(asks: str, choices: Choices, *, says: str = "", required: bool = True) -> forms.ChoiceField:
    told = {"required": says or f"Answer: {asks[:1].lower()}{asks[1:]}"}
    return forms.ChoiceField(label=asks, choices=choices, required=required, error_messages=told)


def words(
    asks: str, *, hint: str = "", long: bool = False, required: bool = False, says: str = "", most: int = 2000
) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3}) if long else forms.TextInput()
    return forms.CharField(
        label=asks, help_text=hint, max_length=most, required=required, widget=widget,
        error_messages={"required": says or f"Enter: {asks[:1].lower()}{asks[1:]}"},
    )  # fmt: skip


def moment(asks: str, hint: str) -> forms.DateTimeField:
    """A day and a time of it; may be left empty."""
    return forms.DateTimeField(
        label=asks, help_text=f"Day and time, for example 27 3 2027 14:30. {hint}", required=False,
        input_formats=[f"{day} %H:%M" for day in DAYS_OR_WORDS],
        error_messages={"invalid": "Enter a day and time, like 27 3 2027 14:30"},
    )  # fmt: skip


def because(asks: str, says: str, hint: str = "") -> forms.CharField:
    field = reason_field(says)
    field.label, field.help_text, field.widget = asks, hint, forms.Textarea(attrs={"rows": 3})
    return field


def as_said(form: forms.Form, names: Iterable[str]) -> dict[str, Any]:
    """What was answered of some fields; what was left empty was not said."""
    return {n: v for n in names if (v := form.cleaned_data.get(n)) not in (None, "", [])}


def yes(said: str | None) -> bool | None:
    """Yes or no; None where neither was said."""
    return {"yes": True, "no": False}.get(said or "")
