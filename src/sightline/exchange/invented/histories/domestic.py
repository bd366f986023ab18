"""Domestic abuse: incidents, risk assessments, the children of the house, MARAC."""

from datetime import datetime, timedelta

from sightline.exchange.invented.diary import Cell, Diary
from sightline.exchange.invented.histories.calls import Call, incident
from sightline.exchange.invented.histories.crimes import Offence, crime
from sightline.exchange.invented.people import Household, Person

_FACTORS = (
    "afraid", "separating", "child contact dispute", "stalking", "pregnant", "violence more often", "violence worse", "weapon",
    "strangulation", "threats to kill", "money controlled", "alcohol or drugs", "bail broken", "harm to pets",
)  # fmt: skip
_SUMMARIES = (
    "Shouting over money, doors slammed, no injury seen.", "Pushed against the wall in front of the children.",
    "He came back although asked to leave, banged on the windows.", "Phone taken and smashed when she tried to ring.",
    "Slapped in the face, reddening seen, children upstairs.", "Threatened to take the children abroad.",
    "Grabbed by the throat, says she could not breathe.", "Argument about contact at handover of the children.",
)  # fmt: skip
_SAID = (
    "I hide under the bed.",
    "It is always when he drinks.",
    "I don't want dad to get into trouble.",
    "I want it to stop.",
    "Nothing.",
)
_SEEMED = ("frightened", "very quiet", "playing as if nothing had happened", "crying", "asleep")
_AGENCIES = ("police", "social_care", "health", "probation", "housing", "education", "idva")


def couples(diary: Diary) -> list[tuple[Household, Person, Person]]:
    """Who may hurt whom: couples, and mothers with the fathers of their children."""
    found: list[tuple[Household, Person, Person]] = []
    for home in diary.block.households:
        for one in home.members:
            if one.sex != "F" or one.age_on(diary.block.until) < 17:
                continue
            others = {child.father for child in home.members if child.mother is one and child.father is not None}
            if one.partner is not None:
                others.add(one.partner)
            found.extend((home, one, other) for other in sorted(others, key=lambda him: him.number))
    return found


def incidents(diary: Diary) -> None:
    """Domestic incidents: a few families many times, many once; victims mostly women."""
    pairs = couples(diary)
    if not pairs:
        return
    weights = [home.strain**1.9 for home, _, _ in pairs]
    for _ in range(diary.times("domestic_incidents")):
        home, her, him = diary.rng.choices(pairs, weights=weights)[0]
        victim, suspect = (her, him) if diary.happens(0.85) else (him, her)
        happened(diary, home, victim, suspect, diary.moment())


def happened(diary: Diary, home: Household, victim: Person, suspect: Person, at: datetime, summary: str = "") -> str:
    """One incident with its call, its assessment and perhaps its crime. Gives its reference."""
    day = at.date()
    children = [
        one for one in home.members if one.born <= day and one.age_on(day) < 18 and one not in (victim, suspect)
    ]
    together = suspect.household is victim.household
    present = None if diary.happens(0.1) else bool(children) and diary.happens(0.65)
    place = diary.home_of(victim, at)
    log = summary or diary.one(_SUMMARIES)
    call = Call(at, "DOMESTIC", log, place, child=children[0] if children and present and diary.happens(0.4) else None)
    call.caller, call.caller_is = (
        (victim, "PA" if children else "OT") if diary.happens(0.6) else (None, diary.one(("NE", "AN", "CH", "RE")))
    )
    call.adult, call.present = suspect, present
    control = incident(diary, call)
    crime_no = None
    if diary.happens(0.42):
        offence = Offence(
            at, "VAP" if diary.happens(0.8) else "POO", place, victim, suspect, "PTN" if together else "EXP"
        )
        offence.child_present, offence.incident_no, offence.team = present, control, "DA"
        crime_no = crime(diary, offence)
    return _assess(
        diary,
        at,
        log,
        (control, crime_no),
        children,
        together=together,
        present=present,
        victim=victim,
        suspect=suspect,
    )


