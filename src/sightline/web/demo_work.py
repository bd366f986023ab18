"""The demonstration's own work: what the cast began in the last day and a half, by the services of their pages, so that no list is empty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import click
from django.db import transaction
from django.utils import timezone

from sightline.access.casework import ALLOCATED, open_to
from sightline.access.models import User
from sightline.access.viewer import Viewer, viewer_for
from sightline.chronology.models import Event
from sightline.kernel.moments import local
from sightline.oversight.escalation.queries import Stalled
from sightline.oversight.escalation.services import escalate
from sightline.pathways.concern.queries import known_of
from sightline.pathways.concern.services import begin_draft
from sightline.pathways.contact.services.opening import open_contact
from sightline.pathways.enquiry import services as enquiry
from sightline.pathways.plan.queries.runs import standing_of
from sightline.pathways.plan.services import conferences, plans
from sightline.pathways.plan.services.doing import Deed
from sightline.pathways.referral.queries.one import called_of
from sightline.pathways.referral.services import asking, deciding
from sightline.pathways.referral.services.referring import Referred, refer, tell_setting
from sightline.people.anchors import identities_of
from sightline.people.models import Address
from sightline.people.persons import persons
from sightline.web.demo_kept import KEPT, keep_some
from sightline.web.demo_table import ask_to_conference

WHY = "The demonstration's cast works with them"
HUB, CARE = "begum", "price"
DEMO = "demo"


@dataclass(frozen=True)
class Sent:
    """One referral: how many hours ago, by whom, how grave, what is feared, what is asked for, and what was seen and said."""

    hours: float
    by: str
    basis: str
    urgency: str
    risk: str
    asked_for: str
    summary: str
    child_said: str = ""


SENT = (
    Sent(32, "ward", "s17", "next_day", "Not fed at home", "An assessment of what the family needs",
         "Came to school three days running without breakfast or lunch, and asked for bread to take home", "He says there is none"),
    Sent(30, "reeve", "s17", "next_day", "Sees his mother hurt again", "A visit to the family this week",
         "Officers went to a domestic incident; the child stood on the stairs and had rung the police himself", "He wants it to stop"),
    Sent(29, "reeve", "s17", "next_day", "Sees her mother hurt again", "A visit to the family this week",
         "Officers went to a domestic incident; the younger child was in bed and awake", "She held her brother's hand and said nothing"),
    Sent(26, "doyle", "early_help", "routine", "Falls behind as her mother struggles", "Help at home with a new baby",
         "The health visitor found the mother low and alone, the older child doing the washing and feeding the baby"),
    Sent(22, "ward", "s47", "same_day", "Hit with a belt again tonight", "A strategy discussion today",
         "Two straight marks on the back of the legs, seen when changing for sport", "She says it was a belt and not to ring home"),
    Sent(20, "reeve", "s17", "routine", "Drawn in by older boys", "Somebody he may talk to",
         "Found at two in the morning with four older boys and a phone that is not his", "He says they are his friends"),
    Sent(9, "doyle", "s17", "next_day", "A baby loses weight at home", "A joint visit",
         "A baby of five months has lost weight at two visits and the second appointment was missed"),
    Sent(5, "reeve", "s47", "same_day", "Left alone with a man who has hurt children", "A strategy discussion today",
         "A man on the register was found staying at the home; the mother says that she did not know", "She calls him uncle"),
    Sent(2, "ward", "s17", "routine", "Not in school", "Find out where the family is",
         "Ten days away from school and nobody answers the door or the telephone"),
    Sent(1, "reeve", "s47", "same_day", "Hurt again at home tonight", "A decision on where the child sleeps tonight",
         "Officers found a bruise on the cheek and a hole in the door of the child's room", "He says that he fell, and looked at his father"),
)  # fmt: skip


@click.command()
def demo_work() -> None:
    """Open work for the cast; a second time changes nothing."""
    now = timezone.now()
    if Event.objects.filter(source="sightline", ref__startswith="referral/demo-").exists():
        return
    children = _children(len(SENT) + 6 + KEPT)
    with transaction.atomic():
        sent = [_refer(n, one, child, now) for n, (one, child) in enumerate(zip(SENT, children, strict=False))]
        _at_the_hub(children, sent, now)
        _beyond_the_hub(children[len(SENT) : -KEPT], now)
        keep_some(children[-KEPT:], now)
    click.echo(
        f"{len(sent)} referrals wait or were decided; a strategy discussion, a conference, plans and a contact are under way"
    )


def _children(count: int) -> list[int]:
    """Pupils of the force from six to fifteen, two of them of one home first."""
    held = Address.objects.filter(record__source="education", kind="home").order_by("premises_id", "record_id")
    rows = list(held.values_list("premises_id", "record_id")[: count * 15])
    who, day = identities_of(r for _, r in rows), local(timezone.now()).date()
    aged = {p for p, held in persons(set(who.values())).items() if 6 <= (held.age_on(day) or 0) <= 15}
    homes: dict[int, list[int]] = {}
    for home, record in rows:
        if who.get(record) in aged and who[record] not in homes.setdefault(home, []):
            homes[home].append(who[record])
    pair = next((h for h in homes.values() if len(h) > 1), [])[:2]
    alone = [h[0] for h in homes.values() if h and h[0] not in pair]
    return [alone[0], *pair, *alone[1:]][:count]


def _as(name: str, at: datetime, *children: int) -> Viewer:
    """One of the cast at a moment, who works with these children."""
    viewer = viewer_for(User.objects.get(username=name), at=at, route="demo").because(WHY)
    open_to([viewer.post_id or 0], children, why=ALLOCATED, reason=WHY, at=at)
    return viewer


def _refer(n: int, one: Sent, child: int, now: datetime) -> int:
    at = now - timedelta(hours=one.hours)
    by = _as(one.by, at, child)
    said = Referred(
        ("hub",), one.basis, one.urgency, one.risk, one.asked_for, one.summary, "not_sought", one.child_said
    )
    return refer(by, said, token=f"demo-{n}", at=at, person=child, called=called_of(by, child).called)[0]


def _at_the_hub(children: list[int], sent: list[int], now: datetime) -> None:
    """Some are received, one waits for an answer, one is with early help, one is decided and challenged."""
    for n in (0, 1, 2, 3, 4):
        at = now - timedelta(hours=SENT[n].hours - 2)
        deciding.receive(_as(HUB, at), children[n], sent[n], token=f"demo-{n}", at=at)
    at = now - timedelta(hours=18)
    hub, called = _as(HUB, at), called_of(_as(HUB, at), children[1]).called
    asking.ask(hub, children[1], of=["health", "school"], question="What do you know of the family since the summer?",
               lawful_basis="Children Act 2004 section 11", called=called, token=f"{DEMO}-ask", at=at)  # fmt: skip
    for n, decision, owner, step in (
        (3, "early_help", "Lena Hart", "A family worker visits within five days."),
        (0, "no_further_action", "Sam Ward", "School keeps watch and refers again if it goes on."),
        (4, "strategy_discussion", "Gwen Price", "Call a strategy discussion today."),
    ):
        deciding.decide(hub, children[n], sent[n], decision=decision, reason="Decided with health and police at the table",
                        owner=owner, next_step=step, different="A family worker goes too", helped_before="partly",
                        child_said="Tired and hungry at school; says little", child_changed="Somebody at school whom they know stays with it",
                        token=f"demo-decide-{n}", at=at, way_back_contact="Sam Ward", way_back="His office at school, any break")  # fmt: skip
    at = now - timedelta(hours=3)
    asking.challenge(_as("ward", at), sent[0], text="He has had no lunch again today, and nobody came", token=f"{DEMO}-challenge", at=at)  # fmt: skip


def _beyond_the_hub(children: list[int], now: datetime) -> None:
    """A strategy discussion called and one asked for, a conference called, a plan begun, a contact open, a form begun, an escalation."""
    asked, met, planned, called, rung, stalled = children
    at = now - timedelta(hours=6)
    enquiry.ask(_as("okoro", at, asked), asked, reason="He says that he was hit again, and by whom", token=f"{DEMO}-strategy", at=at)  # fmt: skip
    manager = _as(CARE, at, met, planned, called)
    posts = [_as(name, at).post_id or 0 for name in ("lister", "doyle")]
    enquiry.call(manager, met, None, invited=["Police: DS Ann Lister, detective sergeant", "Health: Niamh Doyle, practitioner"], posts=posts,
                 held_at=now + timedelta(hours=4), how="video", token=f"{DEMO}-call", at=at)  # fmt: skip
    plans.start(Deed(manager, standing_of(manager, planned), _plan(now), "demo-plan"))
    meeting = {
        "kind": "initial",
        "meeting_at": now + timedelta(days=9),
        "chair": "Ines Moreau",
        "late_because": "Family asked for that day",
    }
    ask_to_conference(
        manager, called, conferences.call(Deed(manager, standing_of(manager, called), meeting, "demo-conference"))
    )
    for name in ("okoro", "sutcliffe", "lister", "halloran"):
        _as(name, at, asked, met, planned, called)
    taker = _as("marsh", now - timedelta(hours=1), rung)
    open_contact(taker, token=f"{DEMO}-contact", parts={rung: "child"}, new=(), at=taker.at, said={
        "channel": "999", "kind": "concern_for_child", "graded": "immediate", "caller_is": "neighbour",
        "own_words": "A child has been crying in the yard for an hour and nobody opens"})  # fmt: skip
    officer = _as("reeve", now - timedelta(minutes=40), rung, stalled)
    begin_draft(officer, known_of(officer, [rung], at=officer.at), encounter="incident", token=f"{DEMO}form", at=officer.at)  # fmt: skip
    tell_setting(officer, rung, of="school", told="Police were at the home last night; the child may be tired and quiet",
                 called=called_of(officer, rung).called, token=f"{DEMO}-school", at=officer.at)  # fmt: skip
    escalate(officer, stalled, Stalled("A visit that was promised", "", "childrens-services"), about="delay", to_agency="childrens-services",
             text="A visit was promised on Monday and nobody has come", quietly=False, token=f"{DEMO}-escalation", at=officer.at)  # fmt: skip


def _plan(now: datetime) -> dict[str, object]:
    return {
        "kind": "early_help", "lead": "Lena Hart", "concern": "Meals and school are missed as the mother struggles with a new baby",
        "likelihood": "Likely without help", "contingency": "Refer to children's services again", "contingency_owner": "Lena Hart",
        "agencies": ["childrens-services", "health"], "review_on": (local(now) + timedelta(days=28)).date().isoformat(),
        "outside_family": "no", "what": "Breakfast club from Monday", "owner": "Sam Ward",
        "due": (now + timedelta(days=2)).isoformat(),
    }  # fmt: skip
