"""Detentions of children and adults, and what the youth offending team makes of them."""

from datetime import datetime, timedelta

from sightline.exchange.invented import places
from sightline.exchange.invented.diary import Cell, Diary
from sightline.exchange.invented.people import Person

_OFFENCES = ("Common assault", "Theft from shop", "Criminal damage", "Robbery", "Possession of a bladed article", "Affray",
             "Possession with intent to supply class A", "Assault on an emergency worker", "Burglary in a dwelling")  # fmt: skip
_NECESSITY = ("Prompt and effective investigation.", "To protect a child.", "Name not known.")
_FOUND = (
    "anxiety",
    "self-harm before",
    "asthma",
    "autism",
    "alcohol",
    "learning difficulty",
    "none told",
    "depression",
    "drugs",
)


def detentions(diary: Diary) -> None:
    """Children and adults in custody at the table's rates."""
    young = [one for one in diary.children if one.age_on(diary.block.until) >= 11]
    for _ in range(diary.times("child_detentions") if young else 0):
        boys = [one for one in young if one.sex == "M"]
        child = diary.person(boys if boys and diary.happens(0.83) else young, 1.4)
        detained(diary, child, diary.moment_of(child, 10))
    men = [one for one in diary.adults if one.sex == "M"]
    for _ in range(diary.times("adult_detentions")):
        adult = diary.person(men if men and diary.happens(0.85) else diary.adults, 1.4)
        detained(diary, adult, diary.moment_of(adult, 18))


def detained(diary: Diary, person: Person, at: datetime, *, offence: str = "", released: str = "") -> str:
    """One detention from arrival to release. Gives its number."""
    child = 10 <= person.age_on(at.date()) < 18
    diary.record_offender(person, at)
    end = at + timedelta(minutes=120 + int(diary.rng.gammavariate(3.0, 190)))
    cells = _arrived(diary, at, offence, child)
    if "self-harm before" in cells["Vulnerabilities"]:  # type: ignore[operator]
        person.traits.add("SH")
    if child:
        _adult_called(diary, at, cells)
    disposal = _questioned(diary, at, end, child, cells)
    cells["ReleasedAt"] = end
    cells["Disposal"] = released or disposal
    past = {name: None if isinstance(when, datetime) and not diary.past(when) else when for name, when in cells.items()}
    if past["ReleasedAt"] is None:
        past["Disposal"] = None
    return diary.add("custody", diary.key("CR-"), past, subject=person)


def _arrived(diary: Diary, at: datetime, offence: str, child: bool) -> dict[str, Cell]:
    s136 = diary.happens(0.03)
    power = diary.weighted({"ARREST": 90, "WARRANT": 6, "BREACHBAIL": 3, "RECALL": 0 if child else 1})
    authorised = at + timedelta(minutes=diary.rng.randrange(4, 55))
    rights = authorised + timedelta(minutes=diary.rng.randrange(1, 25))
    cells: dict[str, Cell] = {
        "Station": places.custody_suite(diary.block.slot.district),
        "Power": "S136" if s136 else power,
        "Offence": None if s136 else offence or diary.one(_OFFENCES),
        "Reason": "Place of safety." if s136 else "To secure evidence by questioning.",
        "Necessity": None if s136 else diary.one(_NECESSITY),
        "ArrivedAt": at,
        "AuthorisedAt": authorised,
        "RightsGivenAt": rights,
        "RightsAAPresent": diary.happens(0.25) if child else None,
        "RiskAssessedAt": rights + timedelta(minutes=diary.rng.randrange(2, 30)),
        "Vulnerabilities": diary.rng.sample(_FOUND, diary.rng.randrange(1, 3)),
        "HeldIn": "DROOM" if child and diary.happens(0.35) else "CELL",
        "MealOfferedAt": rights + timedelta(minutes=diary.rng.randrange(20, 90)),
    }
    if diary.happens(0.3):
        cells["HealthcareSeenAt"] = rights + timedelta(minutes=diary.rng.randrange(10, 40))
        cells["HealthcareOutcome"] = diary.one(("Fit to detain.", "Fit with an adult.", "To hospital."))
    return cells


