"""Phones and computers: taken, given to an examiner, examined, reported on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.clocks.limits import local_default
from sightline.pathways.investigation.alerts.matters import RESULTS, about
from sightline.pathways.investigation.alerts.words import CONTENTS, DEVICES, says

STAGES = ("device.seized", "device.submitted", "device.allocated", "device.examined", "device.reported")
TOLD = ("device.known", "intelligence.recorded", "contact.received", "child.seen", "concern.notified")
ON_SCREEN = (
    "sexual",
    "online",
    "exploitation",
)  # offences of which what a child or an officer says of a device is proof
TAKEN = ("device.seized", "device.submitted", "device.examined", "evidence.taken")
EVERYONE = ("child", "victim", "suspect")
BEFORE = timedelta(days=7)
OF_CHILDREN = (
    "indecent",
    "child",
    "naked",
    "undressed",
    "underage",
    "under age",
    "young girl",
    "young boy",
    "little girl",
    "little boy",
)
COPIED = ("phone_download",)
KEPT = ("phone_download", "document", "photograph", "other")  # what was sent, shown to an officer and kept


def _name(h: Happening) -> str:
    return " ".join(str(h.get("item") or "").lower().split())


def _devices(case: Case) -> list[list[Happening]]:
    """Each device's entries, oldest first, where the first of them is about the subject and its case is not over."""
    held: dict[str, list[Happening]] = {}
    for h in case.own.of_kind(*STAGES):
        held.setdefault(_name(h), []).append(h)
    return [of for of in held.values() if case.subject in about(of[0]) and not _over(case, of[0])]


def _over(case: Case, start: Happening) -> bool:
    """Whether the case to which it belongs was closed, or ended in court, since."""
    whom = set(start.people.get("suspect", ()))
    for h in case.own.of_kind("investigation.closed", "court.result"):
        ended = h.kind == "investigation.closed" or h.get("result") in RESULTS
        same = not whom or not h.people.get("suspect") or whom & set(h.people["suspect"])
        others = set(h.people.get("victim", ())) - {p for held in start.people.values() for p in held}
        if h.at >= start.at and ended and same and (case.subject in about(h) or not others):
            return True
    return False


def _of(held: list[Happening], *kinds: str) -> list[Happening]:
    return [h for h in held if h.kind in kinds]


def device_unallocated(case: Case) -> Iterable[Finding]:
    """A device was sent for examination and no examiner has it."""
    for held in _devices(case):
        sent = _of(held, "device.submitted")
        if sent and not _of(held, "device.allocated", "device.examined", "device.reported"):
            yield case.finding(
                "device_unallocated",
                sent[0],
                case.due("device.allocated", sent[0]),
                f"A device sent for examination has had no examiner for {case.say('device.allocated', sent[0])}.",
                step="Name an examiner, by the risk to children and not by its place in the queue.",
                concerns=sent[0].people.get("suspect", ()),
                part=_name(sent[0]),
            )


def device_delayed(case: Case) -> Iterable[Finding]:
    """A device waits too long to be sent, for its first examination, or for the report. A quick first look that finds nothing clears nobody."""
    for held in _devices(case):
        if _of(held, "device.reported"):
            continue
        sent = _of(held, "device.submitted")
        start = sent[0] if sent else held[0]
        if not _of(held, "device.examined"):
            limit = "device.triaged"
            what = "has not had a first examination" if sent else "was taken and has not been sent for examination"
        else:
            limit = "device.reported_high" if _high(held) else "device.reported"
            what = "has had no report"
        yield case.finding(
            "device_delayed",
            held[0],
            case.due(limit, start),
            f"A device in this case {what} within {case.say(limit, start)}.",
            step="Move it up by the risk to children, and record who protects each child that the suspect can reach until then.",
            rests_on=held,
            concerns=start.people.get("suspect", ()),
            part=_name(held[0]),
        )


