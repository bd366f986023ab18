"""The concern form at a screen: begun with what is known, kept as it is typed, asked about, sent once for each child."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cast import Member, entry, feed_viewer, involve, make_member, person_of
from screens import signed_in, text
from sightline.access.models import AccessEntry, Involvement
from sightline.chronology.models import Event
from sightline.chronology.record import record_many
from sightline.pathways.concern.models import Draft
from sightline.people.anchors import anchored

pytestmark = pytest.mark.django_db
HOME = "3 Salt Lane, ZS4 4QQ"
SAID = {
    "what_happened": "Father was shouting and had thrown a chair when we came in; both children stood behind the door in the dark",
    "kinds": ["domestic abuse"], "action_taken": "Father arrested and taken to Marsham custody", "parents_know": "yes",
}  # fmt: skip
CHILD = {
    "seen": "yes", "seen_awake": "yes", "spoken_to": "yes", "seen_alone": "yes", "demeanour": "Shaking, would not let go of the dog",
    "views": "He always does this on Fridays", "wishes": "To stay at nan's", "grade": "high",
}  # fmt: skip


def family() -> dict[str, int]:
    """Two children, their mother in the house, and a grandmother elsewhere."""
    at = timezone.now() - timedelta(days=300)
    told = {
        "ana": {"forenames": "Ana", "surname": "Reed", "born": "2015-05-05", "sex": "F", "school": "Marsh Primary", "ethnicity": "White British"},
        "ben": {"forenames": "Ben", "surname": "Reed", "born": "2025-11-01", "sex": "M"},
        "kim": {"forenames": "Kim", "surname": "Reed", "born": "1990-01-01", "sex": "F"},
        "nan": {"forenames": "Joan", "surname": "Poole", "born": "1955-01-01", "sex": "F"},
    }  # fmt: skip
    rows = [
        entry("person.recorded", {"subject": [("crime", k)]}, source="crime", ref=f"{k}/p", at=at, data=d)
        for k, d in told.items()
    ]
    rows += [entry("address.recorded", {"subject": [("crime", k)]}, source="crime", ref=f"{k}/a", at=at,
                   data={"lines": HOME, "postcode": "ZS4 4QQ", "kind": "home", "from": "2020-01-01"}) for k in ("ana", "ben", "kim")]  # fmt: skip
    rows += [entry("relationship.recorded", {"subject": [("crime", a)], "other": [("crime", b)]}, source="crime", ref=f"{a}{b}", at=at,
                   data={"kind": kind}) for a, kind, b in (("kim", "parent", "ana"), ("kim", "parent", "ben"), ("nan", "grandparent", "ana"),
                                                          ("ana", "sibling", "ben"))]  # fmt: skip
    record_many(rows, feed_viewer(at=at))
    return {key: person_of(record) for (_, key), record in anchored([("crime", k) for k in told], at=at).items()}


@pytest.fixture
def people(db: None) -> dict[str, int]:
    return family()


@pytest.fixture
def officer(constable: Member, people: dict[str, int]) -> Client:
    """Tom Reeve, who opened Ana with a typed reason an hour ago."""
    involve(constable, people["ana"], why="first_contact", at=timezone.now())
    Involvement.objects.update(reason="Called to a domestic at Salt Lane")
    return signed_in(constable)


def begun(client: Client, people: dict[str, int], *children: str, **more: str) -> str:
    """The address of a form about these children."""
    first = children[0]
    said = {
        "children": [people[c] for c in children],
        "encounter": "incident",
        "token": "tok" + "".join(children),
    } | more
    return client.post(f"/person/{people[first]}/concern/", said).headers["Location"]


def filled(people: dict[str, int], *children: str, **more: object) -> dict[str, object]:
    """A simple form about these children, filled in."""
    return SAID | {f"c{people[c]}-{name}": f"{value}" for c in children for name, value in CHILD.items()} | more


def forms() -> list[Event]:
    return list(Event.objects.filter(kind="concern.notified").order_by("id"))


@pytest.mark.requirement("CN-03", "CN-05")
def test_one_visit_is_entered_once_and_each_child_has_a_form_of_their_own(
    officer: Client, people: dict[str, int]
) -> None:
    where = begun(officer, people, "ana", "ben")
    own = {
        f"c{people['ben']}-demeanour": "Asleep in his cot, did not wake when it was loud",
        f"c{people['ben']}-views": "",
    }
    answer = officer.post(where, filled(people, "ana", "ben", adult_words="Kim says it was nothing", do="send", **own))
    assert answer.status_code == 302, text(answer)
    ana, ben = (e.data for e in forms())
    assert ana["what_happened"] == ben["what_happened"] == SAID["what_happened"]
    assert (ana["views"], ana["adult_words"], "views" in ben) == (
        "He always does this on Fridays",
        "Kim says it was nothing",
        False,
    )
    assert ben["demeanour"].startswith("Asleep in his cot")
    assert not Draft.objects.exists()
    page = text(officer.get(answer.headers["Location"]))
    assert "Sent" in page and "Of the same visit: Ben Reed" in page and "nobody has a copy" in page


@pytest.mark.requirement("CN-08", "CN-09", "CN-10", "CN-19")
def test_what_is_known_stands_there_and_a_shorter_list_is_noticed(
    officer: Client, people: dict[str, int], social_worker: Member
) -> None:
    make_member("pugh", "Carys Pugh", "practitioner", "health")
    where = begun(officer, people, "ana")
    page = officer.get(where).content.decode()
    assert "Kim Reed, " in page and "Joan Poole, " in page and "Ben Reed, " in page
    lists = {m[1]: m[2] for m in re.finditer(r'<datalist id="list-([a-z-]+)">(.*?)</datalist>', page, re.S)}
    assert "Amina Okoro, " in lists["social-worker"] and "Carys Pugh, " in lists["health-visitor"]
    assert "Carys Pugh" not in lists["social-worker"] and {"school", "gp"} <= lists.keys()
    assert 'value="Marsh Primary"' in page and 'value="White British"' in page and 'value="Female"' in page
    checked = officer.post(where, filled(people, "ana", household="Ben Reed", adults_with_access="", do="check"))
    assert "On record and not on your lists: Kim Reed, Joan Poole" in text(checked)
    more = {
        f"c{people['ana']}-religion_not": "declined",
        f"c{people['ana']}-school": "Marsh Primary",
        f"c{people['ana']}-sex": "Female",
    }
    officer.post(where, filled(people, "ana", household="Ben Reed", do="send", **more))
    (sent,) = forms()
    assert sent.data["left_out"] == 2 and sent.data["school"] == "Marsh Primary"
    assert "Kim Reed" not in str(sent.data) and "Joan Poole" not in str(sent.data), (
        "no name that was not written by hand"
    )
    assert (
        sent.data["declined"] == ["religion"]
        and "ethnicity" in sent.data["not_asked"]
        and "sex" not in sent.data["not_asked"]
    )
    again = text(officer.get(begun(officer, people, "ana", token="second")))
    assert "Earlier forms about Ana Reed: 1" in again and "Father was shouting" in again


@pytest.mark.requirement("CN-17", "CN-18")
def test_only_what_is_unsafe_to_leave_out_holds_it_up_and_the_rest_is_asked_once(
    officer: Client, people: dict[str, int]
) -> None:
    where, ana = begun(officer, people, "ana"), people["ana"]
    bare = officer.post(where, {"do": "send", "what_happened": "Shouting"})
    assert bare.status_code == 422 and "Say whether you saw this child" in text(bare) and not forms()
    assert Draft.objects.get().answers["what_happened"] == ["Shouting"]
    urgent = {
        "what_happened": "Shouting",
        "action_taken": "Arrested",
        f"c{ana}-seen": "no",
        f"c{ana}-grade": "standard",
    }
    assert officer.post(where, urgent | {"do": "send"}).status_code == 422, "not seen needs a reason"
    urgent[f"c{ana}-unseen_because"] = "At her nan's"
    asked = text(officer.post(where, urgent | {"do": "send"}))
    assert "What a reader would ask" in asked and "What might happen next" in asked and not forms()
    assert officer.post(where, urgent | {"do": "send_anyway"}).status_code == 302
    assert forms()[0].data["unanswered"] > 3
    other = begun(officer, people, "ana", token="danger")
    assert officer.post(other, urgent | {f"c{ana}-grade": "high", "do": "send"}).status_code == 302, (
        "a danger is not held up by questions"
    )


@pytest.mark.requirement("CN-17")
def test_the_script_is_told_what_is_still_asked_and_reads_nobodys_record(
    officer: Client, people: dict[str, int]
) -> None:
    where = begun(officer, people, "ana")
    looks = AccessEntry.objects.count()
    told = officer.post(
        where, {"do": "save", "what_happened": "She is streetwise"}, headers={"Accept": "application/json"}
    ).json()
    assert told["score"] < 60 and any(a["blocks"] for a in told["asked"]) and "streetwise" in told["noticed"][0]
    more = officer.post(where, filled(people, "ana", do="save"), headers={"Accept": "application/json"}).json()
    assert more["score"] > told["score"] and not any(a["blocks"] for a in more["asked"])
    assert AccessEntry.objects.count() == looks


@pytest.mark.requirement("CN-06", "CN-07")
def test_seen_spoken_to_and_why_not_are_kept_with_a_safer_opportunity(
    officer: Client, constable: Member, people: dict[str, int]
) -> None:
    where, c = begun(officer, people, "ana"), f"c{people['ana']}-"
    own = {c + "spoken_to": "no", c + "seen_alone": "no", c + "views": "", c + "in_earshot": "Her father", c + "seen_where": "On the stairs",
           c + "not_spoken_because": "Her father stood over us and she looked at him before each word",
           c + "safer_opportunity": "At school, with the head of year", c + "safer_by": "2031-03-05T10:00"}  # fmt: skip
    officer.post(where, filled(people, "ana", do="send", **own))
    data = forms()[0].data
    assert (data["seen"], data["spoken_to"], data["seen_alone"], data["in_earshot"]) == (
        True,
        False,
        False,
        "Her father",
    )
    assert data["not_spoken_because"].startswith("Her father stood") and data["safer_by"].startswith("2031-03-05T10:00")
    involve(constable, people["ana"], at=timezone.now())
    assert "At school, with the head of year" in text(officer.get("/work/")), (
        "and it is owed until somebody has spoken to her"
    )


@pytest.mark.requirement("CN-11", "CN-12", "CN-13", "CN-14", "CN-15", "CN-16")
def test_injuries_home_risks_action_and_why_it_is_shared(officer: Client, people: dict[str, int]) -> None:
    where, c = begun(officer, people, "ana"), f"c{people['ana']}-"
    pressed = officer.post(where, {f"map-{c[:-1]}.x": "122", f"map-{c[:-1]}.y": "131", "do": ""}).content.decode()
    assert re.search(r'<option value="9" selected>9: left forearm', pressed), (
        "pressing the picture without a script chooses the place"
    )
    own = {c + "injury1_where": "9", c + "injury1_what": "Red mark, 3 cm", c + "injury1_photo": "TR/1", c + "injury1_time": "18:40",
           c + "effect": "She listens for the door", c + "might_happen": "He comes back", c + "child_knows": "yes"}  # fmt: skip
    shared = {"home_food": "poor", "home_warmth": "good", "risks": ["violence", "money_stress"], "powers_used": "s17 PACE",
              "advice_given": "Refuge leaflet", "services_offered": "Support worker", "not_known": "Where he is now", "parents_agree": "no",
              "shared_because": "Serious harm is likely"}  # fmt: skip
    officer.post(where, filled(people, "ana", do="send", **own, **shared))
    data = forms()[0].data
    assert data["injuries"] == ["left forearm, front: Red mark, 3 cm. Photograph TR/1. Seen 18:40"]
    assert (data["home_food"], data["risks"], data["shared_because"]) == (
        "poor",
        ["violence", "money_stress"],
        "Serious harm is likely",
    )
    assert {
        "effect",
        "might_happen",
        "not_known",
        "powers_used",
        "advice_given",
        "services_offered",
        "child_knows",
    } <= data.keys()
    second = begun(officer, people, "ana", token="second")
    changed = text(officer.post(second, {"home_food": "good", "home_warmth": "good", "do": "check"}))
    assert "food in the house was poor and is good" in changed and "warm and dry was" not in changed


@pytest.mark.requirement("CN-24", "CN-23")
@pytest.mark.parametrize("encounter", ["missing", "custody", "exploitation", "stop_search"])
def test_the_same_form_for_every_encounter_and_a_minor_one_is_kept(
    officer: Client, people: dict[str, int], encounter: str
) -> None:
    where = begun(officer, people, "ana", encounter=encounter)
    officer.post(where, filled(people, "ana", kinds="minor: no police action needed", encounter=encounter, do="send"))
    assert [(e.data["encounter"], e.data["kinds"]) for e in forms()] == [
        (encounter, ["minor: no police action needed"])
    ]
