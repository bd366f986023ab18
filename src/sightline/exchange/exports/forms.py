"""What is asked before anything leaves the screen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from sightline.exchange.sharing.rules import Basis
from sightline.ui.asking import person_number_field, reason_field


class ExportForm(forms.Form):
    """Whose records, as what, for whom and what for."""

    whom = forms.ChoiceField(
        choices=[("one", "One person"), ("mine", "Everybody I work with now")],
        error_messages={"required": "Choose whose records"},
    )
    number = person_number_field("Enter the number alone: 1234")
    form = forms.ChoiceField(
        choices=[("document", "A document to read or print"), ("table", "A table")],
        error_messages={"required": "Choose what to make"},
    )
    recipient = forms.CharField(max_length=200, error_messages={"required": "Say who it is for, by name and post"})
    purpose = reason_field("Say what it is for")
    basis = forms.ChoiceField(error_messages={"required": "Choose the lawful basis"})

    def __init__(self, said: Any = None, *, bases: Iterable[Basis], **rest: Any) -> None:
        super().__init__(said, **rest)
        self.fields["basis"].choices = [(b.key, b.label) for b in bases]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One person has a number."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("whom") == "one" and not said.get("number") and "number" not in self.errors:
            self.add_error("number", "Enter the number of the person's page")
        return said


class AnswerForm(forms.Form):
    """A second person's answer."""

    agrees = forms.ChoiceField(
        choices=[("yes", "I agree"), ("no", "I do not agree")], error_messages={"required": "Choose your answer"}
    )
    reason = reason_field("Say why")


class CustodyForm(forms.Form):
    """Whose hands the file is in now."""

    what = forms.ChoiceField(
        choices=[("handed_over", "Handed to somebody"), ("destroyed", "Destroyed")],
        error_messages={"required": "Choose what happened"},
    )
    to = forms.CharField(max_length=200, required=False)
    note = forms.CharField(max_length=500, required=False)
