"""What children and the public said is kept, with what was changed because of it."""

from __future__ import annotations

import pytest

from cast import Member, make_member
from screens import signed_in, text
from sightline.chronology.models import Event

pytestmark = pytest.mark.django_db
HELD = {"title": "Waiting after a call", "with_": "children", "how": "Workshops in two schools", "how_many": "41",
        "asked": "What is waiting like?", "said_": "Nobody said how long", "token": "a"}  # fmt: skip
DONE = {"decision": "changed", "what": "Every caller is given a time", "because": "They wait without knowing", "from_on": "27 3 2027",
        "told_how": "Posters in both schools", "token": "b"}  # fmt: skip


@pytest.mark.requirement("VO-13")
def test_what_was_said_and_what_was_changed_because_of_it_stand_together(constable: Member) -> None:
    lead = signed_in(make_member("quist", "Ines Quist", "partner_lead", "hub"))
    bare = lead.post("/consultations/new/", HELD | {"said_": ""})
    assert bare.status_code == 422 and "Write down what they said" in text(bare)
    for _ in range(2):
        assert lead.post("/consultations/new/", HELD).status_code == 302
    assert Event.objects.get(kind="consultation.held").data["how_many"] == 41
    page = text(lead.get("/consultations/"))
    assert "They said: Nobody said how long" in page and "Nobody has said what was done" in page
    assert "They said: Nobody said how long" in text(lead.get("/consultations/a/"))
    assert lead.post("/consultations/a/", DONE | {"because": ""}).status_code == 422
    for _ in range(2):
        assert lead.post("/consultations/a/", DONE).status_code == 302
    other = signed_in(constable)
    page = text(other.get("/consultations/"))
    assert "Changed Every caller is given a time Because: They wait without knowing They were told: Posters" in page
    assert page.count("Every caller") == 1 and "Nobody has said what was done" not in page


@pytest.mark.requirement("VO-13")
def test_only_whoever_decides_for_the_partnership_writes_them_down(constable: Member) -> None:
    client = signed_in(constable)
    assert client.post("/consultations/new/", HELD).status_code == 403
    assert "Write down a consultation" not in text(client.get("/consultations/"))
    assert not Event.objects.filter(kind="consultation.held").exists()
    lead = signed_in(make_member("quist", "Ines Quist", "partner_lead", "hub"))
    assert lead.get("/consultations/unheard-of/").status_code == 404
