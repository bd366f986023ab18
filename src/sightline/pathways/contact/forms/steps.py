"""What each step of an incident asks. A step's fields go by the names of its entry's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms

from sightline.pathways.contact.forms.fields import ANSWERS, GRADES, YES_NO, because, moment, one_of, words
from sightline.pathways.contact.rules import least_at_the_scene

SYSTEMS = [("crime", "Crime records"), ("intelligence", "Intelligence"), ("child_abuse", "Child abuse investigations"),
           ("child_protection", "Child protection plans"), ("social_care", "Social care"), ("missing", "Missing people"),
           ("custody", "Custody"), ("offender_management", "Offender management"), ("command_and_control", "Earlier calls")]  # fmt: skip
STAGES = [("before_dispatch", "Before somebody was sent"), ("before_arrest_decision", "Before the decision about arrest"),
          ("before_leaving", "Before leaving the scene")]  # fmt: skip


class StepForm(forms.Form):
    """One step. `at` is when the page was asked for: some of what is asked is dated."""

    def __init__(self, said: object = None, *, at: Any = None) -> None:
        super().__init__(said)  # type: ignore[arg-type]
        self.at = at


class Dispatch(StepForm):
    """Who goes."""

    unit = words("Who goes?", hint="A name or call sign.", required=True, says="Say who goes", most=200)
    officer = words(
        "Their user name",
        hint="Opens what is known of the children to them. Leave empty if they search for themselves.",
        most=150,
    )


class Arrive(StepForm):
    """Nothing but that somebody is there."""


class Delay(StepForm):
    """Why whoever goes will be late."""

    reason = because("Why will they be late?", "Say why they will be late", "The duty inspector is told at once.")
    expected = moment("When are they expected?", "Leave empty if nobody knows.")


class StandDown(StepForm):
    """Why nobody goes."""

    reason = because(
        "Why does nobody go?", "Say why nobody goes", "While a child is not seen only an inspector can decide this."
    )


class Check(StepForm):
    """Which systems were searched, and when in the course of it."""

    stage = one_of("When was this?", STAGES, says="Say when this was")
    systems = forms.MultipleChoiceField(
        label="What was searched?", choices=SYSTEMS, error_messages={"required": "Choose what was searched"}
    )
    found = words("What was found?", hint="Say so too if a system could not be searched.", long=True)


class Relay(StepForm):
    """To whom the message was passed."""

    to = words("Who was told?", required=True, says="Say who was told", most=200)


class Regrade(StepForm):
    """Another grade, and why."""

    graded = one_of("How soon does somebody go?", GRADES, says="Say how soon somebody goes")
    reason = because("Why?", "Say why the grade changes", "Who called is no reason.")


class Doubt(StepForm):
    """Why somebody thinks it malicious."""

    reason = because(
        "Why do you think that this report is malicious?", "Say why you think it malicious",
        "A supervisor has to agree before it is treated so. Until then it is dealt with as any other.",
    )  # fmt: skip


class Agree(StepForm):
    """A supervisor's word on it."""

    agreed = one_of("Do you agree that it is malicious?", YES_NO, says="Say whether you agree")
    reason = because("Why?", "Say why")


class Ask(StepForm):
    """A question to a specialist."""

    of = words("Whom do you ask?", hint="The specialist on call.", required=True, says="Say whom you ask", most=200)
    question = words("What do you ask?", long=True, required=True, says="Say what you ask")


class Answer(StepForm):
    """The specialist's answer."""

    text = words("What is the answer?", long=True, required=True, says="Say what the answer is")
    adviser = words("Who gave it?", required=True, says="Say who gave it", most=200)


class Crime(StepForm):
    """The offence that is recorded."""

    offence = words("Which offence?", required=True, says="Say which offence", most=300)
    category = one_of(
        "What kind of offence?",
        [("violence", "Violence"), ("sexual", "Sexual"), ("cruelty_neglect", "Cruelty or neglect"), ("exploitation", "Exploitation"),
         ("online", "Online"), ("theft_damage", "Theft or damage"), ("drugs", "Drugs"), ("public_order", "Public order"), ("other", "Other")],
        says="Say what kind of offence",
    )  # fmt: skip
    child_is = one_of(
        "What is the child in it?",
        [("victim", "Victim"), ("suspect", "Suspect"), ("both", "Both"), ("witness", "Witness"), ("present", "Was there"),
         ("none", "Has no part in it")],
        says="Say what the child is in it",
    )  # fmt: skip


