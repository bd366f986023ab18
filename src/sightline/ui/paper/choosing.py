"""For whom a paper is made: one reader, chosen by name; and what is asked besides where that is somebody else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms

MISSING = {"required": "Choose who it is for", "invalid_choice": "Choose one of those listed"}


class ReaderForm(forms.Form):
    """One of those who may be chosen."""

    def __init__(self, said: Any, choices: Iterable[tuple[str, str]]) -> None:
        super().__init__(said)
        held = list(choices)
        self.listed = [{"value": key, "text": says} for key, says in held]
        self.fields["to"] = forms.ChoiceField(choices=held, error_messages=MISSING)


@dataclass(frozen=True)
class Asked:
    """One question as a page asks it. With `items` it is chosen from, any number of them with `many`; without, it is written."""

    name: str
    words: str
    hint: str = ""
    items: tuple[dict[str, Any], ...] = ()
    many: bool = False


class GroundsForm(forms.Form):
    """What is asked before a paper goes to somebody else. Whoever keeps what was given says what that is."""

    to = forms.CharField(widget=forms.HiddenInput)
    because = forms.CharField(widget=forms.HiddenInput, initial="said")

    @property
    def asked(self) -> tuple[Asked, ...]:
        """The questions, in order."""
        return ()
