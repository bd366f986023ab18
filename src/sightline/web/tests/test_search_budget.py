"""A search is held to the role's budget with everybody it shows, and says what to do where it shows nobody."""

from __future__ import annotations

import pytest
from django.test import Client

from cast import Member
from scenes import Boy
from screens import search, text
from sightline.access import budgets
from sightline.access.budgets import Budget
from sightline.access.models import AccessEntry, Involvement

pytestmark = pytest.mark.django_db
NAMES = ("Hussein", "Mohammed", "Layla")


@pytest.mark.requirement("IS-04")
def test_a_search_shows_nobody_beyond_the_budget_and_says_what_to_do(
    handler: Client, call_handler: Member, scene: Boy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budgets, "budget_of", lambda *_: Budget(0, 0))
    answer = search(handler)
    page = text(answer)
    assert answer.status_code == 429 and not any(name in page for name in NAMES)
    assert (
        "not the same as nobody found" in page and "Open a record in an emergency" in page and "your supervisor" in page
    )
    assert not Involvement.objects.filter(user=call_handler.user).exists()
    refused = AccessEntry.objects.get(action="refusal")
    assert scene.boy in refused.people and refused.note == "beyond the hour's budget"
    assert not AccessEntry.objects.filter(action="search").exists()
    nobody = text(search(handler, name="Zebedee Quarrington", postcode="", age=""))
    assert "More than your role opens" not in nobody, "a search that finds nobody is within any budget"


@pytest.mark.requirement("IS-04")
def test_a_search_counts_with_the_household_and_the_same_call_again_stays_open(
    handler: Client, call_handler: Member, scene: Boy, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert search(handler).status_code == 200
    shown = {p for e in AccessEntry.objects.filter(user_id=call_handler.user.pk, outcome="given") for p in e.people}
    assert {scene.boy, scene.mother} <= shown
    monkeypatch.setattr(budgets, "budget_of", lambda *_: Budget(len(shown), len(shown)))
    assert search(handler).status_code == 200
    assert search(handler, name="Gwilym Pritchard", age="", postcode="").status_code == 429, "one more"


@pytest.mark.requirement("IS-04")
def test_a_place_shows_nobody_beyond_the_budget(handler: Client, scene: Boy, monkeypatch: pytest.MonkeyPatch) -> None:
    search(handler)
    monkeypatch.setattr(budgets, "budget_of", lambda *_: Budget(0, 0))
    answer = handler.get(f"/address/{scene.premises}/")
    assert answer.status_code == 429 and not any(name in text(answer) for name in NAMES)
