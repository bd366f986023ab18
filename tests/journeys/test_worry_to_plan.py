"""From a call at night to a plan that ends: a domestic incident with two children and a baby whom nobody named.

Everybody signs in as themselves; each page is checked with axe, and for its width at 320 pixels. With SIGHTLINE_NO_SCRIPTS=1 it is gone
through without JavaScript; with SIGHTLINE_KEYBOARD=1 with the keys alone, every page from its top to its end; with SIGHTLINE_STRETCHED=1
each page is tried with long words and Welsh ones. A few pages are gone through so always.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import pytest
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

    def __init__(self, visit: Callable[..., object]) -> None:
        self.visit, self.windows, self.members = visit, {}, {}  # type: ignore[var-annotated]
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
def people(visit) -> People:  # type: ignore[no-untyped-def]
    cast = People(visit)
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
SEEN = {
    "alone": "yes",
    "spoken_to": "yes",
    "safe": "yes",
    "where": "The kitchen",
    "demeanour": "Watched the door",
    "views": "I want him to stop",
}
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

WORDED = {"version": "child", "language": "en", "why": "He shouts and breaks things, and you were scared", "could_happen": "Nobody is hurt at home",
          "who": "Amina comes on Tuesdays. You can ring her", "not_work": "We meet again and think of something better"}  # fmt: skip


def at_the_door(people: People, boy: int) -> str:
    """The call, and what the officer finds: three children seen, one of whom nobody could name."""
    people.does(
        "marsh",
        "/first-contact/",
        {"name": "Mo Hussein", "postcode": "ZS5", "reason": "A neighbour hears shouting"},
        name="search",
    )
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
        people.does("reeve", f"/person/{child}/contacts/{entry}/seen/", SEEN)
    people.does("reeve", f"{incident}scene/", THERE)
    return incident


def referred(people: People, boy: int) -> str:
    """The concern form, and the referral that the hub decides on."""
    form = people.does(
        "reeve", f"/person/{boy}/concern/", {"children": [boy], "encounter": "incident"}, name="concern-start"
    )
    people.does("reeve", form, VISIT | {f"c{boy}-{k}": v for k, v in CHILD.items()}, button="Send", name="concern")
    people.does("reeve", f"/person/{boy}/refer/", REFERRED, name="refer")
    made = newest("referral.made").pk
    people.at("begum", "/hub/", "hub")
    page = f"/person/{boy}/referrals/{made}/"
    people.at("begum", page, "referral")
    people.does("begum", f"{page}decide/", DECIDED, name="decide")
    assert "Third assault" in people.at("reeve", "/door/", "told").inner_text("main")
    return page


def enquired(people: People, boy: int, now: datetime) -> None:
    """A strategy discussion with health, and a joint enquiry."""
    them, soon = people.members, said_at(now + timedelta(hours=2))
    start = f"/person/{boy}/enquiry/"
    people.does("begum", f"{start}ask/", {"reason": "Assault in front of three children"})
    run = f"{start}discussions/{newest('strategy.requested').pk}/"
    posts = [them[k].post.pk for k in ("price", "lister", "doyle")]
    people.does("begum", f"{run}call/", {"held_at": soon, "how": "video", "posts": posts}, name="strategy-call")
    others = {
        f"child_{n}{more}": said
        for n in others_asked(people.at("price", f"{run}hold/"))
        for more, said in (("", "included"), ("_why", "Same home"))
    }
    people.does("price", f"{run}hold/", others | {
        "held_at": said_at(timezone.now()), "how": "video", "attended": "Social care: Gwen Price\nPolice: DS Ann Lister\nHealth: Niamh Doyle",
        "information_shared": "Police: two earlier calls. Health: missed appointments.", "abuse_alleged": "yes", "offence_possible": "yes",
        "decision": "enquiry_joint", "mode_reason": "An assault by an adult", "rationale": "All three saw it", "protects_now": "He is held",
        "action_1_what": "See the boy at school", "action_1_owner": "Amina Okoro", "action_1_agency": "social_care", "action_1_due": soon,
    }, name="strategy")  # fmt: skip
    people.does("doyle", f"{run}health/", {"role": "health visitor", "clinician": "Niamh Doyle",
                 "opinion": "No injury; the baby has lost weight"})  # fmt: skip
    people.does(
        "price",
        f"{start}start/",
        {"mode": "joint", "reason": "An assault by an adult", "lead": "Amina Okoro and DS Ann Lister"},
    )
    enquiry = f"{start}enquiries/{newest('enquiry.started').pk}/"
    page = people.at("price", f"{enquiry}complete/", "enquiry")
    undone = {n: "Done before it began" for n in asked(page) if n.startswith("duty_")}
    people.does("price", f"{enquiry}complete/", ENQUIRED | {"finding": "happened"} | undone)


def others_asked(page: Page) -> list[str]:
    """The other children whom a strategy discussion decides on, one by one."""
    return [n.removeprefix("child_") for n in asked(page) if n.startswith("child_") and n.count("_") == 1]


def planned(people: People, boy: int, now: datetime) -> str:
    """A conference that decides on a plan; a review; and a step down to somebody who accepts it."""
    them, soon = people.members, said_at(now + timedelta(days=2))
    conference = people.does("price", f"/person/{boy}/plan/begin/conference/", {"kind": "initial", "chair": "Gwen Price",
                             "meeting_at": said_at(now + timedelta(days=6))}, name="conference-call")  # fmt: skip
    people.does(
        "price",
        f"{conference}invite/",
        {"posts": [them["lister"].post.pk, them["doyle"].post.pk]},
        name="conference-invite",
    )
    people.does(
        "lister", f"{conference}report/", {"how": "report", "report": "Two incidents this year", "can_do": "Patrol"}
    )
    plan = people.does("price", f"{conference}hold/", HELD | {"held_at": said_at(timezone.now())}, name="conference")
    people.does("price", f"{plan}action/", {"what": "He stays away from the house", "owner": "Amina Okoro", "agency": "social_care", "due": soon,
                "immediate": "no"}, name="plan-action")  # fmt: skip
    people.does(
        "price",
        f"{plan}police/",
        {"chosen": ["patrol"], "owner": "Ann Lister", "due": soon, "why_not": "No order is needed yet"},
    )
    review = {
        "reviewed_at": said_at(timezone.now()),
        "progress": "better",
        "text": "He has not come back",
        "child_took_part": "written",
        "difference-0": "changed",
        "difference-1": "changed",
    }
    people.does("price", f"{plan}review/", review, name="review")
    people.at("price", f"{plan}family/?version=child", "plan-child-unwritten")
    people.does("price", f"{plan}words/?version=child&language=en", WORDED, name="plan-words")
    people.at("price", f"{plan}family/?version=child", "plan-child")
    goes_on = {n: "carry" for n in asked(people.at("price", f"{plan}handover/")) if n.startswith("becomes-")}
    people.does("price", f"{plan}handover/", {"way": "step_down", "post": them["doyle"].post.pk, "to_plan": "early_help", "outcome": "safer",
                "evidence": "Nobody has rung since", "reason": "He has left and stays away"} | goes_on, name="handover")  # fmt: skip
    return people.does("doyle", f"{plan}accept/", {"contingency": "Ask for a strategy discussion", "contingency_owner": "Niamh Doyle",
                       "review_on": f"{now + timedelta(days=20):%d %m %Y}"},
                       name="accept")  # fmt: skip


def test_a_worry_becomes_a_plan_and_whoever_worried_is_told(people: People) -> None:
    now = timezone.now()
    boy = boys_life(now).boy
    ended = {"reason": "Care at home is better", "outcome": "safer"}
    record_many([entry("plan.ended", {"child": [BOY]}, source="child_protection", ref="ended", at=now - timedelta(days=40), data=ended)],
                feed_viewer(at=now - timedelta(days=39)), asked=False)  # fmt: skip
    at_the_door(people, boy)
    referred(people, boy)
    enquired(people, boy, now)
    plan = people.at("doyle", planned(people, boy, now), "plan").inner_text("main")
    assert "Early help" in plan and "Niamh Doyle" in plan
    for key in people.members:
        people.at(key, "/work/", f"work-{key}")
    people.at("price", "/work/several/?slice=plan", "several").get_by_label("Take them up myself").wait_for()
    for path in ELSEWHERE if KEYS or stretching.ALL else ():
        people.at("price", path.format(boy=boy))
    assert people.wrong == [], "\n".join(people.wrong)
