"""What is asked on the child's page of their own voice."""

from __future__ import annotations

from typing import Any

from django import forms

BY = (("in_person", "In person"), ("call", "By telephone"), ("text", "By text"), ("email", "By e-mail"), ("letter", "By letter"),
      ("through_somebody", "Through somebody they trust"))  # fmt: skip
INTERPRETED = (("none", "Nobody: none was needed"), ("professional", "A professional interpreter"), ("relative", "A relative"),
               ("friend", "A friend or neighbour"), ("other", "Somebody else"))  # fmt: skip


def _text(label: str, missing: str = "", *, hint: str = "", longest: int = 4000) -> forms.CharField:
    said = {"error_messages": {"required": missing}} if missing else {}
    return forms.CharField(label=label, help_text=hint, required=bool(missing), max_length=longest, **said)  # type: ignore[arg-type]


def _one_of(
    label: str, choices: tuple[tuple[str, str], ...], missing: str = "", *, hint: str = ""
) -> forms.ChoiceField:
    said = {"error_messages": {"required": missing}} if missing else {}
    return forms.ChoiceField(label=label, help_text=hint, required=bool(missing), choices=choices, **said)  # type: ignore[arg-type]


class HeardForm(forms.Form):
    """What the child, or a parent, said; which decision it was for; and what came of it."""

    whose = _one_of(
        "Whose words are they?",
        (("child", "The child's"), ("parent", "A parent's"), ("carer", "A carer's")),
        "Say whose words they are",
    )
    about = _one_of("What are they about?", (("worry", "A worry"), ("wish", "A wish"), ("decision", "A decision to be taken"), ("plan", "The plan"),
                    ("service", "What it was like for them: us, and the others who came")), "Say what they are about")  # fmt: skip
    text = _text("What they said or showed, in their own words", "Write down what they said or showed")
    decision = _text("The decision it was for, if any", longest=300)
    followed = _one_of(
        "Was it done as they wished?",
        (("yes", "Yes"), ("in_part", "In part"), ("no", "No")),
        hint="Leave it open while nothing is decided.",
    )
    changed = _text("What changed because of it", hint="If nothing did, say why below.")
    not_followed_because = _text("Why it was not done, or why it changed nothing")
    told_of_outcome = _one_of("Was the child told so?", (("yes", "Yes"), ("no", "Not yet")))
    asked_by = _one_of("How did you ask them?", BY, hint="Held against how they must never be reached.")
    how = _text("How it was said: words, pictures, play, signing", longest=200)
    language = _text("In what language", longest=60)
    interpreter = _one_of("Who interpreted?", INTERPRETED)
    supporter = _text("Who was there for the child", longest=200)

    def clean(self) -> dict[str, Any]:
        """A wish that was not followed needs its reason; so does a decision that what the child said did not change."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("followed") in ("no", "in_part") and not said.get("not_followed_because"):
            self.add_error("not_followed_because", "Say why it was not done as they wished")
        if said.get("decision") and not (said.get("changed") or said.get("not_followed_because")):
            self.add_error("changed", "Say how it changed the decision, or below why it did not")
        if said.get("told_of_outcome"):
            said["told_of_outcome"] = said["told_of_outcome"] == "yes"
        return said


class ToldForm(forms.Form):
    """What the child or family was told, how, and whether they were reached."""

    whom = _one_of(
        "Whom did you tell?",
        (("child", "The child"), ("parent", "A parent"), ("carer", "A carer"), ("victim", "The victim")),
        "Say whom you told",
    )
    about = _one_of("What was it about?", (("decision", "A decision"), ("next_step", "What happens next"), ("update", "How it stands"),
                    ("service", "A service that could help them"), ("outcome", "What came of it")), "Say what it was about")  # fmt: skip
    what = _text("What you told them, in the words you used", "Say what you told them")
    method = _one_of("How?", BY, "Say how you told them")
    to = _text(
        "Number, address or place, if any",
        longest=200,
        hint="Held against where they must never be reached. It is not kept.",
    )
    present = _text("Who else was, or would be, there", longest=200, hint="Names with commas between them.")
    how = _text("In what form: plain words, easy read, pictures, signing", longest=200)
    language = _text("In what language", longest=60)
    interpreter = _one_of("Who interpreted?", INTERPRETED)
    reached = _one_of("Did you reach them?", (("yes", "Yes"), ("no", "No")), "Say whether you reached them")


class MetForm(forms.Form):
    """Time spent with a child so that they know you; no crime and no worry behind it."""

    where = _text("Where", "Say where you met", longest=200)
    about = _text("What you did or talked about", "Say what you did or talked about")
    role = _one_of("What are you to them?", (("school_officer", "School officer"), ("neighbourhood_officer", "Neighbourhood officer"),
                   ("youth_worker", "Youth worker"), ("other", "Something else")), "Say what you are to them")  # fmt: skip


class TrustedForm(forms.Form):
    """The adult whom this child trusts; or that the one on record has left."""

    left = _text("The one on record has left: why", hint="Leave it empty to name somebody.", longest=300)
    name = _text("Whom does the child trust?", longest=200)
    who_they_are = _text("Who is that to the child", longest=200, hint="Form tutor, aunt, neighbour, health visitor.")
    route = _text("How to reach them", longest=200)
    chosen_by_child = _one_of("Did the child choose them?", (("yes", "Yes"), ("no", "No")))
    review_on = forms.DateField(
        label="When to ask again", required=False, error_messages={"invalid": "Enter a day as 2026-03-27"}
    )

    def clean(self) -> dict[str, Any]:
        """Either who it is and how to reach them, or that they left."""
        said: dict[str, Any] = super().clean() or {}
        if not said.get("left"):
            for name, why in (("name", "Say whom the child trusts"), ("who_they_are", "Say who that is to the child"),
                              ("route", "Say how to reach them"), ("chosen_by_child", "Say whether the child chose them")):  # fmt: skip
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, why)
        return said