def _high(held: list[Happening]) -> bool:
    """Whether the risk was put at high when it was taken; where nobody said, whether it was sent as urgent."""
    said = [h.get("risk") for h in held if h.get("risk")]
    return said[-1] == "high" if said else any(h.get("priority") == "urgent" for h in held)


def device_not_seized(case: Case) -> Iterable[Finding]:
    """A device matters to the case and nobody has taken it or its contents: a day after it was known.

    Where nothing was opened, it is told of only if what is said to be on it is itself an offence against a child.
    """
    begun = case.own.of_kind("investigation.opened", "crime.recorded")
    for told in case.own.of_kind(*TOLD):
        if case.subject not in about(told) or not _matters(told) or _taken(case, told):
            continue
        by_word = told.kind in ("child.seen", "concern.notified")
        if by_word and not any(h.get("category") in ON_SCREEN for h in begun):
            continue
        if not (begun or _alleges(told)) or _between_children(case, told):
            continue
        if case.first("investigation.closed", since=told.at) is None:
            yield case.finding(
                "device_not_seized",
                told,
                case.due("device.taken", told),
                f"A phone or computer that matters to this case has been known of for {case.say('device.taken', told)} and nobody has taken it.",
                step="Decide today whether to take it or copy it, and record the reason if not.",
                concerns=told.people.get("suspect", ()),
            )
            return


def _matters(told: Happening) -> bool:
    """Whether an entry says that a device holds something. A report of abuse on line says so of itself."""
    if told.kind == "device.known":
        return True
    if told.kind == "contact.received":
        return told.get("kind") == "online_abuse" or (says(told.note, DEVICES) and says(told.note, CONTENTS))
    said = told.get("summary") or told.get("views") or told.get("what_happened")
    return says(said, DEVICES) and (told.get("kind") == "online" or says(said, CONTENTS))


def _alleges(told: Happening) -> bool:
    """Whether it is said that a device holds pictures of children."""
    said = f"{told.note} {told.get('summary') or ''}"
    return says(said, DEVICES) and says(said, CONTENTS) and says(said, OF_CHILDREN)


def _between_children(case: Case, told: Happening) -> bool:
    """Whether what came of a call is between children themselves, with nobody suspected of more."""
    crimes = case.of("crime.recorded", where=lambda h: h.at >= told.at)
    return (
        told.kind == "contact.received"
        and bool(crimes)
        and all(h.get("child_is") == "both" and not h.people.get("suspect") for h in crimes)
        and not told.people.get("suspect")
    )


def _taken(case: Case, told: Happening) -> bool:
    def is_it(h: Happening) -> bool:
        if h.kind == "evidence.taken":
            return h.get("kind") in (KEPT if told.kind == "contact.received" else COPIED)
        return told.kind != "device.known" or _same(_name(h), _name(told))

    return case.first(*TAKEN, since=told.at - BEFORE, where=is_it) is not None


def _same(one: str, other: str) -> bool:
    """Whether two names may be one device: alike, or both a phone, both a computer."""
    kinds = ({w for w in DEVICES if says(name, (w,))} for name in (one, other))
    return one == other or bool(next(kinds) & next(kinds)) or not one or not other


RULES = [
    Rule(
        "device_unallocated",
        ("device.submitted",),
        device_unallocated,
        local_default(provision="DF-04"),
        "A device that waits with no examiner.",
        roles=EVERYONE,
        answers=("device.allocated", "device.examined"),
        limits=("device.allocated",),
    ),
    Rule(
        "device_delayed",
        ("device.seized", "device.submitted"),
        device_delayed,
        local_default(provision="DF-02, DF-06"),
        "A device that waits too long for examination or report.",
        roles=EVERYONE,
        answers=("device.examined", "device.reported"),
        limits=("device.triaged", "device.reported", "device.reported_high"),
    ),
    Rule(
        "device_not_seized",
        TOLD,
        device_not_seized,
        local_default(provision="DF-02, DF-10, DF-18"),
        "A device that matters and that nobody has taken.",
        roles=EVERYONE,
        answers=("device.seized", "evidence.taken"),
        limits=("device.taken",),
    ),
]
