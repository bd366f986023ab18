"""What an allegation against somebody who works with children tells others unasked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.pathways.allegations.clocks import REFERRAL_DUTY, WORKING_TOGETHER

ACCUSED = ("subject", "worker", "suspect", "adult", "offender")
ABOUT = ("child", *ACCUSED)
SAME_MATTER = timedelta(days=2)  # whoever was told first may write it down first
NO_ROLE = ("", "no", "none", "none known", "unknown", "not known", "n/a")
WORKS_WITH_CHILDREN = re.compile(
    r"\b(teach(es|er|ing)|tutors?|coach(es|ing)?|scout\w*|cubs?|beavers|brownies|rainbows|guides|cadets?|youth (club|group|worker|leader|team)"
    r"|play ?group|nurser(y|ies)|creche|child.?mind\w*|baby.?sit\w*|nann(y|ies)|foster carer|sunday school|choir|swimming (lessons?|teacher|club)"
    r"|dance (class\w*|teacher|school)|school (bus|caretaker|governor|taxi|run)"
    r"|(works|working|volunteers?|helps?|job) (\w+ ){0,3}(school|college|children|kids|pupils|juniors|under.?\d+s?))\b", re.IGNORECASE,
)  # fmt: skip
HARMFUL_CALLS = ("assault", "sexual_offence", "exploitation", "online_abuse")
AGAINST_CHILDREN = ("violence", "sexual", "cruelty_neglect", "exploitation", "online")


def _about(entry: Happening) -> tuple[int, ...]:
    """The children named, and where none is, the person accused."""
    return next((entry.people[role] for role in ABOUT if entry.people.get(role)), ())


def _everyone(entry: Happening) -> frozenset[int]:
    return frozenset(p for held in entry.people.values() for p in held)


def _told(case: Case, cause: Happening) -> bool:
    """Whether the designated officer knows: told, asked to a meeting, or sent a referral, in the record of anybody named."""
    since = cause.at - SAME_MATTER
    return any(
        h.at >= since
        and (
            h.kind == "designated_officer.informed"
            or (h.kind == "meeting.held" and h.get("kind") == "designated_officer")
            or (h.kind == "referral.made" and h.get("basis") == "designated_officer")
        )
        for p in _everyone(cause)
        for h in case.chronology_of(p).of_kind("designated_officer.informed", "meeting.held", "referral.made")
    )


def designated_officer_late(case: Case) -> Iterable[Finding]:
    """An allegation, made to an employer or to the police, of which the designated officer has not been told within a working day."""
    for cause in _allegations(case):
        if case.subject in _about(cause) and not _told(case, cause):
            yield case.finding(
                "designated_officer_late",
                cause,
                case.due("designated_officer.told", cause),
                "An allegation against somebody who works with children was made and the designated officer was not told "
                f"within {case.say('designated_officer.told', cause)}.",
                step="Tell the local authority's designated officer now; do not wait for the investigation.",
                concerns=_everyone(cause),
            )


def _allegations(case: Case) -> Iterator[Happening]:
    """Allegations, and crimes of which somebody is suspected who works with children, where no allegation against them is recorded."""
    made = case.of("allegation.made", role=ABOUT)
    yield from made
    accused = {p for entry in made for p in _accused(entry)}
    for entry in case.of("contact.received", "suspect.identified", "crime.recorded", role=ABOUT):
        for person in _accused(entry) - accused:
            other = case.other(person)
            if not other.own.of_kind("allegation.made") and entry in _suspected(other):
                accused.add(person)
                yield entry


def _accused(entry: Happening) -> frozenset[int]:
    return frozenset(p for role in ACCUSED for p in entry.people.get(role, ()))


def _has_role(entry: Happening) -> bool:
    """Whether an entry says that somebody has a role with children: in its box, or in the words written beside it."""
    boxed = str(entry.get("role_with_children") or "").strip().lower() not in NO_ROLE
    return boxed or WORKS_WITH_CHILDREN.search(entry.note) is not None


def dbs_missing(case: Case) -> Iterable[Finding]:
    """Somebody left or was removed because they pose a risk, or would have been, and nobody has referred them to the barring service."""
    for left in case.of("employment.ended", role=ACCUSED):
        since = _duty_began(case, left)
        if (
            since is not None
            and not case.first("dbs.referred", since=left.at - SAME_MATTER)
            and not _sent_to_dbs(case, left)
        ):
            yield case.finding(
                "dbs_missing",
                left,
                case.due("dbs.referred", since),
                f"Somebody stopped working with children because of risk and has not been referred for barring in {case.say('dbs.referred', since)}.",
                step="Make the referral: it is a duty of whoever employed them, whatever else was done.",
                rests_on=(since,),
                concerns=_everyone(left),
            )


def _sent_to_dbs(case: Case, left: Happening) -> bool:
    return case.first("referral.made", since=left.at - SAME_MATTER, where=lambda h: h.get("basis") == "dbs") is not None


def _duty_began(case: Case, left: Happening) -> Happening | None:
    """When the duty to refer began: with the leaving, or with the finding that the allegation was true; None where there is none."""
    made = case.of("allegation.made", role=ACCUSED)
    if made and all(h.get("regulated_activity") is False for h in made):
        return None
    if left.get("because_of_risk") is True:
        return left
    proved = case.of("allegation.decided", role=ACCUSED, where=lambda h: h.get("outcome") == "substantiated")
    return max(left, proved[-1], key=lambda h: h.at) if proved else None


def role_with_children(case: Case) -> Iterable[Finding]:
    """A suspect works or volunteers with children: the setting and the designated officer must know at once."""
    for cause in _suspected(case):
        acted = case.first("employment.sanctioned", "employment.ended", since=cause.at - SAME_MATTER)
        if acted or _told(case, cause):
            continue
        role = str(cause.get("role_with_children") or "a role with children")
        for who in _about(cause):
            yield case.finding(
                "role_with_children",
                cause,
                case.at_once(cause),
                f"Somebody suspected of an offence works or volunteers with children ({role}).",
                step="Tell the designated officer and agree who tells the setting, today.",
                subject=who,
                concerns=_everyone(cause),
            )


def _suspected(case: Case) -> tuple[Happening, ...]:
    """The first entry that shows a suspect's role: said in it, or known from whom they teach, train or work with."""
    said = case.of("suspect.identified", role=("suspect", "subject", "adult"), where=_has_role)
    if said:
        return said[:1]
    if case.born and case.is_child():
        return ()
    accused = case.of("contact.received", "crime.recorded", role="suspect", where=_of_harm_to_a_child)
    return accused[:1] if accused and _works_with_children(case) else ()


