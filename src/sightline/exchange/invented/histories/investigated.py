"""A child referred, and the same worry as the child abuse investigation unit holds it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sightline.exchange.invented.diary import Cell, Diary
from sightline.exchange.invented.people import Person

_WORDS = ("I bumped into the door.", "Please don't tell mum.", "He shouts all the time.", "Nothing happened.")
_FINDINGS = ("No injury seen.", "Bruises of different ages.", "Not conclusive.")
_FROM = {"6": "PO", "5A": "ED", "3A": "HE", "3B": "HE", "3F": "HE"}


@dataclass(slots=True)
class Referral:
    """A child referred, when, by whom (census code), and how far it went."""

    child: Person
    at: datetime
    source: str
    need: str
    summary: str
    enquiry: bool
    plan: bool
    category: str = "NEG"
    suspect: Person | None = None
    crime_no: str | None = None


def investigate(diary: Diary, referral: Referral, strategy: datetime, finish: datetime) -> None:
    """One case of the unit: opened, discussed, enquired into, closed or not."""
    opened = diary.later(referral.at, hours=6)
    allocated = diary.later(opened, days=1.5)
    allegation = {"MUL": "PHY", "SAB": "SEX"}.get(referral.category, referral.category)
    suspect = referral.suspect
    step = suspect is not None and suspect is referral.child.step_parent
    closed = diary.past_day(diary.later(finish, days=60)) if diary.happens(0.8) else None
    cells: dict[str, Cell] = {
        "OPENED": min(opened, diary.end),
        "SOURCE": _FROM.get(referral.source, "SC"),
        "ALLEGATION": allegation,
        "CRIME_NO": referral.crime_no,
        "SUSP_REL": "UNKNOWN" if suspect is None else "STEP" if step else "PARENT",
        "SUSP_CONTACT": diary.one((True, True, False, None)) if suspect else None,
        **_concern(diary, referral),
        **_enquiry(diary, referral, strategy, finish),
        "DC": diary.officer() if diary.past(allocated) else None,
        "ALLOCATED": diary.past(allocated),
        "SPECIALIST": diary.happens(0.7),
        **(_evidence(diary, strategy) if allegation in ("PHY", "SEX") else {}),
        "SUPERVISED": diary.past_day(diary.later(allocated, days=14)) if diary.happens(0.7) else None,
        "CLOSED": closed,
        "RESULT": diary.weighted({"CHG": 22, "NFE": 40, "NFV": 22, "OOC": 6, "UNF": 6, "TRF": 4}) if closed else None,
    }
    cells["SUP_SATISFIED"] = diary.one((True, False, None)) if cells["SUPERVISED"] else None
    diary.add("child_abuse", diary.key("CAI"), cells, child=referral.child, suspect=suspect)


def _concern(diary: Diary, referral: Referral) -> dict[str, Cell]:
    """The concern form, where an officer found it; whether the child was seen, and the child's words."""
    seen = diary.happens(0.8)
    cells: dict[str, Cell] = {
        "CHILD_SEEN": seen,
        "SEEN_ALONE": diary.happens(0.5) if seen else None,
        "CHILD_WORDS": diary.one(_WORDS) if seen else None,
    }
    if _FROM.get(referral.source) == "PO":
        cells["CONCERN_FORM"] = diary.past(referral.at + timedelta(minutes=50))
        cells["CONCERN_GRADE"], cells["CONCERN_TEXT"] = diary.one("SMH"), referral.summary
    return cells


def _enquiry(diary: Diary, referral: Referral, strategy: datetime, finish: datetime) -> dict[str, Cell]:
    """The strategy discussion and the enquiry, as far as they have come."""
    cells: dict[str, Cell] = {"STRAT_REQ": diary.past(referral.at + timedelta(hours=diary.rng.randrange(2, 20)))}
    if diary.past(strategy):
        cells["STRAT_HELD"], cells["ENQ_START"] = strategy, strategy.date()
        cells["STRAT_PRESENT"] = ["police", "social_care", *(["health"] if diary.happens(0.55) else [])]
        cells["STRAT_DECISION"] = diary.weighted({"EJ": 60, "ES": 25, "EP": 10, "AS": 5})
    if diary.past(finish):
        cells["ENQ_END"] = finish.date()
        cells["ENQ_RESULT"] = "SOR" if referral.plan else diary.one(("SNR", "NS"))
    return cells


def _evidence(diary: Diary, strategy: datetime) -> dict[str, Cell]:
    """The interview with the child, the medical, the device."""
    cells: dict[str, Cell] = {}
    if diary.happens(0.6):
        held = diary.later(strategy, days=6)
        cells["ABE_PLANNED"] = diary.past_day(held - timedelta(days=1)) if diary.happens(0.4) else None
        cells["ABE_HELD"], cells["ABE_JOINT"] = diary.past(held), diary.happens(0.4)
        cells["ABE_INTERMEDIARY"] = diary.happens(0.06)
    if diary.happens(0.4):
        held = diary.later(strategy, days=2)
        cells["MED_REQ"], cells["MED_KIND"] = (
            diary.past(held - timedelta(hours=9)),
            diary.one(("CP", "CP", "FOR", "SARC")),
        )
        cells["MED_HELD"] = diary.past(held)
        cells["MED_FINDINGS"] = diary.one(_FINDINGS) if diary.past(held) else None
    if diary.happens(0.15):
        seized = diary.later(strategy, days=4)
        cells["DEVICE"], cells["DEVICE_SEIZED"] = "Mobile telephone", diary.past_day(seized)
        sent = diary.later(seized, days=10)
        cells["DEVICE_SUBMITTED"], cells["DEVICE_REPORTED"] = (
            diary.past_day(sent),
            diary.past_day(diary.later(sent, days=150)),
        )
    return cells
