"""What is asked of somebody who shares, makes a redacted copy, keeps an address safe or enters an agreement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import forms

from sightline.agencies.models import Agency
from sightline.agencies.systems import systems
from sightline.exchange.sharing.rules import (
    bases_on,
    classes,
    consents,
    missing,
    purposes_on,
    sections,
)
from sightline.kernel.moments import local
from sightline.kernel.reasons import SHORTEST_REASON
from sightline.people.persons import Lived, Person
from sightline.ui.asking import DAYS_OR_WORDS, reason_field
from sightline.ui.paper.choosing import Asked, GroundsForm

OTHER = "another"
KINDS = {
    "police": "Police", "social_care": "Children's social care", "hub": "Safeguarding hub", "health": "Health", "education": "School or college",
    "youth_offending": "Youth justice", "probation": "Probation", "prison": "Prison", "housing": "Housing", "voluntary": "Charity",
    "other": "Something else",
}  # fmt: skip
WAYS = {
    "call": "By telephone", "text": "By text message", "email": "By email", "letter": "By letter", "in_person": "In person",
    "through_somebody": "Through somebody else",
}  # fmt: skip
Choices = Iterable[tuple[str, str]]


def _choices(form: forms.Form, field: str, choices: Choices) -> None:
    form.fields[field].choices = list(choices)  # type: ignore[attr-defined]


def _day(asks: str, **more: Any) -> forms.DateField:
    return forms.DateField(
        input_formats=DAYS_OR_WORDS, error_messages={"required": asks, "invalid": f"{asks}, like 27 3 2027"}, **more
    )


class ToWhomForm(forms.Form):
    """Which agency, which person or post there, and for what."""

    agency = forms.ChoiceField(
        error_messages={"required": "Choose who it goes to", "invalid_choice": "Choose who it goes to"}
    )
    name = forms.CharField(required=False, max_length=200)
    kind = forms.ChoiceField(required=False, choices=list(KINDS.items()))
    who = forms.CharField(max_length=200, error_messages={"required": "Enter the person or post it goes to"})
    purpose = forms.ChoiceField(
        error_messages={"required": "Choose what it is for", "invalid_choice": "Choose what it is for"}
    )

    def __init__(self, said: Any, agencies: Iterable[Agency], day: date, **more: Any) -> None:
        super().__init__(said, **more)
        _choices(self, "agency", [(a.key, a.name) for a in agencies] + [(OTHER, "Another organisation")])
        _choices(self, "purpose", [(p.key, p.label) for p in purposes_on(day).values() if not p.copy])

    def clean(self) -> dict[str, Any]:
        """An organisation that has no account here is named, and what kind it is."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("agency") == OTHER:
            if not said.get("name"):
                self.add_error("name", "Enter the name of the organisation")
            if not said.get("kind"):
                self.add_error("kind", "Choose what kind of organisation it is")
        return said


class WhyForm(forms.Form):
    """On what basis, and why it is needed and no less would do."""

    field_order: tuple[str, ...] = ("reason", "bases", "consent")
    bases = forms.MultipleChoiceField(
        error_messages={"required": "Choose a lawful basis: nothing is given without one"}
    )
    consent = forms.ChoiceField(
        choices=list(consents().items()), error_messages={"required": "Choose whether they agreed"}
    )
    reason = reason_field("Say why it is needed and why no less would do")

    def __init__(self, said: Any, day: date, **more: Any) -> None:
        super().__init__(said, **more)
        self.day = day
        _choices(self, "bases", [(b.key, b.label) for b in bases_on(day).values()])

    def clean(self) -> dict[str, Any]:
        """What a share lacks is said beside its field."""
        said: dict[str, Any] = super().clean() or {}
        if "bases" in said and "reason" in said:
            why = missing(said["bases"], said["reason"], said.get("consent", ""), self.day)
            if why:
                self.add_error("bases", why.removesuffix("."))
        return said


class PaperForm(WhyForm, GroundsForm):
    """What a paper for somebody else is for, on what basis, whether they agreed and why; and outside any agreement, why all the same."""

    field_order = ("reason", "purpose", "bases", "consent", "outside_because")
    purpose = forms.ChoiceField(
        error_messages={"required": "Choose what it is for", "invalid_choice": "Choose what it is for"}
    )
    outside_because = forms.CharField(required=False, max_length=1000)

    def __init__(self, said: Any, day: date, **more: Any) -> None:
        super().__init__(said, day, **more)
        self.purposes = [p for p in purposes_on(day).values() if not p.copy]
        _choices(self, "purpose", [(p.key, p.label) for p in self.purposes])

    @classmethod
    def of(cls, said: Mapping[str, Any] | None, first: Mapping[str, Any], at: datetime) -> PaperForm:
        """The form as it is first asked, with the bases of the purpose filled in; or as it was sent."""
        day = local(at).date()
        purpose = purposes_on(day).get(str(first.get("purpose")))
        return cls(said, day, initial={"bases": list(purpose.bases) if purpose else []} | dict(first))

    @property
    def asked(self) -> tuple[Asked, ...]:
        """The questions. Why it is given outside any agreement is asked once something stood against it."""
        bases = tuple({"value": b.key, "text": b.label, "hint": {"text": b.says}} for b in bases_on(self.day).values())
        agreed = tuple({"value": key, "text": says} for key, says in consents().items())
        purposes = tuple({"value": p.key, "text": p.label} for p in self.purposes)
        held = (
            Asked("reason", "Why they need it, and why no less would do", "What they will do with it, and what would happen without it."),
            Asked("purpose", "What is it for?", items=purposes),
            Asked("bases", "Lawful basis, and the duty or power it goes with", items=bases, many=True),
            Asked("consent", "Did the family agree?", items=agreed),
        )  # fmt: skip
        outside = Asked("outside_because", "Why it is given all the same, where no agreement in force covers it")
        return (*held, outside) if self.is_bound else held


