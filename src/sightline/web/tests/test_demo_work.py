"""The demonstration's open work: whoever of the cast signs in finds something, on every list."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from django.utils import timezone

from cast import LONG_AGO, Member, entry, feed_viewer, person_of
from screens import hidden, signed_in, text
from sightline.access.casework import open_to
from sightline.access.models import Exclusion, OnDuty, Post, Restriction, StaffDetail, User
from sightline.access.viewer import viewer_for
from sightline.chronology.models import Event
from sightline.chronology.record import record_many
from sightline.oversight.access_review.conflicts import suggested_conflicts
from sightline.pathways.referral.queries.queue import hub_queue
from sightline.people.anchors import anchored, identities_of
from sightline.web.cast import make_cast, who_signs_in
from sightline.web.demo_table import demo_marac
from sightline.web.demo_work import SENT, demo_work
from sightline.web.work import Asked, owed, worklists

pytestmark = pytest.mark.django_db
HEARD = ("education", "P19")


def pupils_of_a_lane() -> None:
    """Twenty children, of whom two live in one house, one of whom a MARAC heard of and social care's manager works with."""
    make_cast()
    pupils = []
    for n in range(20):
        who, home = {"subject": [("education", f"P{n}")]}, f"{max(n, 1)} Weir Lane"
        said = {"forenames": f"Pupil{n}", "surname": "Weir", "born": f"{timezone.now().year - 9}-02-01"}
        lives = {"lines": home, "postcode": "ZS5 7AB", "kind": "home", "from": "2020-01-01"}
        pupils += [entry("person.recorded", who, source="education", ref=f"P{n}/person", at=LONG_AGO, data=said),
                   entry("address.recorded", who, source="education", ref=f"P{n}/home", at=LONG_AGO, data=lives)]  # fmt: skip
    record_many(pupils, feed_viewer(at=timezone.now()))
    hurt = [("marac", "H1"), ("marac", "H2")]
    heard = entry("meeting.held", {"child": [HEARD], "victim": hurt[:1], "suspect": hurt[1:]}, source="marac", ref="heard",
                  at=timezone.now(), data={"kind": "marac", "decisions": "An adviser rings on Friday"})  # fmt: skip
    record_many([heard], feed_viewer(at=timezone.now()))
    manager = viewer_for(User.objects.get(username="price"), at=timezone.now(), route="test")
    open_to([manager.post_id or 0], [heard_of()], why="allocated", reason="works with them", at=timezone.now())


def heard_of() -> int:
    """The child of whom the MARAC heard."""
    return person_of(anchored([HEARD], at=timezone.now())[HEARD])


def one(username: str) -> Member:
    """One of the demonstration's cast."""
    user = User.objects.get(username=username)
    return Member(user, Post.objects.get(user=user))


def test_every_list_has_something_and_a_second_time_changes_nothing() -> None:
    pupils_of_a_lane()
    for _ in range(2):
        assert CliRunner().invoke(demo_work, catch_exceptions=False).exit_code == 0
    assert Event.objects.filter(kind="referral.made").count() == len(SENT)
    viewers = {u.username: viewer_for(u, at=timezone.now(), route="test") for u in User.objects.all()}
    board = hub_queue(viewers["begum"])
    assert board.referrals == len(SENT) - 1, "all but the one that was decided and told"
    assert any(len(f.rows) == 2 for f in board.families) and {r.risk for r in board.rows} == {0, 1, 2}
    found = {w.key for name in ("begum", "price", "reeve", "marsh") for w, _ in owed(viewers[name], Asked())}
    assert {r.state for r in Restriction.objects.all()} == {"sealed", "restricted"} and Restriction.objects.count() == 2
    assert (Exclusion.objects.count(), StaffDetail.objects.count(), OnDuty.objects.count()) == (1, 2, 2)
    assert any(s.name == "Niamh Doyle" for s in suggested_conflicts(viewers["keeper"]))
    assert found >= {"contact", "concern", "referral", "enquiry", "plan", "escalation"} <= {w.key for w in worklists()}


@pytest.mark.requirement("RF-27", "DA-11")
def test_somebody_else_at_the_hub_answers_the_challenge_and_safeguarding_leads_are_asked_to_the_tables() -> None:
    pupils_of_a_lane()
    for command in (demo_work, demo_marac):
        CliRunner().invoke(command, catch_exceptions=False)
    raised = Event.objects.get(kind="escalation.raised", data__decided_account__isnull=False)
    child = identities_of(raised.people.values_list("record_id", flat=True)).popitem()[1]
    page = f"/person/{child}/escalations/{raised.pk}/"
    said = {"resolved": "yes", "text": "A worker goes to the school today"}
    begum, hadley = (signed_in(one(m)) for m in ("begum", "hadley"))
    assert begum.post(page, hidden(hadley.get(page)) | said).status_code == 403
    assert hadley.post(page, hidden(hadley.get(page)) | said).status_code == 302
    assert set(Event.objects.filter(kind="conference.invited").values_list("data__who", flat=True)) == {
        "Jonah Hadley", "Farah Iqbal", "Thandi Mbeki",
    }  # fmt: skip
    for name in ("iqbal", "mbeki"):
        assert "onference" in text(signed_in(one(name)).get("/work/")), name
    at = f"/person/{heard_of()}/marac/"
    assert "An adviser rings on Friday" in text(hadley.get(at))
    assert "Gwen Price, " in text(hadley.get(f"{at}paper/"))


def test_it_is_said_what_each_who_signs_in_is_for() -> None:
    said = who_signs_in()
    assert len(said) == len({line.split()[0] for line in said}) == 18 and all(": " in line for line in said)
    assert any(
        line.startswith("hadley ") and "Jonah Hadley, " in line and ", Marsham Safeguarding Hub: " in line
        for line in said
    )
