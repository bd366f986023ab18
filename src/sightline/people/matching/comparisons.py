"""What the model compares, as Splink settings: each field's levels from "the same" down to "different".

Conditions keep to the few forms that `scoring` can compile (equality, AND, OR, IS NULL, <=, >=, string distances,
lists that share a member), so that the weights mean the same in DuckDB and in-process.
"""

from __future__ import annotations

from typing import Any

Level = dict[str, Any]
Comparison = dict[str, Any]


def _level(label: str, condition: str, **more: Any) -> Level:
    return {"label_for_charts": label, "sql_condition": condition, **more}


def _null(condition: str) -> Level:
    return _level("not known", condition, is_null_level=True)


def _either(column: str) -> Level:
    return _null(f"{column}_l IS NULL OR {column}_r IS NULL")


def _same(column: str, *, rarest: float, label: str = "the same") -> Level:
    return _level(label, f"{column}_l = {column}_r", tf_adjustment_column=column, tf_minimum_u_value=rarest)


def _frequency(column: str, weight: float, rarest: float) -> dict[str, Any]:
    return {"tf_adjustment_column": column, "tf_adjustment_weight": weight, "tf_minimum_u_value": rarest}


# Hussain Hassan and Hassan Hassan are not swapped: the two given names must differ.
_SWAPPED = (
    "((forename_l = surname_r AND surname_l = forename_r)"
    " OR (forename_sound_l = surname_sound_r AND surname_sound_l = forename_sound_r)"
    " OR (list_has_any(forename_forms_l, surname_forms_r) AND list_has_any(surname_forms_l, forename_forms_r)))"
    " AND forename_sound_l <> forename_sound_r"
)
_NEARLY_SWAPPED = (
    "(list_has_any(forename_forms_l, surname_forms_r) AND jaro_winkler_similarity(surname_l, forename_r) >= 0.75)"
    " OR (list_has_any(surname_forms_l, forename_forms_r) AND jaro_winkler_similarity(forename_l, surname_r) >= 0.75)"
)
_OVER_THREE = "length({0}_l) >= 4 AND length({0}_r) >= 4"


def _initials(column: str) -> str:
    return f"(length({column}_l) = 1 OR length({column}_r) = 1) AND substr({column}_l, 1, 1) = substr({column}_r, 1, 1)"


# Jack and Jake, Ellie and Elsie: both are names that people bear, as twins' names often are.
_ANOTHER_NAME = (
    "name_in_use_l IS NOT NULL AND name_in_use_r IS NOT NULL AND (damerau_levenshtein(forename_l, forename_r) <= 1"
    " OR jaro_winkler_similarity(forename_l, forename_r) >= 0.88 OR forename_sound_l = forename_sound_r)"
)

FORENAME: Comparison = {
    "output_column_name": "forename",
    "comparison_levels": [
        _either("forename"),
        _same("forename", rarest=0.0002),
        _level(
            "a form of the same name",
            "list_has_any(forename_forms_l, forename_forms_r)",
            **_frequency("forename", 0.7, 0.0005),
        ),
        _level("swapped with the surname", _SWAPPED),
        _level("initial only", _initials("forename")),
        _level("another name much like it", _ANOTHER_NAME),
        _level(
            "one letter different",
            f"{_OVER_THREE.format('forename')} AND damerau_levenshtein(forename_l, forename_r) <= 1",
            **_frequency("forename", 0.5, 0.001),
        ),
        _level("among the other given names", "list_has_any(given_l, given_r)"),
        _level("sounds the same", "forename_sound_l = forename_sound_r"),
        _level("much alike", "jaro_winkler_similarity(forename_l, forename_r) >= 0.88"),
        _level("swapped with a surname much alike", _NEARLY_SWAPPED),
        # Half of a swap: what agrees is counted under the surname, here it only excuses the rest.
        _level(
            "the other's surname",
            "list_has_any(forename_forms_l, surname_forms_r) OR list_has_any(surname_forms_l, forename_forms_r)",
        ),
        _level("a little alike", "jaro_winkler_similarity(forename_l, forename_r) >= 0.75"),
        _level("different", "ELSE"),
    ],
}

