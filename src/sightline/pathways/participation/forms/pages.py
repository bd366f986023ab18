"""What each page of taking part asks; every one writes one entry."""

from __future__ import annotations

from typing import Any

from django import forms

from sightline.pathways.participation.forms.asking import PageForm, choice_field, line_field, moment_field, text_field

UNDERSTOOD = (("yes", "Yes: what they said back was right"), ("in_part", "In part"), ("no", "No, or they said nothing"))
YES_NO = (("yes", "Yes"), ("no", "No"))
MEASURES = ("Recorded evidence instead of telling it in court", "Questions by the defence recorded beforehand", "A live link from another room",
            "Screens in the courtroom", "An intermediary who helps them understand and be understood", "The public kept out",
            "Wigs and gowns off", "Pictures, signs or a device to answer with")  # fmt: skip


class ClosingForm(PageForm):
    """Why nothing more is done, explained so that the child can say it back; whom they can come back to, and how."""

    kind, title = "closing.explained", "Explain to the child why nothing more is done"
    guide = "visit"
    contact = line_field(
        "Whom can the child come back to?", "Say whom the child can come back to", "A name, and who that is"
    )
    route = line_field(
        "How do they reach that person?",
        "Say how the child reaches them",
        "A number, a place, a time: one that is safe for the child",
    )
    what = text_field("What you told the child, in the words you used", "Say what you told the child")
    said_back = text_field(
        "What the child said it means",
        "Write down what the child said it means",
        "Ask: tell me what you will do if it happens again",
    )
    understood = choice_field("Was it understood?", UNDERSTOOD, "Say whether the child understood it")


class AdvocateForm(PageForm):
    """An advocate or mediator offered, and the answer."""

    kind, title = "advocate.offered", "Somebody at their side was offered"
    who = choice_field("Who was offered?", (("advocate", "An advocate"), ("mediator", "A mediator"), ("victims_adviser", "An adviser for victims"),
                 ("mentor", "A mentor"), ("other", "Somebody else")), "Say who was offered")  # fmt: skip
    agency = line_field("Of which agency or charity?", "Say of which agency or charity")
    to = choice_field("Offered to whom?", (("child", "The child"), ("parent", "A parent"), ("carer", "A carer"), ("family", "The family")),
                "Say to whom it was offered")  # fmt: skip
    answer = choice_field("What did they say?", (("accepted", "Yes"), ("declined", "No"), ("thinking_about_it", "Thinking about it")),
                    "Say what they answered")  # fmt: skip
    because = text_field("Why, in their words")


class AdvocateCameForm(PageForm):
    """What came of an advocate or mediator."""

    kind, title = "advocate.used", "What came of the advocate or mediator"
    agency = line_field("Of which agency or charity?", "Say of which agency or charity")
    did = text_field("What they did for the child or family", "Say what they did")
    effect = choice_field("Did it help?", (("helped", "It helped"), ("no_change", "No change"), ("made_worse", "It made things worse"),
                    ("never_began", "It never began")), "Say whether it helped")  # fmt: skip
    changed = text_field("What changed because of it", hint="If it never began, why not.")


class ComplaintForm(PageForm):
    """A complaint, in the words of whoever makes it."""

    kind, title = "complaint.received", "Write down a complaint"
    says = "It stays with this case, and a supervisor is told to look at it. Whoever complains loses nothing by it."
    flags = ()
    from_ = choice_field("Who complains?", (("child", "The child"), ("parent", "A parent"), ("carer", "A carer"), ("relative", "A relative"),
                   ("advocate", "An advocate"), ("other", "Somebody else")), "Say who complains")  # fmt: skip
    about = choice_field(
        "What about?",
        (
            ("delay", "It takes too long"),
            ("attitude", "How somebody behaved to them"),
            ("not_believed", "They were not believed"),
            ("not_told", "They were told nothing"),
            ("decision", "A decision"),
            ("other", "Something else"),
        ),
        "Say what it is about",
    )
    text = text_field("What they say, in their own words", "Write down what they say")

    @property
    def said(self) -> dict[str, Any]:
        """The same, by the name that the entry has for who complains."""
        found = super().said
        return found | {"from": found.pop("from_")}


class AnswerForm(PageForm):
    """A supervisor's answer to a complaint."""

    kind, title, press = "complaint.answered", "Look at the case, and answer the complaint", "Answer it"
    which = choice_field("Which complaint?", (), "Say which complaint you answer")
    outcome = choice_field(
        "What did you find?",
        (
            ("upheld", "They are right"),
            ("partly_upheld", "They are right in part"),
            ("not_upheld", "It was not so"),
            ("withdrawn", "They took it back"),
        ),
        "Say what you found",
    )
    text = text_field("What you tell them, and what is done now", "Say what you tell them and what is done now")


class AppointmentForm(PageForm):
    """An appointment that did not take place."""

    kind, title = "appointment.cancelled", "An appointment did not take place"
    flags = ("child_told",)
    what = line_field("Which appointment?", "Say which appointment")
    by = choice_field("Who cancelled it?", (("us", "We did"), ("another_agency", "Another agency"), ("child", "The child"), ("family", "The family")),
                "Say who cancelled it")  # fmt: skip
    because = text_field("Why", "Say why", longest=1000)
    instead = moment_field("When is it instead?")
    child_told = choice_field("Was the child told before?", YES_NO)


