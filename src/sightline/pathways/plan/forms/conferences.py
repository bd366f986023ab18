"""What is asked of a conference: calling it, inviting, reporting, holding it, putting it off."""

from __future__ import annotations

from typing import Any

from sightline.chronology.courses import Run
from sightline.kernel.moments import local
from sightline.pathways.plan.forms.fields import (
    CATEGORIES,
    TOOK_PART,
    UNDERSTOOD,
    PageForm,
    day,
    moment,
    one,
    some,
    text,
    words,
)
from sightline.pathways.plan.forms.settling import OUTCOMES, ask_what_becomes, check_what_becomes
from sightline.pathways.plan.queries.runs import as_held
from sightline.pathways.plan.rules.actions import left_open
from sightline.pathways.plan.rules.conferences import (
    ASK_FIRST,
    NAMES,
    initial_by,
    meeting_at,
    parts,
    quorate,
    strategy_that_counts,
)

ENDS = "If the plan ends"
REVIEW_IT = "A child protection plan is in force: call a review of it"

REACHED_BY = [
    ("letter", "By letter"),
    ("call", "By phone"),
    ("text", "By text"),
    ("email", "By email"),
    ("in_person", "In person"),
]


class CallForm(PageForm):
    """Calling a conference."""

    title = "Call a conference, a review or a planning meeting"
    press = "Call it"
    kind = one("What is called?", NAMES.items(), "Choose what is called")
    meeting_at = moment("When?", "Enter when it is")
    chair = text("Who chairs it?", "Enter who chairs it")
    where = text("Where, or how to join from elsewhere")
    about = some(
        "Who is it about, besides the child?",
        hint="Their records are opened to those who are invited, as far as each may read.",
    )
    late_because = words("If it is later than the limit: why, and what protects the child until then")

    def ask(self) -> None:
        """The family whom the caller may read, all of them chosen to begin with."""
        able = [(str(r.person), f"{r.name}, {r.relation}") for r in self.asking.family if r.readable]
        self.choices("about", able)
        self.initial.setdefault("about", [key for key, _ in able])
        if not able:
            del self.fields["about"]

    def clean(self) -> dict[str, Any]:
        """An initial conference after its limit says why."""
        said = super().clean() or {}
        strategy, standing = strategy_that_counts(self.asking.standing.chronology), self.asking.standing
        if said.get("kind") == "initial" and as_held(self.asking.viewer, standing.person.person).protection:
            self.add_error("kind", REVIEW_IT if standing.protection else ASK_FIRST)
        at = said.get("meeting_at") if said.get("kind") == "initial" else None
        if strategy and at and at >= initial_by(strategy, standing.limits):
            self.needs("late_because", "This is later than the limit: say why, and what protects the child until then")
        return said


class InviteForm(PageForm):
    """Inviting agencies, family and guardian."""

    title = "Who is invited?"
    says = "Those who have an account see the conference in their work, and the child's record opens to them."
    press = "Invite them"
    posts = some("From the agencies")
    others = words("Others, one on a line: the child, parents, an advocate, somebody without an account",
                   hint="For example: parent: Dana Hussein")  # fmt: skip
    by = one("How are these others asked?", REACHED_BY, hint="Of each it is looked up whether they may be reached so")
    report_by = day("Reports by", hint="Left empty: two working days before")

    def ask(self) -> None:
        """Those who may be invited and are not yet; whoever works with the child is chosen to begin with."""
        page = self.asking.page
        already = {e.get("post") for e in page.run.of("conference.invited")} if page else set()
        able = [p for p in self.asking.posts if p.post not in already]
        self.choices("posts", [(str(p.post), f"{p.name}, {p.role}, {p.agency_name}") for p in able])
        self.initial.setdefault("posts", [str(p.post) for p in able if p.works])

    def clean(self) -> dict[str, Any]:
        """Somebody is invited."""
        said = super().clean() or {}
        if not said.get("posts") and not said.get("others"):
            self.add_error("posts", "Choose at least one, or write down who else is invited")
        if said.get("others"):
            self.needs("by", "Choose how the others are asked")
        return said


class ReportForm(PageForm):
    """An agency's contribution."""

    title = "Your agency's report"
    says = "What your agency knows, what it means for the child, and what your agency will do. A contribution counts, not a seat."
    press = "Send the report"
    how = one(
        "How do you contribute?",
        [
            ("report", "By this report"),
            ("remote", "By this report, and by phone or video"),
            ("in_person", "By this report, and in person"),
        ],
        "Choose how",
    )
    report = words(
        "What does your agency know, and what does it mean for the child?",
        "Write what your agency knows; that it holds nothing is an answer",
    )
    can_do = words("What can your agency do?")


class PostponeForm(PageForm):
    """Putting it off."""

    title = "Put it off"
    press = "Put it off"
    to = moment("To when?", "Enter when it is now")
    reason = words("Why?", "Say why it is put off")
    meanwhile = words("What protects the child until then?", "Say what protects the child until then")


class CancelForm(PageForm):
    """Not holding it."""

    title = "Cancel it"
    says = "The limit goes on: if a conference is still needed, call another."
    press = "Cancel it"
    reason = words("Why will it not be held?", "Say why it will not be held")


def _as_called(form: PageForm) -> None:
    """When it was to be, where that has passed."""
    at = meeting_at(form.asking.page.run) if form.asking.page else None
    if at and at <= form.asking.viewer.at:
        form.initial.setdefault("held_at", f"{local(at):%-d %m %Y %H:%M}")


