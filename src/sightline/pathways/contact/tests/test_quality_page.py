"""How well contacts were taken, by team and shift: figures, and nobody's words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from cast import Member, make_member, seal
from scenes import Boy
from screens import search, signed_in, text
from sightline.kernel.moments import LONDON
from sightline.pathways.contact.rules import shift_at
from sightline.pathways.contact.rules.sample import drawn
from sightline.pathways.contact.tests.conftest import opens


@pytest.mark.parametrize(
    ("hour", "shift"), [(0, "night"), (6, "night"), (7, "early"), (15, "late"), (22, "late"), (23, "night")]
)
def test_each_hour_is_on_a_shift(hour: int, shift: str) -> None:
    assert shift_at(datetime(2026, 3, 4, hour, 30, tzinfo=LONDON)) == shift


@pytest.mark.django_db
@pytest.mark.requirement("FC-26")
def test_questions_searches_and_tone_are_counted_by_team_and_shift(
    opened: str, handler: Client, scene: Boy, step: Callable[..., Any], inspector: Member
) -> None:
    opens(handler, scene, token="token-two", children_saw_or_heard="no")
    step(handler, opened, "checked", stage="before_dispatch", systems=["crime"])
    assert step(handler, opened, "review", tone="respectful").status_code == 403
    gale = signed_in(inspector)
    assert step(gale, opened, "review", tone="respectful").status_code == 302
    page = gale.get("/contacts/quality/")
    row = text(page).split("Of them with respect")[1]
    assert "Marsham Police team" in row and " 2 1 1 1 1 " in row
    numbers = [int(n) for n in row.split() if n.isdigit()]
    assert numbers[-2:] == [
        sum(drawn(f"contact/{t}", 10) for t in ("token-one", "token-two")),
        int(drawn("contact/token-two", 10)),
    ]
    assert "Hussein" not in text(page) and "shouting" not in text(page)
    seal(scene.boy)
    assert "Marsham Police team" not in text(gale.get("/contacts/quality/")), "of whom nobody may know nobody counts"
    assert handler.get("/contacts/quality/").status_code == 403


@pytest.mark.django_db
@pytest.mark.requirement("FC-26")
def test_about_one_contact_in_ten_is_drawn_by_its_number_and_waits_for_somebody_who_did_not_take_it(
    handler: Client, scene: Boy, step: Callable[..., Any], inspector: Member
) -> None:
    assert 70 < sum(drawn(f"contact/{n}", 10) for n in range(1000)) < 130
    chosen = next(t for n in range(100) if drawn(f"contact/{(t := f'token-{n}')}", 10))
    left = next(t for n in range(100) if not drawn(f"contact/{(t := f'token-{n}')}", 10))
    gale, waits = signed_in(inspector), "Listen to how a contact was taken"
    opens(handler, scene, token=left)
    assert waits not in text(gale.get("/work/"))
    incident = opens(handler, scene, token=chosen)
    assert waits in text(gale.get("/work/")) and waits not in text(handler.get("/work/"))
    assert step(gale, incident, "review", tone="hurried").status_code == 302
    assert waits not in text(gale.get("/work/"))


@pytest.mark.django_db
@pytest.mark.requirement("FC-26")
def test_whoever_took_it_is_known_by_their_account_and_not_by_a_name(
    scene: Boy, inspector: Member, step: Callable[..., Any]
) -> None:
    namesake = signed_in(make_member("gale2", "Edith Gale", "duty_inspector", "police"))
    gale = signed_in(inspector)
    search(gale)
    incident = opens(gale, scene)
    inspector.user.name = "Edith Gale-Moss"
    inspector.user.save()
    assert "somebody else has to review it" in text(step(gale, incident, "review", tone="respectful"))
    correct = f"/person/{scene.boy}/entries/{incident.split('/')[4]}/correct/"
    other = {"field": "account", "value": "1", "reason": "Somebody else took it, they say"}
    assert "Choose one of these" in text(gale.post(correct, other)), "nor is it anybody's to correct"
    search(namesake)
    assert step(namesake, incident, "review", tone="respectful").status_code == 302
    assert "Account" not in text(gale.get(f"/person/{scene.boy}/"))
