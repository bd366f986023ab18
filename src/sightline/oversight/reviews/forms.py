"""What giving a task, dropping it, doing nothing and asking about self-harm ask."""

from __future__ import annotations

from django import forms

from sightline.ui.asking import DAYS, StepForm, reason_field

_DAY = {"invalid": "Enter a day, for example 27 3 2031"}
OCCASIONS = [("detained", "Held in custody"), ("missing", "Missing, or just back"), ("interviewed", "Interviewed")]
FINDINGS = [("none", "No sign, and none known from before"), ("known_before", "Known from before, no sign now"),
            ("signs_now", "Signs now")]  # fmt: skip


class GiveForm(StepForm):
    """Who does it, by when."""

    owner = forms.CharField(max_length=200, error_messages={"required": "Say who does it, by name"})
    due = forms.DateField(input_formats=DAYS, error_messages=_DAY | {"required": "Enter the day by which it is done"})


class DropForm(StepForm):
    """Why it will not be done."""

    reason = reason_field("Say why this is not needed, or cannot be done")


class NothingForm(StepForm):
    """Why nothing is done for now, and when that is looked at again."""

    reason = reason_field("Say why nothing is done for now")
    review_on = forms.DateField(
        input_formats=DAYS, error_messages=_DAY | {"required": "Enter the day on which this is looked at again"}
    )


class SelfHarmForm(StepForm):
    """When the child was asked, and what was found."""

    occasion = forms.ChoiceField(choices=OCCASIONS, error_messages={"required": "Choose when the child was asked"})
    finding = forms.ChoiceField(choices=FINDINGS, error_messages={"required": "Choose what was found"})
    text = reason_field("Say what was asked and what the child said or showed")
