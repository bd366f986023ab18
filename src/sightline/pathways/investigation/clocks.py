"""Limits of investigation: how long a case, a suspect, a device or a family may wait, and how often a child may be asked."""

from __future__ import annotations

from sightline.clocks.limits import Limit, local_default
from sightline.clocks.spans import Days, Hours, Minutes, WorkingDays
from sightline.kernel.law import Source, Standing

ABUSE_EVIDENCE = Source(
    "Authorised Professional Practice: child abuse", "evidence that fades", Standing.GUIDANCE, confirmed=False
)
MEDICAL = Source(
    "Working Together to Safeguard Children", "section 47 enquiries: medical", Standing.GUIDANCE, confirmed=False
)
INTERVIEWING = Source(
    "Achieving Best Evidence in Criminal Proceedings", "planning the interview", Standing.GUIDANCE, confirmed=False
)
VICTIMS_CODE = Source("Code of Practice for Victims of Crime", "being told", Standing.GUIDANCE, confirmed=False)
FAMILY_TOLD = local_default(
    "VO-03, and the Code of Practice for Victims of Crime",
    checked="2026-11: the times of the Code were not looked up: they bind beside this",
)
CHILD_FIRST = Source(
    "Children Act 2004", "s11(2): functions with regard to children's welfare; s28 in Wales", Standing.LAW,
    checked="2026-11: s11 was read (legislation.gov.uk ukpga/2004/31), of s28 the heading",
)  # fmt: skip
RESPONSIBILITY = Source("Children and Young Persons Act 1963", "s16: age of criminal responsibility", Standing.LAW)
DISPOSALS = Source(
    "Criminal Justice and Courts Act 2015",
    "s17: limits on cautions",
    Standing.LAW,
    confirmed=False,
    checked="2026-11: not read",
)

LIMITS = [
    Limit("case.allocated", Hours(24), local_default(provision="SI-07"), "a named, suitable officer has a case"),
    Limit("case.stalled", Days(14), local_default(provision="SI-25"), "the longest a live case may stand still"),
    Limit("case.stalled_contact", Days(7), local_default(provision="SI-25"), "the same, where a suspect sees children"),
    Limit("case.reviewed", Days(28), local_default(provision="QA-01"), "a supervisor looks at a live case"),
    Limit("case.reviewed_high", Days(7), local_default(provision="QA-01"), "the same, where the risk is graded high"),
    Limit("suspect.seen", Days(7), local_default(provision="SI-23"), "a known suspect is spoken to"),
    Limit("suspect.seen_contact", Hours(24), local_default(provision="SI-23"), "the same, where he is with a child"),
    Limit("evidence.injury", Hours(24), local_default("SI-11: the same day"), "an injury or a scene is photographed"),
    Limit("medical.held", Hours(24), local_default("SI-12"), "a doctor has examined the child"),
    Limit(
        "medical.recent",
        Minutes(5),
        local_default(provision="SI-12"),
        "a clinician is asked, where it was sexual and recent",
    ),
    Limit(
        "medical.asked",
        Minutes(30),
        local_default(provision="SI-12"),
        "a clinician is asked, where it was sexual and recent and specialists and social care have it",
    ),
    Limit("interview.accounts", 2, local_default("SI-17"), "how often a child may be asked to tell it"),
    Limit("witness.spoken_to", Hours(48), local_default(provision="SI-22"), "another child of the home is spoken to"),
    Limit("witness.age", 3, local_default(provision="SI-22"), "from this age a child is asked what it saw"),
    Limit("witness.cared_for", Hours(2), local_default(provision="SI-19"), "food, drink or a break for a witness"),
    Limit("device.taken", Hours(24), local_default(provision="DF-02"), "a device that matters is taken"),
    Limit("device.allocated", Days(7), local_default(provision="DF-04"), "an examiner has a device"),
    Limit("device.triaged", Days(7), local_default(provision="DF-06"), "a device has had its first examination"),
    Limit("device.reported", Days(28), local_default(provision="DF-06"), "the report on a device"),
    Limit("device.reported_high", Days(14), local_default(provision="DF-06"), "the same, where the risk is high"),
    Limit("report.received", Days(14), local_default(provision="SI-27"), "an outside report"),
    Limit("charge.decided", Days(28), local_default(provision="DF-11"), "a decision on charge"),
    Limit("conditions.checked", Days(28), local_default(provision="MP-17"), "a condition that protects is checked"),
    Limit("conditions.renewed_days", 3, local_default(provision="MP-17"), "days before conditions end to say so"),
    Limit("bail.extensions", 3, local_default(provision="DF-19"), "how often bail is extended before somebody asks"),
    Limit("age.responsible", 10, RESPONSIBILITY, "from this age a child can be held to have committed a crime"),
    Limit("family.updated", Days(28), FAMILY_TOLD, "the family hears how the case stands"),
    Limit("family.told", WorkingDays(1), FAMILY_TOLD, "the family hears of a decision"),
]
