"""The child's own voice: what they said and what came of it, whom they trust, how they may be reached, what they were told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cast import Member, entry, feed_viewer, involve, make_member, person_of
from screens import signed_in, text
from sightline.chronology.models import Event
from sightline.chronology.reaching import NotSafe, Ways, check_before_reaching
from sightline.chronology.record import record_many
from sightline.kernel.errors import NotFound
from sightline.people.anchors import anchored

pytestmark = pytest.mark.django_db
KEY = ("social_care", "lio")


@pytest.fixture
def child(social_worker: Member) -> int:
    """Lio, seven, who signs, and whose plan has begun; Amina Okoro works with him."""
    at = timezone.now() - timedelta(days=40)
    about = {
        "forenames": "Lio",
        "surname": "Marr",
        "born": str(at.year - 7) + "-01-01",
        "language": "Somali",
        "disability": ["deaf, signs"],
    }
    plan = {"kind": "child_protection", "category": "neglect"}
    record_many([entry("person.recorded", {"subject": [KEY]}, source=KEY[0], ref="p", at=at, data=about),
                 entry("plan.started", {"child": [KEY]}, source=KEY[0], ref="s", at=at, data=plan)], feed_viewer(at=at))  # fmt: skip
    person = person_of(anchored([KEY], at=at)[KEY])
    involve(social_worker, person, at=timezone.now())
    return person


@pytest.fixture
def client(social_worker: Member, child: int) -> Client:
    return signed_in(social_worker)


def kept(kind: str) -> dict[str, object]:
    return Event.objects.filter(kind=kind).latest("id").data


def prefer(**said: object) -> None:
    at = timezone.now() - timedelta(hours=2)
    record_many(
        [entry("contact.preferred", {"subject": [KEY]}, source=KEY[0], ref="c", at=at, data={"by": "text", **said})],
        feed_viewer(),
    )


@pytest.mark.requirement("VO-05", "VO-19", "VO-07")
def test_what_the_child_said_and_why_it_was_not_done(client: Client, child: int) -> None:
    said = {
        "whose": "child",
        "about": "decision",
        "text": "I want to go home",
        "decision": "Where Lio lives",
        "token": "a",
    }
    bare = client.post(f"/person/{child}/voice/heard/", said)
    assert bare.status_code == 422 and "Say how it changed the decision" in text(bare)
    refused = client.post(
        f"/person/{child}/voice/heard/", said | {"followed": "no", "changed": "Sees his dog on Sundays"}
    )
    assert refused.status_code == 422 and "Say why it was not done as they wished" in text(refused)
    whole = said | {"followed": "no", "not_followed_because": "It is not safe there yet", "changed": "Sees his dog on Sundays",
                    "told_of_outcome": "yes", "interpreter": "relative", "supporter": "Ms Cole", "how": "signing"}  # fmt: skip
    for _ in range(2):
        assert client.post(f"/person/{child}/voice/heard/", whole).status_code == 302
    assert Event.objects.filter(kind="voice.captured").count() == 1
    page = text(client.get(f"/person/{child}/voice/"))
    assert (
        "“I want to go home”" in page and "Not done as they wished It is not safe there yet They were told so" in page
    )
    assert (
        "What changed: Sees his dog on Sundays" in page
        and "Interpreted by a relative" in page
        and "There for them: Ms Cole" in page
    )
    assert "Ask again with a professional interpreter" in text(client.get("/work/"))
    assert kept("voice.captured")["told_of_outcome"] is True


@pytest.mark.requirement("VO-06")
def test_the_format_is_suggested_from_what_is_recorded_and_what_was_used_is_kept(client: Client, child: int) -> None:
    page = text(client.get(f"/person/{child}/voice/told/"))
    assert (
        "signing, with an interpreter who signs" in page
        and "in Somali, with a professional interpreter and never a relative" in page
    )
    told = {"whom": "child", "about": "decision", "what": "You stay with Gran for now", "method": "in_person", "how": "pictures",
            "language": "Somali", "interpreter": "professional", "reached": "yes"}  # fmt: skip
    client.post(f"/person/{child}/voice/told/", told)
    assert {"how": "pictures", "language": "Somali", "interpreter": "professional"}.items() <= kept(
        "family.informed"
    ).items()


@pytest.mark.requirement("VO-03", "VO-04", "VO-11")
def test_updates_are_due_at_milestones_and_at_intervals_and_a_parent_is_told_of_help(
    client: Client, child: int
) -> None:
    assert "Tell the child and family" in text(client.get("/work/?due=overdue")), "the plan began, and nobody was told"
    told = {"whom": "parent", "about": "service", "what": "The alcohol service sees you without an appointment on Mondays",
            "method": "in_person", "reached": "no"}  # fmt: skip
    for n in range(3):
        client.post(f"/person/{child}/voice/told/", told | {"token": f"t{n}"})
    assert "Find another way to reach the family" in text(client.get("/work/")) and "Tried 3 times" in text(
        client.get("/work/")
    )
    assert not Event.objects.filter(kind="family.informed").exists(), "trying is not telling"
    client.post(f"/person/{child}/voice/told/", told | {"reached": "yes", "token": "t9"})
    assert kept("family.informed")["about"] == "service"
    assert "Tell the child and family" not in text(client.get("/work/?due=overdue"))
    assert "should hear something by" in text(client.get(f"/person/{child}/voice/")), (
        "and again in four weeks while the plan goes on"
    )
    assert "Find another way" not in text(client.get("/work/"))


def over_and_told() -> None:
    """Three weeks ago his plan ended, and the next day he was told."""
    at = timezone.now() - timedelta(days=20)
    record_many([entry("plan.ended", {"child": [KEY]}, source=KEY[0], ref="e", at=at, data={"reason": "He is safe with Gran"}),
                 entry("family.informed", {"child": [KEY]}, source=KEY[0], ref="f", at=at + timedelta(days=1),
                       data={"whom": "child", "what": "Your plan is over", "about": "outcome"})], feed_viewer())  # fmt: skip


@pytest.mark.requirement("VO-08")
def test_after_something_ended_they_are_asked_what_it_was_like_in_a_safe_way_and_never_where_none_is(
    client: Client, child: int
) -> None:
    over_and_told()
    assert "Ask first how they may be reached safely" in text(client.get("/work/"))
    prefer(never_by="letter")
    due = text(client.get("/work/?due=overdue"))
    assert "Ask what it was like for them" in due and "By text, as they wish. Never by letter" in due
    liked = {"whose": "child", "about": "service", "text": "Nobody asked me first", "asked_by": "text"}
    assert client.post(f"/person/{child}/voice/heard/", liked).status_code == 302
    assert "Ask what it was like" not in text(client.get("/work/")), "once for each time"


@pytest.mark.requirement("VO-08")
def test_nobody_is_asked_whom_any_contact_could_harm(client: Client, child: int) -> None:
    over_and_told()
    assert "Ask what it was like" in text(client.get("/work/"))
    prefer(never_by="any")
    assert "Ask what it was like" not in text(client.get("/work/"))


@pytest.mark.requirement("VO-20")
def test_no_message_goes_where_it_must_not(client: Client, child: int, social_worker: Member) -> None:
    prefer(never_by="letter, call", never_at=["07700 900 456", "14 Kiln Row"], not_in_front_of=["Dave Marr"])
    told = {"whom": "child", "about": "update", "what": "The meeting is on Friday", "reached": "yes", "method": "text"}
    page = text(client.get(f"/person/{child}/voice/told/"))
    assert "Never: by letter, call. At 07700 900 456, 14 Kiln Row. In front of Dave Marr" in page
    for wrong in (
        {"method": "letter"},
        {"to": "07700900456"},
        {"method": "in_person", "present": "Ms Cole, dave marr"},
    ):
        answer = client.post(f"/person/{child}/voice/told/", told | wrong)
        assert answer.status_code == 422 and "This must not go out so" in text(answer), wrong
        assert "The meeting is on Friday" in text(answer), "what was typed stands there still"
    assert not Event.objects.filter(kind="family.informed").exists()
    assert client.post(f"/person/{child}/voice/told/", told | {"to": "07700 900 999"}).status_code == 302
    liked = {"whose": "child", "about": "service", "text": "She came when she said she would", "asked_by": "letter"}
    assert client.post(f"/person/{child}/voice/heard/", liked).status_code == 422
    assert client.post(f"/person/{child}/voice/heard/", liked | {"asked_by": "text"}).status_code == 302
    assert kept("voice.captured")["asked_by"] == "text"
    trusted = {"name": "Nan", "who_they_are": "grandmother", "route": "ring 07700 900456", "chosen_by_child": "yes"}
    assert client.post(f"/person/{child}/voice/trusted/", trusted).status_code == 422
    assert client.post(f"/person/{child}/voice/trusted/", trusted | {"route": "at the library"}).status_code == 302
    viewer = social_worker.viewer(at=timezone.now())
    assert check_before_reaching(viewer, child, by="text", at=timezone.now()).by == "text"
    with pytest.raises(NotSafe):
        check_before_reaching(viewer, child, by="letter", at=timezone.now())
    with pytest.raises(NotFound):
        check_before_reaching(
            make_member("no", "N O", "practitioner", "health").viewer(at=timezone.now()),
            child,
            by="text",
            at=timezone.now(),
        )


@pytest.mark.requirement("VO-20")
@pytest.mark.parametrize(
    ("asks", "objects"),
    [
        ({"by": "letter"}, True),
        ({"by": "text"}, False),
        ({"by": "text", "to": "+44 7700 900456"}, True),
        ({"by": "text", "to": "0044 (0)7700 900456"}, True),
        ({"by": "text", "to": "+44 7700 900999"}, False),
        ({"by": "text", "to": "07700900456"}, True),
        ({"by": "in_person", "to": "Flat 2, 14 Kiln Row"}, True),
        ({"by": "in_person", "present": ("DAVE  marr",)}, True),
        ({"by": "in_person", "present": ("Ms Cole",)}, False),
    ],
)
def test_each_way_of_reaching_is_held_against_the_list(asks: dict[str, object], objects: bool) -> None:
    ways = Ways("text", "", ("letter",), ("07700 900 456", "14 Kiln Row"), ("Dave Marr",))
    assert bool(ways.objections(**asks)) is objects  # type: ignore[arg-type]


@pytest.mark.requirement("VO-01")
def test_a_trusted_adult_is_named_and_asked_for_anew_when_they_leave(client: Client, child: int) -> None:
    assert client.post(f"/person/{child}/voice/trusted/", {"name": "Ms Cole"}).status_code == 422
    named = {
        "name": "Ms Cole",
        "who_they_are": "form tutor",
        "route": "school office",
        "chosen_by_child": "yes",
        "token": "n",
    }
    client.post(f"/person/{child}/voice/trusted/", named)
    assert "Ms Cole, form tutor: school office. Chosen by the child" in text(client.get(f"/person/{child}/voice/"))
    client.post(f"/person/{child}/voice/trusted/", {"left": "Moved to another school", "token": "l"})
    assert "Has left" in text(client.get(f"/person/{child}/voice/")) and "Ask whom the child trusts now" in text(
        client.get("/work/")
    )
    client.post(f"/person/{child}/voice/trusted/", named | {"name": "Uncle Abdi", "token": "m"})
    assert "Ask whom the child trusts now" not in text(client.get("/work/"))


@pytest.mark.requirement("VO-17")
def test_time_spent_with_a_child_opens_no_crime_and_no_concern(client: Client, child: int) -> None:
    client.post(
        f"/person/{child}/voice/met/",
        {"where": "School gate", "about": "His drawings of boats", "role": "school_officer"},
    )
    assert "His drawings of boats" in text(client.get(f"/person/{child}/voice/"))
    assert set(Event.objects.exclude(kind__in=("person.recorded", "plan.started")).values_list("kind", flat=True)) == {
        "child.met"
    }
