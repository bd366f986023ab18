"""What is asked of somebody who decides who is who."""

from __future__ import annotations

from typing import Any

from django import forms

from sightline.kernel.reasons import SHORTEST_REASON
from sightline.pathways.identity.queries.deciding import ToDecide

WHY = {
    "required": "Say why: someone may have to undo it",
    "min_length": f"Say why, in at least {SHORTEST_REASON} characters: someone may have to undo it",
}


class SameForm(forms.Form):
    """Whether two people are one, and why. `other` is one of those who may be, `number` anybody else by the number of their page."""

    other = forms.ChoiceField(required=False, error_messages={"invalid_choice": "Choose one of those listed"})
    number = forms.RegexField(r"^(?:.*/person/)?(\d{1,18})/?$", required=False, max_length=200)
    same = forms.ChoiceField(
        choices=[("yes", "Yes"), ("no", "No")], error_messages={"required": "Say whether they are the same person"}
    )
    reason = forms.CharField(max_length=1000, min_length=SHORTEST_REASON, error_messages=WHY)

    def __init__(self, said: Any, page: ToDecide) -> None:
        super().__init__(said)
        self.fields["other"].choices = [(f"person-{p.person}", p.name) for p, *_ in page.others]  # type: ignore[attr-defined]
        self.fields["number"].error_messages["invalid"] = "Enter the number at the end of the address of their page"

    def clean(self) -> dict[str, Any]:
        """One person, and one only."""
        said: dict[str, Any] = super().clean() or {}
        if bool(said.get("other")) == bool(said.get("number")) and not {"other", "number"} & self.errors.keys():
            self.add_error("other", "Choose one person, or enter the number of another's page; not both")
        return said

    @property
    def whom(self) -> int:
        """The other person's id."""
        said = self.cleaned_data["other"] or self.cleaned_data["number"]
        return int("".join(c for c in said.rstrip("/").replace("-", "/").split("/")[-1] if c.isdigit()))


class AnswerForm(forms.Form):
    """Whether a second person finds so too, and why; whoever said it may only take it back."""

    answer = forms.ChoiceField(error_messages={"required": "Say whether you agree"})
    reason = forms.CharField(max_length=1000, min_length=SHORTEST_REASON, error_messages=WHY)

    def __init__(self, said: Any, *, own: bool) -> None:
        super().__init__(said)
        agree = [] if own else [("agree", "Agree")]
        self.fields["answer"].choices = [*agree, ("decline", "Decline")]  # type: ignore[attr-defined]


class ApartForm(forms.Form):
    """Which of a person's records are somebody else's, and why."""

    away = forms.MultipleChoiceField(
        error_messages={
            "required": "Choose the records that are somebody else's",
            "invalid_choice": "Choose from the records listed",
        }
    )
    reason = forms.CharField(max_length=1000, min_length=SHORTEST_REASON, error_messages=WHY)

    def __init__(self, said: Any, page: ToDecide) -> None:
        super().__init__(said)
        self.ids = {f"{r.source}/{r.key}": r.record for r in page.records}
        self.fields["away"].choices = [(key, key) for key in self.ids]  # type: ignore[attr-defined]

    @property
    def leaving(self) -> list[int]:
        """The records that leave."""
        return [self.ids[key] for key in self.cleaned_data["away"]]
