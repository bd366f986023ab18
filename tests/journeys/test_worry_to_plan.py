"""From a call at night to a plan that ends: a domestic incident with two children and a baby whom nobody named.

Everybody signs in as themselves; each page is checked with axe, and for its width at 320 pixels. With SIGHTLINE_NO_SCRIPTS=1 it is gone
through without JavaScript; with SIGHTLINE_KEYBOARD=1 with the keys alone, every page from its top to its end; with SIGHTLINE_STRETCHED=1
each page is tried with long words and Welsh ones. A few pages are gone through so always.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Page

import keyboard
import stretching
from cast import entry, feed_viewer, make_member
from filling import KEYS, asked, button_of, picture, said_at, send
from scenes import BOY, boys_life
from sightline.chronology.models import Event, EventPerson
from sightline.chronology.record import record_many
from sightline.people.anchors import identities_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NARROW = {"width": 320, "height": 700}
SCRIPTS = os.environ.get("SIGHTLINE_NO_SCRIPTS") != "1"
STRETCHED = {"contact", "decide", "plan"}  # always: the rest with SIGHTLINE_STRETCHED=1
BY_KEYS = {"refer", "decide"}  # always: the rest with SIGHTLINE_KEYBOARD=1
REFUSED = {"refer"}  # sent with nothing in it first: what is wrong must have the focus
# Pages with tables, which nobody comes by on the way.
ELSEWHERE = (
    "/",
    "/limits/",
    "/hub/outcomes/",
    "/escalations/figures/",
    "/person/{boy}/",
    "/person/{boy}/looked/",
    "/person/{boy}/records/",
)


class People:
    """Those who have a part in it, each with a window of their own."""

    def __init__(self, visit: Callable[..., object], clock: time_machine.Traveller) -> None:
        self.visit, self.clock, self.windows, self.members = visit, clock, {}, {}  # type: ignore[var-annotated]
        self.wrong: list[str] = []  # with a layout, or with going through a page by keys

    def join(self, key: str, name: str, role: str, agency: str) -> None:
        self.members[key] = make_member(key, name, role, agency)

    def at(self, key: str, path: str, name: str = ""):  # type: ignore[no-untyped-def]
        """Somebody opens a page, which is looked at."""
        if key not in self.windows:
            self.windows[key] = self.visit(scripts=SCRIPTS, **NARROW).sign_in(self.members[key])  # type: ignore[attr-defined]
        one = self.windows[key]
        one.page.goto(path)
        self.look(key)
        if name:
            picture(one.page, name)
        if stretching.ALL or name in STRETCHED:
            self.wrong += stretching.faults(one.page)
        if KEYS:
            self.wrong += keyboard.walk(one.page)
            one.page.goto(path)
        return one.page

    def later(self, **by: float) -> None:
        """Some time passes, in which everybody's session ends."""
        self.clock.shift(timedelta(**by))
        for key, one in self.windows.items():
            one.context.clear_cookies()
            one.sign_in(self.members[key])

    def look(self, key: str) -> None:
        """The page is one that anybody can read and use."""
        one = self.windows[key]
        one.check() if SCRIPTS else one.fits()

    def does(self, key: str, path: str, said: Mapping[str, object], *, button: str = "", name: str = "") -> str:
        """Somebody opens a page, answers it and presses its button; gives the address it led to."""
        page = self.at(key, path, name)
        keys = KEYS or name in BY_KEYS
        if keys and name in REFUSED:
            keyboard.refused(page, button_of(page, button))
            page.goto(path)
        send(page, said, button=button, keys=keys)
        self.look(key)
        return page.url.split("//", 1)[1].split("/", 1)[1].join(("/", ""))


def newest(kind: str) -> Event:
    return Event.objects.filter(kind=kind, source="sightline").latest("id")


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """It begins nine months ago, and time passes as it does in such a matter."""
    with time_machine.travel(datetime.now(UTC) - timedelta(days=270), tick=True) as found:
        yield found


@pytest.fixture
def people(visit, clock: time_machine.Traveller) -> People:  # type: ignore[no-untyped-def]
    cast = People(visit, clock)
    for key, name, role, agency in (
        ("marsh", "Jo Marsh", "call_handler", "police"), ("reeve", "PC Tom Reeve", "response_officer", "police"),
        ("sutcliffe", "Sgt Dee Sutcliffe", "supervisor", "police"), ("begum", "Rukhsana Begum", "mash_manager", "hub"),
        ("price", "Gwen Price", "social_care_manager", "social_care"), ("okoro", "Amina Okoro", "case_owner", "social_care"),
        ("lister", "DS Ann Lister", "detective_sergeant", "police"), ("doyle", "Niamh Doyle", "practitioner", "health"),
    ):  # fmt: skip
        cast.join(key, name, role, agency)
    return cast


