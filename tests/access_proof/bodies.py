"""What each form of the house accepts: its fields by the names it posts, and who may send it. Ordinary words, and no value of the scene.

`{person}` is the number of whoever it is about, `{user}` and `{post}` the asker's own account and post; days and moments are relative to now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sightline.kernel.moments import local

Fields = Mapping[str, Any]
P = "person/<number:person>/"
TOKEN = "fedcba" * 5 + "ab"
WHY = "Seen at school today and worried about home"
WORDS = "As it was told to us at the school gate"
SHE = "The school nurse"
HOLDS = ("case_owner", "mash_manager", "social_care_manager", "detective_sergeant", "on_call_specialist")
WORKS = ("case_owner", "mash_manager", "social_care_manager", "supervisor", "response_officer", "practitioner")
LEADS = ("social_care_manager", "mash_manager", "supervisor", "duty_inspector", "detective_inspector")
GUARDS = ("data_guardian",)


@dataclass(frozen=True)
class Body:
    """What a POST brings. `by`: roles, or roles of an agency, of which some may do it; `part`: of whom it is tried; `to`: a piece of where it leads.

    `after`: the forms that are sent before it, by the same person, where it is a step of something begun; it is then aimed at what they made:
    at what the last of them leads to, at the newest entry of the kind `entry`, or at the newest row of a `row`. `others`: those of these forms
    that somebody else sends, and of which role, or role of an agency: where it takes two.
    """

    fields: Fields
    by: tuple[str, ...] = WORKS
    part: str = ""
    to: str = ""
    after: tuple[str, ...] = ()
    entry: str = ""
    row: str = ""
    others: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Given:
    """What is known when a body is filled in."""

    at: datetime
    person: int = 0
    user: int = 0
    post: int = 0
    username: str = ""
    said: Mapping[str, str] = field(default_factory=dict)

    def words(self) -> dict[str, str]:
        """What stands in braces."""
        now = local(self.at)
        days = {"today": 0, "yesterday": -1, "soon": 7, "later": 90}
        held = {name: f"{now + timedelta(days=n):%Y-%m-%d}" for name, n in days.items()}
        hours = {"now": 0, "hence": 2, "in_hours": 8, "next_week": 168}
        held |= {name: f"{now + timedelta(hours=n):%d %m %Y %H:%M}" for name, n in hours.items()}
        ours = {"person": self.person, "user": self.user, "post": self.post}
        return (
            held | {k: str(n) for k, n in ours.items()} | {"username": self.username, "token": TOKEN} | dict(self.said)
        )


def filled(fields: Fields, given: Given) -> dict[str, Any]:
    """The fields as they are posted."""
    words = given.words()

    def said(value: Any) -> Any:
        if isinstance(value, str):
            return value.format(**words)
        return [said(v) for v in value] if isinstance(value, tuple) else value

    return {said(name): said(value) for name, value in fields.items()}


GATE = {
    "residual_risk": "It may happen again", "risk_held_by": SHE, "safeguarding_plan": "Weekly visits", "way_back_contact": SHE,
    "way_back": "At school, any day",
}  # fmt: skip
ACTION = {
    "action_1_what": "See the child at school", "action_1_owner": SHE, "action_1_agency": "health", "action_1_due": "{next_week}",
}  # fmt: skip
MEETING = {
    "held_at": "{now}", "how": "informal", "attended": "Social care: Ann Lee\nPolice: Jo May", "information_shared": WORDS,
    "abuse_alleged": "yes", "offence_possible": "yes", "decision": "enquiry_joint", "mode_reason": WHY, "rationale": WHY,
    "protects_now": "With an aunt tonight", "separate": "Another day and another worry", **ACTION,
}  # fmt: skip
ENDED = {
    "nature": "criminal", "finding": "happened", "outcome": "concern_substantiated_ongoing_risk", "rationale": WHY, "next": "conference",
    "accounts_conflict": "no", "child_said": "I want it to stop", "child_changed": "Stays with an aunt", "away_from_home": "no",
    "duty_child_seen": "Not needed", "duty_agencies_asked": "Not needed", **GATE,
}  # fmt: skip
REFERRAL = {
    "token": TOKEN, "risk": "Left alone at night", "asked_for": "An assessment", "summary": WORDS, "basis": "s17", "urgency": "routine",
    "consent": "given", "to": "social_care", "lawful_basis": "Public task", "necessity": "Needed to assess", "proportionality": "No less would do",
}  # fmt: skip
CONTACT = {
    "token": TOKEN, "route": "call", "own_words": WORDS, "kind": "concern_for_child", "children_live_there": "yes", "children_present": "yes",
    "children_saw_or_heard": "not_known", "child_linked_to_adult": "not_known", "caller_is": "neighbour", "recovery": "no", "graded": "immediate",
}  # fmt: skip
AGREEMENT = {
    "title": "Sharing with schools", "parties": ("police", "social_care"), "purposes": ("referral",), "sources": ("social_care",),
    "classes": ("identifying",), "since": "{today}", "until": "{later}",
}  # fmt: skip
CALLED = {"held_at": "{in_hours}", "how": "video", "others": "Health: Ann Lee\nPolice: Jo May"}
SHARE_WHY = {"bases": ("public_task",), "consent": "not_safe_to_seek", "reason": WHY}
FORM = {
    "do": "send_anyway", "what_happened": WORDS, "action_taken": "Told the school", "c{person}-seen": "yes", "c{person}-grade": "medium",
}  # fmt: skip
SEEN = {"where": "At school", "alone": "yes", "spoken_to": "yes", "demeanour": "Calm"}
YOUNG = {"own_words": WORDS, "now": "no", "how": "not", "watched": "no", "token": TOKEN}

_SAME, _COPIES, _RAISE, _CONCERN = P + "records/same/", P + "copies/", P + "escalations/new/", P + "concern/"
_REFER, _REFER_ASK = P + "refer/", P + "referrals/<number:entry>/ask/"
_GLASS, _OPENED = "break-glass/", "break-glass/<slug:token>/"
_COPY = _COPIES + "<number:copy>/"
_FORM = "concern/<slug:token>/"
_RUN = P + "enquiry/discussions/<number:entry>/"
_ASK, _HOLD = P + "enquiry/ask/", P + "enquiry/hold/"
_ENQUIRY = P + "enquiry/enquiries/<number:entry>/"
BODIES: dict[str, Body] = {
    "first-contact/": Body({"name": "Orla Quin", "reason": WHY}, ("call_handler", "response_officer")),
    P + "records/same/": Body({"number": "{other}", "same": "yes", "reason": WHY}, HOLDS),
    P + "records/proposed/<number:proposal>/": Body(
        {"answer": "agree", "reason": WHY}, HOLDS, after=(_SAME,), entry="identity.decided", others={_SAME: "missing_coordinator"}
    ),
    P + "records/apart/": Body({"away": ("crime/{part}",), "reason": WHY}, HOLDS),
    P + "after-grade/nothing/": Body({"reason": WHY, "review_on": "{soon}"}),
    P + "after-grade/self-harm/": Body({"occasion": "missing", "finding": "none", "text": WORDS}),
    P + "after-grade/<slug:task>/give/": Body({"owner": SHE, "due": "{soon}"}, ("mash_manager",)),
    P + "after-grade/<slug:task>/drop/": Body({"reason": WHY}, ("mash_manager",)),
    P + "grades/<number:entry>/": Body({"grade": "very_high", "impact_{person}": "Sleeps badly", "reason": WHY}),
    "escalations/": Body({"level": "1", "name": SHE, "from_on": "{today}"}, ("partner_lead",)),
    P + "escalations/new/": Body({"to_agency": "housing", "about": "delay", "text": WHY}),
    P + "escalations/<number:entry>/": Body(
        {"resolved": "yes", "text": WHY}, ("supervisor/housing",), after=(_RAISE,), entry="escalation.raised", others={_RAISE: "case_owner"}
    ),
    P + "escalations/<number:entry>/higher/": Body({"text": WHY}),
    P + "escalations/<number:entry>/settle/": Body({"decision": WHY, "owner": SHE, "due": "{soon}"}, ("partner_lead",)),
    P + "enquiry/ask/": Body({"reason": WHY, "separate": "Another day"}),
    P + "enquiry/none/": Body({"reason": WHY, "instead": "An assessment", "separate": "Another day"}, HOLDS),
    P + "enquiry/call/": Body(CALLED | {"separate": "Another day"}, HOLDS),
    P + "enquiry/hold/": Body(MEETING, HOLDS),
    P + "enquiry/start/": Body({"mode": "joint", "reason": WHY, "lead": SHE, "separate": "Another day"}, HOLDS),
    _RUN + "none/": Body({"reason": WHY, "instead": "An assessment"}, HOLDS, after=(_ASK,), entry="strategy.requested"),
    _RUN + "call/": Body(CALLED, HOLDS, after=(_ASK,), entry="strategy.requested"),
    _RUN + "hold/": Body(MEETING, HOLDS, after=(_ASK,), entry="strategy.requested"),
    _RUN + "health/": Body({"role": "paediatrician", "clinician": "Ann Lee", "opinion": WORDS}, HOLDS, after=(_HOLD,), entry="strategy.held"),
    _RUN + "actions/": Body(ACTION, HOLDS, after=(_HOLD,), entry="strategy.held"),
    _RUN + "actions/<number:action>/": Body({"ended": "done", "result": WHY}, HOLDS, after=(_HOLD,), entry="strategy.held"),
    _RUN + "review/": Body(
        {"decision": "joint", "reason": WHY}, ("detective_inspector", "detective_sergeant", "on_call_specialist"), after=(_HOLD,),
        entry="strategy.held", others={_HOLD: "mash_manager"},
    ),
    _RUN + "close/": Body(
        {"reason": WHY, "explanation": "no_injury"}, HOLDS, after=(_HOLD, _RUN + "actions/<number:action>/", _RUN + "health/"), entry="strategy.held"
    ),
    _ENQUIRY + "complete/": Body(ENDED, HOLDS),
    _ENQUIRY + "return/": Body({"safe": "yes", "safeguarding_plan": "An aunt is there every night, and visits each week"}, HOLDS),
    "alerts/<number:alert>/answer/": Body({"reason": WHY}, part="work-open"),
    "refer/": Body(REFERRAL | {"about": "child", "forenames": "Orla", "surname": "Quin", "lines": "1 Any Lane", "postcode": "ZQ1 1AA"}),
    P + "refer/": Body(REFERRAL),
    "consultations/new/": Body(
        {"token": TOKEN, "title": "Waiting times", "with_": "children", "how": "Workshops", "asked": "What was it like", "said_": "Too long"},
        ("partner_lead",),
    ),
    P + "referrals/<number:entry>/decide/": Body(
        {"token": TOKEN, "decision": "child_in_need_assessment", "reason": WHY, "owner": SHE, "next_step": "A visit", "child_said": "I am well",
         "child_changed": "A visit first", "way_back_contact": SHE, "way_back": "At school", "helped_before": "no", "different": "More help"},
        ("social_care_manager",),
        after=(P + "refer/",),
    ),
    P + "referrals/<number:entry>/ask/": Body(
        {"token": TOKEN, "of": ("health",), "question": WHY, "lawful_basis": "Public task: an assessment", "needed_by": "{next_week}"},
        ("mash_manager", "social_care_manager", "duty_inspector"),
    ),
    P + "referrals/<number:entry>/step/": Body(
        {"token": TOKEN, "text": "", "outcome": "receive"}, ("social_care_manager",), after=(P + "refer/",)
    ),
    P + "school/": Body({"token": TOKEN, "of": "rang", "told": WHY, "setting": "Hill School", "lead": SHE}),
    "duty/": Body({"post": "{post}", "from_at": "{hence}", "until_at": "{in_hours}"}, LEADS),
    "limits/<str:name>/": Body(
        {"count": "55", "unit": "minutes", "from_on": "{soon}", "decided_by": "The partnership", "reason": WHY}, ("partner_lead", "administrator")
    ),
    "break-glass/": Body({"number": "{person}", "reason": WHY}, part="never-open"),
    "break-glass/<slug:token>/": Body({}, part="never-open", after=("break-glass/",)),
    "concern/<slug:token>/": Body(FORM, part="work-open", after=(P + "concern/",), to="/concerns/"),
    "consultations/<slug:key>/": Body(
        {"decision": "changed", "what": "Shorter waits", "because": "They said too long"}, ("partner_lead",), after=("consultations/new/",)
    ),
    "access/review/<number:look>/": Body({"outcome": "fine", "note": WHY}, GUARDS),
    "exports/new/": Body({"whom": "one", "number": "{person}", "form": "document", "recipient": SHE, "purpose": WHY, "basis": "public_task"}),
    P + "entries/<number:entry>/correct/": Body({"field": "where", "value": "At home", "reason": WHY}, after=(P + "voice/met/",), entry="child.met"),
    P + "concerns/<number:form>/": Body({"text": WORDS}),
    P + "concerns/<number:form>/review/": Body(
        {"outcome": "signed_off", "feedback": WHY}, LEADS, after=(_CONCERN, _FORM), entry="concern.notified",
        others={_CONCERN: "response_officer", _FORM: "response_officer"},
    ),
    P + "assessments/new/": Body(
        {"harm": ("in_family",), "risks": WHY, "peers": "Nothing known", "places": "Nothing known", "siblings": "Nothing known",
         "online": "Nothing known", "protective": "An aunt", "level": "medium", "reason": WHY, "impact_{person}": "Sleeps badly"}
    ),
    P + "concern/": Body({"children": ("{person}",), "encounter": "incident"}),
    P + "voice/heard/": Body({"whose": "child", "about": "wish", "text": "I want to stay", "asked_by": "in_person"}),
    P + "voice/told/": Body({"whom": "child", "about": "update", "what": "We will come again", "method": "in_person", "reached": "yes"}),
    P + "voice/met/": Body({"where": "At school", "about": "Drawing", "role": "youth_worker"}),
    P + "voice/trusted/": Body({"name": SHE, "who_they_are": "Nurse", "route": "At school", "chosen_by_child": "yes"}),
    P + "taking-part/<slug:what>/": Body({"to": "child", "conditions": "Stay at home at night", "workable": "yes", "help_offered": "None needed"}),
    P + "hold/": Body({"reason": WHY}, ("data_guardian", "partner_lead")),
    "retention/reviews/<number:review>/": Body({"outcome": "keep", "kept_until": "{later}", "reason": WHY}, ("data_guardian", "partner_lead")),
    "retention/holds/system/": Body({"reason": WHY, "source": "housing", "since_on": "{yesterday}"}, ("data_guardian", "partner_lead")),
    "retention/holds/<number:hold>/lift/": Body({"reason": WHY}, ("data_guardian", "partner_lead"), after=(P + "hold/",), row="retention.Hold"),
    P + "share/": Body({"agency": "health", "who": SHE, "purpose": "referral"}, to="/share/why/"),
    P + "share/why/": Body(SHARE_WHY, to="/share/what/", after=(P + "share/",)),
    P + "share/what/": Body({"sections": ("identity",)}, to="/share/check/", after=(P + "share/", P + "share/why/")),
    P + "share/check/": Body(
        {"outside_because": WHY}, to="/shared/", after=(P + "share/", P + "share/why/", P + "share/what/")
    ),
    P + "safe/": Body({"premises": "{home}", "kept_from": ("{mother}",), "reason": WHY}, part="work-open"),
    P + "reach/": Body({"by": "letter", "detail": "At school", "never_by": "text"}),
    P + "copies/": Body({"purpose": "subject_access", "asked_by": SHE, "asked_on": "{yesterday}"}),
    _COPY: Body({"note": WHY, "ready": "1"}, after=(_COPIES,)),
    _COPY + "review/": Body({"agrees": "yes", "note": WHY}, after=(_COPIES, _COPY), others={_COPIES: "practitioner", _COPY: "practitioner"}),
    _COPY + "release/": Body({}, after=(_COPIES, _COPY, _COPY + "review/"), others={_COPY + "review/": "data_guardian"}),
    P + "plan/begin/<slug:what>/": Body(
        {"token": TOKEN, "kind": "review", "meeting_at": "{next_week}", "chair": SHE, "late_because": WHY},
        ("social_care_manager", "meeting_chair", "case_owner"),
    ),
    P + "conference/<slug:run>/pack/paper/": Body({"to": "me"}),
    P + "marac/paper/": Body({"to": "me"}, part="work-open"),
    P + "conference/<slug:run>/police-report/": Body(
        {"token": TOKEN, "how": "report", "report": WORDS, "can_do": "Patrols"}, ("response_officer", "detective_sergeant")
    ),
    P + "conference/<slug:run>/<slug:what>/": Body({"token": TOKEN, "others": "parent: Ann Lee", "by": "letter", "report_by": "{soon}"}),
    P + "plan/<slug:run>/<slug:what>/": Body(
        {"token": TOKEN, "difference-0": "changed", "says-0": WORDS, "difference-1": "changed", "says-1": WORDS,
         "reviewed_at": "{now}", "progress": "better", "text": WHY, "child_took_part": "in_person", "child_views": "It is better"},
        ("case_owner/education",),
    ),
    P + "restriction/": Body(
        {"state": "restricted", "reason": WHY, "ask": SHE, "review_on": "{soon}"},
        ("data_guardian", "social_care_manager", "detective_superintendent"), "told-open",
    ),
    P + "restriction/<number:restriction>/lift/": Body(
        {"reason": WHY}, ("data_guardian", "social_care_manager"), "told-open", after=(P + "restriction/",), row="access.Restriction"
    ),
    P + "appointment/": Body(
        {"officer": "{court}", "reason": WHY, "from_on": "{today}", "until_on": "{later}"}, ("data_guardian", "social_care_manager", "mash_manager")
    ),
    P + "appointment/<number:appointment>/end/": Body(
        {"reason": WHY}, ("data_guardian", "social_care_manager"), after=(P + "appointment/",), row="access.Involvement"
    ),
    "agreements/new/": Body(AGREEMENT, ("data_guardian", "partner_lead")),
    "agreements/<number:agreement>/end/": Body({}, ("partner_lead",), after=("agreements/new/",), row="sharing.Agreement"),
    "contacts/new/": Body(CONTACT | {"unnamed": "1"}, ("call_handler", "response_officer")),
    P + "contacts/<number:entry>/<slug:step>/": Body(SEEN | {"token": TOKEN}),
    "tell-us/": Body(YOUNG),
    "access/parted/<number:parting>/": Body({}),
    "exports/<slug:number>/": Body({"what": "handed_over", "to": SHE, "agrees": "yes", "reason": WHY}, LEADS),
    "door/sent/<number:entry>/": Body({"token": TOKEN, "text": WHY}, after=(P + "refer/",)),
    "door/asked/<number:entry>/": Body(
        {"token": TOKEN, "how": "nothing", "text": WHY}, ("practitioner/health", "case_owner/health", "supervisor/health", "health_visitor"),
        after=(_REFER, _REFER_ASK), entry="information.requested", others={_REFER: "practitioner", _REFER_ASK: "mash_manager"},
    ),
    "grades/waiting/<number:person>/<number:entry>/": Body({}, ("specialist_supervisor", "on_call_specialist")),
    "escalations/agenda/<number:person>/<number:entry>/": Body({}, ("partner_lead",)),
    "contacts/unrecorded/<number:person>/<number:entry>/": Body({}, ("crime_registrar",)),
    "access/emergencies/<number:opening>/": Body(
        {"outcome": "justified", "note": WHY}, ("data_guardian/health",), part="never-open", after=(_GLASS, _OPENED), row="access.BreakGlass",
        others={_GLASS: "case_owner/health", _OPENED: "case_owner/health"},
    ),
    "access/conflicts/": Body({"pair": "{user}-{person}", "reason": WHY}, GUARDS),
    "work/several/": Body({"item": ("a",), "do": "take", "reason": WHY}, LEADS),
    "api/first-contact": Body({"reason": WHY, "name": "Orla Quin"}, ("call_handler", "response_officer")),
    "api/contacts": Body({**CONTACT, "reason": WHY, "unnamed": 1}, ("call_handler", "response_officer")),
}  # fmt: skip
