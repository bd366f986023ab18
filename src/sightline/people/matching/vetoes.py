"""Who must not be joined unasked however well they score: twins, siblings, namesakes, two different numbers.

A veto is no verdict that they are two people. It says that what they share is what two people of one family share, so
a person decides. Twins and siblings joined by mistake do more harm than a link missed.
"""

from __future__ import annotations

from collections.abc import Mapping

_UNLIKE = frozenset({"different", "a little alike"})
_DOUBTFUL = _UNLIKE | {"another name much like it"}
_SAME_NUMBER = ("nhs_number", "pnc_id", "upn")
_NAMED_ALIKE = frozenset(
    {
        "the same",
        "a form of the same name",
        "one letter different",
        "sounds the same",
        "much alike",
        "initial only",
        "swapped with the surname",
        "swapped with a surname much alike",
        "another name much like it",
    }
)
_SAME_DAY = frozenset(
    {
        "the same date",
        "the same 1 January",
        "day and month swapped",
        "one digit different",
        "the same day, a year out",
        "the same month, as far as known",
    }
)
_NEARLY = frozenset({"the same month of one year", "the same day of another year", "two digits different"})
_GENERATION_APART = frozenset({"a generation apart", "the same day, a generation apart"})
_OTHER_DAY = frozenset({"another day within two years", "a generation apart", "different"})


def number_veto(labels: Mapping[str, str]) -> str | None:
    """Two different valid identity numbers: never joined unasked, whatever else agrees."""
    if labels["nhs_number"] == "different":
        return "two different NHS numbers"
    return "two different PNC numbers" if labels["pnc_id"] == "different" else None


def is_vague(labels: Mapping[str, str]) -> bool:
    """Whether a pair says next to nothing of the given name, so that it would fit a twin as well."""
    return labels["forename"] in {"not known", "initial only"}


def veto(labels: Mapping[str, str]) -> str | None:
    """Why a pair that reached these levels must go before a person; None when nothing stands in the way.

    `labels` is the level each field of the model reached, by the field's name.
    """
    if why := number_veto(labels):
        return why
    if any(labels[number] == "the same" for number in _SAME_NUMBER):
        return None
    forename, surname, born = labels["forename"], labels["surname"], labels["born"]
    if forename in _UNLIKE:
        return _two_given_names(surname, born)
    if forename in _DOUBTFUL and (labels["sex"] == "different" or born in _SAME_DAY):
        return "two given names that are both in use: perhaps twins"
    if forename == "initial only" and labels["sex"] == "different":
        return "an initial in common and the sex different: perhaps siblings"
    if forename == "the other's surname" and surname == "among the given names":
        return "one name agrees in the wrong place and the other does not: perhaps twins"
    if forename == "not known" and (labels["sex"] == "different" or born in _NEARLY):
        return "no given name, and sex or birthday differ: perhaps siblings"
    if born in _NEARLY and labels["middle_names"] != "one in common":
        return "birthdays that only partly agree: perhaps cousins or namesakes"
    if forename in _NAMED_ALIKE and born in _GENERATION_APART:
        return "one name a generation apart: perhaps parent and child"
    if born in _OTHER_DAY:
        return "dates of birth that do not resemble each other: perhaps cousins or half-siblings of one name"
    return None


def _two_given_names(surname: str, born: str) -> str:
    if surname in _UNLIKE:
        return "neither name agrees"
    return (
        "one birthday and two given names: perhaps twins" if born in _SAME_DAY else "two given names: perhaps siblings"
    )
