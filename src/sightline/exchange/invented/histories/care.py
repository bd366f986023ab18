"""Referrals to social care and what follows: assessments, section 47 enquiries, conferences, plans."""

from datetime import datetime, timedelta

from sightline.exchange.invented import rates
from sightline.exchange.invented.diary import Cell, Diary
from sightline.exchange.invented.histories.investigated import Referral, investigate
from sightline.exchange.invented.people import Person

_SOURCES = {"1A": 12, "2B": 8, "3A": 6, "3B": 6, "3C": 2, "3F": 8, "4": 4, "5A": 22, "7": 3, "10": 3, "9": 2}
_SUMMARIES = {
    "N1": ("Bruise on the cheek, child says dad did it.", "Home very dirty, little food, baby in a wet nappy.",
           "Police attended a domestic incident, children in the next room.", "Child says an uncle touches her."),
    "N3": ("Mother's mental health worse, child late for school.", "Father drinking, older child cares for the younger ones."),
    "N5": ("Parents separating, arguments at every handover.", "Child staying with different relatives."),
    "N6": ("Out late with older teenagers, new phone and trainers.", "Excluded from school after a fight."),
    "N2": ("Parents of a disabled child ask for a break.",),
    "N7": ("Family without money for heating.",),
}  # fmt: skip
_NEEDS = {"N1": 47, "N2": 10, "N3": 9, "N5": 20, "N6": 9, "N7": 5}
_FACTORS = ("3A", "3B", "3C", "4B", "1A", "2B", "13A", "14A", "16A", "17A", "18B", "19A", "20")
_CATEGORIES = {"NEG": 43, "EMO": 33, "PHY": 11, "SAB": 5, "MUL": 8}


def referrals(diary: Diary) -> None:
    """Referrals at the table's rate, a fifth to an enquiry, two fifths of those to a plan."""
    for _ in range(diary.times("referrals") if diary.families else 0):
        home = diary.household(diary.families, 1.2)
        at = diary.moment()
        children = diary.children_of(home, at.date())
        child = diary.one(children) if children else diary.one(diary.children)
        if child.born > at.date():
            at = diary.moment(since=datetime(child.born.year, child.born.month, child.born.day, 9))  # noqa: DTZ001 - local
        need = diary.weighted(_NEEDS)
        enquiry = diary.happens(rates.SECTION_47_OF_REFERRALS)
        plan = enquiry and diary.happens(rates.PLANS_OF_SECTION_47)
        source = "6" if diary.happens(rates.POLICE_OF_REFERRALS) else diary.weighted(_SOURCES)
        found = Referral(child, at, source, "N1" if enquiry else need, "", enquiry, plan, diary.weighted(_CATEGORIES))
        found.summary = diary.one(_SUMMARIES[found.need])
        found.suspect = child.father or child.step_parent
        refer(diary, found)


def _parents(child: Person) -> tuple[Person | None, Person | None, str]:
    other, is_what = (child.step_parent, "step_parent") if child.step_parent else (child.father, "father")
    return child.mother, other, is_what


def _sibling(child: Person, at: datetime) -> Person | None:
    home = child.household
    if home is None or child.mother is None:
        return None
    others = (one for one in home.members if one is not child and one.mother is child.mother and one.born <= at.date())
    return next(others, None)


def refer(diary: Diary, referral: Referral) -> str:
    """One referral with all that followed until the last day. Gives its key."""
    child, at = referral.child, referral.at
    mother, other, is_what = _parents(child)
    decided = diary.later(at, hours=20)
    ended = diary.later(decided, days=32)
    cells: dict[str, Cell] = {
        "received": at,
        "source": referral.source,
        "summary": referral.summary,
        "consent": diary.weighted({"given": 45, "refused": 6, "not_sought": 35, "not_safe": 14}),
        "decided": diary.past(decided),
        "primary_need": referral.need,
        "allocated_worker": None,
    }
    if mother is not None:
        cells["parent1_is"], cells["parent1_lives_with"] = "mother", mother.household is child.household
    if other is not None:
        cells["parent2_is"], cells["parent2_lives_with"] = is_what, other.household is child.household
    decision = "STRAT" if referral.enquiry else diary.weighted({"NFA": 22, "EH": 20, "ASSESS": 58})
    cells["status"] = "CLOSED" if decision in ("NFA", "EH") else "CIN"
    if diary.past(decided):
        cells["decision"] = decision
        why = diary.one(("Threshold met.", "Repeated worries.", "Support can be offered."))
        cells["decision_reason"] = why if decision != "NFA" else "Threshold not met."
    if cells["status"] == "CLOSED":
        cells["closed"], cells["closure_reason"] = diary.past_day(decided), "RC8"
    else:
        _assess(diary, referral, decided, ended, cells)
    key = diary.key("R")
    people = {"child": child, "parent": mother, "adult": other, "sibling": _sibling(child, at)}
    if referral.enquiry:
        _enquire(diary, referral, decided, cells)
    return diary.add("social_care", key, cells, **people)