def _adult_called(diary: Diary, at: datetime, cells: dict[str, Cell]) -> None:
    cells["AARequestedAt"] = at + timedelta(minutes=diary.rng.randrange(15, 110))
    cells["AAWho"] = diary.weighted({"PARENT": 60, "SCHEME": 22, "SW": 15, "OTHER": 3})
    cells["AAArrivedAt"] = at + timedelta(minutes=diary.rng.randrange(120, 520)) if diary.happens(0.94) else None
    if diary.happens(0.85):
        cells["ResponsibleInformedAt"] = at + timedelta(minutes=diary.rng.randrange(15, 120))
        cells["ResponsibleInformed"] = diary.weighted({"PARENT": 80, "SC": 10, "HOME": 7, "YOT": 3})


def _questioned(diary: Diary, at: datetime, end: datetime, child: bool, cells: dict[str, Cell]) -> str:
    hours = (end - at).total_seconds() / 3600
    if hours > 6:
        cells["Review1At"], cells["Review1Rank"] = (
            at + timedelta(hours=5, minutes=diary.rng.randrange(40, 60)),
            "Inspector",
        )
    if hours > 15:
        cells["Review2At"], cells["Review2Rank"] = (
            at + timedelta(hours=14, minutes=diary.rng.randrange(30, 60)),
            "Inspector",
        )
    cells["InterviewedAt"] = at + timedelta(minutes=int((end - at).total_seconds() * 0.6 // 60))
    cells["InterviewAAPresent"] = diary.happens(0.95) if child else None
    cells["SolicitorPresent"] = diary.happens(0.6)
    disposal = diary.weighted({"BAIL": 30, "RUI": 28, "NFA": 24, "COURT": 16, "HOSP": 2})
    if disposal == "COURT":
        charged = at + timedelta(minutes=int((end - at).total_seconds() * 0.8 // 60))
        cells["ChargedAt"], cells["BailDecision"], cells["BailRefusedGround"] = (
            charged,
            "REFUSED",
            diary.one(("FTA", "OFF", "INT")),
        )
        if child:
            cells["LARequestedAt"] = charged + timedelta(minutes=25) if diary.happens(0.4) else None
            cells["LAKind"] = diary.one(("SECURE", "OPEN")) if cells["LARequestedAt"] else None
            if cells["LARequestedAt"]:
                cells["LAAnsweredAt"], cells["LAOffered"] = charged + timedelta(minutes=90), diary.happens(0.1)
                cells["LAReason"] = None if cells["LAOffered"] else "No bed."
            cells["CertificateAt"] = charged + timedelta(hours=2) if diary.happens(0.45) else None
    if child:
        cells["SafeReleasePlan"] = diary.one((True, False, None))
    return disposal


def youth_offending(diary: Diary) -> None:
    """Young people under supervision, and some who lately were."""
    young = [one for one in diary.children if one.age_on(diary.block.until) >= 11]
    for _ in range(diary.times("youth_offending") * 2 if young else 0):
        child = diary.person(young, 1.6)
        supervised(diary, child, diary.moment_of(child, 10))


def supervised(diary: Diary, child: Person, at: datetime) -> None:
    """One disposal and its supervision."""
    at = diary.office(at)
    diary.record_offender(child, at)
    disposal = diary.weighted({"YC": 25, "YCC": 20, "CR": 15, "RO": 26, "YRO": 12, "DTO": 2})
    level = diary.weighted({"Low": 45, "Medium": 40, "High": 13, "Very high": 2})
    secure = diary.one(places.SECURE) if disposal == "DTO" else None
    cells: dict[str, Cell] = {
        "offence": diary.one(_OFFENCES),
        "disposal": disposal,
        "disposal_date": min(at, diary.end).date(),
        "start": diary.past_day(at + timedelta(days=6)),
        "end": diary.past_day(at + timedelta(days=diary.rng.choice((90, 120, 180, 270, 365)))),
        "worker": diary.worker(),
        "rosh": level,
        "safety": diary.weighted({"Low": 40, "Medium": 38, "High": 20, "Very high": 2}),
        "safety_text": diary.one(("Older friends, debts.", "Thoughts of self-harm.", "Violence at home.", None)),
        "exploitation": diary.one((True, False, False, None)),
        "secure_placement": secure,
        "concern_in_secure": "Restrained once, seen by a nurse." if secure and diary.happens(0.4) else None,
        "safeguarding_lead": diary.worker(),
    }
    diary.add("youth_offending", diary.key("YJ"), cells, child=child)
