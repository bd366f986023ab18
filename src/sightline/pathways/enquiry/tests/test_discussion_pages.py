"""A strategy discussion, page by page: what is refused until it is there, and what each entry clears."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cast import Member, entry, feed_viewer, involve, make_member, person_of, write_person
from screens import hidden, signed_in, text
from sightline.access.models import Involvement
from sightline.chronology.models import Event, EventPerson
from sightline.chronology.record import record_many
from sightline.pathways.enquiry.queries import OtherChild
from sightline.pathways.enquiry.services import ActionSaid, Considered, Met
from sightline.pathways.enquiry.services.strategy import lacking
from sightline.pathways.enquiry.tests.at_screens import CHILD, GATE, first, meeting, send, soon, standing

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("SI-01")
def test_it_is_asked_for_called_by_name_and_opened_to_those_asked(scene: Any, health_visitor: Member) -> None:
    client, boy, _ = scene
    assert send(client, f"/person/{boy}/enquiry/ask/", reason="He says he was hit again").status_code == 302
    run = f"/person/{boy}/enquiry/discussions/{first('strategy.requested')}/"
    assert "Carys Pugh" in text(client.get(run + "call/"))
    alone = send(client, run + "call/", held_at=soon(2), how="video", posts=[str(health_visitor.post.pk)])
    assert alone.status_code == 422 and "at least two agencies" in text(alone)
    asked = send(
        client,
        run + "call/",
        held_at=soon(2),
        how="video",
        posts=[str(health_visitor.post.pk)],
        others="Police: DS Ida Kay",
    )
    assert asked.status_code == 302
    called = Event.objects.get(kind="strategy.called")
    assert called.data["invited"] == ["Health: Carys Pugh, practitioner", "Police: DS Ida Kay"]
    assert Involvement.objects.filter(user=health_visitor.user, person_id=boy).exists()
    assert signed_in(health_visitor).get(run).status_code == 200


@pytest.mark.requirement("SI-01")
def test_why_none_is_held_ends_what_was_asked_for_and_not_a_recorded_offence(scene: Any) -> None:
    client, boy, _ = scene
    send(client, f"/person/{boy}/enquiry/ask/", reason="He says he was hit again")
    assert standing("strategy_needed") == 1
    run = f"/person/{boy}/enquiry/discussions/{first('strategy.requested')}/"
    assert send(client, run + "none/", reason="short").status_code == 422
    assert (
        send(client, run + "none/", reason="Assessed yesterday, nothing new", instead="assessment").status_code == 302
    )
    assert standing("strategy_needed") == 0
    record_many(
        [entry("protection.taken", CHILD, source="social_care", ref="pp", at=timezone.now(), data={})],
        feed_viewer(at=timezone.now()),
    )
    assert standing("strategy_needed") == 1


@pytest.mark.requirement("SI-02")
def test_nothing_of_a_discussion_is_kept_until_all_of_it_is_there_and_then_all_of_it_once(scene: Any) -> None:
    client, boy, sister = scene
    path = f"/person/{boy}/enquiry/hold/"
    for lacks in ({"protects_now": ""}, {"attended": "Police: DS Ida Kay"}, {f"child_{sister}_why": ""}):
        assert send(client, path, **meeting(sister, **lacks)).status_code == 422, lacks
    assert not Event.objects.filter(kind__in=("strategy.held", "action.set"), source="sightline").exists()
    whole = hidden(client.get(path)) | meeting(sister)
    for _ in range(2):
        assert client.post(path, whole).status_code == 302
    held = Event.objects.get(kind="strategy.held", source="sightline")
    assert held.data["how"] == "informal" and held.data["attended"][1] == "Police: DS Ida Kay, in the corridor"
    assert Event.objects.get(kind="action.set", source="sightline").data["owner"] == "Amina Okoro"
    considered = Event.objects.get(kind="strategy.child_considered")
    assert EventPerson.objects.filter(event=considered, role="other").count() == 1
    assert standing("decision_not_recorded") == 0 and standing("strategy_needed") == 0


NOW = timezone.now()
ACTION = ActionSaid("See Mo", "Amina Okoro", "social_care", NOW)
OTHER = OtherChild(7, "Ada", 7, "sibling", ("social_care", "C2"))
WHOLE = {"attended": ["Police: A", "Health: B"], "information_shared": "i", "rationale": "r", "protects_now": "p", "mode_reason": "m",
         "decision": "enquiry_joint"}  # fmt: skip
NOTHING = {"decision": "no_further_action", "mode_reason": ""}


@pytest.mark.requirement("SI-02", "SI-04")
@pytest.mark.parametrize(
    ("said", "set_", "considered", "asks"),
    [
        ({}, [ACTION], [Considered(7, "included", "Same home")], ""),
        ({"attended": ["Police: A", "Police: B"]}, [ACTION], [Considered(7, "included", "h")], "at least two agencies"),
        ({"information_shared": " "}, [ACTION], [Considered(7, "included", "h")], "what information was shared"),
        ({"rationale": ""}, [ACTION], [Considered(7, "included", "h")], "why it was decided so"),
        ({"protects_now": ""}, [ACTION], [Considered(7, "included", "h")], "what protects the child now"),
        ({"mode_reason": ""}, [ACTION], [Considered(7, "included", "h")], "or one alone"),
        ({}, [], [Considered(7, "included", "h")], "at least one action"),
        ({}, [ACTION], [], "what was decided about Ada"),
        ({}, [ACTION], [Considered(7, "included", " ")], "what was decided about Ada"),
        ({}, [ACTION], [Considered(7, "included", "h"), Considered(8, "included", "h")], "not around this one"),
        (NOTHING | GATE, [], [Considered(7, "no_concern", "h")], ""),
        (NOTHING, [], [Considered(7, "no_concern", "h")], "what risk remains"),
        (NOTHING | GATE | {"risk_held_by": ""}, [], [Considered(7, "no_concern", "h")], "who holds that risk"),
        (NOTHING | GATE | {"way_back": " "}, [], [Considered(7, "no_concern", "h")], "how the child can come back"),
        ({"decision": "assessment"}, [ACTION], [Considered(7, "no_concern", "h")], ""),
    ],
)
def test_what_a_record_of_a_discussion_must_say(said: Any, set_: Any, considered: Any, asks: str) -> None:
    lacks = lacking(Met(WHOLE | said, set_, considered), {7: OTHER})
    assert (asks in "; ".join(lacks)) and bool(lacks) == bool(asks)


@pytest.mark.requirement("SI-02")
def test_of_two_who_record_a_discussion_from_blank_pages_the_second_keeps_what_they_typed_and_is_shown_the_first(
    scene: Any,
) -> None:
    client, boy, sister = scene
    path = f"/person/{boy}/enquiry/hold/"
    mine, asked = hidden(client.get(path)), f"/person/{boy}/enquiry/ask/"
    send(client, asked, reason="He says he was hit again")
    assert "Look at it before you begin another" in text(client.get(path))
    again = send(client, asked, reason="The school rang about him")
    assert again.status_code == 422 and "The school rang about him" in again.content.decode()
    late = client.post(path, mine | meeting(sister, rationale="He flinched"))
    run, page = f"/person/{boy}/enquiry/discussions/{first('strategy.requested')}/", late.content.decode()
    assert late.status_code == 422 and "nothing of yours was saved yet" in text(late) and "He flinched" in page
    assert (
        f'formaction="{run}hold/"' in page
        and not Event.objects.filter(kind="strategy.held", source="sightline").exists()
    )
    assert client.post(f"{run}hold/", hidden(late) | meeting(sister, rationale="He flinched")).status_code == 302
    other = client.post(path, hidden(client.get(path)) | meeting(sister))
    assert other.status_code == 422 and "formaction" not in other.content.decode()
    why = {"separate": "A second assault, on Friday, by somebody else"}
    assert client.post(path, hidden(other) | meeting(sister, **why)).status_code == 302
    assert Event.objects.filter(kind="strategy.held", source="sightline").count() == 2


@pytest.mark.requirement("SI-02")
def test_of_two_people_at_one_form_the_slower_is_shown_what_the_other_wrote_and_keeps_what_they_typed(
    scene: Any,
) -> None:
    client, boy, sister = scene
    send(client, f"/person/{boy}/enquiry/hold/", **meeting(sister))
    run = f"/person/{boy}/enquiry/discussions/{first('strategy.held')}/actions/"
    mine = hidden(client.get(run)) | {
        "action_1_what": "Ring the school",
        "action_1_owner": "Ida Kay",
        "action_1_agency": "police",
        "action_1_due": soon(),
    }
    send(
        client,
        run,
        action_1_what="Write to the GP",
        action_1_owner="Sunita Rao",
        action_1_agency="social_care",
        action_1_due=soon(),
    )
    late = client.post(run, mine)
    assert (
        late.status_code == 422
        and "nothing of yours was saved yet" in text(late)
        and "Ring the school" in late.content.decode()
    )
    assert client.post(run, mine | hidden(late)).status_code == 302
    assert Event.objects.filter(kind="action.set", source="sightline").count() == 3


@pytest.mark.requirement("SI-02")
def test_a_child_whom_only_an_incident_names_is_asked_about_and_not_told_of(scene: Any) -> None:
    client, boy, sister = scene
    other = person_of(
        write_person("social_care", "C7", forenames="Zed", surname="Quarry", born="2016-01-02", at=timezone.now())
    )
    both = {"child": [*CHILD["child"], ("social_care", "C7")]}
    fight = entry("contact.received", both, source="social_care", ref="fight", at=timezone.now() - timedelta(days=3),
                  data={"kind": "domestic_abuse", "channel": "agency"})  # fmt: skip
    record_many([fight], feed_viewer(at=timezone.now()))
    path = f"/person/{boy}/enquiry/hold/"
    said = text(client.get(path))
    assert "What was decided about a child named with this one on" in said and "Quarry" not in said
    refused = send(client, path, **meeting(sister))
    assert refused.status_code == 422 and not Event.objects.filter(kind="strategy.held", source="sightline").exists()
    each = {f"child_{other}": "included", f"child_{other}_why": "He was in the room"}
    assert send(client, path, **meeting(sister, **each)).status_code == 302
    held = EventPerson.objects.filter(event__kind="strategy.child_considered", role="other")
    assert set(held.values_list("record__key", flat=True)) == {"C2", "C7"}


@pytest.mark.requirement("SI-04")
def test_social_care_alone_where_an_offence_is_possible_waits_for_somebody_else_of_the_police(
    scene: Any, constable: Member
) -> None:
    client, boy, sister = scene
    send(
        client,
        f"/person/{boy}/enquiry/hold/",
        **meeting(sister, decision="enquiry_single_social_care", mode_reason="Mother agrees"),
    )
    run = f"/person/{boy}/enquiry/discussions/{first('strategy.held')}/"
    assert "Nobody else of the police has looked" in text(client.get(run)) and standing("welfare_only") == 1
    assert send(client, run + "review/", decision="alone_is_right", reason="No offence is disclosed").status_code == 422
    inspector = make_member("vane", "Ros Vane", "detective_inspector", "police")
    involve(inspector, boy, at=timezone.now())
    involve(constable, boy, at=timezone.now())
    hers = signed_in(inspector)
    assert "Should social care act alone?" in text(hers.get("/work/"))
    assert "Should social care act alone?" not in text(signed_in(constable).get("/work/")), "he does not decide it"
    assert send(hers, run + "review/", decision="alone_is_right", reason="No offence is disclosed").status_code == 302
    assert "Nobody else of the police has looked" not in text(client.get(run)) and standing("welfare_only") == 0


@pytest.mark.requirement("SI-04")
def test_whoever_decided_it_does_not_look_at_it_again_and_a_namesake_may(scene: Any) -> None:
    _, boy, sister = scene
    hers, namesakes = (make_member(n, "Ros Vane", "detective_inspector", "police") for n in ("vane", "vane2"))
    for one in (hers, namesakes):
        involve(one, boy, at=timezone.now())
    alone = meeting(sister, decision="enquiry_single_social_care", mode_reason="Mother agrees")
    send(signed_in(hers), f"/person/{boy}/enquiry/hold/", **alone)
    review = f"/person/{boy}/enquiry/discussions/{first('strategy.held')}/review/"
    said = {"decision": "alone_is_right", "reason": "No offence is disclosed"}
    assert "You recorded this decision yourself" in text(send(signed_in(hers), review, **said))
    assert send(signed_in(namesakes), review, **said).status_code == 302


def test_others_cannot_lead_and_whoever_is_not_involved_sees_nothing(
    scene: Any, constable: Member, ext: Member
) -> None:
    _, boy, _ = scene
    involve(constable, boy, at=timezone.now())
    his = signed_in(constable)
    assert his.get(f"/person/{boy}/enquiry/ask/").status_code == 200
    assert his.get(f"/person/{boy}/enquiry/hold/").status_code == 403
    for path in ("", "ask/", "hold/", "discussions/1/", "enquiries/1/complete/"):
        assert signed_in(ext).get(f"/person/{boy}/enquiry/{path}").status_code == 404


def test_it_is_on_the_childs_page(scene: Any) -> None:
    client, boy, _ = scene
    send(client, f"/person/{boy}/enquiry/ask/", reason="He says he was hit again")
    page = text(client.get(f"/person/{boy}/"))
    assert "Strategy discussions and enquiries" in page and "Asked for" in page
