"""What is asked of whoever hands a plan on, of whoever accepts it or does not, and of whoever ends it."""

from __future__ import annotations

from typing import Any

from sightline.kernel.moments import local
from sightline.pathways.plan.forms.fields import PageForm, day, one, picked, text, words
from sightline.pathways.plan.forms.settling import (
    OUTCOMES,
    ask_what_becomes,
    ask_who_goes_on,
    check_what_becomes,
    check_who_goes_on,
    gone_with,
)
from sightline.pathways.plan.queries.runs import ending_with
from sightline.pathways.plan.rules.actions import Left, left_open, not_going_on


def _left(form: PageForm) -> tuple[Left, ...]:
    asking, page = form.asking, form.asking.page
    return left_open(ending_with(asking.viewer, asking.standing, page.run)) if page else ()


class HandoverForm(PageForm):
    """Offering the plan to a named person."""

    title = "Offer the plan to somebody else"
    says = "Whoever holds it now stays responsible until the other has accepted. Say of each action whether it goes on."
    press = "Offer it"
    way = one(
        "What is it?",
        [
            ("step_down", "Step down: less than a child protection plan from now on"),
            ("transfer", "Transfer to another authority"),
        ],
        "Choose one",
    )
    post = picked("To whom? A named person", "Choose who is asked to accept it")
    to_plan = one(
        "What plan goes on?",
        [
            ("child_in_need", "Child in need plan"),
            ("early_help", "Early help plan"),
            ("child_protection", "Child protection plan"),
        ],
        "Choose what plan goes on",
    )
    outcome = one("Since the plan began, the child is", OUTCOMES, "Choose what has come of the plan so far")
    evidence = words("What shows it?", "Say what shows it, or what was tried to find out")
    reason = words("Why is it safe for the child?", "Say why it is safe for the child")
    carries_over = words("What else must not be lost: people, warnings")

    def ask(self) -> None:
        """Posts of those who may be asked; of each action still to be done, what becomes of it."""
        able = [
            (str(p.post), f"{p.name}, {p.role}, {p.agency_name}")
            for p in self.asking.posts
            if p.post != self.asking.viewer.post_id
        ]
        self.choices("post", [("", "Choose"), *able])
        self.left = _left(self)
        ask_what_becomes(self, self.left, ("carry", "done", "drop"))

    def clean(self) -> dict[str, Any]:
        """A step down is to less, and not while things get worse; a transfer is to another agency, of the same plan."""
        said = super().clean() or {}
        down = said.get("way") == "step_down"
        if down and said.get("to_plan") == "child_protection":
            self.add_error("to_plan", "A step down goes to a child in need or an early help plan")
        if down and said.get("outcome") == "worse":
            self.add_error(
                "outcome", "A plan is not stepped down while the child is worse off: change it, or review it"
            )
        check_what_becomes(self, self.left)
        return said


class AcceptForm(PageForm):
    """Accepting it, with its actions, and what is done if the plan does not work from now on."""

    title = "Accept the plan"
    says = "From the moment you accept, you hold it."
    press = "Accept it"
    answer = words("Anything to say")
    contingency = words("If the plan does not work: what will be done?", "Write what will be done if it does not work")
    contingency_owner = text("And by whom? A named person", "Enter who does that")
    review_on = day("When is it looked at again?", "Enter the day on which it is looked at again")

    def ask(self) -> None:
        """Who does each action now; what was held in reserve until now is shown, and said again by whoever holds it next."""
        page = self.asking.page
        stays = {key: str(e.get("reason")) for key, e in not_going_on(page.run).items()} if page else {}
        left = _left(self)
        self.says += gone_with(left, stays)
        self.left = tuple(each for each in left if each.id not in stays)
        ask_who_goes_on(self, self.left)
        self.says += " The actions below are yours to see done." if self.left else ""
        offered = page.run.last("handover.offered") if page else None
        if offered and offered.get("to_plan") != "early_help":
            del self.fields["review_on"]  # its reviews have times of their own
        if page and page.run.first.get("contingency"):
            held, by = page.run.first.get("contingency"), page.run.first.get("contingency_owner") or "nobody named"
            self.fields["contingency"].help_text = f"Until now: {held} ({by})"

    def clean(self) -> dict[str, Any]:
        """What goes on has a time to come."""
        said = super().clean() or {}
        if said.get("review_on") and said["review_on"] <= local(self.asking.viewer.at).date():
            self.add_error("review_on", "Enter a day that is still to come")
        check_who_goes_on(self, self.left)
        return said


class DeclineForm(PageForm):
    """Not accepting it."""

    title = "Do not accept the plan"
    press = "Decline it"
    reason = words("Why?", "Say why")


class EndForm(PageForm):
    """Ending it."""

    title = "End the plan"
    says = (
        "A plan ends because of the child, never because of the calendar. The child is watched for a year afterwards. "
        "If an action still has to go on, offer the plan to somebody as a step down instead."
    )
    press = "End it"
    outcome = one(
        "What has come of it?",
        [
            ("safer", "The child is safer"),
            ("moved", "The child has moved"),
            ("aged_out", "Is 18 now"),
            ("other", "Something else"),
        ],
        "Choose one",
    )
    no_longer = words(
        "Why is the child no longer at risk?",
        "Say why the child is no longer at risk: a plan does not end without that",
    )
    reason = words("What shows it?", "Say what shows it")

    def ask(self) -> None:
        """What became of each action that is not recorded as done."""
        self.left = _left(self)
        ask_what_becomes(self, self.left, ("done", "drop"))

    def clean(self) -> dict[str, Any]:
        """No action is lost with the plan."""
        said = super().clean() or {}
        check_what_becomes(self, self.left)
        return said
