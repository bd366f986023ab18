"""A school or nursery that was not told of a domestic incident before the child's next day there, or did not read it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.courses import runs
from sightline.kernel.moments import aware
from sightline.pathways.referral.rules.attended import TELL, TOLD_OF, untold
from sightline.pathways.referral.rules.courses import SETTING


def school_not_told(case: Case) -> Iterable[Finding]:
    """Police went to a domestic incident of the child, and by the next school day no setting was told."""
    for incident, went, due in untold(case.own, case.limits.calendar):
        yield case.finding(
            "school_not_told",
            incident,
            due,
            "Police went to a domestic incident, and by the next school day the child's school or nursery has not been told.",
            step="Tell its designated lead now, here or by telephone, and record that you did.",
            rests_on=(incident, went),
        )


def school_has_not_read(case: Case) -> Iterable[Finding]:
    """A setting was told, and its designated lead had not read it when the school day began."""
    for run in runs(SETTING, case.own):
        needed = run.first.get("needed_by")
        if run.over or not needed:
            continue
        due = aware(needed if isinstance(needed, datetime) else datetime.fromisoformat(str(needed)))
        yield case.finding(
            "school_not_told",
            run.first,
            max(due, run.first.at),
            "The child's school or nursery was told of a domestic incident, and its designated lead has not read it by the school day.",
            step="Ring the school's designated lead.",
            part="unread",
        )


RULES = [
    Rule(
        "school_not_told",
        TOLD_OF,
        school_not_told,
        TELL,
        "A domestic incident that police went to, of which a child's school or nursery was not told.",
        roles=("child", "victim", "suspect", "adult", "subject"),
        answers=("setting.told",),
    ),
    Rule(
        "school_not_told",
        ("setting.told",),
        school_has_not_read,
        TELL,
        "Word to a school or nursery that its designated lead has not read.",
        answers=("setting.received",),
    ),
]