class PlanningForm(PageForm):
    """A looked-after review or planning meeting that took place."""

    title = "What was decided?"
    press = "Record it"
    held_at = moment("When was it held?", "Enter when it was held")
    attended = some("Which agencies came?", missing="Choose who came")
    guardian_came = one(
        "Did the children's guardian come?", [("yes", "Yes"), ("no", "No"), ("none", "There is none")], "Choose one"
    )
    child_took_part = one("How did the child take part?", TOOK_PART, "Choose how the child took part")
    decisions = words("What was decided: who does what, by when?", "Write down what was decided")

    def ask(self) -> None:
        """The agencies that were asked."""
        _as_called(self)
        self.choices("attended", [(k, a.name) for k, a in self.asking.agencies.items()])


class HoldForm(PageForm):
    """The conference as it was held, its decision, and the outline of the plan where there is one."""

    title = "Record the conference"
    says = "Core groups and reviews are counted from when it was held."
    press = "Record the decision"
    held_at = moment("When was it held?", "Enter when it was held")
    attended = some("Which agencies came?", missing="Choose which agencies came")
    contributed = some(
        "Which of them told the conference something of the child, or of what they will do?",
        hint="Being there is not contributing.",
    )
    not_quorate_because = words("If too few came: why it went ahead all the same")
    child_took_part = one("How did the child take part?", TOOK_PART, "Choose how the child took part")
    child_views = words("What does the child say or show?", "Write what the child says or shows, or why nobody knows")
    child_understood = one("Does the child understand what was decided?", UNDERSTOOD, "Choose one")
    parents_views = words("What do the parents say?", "Write what the parents say, or why nobody knows")
    parents_understood = one("Do the parents understand what is expected of them?", UNDERSTOOD, "Choose one")
    decision = one("Decision", missing="Choose the decision")
    reason = words("Why?", "Say why")
    dissent = words("Did anybody disagree? Who, and why", hint="Left empty: nobody disagreed")
    category = one("Category", CATEGORIES, hint="For a plan")
    concern = words("What is the concern?", hint="For a plan")
    likelihood = words("How likely is harm, and of what kind?", hint="For a plan")
    lead = text("Who leads the plan?", hint="For a plan: a named person")
    contingency = words("If the plan does not work: what will be done?", hint="For a plan")
    contingency_owner = text("And by whom?", hint="For a plan: a named person")
    no_longer = words("Why is the child no longer at risk of significant harm?", hint="For a plan that ends, or none")
    outcome = one("Since the plan began, the child is", OUTCOMES, hint=ENDS)
    evidence = words("What shows it?", hint=ENDS)

    def ask(self) -> None:
        """The agencies, those invited first; what may be decided where a plan is in force, and where none is."""
        _as_called(self)
        page = self.asking.page
        asked = [p.agency for p in parts(page.run)] if page else []
        named = self.asking.agencies
        order = [k for k in (*dict.fromkeys((self.asking.viewer.agency, *asked)),) if k in named]
        order += [k for k in named if k not in order]
        for field in ("attended", "contributed"):
            self.choices(field, [(k, named[k].name) for k in order])
        self._offer(page.run if page else None)

    def _offer(self, run: Run | None) -> None:
        """Where a child protection plan is in force no second one begins: it is a review. The same form sent twice is one."""
        standing = self.asking.standing
        plan = standing.protection_besides(str(self.data.get("token") or ""))
        begin = [("plan", "A plan"), ("no_plan", "No plan at this level")]
        go_on = [("plan_continues", "The plan continues"), ("plan_ends", "The plan ends")]
        review = plan is not None or bool(run and run.first.get("kind") == "review")
        again = bool(run and run.over)
        self.choices("decision", begin + go_on if again else go_on if review else begin)
        self.left = left_open(standing.ending_with(plan)) if plan else ()
        for name in (*_OF_A_PLAN,) if plan else ("outcome", "evidence"):
            del self.fields[name]
        if plan:
            self.says += " A child protection plan is in force, so this is a review of it. "
            self.says += "If an action has to go on after it, let the plan continue and offer it as a step down."
            ask_what_becomes(self, self.left, ("done", "drop"), when=ENDS)

    def clean(self) -> dict[str, Any]:
        """A plan says concern, likelihood, lead and what if not; an end says why the child is no longer at risk; too few says why."""
        said = super().clean() or {}
        rules, kinds = self.asking.standing.limits, [(k, a.kind) for k, a in self.asking.agencies.items()]
        least = rules.number("conference.quorum", self.asking.viewer.at)
        self.is_quorate = quorate(said.get("attended", ()), kinds, least)
        if said.get("attended") and not self.is_quorate:
            self.needs(
                "not_quorate_because",
                f"Fewer than {least} agencies came, or social care did not: say why it went ahead",
            )
        if said.get("decision") == "plan":
            for name, missing in _OF_A_PLAN.items():
                self.needs(name, missing)
        if said.get("decision") in ("plan_ends", "no_plan"):
            self.needs("no_longer", "Say why the child is not, or no longer, at risk of significant harm")
        if said.get("decision") == "plan_ends" and "outcome" in self.fields:
            self.needs("outcome", "Choose what has come of the plan")
            self.needs("evidence", "Say what shows what has come of the plan")
            check_what_becomes(self, self.left)
        return said


_OF_A_PLAN = {
    "category": "Choose a category", "concern": "Write what the concern is", "likelihood": "Write how likely harm is, and of what kind",
    "lead": "Enter who leads the plan", "contingency": "Write what will be done if the plan does not work",
    "contingency_owner": "Enter who does that",
}  # fmt: skip
