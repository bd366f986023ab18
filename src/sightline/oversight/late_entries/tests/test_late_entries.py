"""Entries that were written down late, and old ones that arrive: counted by system and by who wrote them, and listed where the record is open."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cast import Member, entry, feed_viewer, involve, make_member, person_of, seal
from screens import signed_in, text
from sightline.access.models import AccessEntry
from sightline.chronology.record import record_many
from sightline.kernel.errors import NotPermitted
from sightline.oversight.late_entries.queries import late_page
from sightline.people.anchors import anchored

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def made(child: str, ref: str, *, ago: float, learnt: float, came: float, by: str = "PC Tom Reeve") -> None:
    """Somebody went missing so many hours ago, was written down and arrived so many hours ago."""
    now = timezone.now()
    about: Any = {"child": [("missing", child)]}
    said = entry("missing.reported", about, source="missing", ref=ref, at=now - ago * HOUR, recorded_at=now - learnt * HOUR,
                 extracted_at=now - came * HOUR, data={"graded": "high", "reported_by": "parent"}, by=by)  # fmt: skip
    record_many([said], feed_viewer(at=now - came * HOUR))


@pytest.mark.requirement("IS-17")
def test_what_was_written_down_late_and_what_arrives_back_dated_is_counted_and_listed(constable: Member) -> None:
    supervisor = make_member("sutcliffe", "Dee Sutcliffe", "supervisor", "police")
    made("K1", "first", ago=200, learnt=200, came=200)
    for n in range(3):
        made("K1", f"at-once-{n}", ago=20, learnt=19, came=18)
    made("K1", "late", ago=80, learnt=30, came=29)
    made("K1", "back", ago=90, learnt=89, came=2)
    made("K2", "hidden", ago=80, learnt=30, came=29, by="PC Ada Quist")
    keys = ("missing", "K1"), ("missing", "K2")
    held = anchored(keys, at=timezone.now())
    child, other = (person_of(held[key]) for key in keys)
    viewer = supervisor.viewer(at=timezone.now())
    found = late_page(viewer)
    assert [(c.name, c.entries, c.late, c.back_dated) for c in found.systems] == [("missing", 7, 2, 1)]
    assert [(c.name, c.late, c.back_dated) for c in found.people] == [("PC Tom Reeve", 1, 1)], "of one entry no figure"
    assert found.entries == (), "of nobody whose record is not open"
    seal(other)
    involve(supervisor, child, at=timezone.now())
    found = late_page(supervisor.viewer(at=timezone.now()))
    assert [(c.entries, c.late) for c in found.systems] == [(6, 1)], "a sealed child is in no number"
    assert [(e.person, e.back_dated) for e in found.entries] == [(child, True), (child, False)]
    assert AccessEntry.objects.filter(note="late entries", people=[child], user_id=supervisor.user.pk).exists()
    page = text(signed_in(supervisor).get("/late-entries/"))
    assert "Missing reported" in page and "Back-dated" in page
    with pytest.raises(NotPermitted):
        late_page(constable.viewer())
    assert (
        late_page(make_member("rao", "Sunita Rao", "supervisor", "social_care").viewer(at=timezone.now())).systems == ()
    )
