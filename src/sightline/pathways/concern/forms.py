"""What the concern form asks: once for the visit, and once for each child. Nothing here blocks; what does is in rules.py."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django import forms

from sightline.kernel.moments import from_local
from sightline.pathways.concern.rules import FACTS
from sightline.ui.asking import reason_field

YES_NO = (("yes", "Yes"), ("no", "No"))
TOLD = (("yes", "Yes"), ("no", "No"), ("not_told", "Not told, or not asked"))
ENCOUNTERS = (("incident", "An incident or a call"), ("missing", "A child who was missing"), ("custody", "A child in custody"),
              ("exploitation", "Signs of exploitation"), ("stop_search", "A stop and search"), ("other", "Something else"))  # fmt: skip
KINDS = (("domestic abuse", "Domestic abuse"), ("neglect", "Neglect"), ("physical abuse", "Physical abuse"),
         ("sexual abuse", "Sexual abuse"), ("emotional abuse", "Emotional abuse"), ("exploitation", "Exploitation"),
         ("missing", "Missing"), ("online", "Online"), ("parents' own needs", "Parents' own needs"),
         ("minor: no police action needed", "Minor: no police action needed"))  # fmt: skip
GRADES = (("standard", "Somewhat worried: social care should know"), ("medium", "Very worried: harm is likely without help"),
          ("high", "The child is being harmed, or will be soon"))  # fmt: skip
SEEN = (("good", "Good"), ("poor", "Poor"), ("not_seen", "Not seen"))
RISKS = (("alcohol_or_drugs", "Alcohol or drugs"), ("parents_mental_health", "A parent's mental health"), ("violence", "Violence"),
         ("isolation", "Alone, nobody to turn to"), ("money_stress", "Money worries"), ("abuse_before", "Abuse before"),
         ("parents_own_childhood", "A parent's own childhood"), ("animals", "Dangerous or neglected animals"))  # fmt: skip
NOT = (("not_asked", "Not asked"), ("declined", "Asked, declined"))
INJURIES = 3


@cache
def body() -> tuple[dict[str, Any], ...]:
    """The places of the numbered picture."""
    return tuple(yaml.safe_load((Path(__file__).parent / "body.yaml").read_text(encoding="utf-8")))


def nearest(x: int, y: int) -> str:
    """The place of the picture that was pressed."""
    return str(min(body(), key=lambda p: (p["x"] - x) ** 2 + (p["y"] - y) ** 2)["n"])


def _text(longest: int = 4000) -> forms.CharField:
    return forms.CharField(required=False, max_length=longest)


def _one_of(choices: Iterable[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(required=False, choices=list(choices))


def _any_of(choices: Iterable[tuple[str, str]]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(required=False, choices=list(choices))


def _when() -> forms.DateTimeField:
    return forms.DateTimeField(
        required=False, input_formats=["%Y-%m-%dT%H:%M"], error_messages={"invalid": "Enter a day and a time"}
    )


class VisitForm(forms.Form):
    """What is the same for every child of the visit."""

    at = _when()
    encounter = _one_of(ENCOUNTERS)
    kinds = _any_of(KINDS)
    what_happened = _text()
    adult_words = _text()
    household = _text()
    other_children = _text()
    adults_with_access = _text()
    risks = _any_of(RISKS)
    home_food = home_warmth = home_bedding = home_hygiene = home_hazards = home_drugs = home_supervision = _one_of(SEEN)
    home_detail = _text()
    action_taken = _text()
    powers_used = _text(400)
    advice_given = _text(400)
    services_offered = _text(400)
    not_known = _text()
    parents_know = _one_of(TOLD)
    parents_agree = _one_of(TOLD)
    shared_because = _text(1000)

    LISTS = ("household", "other_children", "adults_with_access")

    def said(self) -> dict[str, Any]:
        """The fields of the entry, as far as anything was said."""
        found = _given(self.cleaned_data, leave=("at", *self.LISTS))
        found |= {name: lines for name in self.LISTS if (lines := _lines(self.cleaned_data.get(name)))}
        return found

    def when(self, otherwise: datetime) -> datetime:
        """When the visit was, in UTC; never later than now."""
        at = self.cleaned_data.get("at")
        return min(from_local(at.replace(tzinfo=None)), otherwise) if at else otherwise


class ChildForm(forms.Form):
    """One child's own part."""

    seen = _one_of(YES_NO)
    seen_awake = _one_of(YES_NO)
    spoken_to = _one_of(YES_NO)
    seen_alone = _one_of(YES_NO)
    seen_where = _text(200)
    in_earshot = _text(300)
    unseen_because = _text(1000)
    not_spoken_because = _text(1000)
    safer_opportunity = _text(400)
    safer_by = _when()
    demeanour = _text()
    views = _text()
    wishes = _text()
    school = _text(200)
    gp = _text(200)
    health_visitor = _text(200)
    social_worker = _text(200)
    effect = _text()
    might_happen = _text()
    child_knows = _one_of(TOLD)
    child_agrees = _one_of(TOLD)
    grade = _one_of(GRADES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for fact in FACTS:
            self.fields[fact] = _text(200)
            self.fields[f"{fact}_not"] = _one_of(NOT)
        for n in range(1, INJURIES + 1):
            self.fields[f"injury{n}_where"] = _one_of(
                [("", "Choose a place"), *((str(p["n"]), f"{p['n']}: {p['says']}") for p in body())]
            )
            self.fields[f"injury{n}_what"] = _text(500)
            self.fields[f"injury{n}_photo"] = _text(60)
            self.fields[f"injury{n}_time"] = _text(20)

    def said(self) -> dict[str, Any]:
        """The fields of the entry, as far as anything was said."""
        extra = {name for name in self.cleaned_data if name.startswith("injury") or name.endswith("_not")}
        found = _given(self.cleaned_data, leave=extra)
        found |= {
            name: found[name] == "yes" for name in ("seen", "seen_awake", "spoken_to", "seen_alone") if name in found
        }
        if by := self.cleaned_data.get("safer_by"):
            found["safer_by"] = from_local(by.replace(tzinfo=None))
        left = [fact for fact in FACTS if not self.cleaned_data.get(fact)]
        declined = [fact for fact in left if self.cleaned_data.get(f"{fact}_not") == "declined"]
        found |= {"declined": declined} if declined else {}
        found |= {"not_asked": rest} if (rest := [f for f in left if f not in declined]) else {}
        return found | ({"injuries": found_on} if (found_on := list(self._injuries())) else {})

    def _injuries(self) -> Iterable[str]:
        for n in range(1, INJURIES + 1):
            where, what, photo, time = (
                self.cleaned_data.get(f"injury{n}_{x}") or "" for x in ("where", "what", "photo", "time")
            )
            if where or what:
                place = next((p["says"] for p in body() if str(p["n"]) == where), "place not said")
                yield (
                    f"{place}: {what or 'not described'}"
                    + (f". Photograph {photo}" if photo else "")
                    + (f". Seen {time}" if time else "")
                )


def _given(cleaned: Mapping[str, Any], *, leave: Iterable[str]) -> dict[str, Any]:
    passed = set(leave)
    return {name: value for name, value in cleaned.items() if value not in (None, "", []) and name not in passed}


def _lines(text: object) -> list[str]:
    return [line.strip() for line in str(text or "").splitlines() if line.strip()]


class StartForm(forms.Form):
    """Which children it is about, and what brought the writer to them."""

    children = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple, error_messages={"required": "Choose the child or children it is about"}
    )
    encounter = _one_of(ENCOUNTERS)
    unnamed = forms.CharField(required=False, max_length=60)

    def __init__(self, said: object, choices: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(said, **kwargs)  # type: ignore[arg-type]
        self.fields["children"].choices = list(choices)  # type: ignore[attr-defined]


class AddForm(forms.Form):
    """Something that came up after the form was sent."""

    text = forms.CharField(max_length=4000, error_messages={"required": "Say what you add"})
    views = _text()
    demeanour = _text()


class ReviewForm(forms.Form):
    """What the supervisor thinks of it, for its writer."""

    outcome = forms.ChoiceField(
        choices=(("signed_off", "Sign it off"), ("sent_back", "Send it back for more")),
        error_messages={"required": "Say whether you sign it off"},
    )
    feedback = reason_field("Tell the writer what you think of it")
