"""What escalating, answering, taking higher, settling and naming a counterpart ask."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from sightline.oversight.escalation.rules import ladder_on
from sightline.ui.asking import DAYS, StepForm, reason_field

_DAY = {"invalid": "Enter a day, for example 27 3 2031"}
ABOUT = [("delay", "Nothing happens, or not in time"), ("decision", "A decision"), ("resource", "There is nobody, or no place"),
         ("attendance", "Nobody came"), ("accommodation", "Somewhere for the child to stay"), ("disagreement", "Agencies disagree"),
         ("other", "Something else")]  # fmt: skip


class EscalateForm(StepForm):
    """What is wrong, and whose it is to put right."""

    to_agency = forms.ChoiceField(error_messages={"required": "Choose the agency that can put it right"})
    about = forms.ChoiceField(choices=ABOUT, error_messages={"required": "Choose what it is about"})
    text = reason_field("Say what has stalled and what must happen")
    quietly = forms.BooleanField(required=False)

    def __init__(self, said: Any = None, *, agencies: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(said, **kwargs)
        self.fields["to_agency"].choices = list(agencies)  # type: ignore[attr-defined]


class AnswerForm(StepForm):
    """Whether it is resolved, and what is done."""

    resolved = forms.ChoiceField(
        choices=[("yes", "Yes"), ("no", "No")], error_messages={"required": "Say whether this resolves it"}
    )
    text = reason_field("Say what is done about it")


class HigherForm(StepForm):
    """Why it goes a tier higher."""

    text = reason_field("Say why the answer, or the want of one, will not do")


class SettleForm(StepForm):
    """What the partnership decides."""

    decision = reason_field("Say what was decided")
    owner = forms.CharField(max_length=200, error_messages={"required": "Say who sees to it"})
    due = forms.DateField(required=False, input_formats=DAYS, error_messages=_DAY)


class NameForm(forms.Form):
    """Who answers, at which tier, from when."""

    level = forms.TypedChoiceField(coerce=int, error_messages={"required": "Choose a tier"})
    name = forms.CharField(max_length=200, error_messages={"required": "Enter their name and role"})
    contact = forms.CharField(max_length=200, required=False)
    username = forms.CharField(max_length=150, required=False)
    from_on = forms.DateField(
        input_formats=DAYS, error_messages={"required": "Enter the day from which they answer", **_DAY}
    )

    def __init__(self, said: Any, *, day: Any) -> None:
        super().__init__(said)
        self.fields["level"].choices = [(t.level, f"{t.level}. {t.called}") for t in ladder_on(day).tiers]  # type: ignore[attr-defined]
