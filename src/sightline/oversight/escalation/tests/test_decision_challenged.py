"""A decision that is challenged from its own page climbs like any other escalation, and never to whoever made it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from cast import LONG_AGO, Member, involve, make_member
from challenging import late, name
from referring import NOTHING_MORE, page_of, post, refer_new, waiting
from screens import hidden, signed_in, text
from sightline.access.models import AccessEntry, Involvement, Restriction
from sightline.chronology.models import Event

pytestmark = pytest.mark.django_db


def nothing_of_a_sealed_child(client: Client, member: Member, page: str, child: int) -> None:
    """While the child is sealed the page is not there nor anything on the agenda, and no line of the log says that anything of them was given."""
    given = AccessEntry.objects.filter(people__contains=[child], outcome="given", user_id=member.user.pk)
    before = given.count()
    hide = Restriction.objects.create(person_id=child, state="sealed", reason="at risk", ask="", from_at=LONG_AGO)
    assert client.post(page).status_code == 404
    assert "Nothing is on it" in text(client.get("/escalations/agenda/"))
    assert given.count() == before
    hide.delete()


@pytest.mark.requirement("RF-27")
def test_a_challenge_from_the_page_of_a_referral_has_the_clock_and_the_tiers_of_every_escalation(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = signed_in(make_member("begum", "Rukhsana Begum", "mash_manager", "hub"))
    teacher = signed_in(make_member("ward", "Sam Ward", "practitioner", "education"))
    make_member("hale", "Ivo Hale", "supervisor", "hub")
    lowe = make_member("lowe", "Peter Lowe", "partner_lead", "hub")
    his = signed_in(lowe)
    sent = f"/door/sent/{refer_new(teacher)}/"
    child, _ = waiting(hub)
    post(hub, f"{page_of(hub)}decide/", **NOTHING_MORE)
    assert post(teacher, sent, text="He has new bruises since").status_code == 302
    assert "They have until" in text(teacher.get(sent))
    early = teacher.post(sent, {"token": "f" * 32, "outcome": "", "text": "I ask again, before their time is up"})
    assert early.status_code == 422 and "They have until" in text(early)
    first = Event.objects.get(kind="escalation.raised")
    page = f"/person/{child}/escalations/{first.pk}/"
    assert "An answer is due" in text(hub.get(page)) and "1 of 3" in text(hub.get(page))
    with monkeypatch.context() as later:
        late(later)
        for tier in (2, 3):
            assert "Not answered in time" in text(teacher.get(sent)) and "Nothing is on it" in text(
                his.get("/escalations/agenda/")
            )
            assert post(teacher, sent, text=f"Nobody has answered me, level {tier}").status_code == 302
        assert "3 of 3" in text(hub.get(page)) and Event.objects.filter(kind="escalation.raised").count() == 3
        assert "On the partnership's agenda" in text(teacher.get(sent))
        fourth = teacher.post(sent, {"token": "e" * 32, "outcome": "", "text": "And there is no fourth tier"})
        assert fourth.status_code == 422 and Event.objects.filter(kind="escalation.raised").count() == 3
        assert "Education to Hub: decision 1 case" in text(his.get("/escalations/agenda/"))
        nothing_of_a_sealed_child(his, lowe, f"/escalations/agenda/{child}/{first.pk}/", child)
        assert his.post(f"/escalations/agenda/{child}/{first.pk}/").status_code == 302
        said = {"decision": "A paediatrician sees him today", "owner": "Peter Lowe", "due": ""}
        assert his.post(page + "settle/", hidden(his.get(page + "settle/")) | said).status_code == 302
    assert "Nothing is on it" in text(his.get("/escalations/agenda/"))
    assert "A paediatrician sees him today" in text(teacher.get(sent)) and "you have been told" in text(
        teacher.get(sent)
    )


@pytest.mark.requirement("RF-27")
def test_what_the_last_tier_answered_and_is_challenged_again_is_the_partnerships(db: None) -> None:
    hub = signed_in(make_member("begum", "Rukhsana Begum", "mash_manager", "hub"))
    teacher = signed_in(make_member("ward", "Sam Ward", "practitioner", "education"))
    his = signed_in(make_member("lowe", "Peter Lowe", "partner_lead", "hub"))
    sent = f"/door/sent/{refer_new(teacher)}/"
    child, _ = waiting(hub)
    post(hub, f"{page_of(hub)}decide/", **NOTHING_MORE)
    for level in (2, 3):
        assert post(teacher, sent, text=f"I disagree, level {level}").status_code == 302
        page = f"/person/{child}/escalations/{Event.objects.filter(kind='escalation.raised').earliest('id').pk}/"
        assert his.post(page, hidden(his.get(page)) | {"resolved": "yes", "text": "We looked again"}).status_code == 302
        assert "Nothing is on it" in text(his.get("/escalations/agenda/"))
    assert post(teacher, sent, text="It is not resolved at all").status_code == 302
    assert "Education to Hub: decision 1 case" in text(his.get("/escalations/agenda/"))
    assert "On the partnership's agenda" in text(teacher.get(sent))


@pytest.mark.requirement("RF-27", "QA-19")
def test_a_tier_higher_passes_by_one_that_the_decider_alone_holds(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    decider, asker = (
        make_member("begum", "Rukhsana Begum", "mash_manager", "hub"),
        make_member("ward", "Sam Ward", "practitioner", "education"),
    )
    make_member("hale", "Ivo Hale", "supervisor", "hub")
    head = make_member("lowe", "Peter Lowe", "partner_lead", "hub")
    hub, teacher = signed_in(decider), signed_in(asker)
    name(decider, 2, username="begum", named="Rukhsana Begum")
    sent = f"/door/sent/{refer_new(teacher)}/"
    child, _ = waiting(hub)
    post(hub, f"{page_of(hub)}decide/", **NOTHING_MORE)
    assert post(teacher, sent, text="He has new bruises since").status_code == 302
    involve(asker, child, at=timezone.now())
    page = f"/person/{child}/escalations/{Event.objects.get(kind='escalation.raised').pk}/"
    with monkeypatch.context() as later:
        late(later)
        said = hidden(teacher.get(page + "higher/")) | {"text": "Nobody has answered me and he is at home"}
        assert teacher.post(page + "higher/", said).status_code == 302
        assert "3 of 3" in text(teacher.get(page))
    taken = Event.objects.filter(kind="escalation.raised").latest("id")
    assert taken.data["level"] == 3 and taken.data["to"] == "Head of service or superintendent"
    assert Involvement.objects.filter(user=head.user, person_id=child).exists()
    answered = {"resolved": "yes", "text": "I have looked at my decision again"}
    assert hub.post(page, hidden(teacher.get(page + "higher/")) | answered).status_code == 403
    his = signed_in(head)
    assert his.post(page, hidden(his.get(page)) | answered).status_code == 302
