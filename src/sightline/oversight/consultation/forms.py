"""What is asked of a consultation, and of what was done about it."""

from __future__ import annotations

from typing import Any

from django import forms

from sightline.ui.asking import DAYS_OR_WORDS, StepForm


def _text(label: str, missing: str, hint: str = "", *, longest: int = 4000) -> forms.CharField:
    said = {"required": missing}
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(missing),
        max_length=longest,
        widget=forms.Textarea,
        error_messages=said,
    )


def _line(label: str, missing: str = "", hint: str = "") -> forms.CharField:
    said = {"required": missing}
    return forms.CharField(label=label, help_text=hint, required=bool(missing), max_length=200, error_messages=said)


def _one_of(label: str, choices: tuple[tuple[str, str], ...], missing: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect, error_messages={"required": missing}
    )


class _Page(StepForm):
    @property
    def said(self) -> dict[str, Any]:
        """The fields of the entry, by its own names, as far as anything was said."""
        found = {n.rstrip("_"): v for n, v in self.cleaned_data.items() if n not in ("token", "seen")}
        return {n: v for n, v in found.items() if v not in (None, "")}


class ConsultationForm(_Page):
    """Who was asked what, and what they said."""

    title = _line(
        "What it was about", "Say what it was about", "Do not name a child or a family anywhere on this page."
    )
    with_ = _one_of("Who was asked?", (("children", "Children and young people"), ("families", "Families"), ("public", "The public"),
                    ("staff", "People who work with children")), "Say who was asked")  # fmt: skip
    how = _line("How", "Say how they were asked", "Workshops in two schools; a survey in three languages")
    how_many = forms.IntegerField(label="How many answered", required=False, min_value=1, max_value=10_000_000)
    asked = _text("What they were asked", "Write down what they were asked")
    said_ = _text("What they said", "Write down what they said", "The uncomfortable too")


class ChangeForm(_Page):
    """What was done about it."""

    decision = _one_of("What was done?", (("changed", "A service was changed"), ("will_change", "It will be changed"),
                       ("not_changed", "Nothing is changed")), "Say what was done")  # fmt: skip
    what = _text("What is different now, or stays as it is", "Say what is different, or stays as it is")
    because = _text(
        "Which of what they said led to it; or why it does not", "Say which of what they said led to it, or why not"
    )
    from_on = forms.DateField(label="From when", required=False, input_formats=DAYS_OR_WORDS, help_text="For example 27 3 2027",
                              error_messages={"invalid": "Enter a day, for example 27 3 2027"})  # fmt: skip
    told_how = _line("How those who were asked were told", "", "You said, we did: where they can read or hear it")