SURNAME: Comparison = {
    "output_column_name": "surname",
    "comparison_levels": [
        _either("surname"),
        _same("surname", rarest=0.00005),
        # The weight of swapped names is counted once, under the forename.
        _level(
            "swapped with the forename",
            _SWAPPED,
            m_probability=0.0101,
            u_probability=0.01,
            fix_m_probability=True,
            fix_u_probability=True,
        ),
        _level(
            "a form of the same name",
            "list_has_any(surname_forms_l, surname_forms_r)",
            **_frequency("surname", 0.7, 0.0002),
        ),
        _level(
            "one letter different",
            f"{_OVER_THREE.format('surname')} AND damerau_levenshtein(surname_l, surname_r) <= 1",
            **_frequency("surname", 0.5, 0.0002),
        ),
        _level("initial only", _initials("surname")),
        _level("sounds the same", "surname_sound_l = surname_sound_r"),
        _level(
            "among the given names", "list_has_any(surname_forms_l, given_r) OR list_has_any(given_l, surname_forms_r)"
        ),
        _level("much alike", "jaro_winkler_similarity(surname_l, surname_r) >= 0.88"),
        _level("a little alike", "jaro_winkler_similarity(surname_l, surname_r) >= 0.75"),
        _level("different", "ELSE"),
    ],
}

MIDDLE: Comparison = {
    "output_column_name": "middle_names",
    "comparison_levels": [
        _null("middle_l IS NULL OR middle_r IS NULL"),
        _level("one in common", "list_has_any(middle_l, middle_r)"),
        _level("among the given names", "list_has_any(middle_l, given_r) OR list_has_any(given_l, middle_r)"),
        _level("an initial in common", "list_has_any(middle_initials_l, middle_initials_r)"),
        _level("different", "ELSE"),
    ],
}

_GENERATION = "born_low_l >= born_high_r + 13 OR born_low_r >= born_high_l + 13"
_PARTLY_KNOWN = "(dob_firm_l IS NULL OR dob_firm_r IS NULL)"
BORN: Comparison = {
    "output_column_name": "born",
    "comparison_levels": [
        _null("born_low_l IS NULL OR born_low_r IS NULL"),
        _same("dob_firm", rarest=0.00002, label="the same date"),
        _level("the same 1 January", "dob_l = dob_r"),
        _level("day and month swapped", "dob_swapped_l = dob_r"),
        _level("one digit different", "damerau_levenshtein(dob_l, dob_r) <= 1"),
        _level("the same day, a year out", "dob_day_l = dob_day_r AND abs(born_low_l - born_low_r) <= 1"),
        _level(
            "the same month, as far as known",
            "dob_month_l = dob_month_r AND (dob_l IS NULL OR dob_r IS NULL)",
        ),
        _level("the same month of one year", "dob_month_l = dob_month_r AND dob_firm_l IS NOT NULL"),
        _level("the same day, a generation apart", f"dob_day_l = dob_day_r AND ({_GENERATION})"),
        _level("the same day of another year", "dob_day_l = dob_day_r AND dob_firm_l IS NOT NULL"),
        _level(
            "the same year, as far as known",
            f"{_PARTLY_KNOWN} AND born_low_l = born_low_r AND born_high_l = born_high_r",
        ),
        _level("two digits different", "damerau_levenshtein(dob_l, dob_r) <= 2"),
        _level("the age fits", f"{_PARTLY_KNOWN} AND born_low_l <= born_high_r AND born_low_r <= born_high_l"),
        _level(
            "the age nearly fits",
            f"{_PARTLY_KNOWN} AND born_low_l <= born_high_r + 2 AND born_low_r <= born_high_l + 2",
        ),
        _level("another day within two years", "abs(born_low_l - born_low_r) <= 2"),
        _level("a generation apart", _GENERATION),
        _level("different", "ELSE"),
    ],
}

