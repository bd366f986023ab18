"""What is asked about conferences and plans, by the step it belongs to."""

from __future__ import annotations

from sightline.pathways.plan.forms.conferences import (
    CallForm,
    CancelForm,
    HoldForm,
    InviteForm,
    PlanningForm,
    PostponeForm,
    ReportForm,
)
from sightline.pathways.plan.forms.fields import PageForm
from sightline.pathways.plan.forms.handing_on import AcceptForm, DeclineForm, EndForm, HandoverForm
from sightline.pathways.plan.forms.plans import (
    ActionForm,
    ContingencyForm,
    DoneForm,
    DropForm,
    OptionsForm,
    OverseasForm,
    StartForm,
    TellServiceForm,
)
from sightline.pathways.plan.forms.reviewing import (
    CoreGroupForm,
    ExplainForm,
    FollowedForm,
    OutcomeForm,
    PlanVisitForm,
    ReferralOutcomeForm,
    ReviewForm,
    VisitForm,
    WordsForm,
)

BEGINS: dict[str, type[PageForm]] = {
    "conference": CallForm,
    "plan": StartForm,
    "followed": FollowedForm,
    "outcome": ReferralOutcomeForm,
}
STEPS: dict[str, dict[str, type[PageForm]]] = {
    "conference": {
        "invite": InviteForm, "report": ReportForm, "hold": HoldForm, "hold-planning": PlanningForm, "postpone": PostponeForm,
        "cancel": CancelForm,
    },
    "plan": {
        "action": ActionForm, "police": OptionsForm, "outside": OptionsForm, "done": DoneForm, "drop": DropForm,
        "contingency": ContingencyForm,
        "plan-visit": PlanVisitForm, "visit": VisitForm, "core-group": CoreGroupForm, "review": ReviewForm, "words": WordsForm,
        "explain": ExplainForm,
        "handover": HandoverForm, "accept": AcceptForm, "decline": DeclineForm, "overseas": OverseasForm, "tell-service": TellServiceForm,
        "end": EndForm, "outcome": OutcomeForm,
    },
}  # fmt: skip

__all__ = ["BEGINS", "STEPS", "PageForm"]