class WhatForm(forms.Form):
    """Which parts, and whether a safe address is given this once."""

    sections = forms.MultipleChoiceField(
        choices=list(sections().items()), error_messages={"required": "Choose what is given"}
    )
    safe_because = forms.CharField(required=False, max_length=1000)

    def clean_safe_because(self) -> str:
        """A reason, or nothing."""
        said = str(self.cleaned_data["safe_because"]).strip()
        if said and len(said) < SHORTEST_REASON:
            raise forms.ValidationError(f"Say why the safe address is given, in at least {SHORTEST_REASON} characters")
        return said


class CheckForm(forms.Form):
    """Why it is given outside any agreement, where none covers it."""

    outside_because = forms.CharField(required=False, max_length=1000)

    def __init__(self, said: Any, *, needed: bool, **more: Any) -> None:
        super().__init__(said, **more)
        self.needed = needed

    def clean_outside_because(self) -> str:
        """A reason where one is needed."""
        said = str(self.cleaned_data["outside_because"]).strip()
        if self.needed and len(said) < SHORTEST_REASON:
            raise forms.ValidationError(f"Say why it is given all the same, in at least {SHORTEST_REASON} characters")
        return said


class CopyForm(forms.Form):
    """What a redacted copy is for, who asked, and when."""

    purpose = forms.ChoiceField(
        error_messages={"required": "Choose what the copy is for", "invalid_choice": "Choose what the copy is for"}
    )
    asked_by = forms.CharField(max_length=200, error_messages={"required": "Enter who asked for it"})
    asked_on = _day("Enter the day on which they asked")

    def __init__(self, said: Any, day: date) -> None:
        super().__init__(said)
        _choices(self, "purpose", [(p.key, p.label) for p in purposes_on(day).values() if p.copy])


class SignOffForm(forms.Form):
    """Whether a second person signs a copy off, and what they checked."""

    agrees = forms.ChoiceField(
        choices=[("yes", "Sign it off"), ("no", "Send it back")],
        error_messages={
            "required": "Choose whether you sign it off",
            "invalid_choice": "Choose whether you sign it off",
        },
    )
    note = reason_field("Say what you checked, or what has to change")


class SafeForm(forms.Form):
    """Which address is kept safe, from whom and why."""

    premises = forms.ChoiceField(
        error_messages={"required": "Choose the address", "invalid_choice": "Choose one of these addresses"}
    )
    kept_from = forms.MultipleChoiceField(error_messages={"required": "Choose from whom it is kept"})
    reason = reason_field("Say why it is kept safe", longest=1000)

    def __init__(self, said: Any, addresses: Iterable[Lived], around: Iterable[Person]) -> None:
        super().__init__(said)
        _choices(self, "premises", [(str(a.premises), a.lines) for a in addresses])
        _choices(self, "kept_from", [(str(p.person), p.name) for p in around])


class ReachForm(forms.Form):
    """How somebody wants to be reached, and how, where and in front of whom never; from whom that is kept, if from anybody."""

    by = forms.ChoiceField(
        choices=list(WAYS.items()),
        error_messages={"required": "Choose how they want to be reached"},
    )
    detail = forms.CharField(required=False, max_length=500)
    never_by = forms.ChoiceField(required=False, choices=[("", "Nothing is said"), *WAYS.items()])
    never_at = forms.CharField(required=False, max_length=1000)
    not_in_front_of = forms.CharField(required=False, max_length=1000)
    kept_from = forms.MultipleChoiceField(required=False)

    def __init__(self, said: Any, around: Iterable[Person]) -> None:
        super().__init__(said)
        _choices(self, "kept_from", [(str(p.person), p.name) for p in around])

    def clean(self) -> dict[str, Any]:
        """Not by the way that is also never safe."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("by") and said.get("by") == said.get("never_by"):
            self.add_error("never_by", "They cannot be reached by the way that is never to be used")
        return said


class AgreementForm(forms.Form):
    """Who agreed to share what, for what, from when until when."""

    title = forms.CharField(max_length=200, error_messages={"required": "Enter what the agreement is called"})
    parties = forms.MultipleChoiceField(error_messages={"required": "Choose the agencies that agreed"})
    purposes = forms.MultipleChoiceField(error_messages={"required": "Choose what it is for"})
    sources = forms.MultipleChoiceField(required=False)
    classes = forms.MultipleChoiceField(required=False, choices=list(classes().items()))
    reference = forms.CharField(required=False, max_length=200)
    since = _day("Enter the day from which it holds")
    until = _day("Enter the day on which it ends")

    def __init__(self, said: Any, agencies: Iterable[Agency], day: date) -> None:
        super().__init__(said)
        _choices(self, "parties", [(a.key, a.name) for a in agencies])
        _choices(self, "purposes", [(p.key, p.label) for p in purposes_on(day).values()])
        _choices(self, "sources", [(key, s.name) for key, s in systems().items()])
