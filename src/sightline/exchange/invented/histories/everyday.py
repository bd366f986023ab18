"""Everyday life as health, schools and intelligence hold it."""

from datetime import date, datetime, timedelta

from sightline.exchange.invented import places
from sightline.exchange.invented.diary import Cell, Diary
from sightline.exchange.invented.people import Person

_TERMS = (((9, 3), (12, 19)), ((1, 6), (4, 2)), ((4, 20), (7, 22)))
_REASONS = {
    "ROUTINE": ("Immunisation.", "Review.", "Check at two years.", "Repeat prescription."),
    "ILLNESS": ("Cough and fever.", "Ear pain.", "Asthma worse.", "Rash."),
    "INJURY": (
        "Fell off the slide.",
        "Burn on the hand, hot drink.",
        "Bruise on the arm, says bumped.",
        "Hit by a door.",
    ),
    "DEVELOP": ("Speech slower than expected.", "Weight below the line."),
    "MENTAL": ("Low mood.", "Anxious, not sleeping.", "Waiting for the clinic."),
    "SELFHARM": ("Cut to the arm.", "Took tablets, six or seven."),
    "CONCERN": ("Mother tearful, home cold.", "Child not brought again.", "Dirty and hungry at the clinic."),
    "PREGNANCY": ("Booking visit.", "Midwife visit.", "Missed scan."),
    "SEXUAL": ("Contraception.", "Examined after an allegation."),
}
_NOTES = {
    "NEG": "Hungry and in thin clothes.", "BEH": "Hit another child.", "DA": "Says mum and dad fight at night.",
    "ATT": "Third week away.", "DIS": "Said something about an uncle.", "EXP": "Picked up by an older man in a car.",
}  # fmt: skip
_REPORTS = {
    "CSE": "Said to be seen with older men at the {place}.",
    "ASSOC": "Said to spend time with the other named person.",
    "PLACE": "Young people come and go at all hours.",
    "DRUGS": "Said to deal from the address.",
    "WEAPON": "Said to carry a knife.",
    "ABUSE": "Said to hit the children.",
    "ONLINE": "Account name used to talk to children.",
    "DOG": "Large dog at the address, has bitten before.",
    "OTHER": "Vehicle seen near the school.",
}
_TRAITS = {"DRUGS": "DR", "WEAPON": "WE", "DOG": "DO"}


def health(diary: Diary) -> None:
    """Contacts of children and of those adults about whom a safeguarding feed would hold something."""
    for _ in range(diary.times("child_health_contacts") if diary.children else 0):
        child = diary.one(diary.children)
        at = diary.moment()
        if child.born <= at.date():
            contact(diary, child, at)
    for _ in range(diary.times("adult_health_contacts")):
        contact(diary, diary.person(diary.adults, 0.8), diary.moment())


def contact(diary: Diary, person: Person, at: datetime, *, kind: str = "", service: str = "", reason: str = "") -> str:
    """One contact with a health service. Gives its key."""
    age = person.age_on(at.date())
    if not kind:
        kind = diary.weighted(
            {"ROUTINE": 45, "ILLNESS": 32, "INJURY": 10, "DEVELOP": 4 if age < 6 else 0, "MENTAL": 6 if age > 9 else 0,
             "SELFHARM": 1.5 if age > 11 else 0, "CONCERN": 2 if age < 12 else 0.5,
             "PREGNANCY": 8 if person.sex == "F" and 16 <= age <= 42 else 0, "SEXUAL": 2 if 13 <= age <= 40 else 0}
        )  # fmt: skip
    service = service or _service(diary, kind, age)
    if kind == "SELFHARM":
        person.traits.add("SH")
    at = at if service in ("ED", "AMB") else min(diary.office(at), diary.end)
    flagged = kind in ("CONCERN", "SELFHARM") or diary.happens(0.02)
    cells: dict[str, Cell] = {
        "contact_at": at,
        "service": service,
        "site": person.practice if service in ("GP", "HV", "SN") else places.hospital(diary.block.slot.district),
        "reason": reason or diary.one(_REASONS[kind]),
        "reason_kind": kind,
        "seen": diary.happens(0.92),
        "clinician": {"GP": "doctor", "HV": "health visitor", "SN": "school nurse", "MW": "midwife"}.get(
            service, "nurse"
        ),
        "opinion": diary.one(("Fits the account given.", "Does not fit the account given.", "Worried."))
        if flagged
        else None,
        "safeguarding_flag": flagged,
        "s136": diary.happens(0.1) if kind == "MENTAL" and service == "ED" else None,
        "practice": person.practice if diary.happens(0.9) else None,
    }
    parent = person.mother if age < 16 and diary.happens(0.5) else None
    return diary.add("health", diary.key("HC"), cells, subject=person, parent=parent)


def _service(diary: Diary, kind: str, age: int) -> str:
    if kind in ("INJURY", "SELFHARM"):
        return diary.weighted({"ED": 70, "GP": 20, "AMB": 10})
    if kind == "PREGNANCY":
        return "MW"
    if kind == "MENTAL":
        return diary.weighted({"MH": 60, "GP": 30, "ED": 10})
    if kind == "SEXUAL":
        return diary.weighted({"GP": 80, "SARC": 20})
    if age < 5:
        return diary.weighted({"GP": 50, "HV": 40, "PAED": 10})
    return diary.weighted({"GP": 85, "SN": 10 if age < 18 else 0, "PAED": 5 if age < 18 else 0})


