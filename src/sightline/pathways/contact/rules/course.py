"""The course of an incident, for each child of it: from the contact that opened it until it is closed. Pure."""

from __future__ import annotations

from sightline.chronology.courses import BEGIN, Course, Step

OPEN = ("opened", "noted", "sent", "attended", "stood_down")
_GOING = (*OPEN, "seen")
CONTACT = Course(
    "contact",
    "Incident",
    {
        "opened": "Nobody has been sent yet",
        "noted": "A worry for the chronology: nobody was to go",
        "sent": "Somebody is on the way",
        "attended": "Somebody is there, and this child is not yet seen",
        "stood_down": "Nobody will go, and this child is not yet seen",
        "seen": "This child has been seen",
        "closed": "Closed",
    },
    (
        Step("contact.received", (BEGIN,), "noted", "a worry, nobody is to go", when=("low_level", (True,))),
        Step("contact.received", (BEGIN,), "opened", "contact opened"),
        Step("attendance.dispatched", OPEN, "sent", "officer sent"),
        Step("attendance.delayed", OPEN, says="whoever goes is delayed"),
        Step("attendance.arrived", OPEN, "attended", "officer arrived"),
        Step("attendance.arrived", ("seen",), says="officer arrived"),
        Step("attendance.cancelled", OPEN, "stood_down", "attendance cancelled"),
        Step("child.seen", _GOING, "seen", "child seen"),
        Step("contact.reviewed", (*_GOING, "closed"), says="how it was taken was reviewed"),
        Step("contact.closed", ("seen",), "closed", "closed, child seen", when=("seen", ("yes",))),
        Step("contact.closed", _GOING, "closed", "closed with leave", when=("seen", ("agreed", "no_child"))),
        *(
            Step(kind, _GOING, says=kind.replace(".", " ").replace("_", " "))
            for kind in (
                "contact.checked", "contact.regraded", "contact.doubted", "dispatch.relayed", "scene.recorded",
                "advice.requested", "advice.given", "arrest.considered",
                "crime.recorded", "crime.declined", "crime.cancelling", "crime.cancelled",
            )
        ),
    ),
    ends=("noted", "closed"),
)  # fmt: skip
