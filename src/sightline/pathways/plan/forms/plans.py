"""What is asked of a plan: beginning it, its actions, what is held in reserve, and a move overseas."""

from __future__ import annotations

from datetime import date
from typing import Any

from sightline.kernel.moments import local
from sightline.pathways.plan.forms.fields import (
    PageForm,
    day,
    moment,
    one,
    picked,
    some,
    text,
    words,
)
from sightline.pathways.plan.rules.choices import choices

KINDS = [
    ("safety", "Safeguarding plan of one or two agencies"), ("child_in_need", "Child in need plan"), ("early_help", "Early help plan"),
    ("risk_management", "Risk management plan"),
]  # fmt: skip


class StartForm(PageForm):
    """A plan below conference level, which nobody needs a conference for."""

    title = "Begin a plan below conference level"
    says = "For a child at risk who has no plan: one or two agencies can begin one today. Child protection plans begin at a conference."
    press = "Begin the plan"
    kind = one("What kind of plan?", KINDS, "Choose what kind of plan it is")
    outside_family = one(
        "Is the harm outside the family?",
        [("yes", "Yes"), ("no", "No")],
        "Choose one",
        "Then there is a list of options that suit an adolescent.",
    )
    agencies = some("Which agencies act?", missing="Choose which agencies act")
    concern = words("What is the concern?", "Write what the concern is")
    likelihood = words("How likely is harm, and of what kind?", "Write how likely harm is, and of what kind")
    lead = text("Who leads it?", "Enter who leads it")
    what = words("First action: what?", "Write the first action")
    owner = text("First action: who?", "Enter who does it")
    due = moment("First action: by when?", "Enter by when")
    contingency = words("If the plan does not work: what will be done?", "Write what will be done if it does not work")
    contingency_owner = text("And by whom?", "Enter who does that")
    review_on = day("When is it looked at again?", "Enter the day on which it is looked at again")

    def ask(self) -> None:
        """The agencies; one's own chosen to begin with."""
        self.choices("agencies", [(k, a.name) for k, a in self.asking.agencies.items()])
        self.initial.setdefault("agencies", [self.asking.viewer.agency])
        self.initial.setdefault("lead", self.asking.viewer.name)


class ActionForm(PageForm):
    """One action."""

    title = "Agree an action"
    press = "Agree it"
    what = words("What will be done?", "Write what will be done")
    owner = text("By whom? A named person", "Enter who does it: an action without a named person is nobody's")
    agency = picked("Of which agency?", "Choose the agency")
    due = moment("By when?", "Enter by when")
    immediate = one(
        "Is it an agreed separation or move?",
        [("no", "No"), ("yes", "Yes: it is told the hour its time passes")],
        "Choose one",
    )

    def ask(self) -> None:
        """The agencies."""
        self.choices("agency", [("", "Choose")] + [(k, a.name) for k, a in self.asking.agencies.items()])
        self.initial.setdefault("immediate", "no")

    def clean(self) -> dict[str, Any]:
        """A separation is not left for weeks."""
        said = super().clean() or {}
        rules, at = self.asking.standing.limits, self.asking.viewer.at
        if said.get("immediate") == "yes" and said.get("due") and said["due"] > rules.due("separation.immediate", at):
            self.add_error(
                "due",
                f"An agreed separation or move happens within {rules.say('separation.immediate', at)}: enter a time before that",
            )
        return said


def _today(form: PageForm) -> date:
    return local(form.asking.viewer.at).date()


class OptionsForm(PageForm):
    """A list to go through; each choice becomes an action."""

    press = "Record these choices"
    chosen = some("Which of these?")
    owner = text("Who sees that they are done? A named person", hint="For what is chosen")
    due = moment("By when?", hint="For what is chosen. For example 27 3 2027 14:30")
    why_not = words("Why not the others?")

    def ask(self) -> None:
        """The list that the page is for."""
        self.list = choices("police" if self.asking.which == "police" else "outside_family", _today(self))
        self.title, self.says = self.list.title, self.list.says
        self.choices("chosen", [(c.key, c.what) for c in self.list.choices])

    def clean(self) -> dict[str, Any]:
        """What is chosen has an owner and a date; what is not chosen by the police has a reason."""
        said = super().clean() or {}
        if said.get("chosen"):
            self.needs("owner", "Enter who sees that they are done")
            self.needs("due", "Enter by when")
        if len(said.get("chosen") or ()) < len(self.list.choices):
            self.needs("why_not", "Say why the others are not chosen")
        return said


def _open_actions(form: PageForm) -> list[tuple[str, str]]:
    page = form.asking.page
    return [(a.id, f"{a.set_by.get('what')} ({a.set_by.get('owner')})") for a in page.actions if a.open] if page else []


class DoneForm(PageForm):
    """An action is done."""

    title = "An action is done"
    id = one("Which?", missing="Choose which action is done")
    result = words("What came of it for the child?", "Say what came of it")

    def ask(self) -> None:
        """Those still to be done."""
        self.choices("id", _open_actions(self))


class DropForm(DoneForm):
    """An action will not be done."""

    title = "An action will not be done"
    press = "Drop it"
    result = words("Why not, and what is done instead?", "Say why it will not be done, and what is done instead")


class ContingencyForm(PageForm):
    """What was held in reserve is begun."""

    title = "Begin what was agreed in case the plan does not work"
    press = "Begin it"
    what = words("What is begun?", "Write what is begun")
    owner = text("By whom?", "Enter by whom")
    because = words("What did not work?", "Say what did not work")

    def ask(self) -> None:
        """As the plan has it."""
        page = self.asking.page
        if page:
            self.initial.setdefault("what", page.run.first.get("contingency") or "")
            self.initial.setdefault("owner", page.run.first.get("contingency_owner") or "")


class OverseasForm(PageForm):
    """A move overseas."""

    title = "The child is about to move overseas"
    on = day("When?", "Enter when")
    where = text("Where to?", "Enter where to")
    service_family = one(
        "Is it a service family?",
        [("yes", "Yes: a welfare body of the services must be told"), ("no", "No")],
        "Choose one",
    )


class TellServiceForm(PageForm):
    """Telling a service welfare body."""

    title = "Tell the service welfare body"
    press = "Record that they were told"
    body = one("Which?", missing="Choose which")
    who = text("Whom there?", "Enter who was told")
    what = words("What were they told?", "Write what they were told")

    def ask(self) -> None:
        """The named bodies."""
        self.choices("body", [(c.key, c.what) for c in choices("service_bodies", _today(self)).choices])