class NoCrime(StepForm):
    """Why no offence is recorded."""

    reason = because(
        "Why is no offence recorded?",
        "Say why no offence is recorded",
        "What shows that there was none, and who decided it.",
    )


class AskCancel(StepForm):
    """Why a recorded offence should be cancelled, and what shows it."""

    reason = because("Why should the offence be cancelled?", "Say why it should be cancelled")
    evidence = words(
        "What shows that it did not happen?", long=True, required=True, says="Say what shows that it did not happen"
    )


class Cancel(StepForm):
    """The reviewer's decision."""

    new = one_of(
        "Does something new, which can be checked, show that it did not happen?",
        YES_NO,
        says="Say whether something new shows it",
    )
    evidence = words("What did you look at?", long=True, required=True, says="Say what you looked at")
    reason = because("Why is it cancelled?", "Say why it is cancelled")


class Seen(StepForm):
    """Who saw the child, where and when, and how the child was. Whoever is told of it by telephone names who saw them."""

    seen_by = words("Who saw the child?", hint="A name. Leave empty if you saw the child yourself.", most=200)
    seen_by_agency = words("Which agency are they of?", hint="Leave empty if you saw the child yourself.", most=200)
    where = words("Where was the child seen?", required=True, says="Say where the child was seen", most=200)
    when = moment("When was that?", "Leave empty if it is just now.")
    alone = one_of("Was the child seen alone?", YES_NO, says="Say whether the child was seen alone")
    spoken_to = one_of("Was the child spoken to?", YES_NO, says="Say whether the child was spoken to")
    safe = one_of("Is the child safe now?", [*YES_NO, ("", "Not sure")], required=False)
    demeanour = words(
        "How was the child?", hint="What you saw: calm, tearful, watching a parent, would not look up.", long=True
    )
    views = words("What did the child say?", hint="In the child’s own words.", long=True)
    injuries = words("Injuries, and where", long=True)
    interpreter_used = one_of("Was an interpreter used?", [*YES_NO, ("", "None was needed")], required=False)

    def clean(self) -> dict[str, Any]:
        """Somebody else is named with their agency."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("seen_by") and not said.get("seen_by_agency"):
            self.add_error("seen_by_agency", "Say which agency whoever saw the child is of")
        elif said.get("seen_by_agency") and not said.get("seen_by"):
            self.add_error("seen_by", "Name whoever saw the child")
        return said


class Scene(StepForm):
    """The least that is done, and what the home is like."""

    done = forms.MultipleChoiceField(label="What was done?", choices=[], required=False)
    not_done_because = words("Why was the rest not done?", long=True)
    parent_intoxicated = one_of(
        "Was a parent or carer drunk, or under the influence of drugs?",
        ANSWERS,
        says="Say whether a parent was under the influence",
    )
    drugs_about = one_of(
        "Were there drugs, needles or the like about?", ANSWERS, says="Say whether there were drugs about"
    )
    children_unsupervised = one_of(
        "Were children left without anybody to look after them?", ANSWERS, says="Say whether children were left alone"
    )
    conditions = words("What is the home like?", hint="Heat, food, beds, cleanliness, dangers, animals.", long=True, required=True,
                       says="Say what the home is like")  # fmt: skip

    def __init__(self, said: object = None, *, at: Any = None) -> None:
        super().__init__(said, at=at)
        least = least_at_the_scene(at.date())[0]
        self.fields["done"].choices = [(a.action, a.says) for a in least]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What is left undone is left for a reason."""
        said: dict[str, Any] = super().clean() or {}
        left = len(said.get("done") or []) < len(self.fields["done"].choices)  # type: ignore[attr-defined]
        if left and not said.get("not_done_because"):
            self.add_error("not_done_because", "Say why the rest was not done")
        return said


