"""What a review and a legal hold ask."""

from __future__ import annotations

from django import forms

from sightline.agencies.systems import systems
from sightline.ui.asking import DAYS, reason_field

_DAY = {"invalid": "Enter a day, for example 27 3 2031"}


class DecideForm(forms.Form):
    """Keep, until when, or dispose; and why."""

    outcome = forms.ChoiceField(
        choices=[("keep", "Keep"), ("dispose", "Dispose of it")],
        error_messages={"required": "Choose whether these records are kept or disposed of"},
    )
    kept_until = forms.DateField(required=False, input_formats=DAYS, error_messages=_DAY)
    reason = reason_field("Say why")

    def clean(self) -> dict[str, object]:
        """A day, where it is kept."""
        said: dict[str, object] = super().clean() or {}
        if said.get("outcome") == "keep" and not said.get("kept_until") and "kept_until" not in self.errors:
            self.add_error("kept_until", "Enter the day until which they are kept")
        return said


class AgreeForm(forms.Form):
    """Whether a second person agrees to a disposal, and why."""

    agrees = forms.ChoiceField(
        choices=[("yes", "Yes"), ("no", "No")], error_messages={"required": "Say whether you agree"}
    )
    reason = reason_field("Say why")


class HoldForm(forms.Form):
    """Why a hold is placed, on whose authority, and what it is about."""

    reason = reason_field("Say why, and on whose authority")
    source = forms.ChoiceField(required=False)
    since_on = forms.DateField(required=False, input_formats=DAYS, error_messages=_DAY)

    def __init__(self, said: object) -> None:
        super().__init__(said)  # type: ignore[arg-type]
        every = [("", "Every system")] + [
            (key, s.name) for key, s in sorted(systems().items(), key=lambda kv: kv[1].name)
        ]
        self.fields["source"].choices = every  # type: ignore[attr-defined]


class LiftForm(forms.Form):
    """Why a hold is lifted, and on whose authority."""

    reason = reason_field("Say why it is lifted, and on whose authority")
