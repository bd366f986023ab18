"""How often each record system spoils what it is told about a person: judged, not measured; one table, as of 2026-03.

Each figure is the chance for one record of one person. Telephone systems mishear, custody takes what it is told,
health holds the best births, social care the most families. Change a figure here and nowhere else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

AS_OF = "2026-03-31"


@dataclass(frozen=True, slots=True)
class Damage:
    """The chance of each kind of damage in one record."""

    typing: float = 0.05
    misheard: float = 0.01
    spelling: float = 0.2  # another transliteration or spelling, where the name has one
    nickname: float = 0.1  # where the name has one
    middle_first: float = 0.01
    middle_dropped: float = 0.5
    half_surname: float = 0.25  # of a double-barrelled one
    former_surname: float = 0.3  # where there was one
    names_swapped: float = 0.012
    surname_missing: float = 0.003
    trailing_note: float = 0.006
    born_missing: float = 0.02
    born_year_only: float = 0.002
    born_1_january: float = 0.006
    day_month_swapped: float = 0.012
    born_mistyped: float = 0.012
    sex_missing: float = 0.01
    sex_wrong: float = 0.003
    old_address: float = 0.1  # where there was one
    address_missing: float = 0.03
    postcode_missing: float = 0.05
    postcode_mistyped: float = 0.02
    phone_missing: float = 0.35
    number_missing: float = 0.3  # NHS, UPN or PNC
    ethnicity_missing: float = 0.3
    age_for_born: float = 0.0
    second_record: float = 0.03  # the system holds the person twice

    def softened(self, by: float) -> "Damage":
        """The same, each chance multiplied: for a record that was put right."""
        return replace(self, **{one.name: getattr(self, one.name) * by for one in fields(self)})


_POLICE = Damage(number_missing=0.1, middle_dropped=0.4)
_CARE = Damage(typing=0.03, number_missing=0.35, born_missing=0.005, born_1_january=0.01, second_record=0.02)

DAMAGE: Mapping[str, Damage] = {
    "command_and_control": Damage(
        typing=0.06, misheard=0.16, nickname=0.35, spelling=0.4, names_swapped=0.03, surname_missing=0.06, trailing_note=0.03,
        born_missing=0.35, age_for_born=0.7, address_missing=0.2, postcode_missing=0.3, phone_missing=0.1, middle_dropped=0.9,
    ),
    "crime": _POLICE,
    "custody": replace(_POLICE, nickname=0.06, names_swapped=0.02, born_1_january=0.01, old_address=0.2, second_record=0.04),
    "missing": replace(_POLICE, nickname=0.2, phone_missing=0.15),
    "domestic_abuse": replace(_POLICE, typing=0.06, nickname=0.15, born_missing=0.06, address_missing=0.05),
    "child_abuse": replace(_POLICE, born_missing=0.01),
    "intelligence": Damage(nickname=0.35, misheard=0.05, surname_missing=0.05, born_missing=0.25, old_address=0.25),
    "offender_management": Damage(typing=0.01, nickname=0.02, born_missing=0.0, old_address=0.04, number_missing=0.02),
    "marac": Damage(typing=0.06, names_swapped=0.03, born_missing=0.08, spelling=0.3),
    "mappa": Damage(typing=0.02, nickname=0.03, born_missing=0.0, number_missing=0.05),
    "social_care": _CARE,
    "child_protection": replace(_CARE, typing=0.02, second_record=0.01),
    "placements": replace(_CARE, typing=0.02, second_record=0.01),
    "health": Damage(typing=0.02, number_missing=0.06, born_missing=0.002, nickname=0.03, old_address=0.15, second_record=0.02),
    "education": Damage(typing=0.02, nickname=0.12, born_missing=0.002, number_missing=0.02, former_surname=0.4, second_record=0.01),
    "youth_offending": Damage(nickname=0.15),
    "probation": Damage(number_missing=0.08, old_address=0.15),
    "prison": Damage(number_missing=0.05, old_address=0.2, born_1_january=0.01),
}  # fmt: skip
