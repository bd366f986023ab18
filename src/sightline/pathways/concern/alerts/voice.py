"""A form, a conference or a review in which the child is not heard."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.alerts.incidents import together
from sightline.chronology.view import Happening
from sightline.kernel.law import Source, Standing

# What a form has in the box when nothing was asked.
BLANK = frozenset((
    "", "-", "--", ".", "?", "none", "nil", "no", "n/a", "na", "not applicable", "not known", "unknown", "not recorded", "not asked",
    "not obtained", "not spoken to", "not seen", "see above", "as above", "tbc", "tba", "no comment",
))  # fmt: skip
# Words that only say that the child was not heard; and the word of somebody else, in the box for the child's own.
UNHEARD = re.compile(
    r"((did|does|would) ?(not|n.t)|refus(ed|ing|es) to|declin(ed|ing|es) to|un(able|willing) to|not willing to|chose not to)( (wish|want) to)?"
    r" (engage|comment|be spoken to)\W*"
    r"|(no|nil|nothing) (views|voice|comments?|concerns?|disclosures?|issues?|to note|of note|untoward|obvious|unusual)\W*"
    r"|(seemed )?(ok|okay|fine|normal|good|appropriate|age appropriate)\W*", re.IGNORECASE,
)  # fmt: skip
SOMEBODY_ELSES = re.compile(
    r"\W*(his |her |the )?(mum|mother|dad|father|parents?|carer|nan|gran\w*|step\w+|school|teacher|staff|officers?)( and \w+)?"
    r" (says?|said|states?|stated|feels?|felt|thinks?|thought|reports?|reported|believes?|confirms?|confirmed|told)\b", re.IGNORECASE,
)  # fmt: skip
DAILY = ("education", "health")  # whose staff have the child before them day by day
VOICE = Source(
    "Working Together to Safeguard Children",
    "a child-centred approach: what the child says, wants and does is recorded",
    Standing.GUIDANCE,
    confirmed=False,
)


def voice_missing(case: Case) -> Iterable[Finding]:
    """The concern form says nothing of what the child said or wanted, or nothing of how the child behaved, and no record of the day does.

    How a child behaved is asked even of a baby; words only of a child old enough for them. A later form or record mends it.
    """
    for form in _forms(case):
        lacking = [name for name in _asked(case, form) if not _recorded(case, form, name)]
        if lacking:
            yield case.finding(
                "voice_missing",
                form,
                case.at_once(form),
                "The concern form does not say " + " or ".join(SAID[name] for name in lacking) + ".",
                step="Ask the officer what the child said and did, and add it to the form.",
                part="" if len(lacking) == len(SAID) else lacking[0],
                **together(form),
            )
    yield from _not_heard(case)


SAID = {"views": "what the child said or wanted", "demeanour": "how the child behaved"}


def _forms(case: Case) -> Iterator[Happening]:
    """The child's forms; of several on one matter, the first, which the later ones add to."""
    last: Happening | None = None
    for form in case.of("concern.notified"):
        if not _is_form(form):
            continue
        if case.is_child(form.at) and (last is None or case.due("concern.form", last) < form.at):
            yield form
        last = form


def _is_form(form: Happening) -> bool:
    """The form of somebody who came to the child. What a school or a surgery writes in its own log of worries has no such boxes."""
    own_log = form.source in DAILY or form.agency in DAILY
    return not own_log or any(form.get(box) is not None for box in ("seen", "seen_alone", "demeanour"))


def _asked(case: Case, form: Happening) -> tuple[str, ...]:
    age = case.age(form.at)
    small = age is not None and age < case.number("voice.speaks_from", form.at)
    return ("demeanour",) if small else ("views", "demeanour")


def _recorded(case: Case, form: Happening, name: str) -> bool:
    """Whether the form, or what was recorded in the same matter before or since, has it."""
    until = case.due("concern.form", form)
    for entry in case.of(
        "concern.notified", "concern.added", "child.seen", "voice.captured", "prevention_interview.held"
    ):
        if (
            entry.at <= until
            and (entry.at >= form.at or case.due("concern.form", entry) >= form.at)
            and _has(entry, name)
        ):
            return True
    if case.first("concern.added", since=until, where=lambda h: _has(h, name)) is not None:
        return True
    return case.first("voice.captured", since=until, where=lambda h: _has(h, name)) is not None and name == "views"


def _has(entry: Happening, name: str) -> bool:
    if entry.kind == "voice.captured":
        return name == "views" and entry.get("whose") == "child" and _filled(entry.get("text"))
    if entry.kind == "prevention_interview.held":
        return name == "views" and _filled(entry.get("disclosed"))
    return _filled(entry.get(name)) and not (name == "views" and SOMEBODY_ELSES.match(str(entry.get(name))))


def _filled(text: object) -> bool:
    said = str(text or "").strip(" .").lower()
    return said not in BLANK and UNHEARD.fullmatch(said) is None


def _not_heard(case: Case) -> Iterator[Finding]:
    """A conference or a review of care that recorded that the child was not heard or took no part, for a child old enough to be asked."""
    for held in case.of("conference.held", "care.reviewed"):
        unheard = held.get("child_views_heard") is False or held.get("child_took_part") is False
        age = case.age(held.at)
        if not unheard or (age is not None and age < case.number("voice.speaks_from", held.at)):
            continue
        if not _heard_near(case, held.at):
            yield case.finding(
                "voice_missing",
                held,
                case.at_once(held),
                "Decisions about this child were taken without hearing the child's views.",
                step="Ask the child, alone, and bring what they say to whoever decides.",
            )


def _heard_near(case: Case, at: datetime) -> bool:
    return case.first("voice.captured", since=at, where=lambda h: _has(h, "views")) is not None


RULES = [
    Rule(
        "voice_missing",
        ("concern.notified", "conference.held", "care.reviewed"),
        voice_missing,
        VOICE,
        "A record about a child in which the child is not heard.",
        limits=("concern.form", "voice.speaks_from"),
    ),
]