CALL = {
    "route": "call", "own_words": "He is shouting and the kids are screaming", "kind": "domestic_abuse", "place": "4 Holm Lane",
    "children_live_there": "yes", "children_present": "yes", "children_saw_or_heard": "yes", "child_linked_to_adult": "no",
    "name_1": "Sara Hussein", "age_1": "4", "unnamed": "1", "caller_is": "neighbour", "recovery": "no", "graded": "immediate",
}  # fmt: skip
THERE = {"parent_intoxicated": "yes", "drugs_about": "no", "children_unsupervised": "no", "conditions": "Warm, a broken door, no food",
         "not_done_because": "Nobody was hurt"}  # fmt: skip
SEEN = {"alone": "yes", "spoken_to": "yes", "safe": "yes", "where": "The kitchen", "demeanour": "Watched the door",
        "views": "I want him to stop"}  # fmt: skip
VISIT = {"what_happened": "Stepfather had broken the kitchen door and a neighbour held him when we came in; the children stood behind the sofa",
         "kinds": ["domestic abuse"], "action_taken": "Stepfather arrested and taken to Marsham custody", "parents_know": "yes"}  # fmt: skip
CHILD = {"seen": "yes", "seen_awake": "yes", "spoken_to": "yes", "seen_alone": "yes", "demeanour": "Shaking, would not let go of the dog",
         "views": "He always does this on Fridays", "wishes": "To stay at nan's", "grade": "high"}  # fmt: skip
REFERRED = {"risk": "Stepfather hurts their mother in front of three children, one of them a baby", "asked_for": "A strategy discussion today",
            "summary": "Arrested tonight after he broke a door to reach her; he has said that he will be back", "child_said": "I want him to stop",
            "basis": "s47", "urgency": "same_day", "consent": "not_safe_to_seek", "to": "hub"}  # fmt: skip
DECIDED = {"decision": "strategy_discussion", "reason": "Third assault in front of the children", "owner": "Gwen Price",
           "next_step": "Strategy discussion at ten", "child_said": "I want him to stop",
           "child_changed": "They stay with nan until it is held"}  # fmt: skip
ENQUIRED = {"nature": "both", "finding": "", "outcome": "concern_substantiated_ongoing_risk", "rationale": "Both children say the same",
            "accounts_conflict": "no", "child_said": "He wants to live with his mother and without him", "child_changed": "The home stays theirs",
            "away_from_home": "no", "next": "conference"}  # fmt: skip
HELD = {"attended": ["social_care", "police", "health"], "contributed": ["health"], "child_took_part": "advocate",
        "child_views": "Wants it to stop", "child_understood": "yes", "parents_views": "She will work with it", "parents_understood": "partly",
        "decision": "plan", "reason": "Harm goes on", "category": "emotional", "concern": "Violence in front of the children",
        "likelihood": "Very likely without change", "lead": "Amina Okoro", "contingency": "Legal planning meeting within a week",
        "contingency_owner": "Gwen Price"}  # fmt: skip

TOLD = {"whom": "child", "about": "outcome", "what": "Your plan goes on with Niamh. Nobody comes who hurts you", "method": "in_person",
        "how": "Plain words", "reached": "yes"}  # fmt: skip
WORDED = {"version": "child", "language": "en", "why": "He shouts and breaks things, and you were scared", "could_happen": "Nobody is hurt at home",
          "who": "Amina comes on Tuesdays. You can ring her", "not_work": "We meet again and think of something better"}  # fmt: skip


def at_the_door(people: People, boy: int) -> list[int]:
    """The call, and what the officer finds: three children seen, one of whom nobody could name. Gives the three."""
    called = {"name": "Mo Hussein", "postcode": "ZS5", "reason": "A neighbour hears shouting"}
    people.does("marsh", "/first-contact/", called, name="search")
    incident = people.does("marsh", f"/contacts/new/?person={boy}", CALL | {f"part_{boy}": "child"}, name="contact")
    people.does("marsh", f"{incident}dispatched/", {"unit": "Charlie 21", "officer": "reeve"})
    people.does("marsh", f"{incident}relay/", {"to": "Charlie 21"}, name="relay")
    people.at("reeve", f"{incident}door/", "door")
    people.does("reeve", f"{incident}arrived/", {})
    entry = incident.split("/")[4]
    records = EventPerson.objects.filter(event_id=entry, role="child").values_list("record_id", flat=True)
    children = sorted(identities_of(records).values())
    assert len(children) == 3
    for child in children:
        people.does("reeve", f"/person/{child}/contacts/{entry}/seen/", SEEN, name="seen" if child == boy else "")
    people.does("reeve", f"{incident}scene/", THERE)
    people.at("marsh", incident, "incident")
    return [boy, *(c for c in children if c != boy)]


