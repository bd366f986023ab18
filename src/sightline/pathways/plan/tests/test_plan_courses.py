"""Where conferences and plans stand, what is owed and what is told, worked out from entries alone: no database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest

from sightline.alerts.case import Case, Households
from sightline.chronology.courses import Run, runs
from sightline.chronology.view import Chronology, Happening
from sightline.clocks.limits import ENGLAND, WALES, Limits
from sightline.pathways.plan.alerts import RULES
from sightline.pathways.plan.alerts.current import plans
from sightline.pathways.plan.rules import CONFERENCE, PLAN
from sightline.pathways.plan.rules import conferences as meetings
from sightline.pathways.plan.rules.choices import choices, headings, languages, nation_of, terms
from sightline.pathways.plan.rules.conferences import parts, quorate
from sightline.pathways.plan.rules.owed import owed
from sightline.pathways.plan.rules.standing import plans as standing_plans

START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)  # a Monday
STARTED = {
    "kind": "child_protection",
    "lead": "Amina Okoro",
    "contingency": "Legal planning meeting",
    "contingency_owner": "Sunita Rao",
}
A, B = "sightline:plan/a", "sightline:plan/b"


def happened(days: float, kind: str, ref: str = "", /, source: str = "sightline", **data: object) -> Happening:
    at = START + timedelta(days=days)
    number = int(days * 1000) + len(kind)
    return Happening(
        number, kind, at, at, at, "minute", source, ref or f"{kind}{days}", "", "", {"child": (1,)}, "", None, "", data
    )


def under(run: str, days: float, kind: str, /, **data: object) -> Happening:
    return happened(days, kind, f"{run}#{kind}/{days}", **data)


@dataclass
class World:
    held: Chronology
    households: Households = field(default_factory=dict)

    def chronology(self, person: int) -> Chronology:
        return self.held if person == 1 else Chronology.of(person, ())

    def sharing_home(self, homes: frozenset[int]) -> frozenset[int]:
        return homes


def case(*entries: Happening, days: float) -> Case:
    return Case(1, START + timedelta(days=days), World(Chronology.of(1, entries)), Limits())


def told(kind: str, *entries: Happening, days: float) -> list[str]:
    """What the rules of plans tell by a day: the part of each finding of a kind that is due."""
    asked = case(*entries, days=days)
    found = [f for rule in RULES if rule.kind == kind for f in rule.find(asked)]
    return sorted(f.part for f in found if f.due_at <= asked.moment)


def of_plan(*entries: Happening) -> Run:
    return runs(PLAN, Chronology.of(1, entries))[0]


PLAN_A = happened(0, "plan.started", "plan/a", **STARTED)
ACTION = {"id": "x", "what": "Father moves out", "owner": "Amina Okoro", "due": "2026-03-10T10:00:00+00:00"}


def test_each_plan_ends_by_the_end_that_names_it_whichever_began_later() -> None:
    safety = happened(1, "plan.started", "plan/b", kind="safety")
    ended = under(A, 2, "plan.ended", reason="r", outcome="safer")
    asked = case(PLAN_A, safety, ended, days=3)
    assert [h.get("kind") for h in plans(asked, asked.moment)] == ["safety"]
    facts = list(standing_plans(asked.own, asked.moment))
    assert [f.holds for f in facts if f.kind == "child_protection_plan"] == [False]
    assert [r.state for r in runs(PLAN, asked.own)] == ["ended", "running"]


@pytest.mark.requirement("CP-16")
def test_an_offered_plan_stays_where_it_is_until_it_is_accepted() -> None:
    offer = under(
        A,
        1,
        "handover.offered",
        way="transfer",
        to="Owen Price",
        to_agency="penmor",
        to_plan="child_protection",
        reason="moved",
    )
    assert (of_plan(PLAN_A, offer).state, of_plan(PLAN_A, offer).over) == ("offered", False)
    declined = under(A, 2, "handover.declined", reason="no address yet")
    assert of_plan(PLAN_A, offer, declined).state == "running"
    accepted = under(A, 2, "handover.accepted", by_whom="Owen Price")
    assert of_plan(PLAN_A, accepted).state == "running" and of_plan(PLAN_A, accepted).aside, (
        "nobody accepts what was not offered"
    )
    assert of_plan(PLAN_A, offer, accepted, under(A, 2.1, "plan.ended", reason="r", outcome="moved")).state == "ended"


@pytest.mark.requirement("CP-19")
def test_an_action_that_fails_raises_what_was_agreed_in_case_until_that_is_begun() -> None:
    action = under(A, 1, "action.set", **ACTION)
    assert told("plan_drift", PLAN_A, action, days=7.9) == []
    assert told("plan_drift", PLAN_A, action, days=8.1) == ["contingency x"], "its time has passed"
    dropped = under(A, 2, "action.dropped", id="x", reason="he will not", authorised_by="Sunita Rao")
    assert told("plan_drift", PLAN_A, action, dropped, days=3) == ["contingency x"]
    worse = under(A, 3, "difference.noted", id="x", difference="worse")
    begun = under(A, 4, "contingency.begun", what="Legal planning meeting", owner="Sunita Rao", because="worse")
    assert told("plan_drift", PLAN_A, action, worse, days=3.5) == ["contingency x"]
    assert told("plan_drift", PLAN_A, action, worse, begun, days=5) == []
    assert told("plan_drift", PLAN_A, action, under(A, 2, "action.done", id="x", result="gone"), days=5) == []


def test_what_the_pages_write_clears_what_waits_for_it() -> None:
    strategy = happened(
        -30, "strategy.held", source="social_care", decision="enquiry_joint", attended=["police"], rationale="r"
    )
    called = happened(
        -2, "conference.called", "conference/c", kind="initial", meeting_at="2026-03-02T10:00:00+00:00", chair="S"
    )
    report = under("sightline:conference/c", -1, "conference.reported", agency="police", how="report", says="s")
    held = under(
        "sightline:conference/c",
        0,
        "conference.held",
        kind="initial",
        attended=["police", "social_care"],
        decision="plan",
        police_report=True,
    )
    assert told("conference_late", strategy, called, days=1) == [""], "to call one is not to hold it"
    assert told("conference_late", strategy, called, report, held, days=1) == []
    assert told("police_input_missing", strategy, called, report, held, days=1) == []
    silent = under(
        "sightline:conference/c",
        0,
        "conference.held",
        kind="initial",
        attended=["police"],
        decision="plan",
        police_report=False,
    )
    late = under("sightline:conference/c", 0.5, "conference.reported", agency="police", how="report", says="s")
    assert (
        told("police_input_missing", called, silent, days=1) == [""]
        and told("police_input_missing", called, silent, late, days=1) == []
    )


def test_visits_core_groups_reviews_and_a_plan_itself_clear_what_waits_for_them() -> None:
    kept = [under(A, 9, "plan.visit", seen=True), under(A, 9, "coregroup.held", attended=["health"])]
    assert (
        told("plan_drift", PLAN_A, days=20) == ["core group", "visit"]
        and told("plan_drift", PLAN_A, *kept, days=20) == []
    )
    reviewed = under(A, 95, "plan.reviewed", progress="better", text="t")
    assert "review" in told("plan_drift", PLAN_A, days=100) and "review" not in told(
        "plan_drift", PLAN_A, reviewed, days=100
    )
    judged = happened(-20, "enquiry.completed", source="social_care", outcome="concern_substantiated_ongoing_risk")
    assert told("plan_missing", judged, days=1) == [""] and told("plan_missing", judged, PLAN_A, days=1) == []


@pytest.mark.requirement("CP-01", "CP-09")
def test_what_is_owed_is_counted_in_working_days_from_what_began_it() -> None:
    strategy = happened(0, "strategy.held", decision="enquiry_joint", attended=["police"], rationale="r")
    (conference,) = owed(Chronology.of(1, [strategy]), Limits(), START)
    assert (conference.step, f"{conference.due:%Y-%m-%d}") == ("call", "2026-03-24"), (
        "fifteen working days end at midnight"
    )
    due = {o.step: f"{o.due:%Y-%m-%d}" for o in owed(Chronology.of(1, [PLAN_A]), Limits(), START)}
    assert due == {"visit": "2026-03-17", "core-group": "2026-03-17", "review": "2026-06-02", "outcome": "2026-06-02"}
    later = {
        o.step: f"{o.due:%Y-%m-%d}"
        for o in owed(
            Chronology.of(1, [PLAN_A, under(A, 92, "plan.reviewed", progress="same", text="t")]), Limits(), START
        )
    }
    assert later["review"] == "2026-12-02"


@pytest.mark.requirement("CP-10")
def test_a_review_conference_still_owes_what_is_different_for_the_child() -> None:
    held = happened(
        80,
        "conference.held",
        "cp/1",
        source="child_protection",
        kind="review",
        decision="plan_continues",
        attended=["health"],
    )
    asked = {o.what for o in owed(Chronology.of(1, [PLAN_A, held]), Limits(), START)}
    assert "Ask of each action what is different for the child" in asked
    answered = under(A, 81, "plan.reviewed", progress="same", text="t")
    assert "Ask of each action what is different for the child" not in {
        o.what for o in owed(Chronology.of(1, [PLAN_A, held, answered]), Limits(), START)
    }


@pytest.mark.requirement("CP-05")
def test_a_seat_is_no_contribution() -> None:
    called = happened(0, "conference.called", "conference/c", kind="initial", chair="S")
    held = under(
        "sightline:conference/c",
        2,
        "conference.held",
        kind="initial",
        attended=["police", "health"],
        contributed=["health"],
        decision="plan",
    )
    (run,) = runs(CONFERENCE, Chronology.of(1, [called, held]))
    assert [(p.agency, p.attended, p.contributed, p.silent) for p in parts(run)] == [
        ("health", True, True, False),
        ("police", True, False, True),
    ]


def test_a_quorum_is_a_dated_local_number_and_needs_social_care() -> None:
    kinds = [("marsham", "social_care"), ("police", "police"), ("health", "health"), ("school", "education")]
    least = Limits().number("conference.quorum", START)
    assert quorate(["marsham", "police", "health"], kinds, least)
    assert not quorate(["marsham", "police"], kinds, least) and not quorate(
        ["school", "police", "health"], kinds, least
    )


def test_a_guardian_whose_proceedings_ended_is_not_asked_again() -> None:
    named = happened(0, "guardian.appointed", who="Gwen")
    assert meetings.guardians(Chronology.of(1, [named])) == (named,)
    assert meetings.guardians(Chronology.of(1, [named, happened(1, "proceedings.ended", outcome="o")])) == ()


@pytest.mark.requirement("CP-21")
def test_an_authority_in_wales_works_under_the_welsh_pack() -> None:
    day = START.date()
    authorities = ("penmor_children_services", "marsham_children_services")
    assert [nation_of(a, day) for a in authorities] == [WALES, ENGLAND]
    welsh = terms(WALES, day)
    assert welsh["plan"] == "Care and support protection plan" and "register" in welsh["subject"]
    assert welsh.keys() == terms(ENGLAND, day).keys()
    sources = {
        nation: Limits(nation=nation).version("coregroup.first", START.date()).source.instrument
        for nation in (ENGLAND, WALES)
    }
    assert sources[WALES] == "Wales Safeguarding Procedures" != sources[ENGLAND]


@pytest.mark.requirement("CP-13", "CP-22")
def test_every_language_has_every_heading_of_both_versions_and_every_list_says_who_acts() -> None:
    for language in languages():
        for version in ("parents", "child"):
            assert headings(language, version).keys() == headings("en", version).keys() and all(
                headings(language, version).values()
            )
    assert headings("xx", "child") == headings("en", "child")
    outside = choices("outside_family", START.date()).choices
    assert {"police", "social_care", "education"} <= {c.agency for c in outside} and len(outside) > 8


def test_lists_words_and_nations_hold_from_a_day_and_the_guidance_of_a_day_says_its_edition() -> None:
    for asked in (
        lambda day: choices("police", day),
        lambda day: terms(WALES, day),
        lambda day: nation_of("penmor_children_services", day),
    ):
        with pytest.raises(LookupError, match="nothing is declared"):
            asked(date(2019, 6, 1))
        assert asked(date(2026, 6, 1))
    editions = [Limits().version("conference.initial", day).source for day in (date(2009, 6, 1), date(2014, 6, 1))]
    assert [(s.in_force_from, s.confirmed) for s in editions] == [(None, False), (date(2010, 3, 17), True)]
