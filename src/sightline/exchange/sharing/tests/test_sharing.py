"""Giving something to another agency: blocked without basis or reason, kept as it was given, in the chronology and in the access log."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from cast import NOW, Member, involve, make_member
from scenes import Boy
from sightline.access.models import AccessEntry, Exclusion
from sightline.chronology.queries import chronology_of
from sightline.exchange.sharing.models import Agreement, Disclosure
from sightline.exchange.sharing.queries import agreements_page, given_page, prepare, share_start, shared_page
from sightline.exchange.sharing.recipients import Recipient, recipient_of
from sightline.exchange.sharing.rules import purposes_on
from sightline.exchange.sharing.services import Grounds, agree, digest_of, end_agreement, share
from sightline.exchange.sharing.tests.conftest import GROUNDS, PARTS, WHY
from sightline.kernel.errors import NotFound, NotPermitted, Refused

pytestmark = pytest.mark.django_db


def health() -> Recipient:
    found = recipient_of("health", "Carys Pugh, health visitor")
    assert found is not None
    return found


def urgent() -> Grounds:
    p = purposes_on(NOW.date())["urgent_protection"]
    return Grounds(p.key, p.bases, p.reason, p.consent, p.sections)


@pytest.mark.requirement("IS-09")
@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"bases": ()}, "lawful basis"),
        ({"bases": ("safeguarding_condition",)}, "lawful basis"),
        ({"reason": "because"}, "Say why"),
        ({"purpose": "court"}, "redacted copy"),
        ({"purpose": "curiosity"}, "what it is for"),
        ({"outside_because": ""}, "No agreement in force"),
    ],
)
def test_nothing_leaves_without_a_basis_a_reason_and_a_purpose(
    boy: Boy, social_worker: Member, change: dict, says: str
) -> None:
    with pytest.raises(Refused, match=says):
        share(social_worker.viewer(), boy.boy, health(), Grounds(**{**vars(GROUNDS), **change}))
    assert not Disclosure.objects.exists()
    assert not AccessEntry.objects.filter(action="disclosure").exists()


@pytest.mark.requirement("IS-09")
def test_nor_without_a_recipient(boy: Boy, social_worker: Member) -> None:
    with pytest.raises(Refused, match="which person or post"):
        share(social_worker.viewer(), boy.boy, Recipient("health", "Marsham Health", "health", ""), GROUNDS)


@pytest.mark.requirement("IS-09")
@pytest.mark.parametrize("field", [{"bases": []}, {"reason": "short"}, {"recipient": ""}])
def test_the_database_holds_it_too(boy: Boy, social_worker: Member, field: dict) -> None:
    row = share(social_worker.viewer(), boy.boy, health(), GROUNDS)
    row.pk = None
    for name, value in field.items():
        setattr(row, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.requirement("IS-09", "JD-11")
def test_the_recipient_is_given_what_their_agency_may_see_and_told_what_is_left_out(
    boy: Boy, social_worker: Member
) -> None:
    row = share(social_worker.viewer(), boy.boy, health(), GROUNDS)
    said = str(row.given)
    assert "Mohammed Ali Hussein" in said and "14 Kiln Row" in said
    assert "Tariq" not in said, "known through offender management only, which health may not see"
    assert "Cold house" not in said and "Held by Social care" in said, "of a pointer, that it is held"
    assert "Offender" not in said and "Crime" not in said, "nor that these systems hold anything"
    assert row.bases == ["public_task", "safeguarding_condition"] and row.reason == WHY
    assert (row.agency, row.recipient, row.decided_by_id) == (
        "health",
        "Carys Pugh, health visitor",
        social_worker.user.pk,
    )


@pytest.mark.requirement("IS-09")
def test_it_is_in_the_chronology_and_in_the_log_with_names_of_parts_and_no_value(
    boy: Boy, social_worker: Member
) -> None:
    row = share(social_worker.viewer(), boy.boy, health(), GROUNDS)
    event = chronology_of(social_worker.viewer(), boy.boy).latest("information.shared")
    assert event is not None
    assert (event.get("to"), event.get("disclosure"), event.by) == (row.agency_name, row.pk, "Amina Okoro")
    assert event.get("lawful_basis") == ["public_task", "safeguarding_condition"]
    logged = AccessEntry.objects.get(action="disclosure")
    assert boy.boy in logged.people
    assert "section:identity" in logged.fields and "source:social_care" in logged.fields
    assert "Hussein" not in str(vars(logged))


@pytest.mark.requirement("IS-03")
def test_whoever_begins_to_share_looks_and_so_does_whoever_shares(boy: Boy, social_worker: Member) -> None:
    share_start(social_worker.viewer(), boy.boy)
    share(social_worker.viewer(), boy.boy, health(), GROUNDS)
    looks = AccessEntry.objects.filter(user_id=social_worker.user.pk, note="share", people=[boy.boy]).order_by("pk")
    assert [one.fields for one in looks if one.action == "consultation"] == [
        ["born", "names"],
        ["disclosures", "names"],
    ]


@pytest.mark.requirement("IS-09")
def test_what_was_given_stays_as_it_was_and_nobody_changes_it(boy: Boy, social_worker: Member) -> None:
    row = share(social_worker.viewer(), boy.boy, health(), GROUNDS)
    page = given_page(social_worker.viewer(), boy.boy, row.pk)
    assert digest_of(row.given) == page.digest == row.digest
    assert [line.label for line in page.document.lines] and page.not_shown == 0
    with pytest.raises(DatabaseError), transaction.atomic():
        Disclosure.objects.filter(pk=row.pk).update(reason="another reason altogether")
    with pytest.raises(DatabaseError), transaction.atomic():
        Disclosure.objects.filter(pk=row.pk).delete()


@pytest.mark.requirement("RF-19")
def test_an_urgent_share_needs_nothing_but_a_recipient(boy: Boy, social_worker: Member) -> None:
    assert not Agreement.objects.exists()
    row = share(social_worker.viewer(), boy.boy, health(), urgent())
    assert row.urgent and row.consent == "not_safe_to_seek" and row.agreement is None
    assert shared_page(social_worker.viewer(), boy.boy).shared[0].urgent


@pytest.mark.requirement("AG-20")
def test_outside_an_agreement_there_is_a_warning_that_a_reason_passes_and_inside_none(
    boy: Boy, social_worker: Member
) -> None:
    viewer = social_worker.viewer()
    held = prepare(viewer, boy.boy, health(), purpose="enquiry", chosen=PARTS)
    assert held.agreement is None and held.outside == ("No agreement names both agencies.",)
    assert share(viewer, boy.boy, health(), GROUNDS).outside_because.startswith("No agreement yet")
    lead = make_member("lead", "Pat Lead", "partner_lead", "social_care")
    made = agree(lead.viewer(), title="Health and social care", parties=["health", "social_care"], purposes=["enquiry"],
                 since=date(2026, 1, 1), until=date(2027, 1, 1))  # fmt: skip
    row = share(viewer, boy.boy, health(), Grounds(**{**vars(GROUNDS), "outside_because": ""}))
    assert row.agreement_id == made.pk and row.outside_because == ""
    end_agreement(lead.viewer(), made.pk)
    with pytest.raises(Refused, match="No agreement in force"):
        share(viewer, boy.boy, health(), Grounds(**{**vars(GROUNDS), "outside_because": ""}))
    assert "it has ended" in " ".join(prepare(viewer, boy.boy, health(), purpose="enquiry", chosen=PARTS).outside)


@pytest.mark.requirement("AG-20")
def test_agreements_are_kept_by_those_posts_only_and_listed_for_all(social_worker: Member) -> None:
    with pytest.raises(NotPermitted):
        agree(
            social_worker.viewer(),
            title="x",
            parties=["a", "b"],
            purposes=["enquiry"],
            since=date(2026, 1, 1),
            until=date(2027, 1, 1),
        )
    assert AccessEntry.objects.filter(action="refusal", user_id=social_worker.user.pk).exists()
    admin = make_member("admin", "Ad Min", "administrator", "social_care")
    agree(admin.viewer(), title="Ends soon", parties=["health", "social_care"], purposes=["enquiry"],
          since=date(2026, 1, 1), until=NOW.date() + timedelta(days=20))  # fmt: skip
    assert [(a.row.title, a.state) for a in agreements_page(social_worker.viewer())] == [("Ends soon", "ends soon")]
    with pytest.raises(Refused, match="two agencies"):
        agree(
            admin.viewer(),
            title="x",
            parties=["a"],
            purposes=["enquiry"],
            since=date(2026, 1, 1),
            until=date(2027, 1, 1),
        )


@pytest.mark.requirement("IS-05", "IS-09")
def test_nobody_shares_or_reads_of_a_child_they_do_not_work_with(boy: Boy, social_worker: Member, ext: Member) -> None:
    row = share(social_worker.viewer(), boy.boy, health(), GROUNDS)
    for ask in (
        lambda: share(ext.viewer(), boy.boy, health(), GROUNDS),
        lambda: share(ext.viewer(), boy.boy, health(), Grounds("curiosity", (), "")),
        lambda: shared_page(ext.viewer(), boy.boy),
        lambda: given_page(ext.viewer(), boy.boy, row.pk),
    ):
        with pytest.raises(NotFound):
            ask()
    involve(social_worker, boy.stranger)
    with pytest.raises(NotFound):
        given_page(social_worker.viewer(), boy.stranger, row.pk)


@pytest.mark.requirement("JD-11")
def test_a_copy_shows_another_agency_no_more_of_a_system_than_the_policy_does(
    boy: Boy, constable: Member, health_visitor: Member
) -> None:
    involve(constable, boy.boy)
    involve(health_visitor, boy.boy)
    hub = make_member("hub", "Hub Desk", "practitioner", "hub")
    to = recipient_of("hub", str(hub.user))
    assert to is not None
    row = share(constable.viewer(), boy.boy, to, GROUNDS)
    assert "Loose in the yard" in str(row.given)
    seen = given_page(health_visitor.viewer(), boy.boy, row.pk)
    assert "Loose in the yard" not in str(seen.document) and seen.not_shown > 0


@pytest.mark.requirement("IS-09")
def test_nothing_goes_to_somebody_kept_apart_from_the_child(
    boy: Boy, social_worker: Member, health_visitor: Member
) -> None:
    Exclusion.objects.create(
        user=health_visitor.user, person_id=boy.boy, reason="own nephew", from_at=NOW - timedelta(days=1)
    )
    with pytest.raises(Refused, match="cannot be given to that person"):
        share(social_worker.viewer(), boy.boy, health(), urgent())
    to = recipient_of("health", "Duty named nurse")
    assert to is not None and share(social_worker.viewer(), boy.boy, to, urgent()).pk
