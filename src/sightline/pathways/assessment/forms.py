"""What an assessment asks: one form for harm in the family, outside it and online."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from sightline.pathways.assessment.queries import AssessmentPage
from sightline.ui.asking import StepForm

HARM = (("in_family", "In the family"), ("outside_family", "Outside the family"), ("online", "Online"))
CAPACITY = (("protects", "Protects the child"), ("protects_with_help", "Protects the child with help"),
            ("does_not_protect", "Does not protect the child"), ("not_known", "Not known yet"))  # fmt: skip
LEVELS = (("low", "Low"), ("medium", "Medium"), ("high", "High"), ("very_high", "Very high"))
NONE = "If nothing is known, say so."


def _written(label: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(required=False, max_length=4000, label=label, help_text=help_text, widget=forms.Textarea)


class AssessForm(StepForm):
    """The child and everybody around them, for harm from wherever. Nothing is required here: the service says what is lacking."""

    harm = forms.MultipleChoiceField(
        required=False, choices=HARM, label="Where does the harm come from?", widget=forms.CheckboxSelectMultiple
    )
    risks = _written("What are the risks?", "What happened or may happen, how often, and who does it.")
    peers = _written("Friends and others of their age", NONE)
    places = _written("Places, and ways there and back", NONE)
    siblings = _written("Brothers and sisters, at home and elsewhere", NONE)
    online = _written("Online", "Asked where harm comes from online.")
    protective = _written(
        "What protects the child?",
        "People, places and what the child does. It stands beside the risks and cancels none.",
    )
    level = forms.ChoiceField(
        choices=LEVELS,
        label="How high is the risk?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a level"},
    )
    reason = _written("Why this level?")

    def __init__(self, said: Any = None, *, page: AssessmentPage) -> None:
        super().__init__(said)
        self.page = page
        for person, name in self._children():
            self.fields[f"impact_{person}"] = _written(
                f"What does it mean for {name}?", "How they are, sleep, learn and behave; what they say."
            )
        for m in page.carers:
            self.fields[f"capacity_{m.person}"] = forms.ChoiceField(
                required=False,
                choices=CAPACITY,
                label=f"Can {m.name}, {m.relation}, protect the child?",
                widget=forms.RadioSelect,
            )
            self.fields[f"says_{m.person}"] = _written(f"What shows it, of {m.name}?")

    def _children(self) -> list[tuple[int, str]]:
        return [(self.page.person.person, self.page.person.name), *((m.person, m.name) for m in self.page.children)]

    def asked(self) -> Iterator[tuple[str, list[BoundField]]]:
        """The questions under their headings, risks and what protects beside each other."""
        yield "The harm", [self[n] for n in ("harm", "risks")]
        yield "Around the child", [self[n] for n in ("peers", "places", "siblings", "online")]
        yield "What it means for each child", [self[f"impact_{p}"] for p, _ in self._children()]
        carers = [self[f"{n}_{m.person}"] for m in self.page.carers for n in ("capacity", "says")]
        yield "What protects, and who can", [self["protective"], *carers]
        yield "The level", [self[n] for n in ("level", "reason")]

    @property
    def said(self) -> dict[str, Any]:
        """The fields of the assessment itself."""
        names = ("harm", "risks", "peers", "places", "siblings", "online", "protective", "level", "reason")
        return {n: self.cleaned_data.get(n) for n in names}

    @property
    def impacts(self) -> dict[int, str]:
        """What it means for each child."""
        return {p: self.cleaned_data[f"impact_{p}"] for p, _ in self._children()}

    @property
    def capacities(self) -> dict[int, tuple[str, str]]:
        """Of each carer: whether they can protect, and what shows it."""
        return {
            m.person: (self.cleaned_data[f"capacity_{m.person}"], self.cleaned_data[f"says_{m.person}"])
            for m in self.page.carers
        }
