"""For whom a paper is made: one reader, chosen by name."""

from __future__ import annotations

from collections.abc import Iterable
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