def referred(people: People, children: list[int]) -> None:
    """One visit, a form for each of the three; and the referrals that the hub sees as one family and decides on."""
    boy = children[0]
    began = {"children": children, "encounter": "incident"}
    form = people.does("reeve", f"/person/{boy}/concern/", began, name="concern-start")
    said = {f"c{child}-{k}": v for child in children for k, v in CHILD.items()}
    people.does("reeve", form, VISIT | said, button="Send", name="concern")
    made = {}
    for child in children:
        people.does("reeve", f"/person/{child}/refer/", REFERRED, name="refer" if child == boy else "")
        made[child] = newest("referral.made").pk
    assert "1 family" in people.at("begum", "/hub/", "hub").inner_text("main"), "three children of one incident"
    people.at("begum", f"/person/{boy}/referrals/{made[boy]}/", "referral")
    for child in children:
        page = f"/person/{child}/referrals/{made[child]}/"
        people.does("begum", f"{page}decide/", DECIDED, name="decide" if child == boy else "")
    assert people.at("reeve", "/door/", "told").inner_text("main").count("Third assault") == 3


def enquired(people: People, boy: int) -> None:
    """A strategy discussion with health the next morning, and a joint enquiry of nine days."""
    them, start, soon = people.members, f"/person/{boy}/enquiry/", said_at(timezone.now() + timedelta(days=1))
    people.does("begum", f"{start}ask/", {"reason": "Assault in front of three children"})
    run = f"{start}discussions/{newest('strategy.requested').pk}/"
    posts = [them[k].post.pk for k in ("price", "lister", "doyle")]
    calls = {"held_at": said_at(timezone.now() + timedelta(hours=12)), "how": "video", "posts": posts}
    people.does("begum", f"{run}call/", calls, name="strategy-call")
    people.later(hours=12)
    others = {
        f"child_{n}{more}": said
        for n in others_asked(people.at("price", f"{run}hold/"))
        for more, said in (("", "included"), ("_why", "Same home"))
    }
    assert others, "his sister and the baby are considered too"
    people.does("price", f"{run}hold/", others | {
        "held_at": said_at(timezone.now()), "how": "video", "attended": "Social care: Gwen Price\nPolice: DS Ann Lister\nHealth: Niamh Doyle",
        "information_shared": "Police: two earlier calls. Health: missed appointments.", "abuse_alleged": "yes", "offence_possible": "yes",
        "decision": "enquiry_joint", "mode_reason": "An assault by an adult", "rationale": "All three saw it", "protects_now": "He is held",
        "action_1_what": "See the boy at school", "action_1_owner": "Amina Okoro", "action_1_agency": "social_care", "action_1_due": soon,
    }, name="strategy")  # fmt: skip
    people.does("doyle", f"{run}health/", {"role": "health visitor", "clinician": "Niamh Doyle",
                 "opinion": "No injury; the baby has lost weight"})  # fmt: skip
    lead = {"mode": "joint", "reason": "An assault by an adult", "lead": "Amina Okoro and DS Ann Lister"}
    people.does("price", f"{start}start/", lead)
    people.later(days=9)
    enquiry = f"{start}enquiries/{newest('enquiry.started').pk}/"
    page = people.at("price", f"{enquiry}complete/", "enquiry")
    undone = {n: "Done before it began" for n in asked(page) if n.startswith("duty_")}
    people.does("price", f"{enquiry}complete/", ENQUIRED | {"finding": "happened"} | undone)


def others_asked(page: Page) -> list[str]:
    """The other children whom a strategy discussion decides on, one by one."""
    return [n.removeprefix("child_") for n in asked(page) if n.startswith("child_") and n.count("_") == 1]