def terms(diary: Diary) -> list[tuple[date, date]]:
    """The school terms that had begun by the last day."""
    found = []
    for year in range(diary.begin.year, diary.end.year + 1):
        for begins, ends in _TERMS:
            first = date(year, *begins)
            if diary.begin.date() <= first <= diary.block.until:
                found.append((first, date(year, *ends)))
    return sorted(found)


def education(diary: Diary) -> None:
    """One row for each pupil and term."""
    known_terms = terms(diary)
    for child in diary.block.people:
        if not child.school:
            continue
        absent = diary.rng.betavariate(1.3, 18)
        strain = child.household.strain if child.household else 3.0
        sen = diary.weighted({"N": 82, "K": 14, "E": 4})
        for first, last in known_terms:
            if 4 <= child.age_on(first) < 18:
                term(diary, child, first, last, absent=absent, strain=strain, sen=sen)


def term(
    diary: Diary, child: Person, first: date, last: date, *, absent: float, strain: float, sen: str, note: str = ""
) -> None:
    """One pupil in one term: attendance, suspensions, a safeguarding note."""
    age = child.age_on(first)
    school = child.school
    if age < 11 and school.endswith("Academy"):
        school = f"Kestrel Primary School, {diary.block.slot.town}"
    possible = max(10, min((diary.block.until - first).days, (last - first).days) * 10 // 7 - 10)
    missed = min(possible, int(possible * absent * diary.rng.uniform(0.6, 1.5)))
    noted = note or (diary.one(tuple(_NOTES)) if diary.happens(min(0.4, 0.012 * strain)) else "")
    day = min(first + timedelta(days=diary.rng.randrange(3, 80)), diary.block.until)
    cells: dict[str, Cell] = {
        "SchoolURN": str(990_000 + sum(map(ord, school)) % 9_000),
        "School": school,
        "SafeguardingLead": diary.worker() if diary.happens(0.8) else None,
        "TermStart": first,
        "TermEnd": last,
        "Enrolled": date(first.year - (age % 6 if first.month >= 9 else age % 6 + 1), 9, 3),
        "SessionsPossible": possible,
        "SessionsMissed": missed,
        "SessionsUnauthorised": int(missed * diary.rng.random() * 0.6),
        "SENStatus": sen,
        "Suspensions": diary.rng.randrange(1, 3) if age > 10 and diary.happens(0.02 * min(strain, 6)) else 0,
        "MissingFromEducation": day if diary.happens(0.0006 * min(strain, 8)) else None,
        "Concern": noted or None,
        "ConcernDate": day if noted else None,
        "ConcernText": _NOTES[noted] if noted else None,
    }
    key = f"{diary.block.number:04d}{child.number % 1000:03d}/{first:%Y%m}"
    diary.add("education", key, cells, child=child, parent=child.mother if diary.happens(0.85) else child.father)


def intelligence(diary: Diary) -> None:
    """Graded reports about people and places."""
    young = [one for one in diary.children if one.age_on(diary.block.until) >= 12]
    for _ in range(diary.times("intelligence")):
        kind = diary.weighted(
            {"DRUGS": 38, "ASSOC": 16, "WEAPON": 8, "PLACE": 8, "CSE": 9, "ABUSE": 7, "ONLINE": 5, "DOG": 3, "OTHER": 6}
        )
        subject = diary.person(young if young and kind == "CSE" else diary.adults, 1.3)
        other = diary.person(diary.adults, 1.3) if kind in ("ASSOC", "CSE") or diary.happens(0.2) else None
        reported(diary, kind, subject, None if other is subject else other, diary.moment())


def reported(diary: Diary, kind: str, subject: Person, other: Person | None, at: datetime, *, text: str = "") -> str:
    """One intelligence report. Gives its number."""
    if kind in _TRAITS:
        subject.traits.add(_TRAITS[kind])
    place = subject.address_on(at.date())
    cells: dict[str, Cell] = {
        "submitted": at,
        "source_grade": diary.weighted({"1": 35, "2": 55, "3": 10}),
        "content_grade": diary.weighted({"A": 18, "B": 22, "C": 25, "D": 33, "E": 2}),
        "handling": diary.weighted({"P": 80, "C": 20}),
        "kind": kind,
        "place_address": place.lines() if kind in ("PLACE", "DOG", "DRUGS") else None,
        "place_postcode": place.postcode if kind in ("PLACE", "DOG", "DRUGS") else None,
        "vehicle": f"ZZ{diary.rng.randrange(10, 99)} {diary.one('ABCDEFG')}QX" if diary.happens(0.15) else None,
        "text": text or _REPORTS[kind].format(place=diary.one(places.MEETING_PLACES)),
    }
    return diary.add("intelligence", diary.key("INT"), cells, subject=subject, associate=other)
