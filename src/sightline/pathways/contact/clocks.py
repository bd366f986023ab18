"""Limits of first contact: how long until somebody must have gone, seen the child, searched, recorded, and answered a colleague."""

from __future__ import annotations

from sightline.clocks.limits import Limit, local_default
from sightline.clocks.spans import Days, Hours, Minutes
from sightline.kernel.law import Source, Standing

CRIME_RECORDING = Source(
    "National Crime Recording Standard and Home Office Counting Rules",
    "General rules: when an incident must be recorded as a crime",
    Standing.GUIDANCE,
    edition="24 hours; forces had up to 72 before April 2015, and 24 was already what was asked where a child was concerned",
    confirmed=False,
    checked="2026-11: the general rules of 2003 to 2023 were found, the passage in section A that says how soon was not",
)

LIMITS = [
    Limit(
        "incident.together_hours",
        72,
        local_default(),
        "hours within which children named in one contact are of one visit's forms and one picture in the hub",
    ),
    Limit("attendance.immediate", Minutes(15), local_default(), "an officer at an incident graded immediate"),
    Limit("attendance.priority", Minutes(60), local_default(), "an officer at an incident graded priority"),
    Limit("attendance.scheduled", Hours(48), local_default(), "an officer at an incident graded scheduled"),
    Limit("attendance.immediate.warned", Minutes(12), local_default(provision="FC-08"), "the supervisor is told that its time is nearly up"),
    Limit("attendance.priority.warned", Minutes(55), local_default(provision="FC-08"), "the supervisor is told that its time is nearly up"),
    Limit("attendance.scheduled.warned", Hours(44), local_default(provision="FC-08"), "the supervisor is told that its time is nearly up"),
    Limit("contact.same_incident", Minutes(30), local_default(), "a further call so soon is about the same incident"),
    Limit("contact.still_waiting", Hours(24), local_default(), "a further call so soon, while nobody has come, too"),
    Limit("child.seen_after_arrival", Hours(4), local_default(), "the child seen, from the arrival of an officer"),
    Limit("child.seen_after_contact", Hours(24), local_default(), "the child seen, from the contact"),
    Limit(
        "child.seen_alone",
        Hours(24),
        local_default("Working Together to Safeguard Children: see and speak to the child alone"),
        "the child spoken to alone, after being seen only beside a parent or suspect",
    ),
    Limit("child.talks_from", 2, local_default(), "age in years from which a child can be asked alone"),
    Limit("checks.before_no_attendance", Minutes(5), local_default(), "the search that belongs to a decision not to go"),
    Limit("crime.recorded", Hours(24), CRIME_RECORDING, "a crime recorded, from the account of it"),
    Limit("recovery", Hours(1), local_default(), "an officer where a child at risk is thought to be"),
    Limit("contact.stays_open", Days(7), local_default(), "a contact stays open to whoever took it or answers for it"),
    Limit("contact.sampled_one_in", 10, local_default(provision="FC-26"), "one contact in so many is drawn and listened to"),
    Limit("contact.reviewed", Days(7), local_default(provision="FC-26"), "somebody has listened to a contact that was drawn"),
    Limit("contact.reports_an_hour", 10, local_default(), "reports from one place that the page for young people takes"),
    Limit("contact.reports_in_all", 300, local_default(), "reports in an hour that the page for young people takes in all"),
    Limit("advice.given", Hours(1), local_default(), "an answer from a specialist on call"),
    Limit("specialist.after_opening", Hours(24), local_default(), "an offence against a child passed to specialists"),
    Limit("history.looked_back", Days(7), local_default(), "an account and its crime record belong together so long"),
]  # fmt: skip