def _assess(
    diary: Diary, at: datetime, log: str, refs: tuple[str, str | None], children: list[Person], *, together: bool,
    present: bool | None, victim: Person, suspect: Person,
) -> str:  # fmt: skip
    key = diary.key("DAI")
    graded = diary.later(at, hours=2)
    grade = diary.weighted({"standard": 62, "medium": 28, "high": 10})
    place = diary.home_of(victim, at)
    cells: dict[str, Cell] = {
        "controlRef": refs[0],
        "crimeRef": refs[1],
        "occurredAt": at - timedelta(minutes=diary.rng.randrange(0, 90)),
        "reportedAt": at,
        "placeAddress": place.lines(),
        "placePostcode": place.postcode,
        "relationship": "partner" if together else "ex_partner",
        "childrenPresent": present,
        **_children_seen(diary, present),
        "childConcernForm": diary.happens(0.75) if children else None,
        "initialGrade": grade if diary.past(graded) else None,
        "initialGradeAt": diary.past(graded),
        "factors": diary.rng.sample(
            _FACTORS, diary.rng.randrange(0, 4) + 3 * (grade == "medium") + 6 * (grade == "high")
        ),
        "historyConsidered": diary.one((True, False, None)),
        "attendingOfficer": diary.officer(),
        "accountWithdrawnAt": diary.past(diary.later(at, days=9)) if diary.happens(0.12) else None,
        "maracReferred": grade == "high",
        "summary": log,
    }
    if cells["childConcernForm"]:
        cells["childConcernGrade"] = grade
    second = diary.past(diary.later(graded, days=1))
    if second and diary.happens(0.6):
        cells["secondaryGradeAt"] = second
        cells["secondaryGrade"] = "medium" if grade == "standard" and diary.happens(0.25) else grade
        cells["secondaryReason"] = "Earlier incidents read." if cells["secondaryGrade"] != grade else None
    people = {f"child{n}": child for n, child in enumerate(children[:3], 1)}
    return diary.add("domestic_abuse", key, cells, victim=victim, suspect=suspect, **people)


def _children_seen(diary: Diary, present: bool | None) -> dict[str, Cell]:
    seen = present and diary.happens(0.7)
    return {
        "childrenSeen": seen,
        "childrenSeenAlone": diary.happens(0.35) if seen else None,
        "childDemeanour": diary.one(_SEEMED) if seen and diary.happens(0.5) else None,
        "childSaid": diary.one(_SAID) if seen and diary.happens(0.25) else None,
    }


def marac(diary: Diary) -> None:
    """Cases heard at the district's MARAC."""
    pairs = couples(diary)
    if not pairs:
        return
    weights = [home.strain**1.8 for home, _, _ in pairs]
    for _ in range(diary.times("marac_cases")):
        home, her, him = diary.rng.choices(pairs, weights=weights)[0]
        heard(diary, home, her, him, diary.office(diary.moment()))


def heard(diary: Diary, home: Household, victim: Person, suspect: Person, at: datetime) -> None:
    """One case at one meeting, with two actions."""
    day = min(at, diary.end).date()
    children = [
        one for one in home.members if one.born <= day and one.age_on(day) < 18 and one not in (victim, suspect)
    ]
    at = min(at, diary.end)
    cells: dict[str, Cell] = {
        "MEETING": at,
        "DISTRICT": diary.block.slot.district,
        "REFERRED": (at - timedelta(days=diary.rng.randrange(6, 30))).date(),
        "REFERRED_BY": diary.weighted({"police": 65, "idva": 15, "health": 10, "social_care": 10}),
        "CHILDREN_COUNT": len(children),
        "DASH_TICKS": diary.rng.randrange(10, 22),
        "REPEAT": diary.happens(0.25),
        "ATTENDED": diary.rng.sample(_AGENCIES, diary.rng.randrange(3, 7)),
        "HISTORY_SUPPLIED": diary.one((True, True, False, None)),
        "DECISIONS": diary.one(
            ("Safety plan agreed.", "Marker on the address, locks to be changed.", "Advocate to stay in touch.")
        ),
        **actions(diary, at),
        "REVIEW_ON": diary.past_day(at + timedelta(days=84)) if diary.happens(0.5) else None,
    }
    people = {f"child{n}": child for n, child in enumerate(children[:3], 1)}
    diary.add("marac", diary.key("MRC"), cells, victim=victim, suspect=suspect, **people)


def actions(diary: Diary, at: datetime) -> dict[str, Cell]:
    """Two actions of a meeting; some are still open when they are due."""
    cells: dict[str, Cell] = {}
    wanted = (
        "Visit the children at school.",
        "Share the safety plan with the practice.",
        "Check bail conditions are kept.",
    )
    for number, what in enumerate(diary.rng.sample(wanted, 2), 1):
        due = at + timedelta(days=diary.rng.choice((7, 14, 28)))
        cells[f"ACTION{number}"] = what
        cells[f"ACTION{number}_OWNER"] = diary.worker()
        cells[f"ACTION{number}_AGENCY"] = diary.one(("police", "social_care", "health", "education"))
        cells[f"ACTION{number}_DUE"] = due.date()
        done = at + timedelta(days=diary.rng.randrange(2, 45))
        cells[f"ACTION{number}_DONE"] = diary.past_day(done) if diary.happens(0.75) else None
    return cells
