"""Limits of police detention of children: reviews, lengths, and how soon each thing that is owed to a child must have been done.

Where the law says only "as soon as practicable", the time is a local default and the law is named beside it.
"""

from __future__ import annotations

from datetime import date

from sightline.clocks.limits import Limit, local_default
from sightline.clocks.spans import Hours, Minutes
from sightline.kernel.law import Source, Standing

PACE = "Police and Criminal Evidence Act 1984"
CODE_C = "PACE Code C"
CHILDREN_ACT = "Children Act 1989"
MENTAL_HEALTH = "Mental Health Act 1983"
ADULTS_FOR_17 = date(2013, 10, 27)
JUVENILE_TO_18 = date(2015, 10, 26)
NO_CELL_FOR_HEALTH = date(2017, 12, 11)
QUOTED = "2026-11: as a council's guidance of April 2020 on accommodation after charge quotes it; the age was 15 in an earlier text"
HOURLY = "2026-11: note 9B (children more often) was read, 9.3 itself was not found"


def law(
    instrument: str, provision: str, *, since: date | None = None, until: date | None = None, confirmed: bool = True, checked: str = ""
) -> Source:  # fmt: skip
    """A source in law, with the days between which it held. `confirmed` False: from general knowledge, still to be checked."""
    return Source(
        instrument, provision, Standing.LAW, in_force_from=since, in_force_until=until, confirmed=confirmed, checked=checked
    )  # fmt: skip


AGES = [
    Limit("custody.adult_under", 17, law(CODE_C, "1.5", until=ADULTS_FOR_17), "younger than this: an appropriate adult, and parents told"),
    Limit("custody.adult_under", 18, law(CODE_C, "1.5A, 1.5", since=ADULTS_FOR_17), "younger than this: an appropriate adult, and parents told"),
    Limit("custody.juvenile_under", 17, law(PACE, "s37(15)", until=JUVENILE_TO_18), "younger than this: accommodation after charge"),
    Limit("custody.juvenile_under", 18, law(PACE, "s37(15), as amended", since=JUVENILE_TO_18), "younger than this: accommodation after charge"),
    Limit("custody.secure_from", 12, law(PACE, "s38(6)(b)", checked=QUOTED), "from this age secure accommodation may be asked for"),
]  # fmt: skip

DETENTION = [
    Limit("detention.first_review", Hours(6), law(PACE, "s40(3)(a)"), "the first review of detention"),
    Limit("detention.next_review", Hours(9), law(PACE, "s40(3)(b), (c)"), "each later review of detention"),
    Limit("detention.long", Hours(12), local_default("halfway to the limit of s41"), "a child has been held so long"),
    Limit("detention.maximum", Hours(24), law(PACE, "s41(1)"), "detention without charge; counted here from when it was authorised"),
    Limit("detention.extended", Hours(36), law(PACE, "s42(1)"), "detention without charge that a superintendent extended"),
    Limit("detention.longest", Hours(96), law(PACE, "s44(3)"), "no detention without charge is longer, whatever a court allows"),
    Limit("detention.health", Hours(72), law(MENTAL_HEALTH, "s136(2)", until=NO_CELL_FOR_HEALTH), "detention at a place of safety"),
    Limit("detention.health", Hours(24), law(MENTAL_HEALTH, "s136(2A)", since=NO_CELL_FOR_HEALTH), "detention at a place of safety"),
    Limit("detention.settled", Hours(4), local_default("held so long, and in the night"), "a child held so long, at night, is held overnight"),
    Limit("custody.night_from", 23, local_default("hours of the night"), "the hour at which night begins"),
    Limit("custody.night_until", 7, local_default("hours of the night"), "the hour at which night ends"),
    Limit("custody.arrest_before", Hours(6), local_default("an arrest belongs to a detention authorised so soon after"), "from arrest to detention"),
]  # fmt: skip

OWED = [
    Limit("adult.asked", Hours(1), local_default(f"{CODE_C} 3.15: as soon as practicable"), "an appropriate adult asked to come"),
    Limit("adult.another", Hours(1), local_default(f"{CODE_C} 3.15: as soon as practicable"), "another asked, when the first cannot come"),
    Limit("adult.here", Hours(4), local_default(f"{CODE_C} 3.15: as soon as practicable"), "an adult here, from when one was first asked"),
    Limit("rights.given", Hours(3), local_default(f"{CODE_C} 3.17: with the adult, as soon as practicable"), "rights given with the adult there"),
    Limit("responsible.told", Hours(1), local_default(f"{CODE_C} 3.13: as soon as practicable"), "whoever is responsible for the child told"),
    Limit("vulnerability.followed", Hours(1), local_default(), "social care told, or a concern form, for a child known to be at risk"),
]  # fmt: skip

CARE = [
    Limit("care.check", Hours(1), law(CODE_C, "9.3", confirmed=False, checked=HOURLY), "a visit to the child"),
    Limit("care.food", Hours(6), local_default(f"{CODE_C} 8.6: regular meals and drinks"), "a meal or drink, awake"),
    Limit("care.food_at_all", Hours(10), local_default(f"{CODE_C} 8.6: regular meals and drinks"), "a meal or drink, asleep or awake"),
    Limit("care.health", Hours(2), local_default(f"{CODE_C} 9.5: as soon as practicable"), "a health professional, where there are signs"),
    Limit("care.record", Hours(2), local_default(f"{CODE_C} 2: the custody record"), "an entry of any kind in the custody record"),
]  # fmt: skip

AFTER_CHARGE = [
    Limit("accommodation.asked", Minutes(30), local_default(f"{PACE} s38(6)"), "local authority accommodation asked for after charge"),
    Limit("accommodation.reply", Hours(2), local_default(f"{CHILDREN_ACT} s21(2)"), "the local authority's reply"),
    Limit("certificate.kept", Hours(2), local_default(f"{PACE} s38(7)"), "kept so long after charge, a certificate is owed"),
    Limit("certificate.early", 9, local_default(f"{PACE} s38(7): produced to the court"), "the hour of the next day at which it is asked for"),
]  # fmt: skip

LIMITS = [*AGES, *DETENTION, *OWED, *CARE, *AFTER_CHARGE]
