"""What a reader would ask of a form, sentence by sentence; whose words are screened; what counts as a copy. Without a database."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sightline.pathways.concern.forms import VisitForm, body, nearest
from sightline.pathways.concern.rules import HOME, alike, blaming, missing_from, questions, score

FULL: dict[str, Any] = {
    "what_happened": "Shouting from the street; both parents in the kitchen, the children behind the door, glass on the floor",
    "seen": True, "seen_awake": True, "spoken_to": True, "seen_alone": True, "demeanour": "Shaking, held the dog", "views": "Fridays are bad",
    "action_taken": "Father arrested", "grade": "high", "effect": "Sleeps badly", "might_happen": "He comes back", "not_known": "Where nan is",
    "parents_know": "yes", "parents_agree": "yes",
}  # fmt: skip


def asked(speaks: bool = True, **changed: object) -> dict[str, bool]:
    return {q.field: q.blocks for q in questions(FULL | changed, speaks=speaks)}


def test_a_full_form_leaves_nothing_to_ask() -> None:
    assert asked() == {} and score(FULL, speaks=True) == 100 and score({}, speaks=True) < 25


@pytest.mark.requirement("CN-18")
@pytest.mark.parametrize("field", ["what_happened", "seen", "action_taken", "grade"])
def test_these_hold_it_up(field: str) -> None:
    assert asked(**{field: None})[field] is True
    assert asked(seen=False)["unseen_because"] is True
    assert True not in asked(demeanour="", views="", effect="", parents_know="", not_asked=["religion"]).values()


@pytest.mark.requirement("CN-04", "CN-06", "CN-07", "CN-15", "CN-16")
@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"demeanour": ""}, "demeanour"), ({"demeanour": "fine"}, "demeanour"), ({"views": ""}, "views"),
        ({"spoken_to": False}, "not_spoken_because"), ({"spoken_to": False, "not_spoken_because": "He stood there"}, "safer_opportunity"),
        ({"seen_alone": False}, "in_earshot"), ({"seen_alone": None}, "seen_alone"), ({"seen_awake": None}, "seen_awake"),
        ({"effect": ""}, "effect"), ({"might_happen": ""}, "might_happen"), ({"not_known": ""}, "not_known"),
        ({"parents_know": ""}, "parents_know"), ({"parents_agree": "no"}, "shared_because"), ({"not_asked": ["religion"]}, "facts"),
        ({"what_happened": "Row at home"}, "what_happened"),
    ],
)  # fmt: skip
def test_these_are_asked_and_hold_nothing_up(changed: dict[str, object], field: str) -> None:
    assert asked(**changed)[field] is False
    assert score(FULL | changed, speaks=True) < 100


@pytest.mark.requirement("CN-04")
def test_a_baby_is_described_and_is_not_asked_for_words() -> None:
    assert asked(speaks=False, views="", spoken_to=None, demeanour="") == {"demeanour": False}


@pytest.mark.requirement("CN-25")
def test_words_that_blame_the_child_are_found_in_the_writers_own_words_from_their_date() -> None:
    (found,) = blaming("She is very streetwise for ten", date(2026, 6, 1))
    assert found[0] == "streetwise" and "manage alone" in found[1]
    assert blaming("She is promiscuous. A lifestyle choice.", date(2026, 6, 1))[0][0] == "lifestyle choice"
    assert not blaming('Her father said "she is streetwise"', date(2026, 6, 1))
    assert not blaming("She is streetwise", date(2025, 6, 1)) and not blaming(
        "She waits at the window", date(2026, 6, 1)
    )


@pytest.mark.requirement("CN-20")
def test_a_copy_is_told_from_two_accounts_of_one_thing() -> None:
    one = "The house was cold and there was nothing to eat but bread in the kitchen"
    assert (
        alike(one, one.upper() + ".") == 1 and alike(one, "There was bread in the kitchen and the house was cold") < 0.5
    )
    assert alike("", one) == 0 and alike("two words", one) == 0


def test_lists_are_held_against_the_record_by_name() -> None:
    assert missing_from(["kim REED, 36, mother (in the garden)"], ["Kim Reed", "Joan Poole"]) == ("Joan Poole",)


@pytest.mark.requirement("CN-11", "CN-12")
def test_every_place_of_the_picture_can_be_pressed_and_every_line_of_the_home_is_asked() -> None:
    assert [nearest(p["x"] + 2, p["y"] - 2) for p in body()] == [str(p["n"]) for p in body()]
    assert set(HOME) <= set(VisitForm.base_fields)
