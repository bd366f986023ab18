"""Adults who pose a risk: registered offenders, MAPPA, probation, prison."""

from datetime import datetime, timedelta

from sightline.exchange.invented import places
from sightline.exchange.invented.diary import Cell, Diary
from sightline.exchange.invented.histories.domestic import actions
from sightline.exchange.invented.people import Person

_INDEX = (
    "Sexual assault of a child under 13",
    "Making indecent images of children",
    "Rape",
    "Meeting a child after grooming",
    "Exposure",
)
_RISKS = {"VH": 2, "H": 18, "M": 30, "L": 50}  # requirements/Z: registered offenders
_OFFENCES = ("Assault occasioning actual bodily harm", "Burglary", "Supply of class A drugs", "Harassment", "Robbery", "Fraud",
             "Wounding", "Breach of a restraining order", "Child neglect")  # fmt: skip


def _men(diary: Diary) -> list[Person]:
    return [one for one in diary.adults if one.sex == "M" and one.household is not None]


def registered(diary: Diary) -> None:
    """Registered sex offenders on the last day, with what their record gained in the two years."""
    men = _men(diary)
    for _ in range(diary.times("registered_offenders") if men else 0):
        man = diary.one(men)
        if "SO" not in man.traits:
            register(diary, man, diary.moment(since=diary.begin - timedelta(days=1500)))


def register(diary: Diary, man: Person, at: datetime) -> None:
    """One registration, visits by risk, changes and breaches; MAPPA for those at more than one agency's level."""
    man.traits |= {"SO", "RC"}
    diary.record_offender(man, at)
    risk = diary.weighted(_RISKS)
    officer = diary.officer()
    years = diary.rng.choice((5, 7, 10, 0))
    standing: dict[str, Cell] = {
        "SCHEME": "RSO",
        "RISK": risk,
        "REGISTERED_FROM": at.date(),
        "REGISTERED_UNTIL": (at + timedelta(days=365 * years)).date() if years else None,
        "INDEX_OFFENCE": diary.one(_INDEX),
        "ORDERS": ["SHPO"] if diary.happens(0.45) else None,
        "OFFENDER_OFFICER": officer,
    }
    diary.add("offender_management", diary.key("OME"), {"ENTRY_TYPE": "REG", "ENTRY_AT": at, **standing}, offender=man)
    every = {"VH": 30, "H": 91, "M": 182, "L": 365}[risk]
    children = bool(man.household and diary.children_of(man.household, diary.block.until))
    visit = max(at, diary.begin) + timedelta(days=diary.rng.randrange(5, every + 5))
    while visit < diary.end:
        when = diary.office(visit)
        seen = diary.happens(0.85)
        cells: dict[str, Cell] = {
            "ENTRY_TYPE": "VISIT", "ENTRY_AT": min(when, diary.end), **standing, "VISIT_SEEN": seen,
            "CHILDREN_AT_ADDRESS": children if seen else None,
            "CONCERNS": diary.one((None, None, "New laptop seen.", "Children's toys in the room.", "Would not let officers upstairs.")),
            "NEXT_VISIT": (when + timedelta(days=every)).date(),
        }  # fmt: skip
        diary.add("offender_management", diary.key("OME"), cells, offender=man)
        visit += timedelta(days=int(every * diary.rng.uniform(0.8, 1.4)))
    _changes(diary, man, standing)
    if risk in ("VH", "H") and diary.happens(0.4):
        mappa_meeting(diary, man, "1", diary.office(diary.moment(max(at, diary.begin))), risk)


def _changes(diary: Diary, man: Person, standing: dict[str, Cell]) -> None:
    if diary.happens(0.4):
        what = diary.weighted({"ADDR": 35, "REL": 20, "EMP": 20, "ONL": 15, "TRAV": 6, "CHILD": 4})
        cells: dict[str, Cell] = {
            "ENTRY_TYPE": "CHANGE",
            "ENTRY_AT": diary.moment(),
            **standing,
            "CHANGE": what,
            "CHANGE_NOTIFIED": diary.happens(0.7),
        }
        diary.add("offender_management", diary.key("OME"), cells, offender=man)
    if diary.happens(0.12):
        breach: dict[str, Cell] = {
            "ENTRY_TYPE": "BREACH",
            "ENTRY_AT": diary.moment(),
            **standing,
            "BREACH_OF": "Notification requirements",
        }
        diary.add("offender_management", diary.key("OME"), breach, offender=man)


def mappa(diary: Diary) -> None:
    """Violent and other dangerous offenders at level 2 or 3."""
    men = _men(diary)
    for _ in range(diary.times("mappa") if men else 0):
        man = diary.person(men, 1.2)
        man.traits |= {"VI"}
        diary.record_offender(man, diary.begin)
        mappa_meeting(diary, man, diary.one("223"), diary.office(diary.moment()), diary.one(("H", "H", "VH", "M")))


