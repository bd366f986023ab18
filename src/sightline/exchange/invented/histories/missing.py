"""Children and adults who go missing: most once, a few dozens of times."""

from datetime import datetime, timedelta

from sightline.exchange.invented import places, rates
from sightline.exchange.invented.diary import Cell, Diary
from sightline.exchange.invented.histories.calls import Call, incident
from sightline.exchange.invented.people import Person

_MOST_EPISODES = 41  # requirements/Z: 30 to 40 are not unusual, 41 in one case
_CARE_WEIGHT = 30.0
_WHY = (
    "Argument about a phone.",
    "Did not come back from school.",
    "Left by the window after bedtime.",
    "Went to see friends.",
    "Not at the bus stop.",
)
_REASONS = (
    "Wanted to be with friends.",
    "Does not feel safe at home.",
    "Bored in the home.",
    "To see mum.",
    "Would not say.",
)
_YOUNG_REASONS = ("Did not want to go home.", "Was scared of the shouting.", "To see mum.", "Would not say.")
_YOUNG_DISCLOSED = (
    "Hid in the park until it was quiet.",
    "Was at a friend's.",
    "Nothing said.",
    "Followed an older boy.",
)
_DISCLOSED = (
    "Was in a flat with older men.",
    "Was given a phone.",
    "Slept at a friend's.",
    "Nothing said.",
    "Had been drinking.",
)
_ENQUIRIES = (
    "home searched",
    "phone called",
    "friends rung",
    "hospital rung",
    "bus station visited",
    "social media looked at",
)


def missing(diary: Diary) -> None:
    """People missing at the table's rate; children in care far more often, and more often again."""
    for _ in range(diary.times("missing_people")):
        young = [one for one in diary.children if one.age_on(diary.block.until) >= 9]
        if young and diary.happens(rates.CHILDREN_OF_MISSING):
            person = diary.rng.choices(young, weights=[_weight(diary, one) for one in young])[0]
            mean = 5.0 if "LAC" in person.traits else 0.9
            again = min(_MOST_EPISODES - 1, int(diary.rng.expovariate(1 / mean)))
        else:
            person, again = diary.person(diary.adults, 0.6), 0
        at = diary.moment()
        for _ in range(1 + again):
            if at > diary.end - timedelta(hours=3):
                break
            episode(diary, person, at)
            at = diary.later(at, days=24)


def _weight(diary: Diary, child: Person) -> float:
    if "LAC" in child.traits:
        return _CARE_WEIGHT
    older = 3.0 if child.age_on(diary.block.until) >= 15 else 1.0
    return older * (child.household.strain if child.household else 1.0)


def episode(
    diary: Diary, person: Person, at: datetime, *, open_ended: bool = False, with_whom: Person | None = None
) -> str:
    """One episode from report to return, with its call and its interviews. Gives its number."""
    child = person.age_on(at.date()) < 18
    care = "LAC" in person.traits
    home = person.address_on(at.date())
    reporter = (
        diary.one(("Care home", "Foster carer", "Care home"))
        if care
        else diary.one(("Parent", "Parent", "Relative", "School"))
    )
    why = diary.one(_WHY)
    call = Call(at, "MISPER", why, home, child=person if child else None, adult=None if child else person)
    call.caller_is = "PR" if care else "PA" if child else "RE"
    if child and not care and person.mother is not None:
        call.caller = person.mother
    incident(diary, call)
    found = None if open_ended else diary.past(diary.later(at, hours=11))
    cells: dict[str, Cell] = {
        "reported": at,
        "reported_by": reporter if child else diary.one(("Relative", "Other")),
        "in_care": care,
        "risk": diary.weighted({"Low": 22, "Medium": 62, "High": 12, "No apparent": 4}),
        "circumstances": why,
        "last_seen_at": diary.one((home.line, "school gate", diary.one(places.MEETING_PLACES))),
        "enquiries": diary.rng.sample(_ENQUIRIES, diary.rng.randrange(1, 4)),
    }
    if diary.happens(0.12):
        cells["risk_changed"] = diary.past(diary.later(at, hours=5))
        cells["risk_new"] = "High" if cells["risk"] != "High" else "Medium"
        cells["risk_reason"] = diary.one(
            ("Not heard from all night.", "Seen safe on social media.", "Insulin left at home.")
        )
    if found:
        _returned(diary, found, person.age_on(at.date()), cells)
    companion = with_whom or (_companion(diary, person) if found and child and diary.happens(0.2) else None)
    return diary.add("missing", diary.key("MIS-"), cells, subject=person, adult=companion)


def _companion(diary: Diary, person: Person) -> Person | None:
    among = [one for one in diary.block.people if one is not person and 13 <= one.age_on(diary.block.until) <= 35]
    return diary.person(among, 1.5) if among else None


def _returned(diary: Diary, found: datetime, age: int, cells: dict[str, Cell]) -> None:
    cells["found"] = found
    cells["found_by"] = diary.weighted({"Police": 43, "Self": 32, "Family": 14, "Carers": 8, "Other": 3})
    cells["found_where"] = diary.one(places.MEETING_PLACES)
    cells["harmed"] = diary.weighted({False: 80, True: 6, None: 14})
    if diary.happens(0.7):
        cells["safe_and_well"], cells["sw_seen"] = diary.past(diary.later(found, hours=7)), True
        cells["sw_alone"] = diary.one((True, False, None))
        cells["sw_disclosed"] = diary.one(_DISCLOSED if age > 11 else _YOUNG_DISCLOSED) if diary.happens(0.5) else None
    if age < 18:
        offered = diary.later(found, days=2)
        cells["rhi_offered"], cells["rhi_accepted"] = diary.past_day(offered), diary.one((True, True, False))
        if cells["rhi_accepted"] and cells["rhi_offered"]:
            cells["rhi_held"] = diary.past_day(diary.later(offered, days=3))
        if cells.get("rhi_held"):
            cells["rhi_reasons"] = diary.one(_REASONS if age > 11 else _YOUNG_REASONS)
            cells["rhi_places"] = diary.rng.sample(places.MEETING_PLACES, diary.rng.randrange(0, 3))
            cells["rhi_shared"] = diary.one((True, False, None))
