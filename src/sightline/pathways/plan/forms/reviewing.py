"""What is asked at a visit, a core group and a review, of going through the plan with the family, and of the outcome."""

from __future__ import annotations

from typing import Any

from django import forms

from sightline.chronology.view import Happening
from sightline.pathways.plan.forms.fields import TOOK_PART, PageForm, moment, one, picked, some, text, words
from sightline.pathways.plan.rules.choices import languages
from sightline.pathways.plan.rules.outcomes import MONTHS, decided_without_plan, said_of
from sightline.pathways.plan.rules.wording import worded, written_in

UNSAFE_HINT = "What was done about it, and what the child said. Left empty where it was not so"


def _who_was_there() -> tuple[forms.Field, ...]:
    """Where it was, who else was there, and what was done where it should not have been so. Of what has happened nothing is refused."""
    return (
        text("Where?", hint="Home, school, another place"),
        words("Who else was there?", hint="One on a line. Left empty: nobody"),
        words("If it was somewhere, or in front of somebody, where the child is never to be reached", hint=UNSAFE_HINT),
    )


DIFFERENCES = [("changed", "Changed for the better"), ("unchanged", "Unchanged"), ("worse", "Worse")]


class VisitForm(PageForm):
    """A visit."""

    title = "Record a visit"
    visited_at = moment("When?", "Enter when")
    child_seen = one("Was the child seen?", [("yes", "Yes"), ("no", "No")], "Choose whether the child was seen")
    alone = one("Alone?", [("yes", "Yes"), ("no", "No")])
    where, present, unsafe = _who_was_there()


class PlanVisitForm(PageForm):
    """A visit to come."""

    title = "Plan a visit"
    says = "Held against how the child wants to be reached, and where and in front of whom never, before it is kept."
    press = "Plan the visit"
    visit_at = moment("When?", "Enter when")
    who = text("Who visits? A named person", "Enter who visits")
    where = text("Where?", "Enter where: home, school, another place")
    present = words("Who else may be there?", hint="One on a line. Left empty: nobody")
    with_ = text(
        "What does the child need of the visit?", hint="For example an interpreter, a signer, pictures, more time"
    )

    def ask(self) -> None:
        """Whoever asks visits; what the child needs stands there."""
        self.initial.setdefault("who", self.asking.viewer.name)
        needs = self.asking.standing.needs
        helps = (
            [f"an interpreter of {needs.get('language', 'their language')}"]
            if needs.get("interpreter") == "yes"
            else []
        )
        self.initial.setdefault("with_", "; ".join([*helps, *filter(None, [needs.get("communication_needs")])])[:200])


class CoreGroupForm(PageForm):
    """A core group."""

    title = "Record a core group"
    met_at = moment("When?", "Enter when it met")
    attended = some("Who came?", missing="Choose who came")

    def ask(self) -> None:
        """The agencies."""
        self.choices("attended", [(k, a.name) for k, a in self.asking.agencies.items()])


class ReviewForm(PageForm):
    """A review: of each action, what is different for the child."""

    title = "Review the plan"
    says = "Of each action: what is different for the child? That something was done is not a difference."
    press = "Record the review"
    reviewed_at = moment("When was it reviewed?", "Enter when it was reviewed")
    progress = one(
        "Taken together, for the child, things are",
        [("better", "Better"), ("same", "The same"), ("worse", "Worse")],
        "Choose one",
    )
    text = words("What shows it?", "Say what shows it")
    child_took_part = one("How did the child take part?", TOOK_PART, "Choose how the child took part")
    child_views = words("What does the child say or show?")

    def ask(self) -> None:
        """Two questions for each action."""
        page = self.asking.page
        self.held = list(page.actions) if page else []
        asked: dict[str, forms.Field] = {}
        for number, action in enumerate(self.held):
            what = str(action.set_by.get("what"))
            asked[f"difference-{number}"] = one(
                f"{what}: what is different for the child?",
                DIFFERENCES,
                "Choose what is different for the child",
                action.trend.capitalize(),
            )
            asked[f"says-{number}"] = text(f"{what}: what shows it?")
        self.fields = {"reviewed_at": self.fields["reviewed_at"]} | asked | self.fields


