"""Whether the child is safer, asked some months after a referral that led to no plan: no database."""

from __future__ import annotations

from sightline.chronology.courses import runs
from sightline.chronology.view import Chronology, Happening
from sightline.clocks.limits import Limits
from sightline.pathways.plan.rules import PLAN
from sightline.pathways.plan.rules.owed import owed
from sightline.pathways.plan.tests.test_plan_courses import PLAN_A, START, happened, under


def test_after_a_referral_that_led_to_no_plan_it_is_asked_three_times_whether_the_child_is_safer() -> None:
    def asked(*entries: Happening) -> list[str]:
        found = owed(Chronology.of(1, entries), Limits(), START)
        return [f"{o.what[:16]} {o.due:%Y-%m-%d}" for o in found if o.step == "outcome" and not o.run]

    referral = "sightline:referral/r"
    helped = under(referral, 0, "referral.decided", decision="early_help", reason="r")
    assert asked(helped) == ["Outcome 3 months 2026-06-02"]
    first = under(referral, 93, "outcome.recorded", months=3, outcome="unknown", evidence="nobody asked")
    assert asked(helped, first) == ["Outcome 6 months 2026-09-02"]
    others = [
        under(referral, 184, "outcome.recorded", months=6, outcome="same", evidence="e"),
        under(referral, 366, "outcome.recorded", months=12, outcome="same", evidence="e"),
    ]
    assert asked(helped, first, *others) == []
    assert asked(helped, PLAN_A) == [], "a plan has outcomes of its own"
    assert not any(run.of("outcome.recorded") for run in runs(PLAN, Chronology.of(1, [PLAN_A, helped, first])))
    assert asked(under(referral, 0, "referral.decided", decision="strategy_discussion", reason="r")) == []
    assert asked(happened(0, "referral.decided", source="social_care", decision="early_help", reason="r")) == []
