"""Crimes, their investigation and what came of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sightline.exchange.invented.diary import Cell, Diary
from sightline.exchange.invented.histories.calls import Call, incident
from sightline.exchange.invented.people import Person
from sightline.exchange.invented.places import Address

OFFENCES = {
    "VAP": ("Common assault", "Assault occasioning actual bodily harm", "Harassment", "Wounding with intent"),
    "SEX": (
        "Sexual assault of a female under 13",
        "Sexual activity with a child under 16",
        "Rape of a female under 16",
    ),
    "CRU": ("Cruelty to a child or young person", "Neglect of a child under 16"),
    "EXP": ("Arranging sexual exploitation of a child", "Abducting a child", "Holding a person in servitude"),
    "ONL": (
        "Possession of indecent images of children",
        "Sexual communication with a child",
        "Disclosing private images",
    ),
    "ACQ": ("Theft from shop", "Burglary in a dwelling", "Criminal damage to a vehicle", "Theft of a pedal cycle"),
    "DRG": ("Possession of a class B drug", "Being concerned in the supply of a class A drug"),
    "POO": ("Affray", "Causing fear of violence", "Breach of a non-molestation order"),
    "OTH": ("Possession of a bladed article", "Perverting the course of justice"),
}
_ORDINARY = {"ACQ": 52, "VAP": 24, "POO": 8, "DRG": 7, "OTH": 5, "SEX": 2, "ONL": 1, "CRU": 1}
_TEAMS = {"CRU": "PVP", "EXP": "CSE", "ONL": "ONLINE", "SEX": "RAPE", "VAP": "RESP"}
_CONDITIONS = (
    "Not to contact the victim directly or indirectly", "Not to enter the street of the victim's home",
    "To live and sleep at the address given", "No unsupervised contact with anyone under 18",
    "Not to have a device that can reach the internet unless shown to police",
)  # fmt: skip


@dataclass(slots=True)
class Offence:
    """A crime as reported: when, what, where, against whom, by whom, and what that person is to the victim."""

    at: datetime
    category: str
    place: Address
    victim: Person | None = None
    suspect: Person | None = None
    relation: str = "UNK"
    child_present: bool | None = None
    incident_no: str | None = None
    offence: str = ""
    team: str = ""
    conditions: tuple[str, ...] = ()


def crime(diary: Diary, offence: Offence) -> str:
    """A recorded crime with its investigation so far. Gives its number."""
    at = offence.at
    key = diary.key(f"ASH/C{at:%y}/")
    title = offence.offence or diary.one(OFFENCES[offence.category])
    team = offence.team or _TEAMS.get(offence.category, "VOLUME")
    recorded = diary.later(at, hours=10)
    allocated = diary.later(recorded, days=1.5)
    days = diary.weighted({0: 80, 1: 10, 30: 6, 400: 4})
    cells: dict[str, Cell] = {
        "INC_NO": offence.incident_no,
        "RECORDED": min(recorded, diary.end),
        "COMMITTED_FROM": (at - timedelta(days=days)).date(),
        "COMMITTED_TO": at.date(),
        "OFFENCE": title,
        "CATEGORY": offence.category,
        "LOCATION": offence.place.lines(),
        "LOC_POSTCODE": offence.place.postcode if diary.happens(0.93) else None,
        "VIC_SUS_REL": offence.relation if offence.suspect else None,
        "CHILD_PRESENT": offence.child_present,
        "TEAM": team,
        "OIC": diary.officer() if diary.past(allocated) else None,
        "ALLOCATED": diary.past(allocated),
        "SPECIALIST": diary.happens(0.8) if team in ("PVP", "CSE", "RAPE") else False,
    }
    if offence.suspect is not None:
        _pursue(diary, offence, title, allocated, cells)
    else:
        _close(diary, diary.later(allocated, days=20), "18", cells)
    return diary.add("crime", key, cells, victim=offence.victim, suspect=offence.suspect)


def _pursue(diary: Diary, offence: Offence, title: str, allocated: datetime, cells: dict[str, Cell]) -> None:
    cells["SUS_IDENTIFIED"] = diary.past_day(diary.later(offence.at, days=2))
    outcome = diary.weighted({"1": 20, "2": 10, "15": 24, "16": 36, "10": 5, "C": 3, "": 14})
    arrested = diary.past(diary.later(allocated, days=3)) if diary.happens(0.55) or offence.conditions else None
    if arrested is not None and offence.suspect is not None:
        diary.record_offender(offence.suspect, arrested)
        cells["SUS_ARRESTED"] = arrested
        kind = "PRE" if offence.conditions else diary.weighted({"PRE": 45, "RUI": 35, "POST": 20})
        cells["BAIL_TYPE"], cells["BAIL_FROM"] = (
            kind,
            diary.past(arrested + timedelta(hours=diary.rng.randrange(5, 22))),
        )
        if kind != "RUI":
            cells["BAIL_UNTIL"] = (arrested + timedelta(days=diary.rng.choice((28, 84, 90, 180)))).date()
            cells["BAIL_CONDITIONS"] = list(offence.conditions) or diary.rng.sample(
                _CONDITIONS, diary.rng.randrange(1, 4)
            )
    ended = diary.later(allocated, days=70)
    if outcome and not offence.conditions:
        _close(diary, ended, outcome, cells, charge=title)


def _close(diary: Diary, ended: datetime, outcome: str, cells: dict[str, Cell], *, charge: str = "") -> None:
    if diary.past(ended) is None:
        return
    cells["OUTCOME"], cells["FINALISED"] = outcome, ended.date()
    if outcome == "1":
        cells["CHARGED"], cells["CHARGE"] = ended, charge
    elif outcome == "2":
        cells["DISPOSAL"], cells["DISPOSED"] = diary.one(("CAU", "CCA", "CR", "CR", "O22")), ended.date()
    elif outcome == "C":
        cells["CANCELLED"], cells["AVI"] = ended.date(), diary.happens(0.5)
        cells["CANCEL_REASON"] = diary.one(
            ("Recorded in error.", "Further information shows that no offence happened.", "Duplicate.")
        )


def ordinary(diary: Diary) -> None:
    """Crimes that are no part of another story: most without a suspect, some against or by children."""
    for _ in range(diary.times("crimes")):
        category = diary.weighted(_ORDINARY)
        victim = diary.person(diary.children if diary.children and diary.happens(0.1) else diary.adults, 0.4)
        at = diary.moment_of(victim)
        offence = Offence(at, category, diary.home_of(victim, at), victim=victim)
        if diary.happens(0.38):
            young = [one for one in diary.children if one.age_on(at.date()) >= 11]
            offence.suspect = diary.person(young if young and diary.happens(0.15) else diary.adults, 1.2)
            offence.relation = diary.one(("ACQ", "STR", "ACQ", "UNK"))
        if offence.suspect is victim:
            offence.suspect = None
        if diary.happens(0.35):
            kind = "ASSAULT" if category == "VAP" else "CRIME"
            call = Call(at, kind, f"Reports {diary.one(OFFENCES[category]).lower()}.", offence.place, caller=victim)
            offence.incident_no = incident(diary, call)
        crime(diary, offence)


def against_children(diary: Diary) -> None:
    """Sexual offences against children, at the rate of the table."""
    for _ in range(diary.times("child_sexual_offences")):
        if not diary.children:
            return
        girls = [one for one in diary.children if one.sex == "F"]
        victim = diary.person(girls if girls and diary.happens(0.8) else diary.children, 0.7)
        at = diary.moment_of(victim)
        offence = Offence(at, diary.weighted({"SEX": 80, "ONL": 20}), diary.home_of(victim, at), victim=victim)
        men = [one for one in diary.adults if one.sex == "M"]
        if men and diary.happens(0.7):
            offence.suspect = diary.person(men, 0.8)
            offence.relation = _relation(offence.suspect, victim)
        crime(diary, offence)


def _relation(suspect: Person, victim: Person) -> str:
    if suspect in (victim.father, victim.mother):
        return "PAR"
    return "STP" if suspect is victim.step_parent else "ACQ"
