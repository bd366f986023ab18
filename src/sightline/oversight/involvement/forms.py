"""Why a record is still needed; to whom work is handed again, and why."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms

from sightline.ui.asking import reason_field


class KeepForm(forms.Form):
    """Why whoever was told still needs the record."""

    reason = reason_field("Say why you still need this record")


class AgainForm(forms.Form):
    """Somebody of the team, and why."""

    to = forms.TypedChoiceField(
        coerce=int,
        error_messages={
            "required": "Choose who has this work from now",
            "invalid_choice": "Choose somebody of your team",
        },
    )
    reason = reason_field("Say why")

    def __init__(self, said: object, people: Mapping[int, str]) -> None:
        super().__init__(said)  # type: ignore[arg-type]
        self.fields["to"].choices = list(people.items())  # type: ignore[attr-defined]
