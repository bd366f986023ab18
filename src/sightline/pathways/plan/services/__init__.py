"""What is done with conferences and plans: each verb writes the entries that answer the clocks and alerts of it."""

from __future__ import annotations

from sightline.pathways.plan.services import conferences, handing_on, holding, plans, reviewing
from sightline.pathways.plan.services.doing import Verb

BEGIN: dict[str, Verb] = {
    "conference": conferences.call,
    "plan": plans.start,
    "followed": plans.follow_enquiry,
    "outcome": reviewing.follow_referral,
}
DO: dict[str, dict[str, Verb]] = {
    "conference": {
        "invite": conferences.invite, "report": conferences.report, "hold": holding.hold, "hold-planning": holding.hold_planning,
        "postpone": conferences.postpone, "cancel": conferences.cancel,
    },
    "plan": {
        "action": plans.agree_action, "police": plans.consider_police, "outside": plans.choose_outside, "done": plans.finish_action,
        "drop": plans.drop_action, "contingency": plans.begin_contingency,
        "plan-visit": reviewing.plan_visit, "visit": reviewing.visit, "core-group": reviewing.meet,
        "review": reviewing.review, "words": reviewing.word, "explain": reviewing.explain,
        "handover": handing_on.offer, "accept": handing_on.accept, "decline": handing_on.decline,
        "overseas": plans.move_overseas, "tell-service": plans.tell_service, "end": handing_on.end, "outcome": reviewing.record_outcome,
    },
}  # fmt: skip

__all__ = ["BEGIN", "DO"]