SEX: Comparison = {
    "output_column_name": "sex",
    "comparison_levels": [_either("sex"), _level("the same", "sex_l = sex_r"), _level("different", "ELSE")],
}

_PARTLY_PLACED = "(postcode_l IS NULL OR postcode_r IS NULL)"
POSTCODE: Comparison = {
    "output_column_name": "postcode",
    "comparison_levels": [
        _either("outcode"),
        _same("postcode", rarest=0.00002),
        _level("one held in common", "list_has_any(postcodes_l, postcodes_r)"),
        _level("one character different", "damerau_levenshtein(postcode_l, postcode_r) <= 1"),
        _level("the same sector, as far as known", f"sector_l = sector_r AND {_PARTLY_PLACED}"),
        _level("the same district, as far as known", f"outcode_l = outcode_r AND {_PARTLY_PLACED}"),
        _level("the same sector", "sector_l = sector_r"),
        _level("the same district", "outcode_l = outcode_r"),
        _level("different", "ELSE"),
    ],
}


def _number(column: str) -> Comparison:
    levels = [_either(column), _level("the same", f"{column}_l = {column}_r")]
    if column == "nhs_number":
        levels.append(_level("one digit different", f"damerau_levenshtein({column}_l, {column}_r) <= 1"))
    return {"output_column_name": column, "comparison_levels": [*levels, _level("different", "ELSE")]}


PHONE: Comparison = {
    "output_column_name": "phone",
    "comparison_levels": [
        _null("phones_l IS NULL OR phones_r IS NULL"),
        _level("one in common", "list_has_any(phones_l, phones_r)"),
        _level("different", "ELSE"),
    ],
}

# Numbers are not trained: in invented data their weight would only say how they were invented.
FIXED: dict[str, tuple[tuple[float, float], ...]] = {
    "nhs_number": ((0.97, 0.0000002), (0.02, 0.0000200), (0.01, 0.99)),
    "pnc_id": ((0.97, 0.0000005), (0.03, 0.99)),
    "upn": ((0.95, 0.0000005), (0.05, 0.99)),
    "phone": ((0.40, 0.0004), (0.60, 0.9996)),
}
# Levels that invented data cannot teach: (chance among matches, chance among strangers).
BY_HAND: dict[tuple[str, str], tuple[float, float]] = {
    # Real records hold many 1 Januaries, above all where nobody knew the day.
    ("born", "the same 1 January"): (0.004, 0.00006),
    ("born", "the same day, a generation apart"): (0.0008, 0.0016),
    ("forename", "the other's surname"): (0.012, 0.010),
    ("surname", "initial only"): (0.004, 0.0006),
    ("postcode", "one held in common"): (0.08, 0.0003),
    ("postcode", "the same sector, as far as known"): (0.02, 0.0001),
}
TRAINED = (FORENAME, SURNAME, MIDDLE, BORN, SEX, POSTCODE)


def _fixed(comparison: Comparison) -> Comparison:
    levels = [dict(level) for level in comparison["comparison_levels"]]
    for level, (match, chance) in zip(levels[1:], FIXED[comparison["output_column_name"]], strict=True):
        level |= {
            "m_probability": match,
            "u_probability": chance,
            "fix_m_probability": True,
            "fix_u_probability": True,
        }
    return {**comparison, "comparison_levels": levels}


def settings() -> dict[str, Any]:
    """The whole model before training, in Splink's own terms."""
    numbers = [_fixed(_number(column)) for column in ("nhs_number", "pnc_id", "upn")]
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "record_id",
        "comparisons": [*TRAINED, *numbers, _fixed(PHONE)],
        "blocking_rules_to_generate_predictions": [],
        "probability_two_random_records_match": 1e-6,
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
    }
