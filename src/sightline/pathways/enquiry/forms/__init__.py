"""What the pages of strategy discussions and enquiries ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from sightline.pathways.enquiry.forms.asking import (
    BeginForm,
    QuestionForm,
    action_fields,
    action_said,
    choice_field,
    gate_fields,
    line_field,
    lines,
    moment_field,
    text_field,
    whole_action,
)
from sightline.pathways.enquiry.queries import DutyShown, OtherChild
from sightline.pathways.enquiry.queries.asked import MOST_POSTS, Asked
from sightline.pathways.enquiry.services import ActionSaid, Considered
from sightline.pathways.enquiry.services.enquiries import FINDINGS
from sightline.ui.asking import reason_field

ROWS = 5
YES_NO = [("yes", "Yes"), ("no", "No")]
HOW = [("meeting", "A meeting"), ("video", "By video"), ("telephone", "By telephone"), ("side_by_side", "Side by side, in the same office"),
       ("informal", "An informal conversation")]  # fmt: skip
DECISIONS = [("enquiry_joint", "Police and social care enquire together"), ("enquiry_single_police", "The police enquire alone"),
             ("enquiry_single_social_care", "Social care enquires alone"), ("assessment", "A social care assessment, no enquiry"),
             ("reconvene", "Meet again"), ("no_further_action", "Nothing further")]  # fmt: skip
MODES = [
    ("joint", "Police and social care together"),
    ("police", "The police alone"),
    ("social_care", "Social care alone"),
]
CHILDREN = [("included", "Included in this enquiry"), ("own_discussion", "Gets a discussion of their own"),
            ("open_already", "Is worked with already"), ("no_concern", "No concern")]  # fmt: skip
OUTCOMES = [("concern_substantiated_ongoing_risk", "Substantiated, and the risk goes on"),
            ("substantiated_no_ongoing_risk", "Substantiated, and the risk does not go on"),
            ("not_substantiated_risk_remains", "Not substantiated, but a risk remains"),
            ("not_substantiated", "Not substantiated, and no concern remains")]  # fmt: skip
NEXT = [
    ("conference", "A child protection conference"),
    ("plan", "A plan without a conference"),
    ("no_further_action", "No further action"),
]
NATURES = [("criminal", "Criminal"), ("not_criminal", "Not criminal"), ("both", "Both")]
EXPLAINED = [("no_injury", "There was no injury or symptom"), ("explained_by_clinician", "A clinician explained it"),
             ("not_explained", "It is not explained")]  # fmt: skip


class AskForm(BeginForm):
    """Why a discussion is needed."""

    begins = "strategy.requested"
    reason = reason_field("Say why a strategy discussion is needed")


class DeclineForm(BeginForm):
    """Why none is held, and what happens instead."""

    begins = "strategy.declined"
    reason = reason_field("Say why none is held")
    instead = line_field("What happens instead", "An assessment, early help, or nothing: say which", required=False)


class CallForm(BeginForm):
    """Who is asked, and when it is."""

    begins = "strategy.called"
    held_at = moment_field("When it is")
    how = choice_field("How", HOW[:3])
    posts = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple, label="Who is asked")
    others = text_field(
        "Others who are asked",
        "One a line, agency first. For example Health: Dr Ann Lee, paediatrician",
        required=False,
    )

    def __init__(self, said: Any = None, *, asked: Sequence[Asked], **kwargs: Any) -> None:
        super().__init__(said, **kwargs)
        self.more = max(0, len(asked) - MOST_POSTS)
        self.askable = {str(a.post): a for a in (asked if said else asked[:MOST_POSTS])}
        self.fields["posts"].choices = [(key, a.says) for key, a in self.askable.items()]  # type: ignore[attr-defined]

    @property
    def invited(self) -> list[str]:
        """Everybody who is asked, by agency and name."""
        return [self.askable[p].says for p in self.cleaned_data["posts"]] + lines(self.cleaned_data["others"])


class HoldForm(BeginForm):
    """A discussion as it was held: who came, what was shared, every decision, other children one by one, every action."""

    begins = "strategy.held"
    held_at = moment_field("When it was held")
    how = choice_field("How it was held", HOW)
    attended = text_field(
        "Who took part", "One a line, agency first. For example Health: Dr Ann Lee, paediatrician, by telephone"
    )
    information_shared = text_field("What each agency shared")
    abuse_alleged = choice_field("Is it said that the child was hurt or sexually abused?", YES_NO)
    offence_possible = choice_field("May an offence have been committed against the child?", YES_NO)
    decision = choice_field("What was decided", DECISIONS)
    mode_reason = text_field("Why together, or why one agency alone", required=False)
    rationale = text_field("Why it was decided so")
    dissent = text_field("Who disagreed, and why", required=False)
    protects_now = text_field("What protects the child now", "Tonight, until the next step is done")

    def __init__(self, said: Any = None, *, others: Sequence[OtherChild], **kwargs: Any) -> None:
        super().__init__(said, **kwargs)
        self.others = others
        for child in others:
            self.fields[f"child_{child.person}"] = choice_field(f"What was decided about {child.name}", CHILDREN)
            self.fields[f"child_{child.person}_why"] = line_field(f"Why, about {child.name}")
        for n in range(1, ROWS + 1):
            self.fields |= action_fields(n)
        self.fields |= gate_fields()
        children = [name for c in others for name in (f"child_{c.person}", f"child_{c.person}_why")]
        rows = [(f"Action {n}", list(action_fields(n))) for n in range(1, ROWS + 1)]
        self.groups = [
            ("Other children, one by one", children),
            ("Where nothing further is done", list(gate_fields())),
            *rows,
        ]

    def clean(self) -> dict[str, Any]:
        """An action that is begun is whole."""
        said: dict[str, Any] = super().clean() or {}
        for n in range(1, ROWS + 1):
            whole_action(self, n, said)
        return said

    @property
    def actions(self) -> list[ActionSaid]:
        """The actions that were set."""
        return [found for n in range(1, ROWS + 1) if (found := action_said(self.cleaned_data, n))]

    @property
    def considered(self) -> list[Considered]:
        """What was decided about each other child."""
        said = self.cleaned_data
        return [Considered(c.person, said[f"child_{c.person}"], said[f"child_{c.person}_why"]) for c in self.others]


class ActionForm(QuestionForm):
    """One more action."""

    def __init__(self, said: Any = None, **kwargs: Any) -> None:
        super().__init__(said, **kwargs)
        self.fields |= action_fields(1)

    def clean(self) -> dict[str, Any]:
        """A whole one."""
        said: dict[str, Any] = super().clean() or {}
        if not any(said.get(f"action_1_{part}") for part in ("what", "owner", "agency", "due")):
            self.add_error("action_1_what", "Say what is to be done")
        whole_action(self, 1, said)
        return said


class EndActionForm(QuestionForm):
    """Done, with what came of it; or dropped, with why and by whom."""

    ended = choice_field("What became of it", [("done", "It was done"), ("dropped", "It will not be done")])
    result = reason_field("Say what came of it, or why it is dropped")
    authorised_by = line_field("If it is dropped, on whose authority", required=False)


class HealthForm(QuestionForm):
    """What a clinician says, and who that is. Of somebody of health: themselves, where nobody else is named."""

    role = choice_field("Which kind of clinician", ())
    clinician = line_field("The clinician's name", "First name and surname, or title and surname")
    opinion = reason_field("Say what the clinician said")

    def __init__(self, said: Any = None, *, roles: Sequence[str], theirs: str = "", **kwargs: Any) -> None:
        super().__init__(said, initial={"clinician": theirs}, **kwargs)
        self.fields["role"].choices = [(r, r[:1].upper() + r[1:]) for r in roles]  # type: ignore[attr-defined]


class CloseForm(QuestionForm):
    """Why a discussion is closed; where abuse was alleged, whose explanation of an injury counts."""

    reason = reason_field("Say why it is closed")
    explanation = choice_field("If it was said that the child was hurt", EXPLAINED, required=False)
    clinician = choice_field("Which clinician explained it, of those who were heard", (), required=False)

    def __init__(self, said: Any = None, *, clinicians: Sequence[str], **kwargs: Any) -> None:
        super().__init__(said, **kwargs)
        self.fields["clinician"].choices = [(c, c) for c in clinicians]  # type: ignore[attr-defined]


class ReviewForm(QuestionForm):
    """Whether social care should act alone where an offence may have been committed."""

    decision = choice_field("Who should enquire", [("alone_is_right", "Social care alone is right"), ("joint", "Police and social care together"),
                                                   ("police", "The police")])  # fmt: skip
    reason = reason_field("Say why")


class StartForm(BeginForm):
    """Who enquires, why, and who leads."""

    begins = "enquiry.started"
    mode = choice_field("Who enquires", MODES)
    reason = reason_field("Say why together, or why one agency alone")
    lead = line_field("Who leads it", "The social worker, and the officer where it is joint")


class CompleteForm(QuestionForm):
    """What an enquiry found, how accounts were weighed, what the child said, and what next."""

    nature = choice_field("What kind of concern it was", NATURES)
    finding = choice_field("What was found", [(k, v[:1].upper() + v[1:]) for k, v in FINDINGS.items()])
    outcome = choice_field("Outcome", OUTCOMES)
    rationale = text_field("Why")
    accounts_conflict = choice_field("Do accounts of what happened differ?", YES_NO)
    accounts = text_field("What each account is, and whose", required=False)
    adult_account_tested = text_field("What was done to test the adult's account", required=False)
    accounts_weighed = text_field("Which account was preferred, and why", required=False)
    child_said = text_field(
        "What the child said and wants", "In the child's own words. If nobody asked, say so and why"
    )
    child_changed = text_field("What that changed in the decision")
    clinician = choice_field(
        "Which clinician explained an injury or symptom, of those who were heard", (), required=False
    )
    away_from_home = choice_field("Is the child away from home because of this?", YES_NO)
    next = choice_field("What next", NEXT)
    follow_up = text_field("What follows from that finding", required=False)
    said_fields = ("nature", "finding", "outcome", "rationale", "accounts_conflict", "accounts", "adult_account_tested", "accounts_weighed",
                   "child_said", "child_changed", "clinician", "next", "follow_up", *gate_fields())  # fmt: skip

    def __init__(
        self, said: Any = None, *, duties: Sequence[DutyShown], clinicians: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(said, **kwargs)
        self.fields["clinician"].choices = [(c, c) for c in clinicians]  # type: ignore[attr-defined]
        self.fields |= gate_fields()
        self.undone = [d.duty for d in duties if d.entry is None]
        for duty in self.undone:
            self.fields[f"duty_{duty.key}"] = line_field(f"{duty.asks}: why not", "No entry shows that it was done")
        self.groups = [
            ("Where accounts differ", ("accounts", "adult_account_tested", "accounts_weighed")),
            ("The child", ("child_said", "child_changed", "clinician")),
            ("What next", ("away_from_home", "next", "follow_up")),
            ("Where nothing further happens, a risk remains, or it could not be decided", list(gate_fields())),
            ("What the agreed procedure asks, and nothing shows", [f"duty_{d.key}" for d in self.undone]),
        ]  # fmt: skip

    @property
    def not_done(self) -> dict[str, str]:
        """Why, of each duty that nothing shows done."""
        return {d.key: self.cleaned_data[f"duty_{d.key}"] for d in self.undone}


class ReturnForm(QuestionForm):
    """Whether it is safe to return, and the plan that makes it so."""

    safe = choice_field("Is it safe for the child to go home?", [("yes", "Yes"), ("no", "Not yet")])
    safeguarding_plan = text_field(
        "What plan keeps the child safe there", "Who does what, and who looks in when", required=False
    )
