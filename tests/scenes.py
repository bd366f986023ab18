"""Scenes for the pages' tests: one boy, those he lives with, and what eight systems say of them. All invented."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cast import NOW, entry, feed_viewer, person_of
from sightline.agencies.systems import record_answer, record_failure
from sightline.chronology.entries import Entry
from sightline.chronology.record import record_many
from sightline.people.anchors import anchored
from sightline.people.premises import premises_key

HOME = "14 Kiln Row, ZS5 7AB"
BEFORE = "2 Fennel Court, ZS2 1QT"
BOY = ("social_care", "boy")
MOTHER, STEPFATHER = ("social_care", "mother"), ("offender_management", "stepfather")
GRANDMOTHER, STRANGER = ("social_care", "grandmother"), ("crime", "stranger")


@dataclass(frozen=True)
class Boy:
    """Person ids of the scene, and the premises where he lives."""

    boy: int
    mother: int
    stepfather: int
    grandmother: int
    stranger: int
    premises: int
    at: datetime


def boys_life(at: datetime = NOW) -> Boy:
    """A boy of ten subject of a plan, living with a registered offender and a dog, who goes missing; and a stranger with no tie to him."""
    everyone = (BOY, MOTHER, STEPFATHER, GRANDMOTHER, STRANGER)
    record_many([*_people(at), *_homes(at), *_ties(at), *_happened(at)], feed_viewer(at=at))
    who = {key: person_of(record) for key, record in anchored(everyone, at=at).items()}
    _systems(at)
    return Boy(who[BOY], who[MOTHER], who[STEPFATHER], who[GRANDMOTHER], who[STRANGER], premises_key(HOME), at)


def _systems(at: datetime) -> None:
    for system in ("social_care", "child_protection", "crime", "missing", "command_and_control", "intelligence"):
        record_answer(system, at=at - timedelta(minutes=10))
    record_answer("education", at=at - timedelta(days=9))
    record_failure("custody", at=at - timedelta(minutes=35), reason="no answer")


def _people(at: datetime) -> Iterable[Entry]:
    said = {
        BOY: {"forenames": "Mohammed Ali", "surname": "Hussein", "aliases": ["Mo"], "born": "2016-03-04", "sex": "M",
              "language": "Arabic", "interpreter": True, "nhs_number": "9990000018"},
        MOTHER: {"forenames": "Layla", "surname": "Hussein", "born": "1990-07-12", "sex": "F", "phone": ["07700 900123"]},
        STEPFATHER: {"forenames": "Tariq", "surname": "Al-Hassan", "born": "1985-01-20", "sex": "M"},
        GRANDMOTHER: {"forenames": "Fatima", "surname": "Hussein", "born": "1958-02-02", "sex": "F"},
        STRANGER: {"forenames": "Gwilym", "surname": "Pritchard", "born": "2013-01-01", "sex": "M"},
    }  # fmt: skip
    for key, data in said.items():
        about = {"subject": [key]}
        yield entry(
            "person.recorded", about, source=key[0], ref=f"{key[1]}/person", at=at - timedelta(days=400), data=data
        )


def _homes(at: datetime) -> Iterable[Entry]:
    began, ended = (at - timedelta(days=700)).date().isoformat(), (at - timedelta(days=2200)).date().isoformat()
    for key in (BOY, MOTHER, STEPFATHER):
        data = {"lines": HOME, "postcode": "ZS5 7AB", "kind": "home", "from": began}
        yield entry(
            "address.recorded",
            {"subject": [key]},
            source=key[0],
            ref=f"{key[1]}/now",
            at=at - timedelta(days=700),
            data=data,
        )
    for key in (BOY, GRANDMOTHER):
        data = {"lines": BEFORE, "postcode": "ZS2 1QT", "kind": "home", "from": ended} | (
            {"until": began} if key == BOY else {}
        )
        yield entry(
            "address.recorded",
            {"subject": [key]},
            source=key[0],
            ref=f"{key[1]}/before",
            at=at - timedelta(days=2200),
            data=data,
        )


def _ties(at: datetime) -> Iterable[Entry]:
    for other, kind in ((MOTHER, "parent"), (STEPFATHER, "step_parent"), (GRANDMOTHER, "grandparent")):
        about = {"subject": [other], "other": [BOY]}
        ref = f"{other[1]}/{kind}"
        yield entry(
            "relationship.recorded",
            about,
            source="social_care",
            ref=ref,
            at=at - timedelta(days=600),
            data={"kind": kind},
        )


def _happened(at: datetime) -> Iterable[Entry]:
    boy, man = {"child": [BOY]}, {"child": [BOY], "suspect": [STEPFATHER]}
    told: list[tuple] = [
        ("referral.made", boy, "social_care", 900, "", {"to": "social_care", "basis": "s17", "summary": "Cold house"}),
        ("plan.started", boy, "child_protection", 80, "", {"kind": "child_protection", "category": "neglect"}),
        (
            "offender.registered",
            {"offender": [STEPFATHER]},
            "offender_management",
            1500,
            "",
            {"scheme": "registered_sex_offender"},
        ),
        ("intelligence.recorded", boy, "intelligence", 20, "", {"kind": "drugs", "summary": "Said to run errands."}),
        ("marker.set", {}, "command_and_control", 100, HOME, {"kind": "dangerous_dog", "detail": "Loose in the yard"}),
        ("marker.set", {"subject": [STEPFATHER]}, "crime", 300, "", {"kind": "violent", "detail": "Assaults police"}),
        (
            "crime.recorded",
            {"victim": [STRANGER]},
            "crime",
            12,
            "9 Far Street, ZS9 9ZZ",
            {"offence": "Theft", "category": "theft_damage"},
        ),
    ]
    call = {"channel": "999", "kind": "domestic_abuse", "graded": "immediate", "children_present": True}
    for days in (640, 47, 5):
        told.append(("contact.received", man, "command_and_control", days, HOME, call))
    for days in (300, 60, 33, 9):
        told.append(("missing.reported", boy, "missing", days, "", {"graded": "medium", "last_seen_place": "the park"}))
        told.append(("missing.returned", boy, "missing", days - 0.3, "", {"found_by": "police"}))
    for kind, people, source, days, place, data in told:
        ref = f"{days}/{kind}"
        yield entry(kind, people, source=source, ref=ref, at=at - timedelta(days=days), place=place, data=data)