def _works_with_children(case: Case) -> bool:
    """Whether a record says that they teach or train somebody, or work with somebody who is a child."""
    return bool(case.kin("pupil")) or any((c := case.other(p)).born and c.is_child() for p in case.kin("worker_with"))


def _of_harm_to_a_child(entry: Happening) -> bool:
    """Whether a crime, or a call about a child, is of harm done to one."""
    if entry.kind == "contact.received":
        return entry.get("kind") in HARMFUL_CALLS and bool(entry.people.get("child"))
    victim = entry.get("child_is") in ("victim", "both", "unidentified")
    return victim and entry.get("category") in AGAINST_CHILDREN


RULES = [
    Rule(
        "designated_officer_late",
        ("allegation.made", "contact.received", "suspect.identified", "crime.recorded"),
        designated_officer_late,
        WORKING_TOGETHER,
        "An allegation of which the designated officer was not told.",
        roles=ABOUT,
        answers=("designated_officer.informed",),
        limits=("designated_officer.told",),
        around=True,
    ),
    Rule(
        "dbs_missing",
        ("employment.ended",),
        dbs_missing,
        REFERRAL_DUTY,
        "Somebody who left because of risk and was not referred to the barring service.",
        roles=ACCUSED,
        answers=("dbs.referred",),
        limits=("dbs.referred",),
    ),
    Rule(
        "role_with_children",
        ("contact.received", "suspect.identified", "crime.recorded"),
        role_with_children,
        WORKING_TOGETHER,
        "A suspect who works or volunteers with children.",
        roles=("suspect", "subject", "adult"),
        around=True,
    ),
]