class WorkerForm(PageForm):
    """Somebody else is now the child's worker."""

    kind, title = "worker.changed", "Somebody else is the child's worker now"
    flags = ("goodbye_said",)
    role = line_field(
        "What are they to the child?",
        "Say what they are to the child",
        "Social worker, investigating officer, health visitor",
    )
    before = line_field("Who was it before?", "Say who it was before")
    now = line_field("Who is it now?", "Say who it is now")
    because = text_field("Why", "Say why", longest=1000)
    goodbye_said = choice_field("Did the one who goes say goodbye, and the new one meet the child?", YES_NO)


class MeasuresForm(PageForm):
    """Special measures, explained early; and what the child chooses."""

    kind, title = "special_measures.chosen", "Special measures: what the child chooses"
    says = "Explain them before anybody interviews the child, one at a time. The choice is the child's, and they may change it."
    guide = "interview"
    explained = forms.MultipleChoiceField(label="Which did you explain?", choices=[(m, m) for m in MEASURES], widget=forms.CheckboxSelectMultiple,
                                          error_messages={"required": "Say which you explained"})  # fmt: skip
    wanted = forms.MultipleChoiceField(label="Which does the child want?", choices=[(m, m) for m in MEASURES], required=False,
                                       widget=forms.CheckboxSelectMultiple)  # fmt: skip
    choice = text_field("What the child said about it", "Write down what the child said about it")
    how = line_field("How you explained it", hint="Words, pictures, a visit to the court")
    asked_for = choice_field(
        "Were they asked for?",
        (
            ("yes", "Yes, of the prosecutor or the court"),
            ("not_yet", "Not yet"),
            ("nothing_wanted", "The child wants none"),
        ),
        "Say whether they were asked for",
    )

    def clean(self) -> dict[str, Any]:
        """What is wanted was explained; what was explained and is not wanted is kept too."""
        said: dict[str, Any] = super().clean() or {}
        wanted, explained = said.get("wanted") or [], said.get("explained") or []
        if set(wanted) - set(explained):
            self.add_error("wanted", "The child can only choose what was explained to them")
        if wanted and said.get("asked_for") == "nothing_wanted":
            self.add_error("asked_for", "The child wants some: say whether they were asked for")
        return said | {"not_wanted": [m for m in explained if m not in wanted]}


class BailForm(PageForm):
    """Conditions given in plain words, whether they can be kept, and what help was offered."""

    kind, title = "bail.explained", "Bail conditions in plain words"
    lists = ("conditions",)
    to = choice_field(
        "To whom did you explain them?",
        (("child", "The child"), ("parent", "A parent"), ("carer", "A carer"), ("supporter", "A supporter")),
        "Say to whom you explained them",
    )
    conditions = text_field(
        "The conditions in the words you used", "Write down the conditions in the words you used", "One a line"
    )
    workable = choice_field(
        "Can they be kept?", (("yes", "Yes, all"), ("in_part", "Not all"), ("no", "No")), "Say whether they can be kept"
    )
    clashes = text_field(
        "What they clash with", hint="School, work, home, brothers and sisters, appointments, money for the bus"
    )
    help_offered = text_field("What help was offered to keep them", "Say what help was offered, or that none was")
    change_asked = text_field("Who was asked to change them, and when")

    def clean(self) -> dict[str, Any]:
        """What cannot be kept says why, and who was asked to change it."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("workable") in ("in_part", "no"):
            self.needs("clashes", "Say what the conditions clash with")
            self.needs("change_asked", "Say who was asked to change them")
        return said


class RightsForm(PageForm):
    """Custody rights, until the child can say them back."""

    kind, title = "rights.explained", "Custody rights in the child's own words"
    says = "A free solicitor; somebody told that they are here; an adult beside them; the rules to read. One at a time, each said back."
    guide = "custody"
    flags = ("adult_present",)
    words = text_field("The words you used", "Write down the words you used")
    said_back = text_field(
        "What the child said back",
        "Write down what the child said back",
        "As they said it. That they nodded is not an answer.",
    )
    understood = choice_field("Was it understood?", UNDERSTOOD, "Say whether the child understood them")
    adult_present = choice_field(
        "Was the appropriate adult there?", YES_NO, "Say whether the appropriate adult was there"
    )


class InterviewForm(PageForm):
    """An interview with the child, with the guide beside it."""

    kind, title = "interview.held", "Interview with the child"
    guide = "interview"
    flags = ("recorded", "joint", "intermediary_used", "in_presence_of_suspect", "asked_to_stop", "went_on")
    lists = ("interviewers",)
    recorded = choice_field("Is it recorded?", YES_NO, "Say whether it is recorded")
    joint = choice_field("Police and social care together?", YES_NO)
    interviewers = text_field("Who asked", hint="One a line", longest=400)
    intermediary_used = choice_field("Was an intermediary there?", YES_NO)
    in_presence_of_suspect = choice_field("Was the suspect, or somebody who speaks for them, within hearing?", YES_NO)
    minutes = forms.IntegerField(label="How many minutes it took", required=False, min_value=0, max_value=1000)
    times_asked = forms.IntegerField(
        label="How often the child has now been asked to tell it", required=False, min_value=1, max_value=100
    )
    asked_to_stop = choice_field("Did the child ask to stop?", YES_NO)
    went_on = choice_field("Did it go on after that?", YES_NO)
