"""What restricting a record, lifting that, and a court's appointment ask."""

from __future__ import annotations

from django import forms

from sightline.ui.asking import DAYS, reason_field

_DAY = {"invalid": "Enter a day, for example 27 3 2031"}
STATES = {
    "restricted": "Restricted: that there is a record may be known, what it says only to those who work with the child",
    "sealed": "Sealed: that there is a record is not told. Only the data guardian can lift it",
}


class RestrictForm(forms.Form):
    """How far the record is closed, why, who is asked instead, and when somebody looks at it again."""

    state = forms.ChoiceField(error_messages={"required": "Choose whether the record is restricted or sealed"})
    reason = reason_field("Say why this record is restricted, and on whose authority")
    ask = forms.CharField(
        max_length=200, error_messages={"required": "Say who is asked by somebody who may not read the record"}
    )
    review_on = forms.DateField(
        input_formats=DAYS, error_messages=_DAY | {"required": "Enter the day on which somebody looks at this again"}
    )

    def __init__(self, said: object, *, may_seal: bool) -> None:
        super().__init__(said)  # type: ignore[arg-type]
        self.fields["state"].choices = [(k, v) for k, v in STATES.items() if may_seal or k != "sealed"]  # type: ignore[attr-defined]


class LiftForm(forms.Form):
    """Why a restriction is lifted."""

    reason = reason_field("Say why it is lifted, and on whose authority")


class AppointForm(forms.Form):
    """Whom the court appointed, by their user name, by what order, from when until when."""

    officer = forms.CharField(max_length=150, error_messages={"required": "Enter the officer's user name"})
    reason = reason_field("Say which court appointed them, by which order")
    from_on = forms.DateField(
        input_formats=DAYS, error_messages=_DAY | {"required": "Enter the day on which the appointment begins"}
    )
    until_on = forms.DateField(
        input_formats=DAYS, error_messages=_DAY | {"required": "Enter the last day of the appointment"}
    )


class EndForm(forms.Form):
    """Why an appointment ends before its day."""

    reason = reason_field("Say why it ends, for example the order that ended it")