def planned(people: People, boy: int) -> str:
    """A conference four days on that decides on a plan; gives the plan's address."""
    them, soon = people.members, said_at(timezone.now() + timedelta(days=20))
    called = {"kind": "initial", "chair": "Gwen Price", "meeting_at": said_at(timezone.now() + timedelta(days=4))}
    conference = people.does("price", f"/person/{boy}/plan/begin/conference/", called, name="conference-call")
    invited = {"posts": [them["lister"].post.pk, them["doyle"].post.pk]}
    people.does("price", f"{conference}invite/", invited, name="conference-invite")
    report = {"how": "report", "report": "Two incidents this year", "can_do": "Patrol"}
    people.does("lister", f"{conference}report/", report)
    people.later(days=4)
    plan = people.does("price", f"{conference}hold/", HELD | {"held_at": said_at(timezone.now())}, name="conference")
    people.does("price", f"{plan}action/", {"what": "He stays away from the house", "owner": "Amina Okoro", "agency": "social_care", "due": soon,
                "immediate": "no"}, name="plan-action")  # fmt: skip
    options = {"chosen": ["patrol"], "owner": "Ann Lister", "due": soon, "why_not": "No order is needed yet"}
    people.does("price", f"{plan}police/", options)
    people.does("price", f"{plan}words/?version=child&language=en", WORDED, name="plan-words")
    people.at("price", f"{plan}family/?version=child", "plan-child")
    return plan


def lived(people: People, plan: str) -> None:
    """The core group, a visit, and a review after eleven weeks."""
    people.later(days=8)
    met = {"met_at": said_at(timezone.now()), "attended": ["social_care", "health"]}
    people.does("price", f"{plan}core-group/", met)
    visit = {"visited_at": said_at(timezone.now()), "child_seen": "yes", "alone": "yes", "where": "School"}
    people.does("price", f"{plan}visit/", visit, name="visit")
    people.later(days=70)
    people.does("price", f"{plan}review/", {
        "reviewed_at": said_at(timezone.now()), "progress": "better", "text": "He has not come back", "child_took_part": "written",
        "difference-0": "changed", "difference-1": "changed",
    }, name="review")  # fmt: skip


def stepped_down(people: People, boy: int, plan: str) -> str:
    """The plan goes on as early help with somebody who accepts it; the child is told; three months on it is asked whether he is safer."""
    people.later(days=10)
    goes_on = {n: "carry" for n in asked(people.at("price", f"{plan}handover/")) if n.startswith("becomes-")}
    offer = {"way": "step_down", "post": people.members["doyle"].post.pk, "to_plan": "early_help", "outcome": "safer",
             "evidence": "Nobody has rung since", "reason": "He has left and stays away"}  # fmt: skip
    people.does("price", f"{plan}handover/", offer | goes_on, name="handover")
    page, on = people.at("doyle", f"{plan}accept/"), f"{timezone.now() + timedelta(days=20):%d %m %Y}"
    owned = {n: "Niamh Doyle" for n in asked(page) if n.startswith("owner-")}
    due = {n: said_at(timezone.now() + timedelta(days=30)) for n in asked(page) if n.startswith("due-")}
    accepts = {"contingency": "Ask for a strategy discussion", "contingency_owner": "Niamh Doyle", "review_on": on}
    helped = people.does("doyle", f"{plan}accept/", accepts | owned | due, name="accept")
    people.does("doyle", f"/person/{boy}/voice/told/", TOLD, name="voice-told")
    people.later(days=95)
    outcome = {"months": "3", "outcome": "safer", "evidence": "School and nan say so", "child_says": "It is quiet now"}
    people.does("doyle", f"{helped}outcome/", outcome, name="outcome")
    return helped


def test_a_worry_becomes_a_plan_and_whoever_worried_is_told(people: People) -> None:
    now = timezone.now()
    boy = boys_life(now).boy
    ended = {"reason": "Care at home is better", "outcome": "safer"}
    record_many([entry("plan.ended", {"child": [BOY]}, source="child_protection", ref="ended", at=now - timedelta(days=40), data=ended)],
                feed_viewer(at=now - timedelta(days=39)), asked=False)  # fmt: skip
    referred(people, at_the_door(people, boy))
    enquired(people, boy)
    plan = planned(people, boy)
    lived(people, plan)
    helped = people.at("doyle", stepped_down(people, boy, plan), "plan").inner_text("main")
    assert "Early help" in helped and "Niamh Doyle" in helped and "He stays away from the house" in helped
    for key in people.members:
        people.at(key, "/work/", f"work-{key}")
    people.at("price", "/work/several/?slice=plan", "several").get_by_label("Take them up myself").wait_for()
    for path in ELSEWHERE if KEYS or stretching.ALL else ():
        people.at("price", path.format(boy=boy))
    assert people.wrong == [], "\n".join(people.wrong)
