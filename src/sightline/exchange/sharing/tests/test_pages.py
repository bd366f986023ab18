"""The pages, as requests ask for them: a share in four steps, an urgent one in two, a safe address, and who is kept from it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cast import Member, entry, feed_viewer, involve, make_member, sign_in
from scenes import BOY, Boy, boys_life
from screens import signed_in, text
from sightline.access.models import Exclusion
from sightline.chronology.record import record_many
from sightline.exchange.sharing.models import Disclosure, RedactedCopy
from sightline.people.premises import premises_key

pytestmark = pytest.mark.django_db
REFUGE, CODE = "3 Sorrel Court", "ZS9 1XY"
WHERE = premises_key(f"{REFUGE}, {CODE}")


@pytest.fixture
def boy(social_worker: Member, health_visitor: Member) -> Boy:
    now = timezone.now()
    scene = boys_life(now)
    involve(social_worker, scene.boy, at=now)
    at = now - timedelta(days=2)
    moved = {"lines": REFUGE, "postcode": CODE, "kind": "hostel", "from": at.date().isoformat()}
    told = [entry("address.recorded", {"subject": [BOY]}, source="social_care", ref="boy/refuge", at=at, data=moved)]
    record_many(told, feed_viewer(at=at))
    return scene


def begin(client: Client, boy: Boy, purpose: str, **said: Any) -> Any:
    whom = {"agency": "health", "who": "Carys Pugh", "purpose": purpose} | said
    return client.post(f"/person/{boy.boy}/share/", whom)


def confirmed_before(client: Client, said: list[Any]) -> list[Any]:
    """Put in place of what this session holds of when its user said who they are; gives what it held."""
    session = client.session
    held = list(session["account_authentication_methods"])
    session["account_authentication_methods"] = said
    session.save()
    return held


@pytest.mark.requirement("IS-09", "AG-20")
def test_a_share_in_four_steps(boy: Boy, social_worker: Member) -> None:
    client, at = signed_in(social_worker), f"/person/{boy.boy}/share/"
    assert client.get(f"{at}check/").headers["Location"] == at, "nothing is checked that was not begun"
    assert begin(client, boy, "enquiry").headers["Location"] == f"{at}why/"
    refused = client.post(f"{at}why/", {"reason": "She calls tomorrow and has to know", "consent": "not_sought"})
    assert refused.status_code == 422 and "Choose a lawful basis" in text(refused)
    why = {"bases": ["public_task"], "reason": "She calls tomorrow and has to know", "consent": "not_sought"}
    assert client.post(f"{at}why/", why).headers["Location"] == f"{at}what/"
    assert client.post(f"{at}what/", {"sections": ["identity", "addresses"]}).headers["Location"] == f"{at}check/"
    page = text(client.get(f"{at}check/"))
    assert "No agreement in force covers this" in page and "Mohammed Ali Hussein" in page
    assert client.post(f"{at}check/", {}).status_code == 422
    lately = confirmed_before(client, [])
    asked_first = client.post(f"{at}check/", {"outside_because": "Health joins in May"})
    assert "/accounts/" in asked_first.headers["Location"] and not Disclosure.objects.exists()
    confirmed_before(client, lately)
    given = client.post(f"{at}check/", {"outside_because": "Health joins in May"})
    row = Disclosure.objects.get()
    assert given.headers["Location"] == f"/person/{boy.boy}/shared/{row.pk}/"
    assert "Given to Marsham Community Health" in text(client.get(given.headers["Location"]))
    assert "She calls tomorrow" in text(client.get(f"/person/{boy.boy}/shared/"))


@pytest.mark.requirement("RF-19")
def test_an_urgent_share_in_two(boy: Boy, social_worker: Member) -> None:
    client = signed_in(social_worker)
    to = begin(client, boy, "urgent_protection").headers["Location"]
    assert to == f"/person/{boy.boy}/share/check/"
    assert client.post(to, {}).status_code == 302
    assert Disclosure.objects.get().urgent


@pytest.mark.requirement("IS-12")
def test_an_address_is_kept_safe_on_its_page_and_from_whoever_is_linked_to_him(boy: Boy, social_worker: Member) -> None:
    client, at = signed_in(social_worker), f"/person/{boy.boy}/safe/"
    assert client.post(at, {"premises": WHERE, "reason": "He threatened them"}).status_code == 422
    kept = {"premises": WHERE, "kept_from": [boy.stepfather], "reason": "He threatened to find them"}
    assert client.post(at, kept).status_code == 302
    assert REFUGE in text(client.get(f"/person/{boy.boy}/"))
    now = timezone.now()
    brother = make_member("brother", "Al Brother", "case_owner", "social_care")
    involve(brother, boy.boy, at=now)
    other = signed_in(brother)
    assert REFUGE in text(other.get(f"/person/{boy.boy}/"))
    Exclusion.objects.create(
        user=brother.user, person_id=boy.stepfather, reason="own brother", from_at=now - timedelta(hours=1)
    )
    page = other.get(f"/person/{boy.boy}/")
    assert page.status_code == 200 and "Sorrel" not in text(page) and "Where they live now is kept safe" in text(page)
    assert other.get(f"/address/{WHERE}/").status_code == 404
    assert other.get(at).status_code == 409


@pytest.mark.requirement("IS-12")
def test_what_is_given_holds_no_safe_address_unless_it_is_said_why(boy: Boy, social_worker: Member) -> None:
    client, at = signed_in(social_worker), f"/person/{boy.boy}/share/"
    kept = {"premises": WHERE, "kept_from": [boy.stepfather], "reason": "He threatened to find them"}
    assert client.post(f"/person/{boy.boy}/safe/", kept).status_code == 302
    begin(client, boy, "urgent_protection")
    assert "Sorrel" not in text(client.get(f"{at}check/"))
    assert "A safe address is held" in text(client.get(f"{at}what/"))
    client.post(f"{at}what/", {"sections": ["addresses"], "safe_because": "She collects him there tonight"})
    assert "Sorrel" in text(client.get(f"{at}check/"))


@pytest.mark.requirement("IS-09")
def test_somebody_kept_apart_from_the_child_is_given_nothing(
    boy: Boy, social_worker: Member, health_visitor: Member
) -> None:
    at = timezone.now() - timedelta(hours=1)
    Exclusion.objects.create(user=health_visitor.user, person_id=boy.boy, reason="own nephew", from_at=at)
    client = signed_in(social_worker)
    answer = client.post(begin(client, boy, "urgent_protection").headers["Location"], {})
    assert answer.status_code == 422 and "cannot be given to that person" in text(answer)
    assert not Disclosure.objects.exists()


@pytest.mark.requirement("IS-13")
def test_a_copy_on_its_way(boy: Boy, social_worker: Member, team_manager: Member) -> None:
    involve(team_manager, boy.boy, at=timezone.now())
    client, at = signed_in(social_worker), f"/person/{boy.boy}/copies/"
    asked = {"purpose": "court", "asked_by": "Marsham Family Court", "asked_on": "1 10 2026"}
    copy = client.post(at, asked).headers["Location"]
    row = RedactedCopy.objects.get()
    lines = {f"line-{n}": why for n, why in row.withheld.items()}
    assert client.post(copy, lines | {"line-0": "legal", "ready": "yes"}).status_code == 302
    row.refresh_from_db()
    assert row.withheld["0"] == "legal" and row.ready_at is not None
    assert client.post(f"{copy}review/", {"agrees": "yes", "note": "I say so myself"}).status_code == 403
    assert client.post(f"{copy}release/").status_code == 409
    other = signed_in(team_manager)
    assert other.post(f"{copy}review/", {"agrees": "yes", "note": "Read against the record"}).status_code == 302
    asked_first = sign_in(Client(), social_worker, confirmed=False).post(f"{copy}release/")
    assert "/accounts/" in asked_first.headers["Location"] and not Disclosure.objects.exists()
    assert client.post(f"{copy}release/").status_code == 302
    assert client.post(f"{copy}release/").status_code == 409


@pytest.mark.requirement("AG-20")
def test_agreements_on_their_page(social_worker: Member, health_visitor: Member) -> None:
    admin = signed_in(make_member("admin", "Ad Min", "administrator", "social_care"))
    said = {"title": "Health and care", "parties": ["health", "social_care"], "purposes": ["enquiry"], "since": "1 1 2026",
            "until": "1 1 2036", "classes": ["standing"]}  # fmt: skip
    assert admin.post("/agreements/new/", said).status_code == 302
    page = text(signed_in(social_worker).get("/agreements/"))
    assert "Health and care In force" in page and "Only: What must be known at the door" in page
    assert "Enter an agreement" not in page
    assert signed_in(health_visitor).get("/agreements/new/").status_code == 403
    assert admin.post("/agreements/new/", said | {"until": "1 1 2025"}).status_code == 422
