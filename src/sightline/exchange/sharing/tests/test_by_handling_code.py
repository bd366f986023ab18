"""What is shared goes by the handling code of the entry that says it: what happened, who is who, ties and homes alike."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cast import NOW, Member, entry, feed_viewer, involve, make_member
from scenes import BOY, Boy
from sightline.chronology.record import record_many
from sightline.exchange.sharing.queries import prepare
from sightline.exchange.sharing.recipients import Recipient, recipient_of
from sightline.exchange.sharing.services import share
from sightline.exchange.sharing.tests.conftest import GROUNDS, PARTS

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("IS-10")
@pytest.mark.parametrize(("code", "told"), [("permitted", True), ("conditions", False)])
def test_what_somebody_is_to_the_child_and_that_they_live_there_goes_by_the_code_of_the_entry_that_says_so(
    boy: Boy, constable: Member, code: str, told: bool
) -> None:
    """The hub is told of nobody's living with him, nor what they are to him, by an entry that is given on conditions."""
    involve(constable, boy.boy)
    make_member("hub", "Hub Desk", "practitioner", "hub")
    to, kin = recipient_of("hub", "The duty desk"), ("child_abuse", "kit")
    assert to is not None
    before = [
        line.label for line in prepare(constable.viewer(), boy.boy, to, purpose="enquiry", chosen=PARTS).document.lines
    ]
    born = {"forenames": "Kit", "surname": "Starling", "born": "1990-01-01"}
    tie = {"kind": "associate", "lives_with": True, "handling": code}
    record_many([entry("person.recorded", {"subject": [kin]}, source="child_abuse", ref="kit", at=NOW, data=born),
                 entry("relationship.recorded", {"subject": [kin], "other": [BOY]}, source="child_abuse", ref="tie", at=NOW, data=tie)],
                feed_viewer())  # fmt: skip
    row = share(constable.viewer(), boy.boy, to, GROUNDS)
    assert ("Kit Starling" in str(row.given) and "associate" in str(row.given)) == told
    assert "Kit Starling" in str(prepare(constable.viewer(), boy.boy, Recipient("police", "Police", "police", "A constable"),
                                         purpose="enquiry", chosen=PARTS).document)  # fmt: skip
    assert set(before) <= {line["label"] for s in row.given["sections"] for line in s["lines"]}, "the rest stays"


@pytest.mark.requirement("IS-10")
def test_of_whoever_lives_there_a_tie_on_conditions_alone_is_left_out(boy: Boy, constable: Member) -> None:
    involve(constable, boy.boy)
    make_member("hub", "Hub Desk", "practitioner", "hub")
    to, mother = recipient_of("hub", "The duty desk"), ("social_care", "mother")
    assert to is not None
    tie = {"kind": "carer", "handling": "conditions"}
    said = entry(
        "relationship.recorded", {"subject": [mother], "other": [BOY]}, source="child_abuse", ref="t", at=NOW, data=tie
    )
    record_many([said], feed_viewer())
    ours = prepare(
        constable.viewer(),
        boy.boy,
        Recipient("police", "Police", "police", "A constable"),
        purpose="enquiry",
        chosen=PARTS,
    )
    assert "cared for" in str(ours.document) or "carer" in str(ours.document)
    row = share(constable.viewer(), boy.boy, to, GROUNDS)
    assert "carer" not in str(row.given) and "parent" in str(row.given)


@pytest.mark.requirement("JD-11", "IS-09")
def test_what_may_be_shared_on_conditions_only_is_not_given_to_another_agency(boy: Boy, constable: Member) -> None:
    involve(constable, boy.boy)
    make_member("hub", "Hub Desk", "practitioner", "hub")
    to = recipient_of("hub", "The duty desk")
    assert to is not None
    for ref, code in (("free", "permitted"), ("kept", "conditions")):
        said = {"kind": "criminal", "signs": [f"Seen with {ref} phones"], "handling": code}
        told = entry(
            "exploitation.indicated",
            {"child": [BOY]},
            source="child_abuse",
            ref=ref,
            at=NOW - timedelta(days=3),
            data=said,
        )
        record_many([told], feed_viewer())
        home, place = {"lines": f"9 {ref.title()} Road", "kind": "temporary", "handling": code}, f"9 {ref.title()} Road"
        dog = {"kind": "dangerous_dog", "detail": f"a {ref} dog", "handling": code}
        lived = entry(
            "address.recorded", {"subject": [BOY]}, source="child_abuse", ref=f"{ref}/home", at=NOW, data=home
        )
        there = entry("marker.set", {}, source="child_abuse", ref=f"{ref}/dog", at=NOW, data=dog, place=place)
        record_many([lived, there], feed_viewer())
    row = share(constable.viewer(), boy.boy, to, GROUNDS)
    assert "free phones" in str(row.given) and "kept phones" not in str(row.given)
    assert "9 Free Road" in str(row.given) and "9 Kept Road" not in str(row.given)
    assert "a free dog" in str(row.given) and "a kept dog" not in str(row.given)
    assert "Held by Child abuse: ask them." in str(row.given)
