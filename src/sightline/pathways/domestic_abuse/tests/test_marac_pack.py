"""The papers for a MARAC come from the record: incidents, each child with school and views, both adults, what earlier plans achieved."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from cast import Member, entry, feed_viewer, involve, make_member, person_of, sign_in, write_person
from grounds import paper_for
from sightline.access.models import AccessEntry, Exclusion, Restriction
from sightline.chronology.record import record_many

pytestmark = pytest.mark.django_db
NOW = datetime.now(tz=UTC)
VICTIM, OTHER, MO, LIA = ("marac", "V1"), ("marac", "P1"), ("marac", "C1"), ("social_care", "C2")
BEFORE = ("social_care", "B1")
CASE = {"victim": [VICTIM], "suspect": [OTHER], "child": [MO]}


@dataclass(frozen=True)
class Scene:
    """Who is who, and who looks."""

    people: dict[str, int]
    hub: Member
    officer: Member
    nurse: Member


def ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


def told() -> list[Any]:
    """An older report with another partner, two with this one, a plan that did little, a MARAC, and what each child said."""
    plan = {"kind": "child_in_need", "concern": "Shouting at night"}
    action = {"id": "a1", "what": "New locks", "owner": "Ines Ward", "agency": "housing", "due": ago(150).isoformat()}
    parent = {"kind": "parent", "lives_with": True}
    both = {"victim": [VICTIM], "suspect": [OTHER]}

    def said(kind: str, who: Any, source: str, days: int, /, **data: Any) -> Any:
        note = data.pop("note", "")
        return entry(kind, who, source=source, ref=f"{kind}/{days}", at=ago(days), data=data, note=note)

    return [
        *(entry("relationship.recorded", {"subject": [VICTIM], "other": [c]}, source="social_care", ref=f"tie/{c[1]}", at=ago(900),
                data=parent) for c in (MO, LIA)),
        said("contact.received", {"victim": [BEFORE], "suspect": [OTHER]}, "domestic_abuse", 800, kind="domestic_abuse", note="Another home"),
        said("contact.received", CASE, "domestic_abuse", 200, kind="domestic_abuse", note="Door kicked #panic(1)"),
        said("contact.received", both, "domestic_abuse", 40, kind="domestic_abuse", note="Phone smashed"),
        said("plan.started", {"child": [MO]}, "social_care", 180, **plan),
        said("action.set", {"child": [MO]}, "social_care", 179, **action),
        said("difference.noted", {"child": [MO]}, "social_care", 150, id="a1", difference="unchanged", says="Still afraid at night"),
        said("plan.ended", {"child": [MO]}, "social_care", 100, reason="Closed at three months", outcome="same"),
        said("voice.captured", {"child": [MO]}, "social_care", 120, whose="child", about="worry", text="I hide with my sister"),
        said("child.seen", {"child": [MO]}, "domestic_abuse", 39, demeanour="Would not leave his mother"),
        said("referral.made", CASE, "domestic_abuse", 39, to="marac", basis="marac", lawful_basis="duty", consent="not_sought",
             summary="Three in a year", urgency="same_day"),
        said("meeting.held", CASE, "marac", 5, kind="marac", decisions="Adviser to ring on Friday", attended=["police"]),
        said("offender.registered", {"offender": [OTHER]}, "offender_management", 300, scheme="mappa_1"),
    ]  # fmt: skip


@pytest.fixture
def scene(db: None) -> Scene:
    names = {VICTIM: ("Dana", "1990-01-02"), OTHER: ("Kai", "1988-05-06"), MO: ("Mo", "2017-03-04"), LIA: ("Lia", "2020-08-09"),
             BEFORE: ("Ana", "1985-01-01")}  # fmt: skip
    school = {MO: {"school": "Marsham Primary"}}
    people = {
        name: person_of(
            write_person(*key, at=ago(1000), forenames=name, surname="Hussein", born=born, **school.get(key, {}))
        )
        for key, (name, born) in names.items()
    }
    record_many(told(), feed_viewer(at=NOW), asked=False)
    cast = (make_member("begum", "Asha Begum", "mash_manager", "hub"), make_member("quill", "Bea Quill", "detective_sergeant", "police"),
            make_member("pugh", "Carys Pugh", "practitioner", "health"))  # fmt: skip
    for member in cast:
        involve(member, *(people[n] for n in ("Dana", "Kai", "Mo", "Lia")), at=NOW)
    return Scene(people, *cast)


def pages(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return [" ".join(p.extract_text().split()) for p in PdfReader(io.BytesIO(answer.content)).pages]


def seen(answer: Any) -> str:
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.mark.requirement("DA-11")
def test_the_pack_is_compiled_of_all_incidents_every_child_both_adults_and_what_earlier_plans_achieved(
    scene: Scene,
) -> None:
    them, at = sign_in(Client(), scene.hub), f"/person/{scene.people['Mo']}/marac/"
    assert "MARAC: the pack from the record" in seen(them.get(f"/person/{scene.people['Mo']}/"))
    shown = seen(them.get(at))
    for text in (
        *("3 incidents since", "3 reported as domestic abuse", "Another home", "Door kicked", "Phone smashed"),
        *("Marsham Primary", "I hide with my sister", "Would not leave his mother"),
        *(
            "child of the victim",
            "Lia Hussein, lives at the same address",
            "Nothing of this is held that you may read. Ask before the meeting.",
        ),
        *(
            "Ask education before the meeting.",
            "History of Dana Hussein, victim",
            "History of Kai Hussein, other adult",
        ),
        *("With nobody else of this case 1", "New locks", "Ines Ward, Housing", "Not done, and its time has passed."),
        *("Made different for the child: Still afraid at night", "Closed at three months", "Adviser to ring on Friday"),
    ):
        assert text in shown, text
    on_paper = " ".join(pages(them.post(f"{at}paper/", {"to": "me"})))
    for text in (
        "Another home",
        "I hide with my sister",
        "History of Kai Hussein",
        "Still afraid at night",
        "#panic(1)",
    ):
        assert text in on_paper, text


@pytest.mark.requirement("DA-11")
def test_the_same_pack_stands_on_the_page_of_either_adult_and_on_nobody_elses(scene: Scene) -> None:
    them = sign_in(Client(), scene.hub)
    for name in ("Dana", "Kai"):
        shown = seen(them.get(f"/person/{scene.people[name]}/marac/"))
        assert "I hide with my sister" in shown and "Lia Hussein" in shown and "Phone smashed" in shown
    assert them.get(f"/person/{scene.people['Lia']}/marac/").status_code == 404
    assert them.get(f"/person/{scene.people['Ana']}/marac/").status_code == 404


def test_each_reader_has_what_both_may_read_and_every_page_and_the_log_say_for_whom_it_was_printed(
    scene: Scene,
) -> None:
    them, at = sign_in(Client(), scene.officer), f"/person/{scene.people['Mo']}/marac/"
    mine = " ".join(pages(them.post(f"{at}paper/", {"to": "me"})))
    answer = paper_for(them, f"{at}paper/", str(scene.hub.post.pk))
    theirs = pages(answer)
    assert "Phone smashed" in mine and "Phone smashed" in " ".join(theirs)
    assert all("Printed by Bea Quill for Asha Begum, Marsham Safeguarding Hub" in page for page in theirs)
    assert "Hussein" not in answer["Content-Disposition"] and "no-store" in answer["Cache-Control"]
    log = AccessEntry.objects.filter(note__startswith="MARAC pack on paper").order_by("-pk")
    given, looked, kept = log[:3]
    assert (given.action, looked.action, kept.action) == ("disclosure", "consultation", "export")
    assert looked.people == given.people and "for Asha Begum" in given.note
    assert {scene.people[n] for n in ("Mo", "Dana", "Kai", "Lia")} <= set(given.people)


@pytest.mark.requirement("IS-09")
def test_a_pack_for_somebody_else_is_among_what_was_shared_of_each_whose_record_is_in_it(scene: Scene) -> None:
    them = sign_in(Client(), scene.officer)
    at = f"/person/{scene.people['Dana']}/marac/paper/"
    asked = seen(them.post(at, {"to": str(scene.hub.post.pk)}))
    assert "what basis" in asked and "For Asha Begum" in asked
    paper_for(them, at, str(scene.hub.post.pk))
    for name in ("Dana", "Mo", "Kai"):
        listed = seen(them.get(f"/person/{scene.people[name]}/shared/"))
        assert listed.count("Why:") == 1 and "Asha Begum" in listed and "Marsham Safeguarding Hub" in listed, name
    link = re.search(
        rf"/person/{scene.people['Mo']}/shared/\d+/", them.get(f"/person/{scene.people['Mo']}/shared/").content.decode()
    )
    given = seen(them.get(link.group())) if link else ""
    for text in ("Phone smashed", "Marsham Primary", "I hide with my sister", "Dana Hussein"):
        assert text in given, text
    of_the_child = make_member("solo", "Sol Olo", "practitioner", "social_care")
    involve(of_the_child, scene.people["Mo"], at=NOW)
    theirs = seen(sign_in(Client(), of_the_child).get(link.group())) if link else ""
    assert "I hide with my sister" in theirs and "Another home" not in theirs and "not shown" in theirs


def test_nothing_is_made_for_somebody_kept_apart_nor_for_an_agency_that_is_not_given_the_case(scene: Scene) -> None:
    them, at = sign_in(Client(), scene.hub), f"/person/{scene.people['Mo']}/marac/paper/"
    assert "Carys Pugh" in seen(them.get(at))
    refused = paper_for(them, at, str(scene.nurse.post.pk))
    assert refused.status_code == 422 and "is not given what this meeting is about" in refused.content.decode()
    Exclusion.objects.create(user=scene.officer.user, person_id=scene.people["Mo"], reason="own nephew", from_at=NOW)
    refused = paper_for(them, at, str(scene.officer.post.pk))
    assert refused.status_code == 422 and "cannot be given to that person" in refused.content.decode()
    assert AccessEntry.objects.filter(action="refusal").latest("pk").people == [scene.people["Mo"]]
    assert not AccessEntry.objects.filter(action="disclosure").exists()
    lately = sign_in(Client(), scene.hub, confirmed=False).post(at, {"to": "me"})
    assert lately.status_code == 302 and "reauthenticate" in lately.url


@pytest.mark.requirement("IS-01")
def test_an_agency_that_is_only_told_of_a_case_has_no_pack_of_it(scene: Scene) -> None:
    nurse, at = sign_in(Client(), scene.nurse), f"/person/{scene.people['Mo']}/marac/"
    assert nurse.get(at).status_code == 404 and nurse.get(f"{at}paper/").status_code == 404


@pytest.mark.requirement("IS-08")
def test_of_a_restricted_record_that_may_be_known_of_the_pack_is_said_not_to_be_permitted(
    scene: Scene, call_handler: Member
) -> None:
    mo = scene.people["Mo"]
    involve(call_handler, mo, why="first_contact", at=NOW, until=NOW + timedelta(hours=12))
    Restriction.objects.create(person_id=mo, state="restricted", reason="a colleague's child", from_at=ago(1))
    assert sign_in(Client(), call_handler).get(f"/person/{mo}/marac/").status_code == 403


@pytest.mark.requirement("IS-03")
def test_whoever_asks_for_whom_to_print_it_has_looked_at_the_case(scene: Scene) -> None:
    mo = scene.people["Mo"]
    seen(sign_in(Client(), scene.hub).get(f"/person/{mo}/marac/paper/"))
    looks = AccessEntry.objects.filter(user_id=scene.hub.user.pk, note="MARAC pack", outcome="given")
    assert [e.people for e in looks] == [[mo]]