class WordsForm(PageForm):
    """The plan in words for the child, or for the parents."""

    title = "Write the plan for the child or the parents"
    says = (
        "In words that the reader uses, and short. It will lie about at home: leave out what the police do, "
        "who told us, and where anybody is who must not be found."
    )
    press = "Keep these words"
    version = one("For whom?", [("child", "The child"), ("parents", "The parents")], "Choose for whom it is")
    language = picked("In which language is it written?", "Choose the language")
    why = words("Why are people worried?", "Write why people are worried, in the reader's words")
    could_happen = words(
        "What should change? For parents: what could happen if it does not", "Write what should change"
    )
    who = words("What have people promised to do?", hint="For the child. Parents see the list of actions")
    you = words("What do we ask of the parents?", hint="For the parents. The child has room to write")
    not_work = words("What happens if this does not help?", "Write what happens if this does not help")

    def ask(self) -> None:
        """What was written last stands there, to be made better."""
        self.choices("language", [("", "Choose"), *languages().items()])
        version, language = self.initial.get("version", ""), self.initial.get("language", "")
        page = self.asking.page
        before = worded(page.run, version, language) if page else None
        for name in ("why", "could_happen", "who", "you", "not_work") if before else ():
            self.initial.setdefault(name, before.get(name) or "" if before else "")

    def clean(self) -> dict[str, Any]:
        """The child is told what people do; parents are told what is asked of them."""
        said = super().clean() or {}
        if said.get("version") == "child":
            self.needs("who", "Write what people have promised to do")
        if said.get("version") == "parents":
            self.needs("you", "Write what we ask of the parents")
        return said


class ExplainForm(PageForm):
    """That the plan was gone through."""

    title = "The plan was gone through with"
    whom = one("With whom?", [("child", "The child"), ("parent", "A parent"), ("carer", "A carer")], "Choose with whom")
    language = picked("In which language?", "Choose the language")
    version = one(
        "From which version?",
        [
            ("parents", "The plain version for parents"),
            ("child", "The child's own version"),
            ("other", "Another: pictures, signing, easy read"),
        ],
        "Choose the version",
    )
    understood = one(
        "Did they understand it, in their own words?",
        [("yes", "Yes"), ("partly", "Partly"), ("no", "No")],
        "Choose one",
    )
    heard = words("What did they say?")
    where, present, unsafe = _who_was_there()

    def ask(self) -> None:
        """The languages there are, and another."""
        self.choices("language", [("", "Choose"), *languages().items(), ("other", "Another, with an interpreter")])

    def clean(self) -> dict[str, Any]:
        """Nobody can go through what nobody has written."""
        said, page = super().clean() or {}, self.asking.page
        version = str(said.get("version") or "")
        if page and version in ("child", "parents") and not written_in(page.run, version):
            self.add_error("version", "Nobody has written that version yet: write it first, or choose another")
        return said


class OutcomeForm(PageForm):
    """Some months on."""

    title = "Is the child safer?"
    months = one(
        "How long after the plan began?", [("3", "3 months"), ("6", "6 months"), ("12", "12 months")], "Choose one"
    )
    outcome = one(
        "The child is",
        [("safer", "Safer"), ("same", "As before"), ("worse", "Worse off"), ("unknown", "Nobody knows")],
        "Choose one",
    )
    evidence = words("What shows it?", "Say what shows it, or what was tried to find out")
    child_says = words("What does the child say?")

    def ask(self) -> None:
        """The first that was not asked yet."""
        said = {e.get("months") for e in self.said()}
        able = [m for m in MONTHS if m not in said]
        self.choices("months", [(str(m), f"{m} months") for m in able])
        self.initial.setdefault("months", str(able[0]) if able else "")

    def said(self) -> tuple[Happening, ...]:
        """What was recorded already."""
        return self.asking.page.run.of("outcome.recorded") if self.asking.page else ()


class ReferralOutcomeForm(OutcomeForm):
    """Some months after a referral that led to no plan."""

    title = "Is the child safer since the referral?"
    says = "Early help, or nothing further, was decided. Whoever looks says whether that was enough."

    def ask(self) -> None:
        """Counted from the decision."""
        super().ask()
        self.fields["months"].label = "How long after the decision on the referral?"

    def said(self) -> tuple[Happening, ...]:
        """What was recorded of that referral already."""
        chronology = self.asking.standing.chronology
        decision = decided_without_plan(chronology)
        return said_of(chronology, decision) if decision else ()


class FollowedForm(PageForm):
    """After an enquiry without a conference."""

    title = "What was the child offered after the enquiry?"
    says = "An enquiry that leads to no conference still found a child somebody was worried about."
    offered = words("What was offered, by whom?", hint="Left empty only if nothing was")
    taken_up = one("Was it taken up?", [("yes", "Yes"), ("no", "No"), ("not_yet", "Not yet")])
    reason = words("If nothing was offered: why")

    def clean(self) -> dict[str, Any]:
        """Something was offered, or there is a reason."""
        said = super().clean() or {}
        if not said.get("offered") and not said.get("reason"):
            self.add_error("offered", "Say what was offered, or why nothing was")
        return said