def mappa_meeting(diary: Diary, man: Person, category: str, at: datetime, risk: str) -> None:
    """One offender at one level meeting."""
    at = min(at, diary.end)
    entered = at - timedelta(days=diary.rng.randrange(0, 120))
    cells: dict[str, Cell] = {
        "MEETING": at,
        "CATEGORY": category,
        "LEVEL": "3" if risk == "VH" else "2",
        "LEAD_AGENCY": "POLICE" if category == "1" else "PROBATION",
        "RISK": risk,
        "RISK_TO_CHILDREN": True if category == "1" else diary.one((True, False, None)),
        "ENTERED": entered.date(),
        "LEFT": diary.past_day(at + timedelta(days=200)),
        "ATTENDED": ["police", "probation", *diary.rng.sample(("prison", "social_care", "housing", "health"), 2)],
        "DECISIONS": diary.one(("Stay at this level.", "Lower to one agency at the next review.", "Tell the partner.")),
        **actions(diary, at),
    }
    diary.add("mappa", diary.key("MPA"), cells, offender=man)


def probation(diary: Diary) -> None:
    """Orders and licences in force on the last day, and as many that ended in the two years."""
    men = _men(diary)
    for _ in range(diary.times("probation") * 2 if men else 0):
        among = men if diary.happens(0.86) else diary.adults
        supervise(diary, diary.person(among, 1.3), diary.moment())


def supervise(diary: Diary, offender: Person, at: datetime, *, offence: str = "", risk: str = "") -> None:
    """One order or licence, with the child around whom there is a risk."""
    diary.record_offender(offender, at)
    at = min(diary.office(at), diary.end)
    born = [one for one in diary.children if one.born <= at.date()]
    own = [one for one in born if one.father is offender or one.mother is offender]
    step = [one for one in born if one.step_parent is offender]
    child = diary.one(own + step) if (own or step) and diary.happens(0.7) else None
    asked = diary.past_day(diary.later(at, days=20)) if child and diary.happens(0.7) else None
    breached = diary.past_day(diary.later(at, days=120)) if diary.happens(0.15) else None
    cells: dict[str, Cell] = {
        "ORDER_TYPE": diary.weighted({"CO": 42, "SSO": 28, "LIC": 22, "PSS": 8}),
        "OFFENCE": offence or diary.one(_OFFENCES),
        "START_DATE": at.date(),
        "END_DATE": (at + timedelta(days=diary.rng.choice((180, 365, 540, 730)))).date(),
        "ROSH": risk or diary.weighted({"L": 30, "M": 52, "H": 16, "V": 2}),
        "RISK_TO_CHILDREN": diary.one((True, False, False, None)) if not risk else True,
        "CHILD_LINK": None
        if child is None
        else "LIVES"
        if child.household is offender.household
        else diary.one(("SEES", "SEEKS")),
        "CHILD_IS": None if child is None else "STEP" if child in step else "CHILD",
        "CHILDREN_ASKED": asked,
        "CHILDREN_ANSWERED": diary.one((True, False, None)) if asked else None,
        "OBJECTIVE": diary.one(
            ("No contact with the victim.", "Address drinking.", "Contact with the children only at the centre.")
        ),
        "PROBATION_OFFICER": diary.worker(),
        "BREACHED": breached,
        "BREACH_OF": "Missed appointments" if breached else None,
    }
    diary.add("probation", diary.key("PE"), cells, offender=offender, child=child)


def prison(diary: Diary) -> None:
    """Receptions, transfers and releases of those in prison on the last day, and of some released before."""
    men = _men(diary)
    for _ in range(diary.times("prison") * 2 if men else 0):
        imprison(diary, diary.person(men, 1.5), diary.moment())


def imprison(diary: Diary, man: Person, at: datetime) -> None:
    """One time in prison: in, perhaps moved, perhaps out."""
    diary.record_offender(man, at)
    out = at + timedelta(days=int(diary.rng.gammavariate(1.5, 180)) + 14)
    prison_name = diary.one(places.PRISONS)
    risk = diary.one((True, False, False))
    at_home = man.address_on(diary.block.until)
    standing: dict[str, Cell] = {
        "OFFENCE": diary.one(_OFFENCES),
        "PPRC": risk,
        "CONTACT_RESTRICTED": risk and diary.happens(0.6),
        "RELEASE_PLANNED": out.date(),
        "RELEASE_ADDRESS": at_home.lines(),
        "RELEASE_POSTCODE": at_home.postcode,
    }
    moves: list[tuple[str, datetime, str, str]] = [("REC", at, prison_name, "Court")]
    if diary.happens(0.3):
        moves.append(("TRN", at + (out - at) * 0.4, diary.one(places.PRISONS), prison_name))
    if diary.happens(0.1):
        moves.append(("ROTL", at + (out - at) * 0.8, prison_name, prison_name))
    moves.append(("REL", out, prison_name, prison_name))
    for kind, when, where, before in moves:
        if diary.past(when):
            cells: dict[str, Cell] = {
                "MOVEMENT": kind,
                "MOVED_AT": when,
                "PRISON": where,
                "FROM_PLACE": before,
                **standing,
            }
            diary.add("prison", diary.key("PM"), cells, offender=man)
