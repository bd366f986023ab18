"""How often what happens to people in the invented force: a dated table, so that nobody takes the figures for today's.

Rates are per 100,000 people of all ages; `a year` for what happens, `on a day` for how many there are.
Most follow requirements/Z (reference values), whose counts are set against the population of the same place and time
(England 54.3 m, England and Wales 56.9 m); those marked `assumed` have no source there and only set the amount of work.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """One rate: per 100,000 people, of which place and time, and where it comes from."""

    per_100k: float
    unit: str
    place: str
    year: str
    source: str


_ENGLAND, _BOTH = "England", "England and Wales"
_Z = "requirements/Z"

RATES: Mapping[str, Rate] = {
    "referrals": Rate(1211, "a year", _ENGLAND, "2013-14", f"{_Z}: 657,800 referrals"),
    "section_47": Rate(262, "a year", _ENGLAND, "2013-14", f"{_Z}: 142,500 enquiries, 21.7% of referrals"),
    "new_plans": Rate(110, "a year", _ENGLAND, "2013-14", f"{_Z}: 59,800, 42% of section 47 enquiries"),
    "on_plan": Rate(89, "on a day", _ENGLAND, "2014-03-31", f"{_Z}: 48,300"),
    "in_need": Rate(732, "on a day", _ENGLAND, "2014-03-31", f"{_Z}: 397,600, the last two groups included"),
    "looked_after": Rate(127, "on a day", _ENGLAND, "2014-03-31", f"{_Z}: 68,840"),
    "missing_people": Rate(
        137, "a year", "national report", "2013", f"{_Z}: 77,965 cases, read as people; 45% children"
    ),
    "child_detentions": Rate(183, "a year", _BOTH, "2010-11", f"{_Z}: 10,421 in six forces, a tenth of the whole"),
    "child_sexual_offences": Rate(55, "a year", _ENGLAND, "2013-14", f"{_Z}: 29,792 recorded"),
    "registered_offenders": Rate(91, "on a day", _BOTH, "2016-03", f"{_Z}: about 52,000, from the press"),
    "domestic_incidents": Rate(1650, "a year", _BOTH, "2014-15", "assumed: some 940,000 incidents recorded by police"),
    "marac_cases": Rate(134, "a year", _BOTH, "2014-15", "assumed: some 76,000 cases heard"),
    "incidents": Rate(28000, "a year", "force area", "2014", "assumed"),
    "crimes": Rate(6400, "a year", _BOTH, "2014-15", "assumed: some 3.6 m recorded crimes"),
    "adult_detentions": Rate(1600, "a year", _BOTH, "2014-15", "assumed: some 950,000 arrests"),
    "intelligence": Rate(3000, "a year", "force area", "2014", "assumed"),
    "mappa": Rate(
        26, "on a day", _BOTH, "2015-03-31", "assumed: violent and other offenders beside the registered ones"
    ),
    "probation": Rate(380, "on a day", _BOTH, "2014-15", "assumed: some 217,000 supervised"),
    "prison": Rate(149, "on a day", _BOTH, "2014-15", "assumed: some 85,000 in prison"),
    "youth_offending": Rate(65, "on a day", _BOTH, "2013-14", "assumed: some 37,000 supervised"),
    "child_health_contacts": Rate(60000, "a year", "force area", "2014", "assumed: some 2.7 a child"),
    "adult_health_contacts": Rate(
        9000, "a year", "force area", "2014", "assumed: those a safeguarding feed would hold"
    ),
}

# What follows from what, by the same table.
SECTION_47_OF_REFERRALS = 0.217
PLANS_OF_SECTION_47 = 0.42
POLICE_OF_REFERRALS = 0.24
CHILDREN_OF_MISSING = 0.45
CARE_OF_MISSING_CHILDREN = 0.2
PLAN_YEARS = 48_300 / 59_800
NEED_YEARS = 397_600 / 657_800
HISTORY_YEARS = 2


def expected(key: str, people: int, years: float = HISTORY_YEARS) -> float:
    """How many to expect among so many people: in these years, or on one day for what is counted on a day."""
    rate = RATES[key]
    return rate.per_100k * people / 100_000 * (years if rate.unit == "a year" else 1)
