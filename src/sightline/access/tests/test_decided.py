"""What the gate gives follows the policy table at each look: a change of post, agency, involvement or state holds from the next one on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import timedelta

import pytest

from cast import LONG_AGO, NOW, Member, feed_viewer, involve, make_member, person_of, seal, write_person
from cast import entry as entry_of
from sightline.access import gate, policy
from sightline.access.breakglass import break_glass
from sightline.access.models import AccessEntry, Involvement, Post, Restriction
from sightline.access.policy import Of, Purpose
from sightline.access.viewer import Viewer, viewer_for
from sightline.agencies.models import Agency
from sightline.chronology.pointers import pointer_to
from sightline.chronology.queries import as_permitted, chronologies, chronology_of
from sightline.chronology.record import record_many
from sightline.chronology.sources import for_standing
from sightline.chronology.standing import in_force
from sightline.chronology.wording import line
from sightline.kernel.errors import NotFound, NotPermitted
from sightline.pathways.identity.panels import who_looked
from sightline.pathways.identity.queries import identity_page, person_page
from sightline.people.persons import persons
from sightline.people.sight import sight_of

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(seconds=1)


@pytest.fixture
def child() -> int:
    said = {"forenames": "Ada", "surname": "Byrne", "born": "2016-05-04", "nhs_number": "9990000018"}
    return person_of(write_person("social_care", "C1", at=LONG_AGO, **said))


def restrict(person: int, *, until: object = None) -> None:
    """From long ago on, the record is restricted."""
    Restriction.objects.create(
        person_id=person, state="restricted", reason="a colleague's child", from_at=LONG_AGO, until_at=until
    )


def now_seen(member: Member) -> Viewer:
    """The member as the next request takes them."""
    return viewer_for(member.user, at=LATER, route="test")


def opened(viewer: Viewer, person: int) -> bool:
    """Whether the person page answers."""
    try:
        return bool(person_page(viewer, person, at=viewer.at).person.names)
    except (NotFound, NotPermitted):
        return False


@pytest.mark.requirement("IS-08", "IS-01")
def test_a_restricted_record_is_known_of_at_first_contact_and_says_whom_to_ask(
    child: int, call_handler: Member, social_worker: Member
) -> None:
    involve(social_worker, child)
    involve(call_handler, child, why="first_contact", until=NOW + timedelta(hours=12))
    assert opened(call_handler.viewer(), child)
    restrict(child)
    viewer = call_handler.viewer(at=LATER)
    for read in (person_page, identity_page, who_looked):
        with pytest.raises(gate.Withheld) as answer:
            read(viewer, child, **({"at": LATER} if read is person_page else {}))
        assert (answer.value.status, answer.value.message) == (403, gate.WITHHELD)
    pointer = pointer_to(viewer, child)
    assert [(a.role, a.agency) for a in pointer.ask] == [("Case owner", "Marsham Children's Services")]
    assert pointer.last_on == LONG_AGO.date()
    newest = AccessEntry.objects.order_by("-id")[0]
    assert (newest.fields, newest.people, newest.outcome) == (["pointer"], [child], "given")


@pytest.mark.requirement("IS-01")
def test_a_restricted_record_gives_no_name_by_any_query(child: int, call_handler: Member) -> None:
    involve(call_handler, child, why="first_contact")
    restrict(child)
    sight = sight_of(call_handler.viewer())
    who = persons([child], sight)[child]
    assert (who.names, who.born, who.identifiers, who.addresses, who.records) == ((), (), (), (), ())
    assert who.name == "Name not permitted for your post"
    assert who.withheld == frozenset(Of)
    assert gate.readable(call_handler.viewer(), [child]) == set()
    assert gate.hidden(call_handler.viewer(), [child]) == set(), "that there is one may be known"


@pytest.mark.requirement("IS-01")
def test_somebody_around_a_child_is_named_and_nothing_else_is_said(child: int, call_handler: Member) -> None:
    who = persons([child], sight_of(call_handler.viewer()))[child]
    assert who.name == "Ada Byrne"
    assert who.identifiers == ()
    assert Of.SENSITIVE in who.withheld
    involve(call_handler, child)
    assert persons([child], sight_of(call_handler.viewer()))[child].identifiers != ()


@pytest.mark.requirement("IS-01")
def test_whoever_works_with_the_child_reads_a_restricted_record(child: int, social_worker: Member) -> None:
    involve(social_worker, child)
    restrict(child)
    assert opened(social_worker.viewer(), child)


@pytest.mark.requirement("IS-02", "IS-08")
def test_an_emergency_opens_a_restricted_record_while_it_lasts(child: int, call_handler: Member) -> None:
    involve(call_handler, child, why="first_contact")
    restrict(child)
    break_glass(call_handler.viewer(reason="she was heard screaming in there"), [child])
    assert opened(call_handler.viewer(at=LATER), child)
    assert not opened(call_handler.viewer(at=NOW + timedelta(minutes=61)), child)


def test_what_is_restricted_and_sealed_is_sealed(child: int, social_worker: Member) -> None:
    involve(social_worker, child)
    restrict(child)
    seal(child)
    with pytest.raises(NotFound):
        gate.look(social_worker.viewer(), [child], fields=["names"])


@pytest.mark.requirement("IS-08")
def test_a_restricted_record_of_somebody_with_whom_the_viewer_has_nothing_to_do_is_not_there(
    child: int, ext: Member
) -> None:
    restrict(child)
    with pytest.raises(NotFound):
        pointer_to(ext.viewer(), child)


@pytest.mark.requirement("IS-01")
@pytest.mark.parametrize("ended", ["post", "agency", "role", "account", "involvement"])
def test_what_ends_it_holds_from_the_next_request(child: int, social_worker: Member, ended: str) -> None:
    involve(social_worker, child)
    post = Post.objects.filter(pk=social_worker.post.pk)
    assert opened(now_seen(social_worker), child)
    if ended == "post":
        post.update(held_until=NOW)
        with pytest.raises(NotPermitted):
            now_seen(social_worker)
        return
    if ended == "account":
        type(social_worker.user).objects.filter(pk=social_worker.user.pk).update(is_active=False)
        social_worker.user.refresh_from_db()
        with pytest.raises(NotPermitted):
            now_seen(social_worker)
        return
    if ended == "agency":
        post.update(agency=Agency.objects.create(key="housing", name="Marsham Housing", kind="housing"))
        page = person_page(now_seen(social_worker), child, at=LATER)
        assert page.person.names == ()
        assert {s.state.name for s in page.sources if s.key == "social_care"} == {"NOT_PERMITTED"}
        return
    if ended == "role":
        post.update(role="administrator")
    else:
        Involvement.objects.update(until_at=NOW)
    assert not opened(now_seen(social_worker), child)


@pytest.mark.requirement("IS-01")
def test_a_restriction_holds_from_the_next_look_and_ends_with_it(child: int, call_handler: Member) -> None:
    involve(call_handler, child, why="first_contact")
    assert opened(now_seen(call_handler), child)
    restrict(child, until=NOW + timedelta(minutes=5))
    assert not opened(now_seen(call_handler), child)
    assert opened(call_handler.viewer(at=NOW + timedelta(minutes=5)), child)


@pytest.mark.requirement("IS-01")
def test_taking_the_child_on_opens_a_restricted_record_at_the_next_look(child: int, call_handler: Member) -> None:
    involve(call_handler, child, why="first_contact")
    restrict(child)
    assert not opened(now_seen(call_handler), child)
    involve(call_handler, child, why="allocated")
    assert opened(now_seen(call_handler), child)


@pytest.fixture
def guardian() -> Member:
    return make_member("reed", "Ines Reed", "court_appointed_officer", "family_court_advice")


@pytest.mark.requirement("IS-21")
def test_the_court_s_officer_reads_the_authority_s_records_of_that_child_while_appointed(
    child: int, guardian: Member
) -> None:
    involve(guardian, child, why="allocated")
    assert not opened(guardian.viewer(), child), "nothing but an appointment opens anything to them"
    until = NOW + timedelta(days=30)
    involve(guardian, child, why="court_appointment", until=until)
    page = person_page(guardian.viewer(), child, at=NOW)
    assert page.person.name == "Ada Byrne"
    assert {h.source for h in page.chronology} == {"social_care"}
    assert Of.TRAIL in page.person.withheld
    permitted = {s.key for s in page.sources if s.state.name != "NOT_PERMITTED"}
    assert permitted == {"social_care", "child_protection", "placements"}
    assert not opened(guardian.viewer(at=until), child)
    other = person_of(write_person("social_care", "C2", at=LONG_AGO, forenames="Sy", surname="Lane"))
    assert not opened(guardian.viewer(), other)


@pytest.mark.requirement("IS-21")
def test_what_other_systems_say_is_not_the_court_s_officer_s(guardian: Member) -> None:
    theirs = person_of(write_person("crime", "N1", at=LONG_AGO, forenames="Bo", surname="Quill"))
    involve(guardian, theirs, why="court_appointment")
    page = person_page(guardian.viewer(), theirs, at=NOW)
    assert page.person.names == ()
    assert list(page.chronology) == []


@pytest.mark.requirement("IS-21")
def test_an_appointment_opens_nothing_to_another_role(child: int, social_worker: Member) -> None:
    involve(social_worker, child, why="court_appointment")
    assert not opened(social_worker.viewer(), child)


@pytest.mark.requirement("IS-01")
def test_the_purpose_of_deciding_who_is_who_needs_the_right(child: int, social_worker: Member) -> None:
    involve(social_worker, child)
    assert gate.readable(social_worker.viewer(), [child]) == {child}
    with pytest.raises(NotFound):
        gate.look(social_worker.viewer(), [child], fields=["names"], purpose=Purpose.IDENTITY)


@pytest.fixture
def withholding(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """A table in which those who work with a child are not given some classes."""

    def without(*classes: str) -> None:
        held = deepcopy(dict(policy.table()))
        for row in held["decision"]:
            row["gives"] = {what: given for what, given in row["gives"].items() if what not in classes}
        monkeypatch.setattr(policy, "table", lambda: held)
        forget()

    def forget() -> None:
        for cached in (policy.rows, policy._row, policy.conceals, policy.lifts):
            cached.cache_clear()

    yield without
    monkeypatch.undo()
    forget()


@pytest.mark.requirement("IS-01")
def test_a_class_that_is_not_given_comes_by_no_query(
    child: int, social_worker: Member, withholding: Callable[..., None]
) -> None:
    involve(social_worker, child)
    viewer = social_worker.viewer()
    withholding("identifying")
    who = persons([child], sight_of(viewer))[child]
    assert (who.names, who.born, who.sex, who.addresses, who.died) == ((), (), (), (), None)
    assert who.identifiers != (), "and what is given is there"
    (entry,) = chronology_of(viewer, child)
    assert "surname" not in entry.data and entry.data["nhs_number"] == "9990000018"
    assert set(entry.withheld) == {"forenames", "surname", "born"}
    said = line(entry, child, None, {})
    assert not {"Surname", "Born"} & set(said.unknown), "withheld is not the same as not supplied"
    with pytest.raises(gate.Withheld):
        person_page(viewer, child, at=NOW)


@pytest.mark.requirement("IS-01")
def test_without_what_is_sensitive_an_entry_says_only_that_it_is_there(
    child: int, social_worker: Member, withholding: Callable[..., None]
) -> None:
    involve(social_worker, child)
    viewer = social_worker.viewer()
    withholding("sensitive")
    assert persons([child], sight_of(viewer))[child].identifiers == ()
    (entry,) = as_permitted(viewer, chronologies([child])[child])
    assert entry.pointer and not entry.data
    with pytest.raises(gate.Withheld):
        chronology_of(viewer, child)
    withholding("free")
    assert list(as_permitted(viewer, chronologies([child])[child])) == []


@pytest.mark.requirement("IS-01")
def test_without_standing_facts_none_is_told(
    child: int, social_worker: Member, withholding: Callable[..., None]
) -> None:
    involve(social_worker, child)
    marked = entry_of("marker.set", {"subject": [("social_care", "C1")]}, source="social_care", ref="m", at=LONG_AGO,
                      data={"kind": "violent"})  # fmt: skip
    record_many([marked], feed_viewer())
    viewer, held = social_worker.viewer(), chronologies([child])[child]
    assert [f.kind for f in in_force(for_standing(viewer, held), NOW)] == ["violent"]
    withholding("standing")
    assert in_force(for_standing(viewer, held), NOW) == ()
