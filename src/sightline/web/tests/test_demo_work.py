"""The demonstration's open work: whoever of the cast signs in finds something, on every list."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from django.utils import timezone

from cast import LONG_AGO, entry, feed_viewer
from sightline.access.models import Exclusion, OnDuty, Restriction, StaffDetail, User
from sightline.access.viewer import viewer_for
from sightline.chronology.models import Event
from sightline.chronology.record import record_many
from sightline.oversight.access_review.conflicts import suggested_conflicts
from sightline.pathways.referral.queries.queue import hub_queue
from sightline.web.cast import make_cast
from sightline.web.demo_work import SENT, demo_work
from sightline.web.work import Asked, owed, worklists

pytestmark = pytest.mark.django_db


def test_every_list_has_something_and_a_second_time_changes_nothing() -> None:
    make_cast()
    pupils = []
    for n in range(20):
        who, home = {"subject": [("education", f"P{n}")]}, f"{max(n, 1)} Weir Lane"
        said = {"forenames": f"Pupil{n}", "surname": "Weir", "born": f"{timezone.now().year - 9}-02-01"}
        lives = {"lines": home, "postcode": "ZS5 7AB", "kind": "home", "from": "2020-01-01"}
        pupils += [entry("person.recorded", who, source="education", ref=f"P{n}/person", at=LONG_AGO, data=said),
                   entry("address.recorded", who, source="education", ref=f"P{n}/home", at=LONG_AGO, data=lives)]  # fmt: skip
    record_many(pupils, feed_viewer(at=timezone.now()))
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