class Arrest(StepForm):
    """Whether an arrest was considered, in the light of the history."""

    decision = one_of(
        "What was decided?",
        [("arrest", "Arrest"), ("voluntary_attendance", "They come by arrangement"), ("not_now", "Not now"), ("no", "No arrest")],
        says="Say what was decided",
    )  # fmt: skip
    reason = words("Why, in the light of the history shown above?", long=True)

    def clean(self) -> dict[str, Any]:
        """No arrest takes a reason."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("decision") not in (None, "arrest") and len(said.get("reason", "")) < 10:
            self.add_error("reason", "Say why nobody was arrested, in the light of the history")
        return said


class Review(StepForm):
    """How a contact was taken, as somebody heard who listened to it."""

    tone = one_of(
        "How was the caller spoken to?",
        [("respectful", "With respect"), ("hurried", "In a hurry"), ("doubting", "With doubt"), ("dismissive", "Dismissively")],
        says="Say how the caller was spoken to",
    )  # fmt: skip
    words = words("What could be better?", long=True)


class Close(StepForm):
    """What came of it."""

    outcome = one_of(
        "What came of it?",
        [("passed_on", "Passed on: a concern or a referral was sent"), ("safe", "Each child is safe, and nothing more is needed"),
         ("crime", "A crime is being investigated"), ("nothing_found", "Nothing was found"), ("malicious", "Malicious, as a supervisor agreed"),
         ("other", "Something else")],
        says="Say what came of it",
    )  # fmt: skip
    reason = because(
        "Why is it closed?",
        "Say why it is closed",
        "While a child is not seen only an inspector can close it, and says why.",
    )


@dataclass(frozen=True)
class Asks:
    """A step's entry, form and words. `at_the_door`: one of those that an officer takes there."""

    kind: str
    form: type[StepForm]
    title: str
    press: str
    at_the_door: bool = False


STEPS: dict[str, Asks] = {
    "dispatched": Asks("attendance.dispatched", Dispatch, "Send somebody", "Record who goes"),
    "delayed": Asks("attendance.delayed", Delay, "Somebody will be late", "Record the delay"),
    "relay": Asks("dispatch.relayed", Relay, "Tell whoever goes", "Record that it was passed on"),
    "arrived": Asks("attendance.arrived", Arrive, "Somebody is there", "Record arrival", True),
    "seen": Asks("child.seen", Seen, "The child was seen", "Record that the child was seen", True),
    "scene": Asks("scene.recorded", Scene, "At the scene", "Record what was found and done", True),
    "arrest": Asks("arrest.considered", Arrest, "Consider arrest", "Record the decision", True),
    "checked": Asks("contact.checked", Check, "Systems were searched", "Record the search", True),
    "advice": Asks("advice.requested", Ask, "Ask a specialist", "Record the question", True),
    "advised": Asks("advice.given", Answer, "Record the answer", "Record the answer", True),
    "grade": Asks("contact.regraded", Regrade, "Change the grade", "Change the grade"),
    "stand-down": Asks("attendance.cancelled", StandDown, "Nobody goes", "Record that nobody goes"),
    "crime": Asks("crime.recorded", Crime, "Record a crime", "Record the crime"),
    "no-crime": Asks("crime.declined", NoCrime, "Record that there was no crime", "Record the decision"),
    "cancel-crime": Asks("crime.cancelling", AskCancel, "Ask that a crime be cancelled", "Send it for review"),
    "review-crime": Asks("crime.cancelled", Cancel, "Review a crime to be cancelled", "Cancel the crime"),
    "malicious": Asks("contact.doubted", Doubt, "Say that it is malicious", "Send it to a supervisor"),
    "agree-malicious": Asks("contact.doubted", Agree, "A report said to be malicious", "Record the decision"),
    "review": Asks("contact.reviewed", Review, "Review how it was taken", "Record the review"),
    "close": Asks("contact.closed", Close, "Close the incident", "Close the incident"),
}
