"""What is asked when a contact is opened, and of a young person who writes to us."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from sightline.pathways.contact.forms.fields import ANSWERS, GRADES, YES_NO, Choices, as_said, one_of, words, yes
from sightline.pathways.contact.rules import affects_a_child
from sightline.pathways.contact.services.opening import NewPerson

ROUTES: Choices = [
    ("call", "A call: 999 or 101"), ("front_counter", "At the front counter"), ("patrol", "An officer on patrol"),
    ("agency", "Another agency"), ("childrens_home", "A children’s home"), ("intelligence", "Intelligence"),
    ("online", "Online or by text"), ("child_report", "A child’s own report"), ("child_offended", "A report that a child has offended"),
]  # fmt: skip
CHANNELS = {"call": "999", "front_counter": "in_person", "patrol": "in_person", "agency": "agency", "childrens_home": "agency",
            "intelligence": "intelligence", "online": "online", "child_report": "other", "child_offended": "other"}  # fmt: skip
KINDS: Choices = [
    ("concern_for_child", "Worry about a child"), ("domestic_abuse", "Domestic abuse"), ("missing", "Somebody missing"),
    ("assault", "Assault"), ("sexual_offence", "Sexual offence"), ("neglect", "Neglect"), ("exploitation", "Exploitation"),
    ("online_abuse", "Abuse online"), ("antisocial", "Neighbours, or antisocial behaviour"), ("crime", "Another crime"),
    ("welfare_check", "Somebody’s welfare or mental health"), ("disturbance", "Disturbance"), ("other", "Something else"),
]  # fmt: skip
CALLERS: Choices = [
    ("child", "The child"), ("parent", "A parent"), ("ex_partner", "A former partner"), ("relative", "A relative"),
    ("neighbour", "A neighbour"), ("passer_by", "A passer-by"), ("professional", "Somebody at work"), ("anonymous", "Gives no name"),
    ("other", "Somebody else"),
]  # fmt: skip
PARTS: Choices = [("child", "A child in this"), ("adult", "An adult in this"), ("suspect", "May be a danger"), ("reporter", "Is the caller"),
                  ("", "Has no part in it")]  # fmt: skip
ASKED = ("children_live_there", "children_present", "children_saw_or_heard", "child_linked_to_adult")
SAID = ("route", "own_words", "kind", "caller_is", "relationship", "graded", "grade_reason")
MOST_UNNAMED, MOST_NAMED = 6, 3


class ContactForm(forms.Form):
    """One contact, from whatever route; the four questions about children are asked whatever it is called about."""

    route = one_of("How did this reach you?", ROUTES, says="Say how this reached you")
    own_words = words("What do they say, in their own words?", long=True, required=True, most=8000,
                       says="Write down what they say", hint="As they say it, not as it should be put.")  # fmt: skip
    kind = one_of("What is it about?", KINDS, says="Say what it is about")
    place = words("Where is it?", hint="An address, or where they are now. Leave empty if it is not known.", most=300)
    children_live_there = one_of("Do children live there?", ANSWERS, says="Say whether children live there")
    children_present = one_of("Is a child there now?", ANSWERS, says="Say whether a child is there now")
    children_saw_or_heard = one_of("Did a child see or hear it?", ANSWERS, says="Say whether a child saw or heard it")
    child_linked_to_adult = one_of(
        "Does anybody named live with, look after or see children elsewhere?", ANSWERS,
        says="Say whether anybody named has to do with children elsewhere",
    )  # fmt: skip
    unnamed = forms.IntegerField(
        label="How many children are in it whom nobody can name?", min_value=0, max_value=MOST_UNNAMED, required=False, initial=0,
        help_text="Each is counted, and looked for until somebody has seen them.",
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), f"Enter a number from 0 to {MOST_UNNAMED}"),
    )  # fmt: skip
    suspect_name = words(
        "Name of an adult who may be a danger", hint="Leave empty if they are shown above, or nobody knows.", most=200
    )
    caller_is = one_of("Who is telling you?", CALLERS, says="Say who is telling you")
    relationship = words(
        "What are they to the child, as they say it?", hint="For example: lives next door, her mum’s ex.", most=200
    )
    child_said_safe = one_of("Do they say that the child is safe?", [*YES_NO, ("", "Not said")], required=False)
    recovery = one_of("Is a child thought to be at a known address with an adult who may harm them?", YES_NO,
                    says="Say whether a child is thought to be with an adult who may harm them")  # fmt: skip
    language = words("Which language do the child and family speak?", most=100)
    interpreter = one_of("Is an interpreter needed?", [*YES_NO, ("", "Not known")], required=False)
    disability = words("Has the child a disability?", hint="In their words. Leave empty if it is not known.", most=300)
    communication_needs = words(
        "What helps the child to understand and be understood?", hint="Signing, pictures, more time, a person they trust.", most=300
    )  # fmt: skip
    graded = one_of("How soon does somebody go?", GRADES, says="Say how soon somebody goes")
    grade_reason = words("Why this grade, where it is not the least that is allowed", long=True)

    def __init__(
        self, said: object = None, *, people: Mapping[int, str], initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(said, initial=initial)  # type: ignore[arg-type]
        self.people = people
        for n in range(1, MOST_NAMED + 1):
            self.fields[f"name_{n}"] = words(f"Name of child {n}, who is not shown above", most=200)
            self.fields[f"age_{n}"] = words(f"Age or date of birth of child {n}", most=60)
        for person, name in people.items():
            self.fields[f"part_{person}"] = one_of(f"What is {name} in this?", PARTS, required=False)

    @property
    def answers(self) -> tuple[str | None, ...]:
        """The answers to the four questions about children."""
        return tuple(self.cleaned_data.get(name) for name in ASKED)

    def clean(self) -> dict[str, Any]:
        """Somebody is named or counted wherever a child may be part of it: a child whom nobody lists is looked for by nobody."""
        said: dict[str, Any] = super().clean() or {}
        children = self.in_part("child") or self.named() or said.get("unnamed")
        if not children and "kind" in said and affects_a_child(said["kind"], self.answers):
            self.add_error(
                "unnamed",
                "Choose or name the child, or say how many children nobody can name: where it is not known, at least 1",
            )
        elif not children and not self.in_part("adult", "suspect", "reporter") and not said.get("suspect_name"):
            self.add_error("suspect_name", "Choose or name somebody: what names nobody is found by nobody")
        if said.get("recovery") == "yes" and not said.get("place"):
            self.add_error("place", "Enter the address where the child is thought to be")
        return said

    def opening(self, team: int | None) -> dict[str, Any]:
        """What opens the contact, once all of it is answered: who is in it, known and new, what was said, and where."""
        said, told = self.cleaned_data, as_said(self, SAID)
        wants = as_said(self, ("language", "disability", "communication_needs"))
        told |= wants | {name: said[name] for name in ASKED if name != "children_present"} | {
            "channel": CHANNELS[said["route"]], "children_present": yes(said["children_present"]),
            "recovery": True if said["recovery"] == "yes" else None, "told_child_is_safe": yes(said["child_said_safe"]),
            "interpreter": yes(said["interpreter"]), "child_affected": affects_a_child(said["kind"], self.answers),
            "low_level": True if said["graded"] == "no_attendance" else None, "team": str(team or ""),
        }  # fmt: skip
        parts = {p: said[f"part_{p}"] for p in self.people if said.get(f"part_{p}")}
        held = {k: v for k, v in told.items() if v not in (None, "")}
        return {"parts": parts, "new": self._new(wants), "said": held, "place": said["place"]}

    def _new(self, wants: dict[str, Any]) -> list[NewPerson]:
        said = self.cleaned_data
        known = wants | {"interpreter": yes(said["interpreter"])}
        known |= {"disability": [wants["disability"]]} if "disability" in wants else {}
        new = [NewPerson("child", name, age, known) for name, age in self.named()]
        new += [NewPerson("child", known=known)] * (said.get("unnamed") or 0)
        return new + ([NewPerson("suspect", said["suspect_name"])] if said.get("suspect_name") else [])

    def in_part(self, *parts: str) -> list[int]:
        """Those of the people shown who have one of these parts in it."""
        return [p for p in self.people if self.cleaned_data.get(f"part_{p}") in parts]

    def named(self) -> list[tuple[str, str]]:
        """Children named here, each with the age as it was said."""
        held = [
            (self.cleaned_data.get(f"name_{n}"), self.cleaned_data.get(f"age_{n}")) for n in range(1, MOST_NAMED + 1)
        ]
        return [(name, age or "") for name, age in held if name]


class YoungForm(forms.Form):
    """What a young person who writes to us is asked: little, and how they can be answered safely."""

    own_words = words("What is happening?", long=True, required=True, most=8000, says="Tell us what is happening, in your own words",
                       hint="Use your own words. You can say as little as you like.")  # fmt: skip
    called = words("What should we call you?", hint="It need not be your real name.", most=100)
    age = words("How old are you?", most=20)
    place = words("Where are you?", hint="An address, or a place we would find. You can leave this empty.", most=300)
    now = one_of("Are you in danger right now?", [("yes", "Yes"), ("no", "No"), ("not_known", "I’m not sure")],
               says="Say if you are in danger right now")  # fmt: skip
    how = one_of(
        "How is it safe to answer you?",
        [("text", "Text me"), ("call", "Call me"), ("email", "Email me"), ("school", "Through somebody at my school or college"),
         ("not", "Do not answer me: just read this")],
        says="Choose how it is safe to answer you",
    )  # fmt: skip
    reach = words("Your number, email or school", most=200)
    when = words("When is it safe, and what should we say if somebody else answers?", hint="For example: after 4pm, say it is the dentist.",
                  most=300)  # fmt: skip
    watched = one_of("Might the person you are worried about see your phone or messages?", [("yes", "Yes"), ("no", "No"), ("not_known", "Not sure")],
                   says="Say if somebody might see your messages")  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Whoever wants to be answered says where."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("how") in ("text", "call", "email", "school") and not said.get("reach"):
            self.add_error("reach", "Enter a number, an email or a school, or choose that we should not answer")
        return said
