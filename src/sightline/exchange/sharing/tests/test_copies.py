"""A redacted copy is made by one, signed off by another who may see all of it, and leaves only then."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from cast import NOW, Member, involve, make_member
from scenes import Boy, boys_life
from sightline.access.models import AccessEntry
from sightline.exchange.sharing.copies import copies_page, copy_page, hold_back, make_copy, release, sign_off
from sightline.exchange.sharing.models import Disclosure, RedactedCopy
from sightline.exchange.sharing.queries import given_page
from sightline.kernel.errors import NotFound, NotPermitted, Refused

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("IS-13")]
NOTE = "Read line by line against the record"


@pytest.fixture
def boy(social_worker: Member, team_manager: Member) -> Boy:
    scene = boys_life()
    involve(social_worker, scene.boy)
    involve(team_manager, scene.boy)
    return scene


def begin(boy: Boy, member: Member) -> RedactedCopy:
    return make_copy(
        member.viewer(), boy.boy, purpose="court", asked_by="Marsham Family Court", asked_on=date(2026, 10, 1)
    )


def ready(boy: Boy, member: Member) -> RedactedCopy:
    row = begin(boy, member)
    page = copy_page(member.viewer(), boy.boy, row.pk)
    held = {x.number: x.withheld for x in page.lines if x.withheld}
    return hold_back(member.viewer(), boy.boy, row.pk, withheld=held, ready=True)


def test_what_is_about_others_is_held_back_beforehand(boy: Boy, social_worker: Member) -> None:
    row = begin(boy, social_worker)
    page = copy_page(social_worker.viewer(), boy.boy, row.pk)
    held = {x.line.label: x.withheld for x in page.lines if x.line.people}
    assert held and set(held.values()) == {"third_party"}
    assert (row.asked_by, row.asked_on, row.made_by_id) == (
        "Marsham Family Court",
        date(2026, 10, 1),
        social_worker.user.pk,
    )


def test_it_is_not_released_before_somebody_else_signs_it_off(
    boy: Boy, social_worker: Member, team_manager: Member
) -> None:
    row = begin(boy, social_worker)
    with pytest.raises(Refused, match="does not wait"):
        sign_off(team_manager.viewer(), boy.boy, row.pk, agrees=True, note=NOTE)
    with pytest.raises(Refused, match="second person"):
        release(social_worker.viewer(), boy.boy, row.pk)
    row = ready(boy, social_worker)
    with pytest.raises(Refused, match="second person"):
        release(social_worker.viewer(), boy.boy, row.pk)
    sign_off(team_manager.viewer(), boy.boy, row.pk, agrees=True, note=NOTE)
    given = release(social_worker.viewer(), boy.boy, row.pk)
    assert (given.purpose, given.agency_name) == ("court", "Marsham Family Court")
    with pytest.raises(Refused, match="already"):
        release(social_worker.viewer(), boy.boy, row.pk)
    assert AccessEntry.objects.filter(action="disclosure").count() == 1


def test_nobody_signs_off_their_own(boy: Boy, team_manager: Member) -> None:
    row = ready(boy, team_manager)
    with pytest.raises(NotPermitted, match="another person"):
        sign_off(team_manager.viewer(), boy.boy, row.pk, agrees=True, note=NOTE)
    row.reviewed_by_id, row.reviewed_at, row.signed_off = team_manager.user.pk, NOW, True
    with pytest.raises(IntegrityError, match="nobody_signs_off_their_own_copy"), transaction.atomic():
        row.save()


def test_the_database_releases_nothing_that_is_not_signed_off(
    boy: Boy, social_worker: Member, team_manager: Member
) -> None:
    first = ready(boy, social_worker)
    sign_off(team_manager.viewer(), boy.boy, first.pk, agrees=True, note=NOTE)
    given = release(social_worker.viewer(), boy.boy, first.pk)
    other = ready(boy, social_worker)
    RedactedCopy.objects.filter(pk=first.pk).update(released=None)
    other.released = given
    with pytest.raises(IntegrityError, match="no_copy_released_before_sign_off"), transaction.atomic():
        other.save()


def test_only_posts_that_review_do_and_only_if_they_may_see_all_of_it(boy: Boy, social_worker: Member) -> None:
    row = ready(boy, social_worker)
    colleague = make_member("peer", "Pe Er", "case_owner", "social_care")
    involve(colleague, boy.boy)
    with pytest.raises(NotFound):
        copy_page(colleague.viewer(), boy.boy, row.pk)
    elsewhere = make_member("nurse", "Nu Rse", "supervisor", "health")
    involve(elsewhere, boy.boy)
    assert not copy_page(elsewhere.viewer(), boy.boy, row.pk).reviews
    with pytest.raises(NotPermitted, match="see everything"):
        sign_off(elsewhere.viewer(), boy.boy, row.pk, agrees=True, note=NOTE)


def test_what_is_held_back_is_not_in_what_leaves_and_is_said_to_be(
    boy: Boy, social_worker: Member, team_manager: Member
) -> None:
    row = begin(boy, social_worker)
    lines = copy_page(social_worker.viewer(), boy.boy, row.pk).lines
    cold = next(x for x in lines if "Cold house" in x.line.says)
    hold_back(social_worker.viewer(), boy.boy, row.pk, withheld={cold.number: "legal"}, note="Privileged", ready=True)
    page = copy_page(team_manager.viewer(), boy.boy, row.pk)
    assert page.reviews and next(x.withheld for x in page.lines if x.number == cold.number) == "legal"
    sign_off(team_manager.viewer(), boy.boy, row.pk, agrees=True, note=NOTE)
    given = release(social_worker.viewer(), boy.boy, row.pk)
    assert "Cold house" not in str(given.given) and "Mohammed Ali Hussein" in str(given.given)
    assert {"what": "What happened: 1 line", "why": "legal advice, or the law forbids giving it"} in given.given[
        "left_out"
    ]
    assert given_page(social_worker.viewer(), boy.boy, given.pk).document.lines


def test_sent_back_its_maker_changes_it_and_asks_again(boy: Boy, social_worker: Member, team_manager: Member) -> None:
    row = ready(boy, social_worker)
    with pytest.raises(NotPermitted, match="not while it is reviewed"):
        hold_back(social_worker.viewer(), boy.boy, row.pk, withheld={})
    with pytest.raises(Refused, match="what you checked"):
        sign_off(team_manager.viewer(), boy.boy, row.pk, agrees=False, note="no")
    sign_off(team_manager.viewer(), boy.boy, row.pk, agrees=False, note="Hold back the neighbour's name")
    assert copies_page(social_worker.viewer(), boy.boy).copies[0][2] == "sent_back"
    hold_back(social_worker.viewer(), boy.boy, row.pk, withheld={0: "third_party"}, ready=True)
    assert copy_page(team_manager.viewer(), boy.boy, row.pk).reviews
    assert not Disclosure.objects.exists()


def test_nobody_outside_makes_or_reads_one(boy: Boy, social_worker: Member, ext: Member) -> None:
    row = begin(boy, social_worker)
    with pytest.raises(NotFound):
        begin(boy, ext)
    with pytest.raises(NotFound):  # and is not even told what a copy may be for
        make_copy(ext.viewer(), boy.boy, purpose="", asked_by="", asked_on=date(2026, 10, 1))
    assert AccessEntry.objects.filter(outcome="refused", people=[boy.boy], note="make a copy").count() == 2
    with pytest.raises(NotFound):
        copy_page(ext.viewer(), boy.boy, row.pk)