def case_of(diary: Diary, child: Person, since: datetime) -> None:
    """The open case of a child who came into care then."""
    known = (since.date() - child.born).days
    received = since - timedelta(days=diary.rng.randrange(0, max(1, min(120, known))))
    mother, other, is_what = _parents(child)
    cells: dict[str, Cell] = {
        "received": received,
        "source": diary.weighted(_SOURCES),
        "summary": diary.one(_SUMMARIES["N1"]),
        "consent": "not_sought",
        "decided": diary.past(diary.later(received, hours=20)),
        "decision": "STRAT",
        "primary_need": "N1",
        "status": "LAC",
        "allocated_worker": diary.worker(),
        "parent1_is": "mother" if mother else None,
        "parent1_lives_with": False if mother else None,
        "parent2_is": is_what if other else None,
        "parent2_lives_with": False if other else None,
    }
    diary.add("social_care", diary.key("R"), cells, child=child, parent=mother, adult=other)


def _assess(diary: Diary, referral: Referral, decided: datetime, ended: datetime, cells: dict[str, Cell]) -> None:
    cells["assessment_start"], cells["assessment_end"] = diary.past_day(decided), diary.past_day(ended)
    cells["allocated_worker"] = diary.worker()
    if cells["assessment_end"]:
        cells["factors"] = diary.rng.sample(_FACTORS, diary.rng.randrange(1, 5))
    if referral.plan:
        return
    if diary.happens(0.62):
        finish = ended + timedelta(days=int(diary.rng.gammavariate(2.0, rates.NEED_YEARS * 365.25 / 1.4)))
        cells["cin_plan_start"], cells["cin_plan_end"] = diary.past_day(ended), diary.past_day(finish)
        closed = diary.past_day(finish)
    else:
        closed = diary.past_day(ended)
    if closed is not None:
        cells["status"], cells["closed"] = "CLOSED", closed
        cells["closure_reason"] = diary.weighted({"RC7": 30, "RC8": 50, "RC5": 8, "RC9": 12})


def _enquire(diary: Diary, referral: Referral, decided: datetime, cells: dict[str, Cell]) -> None:
    strategy = diary.later(decided, hours=30)
    finish = strategy + timedelta(days=diary.rng.randrange(5, 22))
    cells["strategy_held"], cells["s47_start"] = diary.past_day(strategy), diary.past_day(strategy)
    cells["s47_end"] = diary.past_day(finish)
    if cells["s47_end"]:
        cells["s47_outcome"] = "ICPC" if referral.plan or diary.happens(0.1) else diary.one(("ONGOING", "NOT", "NOT"))
    if diary.happens(0.75):
        investigate(diary, referral, strategy, finish)
    if cells.get("s47_outcome") == "ICPC":
        conference = diary.office(strategy + timedelta(days=diary.rng.choice((12, 16, 19, 21, 24))))
        if diary.past(conference):
            open_plan = confer(diary, referral, conference)
            cells["status"] = "CP" if open_plan else "CIN" if diary.happens(0.6) else "CLOSED"
            if cells["status"] == "CLOSED":
                cells["closed"], cells["closure_reason"] = diary.past_day(conference + timedelta(days=200)), "RC7"
                cells["status"] = "CLOSED" if cells["closed"] else "CIN"


def confer(diary: Diary, referral: Referral, at: datetime) -> bool:
    """An initial conference and, where decided, the plan with its reviews. Gives whether the plan is still in force."""
    child = referral.child
    mother, other, is_what = _parents(child)
    cells: dict[str, Cell] = {
        "OtherAdultIs": None if other is None else "STEP" if is_what == "step_parent" else "FATHER",
        "ConferenceDate": at.date(),
        "ConferenceKind": "TRANSFER" if diary.happens(0.04) else "INITIAL",
        "Present": [
            "social_care",
            *diary.rng.sample(("police", "health", "education", "probation", "housing"), diary.rng.randrange(1, 4)),
        ],
        "PoliceReport": diary.one((True, True, False, None)),
        "ChildViewsHeard": diary.one((True, False, None)),
        "Decision": "PLAN" if referral.plan else "NOPLAN",
    }
    still = False
    if referral.plan:
        cells["Category"], cells["PlanStart"], cells["LeadWorker"] = referral.category, at.date(), diary.worker()
        cells["ContactAllowedWith"] = ["mother", "grandmother"] if diary.happens(0.3) else None
        cells["CoreGroupDate"] = diary.past_day(at + timedelta(days=diary.rng.choice((8, 9, 10, 13))))
        still = _review(diary, at, cells)
    diary.add("child_protection", diary.key("CPC"), cells, child=child, parent=mother, adult=other)
    return still


def _review(diary: Diary, at: datetime, cells: dict[str, Cell]) -> bool:
    """Reviews at three months and then every six; visits; the end. Gives whether the plan still runs."""
    lasts = timedelta(days=max(80, int(diary.rng.gammavariate(2.0, rates.PLAN_YEARS * 365.25 / 2))))
    finish = diary.past(at + lasts)
    for number, days in enumerate((85, 265, 445), 1):
        review = at + timedelta(days=days + diary.rng.randrange(-5, 9))
        if diary.past(review) is None or (finish and review >= finish):
            break
        cells[f"Review{number}Date"], cells[f"Review{number}Decision"] = review.date(), "CONT"
    if finish:
        cells["PlanEnd"] = finish.date()
        cells["EndReason"] = diary.one(("Safer at home.", "Now looked after.", "Moved to another authority."))
    visit = (finish or diary.end) - timedelta(days=diary.rng.randrange(1, 40))
    if visit > at:
        cells["LastVisitDate"], cells["LastVisitSeen"] = visit.date(), diary.happens(0.85)
        cells["LastVisitAlone"] = diary.one((True, False, None)) if cells["LastVisitSeen"] else None
    return finish is None
