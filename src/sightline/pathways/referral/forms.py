"""What a referral asks: the risk and what is wanted first; what the hub, an agency asked, and whoever referred are asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms

from sightline.pathways.referral.services.deciding import DECISIONS, HELPED
from sightline.ui.asking import DAYS, reason_field

MOMENTS = ["%d %m %Y %H:%M", "%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M"]
BASES = (("s47", "The child suffers or is likely to suffer significant harm"), ("s17", "The child needs services"),
         ("early_help", "The family needs early help"))  # fmt: skip
URGENCIES = (("same_day", "Today"), ("next_day", "By tomorrow"), ("routine", "Within days"))
CONSENTS = (("given", "Yes, and they agree"), ("refused", "Yes, and they do not agree"), ("not_sought", "No, not asked"),
            ("not_safe_to_seek", "No, asking would not be safe"))  # fmt: skip


def _text(required: str = "", *, longest: int = 4000) -> forms.CharField:
    return forms.CharField(required=bool(required), max_length=longest, error_messages={"required": required})


def _one_of(choices: Iterable[tuple[str, str]], required: str) -> forms.ChoiceField:
    return forms.ChoiceField(choices=list(choices), error_messages={"required": required, "invalid_choice": required})


def new_token() -> str:
    """One for a form: sent twice it is one entry."""
    return uuid4().hex


class Tokened(forms.Form):
    """A form that sent twice is one entry, and says how far what it answers had come."""

    token = forms.RegexField(
        r"^[0-9a-z]{8,40}$", widget=forms.HiddenInput, error_messages={"required": "Open the page again"}
    )
    seen = forms.IntegerField(required=False, min_value=0, max_value=10_000, widget=forms.HiddenInput)


class ReferForm(Tokened):
    """Refer somebody whose page is open."""

    risk = _text("Say what the specific risk is")
    asked_for = _text("Say what you ask them to do")
    summary = _text("Say what happened")
    child_said = _text()
    basis = _one_of(BASES, "Choose what you are worried about")
    urgency = _one_of(URGENCIES, "Choose how soon help is needed")
    consent = _one_of(CONSENTS, "Say whether the parents know")
    to = _one_of((), "Choose who this goes to")
    also = forms.ChoiceField(required=False)
    lawful_basis = _text(longest=1000)
    necessity = _text(longest=1000)
    proportionality = _text(longest=1000)
    called = _text(longest=200)

    def __init__(
        self,
        said: object,
        *,
        authorities: list[tuple[str, str]],
        questions: Iterable[tuple[str, str]] = (),
        **kw: object,
    ) -> None:
        super().__init__(said, **kw)  # type: ignore[arg-type]
        self.fields["to"].choices = authorities  # type: ignore[attr-defined]
        self.fields["also"].choices = [("", "No"), *authorities]  # type: ignore[attr-defined]
        self.asks = list(questions)
        for number, (_, asks) in enumerate(self.asks):
            self.fields[f"own_{number}"] = forms.CharField(required=False, max_length=1000, label=asks)

    def own_answers(self) -> tuple[str, ...]:
        """The chosen authority's own questions with what was answered."""
        to, said = self.cleaned_data["to"], self.cleaned_data
        return tuple(
            f"{asks} {said[f'own_{n}']}" for n, (of, asks) in enumerate(self.asks) if of == to and said.get(f"own_{n}")
        )


class ReferNewForm(ReferForm):
    """Refer somebody nobody here knows yet: a child, or an adult who poses a risk."""

    about = _one_of(
        (("child", "A child"), ("adult", "An adult who may harm children; no child is known yet")),
        "Say whom this is about",
    )
    forenames = _text("Enter a first name, or what they are called", longest=100)
    surname = _text("Enter a surname, or not known", longest=100)
    born = forms.DateField(
        required=False, input_formats=DAYS, error_messages={"invalid": "Enter a day, for example 27 3 2015"}
    )
    lines = _text(longest=300)
    postcode = _text(longest=10)
    school = _text(longest=200)


class DecideForm(Tokened):
    """The shared decision: what, why, who has it, what follows, and who disagrees."""

    decision = _one_of(DECISIONS.items(), "Choose what is decided")
    reason = reason_field("Say why it is decided so")
    owner = _text("Name who has this now", longest=200)
    next_step = _text("Say what happens next", longest=1000)
    dissent_by = _text(longest=200)
    dissent = _text(longest=2000)
    different = _text(longest=2000)
    helped_before = forms.ChoiceField(choices=list(HELPED.items()), required=False)
    child_said = _text(longest=2000)
    child_changed = _text(longest=2000)
    way_back_contact = _text(longest=200)
    way_back = _text(longest=1000)


class AskForm(Tokened):
    """Whom the hub asks what they know, what, on what basis and by when."""

    of = forms.MultipleChoiceField(
        error_messages={"required": "Choose whom you ask", "invalid_choice": "Choose one of these"}
    )
    question = reason_field("Say what you ask and why")
    lawful_basis = reason_field("Say on what lawful basis you ask")
    needed_by = forms.DateTimeField(
        required=False,
        input_formats=MOMENTS,
        error_messages={"invalid": "Enter a day and time, for example 27 3 2027 16:00"},
    )

    def __init__(self, said: object, *, agencies: Iterable[tuple[str, str]], **kw: object) -> None:
        super().__init__(said, **kw)  # type: ignore[arg-type]
        self.fields["of"].choices = list(agencies)  # type: ignore[attr-defined]


RANG = "rang"


class TellSettingForm(Tokened):
    """Which school or nursery is told, and what it must know."""

    of = _one_of((), "Choose the school or nursery")
    told = _text("Say what the school must know before the child's next day there", longest=1000)
    setting = _text(longest=200)
    lead = _text(longest=200)

    def __init__(self, said: object, *, agencies: Iterable[tuple[str, str]], **kw: object) -> None:
        super().__init__(said, **kw)  # type: ignore[arg-type]
        self.fields["of"].choices = [*agencies, (RANG, "Another, whose designated lead I rang")]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One that was rung is named, and so is its lead."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("of") == RANG:
            for name, missing in (("setting", "Say which school or nursery"), ("lead", "Say whom you spoke to there")):
                if not said.get(name):
                    self.add_error(name, missing)
        return said


class AnswerForm(Tokened):
    """What an agency that was asked answers."""

    how = _one_of(
        (("held", "We know something"), ("nothing", "We hold nothing"), ("refused", "We refuse to answer")),
        "Choose how you answer",
    )
    text = _text()


class WordsForm(Tokened):
    """A few words of one's own: a challenge, an answer to questions, who leads, why it comes back."""

    text = _text(longest=2000)
    outcome = forms.CharField(required=False, max_length=20)
    helped = forms.CharField(required=False, max_length=20)
