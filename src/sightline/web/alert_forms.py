"""What is asked of somebody who answers for an alert, or decides a local limit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from sightline.alerts.decided import LimitLine
from sightline.patterns.grades.rules import GRADES
from sightline.ui.asking import DAYS_OR_WORDS, reason_field

LONGEST = 10_000


class AnswerForm(forms.Form):
    """What is being done about it, and so why it may stand meanwhile."""

    reason = reason_field("Say what you are doing about it")


class LimitForm(forms.Form):
    """How long or how many, from when, who decided it and why. Not from a day that is past: what was late then stays late."""

    count = forms.IntegerField(
        min_value=1,
        max_value=LONGEST,
        error_messages={
            "required": "Enter the new limit as a number",
            "invalid": "Enter the new limit as a whole number, like 15",
            "min_value": "The limit must be 1 or more",
            "max_value": f"The limit must be {LONGEST:,} or less",
        },
    )
    unit = forms.ChoiceField(
        error_messages={"required": "Choose minutes, hours, days or another unit", "invalid_choice": "Choose a unit"}
    )
    from_on = forms.DateField(
        input_formats=DAYS_OR_WORDS,
        error_messages={
            "required": "Enter the day from which it holds",
            "invalid": "Enter the day from which it holds, like 27 3 2027",
        },
    )
    decided_by = forms.CharField(max_length=200, error_messages={"required": "Say who decided this"})
    reason = reason_field("Say why")

    def __init__(self, said: Any, line: LimitLine, *, today: date) -> None:
        super().__init__(said, initial={"unit": line.unit})
        self.today = today
        self.fields["unit"].choices = [(u, u) for u in line.units]  # type: ignore[attr-defined]

    def clean_from_on(self) -> date:
        """Today or later."""
        day: date = self.cleaned_data["from_on"]
        if day < self.today:
            raise forms.ValidationError("The day must be today or later: what was late before stays late")
        return day


class GradeForm(forms.Form):
    """A grade, and why where it is lower than what is recorded supports."""

    grade = forms.ChoiceField(
        choices=[(g, g.replace("_", " ").capitalize()) for g in GRADES],
        error_messages={"required": "Choose a grade", "invalid_choice": "Choose a grade"},
    )
    reason = forms.CharField(required=False, max_length=2000)

    def __init__(self, said: Any = None, *, children: Iterable[tuple[int, str]] = ()) -> None:
        super().__init__(said)
        for person, name in children:
            asks = f"What does it mean for {name}?"
            self.fields[f"impact_{person}"] = forms.CharField(
                required=False, max_length=4000, label=asks, widget=forms.Textarea
            )

    @property
    def about_children(self) -> list[BoundField]:
        """The question of each child."""
        return [self[name] for name in self.fields if name.startswith("impact_")]

    @property
    def impacts(self) -> dict[int, str]:
        """What was said of each child."""
        return {int(n.removeprefix("impact_")): v for n, v in self.cleaned_data.items() if n.startswith("impact_")}


class AgreeForm(forms.Form):
    """Whether a supervisor agrees to a lower grade, and why."""

    agrees = forms.ChoiceField(
        choices=[("yes", "Yes"), ("no", "No")],
        error_messages={"required": "Choose whether you agree", "invalid_choice": "Choose whether you agree"},
    )
    reason = reason_field("Say why")
